"""The slope chart: each program's place under one weighting after another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mcda.analysis import Comparison, ProgramResult, Ranking
from mcda.charts.chart import Chart, Column, DataTable, Palette, layout, wrapped

_ROW = 56
_TOP = 132
_LABEL = 19
_THIN = 0.6  # the opacity of a thin line
SLOPE_MOST = 5
"""How many weightings the chart shows; more would not be legible on a phone."""


def slope_chart(found: Comparison, palette: Palette) -> Chart:
    """Draw a line a program across the weightings, its place in a box on each.

    Programs stand in their order under each weighting; where the place is a range, the box has
    the whole of it. Line and boxes of a program have its colour; those of programs that may come
    first anywhere are thick. Every line has its name at its left end. Only the first
    ``SLOPE_MOST`` weightings are drawn; the table has all.
    """
    drawn = found.rankings[:SLOPE_MOST]
    order = [p.id for p in drawn[0].ranked]
    places = [{p.id: row for row, p in enumerate(r.ranked)} for r in drawn]
    firsts = [i for i in order if any(r.result(i).rank_best == 1 for r in drawn)]
    colors = _colors(sorted(order, key=lambda i: i not in firsts), palette)
    traces, notes = [], []
    # What may come first is drawn last, over the thin lines.
    for item in sorted(order, key=lambda i: i in firsts):
        rows = [by_id[item] for by_id in places]
        results = [r.result(item) for r in drawn]
        traces.append(_line(rows, colors[item], wide=item in firsts))
        notes += [
            _place(at, row, result, colors[item], palette)
            for at, (row, result) in enumerate(zip(rows, results, strict=True))
        ]
    height = _ROW * len(order) + _TOP
    figure = {
        "data": traces,
        "layout": layout(
            height,
            margin={"l": 8, "r": 16, "t": 8, "b": 8},
            hovermode=False,
            xaxis=_weightings_axis([r.weighting.name for r in drawn]),
            yaxis=_programs_axis(drawn[0].ranked),
            annotations=notes,
        ),
    }
    return Chart(figure, _alt(drawn), place_table(found), height)


def place_table(found: Comparison) -> DataTable:
    """Return the places as a table: a row a program, a column a weighting."""
    base = found.rankings[0]
    columns = (Column("Program"), *(Column(r.weighting.name, numeric=True) for r in found.rankings))
    rows = tuple(
        (p.name, *(r.result(p.id).rank_text for r in found.rankings)) for p in base.programs
    )
    return DataTable("Places by weighting", columns, rows)


def places_in_short(text: str) -> str:
    """Write the places a program may hold for where there is little room.

    >>> places_in_short("1 to 3"), places_in_short("2")
    ('1–3', '2')
    """
    return text.replace(" to ", "–")


def _colors(order: Sequence[str], palette: Palette) -> dict[str, str]:
    """Return a colour for each program as long as there are some left, then grey."""
    left = iter(palette.series)
    return {item: next(left, palette.unknown) for item in order}


def _line(rows: list[int], color: str, *, wide: bool) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": list(range(len(rows))),
        "y": rows,
        "line": {"color": color, "width": 4 if wide else 1.5},
        "opacity": 1 if wide else _THIN,
    }


def _place(
    at: int, row: int, result: ProgramResult, color: str, palette: Palette
) -> dict[str, Any]:
    strong = result.rank_best == 1
    text = places_in_short(result.rank_text)
    return {
        "x": at,
        "y": row,
        "text": f"<b>{text}</b>" if strong else text,
        "showarrow": False,
        "bgcolor": palette.background,
        "bordercolor": color,
        "borderwidth": 3 if strong else 1,
        "borderpad": 3,
        "font": {"color": palette.text},
    }


def _weightings_axis(names: list[str]) -> dict[str, Any]:
    """Return the axis of weightings, on top; names are turned where they would not fit."""
    count = len(names)
    return {
        "side": "top",
        "range": [-0.4, count - 0.6],
        "tickmode": "array",
        "tickvals": list(range(count)),
        "ticktext": [wrapped(name, 15) for name in names],
        "autotickangles": [0, 90],
        "automargin": True,
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "fixedrange": True,
    }


def _programs_axis(ranked: tuple[ProgramResult, ...]) -> dict[str, Any]:
    return {
        "range": [len(ranked) - 0.4, -0.6],
        "tickmode": "array",
        "tickvals": list(range(len(ranked))),
        "ticktext": [wrapped(p.name, _LABEL) for p in ranked],
        "automargin": True,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }


def _alt(drawn: Sequence[Ranking]) -> str:
    names = [r.weighting.name for r in drawn]
    said = "; ".join(
        f"{p.name}, {', '.join(r.result(p.id).rank_text for r in drawn)}" for p in drawn[0].ranked
    )
    return f"Slope chart: places of each program under {', '.join(names)}. {said}."
