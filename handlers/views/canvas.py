"""A picture in pixels, origin at the top left: boxes, rules and words.

Artists hang on the figure itself: axes, with their limits and ticks, would cost a third of the time.
"""

from typing import Any

from handlers.views.png import png

INK, QUIET, RULE = "#1a1a1a", "#595959", "#c8c8c8"
DPI = 100
PIXEL = 72 / DPI  # points


class Canvas:
    """``width`` by ``height`` pixels of white."""

    def __init__(self, width: int, height: int) -> None:
        from matplotlib.figure import Figure
        from matplotlib.transforms import IdentityTransform

        self.height = height
        self._figure = Figure(figsize=(width / DPI, height / DPI), dpi=DPI, facecolor="white")
        self._pixels = IdentityTransform()

    def box(self, x: float, y: float, width: float, height: float, **look: Any) -> None:
        """A rectangle with its upper left corner at (x, y); ``look`` as for a matplotlib patch."""
        from matplotlib.patches import Rectangle

        corner = (x, self.height - y - height)
        self._figure.add_artist(Rectangle(corner, width, height, transform=self._pixels, **look))

    def rule(self, x: float, y: float, width: float) -> None:
        """A thin line to the right of (x, y)."""
        self.box(x, y, width, 1, facecolor=RULE, edgecolor="none")

    def say(self, x: float, y: float, words: str, size: float, **look: Any) -> None:
        """``words`` at (x, y), vertically centred, ``size`` pixels high."""
        from matplotlib.text import Text

        look = {"color": INK, "va": "center", "fontsize": size * PIXEL, **look}
        self._figure.add_artist(Text(x, self.height - y, words, transform=self._pixels, parse_math=False, **look))

    def png(self) -> bytes:
        """The picture as a PNG."""
        return png(self._figure)


def shortened(text: str, longest: int) -> str:
    """``text`` cut at a word so that it has at most ``longest`` characters, "…" included."""
    if len(text) <= longest:
        return text
    cut = text[: max(longest, 2) - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"
