"""What is due when: pure arithmetic, checked against the wall calendar of 2026."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.turn import House
from scheduler.due import DIGEST_DAY, WEEKLY, Weekday, due, due_on, next_after
from storage.reminding import Subject, Topic
from tests.world import local


def listed(house: House, day: str) -> list[str]:
    """What is due on a day, as "HH:MM key"."""
    found = due_on(house, date.fromisoformat(day))
    return [f"{house.clock.local(one.at):%H:%M} {one.key}" for one in found]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-16", ["06:45 shirt 2026-11-16", "07:30 digest 2026-W46"]),
        ("2026-11-17", []),
        ("2026-11-18", []),
        ("2026-11-19", ["19:00 week_nudge 2026-11-19"]),
        ("2026-11-20", ["19:00 month_pace 2026-11-20"]),
        ("2026-11-21", []),
        ("2026-11-22", ["17:00 week_last_call 2026-11-22"]),
        # three days before the end, and the last day, of months of every length
        ("2026-11-27", ["19:00 month_soon 2026-11-27"]),
        ("2026-12-28", ["06:45 shirt 2026-12-28", "07:30 digest 2026-W52", "08:00 deadline 2026-12-28 criticism_round",
                        "08:00 deadline 2026-12-28 culture_sport", "08:00 deadline 2026-12-28 initiative",
                        "19:00 month_soon 2026-12-28"]),
        ("2026-02-25", ["19:00 month_soon 2026-02-25"]),
        ("2028-02-26", ["19:00 month_soon 2028-02-26"]),
        ("2026-02-28", ["17:00 month_end 2026-02-28"]),
        ("2026-04-30", ["17:00 month_end 2026-04-30", "19:00 week_nudge 2026-04-30"]),
        # Mondays off have no shirt; the digest comes all the same
        ("2026-02-16", ["07:30 digest 2026-W07"]),
        ("2026-04-27", ["07:30 digest 2026-W17", "19:00 month_soon 2026-04-27"]),
        ("2026-08-31", ["07:30 digest 2026-W35", "17:00 month_end 2026-08-31"]),
        # the digest of a 53rd week, and of the first week of a year
        ("2027-01-04", ["06:45 shirt 2027-01-04", "07:30 digest 2026-W53"]),
        ("2027-01-11", ["06:45 shirt 2027-01-11", "07:30 digest 2027-W01"]),
    ],
)  # fmt: skip
def test_each_thing_is_due_on_its_day_at_its_hour(house: House, day: str, expected: list[str]) -> None:
    assert listed(house, day) == expected


@pytest.mark.parametrize(
    ("day", "left"),
    [("2026-10-15", 14), ("2026-10-22", 7), ("2026-10-26", 3), ("2026-10-28", 1), ("2026-10-29", 0)],
)
def test_a_deadline_before_the_30th_ends_on_the_29th_and_is_spoken_of_14_7_3_1_and_0_days_before(
    house: House, day: str, left: int
) -> None:
    assert f"08:00 deadline {day} annual_report" in listed(house, day)
    topic = Topic(Subject.DEADLINE, date.fromisoformat(day), "annual_report")
    assert topic.last_day(house.plan) - topic.day == timedelta(days=left)


@pytest.mark.parametrize("day", ["2026-10-14", "2026-10-16", "2026-10-25", "2026-10-27", "2026-10-30"])
def test_on_other_days_a_deadline_is_not_spoken_of(house: House, day: str) -> None:
    assert not any("annual_report" in one for one in listed(house, day))


def test_deadlines_whose_day_the_plan_leaves_open_are_never_due(house: House) -> None:
    days = (date(2026, 1, 1) + timedelta(days=n) for n in range(365))
    spoken_of = {one.key.split()[-1] for day in days for one in due_on(house, day) if one.key.startswith("deadline")}
    assert spoken_of == {"annual_report", "criticism_round", "initiative", "culture_sport"}


def test_weekdays_go_by_name() -> None:
    assert [Weekday.of(date(2026, 11, 16) + timedelta(days=n)) for n in range(7)] == list(Weekday)
    assert {subject: day.value for subject, day, _ in WEEKLY} == {
        Subject.SHIRT: "thứ Hai",
        Subject.WEEK_NUDGE: "thứ Năm",
        Subject.WEEK_LAST_CALL: "Chủ nhật",
    }
    assert DIGEST_DAY.value == "thứ Hai"


def test_the_window_leaves_out_its_start_and_includes_its_end(house: House) -> None:
    seven = local("2026-11-19 19:00")
    second = timedelta(seconds=1)
    assert [one.at for one in due(house, seven - second, seven)] == [seven]
    assert due(house, seven, seven + second) == []
    assert due(house, seven, seven) == due(house, seven, seven - second) == []


def test_two_windows_side_by_side_hold_what_one_would(house: House) -> None:
    first, middle, last = local("2026-11-01 00:00"), local("2026-11-20 19:00"), local("2026-12-01 00:00")
    assert due(house, first, middle) + due(house, middle, last) == due(house, first, last)


def test_instants_are_scheduled_ones_in_utc(house: House) -> None:
    found = due(house, local("2026-11-19 00:00"), local("2026-11-20 00:00"))
    assert [one.at.isoformat() for one in found] == ["2026-11-19T12:00:00+00:00"]


def test_the_next_thing_comes_after_the_present_one(house: House) -> None:
    keys, instant = [], local("2026-11-19 19:00")
    for _ in range(4):
        coming = next_after(house, instant)
        keys.append(coming.key)
        instant = coming.at
    assert keys == ["month_pace 2026-11-20", "week_last_call 2026-11-22", "shirt 2026-11-23", "digest 2026-W47"]


def test_the_days_of_the_place_decide_not_those_of_the_server(house: House) -> None:
    friday_morning = local("2026-11-20 06:45")
    assert friday_morning.astimezone(ZoneInfo("UTC")).date() == date(2026, 11, 19)
    assert due(house, local("2026-11-19 19:00"), friday_morning) == []


@pytest.mark.parametrize(
    ("day", "key", "too_late"),
    [
        ("2026-11-16", "shirt 2026-11-16", "2026-11-16 12:00"),
        ("2026-11-16", "digest 2026-W46", "2026-11-18 07:30"),
        ("2026-11-19", "week_nudge 2026-11-19", "2026-11-20 12:00"),
        ("2026-11-22", "week_last_call 2026-11-22", "2026-11-23 00:00"),
        ("2026-11-20", "month_pace 2026-11-20", "2026-11-21 12:00"),
        ("2026-11-30", "month_end 2026-11-30", "2026-12-01 00:00"),
        ("2026-10-29", "deadline 2026-10-29 annual_report", "2026-10-30 00:00"),
    ],
)
def test_each_thing_has_an_hour_from_which_it_is_too_late(house: House, day: str, key: str, too_late: str) -> None:
    found = {one.key: one for one in due_on(house, date.fromisoformat(day))}
    assert found[key].expires_at == local(too_late)


def test_topics_are_read_as_they_are_written() -> None:
    for topic in (Topic(Subject.SHIRT, date(2026, 11, 16)), Topic(Subject.DEADLINE, date(2026, 12, 17), "initiative")):
        assert Topic.parse(topic.code) == topic
