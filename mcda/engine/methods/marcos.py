"""MARCOS: the weighted sum, measured against an ideal and an anti-ideal alternative."""

from __future__ import annotations

import numpy as np

from mcda.engine._types import FloatArray, IntArray
from mcda.engine.methods.blocks import in_blocks
from mcda.engine.methods.method import Method, Options, StepInfo, Tables
from mcda.engine.methods.scaling import check_divisible
from mcda.engine.normalization import linear


def marcos(
    matrix: FloatArray, weights: FloatArray, directions: IntArray
) -> tuple[FloatArray, Tables]:
    """Score each alternative by its utility against the ideal and the anti-ideal.

    Formula, with r_ij the cell by linear normalisation::

        S_i, S_ai, S_aai = weighted sums of r of alternative i, of the best and of the worst cells
        K+_i = S_i / S_ai,    K-_i = S_i / S_aai
        f(K-) = K+ / (K+ + K-),    f(K+) = K- / (K+ + K-)
        score_i = (K+ + K-) / (1 + (1 - f(K+)) / f(K+) + (1 - f(K-)) / f(K-))

    f(K+) and f(K-) are the same for all alternatives, so with a = S_aai / S_ai this is::

        score_i = K+_i (1 + a) / (1 + a + a^2)

    which is also defined where S_aai is 0; where both are 0, K+ and a are 1. Inputs are taken as
    checked; :func:`mcda.engine.rank` is the public face.

    Args:
        matrix: shape (alternatives, criteria).
        weights: shape (criteria,), summing to 1.
        directions: shape (criteria,), 1 or -1.

    Returns:
        Utilities from 0 to 1 and the tables ``weighted``, ``ideal``, ``anti_ideal``.

    References:
        Stevic, Z., Pamucar, D., Puska, A., Chatterjee, P. (2020). Sustainable supplier selection
        in healthcare industries using a new MCDM method: Measurement of alternatives and ranking
        according to COmpromise solution (MARCOS). Computers & Industrial Engineering 140, 106231.

    >>> from mcda.engine import rank
    >>> rank([[1], [2]], [1], ["max"], method="marcos").scores.round(4)
    array([0.4286, 0.8571])
    """
    weighted = linear(matrix, directions) * weights
    ideal, anti_ideal = weighted.max(axis=0), weighted.min(axis=0)
    return _utility(weighted.sum(axis=1), ideal.sum(), anti_ideal.sum()), {
        "weighted": weighted,
        "ideal": ideal,
        "anti_ideal": anti_ideal,
    }


def marcos_batch(
    matrix: FloatArray, weight_vectors: FloatArray, directions: IntArray
) -> FloatArray:
    """Return the utilities under many weight vectors, shape (samples, alternatives).

    >>> marcos_batch(np.array([[1.0], [2.0]]), np.array([[1.0]]), np.array([1])).round(4)
    array([[0.4286, 0.8571]])
    """
    normalized = linear(matrix, directions)
    ends = normalized.max(axis=0), normalized.min(axis=0)

    def score(weights: FloatArray) -> FloatArray:
        ideal, anti_ideal = (weights @ end[:, np.newaxis] for end in ends)
        return _utility(weights @ normalized.T, ideal, anti_ideal)

    return in_blocks(weight_vectors, matrix.shape[0], score)


def _utility(sums: FloatArray, ideal: FloatArray, anti_ideal: FloatArray) -> FloatArray:
    nothing = ideal == 0
    divisor = np.where(nothing, 1.0, ideal)
    degree = np.where(nothing, 1.0, sums) / divisor
    a = np.where(nothing, 1.0, anti_ideal) / divisor
    return np.asarray(degree * (1 + a) / (1 + a + a**2))


def _check(
    matrix: FloatArray, directions: IntArray, options: Options
) -> tuple[FloatArray, Options]:
    return check_divisible("marcos", matrix, directions), {}


METHOD = Method(
    id="marcos",
    title="MARCOS",
    description="Compares each alternative's weighted sum with those of an ideal and an "
    "anti-ideal one, made of the best and the worst of every criterion.",
    formula="score_i = K⁺_i · (1 + a) / (1 + a + a²), K⁺_i = S_i / S_ai, a = S_aai / S_ai",
    source="Stevic et al. (2020)",
    preconditions=("no negative cell, no zero in a cost column",),
    promises=frozenset({"monotone", "scale_invariant"}),
    steps={
        "weighted": StepInfo(
            ("alternative", "criterion"), "Weight times normalised cell, more always better."
        ),
        "ideal": StepInfo(("criterion",), "The best weighted value of each criterion."),
        "anti_ideal": StepInfo(("criterion",), "The worst weighted value of each criterion."),
    },
    options={},
    check=_check,
    compute=marcos,
    batch=marcos_batch,
)
