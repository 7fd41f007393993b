"""Weights from pairwise comparisons: the analytic hierarchy process (AHP).

A comparison a_ij says how many times as important criterion i is as criterion j, on Saaty's scale
from 1 (equal) to 9 (extreme), or 1/9 to 1 the other way round. Not every pair has to be compared:
what is missing is completed so that the whole contradicts itself least.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mcda.engine._types import BoolArray, FloatArray
from mcda.engine.errors import InputError
from mcda.engine.validation import as_array, as_floats, check_choice, first, refuse, shares

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

RANDOM_INDICES = (
    *(0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49),
    *(1.51, 1.48, 1.56, 1.57, 1.59),
)
"""Mean consistency index of random answers by the number of criteria, 1 to 15 (Saaty 1980)."""

PRIORITIZATIONS = ("eigenvector", "geometric_mean")

_ROUNDING = 1e-6
"""How far typed decimals such as 0.3333333 may be from the fraction they stand for."""

_LARGEST_LOG = 700.0
"""Completed comparisons stop here: the logarithm of the largest float is just above."""

_CONSISTENT = 1e-9
"""An eigenvalue this close to the number of criteria, as a share of it, is rounding only."""


@dataclass(frozen=True, eq=False)
class PairwiseWeights:
    """Weights from pairwise comparisons, and how well the comparisons fit together.

    Attributes:
        weights: summing to 1, shape (criteria,).
        comparisons: every pair, with what was missing completed, shape (criteria, criteria).
        largest_eigenvalue: of ``comparisons``; equals the number of criteria if and only if they
            are consistent, else it is larger.
        consistency_index: (largest eigenvalue - n) / (n - 1).
        random_index: the mean consistency index of answers given at random.
        consistency_ratio: consistency index / random index. Up to 0.10 is accepted by custom. 0
            where the answers leave no room for a contradiction.
    """

    weights: FloatArray
    comparisons: FloatArray
    largest_eigenvalue: float
    consistency_index: float
    random_index: float
    consistency_ratio: float


@dataclass(frozen=True)
class Disturbance:
    """The one comparison that disturbs the consistency of all most.

    Attributes:
        row: the criterion the comparison speaks of.
        column: the criterion it is compared with; ``row`` is below ``column``.
        given: how many times as important ``row`` was said to be as ``column``.
        mended: the answer on the scale that fits the other comparisons best.
        consistency_ratio: what the ratio would be with that answer.
    """

    row: int
    column: int
    given: float
    mended: float
    consistency_ratio: float


def pairwise_weights(
    comparisons: ArrayLike, prioritization: str = "eigenvector", scale: float = 9.0
) -> PairwiseWeights:
    """Return weights from comparisons of criteria in pairs, all of them or only some.

    ``"eigenvector"``: A w = lambda w for the largest eigenvalue lambda of A. What is missing is
    set to the values that make lambda smallest; they are unique.

    ``"geometric_mean"``: w_i in proportion to the geometric mean of row i, which minimises the
    sum over the pairs of (ln a_ij - ln(w_i / w_j))^2. With missing pairs the same sum is
    minimised over the pairs that were compared, and the others become w_i / w_j.

    Both equal w_i / w_j = a_ij where the comparisons are consistent.

    The consistency ratio divides CI = (lambda - n) / (n - 1) by the mean CI of random answers:
    ``RANDOM_INDICES`` up to 15 criteria, (1.7699 n - 4.3513) / (n - 1) above (Alonso and Lamata
    2006). With m missing pairs that mean is lower, since the completion is the most favourable
    one, and is multiplied by 1 - 2 m / ((n - 1) (n - 2)) (Agoston and Csato 2022).

    Args:
        comparisons: a_ij above 0, shape (criteria, criteria), 1 on the diagonal and
            a_ji = 1 / a_ij. None or NaN stands for a pair not compared; if only one of a_ij and
            a_ji is given, the other follows.
        prioritization: "eigenvector" or "geometric_mean".
        scale: the largest comparison allowed, above 1 and at most 1e9.

    Raises:
        InputError: not square, a comparison that is not a number, not above 0 or out of scale,
            a pair that is not reciprocal, a diagonal that is not 1, or criteria in groups that
            no comparison joins.

    References:
        Saaty, T. (1980). The Analytic Hierarchy Process. McGraw-Hill.
        Crawford, G., Williams, C. (1985). A note on the analysis of subjective judgment
        matrices. Journal of Mathematical Psychology 29(4), 387-405.
        Bozoki, S., Fulop, J., Ronyai, L. (2010). On optimal completion of incomplete pairwise
        comparison matrices. Mathematical and Computer Modelling 52(1-2), 318-333.
        Alonso, J., Lamata, M. (2006). Consistency in the analytic hierarchy process: a new
        approach. International Journal of Uncertainty, Fuzziness and Knowledge-Based Systems
        14(4), 445-459.
        Agoston, K., Csato, L. (2022). Inconsistency thresholds for incomplete pairwise
        comparison matrices. Omega 108, 102576.

    >>> result = pairwise_weights([[1, 2, 6], [1 / 2, 1, 2], [1 / 6, 1 / 2, 1]])
    >>> result.weights.round(3), round(result.consistency_ratio, 3)
    (array([0.614, 0.268, 0.117]), 0.016)
    >>> pairwise_weights([[1, 2, None], [None, 1, 3], [None, None, 1]]).weights
    array([0.6, 0.3, 0.1])
    """
    check_choice(prioritization, PRIORITIZATIONS, "prioritization")
    logs, known = _checked(comparisons, scale)
    if prioritization == "geometric_mean":
        log_weights = _least_squares(logs, known)
        logs = np.where(known, logs, np.subtract.outer(log_weights, log_weights))
        weights = shares(np.exp(log_weights))
        eigenvalue = _principal(logs)[0]
    else:
        logs = _completed(logs, known)
        eigenvalue, right, _ = _principal(logs)
        weights = shares(right)
    count = known.shape[0]
    index = _index(eigenvalue, count)
    random_index = _random_index(known)
    return PairwiseWeights(
        weights,
        np.exp(np.clip(logs, -_LARGEST_LOG, _LARGEST_LOG)),
        eigenvalue,
        index,
        random_index,
        index / random_index if random_index else 0.0,
    )


def worst_comparison(comparisons: ArrayLike, scale: float = 9.0) -> Disturbance | None:
    """Return the comparison whose best other answer would lower the inconsistency most.

    Each comparison is taken out in turn; the others, completed as in :func:`pairwise_weights`,
    say what it should have been. Where several would do equally well (of three criteria all
    three would), the first in the order of rows is returned.

    Args:
        comparisons: as in :func:`pairwise_weights`.
        scale: as in :func:`pairwise_weights`; the mended answer keeps to it.

    Returns:
        None where the comparisons do not contradict each other.

    Raises:
        InputError: as :func:`pairwise_weights`.

    References:
        Saaty, T. (2003). Decision-making with the AHP: why is the principal eigenvector
        necessary. European Journal of Operational Research 145(1), 85-91.
        Bozoki, S., Fulop, J., Ronyai, L. (2010). On optimal completion of incomplete pairwise
        comparison matrices. Mathematical and Computer Modelling 52(1-2), 318-333.

    >>> upper = [[1, 2, 4, 8], [None, 1, 2, 1 / 4], [None, None, 1, 2], [None, None, None, 1]]
    >>> worst = worst_comparison(upper)
    >>> worst.row, worst.column, worst.given, round(worst.mended, 6)
    (1, 3, 0.25, 4.0)
    """
    logs, known = _checked(comparisons, scale)
    if _index(_principal(_completed(logs, known))[0], known.shape[0]) == 0:
        return None
    candidates = [
        _mended(logs, known, row, column, scale)
        for row, column in np.argwhere(np.triu(known, 1)).tolist()
        if len(_groups(_without(known, row, column))) == 1
    ]
    return min(candidates, key=lambda candidate: round(candidate.consistency_ratio, 9))


def _mended(logs: FloatArray, known: BoolArray, row: int, column: int, scale: float) -> Disturbance:
    """Return what answer to one pair fits the others best, and how well all fit together then."""
    completed = _completed(logs, _without(known, row, column))
    wanted = completed[row, column]
    mended = min(max(wanted, -math.log(scale)), math.log(scale))
    if mended != wanted:
        answers = logs.copy()
        answers[row, column], answers[column, row] = mended, -mended
        completed = _completed(answers, known)
    index = _index(_principal(completed)[0], known.shape[0])
    given = math.exp(logs[row, column])
    return Disturbance(row, column, given, math.exp(mended), index / _random_index(known))


def _without(known: BoolArray, row: int, column: int) -> BoolArray:
    others = known.copy()
    others[row, column] = others[column, row] = False
    return others


def _completed(logs: FloatArray, known: BoolArray) -> FloatArray:
    """Return the logarithms with the missing pairs set so that the eigenvalue is smallest.

    The eigenvalue is a convex function of these logarithms, strictly where the graph of the
    comparisons is connected (Bozoki, Fulop and Ronyai 2010), so that any descent ends at the one
    minimum. There a change of any missing pair changes nothing: with the right and left vectors
    r and l, l_i r_j a_ij = l_j r_i / a_ij. So each is a_ij = s_i / s_j with s_i = sqrt(r_i / l_i),
    and looking for the one number a criterion is enough.
    """
    if known.all():
        return logs
    from scipy.optimize import minimize

    def filled(levels: FloatArray) -> FloatArray:
        return np.where(known, logs, np.subtract.outer(levels, levels))

    def eigenvalue(levels: FloatArray) -> tuple[float, FloatArray]:
        largest, _, slopes = _principal(filled(levels))
        free = np.where(known, 0.0, slopes)
        return largest, free.sum(axis=1) - free.sum(axis=0)

    start = _least_squares(logs, known)
    found = minimize(eigenvalue, start, jac=True, method="BFGS", options={"gtol": 1e-10})
    return filled(found.x)


def _least_squares(logs: FloatArray, known: BoolArray) -> FloatArray:
    """Return log weights, the largest 0, that fit the known log comparisons by least squares."""
    # The normal equations: the Laplacian of the graph of comparisons. It leaves one constant
    # free, which fixing the sum at 0 settles.
    laplacian = np.diag(known.sum(axis=1)) - known
    rights = np.where(known, logs, 0).sum(axis=1)
    log_weights = np.linalg.solve(laplacian + 1.0, rights)
    return np.asarray(log_weights - log_weights.max())


def _principal(logs: FloatArray) -> tuple[float, FloatArray, FloatArray]:
    """Return the largest eigenvalue, its vector, and its slope in each cell's logarithm."""
    # In these units the comparisons are near 1, however far apart the weights are.
    log_weights = logs.mean(axis=1)
    log_weights -= log_weights.max()
    balanced = np.exp(logs - np.subtract.outer(log_weights, log_weights))
    largest, right = _perron(balanced)
    left = _perron(balanced.T)[1]
    slopes = np.multiply.outer(left, right) * balanced / (left @ right)
    return largest, right * np.exp(log_weights), slopes


def _perron(matrix: FloatArray) -> tuple[float, FloatArray]:
    """Return the largest eigenvalue of a positive matrix, which is real, and its vector."""
    values, vectors = np.linalg.eig(matrix)
    at = int(np.argmax(values.real))
    return float(values[at].real), np.abs(vectors[:, at].real)


def _index(eigenvalue: float, count: int) -> float:
    """Return the consistency index; what is above 0 by rounding only is 0."""
    excess = eigenvalue - count
    return excess / (count - 1) if excess > _CONSISTENT * count else 0.0


def _random_index(known: BoolArray) -> float:
    count = known.shape[0]
    if count < 3:
        return 0.0
    of_all = (
        RANDOM_INDICES[count - 1]
        if count <= len(RANDOM_INDICES)
        else (1.7699 * count - 4.3513) / (count - 1)
    )
    missing = np.count_nonzero(~known) / 2
    return float(of_all * (1 - 2 * missing / ((count - 1) * (count - 2))))


def _checked(comparisons: ArrayLike, scale: float) -> tuple[FloatArray, BoolArray]:
    """Return the logarithms, 0 where nothing is known, and which pairs are known."""
    limit = _limit(scale)
    cells, missing = _cells(comparisons)
    refuse(cells <= 0, cells, "comparisons", "is not above 0; a comparison is a ratio")
    beyond = (cells > limit * (1 + _ROUNDING)) | (cells * limit < 1 - _ROUNDING)
    refuse(beyond, cells, "comparisons", f"is outside the scale of 1/{limit:g} to {limit:g}")
    odd = np.diag(np.abs(np.diag(cells) - 1) > _ROUNDING)
    refuse(odd, cells, "comparisons", "is not 1; a criterion is as important as itself")
    cells = np.where(missing & ~missing.T, 1 / cells.T, cells)
    one_way = np.abs(cells * cells.T - 1) > _ROUNDING
    if one_way.any():
        row, column = first(np.tril(one_way))
        raise InputError(
            f"{cells[row, column]:g} is not 1 / {cells[column, row]:g}, the same comparison the "
            "other way round; leave one of the two out",
            argument="comparisons",
            row=row,
            column=column,
        )
    known = ~(missing & missing.T)
    np.fill_diagonal(known, True)
    groups = _groups(known)
    if len(groups) > 1:
        named = " and ".join("{" + ", ".join(map(str, group)) + "}" for group in groups)
        raise InputError(
            f"no comparison joins the criteria {named} (counting from 0); compare a pair across "
            "them",
            argument="comparisons",
        )
    return (np.log(cells) - np.log(cells.T)) / 2, known


def _limit(scale: float) -> float:
    if not 1 < as_floats([scale], "scale", ("ends",))[0] <= 1e9:
        raise InputError(f"{scale!r} is not above 1 and at most 1e9", argument="scale")
    return float(scale)


def _cells(comparisons: ArrayLike) -> tuple[FloatArray, BoolArray]:
    """Return the comparisons with 1 where one is missing, and which are missing."""
    array = as_array(comparisons, "comparisons")
    if array.ndim != 2 or array.shape[0] != array.shape[1] or not array.size:
        raise InputError(
            f"expected a square of criteria by criteria, got shape {array.shape}",
            argument="comparisons",
        )
    rows = np.asarray(comparisons, dtype=object).tolist()  # keeps True and "2" as they are
    missing = np.array([[_is_missing(cell) for cell in row] for row in rows])
    given = [[1.0 if _is_missing(cell) else cell for cell in row] for row in rows]
    return as_floats(given, "comparisons", ("criteria", "criteria")), missing


def _is_missing(cell: object) -> bool:
    return cell is None or (isinstance(cell, float) and math.isnan(cell))


def _groups(known: BoolArray) -> list[list[int]]:
    """Return the criteria in groups that comparisons join, each in order."""
    joined = known
    for _ in range(known.shape[0].bit_length()):
        joined = joined @ joined
    return [np.flatnonzero(row).tolist() for row in np.unique(joined, axis=0)[::-1]]
