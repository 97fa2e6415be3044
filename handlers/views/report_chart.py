"""The picture of a unit's report: per requirement, and per unit below, how many people have met it.

Made for a phone and for grey printing: every part of a bar has its own hatch and its number, so no
meaning hangs on colour. Units stand in the order of their tree, never by result.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict

from handlers.texts import report as texts
from storage.figures import Count, UnitFigures, UnitLine
from storage.terms import Requirement, Status

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 800  # pixels
MARGIN = 28
TITLE_HEIGHT = 140
HEADING_HEIGHT = 62
ROW_HEIGHT = 82
LEGEND_HEIGHT = 116
THICKNESS = 32
DPI = 100
PIXEL = 72 / DPI  # points
MOST_UNITS = 8
LABEL_LENGTH = 38  # characters that fit beside a bar's figures

INK, QUIET, RULE = "#1a1a1a", "#595959", "#c8c8c8"
LOOKS: tuple[dict[str, Any], ...] = (
    {"facecolor": "#0b4f8a", "edgecolor": "#0b4f8a"},
    {"facecolor": "#b9d7ee", "edgecolor": "#0b4f8a", "hatch": "///"},
    {"facecolor": "#f4f4f4", "edgecolor": "#8a8a8a", "hatch": ".."},
    {"facecolor": "#f6c9a0", "edgecolor": "#9c3a00", "hatch": "xxx"},
    {"facecolor": "#ffffff", "edgecolor": "#8a8a8a"},
)


class Row(TypedDict):
    """One bar: numbers of people, in the order of ``texts.PARTS``."""

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


@dataclass(frozen=True, slots=True)
class _Line:
    label: str
    count: Count
    before: Count | None


def picture(figures: UnitFigures) -> Picture:
    """What the picture of ``figures`` shows."""
    total, counts = figures.total, figures.total.counts
    asked = [requirement for requirement in figures.requirements if _shown(counts[requirement])]
    sections = [
        _section(
            texts.ALL_BELOW,
            [_Line(texts.short_label(figures, r), counts[r], texts.comparable(figures, r)) for r in asked],
        )
    ]
    if figures.children and asked:
        sections.append(_by_unit(figures, asked[0]))
    return Picture(
        title=total.name,
        subtitle=f"{texts.period_title(figures)}\n{texts.cut_off(figures)} · {texts.people(total)}",
        sections=[section for section in sections if section["rows"]],
    )


def _by_unit(figures: UnitFigures, requirement: Requirement) -> Section:
    lines = [(texts.directly_at(figures.own.name), figures.own), *((row.name, row) for row in figures.children)]
    shown = [(label, row) for label, row in lines if _shown(row.counts[requirement])]
    rows = [_Line(label, row.counts[requirement], None) for label, row in shown[:MOST_UNITS]]
    if rest := [row for _, row in shown[MOST_UNITS:]]:
        rows.append(_Line(texts.further_units(len(rest)), _sum(rest, requirement), None))
    return _section(texts.by_unit(texts.short_label(figures, requirement)), rows)


def _sum(rows: list[UnitLine], requirement: Requirement) -> Count:
    summed = Count()
    for row in rows:
        summed.merge(row.counts[requirement])
    return summed


def _shown(count: Count) -> bool:
    return bool(count.due or count.people[Status.EXCUSED])


def _section(heading: str, lines: list[_Line]) -> Section:
    rows = [
        Row(label=line.label, words=texts.met_of_due(line.count, line.before), parts=parts(line.count))
        for line in lines
    ]
    return Section(heading=heading, rows=rows)


def parts(count: Count) -> list[int]:
    """The people of ``count``: met and confirmed, met as declared, in progress, not met, excused."""
    people = count.people
    return [
        count.people_met_confirmed,
        count.met - count.people_met_confirmed,
        people[Status.IN_PROGRESS],
        people[Status.NOT_MET],
        people[Status.EXCUSED],
    ]


def draw(shown: Picture) -> bytes:
    """A PNG, 800 pixels wide and as high as its rows need."""
    from matplotlib.figure import Figure

    from handlers.views.png import png

    height = TITLE_HEIGHT + LEGEND_HEIGHT
    height += sum(HEADING_HEIGHT + ROW_HEIGHT * len(section["rows"]) for section in shown["sections"])
    figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, facecolor="white")
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(height, 0))
    axes.set_axis_off()
    _say(axes, MARGIN, 38, shortened(shown["title"], 46), size=31, weight="bold")
    for line, words in enumerate(shown["subtitle"].split("\n")):
        _say(axes, MARGIN, 78 + 32 * line, words, size=23, color=QUIET)
    y = TITLE_HEIGHT
    for section in shown["sections"]:
        y = _draw_section(axes, section, y)
    _legend(axes, y + 30)
    return png(figure)


def _draw_section(axes: "Axes", section: Section, y: int) -> int:
    axes.plot((MARGIN, WIDTH - MARGIN), (y, y), color=RULE, linewidth=1)
    _say(axes, MARGIN, y + 32, section["heading"], size=24, weight="bold", color="#0b4f8a")
    y += HEADING_HEIGHT
    for row in section["rows"]:
        room = max(LABEL_LENGTH, 60 - len(row["words"]))
        _say(axes, MARGIN, y + 12, shortened(row["label"], room), size=22)
        _say(axes, WIDTH - MARGIN, y + 12, row["words"], size=22, ha="right")
        _draw_bar(axes, y + 32, row["parts"])
        y += ROW_HEIGHT
    return y


def _draw_bar(axes: "Axes", y: float, numbers: list[int]) -> None:
    full, total, x = WIDTH - 2 * MARGIN, sum(numbers) or 1, float(MARGIN)
    for number, look in zip(numbers, LOOKS, strict=True):
        width = full * number / total
        if not number:
            continue
        _box(axes, x, y, width, **look)
        if width > 16 + 12 * len(str(number)):
            room = 12 + 12 * len(str(number))
            _box(axes, x + (width - room) / 2, y + 4, room, THICKNESS - 8, facecolor="white", edgecolor="none")
            _say(axes, x + width / 2, y + THICKNESS / 2, str(number), size=19, ha="center")
        x += width


def _legend(axes: "Axes", y: float) -> None:
    for place, (words, look) in enumerate(zip(texts.PARTS, LOOKS, strict=True)):
        x, top = MARGIN + (place % 3) * 254, y + (place // 3) * 42
        _box(axes, x, top - 12, 40, height=24, linewidth=1, **look)
        _say(axes, x + 50, top, words, size=20, color=QUIET)


def shortened(text: str, longest: int) -> str:
    """``text`` cut at a word so that it has at most ``longest`` characters, "…" included."""
    if len(text) <= longest:
        return text
    cut = text[: max(longest, 2) - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"


def _box(axes: "Axes", x: float, y: float, width: float, height: float = THICKNESS, **look: Any) -> None:
    from matplotlib.patches import Rectangle

    axes.add_patch(Rectangle((x, y), width, height, **look))


def _say(axes: "Axes", x: float, y: float, words: str, *, size: float, **look: Any) -> None:
    look.setdefault("color", INK)
    axes.text(x, y, words, fontsize=size * PIXEL, va="center", parse_math=False, **look)
