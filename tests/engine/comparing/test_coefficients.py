"""Rank correlation: by hand, against SciPy, and what each coefficient promises."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from mcda.engine import InputError
from mcda.engine.comparing import (
    kendall_tau,
    kendall_w,
    rank_similarity,
    spearman_rho,
    weighted_spearman,
)

PAIRWISE = [kendall_tau, spearman_rho, weighted_spearman, rank_similarity]
SYMMETRIC = [kendall_tau, spearman_rho, weighted_spearman]
every_one = pytest.mark.parametrize("coefficient", PAIRWISE)


@st.composite
def pairs(draw):
    size = draw(st.integers(2, 8))
    ranks = st.lists(st.integers(1, size), min_size=size, max_size=size)
    first, second = draw(ranks), draw(ranks)
    assume(len(set(first)) > 1 and len(set(second)) > 1)
    return first, second


@st.composite
def panels(draw):
    size = draw(st.integers(2, 6))
    ranks = st.lists(st.integers(1, size), min_size=size, max_size=size)
    rankings = draw(st.lists(ranks, min_size=1, max_size=5))
    assume(any(len(set(ranking)) > 1 for ranking in rankings))
    return rankings


@settings(max_examples=100, deadline=None, derandomize=True)
@given(pairs())
def test_tau_and_rho_are_those_of_scipy(ranks):
    assert kendall_tau(*ranks) == pytest.approx(stats.kendalltau(*ranks).statistic, abs=1e-12)
    assert spearman_rho(*ranks) == pytest.approx(stats.spearmanr(*ranks).statistic, abs=1e-12)


@pytest.mark.parametrize("coefficient", SYMMETRIC)
@settings(max_examples=100, deadline=None, derandomize=True)
@given(ranks=pairs())
def test_symmetric_and_from_minus_one_to_one(coefficient, ranks):
    first, second = ranks
    value = coefficient(first, second)
    assert -1 - 1e-12 <= value <= 1 + 1e-12
    assert coefficient(second, first) == pytest.approx(value, abs=1e-12)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(pairs())
def test_ws_is_above_0_and_at_most_1(ranks):
    assert 0 < rank_similarity(*ranks) <= 1


@every_one
@settings(max_examples=60, deadline=None, derandomize=True)
@given(ranks=pairs(), data=st.data())
def test_the_order_of_the_alternatives_and_the_numbering_play_no_part(coefficient, ranks, data):
    first, second = map(np.array, ranks)
    order = data.draw(st.permutations(range(first.size)))
    expected = pytest.approx(coefficient(first, second), abs=1e-12)
    assert coefficient(first[order], second[order]) == expected
    assert coefficient(first * 10 - 300, second**3) == expected


@every_one
@pytest.mark.parametrize("ranks", [[1, 2], [2, 1, 3], [1, 2, 2, 4], [1, 1, 2, 2, 3]])
def test_a_ranking_agrees_with_itself(coefficient, ranks):
    assert coefficient(ranks, ranks) == pytest.approx(1, abs=1e-15)


@pytest.mark.parametrize("coefficient", SYMMETRIC)
@pytest.mark.parametrize("size", [2, 3, 10])
def test_a_reversed_ranking_disagrees_fully(coefficient, size):
    ranks = np.arange(1, size + 1)
    assert coefficient(ranks, ranks[::-1]) == pytest.approx(-1, abs=1e-14)


def test_weighted_spearman_minds_the_top_more():
    order = [1, 2, 3, 4, 5]
    swapped_first, swapped_last = [2, 1, 3, 4, 5], [1, 2, 3, 5, 4]
    assert weighted_spearman(order, swapped_first) < weighted_spearman(order, swapped_last)
    assert rank_similarity(order, swapped_first) < rank_similarity(order, swapped_last)
    assert spearman_rho(order, swapped_first) == spearman_rho(order, swapped_last)


def test_ws_by_hand_and_not_symmetric():
    """1/2 x 1/2 + 1/4 x 1/1 + 1/8 x 2/2 apart; the other way round 1/4 + 1/8 x 1/2 + 1/2."""
    assert rank_similarity([1, 2, 3], [2, 3, 1]) == pytest.approx(1 - (1 / 4 + 1 / 4 + 1 / 8))
    assert rank_similarity([2, 3, 1], [1, 2, 3]) == pytest.approx(1 - (1 / 4 + 1 / 16 + 1 / 2))


def test_tau_b_with_ties_by_hand():
    """Of 6 pairs one is tied in the second ranking, 3 agree, 2 do not: 1 / sqrt(6 x 5)."""
    assert kendall_tau([1, 2, 3, 4], [1, 2, 2, 1.5]) == pytest.approx((3 - 2) / math.sqrt(6 * 5))


@every_one
@pytest.mark.parametrize(
    ("first", "second", "argument", "words"),
    [
        ([1, 1, 1], [1, 2, 3], "first", "all alternatives tie"),
        ([1, 2, 3], [2, 2, 2], "second", "all alternatives tie"),
        ([1], [1], "first", "all alternatives tie"),
        ([1, 2], [1, 2, 3], "second", "ranks 3 alternatives"),
        ([1, math.nan], [1, 2], "first", "nan"),
        ([1, 2], [1, None], "second", "None is not a number"),
        ([[1, 2]], [1, 2], "first", "1 dimension"),
    ],
)
def test_rankings_that_cannot_be_compared(coefficient, first, second, argument, words):
    with pytest.raises(InputError, match=words) as caught:
        coefficient(first, second)
    assert caught.value.argument == argument


@settings(max_examples=100, deadline=None, derandomize=True)
@given(panels())
def test_w_is_the_formula_with_its_tie_correction(rankings):
    ranks = np.array([stats.rankdata(ranking) for ranking in rankings])
    count, size = ranks.shape
    sums = ranks.sum(axis=0)
    ties = sum((t**3 - t) for row in ranks for t in np.unique(row, return_counts=True)[1])
    expected = 12 * ((sums - sums.mean()) ** 2).sum() / (count**2 * (size**3 - size) - count * ties)
    assert kendall_w(rankings) == pytest.approx(expected, abs=1e-12)
    assert 0 <= kendall_w(rankings) <= 1


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.permutations(range(5)), min_size=2, max_size=6))
def test_w_follows_from_the_mean_rho(rankings):
    """Without ties the mean rho of all pairs is (m W - 1) / (m - 1) (Kendall 1970)."""
    count = len(rankings)
    rho = [spearman_rho(a, b) for i, a in enumerate(rankings) for b in rankings[:i]]
    assert np.mean(rho) == pytest.approx((count * kendall_w(rankings) - 1) / (count - 1))


def test_w_of_the_same_and_of_opposite_rankings():
    assert kendall_w([[1, 2, 2, 4]] * 3) == 1
    assert kendall_w([[1, 2, 3], [3, 2, 1]]) == 0
    assert kendall_w([[1, 2, 3]]) == 1
    assert kendall_w([[1, 2], [1, 1]]) == pytest.approx(1 / 2)


@pytest.mark.parametrize(
    ("rankings", "words"),
    [
        ([[1, 1], [2, 2]], "in every ranking all alternatives tie"),
        ([[1], [1]], "2 or more alternatives"),
        ([1, 2], "2 dimensions"),
        ([[1, math.inf]], "inf"),
    ],
)
def test_rankings_that_have_no_concordance(rankings, words):
    with pytest.raises(InputError, match=words):
        kendall_w(rankings)
