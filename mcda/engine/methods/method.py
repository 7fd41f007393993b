"""What every method declares about itself, and what a run of it returns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from mcda.engine._types import BoolArray, FloatArray, IntArray
from mcda.engine.ranks import rank_rows

Options = dict[str, object]
Tables = dict[str, FloatArray | Callable[[], FloatArray]]

PROMISES: Mapping[str, str] = {
    "monotone": "Bettering one cell of an alternative never worsens its score or its rank.",
    "no_rank_reversal": "Adding or dropping alternatives never changes the order of the others.",
    "row_independent": "An alternative's score depends on its own row only.",
    "scale_invariant": "Other units for a criterion (a positive factor on its column, and on its "
    "bounds or thresholds) change no score.",
}
"""Every promise a method can make, in plain words. Tests check each one that is made."""


@dataclass(frozen=True)
class StepInfo:
    """What one intermediate table of a method holds.

    Attributes:
        axes: what its rows and columns run over: "alternative", "criterion".
        description: one plain sentence.
    """

    axes: tuple[str, ...]
    description: str


class Steps(Mapping[str, FloatArray]):
    """A method's intermediate tables by name, in order, read-only.

    A table given as a function is computed when it is first asked for, and kept.

    >>> steps = Steps({"twice": lambda: 2 * np.ones(2)})
    >>> list(steps), steps["twice"]
    (['twice'], array([2., 2.]))
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def __getitem__(self, name: str) -> FloatArray:
        table = self._tables[name]
        if not isinstance(table, np.ndarray):
            table = self._tables[name] = table()
        table.flags.writeable = False
        return table

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)


@dataclass(frozen=True, eq=False)
class Compromise:
    """What VIKOR proposes: one alternative, or a set where its lead is not clear enough.

    Attributes:
        members: which alternatives are proposed, booleans of shape (alternatives,).
        acceptable_advantage: the first leads the second by enough.
        acceptable_stability: the first is also first by at least one of the two measures that
            its score is made of.
    """

    members: BoolArray
    acceptable_advantage: bool
    acceptable_stability: bool


@dataclass(frozen=True, eq=False)
class Result:
    """One ranking: the scores, and every table that led to them. All arrays are read-only.

    Some methods say more than scores can: PROMETHEE I leaves alternatives incomparable, and VIKOR
    proposes a set. Forcing that into ranks would claim an order the method does not find, so each
    has a field of its own here, ``None`` for all other methods.

    Attributes:
        method: the method's id.
        scores: shape (alternatives,).
        higher_is_better: whether the highest score is the best.
        weights: the weights used, summing to 1, shape (criteria,).
        steps: the method's intermediate tables by name, in order (see ``METHODS[id].steps``).
        score_scale: see ``Method.score_scale``.
        partial_order: booleans of shape (alternatives, alternatives); [i, k] says that i is at
            least as good as k. Both ways: as good as each other. Neither way: incomparable.
        compromise: the set that VIKOR proposes.
    """

    method: str
    scores: FloatArray
    higher_is_better: bool
    weights: FloatArray
    steps: Steps
    score_scale: float = 0.0
    partial_order: BoolArray | None = None
    compromise: Compromise | None = None

    def __post_init__(self) -> None:
        for array in (self.scores, self.weights):
            array.setflags(write=False)

    @cached_property
    def ranks(self) -> IntArray:
        """Ranks, 1 the best; scores that differ by rounding only tie (1, 2, 2, 4)."""
        ranks: IntArray = rank_rows(
            self.scores[np.newaxis], self.higher_is_better, self.score_scale
        )[0]
        ranks.flags.writeable = False
        return ranks


def as_it_is(result: Result) -> Result:
    """Return the result unchanged: all that most methods have to say are scores."""
    return result


@dataclass(frozen=True)
class Method:
    """A ranking method: what it is, what it needs, what it promises, and its two forms.

    Attributes:
        id: the name callers give.
        title: its name in print.
        description: one plain sentence.
        formula: the score in mathematical notation.
        source: where it was published.
        preconditions: what the input must be, in plain words.
        promises: names from ``PROMISES`` that hold with every option but those below.
        promises_with_bounds: further promises that hold if ``bounds`` are given.
        promises_lost: the promises that do not hold with a normalization, by its name.
        steps: its intermediate tables in the order they are computed.
        options: its options, each with a plain description.
        required: the options that must be given.
        higher_is_better: whether the highest score is the best.
        score_scale: the size of the parts that its scores are differences of, 0 if they are not
            differences; scores closer than rounding at that size tie.
        check: (matrix, directions, options given) -> clean matrix and options, or InputError.
        compute: (matrix, weights, directions, **options) -> scores, tables.
        batch: (matrix, weight vectors, directions, **options) -> scores (samples, alternatives).
        conclude: adds to a result what the method says beyond its scores.
    """

    id: str
    title: str
    description: str
    formula: str
    source: str
    preconditions: tuple[str, ...]
    promises: frozenset[str]
    steps: Mapping[str, StepInfo]
    options: Mapping[str, str]
    check: Callable[[FloatArray, IntArray, Options], tuple[FloatArray, Options]]
    compute: Callable[..., tuple[FloatArray, Tables]]
    batch: Callable[..., FloatArray]
    promises_with_bounds: frozenset[str] = frozenset()
    promises_lost: Mapping[str, frozenset[str]] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    higher_is_better: bool = True
    score_scale: float = 0.0
    conclude: Callable[[Result], Result] = as_it_is

    def promises_for(self, options: Mapping[str, object]) -> frozenset[str]:
        """Return the promises that hold with these options."""
        if options.get("bounds") is not None:
            return self.promises | self.promises_with_bounds
        lost = self.promises_lost.get(str(options.get("normalization")), frozenset())
        return self.promises - lost
