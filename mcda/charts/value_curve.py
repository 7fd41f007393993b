"""The value function of a criterion: how much each score is worth, from 0 to 100."""

from __future__ import annotations

from typing import Any

from mcda.charts.chart import Chart, Column, DataTable, Palette, layout, safe, wrapped
from mcda.project import Criterion, LevelScale
from mcda.project.text import number_text

_HEIGHT = 264
_LABEL_ROOM = 0.2


def value_curve(criterion: Criterion, palette: Palette) -> Chart:
    """Draw what each score of a criterion is worth: a line, or a dot for each level.

    Args:
        criterion: the criterion with its scale.
        palette: the colours.
    """
    points = sorted(criterion.scale.curve)
    steps = isinstance(criterion.scale, LevelScale)
    figure = {
        "data": [_stems(points, palette)] * steps + [_marks(criterion, points, palette, not steps)],
        "layout": layout(
            _HEIGHT,
            xaxis=_score_axis(criterion, points),
            yaxis=_value_axis(palette),
            margin={"l": 8, "r": 24, "t": 8, "b": 8},
        ),
    }
    kind = "Dots" if steps else "A line"
    alt = f"{kind}: what each score on {criterion.name} is worth. {value_sentence(criterion)}"
    return Chart(figure, alt, _table(criterion), _HEIGHT)


def value_sentence(criterion: Criterion) -> str:
    """Say which way is better and what the ends of the range are worth.

    >>> from mcda.project import NumberScale
    >>> months = NumberScale(unit="months", worst=18, best=0)
    >>> value_sentence(Criterion(id="t", name="Time", scale=months))
    'Less is better: 18 months is worth 0, and 0 months is worth 100.'
    """
    worst, best = (scored(criterion, end) for end in (criterion.scale.worst, criterion.scale.best))
    start = f"{direction_words(criterion)[0].upper()}{direction_words(criterion)[1:]}"
    return f"{start}: {worst} is worth 0, and {best} is worth 100."


def direction_words(criterion: Criterion) -> str:
    """Say in words which way is better.

    >>> from mcda.project import NumberScale
    >>> direction_words(Criterion(id="t", name="Time", scale=NumberScale(worst=18, best=0)))
    'less is better'
    """
    more, less = "more is better", "less is better"
    if isinstance(criterion.scale, LevelScale):
        more, less = "a higher level is better", "a lower level is better"
    return more if criterion.scale.direction == 1 else less


def scored(criterion: Criterion, score: float) -> str:
    """Write a score with its unit and all its decimals."""
    return criterion.with_unit(number_text(score))


def _stems(points: list[tuple[float, float]], palette: Palette) -> dict[str, Any]:
    """Return the lines that hold the dots of levels up."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [x for score, _ in points for x in (score, score, None)],
        "y": [y for _, value in points for y in (0, value, None)],
        "line": {"color": palette.series[0], "width": 2},
        "hoverinfo": "skip",
    }


def _marks(
    criterion: Criterion, points: list[tuple[float, float]], palette: Palette, line: bool
) -> dict[str, Any]:
    texts = [f"{safe(scored(criterion, s))}: worth {number_text(round(v, 1))}" for s, v in points]
    return {
        "type": "scatter",
        "mode": "lines+markers+text" if line else "markers+text",
        "x": [score for score, _ in points],
        "y": [value for _, value in points],
        "text": [number_text(round(value, 1)) for _, value in points],
        "textposition": "top center",
        "line": {"color": palette.series[0], "width": 3},
        "marker": {"color": palette.series[0], "size": 11},
        "hovertext": texts,
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _score_axis(criterion: Criterion, points: list[tuple[float, float]]) -> dict[str, Any]:
    low, high = points[0][0], points[-1][0]
    margin = (high - low) * 0.06
    ticks = [score for score, _ in points]
    title = "level"
    if not isinstance(criterion.scale, LevelScale):
        ticks, title = _apart(ticks), criterion.scale.unit or "score"
    return {
        "range": [low - margin, high + margin],
        "title": {"text": wrapped(title, 40, 1)},
        "tickvals": ticks,
        "ticktext": [number_text(tick) for tick in ticks],
        "fixedrange": True,
        "showgrid": False,
    }


def _apart(scores: list[float]) -> list[float]:
    """Return both ends, and of the scores between them those with room for a label."""
    low, high = scores[0], scores[-1]
    room = (high - low) * _LABEL_ROOM
    shown = [low]
    for score in scores[1:-1]:
        if score - shown[-1] >= room and high - score >= room:
            shown.append(score)
    return [*shown, high]


def _value_axis(palette: Palette) -> dict[str, Any]:
    return {
        "range": [-4, 122],
        "tickvals": [0, 50, 100],
        "title": {"text": "worth"},
        "gridcolor": palette.grid,
        "showgrid": True,
        "fixedrange": True,
    }


def _table(criterion: Criterion) -> DataTable:
    scale = criterion.scale
    worth = Column("Worth, 0 to 100", numeric=True)
    caption = f"What each score on {criterion.name} is worth"
    if isinstance(scale, LevelScale):
        columns = (Column("Level"), Column("What it means"), worth)
        described = zip(scale.levels, scale.level_values, strict=True)
        rows = tuple(
            (str(level.level), level.anchor, number_text(round(value, 1)))
            for level, value in described
        )
        return DataTable(caption, columns, rows)
    heading = f"Score ({scale.unit})" if scale.unit else "Score"
    numbers = tuple((number_text(s), number_text(round(v, 1))) for s, v in scale.curve)
    return DataTable(caption, (Column(heading), worth), numbers)
