"""How shares read, and which band they fall in: on the safe side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcda.analysis import BANDS, FirstShare, Share
from mcda.analysis.firmness.shares import band_of, is_borderline, is_near_edge
from mcda.engine.robustness import wilson_interval


def share(value, proof="", size=10_000):
    low, high = wilson_interval([value], size)
    return Share(value, float(low[0]), float(high[0]), proof)


def first(low, high=None, worst="", best=""):
    at_worst = share(low, worst)
    at_best = at_worst if high is None else share(high, best)
    return FirstShare(at_best, at_worst, at_best)


@pytest.mark.parametrize(
    ("value", "text", "up"),
    [
        (0.0, "fewer than 1", "fewer than 1"),
        (0.004, "fewer than 1", "fewer than 1"),
        (0.01, "1", "1"),
        (0.29, "29", "29"),
        (0.839, "83", "84"),
        (0.99, "99", "99"),
        (0.992, "more than 99", "more than 99"),
        (1.0, "more than 99", "more than 99"),
    ],
)
def test_a_sampled_share_is_rounded_down_or_up_but_never_to_0_or_100(value, text, up):
    assert (share(value).text, share(value).text_up) == (text, up)


@given(st.floats(0, 1))
def test_0_and_100_are_never_printed_unless_proved(value):
    assert not {share(value).text, share(value).text_up} & {"0", "100"}
    assert not {"0", "100"} & set(FirstShare(share(0.5), share(value), share(1.0)).text.split())


def test_what_is_proved_is_printed_as_such():
    assert share(1.0, "always").text == "100"
    assert share(0.0, "never").text == "0"


@pytest.mark.parametrize(
    ("found", "text", "phrase"),
    [
        (first(0.712), "71", "in 71 of 100"),
        (first(0.712, 0.894), "71 to 90", "in 71 to 90 of 100"),
        (first(0.0, 0.4), "up to 40", "in up to 40 of 100"),
        (first(0.0, 0.4, worst="never"), "up to 40", "in up to 40 of 100"),
        (first(0.0, 0.001), "fewer than 1", "in fewer than 1 of 100"),
        (first(0.0, 0.0, worst="never", best="never"), "0", "in none"),
        (first(0.95, 1.0), "95 or more", "in 95 or more of 100"),
        (first(0.995, 1.0), "more than 99", "in more than 99 of 100"),
        (first(0.0, 1.0), "any number", "in fewer than 1 of 100 to more than 99 of 100"),
        (first(0.0, 1.0, best="always"), "up to 100", "in fewer than 1 of 100 to all"),
        (first(0.05, 1.0, best="always"), "5 to 100", "in 5 to 100 of 100"),
        (first(1.0, worst="always"), "100", "in all"),
        (first(1.0, 1.0, worst="always", best="always"), "100", "in all"),
        (first(0.7101, 0.71), "71", "in 71 of 100"),
    ],
)
def test_a_range_is_rounded_outward(found, text, phrase):
    assert (found.text, found.phrase) == (text, phrase)


def test_only_a_range_that_reads_as_one_is_one():
    assert first(0.71, 0.9).is_range
    assert not first(0.71).is_range
    assert not first(0.995, 1.0).is_range


@pytest.mark.parametrize(
    ("value", "band"),
    [
        (0.95, "firm"),
        (0.911, "firm"),
        (0.85, "usually"),
        (0.716, "usually"),
        (0.65, "leaning"),
        (0.52, "leaning"),
        (0.49, "none"),
        (0.0, "none"),
    ],
)
def test_bands(value, band):
    assert band_of(share(value), 10_000).id == band


# The low end of the 95 % interval of 0.5104 is past a half, that of the 99.9 % interval is not.
@pytest.mark.parametrize(
    ("value", "band"), [(0.902, "usually"), (0.7, "leaning"), (0.5, "none"), (0.5104, "none")]
)
def test_a_share_that_sampling_cannot_tell_from_the_edge_takes_the_lower_band(value, band):
    assert band_of(share(value), 10_000).id == band
    assert is_borderline(share(value), 10_000)
    assert is_near_edge(share(value))
    assert not is_borderline(share(value + 0.05), 10_000)
    assert not is_near_edge(share(value + 0.05))


def test_what_is_proved_is_firm():
    # The Wilson interval of 10 draws that are all first reaches down to 0.72.
    sure = share(1.0, "always", size=10)
    assert sure.low < 0.8
    assert band_of(sure, 10).id == "firm"
    assert band_of(share(0.0, "never"), 10).id == "none"
    assert not is_borderline(sure, 10)
    assert not is_near_edge(share(0.9, "always"))


def test_bands_go_down_to_nothing():
    assert [band.least for band in BANDS] == [0.9, 0.7, 0.5, 0.0]
