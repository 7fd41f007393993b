"""The slope chart: each program's place under one weighting after another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from string import ascii_uppercase

from mcda.analysis import Comparison, ProgramResult, Ranking
from mcda.charts import slope as screen
from mcda.charts.static.canvas import Canvas, text_width, wrapped
from mcda.charts.static.figure import LINE, MOST_ROWS, PAPER, StaticChart

_ROW = 34
_COLUMN = 62
_NAMES = 0.28  # of the width
_LETTERS = ascii_uppercase  # more than there are rows


def slope_chart(found: Comparison) -> StaticChart:
    """Draw a line a program across the weightings, its place in a box on each.

    Programs stand in their order under each weighting; where the place is a range, the box has
    the whole of it. Each has a letter, which its boxes repeat, so that it is found without colors.
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
    tracks = _tracks(rankings, order, middles, top)
    # What may come first is drawn last, over the grey lines, and the places over all lines.
    tracks.sort(key=lambda track: track.is_first)
    for track in tracks:
        canvas.line(track.points, track.color, 3.5 if track.is_first else 1.5)
    for track in tracks:
        _draw_places(canvas, track)
    return canvas


@dataclass(frozen=True, slots=True)
class _Track:
    """One program across the weightings: where its boxes stand, and how they look."""

    letter: str
    color: str
    is_first: bool
    points: tuple[tuple[float, float], ...]
    results: tuple[ProgramResult, ...]


def _tracks(
    rankings: tuple[Ranking, ...], order: list[str], middles: list[float], top: float
) -> list[_Track]:
    firsts = [i for i in order if any(r.result(i).rank_best == 1 for r in rankings)]
    tracks = []
    for row, item in enumerate(order):
        rows = [[p.id for p in r.ranked].index(item) for r in rankings]
        ys = [top + _ROW * (at + 0.5) for at in rows]
        track = _Track(
            letter=_LETTERS[row],
            color=PAPER.series[firsts.index(item) % 10] if item in firsts else PAPER.unknown,
            is_first=item in firsts,
            points=tuple(zip(middles, ys, strict=True)),
            results=tuple(r.result(item) for r in rankings),
        )
        tracks.append(track)
    return tracks


def _draw_places(canvas: Canvas, track: _Track) -> None:
    for result, (x, y) in zip(track.results, track.points, strict=True):
        text = f"{track.letter} {screen.places_in_short(result.rank_text)}"
        half = text_width(text, 12, bold=track.is_first) / 2 + 5
        canvas.bar(x - half, y - 10, 2 * half, 20, fill=PAPER.background, edge=track.color)
        canvas.text(x, y + 4.5, text, size=12, bold=track.is_first, anchor="center")
