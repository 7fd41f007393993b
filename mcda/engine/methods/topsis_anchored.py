"""TOPSIS, anchored: the ideal and the anti-ideal are the ends of the declared ranges."""

from __future__ import annotations

import numpy as np

from mcda.engine._types import FloatArray, IntArray
from mcda.engine.methods.closeness import closeness_batch, weighted_closeness
from mcda.engine.methods.method import Method, StepInfo, Tables
from mcda.engine.methods.scaling import check_declared
from mcda.engine.methods.topsis import STEPS
from mcda.engine.normalization import within_bounds


def topsis_anchored(
    matrix: FloatArray, weights: FloatArray, directions: IntArray, *, bounds: FloatArray
) -> tuple[FloatArray, Tables]:
    """Score each alternative by its closeness to the better ends of the declared ranges.

    Formula::

        r_ij = (x_ij - worst_j) / (best_j - worst_j)
        d+_i = sqrt(sum over j of (w_j r_ij - w_j)^2)
        d-_i = sqrt(sum over j of (w_j r_ij)^2)
        closeness_i = d-_i / (d+_i + d-_i)

    The ideal w_j and the anti-ideal 0 do not depend on which alternatives are there, so adding
    or dropping one never reorders the others. Inputs are taken as checked;
    :func:`mcda.engine.rank` is the public face.

    Args:
        matrix: shape (alternatives, criteria).
        weights: shape (criteria,), summing to 1.
        directions: shape (criteria,), 1 or -1.
        bounds: declared low and high ends, shape (criteria, 2).

    Returns:
        Closeness from 0 (every weighted criterion at its worst end) to 1 (every one at its
        best), and the tables of classic TOPSIS.

    References:
        Hwang, C.-L., Yoon, K. (1981). Multiple Attribute Decision Making. Springer.
        García-Cascales, M., Lamata, M. (2012). On rank reversal and TOPSIS method.
        Mathematical and Computer Modelling 56(5-6), 123-132 (fixed ideal and anti-ideal).

    >>> from mcda.engine import rank
    >>> ranges = [(0, 100), (0, 100)]
    >>> rank([[60, 80], [100, 0]], [1, 1], [1, 1], method="topsis_anchored", bounds=ranges).scores
    array([0.69098301, 0.5       ])
    """
    normalized = within_bounds(matrix, directions, bounds)
    return weighted_closeness(normalized, weights, weights.copy(), np.zeros_like(weights))


def topsis_anchored_batch(
    matrix: FloatArray, weight_vectors: FloatArray, directions: IntArray, *, bounds: FloatArray
) -> FloatArray:
    """Return the closeness under many weight vectors, shape (samples, alternatives).

    >>> cells, ranges = np.array([[25.0]]), np.array([[0.0, 100.0]])
    >>> topsis_anchored_batch(cells, np.array([[1.0]]), np.array([1]), bounds=ranges)
    array([[0.25]])
    """
    normalized = within_bounds(matrix, directions, bounds)
    criteria = normalized.shape[1]
    return closeness_batch(weight_vectors, normalized, np.ones(criteria), np.zeros(criteria))


METHOD = Method(
    id="topsis_anchored",
    title="TOPSIS (anchored)",
    description="Prefers what is near the best end of every declared range and far from the "
    "worst end.",
    formula="score_i = d⁻_i / (d⁺_i + d⁻_i), ideal and anti-ideal at the ends of the ranges",
    source="Hwang & Yoon (1981); fixed ends: García-Cascales & Lamata (2012)",
    preconditions=("bounds for every criterion, every cell inside its range",),
    promises=frozenset({"monotone", "no_rank_reversal", "row_independent", "scale_invariant"}),
    steps=STEPS
    | {
        "ideal": StepInfo(("criterion",), "The better end of each range: the weight itself."),
        "anti_ideal": StepInfo(("criterion",), "The worse end of each range: 0."),
    },
    options={"bounds": "declared low and high end of each criterion"},
    required=("bounds",),
    check=check_declared,
    compute=topsis_anchored,
    batch=topsis_anchored_batch,
)
