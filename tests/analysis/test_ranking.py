"""The ranking: order, ties, who is left out, and its sentence."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda.analysis import ranking, working
from mcda.engine import InputError
from mcda.project import FindingsError, MustHave, UnknownItemError, Verdict
from mcda.project.templates import example

METHODS = ("weighted_sum", "topsis_anchored", "topsis")


def ranks(found):
    return {p.id: p.rank for p in found.ranked}


def spans(found):
    return {p.id: (p.rank_best, p.rank_worst) for p in found.ranked}


# --- order and ties


def test_programs_stand_best_first_with_scores_in_points_of_100(build):
    rows = {"a": {"x": 50, "y": 10}, "b": {"x": 90, "y": 30}, "c": {"x": 10, "y": 100}}
    found = ranking(build(rows, {"x": 3, "y": 1}))
    assert [(p.id, p.rank) for p in found.programs] == [("b", 1), ("a", 2), ("c", 3)]
    assert [p.score for p in found.programs] == pytest.approx([75, 40, 32.5])


def test_scores_that_differ_by_rounding_only_share_a_place(build):
    # 0.1 + 0.2 against 0.3: the sum on a is 0.30000000000000004.
    rows = {"a": {"x": 0.2, "y": 0.4}, "b": {"x": 0.3, "y": 0.3}, "c": {"x": 0.1, "y": 0.1}}
    assert ranks(ranking(build(rows, {"x": 1, "y": 1}))) == {"a": 1, "b": 1, "c": 3}


@pytest.mark.parametrize("method", METHODS)
def test_equal_programs_all_come_first(build, method):
    found = ranking(build({p: {"x": 40, "y": 70} for p in "abc"}), method=method)
    assert ranks(found) == {"a": 1, "b": 1, "c": 1}


@pytest.mark.parametrize("method", METHODS)
def test_a_single_program_comes_first(build, method):
    assert ranks(ranking(build({"a": {"x": 40, "y": 0}}), method=method)) == {"a": 1}


def test_a_place_is_a_range_where_it_is_not_certain(build):
    rows = {"a": {"x": (40, 80)}, "b": {"x": 60}, "c": {"x": 30}}
    found = ranking(build(rows))
    assert spans(found) == {"a": (1, 2), "b": (1, 2), "c": (3, 3)}
    assert ranks(found) == {"a": None, "b": None, "c": 3}


def test_place_and_score_are_written_as_ranges_or_single_numbers(build):
    found = ranking(build({"a": {"x": (40, 80)}, "b": {"x": 60}, "c": {"x": 30}}))
    assert (found.result("a").rank_text, found.score_text("a")) == ("1 to 2", "40.0 to 80.0")
    assert (found.result("c").rank_text, found.score_text("c")) == ("3", "30.0")


def test_scores_of_topsis_are_written_with_three_decimals(build):
    found = ranking(build({"a": {"x": 25}}), method="topsis_anchored")
    assert found.score_text("a") == "0.250"


# --- who is left out


UNFIT = MustHave(
    id="m",
    name="Safe",
    verdicts=(Verdict(program="best", verdict="fail", reason="Not vetted."),),
)
ROWS = {"best": {"x": 100}, "a": {"x": 20}, "b": {"x": 70}, "gone": {"x": 90}, "aid": {"x": 95}}
LEFT_OUT = {"roles": {"aid": "support"}, "out": {"gone": "No provider"}, "must_haves": (UNFIT,)}


@pytest.mark.parametrize("method", METHODS)
def test_programs_left_out_never_touch_the_numbers(build, method):
    without = ranking(build({p: ROWS[p] for p in ("a", "b")}), method=method)
    found = ranking(build(ROWS, **LEFT_OUT), method=method)
    numbers = [
        [(p.id, p.score, p.rank, p.score_low, p.score_high) for p in r.ranked]
        for r in (found, without)
    ]
    assert numbers[0] == numbers[1]


def test_programs_left_out_stay_visible_at_the_end_with_their_reason(build):
    found = ranking(build(ROWS, **LEFT_OUT))
    assert [p.id for p in found.programs] == ["b", "a", "gone", "best"]
    assert [(p.id, p.excluded) for p in found.excluded] == [
        ("gone", "Set aside: No provider"),
        ("best", "Fails a must-have. Safe: Not vetted."),
    ]


def test_a_program_left_out_has_no_score_and_no_place(build):
    found = ranking(build(ROWS, **LEFT_OUT))
    gone = found.result("gone")
    assert [gone.score, gone.score_low, gone.score_high] == [None] * 3
    assert [gone.rank, gone.rank_best, gone.rank_worst] == [None] * 3
    assert (gone.rank_text, found.score_text("gone")) == ("not ranked", "")


def test_supports_are_not_listed(build):
    with pytest.raises(KeyError):
        ranking(build(ROWS, **LEFT_OUT)).result("aid")


def test_a_must_have_nobody_has_settled_is_listed_and_keeps_the_program_in(build):
    verdicts = tuple(Verdict(program=p, verdict="pass") for p in ("best", "a", "gone"))
    found = ranking(build(ROWS, must_haves=(MustHave(id="m", name="Legal", verdicts=verdicts),)))
    assert {p.id: p.unsettled for p in found.ranked if p.unsettled} == {
        "b": ("Legal",),
        "aid": ("Legal",),
    }


# --- adding and dropping programs


exact_rows = st.lists(st.tuples(*[st.integers(0, 100)] * 3), min_size=2, max_size=6)


@pytest.mark.parametrize("method", ["weighted_sum", "topsis_anchored"])
@given(exact_rows, st.tuples(*[st.integers(0, 9)] * 3).filter(any), st.data())
@settings(max_examples=40)
def test_dropping_a_program_never_reorders_the_others(build, method, rows, points, data):
    table = {f"p{i}": dict(zip("xyz", row, strict=True)) for i, row in enumerate(rows)}
    dropped = data.draw(st.sampled_from(sorted(table)))
    weights = dict(zip("xyz", points, strict=True))
    full = ranking(build(table, weights), method=method)
    less = ranking(build(table, weights, out={dropped: ""}), method=method)
    kept = [p for p in full.ranked if p.id != dropped]
    assert [p.score for p in less.ranked] == pytest.approx([p.score for p in kept])
    for one in kept:
        for other in kept:
            before = np.sign(one.rank - other.rank)
            after = np.sign(less.result(one.id).rank - less.result(other.id).rank)
            assert before == after


def test_dropping_a_program_leaves_the_ends_of_the_others_scores(build):
    rows = {"a": {"x": (10, 90)}, "b": {"x": 60}, "c": {"x": None}}
    full, less = ranking(build(rows)), ranking(build(rows, out={"c": ""}))
    for program_id in ("a", "b"):
        one, same = full.result(program_id), less.result(program_id)
        assert (one.score_low, one.score_high) == (same.score_low, same.score_high)


# --- what is asked for


def test_weights_may_be_named_or_typed_in(build, points):
    rows = {"a": {"x": 100, "y": 0}, "b": {"x": 0, "y": 100}}
    project = build(rows, {"x": 1, "y": 0}, weightings=(points({"x": 0, "y": 1}, "Other"),))
    assert ranks(ranking(project)) == {"a": 1, "b": 2}
    assert ranks(ranking(project, weighting="Other")) == {"b": 1, "a": 2}
    assert ranks(ranking(project, weighting={"y": 1})) == {"b": 1, "a": 2}


def test_an_unfinished_weighting_is_refused_only_when_it_is_used(build, points):
    project = build({"a": {"x": 1, "y": 2}}, {"x": 1, "y": 1}, weightings=(points({"x": 1}, "P1"),))
    assert ranks(ranking(project)) == {"a": 1}
    with pytest.raises(FindingsError, match="'P1' cannot be used yet"):
        ranking(project, weighting="P1")


def test_the_latest_run_is_ranked_unless_another_is_named(build):
    project = build({"a": {"x": 1}, "b": {"x": 2}}).rerun(None, "run-2", "Again")
    project = project.without_program("b")
    assert ranks(ranking(project)) == {"a": 1}
    assert ranks(ranking(project, "run-1")) == {"b": 1, "a": 2}


def test_an_unknown_run_is_refused(build):
    with pytest.raises(UnknownItemError, match="no run 'run-9'"):
        ranking(build({"a": {"x": 1}}), "run-9")


def test_an_unknown_method_is_refused(build):
    with pytest.raises(InputError, match="no method 'ahp'"):
        ranking(build({"a": {"x": 1}}), method="ahp")


def test_an_illustrative_project_says_so():
    assert ranking(example()).illustrative


# --- the table


def test_the_table_holds_every_program_in_order(build):
    frame = ranking(build(ROWS, **LEFT_OUT)).to_frame()
    assert list(frame.index) == ["b", "a", "gone", "best"]
    assert frame.loc["b", ["name", "score", "rank"]].tolist() == ["B", 70, 1]
    assert frame.loc["gone", "excluded"] == "Set aside: No provider"
    assert pd.isna(frame.loc["gone", "rank"])


def test_places_in_the_table_are_whole_numbers_even_where_some_are_missing(build):
    frame = ranking(build({"a": {"x": (40, 80)}, "b": {"x": 60}, "c": {"x": 30}})).to_frame()
    assert frame["rank"].astype("object").tolist() == [pd.NA, pd.NA, 3]
    assert frame["rank_best"].tolist() == [1, 1, 3]


# --- the sentence


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        pytest.param(
            {"a": 70, "b": 60, "c": 50},
            "A comes first (70.0 points); B comes second (60.0 points).",
            id="clear",
        ),
        pytest.param({"a": 70}, "A is the only program left to rank.", id="alone"),
        pytest.param(
            {"a": 50, "b": 50}, "A and B share the first place (50.0 points each).", id="all tied"
        ),
        pytest.param(
            {"a": 70, "b": 70, "c": 50},
            "A and B share the first place (70.0 points each); C comes third (50.0 points).",
            id="tied at the top",
        ),
        pytest.param(
            {"a": 70, "b": 60, "c": 60},
            "A comes first (70.0 points); B and C share the second place (60.0 points each).",
            id="tied in second place",
        ),
        pytest.param(
            {"a": 90, "b": (50, 70), "c": 60},
            "A comes first (90.0 points); B or C could come second.",
            id="open second place",
        ),
        pytest.param(
            {"a": (80, 90), "b": 60},
            "A comes first (80.0 to 90.0 points); B comes second (60.0 points).",
            id="sure in spite of a range",
        ),
        pytest.param(
            {"a": 70, "b": (50, 70)},
            "A comes first (70.0 points); B could share the first place.",
            id="the end of a range ties",
        ),
        pytest.param(
            {"a": (40, 80), "b": 60, "c": 10},
            "No single program is sure of the first place: A or B could hold it, depending on "
            "what is not known exactly (A: 40.0 to 80.0 points; B: 60.0 points).",
            id="open",
        ),
        pytest.param(
            {"a": (40, 50, 80), "b": 60},
            "No single program is sure of the first place: A or B could hold it, depending on "
            "what is not known exactly (A: 40.0 to 80.0 points; B: 60.0 points). At the likely "
            "numbers B is ahead.",
            id="open, with likely numbers",
        ),
        pytest.param(
            {"a": (40, 60, 80), "b": 60},
            "No single program is sure of the first place: A or B could hold it, depending on "
            "what is not known exactly (A: 40.0 to 80.0 points; B: 60.0 points). At the likely "
            "numbers A and B are level.",
            id="open, level at the likely numbers",
        ),
        pytest.param(
            dict.fromkeys("abcdefgh", (0, 100)),
            "No single program is sure of the first place: A, B, C, D, E or 3 others could hold "
            "it, depending on what is not known exactly.",
            id="open to many",
        ),
        pytest.param(
            dict.fromkeys("abcdefgh", 40),
            "A, B, C, D, E and 3 others share the first place (40.0 points each).",
            id="many tied",
        ),
        pytest.param(
            dict.fromkeys("abcdef", 40) | {"g": 10},
            "A, B, C, D, E and F share the first place (40.0 points each); G comes next "
            "(10.0 points).",
            id="after many tied",
        ),
    ],
)
def test_the_sentence_says_who_comes_first_and_how_sure_that_is(build, rows, sentence):
    found = ranking(build({p: {"x": cell} for p, cell in rows.items()}))
    assert found.sentence == sentence


def test_where_the_lowest_score_is_the_best_the_likely_leader_is_the_same(build):
    project = build({"a": {"x": (40, 50, 80)}, "b": {"x": 60}})
    found = ranking(project, method="spotis")
    assert found.sentence.endswith("At the likely numbers B is ahead.")
    assert spans(found) == spans(ranking(project))


def test_likely_scores_that_differ_by_rounding_alone_are_level(build):
    """By PROMETHEE II 2 + 3 + 1 speak for A and 6 for B, each in full as they differ by 50 points:
    level but for rounding."""
    rows = {
        "a": {"x": (10, 70, 80), "y": 70, "z": 70, "u": 20},
        "b": {"x": 20, "y": 20, "z": 20, "u": (10, 70, 80)},
    }
    weights = {"x": 2, "y": 3, "z": 1, "u": 6}
    found = ranking(build(rows), weighting=weights, method="promethee_ii")
    assert {p.score_likely for p in found.ranked} != {0.0}
    assert found.sentence.endswith("At the likely numbers A and B are level.")


def test_a_program_that_a_method_cannot_score_is_named(build):
    """CoCoSo divides by a sum that is 0 where a program is worst on everything that counts."""
    with pytest.raises(InputError, match=r"^B: this alternative is worst on every criterion"):
        ranking(build({"a": {"x": 50}, "b": {"x": 20}}), method="cocoso")
    with pytest.raises(InputError, match=r"^[AB], at numbers that its scores may have: this alt"):
        ranking(build({"a": {"x": 50}, "b": {"x": (20, 60)}}), method="cocoso")
    with pytest.raises(InputError, match=r"^B: "):
        working(build({"a": {"x": 50}, "b": {"x": 20}}), method="cocoso")


def test_programs_with_the_same_places_stand_best_first_where_the_lowest_score_is_the_best(build):
    rows = {"a": {"x": (20, 60)}, "b": {"x": (30, 80)}}
    assert [p.id for p in ranking(build(rows), method="spotis").ranked] == ["b", "a"]
    assert [p.id for p in ranking(build(rows)).ranked] == ["b", "a"]
