import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mcda.engine import InputError, rank
from mcda.engine.robustness import cell_flips

shared = settings(max_examples=60, deadline=None, derandomize=True)
METHODS = ["weighted_sum", "topsis_anchored"]


@st.composite
def problems(draw):
    shape = draw(st.tuples(st.integers(1, 5), st.integers(1, 4)))
    matrix = draw(arrays(float, shape, elements=st.integers(-10, 10).map(float)))
    weights = draw(arrays(float, shape[1], elements=st.integers(0, 5).map(float)))
    weights[draw(st.integers(0, shape[1] - 1))] += 1
    directions = draw(arrays(int, shape[1], elements=st.sampled_from([1, -1])))
    return matrix, weights, directions


def rerun(problem, method, cell, value):
    matrix, weights, directions = problem
    changed = matrix.copy()
    changed[cell] = value
    bounds = [(-10, 10)] * len(weights)
    return rank(changed, weights, directions, method, bounds=bounds)


@pytest.mark.parametrize("method", METHODS)
@shared
@given(problem=problems())
def test_rerunning_just_short_of_and_just_beyond_each_flip(method, problem):
    matrix, weights, directions = problem
    found = cell_flips(*problem, method, bounds=[(-10, 10)] * len(weights))
    for cell in np.ndindex(*matrix.shape):
        better = directions[cell[1]] * (-1 if cell[0] == found.leader else 1)
        value, new = found.values[cell], found.new_leaders[cell]
        if np.isnan(value):
            assert new == -1
            at_end = rerun(problem, method, cell, 10.0 * better)
            assert at_end.ranks[found.leader] == 1
            continue
        level = rerun(problem, method, cell, value)
        assert level.scores[new] == pytest.approx(level.scores[found.leader], abs=1e-12)
        step = min(1e-5, abs(10 * better - value) / 2)
        beyond = rerun(problem, method, cell, value + better * step).scores
        assert beyond[new] == beyond.max()
        assert beyond[new] > beyond[found.leader]
        if (matrix[cell] - value) * better < -1e-4:
            short = rerun(problem, method, cell, value - better * 1e-5).scores
            assert short[found.leader] > short[new]
            assert short[found.leader] == pytest.approx(short.max(), abs=1e-12)


def test_by_hand():
    """A leads 62 to 54 with weights 0.6, 0.4. B's reach (40) has to gain 8 / 0.6 = 13.33, A's
    evidence (80) to lose 8 / 0.4 = 20; B's evidence (75) can gain 25 x 0.4 = 10 and needs 20."""
    found = cell_flips([[50, 80], [40, 75]], [0.6, 0.4], [1, 1], bounds=[(0, 100)] * 2)
    np.testing.assert_allclose(found.values, [[50 - 8 / 0.6, 60], [40 + 8 / 0.6, 95]])
    assert found.leader == 0
    assert (found.new_leaders == 1).all()


def test_no_value_in_the_range_gives_none():
    found = cell_flips([[90, 90], [10, 10]], [1, 1], [1, 1], bounds=[(0, 100)] * 2)
    assert np.isnan(found.values).all()
    assert (found.new_leaders == -1).all()


def test_reaching_the_leader_at_the_end_of_the_range_is_no_flip():
    found = cell_flips([[60, 100], [60, 0]], [1, 1], [1, 1], bounds=[(0, 100)] * 2)
    assert np.isnan(found.values[1, 1])


def test_a_weight_of_0_gives_none():
    for method in METHODS:
        found = cell_flips([[60, 1], [50, 1]], [1, 0], [1, 1], method, bounds=[(0, 100)] * 2)
        assert np.isnan(found.values[:, 1]).all()
        np.testing.assert_allclose(found.values[:, 0], [50, 60])


def test_level_leaders_flip_where_they_are():
    found = cell_flips([[5], [5], [1]], [1], ["min"], bounds=[(0, 10)])
    assert found.leader == 2
    found = cell_flips([[5], [5], [9]], [1], ["min"], bounds=[(0, 10)])
    np.testing.assert_allclose(found.values.ravel(), [5, 5, 5])
    assert found.new_leaders.tolist() == [[1], [1], [2]]


def test_a_perfect_leader_of_topsis():
    found = cell_flips([[100], [30]], [1], [1], "topsis_anchored", bounds=[(0, 100)])
    np.testing.assert_allclose(found.values, [[30], [np.nan]])


def test_one_alternative_cannot_be_passed():
    found = cell_flips([[3, 4]], [1, 1], [1, 1], bounds=[(0, 10)] * 2)
    assert np.isnan(found.values).all()


def test_results_are_read_only():
    found = cell_flips([[3]], [1], [1], bounds=[(0, 10)])
    with pytest.raises(ValueError, match="read-only"):
        found.values[0] = 1


def test_scores_that_depend_on_each_other_are_refused():
    with pytest.raises(InputError, match="allowed: weighted_sum, topsis_anchored"):
        cell_flips([[1, 2]], [1, 1], [1, 1], "topsis")
    with pytest.raises(InputError, match="give the low and high end") as caught:
        cell_flips([[1, 2]], [1, 1], [1, 1])
    assert caught.value.argument == "bounds"
