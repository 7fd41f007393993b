"""One weight changed, the others in proportion."""

from __future__ import annotations

import pytest

from mcda.analysis import with_share, with_shares


def test_the_others_keep_their_proportions():
    changed = with_share({"a": 0.5, "b": 0.3, "c": 0.2}, "a", 0.75)
    assert changed == pytest.approx({"a": 0.75, "b": 0.15, "c": 0.1})


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_nothing_and_everything(share):
    changed = with_share({"a": 0.5, "b": 0.5}, "a", share)
    assert changed == pytest.approx({"a": share, "b": 1 - share})


def test_others_without_weight_share_the_rest_equally():
    changed = with_share({"a": 1.0, "b": 0.0, "c": 0.0}, "a", 0.4)
    assert changed == pytest.approx({"a": 0.4, "b": 0.3, "c": 0.3})


def test_a_lone_criterion_keeps_everything():
    assert with_share({"a": 1.0}, "a", 0.2) == {"a": 1.0}


@pytest.mark.parametrize("share", [-0.01, 1.01, float("nan")])
def test_a_share_outside_0_to_1_is_refused(share):
    with pytest.raises(ValueError, match="from 0 to 1"):
        with_share({"a": 0.5, "b": 0.5}, "a", share)


def test_an_unknown_criterion_is_refused():
    with pytest.raises(KeyError):
        with_share({"a": 1.0}, "b", 0.2)


# --- several shares at once


def test_several_shares_are_set_at_once_whatever_their_order():
    weights = {"a": 0.4, "b": 0.3, "c": 0.2, "d": 0.1}
    found = with_shares(weights, {"b": 0.1, "a": 0.6})
    assert found == pytest.approx({"a": 0.6, "b": 0.1, "c": 0.2, "d": 0.1})
    assert list(found) == ["a", "b", "c", "d"]


def test_several_others_without_weight_share_the_rest_equally():
    found = with_shares({"a": 0.5, "b": 0.5, "c": 0.0, "d": 0.0}, {"a": 0.3, "b": 0.3})
    assert found == pytest.approx({"a": 0.3, "b": 0.3, "c": 0.2, "d": 0.2})


def test_with_no_others_the_shares_are_scaled():
    weights = {"a": 0.5, "b": 0.5}
    assert with_shares(weights, {"a": 0.1, "b": 0.3}) == pytest.approx({"a": 0.25, "b": 0.75})
    assert with_shares(weights, {"a": 0.0, "b": 0.0}) == {"a": 0.5, "b": 0.5}


def test_no_share_asked_for_changes_nothing():
    weights = {"a": 0.7, "b": 0.2, "c": 0.1}
    assert with_shares(weights, {}) == pytest.approx(weights)


def test_shares_that_come_to_the_whole_leave_nothing():
    found = with_shares({"a": 0.2, "b": 0.3, "c": 0.5}, {"a": 0.7, "b": 0.3})
    assert found == {"a": 0.7, "b": 0.3, "c": 0.0}


def test_shares_past_the_whole_are_refused():
    with pytest.raises(ValueError, match="must be 1 at most"):
        with_shares({"a": 0.5, "b": 0.5}, {"a": 0.7, "b": 0.4})
