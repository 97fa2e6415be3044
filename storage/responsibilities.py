"""The "3 trách nhiệm" (C-05, B-02): entries tagged by those who did them, reviewed as figures of a unit.

The list is data of each plan, and two wordings exist; where several plans run, their lists are joined.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import Session, col

from storage.access import subtree
from storage.entries import LIVE
from storage.models import Entry, Position
from storage.periods import Period
from storage.plan_work import runs_for
from storage.plans import Plan
from storage.plans.sections import Item
from storage.terms import EntryKind

Event = tuple[date, EntryKind, str]


@dataclass(frozen=True, slots=True)
class ResponsibilityFigure:
    """What a unit did under one responsibility: so many entries, as declared and confirmed, and the events."""

    item: Item
    declared: int
    confirmed: int
    events: tuple[Event, ...]


def responsibilities_for(session: Session, binding: Plan, unit_id: int, day: date) -> tuple[Item, ...]:
    """The responsibilities of the plans that run for the unit on ``day``, each once."""
    lists = (run.plan.file.responsibilities for run in runs_for(session, binding, unit_id, day))
    items = {item.id: item for listed in lists if listed is not None for item in listed.items}
    return tuple(items.values())


def responsibility_figures(
    session: Session, binding: Plan, unit_id: int, period: Period, as_of: date
) -> list[ResponsibilityFigure]:
    """The tagged entries of everybody in the unit and below, while they held a position there, up to ``as_of``."""
    below = subtree([unit_id], as_of)
    held = select(col(Position.id)).where(
        col(Position.cadre_id) == col(Entry.cadre_id),
        col(Position.unit_id).in_(below),
        col(Position.start_day) <= col(Entry.day),
        col(Position.end_day).is_(None) | (col(Position.end_day) >= col(Entry.day)),
    )
    query = (
        select(col(Entry.responsibility), col(Entry.day), col(Entry.kind), col(Entry.title), col(Entry.state))
        .where(
            col(Entry.responsibility).is_not(None),
            col(Entry.day).between(period.start, min(period.end, as_of)),
            col(Entry.state).in_(LIVE),
            held.exists(),
        )
        .order_by(col(Entry.day), col(Entry.id))
    )
    found = defaultdict(list)
    for tag, day, kind, title, state in session.execute(query):
        found[tag].append((day, kind, title, state))
    return [_figure(item, found[item.id]) for item in responsibilities_for(session, binding, unit_id, as_of)]


def _figure(item: Item, rows: list[tuple[date, EntryKind, str, str]]) -> ResponsibilityFigure:
    confirmed = sum(state == LIVE[1] for *_, state in rows)
    events = dict.fromkeys((day, kind, title) for day, kind, title, _ in rows)
    return ResponsibilityFigure(item, len(rows), confirmed, tuple(events))
