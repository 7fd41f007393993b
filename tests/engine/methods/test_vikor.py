"""The compromise set of VIKOR: both conditions kept and broken, and ties."""

import numpy as np
import pytest

from mcda.engine import InputError, rank
from mcda.engine.methods.vikor import vikor, vikor_batch


def proposed(matrix, weights, **options):
    found = rank(matrix, weights, [1] * len(weights), "vikor", **options).compromise
    members = found.members.nonzero()[0].tolist()
    return members, found.acceptable_advantage, found.acceptable_stability


def test_a_clear_lead():
    assert proposed([[10, 10], [5, 5], [0, 0]], [1, 1]) == ([0], True, True)


def test_no_advantage_gives_all_that_are_near():
    """Q is 0, 0.1, 0.3 and 1, and the second place is nearer than 1/3."""
    assert proposed([[10], [9], [7], [0]], [1]) == ([0, 1, 2], False, True)


def test_an_advantage_of_exactly_the_threshold_is_enough():
    assert proposed([[10], [5], [0]], [1]) == ([0], True, True)
    assert proposed([[0.3], [0.2], [0.1], [0]], [1]) == ([0], True, True)


def test_no_stability_gives_the_first_and_the_second():
    """By hand, equal weights: the first is neither best by S, as the second is, nor best by R, as
    the third is; these two share the second place."""
    matrix = [[45, 50, 100], [0, 100, 100], [50, 50, 50], [100, 0, 50], [50, 100, 0]]
    result = rank(matrix, [1, 1, 1], [1, 1, 1], "vikor")
    np.testing.assert_allclose(result.steps["S"] * 3, [1.05, 1, 1.5, 1.5, 1.5])
    np.testing.assert_allclose(result.steps["R"] * 3, [0.55, 1, 0.5, 1, 1])
    np.testing.assert_allclose(result.scores, [0.1, 0.5, 0.5, 1, 1])
    assert proposed(matrix, [1, 1, 1]) == ([0, 1, 2], True, False)


def test_being_best_by_one_of_the_two_measures_is_stable():
    """By hand: S is 6, 5, 7.5 and 4 ninths, R is 4, 3, 4 and 4: the second leads by R alone."""
    matrix = [[1, 5, 1], [4, 0, 0], [1, 2, 1], [1, 6, 4]]
    steps = rank(matrix, [4, 3, 2], [1, 1, 1], "vikor").steps
    np.testing.assert_allclose(steps["S"] * 9, [6, 5, 7.5, 4])
    np.testing.assert_allclose(steps["R"] * 9, [4, 3, 4, 4])
    assert proposed(matrix, [4, 3, 2]) == ([1], True, True)


def test_ties():
    assert proposed([[10], [10], [0]], [1]) == ([0, 1], False, True)
    assert proposed([[7], [7]], [1]) == ([0, 1], False, True)
    assert proposed([[7]], [1]) == ([0], True, True)


@pytest.mark.parametrize("v", [-0.1, 1.1, np.nan, np.inf, "half", True, None])
def test_v_is_a_share(v):
    with pytest.raises(InputError, match="is not a number from 0 to 1") as caught:
        rank([[1]], [1], [1], "vikor", v=v)
    assert caught.value.argument == "v"


def test_v_counts_the_total_against_the_largest_regret():
    matrix = [[5, 5], [10, 2], [0, 10], [10, 0]]
    by_total = rank(matrix, [1, 1], [1, 1], "vikor", v=1)
    np.testing.assert_allclose(by_total.scores, [1, 0, 1, 1])
    by_largest = rank(matrix, [1, 1], [1, 1], "vikor", v=0)
    np.testing.assert_allclose(by_largest.scores, [0, 0.6, 1, 1])


def test_the_default_counts_both_evenly():
    """Halfway between the scores by the total alone and those by the largest regret alone."""
    matrix, directions = np.array([[5.0, 5], [10, 2], [0, 10], [10, 0]]), np.array([1, 1])
    scores, _ = vikor(matrix, np.array([0.5, 0.5]), directions)
    np.testing.assert_allclose(scores, [0.5, 0.3, 1, 1])
    # By hand, 3 to 1: S is 0.5, 0.2, 0.75, 0.25 and R is 0.375, 0.2, 0.75, 0.25.
    batch = vikor_batch(matrix, np.array([[0.5, 0.5], [0.75, 0.25]]), directions)
    uneven = [0.475 / 1.1, 0, 1, 0.1 / 1.1]
    np.testing.assert_allclose(batch, [[0.5, 0.3, 1, 1], uneven], atol=1e-15)


def test_all_level_fall_short_of_nothing():
    assert rank([[7, 3], [7, 3]], [1, 1], [1, 1], "vikor").scores.tolist() == [0, 0]


def test_two_alternatives_need_the_whole_scale_between_them():
    """By hand: S is 0.6 and 0.4, R is 0.3 and 0.4, so Q is v and 1 - v; 1 / (m - 1) is 1."""
    assert proposed([[0, 0, 1], [1, 1, 0]], [3, 3, 4], v=0.8) == ([0, 1], False, True)


def test_no_stability_gives_no_third():
    """By hand, v = 0.6: Q is 0.1, 0.4, 0.6, 1 and 1, and the first leads by neither S nor R."""
    matrix = [[45, 50, 100], [0, 100, 100], [50, 50, 50], [100, 0, 50], [50, 100, 0]]
    np.testing.assert_allclose(
        rank(matrix, [1, 1, 1], [1, 1, 1], "vikor", v=0.6).scores, [0.1, 0.4, 0.6, 1, 1]
    )
    assert proposed(matrix, [1, 1, 1], v=0.6) == ([0, 1], True, False)


def test_scores_tie_within_a_billionth_of_the_scale_and_no_further():
    assert rank([[1], [1 - 1.5e-9], [0]], [1], [1], "vikor").ranks.tolist() == [1, 2, 3]
    assert rank([[1], [1 - 0.5e-9], [0]], [1], [1], "vikor").ranks.tolist() == [1, 1, 3]


def test_the_proposed_set_is_read_only():
    members = rank([[2], [1]], [1], [1], "vikor").compromise.members
    with pytest.raises(ValueError, match="read-only"):
        members[0] = False
