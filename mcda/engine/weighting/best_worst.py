"""Weights from comparisons with the best and the worst criterion only: the best-worst method.

Two rows of answers on a scale from 1 to 9: how many times as important the most important
criterion B is as each other one (a_Bj), and how many times as important each criterion is as the
least important one W (a_jW). The two models below read the same answers differently and give
different weights; say which one was used.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mcda.engine._types import FloatArray
from mcda.engine.errors import InputError
from mcda.engine.validation import as_floats, refuse, shares

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


@dataclass(frozen=True, eq=False)
class BestWorstLinear:
    """Weights by the linear model.

    Attributes:
        weights: summing to 1, shape (criteria,).
        deviation: the largest difference xi that had to be accepted, in weight. 0 where the
            answers fit together; the paper judges consistency by it directly.
    """

    weights: FloatArray
    deviation: float


@dataclass(frozen=True, eq=False)
class BestWorstInterval:
    """Weights by the nonlinear model, which many weights may satisfy equally well.

    Attributes:
        weights: the middles of the intervals divided by their sum, shape (criteria,).
        low: the smallest optimal weight of each criterion, shape (criteria,).
        high: the largest optimal weight of each criterion, shape (criteria,).
        deviation: the largest difference xi between a ratio of weights and its answer.
        consistency_ratio: deviation / consistency index of a_BW; 0 is fully consistent.
    """

    weights: FloatArray
    low: FloatArray
    high: FloatArray
    deviation: float
    consistency_ratio: float


def best_worst_linear(
    best: int, worst: int, best_to_others: ArrayLike, others_to_worst: ArrayLike
) -> BestWorstLinear:
    """Return the weights of the linear best-worst model, solved as a linear program (HiGHS).

    Minimise xi such that for every criterion j::

        |w_B - a_Bj w_j| <= xi,    |w_j - a_jW w_W| <= xi,    sum of w = 1,    w >= 0

    Args:
        best: the position of the most important criterion.
        worst: the position of the least important criterion.
        best_to_others: a_Bj from 1 to 9, shape (criteria,); 1 at ``best``.
        others_to_worst: a_jW from 1 to 9, shape (criteria,); 1 at ``worst``.

    Raises:
        InputError: positions that are none or the same, answers out of scale, answers that say
            something else about best against worst, or an answer above that one.

    References:
        Rezaei, J. (2016). Best-worst multi-criteria decision-making method: some properties and
        a linear model. Omega 64, 126-130.

    >>> result = best_worst_linear(2, 0, [8, 2, 1], [1, 5, 8])
    >>> result.weights.round(4), round(result.deviation, 4)
    (array([0.0714, 0.3214, 0.6071]), 0.0357)
    """
    to_others, to_worst = _checked(best, worst, best_to_others, others_to_worst)
    from scipy.optimize import linprog

    count = to_others.size
    unit = np.eye(count)
    gaps = np.vstack([unit[best] - np.diag(to_others), unit - np.outer(to_worst, unit[worst])])
    found = linprog(
        np.append(np.zeros(count), 1.0),
        A_ub=np.column_stack([np.vstack([gaps, -gaps]), -np.ones(4 * count)]),
        b_ub=np.zeros(4 * count),
        A_eq=np.append(np.ones(count), 0.0)[np.newaxis],
        b_eq=[1.0],
        method="highs",
    )
    return BestWorstLinear(shares(np.maximum(found.x[:-1], 0)), max(float(found.x[-1]), 0.0))


def best_worst_nonlinear(
    best: int, worst: int, best_to_others: ArrayLike, others_to_worst: ArrayLike
) -> BestWorstInterval:
    """Return the optimal weights of the nonlinear best-worst model, as intervals.

    Minimise xi such that for every criterion j::

        |w_B / w_j - a_Bj| <= xi,    |w_j / w_W - a_jW| <= xi,    sum of w = 1

    It is solved exactly. With r = w_B / w_W, criterion j can be placed between the two if and
    only if r lies in::

        max(a_Bj - xi, 0) max(a_jW - xi, 0)  <=  r  <=  (a_Bj + xi) (a_jW + xi)

    and best against worst asks for a_BW - xi <= r <= a_BW + xi. Intervals of r meet if and only
    if every two do, so the smallest xi is the largest one that any two of them need; there r is
    unique, and every w_j / w_W has an interval of its own.

    Args:
        best: as in :func:`best_worst_linear`.
        worst: as in :func:`best_worst_linear`.
        best_to_others: as in :func:`best_worst_linear`.
        others_to_worst: as in :func:`best_worst_linear`.

    Returns:
        Each criterion's smallest and largest weight among all optimal ones (with up to three
        criteria, or consistent answers, they are the same), and the consistency ratio: xi over
        :func:`best_worst_index` of a_BW. The ratio can exceed 1 where answers on several
        criteria err in opposite directions.

    Raises:
        InputError: as :func:`best_worst_linear`.

    References:
        Rezaei, J. (2015). Best-worst multi-criteria decision-making method. Omega 53, 49-57.
        Rezaei, J. (2016). Omega 64, 126-130 (the intervals and their middles).

    >>> result = best_worst_nonlinear(2, 0, [8, 2, 1], [1, 5, 8])
    >>> result.weights.round(4), round(result.deviation, 4), round(result.consistency_ratio, 3)
    (array([0.0714, 0.3387, 0.5899]), 0.2583, 0.058)
    """
    to_others, to_worst = _checked(best, worst, best_to_others, others_to_worst)
    if to_others.size == 1:
        return BestWorstInterval(np.ones(1), np.ones(1), np.ones(1), 0.0, 0.0)
    between = np.ones(to_others.size, dtype=np.bool_)
    between[[best, worst]] = False
    answer = float(to_others[worst])
    deviation = _deviation(answer, to_others[between], to_worst[between])
    ratio = _ratio(answer, to_others[between], to_worst[between], deviation)
    ends = np.ones((2, to_others.size))
    ends[:, best] = ratio
    ends[:, between] = _places(ratio, to_others[between], to_worst[between], deviation)
    low, high = ends
    smallest = low / (low + high.sum() - high)
    largest = high / (high + low.sum() - low)
    index = best_worst_index(answer)
    return BestWorstInterval(
        shares((smallest + largest) / 2),
        smallest,
        largest,
        deviation,
        deviation / index if index else 0.0,
    )


def best_worst_index(answer: float) -> float:
    """Return the deviation that the most contradictory answers on one criterion need.

    These are a_Bj = a_jW = a_BW, and they need the smaller root of
    xi^2 - (1 + 2 a) xi + (a^2 - a) = 0. The paper's table is its rounding for a = 1 ... 9:
    0.00, 0.44, 1.00, 1.63, 2.30, 3.00, 3.73, 4.47, 5.23.

    >>> [round(best_worst_index(answer), 2) for answer in (1, 2, 8, 9)]
    [0.0, 0.44, 4.47, 5.23]
    """
    half = (1 + 2 * answer) / 2
    return half - math.sqrt(half * half - (answer * answer - answer))


def _deviation(answer: float, to_others: FloatArray, to_worst: FloatArray) -> float:
    """Return the smallest xi at which every two intervals of r meet."""
    products, sums = to_others * to_worst, to_others + to_worst
    # A low end (a - xi)(b - xi) of one criterion against the high end of another: linear in xi.
    crossings = np.subtract.outer(products, products) / np.add.outer(sums, sums)
    # The same two ends against a_BW + xi and a_BW - xi: quadratic, the smaller root is wanted.
    too_high = _smaller_root(sums + 1, products - answer)
    too_low = _smaller_root(-(sums + 1), products - answer)
    return float(np.concatenate([[0.0], crossings.ravel(), too_high, too_low]).max())


def _smaller_root(sums: FloatArray, constants: FloatArray) -> FloatArray:
    """Return the root of xi^2 - sums xi + constants that is nearest 0 from above, or 0.

    Written without cancellation: the product of the two roots is ``constants``.
    """
    roots = np.sqrt(sums * sums - 4 * constants)
    return np.maximum(2 * constants / (sums + np.copysign(roots, sums)), 0.0)


def _ratio(answer: float, to_others: FloatArray, to_worst: FloatArray, xi: float) -> float:
    """Return r = w_B / w_W at the optimum, the one point where all intervals meet."""
    low = np.append(np.maximum(to_others - xi, 0) * np.maximum(to_worst - xi, 0), answer - xi).max()
    high = np.append((to_others + xi) * (to_worst + xi), answer + xi).min()
    return float(low + high) / 2


def _places(ratio: float, to_others: FloatArray, to_worst: FloatArray, xi: float) -> FloatArray:
    """Return the lowest and the highest w_j / w_W of the criteria between, shape (2, between)."""
    low = np.maximum(to_worst - xi, ratio / (to_others + xi))
    high = to_worst + xi
    bounded = to_others > xi
    high[bounded] = np.minimum(high[bounded], ratio / (to_others[bounded] - xi))
    return np.array([np.minimum(low, high), high])


def _checked(
    best: int, worst: int, best_to_others: ArrayLike, others_to_worst: ArrayLike
) -> tuple[FloatArray, FloatArray]:
    to_others = as_floats(best_to_others, "best_to_others", ("criteria",))
    to_worst = as_floats(others_to_worst, "others_to_worst", ("criteria",))
    count = to_others.size
    if to_worst.size != count:
        raise InputError(
            f"it covers {to_worst.size} criteria, but best_to_others covers {count}",
            argument="others_to_worst",
        )
    _check_position(best, count, "best")
    _check_position(worst, count, "worst")
    if best == worst and count > 1:
        raise InputError(f"it is {worst}, as best is; give another criterion", argument="worst")
    for answers, argument, itself in (
        (to_others, "best_to_others", best),
        (to_worst, "others_to_worst", worst),
    ):
        outside = (answers < 1) | (answers > 9)
        refuse(outside, answers, argument, "is outside the scale of 1 to 9")
        odd = (np.arange(count) == itself) & (answers != 1)
        refuse(odd, answers, argument, "is not 1; a criterion is as important as itself")
    if to_others[worst] != to_worst[best]:
        raise InputError(
            f"best against worst is {to_worst[best]:g} here, but {to_others[worst]:g} in "
            "best_to_others; it is the same comparison",
            argument="others_to_worst",
            column=best,
        )
    for answers, argument in ((to_others, "best_to_others"), (to_worst, "others_to_worst")):
        reason = f"is above {to_others[worst]:g}, the answer for best against worst"
        refuse(answers > to_others[worst], answers, argument, reason)
    return to_others, to_worst


def _check_position(position: int, count: int, argument: str) -> None:
    whole = isinstance(position, int | np.integer) and not isinstance(position, bool)
    if not whole or not 0 <= position < count:
        raise InputError(
            f"{position!r} is not a position; give a whole number from 0 to {count - 1}",
            argument=argument,
        )
