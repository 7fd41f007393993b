"""Cells on a common scale, by a normalization or by declared ranges: what several methods share."""

from __future__ import annotations

from mcda.engine._types import FloatArray, IntArray
from mcda.engine.errors import InputError
from mcda.engine.methods.method import Options
from mcda.engine.normalization import NORMALIZATIONS, check_ratio_scale, within_bounds
from mcda.engine.validation import check_bounds, check_choice, check_within


def scaled(
    matrix: FloatArray,
    directions: IntArray,
    normalization: str,
    bounds: FloatArray | None,
) -> FloatArray:
    """Return the cells by their declared ranges, or without these by the normalization.

    >>> import numpy as np
    >>> scaled(np.array([[2.0], [4.0]]), np.array([1]), "linear", None)
    array([[0.5],
           [1. ]])
    """
    if bounds is not None:
        return within_bounds(matrix, directions, bounds)
    return NORMALIZATIONS[normalization].transform(matrix, directions)


def check_scaling(
    matrix: FloatArray, directions: IntArray, options: Options, allowed: tuple[str, ...]
) -> tuple[FloatArray, Options]:
    """Return the matrix and either a normalization (the first allowed if none is given) or bounds.

    Raises:
        InputError: both, an unknown one, or cells it is not defined for.
    """
    normalization, bounds = options.get("normalization"), options.get("bounds")
    if bounds is None:
        name = allowed[0]
        if normalization is not None:
            name = check_choice(normalization, allowed, "normalization")
        NORMALIZATIONS[name].check(matrix, directions)
        return matrix, {"normalization": name}
    if normalization is not None:
        raise InputError(
            "bounds already say how to normalise; give either normalization or bounds",
            argument="normalization",
        )
    return _within(matrix, bounds)


def check_declared(
    matrix: FloatArray, directions: IntArray, options: Options
) -> tuple[FloatArray, Options]:
    """Return the matrix and the bounds, which a method on declared ranges cannot do without.

    Raises:
        InputError: no bounds, unusable ones, or a cell outside its range.
    """
    if options.get("bounds") is None:
        raise InputError(
            "this method needs the declared low and high end of each criterion, such as "
            "bounds=[(0, 100), (1, 5)]",
            argument="bounds",
        )
    return _within(matrix, options["bounds"])


def check_any(
    matrix: FloatArray, directions: IntArray, options: Options
) -> tuple[FloatArray, Options]:
    """Return the matrix for a method that takes every cell and has no options."""
    return matrix, {}


def check_divisible(method: str, matrix: FloatArray, directions: IntArray) -> FloatArray:
    """Return the matrix if ``method``, which divides by totals, maxima and costs, can use it.

    Raises:
        InputError: a negative cell, or a zero in a cost column.
    """
    check_ratio_scale(matrix, directions, method, "topsis, vikor or promethee_ii take")
    return matrix


def _within(matrix: FloatArray, bounds: object) -> tuple[FloatArray, Options]:
    ranges = check_bounds(bounds, matrix.shape[1])
    return check_within(matrix, ranges), {"bounds": ranges}
