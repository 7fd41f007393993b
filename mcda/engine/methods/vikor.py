"""VIKOR: a compromise between the group utility and the individual regret."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from mcda.engine._types import FloatArray, IntArray
from mcda.engine.methods.blocks import in_blocks
from mcda.engine.methods.method import Compromise, Method, Options, Result, StepInfo, Tables
from mcda.engine.normalization import CONSTANT, minmax
from mcda.engine.ranks import TIE_TOLERANCE, rank_rows
from mcda.engine.validation import check_number


def vikor(
    matrix: FloatArray, weights: FloatArray, directions: IntArray, *, v: float = 0.5
) -> tuple[FloatArray, Tables]:
    """Score each alternative by a compromise of total and largest shortfall; low is good.

    Formula::

        d_ij = (best_j - x_ij) / (best_j - worst_j),   0 in a constant column
        S_i = sum over j of w_j d_ij
        R_i = largest over j of w_j d_ij
        Q_i = v (S_i - S*) / (S- - S*) + (1 - v) (R_i - R*) / (R- - R*)

    with best and worst of the alternatives at hand, S* and R* the smallest, S- and R- the
    largest; a part whose smallest is its largest is 0. S is called the group utility, R the
    individual regret. Inputs are taken as checked; :func:`mcda.engine.rank` is the public face,
    and adds the compromise set.

    Args:
        matrix: shape (alternatives, criteria).
        weights: shape (criteria,), summing to 1.
        directions: shape (criteria,), 1 or -1.
        v: how much the group utility counts, from 0 to 1.

    Returns:
        Q from 0 (best) to 1, and the tables ``regret``, ``S``, ``R``.

    References:
        Opricovic, S. (1998). Multicriteria Optimization of Civil Engineering Systems. Belgrade.
        Opricovic, S., Tzeng, G.-H. (2004). Compromise solution by MCDM methods. European
        Journal of Operational Research 156(2), 445-455.

    >>> from mcda.engine import rank
    >>> result = rank([[1, 3000], [2, 3750], [5, 4500]], [1, 1], ["min", "max"], method="vikor")
    >>> result.scores, result.compromise.members
    (array([1., 0., 1.]), array([False,  True, False]))
    """
    regret = (1 - minmax(matrix, directions)) * weights
    sums, largest = regret.sum(axis=1), regret.max(axis=1)
    scores = v * _from_lowest(sums) + (1 - v) * _from_lowest(largest)
    return scores, {"regret": regret, "S": sums, "R": largest}


def vikor_batch(
    matrix: FloatArray, weight_vectors: FloatArray, directions: IntArray, *, v: float = 0.5
) -> FloatArray:
    """Return Q under many weight vectors, shape (samples, alternatives).

    >>> vikor_batch(np.array([[1.0], [2.0]]), np.array([[1.0]]), np.array([1]))
    array([[1., 0.]])
    """
    distances = np.ascontiguousarray((1 - minmax(matrix, directions)).T)

    def score(weights: FloatArray) -> FloatArray:
        largest = np.multiply.outer(weights[:, 0], distances[0])
        for weight, distance in zip(weights.T[1:], distances[1:], strict=True):
            np.maximum(largest, np.multiply.outer(weight, distance), out=largest)
        return v * _from_lowest(weights @ distances) + (1 - v) * _from_lowest(largest)

    return in_blocks(weight_vectors, matrix.shape[0], score)


def _from_lowest(values: FloatArray) -> FloatArray:
    """Return how far each is from the lowest (0) to the highest (1) along the last axis."""
    low = values.min(axis=-1, keepdims=True)
    span = values.max(axis=-1, keepdims=True) - low
    level = span <= CONSTANT  # regrets are shares of 1, so this is rounding only
    return np.asarray(np.where(level, 0.0, values - low) / np.where(level, 1.0, span))


def _check(
    matrix: FloatArray, directions: IntArray, options: Options
) -> tuple[FloatArray, Options]:
    return matrix, {"v": check_number(options.get("v", 0.5), "v", 0, 1)}


def with_compromise(result: Result) -> Result:
    """Add the set that VIKOR proposes, by the two conditions of its authors.

    Advantage: the first leads the second on Q by at least 1 / (m - 1). Stability: it is also best
    by S or by R. Both hold: the first alone. Only the advantage: the first and the second. Else:
    all whose Q is less than 1 / (m - 1) above the first. Several on one place count as one
    another; several on the first place have no advantage. A single alternative fulfils both.
    """
    ranks, scores = result.ranks, result.scores
    first = ranks == 1
    apart = 1 / max(1, scores.size - 1)
    near = scores - scores[first].min() < apart - TIE_TOLERANCE
    advantage = bool(first.sum() == near.sum() == 1)
    best_by = [rank_rows(result.steps[name][np.newaxis], False, 1.0)[0] == 1 for name in "SR"]
    stability = bool(((best_by[0] | best_by[1]) >= first).all())
    members = near
    if advantage:
        members = first if stability else ranks <= np.partition(ranks, 1)[1]
    members.flags.writeable = False
    return replace(result, compromise=Compromise(members, advantage, stability))


METHOD = Method(
    id="vikor",
    title="VIKOR",
    description="Prefers what falls little short of the best in total and nowhere much, and names "
    "a set where no lead is clear.",
    formula="Q_i = v · (S_i - S*) / (S⁻ - S*) + (1 - v) · (R_i - R*) / (R⁻ - R*)",
    source="Opricovic (1998); Opricovic & Tzeng (2004)",
    preconditions=(),
    promises=frozenset({"scale_invariant"}),
    steps={
        "regret": StepInfo(
            ("alternative", "criterion"),
            "Weight times how far the cell falls short of the best, as a share of the range.",
        ),
        "S": StepInfo(("alternative",), "Group utility: the regrets of all criteria added up."),
        "R": StepInfo(("alternative",), "Individual regret: the largest one of any criterion."),
    },
    options={"v": "how much S counts against R, from 0 to 1 (default 0.5)"},
    higher_is_better=False,
    score_scale=1.0,
    check=_check,
    compute=vikor,
    batch=vikor_batch,
    conclude=with_compromise,
)
