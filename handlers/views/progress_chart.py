"""The picture of one cadre's progress: a bar per requirement, to be read on a phone, in grey too.

What the unit has confirmed is solid, what is only declared is hatched, what is missing is empty;
every figure and status is also written in words, so no meaning hangs on colour.
"""

from typing import Any, TypedDict

from handlers.views.canvas import INK, QUIET, Canvas, shortened

WIDTH = 800  # pixels
MARGIN = 28
FULL = WIDTH - 2 * MARGIN
TITLE_HEIGHT = 116
HEADING_HEIGHT = 64
BAR_HEIGHT = 86
LINE_HEIGHT = 52
LEGEND_HEIGHT = 58
LINE_LENGTH = 54  # characters of the two texts above a bar that fit beside each other
THICKNESS = 26

SOLID = "#0b4f8a"
LIGHT = "#b9d7ee"
TRACK = "#e3e3e3"
WARNING = "#9c3a00"


class Bar(TypedDict):
    """One requirement. Without ``required`` there is nothing to measure and only its words are shown."""

    label: str
    words: str
    warn: bool
    required: float | None
    declared: float
    confirmed: float


class Section(TypedDict):
    """The requirements of one period."""

    heading: str
    bars: list[Bar]


class Picture(TypedDict):
    """All that is drawn; JSON."""

    title: str
    subtitle: str
    sections: list[Section]


def draw(picture: Picture) -> bytes:
    """A PNG, 800 pixels wide and as high as its rows need."""
    height = TITLE_HEIGHT + sum(map(_height, picture["sections"])) + LEGEND_HEIGHT
    canvas = Canvas(WIDTH, height)
    canvas.say(MARGIN, 44, picture["title"], size=32, weight="bold")
    canvas.say(MARGIN, 86, picture["subtitle"], size=23, color=QUIET)
    y = TITLE_HEIGHT
    for section in picture["sections"]:
        y = _section(canvas, section, y)
    _legend(canvas, y + LEGEND_HEIGHT / 2)
    return canvas.png()


def _height(section: Section) -> int:
    return HEADING_HEIGHT + sum(LINE_HEIGHT if bar["required"] is None else BAR_HEIGHT for bar in section["bars"])


def _section(canvas: Canvas, section: Section, y: int) -> int:
    canvas.rule(MARGIN, y, FULL)
    canvas.say(MARGIN, y + 34, section["heading"], size=25, weight="bold", color=SOLID)
    y += HEADING_HEIGHT
    for bar in section["bars"]:
        colour = WARNING if bar["warn"] else INK
        room = LINE_LENGTH - len(bar["words"])
        canvas.say(MARGIN, y + 14, shortened(bar["label"], room), size=23)
        canvas.say(WIDTH - MARGIN, y + 14, bar["words"], size=23, color=colour, ha="right")
        if bar["required"] is None:
            y += LINE_HEIGHT
            continue
        _bar(canvas, y + 34, bar, bar["required"])
        y += BAR_HEIGHT
    return y


def _bar(canvas: Canvas, y: float, bar: Bar, required: float) -> None:
    declared, confirmed = (FULL * min(1.0, value / required) if required else FULL for value in _readings(bar))
    canvas.box(MARGIN, y, FULL, THICKNESS, facecolor=TRACK, edgecolor="none")
    if declared:
        canvas.box(MARGIN, y, declared, THICKNESS, facecolor=LIGHT, edgecolor=SOLID, hatch="///", linewidth=0)
    if confirmed:
        canvas.box(MARGIN, y, confirmed, THICKNESS, facecolor=SOLID, edgecolor="none")
    canvas.box(MARGIN, y, FULL, THICKNESS, facecolor="none", edgecolor=QUIET, linewidth=1)


def _readings(bar: Bar) -> tuple[float, float]:
    return bar["declared"], min(bar["confirmed"], bar["declared"])


def _legend(canvas: Canvas, y: float) -> None:
    swatches: tuple[tuple[str, dict[str, Any]], ...] = (
        ("đã xác nhận", {"facecolor": SOLID, "edgecolor": SOLID}),
        ("tự khai", {"facecolor": LIGHT, "edgecolor": SOLID, "hatch": "///"}),
        ("còn thiếu", {"facecolor": TRACK, "edgecolor": QUIET}),
    )
    for column, (words, look) in enumerate(swatches):
        x = MARGIN + column * 235
        canvas.box(x, y - 12, 44, 24, linewidth=1, **look)
        canvas.say(x + 56, y, words, size=21, color=QUIET)
