"""Rounding that keeps what is said true: past a crossing, and inside a stretch."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mcda.analysis.rounding import at_least, in_percent, inward, past, share_past

shares = st.floats(0.001, 0.999)
shared = settings(max_examples=300, deadline=None, derandomize=True)


@shared
@given(shares, shares)
def test_a_stated_share_is_past_the_level_and_before_the_limit(level, limit):
    stated, decimals = share_past(level, limit)
    if abs(level - limit) > 1e-6:
        assert min(level, limit) < stated < max(level, limit)
        assert in_percent(stated, decimals) == in_percent(stated, decimals + 3)


@shared
@given(st.floats(0.0001, 0.9899))
def test_whole_percent_are_enough_where_nothing_is_in_the_way(level):
    stated, decimals = share_past(level, 1)
    assert decimals == 0
    assert 0 < stated - level <= 0.0100001


@shared
@given(st.integers(1, 98))
def test_a_whole_percent_is_not_past_itself(level):
    assert share_past(level / 100, 1) == ((level + 1) / 100, 0)


@shared
@given(shares, shares, st.floats(0, 1))
def test_the_ends_of_a_stretch_lie_in_it(one, other, place):
    low, high = sorted((one, other))
    first, last, _ = inward(low, high, low + place * (high - low))
    assert low - 1e-12 <= first <= last <= high + 1e-12


@shared
@given(shares)
def test_what_has_to_move_is_never_said_to_be_less(share):
    assert float(at_least(share)[:-1]) >= 100 * share - 1e-6


def test_where_nothing_fine_enough_will_do_it_is_the_number_itself():
    assert past(0.5, 2, lambda share: False, upward=True)[0] == 0.5
