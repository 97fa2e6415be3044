"""The reader against the messages that people send, as told in ``tuned.jsonl`` and ``unseen.jsonl``."""

from typing import Any

import pytest

from storage.text import fold
from tests.reader.scoring import Case, cases, judge, read_now

TUNED = list(cases("tuned"))
GIVEN = [case for case in TUNED if case.about == "given"]
RIGHT_ON_UNSEEN = 0.95
SHOWN = ("start", "end", "unit", "kind", "convener", "occasion")


@pytest.mark.parametrize("case", GIVEN, ids=lambda case: case.text)
def test_each_example_of_the_conventions_is_read_as_told(case: Case) -> None:
    verdict = judge(case)
    assert verdict.right, verdict.got


@pytest.mark.parametrize("case", GIVEN, ids=lambda case: case.text)
def test_examples_say_what_is_missing_and_where_to_go(case: Case) -> None:
    reading = read_now(case.text)
    assert list(reading.missing) == case.expect.get("missing", [])
    assert (reading.route and reading.route.value) == case.expect.get("route")
    assert (reading.reason and reading.reason.value) == case.expect.get("reason")
    assert (reading.question is not None) == (case.expect["intent"] == "ask")


@pytest.mark.parametrize("case", GIVEN, ids=lambda case: case.text)
def test_examples_keep_clock_times_units_and_conveners(case: Case) -> None:
    got = judge(case).got["entries"]
    for wanted, entry in zip(case.expect["entries"], got, strict=True):
        assert _part(wanted) == {name: _plain(entry.get(name)) for name in _part(wanted)}


def _part(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain(entry[name]) for name in SHOWN if name in entry}


def _plain(value: str | None) -> str | None:
    return value and fold(value)


def test_tuned_messages_are_read_right() -> None:
    wrong = [case.text for case in TUNED if not judge(case).right]
    assert wrong == []


@pytest.mark.parametrize("name", ["tuned", "unseen"])
def test_nothing_is_logged_that_should_be_asked_or_passed_over(name: str) -> None:
    verdicts = [judge(case) for case in cases(name) if case.expect["intent"] != "log"]
    assert sum(verdict.wrong_log for verdict in verdicts) == 0


def test_unseen_messages_are_read_right_often_enough() -> None:
    verdicts = [judge(case).right for case in cases("unseen")]
    assert sum(verdicts) / len(verdicts) >= RIGHT_ON_UNSEEN
