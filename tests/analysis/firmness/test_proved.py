"""What is proved of all weightings, held against closed forms."""

import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcda.analysis.firmness.proved import place_bounds, surely_before
from mcda.engine.robustness import WeightSpace

CRITERIA = 4
values = st.integers(0, 100).map(float)
cells = st.lists(
    st.lists(st.tuples(values, values), min_size=CRITERIA, max_size=CRITERIA),
    min_size=2,
    max_size=7,
)


def everyone_but_oneself(count):
    """Leave no pair out."""
    return 1.0 - np.eye(count) / 2


@given(cells)
def test_in_all_weightings_it_is_before_where_it_is_behind_on_nothing(pairs):
    low, high = np.sort(np.array(pairs), axis=2).transpose(2, 0, 1)
    found = surely_before(low, high, WeightSpace.whole(CRITERIA), everyone_but_oneself(len(low)))
    leads = low[:, np.newaxis] - high
    assert (found == (leads.min(axis=2) >= 0) & ~np.eye(len(low), dtype=bool)).all()


@given(cells)
def test_in_an_order_it_is_before_where_each_sum_of_its_first_leads_is(pairs):
    """The corners of an order are equal weights on the first one, two, … criteria.

    Paelinck, J. (1974). Qualitative multiple criteria analysis, environmental protection and
    multiregional development.
    """
    low, high = np.sort(np.array(pairs), axis=2).transpose(2, 0, 1)
    space = WeightSpace.order(np.arange(CRITERIA))
    found = surely_before(low, high, space, everyone_but_oneself(len(low)))
    sums = (low[:, np.newaxis] - high).cumsum(axis=2)
    assert (found == (sums.min(axis=2) >= 0) & ~np.eye(len(low), dtype=bool)).all()


def test_a_pair_that_the_sample_does_not_show_is_not_looked_at():
    rows = np.array([[60.0, 50.0], [50.0, 40.0]])
    assert not surely_before(rows, rows, WeightSpace.whole(2), np.full((2, 2), 0.999)).any()


def test_what_follows_from_two_pairs_takes_no_linear_program(monkeypatch):
    module = sys.modules[surely_before.__module__]
    asked, solved = [], module.minimum
    monkeypatch.setattr(module, "minimum", lambda *a: asked.append(a) or solved(*a))
    # Each leads the next by more than it trails, where the first criterion counts at least as much.
    rows = np.array([[90.0, 0.0], [60.0, 10.0], [30.0, 20.0], [0.0, 30.0]])
    before = np.triu(np.ones((4, 4)), 1)
    found = surely_before(rows, rows, WeightSpace.order([1, 2]), before)
    assert found.tolist() == before.astype(bool).tolist()
    assert len(asked) == 3


@pytest.mark.parametrize(
    ("before", "bounds"),
    [
        (np.zeros((3, 3), dtype=bool), [[1, 3]] * 3),
        (np.triu(np.ones((3, 3), dtype=bool), 1), [[1, 1], [2, 2], [3, 3]]),
    ],
)
def test_places_lie_between_those_surely_before_and_those_surely_after(before, bounds):
    assert place_bounds(before).tolist() == bounds
