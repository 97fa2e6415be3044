"""What all senders of a channel share: a hold after "too many requests", and tokens for messages nobody asked for."""

from datetime import datetime, timedelta

from sqlmodel import Session

from storage.models import Gate

BULK_PER_SECOND = 25.0  # Telegram allows about 30 a second; the rest is left to replies
BULK_BURST = 25.0


def open_for(session: Session, channel: str, now: datetime) -> int:
    """How many notices may be claimed now; -1 while the channel is on hold and nothing may be sent."""
    gate = _gate(session, channel, now)
    if gate.hold_until is not None and gate.hold_until > now:
        return -1
    return int(min(BULK_BURST, gate.tokens + _refill(gate, now)))


def spend(session: Session, channel: str, now: datetime, count: int) -> None:
    """Take ``count`` tokens for notices that were claimed."""
    if count == 0:
        return
    gate = _gate(session, channel, now)
    gate.tokens = min(BULK_BURST, gate.tokens + _refill(gate, now)) - count
    gate.refilled_at = now
    session.add(gate)


def hold(session: Session, channel: str, now: datetime, seconds: float) -> None:
    """No sender of ``channel`` calls for ``seconds`` from ``now``; a longer hold stands."""
    gate = _gate(session, channel, now)
    until = now + timedelta(seconds=seconds)
    if gate.hold_until is None or gate.hold_until < until:
        gate.hold_until = until
        session.add(gate)


def _refill(gate: Gate, now: datetime) -> float:
    return max(0.0, (now - gate.refilled_at).total_seconds()) * BULK_PER_SECOND


def _gate(session: Session, channel: str, now: datetime) -> Gate:
    gate = session.get(Gate, channel, with_for_update=True)
    if gate is None:
        gate = Gate(channel=channel, tokens=BULK_BURST, refilled_at=now)
        session.add(gate)
    return gate
