"""Horizontal bars, a row each: the name and the result stand above the bar they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from mcda.charts.chart import Palette, wrapped

ROW = 84
"""The height of a row in pixels, with the two lines above its bar."""


def row_bars(values: Sequence[float], name: str, color: str, palette: Palette) -> dict[str, Any]:
    """Return one part of every bar, row by row from the top.

    Args:
        values: how long the part is in each row.
        name: what the part is, as the legend says it; made safe for Plotly.
        color: its colour.
        palette: the colours of the theme.
    """
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "x": [round(float(v), 4) for v in values],
        "y": list(range(len(values))),
        "marker": {"color": color, "line": {"color": palette.background, "width": 1}},
        "hovertemplate": f"{name}: %{{x:.1f}} points<extra></extra>",
    }


def hatched_rows(values: Sequence[float], name: str, palette: Palette) -> dict[str, Any]:
    """Return the part of every bar that depends on what is not known, hatched."""
    trace = row_bars(values, name, palette.background, palette)
    trace["marker"] = {
        "color": palette.background,
        "line": {"color": palette.unknown, "width": 1},
        "pattern": {"shape": "/", "fgcolor": palette.unknown, "size": 8, "solidity": 0.25},
    }
    return trace


def rows_axis(count: int) -> dict[str, Any]:
    """Return the unseen axis of rows, the first one on top, with room for its label."""
    return {"range": [count - 0.75, -0.85], "visible": False, "fixedrange": True}


NAME = 44
"""How many letters fit on one line on a phone, in any browser: widths differ by some percent."""


def row_label(row: int, name: str, result: str, lines: int = 1) -> dict[str, Any]:
    """Return the words above a bar: the name, then the result, which is safe already.

    A longer name goes on over so many ``lines``, and is cut after them.
    """
    return {
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": row,
        "yanchor": "bottom",
        "yshift": 13,
        "align": "left",
        "showarrow": False,
        "text": f"<b>{wrapped(name, NAME, lines)}</b><br>{result}",
    }


def lying_legend(y: float, *, above: bool) -> dict[str, Any]:
    """Return a legend that lies above or below a height, in parts of that of the rows."""
    return {
        "orientation": "h",
        "x": 0,
        "y": y,
        "yanchor": "bottom" if above else "top",
        "traceorder": "normal",
    }


NEAR = 1e-9
"""Of a step, by which sums of decimals may be off."""


def steps_to(most: float, step: float) -> int:
    """Return how many steps an axis needs so that a tick stands at or past the most; 1 at least.

    >>> steps_to(67.3, 20), steps_to(0.1 + 0.2, 0.1), steps_to(0, 20)
    (4, 3, 1)
    """
    return max(1, ceil(most / step - NEAR))


def number_axis(title: str, palette: Palette, ends: tuple[float, float]) -> dict[str, Any]:
    """Return an axis of numbers from end to end, with its title and the theme's quiet lines."""
    return {
        "range": list(ends),
        "title": {"text": title, "standoff": 12},
        "gridcolor": palette.grid,
        "zeroline": False,
        "fixedrange": True,
        "tickfont": {"color": palette.muted},
        "automargin": False,
    }
