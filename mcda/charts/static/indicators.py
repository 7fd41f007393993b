"""The chart of one indicator: what was observed against what was to be expected, over time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from mcda.charts import indicators as screen
from mcda.charts.static.canvas import Canvas, text_width
from mcda.charts.static.figure import PAPER, Scale, StaticChart
from mcda.charts.static.gantt import months
from mcda.lifecycle.indicators import HIDDEN, IndicatorState

_TOP, _PLOT, _AXIS = 24, 104, 26
_TICK = 104  # pixels that the words of one month take, with some room
_DASH, _GAP = 7.0, 5.0
_HALF_MONTH = 30
_BETWEEN = 4
_ABOVE, _BELOW = -11, 21  # from the middle of a mark to the base line of its number
_GROUND = 12  # from that base line to the top of the number's ground
_OFF_AXIS = 5  # from the axis to the base line of words just above it
_LETTERS = 9  # pixels by which words reach above their base line


def indicator_chart(state: IndicatorState) -> StaticChart | None:
    """Draw the comparable periods of an indicator; None where nothing comparable was observed.

    A mark stands at the end of each period that may be shown, a diamond where it is off target. A
    dashed line is what was to be expected. A period that is hidden is a grey band of full height,
    whatever its number is. Where two numbers would overlap, the later one is written.
    """
    found = screen.drawing(state)
    if found is None:
        return None
    return StaticChart(
        draw=partial(_draw, found),
        title=state.indicator.name,
        alt=screen.indicator_alt(state),
        table=screen.indicator_table(state),
    )


def _draw(found: screen.Drawing, width: float) -> Canvas:
    bottom = _TOP + _PLOT
    canvas = Canvas(width, bottom + _AXIS)
    beside = text_width(found.target_text, 12) + 8 if found.expected else 0
    across = Scale(found.first.toordinal(), found.last.toordinal(), 0, width - beside)
    up = Scale(found.low, found.high, bottom, _TOP)
    _draw_bands(canvas, found, across)
    axis = up.at(max(found.low, 0.0))
    canvas.line([(0, axis), (width, axis)], PAPER.grid, 1)
    for month in months(found.first, found.last, int(width / _TICK) + 1):
        at = across.at(month.toordinal())
        canvas.line([(at, bottom), (at, bottom + 5)], PAPER.muted, 1)
        if _HALF_MONTH <= at <= width - _HALF_MONTH:
            text = f"{month:%b %Y}"
            canvas.text(at, bottom + 19, text, size=12, color=PAPER.muted, anchor="center")
    _draw_expected(canvas, found, across, up)
    for run in found.runs:
        _draw_run(canvas, found, run, across, up)
    return canvas


def _draw_bands(canvas: Canvas, found: screen.Drawing, across: Scale) -> None:
    """Draw each hidden period as a band; its words stand above it."""
    for first, last in found.hidden:
        left, right = across.at(first.toordinal()), across.at(last.toordinal() + 1)
        canvas.bar(left, _TOP, right - left, _PLOT, fill=PAPER.surface, edge=PAPER.grid)
        half = text_width(HIDDEN, 12) / 2
        middle = min(max((left + right) / 2, half), canvas.width - half)
        canvas.text(middle, _TOP - 8, HIDDEN, size=12, color=PAPER.muted, anchor="center")


def _draw_expected(canvas: Canvas, found: screen.Drawing, across: Scale, up: Scale) -> None:
    points = [(across.at(day.toordinal()), up.at(value)) for day, value in found.expected]
    for start, end in pairwise(points):
        for piece in _dashes(start, end):
            canvas.line(piece, PAPER.muted, 2)
    if len(points) == 1:
        x, y = points[0]
        canvas.line([(x - _DASH, y), (x + _DASH, y)], PAPER.muted, 2)
    if points:
        _draw_target(canvas, found, *points[-1], up)


def _draw_target(canvas: Canvas, found: screen.Drawing, x: float, y: float, up: Scale) -> None:
    """Write the target beside the end of its line; above the axis where that would strike it."""
    axis = up.at(max(found.low, 0.0))
    struck = abs(y - axis) < _LETTERS
    # Words that are raised come beside the number of a mark at the end of the line.
    ends = [mark.text for mark in found.marks if struck and mark.at == found.expected[-1][0]]
    gap = max([10.0, *(text_width(text, 13, bold=True) / 2 + 6 for text in ends)])
    left = min(x + gap, canvas.width - text_width(found.target_text, 12))
    base = axis - _OFF_AXIS if struck else y + 4
    canvas.text(left, base, found.target_text, size=12, color=PAPER.muted)


def _dashes(
    start: tuple[float, float], end: tuple[float, float]
) -> list[list[tuple[float, float]]]:
    """Return a straight line as pieces with gaps between them.

    >>> [[x for x, _ in piece] for piece in _dashes((0.0, 0.0), (20.0, 0.0))]
    [[0.0, 7.0], [12.0, 19.0]]
    """
    (x0, y0), (x1, y1) = start, end
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    pieces = []
    at = 0.0
    while at < length:
        ends = (at / length, min(at + _DASH, length) / length)
        pieces.append([(x0 + t * (x1 - x0), y0 + t * (y1 - y0)) for t in ends])
        at += _DASH + _GAP
    return pieces


def _draw_run(
    canvas: Canvas, found: screen.Drawing, run: Sequence[screen.Mark], across: Scale, up: Scale
) -> None:
    points = [(across.at(mark.at.toordinal()), up.at(mark.value)) for mark in run]
    if len(points) > 1:
        canvas.line(points, PAPER.accent, 2.5)
    free = canvas.width  # where the next number, to the right, begins
    for mark, (x, y) in reversed(list(zip(run, points, strict=True))):
        canvas.mark(x, y, "D" if mark.on_target is False else "o", 11, PAPER.accent)
        half = text_width(mark.text, 13, bold=True) / 2
        middle = min(max(x, half), canvas.width - half)
        if middle + half > free:
            continue  # the table has it
        base = y + (_BELOW if found.is_below(mark, _PLOT) else _ABOVE)
        canvas.bar(middle - half - 1, base - _GROUND, 2 * half + 2, 14, fill=PAPER.background)
        canvas.text(middle, base, mark.text, bold=True, anchor="center")
        free = middle - half - _BETWEEN
