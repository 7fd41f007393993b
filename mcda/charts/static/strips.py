"""Dot strips: how much each criterion counts, one strip a criterion, one dot a weighting."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from mcda.analysis import UsedWeights
from mcda.analysis.wording import percent, span
from mcda.charts import weights as screen
from mcda.charts.rows import steps_to
from mcda.charts.static.canvas import Canvas
from mcda.charts.static.figure import (
    AXIS_HEIGHT,
    PAPER,
    Rows,
    Scale,
    StaticChart,
    draw_axis,
    draw_key,
    key_rows,
)
from mcda.project import Criterion

_SHAPES = "osD^P*hv"
_STRIP = 20
_GAP = 8


def weight_strips(weightings: Sequence[UsedWeights], criteria: Sequence[Criterion]) -> StaticChart:
    """Draw the shares of each criterion as marks on a line from 0, the heaviest first.

    The order is that of the first weighting. Up to eight weightings have a shape and a color
    each; of more, only the first is told apart.
    """
    shown = screen.weight_strips(weightings, criteria, PAPER)
    rows = sorted(criteria, key=lambda c: -weightings[0].weights[c.id])
    return StaticChart(
        draw=partial(_draw, weightings, rows),
        title=shown.table.caption,
        alt=shown.alt,
        table=shown.table,
    )


def _draw(weightings: Sequence[UsedWeights], rows: Sequence[Criterion], width: float) -> Canvas:
    named = len(weightings) <= len(_SHAPES)
    labels = [w.name for w in weightings] if named else [weightings[0].name, "Everyone else"]
    keys = key_rows(labels, width)
    shares = [[100 * w.weights[c.id] for w in weightings] for c in rows]
    told = [_told(own) for own in shares]
    laid = Rows([c.name for c in rows], told, width=width, thick=_STRIP, gap=_GAP)
    top = 22.0 * len(keys) + 10
    bottom = top + laid.height
    canvas = Canvas(width, bottom + AXIS_HEIGHT)
    most = max(max(own) for own in shares)
    step = next(s for s in (1, 2, 5, 10, 20) if s * 6 >= most or s == 20)
    scale = Scale(0, max(step * steps_to(most, step), 5), laid.left + 8, laid.right - 8)
    draw_axis(canvas, scale, (top, bottom), step, "share of the weight, in percent")
    draw_key(canvas, keys, lambda x, y, n: _mark(canvas, x, y, n, named=named))
    for own, y in zip(shares, laid.draw(canvas, top), strict=True):
        canvas.line([(scale.at(min(own)), y), (scale.at(max(own)), y)], PAPER.unknown, 2)
        # The first is drawn last, so that nothing covers it.
        for at in reversed(range(len(own))):
            _mark(canvas, scale.at(own[at]), y, at, named=named)
    return canvas


def _told(shares: Sequence[float]) -> str:
    return span(percent(min(shares) / 100), percent(max(shares) / 100))


def _mark(canvas: Canvas, x: float, y: float, at: int, *, named: bool) -> None:
    if not named and at > 0:
        canvas.mark(x, y, "o", 7, PAPER.muted)
        return
    canvas.mark(x, y, _SHAPES[at] if named else "D", 13, PAPER.series[at % len(PAPER.series)])
