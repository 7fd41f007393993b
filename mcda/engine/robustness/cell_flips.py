"""Where the first place changes hands, as one cell moves within its range. In closed form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mcda.engine._types import FloatArray, IntArray
from mcda.engine.errors import InputError
from mcda.engine.methods import Result
from mcda.engine.methods.closeness import closeness
from mcda.engine.ranking import rank
from mcda.engine.ranks import TIE_TOLERANCE
from mcda.engine.robustness.flips import METHODS_WITH_FLIPS, firsts
from mcda.engine.validation import check_bounds, check_choice, check_directions

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


@dataclass(frozen=True, eq=False)
class CellFlips:
    """The value of each single cell at which another alternative comes first.

    Attributes:
        leader: who is first now; the lowest index if several are.
        values: in the criterion's own units; NaN where no value in the declared range does it.
        new_leaders: who is first beyond that value; -1 where there is none.
    """

    leader: int
    values: FloatArray
    new_leaders: IntArray

    def __post_init__(self) -> None:
        self.values.flags.writeable = self.new_leaders.flags.writeable = False


def cell_flips(
    matrix: ArrayLike,
    weights: ArrayLike,
    directions: Sequence[object] | ArrayLike,
    method: str = "weighted_sum",
    **options: object,
) -> CellFlips:
    """Return the value of each cell at which the first place changes hands, all else unchanged.

    A cell of the leader has to get worse, until the best of the others is level with it; a cell
    of another has to get better, until that one is level with the leader. With the value r from
    0 (worst) to 1 (best), T the score to reach, N' and P' without this criterion::

        weighted sum     r = r_ij + (T - score_i) / w_j
        anchored TOPSIS  (w^2 r^2 + N') P_T = N_T (w^2 (1 - r)^2 + P'),  one root, as both
                         sides are monotone

    Args:
        matrix: as in :func:`mcda.engine.rank`.
        weights: as in :func:`mcda.engine.rank`.
        directions: as in :func:`mcda.engine.rank`.
        method: "weighted_sum" or "topsis_anchored".
        **options: the method's own; ``bounds`` are needed, so that no other score moves.

    Raises:
        InputError: another method, no bounds, or any fault :func:`mcda.engine.rank` would refuse.

    >>> found = cell_flips([[60, 40], [40, 50]], [1, 1], ["max"] * 2, bounds=[(0, 100)] * 2)
    >>> found.leader, found.values, found.new_leaders
    (0, array([[50., 30.],
           [50., 60.]]), array([[1, 1],
           [1, 1]]))
    """
    check_choice(method, METHODS_WITH_FLIPS, "method")
    if options.get("bounds") is None:
        raise InputError(
            "give the low and high end of each criterion; without them a cell moves the scores "
            "of all alternatives",
            argument="bounds",
        )
    result = rank(matrix, weights, directions, method, **options)
    values, shares = result.steps["normalized"], result.weights
    leader = firsts(result)[0]
    target, goal = _targets(result, leader)
    solve = _additive_cells if method == "weighted_sum" else _anchored_cells
    level, at_end = solve(values, shares, target, leader)
    wanted = np.where(np.arange(values.shape[0]) == leader, -1, 1)[:, np.newaxis]
    passed = wanted * (at_end - goal[:, np.newaxis]) > TIE_TOLERANCE * np.abs(result.scores).max()
    new_leaders = np.arange(values.shape[0])
    new_leaders[leader] = target[leader]
    ranges = check_bounds(options["bounds"], shares.size)
    signs = check_directions(directions, shares.size)
    worst = np.where(signs == 1, ranges[:, 0], ranges[:, 1])
    best = np.where(signs == 1, ranges[:, 1], ranges[:, 0])
    level = np.clip(np.where(passed, level, np.nan), 0.0, 1.0)
    return CellFlips(
        leader,
        worst + level * (best - worst),
        np.where(passed, new_leaders[:, np.newaxis], -1),
    )


def _targets(result: Result, leader: int) -> tuple[IntArray, FloatArray]:
    """Return whom each alternative has to pass, and at what score.

    That is the leader, and for the leader the best of the others; one alone has nobody to pass.
    """
    rivals = np.where(np.arange(result.scores.size) == leader, -np.inf, result.scores)
    target = np.full(result.scores.size, leader)
    target[leader] = np.argmax(rivals)
    goal = result.scores[target]
    goal[leader] = rivals.max()
    return target, goal


def _additive_cells(
    values: FloatArray, weights: FloatArray, target: IntArray, leader: int
) -> tuple[FloatArray, FloatArray]:
    """Return the value of each cell that makes its row level, and the score at its far end."""
    scores = values @ weights
    gap = (scores[target] - scores)[:, np.newaxis]
    end = _far_end(values, leader)
    level = values + gap / np.where(weights > 0, weights, np.nan)
    return level, scores[:, np.newaxis] + (end - values) * weights


def _anchored_cells(
    values: FloatArray, weights: FloatArray, target: IntArray, leader: int
) -> tuple[FloatArray, FloatArray]:
    """Return the value of each cell that makes its row level, and the closeness at its far end."""
    squares = weights * weights
    own_near, own_far = values * values * squares, (1 - values) ** 2 * squares
    near, far = own_near.sum(axis=1), own_far.sum(axis=1)
    rest_near = np.maximum(near[:, np.newaxis] - own_near, 0.0)
    rest_far = np.maximum(far[:, np.newaxis] - own_far, 0.0)
    goal_near, goal_far = near[target][:, np.newaxis], far[target][:, np.newaxis]
    # a r^2 + b r + c = 0 with b >= 0 and c <= 0 at the root wanted, so nothing cancels.
    a = squares * (goal_far - goal_near)
    b = 2 * goal_near * squares
    c = rest_near * goal_far - goal_near * (squares + rest_far)
    divisor = b + np.sqrt(np.maximum(b * b - 4 * a * c, 0.0))
    level = -2 * c / np.where(divisor > 0, divisor, np.nan)
    end = _far_end(values, leader)
    to_anti_ideal = np.sqrt(rest_near + end * end * squares)
    to_ideal = np.sqrt(rest_far + (1 - end) ** 2 * squares)
    return level, closeness(to_ideal, to_anti_ideal)


def _far_end(values: FloatArray, leader: int) -> FloatArray:
    """Return the end each cell moves to: the leader's the worst, all others the best."""
    end = np.ones_like(values)
    end[leader] = 0.0
    return end
