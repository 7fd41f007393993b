"""A sheet to draw on in pixels from its top left corner, written out as SVG.

Text stays text: it can be found, enlarged and read in any language, and the page's own font
draws it. Its width is measured with the same font, so that labels fit. A page with a strict
policy allows no ``style``: each property is an attribute of its own. The output is the same for
the same input.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import svg
from fontTools.ttLib import TTFont

from mcda.charts.static.marks import OUTLINES
from mcda.project.text import with_minus

FONT_FAMILY = "Public Sans, sans-serif"
FONTS = Path(__file__).parent / "fonts"
_FILES = {False: "PublicSans-Regular.ttf", True: "PublicSans-SemiBold.ttf"}
_TILE, _BETWEEN = 12, 6  # pixels of a hatch until it repeats, and from one of its lines to the next
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Anchor = Literal["left", "center", "right"]
_ANCHORS: dict[Anchor, Literal["middle", "end"] | None] = {
    "left": None,
    "center": "middle",
    "right": "end",
}


class Canvas:
    """A sheet of a fixed size; every method takes pixels from the top left corner.

    What is drawn later lies above.
    """

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._drawn: list[svg.Element] = []
        self._hatched: dict[str, list[svg.Rect]] = {}  # by the color of the lines

    def bar(  # noqa: PLR0913 - a box has four sides, and what it is filled with
        self, x: float, y: float, width: float, height: float, *, fill: str, edge: str | None = None
    ) -> None:
        """Draw a filled box, with an edge where one is named."""
        if width <= 0:
            return
        box = _box(x, y, width, height)
        box.fill, box.stroke = fill, edge
        self._drawn.append(box)

    def hatched(self, x: float, y: float, width: float, height: float, color: str) -> None:
        """Draw a box filled with slanted lines: what is not known exactly."""
        if width <= 0:
            return
        box = _box(x, y, width, height)
        box.stroke = color
        self._hatched.setdefault(color, []).append(box)
        self._drawn.append(box)

    def line(self, points: Sequence[tuple[float, float]], color: str, width: float) -> None:
        """Draw a line through points."""
        line = svg.Polyline(
            points=_points(points),
            fill="none",
            stroke=color,
            stroke_width=_number(width),
        )
        self._drawn.append(line)

    def mark(self, x: float, y: float, shape: str, size: float, color: str) -> None:
        """Draw a mark with a thin white edge: "o", a circle, or one of ``OUTLINES``."""
        mark: svg.Circle | svg.Polygon
        if shape == "o":
            mark = svg.Circle(cx=_number(x), cy=_number(y), r=_number(size / 2))
        else:
            corners = [(x + size * across, y + size * down) for across, down in OUTLINES[shape]]
            mark = svg.Polygon(points=_points(corners))
        mark.fill, mark.stroke = color, "#ffffff"
        self._drawn.append(mark)

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
        label = svg.Text(
            text=_safe(with_minus(text)),
            x=_number(x),
            y=_number(y),
            fill=color,
            font_size=_number(size),
            font_weight="600" if bold else None,
            text_anchor=_ANCHORS[anchor],
        )
        self._drawn.append(label)

    def svg(self, prefix: str, title: str, description: str) -> str:
        """Return the drawing as an ``svg`` element to stand in a page.

        Args:
            prefix: begins every id in it, so that several can stand in one page.
            title: what it is.
            description: what it shows, for those who cannot see it.
        """
        own = _safe(prefix)
        said: list[svg.Element] = [
            svg.Title(id=f"{own}-title", text=_safe(title)),
            svg.Desc(id=f"{own}-description", text=_safe(description)),
        ]
        hatches: list[svg.Element] = []
        for number, (color, boxes) in enumerate(self._hatched.items(), start=1):
            name = f"{own}-hatch-{number}"
            hatches.append(_hatch(name, color))
            for box in boxes:
                box.fill = f"url(#{name})"
        if hatches:
            said.append(svg.Defs(elements=hatches))
        drawing = svg.SVG(
            viewBox=svg.ViewBoxSpec(0, 0, _number(self.width), _number(self.height)),
            elements=said + self._drawn,
            extra={
                "role": "img",
                "aria-labelledby": f"{own}-title",
                "aria-describedby": f"{own}-description",
                "font-family": FONT_FAMILY,
                "stroke-linejoin": "round",
            },
        )
        return str(drawing)


def _box(x: float, y: float, width: float, height: float) -> svg.Rect:
    return svg.Rect(x=_number(x), y=_number(y), width=_number(width), height=_number(height))


def _points(places: Sequence[tuple[float, float]]) -> list[svg.Point]:
    return [svg.Point(_number(x), _number(y)) for x, y in places]


def _number(value: float) -> float:
    """Return a number as short as a drawing needs it, to a hundredth of a pixel.

    >>> _number(12.0), _number(-0.001), _number(1 / 3)
    (12, 0, 0.33)
    """
    short = round(float(value), 2)
    return int(short) if short.is_integer() else short


def _safe(text: str) -> str:
    r"""Return text as it stands in XML, with a replacement for signs that XML cannot hold.

    >>> _safe("a < b \x00")
    'a &lt; b \ufffd'
    """
    return html.escape(_NOT_XML.sub("\ufffd", text))


def _hatch(name: str, color: str) -> svg.Pattern:
    """Return slanted lines on white; they leave a tile where they enter the next one."""
    ends = range(0, 2 * _TILE + 1, _BETWEEN)
    lines = svg.Path(
        d=[step for end in ends for step in (svg.M(end + 1, -1), svg.L(-1, end + 1))], stroke=color
    )
    return svg.Pattern(
        id=name,
        patternUnits="userSpaceOnUse",
        width=_TILE,
        height=_TILE,
        elements=[svg.Rect(width=_TILE, height=_TILE, fill="#ffffff"), lines],
    )


def text_width(text: str, size: float = 13, *, bold: bool = False) -> float:
    """Return the width of one line of text in pixels; letters the font lacks count as wide.

    >>> text_width("illicit") < text_width("wwwwwww")
    True
    """
    advances = _advances(bold)
    return sum(advances.get(c, advances["W"]) for c in text) * size


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
def _advances(bold: bool) -> dict[str, float]:
    """Return how far each letter moves the next one on, for text one pixel high."""
    with TTFont(FONTS / _FILES[bold]) as font:
        em, glyphs = font["head"].unitsPerEm, font["hmtx"].metrics
        return {chr(code): glyphs[name][0] / em for code, name in font.getBestCmap().items()}
