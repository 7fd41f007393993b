"""How firm a ranking is: firsts in 100 weightings, the places in between, lines that cross."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from mcda.analysis import CrossingLines, Firmness, FirstShare, Line, ProgramFirmness, Share
from mcda.analysis.wording import percent, span
from mcda.charts.chart import Chart, Column, DataTable, Palette, data_table, layout, safe, wrapped
from mcda.charts.rows import (
    ROW,
    hatched_rows,
    lying_legend,
    number_axis,
    row_bars,
    row_label,
    rows_axis,
)

_LINES = 320
_TITLE_WIDTH = 24  # characters
_NUMBERS_ROOM, _TITLE_ROW = 52, 30  # also enough in a projector's type
_OTHERS = "Others, in grey: see the table"
_LEGEND_ROW, _LEGEND_LINES = 26, 3  # lines on a phone
_TOP = 8
_LEGEND_WIDTH = 34  # characters
_VISIBLE = 0.05
ANYWHERE = "First, scores anywhere in range"


def first_bars(found: Firmness, palette: Palette) -> Chart:
    """Draw one bar a program: in how many of 100 weightings it is first.

    The plain part holds whatever the unknown scores turn out to be, the hatched part depends
    on them; a diamond marks the share with every score anywhere in its range.
    """
    traces = _firsts(found, palette)
    ranged = len(traces) > 1
    count = len(found.programs)
    axis = _NUMBERS_ROOM + _TITLE_ROW
    bottom = axis + (_LEGEND_LINES * _LEGEND_ROW if ranged else 0)
    height = _TOP + ROW * count + bottom
    figure = {
        "data": traces,
        "layout": layout(
            height,
            barmode="stack",
            bargap=0.7,
            showlegend=ranged,
            # Below the title of the axis, so that the bars begin at the top.
            legend=lying_legend(-axis / (ROW * count), above=False),
            margin={"l": 8, "r": 20, "t": _TOP, "b": bottom},
            xaxis=number_axis("out of 100 sets of weights", palette, (0, 100)),
            yaxis=rows_axis(count),
            annotations=[
                row_label(row, p.name, f"first {p.first.phrase}")
                for row, p in enumerate(found.programs)
            ],
        ),
    }
    listed = "; ".join(f"{p.name}, {p.first.phrase}" for p in found.programs)
    alt = f"Bars: how often each program is first in 100 {found.space.phrase}. {listed}."
    return Chart(figure, alt, first_table(found), height)


def _firsts(found: Firmness, palette: Palette) -> list[dict[str, Any]]:
    """Return what is sure of every bar; then what is open, and the diamonds, where anything is."""
    sure = [100 * p.first.worst.value for p in found.programs]
    open_ = [100 * (p.first.best.value - p.first.worst.value) for p in found.programs]
    bars = row_bars(sure, "First", palette.series[0], palette)
    bars |= _hover([f"first {_alone(p.first.worst)}" for p in found.programs])
    traces = [bars]
    if max(open_) > _VISIBLE:
        unknown = hatched_rows(open_, "Depends on what is not known", palette)
        unknown |= _hover([f"at best first {_alone(p.first.best)}" for p in found.programs])
        traces += [unknown, _diamonds(found, palette)]
    return traces


def _alone(share: Share) -> str:
    """Write one share as it stands in a sentence; 0 and 100 only where proved."""
    return FirstShare(share, share, share).phrase


def _hover(texts: list[str]) -> dict[str, Any]:
    """Return what is shown under the pointer: words, as a number alone could round to 100."""
    return {"text": texts, "textposition": "none", "hovertemplate": "%{text}<extra></extra>"}


def _diamonds(found: Firmness, palette: Palette) -> dict[str, Any]:
    shares = [100 * p.first.anywhere.value for p in found.programs]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": ANYWHERE,
        "x": [round(share, 4) for share in shares],
        "y": list(range(len(shares))),
        "marker": {
            "symbol": "diamond",
            "size": 13,
            "color": palette.text,
            "line": {"color": palette.background, "width": 2},
        },
        "text": [f"first {_alone(p.first.anywhere)}" for p in found.programs],
        "hovertemplate": "%{text}<extra></extra>",
    }


def first_table(found: Firmness) -> DataTable:
    """Return the firsts as a table: a row a program."""
    columns = [Column("Program"), Column("First, in 100 sets of weights", numeric=True)]
    if not found.exact:
        columns.append(Column(ANYWHERE, numeric=True))
    columns += [Column("Places, leaving out the rarest 5 in 100", numeric=True)]
    columns += [Column("Place on average", numeric=True)]
    rows = []
    for p in found.programs:
        anywhere = [] if found.exact else [p.first.anywhere.text]
        rows.append((p.name, p.first.text, *anywhere, _places(p), f"{p.expected_rank:.1f}"))
    return DataTable("How often each program is first", tuple(columns), tuple(rows))


def rank_ranges(found: Firmness, palette: Palette) -> Chart:
    """Draw the places each program takes in the middle 95 of 100 weightings, best ones left."""
    programs = sorted(found.programs, key=lambda p: p.expected_rank)
    count = len(programs)
    x: list[float | None] = []
    y: list[float | None] = []
    for row, p in enumerate(programs):
        x += [p.rank_low, p.rank_high, None]
        y += [row, row, None]
    spans = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": x,
        "y": y,
        "line": {"color": palette.series[0], "width": 8},
        "marker": {"color": palette.series[0], "size": 14},
        "hoverinfo": "skip",
    }
    bottom = _NUMBERS_ROOM + _TITLE_ROW
    height = _TOP + ROW * count + bottom
    axis = number_axis(
        "places, leaving out the rarest 5 in 100", palette, (0.6, max(count, 2) + 0.4)
    )
    figure = {
        "data": [spans],
        "layout": layout(
            height,
            margin={"l": 8, "r": 8, "t": _TOP, "b": bottom},
            xaxis=axis | {"tickmode": "array", "tickvals": list(range(1, count + 1))},
            yaxis=rows_axis(count),
            annotations=[
                row_label(row, p.name, f"place {_places(p)}, on average {p.expected_rank:.1f}")
                for row, p in enumerate(programs)
            ],
        ),
    }
    listed = "; ".join(f"{p.name}, {_places(p)}" for p in programs)
    alt = f"Lines: the places of each program, leaving out the rarest 5 in 100. {listed}."
    return Chart(figure, alt, _rank_table(programs), height)


def _rank_table(programs: Sequence[ProgramFirmness]) -> DataTable:
    columns = (Column("Program"), Column("Places", numeric=True), Column("Average", numeric=True))
    rows = tuple((p.name, _places(p), f"{p.expected_rank:.1f}") for p in programs)
    return DataTable("Places, leaving out the rarest 5 in 100", columns, rows)


def _places(program: ProgramFirmness) -> str:
    return span(str(program.rank_low), str(program.rank_high))


def in_hundred(share: float) -> str:
    """Write a counted share short; it never says 0 or 100, which counting cannot prove.

    >>> in_hundred(0.839), in_hundred(1.0), in_hundred(0.0)
    ('83', '>99', '<1')
    """
    if math.isnan(share):
        return ""
    text = Share(share, share, share).text
    return {"fewer than 1": "<1", "more than 99": ">99"}.get(text, text)


PROVED = (
    "“never” and “always” are proved, not counted. “<1” was so seldom or never in those tried, "
    "“>99” nearly always or always. Counts are rounded down, so they may add up to less than 100."
)


def rank_table(
    found: Firmness, shown: Sequence[ProgramFirmness] | None = None, most: int | None = None
) -> DataTable:
    """Return how often each program takes each place, in 100; "always" and "never" if proved.

    Without ``shown`` and ``most`` it has all programs and all places.
    """
    programs = found.programs if shown is None else shown
    places = range(1, min(len(found.programs), most or len(found.programs)) + 1)
    columns = (Column("Program"), *(Column(str(place), numeric=True) for place in places))
    rows = tuple((p.name, *(_place_text(p, place) for place in places)) for p in programs)
    return DataTable("How often each program takes each place, in 100", columns, rows)


def _place_text(program: ProgramFirmness, place: int) -> str:
    best, worst = program.rank_bounds
    proof = program.first.anywhere.proof
    if best == worst == place or (place == 1 and proof == "always"):
        return "always"
    if not best <= place <= worst or (place == 1 and proof == "never"):
        return "never"
    return in_hundred(program.rank_shares[place - 1])


def pair_table(found: Firmness) -> DataTable:
    """Return how often a program (row) is before another (column), in 100 weightings."""
    names = (p.name for p in found.programs)
    columns = (Column("Program"), *(Column(name, numeric=True) for name in names))
    rows = tuple(
        (p.name, *(_pair_text(p, other) for other in found.programs)) for p in found.programs
    )
    return DataTable("How often a row comes before a column", columns, rows)


def _pair_text(program: ProgramFirmness, other: ProgramFirmness) -> str:
    if other.id in program.surely_before:
        return "always"
    if program.id in other.surely_before:
        return "never"
    return "" if program.id == other.id else in_hundred(program.wins[other.id])


CENTRAL = (
    "On average, these are the weights with which each program comes first. A program that came "
    "first in none of those tried is not here."
)


def central_table(found: Firmness) -> DataTable:
    """Return the central weight vectors in percent: a row a criterion, a column a program."""
    shown = [p for p in found.programs if p.central_weights is not None]
    columns = (
        Column("Criterion"),
        *(Column(f"{p.name} first: weight in percent", numeric=True) for p in shown),
    )
    rows = tuple(
        (c.name, *(percent((p.central_weights or {}).get(c.id, 0.0)) for p in shown))
        for c in found.criteria
    )
    return DataTable("Weights with which each comes first", columns, rows if shown else ())


def crossing_chart(found: CrossingLines, share: float, palette: Palette) -> Chart:
    """Draw each program's total against one criterion's share of the weight.

    Programs that come first somewhere have a colour and stand in the legend; the others are
    grey, and named under the pointer. One upright line marks the share now, another the share
    that is tried out.

    Args:
        found: the lines.
        share: the share that is tried out, from 0 to 1.
        palette: the colours.
    """
    leading = _leading(found)
    colors = {p: palette.series[i % len(palette.series)] for i, p in enumerate(leading)}
    # What comes first is drawn last, over the grey lines.
    ordered = sorted(found.lines, key=lambda line: line.program in colors)
    shares = [100 * s for s in found.shares]
    others = [_others(palette)] if len(leading) < len(ordered) else []
    top = 56 + _LEGEND_ROW * (len(leading) + len(others))
    title = wrapped(f"share of {found.name}, in percent", _TITLE_WIDTH, 4)
    bottom = _NUMBERS_ROOM + _TITLE_ROW * (1 + title.count("<br>"))
    height = _LINES + top + bottom
    marks = [_upright(found.now, "now", palette, 0)]
    if abs(share - found.now) > 0.005:
        marks.append(_upright(share, "tried", palette, 1))
    figure = {
        "data": [*(_line(line, shares, colors, palette) for line in ordered), *others],
        "layout": layout(
            height,
            showlegend=True,
            # Above the names of the upright lines.
            legend={"x": 0, "y": 1 + 52 / _LINES, "yanchor": "bottom", "orientation": "v"},
            margin={"l": 8, "r": 28, "t": top, "b": bottom},
            hovermode="closest",
            xaxis=number_axis(title, palette, (0, 100)),
            yaxis={"gridcolor": palette.grid, "zeroline": False, "fixedrange": True, "title": ""},
            shapes=[shape for shape, _ in marks],
            annotations=[note for _, note in marks],
        ),
    }
    alt = f"Lines: the score of each program as {found.name} counts for more. {found.sentence}"
    table = data_table(f"Who is first as {found.name} counts for more", found.to_frame())
    return Chart(figure, alt, table, height)


def _leading(found: CrossingLines) -> list[str]:
    """Return who is first somewhere, in the order in which they come to be first."""
    firsts: list[str] = []
    for at in range(len(found.shares)):
        best = max(found.lines, key=lambda line: line.totals[at])
        firsts.append(best.program)
    crossings = [p for c in found.crossings for p in (*c.before, *c.after)]
    return list(dict.fromkeys([firsts[0], *crossings, firsts[-1]]))


def _line(
    line: Line, shares: Sequence[float], colors: dict[str, str], palette: Palette
) -> dict[str, Any]:
    leads = line.program in colors
    style = {"color": colors[line.program], "width": 4} if leads else _grey(palette)
    return {
        "type": "scatter",
        "mode": "lines",
        "name": wrapped(line.name, _LEGEND_WIDTH, 1),
        "x": list(shares),
        "y": list(line.totals),
        "line": style,
        "showlegend": leads,
        "hovertemplate": f"{safe(line.name)}: %{{y:.3~g}} at %{{x:.0f}}%<extra></extra>",
    }


def _grey(palette: Palette) -> dict[str, Any]:
    return {"color": palette.unknown, "width": 1.5, "dash": "dot"}


def _others(palette: Palette) -> dict[str, Any]:
    """Return what stands in the legend for all grey lines; it draws nothing itself."""
    return {
        "type": "scatter",
        "mode": "lines",
        "name": _OTHERS,
        "x": [None],
        "y": [None],
        "line": _grey(palette),
        "showlegend": True,
        "hoverinfo": "skip",
    }


def _upright(
    share: float, name: str, palette: Palette, row: int
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return an upright line at a share, and its name in a row of names above the lines."""
    at = 100 * share
    shape = {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": at,
        "x1": at,
        "y0": 0,
        "y1": 1,
        "line": {"color": palette.text, "width": 2, "dash": "solid" if name == "tried" else "dash"},
    }
    side = "left" if at < 12 else "right" if at > 88 else "center"
    note = {
        "x": at,
        "yref": "paper",
        "y": 1,
        "yanchor": "bottom",
        "yshift": 22 * row,
        "xanchor": side,
        "text": f"{name}: {percent(share)}",
        "showarrow": False,
    }
    return shape, note
