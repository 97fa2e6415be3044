"""The picture of a unit's report: per requirement, and per unit below, how many people have met it.

Made for a phone and for grey printing: every part of a bar has its own hatch and its number, so no
meaning hangs on colour. Units stand in the order of their tree, never by result.
"""

from dataclasses import replace
from typing import Any, TypedDict

from handlers.texts import report as texts
from handlers.views.canvas import QUIET, Canvas, shortened
from storage.figures import Count, UnitFigures, UnitLine
from storage.terms import Requirement, Status

WIDTH = 800  # pixels
MARGIN = 28
TITLE_HEIGHT = 140
HEADING_HEIGHT = 62
ROW_HEIGHT = 82
LEGEND_HEIGHT = 116
THICKNESS = 32
FULL = WIDTH - 2 * MARGIN
MOST_UNITS = 6
LINE_LENGTH = 58  # characters of the two texts above a bar that fit beside each other
ACCENT = "#0b4f8a"
LOOKS: tuple[dict[str, Any], ...] = (
    {"facecolor": "#0b4f8a", "edgecolor": "#0b4f8a"},
    {"facecolor": "#b9d7ee", "edgecolor": "#0b4f8a", "hatch": "///"},
    {"facecolor": "#f4f4f4", "edgecolor": "#8a8a8a", "hatch": ".."},
    {"facecolor": "#f6c9a0", "edgecolor": "#9c3a00", "hatch": "xxx"},
    {"facecolor": "#ffffff", "edgecolor": "#8a8a8a"},
)


class Row(TypedDict):
    """One bar: numbers of people (of person-weeks over several weeks), in the order of ``texts.PARTS``."""

    label: str
    words: str
    parts: list[int]


class Section(TypedDict):
    """Bars under one heading."""

    heading: str
    rows: list[Row]


class Picture(TypedDict):
    """All that is drawn; JSON."""

    title: str
    subtitle: str
    sections: list[Section]


def picture(figures: UnitFigures) -> Picture:
    """What the picture of ``figures`` shows."""
    total = figures.total
    asked = [requirement for requirement in figures.requirements if _is_shown(total, requirement)]
    overall = [
        Row(
            label=texts.short_label(figures, requirement),
            words=texts.met_of_due(figures, requirement, total, with_before=True),
            parts=parts(total.counts[requirement]),
        )
        for requirement in asked
    ]
    sections = [Section(heading=texts.ALL_BELOW, rows=overall)] if overall else []
    if figures.children and asked:
        sections.append(_by_unit(figures, asked[0]))
    subtitle = f"{texts.period_title(figures)}\n{texts.cut_off(figures)} · {texts.people(total)}"
    return Picture(title=total.name, subtitle=subtitle, sections=sections)


def _by_unit(figures: UnitFigures, requirement: Requirement) -> Section:
    own = replace(figures.own, name=texts.directly_at(figures.own.name))
    lines = [line for line in (own, *figures.children) if _is_shown(line, requirement)]
    shown, rest = lines[:MOST_UNITS], lines[MOST_UNITS:]
    if rest:
        together = UnitLine("", texts.further_units(len(rest)), rest[0].type, 1)
        for line in rest:
            together.merge(line)
        shown.append(together)
    rows = [
        Row(
            label=line.name,
            words=texts.met_of_due(figures, requirement, line),
            parts=parts(line.counts[requirement]),
        )
        for line in shown
    ]
    return Section(heading=texts.by_unit(texts.short_label(figures, requirement)), rows=rows)


def _is_shown(line: UnitLine, requirement: Requirement) -> bool:
    return bool(line.counts[requirement].periods)


def parts(count: Count) -> list[int]:
    """The periods of ``count``: met and confirmed, met as declared, in progress, not met, excused."""
    periods = count.periods
    return [
        count.periods_met_confirmed,
        count.periods_met - count.periods_met_confirmed,
        periods[Status.IN_PROGRESS],
        periods[Status.NOT_MET],
        periods[Status.EXCUSED],
    ]


def draw(shown: Picture) -> bytes:
    """A PNG, 800 pixels wide and as high as its rows need."""
    height = TITLE_HEIGHT + LEGEND_HEIGHT
    height += sum(HEADING_HEIGHT + ROW_HEIGHT * len(section["rows"]) for section in shown["sections"])
    canvas = Canvas(WIDTH, height)
    canvas.say(MARGIN, 38, shortened(shown["title"], 44), 31, weight="bold")
    for line, words in enumerate(shown["subtitle"].split("\n")):
        canvas.say(MARGIN, 78 + 32 * line, words, 23, color=QUIET)
    y = TITLE_HEIGHT
    for section in shown["sections"]:
        y = _draw_section(canvas, section, y)
    _legend(canvas, y + 30)
    return canvas.png()


def _draw_section(canvas: Canvas, section: Section, y: int) -> int:
    canvas.rule(MARGIN, y, FULL)
    canvas.say(MARGIN, y + 32, section["heading"], 24, weight="bold", color=ACCENT)
    y += HEADING_HEIGHT
    for row in section["rows"]:
        canvas.say(MARGIN, y + 12, shortened(row["label"], LINE_LENGTH - len(row["words"])), 22)
        canvas.say(WIDTH - MARGIN, y + 12, row["words"], 22, ha="right")
        _draw_bar(canvas, y + 32, row["parts"])
        y += ROW_HEIGHT
    return y


def _draw_bar(canvas: Canvas, y: float, numbers: list[int]) -> None:
    total, x = sum(numbers) or 1, float(MARGIN)
    for number, look in zip(numbers, LOOKS, strict=True):
        width = FULL * number / total
        if number:
            canvas.box(x, y, width, THICKNESS, **look)
            if number < total:
                _draw_number(canvas, x + width / 2, y, width, str(number))
        x += width


def _draw_number(canvas: Canvas, middle: float, y: float, width: float, digits: str) -> None:
    """The number of a part, on white, where the part is wide enough."""
    room = 12 + 12 * len(digits)
    if width > room + 4:
        canvas.say(middle, y + THICKNESS / 2, digits, 19, ha="center", ground=(room, THICKNESS - 8))


def _legend(canvas: Canvas, y: float) -> None:
    for place, (words, look) in enumerate(zip(texts.PARTS, LOOKS, strict=True)):
        x, top = MARGIN + (place % 3) * 254, y + (place // 3) * 42
        canvas.box(x, top - 12, 40, 24, linewidth=1, **look)
        canvas.say(x + 50, top, words, 20, color=QUIET)
