"""Which places are proved, not only counted: who is before whom in every weighting of a space."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mcda.analysis.firmness.shares import ALL
from mcda.analysis.table import Floats
from mcda.engine.robustness import WeightSpace
from mcda.engine.robustness.polytope import minimum

_SLACK = 1e-7  # points of 100; what a linear program leaves open


def surely_before(low: Floats, high: Floats, space: WeightSpace, wins: Floats) -> NDArray[np.bool_]:
    """Return which program (row) is before which (column) in every weighting, whatever is unknown.

    By the weighted sum. Proved by a linear program for each pair: the row at its worst is not
    behind the column at its best where its lead is smallest; what follows from two such pairs
    needs none. At the very edge of the space they may be level.

    Args:
        low: worst value of each cell, shape (programs, criteria).
        high: best value of each cell.
        space: the weightings in play.
        wins: share of a sample in which the row is before the column; only pairs where that is
            all of it are looked at.

    >>> rows, space = np.array([[60.0, 50.0], [50.0, 40.0], [0.0, 90.0]]), WeightSpace.whole(2)
    >>> wins = np.array([[0.5, 1.0, 0.6], [0.0, 0.5, 0.5], [0.4, 0.5, 0.5]])
    >>> surely_before(rows, rows, space, wins).tolist()
    [[False, True, False], [False, False, False], [False, False, False]]
    """
    counted = wins >= ALL
    found = np.zeros(wins.shape, dtype=bool)
    # The fewer stand between two programs, the sooner their pair: the rest then follows from these.
    pairs = np.argwhere(counted)
    between = (counted.astype(np.float64) @ counted)[counted]
    for i, k in pairs[np.argsort(between, kind="stable")].tolist():
        found[i, k] = (found[i] & found[:, k]).any() or _is_before(low[i] - high[k], space)
    return found


def _is_before(lead: Floats, space: WeightSpace) -> bool:
    """Whether a lead on each criterion adds up to a lead in every weighting."""
    # No linear program is needed where it is behind on nothing.
    if lead.min() >= 0:
        return True
    cost = lead @ space.polytope.lift
    return bool(cost @ minimum(space.polytope, cost) >= -_SLACK)


def place_bounds(before: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the best and the worst place each program can take, shape (programs, 2).

    No better than after all that are surely before it, no worse than before all it is surely
    before. These bounds hold; closer ones might, too.

    >>> place_bounds(np.array([[False, True], [False, False]])).tolist()
    [[1, 1], [2, 2]]
    """
    count = before.shape[0]
    return np.stack([1 + before.sum(axis=0), count - before.sum(axis=1)], axis=1)
