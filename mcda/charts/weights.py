"""Dot strips: how much each criterion counts, one strip a criterion, one dot a weighting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from mcda.analysis import UsedWeights
from mcda.analysis.wording import percent, span
from mcda.charts.chart import Chart, Column, DataTable, Palette, layout, safe, wrapped
from mcda.charts.rows import lying_legend, number_axis
from mcda.project import Criterion
from mcda.project.text import counted

_ROW = 56
_LEGEND_ROW = 26
_MOST_NAMED = 8
_SHAPES = (
    "circle",
    "square",
    "diamond",
    "triangle-up",
    "cross",
    "star",
    "hexagon",
    "triangle-down",
)


def weight_strips(
    weightings: Sequence[UsedWeights], criteria: Sequence[Criterion], palette: Palette
) -> Chart:
    """Draw the shares of each criterion as dots on a line from 0, the heaviest criterion first.

    The order is that of the first weighting. Up to eight weightings have a shape and a colour
    each; of more, only the first is told apart, as in a large room the spread is the message.

    Args:
        weightings: the weightings, the first one the one that leads.
        criteria: the criteria in use.
        palette: the colours.
    """
    rows = sorted(criteria, key=lambda c: -weightings[0].weights[c.id])
    shares = np.array([w.vector(rows) for w in weightings]) * 100
    named = len(weightings) <= _MOST_NAMED
    legend = 8 + _LEGEND_ROW * (-(-len(weightings) // 2) if named else 1)
    height = _ROW * len(rows) + legend + 88
    most = max(float(shares.max()) * 1.08, 5.0)
    traces = [
        _spreads(shares, palette),
        *(
            _dots(weightings, i, shares[i], rows, palette)
            # The first is drawn last, so that nothing covers it.
            for i in reversed(range(len(weightings)))
        ),
    ]
    figure = {
        "data": traces,
        "layout": layout(
            height,
            showlegend=True,
            # The first weighting is drawn last and named first.
            legend=lying_legend(1, above=True) | {"traceorder": "reversed"},
            margin={"l": 8, "r": 8, "t": legend, "b": 72},
            hovermode="closest",
            # Room to the left of 0, so that a dot there is whole.
            xaxis=number_axis("share of the weight, in percent", palette, (-most * 0.03, most)),
            yaxis={"range": [len(rows) - 0.5, -0.8], "visible": False, "fixedrange": True},
            annotations=[_name(row, c.name, palette) for row, c in enumerate(rows)],
        ),
    }
    return Chart(figure, _alt(weightings, rows), _table(weightings, rows), height)


def _spreads(shares: np.ndarray[Any, Any], palette: Palette) -> dict[str, Any]:
    """Return a line through each strip, from the lowest share to the highest."""
    x: list[float | None] = []
    y: list[float | None] = []
    for row in range(shares.shape[1]):
        x += [float(shares[:, row].min()), float(shares[:, row].max()), None]
        y += [row, row, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": palette.unknown, "width": 2},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _dots(
    weightings: Sequence[UsedWeights],
    at: int,
    shares: np.ndarray[Any, Any],
    rows: Sequence[Criterion],
    palette: Palette,
) -> dict[str, Any]:
    """Return the dots of one weighting, a little above or below the line by its place."""
    count = len(weightings)
    named = count <= _MOST_NAMED
    shift = 0.0 if count == 1 else 0.2 * (at / (count - 1) - 0.5)
    leads = at == 0
    color = palette.series[at % len(palette.series)] if named or leads else palette.muted
    shape = _SHAPES[at % len(_SHAPES)] if named else ("diamond" if leads else "circle-open")
    name = wrapped(weightings[at].name, 26, 1) if named or leads else "Everyone else"
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [round(float(share), 4) for share in shares],
        "y": [row + shift for row in range(len(rows))],
        "marker": {
            "symbol": shape,
            "size": 14 if named or leads else 9,
            "color": color,
            "line": {"color": palette.background, "width": 1},
        },
        "hovertext": [
            f"{safe(weightings[at].name)}, {safe(c.name)}: {share:.1f}%"
            for c, share in zip(rows, shares, strict=True)
        ],
        "hoverinfo": "text",
        "showlegend": named or leads or at == 1,
    }


def _name(row: int, name: str, palette: Palette) -> dict[str, Any]:
    """Return the name above a strip, on a ground of its own: no line runs through it."""
    return {
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": row,
        "yshift": 22,
        "text": f"<b>{wrapped(name, 40, 1)}</b>",
        "bgcolor": palette.background,
        "borderpad": 1,
        "showarrow": False,
    }


def _alt(weightings: Sequence[UsedWeights], rows: Sequence[Criterion]) -> str:
    said = []
    for criterion in rows:
        shares = [w.weights[criterion.id] for w in weightings]
        said.append(f"{criterion.name}, {span(percent(min(shares)), percent(max(shares)))}")
    whose = counted(len(weightings), "weighting")
    return f"Dot strips: the share of each criterion under {whose}. {'; '.join(said)}."


def _table(weightings: Sequence[UsedWeights], rows: Sequence[Criterion]) -> DataTable:
    columns = (
        Column("Criterion"),
        *(Column(f"{w.name}, percent", numeric=True) for w in weightings),
    )
    cells = tuple((c.name, *(f"{100 * w.weights[c.id]:.1f}" for w in weightings)) for c in rows)
    return DataTable("How much each criterion counts", columns, cells)
