"""CODAS: far from the worst of what is there, by two distances."""

from __future__ import annotations

import numpy as np

from mcda.engine._types import FloatArray, IntArray
from mcda.engine.methods.blocks import in_blocks
from mcda.engine.methods.closeness import row_lengths
from mcda.engine.methods.method import Method, Options, StepInfo, Tables
from mcda.engine.methods.scaling import check_divisible
from mcda.engine.normalization import CONSTANT, linear
from mcda.engine.validation import check_number


def codas(
    matrix: FloatArray, weights: FloatArray, directions: IntArray, *, tau: float = 0.02
) -> tuple[FloatArray, Tables]:
    """Score each alternative by how much farther than the others it is from the worst.

    Formula, with r_ij the cell by linear normalisation and v_ij = w_j r_ij::

        E_i, T_i = Euclidean, taxicab distance of v_i from the smallest v_j of each column
        h_ik = (E_i - E_k) + psi(E_i - E_k) (T_i - T_k)
        score_i = sum over k of h_ik

    psi is 1 where the Euclidean distances differ by at least tau, and 0 otherwise. Inputs are
    taken as checked; :func:`mcda.engine.rank` is the public face.

    Args:
        matrix: shape (alternatives, criteria).
        weights: shape (criteria,), summing to 1.
        directions: shape (criteria,), 1 or -1.
        tau: 0 or more; its authors suggest 0.01 to 0.05.

    Returns:
        Sums of differences, summing to 0 over the alternatives, and the tables ``weighted``,
        ``anti_ideal``, ``euclidean``, ``taxicab``.

    References:
        Keshavarz Ghorabaee, M., Zavadskas, E., Turskis, Z., Antucheviciene, J. (2016). A new
        combinative distance-based assessment (CODAS) method for multi-criteria decision-making.
        Economic Computation and Economic Cybernetics Studies and Research 50(3), 25-44.

    >>> from mcda.engine import rank
    >>> rank([[1], [2]], [1], ["max"], method="codas").scores
    array([-1.,  1.])
    """
    weighted = linear(matrix, directions) * weights
    anti_ideal = weighted.min(axis=0)
    away = weighted - anti_ideal
    euclidean, taxicab = row_lengths(away), away.sum(axis=1)
    scores = _assessment(euclidean[np.newaxis], taxicab[np.newaxis], tau)[0]
    return scores, {
        "weighted": weighted,
        "anti_ideal": anti_ideal,
        "euclidean": euclidean,
        "taxicab": taxicab,
    }


def codas_batch(
    matrix: FloatArray, weight_vectors: FloatArray, directions: IntArray, *, tau: float = 0.02
) -> FloatArray:
    """Return the scores under many weight vectors, shape (samples, alternatives).

    >>> codas_batch(np.array([[1.0], [2.0]]), np.array([[1.0]]), np.array([1]))
    array([[-1.,  1.]])
    """
    normalized = linear(matrix, directions)
    away = (normalized - normalized.min(axis=0)).T
    squared = away**2

    def score(weights: FloatArray) -> FloatArray:
        return _assessment(np.sqrt(weights**2 @ squared), weights @ away, tau)

    return in_blocks(weight_vectors, matrix.shape[0], score)


def _assessment(euclidean: FloatArray, taxicab: FloatArray, tau: float) -> FloatArray:
    """Return the scores of each row of distances, shape (samples, alternatives)."""
    alternatives = euclidean.shape[1]
    scores = alternatives * euclidean - euclidean.sum(axis=1, keepdims=True)
    for k in range(alternatives):
        apart = np.abs(euclidean - euclidean[:, [k]]) >= tau - CONSTANT
        scores += np.where(apart, taxicab - taxicab[:, [k]], 0.0)
    return np.asarray(scores)


def _check(
    matrix: FloatArray, directions: IntArray, options: Options
) -> tuple[FloatArray, Options]:
    tau = check_number(options.get("tau", 0.02), "tau", 0, np.inf)
    return check_divisible("codas", matrix, directions), {"tau": tau}


METHOD = Method(
    id="codas",
    title="CODAS",
    description="Prefers what is far from the worst of every criterion among these alternatives, "
    "by the straight distance first and the sum of the distances second.",
    formula="score_i = Σ_k [(E_i - E_k) + ψ(E_i - E_k) · (T_i - T_k)]",
    source="Keshavarz Ghorabaee et al. (2016)",
    preconditions=("no negative cell, no zero in a cost column",),
    promises=frozenset({"scale_invariant"}),
    steps={
        "weighted": StepInfo(
            ("alternative", "criterion"), "Weight times normalised cell, more always better."
        ),
        "anti_ideal": StepInfo(("criterion",), "The worst weighted value of each criterion."),
        "euclidean": StepInfo(("alternative",), "Its straight distance from the anti-ideal, E."),
        "taxicab": StepInfo(("alternative",), "Its distances from the anti-ideal added up, T."),
    },
    options={"tau": "from which difference of E on T counts too, 0 or more (default 0.02)"},
    score_scale=1.0,
    check=_check,
    compute=codas,
    batch=codas_batch,
)
