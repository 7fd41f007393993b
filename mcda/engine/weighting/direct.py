"""Weights from judgements stated as numbers: equal, points, swing ratings, SMART ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mcda.engine._types import FloatArray
from mcda.engine.errors import InputError
from mcda.engine.validation import as_floats, refuse, shares

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


def equal_weights(criteria: int) -> FloatArray:
    """Return the same weight for each criterion, 1 / n.

    Args:
        criteria: how many there are, a whole number of 1 or more.

    Raises:
        InputError: another number.

    References:
        Dawes, R., Corrigan, B. (1974). Linear models in decision making. Psychological
        Bulletin 81(2), 95-106.

    >>> equal_weights(4)
    array([0.25, 0.25, 0.25, 0.25])
    """
    if isinstance(criteria, bool) or not isinstance(criteria, int | np.integer) or criteria < 1:
        raise InputError(
            f"{criteria!r} is not a number of criteria; give a whole number of 1 or more",
            argument="criteria",
        )
    return np.full(int(criteria), 1.0 / int(criteria))


def points_weights(points: ArrayLike) -> FloatArray:
    """Return points divided by their sum: w_j = p_j / sum of p.

    Args:
        points: 0 or more, not all 0, shape (criteria,). The total may be anything.

    Raises:
        InputError: negative, not finite, or all 0.

    References:
        Doyle, J., Green, R., Bottomley, P. (1997). Judging relative importance: direct rating
        and point allocation are not equivalent. Organizational Behavior and Human Decision
        Processes 70(1), 65-72.

    >>> points_weights([50, 30, 20])
    array([0.5, 0.3, 0.2])
    """
    given = as_floats(points, "points", ("criteria",))
    refuse(given < 0, given, "points", "is negative; points must be 0 or more")
    if not given.any():
        raise InputError("all are 0; give points to at least one criterion", argument="points")
    return shares(given)


def swing_weights(ratings: ArrayLike) -> FloatArray:
    """Return swing ratings divided by their sum: w_j = s_j / sum of s.

    The lift from the worst to the best end that one would make first is rated 100; every other
    lift is rated against it.

    Args:
        ratings: 0 to 100, at least one exactly 100, shape (criteria,).

    Raises:
        InputError: not finite, outside 0 to 100, or none at 100.

    References:
        von Winterfeldt, D., Edwards, W. (1986). Decision Analysis and Behavioral Research.
        Cambridge University Press, ch. 8.

    >>> swing_weights([100, 60, 40])
    array([0.5, 0.3, 0.2])
    """
    given = as_floats(ratings, "ratings", ("criteria",))
    refuse((given < 0) | (given > 100), given, "ratings", "is outside 0 to 100")
    if np.max(given) != 100:
        raise InputError(
            f"the highest is {np.max(given):g}; rate the lift you would make first exactly 100",
            argument="ratings",
            column=int(np.argmax(given)),
        )
    return shares(given)


def smart_weights(ratings: ArrayLike) -> FloatArray:
    """Return SMART ratings divided by their sum: w_j = s_j / sum of s.

    The least important criterion is rated 10; every other one by how many times as important it
    is, so that one twice as important is rated 20. There is no upper end.

    Args:
        ratings: 10 or more, at least one exactly 10, shape (criteria,).

    Raises:
        InputError: not finite, below 10, or none at 10.

    References:
        Edwards, W. (1977). How to use multiattribute utility measurement for social
        decisionmaking. IEEE Transactions on Systems, Man, and Cybernetics 7(5), 326-340.

    >>> smart_weights([50, 30, 20, 10]).round(4)
    array([0.4545, 0.2727, 0.1818, 0.0909])
    """
    given = as_floats(ratings, "ratings", ("criteria",))
    lowest = int(np.argmin(given))
    if given[lowest] < 10:
        raise InputError(
            f"{given[lowest]:g} is below 10; rate the least important criterion 10 and the "
            "others from there up",
            argument="ratings",
            column=lowest,
        )
    if given[lowest] > 10:
        raise InputError(
            f"the lowest is {given[lowest]:g}; rate the least important criterion exactly 10",
            argument="ratings",
            column=lowest,
        )
    return shares(given)
