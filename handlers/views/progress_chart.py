"""The picture of one cadre's progress: a bar per requirement, to be read on a phone, in grey too.

What the unit has confirmed is solid, what is only declared is hatched, what is missing is empty;
every figure and status is also written in words, so no meaning hangs on colour.
"""

from typing import TYPE_CHECKING, Any, TypedDict

from handlers.views.png import png

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 800  # pixels
MARGIN = 28
TITLE_HEIGHT = 116
HEADING_HEIGHT = 64
BAR_HEIGHT = 86
LINE_HEIGHT = 52
LEGEND_HEIGHT = 58
LINE_LENGTH = 54  # characters of the two texts above a bar that fit beside each other
THICKNESS = 26
DPI = 100
PIXEL = 72 / DPI  # points

INK = "#1a1a1a"
QUIET = "#595959"
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
    from matplotlib.figure import Figure

    height = TITLE_HEIGHT + sum(map(_height, picture["sections"])) + LEGEND_HEIGHT
    figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, facecolor="white")
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(height, 0))
    axes.set_axis_off()
    _say(axes, MARGIN, 44, picture["title"], size=32, weight="bold")
    _say(axes, MARGIN, 86, picture["subtitle"], size=23, color=QUIET)
    y = TITLE_HEIGHT
    for section in picture["sections"]:
        y = _section(axes, section, y)
    _legend(axes, y + LEGEND_HEIGHT / 2)
    return png(figure)


def _height(section: Section) -> int:
    return HEADING_HEIGHT + sum(LINE_HEIGHT if bar["required"] is None else BAR_HEIGHT for bar in section["bars"])


def _section(axes: "Axes", section: Section, y: int) -> int:
    axes.plot((MARGIN, WIDTH - MARGIN), (y, y), color="#c8c8c8", linewidth=1)
    _say(axes, MARGIN, y + 34, section["heading"], size=25, weight="bold", color=SOLID)
    y += HEADING_HEIGHT
    for bar in section["bars"]:
        colour = WARNING if bar["warn"] else INK
        room = LINE_LENGTH - len(bar["words"])
        _say(axes, MARGIN, y + 14, shortened(bar["label"], room), size=23)
        _say(axes, WIDTH - MARGIN, y + 14, bar["words"], size=23, color=colour, ha="right")
        if bar["required"] is None:
            y += LINE_HEIGHT
            continue
        _bar(axes, y + 34, bar, bar["required"])
        y += BAR_HEIGHT
    return y


def shortened(text: str, longest: int) -> str:
    """``text`` cut at a word so that it has at most ``longest`` characters, "…" included."""
    if len(text) <= longest:
        return text
    cut = text[: max(longest, 2) - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"


def _bar(axes: "Axes", y: float, bar: Bar, required: float) -> None:
    full = WIDTH - 2 * MARGIN
    declared, confirmed = (full * min(1.0, value / required) if required else full for value in _readings(bar))
    _box(axes, MARGIN, y, full, facecolor=TRACK, edgecolor="none")
    if declared:
        _box(axes, MARGIN, y, declared, facecolor=LIGHT, edgecolor=SOLID, hatch="///", linewidth=0)
    if confirmed:
        _box(axes, MARGIN, y, confirmed, facecolor=SOLID, edgecolor="none")
    _box(axes, MARGIN, y, full, facecolor="none", edgecolor=QUIET, linewidth=1)


def _readings(bar: Bar) -> tuple[float, float]:
    return bar["declared"], min(bar["confirmed"], bar["declared"])


def _legend(axes: "Axes", y: float) -> None:
    swatches: tuple[tuple[str, dict[str, Any]], ...] = (
        ("đã xác nhận", {"facecolor": SOLID, "edgecolor": SOLID}),
        ("tự khai", {"facecolor": LIGHT, "edgecolor": SOLID, "hatch": "///"}),
        ("còn thiếu", {"facecolor": TRACK, "edgecolor": QUIET}),
    )
    for column, (words, look) in enumerate(swatches):
        x = MARGIN + column * 235
        _box(axes, x, y - 12, 44, height=24, linewidth=1, **look)
        _say(axes, x + 56, y, words, size=21, color=QUIET)


def _box(axes: "Axes", x: float, y: float, width: float, height: float = THICKNESS, **look: Any) -> None:
    from matplotlib.patches import Rectangle

    axes.add_patch(Rectangle((x, y), width, height, **look))


def _say(axes: "Axes", x: float, y: float, words: str, *, size: float, **look: Any) -> Any:
    look.setdefault("color", INK)
    return axes.text(x, y, words, fontsize=size * PIXEL, va="center", parse_math=False, **look)
