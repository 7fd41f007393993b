"""TOPSIS, classic: nearness to the best of what is there and distance from the worst of it."""

from __future__ import annotations

import numpy as np

from mcda.engine._types import FloatArray, IntArray
from mcda.engine.methods.closeness import closeness_batch, weighted_closeness
from mcda.engine.methods.method import Method, Options, StepInfo, Tables
from mcda.engine.normalization import minmax, unit_columns
from mcda.engine.validation import check_choice


def topsis(
    matrix: FloatArray,
    weights: FloatArray,
    directions: IntArray,
    *,
    normalization: str = "vector",
) -> tuple[FloatArray, Tables]:
    """Score each alternative by its relative closeness to the ideal point.

    Formula::

        v_ij = w_j r_ij
        ideal_j, anti_ideal_j = best and worst v_ij of column j
        d+_i = sqrt(sum over j of (v_ij - ideal_j)^2)
        d-_i = sqrt(sum over j of (v_ij - anti_ideal_j)^2)
        closeness_i = d-_i / (d+_i + d-_i),    0.5 if both are 0

    r_ij is the normalised cell. With "vector" a cost stays a cost, and its best is its smallest;
    with "minmax" more is always better. Inputs are taken as checked;
    :func:`mcda.engine.rank` is the public face.

    Args:
        matrix: shape (alternatives, criteria).
        weights: shape (criteria,), summing to 1.
        directions: shape (criteria,), 1 or -1.
        normalization: "vector" or "minmax".

    Returns:
        Closeness from 0 to 1, and the tables ``normalized``, ``weighted``, ``ideal``,
        ``anti_ideal``, ``distance_to_ideal``, ``distance_to_anti_ideal``.

    References:
        Hwang, C.-L., Yoon, K. (1981). Multiple Attribute Decision Making. Springer.
        Opricovic, S., Tzeng, G.-H. (2004). Compromise solution by MCDM methods. European
        Journal of Operational Research 156(2), 445-455 (min-max).

    >>> from mcda.engine import rank
    >>> result = rank([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]], [0.3, 0.4, 0.3], [1, 1, 1])
    >>> result.scores.round(3), result.ranks
    (array([0.504, 0.658, 0.748, 0.334]), array([3, 2, 1, 4]))
    """
    normalized, ideal, anti_ideal = _normalized(matrix, directions, normalization)
    return weighted_closeness(normalized, weights, ideal * weights, anti_ideal * weights)


def topsis_batch(
    matrix: FloatArray,
    weight_vectors: FloatArray,
    directions: IntArray,
    *,
    normalization: str = "vector",
) -> FloatArray:
    """Return the closeness under many weight vectors, shape (samples, alternatives).

    >>> topsis_batch(np.array([[1.0], [2.0]]), np.array([[1.0]]), np.array([1]))
    array([[0., 1.]])
    """
    return closeness_batch(weight_vectors, *_normalized(matrix, directions, normalization))


def _normalized(
    matrix: FloatArray, directions: IntArray, normalization: str
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the normalised matrix, and the best and the worst cell of each of its columns."""
    if normalization == "minmax":
        normalized = minmax(matrix, directions)
        return normalized, normalized.max(axis=0), normalized.min(axis=0)
    normalized, low, high = unit_columns(matrix)
    benefit = directions == 1
    return normalized, np.where(benefit, high, low), np.where(benefit, low, high)


def _check(
    matrix: FloatArray, directions: IntArray, options: Options
) -> tuple[FloatArray, Options]:
    name = options.get("normalization")
    return matrix, {
        "normalization": check_choice(
            "vector" if name is None else name, ("vector", "minmax"), "normalization"
        )
    }


STEPS = {
    "normalized": StepInfo(("alternative", "criterion"), "Each cell on a common scale."),
    "weighted": StepInfo(("alternative", "criterion"), "Normalised cell times weight."),
    "ideal": StepInfo(("criterion",), "The best weighted value of each criterion."),
    "anti_ideal": StepInfo(("criterion",), "The worst weighted value of each criterion."),
    "distance_to_ideal": StepInfo(("alternative",), "How far it is from the ideal point."),
    "distance_to_anti_ideal": StepInfo(
        ("alternative",), "How far it is from the anti-ideal point."
    ),
}

METHOD = Method(
    id="topsis",
    title="TOPSIS (classic)",
    description="Prefers what is near the best of every criterion among these alternatives and "
    "far from the worst.",
    formula="score_i = d⁻_i / (d⁺_i + d⁻_i)",
    source="Hwang & Yoon (1981)",
    preconditions=(),
    promises=frozenset({"scale_invariant"}),
    steps=STEPS,
    options={"normalization": "vector (default) or minmax"},
    check=_check,
    compute=topsis,
    batch=topsis_batch,
)
