"""Where the first place changes hands, as one weight moves. In closed form.

The weight moves from 0 to 1 and the others keep their proportions. With w_j = t and the odds
s = t / (1 - t), the weighted sum of an alternative is proportional to o + s r: its score on the
other criteria, and its value on this one. Two of these are level at one s at most. Anchored TOPSIS
ranks by N / P, the squared distances from the worst and from the best ends, and both are linear in
s^2; so two alternatives are level at the positive roots of a quadratic in s^2, two at most. Taking
all crossings of all pairs, and looking who is first between each two of them, misses none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from mcda.engine._types import BoolArray, FloatArray, IntArray
from mcda.engine.methods import Result
from mcda.engine.ranking import rank
from mcda.engine.ranks import TIE_TOLERANCE
from mcda.engine.robustness.scorers import SCORES_PER_BLOCK
from mcda.engine.validation import check_choice

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

METHODS_WITH_FLIPS = ("weighted_sum", "topsis_anchored")
_SAME_PLACE = 1e-12  # crossings closer than this are one


@dataclass(frozen=True)
class Stability:
    """How far one weight can move while an alternative stays first.

    Attributes:
        low: smallest weight.
        high: largest weight.
        before: who is first just below ``low``; empty if ``low`` is where the weight ends.
        after: who is first just above ``high``; empty if ``high`` is where the weight ends.
    """

    low: float
    high: float
    before: tuple[int, ...]
    after: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class WeightFlips:
    """Who is first as one weight goes from 0 to 1.

    Attributes:
        criterion: whose weight it is.
        weight: the weight now.
        edges: where the first place changes hands, from 0 to 1, shape (stretches + 1,).
        leaders: who is first on each stretch; several if they are level all along it.
    """

    criterion: int
    weight: float
    edges: FloatArray
    leaders: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        self.edges.flags.writeable = False

    def stabilities(self, alternative: int) -> tuple[Stability, ...]:
        """Return every interval of the weight in which an alternative is first.

        With the weighted sum there is one at most; with anchored TOPSIS there may be several.
        """
        found = []
        inside = [alternative in leaders for leaders in self.leaders]
        start = 0
        for end in range(1, len(inside) + 1):
            if end < len(inside) and inside[end] == inside[start]:
                continue
            if inside[start]:
                found.append(self._stability(start, end))
            start = end
        return tuple(found)

    def stability(self, alternative: int) -> Stability | None:
        """Return the interval that holds the weight as it is now; None if it is not first now."""
        for found in self.stabilities(alternative):
            if found.low - _SAME_PLACE <= self.weight <= found.high + _SAME_PLACE:
                return found
        return None

    def _stability(self, start: int, end: int) -> Stability:
        return Stability(
            float(self.edges[start]),
            float(self.edges[end]),
            self.leaders[start - 1] if start > 0 else (),
            self.leaders[end] if end < len(self.leaders) else (),
        )


def weight_flips(
    matrix: ArrayLike,
    weights: ArrayLike,
    directions: Sequence[object] | ArrayLike,
    method: str = "weighted_sum",
    **options: object,
) -> tuple[WeightFlips, ...]:
    """Return for each criterion who is first as its weight goes from 0 to 1.

    The other weights keep their proportions; if this one is 1 and they have none, they share the
    rest equally. Crossings in closed form::

        weighted sum     t = p / (p + q),  p = o_a - o_b,  q = r_bj - r_aj,  if p q > 0
        anchored TOPSIS  t = s / (1 + s),  s^2 = a positive root of N_a P_b - N_b P_a

    Args:
        matrix: as in :func:`mcda.engine.rank`.
        weights: as in :func:`mcda.engine.rank`.
        directions: as in :func:`mcda.engine.rank`.
        method: "weighted_sum" or "topsis_anchored".
        **options: the method's own.

    Returns:
        One for each criterion.

    Raises:
        InputError: another method, or any fault :func:`mcda.engine.rank` would refuse.

    References:
        Mareschal, B. (1988). Weight stability intervals in multicriteria decision aid. European
        Journal of Operational Research 33(1), 54-64.

    >>> flips = weight_flips([[0.8, 0.2], [0.4, 0.9]], [0.7, 0.3], [1, 1], bounds=[(0, 1)] * 2)
    >>> flips[0].edges.round(4), flips[0].leaders
    (array([0.    , 0.6364, 1.    ]), ((1,), (0,)))
    >>> flips[0].stability(0)
    Stability(low=0.636..., high=1.0, before=(1,), after=())
    """
    check_choice(method, METHODS_WITH_FLIPS, "method")
    result = rank(matrix, weights, directions, method, **options)
    return tuple(_along(result, criterion) for criterion in range(result.weights.size))


def firsts(result: Result) -> tuple[int, ...]:
    """Return who is first; several if they tie."""
    return tuple(int(i) for i in np.flatnonzero(result.ranks == 1))


def _along(result: Result, criterion: int) -> WeightFlips:
    """Return who is first as one weight goes from 0 to 1."""
    values, weight = result.steps["normalized"], float(result.weights[criterion])
    if result.weights.size == 1:
        return WeightFlips(criterion, weight, np.array([1.0, 1.0]), (firsts(result),))
    curves = _curves(result.method, values, _others(result.weights, criterion), criterion)
    crossings, level = _crossings(*curves)
    edges = np.r_[0.0, crossings, 1.0]
    leaders = _leaders((edges[1:] + edges[:-1]) / 2, curves, level)
    changes = np.array([a != b for a, b in pairwise(leaders)], dtype=bool)
    kept = np.r_[True, changes]
    return WeightFlips(
        criterion,
        weight,
        np.r_[edges[:-1][kept], 1.0],
        tuple(leader for leader, new in zip(leaders, kept, strict=True) if new),
    )


def _others(weights: FloatArray, criterion: int) -> FloatArray:
    """Return the proportions of the other weights, which sum to 1, and 0 for this one."""
    rest = np.where(np.arange(weights.size) == criterion, 0.0, weights)
    if not rest.any():
        rest = np.where(np.arange(weights.size) == criterion, 0.0, 1.0)
    return np.asarray(rest / rest.sum())


@dataclass(frozen=True, eq=False)
class _Curve:
    """start + x slope for each alternative, with x = s, or s^2 if ``squared``."""

    start: FloatArray
    slope: FloatArray
    squared: bool

    def at(self, t: FloatArray) -> FloatArray:
        """Return start and slope weighed by 1 - t and t, or their squares, for each t."""
        share, rest = (t * t, (1 - t) ** 2) if self.squared else (t, 1 - t)
        return np.outer(rest, self.start) + np.outer(share, self.slope)


def _curves(
    method: str, values: FloatArray, others: FloatArray, criterion: int
) -> tuple[_Curve, _Curve]:
    """Return numerators and denominators; an alternative is before another by their quotient."""
    own = values[:, criterion]
    if method == "weighted_sum":
        flat = np.ones_like(own)
        return _Curve(values @ others, own, False), _Curve(flat, flat, False)
    squares = others * others
    near = _Curve(values * values @ squares, own * own, True)
    return near, _Curve((1 - values) ** 2 @ squares, (1 - own) ** 2, True)


def _crossings(near: _Curve, far: _Curve) -> tuple[FloatArray, BoolArray]:
    """Return the t at which two alternatives cross, and which are level all along."""
    a, b = np.triu_indices(near.start.size, 1)
    constant = _difference(near.start, far.start, a, b)
    if near.squared:
        last = _difference(near.slope, far.slope, a, b)
        mixed = near.start[a] * far.slope[b] + near.slope[a] * far.start[b]
        other = near.start[b] * far.slope[a] + near.slope[b] * far.start[a]
        middle = _settled(mixed - other, np.abs(mixed) + np.abs(other))
        roots = np.sqrt(_positive_roots(last, middle, constant))
        same = (last == 0) & (middle == 0) & (constant == 0)
        t = roots / (1 + roots)
    else:
        falling = -_settled(near.slope[a] - near.slope[b], _magnitude(near))
        constant = _settled(near.start[a] - near.start[b], _magnitude(near))
        crossing = constant * falling > 0
        t = constant[crossing] / (constant[crossing] + falling[crossing])
        same = (constant == 0) & (falling == 0)
    level = np.eye(near.start.size, dtype=bool)
    level[a[same], b[same]] = level[b[same], a[same]] = True
    t = np.sort(t[(t > 0) & (t < 1)])
    return t[np.diff(t, prepend=-1.0) > _SAME_PLACE], level


def _magnitude(curve: _Curve) -> FloatArray:
    return np.asarray(max(np.abs(curve.start).max(), np.abs(curve.slope).max()))


def _difference(near: FloatArray, far: FloatArray, a: IntArray, b: IntArray) -> FloatArray:
    """Return near_a far_b - near_b far_a, 0 where that is rounding only."""
    one, other = near[a] * far[b], near[b] * far[a]
    return _settled(one - other, np.abs(one) + np.abs(other))


def _settled(differences: FloatArray, magnitude: FloatArray) -> FloatArray:
    """Return differences with those that tie set to 0."""
    return np.where(np.abs(differences) <= TIE_TOLERANCE * magnitude, 0.0, differences)


def _positive_roots(a: FloatArray, b: FloatArray, c: FloatArray) -> FloatArray:
    """Return the positive roots of a x^2 + b x + c, without losing digits.

    >>> _positive_roots(np.array([1.0, 0.0]), np.array([-3.0, 2.0]), np.array([2.0, -1.0]))
    array([1. , 0.5, 2. ])
    """
    inside = b * b - 4 * a * c
    real = inside >= 0
    a, b, c = a[real], b[real], c[real]
    q = -(b + np.copysign(np.sqrt(inside[real]), b)) / 2
    found = [c[q != 0] / q[q != 0], q[a != 0] / a[a != 0]]
    roots = np.concatenate(found)
    return np.asarray(roots[roots > 0])


def _leaders(
    places: FloatArray, curves: tuple[_Curve, _Curve], level: BoolArray
) -> list[tuple[int, ...]]:
    """Return who is first at each place, with those that are level with it all along."""
    near, far = curves
    size = max(1, SCORES_PER_BLOCK // level.shape[0])
    best = [
        np.argmax(_scores(near.at(block), far.at(block), near.squared), axis=1)
        for block in np.split(places, range(size, places.size, size))
    ]
    return [tuple(np.flatnonzero(level[i]).tolist()) for i in np.concatenate(best)]


def _scores(near: FloatArray, far: FloatArray, squared: bool) -> FloatArray:
    return near / (near + far) if squared else near
