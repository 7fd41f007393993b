"""What if one criterion counted more, or less: the others give way in proportion."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping


def with_share(weights: Mapping[str, float], criterion: str, share: float) -> dict[str, float]:
    """Return weights with one criterion's share set, the others keeping their proportions.

    Where the others have no weight to keep in proportion, they share the rest equally. A lone
    criterion keeps everything.

    Args:
        weights: shares by criterion id, summing to 1.
        criterion: the one to set.
        share: its new share, from 0 to 1.

    Raises:
        KeyError: no such criterion.
        ValueError: a share outside 0 to 1.

    >>> with_share({"a": 0.5, "b": 0.25, "c": 0.25}, "a", 0.2)
    {'a': 0.2, 'b': 0.4, 'c': 0.4}
    """
    return with_shares(weights, {criterion: share})


def with_shares(weights: Mapping[str, float], shares: Mapping[str, float]) -> dict[str, float]:
    """Return weights with several criteria's shares set, the others keeping their proportions.

    Where the others have no weight to keep in proportion, they share the rest equally. Where
    there are no others, the shares asked for are scaled to sum to 1; equally, where all are 0.

    Args:
        weights: shares by criterion id, summing to 1.
        shares: the new shares by criterion id, each from 0 to 1, summing to 1 at most.

    Raises:
        KeyError: no such criterion.
        ValueError: a share outside 0 to 1, or a sum above 1.

    >>> with_shares({"a": 0.5, "b": 0.25, "c": 0.25}, {"a": 0.2, "b": 0.2})
    {'a': 0.2, 'b': 0.2, 'c': 0.6}
    """
    for criterion, share in shares.items():
        if not 0 <= share <= 1:
            raise ValueError(f"the share is {share!r}; it must be from 0 to 1")
        if criterion not in weights:
            raise KeyError(criterion)
    asked = math.fsum(shares.values())
    if asked > 1 + _ROUNDING:
        raise ValueError(f"the shares sum to {asked!r}; it must be 1 at most")
    others = {item: weight for item, weight in weights.items() if item not in shares}
    if not others:
        return _scaled(shares, weights, 1.0)
    return {**weights, **shares, **_scaled(others, others, max(1 - asked, 0.0))}


_ROUNDING = 1e-9


def _scaled(weights: Mapping[str, float], order: Iterable[str], whole: float) -> dict[str, float]:
    """Return weights in proportion that sum to the whole; equal ones where all are 0."""
    items = list(order)
    kept = sum(weights[item] for item in items)
    if kept > 0:
        return {item: weights[item] / kept * whole for item in items}
    return dict.fromkeys(items, whole / len(items))
