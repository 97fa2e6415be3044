"""Evaluating everybody at once says of each cadre what evaluating that cadre alone says."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select
from sqlmodel import Session, col

from storage.access import subtree
from storage.calendar import WorkCalendar, default_calendar
from storage.calendar.schema import OfficeHours
from storage.compliance import Evaluation, evaluate
from storage.compliance.bulk import evaluate_all
from storage.compliance.records import AbsenceRecord, DocumentRecord, EntryRecord, PersonRecord, PositionRecord
from storage.database import Database
from storage.models import Absence, Position
from storage.plans import Plan
from storage.records_of import load_people, load_tree
from storage.terms import DocumentKind, EntryKind, EntryState, PositionTitle, RecognisedBy, Requirement, Status
from tests.compliance.cases import CASES, plan_with, tree_of
from tests.compliance.rows import write_person, write_units

_TREE = tree_of(CASES / "can-tho-2023")
_UNITS = sorted({record.code for record in _TREE.records})
_FRIDAY = date(2026, 11, 20)
_DAYS = st.dates(date(2025, 6, 1), date(2027, 1, 31))
_NEAR = st.dates(date(2026, 11, 1), date(2026, 11, 30))
_WEEK = st.dates(date(2026, 11, 16), date(2026, 11, 20))
_READINGS = st.fixed_dictionaries(
    {
        "I-1": st.sampled_from(["either", "mixed", "both"]),
        "I-7": st.sampled_from(["subordinate", "any"]),
        "I-11": st.sampled_from(["subtract", "refuse", "trust"]),
    }
)
_ENTRIES = st.builds(
    EntryRecord,
    id=st.just(0),
    kind=st.sampled_from(EntryKind),
    day=_WEEK | _NEAR | _DAYS,
    start=st.none() | st.sampled_from([0, 420, 600, 1050, 1320]) | st.integers(0, 1439),
    end=st.none() | st.integers(1, 1440),
    minutes=st.none() | st.sampled_from([30, 120, 600]) | st.integers(1, 1440),
    organiser=st.none() | st.sampled_from(_UNITS),
    recognised_by=st.none() | st.sampled_from(RecognisedBy),
    recognised_on=st.none() | _DAYS,
    on_time=st.none() | st.booleans(),
    state=st.sampled_from(EntryState),
)


@st.composite
def _positions(draw: st.DrawFn) -> PositionRecord:
    unit, title = draw(st.sampled_from(_UNITS)), draw(st.sampled_from(PositionTitle))
    days = st.just(date(2020, 1, 1)) | _NEAR | _DAYS
    first, last = sorted((draw(days), draw(days)))
    return PositionRecord(unit, title, draw(st.booleans()), draw(st.booleans()), first, draw(st.none() | st.just(last)))


@st.composite
def _absences(draw: st.DrawFn) -> AbsenceRecord:
    first, last = sorted((draw(_NEAR | _DAYS), draw(_NEAR | _DAYS)))
    return AbsenceRecord(first, last)


_PEOPLE = st.builds(
    PersonRecord,
    code=st.just(""),
    name=st.just("Nguyễn Văn Minh"),
    positions=st.lists(
        _positions(), max_size=3, unique_by=lambda held: (held.unit, held.title, held.start)
    ).map(tuple),
    entries=st.lists(_ENTRIES, max_size=10).map(tuple),
    absences=st.lists(_absences(), max_size=1).map(tuple),
    documents=st.lists(
        st.builds(DocumentRecord, st.sampled_from(DocumentKind), _DAYS, st.sampled_from(EntryState)),
        max_size=2,
        unique_by=lambda form: (form.kind, form.day.year),
    ).map(tuple),
)
_PHASES = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)
_secretary = PositionRecord("BLOC-UNION", PositionTitle.SECRETARY, False, True, date(2020, 1, 1))


@contextmanager
def _filled(db: Database, people: list[PersonRecord]) -> Iterator[Session]:
    """A session that sees the units of the cases and ``people``, called CB0, CB1, …; all is undone afterwards."""
    with Session(db.engine) as session:
        units = write_units(session, _TREE)
        for number, person in enumerate(people):
            write_person(session, replace(person, code=f"CB{number}"), units)
        yield session
        session.rollback()


def _one_by_one(session: Session, plan: Plan, calendar: WorkCalendar, on: date) -> list[Evaluation]:
    people = load_people(session, None, date(2020, 1, 1), date(2028, 12, 31))
    return [evaluate(plan, load_tree(session), calendar, person, on) for person in people]


def _by_code(evaluations: Iterator[Evaluation]) -> list[Evaluation]:
    return sorted(evaluations, key=lambda evaluation: evaluation.cadre)


@given(st.lists(_PEOPLE, min_size=1, max_size=6), _WEEK | _NEAR | _DAYS, _READINGS)
@settings(max_examples=25, deadline=None, phases=_PHASES, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_everybody_at_once_is_each_alone(
    db: Database, people: list[PersonRecord], on: date, readings: dict[str, str]
) -> None:
    plan, calendar = plan_with("can-tho-2023", readings), default_calendar()
    with _filled(db, people) as session:
        assert _by_code(evaluate_all(session, plan, calendar, on)) == _one_by_one(session, plan, calendar, on)
