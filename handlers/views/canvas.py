"""A picture in pixels, origin at the top left: boxes, rules and words.

matplotlib draws the boxes, on the figure itself: axes, with their limits and ticks, would cost a third of the time.
Those of one look are one outline, since the tile of a hatch is made anew for each. Pillow sets the words in
matplotlib's own font, one call a line of text, where matplotlib lays out, renders and places every letter by itself.
"""

from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

INK, QUIET, RULE = "#1a1a1a", "#595959", "#c8c8c8"
DPI = 100
COLOURS = 128
ALL_BUT_WHITE = 248  # what is lighter would be taken for white, and white for it
Weight = Literal["normal", "bold"]
_FILES: dict[Weight, str] = {"normal": "DejaVuSans.ttf", "bold": "DejaVuSans-Bold.ttf"}
_ANCHORS = {"left": "lm", "center": "mm", "right": "rm"}


_Corners = tuple[tuple[float, float], ...]


class _Words(NamedTuple):
    """Words at a place; ``anchor`` is Pillow's name for which point of them it is."""

    at: tuple[float, float]
    words: str
    size: float
    anchor: str
    color: str
    weight: Weight
    ground: tuple[float, float] | None


class Canvas:
    """``width`` by ``height`` pixels of white."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._looks: dict[tuple[tuple[str, Any], ...], list[_Corners]] = {}
        self._words: list[_Words] = []

    def box(self, x: float, y: float, width: float, height: float, **look: Any) -> None:
        """A rectangle with its upper left corner at (x, y); ``look`` as for a matplotlib patch.

        Boxes of one look are drawn together, and looks in the order in which they first appear.
        """
        left, right, top, bottom = x, x + width, self.height - y, self.height - y - height
        corners = (left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)
        self._looks.setdefault(tuple(look.items()), []).append(corners)

    def rule(self, x: float, y: float, width: float) -> None:
        """A thin line to the right of (x, y)."""
        self.box(x, y, width, 1, facecolor=RULE, edgecolor="none")

    def say(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        *,
        ha: Literal["left", "center", "right"] = "left",
        color: str = INK,
        weight: Weight = "normal",
        ground: tuple[float, float] | None = None,
    ) -> None:
        """``words`` at (x, y), vertically centred, ``size`` pixels high, on top of all boxes.

        ``ground`` is the width and height of a white ground around (x, y) under them.
        """
        self._words.append(_Words((x, y), words, size, _ANCHORS[ha], color, weight, ground))

    def png(self) -> bytes:
        """The picture as a PNG with a palette."""
        from PIL import Image, ImageDraw

        drawn = self._boxes()
        pen = ImageDraw.Draw(drawn)
        for words in self._words:
            if words.ground is not None:
                (x, y), (width, height) = words.at, words.ground
                pen.rectangle((x - width / 2, y - height / 2, x + width / 2, y + height / 2), "white")
            font = _font(words.weight, words.size)
            pen.text(words.at, words.words, words.color, font=font, anchor=words.anchor)
        content = BytesIO()
        # Packing it harder takes twice as long for a tenth of the bytes.
        drawn.quantize(palette=_palette(self._colours()), dither=Image.Dither.NONE).save(
            content, "PNG", compress_level=3
        )
        return content.getvalue()

    def _colours(self) -> frozenset[str]:
        """The colours that are asked for."""
        looks = [dict(look) for look in self._looks]
        boxes = {look.get(part, INK) for look in looks for part in ("facecolor", "edgecolor")}
        return frozenset({words.color for words in self._words} | boxes - {"none", "white"})

    def _boxes(self) -> "Image":
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path as Outline
        from matplotlib.transforms import IdentityTransform
        from PIL import Image

        figure = Figure(figsize=(self.width / DPI, self.height / DPI), dpi=DPI, facecolor="white")
        for look, boxes in self._looks.items():
            outline = Outline.make_compound_path(*(Outline(corners, closed=True) for corners in boxes))
            figure.add_artist(PathPatch(outline, transform=IdentityTransform(), **dict(look)))
        canvas: Any = FigureCanvasAgg(figure)
        canvas.draw()
        size = canvas.get_width_height()
        return Image.frombuffer("RGBA", size, canvas.buffer_rgba(), "raw", "RGBA", 0, 1).convert("RGB")


@lru_cache(maxsize=32)
def _palette(colours: frozenset[str]) -> "Image":
    """These colours and the shades between each and white, as which the edges of letters and lines come out.

    Finding the best colours of each picture would take a quarter of its time, true colour four times the bytes.
    """
    from PIL import Image, ImageColor

    steps = (COLOURS - 1) // len(colours)
    shades = [255, 255, 255]
    for colour in sorted(colours):
        for step in range(steps):
            shade = [value + (255 - value) * step // steps for value in ImageColor.getrgb(colour)]
            if min(shade) < ALL_BUT_WHITE:
                shades += shade
    palette = Image.new("P", (1, 1))
    palette.putpalette(shades)
    return palette


@lru_cache(maxsize=32)
def _font(weight: Weight, size: float) -> "FreeTypeFont":
    """DejaVu Sans, which has every Vietnamese letter and comes with matplotlib."""
    from matplotlib import get_data_path
    from PIL import ImageFont

    file = Path(get_data_path()) / "fonts" / "ttf" / _FILES[weight]
    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)


def shortened(text: str, longest: int) -> str:
    """``text`` cut at a word so that it has at most ``longest`` characters, "…" included."""
    if len(text) <= longest:
        return text
    cut = text[: max(longest, 2) - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"
