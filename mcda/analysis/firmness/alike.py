"""Programs that are named together: the same on everything that counts, or nearly so."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mcda.analysis.table import Floats
from mcda.engine.robustness import WeightSpace
from mcda.engine.robustness.polytope import minimum

NEAR_TWIN_POINTS = 3.0
"""Near-twins differ by at most this many points of 100, all differences added up as if every one
of them spoke for the same program, under every weighting of the space."""

_SAME = 1e-9
_SEEN = 500  # so many drawn weightings rule out most pairs before any linear program


def differences(low: Floats, high: Floats) -> Floats:
    """Return how far two programs can be apart on each criterion, shape (n, n, criteria).

    A program is no distance from itself; two that are not known exactly are as far apart as
    their ranges allow.
    """
    gaps = high[:, np.newaxis] - low[np.newaxis]
    apart = np.maximum(gaps, gaps.transpose(1, 0, 2))
    rows = np.arange(low.shape[0])
    apart[rows, rows] = 0.0
    return np.asarray(apart)


def identical_groups(apart: Floats) -> tuple[tuple[int, ...], ...]:
    """Return the programs that are the same on every criterion, two or more in each group.

    >>> rows = np.array([[5.0, 1.0], [5.0, 2.0], [5.0, 1.0]])
    >>> identical_groups(differences(rows, rows))
    ((0, 2),)
    """
    same = (apart <= _SAME).all(axis=2)
    found = dict.fromkeys(tuple(np.flatnonzero(row).tolist()) for row in np.atleast_2d(same))
    return tuple(group for group in found if len(group) > 1)


def near_twins(apart: Floats, space: WeightSpace, weights: Floats) -> NDArray[np.bool_]:
    """Return which pairs are near-twins; the same ones among them, shape (n, n).

    Args:
        apart: from :func:`differences`.
        space: the weightings in play.
        weights: some drawn from it; they only save work.
    """
    largest = np.tensordot(apart, weights[:_SEEN].T, axes=1).max(axis=2)
    most = NEAR_TWIN_POINTS + _SAME
    twins = largest <= most
    lift = space.polytope.lift
    for i, k in np.argwhere(np.triu(twins, 1)).tolist():
        cost = -apart[i, k] @ lift
        twins[i, k] = twins[k, i] = -cost @ minimum(space.polytope, cost) <= most
    return np.asarray(twins)


def named_together(twins: NDArray[np.bool_], order: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Return groups that hold each program once.

    From the program most often first on, each takes in those of the rest that are near-twins of it
    and of all it has taken in.

    >>> pairs = np.array([[1, 1, 0], [1, 1, 1], [0, 1, 1]], dtype=bool)
    >>> named_together(pairs, [0, 1, 2])
    ((0, 1), (2,))
    """
    groups, waiting = [], list(order)
    while waiting:
        group: list[int] = []
        for i in waiting:
            if twins[i, group].all():
                group.append(i)
        groups.append(tuple(group))
        waiting = [i for i in waiting if i not in group]
    return tuple(groups)
