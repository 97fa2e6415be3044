"""A backup holds everything; what is restored from it sends nothing a second time."""

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlmodel import Session, select

from bot.commands.backup import run
from bot.settings import Settings
from storage.database import Database
from storage.migrations import migrate
from storage.models import Cadre, OutboxMessage, OutboxState
from storage.outbox import REPLY, enqueue
from tests import cast
from tests.frozen import FrozenClock


@pytest.fixture
def command() -> Callable[[str, str, Path], int]:
    """``command("backup", url, file)``: the exit code."""

    def call(name: str, url: str, file: Path) -> int:
        return run(Namespace(command=name, file=file), Settings(_env_file=None, database_url=SecretStr(url)))

    return call


def filled(url: str, clock: FrozenClock) -> None:
    """The cast, one message sent, one in flight, one waiting."""
    database = Database(url)
    migrate(database)

    def work(session: Session) -> None:
        cast.fill(session)
        for state in (OutboxState.SENT, OutboxState.SENDING, OutboxState.PENDING):
            enqueue(
                session,
                key=state,
                channel="web",
                chat_id="1",
                kind=REPLY,
                body={"text": "x"},
                now=clock.now(),
                state=state,
            )

    database.write_now(work)
    database.close()


def test_a_restored_copy_has_every_row_and_sends_nothing_twice(
    url: str, tmp_path: Path, clock: FrozenClock, command: Callable[[str, str, Path], int]
) -> None:
    filled(url, clock)
    file, elsewhere = tmp_path / "copy.db", f"sqlite:///{tmp_path / 'new.db'}"
    assert command("backup", url, file) == 0
    assert command("restore", elsewhere, file) == 0
    assert {path.name for path in tmp_path.glob("copy*")} == {"copy.db"}, "a backup is one file"
    restored = Database(elsewhere)
    states = restored.read_now(lambda s: {row.dedupe_key: row.state for row in s.exec(select(OutboxMessage))})
    assert states == {
        "sent": OutboxState.SENT,
        "sending": OutboxState.UNKNOWN,
        "pending": OutboxState.PENDING,
    }
    assert len(restored.read_now(lambda s: s.exec(select(Cadre)).all())) == len(cast.PEOPLE)
    restored.close()


def test_a_copy_of_sqlite_can_be_restored_into_the_other_database_and_written_to(
    url: str, tmp_path: Path, clock: FrozenClock, command: Callable[[str, str, Path], int]
) -> None:
    source = f"sqlite:///{tmp_path / 'source.db'}"
    filled(source, clock)
    assert command("backup", source, tmp_path / "copy.db") == 0
    assert command("restore", url, tmp_path / "copy.db") == 0
    target = Database(url)
    target.write_now(lambda s: s.add(Cadre(code="NEW", full_name="Người Mới")))
    assert len(target.read_now(lambda s: s.exec(select(Cadre)).all())) == len(cast.PEOPLE) + 1
    target.close()


def test_nothing_is_overwritten(
    url: str, tmp_path: Path, clock: FrozenClock, command: Callable[[str, str, Path], int],
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    filled(url, clock)
    file = tmp_path / "copy.db"
    assert command("backup", url, file) == 0
    assert command("backup", url, file) == 1
    assert command("restore", url, file) == 1
    assert "not empty" in capsys.readouterr().err
