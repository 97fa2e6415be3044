"""Reminders: everything due for a person on a day is one message, and only what is still lacking is due."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from scheduler.due import Raised, raised_on
from storage.compliance import evaluate
from storage.compliance.records import PersonRecord, UnitTree
from storage.models import OutboxState
from storage.outbox import outbox_row
from storage.records_of import load_people, load_tree
from storage.reminding import (
    HouseRules,
    Recipient,
    Topic,
    first_day_asked,
    may_concern,
    secretaries,
    wants_reminding,
)

# The last day of a deadline is told apart from the day's one reminder, and again when its fate is unknown.
REMINDER, LAST_CALL = "reminder", "deadline"
_DAY = timedelta(days=1)
_NOON = 12 * 60
# What was raised this long ago and is still open belongs into a reminder that was put off.
_RAISED_LATELY = timedelta(days=7)

Row = dict[str, Any]
Many = tuple[Raised, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """A local day: everything raised on it, what of that is due just now, and what some people put off until now."""

    day: date
    whole: Many
    fresh: Many
    put_off: Mapping[int, Many]

    @property
    def topics(self) -> set[Topic]:
        """Everything one may speak of on this day."""
        late = (raised for several in self.put_off.values() for raised in several)
        return {raised.topic for raised in (*self.whole, *self.fresh, *late)}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be reminded: of ``fresh`` now, and in the same message of ``whole``."""

    who: Recipient
    fresh: Many
    whole: Many


def reminder_rows(
    session: Session,
    house: HouseRules,
    people: Sequence[Recipient],
    raised: Iterable[Raised],
    after: datetime,
    now: datetime,
) -> list[Row]:
    """The outbox rows for what is ``raised``, and for reminders put off until after ``after`` and not after ``now``."""
    days = _days(house, people, raised, after, now)
    if not days:
        return []
    tree = load_tree(session)
    return [row for day in days for row in _rows_of_day(session, house, tree, people, day, now)]


def _days(
    house: HouseRules, people: Iterable[Recipient], raised: Iterable[Raised], after: datetime, now: datetime
) -> list[Day]:
    fresh: dict[date, list[Raised]] = defaultdict(list)
    put_off: dict[date, dict[int, Many]] = defaultdict(dict)
    for one in raised:
        fresh[house.clock.local_day(one.at)].append(one)
    for who in people:
        until = who.preference.snoozed_until
        if until is not None and after < until <= now:
            put_off[house.clock.local_day(until)][who.cadre_id] = _still_open(house, until)
    return [
        Day(day, tuple(raised_on(house, day)), tuple(fresh.get(day, ())), put_off.get(day, {}))
        for day in sorted({*fresh, *put_off})
    ]


def _still_open(house: HouseRules, until: datetime) -> Many:
    """What was raised in the days before ``until`` and is not over by then, each thing once."""
    last = house.clock.local_day(until)
    too_late = house.clock.at(last + _DAY, _NOON)
    found: dict[str, Raised] = {}
    day = last - _RAISED_LATELY
    while day <= last:
        for one in raised_on(house, day):
            if one.topic.last_day(house.plan) >= last:
                found[one.topic.thing] = Raised(until, too_late, one.topic, one.is_last_call)
        day += _DAY
    return tuple(found.values())


def _rows_of_day(
    session: Session, house: HouseRules, tree: UnitTree, people: Iterable[Recipient], day: Day, now: datetime
) -> list[Row]:
    answerable = secretaries(session, house.plan, day.topics, day.day)
    candidates = [one for who in people if (one := _candidate(who, day, answerable)) is not None]
    if not candidates:
        return []
    ids = [one.who.cadre_id for one in candidates]
    records = load_people(session, ids, first_day_asked(day.topics, day.day), day.day)
    by_code = {person.code: person for person in records}
    found = []
    for one in candidates:
        lacking = _what_is_lacking(house, tree, by_code[one.who.code], one, day.day)
        found += _messages(house, lacking, day.day, now)
    return found


def _candidate(who: Recipient, day: Day, answerable: Mapping[str, frozenset[int]]) -> Candidate | None:
    """``who`` with what may concern them, unless there is nothing new to say, or silence was asked for."""
    if who.is_paused(day.day):
        return None
    put_off = day.put_off.get(who.cadre_id, ())
    fresh = [
        one
        for one in (*day.fresh, *put_off)
        if one.at > who.joined_at and not _waits(who, one) and may_concern(who, one.topic, answerable)
    ]
    if not fresh:
        return None
    whole = [
        one
        for one in (*put_off, *day.whole)
        if one.expires_at >= fresh[0].at and may_concern(who, one.topic, answerable)
    ]
    return Candidate(who, tuple(fresh), tuple(whole))


def _waits(who: Recipient, one: Raised) -> bool:
    """Whether the person put reminders off beyond it. A deadline's last day does not wait."""
    until = who.preference.snoozed_until
    return until is not None and one.at < until and not one.is_last_call


def _what_is_lacking(house: HouseRules, tree: UnitTree, person: PersonRecord, one: Candidate, day: date) -> Candidate:
    if person.is_absent(day):
        return Candidate(one.who, (), ())
    evaluation = evaluate(house.plan, tree, house.calendar, person, day)
    results = {result.requirement: result for result in evaluation.results}
    topics = {raised.topic for raised in (*one.fresh, *one.whole)}
    lacking = {t for t in topics if wants_reminding(t, person, results[t.requirement] if t.requirement else None)}
    fresh, whole = (tuple(r for r in many if r.topic in lacking) for many in (one.fresh, one.whole))
    return Candidate(one.who, fresh, whole)


def _messages(house: HouseRules, one: Candidate, day: date, now: datetime) -> list[Row]:
    """At most one reminder, and one message for the deadlines of which this is the last day."""
    rows = []
    if any(not raised.is_last_call for raised in one.fresh):
        things = {raised.topic.thing: raised for raised in one.whole if not raised.is_last_call}
        rows.append(_row(house, one.who, f"reminder:{one.who.code}:{day}", REMINDER, list(things.values()), now))
    if last_calls := [raised for raised in one.fresh if raised.is_last_call]:
        rows.append(_row(house, one.who, f"deadline:{one.who.code}:{day}", LAST_CALL, last_calls, now))
    return rows


def _row(house: HouseRules, who: Recipient, key: str, kind: str, about: list[Raised], now: datetime) -> Row:
    body = {"cadre": who.cadre_id, "about": [raised.topic.code for raised in about]}
    expires_at = max(raised.expires_at for raised in about)
    not_before = who.next_welcome(house.clock, now)
    state = OutboxState.PENDING if not_before <= expires_at else OutboxState.EXPIRED
    return outbox_row(key, who.channel, who.chat_id, kind, body, now, who.cadre_id, not_before, expires_at, state)
