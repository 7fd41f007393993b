"""Bars: where each program's points come from, and how two programs differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from mcda.analysis import Contributions, Difference, Ranking
from mcda.analysis.difference import Part
from mcda.analysis.wording import points, span
from mcda.charts.chart import Chart, Column, DataTable, Palette, layout, safe, wrapped
from mcda.charts.rows import (
    ROW,
    hatched_rows,
    lying_legend,
    number_axis,
    row_bars,
    row_label,
    rows_axis,
    steps_to,
)
from mcda.project import Run

_MAX_PARTS = 6
_PART_ROW = 72
_TICK = 20  # points between the numbers of an axis, which also fit on a phone


def ranking_bars(
    ranking: Ranking, parts: Contributions, groups: dict[str, str], palette: Palette
) -> Chart:
    """Draw one stacked bar a program: its points by group, then what is not known, hatched.

    Args:
        ranking: the weighted sum ranking.
        parts: the contributions behind it.
        groups: the group each criterion is drawn in, by criterion id; see ``bar_groups``.
        palette: the colours.
    """
    count = len(parts.programs)
    height = ROW * count + 132
    figure = {
        "data": _stacked(parts, groups, palette),
        "layout": layout(
            height,
            barmode="stack",
            bargap=0.7,
            showlegend=True,
            legend=lying_legend(1, above=True),
            margin={"l": 8, "r": 16, "t": 72, "b": 60},
            xaxis=_points_axis(palette, float(parts.high.sum(axis=1).max())),
            yaxis=rows_axis(count),
            annotations=[
                row_label(
                    row,
                    program.name,
                    f"place {ranking.result(program.id).rank_text} · "
                    f"{ranking.score_text(program.id)} points",
                )
                for row, program in enumerate(parts.programs)
            ],
        ),
    }
    return Chart(figure, _alt(ranking), _table(ranking, parts), height)


def _stacked(
    parts: Contributions, groups: dict[str, str], palette: Palette
) -> list[dict[str, Any]]:
    """Return the parts of every bar: the points of each group, then what is not known."""
    names = list(dict.fromkeys(groups[c.id] for c in parts.criteria))
    low = np.array(
        [parts.low[:, [groups[c.id] == name for c in parts.criteria]].sum(axis=1) for name in names]
    )
    traces = [
        row_bars(low[i], safe(name), palette.series[i % len(palette.series)], palette)
        for i, name in enumerate(names)
    ]
    spread = (parts.high - parts.low).sum(axis=1)
    if (spread > 0.05).any():
        unknown = hatched_rows(spread, "Not known exactly", palette)
        unknown["hovertemplate"] = "Up to %{x:.1f} more points, once it is known<extra></extra>"
        traces.append(unknown)
    return traces


def bar_groups(parts: Contributions, objectives: dict[str, str]) -> dict[str, str]:
    """Return what each criterion is drawn as: itself, or its objective where there are many.

    Args:
        parts: the contributions to draw.
        objectives: the name of each criterion's objective, by criterion id, where it has one.
    """
    own = {c.id: c.name for c in parts.criteria}
    if len(own) <= _MAX_PARTS:
        return own
    return {key: objectives.get(key, name) for key, name in own.items()}


def objective_names(run: Run) -> dict[str, str]:
    """Return the name of each criterion's objective, by criterion id, where it has one."""
    names = {o.id: o.name for o in run.evidence.objectives}
    return {c.id: names[c.parent] for c in run.active_criteria if c.parent in names}


def difference_bars(found: Difference, palette: Palette) -> Chart:
    """Draw what each criterion adds to A's lead over B: to the right for A, to the left for B."""
    parts = sorted(found.parts, key=lambda p: -(p.low + p.high))
    height = _PART_ROW * len(parts) + 154
    reach = max(max(abs(p.low), abs(p.high)) for p in parts) * 1.15 or 1.0
    axis = number_axis("points", palette, (-reach, reach))
    axis |= {"zeroline": True, "zerolinecolor": palette.text}
    # On a ground of their own, so that neither the axis nor a grid line strikes them through.
    labels = [
        row_label(row, p.name, _signed(p.low, p.high)) | {"bgcolor": palette.background}
        for row, p in enumerate(parts)
    ]
    figure = {
        "data": [_difference_trace(parts, palette)],
        "layout": layout(
            height,
            bargap=0.65,
            xaxis=axis,
            yaxis=rows_axis(len(parts)),
            annotations=[
                *labels,
                _direction(f"← {wrapped(found.b.name, 18, 2)}", 0, palette),
                _direction(f"{wrapped(found.a.name, 18, 2)} →", 1, palette),
            ],
            margin={"l": 8, "r": 8, "t": 16, "b": 114},
        ),
    }
    alt = (
        f"Bars: what each criterion adds to the lead of {found.a.name} over {found.b.name}. "
        f"{found.sentence}"
    )
    return Chart(figure, alt, _difference_table(found, parts), height)


def _difference_trace(parts: Sequence[Part], palette: Palette) -> dict[str, Any]:
    """Return a bar for each criterion, with a line over what it may be where that is a range."""
    middle = [p.likely if p.likely is not None else (p.low + p.high) / 2 for p in parts]
    colors = [palette.series[0] if m >= 0 else palette.series[1] for m in middle]
    bars: dict[str, Any] = {
        "type": "bar",
        "orientation": "h",
        "x": middle,
        "y": list(range(len(parts))),
        "marker": {"color": colors, "line": {"width": 0}},
        "hovertext": [f"{safe(p.name)}: {span(points(p.low), points(p.high))}" for p in parts],
        "hoverinfo": "text",
    }
    if any(p.low != p.high for p in parts):
        bars["error_x"] = {
            "type": "data",
            "symmetric": False,
            "array": [p.high - m for p, m in zip(parts, middle, strict=True)],
            "arrayminus": [m - p.low for p, m in zip(parts, middle, strict=True)],
            "color": palette.muted,
            "thickness": 2,
            "width": 0,
        }
    return bars


def _difference_table(found: Difference, parts: Sequence[Part]) -> DataTable:
    columns = (
        Column("Criterion"),
        Column(f"Points for {found.a.name} (minus: for {found.b.name})", numeric=True),
        Column(f"Recorded: {found.a.name} against {found.b.name}"),
    )
    rows = tuple((p.name, _signed(p.low, p.high), p.scores) for p in parts)
    caption = f"{found.a.name} and {found.b.name}, criterion by criterion"
    return DataTable(caption, columns, rows)


def _direction(text: str, end: int, palette: Palette) -> dict[str, Any]:
    """Return a note below one end of the axis: whom that way speaks for."""
    side = ("left", "right")[end]
    return {
        "x": end,
        "xref": "paper",
        "y": 0,
        "yref": "paper",
        "text": text,
        "showarrow": False,
        "xanchor": side,
        "align": side,
        "yanchor": "top",
        "yshift": -62,  # below the title of the axis
        "font": {"color": palette.muted},
    }


def _signed(low: float, high: float) -> str:
    ends = [f"{'+' if end >= 0.05 else ''}{points(end)}" for end in (low, high)]
    return span(*ends)


def _points_axis(palette: Palette, most: float) -> dict[str, Any]:
    end = min(_TICK * steps_to(most, _TICK), 100)
    return number_axis("points out of 100", palette, (0, end)) | {"dtick": _TICK}


def _alt(ranking: Ranking) -> str:
    listed = "; ".join(f"{p.name}, {ranking.score_text(p.id)}" for p in ranking.ranked)
    return f"Stacked bars, best first: points out of 100 by program. {listed}."


def _table(ranking: Ranking, parts: Contributions) -> DataTable:
    columns = (
        Column("Program"),
        Column("Place", numeric=True),
        Column("Points out of 100", numeric=True),
        *(Column(c.name, numeric=True) for c in parts.criteria),
    )
    rows = tuple(
        (
            program.name,
            ranking.result(program.id).rank_text,
            ranking.score_text(program.id),
            *(span(points(a), points(b)) for a, b in zip(parts.low[i], parts.high[i], strict=True)),
        )
        for i, program in enumerate(parts.programs)
    )
    return DataTable("Where each program's points come from", columns, rows)
