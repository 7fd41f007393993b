"""Weights from an order of importance: rank-order centroid, rank sum, rank reciprocal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mcda.engine._types import FloatArray, IntArray
from mcda.engine.validation import as_floats, refuse

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


def rank_order_weights(ranks: ArrayLike) -> FloatArray:
    """Return the centroid of all weights that keep an order of importance, ties included.

    With tiers of equally important criteria, the tier sizes g_1, ..., g_T and the running totals
    G_k = g_1 + ... + g_k, a criterion of tier t weighs::

        w = (1 / T) * sum over k = t ... T of 1 / G_k

    The weights with w_1 >= w_2 >= ... >= 0 over the tiers form a simplex. Its corners give all
    weight evenly to the first k tiers, and this is the mean of its corners. Without ties it is
    the usual centroid, w_t = (1 / n) * sum over k = t ... n of 1 / k.

    Args:
        ranks: whole numbers of 1 or more, 1 the most important, equal numbers for equal
            importance, shape (criteria,). Only their order counts: 1, 2, 2, 4 is 1, 2, 2, 3.

    Returns:
        Weights summing to 1, shape (criteria,).

    Raises:
        InputError: anything but whole numbers of 1 or more.

    References:
        Barron, F. H. (1992). Selecting a best multiattribute alternative with partial
        information about attribute weights. Acta Psychologica 80(1-3), 91-103.
        Barron, F. H., Barrett, B. E. (1996). Decision quality using ranked attribute weights.
        Management Science 42(11), 1515-1523.

    >>> rank_order_weights([1, 2, 3]).round(4)
    array([0.6111, 0.2778, 0.1111])
    >>> rank_order_weights([2, 1, 2]).round(4)
    array([0.1667, 0.6667, 0.1667])
    """
    tier, sizes = _tiers(ranks)
    corners = 1.0 / np.cumsum(sizes)
    weight_of_tier = np.cumsum(corners[::-1])[::-1] / sizes.size
    return np.asarray(weight_of_tier[tier])


def rank_sum_weights(ranks: ArrayLike) -> FloatArray:
    """Return weights that fall by equal steps down an order of importance.

    The criterion at place i of n weighs::

        w_i = 2 (n + 1 - i) / (n (n + 1))

    Equally important criteria share the weights of the places they take together in equal parts.

    Args:
        ranks: as in :func:`rank_order_weights`.

    Returns:
        Weights summing to 1, shape (criteria,).

    Raises:
        InputError: anything but whole numbers of 1 or more.

    References:
        Stillwell, W., Seaver, D., Edwards, W. (1981). A comparison of weight approximation
        techniques in multiattribute utility decision making. Organizational Behavior and Human
        Performance 28(1), 62-77.

    >>> rank_sum_weights([1, 2, 3]).round(4)
    array([0.5   , 0.3333, 0.1667])
    >>> rank_sum_weights([2, 1, 2])
    array([0.25, 0.5 , 0.25])
    """
    tier, sizes = _tiers(ranks)
    return _shared_places(np.arange(tier.size, 0.0, -1.0), tier, sizes)


def rank_reciprocal_weights(ranks: ArrayLike) -> FloatArray:
    """Return weights in proportion to 1 over the place in an order of importance.

    The criterion at place i of n weighs::

        w_i = (1 / i) / (sum over k = 1 ... n of 1 / k)

    Equally important criteria share the weights of the places they take together in equal parts.

    Args:
        ranks: as in :func:`rank_order_weights`.

    Returns:
        Weights summing to 1, shape (criteria,).

    Raises:
        InputError: anything but whole numbers of 1 or more.

    References:
        Stillwell, W., Seaver, D., Edwards, W. (1981). A comparison of weight approximation
        techniques in multiattribute utility decision making. Organizational Behavior and Human
        Performance 28(1), 62-77.

    >>> rank_reciprocal_weights([1, 2, 3]).round(4)
    array([0.5455, 0.2727, 0.1818])
    >>> rank_reciprocal_weights([2, 1, 2]).round(4)
    array([0.2273, 0.5455, 0.2273])
    """
    tier, sizes = _tiers(ranks)
    return _shared_places(1.0 / np.arange(1.0, tier.size + 1), tier, sizes)


def _tiers(ranks: ArrayLike) -> tuple[IntArray, IntArray]:
    """Return the tier of each criterion, 0 the most important, and the size of each tier."""
    given = as_floats(ranks, "ranks", ("criteria",))
    wrong = (given < 1) | (given != np.floor(given))
    reason = "is not a rank; give whole numbers from 1, the most important"
    refuse(wrong, given, "ranks", reason)
    _, tier, sizes = np.unique(given, return_inverse=True, return_counts=True)
    return tier, sizes


def _shared_places(of_place: FloatArray, tier: IntArray, sizes: IntArray) -> FloatArray:
    """Return the weights when each tier shares what its places are worth, scaled to sum to 1."""
    starts = np.cumsum(sizes) - sizes
    of_tier = np.add.reduceat(of_place, starts) / sizes
    return np.asarray(of_tier[tier] / of_place.sum())
