"""Bars on screen: an axis with a number at or past the longest bar."""

from __future__ import annotations

import numpy as np

from mcda.analysis import contributions, difference, ranking
from mcda.charts.bars import bar_groups, difference_bars, ranking_bars
from mcda.charts.static import PAPER
from mcda.project.templates import example


def test_the_axis_of_points_ends_at_the_next_number():
    parts = contributions(example())
    groups = bar_groups(parts, {})
    axis = ranking_bars(ranking(example()), parts, groups, PAPER).figure["layout"]["xaxis"]
    longest = float(parts.high.sum(axis=1).max())
    assert 60 < longest < 80
    assert (axis["range"], axis["dtick"]) == ([0, 80], 20)


def test_the_last_number_of_the_axis_has_room():
    # A number whose end is cut off is not shown: "100" is 27 pixels wide, and "80" 19.
    parts = contributions(example())
    found = ranking_bars(ranking(example()), parts, bar_groups(parts, {}), PAPER)
    assert found.figure["layout"]["margin"]["r"] > 19 / 2


def test_a_difference_goes_as_far_to_either_side():
    found = difference(example(), *[p.id for p in ranking(example()).ranked][:2])
    axis = difference_bars(found, PAPER).figure["layout"]["xaxis"]
    low, high = axis["range"]
    assert low == -high
    assert high > np.abs([(p.low, p.high) for p in found.parts]).max()
    assert axis["title"]["text"] == "points"
