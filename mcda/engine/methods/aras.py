"""ARAS: the weighted sum of shares, measured against an optimal alternative."""

from __future__ import annotations

import numpy as np

from mcda.engine._types import FloatArray, IntArray
from mcda.engine.methods.blocks import in_blocks
from mcda.engine.methods.method import Method, Options, StepInfo, Tables
from mcda.engine.methods.scaling import check_divisible
from mcda.engine.normalization import linear


def aras(
    matrix: FloatArray, weights: FloatArray, directions: IntArray
) -> tuple[FloatArray, Tables]:
    """Score each alternative by its weighted sum as a share of the optimal alternative's.

    Formula, row 0 being the best cell of every column::

        r_ij = x_ij / sum over i = 0 ... m of x_ij,    a cost as 1 / x_ij
        score_i = sum over j of w_j r_ij / sum over j of w_j r_0j,    1 if both are 0

    Inputs are taken as checked; :func:`mcda.engine.rank` is the public face.

    Args:
        matrix: shape (alternatives, criteria).
        weights: shape (criteria,), summing to 1.
        directions: shape (criteria,), 1 or -1.

    Returns:
        Utility degrees from 0 to 1 and the tables ``normalized``, ``weighted``, ``optimal``.

    References:
        Zavadskas, E., Turskis, Z. (2010). A new additive ratio assessment (ARAS) method in
        multicriteria decision-making. Technological and Economic Development of Economy 16(2),
        159-172.

    >>> from mcda.engine import rank
    >>> rank([[2, 1], [1, 2]], [3, 1], ["max", "max"], method="aras").scores
    array([0.875, 0.625])
    """
    normalized, optimal = _normalized(matrix, directions)
    weighted, best = normalized * weights, optimal * weights
    return _utility(weighted.sum(axis=1), best.sum()), {
        "normalized": normalized,
        "weighted": weighted,
        "optimal": best,
    }


def aras_batch(matrix: FloatArray, weight_vectors: FloatArray, directions: IntArray) -> FloatArray:
    """Return the utility degrees under many weight vectors, shape (samples, alternatives).

    >>> aras_batch(np.array([[1.0], [2.0]]), np.array([[1.0]]), np.array([1]))
    array([[0.5, 1. ]])
    """
    normalized, optimal = _normalized(matrix, directions)
    return in_blocks(
        weight_vectors,
        matrix.shape[0],
        lambda weights: _utility(weights @ normalized.T, weights @ optimal[:, np.newaxis]),
    )


def _normalized(matrix: FloatArray, directions: IntArray) -> tuple[FloatArray, FloatArray]:
    """Return the shares of the alternatives and those of the optimal one."""
    relative = linear(matrix, directions)
    best = relative.max(axis=0)  # 1, or 0 in an all-zero column
    totals = np.where(best == 0, 1.0, relative.sum(axis=0) + best)
    return relative / totals, best / totals


def _utility(sums: FloatArray, optimal: FloatArray) -> FloatArray:
    nothing = optimal == 0
    return np.asarray(np.where(nothing, 1.0, sums) / np.where(nothing, 1.0, optimal))


def _check(
    matrix: FloatArray, directions: IntArray, options: Options
) -> tuple[FloatArray, Options]:
    return check_divisible("aras", matrix, directions), {}


METHOD = Method(
    id="aras",
    title="ARAS",
    description="Compares each alternative's weighted sum with that of an optimal one, made of "
    "the best of every criterion.",
    formula="score_i = Σ_j w_j · r_ij / Σ_j w_j · r_0j",
    source="Zavadskas & Turskis (2010)",
    preconditions=("no negative cell, no zero in a cost column",),
    promises=frozenset({"monotone", "scale_invariant"}),
    steps={
        "normalized": StepInfo(
            ("alternative", "criterion"),
            "Each cell's share of its column and the optimal cell, more always better.",
        ),
        "weighted": StepInfo(("alternative", "criterion"), "Weight times share."),
        "optimal": StepInfo(("criterion",), "Weight times share of the optimal alternative."),
    },
    options={},
    check=_check,
    compute=aras,
    batch=aras_batch,
)
