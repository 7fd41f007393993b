"""Scores and ranks as intervals, where cells are known only as ranges.

A method that is monotone in every cell and scores each row by itself is lowest when all of a row's
cells are at their worse ends, and highest when all are at their better ends. Two runs of it give
exact ends, and no sampling is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mcda.engine._types import FloatArray, IntArray
from mcda.engine.errors import InputError
from mcda.engine.methods import METHODS, Method, Result
from mcda.engine.methods.method import Options
from mcda.engine.ranking import find_method, rank
from mcda.engine.ranks import rank_intervals
from mcda.engine.validation import check_directions, check_matrix, first

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

NEEDED = frozenset({"monotone", "row_independent"})
"""What a method must promise for its intervals to be exact."""


@dataclass(frozen=True, eq=False)
class IntervalResult:
    """The ends of every score and of every rank.

    Attributes:
        method: the method's id.
        score_low: lowest possible score, shape (alternatives,).
        score_high: highest possible score.
        rank_best: best possible rank, 1 the best.
        rank_worst: worst possible rank.
        at_worst: the run with every cell at its worse end.
        at_best: the run with every cell at its better end.
    """

    method: str
    score_low: FloatArray
    score_high: FloatArray
    rank_best: IntArray
    rank_worst: IntArray
    at_worst: Result
    at_best: Result

    def __post_init__(self) -> None:
        for array in (self.score_low, self.score_high, self.rank_best, self.rank_worst):
            array.flags.writeable = False


def score_intervals(
    low: ArrayLike,
    high: ArrayLike,
    weights: ArrayLike,
    directions: Sequence[object] | ArrayLike,
    method: str = "weighted_sum",
    **options: object,
) -> IntervalResult:
    """Return exact score and rank intervals from the two ends of every cell.

    Cells move independently of each other. An exact cell has equal ends; an unknown one has the
    ends of its criterion's range.

    Args:
        low: lower end of every cell, in the criterion's units, shape (alternatives, criteria).
        high: upper end of every cell, the same shape.
        weights: as in :func:`~mcda.engine.rank`.
        directions: as in :func:`~mcda.engine.rank`.
        method: one that promises to be monotone and row-independent with these options:
            ``weighted_sum`` with bounds, or ``topsis_anchored``, say.
        **options: the method's own, ``bounds=`` among them.

    Raises:
        InputError: a low end above its high end, a method without those promises, or any fault
            :func:`~mcda.engine.rank` would refuse.

    >>> low, high = [[40, 0], [60, 50]], [[40, 100], [60, 50]]
    >>> ends = score_intervals(low, high, [1, 1], [1, 1], bounds=[(0, 100), (0, 100)])
    >>> ends.score_low, ends.score_high
    (array([0.2 , 0.55]), array([0.7 , 0.55]))
    >>> ends.rank_best, ends.rank_worst
    (array([1, 1]), array([2, 2]))
    """
    entry = find_method(method, options)
    _check_promises(entry, options)
    lows, highs = check_matrix(low, "low"), check_matrix(high, "high")
    _check_ends(lows, highs)
    signs = check_directions(directions, lows.shape[1])
    at_worst = rank(np.where(signs == 1, lows, highs), weights, directions, method, **options)
    at_best = rank(np.where(signs == 1, highs, lows), weights, directions, method, **options)
    score_low = np.minimum(at_worst.scores, at_best.scores)
    score_high = np.maximum(at_worst.scores, at_best.scores)
    rank_best, rank_worst = rank_intervals(
        score_low, score_high, entry.higher_is_better, entry.score_scale
    )
    return IntervalResult(entry.id, score_low, score_high, rank_best, rank_worst, at_worst, at_best)


def _check_promises(entry: Method, options: Options) -> None:
    if entry.promises_for(options) >= NEEDED:
        return
    if _can_promise(entry):
        raise InputError(
            f"{entry.id} has exact intervals only with bounds= (low and high end of each "
            "criterion)",
            argument="bounds",
        )
    able = [name for name, other in METHODS.items() if _can_promise(other)]
    raise InputError(
        f"{entry.id} is not monotone and row-independent, so the ends of the cells do not give "
        f"the ends of the scores; allowed: {', '.join(able)}, with bounds=",
        argument="method",
    )


def _can_promise(entry: Method) -> bool:
    return entry.promises | entry.promises_with_bounds >= NEEDED


def _check_ends(lows: FloatArray, highs: FloatArray) -> None:
    if lows.shape != highs.shape:
        raise InputError(
            f"its shape is {lows.shape}, but the shape of high is {highs.shape}", argument="low"
        )
    crossed = lows > highs
    if crossed.any():
        row, column = first(crossed)
        raise InputError(
            f"the low end {lows[row, column]:g} is above the high end {highs[row, column]:g}",
            argument="low",
            row=row,
            column=column,
        )
