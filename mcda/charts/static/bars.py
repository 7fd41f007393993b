"""Bars: where each program's points come from, any method's scores, how two programs differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from mcda.analysis import DEFAULT_METHOD, Contributions, Difference, Firmness, Ranking
from mcda.charts import bars as screen
from mcda.charts import firmness
from mcda.charts.chart import Column, DataTable
from mcda.charts.rows import steps_to
from mcda.charts.static.canvas import Canvas, text_width, wrapped
from mcda.charts.static.figure import (
    AXIS_HEIGHT,
    MOST_ROWS,
    PAPER,
    Rows,
    Scale,
    StaticChart,
    draw_axis,
    draw_key,
    key_rows,
    on_color,
)

_BAR = 18
_THIN, _THIN_GAP = 12, 6  # of bars for a difference
_GAP = 10
_FIFTHS = 5  # parts of an axis, the same however wide it is drawn
_UNKNOWN = "Not known exactly"


@dataclass(frozen=True, slots=True)
class _Row:
    """One bar: its name, its result in words, its parts, and what is not known after them."""

    name: str
    result: str
    parts: tuple[float, ...]
    spread: float

    @property
    def total(self) -> float:
        return sum(self.parts) + self.spread


def ranking_bars(ranking: Ranking, parts: Contributions, groups: dict[str, str]) -> StaticChart:
    """Draw one stacked bar a program: its points by group, then what is not known, hatched.

    The first programs are drawn, as many as ``MOST_ROWS``; each part has a number that the key
    explains, so that it can be told without color.

    Args:
        ranking: the weighted sum ranking.
        parts: the contributions behind it.
        groups: the group each criterion is drawn in; see ``mcda.charts.bars.bar_groups``.
    """
    whole = screen.ranking_bars(ranking, parts, groups, PAPER)
    ranking, parts = _first(ranking, MOST_ROWS), _first_parts(parts)
    shown = screen.ranking_bars(ranking, parts, groups, PAPER)
    names = list(dict.fromkeys(groups[c.id] for c in parts.criteria))
    inside = np.array([[groups[c.id] == name for c in parts.criteria] for name in names])
    rows = [
        _Row(
            program.name,
            _result(ranking, program.id),
            tuple((inside * low).sum(axis=1).tolist()),
            float(high.sum() - low.sum()),
        )
        for program, low, high in zip(parts.programs, parts.low, parts.high, strict=True)
    ]
    return StaticChart(
        draw=partial(_draw_bars, rows, names, 100, "points out of 100"),
        title="Where each program's points come from",
        alt=shown.alt,
        table=whole.table,
    )


def score_bars(ranking: Ranking, most: int = MOST_ROWS) -> StaticChart:
    """Draw one bar a program by any method: its score, then what is not known, hatched.

    The first programs are drawn, ``most`` of them.
    """
    first = _first(ranking, most)
    points = ranking.method == DEFAULT_METHOD
    unit = "points out of 100" if points else "closeness, from 0 to 1"
    rows = [
        _Row(p.name, _result(first, p.id), (low,), (p.score_high or 0.0) - low)
        for p in first.ranked
        for low in (p.score_low or 0.0,)
    ]
    title = f"{ranking.method_title}: the score of each program"
    listed = "; ".join(f"{p.name}, {first.score_text(p.id)}" for p in first.ranked)
    columns = (Column("Program"), Column("Place", numeric=True), Column(unit, numeric=True))
    cells = tuple((p.name, p.rank_text, ranking.score_text(p.id)) for p in ranking.ranked)
    return StaticChart(
        draw=partial(_draw_bars, rows, ["Score"], 100 if points else 1, unit),
        title=title,
        alt=f"Bars, best first: {unit}, by program. {listed}.",
        table=DataTable(title, columns, cells),
    )


def first_bars(found: Firmness) -> StaticChart:
    """Draw one bar a program: in how many of 100 weightings it is first.

    What depends on scores that are not known exactly is hatched.
    """
    shown = firmness.first_bars(found, PAPER)
    rows = [
        _Row(p.name, f"first {p.first.phrase}", (sure,), 100 * p.first.best.value - sure)
        for p in found.programs[:MOST_ROWS]
        for sure in (100 * p.first.worst.value,)
    ]
    unit = "sets of weights out of 100 in which it is first"
    return StaticChart(
        draw=partial(_draw_bars, rows, ["First"], 100, unit),
        title=shown.table.caption,
        alt=shown.alt,
        table=shown.table,
    )


def _first(ranking: Ranking, most: int) -> Ranking:
    return replace(ranking, programs=ranking.ranked[:most])


def _first_parts(parts: Contributions) -> Contributions:
    return replace(
        parts,
        programs=parts.programs[:MOST_ROWS],
        low=parts.low[:MOST_ROWS],
        high=parts.high[:MOST_ROWS],
    )


def _result(ranking: Ranking, program: str) -> str:
    unit = " points" if ranking.method == DEFAULT_METHOD else ""
    place = ranking.result(program).rank_text
    return f"place {place} · {ranking.score_text(program)}{unit}"


def _draw_bars(
    rows: Sequence[_Row], names: Sequence[str], whole: int, unit: str, width: float
) -> Canvas:
    """Draw the rows on an axis of at most the ``whole``: what a score can be, 1 or 100."""
    stacked = len(names) > 1
    # Many parts need the whole width.
    told, results = [row.name for row in rows], [row.result for row in rows]
    laid = Rows(told, results, width=width, thick=_BAR, gap=_GAP, above=stacked)
    key = [*names] if stacked else []
    if any(row.spread > whole / 2000 for row in rows):
        key.append(_UNKNOWN)
    keys = key_rows(key, width) if key else []
    top = 22.0 * len(keys) + (10 if keys else 0)
    bottom = top + laid.height
    canvas = Canvas(width, bottom + AXIS_HEIGHT)
    most = max(row.total for row in rows)
    step = whole / _FIFTHS
    scale = Scale(0, step * min(steps_to(most, step), _FIFTHS), laid.left, laid.right - 8)
    draw_axis(canvas, scale, (top, bottom), step, unit)
    draw_key(canvas, keys, partial(_draw_sign, canvas, names if stacked else ()))
    for row, middle in zip(rows, laid.draw(canvas, top), strict=True):
        _draw_parts(canvas, row, scale, middle - _BAR / 2, numbered=stacked)
    return canvas


def _draw_sign(canvas: Canvas, names: Sequence[str], x: float, y: float, number: int) -> None:
    if number >= len(names):
        canvas.hatched(x - 7, y - 7, 14, 14, PAPER.unknown)
        return
    color = _series(number)
    canvas.bar(x - 7, y - 7, 14, 14, fill=color)
    label = str(number + 1)
    canvas.text(x, y + 4, label, size=10, bold=True, color=on_color(color), anchor="center")


def _draw_parts(canvas: Canvas, row: _Row, scale: Scale, y: float, *, numbered: bool) -> None:
    start = 0.0
    for number, part in enumerate(row.parts):
        left, right = scale.at(start), scale.at(start + part)
        color = _series(number)
        canvas.bar(left, y, right - left, _BAR, fill=color, edge=PAPER.background)
        label = str(number + 1)
        if numbered and right - left >= text_width(label, 12, bold=True) + 6:
            middle, ink = (left + right) / 2, on_color(color)
            canvas.text(middle, y + 13, label, size=12, bold=True, color=ink, anchor="center")
        start += part
    left, right = scale.at(start), scale.at(start + row.spread)
    canvas.hatched(left, y + 0.5, right - left, _BAR - 1, PAPER.unknown)


def _series(number: int) -> str:
    return PAPER.series[number % len(PAPER.series)]


def difference_bars(found: Difference) -> StaticChart:
    """Draw what each criterion adds to A's lead over B: to the right for A, to the left for B.

    A thin line spans what the ranges allow.
    """
    shown = screen.difference_bars(found, PAPER)
    return StaticChart(
        draw=partial(_draw_difference, found, [row[1] for row in shown.table.rows]),
        title=f"What separates {found.a.name} and {found.b.name}",
        alt=shown.alt,
        table=shown.table,
    )


def _draw_difference(found: Difference, amounts: Sequence[str], width: float) -> Canvas:
    parts = sorted(found.parts, key=lambda p: -(p.low + p.high))
    rows = Rows([p.name for p in parts], amounts, width=width, thick=_THIN, gap=_THIN_GAP)
    side = (rows.right - rows.left) / 2 - 24
    sides = [wrapped(p.name, side, 13, bold=True) for p in (found.b, found.a)]
    top = 20.0 * max(len(side) for side in sides) + 12
    bottom = top + rows.height
    canvas = Canvas(width, bottom + AXIS_HEIGHT)
    reach = max(max(abs(p.low), abs(p.high)) for p in parts) or 1.0
    step = next(s for s in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50) if s * 6 >= reach or s == 50)
    end = step * steps_to(reach, step)
    scale = Scale(-end, end, rows.left, rows.right)
    draw_axis(canvas, scale, (top, bottom), step, "points, to the side of the program they help")
    middle = scale.at(0)
    for n, line in enumerate(sides[0]):
        canvas.text(middle - 12, 15 + 20 * n, line, bold=True, anchor="right")
    for n, line in enumerate(sides[1]):
        canvas.text(middle + 12, 15 + 20 * n, line, bold=True)
    # The font has no arrows: each stands alone, so that its name is drawn in the font.
    start = middle - 16 - text_width(sides[0][0], 13, bold=True)
    end = middle + 16 + text_width(sides[1][-1], 13, bold=True)
    canvas.text(start, 15, "←", bold=True, anchor="right")
    canvas.text(end, 15 + 20 * (len(sides[1]) - 1), "→", bold=True)
    for part, y in zip(parts, rows.draw(canvas, top), strict=True):
        likely = part.likely if part.likely is not None else (part.low + part.high) / 2
        left, right = sorted((middle, scale.at(likely)))
        fill = PAPER.series[0] if likely >= 0 else PAPER.series[1]
        canvas.bar(left, y - _THIN / 2, right - left, _THIN, fill=fill, edge=PAPER.text)
        if part.low != part.high:
            ends = [(scale.at(end), y) for end in (part.low, part.high)]
            canvas.line(ends, PAPER.background, 5)
            canvas.line(ends, PAPER.text, 2)
        canvas.line([(middle, y - 10), (middle, y + 10)], PAPER.text, 1.5)
    return canvas
