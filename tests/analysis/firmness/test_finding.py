"""How often each program comes first: against hand-made shares, corners and proofs."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mcda.analysis import SAMPLING, decision_table, firmness, ranking, used_weights
from mcda.analysis.firmness.finding import EDGE_SAMPLES
from mcda.analysis.firmness.spaces import weight_space
from mcda.analysis.table import settled_values
from mcda.engine import InputError
from mcda.engine.robustness import Sampling, sample_weights
from mcda.project import (
    FindingsError,
    MustHave,
    OrderJudgement,
    UnknownItemError,
    Verdict,
    Weighting,
)
from mcda.project.templates import example

shared = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
QUICK = Sampling(seed=1, samples=2000)
# With weight w on reach A scores 100 w, B 40 w + 50 (1 - w), C 40 (1 - w): the example of
# docs/METHODS.md, worked by hand there.
BY_HAND = {
    "a": {"reach": 100, "evidence": 0},
    "b": {"reach": 40, "evidence": 50},
    "c": {"reach": 0, "evidence": 40},
}


def plain_order(*items):
    tiers = tuple((item,) for item in items)
    return Weighting(id="order", name="Order", judgement=OrderJudgement(tiers=tiers))


# --- shares


def test_shares_over_all_weightings_are_those_worked_by_hand(build):
    found = firmness(build(BY_HAND), space="all")
    assert [p.id for p in found.programs] == ["a", "b", "c"]
    assert found.rank_frame().to_numpy() == pytest.approx(
        np.array([[6 / 11, 13 / 77, 2 / 7], [5 / 11, 6 / 11, 0], [0, 2 / 7, 5 / 7]]), abs=0.015
    )
    assert found.program("a").wins == pytest.approx({"b": 6 / 11, "c": 5 / 7}, abs=0.015)
    assert found.program("a").central_weights == pytest.approx(
        {"reach": 8 / 11, "evidence": 3 / 11}, abs=0.015
    )
    before, weights = found.pairwise_frame(), found.central_frame()
    assert before.to_dict("index")[before.index[0]] == pytest.approx(
        dict(zip(before.columns, [np.nan, 6 / 11, 5 / 7], strict=True)), abs=0.015, nan_ok=True
    )
    assert weights.iloc[0].tolist() == pytest.approx([8 / 11, 3 / 11], abs=0.015)
    assert weights.iloc[2].isna().all()
    assert found.program("a").expected_rank == pytest.approx(
        6 / 11 + 2 * 13 / 77 + 3 * 2 / 7, abs=0.03
    )
    assert (found.program("a").confidence, found.program("c").confidence) == (1.0, None)


def test_shares_over_an_order_are_those_worked_by_hand(build):
    # Reach first: w from 1/2 to 1, so A is before B always. Evidence first: w below 1/2, and A
    # is before B from 5/11 to 1/2 only, 1/11 of it.
    rows = build(BY_HAND, weightings=(plain_order("reach", "evidence"),))
    assert firmness(rows).program("a").first.text == "100"
    rows = build(BY_HAND, weightings=(plain_order("evidence", "reach"),))
    found = firmness(rows)
    assert found.space.id == "order"
    assert found.program("a").first.anywhere.value == pytest.approx(1 / 11, abs=0.015)


def test_19_of_20_intervals_hold_the_exact_share(build):
    project, held = build(BY_HAND), 0
    for seed in range(100):
        found = firmness(project, space="all", sampling=Sampling(seed=seed, samples=500))
        share = found.program("a").first.anywhere
        held += share.low < 6 / 11 < share.high
    assert 88 <= held <= 100


def test_near_a_dozen_weights_is_what_is_left_of_all_with_their_order():
    """The worked example's own near space, drawn by hit-and-run, against its definition: every
    weighting with the order, kept where each weight is within a third of the one given."""
    run = example().run()
    used = used_weights(run, "group")
    middle = used.vector(run.active_criteria)
    space = weight_space(run, used, "near").engine
    found = sample_weights(space, 20_000, seed=4)
    assert found.method == "hit_and_run"
    order = weight_space(run, used, "order").engine
    tried = np.concatenate([sample_weights(order, 100_000, seed).weights for seed in range(6)])
    kept = tried[(np.abs(tried / middle - 1) <= 1 / 3).all(axis=1)]
    assert len(kept) > 4000
    spread = np.sqrt(kept.var(axis=0) * (1 / len(kept) + 1 / found.effective_size))
    assert (np.abs(found.weights.mean(axis=0) - kept.mean(axis=0)) <= 5 * spread).all()
    values = settled_values(decision_table(run))
    firsts = [
        np.bincount((w @ values.T).argmax(axis=1), minlength=len(values)) / len(w)
        for w in (found.weights, kept)
    ]
    error = 5 * np.sqrt(firsts[1] * (1 - firsts[1]) * (1 / len(kept) + 1 / found.effective_size))
    assert (np.abs(firsts[0] - firsts[1]) <= error + 1e-3).all()


def test_the_middle_95_of_100_places_are_told(build):
    found = firmness(build(BY_HAND), space="all")
    assert [(p.rank_low, p.rank_high) for p in found.programs] == [(1, 3), (1, 2), (2, 3)]


def test_excluded_programs_are_out_with_their_reason(build):
    fails = Verdict(program="a", verdict="fail", reason="Not vetted.")
    must_have = MustHave(id="safe", name="Safe", verdicts=(fails,))
    found = firmness(build(BY_HAND, must_haves=(must_have,)), space="all")
    assert [p.id for p in found.programs] == ["b", "c"]
    assert found.excluded[0].reason == "Fails a must-have. Safe: Not vetted."
    assert found.leaders[0].first.text == "100"


def test_one_program_alone_is_always_first(build):
    found = firmness(build({"a": {"x": None, "y": 3}}, {"x": 1, "y": 1}))
    assert (found.together.text, found.band.id) == ("100", "firm")
    assert found.unknowns == ()


def test_one_criterion_alone_leaves_nothing_to_weigh(build):
    found = firmness(build({"a": {"x": 3}, "b": {"x": 2}}))
    assert [p.first.text for p in found.programs] == ["100", "0"]


def test_mixtures_of_people_count_each_of_them_alike(build, person):
    # Person 1 weighs reach only, person 2 evidence only: A is first from 5/11 of reach on.
    people = [person({"reach": 1, "evidence": 0}, "p1"), person({"reach": 0, "evidence": 1}, "p2")]
    found = firmness(build(BY_HAND, weightings=people))
    assert found.space.people == ("Person p1", "Person p2")
    assert found.program("a").first.anywhere.value == pytest.approx(6 / 11, abs=0.015)
    assert found.mean_weights == pytest.approx({"reach": 0.5, "evidence": 0.5}, abs=0.01)


def test_people_who_agree_leave_one_weighting(build, person):
    people = [person({"reach": 1, "evidence": 1}, p) for p in ("p1", "p2")]
    found = firmness(build(BY_HAND, weightings=people))
    assert [p.first.text for p in found.programs] == ["100", "0", "0"]


# --- what is not known


def test_an_unknown_gives_the_ends_of_a_range(build):
    # A is 50 on x, B unknown: at its worst B is never first, at its best always.
    found = firmness(build({"a": {"x": 50}, "b": {"x": None}}, {"x": 1}), sampling=QUICK)
    assert found.program("b").first.worst.proof == "never"
    assert found.program("b").first.best.proof == "always"
    assert found.program("b").first.text == "up to 100"
    assert found.program("b").first.anywhere.value == pytest.approx(0.5, abs=0.05)
    assert found.band.id == "none"
    assert not found.exact


def test_a_likely_number_draws_the_spread_to_it(build):
    # Triangular 0, 80, 100: above 50 with 1 - 50^2 / (100 * 80).
    found = firmness(build({"a": {"x": 50}, "b": {"x": (0, 80, 100)}}))
    assert found.program("b").first.anywhere.value == pytest.approx(1 - 2500 / 8000, abs=0.02)


def test_an_unknown_that_does_not_count_leaves_the_finding_exact(build):
    rows = {"a": {"x": 50, "y": None}, "b": {"x": 40, "y": 3}}
    found = firmness(build(rows, {"x": 1, "y": 0}))
    assert found.exact
    assert [p.first.text for p in found.programs] == ["100", "0"]


cells = st.one_of(
    st.integers(0, 100), st.none(), st.tuples(st.integers(0, 40), st.integers(50, 100))
)
tables = st.lists(st.tuples(cells, cells), min_size=2, max_size=3)


def corner_tables(project):
    """Every corner of the ranges, as values."""
    table = decision_table(project.run())
    ends = np.stack([table.low, table.high], axis=-1).reshape(-1, 2)
    for corner in product(*(set(pair) for pair in ends.tolist())):
        yield np.array(corner).reshape(table.low.shape)


@shared
@given(tables)
def test_the_ends_are_those_of_brute_force_over_all_corners(build, rows):
    project = build({f"p{i}": dict(zip("xy", row, strict=True)) for i, row in enumerate(rows)})
    found = firmness(project, space="all", sampling=Sampling(seed=3, samples=400))
    run = project.run()
    space = weight_space(run, used_weights(run), "all")
    weights = sample_weights(space.engine, 400, seed=3).weights
    shares = []
    for values in corner_tables(project):
        scores = weights @ values.T
        first = scores >= scores.max(axis=1, keepdims=True) - 1e-7
        shares.append((first / first.sum(axis=1, keepdims=True)).mean(axis=0))
    for i in range(len(rows)):
        first = found.program(f"p{i}").first
        assert first.worst.value == pytest.approx(min(s[i] for s in shares))
        assert first.best.value == pytest.approx(max(s[i] for s in shares))
        assert first.worst.value - 1e-9 <= first.anywhere.value <= first.best.value + 1e-9


@shared
@given(tables, st.sampled_from(["near", "all"]))
def test_shares_add_up_and_100_is_printed_only_where_it_is_proved(build, rows, space):
    named = {f"p{i}": dict(zip("xy", row, strict=True)) for i, row in enumerate(rows)}
    project = build(named, {"x": 1, "y": 1})
    found = firmness(project, space=space, sampling=Sampling(seed=3, samples=300))
    assert sum(p.first.anywhere.value for p in found.programs) == pytest.approx(1)
    assert sum(len(group) for group in found.groups) == len(rows)
    for share in (p.first for p in found.programs):
        assert ("100" in share.text.split()) == (
            share.best.proof == "always" and share.worst.value > 0.01
        ) or share.text == "up to 100"
        if share.worst.proof == "always":
            surely = ranking(project)
            assert surely.result(found.programs[0].id).rank_worst == 1


# --- proofs


def test_a_share_that_was_never_seen_is_not_none_unless_proved(build):
    # B is first only where x has less than 1/1001 of the weight.
    rows = {"a": {"x": 100, "y": 50}, "b": {"x": 0, "y": 50.1}}
    found = firmness(build(rows), space="all", sampling=Sampling(seed=1, samples=100))
    assert [p.first.text for p in found.programs] == ["more than 99", "fewer than 1"]


def test_a_program_that_is_beaten_everywhere_is_never_first(build):
    rows = {"a": {"x": 60, "y": 50}, "b": {"x": 50, "y": 40}}
    found = firmness(build(rows), space="all", sampling=QUICK)
    assert [p.first.text for p in found.programs] == ["100", "0"]
    assert found.together.phrase == "in all"


def test_topsis_is_sampled_only(build):
    rows = {"a": {"x": 60, "y": 50}, "b": {"x": 50, "y": 40}}
    found = firmness(build(rows), space="all", sampling=QUICK).second
    assert [share.text for share in found.first.values()] == ["more than 99", "fewer than 1"]


# --- bands


def test_an_apparent_winner_of_an_order_may_be_no_clear_winner(build):
    # Rank-order weights put A first; over all weightings with the order z > y > x each of the
    # three is first in less than half.
    rows = {
        "a": {"x": 60, "y": 60, "z": 61},
        "b": {"x": 0, "y": 100, "z": 52},
        "c": {"x": 30, "y": 0, "z": 83},
    }
    project = build(rows, weightings=(plain_order("z", "y", "x"),))
    apparent = ranking(project)
    assert apparent.ranked[0].rank == 1
    found = firmness(project)
    assert found.space.id == "order"
    assert all(p.first.anywhere.value < 0.5 for p in found.programs)
    assert found.band.title == "no clear winner"


def test_half_of_an_order_is_no_clear_winner_and_more_than_half_leans(build):
    # With the order x > y, w is uniform on 1/2 to 1; A is first from 3/4 on.
    rows = {"a": {"x": 60, "y": 0}, "b": {"x": 0, "y": 0}, "c": {"x": 40, "y": 60}}
    assert firmness(build(rows, weightings=(plain_order("x", "y"),))).band.id == "none"
    rows["c"]["y"] = 40  # A is first from 2/3 on, which is 2/3 of it.
    assert firmness(build(rows, weightings=(plain_order("x", "y"),))).band.id == "leaning"


def test_no_luck_of_the_seed_makes_a_coin_toss_lean(build):
    # With the order x > y, A is first in exactly half: from 3/4 on.
    rows = {"a": {"x": 60, "y": 0}, "b": {"x": 40, "y": 60}}
    project = build(rows, weightings=(plain_order("x", "y"),))
    found = [firmness(project, sampling=replace(SAMPLING, seed=s)) for s in range(30)]
    assert {f.samples for f in found} == {EDGE_SAMPLES}
    assert {f.band.id for f in found} == {"none"}
    small = [firmness(project, sampling=Sampling(seed=s, samples=1000)) for s in range(100)]
    assert {f.band.id for f in small} == {"none"}
    # By an interval of 95 % one of these seeds would have been past a half.
    assert any(f.together.worst.low > 0.5 for f in small)


def test_a_share_far_from_every_edge_needs_no_larger_sample(build):
    # A is first from 2/3 on, which is 2/3 of it; near 0.9 more are drawn.
    order = (plain_order("x", "y"),)
    rows = {"a": {"x": 60, "y": 0}, "c": {"x": 40, "y": 40}}
    assert firmness(build(rows, weightings=order)).samples == SAMPLING.samples
    rows["c"] = {"x": 40, "y": 24.4}
    assert firmness(build(rows, weightings=order)).samples == EDGE_SAMPLES
    capped = replace(SAMPLING, max_samples=20_000)
    assert firmness(build(rows, weightings=order), sampling=capped).samples == 20_000


def test_where_nobody_gave_weights_there_is_no_band(build):
    found = firmness(build({"a": {"x": 60, "y": 50}, "b": {"x": 50, "y": 40}}))
    assert (found.space.id, found.band.id, found.together.text) == ("all", "unasked", "100")


def test_programs_that_are_all_alike_have_no_band(build):
    rows = {p: {"x": 60, "y": 50} for p in "abc"}
    assert firmness(build(rows, {"x": 1, "y": 2})).band.id == "alike"
    rows["c"] = {"x": 61, "y": 49}
    assert firmness(build(rows, {"x": 1, "y": 2})).band.id == "alike"


def test_of_those_never_seen_first_the_ones_proved_never_to_be_stand_last(build):
    # B is beaten by A on all; C is first where x has less than 1/1001 of the weight.
    rows = {
        "b": {"x": 99, "y": 49},
        "a": {"x": 100, "y": 50},
        "c": {"x": 0, "y": 50.1},
    }
    found = firmness(build(rows), space="all", sampling=Sampling(seed=1, samples=100))
    assert [(p.id, p.first.text) for p in found.programs] == [
        ("a", "more than 99"),
        ("c", "fewer than 1"),
        ("b", "0"),
    ]


def test_of_those_never_first_the_better_mean_place_stands_first(build):
    rows = {"low": {"x": 10}, "mid": {"x": 20}, "top": {"x": 30}}
    assert [p.id for p in firmness(build(rows, {"x": 1})).programs] == ["top", "mid", "low"]


# --- named together


def test_identical_programs_are_named_together_and_as_identical(build):
    rows = {"a": {"x": 70, "y": 20}, "b": {"x": 70, "y": 20}, "c": {"x": 60, "y": 10}}
    found = firmness(build(rows, {"x": 1, "y": 1}), space="all")
    assert found.identical == (("a", "b"),)
    assert [p.id for p in found.leaders] == ["a", "b"]
    assert (found.together.text, found.band.id) == ("100", "firm")
    # Each alone has half: it shares the first place everywhere.
    assert found.program("a").first.anywhere.value == pytest.approx(0.5)
    assert found.program("a").twins == ("b",)


def test_identical_is_about_what_counts(build):
    rows = {"a": {"x": 70, "y": 20}, "b": {"x": 70, "y": 90}}
    assert firmness(build(rows, {"x": 1, "y": 0})).identical == (("a", "b"),)
    assert firmness(build(rows, {"x": 1, "y": 1})).identical == ()


def test_two_that_are_both_unknown_are_not_identical(build):
    found = firmness(build({"a": {"x": None}, "b": {"x": None}}), sampling=QUICK)
    assert found.identical == ()
    assert len(found.groups) == 2


def test_near_twins_are_counted_together(build):
    rows = {"a": {"x": 70, "y": 50}, "b": {"x": 71, "y": 48}, "c": {"x": 20, "y": 60}}
    found = firmness(build(rows, {"x": 1, "y": 1}), space="all")
    # C is first where 20 w + 60 (1 - w) > 70 w + 50 (1 - w): w < 1/6.
    assert {p.id for p in found.leaders} == {"a", "b"}
    assert found.together.anywhere.value == pytest.approx(5 / 6, abs=0.015)
    assert found.identical == ()
    assert found.band.id == "usually"


def test_a_pair_outnumbers_one_that_is_more_often_first_alone(build):
    # A is first in 0.39, where w > 0.61; the near-twins change places at w = 0.3.
    rows = {"a": {"x": 80, "y": 0}, "b": {"x": 40, "y": 61}, "c": {"x": 41.4, "y": 60.4}}
    found = firmness(build(rows), space="all")
    assert found.programs[0].id == "a"
    assert {p.id for p in found.leaders} == {"b", "c"}


# --- the second opinion


def test_topsis_counts_the_same_weightings(build):
    # Anchored TOPSIS on two criteria: A (100, 0) has closeness w / (w + (1 - w)) = w;
    # B (50, 50) has 1/2 always. So A is first where w > 1/2.
    rows = {"a": {"x": 100, "y": 0}, "b": {"x": 50, "y": 50}}
    found = firmness(build(rows), space="all").second
    assert found.first["a"].anywhere.value == pytest.approx(0.5, abs=0.015)
    assert found.same_share.value == 1.0
    assert found.same_share.text == "more than 99"


def test_topsis_may_lead_elsewhere():
    found = firmness(example(), weighting="group")
    assert [p.id for p in found.leaders] == ["screening"]
    assert found.second.leaders == ("survivor_mentors",)
    assert not found.second.same_leader
    assert found.second.same_share.value < 0.5


def test_topsis_neither_agrees_nor_differs_where_its_counts_do_not_settle_it(build):
    rows = {p: {"x": None, "y": None} for p in "ab"}
    second = firmness(build(rows, {"x": 3, "y": 2})).second
    assert second.stance == "open"
    assert {*second.leaders, *second.rivals} == {"a", "b"}


def test_topsis_differs_where_both_counts_settle_it():
    second = firmness(example(), weighting="group").second
    assert (second.stance, second.rivals) == ("differs", ("screening",))
    assert second.rival is not None
    assert second.rival.anywhere.high < second.together.anywhere.low


# --- sampling


def test_the_sample_grows_until_the_interval_is_met(build):
    wide = Sampling(seed=1, samples=100, half_width=0.02)
    found = firmness(build(BY_HAND), space="all", sampling=wide)
    assert (found.samples, found.reached) == (3200, True)
    assert found.half_width <= 0.02


def test_a_sample_that_may_not_grow_so_far_says_so(build):
    capped = Sampling(seed=1, samples=100, half_width=0.02, max_samples=1000)
    found = firmness(build(BY_HAND), space="all", sampling=capped)
    assert (found.samples, found.reached) == (1000, False)


def test_large_samples_report_how_far_they_are_and_only_once(build):
    project = build(BY_HAND)
    calls = []
    sampling = Sampling(seed=7, samples=200_000, progress=lambda *now: calls.append(now))
    found = firmness(project, space="all", sampling=sampling)
    assert found.samples == 200_000
    assert calls[-1] == (200_000, 200_000)
    assert len(calls) > 2
    before = len(calls)
    assert firmness(project, space="all", sampling=sampling).programs == found.programs
    assert len(calls) == before


def test_the_same_seed_gives_the_same_finding_another_a_similar_one(build):
    project = build(BY_HAND)
    one = firmness(project, space="all", sampling=replace(SAMPLING, seed=1))
    again = firmness(build(BY_HAND), space="all", sampling=replace(SAMPLING, seed=1))
    other = firmness(project, space="all", sampling=replace(SAMPLING, seed=2))
    assert one.programs == again.programs
    assert (one.seed, other.seed) == (1, 2)
    assert one.programs != other.programs


def test_sampling_that_cannot_be_used_is_refused():
    with pytest.raises(InputError, match="samples"):
        Sampling(seed=1, samples=0)


def test_points_typed_in_are_looked_at_from_near(build):
    found = firmness(build(BY_HAND), weighting={"reach": 3, "evidence": 1}, sampling=QUICK)
    assert found.space.id == "near"
    assert found.weighting.id is None
    assert found.mean_weights["reach"] == pytest.approx(0.75, abs=0.05)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"run_id": "no"}, UnknownItemError),
        ({"weighting": "no"}, UnknownItemError),
        ({"space": "no"}, FindingsError),
        ({"space": "people"}, FindingsError),
    ],
)
def test_what_is_not_there_is_refused(build, arguments, error):
    with pytest.raises(error):
        firmness(build(BY_HAND), **arguments)


def test_a_run_with_errors_is_refused(build):
    with pytest.raises(FindingsError):
        firmness(build({"a": {"x": 1}}, out={"a": "No provider"}))


# --- tables


def test_the_tables_hold_the_same_numbers(build):
    found = firmness(build(BY_HAND), space="all", sampling=QUICK)
    frame = found.to_frame()
    assert list(frame.index) == ["a", "b", "c"]
    assert frame.loc["a", "anywhere"] == found.program("a").first.anywhere.value
    assert frame.loc["a", "first"] == found.program("a").first.text
    assert np.isnan(frame.loc["c", "confidence"])
    assert list(found.rank_frame().columns) == [1, 2, 3]
    pairs = found.pairwise_frame()
    assert pairs.loc["A", "B"] + pairs.loc["B", "A"] == pytest.approx(1)
    assert np.isnan(pairs.loc["A", "A"])
    assert found.central_frame().loc["A"].sum() == pytest.approx(1)
    assert found.central_frame().loc["C"].isna().all()
    with pytest.raises(KeyError):
        found.program("no")


def test_an_example_says_it_is_one():
    assert firmness(example(), weighting="p2", sampling=QUICK).illustrative
