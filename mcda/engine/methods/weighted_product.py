"""Weighted product: the product of normalised cells, each to the power of its weight."""

from __future__ import annotations

import numpy as np

from mcda.engine._types import FloatArray, IntArray
from mcda.engine.methods.blocks import in_blocks
from mcda.engine.methods.method import Method, Options, StepInfo, Tables
from mcda.engine.methods.scaling import check_scaling, scaled


def weighted_product(
    matrix: FloatArray,
    weights: FloatArray,
    directions: IntArray,
    *,
    normalization: str = "linear",
    bounds: FloatArray | None = None,
) -> tuple[FloatArray, Tables]:
    """Score each alternative by the product of its normalised cells to the power of the weights.

    Formula::

        score_i = product over j of r_ij^(w_j),    with 0^0 = 1

    where r_ij is the normalised cell, more always better: a weighted geometric mean. A cell that
    is normalised to 0 makes the score 0 if its criterion has a weight. Inputs are taken as
    checked; :func:`mcda.engine.rank` is the public face.

    Args:
        matrix: shape (alternatives, criteria).
        weights: shape (criteria,), summing to 1.
        directions: shape (criteria,), 1 or -1.
        normalization: "linear" or "sum"; unused if there are bounds.
        bounds: declared low and high ends, shape (criteria, 2), or None.

    Returns:
        Scores from 0 to 1 and the tables ``normalized`` and ``powers``; the rows of ``powers``
        multiply to the scores.

    References:
        Bridgman, P. (1922). Dimensional Analysis. Yale University Press.
        Miller, D., Starr, M. (1969). Executive Decisions and Operations Research. Prentice-Hall.

    >>> from mcda.engine import rank
    >>> result = rank([[4, 2], [1, 1]], [1, 1], ["max", "min"], method="weighted_product")
    >>> result.scores, result.ranks
    (array([0.70710678, 0.5       ]), array([1, 2]))
    """
    normalized = scaled(matrix, directions, normalization, bounds)
    powers = normalized**weights
    return powers.prod(axis=1), {"normalized": normalized, "powers": powers}


def weighted_product_batch(
    matrix: FloatArray,
    weight_vectors: FloatArray,
    directions: IntArray,
    *,
    normalization: str = "linear",
    bounds: FloatArray | None = None,
) -> FloatArray:
    """Return the scores under many weight vectors, shape (samples, alternatives).

    >>> weighted_product_batch(np.array([[1.0], [4.0]]), np.array([[1.0]]), np.array([1]))
    array([[0.25, 1.  ]])
    """
    return products(weight_vectors, scaled(matrix, directions, normalization, bounds))


def products(weight_vectors: FloatArray, normalized: FloatArray) -> FloatArray:
    """Return the weighted products of normalised cells, shape (samples, alternatives).

    The logarithm of a product is a matrix product with the logarithms of the cells; zeros, which
    have none, are counted apart.

    >>> products(np.array([[0.5, 0.5], [1.0, 0.0]]), np.array([[0.25, 1.0], [1.0, 0.0]]))
    array([[0.5 , 0.  ],
           [0.25, 1.  ]])
    """
    zero = normalized == 0
    logs = np.log(np.where(zero, 1.0, normalized)).T
    zeros = zero.T.astype(np.float64)

    def score(weights: FloatArray) -> FloatArray:
        found = np.exp(weights @ logs)
        if zero.any():
            found[(weights > 0) @ zeros > 0] = 0.0
        return np.asarray(found)

    return in_blocks(weight_vectors, normalized.shape[0], score)


def _check(
    matrix: FloatArray, directions: IntArray, options: Options
) -> tuple[FloatArray, Options]:
    return check_scaling(matrix, directions, options, ("linear", "sum"))


METHOD = Method(
    id="weighted_product",
    title="Weighted product",
    description="Multiplies, for each alternative, how well it does on each criterion, raised to "
    "how much that criterion counts, so that a very weak spot is hard to make up for.",
    formula="score_i = Π_j r_ij^w_j",
    source="Bridgman (1922); Miller & Starr (1969)",
    preconditions=(
        "without bounds: no negative cell, no zero in a cost column",
        "bounds: every cell inside its range",
    ),
    promises=frozenset({"monotone", "no_rank_reversal", "scale_invariant"}),
    promises_with_bounds=frozenset({"row_independent"}),
    steps={
        "normalized": StepInfo(
            ("alternative", "criterion"), "Each cell on a common scale, more always better."
        ),
        "powers": StepInfo(
            ("alternative", "criterion"),
            "Normalised cell to the power of the weight: what the score is multiplied by.",
        ),
    },
    options={
        "normalization": "linear (default) or sum",
        "bounds": "declared low and high end of each criterion, instead of a normalization",
    },
    check=_check,
    compute=weighted_product,
    batch=weighted_product_batch,
)
