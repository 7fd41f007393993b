"""Ranks from scores: 1 is best, and scores that differ by rounding only share a rank.

Ties: scores are walked from the best down. A score joins the current group while it is within
``TIE_TOLERANCE`` times the largest absolute score of the group's *best* score; otherwise it starts
the next group. Comparing with the best, not with the neighbour, keeps a long chain of tiny steps
from becoming one tie. Groups share the best rank of their members: 1, 2, 2, 4.

Scores that are differences, such as net flows, can all be near 0 while their parts are not; their
rounding is that of the parts. Where ``scale``, the size of the parts, is larger than every score,
the tolerance is taken of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mcda.engine._types import FloatArray, IntArray
from mcda.engine.errors import InputError
from mcda.engine.validation import as_array, as_floats

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

TIE_TOLERANCE = 1e-9
"""Scores this close, as a share of the largest absolute score, tie."""


def rank_scores(scores: ArrayLike, higher_is_better: bool = True, scale: float = 0.0) -> IntArray:
    """Rank scores by standard competition ranking, 1 the best.

    Args:
        scores: finite, shape (alternatives,), or (samples, alternatives) to rank each row.
        higher_is_better: False where the smallest score is the best.
        scale: the size of the parts that scores are differences of; 0 if they are none.

    Returns:
        Whole numbers of the same shape. The order of the alternatives plays no part.

    Raises:
        InputError: scores that are not finite numbers, or of another shape.

    >>> rank_scores([0.5, 0.3, 0.1 + 0.2, 0.1])
    array([1, 2, 2, 4])
    >>> rank_scores([[3, 1, 2], [1, 1, 1]], higher_is_better=False)
    array([[3, 1, 2],
           [1, 1, 1]])
    >>> rank_scores([1e-17, -1e-17], scale=1.0)
    array([1, 1])
    """
    single = as_array(scores, "scores").ndim != 2
    axes = ("alternatives",) if single else ("samples", "alternatives")
    values = as_floats(scores, "scores", axes)
    ranks = rank_rows(np.atleast_2d(values), higher_is_better, scale)
    return ranks[0] if single else ranks


def rank_rows(scores: FloatArray, higher_is_better: bool, scale: float = 0.0) -> IntArray:
    """Rank each row of (samples, alternatives) finite scores; the core of :func:`rank_scores`.

    >>> rank_rows(np.array([[0.2, 0.9, 0.2]]), True)
    array([[2, 1, 2]])
    """
    keys = -scores if higher_is_better else scores  # less is better
    order = keys.argsort(axis=1)
    order += np.arange(0, keys.size, keys.shape[1])[:, np.newaxis]  # places in the whole array
    ordered = keys.take(order)
    largest = np.maximum(-ordered[:, :1], ordered[:, -1:])
    tolerance = TIE_TOLERANCE * np.maximum(largest, scale)
    ranks = np.empty(keys.size, dtype=np.int64)
    ranks[order] = _group_starts(ordered, tolerance) + 1
    return ranks.reshape(keys.shape)


def rank_intervals(
    low: ArrayLike, high: ArrayLike, higher_is_better: bool = True, scale: float = 0.0
) -> tuple[IntArray, IntArray]:
    """Return the best and the worst rank each alternative can have.

    Each score may lie anywhere from its low to its high end, independently of the others::

        best rank of i  = 1 + number of j whose worse end is better than i's better end
        worst rank of i = 1 + number of other j whose better end is better than i's worse end

    Both ranks can be reached. Ends tie as scores do in :func:`rank_scores`, so with
    ``low == high`` both equal its ranks.

    Args:
        low: lower end of each score, shape (alternatives,).
        high: upper end of each score, shape (alternatives,).
        higher_is_better: False where the smallest score is the best.
        scale: as in :func:`rank_scores`.

    Returns:
        Best ranks and worst ranks, shape (alternatives,) each.

    Raises:
        InputError: not finite numbers, different lengths, or a low end above its high end.

    >>> best, worst = rank_intervals([0.2, 0.5, 0.1], [0.6, 0.5, 0.1])
    >>> best, worst
    (array([1, 1, 3]), array([2, 2, 3]))
    """
    lows = as_floats(low, "low", ("alternatives",))
    highs = as_floats(high, "high", ("alternatives",))
    if lows.shape != highs.shape:
        raise InputError(
            f"it has {lows.size} scores, but high has {highs.size}; give both ends of each",
            argument="low",
        )
    # Ranking all ends together turns "better by more than the tolerance" into whole numbers.
    ends = rank_rows(np.concatenate([lows, highs])[np.newaxis], higher_is_better, scale)[0]
    worse, better = (ends[: lows.size], ends[lows.size :])
    if not higher_is_better:
        worse, better = better, worse
    crossed = worse < better
    if crossed.any():
        row = int(np.argmax(crossed))
        raise InputError(
            f"the low end {lows[row]:g} is above the high end {highs[row]:g}",
            argument="low",
            row=row,
        )
    surely_better = np.searchsorted(np.sort(worse), better)
    possibly_better = np.searchsorted(np.sort(better), worse) - (better < worse)
    return surely_better + 1, possibly_better + 1


def _group_starts(ordered: FloatArray, tolerance: FloatArray) -> IntArray:
    """Return for each place of the ascending rows the place where its tie group starts."""
    places = np.arange(ordered.shape[1])
    with np.errstate(over="ignore"):
        opens = ordered[:, 1:] - ordered[:, :-1] > tolerance
    if opens.all():
        return places
    starts = np.zeros(ordered.shape, dtype=np.int64)
    np.maximum.accumulate(np.where(opens, places[1:], 0), axis=1, out=starts[:, 1:])
    with np.errstate(over="ignore"):
        chained = (ordered - np.take_along_axis(ordered, starts, axis=1) > tolerance).any(axis=1)
    if chained.any():
        starts[chained] = _walked_starts(ordered[chained], tolerance[chained, 0])
    return starts


def _walked_starts(ordered: FloatArray, tolerance: FloatArray) -> IntArray:
    """Walk down the rows place by place; only rows with chains of near ties need it."""
    starts = np.zeros(ordered.shape, dtype=np.int64)
    leaders = ordered[:, 0].copy()
    for place in range(1, ordered.shape[1]):
        opens = ordered[:, place] - leaders > tolerance
        leaders = np.where(opens, ordered[:, place], leaders)
        starts[:, place] = np.where(opens, place, starts[:, place - 1])
    return starts
