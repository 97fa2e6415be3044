"""Every clause of every plan is computed, a workflow, shown as text, or left to people; and says where, or why."""

import pytest

from handlers.registry import COMMANDS
from storage.plans import Plan, load_plan, plan_files
from storage.plans.schema import ClauseState, Role
from storage.plans.sections import StepKind
from storage.plans.table import STATES, clause_table

ALL = {"can-tho-2023": ("C", 36), "kien-giang-2019": ("K", 22), "kien-giang-2015": ("B", 13)} | {
    "kien-giang-2012": ("N", 13),
    "remedial-2021": ("T", 13),
}


@pytest.fixture(params=sorted(ALL))
def plan(request: pytest.FixtureRequest) -> Plan:
    """Each of the plans."""
    return load_plan(request.param)


def test_these_are_the_plans_that_come_along() -> None:
    assert {file.stem for file in plan_files()} == set(ALL)


def test_no_clause_is_missing(plan: Plan) -> None:
    letter, count = ALL[plan.id]
    assert list(plan.file.clauses) == [f"{letter}-{number:02}" for number in range(1, count + 1)]


def test_what_is_computed_names_a_requirement_or_target_of_the_plan(plan: Plan) -> None:
    known = {"scope"} | {rule.id.value for rule in plan.file.requirements} | {t.id.value for t in plan.file.targets}
    for name, clause in plan.file.clauses.items():
        if clause.state is ClauseState.COMPUTED:
            assert clause.where, name
            assert set(clause.where) <= known, name


def test_workflows_and_texts_name_commands_that_exist(plan: Plan) -> None:
    missing = {
        name: command
        for name, clause in plan.file.clauses.items()
        if clause.state in {ClauseState.WORKFLOW, ClauseState.TEXT}
        for command in clause.where
        if command.removeprefix("/") not in COMMANDS
    }
    assert missing == {}


def test_what_is_left_to_people_says_why(plan: Plan) -> None:
    for name, clause in plan.file.clauses.items():
        assert (clause.reason is not None) == (clause.state is ClauseState.PEOPLE), name


def test_the_table_has_one_line_a_clause_with_one_state() -> None:
    lines = clause_table([load_plan(name) for name in ALL]).splitlines()[1:-2]
    assert len(lines) == sum(count for _, count in ALL.values()) == 97
    words = tuple(STATES.values())
    assert all(line.split(maxsplit=2)[2].startswith(words) for line in lines)


def test_only_the_plan_of_can_tho_measures_people(plan: Plan) -> None:
    measures = plan.id == "can-tho-2023"
    assert (plan.file.role is Role.BINDS) == measures
    assert bool(plan.file.requirements) == measures


def test_the_province_of_the_remedial_plan_is_not_named() -> None:
    assert "Kiên Giang" not in load_plan("remedial-2021").file.model_dump_json()


def test_the_two_wordings_of_three_responsibilities_stay_apart() -> None:
    def items(plan_id: str) -> list[str]:
        found = load_plan(plan_id).file.responsibilities
        return [item.id for item in found.items] if found else []

    assert items("can-tho-2023") == ["people", "work", "self"]
    assert items("kien-giang-2015") == ["self", "work", "community"]


@pytest.mark.parametrize("plan_id", ["can-tho-2023", "kien-giang-2019"])
def test_there_are_eight_dos_and_eight_donts(plan_id: str) -> None:
    file = load_plan(plan_id).file
    assert file.dos is not None
    assert file.donts is not None
    assert (len(file.dos.items), len(file.donts.items)) == (8, 8)


def test_the_annex_adds_up_as_printed() -> None:
    (table,) = load_plan("kien-giang-2019").file.report_tables
    assert [column.number for column in table.columns] == [1, 2, 3, 4, 5, 6, 7]
    assert (table.whole, table.total, table.parts) == ("cadres", "registered", ("good", "fair", "average", "weak"))


def test_the_round_of_opinions_ends_with_an_answer() -> None:
    (found,) = load_plan("kien-giang-2012").file.rounds
    assert [step.kind for step in found.steps] == list(StepKind)
    assert len(found.contributors) == 5
    assert len(found.themes) == 3
    assert found.fallback is not None


def test_the_remedial_plan_has_four_fields_with_owners() -> None:
    remedial = load_plan("remedial-2021").file.remedial
    assert remedial is not None
    assert [(group.lead, group.joint) for group in remedial.groups] == [
        ("office", ()),
        ("propaganda", ("movements",)),
        ("org_inspection", ()),
        ("org_inspection", ("movements",)),
    ]
    assert sum(len(group.shortcomings) for group in remedial.groups) == 8
    assert remedial.carried_over == 1
