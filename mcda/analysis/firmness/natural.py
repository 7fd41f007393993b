"""From value back to what was measured: where a score would have to be, in its own units."""

from __future__ import annotations

import math

import numpy as np

from mcda.analysis.rounding import past
from mcda.analysis.wording import UNKNOWN, brief_score, number, score_text, with_unit
from mcda.project import Criterion, LevelScale, Score

_SAME_VALUE = 1e-9


def score_worth(criterion: Criterion, value: float, improving: bool) -> float:
    """Return the score that is worth so much; on a flat stretch its far end.

    Args:
        criterion: whose scale.
        value: from 0 to 100.
        improving: whether one comes from the worse side; then the far end is the better one.

    >>> from mcda.project import NumberScale
    >>> scale = NumberScale(unit="months", worst=18, best=0)
    >>> score_worth(Criterion(id="t", name="Time", scale=scale), 50, True)
    9.0
    """
    scores, values = np.array(criterion.scale.curve).T
    upper = int(np.searchsorted(values, value, "right" if improving else "left"))
    if upper in (0, values.size):
        return float(scores[min(upper, values.size - 1)])
    share = (value - values[upper - 1]) / (values[upper] - values[upper - 1])
    return float(scores[upper - 1] + share * (scores[upper] - scores[upper - 1]))


def stated_past(criterion: Criterion, value: float, improving: bool) -> float | None:
    """Return a score past the one that is worth so much, rounded outward so that it is past.

    On a scale of levels the next level, None where there is none.
    """
    scale = criterion.scale
    if isinstance(scale, LevelScale):
        return _next_level(scale, value, improving)
    exact = score_worth(criterion, value, improving)
    upward = (scale.direction == 1) == improving
    low, high = scale.ends
    coarsest = -math.floor(math.log10((high - low) / 100))
    stated, _ = past(exact, coarsest, lambda score: low <= score <= high, upward=upward)
    if stated == exact:
        return high if upward else low
    return stated


def _next_level(scale: LevelScale, value: float, improving: bool) -> float | None:
    if improving:
        past = [level for level, worth in scale.curve if worth > value + _SAME_VALUE]
        return past[0] if past else None
    past = [level for level, worth in scale.curve if worth < value - _SAME_VALUE]
    return past[-1] if past else None


def past_text(criterion: Criterion, stated: float, improving: bool) -> str:
    """Write a score and all beyond it: "30 months or less", "level 4 or better"."""
    text = with_unit(criterion, number(stated))
    if isinstance(criterion.scale, LevelScale):
        return f"{text} or {'better' if improving else 'worse'}"
    more = (criterion.scale.direction == 1) == improving
    return f"{text} or {'more' if more else 'less'}"


def recorded_text(criterion: Criterion, score: Score | None) -> str:
    """Write all that is recorded of a score, with its unit."""
    return _with_unit(criterion, score_text(score))


def brief_text(criterion: Criterion, score: Score | None) -> str:
    """Write what is recorded of a score, of a range only the likely number, with its unit."""
    return _with_unit(criterion, brief_score(score))


def _with_unit(criterion: Criterion, text: str) -> str:
    return text if text == UNKNOWN else with_unit(criterion, text)


def one_step(criterion: Criterion, score: float) -> tuple[float, ...]:
    """Return a score one level, or a tenth of the declared range, down and up, where it can be.

    >>> from mcda.project import NumberScale
    >>> scale = NumberScale(unit="%", worst=0, best=40)
    >>> one_step(Criterion(id="x", name="X", scale=scale), 38.0)
    (34.0, 40.0)
    """
    scale = criterion.scale
    if isinstance(scale, LevelScale):
        levels = [level for level, _ in scale.curve]
        if score not in levels:
            return ()
        place = levels.index(score)
        return tuple(levels[max(place - 1, 0) : place] + levels[place + 1 : place + 2])
    low, high = scale.ends
    step = (high - low) / 10
    moved = (max(score - step, low), min(score + step, high))
    return tuple(to for to in moved if to != score)
