"""``python -m tests.proof.migrator URL [STATEMENT]``: migrates, and is killed right after that many statements."""

import os
import signal
import sys

from sqlalchemy import event

from storage.database import Database
from storage.migrations import migrate


def main(url: str, last: int) -> None:
    """Migrate until the end or the kill."""
    database, count = Database(url), 0

    def die(*_: object) -> None:
        nonlocal count
        count += 1
        if count == last:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(database.engine, "after_cursor_execute", die)
    migrate(database)
    database.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
