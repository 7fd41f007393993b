"""Value functions: scores in a criterion's own units become values from 0 (worst) to 100 (best).

All are monotone and keep the declared ends: the worst score is worth 0, the best 100. They take
one number, a list (alternatives,) or a table (alternatives, criteria) and return an array of the
same shape.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mcda.engine._types import FloatArray
from mcda.engine.errors import InputError
from mcda.engine.normalization import fraction
from mcda.engine.validation import RANGE_TOLERANCE, as_array, as_floats, check_choice, first

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

_AXES = ("alternatives", "criteria")


def linear_value(
    scores: ArrayLike, worst: float, best: float, outside: str = "error"
) -> FloatArray:
    """Return 100 * (score - worst) / (best - worst).

    Args:
        scores: finite numbers; one, a list or a table.
        worst: the score worth 0.
        best: the score worth 100; below ``worst`` where less is better.
        outside: "error" refuses a score outside the range, "clip" moves it to the nearer end.

    Raises:
        InputError: bad numbers, equal ends, or a score outside the range.

    References:
        Keeney, R., Raiffa, H. (1976). Decisions with Multiple Objectives. Wiley, ch. 3.

    >>> linear_value([18, 27, 40], worst=40, best=10)
    array([73.33333333, 43.33333333,  0.        ])
    """
    _check_ends(worst, best)
    return piecewise_value(scores, [worst, best], [0, 100], outside)


def linear_score(values: ArrayLike, worst: float, best: float) -> FloatArray:
    """Return the score that :func:`linear_value` maps to each value from 0 to 100.

    Raises:
        InputError: as :func:`linear_value`.

    >>> linear_score([0, 50, 100], worst=40, best=10)
    array([40., 25., 10.])
    """
    _check_ends(worst, best)
    return piecewise_score(values, [worst, best], [0, 100])


def piecewise_value(
    scores: ArrayLike, points: ArrayLike, values: ArrayLike, outside: str = "error"
) -> FloatArray:
    """Interpolate linearly between given points of (score, value).

    Args:
        scores: finite numbers; one, a list or a table.
        points: the scores of the points, strictly rising or strictly falling, shape (k,), k >= 2.
        values: their values, never turning back, one end 0 and the other 100, shape (k,).
        outside: "error" refuses a score outside the points, "clip" moves it to the nearer end.

    Raises:
        InputError: bad numbers, points that are not monotone, or a score outside them.

    References:
        Keeney, R., Raiffa, H. (1976). Decisions with Multiple Objectives. Wiley, ch. 3.

    >>> piecewise_value([5, 10, 30], points=[0, 10, 50], values=[0, 60, 100])
    array([30., 60., 80.])
    """
    knots, heights = _rising_points(points, values)
    kept = _within(scores, knots[0], knots[-1], outside, "scores")
    # Places on the way from end to end, so that the widest ranges cannot overflow.
    places = fraction(kept, knots[0], knots[-1])
    return np.asarray(np.interp(places, fraction(knots, knots[0], knots[-1]), heights))


def piecewise_score(values: ArrayLike, points: ArrayLike, point_values: ArrayLike) -> FloatArray:
    """Return the score that :func:`piecewise_value` maps to each value from 0 to 100.

    Raises:
        InputError: as :func:`piecewise_value`, or two points of equal value, between which
            every score has that value.

    >>> piecewise_score([30, 80], points=[0, 10, 50], point_values=[0, 60, 100])
    array([ 5., 30.])
    """
    knots, heights = _rising_points(points, point_values)
    kept = _within(values, 0.0, 100.0, "error", "values")
    if heights[0] > heights[-1]:
        knots, heights = knots[::-1], heights[::-1]
    if (np.diff(heights) == 0).any():
        raise InputError(
            "two points have the same value, so no single score belongs to it; "
            "give strictly rising or falling values",
            argument="values",
            row=int(np.argmin(np.diff(heights))),
        )
    return np.asarray(np.interp(kept, heights, knots))


def level_value(levels: ArrayLike, values: ArrayLike) -> FloatArray:
    """Look up the value of each level of an ordered scale.

    Args:
        levels: whole numbers from 0 (the first level); one, a list or a table.
        values: the value of each level in order, never turning back, one end 0 and the other
            100, shape (k,), k >= 2.

    Raises:
        InputError: values that are not monotone, or a level that is not on the scale.

    >>> level_value([0, 4, 2], values=[0, 10, 40, 75, 100])
    array([  0., 100.,  40.])
    """
    table = _value_ends(as_floats(values, "values", ("alternatives",)))
    places = _any_shape(levels, "levels")
    unknown = (places != np.floor(places)) | (places < 0) | (places >= table.size)
    if unknown.any():
        place = first(unknown)
        raise InputError(
            f"{places[place]:g} is not a level; the levels are 0 to {table.size - 1}",
            argument="levels",
            **_where(place),
        )
    return np.asarray(table[places.astype(np.int64)])


def _check_ends(worst: float, best: float) -> None:
    if worst == best:
        raise InputError(
            f"worst and best are both {worst:g}; a range needs two different ends",
            argument="best",
        )


def _rising_points(points: ArrayLike, values: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return checked points in the order of rising scores."""
    knots = as_floats(points, "points", ("alternatives",))
    heights = _value_ends(as_floats(values, "values", ("alternatives",)))
    if knots.shape != heights.shape:
        raise InputError(
            f"there are {knots.size} points, but {heights.size} values", argument="values"
        )
    if knots[0] > knots[-1]:
        knots, heights = knots[::-1], heights[::-1]
    stuck = knots[1:] <= knots[:-1]
    if stuck.any():
        raise InputError(
            f"{knots[first(stuck)[0] + 1]:g} follows {knots[first(stuck)[0]]:g}; "
            "the scores must rise, or fall, from point to point",
            argument="points",
        )
    return knots, heights


def _value_ends(values: FloatArray) -> FloatArray:
    """Check that values run from 0 to 100, or from 100 to 0, without turning back."""
    rising = values if values[0] <= values[-1] else values[::-1]
    if rising[0] != 0 or rising[-1] != 100:
        raise InputError(
            f"they run from {values[0]:g} to {values[-1]:g}; "
            "one end must be 0 (the worst) and the other 100 (the best)",
            argument="values",
        )
    turns = rising[1:] < rising[:-1]
    if turns.any():
        raise InputError(
            f"{rising[first(turns)[0] + 1]:g} and {rising[first(turns)[0]]:g} turn back; "
            "values must rise, or fall, from one end to the other",
            argument="values",
        )
    return values


def _within(values: ArrayLike, low: float, high: float, outside: str, argument: str) -> FloatArray:
    """Keep numbers in a range; rounding beyond its ends is no fault."""
    check_choice(outside, ("error", "clip"), "outside")
    numbers = _any_shape(values, argument)
    inside = np.clip(numbers, low, high)
    far = np.abs(numbers / 2 - inside / 2) > RANGE_TOLERANCE * (high / 2 - low / 2)
    if outside == "error" and far.any():
        place = first(far)
        raise InputError(
            f"{numbers[place]:g} is outside the range {low:g} to {high:g}; "
            "correct it or widen the range",
            argument=argument,
            **_where(place),
        )
    return inside


def _any_shape(values: object, argument: str) -> FloatArray:
    """Check one number, a list of numbers, or a table of numbers."""
    axes = as_array(values, argument).ndim
    if axes == 0:
        return as_floats([values], argument, _AXES[:1]).reshape(())
    return as_floats(values, argument, _AXES[:axes])


def _where(place: tuple[int, ...]) -> dict[str, int]:
    return dict(zip(("row", "column"), place, strict=False))
