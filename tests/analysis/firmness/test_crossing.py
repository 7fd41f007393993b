"""Crossing lines: totals as the ranking gives them, and exact crossings."""

from __future__ import annotations

import pytest

from mcda.analysis import crossing_lines, ranking, what_flips, with_share
from mcda.project import UnknownItemError

ROWS = {"a": {"x": 0, "y": 100}, "b": {"x": 60, "y": 60}, "c": {"x": 100, "y": 0}}


def test_lines_of_the_weighted_sum_are_straight_between_both_ends(build):
    found = crossing_lines(build(ROWS, {"x": 1, "y": 3}), "x")
    assert (found.criterion, found.name, found.now) == ("x", "X", 0.25)
    assert found.shares == (0, 1)
    assert {line.name: line.totals for line in found.lines} == {
        "A": (100, 0),
        "B": (60, 60),
        "C": (0, 100),
    }


def test_crossings_are_exact_with_the_score_there(build):
    found = crossing_lines(build(ROWS, {"x": 1, "y": 3}), "X")
    assert [(c.before, c.after) for c in found.crossings] == [(("a",), ("b",)), (("b",), ("c",))]
    assert [c.share for c in found.crossings] == pytest.approx([0.4, 0.6], abs=1e-12)
    assert [c.total for c in found.crossings] == pytest.approx([60, 60])
    assert found.leaders == (("a",), ("b",), ("c",))
    assert found.sentence == (
        "With X at 0%, A would come first; from 40% on B would come first; "
        "from 60% on C would come first. It counts 25% now."
    )
    assert found.to_frame().to_numpy().tolist() == [
        ["0.0%", "40.0%", "A"],
        ["40.0%", "60.0%", "B"],
        ["60.0%", "100.0%", "C"],
    ]


@pytest.mark.parametrize("method", ["weighted_sum", "topsis_anchored"])
def test_totals_are_those_of_the_ranking(build, method):
    project, weights = build(ROWS), {"x": 0.25, "y": 0.75}
    found = crossing_lines(project, "x", weighting=weights, method=method)
    for place in (0, len(found.shares) // 2, -1):
        moved = with_share(weights, "x", found.shares[place])
        ranked = ranking(project, weighting=moved, method=method)
        for line in found.lines:
            assert line.totals[place] == pytest.approx(ranked.result(line.program).score)


def test_topsis_is_a_curve_with_its_crossings_on_it(build):
    found = crossing_lines(build(ROWS), "x", method="topsis_anchored")
    assert len(found.shares) == 101 + len(
        {c.share for c in found.crossings} - {n / 100 for n in range(101)}
    )
    assert {c.share for c in found.crossings} <= set(found.shares)
    assert max(t for line in found.lines for t in line.totals) <= 1


def test_crossings_are_the_weight_flips(build):
    project = build(ROWS, {"x": 1, "y": 1})
    flip = what_flips(project).weights[0]
    crossings = crossing_lines(project, "x").crossings
    assert [c.share for c in crossings] == pytest.approx([flip.low, flip.high])


def test_no_crossing_is_said(build):
    rows = {"a": {"x": 60, "y": 50}, "b": {"x": 50, "y": 40}}
    found = crossing_lines(build(rows), "x")
    assert found.crossings == ()
    assert found.sentence == "A would come first, however much X counts."


def test_a_criterion_that_is_set_aside_has_no_lines(build):
    with pytest.raises(UnknownItemError):
        crossing_lines(build(ROWS, criteria_out=("y",)), "y")
