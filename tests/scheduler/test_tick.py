"""Who is reminded of what, and who is left in peace: the scheduler under a frozen clock."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, update
from sqlmodel import Session

from scheduler.enqueue import last_tick, look, put
from storage.models import Account, OutboxState
from storage.terms import EntryKind
from tests.world import World, local

Story = Callable[[World], None]
# For long tables of rules; that both databases answer alike is shown by the other tests.
on_sqlite = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)


def nothing(_world: World) -> None:
    """Nothing has happened."""


def hours(day: str, count: float) -> Story:
    """AN logged volunteer hours."""
    return lambda world: world.hours("AN", day, count)


def meetings(*days: str) -> Story:
    """AN attended branch meetings of a unit below."""

    def story(world: World) -> None:
        for day in days:
            world.log("AN", EntryKind.BRANCH_MEETING, day, unit="CD11", minutes=60)

    return story


def leave(first: str, last: str) -> Story:
    """AN is on leave."""
    return lambda world: world.leave("AN", first, last)


def prefer(**preference: Any) -> Story:
    """AN has changed the settings."""
    return lambda world: world.prefer("AN", **preference)


# AN is secretary of a Đoàn cơ sở: 2 hours a week, 3 times a month.
REMINDED: dict[str, tuple[str, Story, bool]] = {
    "Thursday evening, nothing this week": ("2026-11-19 19:00", nothing, True),
    "Thursday evening, hours of last week only": ("2026-11-19 19:00", hours("2026-11-15", 2), True),
    "Thursday evening, half an hour": ("2026-11-19 19:00", hours("2026-11-16", 0.5), False),
    "Thursday evening, met": ("2026-11-19 19:00", hours("2026-11-16", 2), False),
    "Sunday, nothing": ("2026-11-22 17:00", nothing, True),
    "Sunday, half an hour": ("2026-11-22 17:00", hours("2026-11-16", 0.5), True),
    "Sunday, met that day": ("2026-11-22 17:00", hours("2026-11-22", 2), False),
    "the 20th, nothing": ("2026-11-20 19:00", nothing, True),
    "the 20th, one of three": ("2026-11-20 19:00", meetings("2026-11-03"), True),
    "the 20th, two of three is on pace": ("2026-11-20 19:00", meetings("2026-11-03", "2026-11-10"), False),
    "the 20th, met": ("2026-11-20 19:00", meetings("2026-11-03", "2026-11-10", "2026-11-17"), False),
    "three days left, one missing": ("2026-11-27 19:00", meetings("2026-11-03", "2026-11-10"), True),
    "three days left, met": ("2026-11-27 19:00", meetings("2026-11-03", "2026-11-10", "2026-11-27"), False),
    "the last day, one missing": ("2026-11-30 17:00", meetings("2026-11-03", "2026-11-10"), True),
    "the last day, met": ("2026-11-30 17:00", meetings("2026-11-03", "2026-11-10", "2026-11-30"), False),
    "on leave that day": ("2026-11-19 19:00", leave("2026-11-19", "2026-11-19"), False),
    "back from leave": ("2026-11-19 19:00", leave("2026-11-16", "2026-11-18"), True),
    "the week is excused by leave": ("2026-11-22 17:00", leave("2026-11-16", "2026-11-20"), False),
    "the week is Tết": ("2026-02-19 19:00", nothing, False),
    "paused to that day": ("2026-11-19 19:00", prefer(paused_until=date(2026, 11, 19)), False),
    "the pause is over": ("2026-11-19 19:00", prefer(paused_until=date(2026, 11, 18)), True),
    "no wish for the shirt": ("2026-11-16 06:45", nothing, False),
    "a wish for the shirt": ("2026-11-16 06:45", prefer(shirt_reminder=True), True),
    "a shirt on a Monday off": ("2026-08-31 06:45", prefer(shirt_reminder=True), False),
    "two weeks before the year ends, no initiative": ("2026-12-17 08:00", nothing, True),
}


def minute_before(when: str) -> str:
    """ "2026-11-19 18:59" for "2026-11-19 19:00"."""
    return (datetime.fromisoformat(when) - timedelta(minutes=1)).isoformat(" ", "minutes")


@on_sqlite
@pytest.mark.parametrize("case", REMINDED)
def test_only_those_are_reminded_who_lack_something(world: World, case: str) -> None:
    when, story, reminded = REMINDED[case]
    world.join("AN")
    story(world)
    world.start(minute_before(when))
    assert world.keys(when) == ([f"reminder:AN:{when[:10]}"] if reminded else [])


@on_sqlite
@pytest.mark.parametrize(
    ("code", "when", "reminded"),
    [
        ("GIANG", "2026-11-19 19:00", True),
        ("GIANG", "2026-11-20 19:00", False),  # no number for the city level
        ("BINH", "2026-11-20 19:00", False),  # nor for a branch
        ("DUNG", "2026-11-20 19:00", True),
        ("KHANH", "2026-11-19 19:00", False),  # outside the public-sector bloc
        ("KHANH", "2026-12-31 08:00", False),
        ("BINH", "2026-12-24 08:00", True),  # no song, dance or sport yet
    ],
)
def test_only_what_the_plan_asks_of_somebody_is_reminded_of(world: World, code: str, when: str, reminded: bool) -> None:
    world.join(code)
    world.start(minute_before(when))
    assert bool(world.keys(when)) is reminded


def test_who_has_not_joined_or_cannot_be_reached_gets_nothing(world: World) -> None:
    world.join("AN")

    def block(session: Session) -> None:
        session.execute(update(Account).values(unreachable_since=world.clock.now()))

    world.db.write_now(block)
    world.start("2026-11-19 18:59")
    assert world.keys("2026-11-19 19:00") == []


def test_who_joined_after_the_hour_is_not_told_of_it(world: World) -> None:
    world.start("2026-11-19 18:00")
    world.join("AN", at=local("2026-11-19 19:10"))
    world.join("CHI", at=local("2026-11-19 18:50"))
    assert world.keys("2026-11-19 19:30") == ["reminder:CHI:2026-11-19"]


def test_of_several_chats_the_one_last_used_is_written_to_once(world: World) -> None:
    world.join("AN", channel="web", at=local("2026-11-01 08:00"))
    world.join("AN", channel="telegram", at=local("2026-11-02 08:00"))
    world.start("2026-11-19 18:59")
    world.at("2026-11-19 19:00")
    assert [(row.channel, row.chat_id) for row in world.fresh()] == [("telegram", "telegram-AN")]


def test_ticking_twice_or_in_two_replicas_puts_one_row(world: World) -> None:
    world.join("AN", "CHI")
    world.start("2026-11-19 18:59")
    world.clock.set_now(local("2026-11-19 19:00"))
    first, second = (world.db.read_now(lambda s: look(s, world.house, world.clock.now())) for _ in range(2))
    assert world.db.write_now(lambda s: put(s, first)).queued == 2
    assert world.db.write_now(lambda s: put(s, second)).queued == 0
    assert world.keys("2026-11-19 19:00") == ["reminder:AN:2026-11-19", "reminder:CHI:2026-11-19"]
    assert world.keys("2026-11-19 19:01") == []


def test_a_clock_set_back_says_nothing_twice(world: World) -> None:
    world.join("AN")
    world.start("2026-11-19 18:59")
    assert world.keys("2026-11-19 19:00") == ["reminder:AN:2026-11-19"]
    assert world.keys("2026-11-19 18:30") == world.keys("2026-11-19 19:01") == []
    assert world.db.read_now(last_tick) == local("2026-11-19 19:01")


def test_everything_due_on_a_day_is_one_message(world: World) -> None:
    """Thursday 24 December: a deadline at 08:00 and the nudge at 19:00."""
    world.join("AN")
    world.start("2026-12-24 07:59")
    world.at("2026-12-24 08:00")
    (row,) = world.fresh()
    assert row.body["about"] == [
        "deadline 2026-12-24 criticism_round",
        "deadline 2026-12-24 initiative",
        "week_nudge 2026-12-24",
    ]
    assert row.expires_at == local("2026-12-25 12:00")
    assert world.keys("2026-12-24 19:00") == []


def test_what_is_not_due_to_somebody_in_the_morning_can_still_be_due_in_the_evening(world: World) -> None:
    """The criticism round concerns secretaries; CHI is none and has sung already."""
    world.join("CHI")
    world.log("CHI", EntryKind.CULTURE_SPORT, "2026-03-26", title="Một bài hát")
    world.start("2026-12-24 07:59")
    assert world.keys("2026-12-24 08:00") == []
    assert world.keys("2026-12-24 19:00") == ["reminder:CHI:2026-12-24"]


def test_the_last_day_of_a_deadline_is_told_apart_from_the_one_reminder(world: World) -> None:
    """Thursday 31 December: last day of two deadlines, last day of the month, and a nudge."""
    world.join("AN")
    world.start("2026-12-31 07:59")
    world.at("2026-12-31 08:00")
    (row,) = world.fresh()
    assert (row.dedupe_key, row.kind) == ("deadline:AN:2026-12-31", "deadline")
    assert row.body["about"] == ["deadline 2026-12-31 criticism_round", "deadline 2026-12-31 initiative"]
    world.at("2026-12-31 17:00")
    (row,) = world.fresh()
    assert (row.dedupe_key, row.kind) == ("reminder:AN:2026-12-31", "reminder")
    assert row.body["about"] == ["month_end 2026-12-31", "week_nudge 2026-12-31"]


def test_a_shirt_wish_of_the_afternoon_waits_for_the_next_monday(world: World) -> None:
    """Monday 30 November, last day of the month: the shirt's hour has passed at 17:00."""
    world.join("AN")
    world.start("2026-11-30 16:00")
    world.prefer("AN", shirt_reminder=True)
    world.at("2026-11-30 17:00")
    (row,) = world.fresh()
    assert row.body["about"] == ["month_end 2026-11-30"]


@on_sqlite
@pytest.mark.parametrize(
    ("preference", "ticked", "not_before", "state"),
    [
        ({}, "2026-11-19 19:00", "2026-11-19 19:00", OutboxState.PENDING),
        ({}, "2026-11-19 20:59", "2026-11-19 20:59", OutboxState.PENDING),
        ({}, "2026-11-19 21:00", "2026-11-20 06:30", OutboxState.PENDING),
        ({}, "2026-11-20 03:00", "2026-11-20 06:30", OutboxState.PENDING),
        ({}, "2026-11-20 11:59", "2026-11-20 11:59", OutboxState.PENDING),
        ({}, "2026-11-20 12:01", "2026-11-20 12:01", OutboxState.EXPIRED),
        ({"latest_minute": 18 * 60}, "2026-11-19 19:00", "2026-11-20 06:30", OutboxState.PENDING),
        ({"earliest_minute": 19 * 60 + 30}, "2026-11-19 19:00", "2026-11-19 19:30", OutboxState.PENDING),
        ({"earliest_minute": 660, "latest_minute": 780}, "2026-11-19 19:00", "2026-11-20 11:00", OutboxState.PENDING),
        ({"earliest_minute": 0, "latest_minute": 1440}, "2026-11-19 23:00", "2026-11-20 06:30", OutboxState.PENDING),
    ],
)
def test_quiet_hours_hold_a_reminder_and_do_not_skip_it(
    world: World, preference: dict[str, Any], ticked: str, not_before: str, state: OutboxState
) -> None:
    world.join("AN", **preference)
    world.start("2026-11-19 18:59")
    world.at(ticked)
    (row,) = world.fresh()
    assert (row.not_before, row.state) == (local(not_before), state)


def test_the_last_call_is_not_held_into_the_next_week(world: World) -> None:
    world.join("AN", latest_minute=16 * 60)
    world.start("2026-11-22 16:59")
    world.at("2026-11-22 17:00")
    assert [row.state for row in world.fresh()] == [OutboxState.EXPIRED]


def test_a_reminder_put_off_comes_once_at_the_hour_chosen_with_everything_still_missing(world: World) -> None:
    """Put off on Thursday 19 November until Friday evening: the 20th's own reminder comes with it."""
    world.join("AN")
    world.start("2026-11-19 19:05")
    world.prefer("AN", snoozed_until=local("2026-11-20 19:30"))
    assert world.keys("2026-11-20 19:00") == []
    world.at("2026-11-20 19:30")
    (row,) = world.fresh()
    assert row.dedupe_key == "reminder:AN:2026-11-20"
    assert row.body["about"] == ["week_nudge 2026-11-19", "month_pace 2026-11-20"]
    assert world.keys("2026-11-20 20:00") == []


def test_a_reminder_put_off_is_dropped_when_nothing_is_missing_any_more(world: World) -> None:
    world.join("CHI")
    world.start("2026-11-19 19:05")
    world.prefer("CHI", snoozed_until=local("2026-11-20 19:30"))
    world.hours("CHI", "2026-11-20", 2)
    for day in ("2026-11-03", "2026-11-10"):
        world.log("CHI", EntryKind.VOLUNTEER_ACTIVITY, day, unit="CD12", minutes=60)
    assert world.keys("2026-11-20 19:30") == []


def test_a_week_that_ended_meanwhile_is_not_put_off_into_the_next(world: World) -> None:
    world.join("BINH")
    world.start("2026-11-22 17:05")
    world.prefer("BINH", snoozed_until=local("2026-11-23 19:30"))
    assert world.keys("2026-11-23 19:30") == []


def test_putting_off_does_not_silence_the_last_day_of_a_deadline(world: World) -> None:
    world.join("AN", snoozed_until=local("2026-12-31 19:30"))
    world.start("2026-12-31 07:59")
    assert world.keys("2026-12-31 08:00") == ["deadline:AN:2026-12-31"]
    assert world.keys("2026-12-31 17:00") == []
    assert world.keys("2026-12-31 19:30") == ["reminder:AN:2026-12-31"]


def test_selecting_takes_the_same_few_queries_for_one_person_and_for_all(world: World) -> None:
    def queries(when: str) -> int:
        count = 0

        def seen(*_: object) -> None:
            nonlocal count
            count += 1

        world.clock.set_now(local(when))
        event.listen(world.db.engine, "before_cursor_execute", seen)
        try:
            agenda = world.db.write_now(lambda session: look(session, world.house, world.clock.now()))
        finally:
            event.remove(world.db.engine, "before_cursor_execute", seen)
        assert agenda.rows
        return count

    world.start("2026-11-19 18:59")
    world.join("AN")
    one = queries("2026-11-19 19:00")
    world.join("GIANG", "DUNG", "CHI", "BINH", "LAN", "HOA", "KHANH")
    assert queries("2026-11-19 19:00") == one
    assert one <= 10  # SQLite's BEGIN among them
