"""How much rankings agree: coefficients for two rankings, and one for several.

A ranking is a list of ranks, 1 the best, equal numbers for ties. Only their order counts: 1, 2, 2,
4 and 1, 2, 2, 3 are the same ranking, and ties are put at the mean of the places they take
together (1, 2.5, 2.5, 4). A ranking in which everything ties has no order that could agree with
anything; it is an error, never a NaN.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mcda.engine._types import FloatArray
from mcda.engine.errors import InputError
from mcda.engine.validation import as_floats

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


def kendall_tau(first: ArrayLike, second: ArrayLike) -> float:
    """Return Kendall's tau-b of two rankings.

    With C pairs in the same order, D in opposite order, and T1, T2 pairs tied in the first and
    in the second ranking, of P = n (n - 1) / 2 pairs::

        tau_b = (C - D) / sqrt((P - T1) (P - T2))

    Args:
        first: ranks, shape (alternatives,).
        second: ranks, shape (alternatives,).

    Returns:
        From -1 (reversed) to 1 (the same). Without ties (1 + tau) / 2 is the share of pairs in
        the same order.

    Raises:
        InputError: ranks that are not finite, different lengths, or a ranking that only ties.

    References:
        Kendall, M. (1945). The treatment of ties in ranking problems. Biometrika 33(3),
        239-251.

    >>> round(kendall_tau([1, 2, 3, 4, 5], [1, 3, 2, 4, 5]), 12)
    0.8
    """
    one, other = _two(first, second)
    # scipy.stats would take longer to load than all of the engine.
    order_one = np.sign(np.subtract.outer(one, one))
    order_other = np.sign(np.subtract.outer(other, other))
    agreement = np.vdot(order_one, order_other)
    return float(agreement / np.sqrt(np.abs(order_one).sum() * np.abs(order_other).sum()))


def spearman_rho(first: ArrayLike, second: ArrayLike) -> float:
    """Return Spearman's rho of two rankings: the correlation of their ranks, ties included.

    Without ties it equals 1 - 6 (sum of d_i^2) / (n^3 - n), d_i the difference of the ranks of i.

    Args:
        first: ranks, shape (alternatives,).
        second: ranks, shape (alternatives,).

    Returns:
        From -1 (reversed) to 1 (the same).

    Raises:
        InputError: as :func:`kendall_tau`.

    References:
        Spearman, C. (1904). The proof and measurement of association between two things.
        American Journal of Psychology 15(1), 72-101.

    >>> round(spearman_rho([1, 2, 3, 4, 5], [1, 3, 2, 4, 5]), 12)
    0.9
    """
    one, other = _two(first, second)
    one, other = one - one.mean(), other - other.mean()
    rho = (one @ other) / np.sqrt((one @ one) * (other @ other))
    return float(np.clip(rho, -1, 1))


def weighted_spearman(first: ArrayLike, second: ArrayLike) -> float:
    """Return the weighted Spearman coefficient, which counts differences at the top more.

    With ranks x_i, y_i of n alternatives::

        r_w = 1 - 6 sum of (x_i - y_i)^2 ((n - x_i + 1) + (n - y_i + 1)) / (n^4 + n^3 - n^2 - n)

    Args:
        first: ranks, shape (alternatives,).
        second: ranks, shape (alternatives,).

    Returns:
        From -1 (reversed) to 1 (the same).

    Raises:
        InputError: as :func:`kendall_tau`.

    References:
        Pinto da Costa, J., Soares, C. (2005). A weighted rank measure of correlation. Australian
        & New Zealand Journal of Statistics 47(4), 515-529. Dancelli, L., Manisera, M., Vezzoli,
        M. (2013). On two classes of weighted rank correlation measures deriving from the
        Spearman's rho. In: Statistical Models for Data Analysis. Springer, 107-114.

    >>> round(weighted_spearman([1, 2, 3, 4, 5], [1, 3, 2, 4, 5]), 4)
    0.8833
    """
    one, other = _two(first, second)
    count = one.size
    weighted = (one - other) ** 2 * (2 * (count + 1) - one - other)
    return float(1 - 6 * weighted.sum() / ((count + 1.0) * (count**3 - count)))


def rank_similarity(reference: ArrayLike, ranking: ArrayLike) -> float:
    """Return the WS coefficient, which counts differences at the reference's top most.

    With ranks x_i in the reference and y_i of n alternatives::

        WS = 1 - sum of 2^(-x_i) |x_i - y_i| / max(|x_i - 1|, |x_i - n|)

    It is not symmetric: say which ranking is the reference.

    Args:
        reference: ranks, shape (alternatives,).
        ranking: ranks, shape (alternatives,).

    Returns:
        Above 0, up to 1 (the same).

    Raises:
        InputError: as :func:`kendall_tau`.

    References:
        Salabun, W., Urbaniak, K. (2020). A new coefficient of rankings similarity in
        decision-making problems. ICCS 2020, Lecture Notes in Computer Science 12138, 632-645.

    >>> round(rank_similarity([1, 2, 3, 4, 5], [1, 3, 2, 4, 5]), 4)
    0.8542
    """
    one, other = _two(reference, ranking)
    furthest = np.maximum(one - 1, one.size - one)
    return float(1 - (2.0**-one * np.abs(one - other) / furthest).sum())


def kendall_w(rankings: ArrayLike) -> float:
    """Return Kendall's coefficient of concordance of several rankings, corrected for ties.

    With R_i the sum of the ranks of i over m rankings of n alternatives, S the sum of the squared
    deviations of the R_i from their mean, and T_k the sum of t^3 - t over the groups of t
    alternatives that tie in ranking k::

        W = 12 S / (m^2 (n^3 - n) - m sum of T_k)

    Args:
        rankings: ranks, shape (rankings, alternatives). Some, but not all, may only tie.

    Returns:
        From 0 (no agreement) to 1 (all the same).

    Raises:
        InputError: ranks that are not finite, fewer than 2 alternatives, or only ties.

    References:
        Kendall, M., Babington Smith, B. (1939). The problem of m rankings. Annals of
        Mathematical Statistics 10(3), 275-287. Kendall, M. (1970). Rank Correlation Methods,
        4th ed. Griffin, ch. 6.

    >>> kendall_w([[1, 3, 2], [1, 2, 3], [2, 3, 1], [3, 1, 2]])
    0.0625
    """
    ranks = check_rankings(rankings)
    count, length = ranks.shape
    centred = ranks - (length + 1) / 2
    # 12 times a ranking's own squares is n^3 - n less its T, so no ties need to be counted.
    own = (centred * centred).sum()
    if own == 0:
        raise InputError("in every ranking all alternatives tie", argument="rankings")
    sums = centred.sum(axis=0)
    return float(np.clip((sums @ sums) / (count * own), 0, 1))


def check_rankings(rankings: ArrayLike) -> FloatArray:
    """Return rankings with ties at the mean of their places, shape (rankings, alternatives).

    Raises:
        InputError: ranks that are not finite numbers, or fewer than 2 alternatives.

    >>> check_rankings([[1, 2, 2, 4]])
    array([[1. , 2.5, 2.5, 4. ]])
    """
    given = as_floats(rankings, "rankings", ("rankings", "alternatives"))
    if given.shape[1] < 2:
        raise InputError("a ranking needs 2 or more alternatives", argument="rankings")
    return np.array([_mean_ranks(ranking) for ranking in given])


def _two(first: ArrayLike, second: ArrayLike) -> tuple[FloatArray, FloatArray]:
    one = as_floats(first, "first", ("alternatives",))
    other = as_floats(second, "second", ("alternatives",))
    if one.size != other.size:
        raise InputError(
            f"it ranks {other.size} alternatives, the other ranking {one.size}", argument="second"
        )
    for ranks, argument in ((one, "first"), (other, "second")):
        if (ranks == ranks[0]).all():
            raise InputError(
                "all alternatives tie, so there is no order to compare", argument=argument
            )
    return _mean_ranks(one), _mean_ranks(other)


def _mean_ranks(ranks: FloatArray) -> FloatArray:
    """Return the mean of the places each alternative shares, 1 the best."""
    _, group, sizes = np.unique(ranks, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(sizes) - (sizes - 1) / 2)[group])
