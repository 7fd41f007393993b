"""What can be said about weights, and the shapes that can be drawn from exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias

import numpy as np

from mcda.engine._types import FloatArray, IntArray
from mcda.engine.errors import InputError

Relation: TypeAlias = Literal["<=", "<", "="]


@dataclass(frozen=True, eq=False)
class Statement:
    """One thing that was said about the weights w: ``coefficients @ w`` and ``limits``.

    Attributes:
        label: what it is called when it is part of a conflict.
        coefficients: shape (rows, criteria).
        limits: shape (rows,).
        relation: how the two sides stand. "<" is sampled like "<=", as the border has no volume,
            but it is in conflict where only equality is left.
    """

    label: str
    coefficients: FloatArray
    limits: FloatArray
    relation: Relation = "<="


@dataclass(frozen=True, eq=False)
class Mixture:
    """That the weights are a mixture of given weightings: w = shares @ points.

    Attributes:
        label: what it is called when it is part of a conflict.
        points: the weightings, shape (people, criteria).
    """

    label: str
    points: FloatArray


@dataclass(frozen=True, eq=False)
class Corners:
    """Mixtures of corner points whose shares are uniform on their simplex."""

    points: FloatArray

    def draw(self, count: int, generator: np.random.Generator) -> FloatArray:
        """Return mixtures, shape (count, criteria)."""
        return simplex(count, self.points.shape[0], generator) @ self.points


@dataclass(frozen=True, eq=False)
class Tiers:
    """All weights of a tier at least as large as all of the next; within a tier any order.

    Attributes:
        members: the criteria of each tier, the most important tier first.
    """

    members: tuple[IntArray, ...]

    def draw(self, count: int, generator: np.random.Generator) -> FloatArray:
        """Return sorted points of the simplex, dealt out to the tiers, shape (count, criteria)."""
        criteria = sum(tier.size for tier in self.members)
        falling = simplex(count, criteria, generator)
        falling.sort(axis=1)
        falling = falling[:, ::-1]
        weights = np.empty_like(falling)
        start = 0
        for tier in self.members:
            dealt = falling[:, start : start + tier.size]
            weights[:, tier] = generator.permuted(dealt, axis=1) if tier.size > 1 else dealt
            start += tier.size
        return weights


Envelope: TypeAlias = Corners | Tiers


def simplex(count: int, criteria: int, generator: np.random.Generator) -> FloatArray:
    """Return points uniform on the simplex (Dirichlet with all parameters 1).

    Exponential variables divided by their sum; uniform variables divided by their sum would
    crowd the middle.

    References:
        Rubinstein, R. (1982). Generating random vectors uniformly distributed inside and on the
        surface of different regions. European Journal of Operational Research 10(2), 205-209.

    >>> simplex(2, 3, np.random.default_rng(1)).sum(axis=1)
    array([1., 1.])
    """
    shares = generator.standard_exponential((count, criteria))
    shares /= shares @ np.ones((criteria, 1))
    return shares


def statement(
    words: str, label: str, coefficients: FloatArray, limit: float, relation: Relation = "<="
) -> Statement:
    """Return a statement of one row, its words after the label."""
    name = f"{label}: {words}" if label else words
    return Statement(name, coefficients[np.newaxis], np.array([limit], dtype=float), relation)


def comparison(
    above: int, below: int, criteria: int, label: str, relation: Relation = "<"
) -> Statement:
    """Return that one criterion counts more than another, or the same."""
    row = np.zeros(criteria)
    row[above], row[below] = -1.0, 1.0
    sign = "=" if relation == "=" else ">"
    return statement(f"w{above} {sign} w{below}", label, row, 0.0, relation)


def ratio_statements(
    ratio: tuple[int, int, float, float], criteria: int, label: str, row: int
) -> list[Statement]:
    """Return that w_i / w_j is from a low to a high end."""
    i, j, low, high = ratio
    check_criteria((i, j), criteria, "ratios", row)
    if not 0 <= low <= high or low == np.inf:
        raise InputError(
            f"{low!r} to {high!r} is not a range of ratios; give a low end of 0 or more and a "
            "high end that is not below it",
            argument="ratios",
            row=row,
        )
    units = np.eye(criteria)
    said = []
    if low > 0:
        said.append(statement(f"w{i} >= {low:g} w{j}", label, low * units[j] - units[i], 0.0))
    if high < np.inf:
        said.append(statement(f"w{i} <= {high:g} w{j}", label, units[i] - high * units[j], 0.0))
    return said


def check_criteria(pair: tuple[int, int], criteria: int, argument: str, row: int) -> None:
    """Refuse a pair that is not two of the criteria."""
    for criterion in pair:
        if not 0 <= criterion < criteria:
            raise InputError(
                f"there is no criterion {criterion}; they are counted from 0 to {criteria - 1}",
                argument=argument,
                row=row,
            )
    if pair[0] == pair[1]:
        raise InputError(f"criterion {pair[0]} is compared with itself", argument=argument, row=row)


def tiers_of(ranks: FloatArray) -> tuple[IntArray, ...]:
    """Return the criteria of each rank, the most important first."""
    return tuple(np.flatnonzero(ranks == rank) for rank in np.unique(ranks))


def between_tiers(tiers: Sequence[IntArray]) -> list[tuple[int, int]]:
    """Return (more important, less important) for all pairs of neighbouring tiers."""
    return [(int(i), int(j)) for upper, lower in pairwise(tiers) for i in upper for j in lower]


def tied_corners(tiers: Sequence[IntArray]) -> Corners:
    """Return the corners of an order with equal weights in each tier: evenly on the first k."""
    criteria = sum(tier.size for tier in tiers)
    points = np.zeros((len(tiers), criteria))
    for k in range(len(tiers)):
        first = np.concatenate(tiers[: k + 1])
        points[k, first] = 1.0 / first.size
    return Corners(points)
