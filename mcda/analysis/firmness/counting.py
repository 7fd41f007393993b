"""How often programs come first over the weightings of a space, counted or proved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mcda.analysis.firmness.alike import named_together, near_twins
from mcda.analysis.firmness.shares import ALL, FirstShare, Proof, Share
from mcda.analysis.firmness.spaces import Space
from mcda.analysis.ranking import DEFAULT_METHOD, SECOND_METHOD
from mcda.analysis.table import DecisionTable, Floats, settled_values, unit_bounds
from mcda.engine import TIE_TOLERANCE, rank_batch
from mcda.engine.robustness import (
    Acceptability,
    Sampling,
    Tally,
    Triangular,
    UncertainMatrix,
    Uniform,
    always_first,
    smallest_change,
    wilson_interval,
)
from mcda.engine.robustness.sampling import start
from mcda.project import Criterion, Program

Group = tuple[int, ...]

KEPT = 10_000
"""So many weightings are kept, to name programs together and to look at each unknown score."""

_SCORES_PER_BLOCK = 1 << 18


class Reporter:
    """Passes progress on. All reporters are equal, so that none takes part in what is cached."""

    def __init__(self, call: Callable[[int, int], None] | None) -> None:
        self._call = call

    def __call__(self, done: int, total: int) -> None:
        """Pass on how many samples are done, and how many are aimed at."""
        if self._call is not None:
            self._call(done, total)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Reporter)

    def __hash__(self) -> int:
        return hash(Reporter)

    def finish(self) -> None:
        """Let go of what was called: a cache may keep this reporter."""
        self._call = None


@dataclass(frozen=True, eq=False)
class Values:
    """The values of the programs on the criteria in play, 0 to 100, each (programs, criteria).

    ``settled`` is the likely number where there is one, else half-way through the range.
    """

    programs: tuple[Program, ...]
    criteria: tuple[Criterion, ...]
    low: Floats
    settled: Floats
    high: Floats
    cells: UncertainMatrix

    @property
    def exact(self) -> bool:
        """Whether every cell is known exactly."""
        return bool((self.low == self.high).all())


def values_in_play(table: DecisionTable, columns: Sequence[int]) -> Values:
    """Return the values on some criteria, and their spread.

    A range with a likely number is triangular, any other uniform, in points of value; a score
    that is not known is uniform from 0 to 100.
    """
    kept = list(columns)
    low, likely, high = table.low[:, kept], table.likely[:, kept], table.high[:, kept]
    cells = [
        [
            Uniform(a, b) if np.isnan(mode) else Triangular(a, mode, b)
            for a, mode, b in zip(*row, strict=True)
        ]
        for row in zip(low.tolist(), likely.tolist(), high.tolist(), strict=True)
    ]
    criteria = tuple(table.criteria[j] for j in kept)
    settled = settled_values(table)[:, kept]
    return Values(table.programs, criteria, low, settled, high, UncertainMatrix(cells))


class Count:
    """Weightings drawn and counted block by block, by the weighted sum and by anchored TOPSIS.

    What is held does not grow with their number: counts, sums, and the first ``KEPT`` weightings.

    Attributes:
        values: the programs' values.
        space: the weightings in play.
        kept: the first weightings drawn, ``KEPT`` at most.
        groups: the programs that are named together; each program is in one group.
        sums: first places by the weighted sum.
        topsis: first places by anchored TOPSIS.
        samples: how many weightings were counted.
    """

    def __init__(self, values: Values, space: Space, plan: Sampling, apart: Floats) -> None:
        self.values, self.space, self._plan = values, space, plan
        self._sampler = start(space.engine, np.random.default_rng(plan.seed))
        self.kept = self._sampler.draw(min(plan.samples, KEPT))
        twins = near_twins(apart, space.engine, self.kept)
        self.groups = named_together(twins, _often_first(values.settled, self.kept))
        self.sums = Firsts(self, DEFAULT_METHOD, plan.seed)
        self.topsis = Firsts(self, SECOND_METHOD, plan.seed)
        self.samples = 0
        self._block = min(
            self.sums.block, self.topsis.block, _SCORES_PER_BLOCK // len(values.programs)
        )
        self._member = membership(self.groups)
        self._weights = np.zeros(len(values.criteria))
        self._same_firsts = 0

    @property
    def effective(self) -> float:
        """How many independent draws the weightings counted are worth."""
        return self.samples * self._sampler.efficiency

    @property
    def half_width(self) -> float:
        """Half the width of the interval of a share of one half, the widest there is."""
        return _half_width(self.effective, self._plan.level)

    @property
    def mean_weights(self) -> Floats:
        """The mean of the weightings counted."""
        return np.asarray(self._weights / self.samples)

    @property
    def same_firsts(self) -> Share:
        """How often both methods put the same group first, every score at its settled value."""
        return self.share(self._same_firsts / self.samples)

    def size_wanted(self) -> int:
        """Return how many make every interval as narrow as the plan asks for, within its limit."""
        plan, size = self._plan, self._plan.samples
        while plan.half_width and size < plan.max_samples:
            if _half_width(size * self._sampler.efficiency, plan.level) <= plan.half_width:
                break
            size = min(2 * size, plan.max_samples)
        return size

    def until(self, size: int) -> None:
        """Draw and count more, until so many are counted."""
        while self.samples < size:
            self._add(self._next(min(self._block, size - self.samples)))
            if self._plan.progress is not None:
                self._plan.progress(self.samples, size)

    def acceptability(self) -> Acceptability:
        """Return all that was counted by the weighted sum."""
        return self.sums.tally.result(self._sampler, self._plan)

    def share(self, value: float, proof: Proof = "") -> Share:
        """Return a share that was counted, with its interval."""
        value = float(np.clip(value, 0.0, 1.0))
        low, high = wilson_interval([value], self.effective, self._plan.level)
        return Share(value, float(low[0]), float(high[0]), proof)

    def _next(self, most: int) -> Floats:
        """Return the next weightings, at most so many; those kept are the first."""
        waiting = self.kept[self.samples : self.samples + most]
        return waiting if waiting.size else self._sampler.draw(most)

    def _add(self, weights: Floats) -> None:
        self.sums.add(weights)
        self.topsis.add(weights)
        firsts = [
            self._member[_scores(self.values.settled, weights, method).argmax(axis=1)]
            for method in (DEFAULT_METHOD, SECOND_METHOD)
        ]
        self._same_firsts += int((firsts[0] == firsts[1]).sum())
        self._weights += weights.sum(axis=0)
        self.samples += weights.shape[0]


def _half_width(size: float, level: float) -> float:
    low, high = wilson_interval([0.5], size, level)
    return float(high[0] - low[0]) / 2


def _often_first(settled: Floats, weights: Floats) -> list[int]:
    """Return the rows, the one most often first at the front; of equals the higher score."""
    scores = weights @ settled.T
    times = np.bincount(scores.argmax(axis=1), minlength=settled.shape[0])
    return [int(i) for i in np.lexsort((-scores.mean(axis=0), -times))]


def _key(group: Group) -> Group:
    """Return a group in the order of its rows, whatever order it is named in."""
    return tuple(sorted(group))


class Firsts:
    """First places of programs, and of groups of them, by one method."""

    def __init__(self, count: Count, method: str, seed: int) -> None:
        values = count.values
        criteria = len(values.criteria)
        self.method = method
        self.tally = Tally(
            values.cells, np.ones(criteria), seed, method, bounds=unit_bounds(criteria)
        )
        self.block = self.tally.block
        self._count = count
        singles = [(i,) for i in range(len(values.programs))]
        self._ends = {_key(group): np.zeros(2) for group in (*singles, *count.groups)}

    def add(self, weights: Floats) -> None:
        """Count the first places under some weightings."""
        self.tally.add(weights)
        if self._count.values.exact:
            return
        low, high = (
            _scores(ends, weights, self.method)
            for ends in (self._count.values.low, self._count.values.high)
        )
        groups = list(self._ends)
        worst, best = (_times_first(*ends, groups) for ends in ((low, high), (high, low)))
        for group, *times in zip(groups, worst, best, strict=True):
            self._ends[group] += times

    def often(self, group: Group) -> float:
        """Return how often a group is first, with all that is not known anywhere in its range."""
        return float(self.tally.first_share[list(group)].sum())

    def first_share(self, group: Group) -> FirstShare:
        """Return how often a group comes first; programs in it count together.

        At worst its own cells are at their low ends and all others' at their high ends.
        Groups that are level share the first place in parts, one for each program.
        """
        anywhere = worst = best = self.often(group)
        if not self._count.values.exact:
            worst, best = (self._ends[_key(group)] / self._count.samples).tolist()
        low, high = self._count.values.low, self._count.values.high
        surely = self._proof(group, worst, low, high)
        at_best = surely if surely == "always" else self._proof(group, best, high, low)
        spread = surely if surely == "always" else ("never" if at_best == "never" else "")
        at_worst: Proof = "never" if at_best == "never" else surely
        share = self._count.share
        return FirstShare(share(anywhere, spread), share(worst, at_worst), share(best, at_best))

    def _proof(self, group: Group, share: float, own: Floats, other: Floats) -> Proof:
        """Return what linear programs prove of a share that was counted as all or none."""
        if self.method != DEFAULT_METHOD or 0 < share < ALL:
            return ""
        rivals = np.delete(other, group, axis=0)
        options = {"bounds": unit_bounds(own.shape[1])}
        directions = np.ones(own.shape[1])
        tables = [np.vstack([own[[i]], rivals]) for i in group]
        engine, now = self._count.space.engine, self._count.kept[0]
        if share:
            sure = any(always_first(t, engine, directions, **options)[0] for t in tables)
            return "always" if sure else ""
        for table in tables:
            if smallest_change(table, now, directions, 0, engine, **options).possible:
                return ""
        return "never"


def _scores(values: Floats, weights: Floats, method: str) -> Floats:
    directions, bounds = np.ones(values.shape[1]), unit_bounds(values.shape[1])
    return np.asarray(rank_batch(values, weights, directions, method, bounds=bounds))


def membership(groups: Sequence[Group]) -> NDArray[np.int64]:
    """Return the number of each program's group.

    >>> membership([(0, 2), (1,)])
    array([0, 1, 0])
    """
    member = np.empty(sum(map(len, groups)), dtype=np.int64)
    for number, group in enumerate(groups):
        member[list(group)] = number
    return member


def _times_first(own: Floats, other: Floats, groups: Sequence[Group]) -> list[float]:
    """Return in how many rows of scores each group is first, its own scores against all others'.

    Scores are 0 or more. A row is gone through again only where the best of ``other`` is the
    group's own, so that another is its rival, and where group and rival are level. A group of
    which no program is ever near the best of ``other``, nor that best itself, is never first.
    """
    leader, best = other.argmax(axis=1), other.max(axis=1)
    may_lead = (own >= best[:, np.newaxis] * (1 - 2 * TIE_TOLERANCE)).any(axis=0)
    may_lead[leader] = True
    return [
        _parts_first(own, other, group, leader, best).sum() if may_lead[list(group)].any() else 0.0
        for group in groups
    ]


def _parts_first(
    own: Floats, other: Floats, group: Group, leader: NDArray[np.int64], best: Floats
) -> Floats:
    """Return a group's part in the first place of each row: 1 less what its rivals share."""
    ours, rival = own[:, group].max(axis=1), best.copy()
    leads = np.isin(leader, group)
    rival[leads] = np.delete(other[leads], group, axis=1).max(axis=1, initial=-np.inf)
    top = np.maximum(ours, rival)
    floor = top - TIE_TOLERANCE * top
    parts = np.asarray(ours >= floor, dtype=np.float64)
    tied = (parts > 0) & (rival >= floor)
    least = floor[tied, np.newaxis]
    level = (own[tied][:, group] >= least).sum(axis=1)
    rivals = (np.delete(other[tied], group, axis=1) >= least).sum(axis=1)
    parts[tied] = level / (level + rivals)
    return parts
