"""WASPAS: a mixture of the weighted sum and the weighted product."""

from __future__ import annotations

from mcda.engine._types import FloatArray, IntArray
from mcda.engine.methods.method import Method, Options, StepInfo, Tables
from mcda.engine.methods.scaling import check_scaling, scaled
from mcda.engine.methods.weighted_product import products
from mcda.engine.validation import check_number


def waspas(
    matrix: FloatArray,
    weights: FloatArray,
    directions: IntArray,
    *,
    bounds: FloatArray | None = None,
    sum_share: float = 0.5,
) -> tuple[FloatArray, Tables]:
    """Score each alternative by a mixture of its weighted sum and its weighted product.

    Formula::

        score_i = lambda sum over j of w_j r_ij + (1 - lambda) product over j of r_ij^(w_j)

    where r_ij is the normalised cell, more always better, and lambda the share of the sum. Inputs
    are taken as checked; :func:`mcda.engine.rank` is the public face.

    Args:
        matrix: shape (alternatives, criteria).
        weights: shape (criteria,), summing to 1.
        directions: shape (criteria,), 1 or -1.
        bounds: declared low and high ends, shape (criteria, 2), instead of the linear
            normalization, or None.
        sum_share: the lambda of the paper, from 0 (the product alone) to 1 (the sum alone).

    Returns:
        Scores from 0 to 1 and the tables ``normalized``, ``weighted_sum`` and
        ``weighted_product``.

    References:
        Zavadskas, E., Turskis, Z., Antucheviciene, J., Zakarevicius, A. (2012). Optimization of
        weighted aggregated sum product assessment. Elektronika ir Elektrotechnika 122(6), 3-6.

    >>> from mcda.engine import rank
    >>> rank([[4, 1], [1, 4]], [3, 1], ["max", "max"], method="waspas").scores
    array([0.7598..., 0.3955...])
    """
    normalized = scaled(matrix, directions, "linear", bounds)
    sums = (normalized * weights).sum(axis=1)
    product = (normalized**weights).prod(axis=1)
    return sum_share * sums + (1 - sum_share) * product, {
        "normalized": normalized,
        "weighted_sum": sums,
        "weighted_product": product,
    }


def waspas_batch(
    matrix: FloatArray,
    weight_vectors: FloatArray,
    directions: IntArray,
    *,
    bounds: FloatArray | None = None,
    sum_share: float = 0.5,
) -> FloatArray:
    """Return the scores under many weight vectors, shape (samples, alternatives).

    >>> import numpy as np
    >>> waspas_batch(np.array([[1.0], [4.0]]), np.array([[1.0]]), np.array([1]))
    array([[0.25, 1.  ]])
    """
    normalized = scaled(matrix, directions, "linear", bounds)
    scores = products(weight_vectors, normalized)
    scores *= 1 - sum_share
    scores += weight_vectors @ (sum_share * normalized.T)
    return scores


def _check(
    matrix: FloatArray, directions: IntArray, options: Options
) -> tuple[FloatArray, Options]:
    share = check_number(options.get("sum_share", 0.5), "sum_share", 0, 1)
    cells, settings = check_scaling(matrix, directions, options, ("linear",))
    return cells, {"bounds": settings.get("bounds"), "sum_share": share}


METHOD = Method(
    id="waspas",
    title="WASPAS",
    description="Mixes the weighted sum, in which a strength makes up for any weakness, and the "
    "weighted product, in which it hardly does.",
    formula="score_i = λ · Σ_j w_j · r_ij + (1 - λ) · Π_j r_ij^w_j",
    source="Zavadskas et al. (2012)",
    preconditions=(
        "without bounds: no negative cell, no zero in a cost column",
        "bounds: every cell inside its range",
    ),
    promises=frozenset({"monotone", "scale_invariant"}),
    promises_with_bounds=frozenset({"no_rank_reversal", "row_independent"}),
    steps={
        "normalized": StepInfo(
            ("alternative", "criterion"), "Each cell on a common scale, more always better."
        ),
        "weighted_sum": StepInfo(("alternative",), "The sum of weight times normalised cell."),
        "weighted_product": StepInfo(
            ("alternative",), "The product of the normalised cells to the power of the weights."
        ),
    },
    options={
        "bounds": "declared low and high end of each criterion, instead of the linear "
        "normalization",
        "sum_share": "λ, the share of the weighted sum, from 0 to 1 (default 0.5)",
    },
    check=_check,
    compute=waspas,
    batch=waspas_batch,
)
