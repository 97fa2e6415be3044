"""A picture in pixels, origin at the top left: boxes, rules and words.

matplotlib draws the boxes and their hatches, as artists on the figure itself: axes, with their limits and ticks,
would cost a third of the time. Pillow sets the words in matplotlib's own font: one call a line of text, where
matplotlib lays out, renders and places every letter by itself, which was three quarters of a picture's time.
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
COLOURS = 64  # true colour would make the file four times as large
Weight = Literal["normal", "bold"]
_FILES: dict[Weight, str] = {"normal": "DejaVuSans.ttf", "bold": "DejaVuSans-Bold.ttf"}
_ANCHORS = {"left": "lm", "center": "mm", "right": "rm"}


class _Words(NamedTuple):
    """Words at a place; ``anchor`` is Pillow's name for which point of them it is."""

    at: tuple[float, float]
    words: str
    size: float
    anchor: str
    color: str
    weight: Weight


class Canvas:
    """``width`` by ``height`` pixels of white."""

    def __init__(self, width: int, height: int) -> None:
        from matplotlib.figure import Figure
        from matplotlib.transforms import IdentityTransform

        self.height = height
        self._figure = Figure(figsize=(width / DPI, height / DPI), dpi=DPI, facecolor="white")
        self._pixels = IdentityTransform()
        self._words: list[_Words] = []

    def box(self, x: float, y: float, width: float, height: float, **look: Any) -> None:
        """A rectangle with its upper left corner at (x, y); ``look`` as for a matplotlib patch."""
        from matplotlib.patches import Rectangle

        corner = (x, self.height - y - height)
        self._figure.add_artist(Rectangle(corner, width, height, transform=self._pixels, **look))

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
    ) -> None:
        """``words`` at (x, y), vertically centred, ``size`` pixels high, on top of all boxes."""
        self._words.append(_Words((x, y), words, size, _ANCHORS[ha], color, weight))

    def png(self) -> bytes:
        """The picture as a PNG of at most 64 colours."""
        from PIL import Image, ImageDraw

        drawn = self._boxes()
        pen = ImageDraw.Draw(drawn)
        for words in self._words:
            font = _font(words.weight, words.size)
            pen.text(words.at, words.words, words.color, font=font, anchor=words.anchor)
        content = BytesIO()
        # Packing it harder takes twice as long for a tenth of the bytes.
        drawn.quantize(COLOURS, Image.Quantize.FASTOCTREE).save(content, "PNG", compress_level=3)
        return content.getvalue()

    def _boxes(self) -> "Image":
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from PIL import Image

        canvas: Any = FigureCanvasAgg(self._figure)
        canvas.draw()
        size = canvas.get_width_height()
        return Image.frombuffer("RGBA", size, canvas.buffer_rgba(), "raw", "RGBA", 0, 1).convert("RGB")


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
