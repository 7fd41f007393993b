"""MOORA, the ratio system: normalised benefits minus normalised costs."""

from __future__ import annotations

from mcda.engine._types import FloatArray, IntArray
from mcda.engine.methods.blocks import products
from mcda.engine.methods.method import Method, StepInfo, Tables
from mcda.engine.methods.scaling import check_any
from mcda.engine.normalization import unit_columns


def moora(
    matrix: FloatArray, weights: FloatArray, directions: IntArray
) -> tuple[FloatArray, Tables]:
    """Score each alternative by its weighted benefits minus its weighted costs.

    Formula::

        r_ij = x_ij / sqrt(sum over i of x_ij^2)
        score_i = sum over benefits j of w_j r_ij - sum over costs j of w_j r_ij

    Inputs are taken as checked; :func:`mcda.engine.rank` is the public face.

    Args:
        matrix: shape (alternatives, criteria).
        weights: shape (criteria,), summing to 1.
        directions: shape (criteria,), 1 or -1.

    Returns:
        Scores from -1 to 1 and the tables ``normalized`` and ``weighted``, costs negative in the
        latter; its rows add up to the scores.

    References:
        Brauers, W., Zavadskas, E. (2006). The MOORA method and its application to privatization
        in a transition economy. Control and Cybernetics 35(2), 445-469.

    >>> from mcda.engine import rank
    >>> rank([[3, 4], [4, 3]], [1, 1], ["max", "min"], method="moora").scores
    array([-0.1,  0.1])
    """
    normalized, _, _ = unit_columns(matrix)
    weighted = normalized * (weights * directions)
    return weighted.sum(axis=1), {"normalized": normalized, "weighted": weighted}


def moora_batch(matrix: FloatArray, weight_vectors: FloatArray, directions: IntArray) -> FloatArray:
    """Return the scores under many weight vectors, shape (samples, alternatives).

    >>> import numpy as np
    >>> moora_batch(np.array([[3.0], [4.0]]), np.array([[1.0]]), np.array([1]))
    array([[0.6, 0.8]])
    """
    unit, _, _ = unit_columns(matrix)
    return products(weight_vectors, unit * directions)


METHOD = Method(
    id="moora",
    title="MOORA (ratio system)",
    description="Adds up the normalised benefits and takes off the normalised costs.",
    formula="score_i = Σ_(benefits) w_j · r_ij - Σ_(costs) w_j · r_ij",
    source="Brauers & Zavadskas (2006)",
    preconditions=(),
    promises=frozenset({"scale_invariant"}),
    steps={
        "normalized": StepInfo(
            ("alternative", "criterion"), "Each cell over the length of its column."
        ),
        "weighted": StepInfo(
            ("alternative", "criterion"), "Weight times normalised cell, costs negative."
        ),
    },
    options={},
    score_scale=1.0,
    check=check_any,
    compute=moora,
    batch=moora_batch,
)
