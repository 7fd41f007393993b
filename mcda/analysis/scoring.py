"""Scores and places of a decision table by any method, as ranges where cells are ranges."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mcda.analysis.table import DecisionTable, Floats
from mcda.engine import METHODS, InputError, Result, rank, score_intervals
from mcda.engine.intervals import NEEDED

SAMPLES = 4_000
SEED = 2015
# The table holds values from 0 to 100; every method that can take declared ranges gets these.
_ENDS = (0.0, 100.0)
PREFERENCE: dict[str, object] = {"preference": "linear", "q": 5.0, "p": 50.0}
"""PROMETHEE's preference on values: nothing up to 5 points apart, in full from 50 points on."""

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ScoredTable:
    """The ends of each program's score and place, arrays of shape (programs,).

    ``likely`` is the score with every likely number in its place, NaN where one is missing
    of a criterion that counts (of any program, where the method scores rows by each other).
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
    directions = np.ones(values.shape[1], dtype=np.int64)
    return rank(values, weights, directions, method=method, **_options(method, values.shape[1]))


@contextmanager
def naming_programs(table: DecisionTable) -> Iterator[None]:
    """Word a refusal of one row of the table with the program's name instead of its number."""
    try:
        yield
    except InputError as error:
        if error.row is None:
            raise
        name = table.programs[error.row].name
        somewhere = "" if table.exact.all() else ", at numbers that its scores may have"
        raise InputError(f"{name}{somewhere}: {error.reason}") from None


def score_table(table: DecisionTable, weights: Floats, method: str) -> ScoredTable:
    """Score a table of ranges.

    For a method that is monotone and scores each row by itself, the ends are exact: all cells
    at their low ends, all at their high ends. For others they are the lowest and highest of
    ``SAMPLES`` draws, half of them from the corners of the ranges, half from inside, after each
    program at its best with all others at their worst, and the reverse.

    Raises:
        InputError: no such method.
    """
    scale = points_scale(method)
    likely = _likely(table, weights, method) * scale
    if all_exact(table, weights):
        result = solve(method, table.low, weights)
        scores = result.scores * scale
        return ScoredTable(scores, scores, likely, result.ranks, result.ranks, exact=True)
    if _promises(method, len(weights)) >= NEEDED:
        directions = np.ones(len(weights), dtype=np.int64)
        options = _options(method, len(weights))
        found = score_intervals(table.low, table.high, weights, directions, method, **options)
        low, high = found.score_low * scale, found.score_high * scale
        # The two runs may differ in the last digit even where no cell that counts does.
        same = ((table.low == table.high) | (weights == 0)).all(axis=1)
        high = np.where(same, low, high)
        return ScoredTable(low, high, likely, found.rank_best, found.rank_worst, exact=True)
    results = (solve(method, values, weights) for values in _draws(table))
    draws = [(result.scores, result.ranks) for result in results]
    scores = np.array([scores for scores, _ in draws]) * scale
    ranks = np.array([ranks for _, ranks in draws])
    low, high = scores.min(axis=0), scores.max(axis=0)
    return ScoredTable(low, high, likely, ranks.min(axis=0), ranks.max(axis=0), exact=False)


def points_scale(method: str) -> float:
    """Return the factor that puts a method's scores on the scale they are shown on.

    The weighted sum of value scores is shown in points out of 100; other methods keep the
    scale they were defined on.
    """
    return 100.0 if method == "weighted_sum" else 1.0


def all_exact(table: DecisionTable, weights: Floats) -> bool:
    """Return whether every value is known exactly on the criteria that count."""
    return bool(((table.low == table.high) | (weights == 0)).all())


def _options(method: str, criteria: int) -> dict[str, object]:
    if method not in METHODS:
        raise InputError(f"There is no method {method!r}; there is {', '.join(METHODS)}.")
    known = METHODS[method].options
    if "preference" in known:
        return PREFERENCE
    return {"bounds": np.tile(_ENDS, (criteria, 1))} if "bounds" in known else {}


def _promises(method: str, criteria: int) -> frozenset[str]:
    options = _options(method, criteria)
    return METHODS[method].promises_for(options)


def _likely(table: DecisionTable, weights: Floats, method: str) -> Floats:
    known = (np.isfinite(table.likely) | (weights == 0)).all(axis=1)
    if "row_independent" not in _promises(method, len(weights)):
        known &= known.all()
    if not known.any():
        return np.full(known.shape, np.nan)
    filled = np.where(np.isfinite(table.likely), table.likely, table.low)
    return np.where(known, solve(method, filled, weights).scores, np.nan)


def _draws(table: DecisionTable) -> Iterator[Floats]:
    source = np.random.default_rng(SEED)
    shape, width = table.low.shape, table.high - table.low
    for row in np.flatnonzero(~table.exact):
        alone = (np.arange(shape[0]) == row)[:, np.newaxis]
        yield np.where(alone, table.high, table.low)
        yield np.where(alone, table.low, table.high)
    for _ in range(SAMPLES // 2):
        yield table.low + source.integers(0, 2, shape) * width
        yield table.low + source.random(shape) * width
