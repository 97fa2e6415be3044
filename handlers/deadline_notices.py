"""What is said unasked about deadlines, written when it is sent: nothing about what was handed in meanwhile."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from handlers.messages import Choice, Reply, rows
from handlers.texts import deadlines as texts
from handlers.texts.criticism import step_name
from handlers.texts.remedial import next_list
from handlers.turn import House
from storage.access import load_actor
from storage.criticism import plan_round
from storage.deadline_reminding import overdue_on, owed_on
from storage.deadlines import Task
from storage.models import CriticismRound
from storage.people import UnitRow, unit_by_id, unit_name
from storage.periods import Period, PeriodKind
from storage.remedial import groups_for
from storage.reminding import Recipient

MOST_LINES = 10
_SEE = Choice(texts.SEE_ALL, "/han")
Body = Mapping[str, Any]


def owed(session: Session, house: House, who: Recipient, body: Body, _now: datetime) -> Reply | None:
    """What the cadre, or a unit that they lead, still owes by a deadline soon; at month's end next month's list."""
    day = date.fromisoformat(body["day"])
    matters = owed_on(session, house.plan, day, who.cadre_id).get(who.cadre_id)
    if matters is None:
        return None
    lines = [texts.form_line(one, day, "") for one in matters.forms]
    lines += [texts.line(task, day) for task in matters.tasks]
    lines += [_round_line(session, row, last_day, day) for row, last_day in matters.rounds]
    kinds = dict.fromkeys(one.deadline.id for one in matters.forms)
    choices = [Choice(*texts.FORMS[kind]) for kind in kinds]
    if lines:
        lines = [texts.reminder_head(who.name), *lines[:MOST_LINES]]
        choices.append(_SEE)
    choices += [Choice(*texts.ROUND)] if matters.rounds else []
    for unit in (unit_by_id(session, one, day) for one in matters.lists):
        if unit is not None:
            lines += ["", _next_month(session, who.cadre_id, unit, day)]
            choices.append(Choice(*texts.REMEDIAL))
    return Reply("\n".join(lines).strip(), rows(*dict.fromkeys(choices), width=1))


def _round_line(session: Session, row: CriticismRound, last_day: date, day: date) -> str:
    step = step_name(row.step)
    return texts.round_line(plan_round(row).title, unit_name(session, row.unit_id, day), step, last_day, day)


def _next_month(session: Session, cadre_id: int, unit: UnitRow, day: date) -> str:
    actor = load_actor(session, cadre_id, day)
    mine = groups_for(session, actor, unit.id, day.year, day) if actor is not None else []
    groups = [group for group in mine if group.open_points]
    return next_list(unit, groups, Period.of(PeriodKind.MONTH, day).next())


def overdue(session: Session, house: House, who: Recipient, body: Body, _now: datetime) -> Reply | None:
    """What units below let pass, to whoever waits for it."""
    matters = overdue_on(session, house.plan, date.fromisoformat(body["day"]), who.cadre_id).get(who.cadre_id)
    if matters is None:
        return None
    groups: dict[tuple[str, date], list[Task]] = defaultdict(list)
    for task in matters.tasks:
        groups[task.title, task.last_day].append(task)
    lines = [
        texts.overdue_line(title, [task.unit.name for task in tasks], last_day)
        for (title, last_day), tasks in groups.items()
    ]
    lines += [texts.missed_line(one.deadline.title, names, one.last_day) for one, names in matters.missed]
    return Reply("\n".join([texts.overdue_head(who.name), *lines[:MOST_LINES]]), rows(_SEE))
