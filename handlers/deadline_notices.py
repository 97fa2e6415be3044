"""What is said unasked about deadlines, written when it is sent: nothing about what was handed in meanwhile."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from handlers.messages import Choice, Reply, rows
from handlers.texts import deadlines as texts
from handlers.turn import House
from storage.deadline_reminding import overdue_on, owed_on
from storage.deadlines import Task
from storage.reminding import Recipient

MOST_LINES = 10
_SEE = Choice(texts.SEE_ALL, "/han")
Body = Mapping[str, Any]


def owed(session: Session, house: House, who: Recipient, body: Body, _now: datetime) -> Reply | None:
    """What the cadre, or a unit that they lead, still owes by a deadline soon."""
    day = date.fromisoformat(body["day"])
    matters = owed_on(session, house.plan, day, who.cadre_id).get(who.cadre_id)
    if matters is None:
        return None
    lines = [texts.form_line(one, day, "") for one in matters.forms]
    lines += [texts.line(task, day) for task in matters.tasks]
    kinds = dict.fromkeys(one.deadline.id for one in matters.forms)
    choices = [Choice(*texts.FORMS[kind]) for kind in kinds]
    text = "\n".join([texts.reminder_head(who.name), *lines[:MOST_LINES]])
    return Reply(text, rows(*choices, _SEE, width=1))


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
