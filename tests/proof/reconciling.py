"""What must be true once nothing is left to do, whatever went wrong before: counted to the last row."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from storage.models import Cadre, DeliveryAttempt, Entry, InboxMessage, InboxState, OutboxMessage, OutboxState
from storage.outbox import DROPPED_WHEN_UNKNOWN, REPLY

UNKNOWN = "unknown"
Update = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Expected:
    """What a history without any fault leads to."""

    titles: dict[str, list[str]]
    replies: dict[str, int]
    notices: frozenset[str]


@dataclass(frozen=True, slots=True)
class Books:
    """What the database says and what people received (chat, outbox key), in order."""

    inbox: Sequence[InboxMessage]
    outbox: Sequence[OutboxMessage]
    unknown_attempts: Counter[int]
    titles: dict[str, list[str]]
    received: list[tuple[str, str]]


def books(session: Session, received: Iterable[tuple[str, str]]) -> Books:
    """Everything that is written down."""
    entries = session.exec(
        select(Entry, Cadre).join(Cadre, col(Cadre.id) == col(Entry.cadre_id)).order_by(col(Entry.id))
    )
    titles: dict[str, list[str]] = defaultdict(list)
    for entry, cadre in entries:
        titles[cadre.code].append(entry.title)
    attempts = session.exec(select(DeliveryAttempt.outbox_id).where(DeliveryAttempt.outcome == UNKNOWN))
    return Books(
        session.exec(select(InboxMessage).order_by(col(InboxMessage.seq))).all(),
        session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id))).all(),
        Counter(attempts),
        dict(titles),
        list(received),
    )


def expected_of(found: Books) -> Expected:
    """A history without faults, to be compared with."""
    update_of = {row.seq: row.update_id for row in found.inbox}
    replies = Counter(update_of[int(row.dedupe_key.split(":")[1])] for row in found.outbox if row.kind == REPLY)
    notices = frozenset(row.dedupe_key for row in found.outbox if row.kind != REPLY)
    return Expected(found.titles, dict(replies), notices)


def reconcile(found: Books, updates: Sequence[Update], expected: Expected) -> None:
    """Raise AssertionError unless nothing is lost, nothing took effect twice, and what was doubled is flagged."""
    assert sorted(row.update_id for row in found.inbox) == sorted(str(number) for number, _, _ in updates)
    assert {row.state for row in found.inbox} == {InboxState.DONE}
    assert expected_of(found) == expected
    _every_message_arrived(found)
    _what_was_doubled_is_flagged(found)
    _replies_came_in_order(found)


def _every_message_arrived(found: Books) -> None:
    received = Counter(key for _, key in found.received)
    for row in found.outbox:
        dropped = row.kind in DROPPED_WHEN_UNKNOWN and row.state is OutboxState.UNKNOWN and row.ambiguous
        assert dropped or row.state is OutboxState.SENT, f"{row.dedupe_key} is {row.state}: {row.last_error}"
        assert dropped or received[row.dedupe_key], f"{row.dedupe_key} never arrived"
    assert received.keys() <= {row.dedupe_key for row in found.outbox}


def _what_was_doubled_is_flagged(found: Books) -> None:
    received = Counter(key for _, key in found.received)
    for row in found.outbox:
        again = received[row.dedupe_key] - 1
        if again > 0:
            assert row.ambiguous, f"{row.dedupe_key} was doubled without a flag"
            unknown = found.unknown_attempts[row.id or 0]
            assert again <= unknown, f"{row.dedupe_key} was doubled {again} times after {unknown} unknown outcomes"
        if row.ambiguous:
            assert found.unknown_attempts[row.id or 0], f"{row.dedupe_key} is flagged without proof"


def _replies_came_in_order(found: Books) -> None:
    """Chat by chat, as the updates came and as each answer is read; a doubled one before the next."""
    number = {row.dedupe_key: row.id or 0 for row in found.outbox if row.kind == REPLY}
    seqs = [row.seq for row in found.inbox]
    assert seqs == sorted(seqs, key=lambda seq: seq or 0)
    by_chat: dict[str, list[str]] = defaultdict(list)
    for chat, key in found.received:
        if key in number:
            by_chat[chat].append(key)
    for chat, keys in by_chat.items():
        places = [tuple(int(part) for part in key.split(":")[1:3]) for key in keys]
        assert places == sorted(places), f"{chat}: {keys}"
