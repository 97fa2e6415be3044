"""Crashed at every commit and every call, alone and combined: nothing is lost, nothing is done twice.

A failing history is replayed by its seed: ``PROOF_SEED=123 pytest tests/proof/test_crash_points.py -k random``.
``PROOF_RUNS`` asks for more histories, of which every twentieth happens on PostgreSQL. For speed SQLite does not wait
for the disk here; a process that dies does not need it, since what it has written is the operating system's already.
"""

import gc
import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from sqlalchemy import delete, event
from sqlmodel import Session

from handlers.messages import Reply
from handlers.turn import House, Turn
from storage.database import Database
from storage.entries import NewEntry, add_entry
from storage.health import LAST_TICK
from storage.models import (
    Account,
    AppState,
    Conversation,
    DeliveryAttempt,
    Entry,
    EntryChange,
    Gate,
    InboxMessage,
    OutboxMessage,
    Preference,
)
from storage.standings import Standing
from storage.terms import EntryKind
from tests import cast
from tests.frozen import FrozenClock
from tests.proof.reconciling import Books, Expected, Update, books, expected_of, reconcile
from tests.proof.simulation import CHANNEL, LONGEST_PAUSE, MONDAY_0644, Plan, Simulation

RUNS = int(os.environ.get("PROOF_RUNS", "2000"))
SEEDS = {"sqlite": range(RUNS // 20, RUNS), "postgresql": range(RUNS // 20)}
SHARES = 8  # tests that run side by side
CHANGED = (DeliveryAttempt, OutboxMessage, InboxMessage, Conversation, EntryChange, Entry, Gate, AppState, Account)
FORM = ("/ghi volunteer_hours", "hôm qua", "19h-21h", "Dọn kênh", "lưu")
WRITERS = ("BINH", "LAN")
READERS = ("AN",)


def updates_of(codes: tuple[str, ...], said: tuple[str, ...]) -> list[Update]:
    """Each of ``codes`` says the same, line by line, all at the same time."""
    lines = [(code, line) for line in said for code in codes]
    return [(number, code, line) for number, (code, line) in enumerate(lines, 1)]


def note_down(turn: Turn, standing: Standing) -> list[Reply]:
    """A conversation that costs little: every line becomes an entry, and is answered in two messages."""
    standing.version += 1
    title = f"{standing.version}. {turn.inbound.text}"
    new = NewEntry(EntryKind.VOLUNTEER_HOURS, turn.today, minutes=60, title=title)
    add_entry(turn.session, turn.cadre.cadre_id, new, turn.now)
    return [Reply("Đã ghi"), Reply(title)]


def say_briefly(_session: Session, _house: House, kind: str, _body: object, _now: object) -> Reply:
    """The text of a notice, which is another test's matter; it is written when it is sent, as ever."""
    return Reply(kind)


@contextmanager
def without_collecting_garbage() -> Iterator[None]:
    """Histories are short, and the collector would look through the whole program again and again."""
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


FORMS = updates_of(WRITERS, FORM)
LINES = updates_of(WRITERS, ("một", "hai"))


@dataclass
class Laboratory:
    """A database in which one history after another happens."""

    db: Database
    house: House
    clock: FrozenClock
    updates: list[Update] = field(default_factory=lambda: FORMS)
    expected: Expected | None = None

    def run(self, plan: Plan) -> tuple[Simulation, Books]:
        """A history under ``plan``, and what was written down."""
        self.db.write_now(self._fresh)
        simulation = Simulation(self.db, self.house, self.clock, plan, self.updates)
        simulation.run()
        received = [(receipt.chat, receipt.key) for receipt in simulation.network.received]
        return simulation, self.db.read_now(lambda session: books(session, received))

    def check(self, plan: Plan) -> None:
        """A history under ``plan`` leads to what one without faults leads to. Raises AssertionError naming the plan."""
        if self.expected is None:
            self.expected = expected_of(self.run(Plan())[1])
        _, found = self.run(plan)
        try:
            reconcile(found, self.updates, self.expected)
        except AssertionError as broken:
            raise AssertionError(f"{plan}: {broken}") from broken

    def _fresh(self, session: Session) -> None:
        for model in CHANGED:
            session.execute(delete(model))
        for code in (*WRITERS, *READERS):
            person, since = cast.cadre_id(session, code), MONDAY_0644.replace(month=1, day=5)
            session.add(Account(channel=CHANNEL, chat_id=code, cadre_id=person, joined_at=since, last_used_at=since))
            session.merge(Preference(cadre_id=person, shirt_reminder=True))
        session.add(AppState(name=LAST_TICK, value=MONDAY_0644.isoformat()))


@pytest.fixture
def laboratory(city: Database, house: House, clock: FrozenClock) -> Laboratory:
    """The small cast's database, made quick."""
    if city.is_sqlite:
        for engine in (city._writer, city._reader):
            event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
            engine.dispose()
    return Laboratory(city, house, clock)


def test_a_history_without_faults_leads_to_every_effect_once(laboratory: Laboratory) -> None:
    _, found = laboratory.run(Plan())
    expected = expected_of(found)
    reconcile(found, FORMS, expected)
    assert expected.titles == {code: ["Dọn kênh"] for code in WRITERS}
    assert {key.split(":")[0] for key in expected.notices} == {"reminder", "digest"}
    assert set(expected.replies) == {str(number) for number, _, _ in FORMS}


def test_one_crash_at_every_commit_and_every_call_loses_and_doubles_nothing(laboratory: Laboratory) -> None:
    simulation, _ = laboratory.run(Plan())
    for death in range(1, simulation.crossings + 1):
        for pause in (0.0, LONGEST_PAUSE):
            laboratory.check(Plan(deaths=(death,), pauses=(pause,)))


def plan_of(seed: int) -> Plan:
    """The plan of a random history: two to five deaths, one or two replicas, a service that fails now and then."""
    dice = random.Random(seed)
    return Plan(
        deaths=tuple(dice.randint(1, 40) for _ in range(dice.randint(2, 5))),
        pauses=tuple(dice.choice((0.0, 1.0, LONGEST_PAUSE)) for _ in range(3)),
        replicas=dice.choice((1, 1, 2)),
        faults=dice.choice((0.0, 0.1, 0.3)),
        seed=seed,
    )


@pytest.mark.parametrize("share", range(SHARES))
def test_random_crashes_and_faults_together_lose_and_double_nothing(
    laboratory: Laboratory, backend: str, share: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.worker.handle", note_down)
    monkeypatch.setattr("bot.delivery.compose", say_briefly)
    laboratory.updates = LINES
    seeds = [int(os.environ["PROOF_SEED"])] if "PROOF_SEED" in os.environ else SEEDS[backend][share::SHARES]
    with without_collecting_garbage():
        for seed in seeds:
            laboratory.check(plan_of(seed))
            if seed % 100 == 0:
                gc.collect()
