"""Which plans run for whom, and when what of them is due."""

from datetime import date, datetime
from functools import partial

import pytest
from sqlmodel import Session

from handlers.turn import House
from storage.access import Actor, load_actor
from storage.clock import Clock
from storage.database import Database
from storage.periods import Period
from storage.plan_work import ActivationRefused, Run, activate, end_activation, load_units, runs, runs_for
from storage.plans import load_plan
from tests import cast
from tests.world import local

TODAY = date(2026, 11, 20)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def run(plan_id: str, first: date = YEAR[0], last: date = YEAR[1]) -> Run:
    """``plan_id`` activated for the unit 2 (DUB of the cast)."""
    return Run(load_plan(plan_id), 2, first, last)


def dated(one: Run) -> dict[str, date]:
    """What ``one`` has due once a year, by id."""
    return {o.deadline.id: o.last_day for o in one.occurrences(one.first, one.last or one.first)}


@pytest.mark.parametrize(
    ("plan_id", "deadline", "last_day"),
    [
        ("kien-giang-2019", "registration", date(2026, 1, 31)),
        ("kien-giang-2019", "self_review", date(2026, 11, 30)),
        ("kien-giang-2019", "annual_report", date(2026, 12, 14)),  # "trước ngày 15/12"
        ("kien-giang-2019", "plan_of_district", date(2026, 8, 30)),  # "chậm nhất", and moved by seven years
        ("kien-giang-2012", "collect_opinions", date(2026, 8, 29)),
        ("kien-giang-2012", "review_meeting", date(2026, 9, 24)),
        ("kien-giang-2012", "report_back", date(2026, 9, 29)),
        ("kien-giang-2015", "annual_report", date(2026, 11, 30)),
        ("remedial-2021", "result_report", date(2026, 10, 31)),  # "trước ngày 01/11"
    ],
)
def test_a_template_runs_by_the_days_of_its_document(plan_id: str, deadline: str, last_day: date) -> None:
    assert dated(run(plan_id))[deadline] == last_day


def test_a_one_off_of_a_later_year_waits_for_that_year() -> None:
    assert "interim_review" not in dated(run("kien-giang-2019"))
    assert dated(run("kien-giang-2019", last=date(2029, 12, 31)))["interim_review"] == date(2027, 12, 31)


def test_nothing_is_due_outside_the_activated_days() -> None:
    found = dated(run("kien-giang-2019", date(2026, 3, 1), date(2026, 11, 29)))
    assert set(found) == {"roll_out", "plan_of_district"}


def test_monthly_and_quarterly_work_ends_with_its_period() -> None:
    one = run("remedial-2021")
    found = [o for o in one.occurrences(*YEAR) if o.deadline.id == "monthly_evaluation"]
    assert [o.period.key for o in found] == [f"2026-{month:02}" for month in range(1, 13)]
    assert found[1].last_day == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("plan_id", "deadline", "in_time", "late"),
    [
        ("kien-giang-2015", "annual_report", "2026-11-30 16:00:59", "2026-11-30 16:01:00"),  # "chậm nhất 16h"
        ("kien-giang-2019", "annual_report", "2026-12-14 23:59:59", "2026-12-15 00:00:00"),
        ("kien-giang-2019", "registration", "2026-01-31 23:59:59", "2026-02-01 00:00:00"),
    ],
)
def test_a_deadline_is_kept_to_the_minute(clock: Clock, plan_id: str, deadline: str, in_time: str, late: str) -> None:
    (found,) = (o for o in run(plan_id).occurrences(*YEAR) if o.deadline.id == deadline)
    assert local(in_time) < found.late_from(clock) <= local(late)
    assert found.period == Period.parse("2026")


@pytest.mark.parametrize(
    ("plan_id", "deadline", "codes"),
    [
        ("kien-giang-2019", "annual_report", ["DCS1"]),  # the units right below
        ("kien-giang-2019", "assessment_report", ["CD11", "CD12", "DCS1", "DUB"]),
        ("remedial-2021", "result_report", ["DUB"]),
    ],
)
def test_a_deadline_has_owners_around_the_activating_unit(
    city: Database, plan_id: str, deadline: str, codes: list[str]
) -> None:
    def owners(session: Session) -> list[str]:
        one = Run(load_plan(plan_id), cast.unit_id(session, "DUB"), *YEAR)
        (found,) = (o for o in one.occurrences(*YEAR) if o.deadline.id == deadline)
        return sorted(unit.code for unit in load_units(session, TODAY).owing(found))

    assert city.read_now(owners) == codes


def test_the_binding_plan_runs_for_units_by_their_type(city: Database, house: House) -> None:
    def owners(session: Session) -> list[str]:
        (binding,) = runs(session, house.plan, *YEAR)
        (report,) = (o for o in binding.occurrences(*YEAR) if o.deadline.id == "annual_report")
        return [unit.code for unit in load_units(session, TODAY).owing(report)]

    assert city.read_now(owners) == ["DUB"]


def _activate(
    session: Session, house: House, who: str, unit: str, plan_id: str, first: date = YEAR[0], last: date = YEAR[1]
) -> int:
    actor = load_actor(session, cast.cadre_id(session, who), TODAY)
    assert isinstance(actor, Actor)
    now = datetime.fromisoformat("2026-11-20T10:00:00+07:00")
    unit_id = cast.unit_id(session, unit)
    return activate(session, actor, house.plan, plan_id, unit_id, first, last, "12-KH", now, TODAY).id or 0


def test_an_activated_plan_runs_for_the_unit_and_below_only(city: Database, house: House) -> None:
    city.write_now(lambda session: _activate(session, house, "GIANG", "DUB", "kien-giang-2019"))

    def plans_of(session: Session, unit: str, day: date) -> list[str]:
        return [one.plan.id for one in runs_for(session, house.plan, cast.unit_id(session, unit), day)]

    for unit in ("DUB", "DCS1", "CD11"):
        assert city.read_now(partial(plans_of, unit=unit, day=TODAY)) == ["can-tho-2023", "kien-giang-2019"]
    assert city.read_now(lambda s: plans_of(s, "XP01", TODAY)) == ["can-tho-2023"]
    assert city.read_now(lambda s: plans_of(s, "DUB", date(2027, 1, 1))) == ["can-tho-2023"]


@pytest.mark.parametrize(
    ("who", "unit", "plan_id", "first", "last"),
    [
        ("DUNG", "DUB", "kien-giang-2019", *YEAR),  # follows, but does not administer
        ("GIANG", "DUB", "can-tho-2023", *YEAR),  # runs for everybody already
        ("GIANG", "DUB", "ha-noi-2030", *YEAR),
        ("GIANG", "DUB", "kien-giang-2019", YEAR[1], YEAR[0]),
    ],
)
def test_an_activation_that_makes_no_sense_is_refused(
    city: Database, house: House, who: str, unit: str, plan_id: str, first: date, last: date
) -> None:
    with pytest.raises(ActivationRefused):
        city.write_now(lambda session: _activate(session, house, who, unit, plan_id, first, last))


def test_the_same_plan_does_not_run_twice_at_a_time_for_a_unit(city: Database, house: House) -> None:
    city.write_now(lambda session: _activate(session, house, "GIANG", "DUB", "remedial-2021"))
    with pytest.raises(ActivationRefused, match="đã được kích hoạt"):
        city.write_now(lambda session: _activate(session, house, "GIANG", "DUB", "remedial-2021"))


def test_an_ended_plan_has_nothing_more_due(city: Database, house: House) -> None:
    row = city.write_now(lambda session: _activate(session, house, "GIANG", "DUB", "kien-giang-2019"))

    def end(session: Session) -> bool:
        actor = load_actor(session, cast.cadre_id(session, "GIANG"), TODAY)
        assert actor is not None
        return end_activation(session, actor, row, TODAY)

    assert city.write_now(end) is True
    assert city.write_now(end) is False
    (one,) = city.read_now(lambda session: [r for r in runs(session, house.plan, *YEAR) if r.unit_id is not None])
    assert one.last == date(2026, 11, 19)
    assert "annual_report" not in dated(one)


def test_activation_leaves_the_numbers_of_people_alone(city: Database, house: House) -> None:
    before = house.plan.file.requirements
    city.write_now(lambda session: _activate(session, house, "GIANG", "TD", "kien-giang-2019"))
    (binding, *_) = city.read_now(lambda session: runs(session, house.plan, *YEAR))
    assert binding.plan.file.requirements is before
    assert load_plan("kien-giang-2019").file.requirements == ()
