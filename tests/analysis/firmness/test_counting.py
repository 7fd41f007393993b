"""Counting in blocks: what is held does not grow, and nothing depends on the blocks."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from mcda.analysis import decision_table, firmness, used_weights
from mcda.analysis.firmness import counting
from mcda.analysis.firmness.alike import differences
from mcda.analysis.firmness.counting import KEPT, Count, values_in_play
from mcda.analysis.firmness.spaces import weight_space
from mcda.engine.robustness import Sampling
from mcda.project.templates import example

ROWS = {"a": {"x": 60, "y": (0, 20)}, "b": {"x": 40, "y": 40}, "c": {"x": 41, "y": (30, 35, 40)}}


def count_of(project, plan, weighting=None, space="all"):
    run = project.run()
    found = weight_space(run, used_weights(run, weighting), space)
    values = values_in_play(decision_table(run), found.columns)
    return Count(values, found, plan, differences(values.low, values.high))


def peak_of(count, size):
    """The most bytes held at once while so many are counted."""
    tracemalloc.start()
    count.until(size)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


@pytest.mark.parametrize("space", ["all", "near"])
def test_the_memory_taken_does_not_grow_with_the_sample(space):
    """The weightings alone would be 96 bytes each; by hit-and-run or not, none is held."""
    few, many = (
        peak_of(count_of(example(), Sampling(seed=1, samples=size), "group", space), size)
        for size in (40_000, 120_000)
    )
    assert many - few < 80_000 * 12 * 8 / 10


def test_what_is_held_is_counts_and_the_first_weightings():
    count = count_of(example(), Sampling(seed=1, samples=30_000), "group")
    count.until(30_000)
    assert count.samples == 30_000
    assert count.kept.shape == (KEPT, 12)
    assert held(count) < 4 * KEPT * 12 * 8


def held(thing, seen=None):
    """The bytes of all arrays that can be reached from an object of ours."""
    seen = set() if seen is None else seen
    if id(thing) in seen:
        return 0
    seen.add(id(thing))
    if isinstance(thing, np.ndarray):
        return thing.nbytes
    if isinstance(thing, dict):
        return sum(held(v, seen) for v in thing.values())
    if isinstance(thing, tuple | list):
        return sum(held(v, seen) for v in thing)
    return held(vars(thing), seen) if type(thing).__module__.startswith("mcda") else 0


@pytest.mark.parametrize("sampling", [Sampling(seed=4, samples=3000), Sampling(seed=4)])
def test_blocks_change_nothing(build, monkeypatch, sampling):
    project = build(ROWS, {"x": 3, "y": 2})
    whole = firmness(project, space="all", sampling=sampling)
    monkeypatch.setattr(counting, "_SCORES_PER_BLOCK", 3 * 700)
    # A progress of its own, so that it is not the finding kept from before.
    steps = []
    monkeypatch.setattr(counting.Reporter, "__eq__", lambda self, other: self is other)
    plan = Sampling(sampling.seed, sampling.samples, progress=lambda *done: steps.append(done))
    parts = firmness(project, space="all", sampling=plan)
    sizes = np.diff([0, *(done for done, _ in steps)])
    assert sizes.max() == 700
    assert sizes.sum() == sampling.samples == parts.samples
    for one, other in zip(whole.programs, parts.programs, strict=True):
        assert other.first.worst.value == pytest.approx(one.first.worst.value, abs=1e-12)
        assert other.first.best.value == pytest.approx(one.first.best.value, abs=1e-12)
    assert parts.mean_weights == pytest.approx(whole.mean_weights)
    assert parts.second.same_share.value == pytest.approx(whole.second.same_share.value)


def test_the_first_weightings_are_counted_with_the_rest(build):
    """A is first where x has more than two thirds: the mean of 0 and 1 over all that were drawn."""
    project = build({"a": {"x": 60, "y": 0}, "c": {"x": 40, "y": 40}}, {"x": 1, "y": 1})
    count = count_of(project, Sampling(seed=9, samples=KEPT + 500))
    count.until(KEPT + 500)
    again = count_of(project, Sampling(seed=9, samples=KEPT + 500))
    rest = again._sampler.draw(500)
    drawn = np.concatenate([again.kept, rest])
    assert count.sums.often((0,)) == pytest.approx((drawn[:, 0] > 2 / 3).mean())
    assert count.mean_weights == pytest.approx(drawn.mean(axis=0))


def test_the_sample_is_as_large_as_the_widest_interval_needs(build):
    """The widest interval is that of one half: 0.02 to either side takes about 2,400 draws."""
    project = build({"a": {"x": 60, "y": 50}, "b": {"x": 50, "y": 40}}, {"x": 1, "y": 1})
    asked = Sampling(seed=1, samples=100, half_width=0.02)
    assert count_of(project, asked).size_wanted() == 3200
    capped = Sampling(seed=1, samples=100, half_width=0.02, max_samples=1000)
    assert count_of(project, capped).size_wanted() == 1000
    assert count_of(project, Sampling(seed=1, samples=100)).size_wanted() == 100
