"""The outlines of marks, which are told apart by their shape: around a point, one pixel in size."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin, sqrt

Outline = tuple[tuple[float, float], ...]

_STAR = (3 - sqrt(5)) / 2  # how far in the corners of a five-pointed star lie, against its tips
_ARM = 1 / 6  # half as thick as an arm of a plus


def _around(radii: Sequence[float]) -> Outline:
    """Return corners evenly spaced around a point, the first above it.

    >>> [(round(x, 6), round(y, 6)) for x, y in _around([1, 1])]
    [(0.0, -1.0), (0.0, 1.0)]
    """
    turn = 2 * pi / len(radii)
    return tuple((r * sin(turn * n), -r * cos(turn * n)) for n, r in enumerate(radii))


OUTLINES: dict[str, Outline] = {
    "s": ((-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)),
    "D": _around([sqrt(0.5)] * 4),
    "^": ((0, -0.5), (0.5, 0.5), (-0.5, 0.5)),
    "v": ((0, 0.5), (-0.5, -0.5), (0.5, -0.5)),
    ">": ((0.5, 0), (-0.5, 0.5), (-0.5, -0.5)),
    "*": _around([0.5, 0.5 * _STAR] * 5),
    "h": _around([0.5] * 6),
    "P": (
        (-_ARM, -0.5),
        (_ARM, -0.5),
        (_ARM, -_ARM),
        (0.5, -_ARM),
        (0.5, _ARM),
        (_ARM, _ARM),
        (_ARM, 0.5),
        (-_ARM, 0.5),
        (-_ARM, _ARM),
        (-0.5, _ARM),
        (-0.5, -_ARM),
        (-_ARM, -_ARM),
    ),
}
"""Corners by letter: square, diamond, triangles up, down and right, star, hexagon and plus."""
