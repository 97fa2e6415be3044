"""How fast one browser may send."""

from bot.web.flood import Flood


def test_a_burst_is_taken_then_refused_until_time_has_passed() -> None:
    """Three at once; the fourth waits for the bucket to refill."""
    seconds = 0.0
    flood = Flood(burst=3, per_second=0.5, clock=lambda: seconds)
    assert [flood.admit("a") for _ in range(4)] == [True, True, True, False]
    seconds = 2.0
    assert [flood.admit("a") for _ in range(2)] == [True, False]


def test_one_sender_does_not_use_up_anothers_allowance() -> None:
    """Buckets are each sender's own."""
    flood = Flood(burst=1, per_second=0, clock=lambda: 0.0)
    assert flood.admit("a")
    assert not flood.admit("a")
    assert flood.admit("b")
