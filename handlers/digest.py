"""The Monday digest of a unit for one who follows it, written when it is sent."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlmodel import Session

from handlers.messages import Choice, Reply, Rows, rows
from handlers.texts import notices as texts
from handlers.texts import report as report_texts
from handlers.turn import House
from handlers.views import report_files
from handlers.views.report_text import unit_of_count
from storage.access import load_actor
from storage.entries import count_waiting
from storage.figures import UnitFigures
from storage.initiatives import count_unrecognised
from storage.people import UnitRow
from storage.periods import Period, PeriodKind
from storage.records_of import load_absences
from storage.reminding import last_day_from
from storage.terms import UnitType
from storage.visible import find_unit

MOST_NAMES = 10
LOOK_AHEAD = timedelta(days=30)
MOST_DEADLINES = 5


def digest(session: Session, house: House, cadre_id: int, unit_code: str, week: Period, today: date) -> Reply | None:
    """The digest of ``week``; None for one who follows the unit no more or is on leave, or when nobody is bound."""
    actor = load_actor(session, cadre_id, today)
    unit = find_unit(session, actor, unit_code, today) if actor else None
    if actor is None or unit is None or load_absences(session, [cadre_id], today, today):
        return None
    try:
        figures = house.remembered.of_unit(session, house.plan, house.calendar, unit.id, week, week.end)
    except LookupError:  # the unit did not exist yet in that week
        return None
    if not figures.total.obliged:
        return None
    waiting = count_waiting(session, actor, today)
    unrecognised = count_unrecognised(session, actor, today)
    parts = [
        _head(house, figures),
        _people(figures, actor.code),
        "\n".join(filter(None, (texts.waiting(waiting), texts.initiatives(unrecognised)))),
        _deadlines(house, unit.type, today),
    ]
    text = "\n\n".join(part for part in parts if part)
    return Reply(
        text,
        _buttons(unit, week, waiting, unrecognised, bool(figures.in_need)),
        report_files.attachments(unit.id, unit.code, week, week.end, of_digest=True),
    )


def _head(house: House, figures: UnitFigures) -> str:
    total = figures.total
    head = texts.digest_head(total.name, figures.period, report_texts.people(total), report_texts.cut_off(figures))
    lines = [
        report_texts.requirement_line(figures, requirement, unit_of_count(house.plan, requirement))
        for requirement in figures.requirements
    ]
    return "\n".join([head, *lines])


def _people(figures: UnitFigures, reader: str) -> str:
    """Who may need help; the reader is reminded of their own matters elsewhere."""
    people = [person for person in figures.in_need if person.code != reader]
    if not people:
        return texts.NOBODY_NEEDS_HELP
    lines = [texts.in_need(person) for person in people[:MOST_NAMES]]
    if len(people) > MOST_NAMES:
        lines.append(texts.further_people(len(people) - MOST_NAMES))
    return "\n".join([texts.NEED_HELP, *lines])


def _deadlines(house: House, unit_type: UnitType, today: date) -> str:
    lines = [texts.ahead(day, title) for day, title in sorted(set(_ahead(house, unit_type, today)))[:MOST_DEADLINES]]
    return "\n".join([texts.AHEAD, *lines]) if lines else ""


def _ahead(house: House, unit_type: UnitType, today: date) -> Iterator[tuple[date, str]]:
    """Deadlines of cadres and of units like this one; those of every week go without saying."""
    for deadline in house.plan.file.deadlines:
        if deadline.every is not PeriodKind.WEEK and (deadline.groups or unit_type in deadline.unit_types):
            last = last_day_from(deadline, today)
            if last is not None and last <= today + LOOK_AHEAD:
                yield last, deadline.title


def _buttons(unit: UnitRow, week: Period, waiting: int, unrecognised: int, in_need: bool) -> Rows:
    review = [Choice(texts.REVIEW, "/duyet")] if waiting else []
    review += [Choice(texts.INITIATIVES, "/sangkien")] if unrecognised else []
    help_ = [Choice(texts.HELP, f"/cangiup {unit.code} {week.key}")] if in_need else []
    return rows(*review, *help_, Choice(texts.SEE_UNIT, f"/donvi {unit.code}"))
