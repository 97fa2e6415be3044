"""The digest of a closed week, for everyone who follows a unit: one for each unit that is not below another."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from scheduler.due import Closed
from storage.access import in_force
from storage.compliance.records import UnitTree
from storage.models import OutboxState, Position, Unit
from storage.outbox import outbox_row
from storage.records_of import load_absences, load_tree
from storage.reminding import HouseRules, Recipient
from storage.terms import Right

DIGEST = "digest"
Row = dict[str, Any]


def digest_rows(
    session: Session, house: HouseRules, people: Sequence[Recipient], closed: Iterable[Closed], now: datetime
) -> list[Row]:
    """The outbox rows for the digests of the weeks ``closed``; their figures are gathered when they are sent."""
    found: list[Row] = []
    tree: UnitTree | None = None
    for one in closed:
        tree = tree or load_tree(session)
        day = house.clock.local_day(one.at)
        followed = _followed(session, tree, day)
        readers = [who for who in people if who.cadre_id in followed and who.joined_at < one.at]
        away = load_absences(session, [who.cadre_id for who in readers], day, day)
        for who in readers:
            if who.cadre_id not in away and not who.is_paused(day):
                found += [_row(house, who, unit, one, now) for unit in followed[who.cadre_id]]
    return found


def _followed(session: Session, tree: UnitTree, day: date) -> dict[int, list[str]]:
    """The codes of the units that each cadre follows on ``day``, without those below another of them."""
    query = (
        select(col(Position.cadre_id), col(Unit.code))
        .join(Unit, col(Unit.id) == col(Position.unit_id))
        .where(in_force(day), col(Position.access_right) != Right.NONE)
    )
    units: dict[int, set[str]] = defaultdict(set)
    for cadre_id, code in session.execute(query):
        units[cadre_id].add(code)
    return {
        cadre_id: sorted(c for c in codes if not any(tree.is_below(c, other, day) for other in codes))
        for cadre_id, codes in units.items()
    }


def _row(house: HouseRules, who: Recipient, unit: str, closed: Closed, now: datetime) -> Row:
    key = f"digest:{unit}:{who.code}:{closed.week.key}"
    body = {"cadre": who.cadre_id, "unit": unit, "week": closed.week.key}
    not_before = who.next_welcome(house.clock, now)
    state = OutboxState.PENDING if not_before <= closed.expires_at else OutboxState.EXPIRED
    return outbox_row(
        key, who.channel, who.chat_id, DIGEST, body, now, who.cadre_id, not_before, closed.expires_at, state
    )
