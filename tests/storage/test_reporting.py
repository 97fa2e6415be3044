"""The one definition of every figure. The cast: DUB > DCS1 (AN, CHI) > CD11 (BINH), CD12 (LAN)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import event
from sqlmodel import Session, select

from storage.calendar import default_calendar
from storage.database import Database
from storage.everybody import Everybody
from storage.figures import UnitFigures
from storage.models import Cadre, Position
from storage.periods import Period
from storage.plans import load_plan
from storage.remembering import RememberedFigures
from storage.reporting import days_of, unit_figures
from storage.terms import EntryKind, EntryState, PositionTitle, Requirement, Status
from tests.cast import cadre_id, unit_id
from tests.handlers.logged import grant_leave, log

HOURS = Requirement.VOLUNTEER_HOURS
KIND = EntryKind.VOLUNTEER_HOURS
FRIDAY = date(2026, 11, 20)
SUNDAY = date(2026, 11, 22)


def figures(db: Database, unit: str, period: str, as_of: date = FRIDAY) -> UnitFigures:
    def work(session: Session) -> UnitFigures:
        found = unit_id(session, unit)
        return unit_figures(session, load_plan("can-tho-2023"), default_calendar(), found, Period.parse(period), as_of)

    return db.read_now(work)


@pytest.fixture
def logged(city: Database) -> Database:
    """Week 47: BINH two hours (confirmed), CHI one and LAN two (declared); week 46: BINH three (declared)."""
    log(city, "BINH", KIND, date(2026, 11, 16), minutes=120, state=EntryState.CONFIRMED)
    log(city, "CHI", KIND, date(2026, 11, 17), minutes=60)
    log(city, "LAN", KIND, date(2026, 11, 18), minutes=120)
    log(city, "BINH", KIND, date(2026, 11, 9), minutes=180)
    return city


def test_a_running_week(logged: Database) -> None:
    found = figures(logged, "DCS1", "2026-W47")
    count = found.total.counts[HOURS]
    assert (found.total.people, found.total.obliged, found.is_over) == (4, 4, False)
    assert count.people == {Status.MET: 2, Status.IN_PROGRESS: 2}
    assert (count.due, count.met, count.people_met_confirmed) == (4, 2, 1)
    assert (count.declared, count.confirmed) == (5.0, 2.0)
    assert found.total.waiting == 2
    assert [person.code for person in found.in_need if HOURS in {s.requirement for s in person.needs}] == ["AN"]


def test_on_its_last_day_a_week_is_judged(logged: Database) -> None:
    count = figures(logged, "DCS1", "2026-W47", SUNDAY).total.counts[HOURS]
    assert count.people == {Status.MET: 2, Status.NOT_MET: 2}


def test_it_is_compared_with_the_whole_period_before(logged: Database) -> None:
    before = figures(logged, "DCS1", "2026-W47").previous.counts[HOURS]
    assert (before.met, before.due, before.declared) == (1, 4, 3.0)


def test_units_are_rolled_up_and_own_people_counted_apart(logged: Database) -> None:
    found = figures(logged, "DUB", "2026-W47")
    assert [(row.code, row.depth, row.people) for row in found.units] == [
        ("DUB", 0, 5),
        ("DCS1", 1, 4),
        ("CD11", 2, 1),
        ("CD12", 2, 1),
    ]
    assert [row.code for row in found.children] == ["DCS1"]
    assert (found.own.people, found.own.counts[HOURS].met) == (1, 0)
    assert found.children[0].counts[HOURS].met == found.total.counts[HOURS].met == 2


def test_a_person_counts_once_at_the_highest_unit(logged: Database) -> None:
    def promote(session: Session) -> None:
        session.add(
            Position(
                cadre_id=cadre_id(session, "BINH"),
                unit_id=unit_id(session, "DCS1"),
                title=PositionTitle.COMMITTEE_MEMBER,
                public_sector=True,
                start_day=date(2026, 1, 1),
            )
        )

    logged.write_now(promote)
    found = figures(logged, "DCS1", "2026-W47")
    assert (found.total.people, found.own.people) == (4, 3)
    assert {person.code: person.unit for person in found.people}["BINH"] == "DCS1"
    assert figures(logged, "CD11", "2026-W47").total.people == 1


def test_a_month_takes_the_weeks_that_end_in_it(logged: Database) -> None:
    found = figures(logged, "DCS1", "2026-11")
    weeks = found.judged[HOURS]
    assert [week.key for week in weeks] == ["2026-W44", "2026-W45", "2026-W46", "2026-W47"]
    count = found.total.counts[HOURS]
    assert (count.periods_met, count.periods_due, count.met) == (3, 16, 0)
    assert not found.to_date(Requirement.ATTENDANCE)
    assert found.to_date(Requirement.CULTURE_SPORT)


def test_sums_of_hours_are_as_short_as_their_parts(city: Database) -> None:
    for person, minutes in (("BINH", 6), ("LAN", 12)):
        log(city, person, KIND, date(2026, 11, 16), minutes=minutes, state=EntryState.CONFIRMED)
    count = figures(city, "DCS1", "2026-W47").total.counts[HOURS]
    assert (count.declared, count.confirmed) == (0.3, 0.3)


def test_leave_excuses(logged: Database) -> None:
    grant_leave(logged, "LAN", date(2026, 11, 16), SUNDAY)
    count = figures(logged, "DCS1", "2026-W47").total.counts[HOURS]
    assert (count.due, count.people[Status.EXCUSED]) == (3, 1)


def test_who_is_outside_the_bloc_is_counted_but_not_bound(city: Database) -> None:
    found = figures(city, "CD31", "2026-W47")
    assert (found.total.people, found.total.obliged, found.requirements, found.in_need) == (1, 0, (), ())


def test_who_has_left_counts_for_the_weeks_before(logged: Database) -> None:
    def leave(session: Session) -> None:
        position = session.exec(select(Position).where(Position.cadre_id == cadre_id(session, "BINH"))).one()
        position.end_day = date(2026, 11, 15)
        session.add(position)

    logged.write_now(leave)
    assert figures(logged, "DCS1", "2026-W47").total.people == 3
    assert figures(logged, "DCS1", "2026-W46", date(2026, 11, 15)).total.counts[HOURS].met == 1
    november = figures(logged, "DCS1", "2026-11")
    binh = next(person for person in november.people if person.code == "BINH")
    assert [result.period.key for result in binh.scores[HOURS].results] == ["2026-W44", "2026-W45", "2026-W46"]


def test_requirements_of_a_longer_period_are_shown_to_date(logged: Database) -> None:
    log(logged, "LAN", EntryKind.CULTURE_SPORT, date(2026, 3, 1))
    found = figures(logged, "DCS1", "2026-W47")
    assert found.total.counts[Requirement.CULTURE_SPORT].met == 1
    assert found.judged[Requirement.CULTURE_SPORT] == (Period.parse("2026"),)


def test_summoned_meetings_are_added_up_but_judge_nobody(logged: Database) -> None:
    log(logged, "LAN", EntryKind.SUMMONED_MEETING, date(2026, 10, 8), on_time=True)
    for month, day in (("2026-10", date(2026, 10, 31)), ("2026-10", FRIDAY)):
        found = figures(logged, "DCS1", month, day)
        count = found.total.counts[Requirement.SUMMONED_MEETINGS]
        assert (count.due, count.declared, count.periods.total()) == (0, 1, 0)
        assert Requirement.SUMMONED_MEETINGS in found.requirements


def test_documents_on_paper_are_nobodys_need(logged: Database) -> None:
    found = figures(logged, "DCS1", "2026", date(2026, 12, 31))
    assert Requirement.REGISTRATION not in found.requirements
    assert all(score.requirement is not Requirement.REGISTRATION for p in found.in_need for score in p.needs)


@pytest.mark.parametrize(("unit", "period", "error"), [("DCS1", "2027-01", ValueError), (None, "2026-11", LookupError)])
def test_what_cannot_be_reported(city: Database, unit: str | None, period: str, error: type[Exception]) -> None:
    def work(session: Session) -> None:
        wanted = unit_id(session, unit) if unit else 0
        unit_figures(session, load_plan("can-tho-2023"), default_calendar(), wanted, Period.parse(period), FRIDAY)

    with pytest.raises(error):
        city.read_now(work)


@contextmanager
def counted_queries(db: Database) -> Iterator[list[str]]:
    """The statements that readers send meanwhile."""
    sent: list[str] = []

    def note(_c: object, _u: object, statement: str, *_: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "COMMIT")):
            sent.append(statement)

    engine = db._reader  # the only place where queries pass by
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def test_the_number_of_queries_does_not_grow_with_people(logged: Database) -> None:
    with counted_queries(logged) as few:
        figures(logged, "DUB", "2026-W47")

    def hire(session: Session) -> None:
        for number in range(60):
            cadre = Cadre(code=f"N{number}", full_name=f"Người {number}")
            session.add(cadre)
            session.flush()
            session.add(
                Position(
                    cadre_id=cadre.id or 0,
                    unit_id=unit_id(session, "CD11"),
                    title=PositionTitle.COMMITTEE_MEMBER,
                    public_sector=True,
                    start_day=date(2025, 7, 1),
                )
            )

    logged.write_now(hire)
    with counted_queries(logged) as many:
        assert figures(logged, "DUB", "2026-W47").total.people == 65
    assert len(many) == len(few) <= 10


@pytest.mark.parametrize("period", ["2026-W47", "2026-11", "2026"])
def test_who_is_known_from_one_report_has_the_same_figures_in_the_next(logged: Database, period: str) -> None:
    plan, calendar, asked = load_plan("can-tho-2023"), default_calendar(), Period.parse(period)

    def work(session: Session) -> None:
        known = Everybody(plan, calendar, *days_of(plan, asked, FRIDAY))
        for code in ("CD11", "DCS1", "TD", "XP01", "DCS1"):
            unit = unit_id(session, code)
            again = unit_figures(session, plan, calendar, unit, asked, FRIDAY, known)
            assert again == unit_figures(session, plan, calendar, unit, asked, FRIDAY)

    logged.read_now(work)


def test_what_is_remembered_is_let_go_and_read_anew(logged: Database) -> None:
    plan, calendar, week = load_plan("can-tho-2023"), default_calendar(), Period.parse("2026-W47")
    remembered = RememberedFigures()

    def hours(session: Session) -> float:
        found = remembered.of_unit(session, plan, calendar, unit_id(session, "CD11"), week, FRIDAY)
        return found.total.counts[HOURS].declared

    assert logged.read_now(hours) == 2
    log(logged, "BINH", KIND, date(2026, 11, 19), minutes=60)
    assert logged.read_now(hours) == 2  # known for a minute
    remembered.forget()
    assert logged.read_now(hours) == 3
