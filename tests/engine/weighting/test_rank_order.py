import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda.engine import InputError
from mcda.engine.weighting import rank_order_weights, rank_reciprocal_weights, rank_sum_weights

FORMULAS = [rank_order_weights, rank_sum_weights, rank_reciprocal_weights]


def corner_mean(ranks):
    """The mean of the corners: all weight evenly on the items of the first k tiers."""
    tiers = sorted(set(ranks))
    corners = []
    for last in tiers:
        inside = [rank <= last for rank in ranks]
        corners.append([Fraction(member, sum(inside)) for member in inside])
    return [float(sum(column) / len(tiers)) for column in zip(*corners, strict=True)]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.integers(1, 6), min_size=1, max_size=9))
def test_the_mean_of_the_corners(ranks):
    weights = rank_order_weights(ranks)
    np.testing.assert_allclose(weights, corner_mean(ranks), rtol=1e-13)
    assert weights.sum() == pytest.approx(1, abs=1e-14)


def test_equal_items_share_exactly():
    weights = rank_order_weights([2, 1, 2, 2])
    assert len(set(weights[[0, 2, 3]].tolist())) == 1
    assert rank_order_weights([3, 3, 3]).tolist() == [1 / 3] * 3


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.permutations(range(1, 8)), st.lists(st.integers(1, 7), min_size=7, max_size=7))
def test_places_are_shared_by_those_that_tie(order, ranks):
    """Splitting a tie in any way and taking the mean of the tier gives the shared weight."""
    for formula in (rank_sum_weights, rank_reciprocal_weights):
        split = np.argsort(np.argsort(np.array(ranks) + np.array(order) / 100)) + 1
        apart, shared = formula(split), formula(ranks)
        for rank in set(ranks):
            tier = np.array(ranks) == rank
            np.testing.assert_allclose(shared[tier], apart[tier].mean(), rtol=1e-13)


@pytest.mark.parametrize("formula", FORMULAS)
@settings(max_examples=60, deadline=None, derandomize=True)
@given(ranks=st.lists(st.integers(1, 9), min_size=1, max_size=12), data=st.data())
def test_what_all_rank_order_weights_promise(formula, ranks, data):
    weights = formula(ranks)
    assert weights.sum() == pytest.approx(1, abs=1e-14)
    order = data.draw(st.permutations(range(len(ranks))))
    assert formula(np.array(ranks)[order]).tolist() == weights[order].tolist()
    for one, other in itertools.pairwise(ranks):
        first, second = weights[[ranks.index(one), ranks.index(other)]]
        assert (first > second) == (one < other)
        assert (first == second) == (one == other)


@pytest.mark.parametrize("formula", FORMULAS)
def test_only_the_order_counts(formula):
    assert formula([1, 2, 2, 4]).tolist() == formula([5, 7, 7, 9]).tolist()


def test_all_level_is_all_equal():
    assert rank_sum_weights([4, 4]).tolist() == [0.5, 0.5]
    assert rank_reciprocal_weights([1, 1, 1]).tolist() == pytest.approx([1 / 3] * 3, rel=1e-15)


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("ranks", [[1, 0], [1, -2], [1, 1.5], [1, np.nan], [1, True]])
def test_anything_but_ranks_is_refused(formula, ranks):
    with pytest.raises(InputError) as caught:
        formula(ranks)
    assert caught.value.column == 1
