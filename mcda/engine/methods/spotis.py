"""SPOTIS: the weighted distance from the better end of every declared range."""

from __future__ import annotations

from mcda.engine._types import FloatArray, IntArray
from mcda.engine.methods.blocks import products
from mcda.engine.methods.method import Method, StepInfo, Tables
from mcda.engine.methods.scaling import check_declared
from mcda.engine.normalization import within_bounds


def spotis(
    matrix: FloatArray, weights: FloatArray, directions: IntArray, *, bounds: FloatArray
) -> tuple[FloatArray, Tables]:
    """Score each alternative by its distance from the ideal of the declared ranges; low is good.

    Formula::

        d_ij = |x_ij - best_j| / (high_j - low_j)
        score_i = sum over j of w_j d_ij

    It is 1 minus the weighted sum with the same bounds. Inputs are taken as checked;
    :func:`mcda.engine.rank` is the public face.

    Args:
        matrix: shape (alternatives, criteria).
        weights: shape (criteria,), summing to 1.
        directions: shape (criteria,), 1 or -1.
        bounds: declared low and high ends, shape (criteria, 2).

    Returns:
        Distances from 0 (the ideal) to 1 and the tables ``distance`` and ``weighted``; the rows of
        the latter add up to the scores.

    References:
        Dezert, J., Tchamova, A., Han, D., Tacnet, J.-M. (2020). The SPOTIS rank reversal free
        method for multi-criteria decision-making support. FUSION 2020.

    >>> from mcda.engine import rank
    >>> ranges = [(0, 10), (0, 100)]
    >>> rank([[8, 20], [5, 10]], [1, 1], ["max", "min"], method="spotis", bounds=ranges).scores
    array([0.2, 0.3])
    """
    distance = 1 - within_bounds(matrix, directions, bounds)
    weighted = distance * weights
    return weighted.sum(axis=1), {"distance": distance, "weighted": weighted}


def spotis_batch(
    matrix: FloatArray, weight_vectors: FloatArray, directions: IntArray, *, bounds: FloatArray
) -> FloatArray:
    """Return the distances under many weight vectors, shape (samples, alternatives).

    >>> import numpy as np
    >>> cells, ranges = np.array([[25.0]]), np.array([[0.0, 100.0]])
    >>> spotis_batch(cells, np.array([[1.0]]), np.array([1]), bounds=ranges)
    array([[0.75]])
    """
    return products(weight_vectors, 1 - within_bounds(matrix, directions, bounds))


METHOD = Method(
    id="spotis",
    title="SPOTIS",
    description="Adds up how far each alternative falls short of the better end of every declared "
    "range.",
    formula="score_i = Σ_j w_j · |x_ij - best_j| / (high_j - low_j)",
    source="Dezert et al. (2020)",
    preconditions=("bounds for every criterion, every cell inside its range",),
    promises=frozenset({"monotone", "no_rank_reversal", "row_independent", "scale_invariant"}),
    steps={
        "distance": StepInfo(
            ("alternative", "criterion"),
            "How far the cell is from the better end, as a share of the range.",
        ),
        "weighted": StepInfo(
            ("alternative", "criterion"), "Weight times distance: what the score adds up."
        ),
    },
    options={"bounds": "declared low and high end of each criterion"},
    required=("bounds",),
    higher_is_better=False,
    score_scale=1.0,
    check=check_declared,
    compute=spotis,
    batch=spotis_batch,
)
