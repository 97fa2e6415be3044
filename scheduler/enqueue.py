"""From what is due to rows of the outbox. Their keys are unique, so any number of replicas may tick."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from scheduler.deadlines import deadline_rows, mornings
from scheduler.digests import digest_rows
from scheduler.due import Closed, Raised, due
from scheduler.reminders import reminder_rows
from storage.app_state import recall, remember
from storage.health import LAST_TICK
from storage.models import OutboxMessage, OutboxState
from storage.outbox import insert_new
from storage.reminding import HouseRules, put_off_until, recipients

# What lies further back is not even recorded.
LONGEST_OUTAGE = timedelta(days=28)
# A clock that was set back looks at the last hour again; the keys keep it from saying anything twice.
LOOK_BACK = timedelta(hours=1)
_ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Agenda:
    """What one tick found: the rows due later than ``after`` and not later than ``until``."""

    after: datetime
    until: datetime
    rows: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class TickResult:
    """What one tick put into the outbox: messages to be sent, and messages that were too late to be sent."""

    after: datetime
    until: datetime
    queued: int = 0
    expired: int = 0


def tick(session: Session, house: HouseRules, now: datetime) -> TickResult:
    """Look what is due since the last tick and put it into the outbox, in one transaction."""
    return put(session, look(session, house, now))


def look(session: Session, house: HouseRules, now: datetime) -> Agenda:
    """What is due since the last tick. Only reads, so it may run while others write."""
    after = _since(session, now)
    occurrences = due(house, after, now)
    everybody = occurrences or any(mornings(house, after, now))
    people = recipients(session, None if everybody else put_off_until(session, after, now))
    closed = [one for one in occurrences if isinstance(one, Closed)]
    raised = [one for one in occurrences if isinstance(one, Raised)]
    found = digest_rows(session, house, people, closed, now)
    found += reminder_rows(session, house, people, raised, after, now)
    found += deadline_rows(session, house, people, after, now)
    return Agenda(after, now, tuple(found))


def put(session: Session, agenda: Agenda) -> TickResult:
    """Write ``agenda`` into the outbox and remember the tick; what is there already stays as it is."""
    by_state: dict[OutboxState, list[dict[str, Any]]] = defaultdict(list)
    for row in agenda.rows:
        by_state[row["state"]].append(row)
    queued = _insert(session, by_state[OutboxState.PENDING])
    expired = _insert(session, by_state[OutboxState.EXPIRED])
    remember(session, LAST_TICK, agenda.until.isoformat())
    return TickResult(agenda.after, agenda.until, queued, expired)


def _insert(session: Session, rows: list[dict[str, Any]]) -> int:
    parts: Iterable[list[dict[str, Any]]] = (rows[n : n + _ROWS_AT_ONCE] for n in range(0, len(rows), _ROWS_AT_ONCE))
    return sum(insert_new(session, OutboxMessage, part, "dedupe_key") for part in parts)


def last_tick(session: Session) -> datetime | None:
    """The instant up to which everything due has been dealt with, None before the first tick."""
    value = recall(session, LAST_TICK)
    return datetime.fromisoformat(value) if value else None


def _since(session: Session, now: datetime) -> datetime:
    last = last_tick(session)
    if last is not None and last > now:
        return now - LOOK_BACK
    earliest = now - LONGEST_OUTAGE
    return earliest if last is None else max(last, earliest)
