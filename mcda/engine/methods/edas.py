"""EDAS: how far above and below the average of the alternatives."""

from __future__ import annotations

import numpy as np

from mcda.engine._types import FloatArray, IntArray
from mcda.engine.errors import InputError
from mcda.engine.methods.blocks import in_blocks
from mcda.engine.methods.method import Method, Options, StepInfo, Tables
from mcda.engine.normalization import CONSTANT, is_constant


def edas(
    matrix: FloatArray, weights: FloatArray, directions: IntArray
) -> tuple[FloatArray, Tables]:
    """Score each alternative by its weighted distances above and below the average.

    Formula, with d_ij = (x_ij - mean_j) / mean_j, its sign turned for a cost, and 0 in a constant
    column::

        SP_i = sum over j of w_j max(0, d_ij),    SN_i = sum over j of w_j max(0, -d_ij)
        score_i = (SP_i / largest SP + 1 - SN_i / largest SN) / 2

    with 0 for a quotient whose divisor is 0. Inputs are taken as checked;
    :func:`mcda.engine.rank` is the public face.

    Args:
        matrix: shape (alternatives, criteria).
        weights: shape (criteria,), summing to 1.
        directions: shape (criteria,), 1 or -1.

    Returns:
        Appraisal scores from 0 to 1 and the tables ``from_average``, ``above``, ``below``.

    References:
        Keshavarz Ghorabaee, M., Zavadskas, E., Olfat, L., Turskis, Z. (2015). Multi-criteria
        inventory classification using a new method of evaluation based on distance from average
        solution (EDAS). Informatica 26(3), 435-451.

    >>> from mcda.engine import rank
    >>> rank([[1, 2], [2, 2], [3, 2]], [1, 1], ["max", "max"], method="edas").scores
    array([0. , 0.5, 1. ])
    """
    distances = _from_average(matrix, directions)
    above = (np.maximum(distances, 0) * weights).sum(axis=1)
    below = (np.maximum(-distances, 0) * weights).sum(axis=1)
    return _appraisal(above, below), {"from_average": distances, "above": above, "below": below}


def edas_batch(matrix: FloatArray, weight_vectors: FloatArray, directions: IntArray) -> FloatArray:
    """Return the appraisal scores under many weight vectors, shape (samples, alternatives).

    >>> edas_batch(np.array([[1.0], [3.0]]), np.array([[1.0]]), np.array([1]))
    array([[0., 1.]])
    """
    distances = _from_average(matrix, directions)
    above, below = np.maximum(distances, 0).T, np.maximum(-distances, 0).T
    return in_blocks(
        weight_vectors,
        matrix.shape[0],
        lambda weights: _appraisal(weights @ above, weights @ below),
    )


def _from_average(matrix: FloatArray, directions: IntArray) -> FloatArray:
    """Return how far each cell is to the good of the average, as a share of the average."""
    scaled = matrix / _magnitudes(matrix)
    constant = is_constant(scaled.min(axis=0), scaled.max(axis=0))
    average = np.where(constant, 1.0, scaled.mean(axis=0))
    return np.asarray(np.where(constant, 0.0, (scaled - average) / average) * directions)


def _magnitudes(matrix: FloatArray) -> FloatArray:
    """Return the largest magnitude of each column, 1 for an all-zero one."""
    largest = np.abs(matrix).max(axis=0)
    return np.where(largest == 0, 1.0, largest)


def _appraisal(above: FloatArray, below: FloatArray) -> FloatArray:
    return (_of_largest(above) + 1 - _of_largest(below)) / 2


def _of_largest(sums: FloatArray) -> FloatArray:
    """Return each as a share of the largest along the last axis; 0 where all are 0."""
    largest = sums.max(axis=-1, keepdims=True)
    return np.asarray(sums / np.where(largest == 0, 1.0, largest))


def _check(
    matrix: FloatArray, directions: IntArray, options: Options
) -> tuple[FloatArray, Options]:
    scaled = matrix / _magnitudes(matrix)
    average = scaled.mean(axis=0)
    undefined = (average <= CONSTANT) & ~is_constant(scaled.min(axis=0), scaled.max(axis=0))
    if undefined.any():
        column = int(np.argmax(undefined))
        raise InputError(
            "the average of this column is not above 0, and edas divides by it; this is its "
            "lowest cell (topsis, vikor or promethee_ii take such columns)",
            argument="matrix",
            row=int(np.argmin(matrix[:, column])),
            column=column,
        )
    return matrix, {}


METHOD = Method(
    id="edas",
    title="EDAS",
    description="Prefers what is far above the average of the alternatives and little below it.",
    formula="score_i = (SP_i / max SP + 1 - SN_i / max SN) / 2",
    source="Keshavarz Ghorabaee et al. (2015)",
    preconditions=("the average of a column above 0, unless the column is constant",),
    promises=frozenset({"scale_invariant"}),
    steps={
        "from_average": StepInfo(
            ("alternative", "criterion"),
            "How far the cell is to the good of the average, as a share of the average.",
        ),
        "above": StepInfo(("alternative",), "Its weighted distances to the good, SP."),
        "below": StepInfo(("alternative",), "Its weighted distances to the bad, SN."),
    },
    options={},
    check=_check,
    compute=edas,
    batch=edas_batch,
)
