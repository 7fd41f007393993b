"""Crossing lines: totals as the ranking gives them, and exact crossings."""

from __future__ import annotations

import re

import pytest

from mcda.analysis import crossing_lines, ranking, used_weights, what_flips, with_share
from mcda.analysis.firmness.flips import base
from mcda.project import UnknownItemError
from mcda.project.templates import example

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
        "With X at 0%, A would come first; from 41% on B would come first; "
        "from 61% on C would come first. It counts 25% now."
    )
    assert found.to_frame().to_numpy().tolist() == [
        ["0%", "40%", "A"],
        ["40%", "60%", "B"],
        ["60%", "100%", "C"],
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


@pytest.mark.parametrize("method", ["weighted_sum", "topsis_anchored"])
@pytest.mark.parametrize("weighting", ["group", "p1", "p2", "p3"])
def test_who_is_said_to_be_first_from_a_share_on_is_first_there(weighting, method):
    run = example().run()
    weights = used_weights(run, weighting).weights
    names, said, rows = {p.name: p.id for p in run.evidence.programs}, 0, 0
    for criterion in run.active_criteria:
        found = crossing_lines(example(), criterion.id, weighting=weighting, method=method)
        stretches = re.findall(r"from ([\d.]+)% on (.+?) would come first", found.sentence)
        assert len(stretches) == len(found.crossings)
        for share, name in stretches:
            assert first_at(weights, criterion.id, float(share), method) == {names[name]}
            said += 1
        for row in found.to_frame().itertuples():
            for end in (row.From, row.To):
                then = first_at(weights, criterion.id, float(end[:-1]), method)
                assert names[row.First] in then
            rows += 1
    assert said
    assert rows > said


def first_at(weights, criterion, share, method):
    """Who is first with every score settled and one criterion at so many percent."""
    start = base(example().run(), with_share(weights, criterion, share / 100), method)
    return set(start.firsts(start.scores))


def test_a_crossing_close_to_the_next_is_told_as_finely_as_it_takes(build):
    # A 40 (1 - t), B 20 everywhere, C 20 + d from just after where A falls below B.
    rows = {"a": {"x": 0, "y": 40}, "b": {"x": 20, "y": 20}, "c": {"x": 20.4, "y": 19.6}}
    found = crossing_lines(build(rows), "x", weighting={"x": 1, "y": 3})
    edges = [c.share for c in found.crossings]
    stated = [float(s) / 100 for s in re.findall(r"from ([\d.]+)% on", found.sentence)]
    assert len(stated) == len(edges)
    assert all(0 < s - e <= 0.01 + 1e-9 for s, e in zip(stated, edges, strict=True))


def test_a_tie_at_none_is_said(build):
    rows = {"a": {"x": 50, "y": 50}, "b": {"x": 40, "y": 50}}
    found = crossing_lines(build(rows), "x")
    assert found.sentence == (
        "With X at 0%, A and B would share the first place; above that A would come first. "
        "It counts 50% now."
    )


def test_a_share_between_a_crossing_and_the_next_percent_is_past_it(build):
    # Level at 75/110, which is 68.18%; the share now is 68.5%.
    rows = {"a": {"x": 80, "y": 20}, "b": {"x": 45, "y": 95}}
    found = crossing_lines(build(rows), "x", weighting={"x": 68.5, "y": 31.5})
    assert found.sentence == (
        "With X at 0%, B would come first; from 68.2% on A would come first. It counts 68.5% now."
    )
