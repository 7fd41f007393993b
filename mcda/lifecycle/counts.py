"""Counts of people as sums of unknowns: by time, by group and by outcome of a share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise, permutations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mcda.project import Indicator, Observation

Vector = NDArray[np.float64]
Mask = NDArray[np.bool_]
Outcome = Literal["yes", "no", "both"]
What = Literal["count", "of", "value"]
Days = tuple[int, int]
Among = frozenset[str]  # the groups whose people count; of all people where it is empty

_NO_GROUP = "\0"


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of an observation: its count, what that is a part of, or its value.

    ``group`` is None for the number in all.
    """

    place: tuple[str, str, str]
    what: What
    group: str | None = None


def small(number: float | None, smallest_count: int) -> bool:
    """Whether a count of people is too small to show: 1 up to ``smallest_count`` less one.

    >>> [small(n, 10) for n in (0, 1, 9, 10, None)]
    [False, True, True, False, False]
    """
    return number is not None and 0 < round(number) < smallest_count


def counts_of(observation: Observation) -> Iterator[tuple[Cell, int]]:
    """Yield an observation's counts: in all first, then of the groups, the largest first."""
    place = observation.place
    if observation.of is not None:
        yield Cell(place, "of"), observation.of
    if observation.count is not None:
        yield Cell(place, "count"), observation.count
    parts: list[tuple[Cell, int]] = []
    for part in observation.parts:
        if part.of is not None:
            parts.append((Cell(place, "of", part.group), part.of))
        if part.count is not None:
            parts.append((Cell(place, "count", part.group), part.count))
    yield from sorted(parts, key=lambda known: -known[1])


class Counts:
    """The unknown counts behind the observations, by time, group and outcome of a share.

    ``known`` are sums of them that are 0 whatever is shown; ``telling``, (k, n), are those that
    must not follow from what is shown where they are small.
    """

    known: Sequence[Vector] = ()
    telling: Vector

    def __init__(
        self, indicator: Indicator, observations: Sequence[Observation], times: Sequence[Days]
    ) -> None:
        # A group that the indicator has no longer still holds people.
        strange = (part.group for o in observations for part in o.parts)
        self._groups = (*dict.fromkeys((*indicator.groups, *strange)), _NO_GROUP)
        share = any(cell.what == "of" for o in observations for cell, _ in counts_of(o))
        self._outcomes: tuple[Outcome, ...] = ("yes", "no") if share else ("yes",)
        self._times = times
        self._more = 0

    def of(self, cell: Cell, outcome: Outcome) -> Vector:
        """Return the people with an outcome that a number's period and group have, (n,)."""
        return self.sum(_period(cell), _among(cell), outcome)

    def sum(self, period: Days, among: Among, outcome: Outcome) -> Vector:
        """Return the people of a period as a sum of unknowns, (n,)."""
        times = np.array([self._counts_in(period, time) for time in self._times], float)
        groups = np.array([not among or name in among for name in self._groups], float)
        outcomes = np.array([outcome in ("both", name) for name in self._outcomes], float)
        every = times[:, None, None] * groups[:, None] * outcomes
        return np.concatenate([np.ravel(every), np.zeros(self._more)])

    def _counts_in(self, period: Days, time: Days) -> bool:
        """Whether the count of one of the times is a part of that of a period."""
        return _within(time, period)

    def _kinds(self) -> list[tuple[Among, Outcome]]:
        """Return all people, each group, and all but each, with each outcome and with both."""
        outcomes: tuple[Outcome, ...] = (
            ("yes", "no", "both") if len(self._outcomes) > 1 else ("yes",)
        )
        each = [frozenset({group}) for group in self._groups]
        rest = [frozenset(self._groups) - group for group in each]
        among = dict.fromkeys((frozenset(), *each, *rest))
        return [(groups, outcome) for groups in among for outcome in outcomes]


class Adding(Counts):
    """Counts of periods that add up: those of the smallest stretches between any two ends."""

    def __init__(self, indicator: Indicator, observations: Sequence[Observation]) -> None:
        ends = sorted({end for o in observations for end in _days(o)})
        super().__init__(indicator, observations, list(pairwise(ends)))
        stretches = combinations(ends, 2)
        self.telling = np.array([self.sum(s, *kind) for s in stretches for kind in self._kinds()])


class Apart(Counts):
    """Counts of periods in which the same people may be counted: one of its own for each.

    Further unknowns are what a period counts more than one within it, in each group. That is 0 or
    more, but for a share only of all that it is of: who is in it may be out of it later.
    """

    def __init__(self, indicator: Indicator, observations: Sequence[Observation]) -> None:
        times = list(dict.fromkeys(_days(o) for o in observations))
        super().__init__(indicator, observations, times)
        nested = [pair for pair in permutations(times, 2) if _within(*pair)]
        growing = [(*pair, frozenset({group})) for pair in nested for group in self._groups]
        self._more = len(growing)
        whole: Outcome = "both" if len(self._outcomes) > 1 else "yes"
        more = np.eye(len(growing), len(self.sum(times[0], frozenset(), whole)))[:, ::-1]
        self.known = [
            self._grown(*pair, whole) - each for pair, each in zip(growing, more, strict=True)
        ]
        kinds = self._kinds()
        each = [self.sum(time, *kind) for time in times for kind in kinds]
        grown = [self._grown(*pair, *kind) for pair in nested for kind in kinds]
        self.telling = np.array([*each, *grown])

    def _counts_in(self, period: Days, time: Days) -> bool:
        return time == period

    def _grown(self, inner: Days, outer: Days, among: Among, outcome: Outcome) -> Vector:
        return self.sum(outer, among, outcome) - self.sum(inner, among, outcome)


def _within(inner: Days, outer: Days) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _days(observation: Observation) -> Days:
    """Return a period's first day and the day after its last, as numbers of days."""
    return observation.starts_on.toordinal(), observation.ends_on.toordinal() + 1


def _period(cell: Cell) -> Days:
    """Return the period that a number is of, as :func:`_days` does."""
    _, first, last = cell.place
    return date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal() + 1


def _among(cell: Cell) -> Among:
    return frozenset() if cell.group is None else frozenset({cell.group})
