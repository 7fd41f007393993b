"""What if: both rankings, what moves and why; the base is never changed."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mcda.analysis import (
    DEFAULT_METHOD,
    SECOND_METHOD,
    contributions,
    derive_weights,
    difference,
    ranking,
    scenario_changes,
    supposed,
    used_weights,
    what_if,
)
from mcda.project import (
    AskedShare,
    Cap,
    ChangedScore,
    Exact,
    FindingsError,
    MustHave,
    Project,
    Range,
    Record,
    Scenario,
    Threshold,
    Unknown,
    UnknownItemError,
    Verdict,
)
from mcda.project.templates import example

# By COST: A 70, C 45, B 27. By equal weights: A 50, B and C 45.
ROWS = {
    "a": {"cost": 100, "proof": 0},
    "b": {"cost": 0, "proof": 90},
    "c": {"cost": 45, "proof": 45},
}
COST = {"cost": 7, "proof": 3}


def scenario(**changes) -> Scenario:
    return Scenario(id="x", title="X", **changes)


def score(program, criterion, amount) -> ChangedScore:
    if not isinstance(amount, Range | Unknown):
        amount = Exact(value=float(amount))
    return ChangedScore(program=program, criterion=criterion, amount=amount)


def without(*programs) -> Scenario:
    return scenario(programs_out=programs)


def at_least(**limits) -> Scenario:
    return scenario(caps=tuple(Cap(criterion=c, limit=float(x)) for c, x in limits.items()))


def counting(**shares) -> Scenario:
    asked = (AskedShare(criterion=c, percent=float(p)) for c, p in shares.items())
    return scenario(shares=tuple(asked))


@pytest.fixture
def project(build) -> Project:
    return build(ROWS, COST)


def places(found) -> dict[str, tuple[str, str]]:
    return {s.id: (s.was, s.now) for s in found.shifts}


# --- beside the base


def test_the_base_is_the_ranking_as_it_is(project):
    found = what_if(project, without("a"))
    assert found.base == ranking(project)
    assert found.supposed == ranking(found.project)
    assert places(found) == {"c": ("2", "1"), "b": ("3", "2"), "a": ("1", "not ranked")}


def test_each_program_has_both_scores_and_the_reason_where_it_is_gone(project):
    found = what_if(project, without("a"))
    gone = found.shifts[-1]
    assert (gone.name, gone.score_was, gone.score_now) == ("A", "70.0", "")
    assert gone.reason == "Set aside: only in this what-if."
    assert [s.is_gone for s in found.shifts] == [False, False, True]


def test_other_findings_take_the_project_as_it_would_be(project):
    found = what_if(project, counting(cost=20))
    assert difference(found.project, "b", "a").a.id == "b"
    assert len(contributions(found.project).programs) == 3


def test_a_weighting_and_a_method_can_be_named(project, points):
    other = project.with_weighting(points({"cost": 1, "proof": 9}, "Other"))
    found = what_if(other, without("c"), weighting="Other", method=SECOND_METHOD)
    assert (found.base.weighting.name, found.supposed.method) == ("Other", SECOND_METHOD)
    assert found.base.ranked[0].id == "b"


def test_an_earlier_run_can_be_named(project):
    two = project.rerun(None, "run-2", "Second").without_program("a")
    found = what_if(two, without("c"), "run-1")
    assert (found.base.run_id, found.supposed.run_id) == ("run-1", "run-1")
    assert found.project.run("run-2") == two.run("run-2")
    assert found.headline == "A comes first either way."


def test_a_decided_run_can_be_asked_about_and_stays_decided(project):
    decided = project.decide(Record(choice="a", reasons="Cheap."))
    found = what_if(decided, without("a"))
    assert found.headline == "If so, C comes first. In our ranking A comes first."
    assert decided.run().status == "decided"


def test_an_unknown_run_or_weighting_is_refused(project):
    with pytest.raises(UnknownItemError):
        what_if(project, scenario(), "run-9")
    with pytest.raises(UnknownItemError):
        what_if(project, scenario(), weighting="nobody")


# --- sentences


@pytest.mark.parametrize(
    ("found", "headline", "detail"),
    [
        pytest.param(
            scenario(),
            "A comes first either way.",
            "Every program keeps its place.",
            id="nothing",
        ),
        pytest.param(
            without("a"),
            "If so, C comes first. In our ranking A comes first.",
            "No longer ranked: A. The others keep their order.",
            id="first left out",
        ),
        pytest.param(
            without("c"),
            "A comes first either way.",
            "No longer ranked: C. The others keep their order.",
            id="second left out",
        ),
        pytest.param(
            without("b", "c"),
            "A is the only program left to rank.",
            "No longer ranked: C, B.",
            id="one left",
        ),
        pytest.param(
            counting(cost=20),
            "If so, B comes first. In our ranking A comes first.",
            "Moved: A (was 1, now 3), B (was 3, now 1). "
            "What did most: Cost counts 20% instead of 70%, and B does worse on it than A.",
            id="a weight",
        ),
        pytest.param(
            scenario(criteria_out=("cost",)),
            "If so, B comes first. In our ranking A comes first.",
            "Moved: A (was 1, now 3), B (was 3, now 1). "
            "What did most: Cost no longer counts, and B does worse on it than A.",
            id="a criterion",
        ),
        pytest.param(
            scenario(scores=(score("b", "cost", 90),)),
            "If so, B comes first. In our ranking A comes first.",
            "Moved: A (was 1, now 2), C (was 2, now 3), B (was 3, now 1). "
            "What did most: Cost of B is 90 instead of 0.",
            id="a score",
        ),
        pytest.param(
            scenario(scores=(score("a", "cost", 20),)),
            "If so, C comes first. In our ranking A comes first.",
            "Moved: A (was 1, now 3), C (was 2, now 1), B (was 3, now 2). "
            "What did most: Cost of A is 20 instead of 100.",
            id="the score of the one that fell",
        ),
        pytest.param(
            at_least(cost=40),
            "A comes first either way.",
            "No longer ranked: B. The others keep their order.",
            id="a limit",
        ),
        pytest.param(
            scenario(programs_out=("a",), scores=(score("b", "cost", 90),)),
            "If so, B comes first. In our ranking A comes first.",
            "No longer ranked: A. Moved, counting only programs in both: C (was 1, now 2), "
            "B (was 2, now 1). What did most: Cost of B is 90 instead of 0.",
            id="left out and moved",
        ),
        pytest.param(
            scenario(scores=(score("b", "cost", Range(low=60, high=100)),)),
            "If so, B or A could come first. In our ranking A comes first.",
            "Moved: A (was 1, now 1 to 2), C (was 2, now 3), B (was 3, now 1 to 2). "
            "What did most: Cost of B is 60 to 100 instead of 0.",
            id="a range",
        ),
    ],
)
def test_the_sentence_says_who_is_first_what_moves_and_why(project, found, headline, detail):
    seen = what_if(project, found)
    assert (seen.headline, seen.detail) == (headline, detail)
    assert seen.sentence == f"{headline} {detail}"


def test_an_unknown_score_keeps_the_whole_range_open(project):
    found = what_if(project, scenario(scores=(score("b", "cost", Unknown()),)))
    assert places(found)["b"] == ("3", "1 to 3")
    assert found.supposed.result("b").score is None
    assert "Cost of B is not known instead of 0." in found.detail


def test_a_score_that_was_not_known_is_said_to_have_been_so(build):
    rows = ROWS | {"b": {"cost": None, "proof": 90}}
    found = what_if(build(rows, COST), scenario(scores=(score("b", "cost", 100),)))
    assert found.headline == "If so, B comes first. In our ranking A or B could come first."
    assert "Cost of B is 100, which was not known." in found.detail


def test_a_program_that_may_meet_a_limit_stays_and_is_named(build):
    rows = ROWS | {"c": {"cost": (30, 60), "proof": 45}, "d": {"cost": None, "proof": 1}}
    found = what_if(build(rows, COST), at_least(cost=40))
    assert found.in_doubt == ("D", "C")
    assert found.detail.endswith("It is not certain that D and C meet the limit.")
    assert what_if(build(rows, COST), at_least(cost=20)).detail.endswith("that D meets the limit.")


def test_an_open_must_have_of_our_own_is_no_doubt_about_a_limit(build):
    open_one = MustHave(id="safe", name="Safe")
    found = what_if(build(ROWS, COST, must_haves=(open_one,)), at_least(cost=10))
    assert found.supposed.ranked[0].unsettled == ("Safe",)
    assert found.in_doubt == ()


def test_a_changed_score_can_bring_a_program_in(build):
    limit = Threshold(criterion="cost", limit=40.0)
    must_have = MustHave(id="enough", name="Enough", threshold=limit)
    project = build(ROWS, COST, must_haves=(must_have,))
    found = what_if(project, scenario(scores=(score("b", "cost", 90),)))
    assert places(found)["b"] == ("not ranked", "1")
    assert found.moves == "Now ranked: B. The others keep their order."


def test_one_in_and_all_others_out_leave_nothing_to_compare(build):
    verdict = Verdict(program="b", verdict="fail", reason="No.")
    must_have = MustHave(id="m", name="M", threshold=Threshold(criterion="cost", limit=40.0))
    project = build({"a": ROWS["a"], "b": ROWS["b"]}, COST, must_haves=(must_have,))
    assert verdict.program not in [p.id for p in ranking(project).ranked]
    found = what_if(project, without("a").with_score(score("b", "cost", 90)))
    assert found.sentence == (
        "B is the only program left to rank. No longer ranked: A. Now ranked: B."
    )


def test_the_second_method_gives_no_cause(project):
    found = what_if(project, counting(cost=20), method=SECOND_METHOD)
    assert found.moves.startswith("Moved: ")
    assert "What did most" not in found.moves


def test_the_greater_part_of_two_changes_is_the_cause(project):
    both = counting(cost=60).with_score(score("b", "cost", 100))
    assert "Cost of B is 100 instead of 0." in what_if(project, both).moves
    both = counting(cost=10).with_score(score("b", "cost", 5))
    assert "Cost counts 10% instead of 70%" in what_if(project, both).moves


def test_ids_of_programs_and_criteria_may_be_the_same(build):
    rows = {"a": {"a": 10, "b": 20}, "b": {"a": 20, "b": 90}}
    found = what_if(build(rows, {"a": 1, "b": 1}), without("b"))
    assert [c.sentence for c in found.changes] == ["B is left out."]


# --- what cannot be ranked


@pytest.mark.parametrize(
    ("found", "message"),
    [
        (without("a", "b", "c"), "No program is left to rank."),
        (at_least(cost=100, proof=1), "No program is left to rank."),
        (scenario(criteria_out=("cost", "proof")), "No criterion is left to rank."),
        (scenario(scores=(score("a", "cost", 101),)), "101 is outside the range 0 to 100."),
    ],
)
def test_what_leaves_nothing_to_rank_says_so(project, found, message):
    with pytest.raises(FindingsError) as refused:
        what_if(project, found)
    assert refused.value.headline == "With these changes nothing can be ranked."
    assert refused.value.findings[0].message == message


def test_dropping_the_criterion_with_all_the_weight_is_refused_in_words(build):
    project = build(ROWS, {"cost": 1, "proof": 0})
    with pytest.raises(FindingsError, match="None of the criteria in use has any weight"):
        what_if(project, scenario(criteria_out=("cost",)))


def test_our_own_ranking_that_cannot_be_made_keeps_its_own_words(build):
    project = build({"a": {"cost": 101}})
    with pytest.raises(FindingsError, match="This cannot be ranked until it is mended"):
        what_if(project, scenario())


# --- shares


def test_the_others_give_way_in_proportion(build):
    rows = {"a": {"cost": 1, "proof": 2, "reach": 3}}
    project = build(rows, {"cost": 50, "proof": 30, "reach": 20})
    weights = used_weights(supposed(project, counting(cost=20)).run()).weights
    assert weights == pytest.approx({"cost": 0.2, "proof": 0.48, "reach": 0.32})
    weights = used_weights(supposed(project, counting(cost=20, reach=70)).run()).weights
    assert weights == pytest.approx({"cost": 0.2, "proof": 0.1, "reach": 0.7})


def test_shares_of_all_criteria_are_scaled(project):
    weights = used_weights(supposed(project, counting(cost=10, proof=30)).run()).weights
    assert weights == pytest.approx({"cost": 0.25, "proof": 0.75})


def test_every_weighting_takes_the_shares_and_keeps_whose_it_is(project, points):
    mine = points({"cost": 1, "proof": 9}, "Mine").model_copy(update={"person": "p1"})
    two = project.with_weighting(mine)
    changed = supposed(two, counting(cost=40)).run()
    assert [(w.id, w.person) for w in changed.weightings] == [("group", None), ("mine", "p1")]
    assert [derive_weights(changed, w)["cost"] for w in changed.weightings] == pytest.approx(
        [0.4, 0.4]
    )


def test_a_weighting_that_cannot_be_used_stays_as_it_is(project, points):
    half = points({"cost": 1}, "Half")
    changed = supposed(project.with_weighting(half), counting(cost=40)).run()
    assert changed.weighting("half") == half


def test_without_weightings_the_equal_weights_give_way(build):
    found = what_if(build(ROWS), counting(cost=80))
    assert found.base.weighting.weights == {"cost": 0.5, "proof": 0.5}
    assert found.supposed.weighting.weights == pytest.approx({"cost": 0.8, "proof": 0.2})
    assert found.supposed.weighting.name == found.base.weighting.name


def test_a_share_of_a_criterion_that_is_left_out_is_passed_over(project):
    found = counting(cost=40).with_criteria_out(["cost"])
    assert used_weights(supposed(project, found).run()).weights == {"proof": 1.0}


# --- what is different, in words


def test_each_change_is_a_sentence_with_its_unit(build):
    project = build(
        {"a": {"cost": 5, "reach": 5}, "b": {"cost": 9, "reach": 1}},
        {"cost": 1, "reach": 3},
        units={"cost": "dollars", "reach": "%"},
        ends={"cost": (10, 0)},
    )
    found = scenario(
        scores=(score("a", "cost", 3), score("b", "reach", Range(low=1, likely=2, high=4))),
        programs_out=("b",),
        criteria_out=("reach",),
        caps=(Cap(criterion="cost", limit=4.0), Cap(criterion="reach", limit=2.0)),
        shares=(AskedShare(criterion="cost", percent=40.0),),
    )
    weights = used_weights(project.run()).weights
    changes = scenario_changes(project.run(), found, weights)
    assert [(c.kind, c.items, c.sentence) for c in changes] == [
        ("score", ("a", "cost"), "Cost of A is 3 dollars instead of 5."),
        ("score", ("b", "reach"), "Reach of B is 1 to 4, likely 2% instead of 1."),
        ("program", ("b",), "B is left out."),
        ("criterion", ("reach",), "Reach does not count."),
        ("cap", ("cost",), "Cost must be at most 4 dollars."),
        ("cap", ("reach",), "Reach must be at least 2%."),
        ("share", ("cost",), "Cost counts 40% instead of 25%."),
    ]
    assert scenario_changes(project.run(), found)[-1].sentence == "Cost counts 40%."


def test_what_is_gone_is_named_as_gone(project):
    found = scenario(
        scores=(score("gone", "cost", 1), score("a", "gone", 1)),
        programs_out=("gone",),
        criteria_out=("gone",),
        caps=(Cap(criterion="gone", limit=1.0),),
        shares=(AskedShare(criterion="gone", percent=1.0),),
    )
    sentences = {c.sentence for c in scenario_changes(project.run(), found)}
    assert sentences == {"“gone” is not there any more."}
    assert what_if(project, found).supposed == ranking(project)


# --- plain words


def grade(text: str) -> float:
    """Return the Flesch-Kincaid grade of a text (Kincaid et al. 1975), syllables by vowels."""
    words = re.findall(r"[a-z]+", text.lower())
    sentences = len(re.findall(r"[.!?](?:\s|$)", text))
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", word.rstrip("e")))) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def test_the_measure_tells_hard_words_from_plain_ones():
    assert grade("The cat sat on the mat.") < 1
    assert grade("Organizational considerations necessitate multidimensional evaluation.") > 12


@pytest.mark.parametrize(
    "found",
    [
        without("a"),
        counting(cost=20),
        scenario(criteria_out=("cost",)),
        scenario(scores=(score("b", "cost", 90),)),
        scenario(scores=(score("b", "cost", Unknown()),)),
        at_least(cost=40),
        at_least(cost=40).with_score(score("a", "cost", Range(low=30, high=60))),
    ],
)
def test_the_sentences_read_at_grade_8_or_below(project, found):
    seen = what_if(project, found)
    assert grade(seen.sentence) <= 8
    assert all(grade(change.sentence) <= 8 for change in seen.changes)


# --- whatever the numbers


CELLS = st.one_of(
    st.integers(0, 100),
    st.tuples(st.integers(0, 50), st.integers(51, 100)),
    st.none(),
)
NAMES = ["a", "b", "c", "d", "e"]
CRITERIA = ["cost", "proof", "reach"]


@st.composite
def projects(draw, build) -> Project:
    rows = {p: {c: draw(CELLS) for c in CRITERIA} for p in NAMES}
    return build(rows, {c: draw(st.integers(1, 9)) for c in CRITERIA})


@settings(deadline=None, max_examples=60)
@given(data=st.data(), method=st.sampled_from([DEFAULT_METHOD, SECOND_METHOD]))
def test_an_empty_scenario_gives_the_same_ranking(build, data, method):
    project = data.draw(projects(build))
    found = what_if(project, scenario(), method=method)
    assert found.supposed == found.base
    assert found.moves == "Every program keeps its place."


@settings(deadline=None, max_examples=60)
@given(
    data=st.data(),
    out=st.sets(st.sampled_from(NAMES), min_size=1, max_size=4),
    method=st.sampled_from([DEFAULT_METHOD, SECOND_METHOD]),
)
def test_leaving_out_programs_never_reorders_the_others(build, data, out, method):
    project = data.draw(projects(build))
    found = what_if(project, without(*sorted(out)), method=method)
    rest = [p for p in found.base.ranked if p.id not in out]
    assert {p.id for p in rest} == {p.id for p in found.supposed.ranked}
    for p in rest:
        assert found.supposed.result(p.id).score_low == pytest.approx(p.score_low)
        assert found.supposed.result(p.id).score_high == pytest.approx(p.score_high)
    # Places as ranges hold more than one order; who is surely before whom, the scores say.
    surely = [(p, q) for p in rest for q in rest if p.score_low > q.score_high]
    for p, q in surely:
        now = found.supposed.result(p.id), found.supposed.result(q.id)
        assert now[0].rank_best <= now[1].rank_best
        assert now[0].rank_worst <= now[1].rank_worst
    assert "Moved" not in found.moves


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_a_scenario_never_changes_the_base(build, data):
    project = data.draw(projects(build))
    changes = scenario(
        scores=(score(data.draw(st.sampled_from(NAMES)), "cost", data.draw(st.integers(0, 100))),),
        programs_out=tuple(sorted(data.draw(st.sets(st.sampled_from(NAMES), max_size=2)))),
        caps=(Cap(criterion="proof", limit=float(data.draw(st.integers(0, 60)))),),
        shares=(AskedShare(criterion="reach", percent=float(data.draw(st.integers(0, 100)))),),
    )
    before, text = ranking(project), project.model_dump_json()
    try:
        found = what_if(project, changes)
    except FindingsError:
        assume(False)
    assert project.model_dump_json() == text
    assert found.base == ranking(project) == before


def test_the_worked_example_can_be_asked_about():
    found = what_if(example(), scenario(criteria_out=("cost",)))
    assert found.supposed.illustrative
    assert found.headline.startswith("If so, Survivor mentor program comes first.")
