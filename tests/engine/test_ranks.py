import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda.engine import TIE_TOLERANCE, InputError, rank_intervals, rank_scores
from mcda.engine.ranks import rank_rows


def test_competition_ranking_skips_after_a_tie():
    assert rank_scores([0.4, 0.9, 0.4, 0.1]).tolist() == [2, 1, 2, 4]


def test_the_worst_is_never_first():
    """A ranking by ``argsort + 1`` would give [3, 1, 2] here, and put the middle one first."""
    assert rank_scores([0.2, 0.9, 0.5]).tolist() == [3, 1, 2]
    assert rank_scores([0.5, 0.9, 0.2]).tolist() == [2, 1, 3]
    assert rank_scores([0.5, 0.9, 0.2], higher_is_better=False).tolist() == [2, 3, 1]


def test_rounding_does_not_break_a_tie():
    assert rank_scores([0.3, 0.1 + 0.2, 0.2]).tolist() == [1, 1, 3]
    assert rank_scores([1e-12, 2e-12]).tolist() == [2, 1]
    assert rank_scores([1, 1 + 0.9e-9]).tolist() == [1, 1]
    assert rank_scores([1, 1 + 1.1e-9]).tolist() == [2, 1]


def test_a_chain_of_near_ties_is_cut_at_the_tolerance_from_its_best():
    step = 0.6 * TIE_TOLERANCE
    chain = [1 - k * step for k in range(5)]
    assert rank_scores(chain).tolist() == [1, 1, 3, 3, 5]
    assert rank_scores(chain[::-1]).tolist() == [5, 3, 3, 1, 1]
    rows = rank_scores([chain, [1, 0.5, 0.5, 0.2, 0.1]])
    assert rows.tolist() == [[1, 1, 3, 3, 5], [1, 2, 2, 4, 5]]
    assert rank_scores(chain, higher_is_better=False).tolist() == [5, 3, 3, 1, 1]


def test_all_equal_and_alone_and_all_zero():
    assert rank_scores([5, 5, 5]).tolist() == [1, 1, 1]
    assert rank_scores([5]).tolist() == [1]
    assert rank_scores([0, 0]).tolist() == [1, 1]
    assert rank_scores([[2], [3]]).tolist() == [[1], [1]]


def test_scores_at_the_ends_of_the_floats():
    assert rank_scores([-1.7e308, 1.7e308, 0]).tolist() == [3, 1, 2]


@pytest.mark.parametrize("scores", [[1, np.nan], [np.inf, 1], [], [[[1]]], ["a"], [[1], [1, 2]]])
def test_scores_that_are_not_finite_numbers_are_refused(scores):
    with pytest.raises(InputError):
        rank_scores(scores)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.lists(st.integers(-5, 5), min_size=1, max_size=8), st.booleans())
def test_ranks_are_one_more_than_the_number_that_is_better(scores, higher):
    sign = 1 if higher else -1
    expected = [1 + sum(sign * other > sign * own for other in scores) for own in scores]
    assert rank_scores(scores, higher).tolist() == expected
    assert rank_scores([scores, scores], higher).tolist() == [expected, expected]


@settings(max_examples=50, deadline=None, derandomize=True)
@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 3)), min_size=1, max_size=6),
    st.booleans(),
)
def test_rank_intervals_are_what_trying_every_end_gives(intervals, higher):
    low = [start for start, _ in intervals]
    high = [start + width for start, width in intervals]
    tried = [rank_scores(ends, higher) for ends in itertools.product(*zip(low, high, strict=True))]
    best, worst = rank_intervals(low, high, higher)
    assert best.tolist() == np.min(tried, axis=0).tolist()
    assert worst.tolist() == np.max(tried, axis=0).tolist()


def test_exact_scores_have_one_rank():
    scores = [0.3, 0.1 + 0.2, 0.9, 0.1, 0.9 - 0.6e-9]
    best, worst = rank_intervals(scores, scores)
    assert best.tolist() == worst.tolist() == rank_scores(scores).tolist()


def test_intervals_that_touch_can_tie():
    best, worst = rank_intervals([0.0, 0.3], [0.1 + 0.2, 0.6])
    assert best.tolist() == [1, 1]
    assert worst.tolist() == [2, 1]


def test_rank_intervals_of_thousands():
    low = np.arange(5000.0)
    best, worst = rank_intervals(low, low + 1.5)
    assert best[:3].tolist() == [4999, 4998, 4997]
    assert worst[-1] == 2


def test_an_interval_upside_down_is_refused():
    with pytest.raises(InputError, match="low end 3 is above the high end 2") as caught:
        rank_intervals([1, 3], [1, 2])
    assert caught.value.row == 1
    with pytest.raises(InputError, match="low end 3 is above"):
        rank_intervals([1, 3], [1, 2], higher_is_better=False)


def test_both_ends_of_each_score_are_needed():
    with pytest.raises(InputError, match="has 2 scores, but high has 1"):
        rank_intervals([1, 2], [3])


def test_differences_of_parts_tie_by_the_size_of_the_parts():
    """Ties reach a billionth of the scale where it is larger than the scores, and no further."""
    assert rank_scores([2e-10, -2e-10, 0]).tolist() == [1, 3, 2]
    assert rank_scores([2e-10, -2e-10, 0], scale=1.0).tolist() == [1, 1, 1]
    assert rank_scores([2e-9, 0], scale=1.0).tolist() == [1, 2]
    assert rank_scores([50 + 2e-9, 50], scale=1.0).tolist() == [1, 1]


def test_a_score_at_the_tolerance_still_ties():
    """The tolerance is a billionth of the scale, here 1: 1 is within it of 2, and 0 is not."""
    assert rank_scores([2, 1, 0], scale=1e9).tolist() == [1, 1, 3]
    assert rank_scores([1, 0], scale=1e9).tolist() == [1, 1]


def test_a_chain_below_a_leader_of_its_own():
    assert rank_scores([5, 2, 1.5, 0.5], scale=1e9).tolist() == [1, 2, 2, 4]
    assert rank_scores([9, 5, 2, 1.5, 0.5], scale=1e9).tolist() == [1, 2, 3, 3, 5]


def test_scores_that_are_no_differences_tie_by_their_own_size():
    assert rank_rows(np.array([[2e-10, -2e-10]]), True).tolist() == [[1, 2]]
    best, worst = rank_intervals([2e-10, -2e-10], [2e-10, -2e-10])
    assert best.tolist() == worst.tolist() == [1, 2]


def test_each_row_is_ranked_by_itself():
    rows = [[3, 1, 2], [1, 2, 3], [2, 3, 1], [1, 1, 1]]
    expected = [[1, 3, 2], [3, 2, 1], [2, 1, 3], [1, 1, 1]]
    assert rank_scores(rows).tolist() == expected
