"""Entries, edits, reviews, transfers, leave and passing weeks against a model of a few lines.

pytest tests/proof/test_state_machine.py --hypothesis-seed N
"""

import os
import shutil
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import event
from sqlmodel import Session, col, select

from handlers.turn import House
from storage.absences import cancel_absence, grant_absence
from storage.access import Actor, load_actor
from storage.compliance import evaluate
from storage.database import Database
from storage.entries import (
    NewEntry,
    add_entry,
    confirm_entries,
    count_waiting,
    delete_entry,
    edit_entry,
    list_entries,
    return_entry,
)
from storage.models import EntryChange, Position
from storage.periods import Period, PeriodKind
from storage.records_of import load_person, load_tree
from storage.terms import EntryKind, EntryState, PositionTitle, Requirement, Right
from tests import cast

EXAMPLES, STEPS = int(os.environ.get("PROOF_EXAMPLES", "15")), 25
AUTHORS = ("BINH", "CHI", "LAN", "HOA")
REVIEWERS = ("AN", "HOA", "DUNG", "GIANG", "CHI")
PARENTS = {code: parent for code, _, _, parent in cast.UNITS}
HOMES = {code: unit for code, _, unit, *_ in cast.PEOPLE}
FOLLOWED = {code: unit for code, _, unit, *_, right in cast.PEOPLE if right is not Right.NONE}
MONDAY = date(2026, 11, 16)


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry as the model has it."""

    author: str
    day: date
    minutes: int
    state: EntryState = EntryState.DECLARED


@dataclass(slots=True)
class Model:
    """Who belongs where, what they logged, who is away."""

    today: date = MONDAY
    homes: dict[str, str] = field(default_factory=lambda: dict(HOMES))
    entries: dict[int, Logged] = field(default_factory=dict)
    leave: dict[int, tuple[str, date, date]] = field(default_factory=dict)
    changes: int = 0

    def reaches(self, reviewer: str, other: str) -> bool:
        """Whether ``reviewer`` follows the unit of ``other`` or one above it."""
        unit: str | None = self.homes[other]
        while unit is not None and unit != FOLLOWED.get(reviewer):
            unit = PARENTS[unit]
        return unit is not None and other != reviewer and reviewer in FOLLOWED

    def hours(self, author: str, states: tuple[EntryState, ...]) -> float:
        """Hours of the week up to today; what is logged twice for a day counts once, the longest."""
        days: dict[date, int] = defaultdict(int)
        for one in self.entries.values():
            week = Period.of(PeriodKind.WEEK, self.today)
            if one.author == author and one.state in states and week.start <= one.day <= self.today:
                days[one.day] = max(days[one.day], one.minutes)
        return sum(days.values()) / 60


class Town(RuleBasedStateMachine):
    """The real storage beside the model."""

    db: ClassVar[Database]
    house: ClassVar[House]
    empty: ClassVar[Any]

    def __init__(self) -> None:
        super().__init__()
        self.model = Model()

    @initialize()
    def begin(self) -> None:
        """The cast alone."""
        self.empty()

    def write(self, work: Any) -> Any:
        """One transaction."""
        return self.db.write_now(work)

    def actor(self, session: Session, code: str) -> Actor:
        """Who speaks, with the rights of today."""
        found = load_actor(session, cast.cadre_id(session, code), self.model.today)
        assert found is not None
        return found

    @property
    def now(self) -> Any:
        """Noon of the model's day."""
        return self.house.clock.at(self.model.today, 720)

    @rule(author=st.sampled_from(AUTHORS), back=st.integers(0, 8), minutes=st.integers(1, 1440))
    def log(self, author: str, back: int, minutes: int) -> None:
        """Somebody logs volunteer hours."""
        new = NewEntry(EntryKind.VOLUNTEER_HOURS, self.model.today - timedelta(days=back), minutes=minutes)
        entry = self.write(lambda s: add_entry(s, cast.cadre_id(s, author), new, self.now).id)
        self.model.entries[entry] = Logged(author, new.day, minutes)
        self.model.changes += 1

    @precondition(lambda self: self.model.entries)
    @rule(author=st.sampled_from(AUTHORS), minutes=st.integers(1, 1440), data=st.data())
    def edit(self, author: str, minutes: int, data: st.DataObject) -> None:
        """Somebody changes an entry, perhaps another's: only one's own gives way, and it is declared anew."""
        number = data.draw(st.sampled_from(sorted(self.model.entries)))
        one = self.model.entries[number]
        new = NewEntry(EntryKind.VOLUNTEER_HOURS, one.day, minutes=minutes)
        changed = self.write(lambda s: edit_entry(s, cast.cadre_id(s, author), number, new, self.now) is not None)
        assert changed is (one.author == author and one.state is not EntryState.DELETED)
        if changed:
            self.model.entries[number] = replace(one, minutes=minutes, state=EntryState.DECLARED)
            self.model.changes += 1

    @precondition(lambda self: self.model.entries)
    @rule(author=st.sampled_from(AUTHORS), data=st.data())
    def delete(self, author: str, data: st.DataObject) -> None:
        """Somebody deletes an entry, perhaps another's."""
        number = data.draw(st.sampled_from(sorted(self.model.entries)))
        one = self.model.entries[number]
        gone = self.write(lambda s: delete_entry(s, cast.cadre_id(s, author), number, self.now) is not None)
        assert gone is (one.author == author and one.state is not EntryState.DELETED)
        if gone:
            self.model.entries[number] = replace(one, state=EntryState.DELETED)
            self.model.changes += 1

    @precondition(lambda self: self.model.entries)
    @rule(reviewer=st.sampled_from(REVIEWERS), data=st.data())
    def confirm(self, reviewer: str, data: st.DataObject) -> None:
        """Somebody confirms a few entries: those within reach that are declared, and no others."""
        numbers = data.draw(st.sets(st.sampled_from(sorted(self.model.entries)), min_size=1, max_size=3))
        mine = {n for n in numbers if self._may_review(reviewer, n, EntryState.DECLARED)}
        today = self.model.today
        count = self.write(lambda s: confirm_entries(s, self.actor(s, reviewer), numbers, self.now, today))
        assert count == len(mine)
        for number in mine:
            self.model.entries[number] = replace(self.model.entries[number], state=EntryState.CONFIRMED)
        self.model.changes += len(mine)

    @precondition(lambda self: self.model.entries)
    @rule(reviewer=st.sampled_from(REVIEWERS), data=st.data())
    def give_back(self, reviewer: str, data: st.DataObject) -> None:
        """Somebody returns an entry with a reason."""
        number = data.draw(st.sampled_from(sorted(self.model.entries)))
        today = self.model.today
        done = self.write(lambda s: return_entry(s, self.actor(s, reviewer), number, "?", self.now, today) is not None)
        assert done is self._may_review(reviewer, number, EntryState.DECLARED, EntryState.CONFIRMED)
        if done:
            self.model.entries[number] = replace(self.model.entries[number], state=EntryState.RETURNED)
            self.model.changes += 1

    def _may_review(self, reviewer: str, number: int, *states: EntryState) -> bool:
        one = self.model.entries[number]
        return one.state in states and self.model.reaches(reviewer, one.author)

    @rule(who=st.sampled_from(("BINH", "LAN")), unit=st.sampled_from(("CD11", "CD12", "CD31")))
    def transfer(self, who: str, unit: str) -> None:
        """Somebody moves to another unit from today on."""
        if self.model.homes[who] == unit:
            return
        today = self.model.today

        def work(session: Session) -> None:
            person = cast.cadre_id(session, who)
            held = session.exec(
                select(Position).where(Position.cadre_id == person, col(Position.end_day).is_(None))
            ).one()
            if held.start_day == today:
                session.delete(held)
            else:
                held.end_day = today - timedelta(days=1)
                session.add(held)
            session.flush()
            title, unit_id = PositionTitle.DEPUTY_SECRETARY, cast.unit_id(session, unit)
            session.add(Position(cadre_id=person, unit_id=unit_id, title=title, public_sector=True, start_day=today))

        self.write(work)
        self.model.homes[who] = unit

    @rule(
        granter=st.sampled_from(REVIEWERS),
        who=st.sampled_from(AUTHORS),
        first=st.integers(0, 5),
        days=st.integers(0, 9),
    )
    def grant(self, granter: str, who: str, first: int, days: int) -> None:
        """Somebody grants leave, which is theirs to grant or not."""
        today = self.model.today
        start = today + timedelta(days=first)
        end = start + timedelta(days=days)

        def work(session: Session) -> int | None:
            absence = grant_absence(
                session,
                self.actor(session, granter),
                cadre_id=cast.cadre_id(session, who),
                first=start,
                last=end,
                reason="ốm",
                decision_no="1/QĐ",
                now=self.now,
                day=today,
            )
            return absence.id if absence else None

        number = self.write(work)
        assert (number is not None) is self.model.reaches(granter, who)
        if number is not None:
            self.model.leave[number] = (who, start, end)

    @precondition(lambda self: self.model.leave)
    @rule(canceller=st.sampled_from(REVIEWERS), data=st.data())
    def cancel(self, canceller: str, data: st.DataObject) -> None:
        """Somebody cancels a leave."""
        number = data.draw(st.sampled_from(sorted(self.model.leave)))
        today = self.model.today
        done = self.write(lambda s: cancel_absence(s, self.actor(s, canceller), number, self.now, today))
        assert done is self.model.reaches(canceller, self.model.leave[number][0])
        if done:
            del self.model.leave[number]

    @rule(days=st.integers(1, 10))
    def pass_time(self, days: int) -> None:
        """Days go by; weeks and months close."""
        self.model.today += timedelta(days=days)

    @rule()
    def everybody_s_list_and_figures_are_the_model_s(self) -> None:
        """Lists, hours of the week, leave, what waits for whom, and one trace for each change."""
        self.db.read_now(self._compare)

    def teardown(self) -> None:
        """The last word."""
        self.everybody_s_list_and_figures_are_the_model_s()

    def _compare(self, session: Session) -> None:
        model, today = self.model, self.model.today
        live = EntryState.DECLARED, EntryState.CONFIRMED
        tree = load_tree(session)
        for author in AUTHORS:
            person = cast.cadre_id(session, author)
            listed = list_entries(session, person, date.min, date.max, 1000)
            mine = {n: one for n, one in model.entries.items() if one.author == author}
            kept = {n: one for n, one in mine.items() if one.state is not EntryState.DELETED}
            assert {e.id: (e.day, e.minutes, e.state) for e in listed} == {
                n: (one.day, one.minutes, one.state) for n, one in kept.items()
            }
            record = load_person(session, person, date(2026, 1, 1), today + timedelta(days=40))
            away = sorted((a.start, a.end) for a in record.absences)
            # The same leave granted twice is one.
            assert away == sorted({(first, last) for who, first, last in model.leave.values() if who == author})
            result = evaluate(self.house.plan, tree, self.house.calendar, record, today).of(Requirement.VOLUNTEER_HOURS)
            assert result.declared == pytest.approx(model.hours(author, live), abs=0.006)
            assert result.confirmed == pytest.approx(model.hours(author, (EntryState.CONFIRMED,)), abs=0.006)
        for reviewer in REVIEWERS:
            waiting = sum(self._may_review(reviewer, n, EntryState.DECLARED) for n in model.entries)
            assert count_waiting(session, self.actor(session, reviewer), today) == waiting
        assert len(session.exec(select(EntryChange.id)).all()) == model.changes


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_the_storage_behaves_as_the_model(city: Database, house: House, tmp_path: Path) -> None:
    city.close()
    clean = shutil.copy(tmp_path / "test.db", tmp_path / "clean.db")
    opened: list[Database] = []

    def empty() -> None:
        while opened:
            opened.pop().close()
        file = tmp_path / "town.db"
        for leftover in tmp_path.glob("town.db*"):
            leftover.unlink()
        shutil.copy(clean, file)
        opened.append(Database(f"sqlite:///{file}"))
        event.listen(opened[0].engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
        Town.db = opened[0]

    Town.house, Town.empty = house, staticmethod(empty)
    empty()
    options = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Town, settings=options)
    opened.pop().close()
