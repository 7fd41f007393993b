"""What every static chart carries, and what their drawings share."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from mcda.charts.chart import DataTable, Palette
from mcda.charts.rows import NEAR
from mcda.charts.static.canvas import Canvas, text_width, wrapped
from mcda.resources import resource_path

MOST_ROWS = 12
"""How many programs a static chart shows; its page has a table of all."""

LINE = 18  # from one base line to the next
_KEY_GAP = 20
_HALF_NUMBER = 10
_BESIDE = 520  # pixels from which names stand beside what is drawn
_NAMES = 0.36  # of the width, at most
_TIGHT = 15


def _paper() -> Palette:
    """Return the colours of the light theme, which is what is printed."""
    config = resource_path(".streamlit/config.toml").read_text(encoding="utf-8")
    colors = tomllib.loads(config)["theme"]["light"]
    return Palette(
        background=colors["backgroundColor"],
        surface=colors["secondaryBackgroundColor"],
        text=colors["textColor"],
        muted="#4b5157",
        grid=colors["dataframeBorderColor"],
        accent=colors["primaryColor"],
        series=tuple(colors["chartCategoricalColors"]),
        unknown="#767c82",
    )


PAPER = _paper()


@dataclass(frozen=True, slots=True)
class StaticChart:
    """A finding ready to be drawn at any width, with the same in words and as a table.

    ``draw`` takes the width in pixels; below ``least_width`` its labels would not fit.
    ``title`` says what is drawn, ``alt`` what it shows.
    """

    draw: Callable[[float], Canvas]
    title: str
    alt: str
    table: DataTable
    least_width: float = 300

    def svg(self, width: float, prefix: str, note: str = "") -> str:
        """Return the chart as an ``svg`` element.

        Args:
            width: in pixels; ``least_width`` where that is more.
            prefix: begins every id in it.
            note: goes with the title, such as that the numbers are made up.
        """
        title = f"{self.title} ({note})" if note else self.title
        return self._sheet(width).svg(prefix, title, self.alt)

    def size(self, width: float) -> tuple[float, float]:
        """Return the width and height of the chart in pixels, drawn at a width."""
        sheet = self._sheet(width)
        return sheet.width, sheet.height

    def _sheet(self, width: float) -> Canvas:
        return self.draw(max(width, self.least_width))


@dataclass(frozen=True, slots=True)
class Scale:
    """A line of numbers from ``low`` to ``high`` that lies on the pixels ``left`` to ``right``."""

    low: float
    high: float
    left: float
    right: float

    def at(self, value: float) -> float:
        """Return where a number lies.

        >>> Scale(0, 100, 10, 210).at(50)
        110.0
        """
        share = (value - self.low) / (self.high - self.low)
        return self.left + share * (self.right - self.left)

    def ticks(self, step: float) -> list[float]:
        """Return the numbers to be marked, a step apart, 0 among them.

        >>> Scale(-4, 4, 0, 100).ticks(2)
        [-4, -2, 0, 2, 4]
        """
        first, last = -int(-self.low / step + NEAR), int(self.high / step + NEAR)
        return [n * step for n in range(first, last + 1)]


def draw_axis(
    canvas: Canvas, scale: Scale, ends: tuple[float, float], step: float, title: str
) -> None:
    """Draw grid lines between a top and a bottom, their numbers below, and what they count."""
    top, bottom = ends
    for tick in scale.ticks(step):
        at = scale.at(tick)
        canvas.line([(at, top), (at, bottom)], PAPER.grid, 1)
        inside = min(max(at, _HALF_NUMBER), canvas.width - _HALF_NUMBER)
        number = f"{abs(tick):g}"
        canvas.text(inside, bottom + 16, number, size=12, color=PAPER.muted, anchor="center")
    canvas.text(scale.left, bottom + 36, title, size=12, color=PAPER.muted)


AXIS_HEIGHT = 44


def _row_lines(name: str, result: str, width: float) -> list[str]:
    """Return the lines of a row's name: one where the result fits beside it, else up to two."""
    room = width - text_width(result, 13) - 16
    if text_width(name, 14, bold=True) <= room:
        return [name]
    return wrapped(name, width, 14, bold=True)


def _draw_row_head(canvas: Canvas, y: float, lines: Sequence[str], result: str) -> float:
    """Write a row's name, with its result beside or below it; return where the bar may begin."""
    for line in lines:
        _clear(canvas, 0, y, text_width(line, 14, bold=True))
        canvas.text(0, y + 14, line, size=14, bold=True)
        y += LINE
    room = canvas.width - text_width(lines[-1], 14, bold=True) - 16
    wide = text_width(result, 13)
    if wide <= room:
        _clear(canvas, canvas.width - wide, y - LINE, wide)
        canvas.text(canvas.width, y - 4, result, anchor="right")
        return y + 3
    _clear(canvas, 0, y, wide)
    canvas.text(0, y + 13, result)
    return y + LINE + 3


def _clear(canvas: Canvas, x: float, y: float, width: float) -> None:
    """Take grid lines away from under a line of text."""
    canvas.bar(x - 2, y, width + 4, LINE, fill=PAPER.background)


def _head_height(lines: Sequence[str], result: str, width: float) -> float:
    """Return the height that ``_draw_row_head`` takes."""
    room = width - text_width(lines[-1], 14, bold=True) - 16
    return LINE * (len(lines) + (text_width(result, 13) > room)) + 3


class Rows:
    """Where the rows of a chart lie: names beside what is drawn, or above it.

    They stand above where there is no room beside, or where ``above`` asks for it. What is drawn
    lies between ``left`` and ``right``, each row ``thick`` pixels high and with a gap after it.
    """

    def __init__(  # noqa: PLR0913 - what stands in the rows, and their sizes
        self,
        names: Sequence[str],
        results: Sequence[str],
        *,
        width: float,
        thick: float,
        gap: float,
        above: bool = False,
    ) -> None:
        self.beside = width >= _BESIDE and not above
        self.left, self.right = 0.0, width
        self._results = results
        self._thick, self._gap = thick, gap
        if self.beside:
            self.left = min(_NAMES * width, max(text_width(n, 13, bold=True) for n in names) + 16)
            self.right -= max(text_width(r, 13) for r in results) + 16
            self._lines = [wrapped(n, self.left - 12, 13, bold=True) for n in names]
            self._heights = [max(thick, _TIGHT * len(own)) + gap for own in self._lines]
        else:
            pairs = list(zip(names, results, strict=True))
            self._lines = [_row_lines(n, r, width) for n, r in pairs]
            self._heights = [
                _head_height(own, r, width) + thick + gap
                for own, r in zip(self._lines, results, strict=True)
            ]

    @property
    def height(self) -> float:
        """The height of all rows."""
        return sum(self._heights)

    def draw(self, canvas: Canvas, top: float) -> Iterator[float]:
        """Write the names and results; yield for each row the middle of what is to be drawn."""
        for lines, result, height in zip(self._lines, self._results, self._heights, strict=True):
            if self.beside:
                middle = top + (height - self._gap) / 2
                first = middle + 4.5 - _TIGHT * (len(lines) - 1) / 2
                for n, line in enumerate(lines):
                    canvas.text(0, first + _TIGHT * n, line, bold=True)
                canvas.text(canvas.width, middle + 4.5, result, anchor="right")
                yield middle
            else:
                yield _draw_row_head(canvas, top, lines, result) + self._thick / 2
            top += height


def key_rows(labels: Sequence[str], width: float) -> list[list[tuple[int, str]]]:
    """Lay the labels of a key out in rows; each comes with its number, from 0."""
    rows: list[list[tuple[int, str]]] = [[]]
    used = 0.0
    for number, label in enumerate(labels):
        shown = wrapped(label, width - _KEY_GAP, 13, lines=1)[0]
        wide = _KEY_GAP + text_width(shown, 13) + 18
        if rows[-1] and used + wide - 18 > width:
            rows.append([])
            used = 0.0
        rows[-1].append((number, shown))
        used += wide
    return rows


def draw_key(
    canvas: Canvas,
    rows: Sequence[Sequence[tuple[int, str]]],
    sign: Callable[[float, float, int], None],
) -> float:
    """Draw a key at the top, ``sign`` drawing each sign around a point; return where it ends."""
    y = 0.0
    for row in rows:
        x = 0.0
        for number, label in row:
            sign(x + 7, y + 10, number)
            canvas.text(x + _KEY_GAP, y + 15, label)
            x += _KEY_GAP + text_width(label, 13) + 18
        y += 22
    return y


def on_color(color: str) -> str:
    """Return the color of text that can be read on another: black or white.

    >>> on_color("#14546e"), on_color("#c8ded6")
    ('#ffffff', '#000000')
    """
    red, green, blue = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    light = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)
    ]
    luminance = 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]
    return "#000000" if luminance > 0.179 else "#ffffff"
