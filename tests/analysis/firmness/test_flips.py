"""What would change who is first: each flip rerun just inside and just outside."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mcda.analysis import difference, ranking, what_flips, with_share
from mcda.analysis.firmness.counting import settled_values
from mcda.analysis.table import decision_table, excluded_programs
from mcda.engine import InputError
from mcda.project import (
    Criterion,
    Exact,
    Level,
    LevelScale,
    MustHave,
    NumberScale,
    Score,
    Threshold,
    UnknownItemError,
    ValuePoint,
)
from mcda.project.templates import example

METHODS = ("weighted_sum", "topsis_anchored")
STEP = 1e-6
shared = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
# A scores 80 t + 20 (1 - t), B 45 t + 95 (1 - t): the example of docs/METHODS.md.
BY_HAND = {"a": {"reach": 80, "evidence": 20}, "b": {"reach": 45, "evidence": 95}}


def firsts(project, weights=None, method="weighted_sum"):
    found = ranking(project, weighting=weights, method=method)
    return {p.id for p in found.ranked if p.rank_best == 1}


def settled(project):
    """The same project with every score exact, where the flips start from, and no must-haves."""
    run = project.run()
    table = decision_table(run)
    values = settled_values(table)
    scores = []
    for i, program in enumerate(table.programs):
        for j, criterion in enumerate(table.criteria):
            points, worths = zip(*criterion.scale.curve, strict=True)
            number = float(np.interp(values[i, j], worths, points))
            amount = Exact(value=number)
            scores.append(Score(program=program.id, criterion=criterion.id, amount=amount))
    smooth = tuple(
        c.model_copy(
            update={
                "scale": NumberScale(
                    worst=c.scale.worst,
                    best=c.scale.best,
                    points=tuple(ValuePoint(score=s, value=v) for s, v in c.scale.curve[1:-1]),
                )
            }
        )
        for c in run.evidence.criteria
    )
    evidence = run.evidence.model_copy(
        update={
            "programs": table.programs,
            "scores": tuple(scores),
            "assessments": (),
            "criteria": smooth,
            "must_haves": (),
        }
    )
    framing = run.framing.model_copy(update={"programs_out": ()})
    changes = {"evidence": evidence, "framing": framing, "weightings": ()}
    return project.with_run(run.model_copy(update=changes))


def with_cell(project, program, criterion, value):
    score = Score(program=program, criterion=criterion, amount=Exact(value=value))
    return project.with_score(score)


def test_who_is_first_and_next(build):
    found = what_flips(build(BY_HAND, {"reach": 7, "evidence": 3}))
    assert (found.firsts, found.runners_up, found.settled) == (("a",), ("b",), False)
    assert found.named(("a", "b")) == "A and B"


def test_flips_of_the_worked_example_by_hand(build):
    found = what_flips(build(BY_HAND, {"reach": 7, "evidence": 3}))
    reach, evidence = found.weights
    assert (reach.low, reach.high) == pytest.approx((75 / 110, 1))
    assert (evidence.low, evidence.high) == pytest.approx((0, 35 / 110))
    assert (reach.before, reach.after, reach.up) == (("b",), (), None)
    assert reach.down.stated == 0.68
    assert reach.sentence == "If Reach counted for 68% instead of 70%, B would come first."
    cells = {(f.program, f.criterion): f.exact for f in found.scores}
    assert cells["a", "reach"] == pytest.approx(80 - 2 / 0.7)
    assert cells["b", "reach"] == pytest.approx(45 + 2 / 0.7)
    assert cells["a", "evidence"] == pytest.approx(20 - 2 / 0.3)
    assert cells["b", "evidence"] is None
    (move,) = found.changes
    assert move.distance == pytest.approx(0.7 - 75 / 110)
    assert move.sentence == (
        "B would be first, or share the first place, if 1.9% of the weight moved, about like this: "
        "Reach from 70% to 68.2% and Evidence from 30% to 31.8%."
    )


# --- weights, rerun


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("weighting", ["group", "p1", "p2", "p3"])
def test_each_weight_flips_where_it_says(weighting, method):
    found = what_flips(example(), weighting=weighting, method=method)
    project, weights = settled(example()), found.weighting.weights
    assert {flip.criterion for flip in found.weights} == set(weights)
    for flip in found.weights:
        for edge, beyond, way in ((flip.low, flip.before, -1), (flip.high, flip.after, 1)):
            if not beyond:
                assert edge in (0, 1)
                continue
            inside = with_share(weights, flip.criterion, edge - way * STEP)
            outside = with_share(weights, flip.criterion, edge + way * STEP)
            assert firsts(project, inside, method) == set(found.firsts)
            assert firsts(project, outside, method) == set(beyond)
        for past in filter(None, (flip.down, flip.up)):
            stated = with_share(weights, flip.criterion, past.stated)
            assert firsts(project, stated, method) == set(past.firsts) != set(found.firsts)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("weighting", ["group", "p1", "p2", "p3"])
def test_the_first_is_still_first_at_the_numbers_printed(weighting, method):
    found = what_flips(example(), weighting=weighting, method=method)
    project, weights = settled(example()), found.weighting.weights
    frame, ids = found.weights_frame(), {name: i for i, name in found.names.items()}
    for flip in found.weights:
        row = frame.loc[flip.name]
        low, high = (float(end[:-1]) / 100 for end in row["First stays first"].split(" to "))
        assert flip.low - 1e-12 <= low <= high <= flip.high + 1e-12
        assert low <= float(row["Counts now"][:-1]) / 100 <= high
        for share in (low, high):
            moved = with_share(weights, flip.criterion, share)
            assert found.firsts[0] in firsts(project, moved, method)
        for cell in (row["With less"], row["With more"]):
            if cell == "no change":
                continue
            share, name = cell.split("%: ")
            moved = with_share(weights, flip.criterion, float(share) / 100)
            assert firsts(project, moved, method) == {ids[name]}


def test_a_weight_with_no_room_stands_only_as_it_is_now(build):
    alone = what_flips(build({"a": {"x": 3}, "b": {"x": 2}}))
    assert alone.weights_frame().loc["X", "First stays first"] == "only as it is now"
    assert alone.weights[0].sentence == "X is all that counts, so its weight cannot move."
    tied = what_flips(build({"a": {"x": 50, "y": 10}, "b": {"x": 50, "y": 90}}, {"x": 1, "y": 0}))
    assert tied.weights_frame().loc["Y"].tolist() == [
        "0%",
        "only as it is now",
        "no change",
        "1%: B",
    ]


def test_a_weight_close_to_its_flip_has_as_many_decimals_as_it_takes(build):
    # Level at 75/110, which is 68.1818%.
    found = what_flips(build(BY_HAND, {"reach": 68.1824, "evidence": 31.8176}))
    row = found.weights_frame().loc["Reach"].tolist()
    assert row == ["68.182%", "68.182% to 100%", "68%: B", "no change"]


def test_a_flip_is_told_before_the_next_one(build):
    """B is first from 30.2% to 30.6% of x only, and C from there on: 31% would skip B."""
    # With t on x: A 50, B 50 + s (t - 0.302), C 50 + 2 s (t - 0.304).
    rows = {
        "a": {"x": 50, "y": 50},
        "b": {"x": 50 + 20 * 0.698, "y": 50 - 20 * 0.302},
        "c": {"x": 50 + 40 * 0.696, "y": 50 - 40 * 0.304},
    }
    project = build(rows, {"x": 3, "y": 7})
    flip = what_flips(project).weights[0]
    assert (flip.up.stated, flip.up.firsts) == (0.303, ("b",))
    assert flip.sentence == "If X counted for 30.3% instead of 30.0%, B would come first."
    assert firsts(project, with_share({"x": 0.3, "y": 0.7}, "x", 0.303)) == {"b"}


def test_a_weight_that_flips_nothing_says_so(build):
    rows = {"a": {"x": 60, "y": 50}, "b": {"x": 50, "y": 40}}
    found = what_flips(build(rows))
    assert found.weights[0].sentence == "However much X counts, the first place stays as it is."
    assert (found.weights[0].low, found.weights[0].high) == (0, 1)


def test_a_weight_with_a_flip_either_way_has_both(build):
    rows = {"a": {"x": 0, "y": 100}, "b": {"x": 60, "y": 60}, "c": {"x": 100, "y": 0}}
    found = what_flips(build(rows, {"x": 1, "y": 1})).weights[0]
    assert (found.low, found.high) == pytest.approx((0.4, 0.6))
    assert found.sentence == (
        "If X counted for 61% instead of 50%, C would come first. "
        "If X counted for 39% instead of 50%, A would come first."
    )


def test_programs_that_flip_together_share_the_first_place(build):
    rows = {"a": {"x": 100, "y": 0}, "b": {"x": 0, "y": 100}, "c": {"x": 0, "y": 100}}
    found = what_flips(build(rows, {"x": 3, "y": 2}))
    assert found.weights[1].sentence == (
        "If Y counted for 51% instead of 40%, B and C would share the first place."
    )


def test_a_leader_that_only_touches_the_first_place_has_no_room(build):
    # With x at a half all three are level; A is first nowhere else.
    rows = {"a": {"x": 50, "y": 50}, "b": {"x": 100, "y": 0}, "c": {"x": 0, "y": 100}}
    found = what_flips(build(rows, {"x": 1, "y": 1}))
    flip = found.weights[0]
    assert found.firsts == ("a", "b", "c")
    assert (flip.low, flip.high, flip.before, flip.after) == (0.5, 0.5, ("c",), ("b",))
    assert "49% instead of 50%, C would come first" in flip.sentence


def test_the_flip_is_the_one_that_why_a_beats_b_tells(build):
    project = build(BY_HAND, {"reach": 7, "evidence": 3})
    stated = {f.down.stated for f in what_flips(project).weights if f.down}
    assert difference(project, "a", "b").flip.stated in stated | {0.32}


# --- scores, rerun


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("weighting", ["group", "p3"])
def test_each_score_flips_where_it_says(weighting, method):
    found = what_flips(example(), weighting=weighting, method=method)
    project, weights = settled(example()), found.weighting.weights
    leader = found.firsts[0]
    criteria = {c.id: c for c in project.run().evidence.criteria}
    flipped = [f for f in found.scores if f.exact is not None]
    assert flipped
    for flip in flipped:
        scale = criteria[flip.criterion].scale
        better = scale.direction * (1 if flip.program != leader else -1)
        tiny = STEP * (scale.best - scale.worst) * scale.direction
        inside = with_cell(project, flip.program, flip.criterion, flip.exact - better * tiny)
        outside = with_cell(project, flip.program, flip.criterion, flip.exact + better * tiny)
        stated = with_cell(project, flip.program, flip.criterion, flip.stated)
        assert firsts(inside, weights, method) == set(found.firsts)
        assert firsts(outside, weights, method) != set(found.firsts)
        assert firsts(stated, weights, method) == set(flip.firsts) != set(found.firsts)
        assert flip.first in flip.firsts


@pytest.mark.parametrize("method", METHODS)
def test_where_no_score_flips_no_end_of_the_range_does(method):
    found = what_flips(example(), weighting="group", method=method)
    project, weights = settled(example()), found.weighting.weights
    scales = {c.id: c.scale for c in project.run().evidence.criteria}
    none = [f for f in found.scores if f.exact is None]
    assert none
    for flip in none:
        assert (flip.text, flip.firsts, flip.first, flip.open) == ("none", (), None, False)
        for end in scales[flip.criterion].ends:
            changed = with_cell(project, flip.program, flip.criterion, end)
            assert set(found.firsts) <= firsts(changed, weights, method)


def test_a_flip_inside_what_is_recorded_is_open(build):
    found = what_flips(build({"a": {"x": 60}, "b": {"x": (40, 50, 70)}}))
    flips = {f.program: f for f in found.scores}
    assert (flips["b"].exact, flips["b"].open, flips["b"].text) == (60, True, "61 or more")
    assert (flips["a"].exact, flips["a"].open, flips["a"].now_text) == (50, False, "60")
    assert flips["b"].now_text == "about 50"
    assert found.settled


def test_what_is_not_known_stands_half_way(build):
    found = what_flips(build({"a": {"x": 60}, "b": {"x": None}}))
    flip = {f.program: f for f in found.scores}["b"]
    assert (flip.now, flip.now_text) == (50, "not known")


def levels(values=None):
    named = tuple(Level(level=n, anchor=f"Level {n}") for n in range(1, 6))
    return LevelScale(levels=named, values=values)


def with_levels(project, criterion, values=None):
    return project.with_criterion(
        Criterion(id=criterion, name=criterion.capitalize(), scale=levels(values))
    )


def test_on_levels_the_next_level_past_the_flip_is_told(build):
    rows = {"a": {"x": 4, "y": 50}, "b": {"x": 2, "y": 60}}
    project = with_levels(build(rows), "x")
    found = what_flips(project, weighting={"x": 1, "y": 1})
    flips = {(f.program, f.criterion): f for f in found.scores}
    # A has 75 and 50, B 25 and 60: B needs 40 points more on x, that is level 4.
    assert (flips["b", "x"].stated, flips["b", "x"].text) == (4, "level 4 or better")
    assert (flips["a", "x"].stated, flips["a", "x"].text) == (2, "level 2 or worse")
    assert flips["b", "x"].exact == pytest.approx(3.6)


def test_no_level_past_the_flip_is_none(build):
    # Level with B's best level, and not beyond: no level puts B first alone.
    rows = {"a": {"x": 5, "y": 50}, "b": {"x": 4, "y": 50}}
    found = what_flips(with_levels(build(rows), "x"), weighting={"x": 1, "y": 1})
    assert {f.text for f in found.scores if f.program == "b" and f.criterion == "x"} == {"none"}


# --- one step


@pytest.mark.parametrize("method", METHODS)
def test_single_steps_are_those_that_change_the_first_place_when_rerun(method):
    found = what_flips(example(), weighting="group", method=method)
    project, weights = settled(example()), found.weighting.weights
    run = example().run()
    changed = {(s.program, s.criterion, s.after) for s in found.steps}
    assert changed
    for program in decision_table(run).programs:
        for criterion in (c for c in run.active_criteria if isinstance(c.scale, LevelScale)):
            score = run.score(program.id, criterion.id)
            if not isinstance(score.amount, Exact):
                continue
            for level in {score.amount.value - 1, score.amount.value + 1} & set(range(1, 6)):
                held = with_cell(example(), program.id, criterion.id, level).run()
                moved = with_cell(project, program.id, criterion.id, level)
                if program.id in {e.program.id for e in excluded_programs(held)}:
                    moved = project.without_program(program.id)
                differs = firsts(moved, weights, method) != set(found.firsts)
                told = (program.id, criterion.id, f"level {level:g}") in changed
                assert told == differs


def test_a_number_moves_by_a_tenth_of_its_range_and_no_further_than_its_end(build):
    rows = {"a": {"x": 95}, "b": {"x": 88}}
    steps = what_flips(build(rows, units={"x": "%"})).steps
    assert [(s.program, s.before, s.after, s.firsts) for s in steps] == [
        ("a", "95%", "85%", ("b",)),
        ("b", "88%", "98%", ("b",)),
    ]
    assert steps[0].sentence == "If A had 85% on X instead of 95%, B would come first."
    level = what_flips(build({"a": {"x": 100}, "b": {"x": 95}})).steps
    assert [(s.program, s.after, s.firsts) for s in level] == [
        ("a", "90", ("b",)),
        ("b", "100", ("a", "b")),
    ]


def test_a_score_without_a_likely_number_takes_no_step(build):
    rows = {"a": {"x": 50}, "b": {"x": (40, 58)}, "c": {"x": None}}
    assert {s.program for s in what_flips(build(rows)).steps} <= {"a"}


def test_a_criterion_that_does_not_count_takes_no_step(build):
    rows = {"a": {"x": 50, "y": 1}, "b": {"x": 50, "y": 2}}
    assert {s.criterion for s in what_flips(build(rows, {"x": 1, "y": 0})).steps} == {"x"}


def test_a_step_that_fails_a_must_have_puts_the_program_out(build):
    # Y has no weight, yet A has to have 10 of it.
    limit = MustHave(id="enough", name="Enough", threshold=Threshold(criterion="y", limit=10))
    rows = {"a": {"x": 90, "y": 15}, "b": {"x": 10, "y": 50}, "c": {"x": 10, "y": 50}}
    project = build(rows, {"x": 1, "y": 0}, must_haves=(limit,))
    (step,) = what_flips(project).steps
    assert (step.fails, step.firsts) == (True, ("b", "c"))
    assert step.sentence == (
        "If A had 5 on Y instead of 15, it would fail a must-have. "
        "Then B and C would share the first place."
    )
    assert firsts(with_cell(project, "a", "y", 5.0), {"x": 1}) == {"b", "c"}


def test_a_step_may_leave_nobody(build):
    limit = MustHave(id="enough", name="Enough", threshold=Threshold(criterion="x", limit=10))
    (step,) = what_flips(build({"a": {"x": 15}}, must_haves=(limit,))).steps
    assert step.sentence.endswith("fail a must-have. Then nobody would be left to rank.")


# --- all weights at once


@pytest.mark.parametrize("weighting", ["group", "p2"])
def test_the_smallest_change_brings_each_program_level_with_the_first(weighting):
    found = what_flips(example(), weighting=weighting)
    project = settled(example())
    assert len(found.changes) == len(found.names) - len(found.firsts)
    distances = [m.distance for m in found.changes if m.possible]
    assert distances == sorted(distances)
    for move in (m for m in found.changes if m.possible):
        scores = {p.id: p.score for p in ranking(project, weighting=move.weights).ranked}
        (program,) = move.programs
        assert scores[program] == pytest.approx(max(scores.values()), abs=1e-6)
        now = found.weighting.weights
        half = sum(abs(move.weights[c] - now[c]) for c in now) / 2
        assert move.distance == pytest.approx(half)
        assert move.distance > 0


def test_a_program_no_weights_put_first_is_said_to_be_so(build):
    found = what_flips(build({"a": {"x": 60, "y": 50}, "b": {"x": 50, "y": 40}}))
    (move,) = found.changes
    assert (move.possible, move.distance, move.weights, move.moved) == (False, None, None, ())
    assert move.sentence == "No weights at all would put B first."
    assert found.changes_frame().iloc[0, 1] == "none does it"


def test_identical_programs_need_the_same_and_are_named_together(build):
    rows = {"a": {"x": 80, "y": 20}, "b": {"x": 45, "y": 95}, "c": {"x": 45, "y": 95}}
    (move,) = what_flips(build(rows, {"x": 7, "y": 3})).changes
    assert (move.programs, move.name) == (("b", "c"), "B and C")
    assert move.sentence.startswith("B and C would be first, or share the first place, if 1.9% of")
    rows = {"a": {"x": 60, "y": 50}, "b": {"x": 50, "y": 40}, "c": {"x": 50, "y": 40}}
    (never,) = what_flips(build(rows)).changes
    assert never.sentence == "No weights at all would put B or C first."


def test_two_that_are_not_known_are_not_taken_for_identical(build):
    rows = {"a": {"x": 60}, "b": {"x": None}, "c": {"x": None}}
    found = what_flips(build(rows))
    assert [move.programs for move in found.changes] == [("b",), ("c",)]


def test_topsis_has_no_smallest_change(build):
    assert what_flips(build(BY_HAND), method="topsis_anchored").changes == ()


# --- left out


@pytest.mark.parametrize("method", METHODS)
def test_without_a_criterion_or_a_program_it_is_the_ranking_without_it(method):
    found = what_flips(example(), weighting="group", method=method)
    project, weights = settled(example()), found.weighting.weights
    assert {left.item for left in found.without_criterion} == set(weights)
    assert found.without_program
    for left in found.without_criterion:
        rest = with_share(weights, left.item, 0.0)
        assert firsts(project, rest, method) == set(left.firsts)
        assert left.changes == (left.firsts != found.firsts)
    for left in found.without_program:
        rest = project.without_program(left.item)
        assert firsts(rest, weights, method) == set(left.firsts)
        assert left.changes == (left.item in found.firsts)


def test_leaving_out_all_there_is_leaves_nothing(build):
    found = what_flips(build({"a": {"x": 1}}))
    assert found.without_criterion[0].sentence == ("Without X, there is nothing left to decide by.")
    assert found.without_program[0].firsts == ()
    assert found.without_program[0].sentence == "Without A, no program is left to choose."
    assert found.runners_up == ()
    assert set(found.without_frame()["First then"]) == {"nobody"}


def test_leaving_out_the_leader_names_the_next(build):
    found = what_flips(build(BY_HAND, {"reach": 7, "evidence": 3}))
    said = [left.sentence for left in found.without_program]
    assert said == [
        "Without A, B would come first.",
        "Without B, the first place stays as it is.",
    ]


# --- the rest


def test_tables_say_it_in_words(build):
    found = what_flips(build(BY_HAND, {"reach": 7, "evidence": 3}))
    weights = found.weights_frame()
    assert weights.loc["Reach"].tolist() == ["70%", "68.2% to 100%", "68%: B", "no change"]
    assert found.scores_frame().loc["B"].tolist() == ["48 or more", "none"]
    assert found.steps_frame()["First then"].unique().tolist() == ["B"]
    assert found.changes_frame().loc[0, "Weight that has to move"] == "1.9%"


def test_another_method_or_a_missing_weighting_is_refused(build):
    with pytest.raises(InputError, match="method"):
        what_flips(build(BY_HAND), method="topsis")
    with pytest.raises(UnknownItemError):
        what_flips(build(BY_HAND), weighting="no")


def test_points_typed_in_may_be_used(build):
    found = what_flips(build(BY_HAND), weighting={"reach": 7, "evidence": 3})
    assert found.weighting.weights == pytest.approx({"reach": 0.7, "evidence": 0.3})


def test_an_example_says_it_is_one():
    assert what_flips(example()).illustrative


@shared
@given(
    st.lists(st.tuples(*[st.integers(0, 100)] * 3), min_size=2, max_size=4),
    st.tuples(*[st.integers(0, 9)] * 3).filter(any),
)
def test_any_weight_flips_where_it_says(build, rows, points):
    project = build({f"p{i}": dict(zip("xyz", row, strict=True)) for i, row in enumerate(rows)})
    found = what_flips(project, weighting=dict(zip("xyz", map(float, points), strict=True)))
    weights = found.weighting.weights
    for flip in found.weights:
        for past in filter(None, (flip.down, flip.up)):
            moved = with_share(weights, flip.criterion, past.stated)
            assert firsts(project, moved) == set(past.firsts)
        if flip.down is flip.up is None and not flip.before + flip.after:
            for share in (0.001, 0.3, 0.6, 0.999):
                moved = with_share(weights, flip.criterion, share)
                assert found.firsts[0] in firsts(project, moved)
