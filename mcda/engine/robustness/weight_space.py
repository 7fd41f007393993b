"""Which weightings are in play: what people said, as linear constraints on the weights.

A space is a part of the simplex (weights of 0 or more that sum to 1). Each statement adds rows
``coefficients @ w <= limits``, ``<`` or ``=``; spaces are joined by ``&``. Statements that cannot
all be true are refused, naming a smallest set of them that cannot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from mcda.engine._types import FloatArray
from mcda.engine.errors import InputError
from mcda.engine.robustness.polytope import Interior, Polytope, interior, minimum
from mcda.engine.robustness.statements import (
    Corners,
    Envelope,
    Mixture,
    Statement,
    Tiers,
    between_tiers,
    check_criteria,
    comparison,
    ratio_statements,
    statement,
    tied_corners,
    tiers_of,
)
from mcda.engine.validation import as_floats, check_choice, check_weight_vectors, check_weights

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


class InconsistentError(InputError):
    """Statements about weights that cannot all be true.

    Attributes:
        conflict: the labels of statements that cannot all be true; leave out any one of them and
            the others can.
    """

    def __init__(self, conflict: tuple[str, ...]) -> None:
        self.conflict = conflict
        listed = "; ".join(conflict)
        super().__init__(f"no weights satisfy all of: {listed}", argument="statements")

    def __reduce__(self) -> tuple[type[InconsistentError], tuple[tuple[str, ...]]]:
        return type(self), (self.conflict,)


@dataclass(frozen=True, eq=False)
class WeightSpace:
    """A set of weightings, and how to draw from it.

    Build one with :meth:`whole`, :meth:`order`, :meth:`prefer`, :meth:`between`, :meth:`ratios`,
    :meth:`near` or :meth:`hull`; join them with ``&``. Every builder takes a ``label`` that is put
    before its statements' own, such as ``w0 > w2`` (criteria are counted from 0).

    Attributes:
        criteria: how many weights.
        statements: what was said, in the order it was said.
        mixtures: the weightings it is confined to mixtures of.
        envelope: a set around it that can be drawn from exactly.
        exact: whether the envelope is the space itself.

    Raises:
        InconsistentError: statements that cannot all be true.

    >>> space = WeightSpace.order([1, 2, 3]) & WeightSpace.between([0, 0, 0.2], [0.5, 1, 1])
    >>> [statement.label for statement in space.statements]
    ['w0 > w1', 'w1 > w2', 'w2 >= 0.2', 'w0 <= 0.5']
    >>> WeightSpace.order([1, 2, 3]) & WeightSpace.prefer([(2, 0)], 3)
    Traceback (most recent call last):
    mcda.engine.robustness.weight_space.InconsistentError: statements: no weights satisfy all of:
    w0 > w1; w1 > w2; w2 > w0
    """

    criteria: int
    statements: tuple[Statement, ...] = ()
    mixtures: tuple[Mixture, ...] = ()
    envelope: Envelope = field(default_factory=lambda: Corners(np.eye(1)))
    exact: bool = False

    def __post_init__(self) -> None:
        if not self.exact and not _consistent(self.criteria, self.statements, self.mixtures):
            raise InconsistentError(_smallest_conflict(self))

    @classmethod
    def whole(cls, criteria: int) -> WeightSpace:
        """All weights: the whole simplex.

        >>> WeightSpace.whole(3).statements
        ()
        """
        if isinstance(criteria, bool) or not isinstance(criteria, int) or criteria < 1:
            raise InputError(
                f"{criteria!r} is not a number of criteria; give a whole number of 1 or more",
                argument="criteria",
            )
        return cls(criteria, envelope=Corners(np.eye(criteria)), exact=True)

    @classmethod
    def order(cls, ranks: ArrayLike, ties: str = "equal", label: str = "") -> WeightSpace:
        """All weights that keep an order of importance.

        Args:
            ranks: 1 the most important; only their order counts, shape (criteria,).
            ties: what the same rank means: "equal" weights, or "open": nothing is said about
                these criteria among themselves.
            label: put before the labels of the statements.

        Raises:
            InputError: ranks that are not finite numbers.

        >>> [s.label for s in WeightSpace.order([2, 1, 2], ties="equal").statements]
        ['w1 > w0', 'w0 = w2']
        >>> [s.label for s in WeightSpace.order([2, 1, 2], ties="open").statements]
        ['w1 > w0', 'w1 > w2']
        """
        check_choice(ties, ("equal", "open"), "ties")
        tiers = tiers_of(as_floats(ranks, "ranks", ("criteria",)))
        criteria = sum(tier.size for tier in tiers)
        equal = ties == "equal"
        pairs = between_tiers([tier[:1] for tier in tiers] if equal else tiers)
        statements = [comparison(i, j, criteria, label) for i, j in pairs]
        if not equal or len(tiers) == criteria:
            return cls(criteria, tuple(statements), envelope=Tiers(tiers), exact=True)
        statements += [
            comparison(int(tier[0]), int(j), criteria, label, "=")
            for tier in tiers
            for j in tier[1:]
        ]
        return cls(criteria, tuple(statements), envelope=tied_corners(tiers), exact=True)

    @classmethod
    def prefer(
        cls, pairs: Sequence[tuple[int, int]], criteria: int, label: str = ""
    ) -> WeightSpace:
        """All weights where the first criterion of each pair counts more than the second.

        A partial order: leave out the pairs nobody is sure about.

        Raises:
            InconsistentError: pairs that go round in a circle.

        >>> WeightSpace.prefer([(0, 1), (0, 2)], 3).statements[1].coefficients
        array([[-1.,  0.,  1.]])
        """
        whole = cls.whole(criteria)
        for row, pair in enumerate(pairs):
            check_criteria(pair, criteria, "pairs", row)
        statements = tuple(comparison(i, j, criteria, label) for i, j in pairs)
        return cls(criteria, statements, envelope=whole.envelope, exact=not statements)

    @classmethod
    def between(cls, low: ArrayLike, high: ArrayLike, label: str = "") -> WeightSpace:
        """All weights from a low to a high end, such as 0.1 to 0.3; 0 and 1 say nothing.

        Raises:
            InconsistentError: ends that cannot be kept by weights that sum to 1.

        >>> [s.label for s in WeightSpace.between([0.5, 0], [1, 0.3]).statements]
        ['w0 >= 0.5', 'w1 <= 0.3']
        """
        lows = as_floats(low, "low", ("criteria",))
        highs = as_floats(high, "high", ("criteria",))
        if lows.shape != highs.shape:
            raise InputError(
                f"it covers {lows.size} criteria, but high covers {highs.size}", argument="low"
            )
        units = np.eye(lows.size)
        floors = [
            statement(f"w{j} >= {lows[j]:g}", label, -units[j], -lows[j])
            for j in np.flatnonzero(lows > 0)
        ]
        caps = [
            statement(f"w{j} <= {highs[j]:g}", label, units[j], highs[j])
            for j in np.flatnonzero(highs < 1)
        ]
        said = (*floors, *caps)
        return cls(lows.size, said, envelope=Corners(units), exact=not said)

    @classmethod
    def ratios(
        cls,
        ratios: Sequence[tuple[int, int, float, float]],
        criteria: int,
        label: str = "",
    ) -> WeightSpace:
        """All weights where w_i / w_j is from low to high, for each (i, j, low, high).

        Raises:
            InputError: a ratio below 0 or not a number; infinity is allowed as the high end.
            InconsistentError: ratios that cannot all be kept.

        >>> [s.label for s in WeightSpace.ratios([(0, 1, 1.5, 2)], 2).statements]
        ['w0 >= 1.5 w1', 'w0 <= 2 w1']
        """
        whole = cls.whole(criteria)
        said = [
            part
            for row, ratio in enumerate(ratios)
            for part in ratio_statements(ratio, criteria, label, row)
        ]
        return cls(criteria, tuple(said), envelope=whole.envelope, exact=not said)

    @classmethod
    def near(
        cls,
        weights: ArrayLike,
        share: float = 1 / 3,
        order: ArrayLike | None = None,
        label: str = "",
    ) -> WeightSpace:
        """All weights that keep an order and stay within a share of each given weight.

        Args:
            weights: the weighting in the middle; divided by its sum.
            share: how far each may move, from 0 to 1: w_j (1 - share) to w_j (1 + share).
            order: ranks to keep; those of the weights if None (weights that differ by less
                than 1e-12 are level). The same rank leaves open which of them counts more.
            label: put before the labels of the statements.

        Raises:
            InputError: bad weights or another share.
            InconsistentError: an order that no weights that near can keep.

        >>> space = WeightSpace.near([3, 1])
        >>> [s.label for s in space.statements]
        ['w0 > w1', 'w0 >= 0.5', 'w1 >= 0.166667', 'w1 <= 0.333333']
        """
        size = as_floats(weights, "weights", ("criteria",)).size
        middle = check_weights(weights, size)
        if not 0 <= share <= 1:
            raise InputError(f"{share!r} is outside 0 to 1", argument="share")
        box = cls.between(middle * (1 - share), middle * (1 + share), label)
        ranks = -middle.round(12) if order is None else order
        return cls.order(ranks, "open", label) & box

    @classmethod
    def hull(cls, points: ArrayLike, label: str = "mixture") -> WeightSpace:
        """All mixtures of several people's weightings.

        Args:
            points: one weighting a row, each divided by its sum, shape (people, criteria).
            label: what it is called in a conflict.

        Raises:
            InputError: a row that is no weighting.

        >>> WeightSpace.hull([[1, 1], [3, 1]]).mixtures[0].points
        array([[0.5 , 0.5 ],
               [0.75, 0.25]])
        """
        given = as_floats(points, "points", ("samples", "criteria"))
        vertices = check_weight_vectors(given, given.shape[1])
        mixture = Mixture(label, vertices)
        return cls(given.shape[1], (), (mixture,), Corners(vertices), exact=True)

    def __and__(self, other: WeightSpace) -> WeightSpace:
        """Return the weights that are in both."""
        if self.criteria != other.criteria:
            raise InputError(
                f"one space has {self.criteria} criteria, the other {other.criteria}",
                argument="criteria",
            )
        if self._says_nothing:
            return other
        if other._says_nothing:
            return self
        # A mixture sets the measure, so its shares must be what is drawn; an order fits closer
        # than the whole simplex.
        inner = min((self, other), key=lambda space: (not space.mixtures, not space.exact))
        return WeightSpace(
            self.criteria,
            self.statements + other.statements,
            self.mixtures + other.mixtures,
            inner.envelope,
        )

    @property
    def _says_nothing(self) -> bool:
        return not self.statements and not self.mixtures

    @cached_property
    def polytope(self) -> Polytope:
        """The space as linear constraints in the coordinates that are drawn."""
        return _polytope(self.criteria, self.statements, self.mixtures)

    @cached_property
    def interior(self) -> Interior:
        """A point inside, and which constraints can be slack."""
        found = interior(self.polytope)
        if found is None:  # an exact space is never empty, any other was checked
            raise ArithmeticError("the space is too thin for the linear program")
        return found

    @property
    def a_ub(self) -> FloatArray:
        """Coefficients of the statements with "<=" or "<": ``a_ub @ w <= b_ub``."""
        return _rows(self.statements, ("<=", "<"), self.criteria)[0]

    @property
    def b_ub(self) -> FloatArray:
        """Limits of the statements with "<=" or "<"."""
        return _rows(self.statements, ("<=", "<"), self.criteria)[1]

    @property
    def a_eq(self) -> FloatArray:
        """Coefficients of the statements with "=", and of the sum: ``a_eq @ w == b_eq``."""
        return np.vstack(
            [np.ones((1, self.criteria)), _rows(self.statements, ("=",), self.criteria)[0]]
        )

    @property
    def b_eq(self) -> FloatArray:
        """Limits of the statements with "=", after the 1 that all weights sum to."""
        return np.concatenate([[1.0], _rows(self.statements, ("=",), self.criteria)[1]])

    def ranges(self) -> FloatArray:
        """Return the smallest and the largest each weight can be, shape (criteria, 2).

        >>> WeightSpace.order([1, 2, 3]).ranges().round(4)
        array([[0.3333, 1.    ],
               [0.    , 0.5   ],
               [0.    , 0.3333]])
        """
        lift = self.polytope.lift
        ends = [[row @ minimum(self.polytope, sign * row) for sign in (1, -1)] for row in lift]
        return np.asarray(np.clip(ends, 0.0, 1.0))


def _consistent(
    criteria: int, statements: Sequence[Statement], mixtures: Sequence[Mixture]
) -> bool:
    """Return whether some weights satisfy everything, with "<" truly below."""
    found = interior(_polytope(criteria, statements, mixtures))
    if found is None:
        return False
    limited = [s for s in statements if s.relation != "="]
    strict = [np.full(s.limits.size, s.relation == "<") for s in limited]
    return bool(found.slack_rows[np.concatenate([*strict, np.empty(0, dtype=bool)])].all())


def _smallest_conflict(space: WeightSpace) -> tuple[str, ...]:
    """Return labels of an irreducible inconsistent set, by the deletion filter.

    Each item is left out in turn; if the rest is still inconsistent it stays out. What is left is
    inconsistent, and leaving out any one of it is not.

    References:
        Chinneck, J., Dravnieks, E. (1991). Locating minimal infeasible constraint sets in linear
        programs. ORSA Journal on Computing 3(2), 157-168.
    """
    kept: list[Statement | Mixture] = [*space.statements, *space.mixtures]
    for item in tuple(kept):
        rest = [other for other in kept if other is not item]
        said = [other for other in rest if isinstance(other, Statement)]
        mixed = [other for other in rest if isinstance(other, Mixture)]
        if not _consistent(space.criteria, said, mixed):
            kept = rest
    return tuple(item.label for item in kept)


def _polytope(
    criteria: int, statements: Sequence[Statement], mixtures: Sequence[Mixture]
) -> Polytope:
    """Return the constraints on the weights, or on the shares of the mixtures if there are any."""
    above, limits = _rows(statements, ("<=", "<"), criteria)
    same, totals = _rows(statements, ("=",), criteria)
    if not mixtures:
        sums = np.ones((1, criteria))
        return Polytope(
            above, limits, np.vstack([sums, same]), np.r_[1.0, totals], np.eye(criteria)
        )
    sizes = [mixture.points.shape[0] for mixture in mixtures]
    ends = np.cumsum(sizes)
    lifts = []
    for mixture, end in zip(mixtures, ends, strict=True):
        lift = np.zeros((criteria, ends[-1]))
        lift[:, end - mixture.points.shape[0] : end] = mixture.points.T
        lifts.append(lift)
    first = lifts[0]
    sums = np.repeat(np.eye(len(sizes)), sizes, axis=1)
    agree = [first - lift for lift in lifts[1:]]
    return Polytope(
        above @ first,
        limits,
        np.vstack([sums, same @ first, *agree]),
        np.r_[np.ones(len(sizes)), totals, np.zeros(criteria * len(agree))],
        first,
    )


def _rows(
    statements: Sequence[Statement], relations: tuple[str, ...], criteria: int
) -> tuple[FloatArray, FloatArray]:
    chosen = [s for s in statements if s.relation in relations]
    coefficients = [np.empty((0, criteria)), *(s.coefficients for s in chosen)]
    return np.vstack(coefficients), np.concatenate([np.empty(0), *(s.limits for s in chosen)])
