"""The checks every input passes once, at the edge, before anything is computed.

Each function takes what a caller gave and returns a clean array, or raises
:class:`~mcda.engine.errors.InputError` naming the place. Behind the edge nothing is checked again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from mcda.engine._types import BoolArray, FloatArray, IntArray
from mcda.engine.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

RANGE_TOLERANCE = 1e-9
"""A number outside a declared range by no more than this share of the range is at its end."""

_DIRECTIONS: dict[object, int] = {1: 1, -1: -1, "max": 1, "min": -1}
_SAFE_SUM = 1e-290, 1e290
_SUMS_TO_1 = 1e-14


def check_matrix(matrix: ArrayLike, argument: str = "matrix") -> FloatArray:
    """Return a decision matrix as finite floats, shape (alternatives, criteria).

    Raises:
        InputError: not numbers, not two-dimensional, empty, or a cell that is NaN or infinite.

    >>> check_matrix([[1, 2], [3, 4]])
    array([[1., 2.],
           [3., 4.]])
    """
    return as_floats(matrix, argument, ("alternatives", "criteria"))


def check_weights(weights: ArrayLike, criteria: int) -> FloatArray:
    """Return the weights, shape (criteria,), divided by their sum so that they sum to 1.

    Raises:
        InputError: not numbers, a wrong count, negative, NaN, infinite, or all zero.

    >>> check_weights([3, 1], 2)
    array([0.75, 0.25])
    """
    axes = ("criteria",)
    values = _as_reals(weights, "weights", axes)
    _check_count(values.shape[0], criteria, "weights")
    numbers: list[float] = values.tolist()
    total, (lowest, highest) = sum(numbers), _SAFE_SUM
    # A sum with a NaN is a NaN and one with an infinity is not finite, so what is not finite
    # fails this too.
    if lowest <= total <= highest and min(numbers) >= 0:
        return values / total
    _check_finite(values, "weights", axes)
    _check_not_negative(values, "weights")
    if total == 0:
        raise InputError("all weights are 0; at least one must be positive", argument="weights")
    return shares(values)


def check_weight_vectors(weight_vectors: ArrayLike, criteria: int) -> FloatArray:
    """Return weight vectors, shape (samples, criteria), each divided by its sum.

    Raises:
        InputError: as :func:`check_weights`, naming the sample as the row.

    >>> check_weight_vectors([[1, 1], [0, 2]], 2)
    array([[0.5, 0.5],
           [0. , 1. ]])
    """
    argument, axes = "weight_vectors", ("samples", "criteria")
    values = _as_reals(weight_vectors, argument, axes)
    _check_count(values.shape[1], criteria, argument)
    totals = _totals(values)
    # Sampled weights sum to 1 already; dividing them again would cost more than it mends. What is
    # not finite fails this too: a NaN is not 0 or more, and a sum with an infinity is not near 1.
    if values.min() >= 0 and max(totals.max() - 1, 1 - totals.min()) <= _SUMS_TO_1:
        return values
    _check_finite(values, argument, axes)
    _check_not_negative(values, argument)
    if not totals.all():
        raise InputError(
            "all weights of this row are 0; at least one must be positive",
            argument=argument,
            row=int(np.argmin(totals)),
        )
    return shares(values)


def check_directions(directions: Sequence[object] | ArrayLike, criteria: int) -> IntArray:
    """Return the directions, shape (criteria,), as 1 (more is better) and -1 (less is better).

    Each is 1 or ``"max"``, -1 or ``"min"``. Nothing else is taken: a 0 is not "min", and True
    is not 1.

    Raises:
        InputError: a wrong count or an unknown direction.

    >>> check_directions(["max", -1, "min"], 3)
    array([ 1, -1, -1])
    """
    if isinstance(directions, str) or not np.iterable(directions):
        raise InputError(
            f"give one direction a criterion, such as [1, -1]; got {directions!r}",
            argument="directions",
        )
    items = directions.tolist() if isinstance(directions, np.ndarray) else directions
    signs = [
        item if type(item) is int and item in {1, -1} else _direction(item, column)
        for column, item in enumerate(items)
    ]
    _check_count(len(signs), criteria, "directions")
    return np.array(signs, dtype=np.int64)


def check_bounds(bounds: object, criteria: int) -> FloatArray:
    """Return declared ranges, shape (criteria, 2), each a low and a high end in that order.

    Which end is the better one is the direction's business.

    Raises:
        InputError: not numbers, a wrong shape, or a low end that is not below its high end.

    >>> check_bounds([(0, 100), (1, 5)], 2)
    array([[  0., 100.],
           [  1.,   5.]])
    """
    ranges = as_floats(bounds, "bounds", ("criteria", "low and high"))
    _check_count(ranges.shape[0], criteria, "bounds")
    if ranges.shape[1] != 2:
        raise InputError(
            f"each row must be a low and a high end; got {ranges.shape[1]} columns",
            argument="bounds",
        )
    ordered = ranges[:, 0] < ranges[:, 1]
    if not ordered.all():
        row = int(np.argmin(ordered))
        low, high = ranges[row].tolist()
        raise InputError(
            f"the low end {low:g} must be below the high end {high:g}", argument="bounds", row=row
        )
    return ranges


def check_within(matrix: FloatArray, bounds: FloatArray) -> FloatArray:
    """Return the matrix with every cell inside its criterion's declared range.

    A cell outside by rounding only (see ``RANGE_TOLERANCE``) is moved to the end.

    Raises:
        InputError: a cell outside its range.
    """
    low, high = bounds[:, 0], bounds[:, 1]
    inside = np.clip(matrix, low, high)
    if np.array_equal(inside, matrix):
        return matrix
    # Halves, so that neither the slack nor the distance of a huge cell overflows.
    slack = RANGE_TOLERANCE * (high / 2 - low / 2)
    outside = np.abs(matrix / 2 - inside / 2) > slack
    if outside.any():
        row, column = first(outside)
        raise InputError(
            f"{matrix[row, column]:g} is outside the declared range "
            f"{low[column]:g} to {high[column]:g}; correct the cell or widen the range",
            argument="matrix",
            row=row,
            column=column,
        )
    return inside


def check_choice(value: object, allowed: Sequence[str], argument: str) -> str:
    """Return ``value`` if it is one of the allowed words.

    Raises:
        InputError: naming what is allowed.

    >>> check_choice("clip", ("error", "clip"), "outside")
    'clip'
    """
    if isinstance(value, str) and value in allowed:
        return value
    raise InputError(f"{value!r} is unknown; allowed: {', '.join(allowed)}", argument=argument)


def check_number(value: object, argument: str, low: float, high: float) -> float:
    """Return ``value`` if it is one finite number from ``low`` to ``high``.

    Raises:
        InputError: anything else.

    >>> check_number(1, "v", 0, 1)
    1.0
    """
    words = f"from {low:g} to {high:g}" if high < np.inf else f"of {low:g} or more"
    if not _is_real(value) or not low <= float(value) <= high or np.isinf(float(value)):  # type: ignore[arg-type]
        raise InputError(f"{value!r} is not a number {words}", argument=argument)
    return float(value)  # type: ignore[arg-type]


def as_floats(values: object, argument: str, axes: tuple[str, ...]) -> FloatArray:
    """Return ``values`` as an array of finite floats with the named axes, none of them empty.

    Booleans, text, complex numbers and Python objects are refused, not converted.

    Raises:
        InputError: naming the first cell at fault.

    >>> as_floats([1, 2], "points", ("criteria",))
    array([1., 2.])
    """
    floats = _as_reals(values, argument, axes)
    _check_finite(floats, argument, axes)
    return floats


def _as_reals(values: object, argument: str, axes: tuple[str, ...]) -> FloatArray:
    """Return what :func:`as_floats` does, but with NaN and infinities still in it."""
    array = as_array(values, argument)
    if array.ndim != len(axes):
        raise InputError(
            f"expected {_shape_words(axes)}, got shape {array.shape}", argument=argument
        )
    if array.size == 0:
        raise InputError(
            f"it is empty (shape {array.shape}); expected {_shape_words(axes)}", argument=argument
        )
    _check_real(values, array, argument, axes)
    if array.dtype == np.float64:
        return np.asarray(array)
    with np.errstate(over="ignore"):  # a long double may become inf here, which is then refused
        return np.asarray(array, dtype=np.float64)


def as_array(values: object, argument: str) -> np.ndarray[Any, np.dtype[Any]]:
    """Return ``values`` as an array of whatever they are, refusing masks and ragged rows.

    >>> as_array([1, 2], "points").shape
    (2,)
    """
    if isinstance(values, np.ndarray):
        if hasattr(values, "mask"):
            raise InputError(
                "a masked array cannot be used: its masked cells would be computed with; "
                "remove or fill them first",
                argument=argument,
            )
        return values
    try:
        return np.asarray(values)
    except ValueError as error:
        raise InputError(
            "its rows differ in length; every row needs the same number of cells",
            argument=argument,
        ) from error


def shares(values: FloatArray) -> FloatArray:
    """Divide non-negative values by their sum along the last axis (no row may be all zero).

    Values so large or so small that their sum would leave the range of floats are scaled first.
    """
    totals = _totals(values)[..., np.newaxis]
    lowest, highest = _SAFE_SUM
    if totals.min() < lowest or totals.max() > highest:
        values = values / values.max(axis=-1, keepdims=True)
        totals = _totals(values)[..., np.newaxis]
    return np.asarray(values / totals)


def first(faults: BoolArray) -> tuple[int, ...]:
    """Return the index of the first True of a boolean array."""
    return tuple(int(i) for i in np.argwhere(faults)[0])


def refuse(faults: BoolArray, values: FloatArray, argument: str, reason: str) -> None:
    """Refuse the first value at fault, if any is; the message is the value, then the reason.

    Args:
        faults: which values are at fault, the shape of ``values``.
        values: shape (criteria,), or two-dimensional with rows and columns.
        argument: what they were given as.
        reason: what follows the value: "is negative; points must be 0 or more".

    Raises:
        InputError: naming the place.

    >>> refuse(np.array([False]), np.array([1.0]), "points", "is negative")
    """
    if faults.any():
        place = first(faults)
        row_and_column = dict(zip(("column", "row"), reversed(place), strict=False))
        raise InputError(f"{values[place] + 0.0:g} {reason}", argument=argument, **row_and_column)


def _check_real(
    values: object, array: np.ndarray[Any, np.dtype[Any]], argument: str, axes: tuple[str, ...]
) -> None:
    """Refuse anything but real numbers; NumPy itself would turn True into 1 and "2" into 2."""
    numeric = array.dtype.kind in "fiu"
    if numeric and not isinstance(values, list | tuple):
        return
    cells = np.asarray(values, dtype=object)
    for position, cell in enumerate(cells.ravel().tolist()):
        if not _is_real(cell):
            place = tuple(int(i) for i in np.unravel_index(position, cells.shape))
            raise InputError(
                f"{cell!r} is not a number (it is a {type(cell).__name__})",
                argument=argument,
                **_place(place, axes),
            )
    if not numeric:
        raise InputError(f"its type is {array.dtype}; convert it to float first", argument=argument)


def _is_real(cell: object) -> bool:
    if isinstance(cell, bool | np.bool_):
        return False
    return isinstance(cell, int | float | np.integer | np.floating)


def _check_finite(floats: FloatArray, argument: str, axes: tuple[str, ...]) -> None:
    finite = np.isfinite(floats)
    if not finite.all():
        place = first(~finite)
        raise InputError(
            f"{floats[place]:g} is not a finite number", argument=argument, **_place(place, axes)
        )


def _totals(values: FloatArray) -> FloatArray:
    """Return the sums along the last axis, infinite where they are beyond the floats."""
    with np.errstate(over="ignore", invalid="ignore"):
        return np.asarray(values @ np.ones(values.shape[-1]))


def _check_not_negative(values: FloatArray, argument: str) -> None:
    refuse(values < 0, values, argument, "is negative; weights must be 0 or more")


def _check_count(count: int, criteria: int, argument: str) -> None:
    if count != criteria:
        raise InputError(
            f"it covers {count} criteria, but the matrix has {criteria}", argument=argument
        )


def _direction(item: object, column: int) -> int:
    if isinstance(item, str) or _is_real(item):
        sign = _DIRECTIONS.get(item)
        if sign is not None:
            return sign
    raise InputError(
        f"{item!r} is not a direction; allowed: 1 or 'max' (more is better), "
        "-1 or 'min' (less is better)",
        argument="directions",
        column=column,
    )


def _place(place: tuple[int, ...], axes: tuple[str, ...]) -> dict[str, int]:
    """Name the place; the entries of a plain list over the criteria are its columns."""
    if len(place) == 2:
        return {"row": place[0], "column": place[1]}
    return {"column" if axes == ("criteria",) else "row": place[0]}


def _shape_words(axes: tuple[str, ...]) -> str:
    return f"{len(axes)} dimension{'s' if len(axes) > 1 else ''} ({', '.join(axes)})"
