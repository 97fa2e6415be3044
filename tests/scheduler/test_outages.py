"""After an outage: what is still of use is sent, what is too late is kept as expired, nothing is sent twice."""

from collections import Counter

import pytest

from storage.models import OutboxState
from tests.world import World, local

PENDING, EXPIRED = OutboxState.PENDING, OutboxState.EXPIRED


def states(world: World, back: str) -> dict[str, OutboxState]:
    """What the first tick after the outage makes of everything that was missed."""
    world.at(back)
    return {row.dedupe_key: row.state for row in world.fresh()}


def test_after_25_hours_a_reminder_has_expired_and_the_new_one_is_sent(world: World) -> None:
    """Down from Thursday 18:50 to Friday 19:50; Friday is the 20th."""
    world.join("AN")
    world.start("2026-11-19 18:50")
    assert states(world, "2026-11-20 19:50") == {
        "reminder:AN:2026-11-19": EXPIRED,
        "reminder:AN:2026-11-20": PENDING,
    }


def test_after_half_a_night_a_reminder_is_held_until_the_morning(world: World) -> None:
    world.join("AN")
    world.start("2026-11-19 18:50")
    world.at("2026-11-19 23:10")
    (row,) = world.fresh()
    assert (row.state, row.not_before) == (PENDING, local("2026-11-20 06:30"))


@pytest.mark.parametrize(
    ("back", "state"), [("2026-11-25 07:30", PENDING), ("2026-11-25 07:31", EXPIRED), ("2026-11-24 22:00", PENDING)]
)
def test_a_digest_is_of_use_for_48_hours(world: World, back: str, state: OutboxState) -> None:
    """The digest of Monday 23 November."""
    world.join("HOA")
    world.start("2026-11-23 07:00")
    assert states(world, back)["digest:XP01:HOA:2026-W47"] is state


def test_after_three_weeks_one_digest_is_sent_and_the_rest_is_kept_as_expired(world: World) -> None:
    """Down from Friday 30 October to Monday 23 November, 08:00."""
    world.join("HOA")
    world.start("2026-10-30 12:00")
    found = states(world, "2026-11-23 08:00")
    digests = {key: state for key, state in found.items() if key.startswith("digest")}
    assert digests == {
        "digest:XP01:HOA:2026-W44": EXPIRED,
        "digest:XP01:HOA:2026-W45": EXPIRED,
        "digest:XP01:HOA:2026-W46": EXPIRED,
        "digest:XP01:HOA:2026-W47": PENDING,
    }
    assert Counter(state for key, state in found.items() if key.startswith("reminder")) == {EXPIRED: 9}
    assert states(world, "2026-11-23 08:01") == {}


def test_what_is_older_than_four_weeks_leaves_no_trace(world: World) -> None:
    world.join("CHI")
    world.start("2026-06-01 12:00")
    found = states(world, "2026-11-21 12:00")
    assert min(found) == "reminder:CHI:2026-10-25"


def test_the_first_tick_of_all_does_not_reach_back_before_people_joined(world: World) -> None:
    world.join("CHI", at=local("2026-11-18 09:00"))
    assert states(world, "2026-11-19 19:00") == {"reminder:CHI:2026-11-19": PENDING}
