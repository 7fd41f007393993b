"""The decision table: what is recorded, as values from 0 (worst) to 100 (best)."""

from __future__ import annotations

import numpy as np
import pytest

from mcda.analysis import NO_SCORES, decision_table
from mcda.project import (
    Criterion,
    FindingsError,
    Level,
    LevelScale,
    MustHave,
    NumberScale,
    OrderJudgement,
    PointShare,
    PointsJudgement,
    SwingJudgement,
    SwingRating,
    Threshold,
    ValuePoint,
    Verdict,
    Weighting,
)


def cell(table, program, criterion):
    """Return (low, likely, high) of one cell."""
    i = [p.id for p in table.programs].index(program)
    j = [c.id for c in table.criteria].index(criterion)
    return table.low[i, j], table.likely[i, j], table.high[i, j]


@pytest.mark.parametrize(("score", "value"), [(40, 0), (10, 100), (25, 50), (16, 80)])
def test_where_less_is_better_the_lowest_score_is_worth_100(build, score, value):
    table = decision_table(build({"a": {"cost": score}}, ends={"cost": (40, 10)}).run())
    assert cell(table, "a", "cost") == pytest.approx((value, value, value))


def test_the_better_end_of_a_range_is_its_high_value_whatever_the_direction(build):
    table = decision_table(build({"a": {"cost": (16, 22, 34)}}, ends={"cost": (40, 10)}).run())
    assert cell(table, "a", "cost") == pytest.approx((20, 60, 80))


def test_values_follow_a_piecewise_linear_curve(build):
    scale = NumberScale(worst=0.0, best=50.0, points=(ValuePoint(score=10.0, value=60.0),))
    project = build({"a": {"x": 5}, "b": {"x": (10, 30)}})
    table = decision_table(project.with_criterion(Criterion(id="x", name="X", scale=scale)).run())
    assert cell(table, "a", "x") == pytest.approx((30, 30, 30))
    assert cell(table, "b", "x")[::2] == pytest.approx((60, 80))


@pytest.mark.parametrize(
    ("values", "worth"), [(None, [0, 50, 100]), ((0.0, 80.0, 100.0), [0, 80, 100])]
)
def test_levels_are_worth_even_steps_or_what_the_group_says(build, values, worth):
    levels = tuple(Level(level=n, anchor="") for n in (3, 2, 1))
    scale = LevelScale(levels=levels, values=values)
    project = build({"a": {"x": 3}, "b": {"x": 2}, "c": {"x": 1}})
    table = decision_table(project.with_criterion(Criterion(id="x", name="X", scale=scale)).run())
    assert table.low[:, 0].tolist() == worth


def test_a_program_of_which_nothing_is_recorded_is_left_out_and_named(build):
    table = decision_table(build({"b": {"x": 7}, "a": {}, "c": {"x": None}}).run())
    assert [p.id for p in table.programs] == ["b", "c"]
    assert [(e.program.id, e.reason) for e in table.excluded] == [("a", NO_SCORES)]


def test_where_nothing_is_recorded_of_any_program_none_is_left_out(build):
    run = build({"b": {"x": 7}, "a": {"x": 8}}).run()
    evidence = run.evidence.model_copy(update={"scores": ()})
    table = decision_table(run.model_copy(update={"evidence": evidence}))
    assert len(table.programs) == 2
    assert not table.excluded


@pytest.mark.parametrize("row", [{"x": None}, {}], ids=["recorded as unknown", "not recorded"])
def test_an_unknown_score_reaches_over_the_whole_range(build, row):
    table = decision_table(
        build({"b": {"x": 7, "y": 1}, "a": {"y": 1, **row}}, ends={"x": (9, 3)}).run()
    )
    low, likely, high = cell(table, "a", "x")
    assert (low, high) == (0, 100)
    assert np.isnan(likely)


def test_a_range_without_a_likely_number_has_none(build):
    table = decision_table(build({"a": {"x": (10, 20)}}).run())
    assert np.isnan(cell(table, "a", "x")[1])


def test_only_a_program_with_every_cell_exact_is_exact(build):
    rows = {"a": {"x": 1, "y": 2}, "b": {"x": 1, "y": (2, 3)}, "c": {"x": None, "y": 2}}
    assert decision_table(build(rows).run()).exact.tolist() == [True, False, False]


def test_a_range_that_is_worth_the_same_throughout_is_exact(build):
    flat = (ValuePoint(score=10.0, value=60.0), ValuePoint(score=20.0, value=60.0))
    scale = NumberScale(worst=0.0, best=50.0, points=flat)
    project = build({"a": {"x": (12, 18)}}).with_criterion(Criterion(id="x", name="X", scale=scale))
    assert cell(decision_table(project.run()), "a", "x") == pytest.approx((60, 60, 60))


# --- who is in


def fails(name: str, reason: str = "", program: str = "b") -> MustHave:
    verdict = Verdict(program=program, verdict="fail", reason=reason)
    return MustHave(id=name.lower(), name=name, verdicts=(verdict,))


def left_out(project):
    return {e.program.id: e.reason for e in decision_table(project.run()).excluded}


ROWS = {"a": {"x": 1}, "b": {"x": 2}, "c": {"x": 3}}


@pytest.mark.parametrize(
    ("must_haves", "reason"),
    [
        pytest.param(
            (fails("Affordable", "It costs too much."),),
            "Fails a must-have. Affordable: It costs too much.",
            id="with a reason",
        ),
        pytest.param((fails("Affordable"),), "Fails a must-have. Affordable.", id="without"),
        pytest.param(
            (fails("Affordable", "Too dear"), fails("Safe", "Not vetted.")),
            "Fails a must-have. Affordable: Too dear. Safe: Not vetted.",
            id="two at once",
        ),
    ],
)
def test_a_program_that_fails_a_must_have_leaves_the_table_with_its_reason(
    build, must_haves, reason
):
    project = build(ROWS, must_haves=must_haves)
    assert [p.id for p in decision_table(project.run()).programs] == ["a", "c"]
    assert left_out(project) == {"b": reason}


def test_a_must_have_may_be_read_off_a_score(build):
    limit = MustHave(id="m", name="Cheap", threshold=Threshold(criterion="x", limit=2.0))
    project = build(ROWS, ends={"x": (9, 0)}, must_haves=(limit,))
    assert left_out(project) == {"c": "Fails a must-have. Cheap: X is 3; it must be at most 2."}


def test_a_must_have_that_is_not_settled_keeps_the_program_in(build):
    open_question = MustHave(id="m", name="Legal")
    table = decision_table(build(ROWS, must_haves=(open_question,)).run())
    assert [p.id for p in table.programs] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("given", "shown"), [("No provider left.", "Set aside: No provider left."), ("", "Set aside.")]
)
def test_a_program_set_aside_leaves_the_table_with_its_reason(build, given, shown):
    project = build(ROWS, out={"b": given})
    assert [p.id for p in decision_table(project.run()).programs] == ["a", "c"]
    assert left_out(project) == {"b": shown}


def test_a_program_set_aside_is_named_once_even_where_it_fails_a_must_have(build):
    project = build(ROWS, out={"b": "Gone"}, must_haves=(fails("Affordable"),))
    assert left_out(project) == {"b": "Set aside: Gone"}


def test_supports_are_neither_ranked_nor_listed_as_left_out(build):
    project = build(ROWS, roles={"b": "support"}, out={"b": "Not a program"})
    assert [p.id for p in decision_table(project.run()).programs] == ["a", "c"]
    assert left_out(project) == {}


def test_a_criterion_set_aside_has_no_column(build):
    project = build({"a": {"x": 1, "y": 2}}, criteria_out=("x",))
    table = decision_table(project.run())
    assert ([c.id for c in table.criteria], table.low.tolist()) == (["y"], [[2]])


# --- what cannot be ranked


def test_errors_in_the_run_are_named_with_their_place(build):
    with pytest.raises(FindingsError, match="B, X: 101 is outside the range 0 to 100"):
        decision_table(build({"a": {"x": 1}, "b": {"x": 101}}).run())


def test_without_a_program_there_is_nothing_to_rank(build):
    with pytest.raises(FindingsError, match="No program is left to rank"):
        decision_table(build({"a": {"x": 1}}, out={"a": ""}).run())


def test_without_a_criterion_there_is_nothing_to_rank(build):
    with pytest.raises(FindingsError, match="No criterion is left to rank"):
        decision_table(build({"a": {"x": 1}}, criteria_out=("x",)).run())


UNFINISHED = {
    "nothing about y": PointsJudgement(points=(PointShare(item="x", points=1.0),)),
    "no points": PointsJudgement(
        points=(PointShare(item="x", points=0.0), PointShare(item="y", points=0.0))
    ),
    "no top lift": SwingJudgement(
        ratings=(SwingRating(item="x", rating=9.0), SwingRating(item="y", rating=9.0))
    ),
    "named twice": OrderJudgement(tiers=(("x", "y"), ("x",))),
}


@pytest.mark.parametrize("judgement", UNFINISHED.values(), ids=UNFINISHED)
def test_one_persons_unfinished_weighting_does_not_keep_the_others_from_a_ranking(build, judgement):
    unfinished = Weighting(id="p1", name="Not done", person="p1", judgement=judgement)
    project = build({"a": {"x": 1, "y": 2}}, {"x": 1, "y": 1}, weightings=(unfinished,))
    assert decision_table(project.run()).low.tolist() == [[1, 2]]
