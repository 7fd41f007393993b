import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import brentq

from mcda.engine import InputError, rank
from mcda.engine.robustness import Stability, weight_flips
from mcda.engine.robustness import flips as module

shared = settings(max_examples=60, deadline=None, derandomize=True)
METHODS = ["weighted_sum", "topsis_anchored"]


@st.composite
def problems(draw, low=0, high=20):
    shape = draw(st.tuples(st.integers(1, 6), st.integers(1, 5)))
    matrix = draw(arrays(float, shape, elements=st.integers(low, high).map(float)))
    weights = draw(arrays(float, shape[1], elements=st.integers(0, 9).map(float)))
    weights[draw(st.integers(0, shape[1] - 1))] += 1
    directions = draw(arrays(int, shape[1], elements=st.sampled_from([1, -1])))
    return matrix, weights, directions


def moved(weights, criterion, t):
    """The stated rule, written out once more."""
    rest = np.delete(weights, criterion)
    rest = rest / rest.sum() if rest.any() else np.full(rest.size, 1 / rest.size)
    return np.insert((1 - t) * rest, criterion, t)


def scores(problem, criterion, t, method):
    matrix, weights, directions = problem
    bounds = [(0, 20)] * len(weights)
    return rank(matrix, moved(weights, criterion, t), directions, method, bounds=bounds)


def first(result):
    return tuple(np.flatnonzero(result.ranks == 1).tolist())


def flips_of(problem, method):
    return weight_flips(*problem, method, bounds=[(0, 20)] * len(problem[1]))


@pytest.mark.parametrize("method", METHODS)
@shared
@given(problem=problems())
def test_rerunning_just_inside_and_just_outside_each_flip(method, problem):
    for flips in flips_of(problem, method):
        if problem[1].size == 1:
            continue
        assert flips.edges[0] == 0
        assert flips.edges[-1] == 1
        assert (np.diff(flips.edges) > 0).all()
        for start, end, leaders in zip(flips.edges, flips.edges[1:], flips.leaders, strict=False):
            step = min(1e-5, (end - start) / 4)
            for t in (start + step, (start + end) / 2, end - step):
                now = scores(problem, flips.criterion, t, method)
                # Just beside a flip two may still tie by the rule for ranks.
                assert now.scores[list(leaders)] == pytest.approx(now.scores.max(), rel=1e-9)
                if now.scores.max() - np.sort(now.scores)[-len(leaders) - 1 :][0] > 1e-8:
                    assert first(now) == leaders
        assert all(a != b for a, b in zip(flips.leaders, flips.leaders[1:], strict=False))


@pytest.mark.parametrize("method", METHODS)
@shared
@given(problem=problems(), data=st.data())
def test_no_flip_is_missed(method, problem, data):
    """At any weight whatever, who is first is who is said to be first on that stretch."""
    flips = data.draw(st.sampled_from(flips_of(problem, method)))
    assume(problem[1].size > 1)
    for t in np.linspace(0.0005, 0.9995, 41):
        place = np.searchsorted(flips.edges, t) - 1
        if np.abs(flips.edges - t).min() < 1e-6:
            continue
        now = scores(problem, flips.criterion, t, method)
        assert set(flips.leaders[place]) <= set(first(now))


@shared
@given(problem=problems())
def test_topsis_flips_are_roots_to_full_precision(problem):
    for flips in flips_of(problem, "topsis_anchored"):
        if problem[1].size == 1:
            continue
        pairs = zip(flips.leaders, flips.leaders[1:], strict=False)
        for k, (before, after) in enumerate(pairs, 1):
            a, b = before[0], after[0]

            def gap(t, a=a, b=b, criterion=flips.criterion):
                found = scores(problem, criterion, t, "topsis_anchored").scores
                return found[a] - found[b]

            low = (flips.edges[k - 1] + flips.edges[k]) / 2
            high = (flips.edges[k] + flips.edges[k + 1]) / 2
            if gap(low) * gap(high) < 0:
                root = brentq(gap, low, high, xtol=1e-15)
                slope = abs(gap(root + 1e-6) - gap(root - 1e-6)) / 2e-6
                assert flips.edges[k] == pytest.approx(root, abs=1e-13 + 1e-14 / slope)


def test_by_hand():
    """A = (80, 20), B = (40, 90) with weights 0.7, 0.3: level where 40 t = 70 (1 - t)."""
    flips = weight_flips([[80, 20], [40, 90]], [0.7, 0.3], [1, 1], bounds=[(0, 100)] * 2)
    np.testing.assert_allclose(flips[0].edges, [0, 7 / 11, 1], rtol=1e-15)
    np.testing.assert_allclose(flips[1].edges, [0, 4 / 11, 1], rtol=1e-15)
    assert flips[0].leaders == ((1,), (0,))
    assert flips[0].weight == 0.7
    assert flips[0].stability(0) == Stability(flips[0].edges[1], 1.0, (1,), ())
    assert flips[0].stability(1) is None
    assert flips[1].stability(0) == Stability(0.0, flips[1].edges[1], (), (1,))


def test_topsis_can_put_one_first_twice():
    """Along the weight of the first criterion A leads, then B, then A again; found by search,
    checked by running TOPSIS at each stretch."""
    found = None
    generator = np.random.default_rng(5)
    for _ in range(4000):
        matrix = generator.integers(0, 11, (2, 3)) * 10.0
        weights = generator.integers(1, 10, 3).astype(float)
        flips = weight_flips(matrix, weights, [1] * 3, "topsis_anchored", bounds=[(0, 100)] * 3)
        found = next((f for f in flips if len(f.leaders) == 3), None)
        if found is not None:
            break
    assert found is not None
    middles = (found.edges[1:] + found.edges[:-1]) / 2
    for t, leaders in zip(middles, found.leaders, strict=True):
        now = rank(
            matrix,
            moved(weights, found.criterion, t),
            [1] * 3,
            "topsis_anchored",
            bounds=[(0, 100)] * 3,
        )
        assert first(now) == leaders
    outer = found.leaders[0][0]
    low, high = found.stabilities(outer)
    assert (low.low, low.before, high.high, high.after) == (0.0, (), 1.0, ())
    assert low.after == high.before == found.leaders[1]


def test_the_weighted_sum_gives_each_alternative_one_interval():
    values = np.random.default_rng(6).uniform(0, 1, (8, 4))
    for flips in weight_flips(values, [1, 2, 3, 4], [1] * 4, bounds=[(0, 1)] * 4):
        for alternative in range(8):
            assert len(flips.stabilities(alternative)) <= 1


def test_identical_alternatives_lead_together():
    flips = weight_flips(
        [[8, 2], [8, 2], [4, 9], [0.1 + 0.2, 0]], [1, 1], [1, 1], bounds=[(0, 10)] * 2
    )
    assert flips[0].leaders == ((2,), (0, 1))
    for method in METHODS:
        alike = weight_flips([[3, 7]] * 3, [1, 1], [1, 1], method, bounds=[(0, 10)] * 2)
        assert [f.leaders for f in alike] == [((0, 1, 2),)] * 2


def test_three_at_one_point():
    """A = (10, 0), B = (5, 5), C = (0, 10) all meet at even weights; B leads nowhere else."""
    flips = weight_flips([[10, 0], [5, 5], [0, 10]], [1, 3], [1, 1], bounds=[(0, 10)] * 2)[0]
    np.testing.assert_allclose(flips.edges, [0, 0.5, 1])
    assert flips.leaders == ((2,), (0,))


def test_a_weight_at_its_flip_is_within_both_intervals():
    flips = weight_flips([[10, 0], [0, 10]], [1, 1], [1, 1], bounds=[(0, 10)] * 2)[0]
    assert flips.stability(0).low == flips.stability(1).high == 0.5


def test_a_weight_of_1_gives_the_others_equal_shares():
    flips = weight_flips([[9, 5, 0], [5, 5, 9]], [1, 0, 0], [1] * 3, bounds=[(0, 10)] * 3)[0]
    # Others at equal shares: 2.5 against 7, so 9 t + 2.5 (1 - t) = 5 t + 7 (1 - t).
    np.testing.assert_allclose(flips.edges, [0, 4.5 / 8.5, 1])
    assert flips.stability(0).before == (1,)


def test_one_criterion_cannot_move():
    for method in METHODS:
        flips = weight_flips([[3], [7]], [5], [1], method, bounds=[(0, 10)])
        assert [f.edges.tolist() for f in flips] == [[1, 1]]
        assert flips[0].leaders == ((1,),)
        assert flips[0].stability(1) == Stability(1.0, 1.0, (), ())


def test_negative_normalised_cells():
    matrix, weights = np.array([[3.0, -3], [-3, 6], [1, -2]]), [0.7, 0.3]
    options = {"method": "weighted_sum", "normalization": "vector"}
    for flips in weight_flips(matrix, weights, [1, 1], **options):
        for t, leaders in zip((flips.edges[1:] + flips.edges[:-1]) / 2, flips.leaders, strict=True):
            now = rank(matrix, moved(np.array(weights), flips.criterion, t), [1, 1], **options)
            assert first(now) == leaders


def test_large_problems_come_in_blocks(monkeypatch):
    values = np.random.default_rng(7).uniform(0, 1, (12, 3))
    for method in METHODS:
        whole = weight_flips(values, [1, 2, 3], [1] * 3, method, bounds=[(0, 1)] * 3)
        monkeypatch.setattr(module, "SCORES_PER_BLOCK", 30)
        parts = weight_flips(values, [1, 2, 3], [1] * 3, method, bounds=[(0, 1)] * 3)
        assert [f.leaders for f in parts] == [f.leaders for f in whole]


def test_results_are_read_only():
    flips = weight_flips([[1, 2]], [1, 1], [1, 1])
    with pytest.raises(ValueError, match="read-only"):
        flips[0].edges[0] = 1


def test_other_methods_are_refused():
    with pytest.raises(InputError, match="allowed: weighted_sum, topsis_anchored"):
        weight_flips([[1, 2]], [1, 1], [1, 1], "topsis")
