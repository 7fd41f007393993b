"""SMAA-2: how often each alternative takes each rank, over weights and uncertain cells.

Ties: alternatives that tie (by the rule of :mod:`mcda.engine.ranks`) share the ranks they take
together in equal parts. Two that tie for first have half of rank 1 and half of rank 2 each, and
half a win over each other. So the shares of a rank add up to 1, and so do those of an alternative.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mcda.engine._types import FloatArray, IntArray
from mcda.engine.errors import InputError
from mcda.engine.ranking import find_method
from mcda.engine.ranks import TIE_TOLERANCE, rank_rows
from mcda.engine.robustness.sampling import (
    ENOUGH,
    Sampler,
    WeightSample,
    check_count,
    check_seed,
    start,
)
from mcda.engine.robustness.scorers import Scorer, scorer_of
from mcda.engine.robustness.uncertain import UncertainMatrix
from mcda.engine.robustness.weight_space import WeightSpace
from mcda.engine.robustness.wilson import quantile, wilson_interval

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

CONFIDENCE_SAMPLES = 10_000
"""At most this many matrices are drawn for the confidence factors."""


@dataclass(frozen=True)
class Sampling:
    """How to sample.

    Attributes:
        seed: a whole number of 0 or more; the same seed gives the same result.
        samples: how many to start with.
        half_width: if given, the sample doubles until every first-place share's interval is at
            most this far to either side of its middle, or the maximum is reached.
        max_samples: the largest sample.
        level: the level of the intervals.
        progress: called after each block with the number of samples done and the number aimed
            at, which grows when the sample does.
    """

    seed: int
    samples: int = 10_000
    half_width: float | None = None
    max_samples: int = 1_000_000
    level: float = 0.95
    progress: Callable[[int, int], None] | None = None

    def __post_init__(self) -> None:
        check_seed(self.seed)
        check_count(self.samples, "samples")
        check_count(self.max_samples, "max_samples")
        quantile(self.level)
        if self.half_width is not None and not 0 < self.half_width < 1:
            raise InputError(
                f"{self.half_width!r} is not a half-width above 0 and below 1",
                argument="half_width",
            )
        if self.samples > self.max_samples:
            raise InputError(
                f"{self.samples} is above max_samples, {self.max_samples}", argument="samples"
            )


@dataclass(frozen=True, eq=False)
class Acceptability:
    """How often each alternative takes each rank. All arrays are read-only.

    Attributes:
        method: the method's id.
        rank_acceptability: share of samples in which each alternative (row) has each rank
            (column, the best first).
        pairwise_winning: share in which the row is before the column, ties half; the diagonal
            is 0.5.
        central_weights: mean of the weights with which the alternative is first, shape
            (alternatives, criteria); NaN for one that never is.
        confidence: share of the drawn matrices in which it is first with its central weights;
            NaN for one that never is first, and for all where it was not asked for.
        expected_rank: mean rank, ties at the middle of their ranks.
        first_share: the first column of ``rank_acceptability``.
        first_low: low end of its Wilson interval.
        first_high: high end of its Wilson interval.
        half_width: half the width of the widest of these intervals.
        reached: whether that is at most what was asked for; True if nothing was.
        level: the level of the intervals.
        samples: how many were drawn.
        effective_samples: how many independent draws they are worth; the intervals use it.
        enough: whether that is at least half of them.
        weights_by: how weights were drawn: "exact", "rejection" or "hit_and_run".
        confidence_samples: how many matrices the confidence factors are counted in; 1 if exact,
            0 where they were not asked for.
        seed: what was drawn with.
    """

    method: str
    rank_acceptability: FloatArray
    pairwise_winning: FloatArray
    central_weights: FloatArray
    confidence: FloatArray
    expected_rank: FloatArray
    first_share: FloatArray
    first_low: FloatArray
    first_high: FloatArray
    half_width: float
    reached: bool
    level: float
    samples: int
    effective_samples: float
    enough: bool
    weights_by: str
    confidence_samples: int
    seed: int

    def __post_init__(self) -> None:
        for value in vars(self).values():
            if isinstance(value, np.ndarray):
                value.flags.writeable = False


def smaa2(  # noqa: PLR0913 - what is asked for, each by name
    matrix: ArrayLike | UncertainMatrix,
    space: WeightSpace | WeightSample,
    directions: Sequence[object] | ArrayLike,
    sampling: Sampling,
    method: str = "weighted_sum",
    *,
    confidence: bool = True,
    **options: object,
) -> Acceptability:
    """Return rank acceptability, pairwise winning, central weights and confidence factors.

    Formula, over weights w uniform on the space and cells x with their distributions::

        b_ir    = P(rank of i = r)
        w^c_i   = E(w | rank of i = 1)
        p^c_i   = P(rank of i = 1 | w = w^c_i)
        p_ik    = P(i before k) + P(tie) / 2
        E(rank) = sum over r of r b_ir

    Args:
        matrix: numbers, or cells as distributions with no unknown left, shape
            (alternatives, criteria).
        space: the weights in play; or a sample of them, to use the same one several times.
        directions: as in :func:`mcda.engine.rank`.
        sampling: seed, sample size, interval wanted.
        method: any method with scores. On value scores use ``bounds=[(0, 100)] * criteria``.
        confidence: whether to work out the confidence factors, which take up to half the time.
        **options: the method's own. With ``bounds`` a normal or lognormal draw beyond a declared
            range counts as its end; any other cell beyond it is refused. Cells as distributions
            with another method than the weighted sum with bounds and anchored TOPSIS are scored
            one matrix at a time, which is slow.

    Raises:
        InputError: naming the argument, row and column at fault.

    References:
        Lahdelma, R., Hokkanen, J., Salminen, P. (1998). SMAA - stochastic multiobjective
        acceptability analysis. European Journal of Operational Research 106(1), 137-143.
        Lahdelma, R., Salminen, P. (2001). SMAA-2: stochastic multicriteria acceptability
        analysis for group decision making. Operations Research 49(3), 444-454.
        Tervonen, T., Lahdelma, R. (2007). Implementing stochastic multicriteria acceptability
        analysis. European Journal of Operational Research 178(2), 500-513.

    >>> space, plan = WeightSpace.whole(2), Sampling(seed=1, samples=1000)
    >>> result = smaa2([[1, 0], [0, 1], [0, 1]], space, [1, 1], plan, bounds=[(0, 1)] * 2)
    >>> bool(abs(result.first_share - [0.5, 0.25, 0.25]).max() < 0.05)
    True
    """
    tally = Tally(matrix, directions, sampling.seed, method, **options)
    if space.criteria != tally.shape[1]:
        raise InputError(
            f"it covers {space.criteria} criteria, but the matrix has {tally.shape[1]}",
            argument="space",
        )
    sampler = start(space, np.random.default_rng(sampling.seed).spawn(1)[0])
    target = sampling.samples
    while True:
        _count_until(target, tally, sampler, sampling)
        found = tally.result(sampler, sampling, confidence=False)
        if found.reached or target >= sampling.max_samples:
            break
        target = min(2 * target, sampling.max_samples)
    return tally.result(sampler, sampling) if confidence else found


def _count_until(target: int, tally: Tally, sampler: Sampler, sampling: Sampling) -> None:
    """Draw and count block after block until so many samples are counted."""
    while tally.samples < target:
        tally.add(sampler.draw(min(tally.block, target - tally.samples)))
        if sampling.progress is not None:
            sampling.progress(tally.samples, target)


class Tally:
    """SMAA-2 counted block by block: what it holds does not grow with the number of samples.

    For one pass over weights that others count, too; :func:`smaa2` is the plain way.

    Args:
        matrix: as in :func:`smaa2`.
        directions: as in :func:`smaa2`.
        seed: what uncertain cells are drawn with.
        method: as in :func:`smaa2`.
        **options: the method's own.

    Raises:
        InputError: naming the argument, row and column at fault.

    >>> tally = Tally([[1, 0], [0, 1]], [1, 1], seed=1, bounds=[(0, 1)] * 2)
    >>> tally.add(np.array([[0.9, 0.1], [0.2, 0.8]]))
    >>> tally.add(np.array([[0.7, 0.3], [0.6, 0.4]]))
    >>> tally.samples, tally.first_share
    (4, array([0.75, 0.25]))
    """

    def __init__(
        self,
        matrix: ArrayLike | UncertainMatrix,
        directions: Sequence[object] | ArrayLike,
        seed: int,
        method: str = "weighted_sum",
        **options: object,
    ) -> None:
        self._entry = find_method(method, options)
        self._scorer = scorer_of(matrix, self._entry, directions, options)
        self._counts = _Counts(self._scorer.shape, self._entry.score_scale)
        # The first of the three is for the weights: see smaa2.
        _, self._for_cells, self._for_confidence = np.random.default_rng(seed).spawn(3)

    @property
    def shape(self) -> tuple[int, int]:
        """How many alternatives and criteria."""
        return self._scorer.shape

    @property
    def block(self) -> int:
        """How many weight vectors are best added at once; more would take more memory."""
        return self._scorer.block

    @property
    def samples(self) -> int:
        """How many weight vectors were counted."""
        return self._counts.samples

    @property
    def first_share(self) -> FloatArray:
        """Share of them in which each alternative is first, ties in parts."""
        return np.asarray(self._counts.ranks[:, 0] / self._counts.samples)

    @property
    def expected_rank(self) -> FloatArray:
        """Mean rank of each alternative, ties at the middle of their ranks."""
        ranks = np.arange(1.0, self.shape[0] + 1)
        return np.asarray(self._counts.ranks / self._counts.samples @ ranks)

    def add(self, weights: FloatArray) -> None:
        """Count the ranks under some weight vectors, each of sum 1, shape (samples, criteria)."""
        cells = self._scorer.draw(weights.shape[0], self._for_cells)
        self._counts.add(weights, self._scorer.scores(cells, weights))

    def result(
        self, sampler: Sampler, sampling: Sampling, *, confidence: bool = True
    ) -> Acceptability:
        """Return what was counted so far.

        Args:
            sampler: where the weights came from.
            sampling: its seed, and the interval wanted.
            confidence: whether to work out the confidence factors.
        """
        counts, shares = self._counts, self.first_share
        effective = counts.samples * sampler.efficiency
        low, high = wilson_interval(shares, effective, sampling.level)
        half_width = float((high - low).max() / 2)
        central = counts.central_weights()
        matrices = 1 if self._scorer.exact else min(counts.samples, CONFIDENCE_SAMPLES)
        confidence_samples = matrices if confidence else 0
        acceptability = counts.ranks / counts.samples
        return Acceptability(
            method=self._entry.id,
            rank_acceptability=acceptability,
            pairwise_winning=counts.pairwise(),
            central_weights=central,
            confidence=_confidence(
                self._scorer,
                central,
                confidence_samples,
                self._for_confidence,
                self._entry.score_scale,
            ),
            expected_rank=self.expected_rank,
            first_share=shares,
            first_low=low,
            first_high=high,
            half_width=half_width,
            reached=sampling.half_width is None or half_width <= sampling.half_width,
            level=sampling.level,
            samples=counts.samples,
            effective_samples=effective,
            enough=sampler.efficiency >= ENOUGH,
            weights_by=sampler.method,
            confidence_samples=confidence_samples,
            seed=sampling.seed,
        )


class _Counts:
    """What is added up over the samples; its size does not depend on their number."""

    def __init__(self, shape: tuple[int, int], score_scale: float) -> None:
        alternatives, criteria = shape
        self.samples = 0
        self._score_scale = score_scale
        self.ranks = np.zeros((alternatives, alternatives))
        self._ahead = np.zeros((alternatives, alternatives))
        self._first_weights = np.zeros((alternatives, criteria))

    def add(self, weights: FloatArray, scores: FloatArray) -> None:
        """Count the ranks of a block of scores where more is better."""
        ranks = rank_rows(scores, True, self._score_scale)
        self.samples += ranks.shape[0]
        self._count_ranks(ranks)
        self._count_ahead(ranks)
        first = ranks == 1
        self._first_weights += (first / first.sum(axis=1, keepdims=True)).T @ weights

    def _count_ranks(self, ranks: IntArray) -> None:
        samples, alternatives = ranks.shape
        places = ranks - 1
        cells = np.arange(samples)[:, np.newaxis] * alternatives + places
        sizes = np.bincount(cells.ravel(), minlength=cells.size)[cells]
        columns = np.arange(alternatives) * alternatives + places
        for offset in range(int(sizes.max())):
            sharing = sizes > offset
            self.ranks += np.bincount(
                columns[sharing] + offset, 1 / sizes[sharing], alternatives**2
            ).reshape(alternatives, alternatives)

    def _count_ahead(self, ranks: IntArray) -> None:
        # Smallest whole numbers, one row an alternative: comparing them is what takes time.
        kind = np.min_scalar_type(ranks.shape[1])
        rows = np.ascontiguousarray(ranks.T, dtype=kind)
        for i, row in enumerate(rows):
            self._ahead[i] += np.count_nonzero(row < rows, axis=1)

    def pairwise(self) -> FloatArray:
        """Return the share of samples in which the row is before the column, ties half."""
        return (1 + (self._ahead - self._ahead.T) / self.samples) / 2

    def central_weights(self) -> FloatArray:
        """Return the mean weights of being first, NaN for an alternative that never is."""
        times = self.ranks[:, :1]
        means = self._first_weights / np.where(times > 0, times, 1.0)
        return np.where(times > 0, means, np.nan)


def _confidence(
    scorer: Scorer,
    central: FloatArray,
    samples: int,
    generator: np.random.Generator,
    score_scale: float,
) -> FloatArray:
    """Return how often each alternative is first with its central weights; NaN of no samples."""
    never_first = np.isnan(central[:, 0])
    factors = np.where(never_first | (samples == 0), np.nan, 0.0)
    done = 0
    while done < samples:
        count = min(scorer.block, samples - done)
        cells = scorer.draw(count, generator)
        for i in np.flatnonzero(~never_first):
            weights = np.broadcast_to(central[i], (count, central.shape[1]))
            factors[i] += _times_first(scorer.scores(cells, weights), int(i), score_scale) / samples
        done += count
    return np.clip(factors, 0.0, 1.0)


def _times_first(scores: FloatArray, row: int, score_scale: float) -> float:
    """Return in how many samples an alternative is first, in parts where several are."""
    top = scores.max(axis=1)
    largest = np.maximum(top, -scores.min(axis=1))
    tolerance = TIE_TOLERANCE * np.maximum(largest, score_scale)
    first = top - scores[:, row] <= tolerance
    level = top[first, np.newaxis] - scores[first] <= tolerance[first, np.newaxis]
    return float((1 / level.sum(axis=1)).sum())
