"""One weight changed, the others in proportion."""

from __future__ import annotations

import pytest

from mcda.analysis import with_share


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
