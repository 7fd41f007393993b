"""Weights computed from the decision matrix alone, for comparison only.

They say where the alternatives at hand differ, not what matters to anybody: adding an alternative
changes them, and a criterion on which all alternatives are the same weighs nothing however
important it is. Show them beside weights from judgements, never instead of them.

The same rules hold for all five. A column that is constant but for rounding weighs 0. Where no
column tells the alternatives apart (one alternative, or all alike) the matrix says nothing about
weights, and all are equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from mcda.engine._types import BoolArray, FloatArray
from mcda.engine.normalization import is_constant, linear, minmax, sum_to_one
from mcda.engine.validation import check_directions, check_matrix, refuse, shares
from mcda.engine.weighting.direct import equal_weights

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

_NO_CONFLICT = 1e-12
"""Columns whose correlation is this close to 1 do not contradict each other at all."""


def entropy_weights(matrix: ArrayLike) -> FloatArray:
    """Return weights by how unevenly each column is shared out among the alternatives.

    With p_ij = x_ij / (sum over i of x_ij) and m alternatives::

        E_j = -(sum over i of p_ij ln p_ij) / ln m,    w_j = (1 - E_j) / sum of (1 - E_k)

    where 0 ln 0 = 0. A cost column is not inverted first: how unevenly it is shared out is asked
    of the figures as they are.

    Args:
        matrix: 0 or more, shape (alternatives, criteria).

    Returns:
        Weights summing to 1, shape (criteria,). Multiplying a column by a positive number
        changes nothing; adding to it does.

    Raises:
        InputError: not finite numbers, or a negative cell.

    References:
        Shannon, C. (1948). A mathematical theory of communication. Bell System Technical
        Journal 27(3), 379-423. Hwang, C.-L., Yoon, K. (1981). Multiple Attribute Decision
        Making. Springer, ch. 3.

    >>> entropy_weights([[3, 10], [2.5, 8], [1.8, 20], [2.2, 12]]).round(4)
    array([0.2149, 0.7851])
    """
    cells = check_matrix(matrix)
    refuse(cells < 0, cells, "matrix", "is negative; entropy weights need cells of 0 or more")
    varied = _varied(cells)
    count = cells.shape[0]
    portions = sum_to_one(cells, np.ones(varied.size, dtype=np.int64))
    logs = np.log(np.where(portions > 0, portions * count, 1.0))
    return _shared((portions * logs).sum(axis=0), varied)


def standard_deviation_weights(matrix: ArrayLike) -> FloatArray:
    """Return weights in proportion to the spread of each column on its own observed range.

    Each column is put on 0 to 1 by min-max first, since a standard deviation in units would
    depend on the units; w_j = s_j / sum of s_k.

    Args:
        matrix: finite numbers, shape (alternatives, criteria).

    Returns:
        Weights summing to 1, shape (criteria,). Other units, other zeros and turned directions
        change nothing.

    Raises:
        InputError: not finite numbers.

    References:
        Diakoulaki, D., Mavrotas, G., Papayannakis, L. (1995). Determining objective weights in
        multiple criteria problems: the CRITIC method. Computers & Operations Research 22(7),
        763-770. Jahan, A., Edwards, K. (2013). Materials & Design 49, 1000-1008.

    >>> standard_deviation_weights([[0, 10], [1, 10], [4, 30]]).round(4)
    array([0.4741, 0.5259])
    """
    cells = check_matrix(matrix)
    varied = _varied(cells)
    return _shared(minmax(cells, np.ones(varied.size, dtype=np.int64)).std(axis=0), varied)


def variation_weights(matrix: ArrayLike) -> FloatArray:
    """Return weights in proportion to the coefficient of variation of each column.

    v_j = s_j / mean_j, the standard deviation as a share of the mean; w_j = v_j / sum of v_k.

    Args:
        matrix: 0 or more, shape (alternatives, criteria).

    Returns:
        Weights summing to 1, shape (criteria,). Multiplying a column by a positive number
        changes nothing; adding to it does.

    Raises:
        InputError: not finite numbers, or a negative cell (the mean could be 0).

    References:
        Vavrek, R. (2019). Evaluation of the impact of selected weighting methods on the results
        of the TOPSIS technique. International Journal of Information Technology & Decision
        Making 18(6), 1821-1843.

    >>> variation_weights([[1, 30], [3, 50]])
    array([0.66666667, 0.33333333])
    """
    cells = check_matrix(matrix)
    reason = "is negative; the coefficient of variation needs cells of 0 or more"
    refuse(cells < 0, cells, "matrix", reason)
    varied = _varied(cells)
    portions = linear(cells, np.ones(varied.size, dtype=np.int64))
    means = portions.mean(axis=0)
    return _shared(portions.std(axis=0) / np.where(varied, means, 1.0), varied)


def critic_weights(matrix: ArrayLike, directions: Sequence[object] | ArrayLike) -> FloatArray:
    """Return weights by spread and by conflict with the other columns (CRITIC).

    On the min-max normalised matrix, with standard deviations s_j and Pearson correlations
    r_jk::

        C_j = s_j * sum over k of (1 - r_jk),    w_j = C_j / sum of C_k

    A constant column weighs 0 and takes no part in the sums: it has no correlation. Where no
    varying column conflicts with another (all perfectly correlated) every C_j is 0, and they
    weigh the same.

    Args:
        matrix: finite numbers, shape (alternatives, criteria).
        directions: one a criterion, 1 or "max", -1 or "min".

    Returns:
        Weights summing to 1, shape (criteria,). Other units and other zeros change nothing.

    Raises:
        InputError: not finite numbers, or an unknown direction.

    References:
        Diakoulaki, D., Mavrotas, G., Papayannakis, L. (1995). Determining objective weights in
        multiple criteria problems: the CRITIC method. Computers & Operations Research 22(7),
        763-770.

    >>> critic_weights([[0, 10, 5], [1, 10, 3], [4, 30, 0]], [1, 1, 1]).round(4)
    array([0.2535, 0.2717, 0.4749])
    """
    cells = check_matrix(matrix)
    signs = check_directions(directions, cells.shape[1])
    varied = _varied(cells)
    if varied.sum() < 2:
        return _shared(np.zeros(varied.size), varied)
    normalized = minmax(cells[:, varied], signs[varied])
    conflict = 1 - np.corrcoef(normalized, rowvar=False)
    conflict = np.where(conflict < _NO_CONFLICT, 0, conflict)
    amounts = np.zeros(varied.size)
    amounts[varied] = normalized.std(axis=0) * conflict.sum(axis=0)
    return _shared(amounts, varied)


def merec_weights(matrix: ArrayLike, directions: Sequence[object] | ArrayLike) -> FloatArray:
    """Return weights by how much the overall score changes when a column is removed (MEREC).

    With n_ij = min_i x_ij / x_ij for a benefit, x_ij / max_i x_ij for a cost, and n criteria::

        S_i  = ln(1 + (sum over k of |ln n_ik|) / n)
        S'_ij = ln(1 + (sum over k other than j of |ln n_ik|) / n)
        E_j  = sum over i of |S'_ij - S_i|,    w_j = E_j / sum of E_k

    Args:
        matrix: above 0, shape (alternatives, criteria).
        directions: one a criterion, 1 or "max", -1 or "min".

    Returns:
        Weights summing to 1, shape (criteria,). Multiplying a column by a positive number
        changes nothing; adding to it does.

    Raises:
        InputError: not finite numbers, a cell of 0 or below, or an unknown direction.

    References:
        Keshavarz-Ghorabaee, M., Amiri, M., Zavadskas, E., Turskis, Z., Antucheviciene, J.
        (2021). Determination of objective weights using a new method based on the removal
        effects of criteria (MEREC). Symmetry 13(4), 525.

    >>> merec_weights([[450, 8000], [10, 9100], [100, 8200]], ["max", "min"]).round(4)
    array([0.9747, 0.0253])
    """
    cells = check_matrix(matrix)
    signs = check_directions(directions, cells.shape[1])
    refuse(cells <= 0, cells, "matrix", "is not above 0; MEREC takes logarithms of ratios")
    # The paper's ratio of a benefit is the linear normalisation of a cost, and the reverse; that
    # of the roots is not lost where cells are further apart than floats can say.
    parts = -2 * np.log(linear(np.sqrt(cells), -signs)) / signs.size
    totals = parts.sum(axis=1, keepdims=True)
    without = np.maximum(totals - parts, 0)
    return _shared((np.log1p(totals) - np.log1p(without)).sum(axis=0), _varied(cells))


def _varied(cells: FloatArray) -> BoolArray:
    """Return which columns differ by more than rounding."""
    return ~is_constant(cells.min(axis=0), cells.max(axis=0))


def _shared(amounts: FloatArray, varied: BoolArray) -> FloatArray:
    """Divide the amounts of the varied columns by their sum; where all are 0 they share evenly."""
    counted = np.where(varied, np.maximum(amounts, 0), 0)
    if counted.any():
        return shares(counted)
    return shares(varied.astype(np.float64)) if varied.any() else equal_weights(varied.size)
