"""The logic model: a row of four boxes a phase, and a line from the last phase back to the first.

Boxes stand side by side where there is room, else one under another.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from mcda.charts.chart import DataTable
from mcda.charts.static.canvas import Canvas, wrapped
from mcda.charts.static.figure import PAPER, StaticChart
from mcda.lifecycle import Overview, Phase
from mcda.lifecycle.overview import COLUMNS, ColumnId

HEADINGS: dict[ColumnId, str] = {
    "inputs": "What goes in",
    "activities": "What is done",
    "outputs": "What comes out",
    "outcomes": "What it is to change",
}
_SIZE = 12
_LINE = 15
_PAD = 8
_LEFT = 26  # of the line that leads back
_GAP = 18  # between boxes, with an arrow in it
_TITLE = 26
_AFTER = 16
_BESIDE = 560  # pixels from which boxes stand side by side
_MOST_LINES = 5  # of one entry


@dataclass(frozen=True, slots=True)
class _Box:
    """A box: its heading, and the lines under it."""

    heading: str
    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        return 2 * _PAD + _LINE * (1 + len(self.lines))


def logic_model_chart(found: Overview, table: DataTable) -> StaticChart:
    """Draw the four phases; ``table`` has the same in words, with more of each."""
    return StaticChart(
        draw=partial(_draw, found),
        title="Our logic model",
        alt=_alt(found),
        table=table,
    )


def _alt(found: Overview) -> str:
    names = ", ".join(phase.title for phase in found.phases)
    return (
        f"Logic model: a row for each phase ({names}) with four boxes: what goes in, what is done, "
        "what comes out, what it is to change. A line leads from the last phase back to the first "
        "two. The table after it has more of the words."
    )


def _draw(found: Overview, width: float) -> Canvas:
    beside = width >= _BESIDE
    room = width - _LEFT
    wide = (room - 3 * _GAP) / 4 if beside else room
    rows = [[_box(phase, column, wide) for column in COLUMNS] for phase in found.phases]
    heights = [_height(row, beside=beside) for row in rows]
    canvas = Canvas(width, sum(_TITLE + h + _AFTER for h in heights))
    tops = []
    top = 0.0
    for number, (phase, row, height) in enumerate(zip(found.phases, rows, heights, strict=True), 1):
        canvas.text(_LEFT, top + 16, f"{number}. {phase.title}", size=15, bold=True)
        tops.append(top + 11)
        _draw_row(canvas, row, top + _TITLE, wide, beside=beside)
        top += _TITLE + height + _AFTER
    _draw_way_back(canvas, tops)
    return canvas


def _height(row: list[_Box], *, beside: bool) -> float:
    if beside:
        return max(box.height for box in row)
    return sum(box.height for box in row) + _GAP * (len(row) - 1)


def _draw_row(canvas: Canvas, row: list[_Box], top: float, wide: float, *, beside: bool) -> None:
    """Draw the boxes of a phase, an arrow from each to the next."""
    height = _height(row, beside=True)
    x, y = float(_LEFT), top
    for number, box in enumerate(row):
        tall = height if beside else box.height
        _draw_box(canvas, box, (x, y, wide, tall))
        last = number == len(row) - 1
        if beside:
            if not last:
                canvas.mark(x + wide + _GAP / 2, y + tall / 2, ">", 8, PAPER.muted)
            x += wide + _GAP
        else:
            if not last:
                canvas.mark(x + wide / 2, y + tall + _GAP / 2, "v", 8, PAPER.muted)
            y += tall + _GAP


def _draw_box(canvas: Canvas, box: _Box, place: tuple[float, float, float, float]) -> None:
    x, y, width, height = place
    canvas.bar(x, y, width, height, fill=PAPER.surface, edge=PAPER.unknown)
    base = y + _PAD + _SIZE
    canvas.text(x + _PAD, base, box.heading, size=_SIZE, bold=True)
    for number, line in enumerate(box.lines, start=1):
        canvas.text(x + _PAD, base + number * _LINE, line, size=_SIZE)


def _draw_way_back(canvas: Canvas, tops: list[float]) -> None:
    """Draw the line from the last phase up to the first two."""
    first, second, *_, last = tops
    x = 6.0
    canvas.line([(_LEFT - 6, last), (x, last), (x, first), (_LEFT - 12, first)], PAPER.accent, 2)
    canvas.line([(x, second), (_LEFT - 12, second)], PAPER.accent, 2)
    for at in (first, second):
        canvas.mark(_LEFT - 10, at, ">", 9, PAPER.accent)


def _box(phase: Phase, column: ColumnId, wide: float) -> _Box:
    shown, more = phase.at_a_glance(column)
    lines = [
        line
        for text in shown
        for line in wrapped(f"• {text}", wide - 2 * _PAD, _SIZE, lines=_MOST_LINES)
    ]
    if more:
        lines.append(f"and {more} more")
    return _Box(HEADINGS[column], tuple(lines or ["Nothing yet."]))
