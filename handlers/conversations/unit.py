"""The followed units and their people: /donvi, /danhsach, /cangiup, /canbo. Never beside or above.

Every code in a command is looked up inside the speaker's own units, so a forged one finds nothing.
"""

import re
from datetime import date

from handlers.commands import Audience, Command
from handlers.messages import Choice, Reply, Rows, rows
from handlers.texts import unit as texts
from handlers.turn import Turn
from handlers.views import report_text
from handlers.views.progress import look
from handlers.views.progress import text as progress_text
from storage.entries import count_waiting
from storage.figures import UnitFigures
from storage.people import UnitRow, find_units, unit_by_id
from storage.periods import Period, PeriodKind
from storage.reporting import unit_figures
from storage.terms import EntryState
from storage.visible import closest, find_cadre, find_unit, followed_units, visible_cadres, visible_unit_ids

PAGE = 8
MOST_IN_NEED = 20
_PAGED = re.compile(r"(?P<what>.*?)(?: ?#(?P<page>[0-9]{1,4}))?")


def label(text: str, longest: int = 30) -> str:
    """``text`` as short as a button's label should be."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def paged(args: str) -> tuple[str, int]:
    """ "DCS1 #2" as ("DCS1", 2); pages begin at 1."""
    match = _PAGED.fullmatch(args.strip())
    return (match["what"].strip(), max(1, int(match["page"] or 1))) if match else (args, 1)


def named_unit(turn: Turn, text: str, command: str) -> UnitRow | Reply:
    """The visible unit with this code or name, or the question which one is meant (buttons speak ``command``)."""
    found = find_unit(turn.session, turn.cadre, text, turn.today)
    if found is not None:
        return found
    visible = visible_unit_ids(turn.session, turn.cadre, turn.today)
    matches = find_units(turn.session, text, turn.today, within=visible)
    if len(matches) == 1 and (unit := unit_by_id(turn.session, matches[0].id, turn.today)) is not None:
        return unit
    if not matches:
        return Reply(texts.NOT_FOUND, _roots(turn, command))
    return Reply(texts.WHICH, rows(*(Choice(label(m.name), f"/{command} {m.code}") for m in matches), width=1))


def _roots(turn: Turn, command: str) -> Rows:
    units = followed_units(turn.session, turn.cadre, turn.today)
    return rows(*(Choice(label(unit.name), f"/{command} {unit.code}") for unit in units[:PAGE]), width=1)


def asked_unit(turn: Turn, text: str, command: str) -> UnitRow | Reply:
    """As ``named_unit``; without a text the unit followed, or the question which of several."""
    if text:
        return named_unit(turn, text, command)
    units = followed_units(turn.session, turn.cadre, turn.today)
    return units[0] if len(units) == 1 else Reply(texts.CHOOSE, _roots(turn, command))


def _this_week(turn: Turn, unit: UnitRow) -> UnitFigures:
    return _figures(turn, unit, Period.of(PeriodKind.WEEK, turn.today))


def _figures(turn: Turn, unit: UnitRow, period: Period) -> UnitFigures:
    house = turn.house
    return unit_figures(turn.session, house.plan, house.calendar, unit.id, period, turn.today)


def _unit(turn: Turn, args: str) -> list[Reply]:
    wanted, page = paged(args)
    unit = asked_unit(turn, wanted, "donvi")
    if isinstance(unit, Reply):
        return [unit]
    figures = _this_week(turn, unit)
    text = report_text.summary(turn.house.plan, figures)
    if figures.children:
        text += f"\n\n{texts.BELOW}"
    return [Reply(text, (*_below(figures, page), *_further(turn, unit, figures)))]


def _below(figures: UnitFigures, page: int) -> Rows:
    shown = figures.children[(page - 1) * PAGE : page * PAGE]
    choices = [Choice(label(child.name), f"/donvi {child.code}") for child in shown]
    if len(figures.children) > page * PAGE:
        choices.append(Choice(texts.MORE, f"/donvi {figures.total.code} #{page + 1}"))
    return rows(*choices, width=1)


def _further(turn: Turn, unit: UnitRow, figures: UnitFigures) -> Rows:
    choices = []
    if figures.total.people:
        choices.append(Choice(texts.PEOPLE, f"/danhsach {unit.code}"))
    if figures.in_need:
        choices.append(Choice(texts.HELP, f"/cangiup {unit.code}"))
    if count_waiting(turn.session, turn.cadre, turn.today):
        choices.append(Choice(texts.REVIEW, "/duyet"))
    choices.append(Choice(texts.REPORT, f"/baocao {unit.code}"))
    if (above := _superior(turn, unit)) is not None:
        choices.append(Choice(texts.UP, f"/donvi {above.code}"))
    return rows(*choices)


def _superior(turn: Turn, unit: UnitRow) -> UnitRow | None:
    """The unit above, where the speaker may see it."""
    above = unit_by_id(turn.session, unit.parent_id, turn.today) if unit.parent_id is not None else None
    return find_unit(turn.session, turn.cadre, above.code, turn.today) if above is not None else None


def _people(turn: Turn, args: str) -> list[Reply]:
    wanted, page = paged(args)
    unit = asked_unit(turn, wanted, "danhsach")
    if isinstance(unit, Reply):
        return [unit]
    people = _this_week(turn, unit).people
    back = Choice(label(unit.name), f"/donvi {unit.code}")
    first = (page - 1) * PAGE
    shown = people[first : first + PAGE]
    if not shown:
        return [Reply(texts.NO_PEOPLE, rows(back))]
    heading = texts.people_heading(unit.name, first + 1, first + len(shown), len(people))
    choices = [Choice(label(person.name), f"/canbo {person.code}") for person in shown]
    if len(people) > first + PAGE:
        choices.append(Choice(texts.MORE, f"/danhsach {unit.code} #{page + 1}"))
    text = "\n".join([heading, *map(texts.person_line, shown)])
    return [Reply(text, (*rows(*choices), (back,)))]


def _in_need(turn: Turn, args: str) -> list[Reply]:
    wanted, period = _with_period(args.strip(), turn.today)
    unit = asked_unit(turn, wanted, "cangiup")
    if isinstance(unit, Reply):
        return [unit]
    back = rows(Choice(label(unit.name), f"/donvi {unit.code}"))
    figures = _figures(turn, unit, period)
    people = figures.in_need
    if not people:
        return [Reply(f"{texts.need_heading(figures)}. {texts.NOBODY_IN_NEED}", back)]
    lines = [texts.need_heading(figures), *(texts.need_line(one, period) for one in people[:MOST_IN_NEED])]
    if len(people) > MOST_IN_NEED:
        lines.append(texts.and_more(len(people) - MOST_IN_NEED))
    return [Reply("\n".join([*lines, "", texts.PRIVATE]), back)]


def _with_period(args: str, today: date) -> tuple[str, Period]:
    """ "DCS1 2026-W46" as unit and period; without a period that has begun, the present week."""
    unit, _, key = args.rpartition(" ")
    try:
        period = Period.parse(key)
    except ValueError:
        return args, Period.of(PeriodKind.WEEK, today)
    return (unit, period) if period.start <= today else (unit, Period.of(PeriodKind.WEEK, today))


def _cadre(turn: Turn, args: str) -> list[Reply]:
    wanted = args.strip()
    cadre = find_cadre(turn.session, turn.cadre, wanted, turn.today)
    if cadre is None:
        matches = closest(visible_cadres(turn.session, turn.cadre, turn.today), wanted)
        if len(matches) != 1:
            found = (Choice(label(m.name), f"/canbo {m.code}") for m in matches)
            return [Reply(texts.WHICH_CADRE if matches else texts.CADRE_NOT_FOUND, rows(*found, width=1))]
        cadre = matches[0]
    turn.shows(cadre.id)
    progress = look(turn.session, turn.house, cadre.id, turn.today)
    waiting = sum(entry.state is EntryState.DECLARED for entry in progress.person.entries)
    parts = [
        f"👤 {cadre.label}",
        progress_text(progress),
        texts.absences(progress.person.absences),
        texts.waiting(waiting) if waiting else "",
    ]
    choices = (
        Choice(texts.ENTRIES, f"/muccanbo {cadre.code}"),
        Choice(texts.ABSENCE, f"/nghi {cadre.code}"),
        Choice(texts.INVITE, f"/moi {cadre.code}"),
    )
    return [Reply("\n\n".join(filter(None, parts)), rows(*choices))]


FLOWS = ()
COMMANDS = (
    Command(
        "donvi",
        _unit,
        Audience.FOLLOWER,
        label="Đơn vị",
        help="đơn vị đồng chí theo dõi và cấp dưới",
        words=("don vi", "don vi cua toi"),
    ),
    Command("danhsach", _people, Audience.FOLLOWER, words=("danh sach can bo",)),
    Command("cangiup", _in_need, Audience.FOLLOWER, words=("ai can giup",)),
    Command("canbo", _cadre, Audience.FOLLOWER),
)
