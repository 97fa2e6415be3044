"""What "Vì sao?" answers: entries used and not used, the gap, and the cheapest way out."""

from datetime import date, time

import pytest

from storage.calendar import default_calendar
from storage.compliance import Explanation, explain
from storage.compliance.counting import Reason
from storage.compliance.records import EntryRecord, PersonRecord, PositionRecord
from storage.terms import EntryKind, EntryState, PositionTitle, RecognisedBy, Requirement
from tests.compliance.cases import CASES, plan_with, tree_of

_ON = date(2026, 11, 20)
_HOURS, _MEETING, _ACTIVITY = EntryKind.VOLUNTEER_HOURS, EntryKind.BRANCH_MEETING, EntryKind.VOLUNTEER_ACTIVITY


def _why(requirement: Requirement, *entries: EntryRecord, unit: str = "BLOC", reading: str = "either") -> Explanation:
    position = PositionRecord(unit, PositionTitle.SECRETARY, False, True, date(2020, 1, 1))
    person = PersonRecord("CB", "CB", (position,), entries)
    plan, tree = plan_with("can-tho-2023", {"I-1": reading}), tree_of(CASES / "can-tho-2023")
    found = explain(plan, tree, default_calendar(), person, _ON)
    return next(item for item in found if item.result.requirement is requirement)


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _hours(number: int, day: int, start: time, end: time) -> EntryRecord:
    return EntryRecord(number, _HOURS, date(2026, 11, day), _minute(start), _minute(end))


def _meeting(number: int, day: int, organiser: str | None = "BLOC-BRANCH") -> EntryRecord:
    return EntryRecord(number, _MEETING, date(2026, 11, day), organiser=organiser)


def test_every_entry_of_the_week_is_used_or_has_its_reason() -> None:
    why = _why(
        Requirement.VOLUNTEER_HOURS,
        _hours(1, 17, time(16), time(18)),
        _hours(2, 18, time(8), time(10)),
        EntryRecord(3, _HOURS, date(2026, 11, 18)),
        EntryRecord(4, _HOURS, date(2026, 11, 19), minutes=60, state=EntryState.RETURNED),
        EntryRecord(5, _HOURS, date(2026, 11, 19), minutes=60, state=EntryState.DELETED),
        EntryRecord(6, _HOURS, date(2026, 11, 1), minutes=60),
    )
    assert [(used.entry_id, used.amount, used.remark) for used in why.used] == [
        (1, 1.0, "đã trừ 60 phút giờ hành chính")
    ]
    assert {(unused.entry_id, unused.reason) for unused in why.unused} == {
        (2, Reason.OFFICE_HOURS),
        (3, Reason.NO_DURATION),
        (4, Reason.RETURNED),
    }
    assert why.gap == 1.0


def test_of_entries_that_are_one_the_longest_is_used() -> None:
    day = date(2026, 11, 18)
    entries = [EntryRecord(number, _HOURS, day, minutes=minutes) for number, minutes in ((1, 30), (2, 90), (3, 60))]
    why = _why(Requirement.VOLUNTEER_HOURS, *entries)
    assert [used.entry_id for used in why.used] == [2]
    assert {unused.reason for unused in why.unused} == {Reason.DUPLICATE}


def test_figures_are_the_sum_of_what_is_used() -> None:
    why = _why(Requirement.VOLUNTEER_HOURS, *(_hours(day, day, time(18), time(18, 25)) for day in (16, 17, 18)))
    assert why.result.declared == 1.25
    assert sum(used.amount for used in why.used) == pytest.approx(1.25, abs=0.02)


def test_missing_hours_are_named() -> None:
    why = _why(Requirement.VOLUNTEER_HOURS, _hours(1, 17, time(18), time(19, 30)))
    assert why.cheapest == "Còn thiếu 0,5 giờ tình nguyện ngoài giờ hành chính (đã có 1,5/2 giờ)."


def test_what_is_met_needs_no_advice() -> None:
    why = _why(Requirement.VOLUNTEER_HOURS, _hours(1, 17, time(18), time(20)))
    assert (why.gap, why.cheapest) == (0, "")


def test_of_two_ways_the_nearer_one_is_advised() -> None:
    why = _why(Requirement.ATTENDANCE, *(_meeting(day, day) for day in (2, 3, 4)), unit="CITY")
    assert why.cheapest == ""  # no number at city level
    three = [EntryRecord(day, _ACTIVITY, date(2026, 11, day), organiser="BLOC-UNION") for day in (2, 3, 4)]
    why = _why(Requirement.ATTENDANCE, *three)
    assert why.cheapest.startswith("Còn thiếu 1 hoạt động tình nguyện (đã có 3/4).")


def test_meetings_are_not_advised_where_there_are_too_few_branches() -> None:
    why = _why(Requirement.ATTENDANCE, _meeting(1, 3, "BLOC-UNION-1"), unit="BLOC-UNION")
    assert why.cheapest == (
        "Còn thiếu 3 hoạt động tình nguyện (đã có 0/3)."
        " Bên dưới chỉ có 2 chi đoàn, khó đủ số buổi sinh hoạt trong tháng."
    )


def test_naming_the_organiser_is_the_cheapest_of_all() -> None:
    why = _why(Requirement.ATTENDANCE, _meeting(1, 3, None), unit="BLOC-UNION")
    assert [unused.reason.label for unused in why.unused] == ["chưa rõ đơn vị tổ chức"]
    assert why.cheapest.startswith("Bổ sung đơn vị tổ chức cho mục đã ghi.")


@pytest.mark.parametrize(
    ("reading", "advice"),
    [
        ("mixed", "Còn thiếu 3 lần dự hoạt động tình nguyện hoặc sinh hoạt chi đoàn."),
        ("both", "Còn thiếu 4 hoạt động tình nguyện (đã có 0/4) và 3 buổi sinh hoạt chi đoàn (đã có 1/4)."),
    ],
)
def test_advice_follows_the_reading_chosen(reading: str, advice: str) -> None:
    assert _why(Requirement.ATTENDANCE, _meeting(1, 3), reading=reading).cheapest == advice


@pytest.mark.parametrize(
    ("recognised_by", "recognised_on", "advice"),
    [
        (None, None, "Sáng kiến đã ghi cần được thủ trưởng đơn vị hoặc Đoàn cấp trên công nhận."),
        (RecognisedBy.AGENCY_HEAD, None, "Bổ sung ngày công nhận cho sáng kiến đã ghi."),
        (RecognisedBy.AGENCY_HEAD, date(2026, 5, 1), ""),
    ],
)
def test_an_initiative_says_what_it_lacks(
    recognised_by: RecognisedBy | None, recognised_on: date | None, advice: str
) -> None:
    idea = EntryRecord(
        1, EntryKind.INITIATIVE, date(2026, 4, 1), recognised_by=recognised_by, recognised_on=recognised_on
    )
    assert _why(Requirement.INITIATIVE, idea).cheapest == advice


def test_shirt_mondays_that_lack_are_listed() -> None:
    shirt = EntryRecord(1, EntryKind.YOUTH_SHIRT, date(2026, 11, 9))
    why = _why(Requirement.YOUTH_SHIRT, shirt)
    assert why.cheapest == "Chưa ghi áo Thanh niên thứ Hai 2/11, 16/11. Sắp tới: thứ Hai 23/11, 30/11."


def test_forms_that_lack_are_named() -> None:
    assert _why(Requirement.SELF_REVIEW).cheapest == "Chưa nộp bản tự kiểm điểm năm 2026."
