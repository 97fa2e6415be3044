"""Deadlines of plans at work: on the morning of the days before, to who still owes; after it passed, to who waits."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from storage.deadline_reminding import Matters, overdue_on, owed_on
from storage.models import OutboxState
from storage.outbox import outbox_row
from storage.reminding import HouseRules, Recipient

MORNING = 8 * 60
# The kinds of notices, which begin their keys too.
OWED, OVERDUE = "unit_deadline", "escalation"
_DAY = timedelta(days=1)
Row = dict[str, Any]


def mornings(house: HouseRules, after: datetime, until: datetime) -> Iterator[date]:
    """The local days whose hour for deadlines lies later than ``after`` and not later than ``until``."""
    day, last = house.clock.local_day(after), house.clock.local_day(until)
    while day <= last:
        if after < house.clock.at(day, MORNING) <= until:
            yield day
        day += _DAY


def deadline_rows(
    session: Session, house: HouseRules, people: Sequence[Recipient], after: datetime, now: datetime
) -> list[Row]:
    """The outbox rows of the mornings between ``after`` and ``now``."""
    rows: list[Row] = []
    for day in mornings(house, after, now):
        rows += _rows(house, people, OWED, owed_on(session, house.plan, day), day, now)
        rows += _rows(house, people, OVERDUE, overdue_on(session, house.plan, day), day, now)
    return rows


def _rows(
    house: HouseRules, people: Sequence[Recipient], kind: str, found: Mapping[int, Matters], day: date, now: datetime
) -> Iterator[Row]:
    morning, midnight = house.clock.at(day, MORNING), house.clock.at(day + _DAY)
    for who in people:
        if who.cadre_id not in found or who.is_paused(day) or who.joined_at >= morning:
            continue
        not_before = who.next_welcome(house.clock, now)
        state = OutboxState.PENDING if not_before <= midnight else OutboxState.EXPIRED
        body = {"cadre": who.cadre_id, "day": day.isoformat()}
        key = f"{kind}:{who.code}:{day}"
        yield outbox_row(key, who.channel, who.chat_id, kind, body, now, who.cadre_id, not_before, midnight, state)
