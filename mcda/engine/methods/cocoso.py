"""CoCoSo: a weighted sum and a sum of powers, combined in three ways."""

from __future__ import annotations

import numpy as np

from mcda.engine._types import FloatArray, IntArray
from mcda.engine.errors import InputError
from mcda.engine.methods.blocks import in_blocks
from mcda.engine.methods.method import Method, Options, StepInfo, Tables
from mcda.engine.normalization import minmax
from mcda.engine.validation import check_number

_LOWEST_SUM = 1e-290
"""Below it a sum counts as 0, and quotients by it would leave the range of floats."""


def cocoso(
    matrix: FloatArray, weights: FloatArray, directions: IntArray, *, sum_share: float = 0.5
) -> tuple[FloatArray, Tables]:
    """Score each alternative by a compromise of three ways to combine two sums.

    Formula, with r_ij the cell by min-max and lambda the share of S::

        S_i = sum over j of w_j r_ij,    P_i = sum over j with w_j > 0 of r_ij^(w_j)
        ka_i = (S_i + P_i) / sum over k of (S_k + P_k)
        kb_i = S_i / smallest S + P_i / smallest P
        kc_i = (lambda S_i + (1 - lambda) P_i) / (lambda largest S + (1 - lambda) largest P)
        score_i = (ka_i kb_i kc_i)^(1/3) + (ka_i + kb_i + kc_i) / 3

    Inputs are taken as checked; :func:`mcda.engine.rank` is the public face.

    Args:
        matrix: shape (alternatives, criteria).
        weights: shape (criteria,), summing to 1.
        directions: shape (criteria,), 1 or -1.
        sum_share: the lambda of the paper, from 0 to 1.

    Returns:
        Scores above 0, and the tables ``normalized``, ``S``, ``P``, ``ka``, ``kb``, ``kc``.

    Raises:
        InputError: an alternative that is worst on every criterion with a weight: its S is 0, and
            kb divides by it.

    References:
        Yazdani, M., Zarate, P., Zavadskas, E., Turskis, Z. (2019). A combined compromise solution
        (CoCoSo) method for multi-criteria decision-making problems. Management Decision 57(9),
        2501-2519.

    >>> from mcda.engine import rank
    >>> rank([[1, 2], [2, 1]], [3, 1], ["max", "max"], method="cocoso").scores.round(3)
    array([1.885, 3.187])
    """
    normalized = minmax(matrix, directions)
    sums, powers = _sums(weights[np.newaxis], normalized)
    parts = _appraisals(sums, powers, sum_share)
    ka, kb, kc = (part[0] for part in parts)
    return _compromise(*parts)[0], {
        "normalized": normalized,
        "S": sums[0],
        "P": powers[0],
        "ka": ka,
        "kb": kb,
        "kc": kc,
    }


def cocoso_batch(
    matrix: FloatArray, weight_vectors: FloatArray, directions: IntArray, *, sum_share: float = 0.5
) -> FloatArray:
    """Return the scores under many weight vectors, shape (samples, alternatives).

    >>> cells, weights = np.array([[1.0, 2.0], [2.0, 1.0]]), np.array([[0.75, 0.25]])
    >>> cocoso_batch(cells, weights, np.array([1, 1])).round(3)
    array([[1.885, 3.187]])
    """
    normalized = minmax(matrix, directions)
    return in_blocks(
        weight_vectors,
        matrix.shape[0],
        lambda weights: _compromise(*_appraisals(*_sums(weights, normalized), sum_share)),
    )


def _sums(weight_vectors: FloatArray, normalized: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return S and P under each weight vector, shape (samples, alternatives) each."""
    sums = weight_vectors @ normalized.T
    if sums.min() < _LOWEST_SUM:
        raise InputError(
            "this alternative is worst on every criterion that has a weight; cocoso divides by "
            "its sum, which is 0 (waspas and vikor take such alternatives)",
            argument="matrix",
            row=int(np.argmin(sums.min(axis=0))),
        )
    powers = np.zeros_like(sums)
    for weights, cells in zip(weight_vectors.T, normalized.T, strict=True):
        counts = weights > 0
        powers[counts] += np.power(cells, weights[counts, np.newaxis])
    return sums, powers


def _appraisals(
    sums: FloatArray, powers: FloatArray, share: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return ka, kb and kc."""
    both = sums + powers
    ka = both / both.sum(axis=1, keepdims=True)
    kb = sums / sums.min(axis=1, keepdims=True) + powers / powers.min(axis=1, keepdims=True)
    largest = share * sums.max(axis=1, keepdims=True)
    largest = largest + (1 - share) * powers.max(axis=1, keepdims=True)
    return ka, kb, (share * sums + (1 - share) * powers) / largest


def _compromise(ka: FloatArray, kb: FloatArray, kc: FloatArray) -> FloatArray:
    return np.asarray(np.cbrt(ka * kb * kc) + (ka + kb + kc) / 3)


def _check(
    matrix: FloatArray, directions: IntArray, options: Options
) -> tuple[FloatArray, Options]:
    return matrix, {"sum_share": check_number(options.get("sum_share", 0.5), "sum_share", 0, 1)}


METHOD = Method(
    id="cocoso",
    title="CoCoSo",
    description="Combines a weighted sum and a sum of powers in three ways and takes a compromise "
    "of the three.",
    formula="score_i = (ka_i · kb_i · kc_i)^(1/3) + (ka_i + kb_i + kc_i) / 3",
    source="Yazdani et al. (2019)",
    preconditions=("no alternative that is worst on every criterion with a weight",),
    promises=frozenset({"scale_invariant"}),
    steps={
        "normalized": StepInfo(
            ("alternative", "criterion"), "Each cell by min-max, more always better."
        ),
        "S": StepInfo(("alternative",), "The sum of weight times normalised cell."),
        "P": StepInfo(("alternative",), "The sum of normalised cells to the power of the weight."),
        "ka": StepInfo(("alternative",), "Its part in the sums of all."),
        "kb": StepInfo(("alternative",), "Its sums as multiples of the smallest."),
        "kc": StepInfo(("alternative",), "Its sums as a share of the largest."),
    },
    options={"sum_share": "λ, the share of S in kc, from 0 to 1 (default 0.5)"},
    check=_check,
    compute=cocoso,
    batch=cocoso_batch,
)
