"""Sets given by linear constraints, and what linear programs (HiGHS) say about them.

SciPy is imported where it is used, so that importing the engine loads NumPy only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mcda.engine._types import BoolArray, FloatArray

TOLERANCE = 1e-10
"""HiGHS keeps constraints to within this; so a contradiction smaller than it is not seen."""

_LARGEST_SCALE = 1e6  # a slack that cannot be made larger than its inverse counts as none
_OPTIMAL, _INFEASIBLE = 0, 2


@dataclass(frozen=True, eq=False)
class Polytope:
    """The points x >= 0 with ``at_most @ x <= limits`` and ``equal @ x == totals``.

    The weights of a point are ``lift @ x``: x itself, or a mixture whose shares are x.
    """

    at_most: FloatArray
    limits: FloatArray
    equal: FloatArray
    totals: FloatArray
    lift: FloatArray

    @property
    def dims(self) -> int:
        """Return how many coordinates a point has."""
        return int(self.lift.shape[1])


@dataclass(frozen=True, eq=False)
class Interior:
    """A point inside a polytope, and which of its constraints can be slack.

    Attributes:
        point: in the relative interior, shape (dims,).
        slack_rows: which rows of ``at_most`` are below their limit somewhere.
        positive: which coordinates are above 0 somewhere.
    """

    point: FloatArray
    slack_rows: BoolArray
    positive: BoolArray


@dataclass(frozen=True, eq=False)
class Program:
    """minimise ``cost @ x`` over x within ``lower`` and ``upper`` under linear constraints."""

    cost: FloatArray
    at_most: FloatArray
    limits: FloatArray
    equal: FloatArray
    totals: FloatArray
    lower: FloatArray | float = 0.0
    upper: FloatArray | float = np.inf


def solve(program: Program) -> FloatArray | None:
    """Return the best point of a linear program, or None if no point satisfies it.

    >>> from mcda.engine.robustness.polytope import Program, solve
    >>> one = np.ones((1, 2))
    >>> solve(Program(np.array([1.0, 2.0]), np.empty((0, 2)), np.empty(0), one, np.ones(1)))
    array([1., 0.])
    """
    from scipy.optimize import linprog

    ends = np.broadcast_arrays(program.lower, program.upper, program.cost)[:2]
    found = linprog(
        program.cost,
        A_ub=program.at_most,
        b_ub=program.limits,
        A_eq=program.equal,
        b_eq=program.totals,
        bounds=np.stack(ends, axis=1),
        method="highs",
        options={
            "primal_feasibility_tolerance": TOLERANCE,
            "dual_feasibility_tolerance": TOLERANCE,
        },
    )
    if found.status == _INFEASIBLE:
        return None
    if found.status != _OPTIMAL:
        raise ArithmeticError(f"the linear program was not solved: {found.message}")
    return np.asarray(found.x)


def minimum(polytope: Polytope, cost: FloatArray) -> FloatArray:
    """Return a point of a polytope that is not empty at which ``cost @ x`` is smallest."""
    p = polytope
    point = solve(Program(cost, p.at_most, p.limits, p.equal, p.totals))
    if point is None:
        raise ArithmeticError("the polytope is empty")
    return point


def interior(polytope: Polytope) -> Interior | None:
    """Return a point of the relative interior, or None if the polytope is empty.

    One linear program: over y >= 0, a scale t and a capped slack s of each constraint::

        maximise sum of s   with   A y + s <= b t,   y >= s,   E y = e t,   0 <= s <= 1

    As t may be large, every constraint that can be slack reaches s = 1 at once, and those that
    are equalities in disguise stay at 0. The point is y / t.

    References:
        Freund, R., Roundy, R., Todd, M. (1985). Identifying the set of always-active constraints
        in a system of linear inequalities by a single linear program. MIT Sloan WP 1674-85.
    """
    p, rows = polytope, polytope.at_most.shape[0]
    slacks = rows + p.dims
    coordinates, identity = np.zeros((p.dims, rows)), np.eye(p.dims)
    limited = np.hstack([p.at_most, -p.limits[:, np.newaxis], np.eye(rows, slacks)])
    above = np.hstack([-identity, np.zeros((p.dims, 1)), coordinates, identity])
    kept = np.hstack([p.equal, -p.totals[:, np.newaxis], np.zeros((p.equal.shape[0], slacks))])
    size = p.dims + 1 + slacks
    found = solve(
        Program(
            cost=-np.r_[np.zeros(p.dims + 1), np.ones(slacks)],
            at_most=np.vstack([limited, above]),
            limits=np.zeros(slacks),
            equal=kept,
            totals=np.zeros(kept.shape[0]),
            lower=np.r_[np.zeros(p.dims), 1.0, np.zeros(slacks)],
            upper=np.r_[np.full(p.dims, np.inf), _LARGEST_SCALE, np.ones(slacks)],
        )
    )
    if found is None:
        return None
    can_be_slack = found[size - slacks :] > 0.5
    point = found[: p.dims] / found[p.dims]
    return Interior(point, can_be_slack[:rows], can_be_slack[rows:])


def corners(polytope: Polytope) -> FloatArray:
    """Return the points where each coordinate is smallest and largest, shape (2 dims, dims)."""
    directions = np.eye(polytope.dims)
    return np.array([minimum(polytope, c) for c in (*directions, *-directions)])
