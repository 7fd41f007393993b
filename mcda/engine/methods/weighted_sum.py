"""Weighted sum (simple additive weighting): the sum of weight times normalised cell."""

from __future__ import annotations

from functools import partial

import numpy as np

from mcda.engine._types import FloatArray, IntArray
from mcda.engine.methods.blocks import products
from mcda.engine.methods.method import Method, Options, StepInfo, Tables
from mcda.engine.methods.scaling import check_scaling, scaled


def weighted_sum(
    matrix: FloatArray,
    weights: FloatArray,
    directions: IntArray,
    *,
    normalization: str = "minmax",
    bounds: FloatArray | None = None,
) -> tuple[FloatArray, Tables]:
    """Score each alternative by the weighted sum of its normalised cells.

    Formula::

        score_i = sum over j of w_j r_ij

    where r_ij is the normalised cell, more always better. Inputs are taken as checked;
    :func:`mcda.engine.rank` is the public face.

    Args:
        matrix: shape (alternatives, criteria).
        weights: shape (criteria,), summing to 1.
        directions: shape (criteria,), 1 or -1.
        normalization: "minmax", "linear", "sum", "vector" or "logarithmic"; unused if there are
            bounds.
        bounds: declared low and high ends, shape (criteria, 2), or None.

    Returns:
        Scores (0 to 1 but with vector) and the tables ``normalized`` and
        ``weighted``; the rows of ``weighted`` add up to the scores.

    References:
        Fishburn, P. (1967). Additive utilities with incomplete product sets. Operations
        Research 15(3), 537-542.
        Hwang, C.-L., Yoon, K. (1981). Multiple Attribute Decision Making. Springer.

    >>> from mcda.engine import rank
    >>> result = rank([[1, 10], [2, 30], [5, 20]], [3, 1], ["max", "min"], method="weighted_sum")
    >>> result.scores, result.ranks
    (array([0.25  , 0.1875, 0.875 ]), array([2, 3, 1]))
    """
    normalized = scaled(matrix, directions, normalization, bounds)
    return normalized @ weights, {
        "normalized": normalized,
        "weighted": partial(np.multiply, normalized, weights),
    }


def weighted_sum_batch(
    matrix: FloatArray,
    weight_vectors: FloatArray,
    directions: IntArray,
    *,
    normalization: str = "minmax",
    bounds: FloatArray | None = None,
) -> FloatArray:
    """Return the scores under many weight vectors, shape (samples, alternatives).

    The normalised matrix does not depend on the weights, so this is one matrix product, in blocks.

    >>> weighted_sum_batch(np.array([[0.0], [4.0]]), np.array([[1.0]]), np.array([1]))
    array([[0., 1.]])
    """
    normalized = scaled(matrix, directions, normalization, bounds)
    return products(weight_vectors, normalized)


def _check(
    matrix: FloatArray, directions: IntArray, options: Options
) -> tuple[FloatArray, Options]:
    return check_scaling(
        matrix, directions, options, ("minmax", "linear", "sum", "vector", "logarithmic")
    )


METHOD = Method(
    id="weighted_sum",
    title="Weighted sum",
    description="Adds up, for each alternative, how well it does on each criterion times how "
    "much that criterion counts.",
    formula="score_i = Σ_j w_j · r_ij",
    source="Fishburn (1967); Hwang & Yoon (1981)",
    preconditions=(
        "normalization 'linear' or 'sum': no negative cell, no zero in a cost column",
        "normalization 'logarithmic': no cell below 1",
        "bounds: every cell inside its range",
    ),
    promises=frozenset({"scale_invariant"}),
    promises_with_bounds=frozenset({"monotone", "no_rank_reversal", "row_independent"}),
    promises_lost={"logarithmic": frozenset({"scale_invariant"})},
    steps={
        "normalized": StepInfo(
            ("alternative", "criterion"), "Each cell on a common scale, more always better."
        ),
        "weighted": StepInfo(
            ("alternative", "criterion"),
            "Weight times normalised cell: what each criterion adds to the score.",
        ),
    },
    options={
        "normalization": "minmax (default), linear, sum, vector or logarithmic",
        "bounds": "declared low and high end of each criterion, instead of a normalization",
    },
    check=_check,
    compute=weighted_sum,
    batch=weighted_sum_batch,
)
