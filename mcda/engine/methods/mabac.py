"""MABAC: how far above or below the border, the geometric mean of each criterion."""

from __future__ import annotations

import numpy as np

from mcda.engine._types import FloatArray, IntArray
from mcda.engine.methods.blocks import products
from mcda.engine.methods.method import Method, StepInfo, Tables
from mcda.engine.methods.scaling import check_any
from mcda.engine.normalization import minmax


def mabac(
    matrix: FloatArray, weights: FloatArray, directions: IntArray
) -> tuple[FloatArray, Tables]:
    """Score each alternative by its distances from the border of every criterion.

    Formula, with r_ij the cell by min-max::

        v_ij = w_j (r_ij + 1)
        g_j = (product over i of v_ij)^(1 / m)
        score_i = sum over j of (v_ij - g_j)

    The border is the same for all alternatives, so the order is that of the weighted sum with
    min-max. Inputs are taken as checked; :func:`mcda.engine.rank` is the public face.

    Args:
        matrix: shape (alternatives, criteria).
        weights: shape (criteria,), summing to 1.
        directions: shape (criteria,), 1 or -1.

    Returns:
        Sums of distances, above 0 on the good side of the border, and the tables ``weighted``,
        ``border``, ``distance``.

    References:
        Pamucar, D., Cirovic, G. (2015). The selection of transport and handling resources in
        logistics centers using Multi-Attributive Border Approximation area Comparison (MABAC).
        Expert Systems with Applications 42(6), 3016-3028.

    >>> from mcda.engine import rank
    >>> rank([[1], [2]], [1], ["max"], method="mabac").scores.round(4)
    array([-0.4142,  0.5858])
    """
    raised = minmax(matrix, directions) + 1
    weighted, border = raised * weights, _border(raised) * weights
    distance = weighted - border
    return distance.sum(axis=1), {"weighted": weighted, "border": border, "distance": distance}


def mabac_batch(matrix: FloatArray, weight_vectors: FloatArray, directions: IntArray) -> FloatArray:
    """Return the scores under many weight vectors, shape (samples, alternatives).

    A weight is a factor of both v and g, so this is one matrix product.

    >>> mabac_batch(np.array([[1.0], [2.0]]), np.array([[1.0]]), np.array([1])).round(4)
    array([[-0.4142,  0.5858]])
    """
    raised = minmax(matrix, directions) + 1
    return products(weight_vectors, raised - _border(raised))


def _border(raised: FloatArray) -> FloatArray:
    """Return the geometric mean of each column."""
    return np.asarray(np.exp(np.log(raised).mean(axis=0)))


METHOD = Method(
    id="mabac",
    title="MABAC",
    description="Adds up how far each alternative is above or below a border in the middle of "
    "every criterion.",
    formula="score_i = Σ_j (w_j · (r_ij + 1) - g_j), g_j = Π_i (w_j · (r_ij + 1))^(1/m)",
    source="Pamucar & Cirovic (2015)",
    preconditions=(),
    promises=frozenset({"monotone", "scale_invariant"}),
    steps={
        "weighted": StepInfo(
            ("alternative", "criterion"), "Weight times the cell by min-max plus 1."
        ),
        "border": StepInfo(("criterion",), "The geometric mean of each weighted column."),
        "distance": StepInfo(
            ("alternative", "criterion"), "Weighted cell minus border: what the score adds up."
        ),
    },
    options={},
    score_scale=1.0,
    check=check_any,
    compute=mabac,
    batch=mabac_batch,
)
