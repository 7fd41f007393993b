"""PROMETHEE I and II: comparisons of every pair, summed into flows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from mcda.engine._types import FloatArray, IntArray
from mcda.engine.errors import InputError
from mcda.engine.methods.blocks import products
from mcda.engine.methods.method import Method, Options, Result, StepInfo, Tables
from mcda.engine.normalization import CONSTANT
from mcda.engine.ranks import rank_rows
from mcda.engine.validation import as_array, as_floats, check_choice

PAIRS_PER_BLOCK = 1 << 18
"""Pairs are compared in blocks of about this many, so that buffers stay small."""


@dataclass(frozen=True)
class PreferenceFunction:
    """How strongly a difference speaks for the better of two.

    Attributes:
        degree: (difference, slack, preference) -> 0 (indifferent) to 1 (strict preference).
            Differences are 0 or more; one past a step by no more than the slack is still at it.
        needs: the thresholds it uses, of "q", "p", "s".
    """

    degree: Callable[[FloatArray, FloatArray, Preference], FloatArray]
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Preference:
    """The preference function of one criterion, with its thresholds in the criterion's units."""

    name: str
    q: float = 0.0
    p: float = 0.0
    s: float = 0.0


def _usual(d: FloatArray, slack: FloatArray, at: Preference) -> FloatArray:
    return np.asarray(d > slack, dtype=np.float64)


def _u_shape(d: FloatArray, slack: FloatArray, at: Preference) -> FloatArray:
    return np.asarray(d > at.q + slack, dtype=np.float64)


def _v_shape(d: FloatArray, slack: FloatArray, at: Preference) -> FloatArray:
    return np.minimum(d / at.p, 1.0)


def _level(d: FloatArray, slack: FloatArray, at: Preference) -> FloatArray:
    return np.asarray((d > at.q + slack) / 2 + (d > at.p + slack) / 2)


def _linear(d: FloatArray, slack: FloatArray, at: Preference) -> FloatArray:
    return np.clip((d - at.q) / (at.p - at.q), 0.0, 1.0)


def _gaussian(d: FloatArray, slack: FloatArray, at: Preference) -> FloatArray:
    return np.asarray(-np.expm1(-((d / at.s) ** 2) / 2))


PREFERENCES: dict[str, PreferenceFunction] = {
    "usual": PreferenceFunction(_usual, ()),
    "u_shape": PreferenceFunction(_u_shape, ("q",)),
    "v_shape": PreferenceFunction(_v_shape, ("p",)),
    "level": PreferenceFunction(_level, ("q", "p")),
    "linear": PreferenceFunction(_linear, ("q", "p")),
    "gaussian": PreferenceFunction(_gaussian, ("s",)),
}
"""The six preference functions of Brans and Vincke (1985), by the name a caller gives."""


def promethee_ii(
    matrix: FloatArray,
    weights: FloatArray,
    directions: IntArray,
    *,
    preferences: tuple[Preference, ...],
) -> tuple[FloatArray, Tables]:
    """Score each alternative by its net flow over all others.

    Formula, with d the difference in favour of i and P_j a preference function from 0 to 1::

        pi(i, k) = sum over j of w_j P_j(d_j(i, k))
        phi+_i = sum over k of pi(i, k) / (m - 1),   phi-_i = sum over k of pi(k, i) / (m - 1)
        phi_i = phi+_i - phi-_i

    A single alternative has flows of 0. The net flow is a weighted sum of one flow a criterion.
    Inputs are taken as checked; :func:`mcda.engine.rank` is the public face, and adds the partial
    order of PROMETHEE I.

    Args:
        matrix: shape (alternatives, criteria).
        weights: shape (criteria,), summing to 1.
        directions: shape (criteria,), 1 or -1.
        preferences: one a criterion. q is the largest difference without any preference, p the
            smallest with a strict one, s where the gaussian preference turns from convex to
            concave.

    Returns:
        Net flows from -1 to 1, and the tables ``flow_by_criterion``, ``preference``,
        ``positive_flow``, ``negative_flow``. ``preference`` holds every pair.

    References:
        Brans, J.-P., Vincke, P. (1985). A preference ranking organisation method. Management
        Science 31(6), 647-656.

    >>> from mcda.engine import rank
    >>> matrix, weights = [[4, 3, 2], [3, 2, 4], [5, 1, 3]], [0.5, 0.3, 0.2]
    >>> result = rank(matrix, weights, ["max"] * 3, method="promethee_ii")
    >>> result.scores.round(3), result.ranks
    (array([ 0.1, -0.3,  0.2]), array([2, 3, 1]))
    >>> result = rank([[9, 0], [5, 5], [5, 5]], [1, 1], [1, 1], method="promethee_ii")
    >>> result.partial_order.astype(int)  # the first wins more and loses more: incomparable
    array([[1, 0, 0],
           [0, 1, 1],
           [0, 1, 1]])
    """
    flows = np.zeros_like(matrix)
    pairs = np.zeros((matrix.shape[0],) * 2)
    for column, rows, degrees in _comparisons(matrix * directions, preferences):
        flows[rows, column] += degrees.sum(axis=1)
        flows[:, column] -= degrees.sum(axis=0)
        pairs[rows] += weights[column] * degrees
    others = max(1, matrix.shape[0] - 1)
    flows /= others
    return (flows * weights).sum(axis=1), {
        "flow_by_criterion": flows,
        "preference": pairs,
        "positive_flow": pairs.sum(axis=1) / others,
        "negative_flow": pairs.sum(axis=0) / others,
    }


def promethee_ii_batch(
    matrix: FloatArray,
    weight_vectors: FloatArray,
    directions: IntArray,
    *,
    preferences: tuple[Preference, ...],
) -> FloatArray:
    """Return the net flows under many weight vectors, shape (samples, alternatives).

    The flow by criterion does not depend on the weights, so this is one matrix product.

    >>> cells, weights, usual = np.array([[1.0], [2.0]]), np.array([[1.0]]), Preference("usual")
    >>> promethee_ii_batch(cells, weights, np.array([1]), preferences=(usual,))
    array([[-1.,  1.]])
    """
    flows = np.zeros_like(matrix)
    for column, rows, degrees in _comparisons(matrix * directions, preferences):
        flows[rows, column] += degrees.sum(axis=1)
        flows[:, column] -= degrees.sum(axis=0)
    return products(weight_vectors, flows / max(1, matrix.shape[0] - 1))


def _comparisons(
    cells: FloatArray, preferences: tuple[Preference, ...]
) -> Iterator[tuple[int, slice, FloatArray]]:
    """Yield how much some rows are preferred to all rows, criterion by criterion.

    Each item is a column, the rows, and the degrees of shape (rows, alternatives).
    """
    alternatives = cells.shape[0]
    size = max(1, PAIRS_PER_BLOCK // alternatives)
    for column, preference in enumerate(preferences):
        cell, degree = cells[:, column], PREFERENCES[preference.name].degree
        for start in range(0, alternatives, size):
            rows = slice(start, start + size)
            with np.errstate(over="ignore"):  # a difference beyond all thresholds may be infinite
                ahead = np.maximum(np.subtract.outer(cell[rows], cell), 0.0)
                slack = CONSTANT * np.maximum.outer(np.abs(cell[rows]), np.abs(cell))
                degrees = degree(ahead, slack, preference)
            yield column, rows, degrees


def _check(
    matrix: FloatArray, directions: IntArray, options: Options
) -> tuple[FloatArray, Options]:
    names = _names(options.get("preference", "usual"), matrix.shape[1])
    q, p, s = (_thresholds(options.get(name), name, names) for name in "qps")
    preferences = tuple(map(Preference, names, q, p, s))
    for column, one in enumerate(preferences):
        if PREFERENCES[one.name].needs == ("q", "p") and one.p <= one.q:
            raise InputError(
                f"{one.p:g} is not above q, which is {one.q:g}; the strict preference must start "
                "above the indifference",
                argument="p",
                column=column,
            )
    return matrix, {"preferences": preferences}


def _names(preference: object, criteria: int) -> tuple[str, ...]:
    """Return one preference function a criterion; a single name stands for all."""
    if isinstance(preference, str):
        return (check_choice(preference, tuple(PREFERENCES), "preference"),) * criteria
    names = as_array(preference, "preference").tolist()
    if not isinstance(names, list) or len(names) != criteria:
        raise InputError(
            f"give one name, or one for each of the {criteria} criteria; got {preference!r}",
            argument="preference",
        )
    return tuple(check_choice(name, tuple(PREFERENCES), "preference") for name in names)


def _thresholds(given: object, name: str, preferences: tuple[str, ...]) -> list[float]:
    """Return one threshold a criterion; a single number stands for all."""
    users = [key for key, one in PREFERENCES.items() if name in one.needs]
    needed = [preference in users for preference in preferences]
    if given is None and not any(needed):
        return [0.0] * len(needed)
    if given is None:
        raise InputError(
            f"it is missing; needed by {', '.join(users)}, in the units of the criterion",
            argument=name,
            column=needed.index(True),
        )
    if not any(needed):
        raise InputError(f"no criterion uses it; only {', '.join(users)} do", argument=name)
    alone = as_array(given, name).ndim == 0
    values = as_floats([given] * len(needed) if alone else given, name, ("criteria",)).tolist()
    if len(values) != len(needed):
        raise InputError(
            f"it covers {len(values)} criteria, but the matrix has {len(needed)}", argument=name
        )
    for column, value in enumerate(values):
        if needed[column] and (value < 0 or (value == 0 and name != "q")):
            lowest = "0 or more" if name == "q" else "above 0"
            raise InputError(f"{value:g} must be {lowest}", argument=name, column=column)
    return list(values)


def with_partial_order(result: Result) -> Result:
    """Add the order of PROMETHEE I: at least as good by the positive and by the negative flow."""
    leaving = rank_rows(result.steps["positive_flow"][np.newaxis], True, 1.0)[0]
    entering = rank_rows(result.steps["negative_flow"][np.newaxis], False, 1.0)[0]
    order = np.less_equal.outer(leaving, leaving) & np.less_equal.outer(entering, entering)
    order.flags.writeable = False
    return replace(result, partial_order=order)


METHOD = Method(
    id="promethee_ii",
    title="PROMETHEE II",
    description="Compares every pair on every criterion and prefers what wins these comparisons "
    "more than it loses.",
    formula="φ_i = Σ_j w_j · Σ_k [P_j(d_j(i, k)) - P_j(d_j(k, i))] / (m - 1)",
    source="Brans & Vincke (1985)",
    preconditions=("the thresholds that the preference functions use",),
    promises=frozenset({"monotone", "scale_invariant"}),
    steps={
        "flow_by_criterion": StepInfo(
            ("alternative", "criterion"),
            "How much more it is preferred to the others than they to it, on each criterion.",
        ),
        "preference": StepInfo(
            ("alternative", "alternative"),
            "How much the one in the row is preferred to the one in the column.",
        ),
        "positive_flow": StepInfo(("alternative",), "How much it is preferred to the others."),
        "negative_flow": StepInfo(("alternative",), "How much the others are preferred to it."),
    },
    options={
        "preference": f"one for all criteria or one each: {', '.join(PREFERENCES)} (default usual)",
        "q": "differences up to which there is no preference, one or one each",
        "p": "differences from which the preference is strict, one or one each",
        "s": "where the gaussian preference turns, one or one each",
    },
    score_scale=1.0,
    check=_check,
    compute=promethee_ii,
    batch=promethee_ii_batch,
    conclude=with_partial_order,
)
