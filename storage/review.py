"""Which entries a reviewer can confirm at a glance, and which deserve a look first, and why.

Entries are grouped by event. An oddity is no verdict: it says what to look at before confirming.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from itertools import groupby

from rapidfuzz import fuzz
from sqlalchemy import select
from sqlmodel import Session, col

from storage.access import Actor
from storage.calendar import WorkCalendar
from storage.clock import Clock
from storage.entries import LIVE, Waiting, waiting_entries
from storage.models import Entry
from storage.terms import Term
from storage.text import fold

LONG = 8 * 60
LATE = timedelta(days=14)
NIGHT_ENDS, NIGHT_BEGINS = 5 * 60, 22 * 60 + 30
SAME_TITLE = 85


class Oddity(Term):
    """Why an entry deserves a look."""

    OFFICE_HOURS = "office_hours", "có phần trùng giờ hành chính của ngày làm việc"
    LONG = "long", "dài hơn 8 giờ"
    NIGHT = "night", "có phần vào ban đêm (22:30–5:00)"
    LATE = "late", "ghi sau ngày làm hơn 14 ngày"
    NEAR_DUPLICATE = "near_duplicate", "gần giống một mục khác cùng ngày của người này"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An entry that waits, with what is odd about it."""

    waiting: Waiting
    oddities: tuple[Oddity, ...]

    @property
    def id(self) -> int:
        """The entry's row id."""
        return self.waiting.entry.id or 0


@dataclass(frozen=True, slots=True)
class Event:
    """The plain entries of several cadres about one thing."""

    items: tuple[Reviewed, ...]

    @property
    def first(self) -> Reviewed:
        """The entry that names the event."""
        return self.items[0]


@dataclass(frozen=True, slots=True)
class ReviewList:
    """All that waits for one reviewer: events of plain entries, and odd entries one by one."""

    events: tuple[Event, ...]
    odd: tuple[Reviewed, ...]

    @property
    def plain(self) -> tuple[Reviewed, ...]:
        """The entries of all events."""
        return tuple(item for event in self.events for item in event.items)

    def find(self, entry_id: int) -> Reviewed | None:
        """The waiting entry with this id."""
        return next((item for item in (*self.plain, *self.odd) if item.id == entry_id), None)

    def event_of(self, entry_id: int) -> Event | None:
        """The event that holds this entry."""
        return next((event for event in self.events if any(item.id == entry_id for item in event.items)), None)


def seal(items: Iterable[Reviewed]) -> str:
    """A short fingerprint of what a reviewer is shown: a button that carries it confirms that and nothing else."""
    shown = "\n".join(repr((item.id, *_content(item.waiting.entry))) for item in items)
    return sha256(shown.encode()).hexdigest()[:16]


def _content(entry: Entry) -> tuple[object, ...]:
    times = (entry.start_minute, entry.end_minute, entry.minutes)
    initiative = (entry.applied, entry.recognised_by, entry.recognised_on, entry.on_time)
    return (entry.kind, entry.day, *times, entry.title, entry.organiser_id, *initiative)


def review_list(session: Session, actor: Actor, calendar: WorkCalendar, clock: Clock, day: date) -> ReviewList:
    """What waits for ``actor`` on ``day``, sorted into plain events and odd entries. Three queries."""
    waiting = waiting_entries(session, actor, day)
    same_days = _same_days(session, waiting)
    items = [Reviewed(one, _oddities(one.entry, same_days, calendar, clock)) for one in waiting]
    plain = sorted(
        (item for item in items if not item.oddities), key=lambda i: (_event_key(i), fold(i.waiting.cadre_name), i.id)
    )
    events = tuple(Event(tuple(group)) for _, group in groupby(plain, key=_event_key))
    return ReviewList(events, tuple(item for item in items if item.oddities))


def _event_key(item: Reviewed) -> tuple[date, str, int, str]:
    entry = item.waiting.entry
    return entry.day, entry.kind.value, entry.organiser_id or 0, fold(entry.title)


SameDays = dict[tuple[int, date], list[Entry]]


def _same_days(session: Session, waiting: Sequence[Waiting]) -> SameDays:
    """The live entries of the same cadres on the same days."""
    found: SameDays = defaultdict(list)
    if not waiting:
        return found
    query = select(Entry).where(
        col(Entry.cadre_id).in_({one.entry.cadre_id for one in waiting}),
        col(Entry.day).in_({one.entry.day for one in waiting}),
        col(Entry.state).in_(LIVE),
    )
    for entry in session.execute(query).scalars():
        found[entry.cadre_id, entry.day].append(entry)
    return found


def _oddities(entry: Entry, same_days: SameDays, calendar: WorkCalendar, clock: Clock) -> tuple[Oddity, ...]:
    others = [other for other in same_days[entry.cadre_id, entry.day] if other.id != entry.id]
    found = {
        Oddity.OFFICE_HOURS: _overlaps_office(entry, calendar),
        Oddity.LONG: (entry.minutes or 0) > LONG,
        Oddity.NIGHT: _at_night(entry),
        Oddity.LATE: clock.local_day(entry.created_at) - entry.day > LATE,
        Oddity.NEAR_DUPLICATE: any(_nearly_same(entry, other) for other in others),
    }
    return tuple(oddity for oddity, is_so in found.items() if is_so)


def _overlaps_office(entry: Entry, calendar: WorkCalendar) -> bool:
    if entry.start_minute is None or entry.end_minute is None:
        return False
    hours = calendar.office_intervals(entry.day)
    return any(entry.start_minute < end and start < entry.end_minute for start, end in hours)


def _at_night(entry: Entry) -> bool:
    if entry.start_minute is None:
        return False
    return entry.start_minute < NIGHT_ENDS or max(entry.start_minute, entry.end_minute or 0) > NIGHT_BEGINS


def _nearly_same(entry: Entry, other: Entry) -> bool:
    """Whether the two may be one thing: times that overlap, or the same kind under nearly the same title."""
    if entry.start_minute is not None and other.start_minute is not None:
        ends = (entry.end_minute or entry.start_minute + 1, other.end_minute or other.start_minute + 1)
        return entry.start_minute < ends[1] and other.start_minute < ends[0]
    return entry.kind is other.kind and fuzz.ratio(fold(entry.title), fold(other.title)) >= SAME_TITLE
