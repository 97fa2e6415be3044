"""The cases beside each plan hold."""

import pytest

from tests.compliance.cases import CASES, Case, all_cases, outcome, plan_with, tree_of

_ALL = list(all_cases())


@pytest.mark.parametrize(
    ("plan_id", "case"),
    [pytest.param(plan_id, case, id=f"{plan_id}: {file}: {case.name}") for plan_id, file, case in _ALL],
)
def test_the_evaluation_says_what_the_case_expects(plan_id: str, case: Case) -> None:
    answer = outcome(plan_with(plan_id, case.rulings), tree_of(CASES / plan_id), case)
    results = {result["requirement"]: result for result in answer["results"]}
    said = {name: {key: results[name][key] for key in wanted} for name, wanted in case.expect.results.items()}
    expected = {name.value: wanted for name, wanted in case.expect.results.items()}
    assert said == expected
    assert answer["group"] == case.expect.group


def test_no_two_cases_have_one_name() -> None:
    names = [(plan_id, file, case.name) for plan_id, file, case in _ALL]
    assert len(names) == len(set(names))
