"""Normalisations: they bring columns in different units onto one footing.

Every function takes a matrix (alternatives, criteria) and directions (criteria,) of 1 and -1 and
returns a new matrix in which more is better, whatever the direction was.

===========  =========================  ====================================
name         benefit (more is better)   cost (less is better)
===========  =========================  ====================================
vector       x / sqrt(sum of x^2)       1 - x / sqrt(sum of x^2)
minmax       (x - min) / (max - min)    (max - x) / (max - min)
linear       x / max                    min / x
sum          x / sum                    (1 / x) / sum of (1 / x)
logarithmic  ln x / sum of ln x         (1 - ln x / sum of ln x) / (m - 1)
bounds       (x - low) / (high - low)   (high - x) / (high - low)
===========  =========================  ====================================

The table in docs/METHODS.md, which a test reads, says what each does with zeros, negatives and
constant columns; the rules are the same in every method.

A constant column separates nobody: no ranking depends on which constant it is, but for products
(weighted product, WASPAS), which a column of zeros makes 0. A column whose
cells differ by no more than ``CONSTANT`` times its largest magnitude (rounding noise, as between
0.1 + 0.2 and 0.3) is constant: min-max would otherwise blow the noise up to the whole scale.

TOPSIS with vector normalisation keeps a cost as a cost (x / sqrt(sum of x squared)) and looks for
its ideal at the small end, as Hwang and Yoon (1981) print it; the distances are the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mcda.engine._types import BoolArray, FloatArray, IntArray
from mcda.engine.validation import (
    check_bounds,
    check_choice,
    check_directions,
    check_matrix,
    check_within,
    refuse,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

CONSTANT = 1e-12
"""A column whose range is at most this share of its largest magnitude counts as constant."""

_CELLS_IN_A_ROW, _MANY_ROWS = 1024, 10_000
_SAFE_SQUARES = 1e-280, 1e280  # between them no cell that matters was lost in squaring


def normalize(
    matrix: ArrayLike,
    directions: Sequence[object] | ArrayLike,
    normalization: str = "minmax",
    bounds: ArrayLike | None = None,
) -> FloatArray:
    """Normalise a matrix so that more is better in every column.

    Args:
        matrix: shape (alternatives, criteria), any units.
        directions: one a criterion, 1 or "max", -1 or "min".
        normalization: "vector", "minmax", "linear", "sum" or "logarithmic"; ignored if ``bounds``
            are given.
        bounds: declared low and high end of each criterion, shape (criteria, 2).

    Returns:
        Shape (alternatives, criteria). See the module's tables for the formulas.

    Raises:
        InputError: bad input, or cells the chosen normalisation is not defined for.

    References:
        Hwang, C.-L., Yoon, K. (1981). Multiple Attribute Decision Making. Springer, ch. 2.
        Zavadskas, E., Turskis, Z. (2008). A new logarithmic normalization method in games theory.
        Informatica 19(2), 303-314.

    >>> normalize([[1, 10], [2, 30], [5, 20]], ["max", "min"])
    array([[0.  , 1.  ],
           [0.25, 0.  ],
           [1.  , 0.5 ]])
    >>> normalize([[1, 10], [2, 30], [5, 20]], ["max", "min"], bounds=[(0, 5), (0, 40)])
    array([[0.2 , 0.75],
           [0.4 , 0.25],
           [1.  , 0.5 ]])
    """
    cells = check_matrix(matrix)
    signs = check_directions(directions, cells.shape[1])
    if bounds is not None:
        ranges = check_bounds(bounds, cells.shape[1])
        return within_bounds(check_within(cells, ranges), signs, ranges)
    scheme = NORMALIZATIONS[check_choice(normalization, tuple(NORMALIZATIONS), "normalization")]
    scheme.check(cells, signs)
    return scheme.transform(cells, signs)


def vector(matrix: FloatArray, directions: IntArray) -> FloatArray:
    """Divide each column by its Euclidean length; a cost becomes 1 minus that.

    >>> vector(np.array([[3.0, 3.0], [4.0, 4.0]]), np.array([1, -1]))
    array([[0.6, 0.4],
           [0.8, 0.2]])
    """
    unit, _, _ = unit_columns(matrix)
    return np.where(directions == 1, unit, 1 - unit)


def unit_columns(matrix: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Divide each column by its Euclidean length, costs included; an all-zero column stays zero.

    Returns:
        The columns, and the smallest and the largest cell of each as they are now.

    >>> unit, low, high = unit_columns(np.array([[3.0, 0.0], [4.0, 0.0]]))
    >>> unit
    array([[0.6, 0. ],
           [0.8, 0. ]])
    >>> low, high
    (array([0.6, 0. ]), array([0.8, 0. ]))
    """
    low, high = column_ends(matrix)
    with np.errstate(over="ignore"):
        constant = _negligible(high - low, low, high)
        squares = np.einsum("ij,ij->j", matrix, matrix)
    least, most = _SAFE_SQUARES
    if (~constant & (squares > least) & (squares < most)).all():
        lengths = np.sqrt(squares)
        return matrix / lengths, low / lengths, high / lengths
    # Scaled before squaring, so that no square overflows or vanishes.
    largest = np.maximum(high, -low)
    matrix, low = np.where(constant, high, matrix), np.where(constant, high, low)
    matrix, low, high = (_over(cells, largest) for cells in (matrix, low, high))
    lengths = np.sqrt(np.einsum("ij,ij->j", matrix, matrix))
    return _over(matrix, lengths), _over(low, lengths), _over(high, lengths)


def minmax(matrix: FloatArray, directions: IntArray) -> FloatArray:
    """Put the worst cell of each column at 0 and the best at 1; a constant column is 1.

    >>> minmax(np.array([[1.0, 7.0], [2.0, 7.0], [5.0, 7.0]]), np.array([-1, 1]))
    array([[1.  , 1.  ],
           [0.75, 1.  ],
           [0.  , 1.  ]])
    """
    low, high = column_ends(matrix)
    with np.errstate(over="ignore"):
        span = high - low
    constant = _negligible(span, low, high)
    if not (constant | (span == np.inf)).any():
        distance = matrix - np.where(directions == 1, low, high)
        np.abs(distance, out=distance)
        distance /= span
        return distance
    if constant.any():
        # Any range with every cell at its best end will do; the cells are settled to that end.
        best = np.where(directions == 1, 1.0, 0.0)
        matrix = np.where(constant, best, matrix)
        low, high = np.where(constant, 0.0, low), np.where(constant, 1.0, high)
    return _placed(matrix, directions, low, high)


def linear(matrix: FloatArray, directions: IntArray) -> FloatArray:
    """Divide by the largest cell; a cost is the smallest cell divided by it.

    >>> linear(np.array([[2.0, 2.0], [4.0, 4.0]]), np.array([1, -1]))
    array([[0.5, 1. ],
           [1. , 0.5]])
    """
    benefit = directions == 1
    above = np.where(benefit, matrix, matrix.min(axis=0))
    below = np.where(benefit, matrix.max(axis=0), matrix)
    return _over(above, below)


def sum_to_one(matrix: FloatArray, directions: IntArray) -> FloatArray:
    """Divide by the column's sum; a cost is inverted first.

    >>> sum_to_one(np.array([[1.0, 1.0], [3.0, 3.0]]), np.array([1, -1]))
    array([[0.25, 0.75],
           [0.75, 0.25]])
    """
    # min / x is 1 / x times a constant, which cancels, but it cannot overflow.
    relative = linear(matrix, directions)
    return _over(relative, relative.sum(axis=0))


def logarithmic(matrix: FloatArray, directions: IntArray) -> FloatArray:
    """Divide the logarithm by the sum of the column's; a cost shares out what is left of 1.

    >>> logarithmic(np.array([[10.0, 10.0], [100.0, 100.0], [10.0, 10.0]]), np.array([1, -1]))
    array([[0.25 , 0.375],
           [0.5  , 0.25 ],
           [0.25 , 0.375]])
    """
    low, high = matrix.min(axis=0), matrix.max(axis=0)
    # Also where every cell is 1, and its logarithms are nothing to share out.
    logs = np.where(is_constant(low, high), 1.0, np.log(matrix))
    part = logs / logs.sum(axis=0)
    others = matrix.shape[0] - 1
    if others == 0:
        return np.asarray(part)
    return np.asarray(np.where(directions == 1, part, (1 - part) / others))


def column_shares(matrix: FloatArray) -> FloatArray:
    """Divide each column by its sum, costs included; an all-zero column stays zero.

    Cells are 0 or more.

    >>> column_shares(np.array([[1.0, 0.0], [3.0, 0.0]]))
    array([[0.25, 0.  ],
           [0.75, 0.  ]])
    """
    scaled = _over(matrix, matrix.max(axis=0))  # so that no sum overflows
    return _over(scaled, scaled.sum(axis=0))


def within_bounds(matrix: FloatArray, directions: IntArray, bounds: FloatArray) -> FloatArray:
    """Put the worse end of each declared range at 0 and the better end at 1.

    >>> within_bounds(np.array([[20.0, 4.0]]), np.array([1, -1]), np.array([[0, 100.0], [1, 5]]))
    array([[0.2 , 0.25]])
    """
    return _placed(matrix, directions, bounds[:, 0], bounds[:, 1])


def _placed(
    matrix: FloatArray, directions: IntArray, low: FloatArray, high: FloatArray
) -> FloatArray:
    """Return how far each cell is on the way from the worse end of its column to the better."""
    benefit = directions == 1
    return fraction(matrix, np.where(benefit, low, high), np.where(benefit, high, low))


def fraction(values: FloatArray, start: FloatArray, end: FloatArray) -> FloatArray:
    """Return how far each value is on the way from ``start`` (0) to ``end`` (1).

    The three broadcast against each other, ``start`` differs from ``end``, and the values lie
    between them.

    >>> fraction(np.array([10.0, 25.0]), np.array(0.0), np.array(100.0))
    array([0.1 , 0.25])
    """
    with np.errstate(over="ignore"):
        span = end - start
    finite = np.isfinite(span)
    if finite.all():
        return np.abs(values - start) / np.abs(span)
    # Only ranges wider than the largest float are halved: halving could lose the tiniest numbers.
    half = np.where(finite, 1.0, 0.5)
    return np.abs(values * half - start * half) / np.abs(end * half - start * half)


def column_ends(matrix: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the smallest and the largest cell of each column.

    >>> column_ends(np.array([[1.0, 5.0], [3.0, 4.0]]))
    (array([1., 4.]), array([3., 5.]))
    """
    rows, columns = matrix.shape
    side_by_side = _CELLS_IN_A_ROW // columns
    if rows < _MANY_ROWS or side_by_side < 2 or not matrix.flags.c_contiguous:
        return np.minimum.reduce(matrix), np.maximum.reduce(matrix)
    # Comparing long rows, several rows side by side, is several times faster than short ones.
    rest = rows % side_by_side
    long_rows = matrix[: rows - rest].reshape(-1, side_by_side * columns)
    low = long_rows.min(axis=0).reshape(side_by_side, columns)
    high = long_rows.max(axis=0).reshape(side_by_side, columns)
    others = matrix[rows - rest :]
    return np.vstack([low, others]).min(axis=0), np.vstack([high, others]).max(axis=0)


def is_constant(low: FloatArray, high: FloatArray) -> BoolArray:
    """Return which columns are constant but for rounding, by their smallest and largest cells.

    >>> is_constant(np.array([0.3, 1.0]), np.array([0.1 + 0.2, 2.0]))
    array([ True, False])
    """
    with np.errstate(over="ignore"):  # an infinite range is not constant
        return _negligible(high - low, low, high)


def _negligible(span: FloatArray, low: FloatArray, high: FloatArray) -> BoolArray:
    return np.asarray(span <= CONSTANT * np.maximum(high, -low))


def _over(values: FloatArray, divisors: FloatArray) -> FloatArray:
    """Divide; where the divisor is 0 the value is too, and stays 0."""
    return values / np.where(divisors == 0, 1.0, divisors)


def _any_cells(matrix: FloatArray, directions: IntArray) -> None:
    """Accept every matrix."""


def check_ratio_scale(
    matrix: FloatArray,
    directions: IntArray,
    user: str = "the linear or sum normalisation",
    others: str = "minmax, vector or bounds take",
) -> None:
    """Refuse what division by a total, a maximum or a cost is not defined for.

    Args:
        matrix: shape (alternatives, criteria).
        directions: shape (criteria,), 1 or -1.
        user: what divides, for the message.
        others: what to use instead, for the message.

    Raises:
        InputError: a negative cell, or a zero in a cost column.
    """
    reason = f"is negative; cells must be 0 or more for {user} ({others} negatives)"
    refuse(matrix < 0, matrix, "matrix", reason)
    reason = (
        f"in a cost column; costs must be above 0 for {user}, which divides by them "
        f"({others} zeros)"
    )
    refuse((matrix == 0) & (directions == -1), matrix, "matrix", reason)


def _need_one_or_more(matrix: FloatArray, directions: IntArray) -> None:
    """Refuse logarithms below 0: they would turn the order of the cells round."""
    reason = (
        "is below 1; the logarithmic normalisation needs cells of 1 or more (choose a smaller "
        "unit, or another normalization)"
    )
    refuse(matrix < 1, matrix, "matrix", reason)


@dataclass(frozen=True)
class Normalization:
    """A normalisation and the check of the cells it is defined for."""

    transform: Callable[[FloatArray, IntArray], FloatArray]
    check: Callable[[FloatArray, IntArray], None]


NORMALIZATIONS: dict[str, Normalization] = {
    "vector": Normalization(vector, _any_cells),
    "minmax": Normalization(minmax, _any_cells),
    "linear": Normalization(linear, check_ratio_scale),
    "sum": Normalization(sum_to_one, check_ratio_scale),
    "logarithmic": Normalization(logarithmic, _need_one_or_more),
}
"""Every normalisation by the name a caller gives; declared bounds are an argument of their own."""
