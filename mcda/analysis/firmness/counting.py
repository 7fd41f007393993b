"""How often programs come first over the weightings of a space, counted or proved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mcda.analysis.firmness.shares import FirstShare, Proof, Share
from mcda.analysis.firmness.spaces import Space
from mcda.analysis.table import DecisionTable, Floats, settled_values
from mcda.engine import TIE_TOLERANCE, rank_batch
from mcda.engine.robustness import (
    Acceptability,
    Sampling,
    Triangular,
    UncertainMatrix,
    Uniform,
    WeightSample,
    always_first,
    smaa2,
    smallest_change,
    wilson_interval,
)
from mcda.engine.robustness.sampling import ENOUGH, start
from mcda.project import Criterion, Program

Group = tuple[int, ...]

_SCORES_PER_BLOCK = 1 << 18
_ALL = 1.0 - 1e-12  # tied firsts are counted in parts, which may not add up to 1 exactly


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


def unit_bounds(criteria: int) -> Floats:
    """Return the range of each criterion's value, 0 to 100, shape (criteria, 2)."""
    return np.tile((0.0, 100.0), (criteria, 1))


def count(values: Values, space: Space, plan: Sampling) -> tuple[WeightSample, Acceptability]:
    """Draw weightings until the first-place shares are as sure as asked for; rank under each."""
    sampler = start(space.engine, np.random.default_rng(plan.seed))
    weights = sampler.draw(plan.samples)
    while True:
        size = weights.shape[0]
        worth = sampler.efficiency
        sample = WeightSample(weights, sampler.method, plan.seed, size * worth, worth >= ENOUGH)
        found = acceptability(values, sample, plan, "weighted_sum")
        if found.reached or size >= plan.max_samples:
            return sample, found
        more = sampler.draw(min(size, plan.max_samples - size))
        weights = np.concatenate([weights, more])


def acceptability(
    values: Values, sample: WeightSample, plan: Sampling, method: str, confidence: bool = True
) -> Acceptability:
    """Return how often each program takes each rank under the weightings of a sample.

    Without ``confidence`` those factors are NaN; they take up to half the time.
    """
    criteria, size = sample.criteria, sample.weights.shape[0]
    return smaa2(
        values.cells,
        sample,
        np.ones(criteria),
        replace(plan, samples=size, max_samples=size),
        method,
        confidence=confidence,
        bounds=unit_bounds(criteria),
    )


@dataclass(frozen=True, eq=False)
class Counter:
    """First places of programs, and of groups of them, by the method of ``anywhere``."""

    values: Values
    space: Space
    sample: WeightSample
    anywhere: Acceptability

    def first_shares(self, groups: Sequence[Group]) -> list[FirstShare]:
        """Return how often each group comes first; programs in it count together."""
        spread = self.anywhere.first_share
        anywhere = np.array([spread[list(group)].sum() for group in groups])
        if self.values.exact:
            worst = best = anywhere
        else:
            worst, best = self._at_ends(groups)
        found = []
        for group, *shares in zip(groups, worst, anywhere, best, strict=True):
            found.append(self._first_share(group, *shares))
        return found

    def _first_share(self, group: Group, worst: float, anywhere: float, best: float) -> FirstShare:
        low, high = self.values.low, self.values.high
        surely = self._proof(group, worst, low, high)
        at_best = surely if surely == "always" else self._proof(group, best, high, low)
        spread = surely if surely == "always" else ("never" if at_best == "never" else "")
        at_worst: Proof = "never" if at_best == "never" else surely
        return FirstShare(
            self.share(anywhere, spread),
            self.share(worst, at_worst),
            self.share(best, at_best),
        )

    def share(self, value: float, proof: Proof = "") -> Share:
        """Return a share that was counted in the sample, with its interval."""
        value = float(np.clip(value, 0.0, 1.0))
        low, high = wilson_interval([value], self.sample.effective_size)
        return Share(value, float(low[0]), float(high[0]), proof)

    def _at_ends(self, groups: Sequence[Group]) -> Floats:
        """Return how often each group is first at its worst and at its best, shape (2, groups).

        At worst its own cells are at their low ends and all others' at their high ends.
        Groups that are level share the first place in parts, one for each program.
        """
        weights, method = self.sample.weights, self.anywhere.method
        counted = np.zeros((2, len(groups)))
        size = max(1, _SCORES_PER_BLOCK // self.values.low.shape[0])
        for block in np.split(weights, range(size, weights.shape[0], size)):
            low, high = (_scores(v, block, method) for v in (self.values.low, self.values.high))
            counted += _times_first(low, high, groups), _times_first(high, low, groups)
        return np.asarray(counted / weights.shape[0])

    def _proof(self, group: Group, share: float, own: Floats, other: Floats) -> Proof:
        """Return what linear programs prove of a share that was counted as all or none."""
        if self.anywhere.method != "weighted_sum" or 0 < share < _ALL:
            return ""
        rivals = np.delete(other, group, axis=0)
        options = {"bounds": unit_bounds(own.shape[1])}
        directions = np.ones(own.shape[1])
        tables = [np.vstack([own[[i]], rivals]) for i in group]
        if share:
            engine = self.space.engine
            sure = any(always_first(t, engine, directions, **options)[0] for t in tables)
            return "always" if sure else ""
        now = self.sample.weights[0]
        for table in tables:
            change = smallest_change(table, now, directions, 0, self.space.engine, **options)
            if change.possible:
                return ""
        return "never"


def _scores(values: Floats, weights: Floats, method: str) -> Floats:
    directions, bounds = np.ones(values.shape[1]), unit_bounds(values.shape[1])
    return np.asarray(rank_batch(values, weights, directions, method, bounds=bounds))


def same_firsts(one: Counter, other: Counter, groups: Sequence[Group]) -> float:
    """Return the share of weightings in which two methods put the same group first.

    Every score stands at its settled value.
    """
    member = membership(groups)
    settled, weights = one.values.settled, one.sample.weights
    size = max(1, _SCORES_PER_BLOCK // settled.shape[0])
    same = 0
    for block in np.split(weights, range(size, weights.shape[0], size)):
        firsts = [
            _scores(settled, block, counter.anywhere.method).argmax(axis=1)
            for counter in (one, other)
        ]
        same += int((member[firsts[0]] == member[firsts[1]]).sum())
    return same / len(weights)


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
    group's own, so that another is its rival, and where group and rival are level.
    """
    leader, best = other.argmax(axis=1), other.max(axis=1)
    return [_parts_first(own, other, group, leader, best).sum() for group in groups]


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
