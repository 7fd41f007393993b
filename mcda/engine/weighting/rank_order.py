"""Weights from an order of importance: the rank-order centroid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mcda.engine._types import FloatArray
from mcda.engine.errors import InputError
from mcda.engine.validation import as_floats

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
    given = as_floats(ranks, "ranks", ("criteria",))
    wrong = (given < 1) | (given != np.floor(given))
    if wrong.any():
        column = int(np.argmax(wrong))
        raise InputError(
            f"{given[column]:g} is not a rank; give whole numbers from 1, the most important",
            argument="ranks",
            column=column,
        )
    _, tier, sizes = np.unique(given, return_inverse=True, return_counts=True)
    corners = 1.0 / np.cumsum(sizes)
    weight_of_tier = np.cumsum(corners[::-1])[::-1] / sizes.size
    return np.asarray(weight_of_tier[tier])
