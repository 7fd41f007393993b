from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda.engine import InputError, rank_order_weights


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


def test_only_the_order_counts():
    assert rank_order_weights([1, 2, 2, 4]).tolist() == rank_order_weights([5, 7, 7, 9]).tolist()


@pytest.mark.parametrize("ranks", [[1, 0], [1, -2], [1, 1.5], [1, np.nan], [1, True]])
def test_anything_but_ranks_is_refused(ranks):
    with pytest.raises(InputError) as caught:
        rank_order_weights(ranks)
    assert caught.value.column == 1
