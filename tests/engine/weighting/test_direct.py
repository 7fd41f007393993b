import numpy as np
import pytest

from mcda.engine import InputError, equal_weights, points_weights, swing_weights
from mcda.engine.weighting import smart_weights


def test_equal_weights():
    assert equal_weights(1).tolist() == [1]
    assert equal_weights(np.int64(5)).tolist() == [0.2] * 5


@pytest.mark.parametrize("count", [0, -1, 2.0, True, "3", None])
def test_equal_weights_of_no_number(count):
    with pytest.raises(InputError, match="whole number of 1 or more"):
        equal_weights(count)


def test_points_may_add_up_to_anything():
    assert points_weights([5, 3, 2]).tolist() == points_weights([50, 30, 20]).tolist()
    assert points_weights([0, 7]).tolist() == [0, 1]
    assert points_weights([1e308, 1e308]).tolist() == [0.5, 0.5]


@pytest.mark.parametrize(
    ("points", "column", "words"),
    [
        ([1, -1], 1, "negative"),
        ([0, 0], None, "at least one"),
        ([1, np.nan], 1, "nan"),
        ([[1]], None, "1 dimension"),
    ],
)
def test_points_that_cannot_be_used(points, column, words):
    with pytest.raises(InputError, match=words) as caught:
        points_weights(points)
    assert caught.value.column == column


def test_swing_ratings_are_shares_of_their_sum():
    assert swing_weights([100, 100, 0]).tolist() == [0.5, 0.5, 0]
    assert swing_weights([100]).tolist() == [1]


@pytest.mark.parametrize(
    ("ratings", "column", "words"),
    [
        ([90, 60], 0, "the highest is 90"),
        ([100, 101], 1, "101 is outside 0 to 100"),
        ([100, -1], 1, "-1 is outside"),
        ([0, 0], 0, "the highest is 0"),
        ([100, np.inf], 1, "inf"),
    ],
)
def test_swing_ratings_that_cannot_be_used(ratings, column, words):
    with pytest.raises(InputError, match=words) as caught:
        swing_weights(ratings)
    assert caught.value.column == column


def test_smart_ratings_are_shares_of_their_sum():
    assert smart_weights([10, 20, 50, 20]).tolist() == [0.1, 0.2, 0.5, 0.2]
    assert smart_weights([10]).tolist() == [1]


@pytest.mark.parametrize(
    ("ratings", "column", "words"),
    [
        ([20, 9], 1, "9 is below 10"),
        ([10, -20], 1, "-20 is below 10"),
        ([30, 20], 1, "the lowest is 20"),
        ([10, np.inf], 1, "inf"),
    ],
)
def test_smart_ratings_that_cannot_be_used(ratings, column, words):
    with pytest.raises(InputError, match=words) as caught:
        smart_weights(ratings)
    assert caught.value.column == column
