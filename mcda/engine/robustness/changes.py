"""What it takes for one alternative to come first, and who is first in a whole space of weights.

Linear programs over the weights, so for the weighted sum only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mcda.engine._types import BoolArray, FloatArray
from mcda.engine.errors import InputError
from mcda.engine.ranking import rank
from mcda.engine.ranks import TIE_TOLERANCE
from mcda.engine.robustness.polytope import Program, minimum, solve
from mcda.engine.robustness.weight_space import WeightSpace
from mcda.engine.validation import check_matrix

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


@dataclass(frozen=True, eq=False)
class WeightChange:
    """The smallest change of weights that puts an alternative first.

    Attributes:
        alternative: which one.
        possible: whether any weights in the space put it first.
        distance: half the sum of all changes: the share of the weight that moves from some
            criteria to others; None if not possible.
        weights: the weights after the change, with which it is first or level with the first;
            None if not possible.
    """

    alternative: int
    possible: bool
    distance: float | None = None
    weights: FloatArray | None = None


def smallest_change(
    matrix: ArrayLike,
    weights: ArrayLike,
    directions: Sequence[object] | ArrayLike,
    alternative: int,
    space: WeightSpace | None = None,
    **options: object,
) -> WeightChange:
    """Return the smallest change of weights that puts an alternative first by the weighted sum.

    Formula, by linear programming::

        minimise (1/2) sum over j of |w'_j - w_j|
        with     w' in the space,  sum over j of w'_j (r_bj - r_ij) >= 0 for all i

    At the weights found it is level with another, unless nothing had to change; a little further
    the same way it is ahead, where that can be.

    Args:
        matrix: as in :func:`mcda.engine.rank`.
        weights: the weights now; they need not be in the space.
        directions: as in :func:`mcda.engine.rank`.
        alternative: the one to put first, b.
        space: the weights allowed; all if None.
        **options: of the weighted sum.

    Raises:
        InputError: no such alternative, a space of other criteria, or any fault
            :func:`mcda.engine.rank` would refuse.

    References:
        Wolters, W., Mareschal, B. (1995). Novel types of sensitivity analysis for additive MCDM
        methods. European Journal of Operational Research 81(2), 281-290.

    >>> found = smallest_change([[1, 0], [0, 1]], [0.7, 0.3], [1, 1], 1, bounds=[(0, 1)] * 2)
    >>> round(found.distance, 6), found.weights.round(6)
    (0.2, array([0.5, 0.5]))
    >>> smallest_change([[1, 1], [0, 0.5]], [1, 1], [1, 1], 1, bounds=[(0, 1)] * 2).possible
    False
    """
    result = rank(matrix, weights, directions, "weighted_sum", **options)
    values, now = result.steps["normalized"], result.weights
    if not 0 <= alternative < values.shape[0]:
        raise InputError(
            f"there is no alternative {alternative}; they are counted from 0 to "
            f"{values.shape[0] - 1}",
            argument="alternative",
        )
    allowed = _checked_space(space, now.size).polytope
    n, dims = now.size, allowed.dims
    behind = (values - values[alternative]) @ allowed.lift
    identity = np.eye(n)
    found = solve(
        Program(
            cost=np.r_[np.zeros(dims), np.full(n, 0.5)],
            at_most=np.block(
                [
                    [allowed.lift, -identity],
                    [-allowed.lift, -identity],
                    [behind, np.zeros((values.shape[0], n))],
                    [allowed.at_most, np.zeros((allowed.limits.size, n))],
                ]
            ),
            limits=np.r_[now, -now, np.zeros(values.shape[0]), allowed.limits],
            equal=np.hstack([allowed.equal, np.zeros((allowed.totals.size, n))]),
            totals=allowed.totals,
        )
    )
    if found is None:
        return WeightChange(alternative, False)
    after = np.maximum(allowed.lift @ found[:dims], 0.0)
    after /= after.sum()
    after.flags.writeable = False
    return WeightChange(alternative, True, float(np.abs(after - now).sum() / 2), after)


def always_first(
    matrix: ArrayLike,
    space: WeightSpace,
    directions: Sequence[object] | ArrayLike,
    **options: object,
) -> BoolArray:
    """Return which alternatives are first, or level with the first, with all weights of a space.

    Proved, not sampled: for each rival the smallest lead over it, by linear programming, is not
    below 0 (ties by the rule of :mod:`mcda.engine.ranks`).

    Args:
        matrix: as in :func:`mcda.engine.rank`.
        space: the weights allowed.
        directions: as in :func:`mcda.engine.rank`.
        **options: of the weighted sum.

    Raises:
        InputError: as :func:`smallest_change`.

    >>> always_first([[5, 9], [4, 0]], WeightSpace.whole(2), [1, 1], bounds=[(0, 10)] * 2)
    array([ True, False])
    """
    criteria = check_matrix(matrix).shape[1]
    polytope = _checked_space(space, criteria).polytope
    inside = polytope.lift @ space.interior.point
    result = rank(matrix, inside, directions, "weighted_sum", **options)
    values = result.steps["normalized"]
    slack = TIE_TOLERANCE * np.abs(values).max()
    found = result.ranks == 1
    for i in np.flatnonzero(found):
        leads = (values[i] - np.delete(values, i, axis=0)) @ polytope.lift
        found[i] = all(lead @ minimum(polytope, lead) >= -slack for lead in leads)
    return np.asarray(found)


def _checked_space(space: WeightSpace | None, criteria: int) -> WeightSpace:
    if space is None:
        return WeightSpace.whole(criteria)
    if space.criteria != criteria:
        raise InputError(
            f"it covers {space.criteria} criteria, but the matrix has {criteria}",
            argument="space",
        )
    return space
