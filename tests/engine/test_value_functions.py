import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda.engine import (
    InputError,
    level_value,
    linear_score,
    linear_value,
    piecewise_score,
    piecewise_value,
)


def test_linear_both_ways_round():
    assert linear_value([10, 25, 40], worst=10, best=40).tolist() == [0, 50, 100]
    assert linear_value([10, 25, 40], worst=40, best=10).tolist() == [100, 50, 0]


def test_one_number_and_a_table():
    assert float(linear_value(25, worst=0, best=100)) == 25
    assert linear_value([[0, 50], [100, 25]], 0, 100).tolist() == [[0, 50], [100, 25]]
    assert level_value(1, [0, 60, 100]) == 60


def test_a_score_outside_the_range_is_refused_or_clipped():
    with pytest.raises(InputError, match="41 is outside the range 10 to 40") as caught:
        linear_value([20, 41], worst=40, best=10)
    assert caught.value.row == 1
    with pytest.raises(InputError) as caught:
        linear_value([[20, 30], [40, 9]], worst=40, best=10)
    assert (caught.value.row, caught.value.column) == (1, 1)
    assert linear_value([9, 41], 40, 10, outside="clip").tolist() == [100, 0]
    with pytest.raises(InputError, match="allowed: error, clip"):
        linear_value([20], 40, 10, outside="ignore")


def test_rounding_beyond_an_end_is_no_fault():
    assert linear_value([0.1 + 0.2], worst=0, best=0.3).tolist() == [100]


@pytest.mark.parametrize("scores", [[np.nan], [True], ["3"], [[1, 2], [3]], [[[1]]], []])
def test_scores_that_are_not_numbers_are_refused(scores):
    with pytest.raises(InputError):
        linear_value(scores, 0, 100)


def test_equal_ends_are_no_range():
    for call in (linear_value, linear_score):
        with pytest.raises(InputError, match="worst and best are both 5"):
            call([5], worst=5, best=5)


def test_piecewise_falling_and_with_a_plateau():
    assert piecewise_value([0, 15, 25, 40], [0, 10, 20, 40], [100, 50, 50, 0]).tolist() == [
        100,
        50,
        37.5,
        0,
    ]
    assert piecewise_value([40, 30], [40, 20, 0], [0, 60, 100]).tolist() == [0, 30]


@pytest.mark.parametrize(
    ("points", "values", "words"),
    [
        ([0, 10, 20], [0, 110, 100], "turn back"),
        ([0, 10, 20, 30], [0, 60, 40, 100], "40 and 60 turn back"),
        ([0, 10, 20], [100, -5, 0], "turn back"),
        ([0, 10, 10], [0, 50, 100], "10 follows 10"),
        ([0, 20, 10, 30], [0, 20, 50, 100], "10 follows 20"),
        ([0, 10], [0, 90], "one end must be 0"),
        ([0, 10], [10, 100], "one end must be 0"),
        ([0, 10, 20], [0, 100], "3 points, but 2 values"),
        ([5], [0], "one end must be 0"),
    ],
)
def test_points_that_are_not_monotone_are_refused(points, values, words):
    with pytest.raises(InputError, match=words):
        piecewise_value([5], points, values)


def test_scores_from_values():
    assert linear_score([0, 25, 100], worst=10, best=50).tolist() == [10, 20, 50]
    assert piecewise_score([0, 75, 100], [0, 10, 40], [100, 50, 0]).tolist() == [40, 5, 0]
    with pytest.raises(InputError, match="101 is outside the range 0 to 100"):
        linear_score(101, 0, 1)
    with pytest.raises(InputError, match="two points have the same value"):
        piecewise_score([50], [0, 10, 20, 40], [0, 50, 50, 100])


def test_levels():
    assert level_value([0, 2, 1], [0, 30, 100]).tolist() == [0, 100, 30]
    assert level_value([0, 2, 1], [100, 30, 0]).tolist() == [100, 0, 30]
    for level in (3, -1, 0.5):
        with pytest.raises(InputError, match="the levels are 0 to 2") as caught:
            level_value([0, level], [0, 30, 100])
        assert caught.value.row == 1
    with pytest.raises(InputError, match="turn back"):
        level_value([0], [0, 60, 40, 100])


@pytest.mark.parametrize("scale", [1e-300, 1.0, 1.7e308])
def test_ranges_of_any_magnitude(scale):
    values = linear_value(np.array([-1, -0.5, 0, 1]) * scale, worst=-scale, best=scale)
    assert values == pytest.approx([0, 25, 50, 100])


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    st.lists(st.integers(-1000, 1000), min_size=2, max_size=6, unique=True),
    st.lists(st.floats(0, 100), min_size=4, max_size=4),
    st.booleans(),
    st.lists(st.floats(-1000, 1000), min_size=2, max_size=9),
)
def test_better_scores_never_have_lower_values(points, inner, falling, scores):
    knots = sorted(points)
    heights = [0, *sorted(inner)[: len(knots) - 2], 100]
    values = heights[::-1] if falling else heights
    ordered = sorted(scores, reverse=falling)
    steps = np.diff(piecewise_value(ordered, knots, values, outside="clip"))
    assert (steps >= -1e-12).all()


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.lists(st.floats(0, 100), min_size=1, max_size=5))
def test_score_and_value_undo_each_other(values):
    points, heights = [3, 7, 20, 21], [100, 90, 20, 0]
    scores = piecewise_score(values, points, heights)
    assert piecewise_value(scores, points, heights) == pytest.approx(values, abs=1e-10)
