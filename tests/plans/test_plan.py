"""What the rest of the program asks a plan, and what Cần Thơ's answers."""

from datetime import date, timedelta

import pytest

from storage.periods import Period
from storage.plans import Plan, load_plan
from storage.plans.schema import ClauseKind
from storage.plans.table import describe, obligation_table
from storage.terms import Group, Level, Requirement, UnitType

_ON = date(2026, 11, 20)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan("can-tho-2023")


@pytest.mark.parametrize(
    ("group", "level", "number"),
    [
        (Group.G1, Level.CITY, None),
        (Group.G1, Level.DISTRICT, 4),
        (Group.G1, Level.GRASSROOTS, 3),
        (Group.G1, Level.GRASSROOTS_BRANCH, 3),
        (Group.G1, Level.BRANCH, None),
        (Group.G2, Level.CITY, None),
        (Group.G2, Level.DISTRICT, None),
        (Group.G2, Level.GRASSROOTS, 3),
        (Group.G2, Level.GRASSROOTS_BRANCH, None),
        (Group.G2, Level.BRANCH, None),
    ],
)
def test_the_monthly_number_depends_on_group_and_level(
    plan: Plan, group: Group, level: Level, number: int | None
) -> None:
    assert plan.minimum(Requirement.ATTENDANCE, group, level, _ON) == number


@pytest.mark.parametrize("level", [None, *Level])
def test_hours_are_two_for_everybody(plan: Plan, level: Level | None) -> None:
    assert {plan.minimum(Requirement.VOLUNTEER_HOURS, group, level, _ON) for group in Group} == {2}


def test_shirt_and_meetings_are_owed_without_a_number(plan: Plan) -> None:
    for requirement in (Requirement.YOUTH_SHIRT, Requirement.SUMMONED_MEETINGS):
        owed = plan.obligation(requirement, Group.G2, Level.BRANCH, _ON)
        assert (owed.owed, owed.minimum) == (True, None)


def test_districts_have_their_level_until_they_end(plan: Plan) -> None:
    last = date(2025, 6, 30)
    assert plan.level_of(UnitType.DISTRICT_UNION, last) is Level.DISTRICT
    assert plan.level_of(UnitType.DISTRICT_UNION, last + timedelta(days=1)) is None
    assert plan.level_of(UnitType.DISTRICT_EQUIVALENT, last + timedelta(days=1)) is Level.DISTRICT


def test_outside_its_dates_a_plan_asks_nothing(plan: Plan) -> None:
    for on in (date(2023, 9, 11), date(2028, 1, 1)):
        assert not any(owed.owed for owed in plan.obligations(Group.G1, Level.DISTRICT, on))


def test_the_annual_report_is_due_before_30_october(plan: Plan) -> None:
    reports = plan.deadlines(unit_type=UnitType.DISTRICT_EQUIVALENT)
    report = next(deadline for deadline in reports if deadline.clause == "C-36")
    assert report.last_day(Period.parse("2026")) == date(2026, 10, 29)


def test_forms_have_no_month_yet(plan: Plan) -> None:
    forms = [deadline for deadline in plan.deadlines(group=Group.G2) if deadline.clause == "C-07"]
    assert [deadline.last_day(Period.parse("2026")) for deadline in forms] == [None, None]


def test_an_initiative_may_come_until_new_years_eve(plan: Plan) -> None:
    (initiative,) = (deadline for deadline in plan.deadlines(group=Group.G1) if deadline.clause == "C-22")
    assert initiative.last_day(Period.parse("2026")) == date(2026, 12, 31)


def test_criticism_rounds_end_with_their_quarter(plan: Plan) -> None:
    (found,) = (item for item in plan.deadlines(unit_type=UnitType.COMMUNE_UNION) if item.clause == "C-14")
    assert found.last_day(Period.parse("2026-Q1")) == date(2026, 3, 31)


def test_all_clauses_are_there_and_text_clauses_bind_no_number(plan: Plan) -> None:
    assert list(plan.file.clauses) == [f"C-{number:02}" for number in range(1, 37)]
    asked = {ask.clause for rule in plan.file.requirements for ask in rule.asks}
    assert all(plan.clause(clause).kind is not ClauseKind.TEXT for clause in asked)


def test_the_table_shows_every_requirement_with_its_clause(plan: Plan) -> None:
    lines = obligation_table(plan, _ON)
    assert len(lines) == 2 + len(Requirement)
    attendance = next(line for line in lines if line.startswith(Requirement.ATTENDANCE.label))
    assert attendance.split("  ")[-1].strip() == "–"
    assert "≥ 4 [C-20]" in attendance
    assert "≥ 3 [C-28]" in attendance


def test_the_description_names_texts_deadlines_and_open_questions(plan: Plan) -> None:
    text = describe(plan, _ON)
    for part in ("C-25", "trước 30/10", "chưa ấn định", "(cần xác nhận)"):
        assert part in text
