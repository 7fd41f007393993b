"""Scores and places of a decision table by any method, as ranges where cells are ranges."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mcda.analysis.table import DecisionTable, Floats
from mcda.engine import METHODS, InputError, Result, rank, rank_intervals

SAMPLES = 4_000
SEED = 2015
# The table holds values from 0 to 100; every method that can take declared ranges gets these.
_ENDS = (0.0, 100.0)
_EXACT_ENDS = {"monotone", "row_independent"}

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ScoredTable:
    """The ends of each program's score and place, arrays of shape (programs,).

    ``likely`` is the score with every likely number in its place, NaN where one is missing.
    ``exact`` is False where the ends were found by sampling.
    """

    low: Floats
    high: Floats
    likely: Floats
    best: Ints
    worst: Ints
    exact: bool


def solve(method: str, values: Floats, weights: Floats) -> Result:
    """Apply a method to value scores (0 to 100, more always better), shape (programs, criteria).

    Raises:
        InputError: no such method.
    """
    if method not in METHODS:
        raise InputError(f"There is no method {method!r}; there is {', '.join(METHODS)}.")
    directions = np.ones(values.shape[1], dtype=np.int64)
    return rank(values, weights, directions, method=method, **_options(method, values.shape[1]))


def score_table(table: DecisionTable, weights: Floats, method: str) -> ScoredTable:
    """Score a table of ranges.

    For a method that is monotone and scores each row by itself, the ends are exact: all cells
    at their low ends, all at their high ends. For others they are the lowest and highest of
    ``SAMPLES`` draws, half of them from the corners of the ranges, half from inside.
    """
    scale = points_scale(method)
    likely = _likely(table, weights, method) * scale
    if table.exact.all():
        result = solve(method, table.low, weights)
        scores = result.scores * scale
        return ScoredTable(scores, scores, likely, result.ranks, result.ranks, exact=True)
    if METHODS[method].promises_for(_options(method, len(weights))) >= _EXACT_ENDS:
        ends = [solve(method, values, weights).scores for values in (table.low, table.high)]
        low, high = np.minimum(*ends) * scale, np.maximum(*ends) * scale
        best, worst = rank_intervals(low, high, METHODS[method].higher_is_better)
        return ScoredTable(low, high, likely, best, worst, exact=True)
    draws = [solve(method, values, weights) for values in _draws(table)]
    scores = np.array([draw.scores for draw in draws]) * scale
    ranks = np.array([draw.ranks for draw in draws])
    low, high = scores.min(axis=0), scores.max(axis=0)
    return ScoredTable(low, high, likely, ranks.min(axis=0), ranks.max(axis=0), exact=False)


def points_scale(method: str) -> float:
    """Return the factor that puts a method's scores on the scale they are shown on.

    The weighted sum of value scores is shown in points out of 100; other methods keep the
    scale they were defined on.
    """
    return 100.0 if method == "weighted_sum" else 1.0


def _options(method: str, criteria: int) -> dict[str, Floats]:
    if "bounds" not in METHODS[method].options:
        return {}
    return {"bounds": np.tile(_ENDS, (criteria, 1))}


def _likely(table: DecisionTable, weights: Floats, method: str) -> Floats:
    known = np.isfinite(table.likely).all(axis=1)
    filled = np.where(np.isfinite(table.likely), table.likely, table.low)
    return np.where(known, solve(method, filled, weights).scores, np.nan)


def _draws(table: DecisionTable) -> list[Floats]:
    source = np.random.default_rng(SEED)
    shape = (SAMPLES // 2, *table.low.shape)
    corners = source.integers(0, 2, shape).astype(np.float64)
    share = np.concatenate([corners, source.random(shape)])
    return list(table.low + share * (table.high - table.low))
