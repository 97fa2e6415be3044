"""The whole path in one process: the real intake store, worker, scheduler and delivery, a simulated service and clock.

A process dies at a crossing: just before or after a commit, just before or after a call takes effect. What it held
in memory is gone; a new one goes on with the same database. Everything follows from one seed.
"""

import asyncio
import json
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, func, select

from bot.channels.base import Outcome, Outgoing, Parsed, SendFailed
from bot.delivery import RESCUE_SECONDS, Delivery
from bot.studio import Studio
from bot.wake import Bell
from bot.worker import Worker
from handlers.messages import Attachment, Capabilities, Inbound, Made
from handlers.turn import House
from scheduler.enqueue import last_tick, look, put
from storage import inbox
from storage.database import Database
from storage.models import InboxMessage, InboxState, OutboxMessage, OutboxState
from storage.outbox import LEASE
from tests.frozen import FrozenClock

T = TypeVar("T")
CHANNEL = "sim"
BATCH = 6
MOST_ROUNDS = 400
STEPS = (1, 4, 70, 301)  # seconds; the longer ones see leases and waits through
TICK = timedelta(seconds=30)
NEVER = datetime.min.replace(tzinfo=UTC)
LIVE_STATES = (OutboxState.PENDING, OutboxState.CLAIMED, OutboxState.SENDING)
LONGEST_PAUSE = LEASE.total_seconds() + 1
MONDAY_0644 = datetime.fromisoformat("2026-11-23T06:44:30+07:00")
MONDAY_0730 = datetime.fromisoformat("2026-11-23T07:30:10+07:00")


class Crash(BaseException):
    """The process is gone. No ``except Exception`` may stop it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes wrong: each process in turn dies at its ``deaths`` crossing, or loses its connection there.

    ``pauses`` are seconds until the next one starts; ``faults`` is how likely a call or a commit's answer goes wrong.
    """

    deaths: tuple[int, ...] = ()
    pauses: tuple[float, ...] = ()
    replicas: int = 1
    faults: float = 0.0
    seed: int = 0


@dataclass(slots=True)
class Receipt:
    """A message as a person received it."""

    chat: str
    key: str


@dataclass(slots=True)
class Network:
    """The service: keeps updates until they are acknowledged, delivers some twice, and shows messages to people."""

    dice: random.Random
    faults: float
    waiting: list[tuple[int, str, str]] = field(default_factory=list)
    acknowledged: list[tuple[int, str, str]] = field(default_factory=list)
    received: list[Receipt] = field(default_factory=list)
    sends: int = 0

    def batch(self) -> list[tuple[int, str, str]]:
        """What is handed to whoever asks: the oldest that are not acknowledged, and now and then an old one again."""
        again = [one for one in self.acknowledged if self.dice.random() < self.faults / 4]
        return [*again, *self.waiting[:BATCH]]

    def acknowledge(self, batch: Iterable[tuple[int, str, str]]) -> None:
        """These need not be handed out again."""
        for one in batch:
            if one in self.waiting:
                self.waiting.remove(one)
                self.acknowledged.append(one)

    def fault(self) -> SendFailed | None:
        """What goes wrong with a call before it takes effect."""
        if self.dice.random() >= self.faults:
            return None
        outcome = self.dice.choice((Outcome.NOT_DELIVERED, Outcome.UNKNOWN, Outcome.RETRY_AFTER))
        return SendFailed(outcome, "as the dice say", seconds=self.dice.choice((1, 4)))


@dataclass(slots=True)
class Process:
    """A process that dies at crossing number ``death``, if any; the crossings it made are counted."""

    death: int | None
    crossings: int = 0
    alive: bool = True

    def cross(self) -> None:
        """Go on, or die here. The dead stay dead: whatever they still try dies too."""
        self.crossings += 1
        if self.crossings == self.death:
            self.alive = False
        if not self.alive:
            raise Crash


class CrashingDatabase(Database):
    """The database as a process reaches it: units run in this thread, with a crossing on either side of a commit."""

    def __init__(self, real: Database, process: Process, network: Network) -> None:
        self.url, self.is_sqlite = real.url, real.is_sqlite
        self._writer, self._reader = real._writer, real._reader
        self._process, self._network = process, network

    async def write(self, work: Callable[[Session], T]) -> T:
        """Run and commit; die before or after, or lose the answer to the commit."""

        def unit(session: Session) -> T:
            result = work(session)
            self._process.cross()
            return result

        result = self.write_now(unit)
        self._process.cross()
        if self._network.dice.random() < self._network.faults / 10:
            raise OperationalError("COMMIT", {}, ConnectionError("answer lost"), connection_invalidated=True)
        return result

    async def read(self, work: Callable[[Session], T]) -> T:
        """Run; the dead read nothing."""
        if not self._process.alive:
            raise Crash
        return self.read_now(work)


@dataclass(slots=True)
class SimulatedChannel:
    """The service as a process reaches it."""

    process: Process
    network: Network
    name: str = CHANNEL
    capabilities: Capabilities = field(default_factory=Capabilities)

    def parse(self, body: str) -> Parsed:
        """Read {"chat", "id", "text"}."""
        said = json.loads(body)
        return Parsed(Inbound(CHANNEL, said["chat"], said["id"], said["text"]))

    async def send(self, chat_id: str, message: Outgoing) -> str:
        """Show the message, unless something goes wrong before; the answer may be lost after."""
        network = self.network
        network.sends += 1
        for _ in range(network.dice.randrange(3)):
            await asyncio.sleep(0)
        self.process.cross()
        fault = network.fault()
        if fault is not None and (fault.outcome is not Outcome.UNKNOWN or network.dice.random() < 0.5):
            raise fault
        network.received.append(Receipt(chat_id, message.key))
        self.process.cross()
        if fault is not None:
            raise fault
        return str(len(network.received))

    async def run(self) -> None:
        """Not used: the simulation hands updates over itself."""

    async def close(self) -> None:
        """Nothing is open."""


class QuickStudio(Studio):
    """Draws nothing: pictures are another test's matter."""

    async def make(self, attachment: Attachment) -> Made:
        """An empty file of the right name."""
        return Made(attachment.name, b"", attachment.alt)


@dataclass(slots=True)
class Replica:
    """One process: intake, scheduler, worker and delivery over its own memory."""

    process: Process
    db: CrashingDatabase
    house: House
    network: Network
    worker: Worker
    delivery: Delivery
    next_tick: datetime = NEVER
    next_rescue: datetime = NEVER

    async def round(self) -> None:
        """Everything that a running process does again and again, once; some of it at its times."""
        now = self.house.clock.now()
        if now >= self.next_rescue:
            await self.db.write(self.delivery._rescue)
            self.next_rescue = now + timedelta(seconds=RESCUE_SECONDS)
        await self._take_in()
        if now >= self.next_tick:
            agenda = await self.db.read(lambda session: look(session, self.house, now))
            await self.db.write(lambda session: put(session, agenda))
            self.next_tick = now + TICK
        await self.worker.step()
        await self.delivery.drain()

    async def _take_in(self) -> None:
        batch = self.network.batch()
        now = self.house.clock.now()
        rows = [
            inbox.inbox_row(
                CHANNEL, str(number), chat, json.dumps({"id": str(number), "chat": chat, "text": text}), now
            )
            for number, chat, text in batch
        ]
        if rows:
            await self.db.write(lambda session: inbox.store(session, rows))
            self.network.acknowledge(batch)
            self.process.cross()


@dataclass(slots=True)
class Simulation:
    """One history, from the first update to the last reply."""

    real: Database
    house: House
    clock: FrozenClock
    plan: Plan
    updates: list[tuple[int, str, str]]
    network: Network = field(init=False)
    started: int = 0
    crossings: int = 0
    replicas: list[Replica] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Nothing has happened yet."""
        self.network = Network(random.Random(self.plan.seed), self.plan.faults, list(self.updates))
        self.clock.set_now(MONDAY_0644)

    def run(self) -> None:
        """Let it happen, until nothing is left to do."""
        asyncio.run(self._run())

    async def _run(self) -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _loop, _context: None)
        for number in range(MOST_ROUNDS):
            while len(self.replicas) < self.plan.replicas:
                self.replicas.append(self._start())
            ends = await asyncio.gather(*(replica.round() for replica in self.replicas), return_exceptions=True)
            for end in ends:
                if end is not None and not isinstance(end, (Crash, OperationalError)):
                    raise end
            self._bury()
            if self._is_over():
                self.crossings = sum(replica.process.crossings for replica in self.replicas)
                return
            self.clock.move(seconds=STEPS[number % len(STEPS)])
            if number == 5:
                self.clock.set_now(max(self.clock.now(), MONDAY_0730))
        raise AssertionError(f"not over after {MOST_ROUNDS} rounds: {self.plan}")

    def _start(self) -> Replica:
        deaths = self.plan.deaths
        process = Process(deaths[self.started] if self.started < len(deaths) else None)
        self.started += 1
        db = CrashingDatabase(self.real, process, self.network)
        channel = SimulatedChannel(process, self.network)
        worker = Worker(db, self.house, {CHANNEL: channel}, Bell(), lambda: None)
        studio = QuickStudio(db, self.house)
        delivery = Delivery(db, self.house, channel, studio, Bell(), name=f"process {self.started}")
        return Replica(process, db, self.house, self.network, worker, delivery)

    def _bury(self) -> None:
        dead = [replica for replica in self.replicas if not replica.process.alive]
        if dead:
            self.replicas = [replica for replica in self.replicas if replica.process.alive]
            pauses = self.plan.pauses
            self.clock.move(seconds=pauses[self.started % len(pauses)] if pauses else 0.0)

    def _is_over(self) -> bool:
        return not self.network.waiting and self.real.read_now(_nothing_left)


def _nothing_left(session: Session) -> bool:
    """Everything is due, in the outbox, and dealt with."""
    ticked = last_tick(session)
    opened = select(func.count()).where(col(InboxMessage.state) == InboxState.OPEN)
    unsent = select(func.count()).where(col(OutboxMessage.state).in_(LIVE_STATES))
    is_late = ticked is not None and ticked >= MONDAY_0730
    return is_late and not session.exec(opened).one() and not session.exec(unsent).one()
