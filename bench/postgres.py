"""A PostgreSQL of the benchmark's own, durable as one in service, with the present schema."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from sqlalchemy.engine import make_url

from tests.postgres import Postgres

NAME = "bench"


@contextmanager
def empty_database() -> Iterator[Mapping[str, str]]:
    """The settings of a bot on a migrated database that nothing is in."""
    with TemporaryDirectory(prefix="doanbot-bench-") as folder:
        server = Postgres(Path(folder))
        try:
            url = server.new_database(NAME)
            plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
            with psycopg.connect(plain, autocommit=True) as connection:
                for waits in ("fsync", "synchronous_commit", "full_page_writes"):
                    connection.execute(f"ALTER SYSTEM SET {waits} = on".encode())
                connection.execute("SELECT pg_reload_conf()")
            settings = {"DATABASE_URL": url, "LOG_LEVEL": "WARNING", "WEB_PORT": "0"}
            migrate = [sys.executable, "-m", "bot", "migrate"]
            subprocess.run(migrate, env={**os.environ, **settings}, check=True, stdout=subprocess.DEVNULL)
            yield settings
        finally:
            server.stop()
