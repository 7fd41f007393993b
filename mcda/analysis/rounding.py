"""Numbers rounded so that what is said of them stays true: past a point, or within a stretch."""

from __future__ import annotations

import math
from collections.abc import Callable

_PERCENT = 2  # decimals of a share in whole percent
_FINEST = 6  # decimals of a share that anyone would read
_FINER = 9  # decimals that may be added to the coarsest before giving up
_DUST = 6  # decimals of a step; what a linear program or a root finds is exact to within them
_FINE_DUST = 9  # 0.29 is 289.99999999999994 tenths of a percent


def past(
    exact: float, coarsest: int, within: Callable[[float], bool], *, upward: bool
) -> tuple[float, int]:
    """Return the roundest number past another, and how many decimals it has.

    It is truly past it, so that what holds past a crossing holds at the number. Where none that
    is fine enough will do, the number itself.

    Args:
        exact: the number to be past.
        coarsest: the decimals to begin with; below 0 for tens, hundreds and so on.
        within: whether a number may be used.
        upward: whether past means more.

    >>> past(0.2037, 2, lambda share: share < 0.5, upward=True)
    (0.21, 2)
    >>> past(0.2037, 2, lambda share: share < 0.206, upward=True)
    (0.204, 3)
    >>> past(1234.0, -2, lambda cost: cost >= 0, upward=False)
    (1200.0, -2)
    """
    for decimals in range(coarsest, coarsest + _FINER):
        steps = round(exact * 10.0**decimals, _DUST)
        whole = math.floor(steps) + 1 if upward else math.ceil(steps) - 1
        stated = round(whole / 10.0**decimals, max(decimals, 0))
        if within(stated):
            return stated, decimals
    return exact, coarsest + _FINER


def share_past(level: float, limit: float) -> tuple[float, int]:
    """Return a share past another, before a limit: in whole percent, or finer where it takes that.

    All or none of the weight is said only where it would take more than four decimals of a
    percent. Returns the share, and the decimals of a percent it has.

    Args:
        level: the share to be past.
        limit: on the side that is meant; 0 or 1, or where something else changes.

    >>> share_past(0.302, 1), share_past(0.302, 0), share_past(0.29, 1)
    ((0.31, 0), (0.3, 0), (0.3, 0))
    >>> share_past(0.9951, 1), share_past(0.2037, 0.206), share_past(1e-7, 0)
    ((0.996, 1), (0.204, 1), (0, 0))
    """
    low, high = sorted((level, limit))
    stated, decimals = past(level, _PERCENT, lambda share: low < share < high, upward=limit > level)
    if decimals > _FINEST and limit in (0, 1):
        return limit, 0
    return stated, decimals - _PERCENT


def inward(low: float, high: float, within: float) -> tuple[float, float, int]:
    """Round the ends of a stretch inward, so that what is true in it is true at both.

    To tenths of a percent, or finer where it takes more to keep a share between them. Returns
    the ends, and the decimals of a percent they have.

    Args:
        low: its low end, a share.
        high: its high end.
        within: a share in it.

    >>> inward(0.30241, 0.41239, 0.35), inward(0.30241, 0.41239, 0.3025)
    ((0.303, 0.412, 1), (0.3025, 0.4123, 2))
    """
    for decimals in range(1, 1 + _FINER):
        steps = 10 ** (decimals + 2)
        first = math.ceil(round(low * steps, _FINE_DUST)) / steps
        last = math.floor(round(high * steps, _FINE_DUST)) / steps
        if first <= within <= last:
            return first, last, decimals
    return low, high, 1 + _FINER


def in_percent(share: float, decimals: int) -> str:
    """Write a share in percent, without the zeros that end its decimals.

    >>> in_percent(0.3025, 2), in_percent(0.3, 2), in_percent(1, 0)
    ('30.25%', '30%', '100%')
    """
    whole, _, rest = f"{100 * share:.{decimals}f}".partition(".")
    rest = rest.rstrip("0")
    return f"{whole}.{rest}%" if rest else f"{whole}%"


def at_least(share: float) -> str:
    """Write how much has to move, rounded up: moving what is printed is enough.

    >>> at_least(0.01818), at_least(0.29)
    ('1.9%', '29%')
    """
    return in_percent(math.ceil(round(1000 * share, _DUST)) / 1000, 1)
