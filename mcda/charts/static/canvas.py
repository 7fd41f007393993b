"""A sheet to draw on in pixels from its top left corner, written out as SVG by matplotlib.

Text stays text: it can be found, enlarged and read in any language, and the page's own font
draws it. Its width is measured with the same font, so that labels fit. The output is the same
for the same input: no dates, no random ids.
"""

from __future__ import annotations

import io
import threading
import warnings
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

import matplotlib
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.lines import Line2D
from matplotlib.markers import MarkerStyle
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from mcda.charts.static.inline import inline_svg

FONT_FAMILY = "Public Sans, sans-serif"
_FILES = {False: "PublicSans-Regular.ttf", True: "PublicSans-SemiBold.ttf"}
_PIXELS_PER_INCH = 72  # one point of matplotlib is one pixel of ours
# Settings of matplotlib are global: they are set for the moment of writing, by one at a time.
_SETTINGS: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "bestfit",
    "hatch.linewidth": 1.0,
}
_WRITING = threading.Lock()
_EM = 100

Anchor = Literal["left", "center", "right"]


class _Label(Text):
    """One line of text, written where it stands; its layout needs no measuring."""

    def draw(self, renderer: RendererBase) -> None:
        gc = renderer.new_gc()
        gc.set_foreground(self.get_color())
        x, y = self.get_transform().transform(self.get_unitless_position())
        _, height = renderer.get_canvas_width_height()  # SVG counts from the top
        font = self.get_fontproperties()
        renderer.draw_text(gc, x, height - y, self.get_text(), font, 0, False, self)
        gc.restore()


class Canvas:
    """A sheet of a fixed size; every method takes pixels from the top left corner."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        size = (width / _PIXELS_PER_INCH, height / _PIXELS_PER_INCH)
        self._figure = Figure(figsize=size, dpi=_PIXELS_PER_INCH, frameon=False)
        FigureCanvasSVG(self._figure)
        self._drawn = 0
        self._place = Affine2D().scale(1, -1).translate(0, height)

    def bar(  # noqa: PLR0913 - a box has four sides, and what it is filled with
        self, x: float, y: float, width: float, height: float, *, fill: str, edge: str | None = None
    ) -> None:
        """Draw a filled box, with an edge where one is named."""
        if width <= 0:
            return
        box = Rectangle((x, y), width, height, facecolor=fill, linewidth=1 if edge else 0)
        box.set_edgecolor(edge or fill)
        self._add(box)

    def hatched(self, x: float, y: float, width: float, height: float, color: str) -> None:
        """Draw a box filled with slanted lines: what is not known exactly."""
        if width <= 0:
            return
        box = Rectangle((x, y), width, height, facecolor="#ffffff", edgecolor=color, linewidth=1)
        box.set_hatch("////")
        self._add(box)

    def line(
        self, points: Sequence[tuple[float, float]], color: str, width: float, alpha: float = 1.0
    ) -> None:
        """Draw a line through points."""
        xs, ys = zip(*points, strict=True)
        self._add(Line2D(xs, ys, color=color, linewidth=width, alpha=alpha, solid_capstyle="butt"))

    def mark(self, x: float, y: float, shape: str, size: float, color: str) -> None:
        """Draw one of matplotlib's marker shapes, with a thin white edge."""
        style = MarkerStyle(shape)
        path = style.get_path().transformed(style.get_transform())
        placed = path.transformed(Affine2D().scale(size, -size).translate(x, y))
        self._add(PathPatch(placed, facecolor=color, edgecolor="#ffffff", linewidth=1))

    def text(  # noqa: PLR0913 - where, what, and how it looks
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 13,
        bold: bool = False,
        color: str = "#000000",
        anchor: Anchor = "left",
    ) -> None:
        """Write one line of text; ``y`` is its base line."""
        label = _Label(x, y, text, color=color, ha=anchor, va="baseline", parse_math=False)
        label.set_fontproperties(_font(bold))
        label.set_fontsize(size)
        self._add(label)

    def svg(self, prefix: str, title: str, description: str) -> str:
        """Return the drawing as an ``svg`` element to stand in a page.

        Args:
            prefix: begins every id in it, so that several can stand in one page.
            title: what it is.
            description: what it shows, for those who cannot see it.
        """
        out = io.BytesIO()
        silent = {"Date": None, "Creator": None, "Format": None, "Type": None}
        with _WRITING, matplotlib.rc_context(_SETTINGS), warnings.catch_warnings():
            # A letter that the font lacks is drawn by the reader's own fonts.
            warnings.filterwarnings("ignore", message="Glyph")
            self._figure.savefig(out, format="svg", metadata=silent)
        return inline_svg(out.getvalue(), prefix, title, description)

    def _add(self, artist: Any) -> None:  # noqa: ANN401 - matplotlib's artists
        artist.set_transform(self._place)
        artist.set_zorder(self._drawn)  # what is drawn later lies above
        self._drawn += 1
        self._figure.add_artist(artist)


def text_width(text: str, size: float = 13, *, bold: bool = False) -> float:
    """Return the width of one line of text in pixels; letters the font lacks count as wide.

    >>> text_width("illicit") < text_width("wwwwwww")
    True
    """
    return sum(_advance(c, bold) for c in text) * size


def wrapped(
    text: str, width: float, size: float = 13, *, bold: bool = False, lines: int = 2
) -> list[str]:
    """Return text broken into lines of at most this width; an ellipsis stands for what is cut.

    >>> wrapped("School prevention lessons", 80)
    ['School', 'prevention …']
    """
    found: list[str] = []
    rest = text.split()
    while rest and len(found) < lines:
        count = _fitting(rest, width, size, bold)
        found.append(" ".join(rest[:count]))
        rest = rest[count:]
    if rest:
        found[-1] = f"{found[-1]} …"
    return [_cut(line, width, size, bold) for line in found] or [""]


def _fitting(words: Sequence[str], width: float, size: float, bold: bool) -> int:
    """Return how many words fit on one line; one at least."""
    count = 1
    while count < len(words) and text_width(" ".join(words[: count + 1]), size, bold=bold) <= width:
        count += 1
    return count


def _cut(line: str, width: float, size: float, bold: bool) -> str:
    if text_width(line, size, bold=bold) <= width:
        return line
    kept = line.removesuffix(" …")
    while len(kept) > 1 and text_width(f"{kept} …", size, bold=bold) > width:
        kept = kept[:-1]
    return f"{kept.rstrip()} …"


@cache
def _font(bold: bool) -> FontProperties:
    font = FontProperties(fname=str(Path(__file__).parent / _FILES[bold]))
    font.set_family(FONT_FAMILY.split(", "))
    font.set_weight(600 if bold else 400)
    return font


@cache
def _opened(bold: bool) -> FT2Font:
    return FT2Font(str(Path(__file__).parent / _FILES[bold]))


@cache
def _advance(letter: str, bold: bool) -> float:
    """Return how far a letter moves the next one on, for text one pixel high."""
    font = _opened(bold)
    known = letter if font.get_char_index(ord(letter)) else "W"
    with _WRITING:
        font.set_size(_EM, _PIXELS_PER_INCH)
        # In units of 1/65536 pixel.
        return font.load_char(ord(known), LoadFlags.NO_HINTING).linearHoriAdvance / 65536 / _EM
