"""The deadlines of one cadre as a calendar file: own forms and what the led units owe."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from handlers.texts import calendars as texts
from handlers.texts import deadlines as deadline_texts
from handlers.turn import House
from handlers.views.ics import Event, calendar
from storage.clock import Clock
from storage.compliance import stand
from storage.deadline_reminding import has_form, is_form
from storage.deadlines import Task, led_units, tasks_of
from storage.plan_work import Occurrence, Run, load_units, runs
from storage.records_of import load_person, load_tree

BACK, AHEAD = timedelta(days=60), timedelta(days=400)
Content = tuple[str, list[Event], datetime]
_MINUTE = timedelta(minutes=1)


def gather(session: Session, house: House, args: dict[str, Any], now: datetime) -> Content:
    """The events of the cadre ``args["cadre"]``."""
    cadre_id, day = int(args["cadre"]), house.clock.local_day(now)
    first, last = day - BACK, day + AHEAD
    found, units = runs(session, house.plan, first, last), load_units(session, day)
    led = led_units(session, cadre_id, day)
    tasks = tasks_of(session, found, units, led, first, last) if led else []
    events = [_task_event(task, house.clock) for task in tasks]
    for occurrence in _own(session, house, cadre_id, found, first, last, day):
        done = has_form(session, occurrence, day, cadre_id) if is_form(occurrence) else False
        if done is not None:
            events.append(_own_event(occurrence, house.clock, cadre_id, done=done))
    return texts.NAME, sorted(events, key=lambda event: (event.day, event.uid)), now


def _own(
    session: Session, house: House, cadre_id: int, found: Iterable[Run], first: date, last: date, day: date
) -> list[Occurrence]:
    """Forms that plans ask for, and the yearly deadlines of the one that measures the cadre."""
    standing = stand(house.plan, load_tree(session), house.calendar, load_person(session, cadre_id, day, day), day)
    group = standing.group if standing.in_bloc else None
    return [
        one
        for run in found
        for one in run.occurrences(first, last)
        if is_form(one) or (run.unit_id is None and one.deadline.month is not None and group in one.deadline.groups)
    ]


def _task_event(task: Task, clock: Clock) -> Event:
    plan, deadline, period, unit = task.key
    mark = "" if task.is_owed else "✓ "
    changed = task.submission.reviewed_at or task.submission.submitted_at if task.submission is not None else None
    return Event(
        f"{plan}.{deadline}.{period}.{unit}@doanbot",
        f"{mark}{task.title} – {task.unit.name}",
        f"{deadline_texts.state(task).capitalize()}\n{_source(task.occurrence)}",
        task.last_day,
        _at(task.occurrence, clock),
        changed,
        alarms=task.is_owed,
    )


def _own_event(occurrence: Occurrence, clock: Clock, cadre_id: int, *, done: bool) -> Event:
    plan, deadline, period = occurrence.key
    return Event(
        f"{plan}.{deadline}.{period}.c{cadre_id}@doanbot",
        f"{'✓ ' if done else ''}{occurrence.deadline.title}",
        _source(occurrence),
        occurrence.last_day,
        _at(occurrence, clock),
        alarms=not done,
    )


def _at(occurrence: Occurrence, clock: Clock) -> datetime | None:
    """The minute of a deadline with an hour; a day has none."""
    if occurrence.deadline.hour is None:
        return None
    late = occurrence.late_from(clock)
    return late - _MINUTE if occurrence.deadline.inclusive else late


def _source(occurrence: Occurrence) -> str:
    deadline = occurrence.deadline
    return f"{occurrence.run.plan.file.title} [{deadline.clause}, {deadline.source}]"


def draw(content: Content) -> bytes:
    """The file."""
    return calendar(*content)
