"""The JSON of an evaluation is a contract with scripts outside: its keys, order and types stay."""

import json
from datetime import date

from storage.calendar import WorkCalendar, default_calendar
from storage.compliance import evaluate, to_json
from storage.compliance.records import EntryRecord, PersonRecord, PositionRecord, UnitRecord, UnitTree
from storage.plans import load_plan
from storage.terms import EntryKind, PositionTitle, Requirement, UnitType

_PLAN = load_plan("can-tho-2023")
_TREE = UnitTree([UnitRecord("TD", "Thành đoàn", UnitType.CITY_UNION, None, date(2020, 1, 1))])
_CADRE = PersonRecord(
    "CB001",
    "CB001",
    (PositionRecord("TD", PositionTitle.SPECIALIST, True, True, date(2024, 1, 1)),),
    (EntryRecord(1, EntryKind.VOLUNTEER_HOURS, date(2026, 11, 18), minutes=90),),
)


def test_an_evaluation_is_written_as_agreed() -> None:
    said = json.loads(json.dumps(to_json(evaluate(_PLAN, _TREE, default_calendar(), _CADRE, date(2026, 11, 20)))))
    assert list(said) == ["cadre", "on", "plan", "group", "results"]
    assert (said["cadre"], said["on"], said["plan"], said["group"]) == (
        "CB001",
        "2026-11-20",
        "can-tho-2023",
        "G1",
    )
    assert said["results"][0] == {
        "requirement": "volunteer_hours",
        "clause": "C-19",
        "period": {"kind": "week", "start": "2026-11-16", "end": "2026-11-22"},
        "status": "in_progress",
        "required": 2.0,
        "declared": 1.5,
        "confirmed": 0.0,
        "note": None,
    }
    assert said["results"][1]["alternatives"] == [
        {"activity": "volunteer_activity", "declared": 0, "required": None},
        {"activity": "branch_meeting", "declared": 0, "required": None},
    ]
    assert [result["requirement"] for result in said["results"]] == list(Requirement)
    kinds = ["week", "month", "year", "year", "month", "month", "year", "year"]
    assert [result["period"]["kind"] for result in said["results"]] == kinds
    assert isinstance(said["results"][0]["declared"], float)
    assert all(isinstance(result["declared"], int) for result in said["results"][1:])


def test_a_calendar_without_the_year_is_not_passed_over_in_silence() -> None:
    known = evaluate(_PLAN, _TREE, default_calendar(), _CADRE, date(2026, 11, 20))
    unknown = evaluate(_PLAN, _TREE, WorkCalendar([], []), _CADRE, date(2026, 11, 20))
    assert known.calendar_known
    assert not unknown.calendar_known
