"""Evaluating everybody at once says of each cadre what evaluating that cadre alone says."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select
from sqlmodel import Session, col

from storage.access import subtree
from storage.calendar import WorkCalendar, default_calendar
from storage.calendar.schema import Interval, OfficeHours
from storage.compliance import Evaluation, evaluate
from storage.compliance.bulk import evaluate_all
from storage.compliance.records import (
    AbsenceRecord,
    DocumentRecord,
    EntryRecord,
    PersonRecord,
    PositionRecord,
    UnitRecord,
    UnitTree,
)
from storage.database import Database
from storage.models import Absence, Position, Unit
from storage.periods import Period, PeriodKind
from storage.plans import Plan, load_plan
from storage.records_of import load_people, load_tree
from storage.terms import (
    DocumentKind,
    EntryKind,
    EntryState,
    PositionTitle,
    RecognisedBy,
    Requirement,
    Status,
    UnitType,
)
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
    positions=st.lists(_positions(), max_size=3, unique_by=lambda held: (held.unit, held.title, held.start)).map(tuple),
    entries=st.lists(_ENTRIES, max_size=10).map(tuple),
    absences=st.lists(_absences(), max_size=1).map(tuple),
    documents=st.lists(
        st.builds(DocumentRecord, st.sampled_from(DocumentKind), _DAYS, st.sampled_from(EntryState)),
        max_size=2,
        unique_by=lambda form: (form.kind, form.day.year),
    ).map(tuple),
)
_PHASES = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)
_PLAN, _CALENDAR = load_plan("can-tho-2023"), default_calendar()


def _secretary(unit: str, *entries: EntryRecord) -> PersonRecord:
    position = PositionRecord(unit, PositionTitle.SECRETARY, False, True, date(2020, 1, 1))
    return PersonRecord("", "Nguyễn Văn Minh", (position,), entries)


def _meeting(day: date, organiser: str, start: int | None = None) -> EntryRecord:
    return EntryRecord(0, EntryKind.BRANCH_MEETING, day, start=start, organiser=organiser)


@contextmanager
def _filled(db: Database, people: list[PersonRecord], tree: UnitTree = _TREE) -> Iterator[Session]:
    """A session that sees the units of ``tree`` and ``people``, called CB0, CB1, …; all is undone afterwards."""
    with Session(db.engine) as session:
        units = write_units(session, tree)
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
@settings(max_examples=25, phases=_PHASES, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_everybody_at_once_is_each_alone(
    db: Database, people: list[PersonRecord], on: date, readings: dict[str, str]
) -> None:
    plan, calendar = plan_with("can-tho-2023", readings), default_calendar()
    with _filled(db, people) as session:
        assert _by_code(evaluate_all(session, plan, calendar, on)) == _one_by_one(session, plan, calendar, on)


def _attended(session: Session) -> list[float]:
    return [e.of(Requirement.ATTENDANCE).declared for e in _by_code(evaluate_all(session, _PLAN, _CALENDAR, _FRIDAY))]


def test_cadres_of_one_unit_share_what_is_known_but_not_their_figures(db: Database) -> None:
    days = [date(2026, 11, day) for day in (3, 10, 17)]
    people = [_secretary("BLOC-UNION", *(_meeting(day, "BLOC-UNION-1") for day in days[:n])) for n in range(4)]
    with _filled(db, people) as session:
        assert _attended(session) == [0, 1, 2, 3]


def test_the_same_meeting_logged_twice_counts_once_and_another_one_that_day_too(db: Database) -> None:
    day = date(2026, 11, 3)
    twice = [_meeting(day, "BLOC-UNION-1")] * 2
    two = [_meeting(day, "BLOC-UNION-1", start) for start in (480, 1080)]
    with _filled(db, [_secretary("BLOC-UNION", *twice), _secretary("BLOC-UNION", *two)]) as session:
        assert _attended(session) == [1, 2]


def test_a_unit_that_moves_within_the_month_counts_on_the_days_on_which_it_is_below(db: Database) -> None:
    moved = date(2026, 11, 10)
    tree = UnitTree(
        [
            *(UnitRecord(code, code, UnitType.GRASSROOTS_UNION, None, date(2020, 1, 1)) for code in ("OLD", "NEW")),
            UnitRecord("BRANCH", "BRANCH", UnitType.BRANCH, "OLD", date(2020, 1, 1), moved - timedelta(days=1)),
            UnitRecord("BRANCH", "BRANCH", UnitType.BRANCH, "NEW", moved),
        ]
    )
    meetings = [_meeting(date(2026, 11, day), "BRANCH") for day in (3, 9, 10, 17, 18)]
    with _filled(db, [_secretary("OLD", *meetings), _secretary("NEW", *meetings)], tree) as session:
        assert _attended(session) == [2, 3]


def test_units_with_office_hours_of_their_own_are_measured_by_them(db: Database) -> None:
    morning = Interval.model_validate({"from": time(6), "to": time(10)})
    row = {"from": date(2023, 1, 1), "to": None, "weekdays": (1, 2, 3, 4, 5), "source": "quyết định"}
    early = OfficeHours.model_validate({**row, "unit": "BLOC-UNION", "intervals": (morning,)})
    general = OfficeHours.model_validate({**row, "unit": None, "intervals": ()})
    hours = EntryRecord(0, EntryKind.VOLUNTEER_HOURS, date(2026, 11, 18), start=480, end=660)
    with _filled(db, [_secretary("BLOC-UNION", hours), _secretary("BLOC-BRANCH", hours)]) as session:
        found = _by_code(evaluate_all(session, _PLAN, WorkCalendar([], [early, general]), _FRIDAY))
    assert [evaluation.of(Requirement.VOLUNTEER_HOURS).declared for evaluation in found] == [1, 3]


def test_leave_of_a_whole_unit_is_leave_of_everybody_below(db: Database) -> None:
    with _filled(db, [_secretary("BLOC-UNION"), _secretary("BLOC-UNION-1"), _secretary("COMMUNE-BRANCH")]) as session:
        unit_id = session.execute(select(col(Unit.id)).where(col(Unit.code) == "BLOC-UNION")).scalar_one()
        week = Period.of(PeriodKind.WEEK, _FRIDAY)
        at = datetime(2026, 11, 1, tzinfo=UTC)
        session.add(Absence(unit_id=unit_id, start_day=week.start, end_day=week.end, created_at=at))
        session.flush()
        found = _by_code(evaluate_all(session, _PLAN, _CALENDAR, _FRIDAY))
    statuses = [evaluation.of(Requirement.VOLUNTEER_HOURS).status for evaluation in found]
    assert statuses == [Status.EXCUSED, Status.EXCUSED, Status.IN_PROGRESS]


def test_only_those_whom_the_query_finds_are_evaluated(db: Database) -> None:
    meeting = _meeting(date(2026, 11, 3), "BLOC-UNION-1")
    people = [_secretary("BLOC-UNION", meeting), _secretary("COMMUNE", meeting), _secretary("BLOC-UNION-2", meeting)]
    with _filled(db, people) as session:
        unit_id = session.execute(select(col(Unit.id)).where(col(Unit.code) == "BLOC")).scalar_one()
        below = select(col(Position.cadre_id)).where(col(Position.unit_id).in_(subtree([unit_id], _FRIDAY)))
        found = evaluate_all(session, _PLAN, _CALENDAR, _FRIDAY, below)
        assert [evaluation.cadre for evaluation in found] == ["CB0", "CB2"]


def test_the_number_of_queries_does_not_grow_with_the_number_of_cadres(db: Database) -> None:
    asked: list[int] = []
    for many in (1, 30):
        with _filled(db, [_secretary("BLOC-UNION")] * many) as session:
            statements: list[str] = []
            event.listen(db.engine, "before_cursor_execute", lambda *call, into=statements: into.append(call[2]))
            assert len(list(evaluate_all(session, _PLAN, _CALENDAR, _FRIDAY))) == many
            asked.append(len(statements))
    assert asked[0] == asked[1]
