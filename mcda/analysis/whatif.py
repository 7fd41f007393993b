"""What if one criterion counted more, or less: the others give way in proportion."""

from __future__ import annotations

from collections.abc import Mapping


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
    if not 0 <= share <= 1:
        raise ValueError(f"the share is {share!r}; it must be from 0 to 1")
    others = {item: weight for item, weight in weights.items() if item != criterion}
    if len(others) == len(weights):
        raise KeyError(criterion)
    if not others:
        return {criterion: 1.0}
    kept = sum(others.values())
    rest = (
        {item: weight / kept * (1 - share) for item, weight in others.items()}
        if kept > 0
        else dict.fromkeys(others, (1 - share) / len(others))
    )
    return {item: share if item == criterion else rest[item] for item in weights}
