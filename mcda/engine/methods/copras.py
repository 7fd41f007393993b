"""COPRAS: benefits added up, costs weighed against each other, as a share of the best."""

from __future__ import annotations

import numpy as np

from mcda.engine._types import FloatArray, IntArray
from mcda.engine.methods.blocks import in_blocks
from mcda.engine.methods.method import Method, Options, StepInfo, Tables
from mcda.engine.methods.scaling import check_divisible
from mcda.engine.normalization import column_shares


def copras(
    matrix: FloatArray, weights: FloatArray, directions: IntArray
) -> tuple[FloatArray, Tables]:
    """Score each alternative by its significance as a share of the largest.

    Formula::

        v_ij = w_j x_ij / sum over i of x_ij
        S+_i, S-_i = sum of v_ij over the benefits, over the costs
        Q_i = S+_i + (sum over k of S-_k) / (S-_i sum over k of 1 / S-_k)
        score_i = Q_i / largest Q,    1 if all are 0

    Without a cost that has a weight Q is S+. Inputs are taken as checked;
    :func:`mcda.engine.rank` is the public face.

    Args:
        matrix: shape (alternatives, criteria).
        weights: shape (criteria,), summing to 1.
        directions: shape (criteria,), 1 or -1.

    Returns:
        Utility degrees from 0 to 1 (printed as percent in the papers) and the tables
        ``weighted``, ``benefits``, ``costs``, ``significance``.

    References:
        Zavadskas, E., Kaklauskas, A., Sarka, V. (1994). The new method of multicriteria complex
        proportional assessment of projects. Technological and Economic Development of Economy
        1(3), 131-139.

    >>> from mcda.engine import rank
    >>> rank([[2, 1], [2, 3]], [1, 1], ["max", "min"], method="copras").scores
    array([1. , 0.6])
    """
    weighted = column_shares(matrix) * weights
    benefits = weighted[:, directions == 1].sum(axis=1)
    costs = weighted[:, directions == -1].sum(axis=1)
    significance = _significance(benefits, costs)
    return _utility(significance), {
        "weighted": weighted,
        "benefits": benefits,
        "costs": costs,
        "significance": significance,
    }


def copras_batch(
    matrix: FloatArray, weight_vectors: FloatArray, directions: IntArray
) -> FloatArray:
    """Return the utility degrees under many weight vectors, shape (samples, alternatives).

    >>> copras_batch(np.array([[1.0], [2.0]]), np.array([[1.0]]), np.array([1]))
    array([[0.5, 1. ]])
    """
    shares = column_shares(matrix).T
    gain, loss = directions == 1, directions == -1

    def score(weights: FloatArray) -> FloatArray:
        benefits = weights[:, gain] @ shares[gain]
        costs = weights[:, loss] @ shares[loss]
        return _utility(_significance(benefits, costs))

    return in_blocks(weight_vectors, matrix.shape[0], score)


def _significance(benefits: FloatArray, costs: FloatArray) -> FloatArray:
    """Return Q along the last axis."""
    lowest = costs.min(axis=-1, keepdims=True)
    # The lowest is 1 times as good as itself, also where there are no costs or they underflow.
    cheapness = np.where(costs == lowest, 1.0, lowest / np.where(costs == 0, 1.0, costs))
    return np.asarray(
        benefits
        + costs.sum(axis=-1, keepdims=True) * cheapness / cheapness.sum(axis=-1, keepdims=True)
    )


def _utility(significance: FloatArray) -> FloatArray:
    """Return each as a share of the largest along the last axis; 1 where all are 0."""
    largest = significance.max(axis=-1, keepdims=True)
    nothing = largest == 0
    return np.asarray(np.where(nothing, 1.0, significance) / np.where(nothing, 1.0, largest))


def _check(
    matrix: FloatArray, directions: IntArray, options: Options
) -> tuple[FloatArray, Options]:
    return check_divisible("copras", matrix, directions), {}


METHOD = Method(
    id="copras",
    title="COPRAS",
    description="Adds up the benefits, weighs the costs against each other, and gives each as a "
    "share of the best.",
    formula="Q_i = S⁺_i + Σ_k S⁻_k / (S⁻_i · Σ_k 1 / S⁻_k), score_i = Q_i / max Q",
    source="Zavadskas, Kaklauskas & Sarka (1994)",
    preconditions=("no negative cell, no zero in a cost column",),
    promises=frozenset({"scale_invariant"}),
    steps={
        "weighted": StepInfo(
            ("alternative", "criterion"), "Weight times the cell's share of its column."
        ),
        "benefits": StepInfo(("alternative",), "Its weighted shares of the benefits, S⁺."),
        "costs": StepInfo(("alternative",), "Its weighted shares of the costs, S⁻."),
        "significance": StepInfo(
            ("alternative",), "Benefits plus its part in the cheapness of all, Q."
        ),
    },
    options={},
    check=_check,
    compute=copras,
    batch=copras_batch,
)
