"""How sure a share is that was counted in a sample."""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from mcda.engine._types import FloatArray
from mcda.engine.errors import InputError
from mcda.engine.validation import as_floats

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


def wilson_interval(
    shares: ArrayLike, size: float, level: float = 0.95
) -> tuple[FloatArray, FloatArray]:
    """Return the Wilson score interval of each share.

    Formula, z being the normal quantile of (1 + level) / 2::

        (p + z^2 / 2n  -+  z sqrt(p (1 - p) / n + z^2 / 4n^2)) / (1 + z^2 / n)

    It stays within 0 to 1 and is above 0 wide even where the share is 0 or 1.

    Args:
        shares: from 0 to 1, shape (alternatives,).
        size: how many independent draws they were counted in, n.
        level: above 0, below 1.

    Raises:
        InputError: a share outside 0 to 1, a size of 0 or less, or another level.

    References:
        Wilson, E. (1927). Probable inference, the law of succession, and statistical inference.
        Journal of the American Statistical Association 22(158), 209-212.

    >>> low, high = wilson_interval([0.0, 0.5], 100)
    >>> low.round(4), high.round(4)
    (array([0.    , 0.4038]), array([0.037 , 0.5962]))
    """
    p = as_floats(shares, "shares", ("alternatives",))
    if p.min() < 0 or p.max() > 1:
        raise InputError("each share must be from 0 to 1", argument="shares")
    if not 0 < size < np.inf:
        raise InputError(f"{size!r} is not a sample size above 0", argument="size")
    square = quantile(level) ** 2 / size
    middle = p + square / 2
    # sqrt(p (1 - p) z^2 / n + (z^2 / 2n)^2): at p = 0 it is exactly z^2 / 2n, so the end is 0.
    reach = np.sqrt(p * (1 - p) * square + (square / 2) ** 2)
    low, high = (middle - reach) / (1 + square), (middle + reach) / (1 + square)
    return np.clip(low, 0.0, 1.0), np.clip(high, 0.0, 1.0)


def quantile(level: float) -> float:
    """Return the z that a normal variable stays within, both ways, with this probability.

    Raises:
        InputError: a level that is not above 0 and below 1.

    >>> round(quantile(0.95), 4)
    1.96
    """
    if not 0 < level < 1:
        raise InputError(f"{level!r} is not a level above 0 and below 1", argument="level")
    return NormalDist().inv_cdf((1 + level) / 2)
