"""The slope chart: each program's place under one weighting after another."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from string import ascii_uppercase

from mcda.analysis import Comparison, Ranking
from mcda.charts import slope as screen
from mcda.charts.static.canvas import Canvas, text_width, wrapped
from mcda.charts.static.figure import LINE, MOST_ROWS, PAPER, StaticChart

_ROW = 34
_COLUMN = 62
_NAMES = 0.28  # of the width
_LETTERS = ascii_uppercase  # more than there are rows


def slope_chart(found: Comparison) -> StaticChart:
    """Draw a line a program across the weightings, its place in a box on each.

    Programs stand in their order under each weighting; a bar spans the places a program may
    hold there. Each has a letter, which its boxes repeat, so that it is found without colors.
    Those that may come first anywhere have a color and a thick line. Of many programs only those
    with the best places under the first weighting are drawn.
    """
    shown = screen.slope_chart(found, PAPER)
    columns = len(found.rankings)
    return StaticChart(
        draw=partial(_draw, _first(found)),
        title=shown.table.caption,
        alt=shown.alt,
        table=shown.table,
        least_width=max(300, columns * _COLUMN / (1 - _NAMES)),
    )


def _first(found: Comparison) -> Comparison:
    kept = {p.id for p in found.rankings[0].ranked[:MOST_ROWS]}
    rankings = tuple(
        replace(r, programs=tuple(p for p in r.ranked if p.id in kept)) for r in found.rankings
    )
    return replace(found, rankings=rankings)


def _draw(found: Comparison, width: float) -> Canvas:
    rankings, order = found.rankings, [p.id for p in found.rankings[0].ranked]
    left = width * _NAMES
    column = (width - left) / len(rankings)
    heads = [wrapped(r.weighting.name, column - 6, 12, bold=True, lines=4) for r in rankings]
    top = LINE * max(len(head) for head in heads) + 8.0
    canvas = Canvas(width, top + _ROW * len(order) + 4)
    middles = [left + column * (n + 0.5) for n in range(len(rankings))]
    for head, x in zip(heads, middles, strict=True):
        for n, line in enumerate(head):
            canvas.text(x, 14 + LINE * n, line, size=12, bold=True, anchor="center")
    for row, item in enumerate(order):
        name = f"{_LETTERS[row]}  {rankings[0].result(item).name}"
        lines = wrapped(name, left - 8, 12, lines=2)
        y = top + _ROW * (row + 0.5) + 4 - (len(lines) - 1) * 7
        for n, line in enumerate(lines):
            canvas.text(0, y + 14 * n, line, size=12)
    firsts = [i for i in order if any(r.result(i).rank_best == 1 for r in rankings)]
    colors = {
        i: PAPER.series[firsts.index(i) % 10] if i in firsts else PAPER.unknown for i in order
    }
    # What may come first is drawn last, over the grey lines, and the places over all lines.
    layers = sorted(order, key=lambda i: i in firsts)
    for item in layers:
        shift = 14 * (order.index(item) / max(len(order) - 1, 1) - 0.5)
        wide = item in firsts
        _draw_line(canvas, rankings, item, middles, top, colors[item], shift, wide=wide)
    for item in layers:
        letter, first = _LETTERS[order.index(item)], item in firsts
        _draw_places(canvas, rankings, item, letter, middles, top, colors[item], bold=first)
    return canvas


def _draw_line(  # noqa: PLR0913, PLR0917 - whose line, where, and how it looks
    canvas: Canvas,
    rankings: tuple[Ranking, ...],
    item: str,
    middles: list[float],
    top: float,
    color: str,
    shift: float,
    *,
    wide: bool,
) -> None:
    rows = [[p.id for p in r.ranked].index(item) for r in rankings]
    ys = [top + _ROW * (row + 0.5) for row in rows]
    canvas.line(list(zip(middles, ys, strict=True)), color, 3.5 if wide else 1.5)
    for ranking, x, row in zip(rankings, middles, rows, strict=True):
        result = ranking.result(item)
        best, worst = (result.rank_best or 1) - 1, (result.rank_worst or 1) - 1
        last = len(ranking.ranked) - 1
        if best != worst:
            ends = [top + _ROW * (min(at, last) + 0.5) for at in (min(best, row), max(worst, row))]
            canvas.line([(x + shift, end) for end in ends], color, 4, alpha=0.45)


def _draw_places(  # noqa: PLR0913, PLR0917 - whose places, where, and how they look
    canvas: Canvas,
    rankings: tuple[Ranking, ...],
    item: str,
    letter: str,
    middles: list[float],
    top: float,
    color: str,
    *,
    bold: bool,
) -> None:
    for ranking, x in zip(rankings, middles, strict=True):
        y = top + _ROW * ([p.id for p in ranking.ranked].index(item) + 0.5)
        text = f"{letter} {ranking.result(item).rank_text.replace(' to ', '–')}"
        half = text_width(text, 12, bold=bold) / 2 + 5
        canvas.bar(x - half, y - 10, 2 * half, 20, fill=PAPER.background, edge=color)
        canvas.text(x, y + 4.5, text, size=12, bold=bold, anchor="center")
