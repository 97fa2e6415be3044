"""Monday 07:30 of a whole city: every unit's digest computed, written into the outbox, drawn and handed over.

The real tick and the real delivery, to a channel that takes messages at once. The event loop is asked all the
while how late it wakes up. The gate, which would stretch all this to the rate a service allows, stands open.
"""

import argparse
import asyncio
import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import func, select
from sqlmodel import Session, col

from bench import big_city
from bot.channels.base import Outgoing, Parsed
from bot.delivery import Delivery
from bot.promptness import keep_prompt
from bot.studio import Studio
from bot.wake import Bell
from handlers.messages import Capabilities
from handlers.turn import House
from scheduler.enqueue import tick
from storage import gate
from storage.calendar import default_calendar
from storage.clock import Clock
from storage.database import Database
from storage.models import OutboxMessage, OutboxState
from storage.plans import load_plan

CADRES = 15_000
MONDAY = date(2026, 11, 23)
SECONDS, MILLISECONDS = 60.0, 50.0
_BEAT = 0.005  # seconds between two looks at the loop
_STEP = 2  # makes the units of 30,000 cadres

# One cadre of each unit follows it and has a chat.
_FOLLOW = """
UPDATE position SET access_right = 'follow' WHERE id IN (
    SELECT min(id) FROM position WHERE cadre_id NOT IN (SELECT cadre_id FROM absence) GROUP BY unit_id)
"""
_CHATS = """
INSERT INTO account (channel, chat_id, cadre_id, joined_at, last_used_at)
SELECT 'bench', cadre_id, cadre_id, '2026-01-05 00:00:00', '2026-01-05 00:00:00'
FROM position WHERE access_right = 'follow' GROUP BY cadre_id
"""


@dataclass(slots=True)
class Taker:
    """A channel that takes every message at once and counts what it took."""

    name: str = "bench"
    capabilities: Capabilities = field(default_factory=Capabilities)
    texts: int = 0
    files: int = 0

    def parse(self, body: str) -> Parsed:
        """Nobody writes here."""
        raise NotImplementedError(body)

    async def send(self, chat_id: str, message: Outgoing) -> str:
        """Count it."""
        if message.file is None:
            self.texts += 1
        else:
            self.files += 1
        return chat_id

    async def run(self) -> None:
        """Nothing arrives."""

    async def close(self) -> None:
        """Nothing is held."""


async def _beat(late: list[float]) -> None:
    """Note by how much the loop wakes later than asked, until cancelled."""
    while True:
        begun = time.perf_counter()
        await asyncio.sleep(_BEAT)
        late.append(time.perf_counter() - begun - _BEAT)


def build(file: Path, cadres: int) -> Database:
    """The city of ``cadres`` with a follower in each of its units."""
    database = big_city.build(file, cadres, _STEP)
    with database.engine.begin() as connection:
        for statement in (_FOLLOW, _CHATS):
            connection.exec_driver_sql(statement)
    return database


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds by the clock, processor seconds of the main process, what was sent, and the longest block in seconds."""

    tick: float
    all: float
    busy: float
    texts: int
    files: int
    unsent: int
    block: float


async def run(database: Database) -> Measured:
    """The tick, and the delivery of all it put into the outbox."""
    clock = Clock()
    house = House(load_plan("can-tho-2023"), default_calendar(), clock)
    clock.set_now(clock.at(MONDAY, 7 * 60 + 30))
    taker, late = Taker(), [0.0]
    studio = Studio(database, house)
    delivery = Delivery(database, house, taker, studio, Bell())
    keep_prompt()  # as the bot does when it starts
    beat = asyncio.create_task(_beat(late))
    begun, busy = time.perf_counter(), time.process_time()
    await database.write(lambda session: tick(session, house, clock.now()))
    ticked = time.perf_counter()
    await delivery.drain()
    ended, spent = time.perf_counter(), time.process_time() - busy
    beat.cancel()
    studio.close()
    unsent = await database.read(_unsent)
    return Measured(ticked - begun, ended - begun, spent, taker.texts, taker.files, unsent, max(late))


def _unsent(session: Session) -> int:
    query = select(func.count()).select_from(OutboxMessage).where(col(OutboxMessage.state) == OutboxState.PENDING)
    return int(session.execute(query).scalar_one())


def main(arguments: list[str]) -> None:
    """Measure and print; `--quick` takes a tenth of the city."""
    parser = argparse.ArgumentParser(prog="python -m bench monday")
    parser.add_argument("--cadres", type=int, default=CADRES)
    parser.add_argument("--quick", action="store_const", const=CADRES // 10, dest="cadres")
    options = parser.parse_args(arguments)
    gate.BULK_PER_SECOND = gate.BULK_BURST = 1e6
    print(f"The Monday of {options.cadres:,} cadres: under {SECONDS:.0f} s, no block over {MILLISECONDS:.0f} ms\n")
    with TemporaryDirectory() as folder:
        database = build(Path(folder) / "city.db", options.cadres)
        found = asyncio.run(run(database))
        database.close()
    print(f"tick {found.tick:.1f} s, all {found.all:.1f} s, processor of the main process {found.busy:.1f} s")
    print(f"{found.texts:,} texts, {found.files:,} pictures and workbooks, {found.unsent:,} unsent")
    print(f"the event loop was blocked for {1000 * found.block:.0f} ms at most")
