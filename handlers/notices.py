"""The text of a reminder, written when it is sent: who has caught up, left, paused or is on leave gets none."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from handlers import budget_notices, deadline_notices
from handlers.digest import digest
from handlers.messages import Choice, Reply, rows
from handlers.texts import notices as texts
from handlers.turn import House
from storage.compliance import Explanation, explain
from storage.periods import Period
from storage.records_of import load_person, load_tree
from storage.reminding import (
    Recipient,
    Subject,
    Topic,
    deadline_of,
    first_day_asked,
    may_concern,
    recipients,
    secretaries,
    wants_reminding,
)
from storage.terms import EntryKind, Requirement

Body = Mapping[str, Any]

# What "log it now" opens; where there is a choice of kinds, the menu of kinds.
_LOGGED_AS = {
    Requirement.VOLUNTEER_HOURS: f"/ghi {EntryKind.VOLUNTEER_HOURS.value}",
    Requirement.ATTENDANCE: "/ghi",
    Requirement.INITIATIVE: f"/ghi {EntryKind.INITIATIVE.value}",
    Requirement.CULTURE_SPORT: f"/ghi {EntryKind.CULTURE_SPORT.value}",
    Requirement.YOUTH_SHIRT: f"/ghi {EntryKind.YOUTH_SHIRT.value}",
}


class NotNow(Exception):
    """Quiet hours: to be held and written again at ``until`` (aware UTC)."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"held until {until.isoformat()}")
        self.until = until


def compose(session: Session, house: House, row_kind: str, body: Body, now: datetime) -> Reply | None:
    """What the notice ``body`` says at ``now``; None when there is nothing to say any more.

    Raises NotNow in the quiet hours of the night or of the person, and LookupError for an unknown kind.
    """
    write = _WRITERS.get(row_kind)
    if write is None:
        raise LookupError(f"no notice is called {row_kind!r}")
    found = recipients(session, [body["cadre"]])
    if not found or found[0].is_paused(house.clock.local_day(now)):
        return None
    welcome = found[0].next_welcome(house.clock, now)
    if welcome > now:
        raise NotNow(welcome)
    return write(session, house, found[0], body, now)


def _reminder(session: Session, house: House, who: Recipient, body: Body, now: datetime) -> Reply | None:
    until = who.preference.snoozed_until
    if until is not None and until > now:
        return None
    lacks = _lacks(session, house, who, body, house.clock.local_day(now))
    today = house.clock.local_day(now)
    can_wait = any(topic.subject is not Subject.SHIRT and topic.last_day(house.plan) > today for topic in lacks)
    return _reply(texts.reminder(who.name), lacks, can_wait=can_wait) if lacks else None


def _last_call(session: Session, house: House, who: Recipient, body: Body, now: datetime) -> Reply | None:
    lacks = _lacks(session, house, who, body, house.clock.local_day(now))
    return _reply(texts.last_call(who.name), lacks, can_wait=False) if lacks else None


def _digest(session: Session, house: House, _who: Recipient, body: Body, now: datetime) -> Reply | None:
    week = Period.parse(body["week"])
    return digest(session, house, body["cadre"], body["unit"], week, house.clock.local_day(now))


_WRITERS: dict[str, Callable[[Session, House, Recipient, Body, datetime], Reply | None]] = {
    "reminder": _reminder,
    "deadline": _last_call,
    "digest": _digest,
    "budget": budget_notices.low,
    "unit_deadline": deadline_notices.owed,
    "escalation": deadline_notices.overdue,
}


def _lacks(session: Session, house: House, who: Recipient, body: Body, today: date) -> dict[Topic, str]:
    """What is still lacking of what the notice is about, with a line for each."""
    topics = [topic for code in body["about"] if (topic := Topic.parse(code)).last_day(house.plan) >= today]
    answerable = secretaries(session, house.plan, topics, today)
    topics = [topic for topic in topics if may_concern(who, topic, answerable)]
    person = load_person(session, who.cadre_id, first_day_asked(topics, today), today)
    if not topics or person.is_absent(today):
        return {}
    explained = explain(house.plan, load_tree(session), house.calendar, person, today)
    grounds = {one.result.requirement: one for one in explained}
    found = {}
    for topic in topics:
        why = grounds[topic.requirement] if topic.requirement else None
        if wants_reminding(topic, person, why.result if why else None):
            found[topic] = _line(house, topic, why, today)
    return found


def _line(house: House, topic: Topic, why: Explanation | None, today: date) -> str:
    if topic.subject is Subject.SHIRT:
        return texts.shirt(today)
    if topic.subject is Subject.DEADLINE or why is None:
        title = deadline_of(house.plan, topic.deadline).title
        return texts.deadline(title, why.cheapest if why else texts.IF_DONE, topic.last_day(house.plan), today)
    return texts.lacking(why.result.period, why.cheapest, today)


def _reply(head: str, lacks: Mapping[Topic, str], *, can_wait: bool) -> Reply:
    """The lines under ``head``, with buttons: log it, be reminded tomorrow evening, be left alone."""
    logged_as = {_LOGGED_AS[topic.requirement] for topic in lacks if topic.requirement in _LOGGED_AS}
    log_now = [Choice(texts.LOG_NOW, logged_as.pop() if len(logged_as) == 1 else "/ghi")] if logged_as else []
    tomorrow = [Choice(texts.TOMORROW, "/nhaclai")] if can_wait else []
    foot = [texts.DONE_ALREADY] if log_now else []
    text = "\n".join([head, *lacks.values(), *foot])
    return Reply(text, rows(*log_now, *tomorrow, Choice(texts.PAUSE, "/tamdung")))
