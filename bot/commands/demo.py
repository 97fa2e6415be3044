"""``doanbot demo``: the whole product on a sample city, in one process, needing nothing.

The city is written as two workbooks, imported like any office's, and then lived in through the web chat.
"""

import argparse
import asyncio
import socket
import sys
import tempfile
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

from bot.app import App, make_house
from bot.cli import ROLES
from bot.commands.tick import with_zone
from bot.demo.city import people, write_activities, write_roster
from bot.demo.controls import OFFSET, Demo
from bot.logs import set_up_logs
from bot.settings import Settings
from handlers.turn import House
from storage.database import Database
from storage.importing import import_activities, import_roster
from storage.migrations import current, migrate
from storage.models import AppState

PORTS_TRIED = 20


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Build the city (or reuse that of ``--data``) and serve it on 127.0.0.1 until interrupted."""
    set_up_logs("WARNING")
    with ExitStack() as stack:
        folder = args.data or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="doanbot-demo-")))
        folder.mkdir(parents=True, exist_ok=True)
        demo_settings = settings.model_copy(
            update={
                "web_host": "127.0.0.1",
                "web_port": _free_port(args.port),
                "public_url": "",
                "telegram_token": type(settings.telegram_token)(""),
            }
        )
        house = make_house(demo_settings)
        if args.now is not None:
            house.clock.set_now(with_zone(args.now, house.clock))
        database = Database(f"sqlite:///{folder / 'demo.db'}")
        if current(database) is None:
            _build(database, house, folder)
        elif args.now is None:
            _go_on(database, house)
        asyncio.run(_serve(demo_settings, database, house))
    return 0


async def _serve(settings: Settings, database: Database, house: House) -> None:
    demo = Demo(people())
    app = App(settings, database, house, demo=demo)
    demo.app = app
    print(f"doanbot demo: http://127.0.0.1:{settings.web_port}/  (Ctrl+C để dừng)", flush=True)
    await app.run(ROLES)


def _free_port(wanted: int) -> int:
    """``wanted``, or the next port that nothing listens on; 0 is any."""
    for port in range(wanted, wanted + PORTS_TRIED):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError(f"ports {wanted} to {wanted + PORTS_TRIED - 1} are all taken; choose another with --port")


def _build(database: Database, house: House, folder: Path) -> None:
    print("Đang dựng thành phố mẫu…", file=sys.stderr)
    migrate(database)
    now, today = house.clock.now(), house.clock.today()
    roster, activities = folder / "danh-sach-can-bo.xlsx", folder / "hoat-dong.xlsx"
    cadres = people()
    write_roster(roster, cadres, today)
    write_activities(activities, cadres, house.calendar, today)
    database.write_now(lambda session: import_roster(session, roster, today=today, now=now))
    database.write_now(lambda session: import_activities(session, activities, today=today, now=now))


def _go_on(database: Database, house: House) -> None:
    """Go on at the time at which the demo was left, if it was moved."""
    kept = database.read_now(lambda session: session.get(AppState, OFFSET))
    if kept is not None:
        house.clock.offset = timedelta(seconds=float(kept.value))
