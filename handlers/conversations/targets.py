"""Targets in %: /chitieu shows a unit's figures with their denominators, /chitieuthieu who or what is missing."""

from handlers.commands import Audience, Command
from handlers.conversations.annex import with_year
from handlers.conversations.unit import asked_unit, label
from handlers.messages import Choice, Reply, rows
from handlers.texts import targets as texts
from handlers.turn import Turn
from storage.people import UnitRow, children
from storage.targets import TargetFigure, cut_off, target_figures

BUTTONS, BELOW = 6, 6


def _figures(turn: Turn, unit: UnitRow, year: int) -> list[TargetFigure] | None:
    """The figures, None when the unit was not there in that year."""
    try:
        return target_figures(turn.session, turn.house.plan, unit.id, year, turn.today)
    except LookupError:
        return None


def _targets(turn: Turn, args: str) -> list[Reply]:
    wanted, year = with_year(turn, args)
    unit = asked_unit(turn, wanted, "chitieu")
    if isinstance(unit, Reply):
        return [unit]
    figures = _figures(turn, unit, year)
    if figures is None:
        return [Reply(texts.GONE)]
    as_of = cut_off(year, turn.today)
    lines = [texts.heading(unit, year, as_of, is_over=as_of < turn.today)]
    for title in texts.plans_named(figures):
        lines += ["", title, *(texts.line(one) for one in figures if one.plan.file.title == title)]
    lines += ["", texts.FOOT if figures else texts.NOTHING]
    lacking = [one for one in figures if one.missing][:BUTTONS]
    choices = [
        Choice(label(texts.missing_button(one), 60), f"/chitieuthieu {unit.code} {year} {one.key}") for one in lacking
    ]
    below = children(turn.session, unit.id, as_of)[:BELOW]
    choices += [Choice(label(child.name), f"/chitieu {child.code} {year}") for child in below]
    return [Reply("\n".join(lines), rows(*choices, width=1))]


def _missing(turn: Turn, args: str) -> list[Reply]:
    what, _, key = args.strip().rpartition(" ")
    wanted, year = with_year(turn, what)
    unit = asked_unit(turn, wanted, "chitieu")
    if isinstance(unit, Reply):
        return [unit]
    figure = next((one for one in _figures(turn, unit, year) or () if one.key == key), None)
    if figure is None:
        return [Reply(texts.GONE)]
    back = rows(Choice(texts.BACK, f"/chitieu {unit.code} {year}"))
    return [Reply(texts.missing(figure, cut_off(year, turn.today)), back)]


COMMANDS = (
    Command(
        "chitieu",
        _targets,
        Audience.FOLLOWER,
        label="Chỉ tiêu",
        of_unit=True,
        help="các chỉ tiêu phần trăm của đơn vị và ai còn thiếu",
        words=("chi tieu", "chi tieu don vi", "chi tieu phan tram"),
    ),
    Command("chitieuthieu", _missing, Audience.FOLLOWER),
)
