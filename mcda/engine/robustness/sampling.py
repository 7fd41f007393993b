"""Draws from a weight space: exact where that can be done, by hit-and-run where it cannot.

===============  ============================================================  ===========
method           which spaces                                                 draws
===============  ============================================================  ===========
``exact``        all weights, an order, mixtures of people's weightings       independent
``rejection``    others that fill at least 2 % of one of those                independent
``hit_and_run``  the rest                                                    a Markov chain
===============  ============================================================  ===========

Hit-and-run: from a point inside, a random line; the next point is uniform on the part of the line
that is inside. 256 chains run side by side, so there is no loop over samples. They start near the
corners of the space, run in, and draw their lines to the shape they found (so that narrow spaces
mix as fast as round ones); then every k-th step is kept. k starts at twice the dimension and
doubles until a pilot of 16 kept points a chain is worth at least half as many independent points.
Its worth is the variance of all points / (16 x the variance of the chains' means), the least of
all coordinates; chains still near their starting corner have unlike means, so it also says whether
the run-in was long enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from mcda.engine._types import FloatArray
from mcda.engine.errors import InputError
from mcda.engine.robustness.polytope import Polytope, corners
from mcda.engine.robustness.statements import Corners, Envelope
from mcda.engine.robustness.weight_space import WeightSpace

ENOUGH = 0.5
"""A sample is enough if it is worth at least this share of its size in independent draws."""

_SLACK = 1e-12
_SMALLEST_ROOM = 1e-250  # a side one stands on leaves no way ahead, without dividing by 0
_PILOT, _SMALLEST_RATE = 2000, 0.02
_CHAINS, _RECORDS, _DOUBLINGS = 256, 16, 5
_LARGEST_BLOCK = 1 << 20


@dataclass(frozen=True, eq=False)
class WeightSample:
    """Weight vectors drawn from a space.

    Attributes:
        weights: each row sums to 1, shape (samples, criteria).
        method: "exact", "rejection" or "hit_and_run".
        seed: what they were drawn with.
        effective_size: how many independent draws they are worth.
        enough: whether that is at least half their number.
    """

    weights: FloatArray
    method: str
    seed: int
    effective_size: float
    enough: bool

    def __post_init__(self) -> None:
        self.weights.flags.writeable = False

    @property
    def criteria(self) -> int:
        """How many weights a vector has."""
        return int(self.weights.shape[1])


class Sampler(Protocol):
    """A source of weight vectors, and how many independent draws each of them is worth."""

    method: str
    efficiency: float

    def draw(self, count: int) -> FloatArray:
        """Return the next weight vectors, shape (count, criteria)."""
        ...


def sample_weights(space: WeightSpace, samples: int, seed: int) -> WeightSample:
    """Draw weight vectors uniformly from a space.

    Uniform means: every part of the space in proportion to its volume (within its own dimension,
    if it is flat). For mixtures of people's weightings the *shares* of the people are uniform, so
    nobody counts more for having an unusual weighting.

    Args:
        space: what to draw from.
        samples: how many.
        seed: a whole number of 0 or more; the same seed gives the same draws.

    Returns:
        The draws, how they were made, and how many independent draws they are worth.

    Raises:
        InputError: not a number of samples or not a seed.

    References:
        Smith, R. (1984). Efficient Monte Carlo procedures for generating points uniformly
        distributed over bounded regions. Operations Research 32(6), 1296-1308.
        Tervonen, T., van Valkenhoef, G., Basturk, N., Postmus, D. (2013). Hit-and-run enables
        efficient weight generation for simulation-based multiple criteria decision analysis.
        European Journal of Operational Research 224(3), 552-559.

    >>> sample = sample_weights(WeightSpace.order([1, 2, 3]), 1000, seed=1)
    >>> sample.method, bool((sample.weights[:, 0] >= sample.weights[:, 1]).all())
    ('exact', True)
    """
    check_count(samples, "samples")
    sampler = start(space, np.random.default_rng(check_seed(seed)))
    return WeightSample(
        sampler.draw(samples),
        sampler.method,
        seed,
        samples * sampler.efficiency,
        sampler.efficiency >= ENOUGH,
    )


def start(space: WeightSpace | WeightSample, generator: np.random.Generator) -> Sampler:
    """Return the best source of draws for a space; a sample is its own."""
    if isinstance(space, WeightSample):
        return DrawnSampler(space)
    if space.exact:
        return ExactSampler(space.envelope, generator)
    rate = _acceptance(space, generator)
    if rate >= _SMALLEST_RATE:
        return RejectionSampler(space, generator, rate)
    body = _body(space)
    if body.basis.shape[1] == 0:
        return ExactSampler(Corners((body.polytope.lift @ body.centre)[np.newaxis]), generator)
    return ChainSampler(body, generator)


def check_seed(seed: object) -> int:
    """Return the seed if it is a whole number of 0 or more.

    Raises:
        InputError: anything else.
    """
    return _whole(seed, 0, "seed")


def check_count(count: object, argument: str) -> int:
    """Return the count if it is a whole number of 1 or more.

    Raises:
        InputError: anything else.
    """
    return _whole(count, 1, argument)


def _whole(number: object, least: int, argument: str) -> int:
    if isinstance(number, bool) or not isinstance(number, int) or number < least:
        raise InputError(f"{number!r} is not a whole number of {least} or more", argument=argument)
    return number


class ExactSampler:
    """Independent draws from an envelope that is the space itself."""

    method = "exact"
    efficiency = 1.0

    def __init__(self, envelope: Envelope, generator: np.random.Generator) -> None:
        self._envelope, self._generator = envelope, generator

    def draw(self, count: int) -> FloatArray:
        """Return the next weight vectors."""
        return self._envelope.draw(count, self._generator)


class DrawnSampler:
    """Weight vectors that were drawn before, from the first on."""

    def __init__(self, sample: WeightSample) -> None:
        self.method = sample.method
        self.efficiency = sample.effective_size / sample.weights.shape[0]
        self._left = sample.weights

    def draw(self, count: int) -> FloatArray:
        """Return the next weight vectors."""
        if count > self._left.shape[0]:
            raise InputError(
                "the sample of weights has too few; ask for no more than it has",
                argument="samples",
            )
        drawn, self._left = self._left[:count], self._left[count:]
        return drawn


class RejectionSampler:
    """Independent draws: those draws from the envelope that satisfy the statements."""

    method = "rejection"
    efficiency = 1.0

    def __init__(self, space: WeightSpace, generator: np.random.Generator, rate: float) -> None:
        self._space, self._generator = space, generator
        self._block = int(min(2000 / rate, _LARGEST_BLOCK / space.criteria))
        self._waiting = np.empty((0, space.criteria))

    def draw(self, count: int) -> FloatArray:
        """Return the next weight vectors."""
        found, kept = [self._waiting], self._waiting.shape[0]
        while kept < count:
            tried = self._space.envelope.draw(self._block, self._generator)
            found.append(tried[_inside(self._space, tried)])
            kept += found[-1].shape[0]
        drawn = np.concatenate(found)
        self._waiting = drawn[count:]
        return drawn[:count]


def _acceptance(space: WeightSpace, generator: np.random.Generator) -> float:
    """Return which share of the envelope is in the space, or 0 if that says nothing."""
    if len(space.mixtures) > 1:
        return 0.0
    tried = space.envelope.draw(_PILOT, generator)
    return float(_inside(space, tried).mean())


def _inside(space: WeightSpace, weights: FloatArray) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    below = (weights @ space.a_ub.T <= space.b_ub + _SLACK).all(axis=1)
    return np.asarray(below & (np.abs(weights @ space.a_eq.T - space.b_eq) <= _SLACK).all(axis=1))


@dataclass(frozen=True, eq=False)
class _Body:
    """A polytope in the coordinates of its own dimension: x = centre + basis @ y.

    ``normals @ y <= room`` are its sides, all of them with room at the centre.
    """

    polytope: Polytope
    centre: FloatArray
    basis: FloatArray
    normals: FloatArray
    room: FloatArray
    starts: FloatArray


def _body(space: WeightSpace) -> _Body:
    polytope, inside = space.polytope, space.interior
    units = np.eye(polytope.dims)
    fixed = [polytope.equal, polytope.at_most[~inside.slack_rows], units[~inside.positive]]
    basis = _null_space(np.vstack(fixed))
    ends = corners(polytope)
    centre = (inside.point + ends.mean(axis=0)) / 2
    sides = np.vstack([polytope.at_most[inside.slack_rows], -units[inside.positive]])
    limits = np.r_[polytope.limits[inside.slack_rows], np.zeros(int(inside.positive.sum()))]
    return _Body(
        polytope, centre, basis, sides @ basis, limits - sides @ centre, (ends - centre) @ basis
    )


def _null_space(rows: FloatArray) -> FloatArray:
    """Return an orthonormal basis of the vectors that all rows map to 0, as columns."""
    _, lengths, axes = np.linalg.svd(rows)
    rank = int((lengths > 1e-10 * lengths[0]).sum())
    return axes[rank:].T


class ChainSampler:
    """Hit-and-run chains side by side; see the module."""

    method = "hit_and_run"

    def __init__(self, body: _Body, generator: np.random.Generator) -> None:
        self._body, self._generator = body, generator
        dims = body.basis.shape[1]
        self._places = 0.9 * np.resize(body.starts, (_CHAINS, dims))
        self._scale = _square_root(body.starts)
        self._thin = 2 * dims
        self._waiting = np.empty((0, body.polytope.lift.shape[0]))
        self._scale = _square_root(self._run(_RECORDS).reshape(-1, dims))
        self.efficiency = self._settle()

    def draw(self, count: int) -> FloatArray:
        """Return the next weight vectors."""
        missing = count - self._waiting.shape[0]
        drawn = self._waiting
        if missing > 0:
            places = self._run(-(-missing // _CHAINS)).reshape(-1, self._places.shape[1])
            drawn = np.concatenate([drawn, self._weights(places)])
        self._waiting = drawn[count:]
        return drawn[:count]

    def _settle(self) -> float:
        """Keep every k-th step, k doubling until the points are nearly independent."""
        worth = 0.0
        for _ in range(_DOUBLINGS):
            kept = self._run(_RECORDS)
            worth = effective_share(kept)
            if worth >= ENOUGH:
                break
            self._thin *= 2
            self._scale = _square_root(kept.reshape(-1, kept.shape[2]))
        return worth

    def _run(self, records: int) -> FloatArray:
        """Return the next kept places of every chain, shape (records, chains, dims)."""
        kept = np.empty((records, *self._places.shape))
        for record in range(records):
            # The room is computed afresh for each record, so that rounding cannot pile up.
            room = self._body.room - self._places @ self._body.normals.T
            for _ in range(self._thin):
                self._step(room)
            kept[record] = self._places
        return kept

    def _step(self, room: FloatArray) -> None:
        """Move every chain to a point uniform on a random line through it."""
        heading = self._generator.standard_normal(self._places.shape) @ self._scale.T
        closing = heading @ self._body.normals.T
        # Sides per unit of the way; the largest ahead and behind are where the line ends.
        per_step = closing / np.maximum(room, _SMALLEST_ROOM)
        ahead, behind = 1 / per_step.max(axis=1), 1 / per_step.min(axis=1)
        step = behind + (ahead - behind) * self._generator.random(_CHAINS)
        self._places += step[:, np.newaxis] * heading
        room -= step[:, np.newaxis] * closing

    def _weights(self, places: FloatArray) -> FloatArray:
        points = self._body.centre + places @ self._body.basis.T
        weights = np.maximum(points @ self._body.polytope.lift.T, 0.0)
        return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def effective_share(kept: FloatArray) -> float:
    """Return how many independent points each kept point is worth, at most 1.

    Variance of all points / (records x variance of the chains' means), the least over all
    coordinates. For independent points the means' variance is that of the points / records.

    Args:
        kept: shape (records, chains, dims).

    References:
        Gelman, A., Rubin, D. (1992). Inference from iterative simulation using multiple
        sequences. Statistical Science 7(4), 457-472.

    >>> points = np.random.default_rng(1).random((16, 1000, 1))
    >>> round(effective_share(points), 1), round(effective_share(np.repeat(points, 4, axis=0)), 2)
    (1.0, 0.25)
    """
    total = kept.var(axis=(0, 1))
    between = kept.mean(axis=0).var(axis=0)
    return min(1.0, float((total / (kept.shape[0] * between)).min()))


def _square_root(points: FloatArray) -> FloatArray:
    """Return a matrix that turns a round cloud into one of the shape of these points."""
    covariance = np.atleast_2d(np.cov(points, rowvar=False))
    lengths, axes = np.linalg.eigh(covariance)
    # Corners may happen to be flat where the space is not; no direction may be lost.
    return np.asarray(axes * np.sqrt(np.maximum(lengths, 1e-10 * lengths.max())))
