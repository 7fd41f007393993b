"""How firm it is, in words: what is said, that it is true, and that it is easy to read."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mcda.analysis import (
    BANDS,
    CAVEAT,
    SAME_ORDER,
    SETTLED_NOTE,
    SPACES,
    firmness,
    ranking,
    sentences,
    what_flips,
    with_share,
)
from mcda.app.views.firm import MORE_EXACT
from mcda.charts import CENTRAL, PROVED
from mcda.engine.robustness import Sampling
from mcda.project import OrderJudgement, Weighting
from mcda.project.templates import example

QUICK = Sampling(seed=3, samples=300)
shared = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
NEAR = "sets of weights in this order and within a third of these"


def neutral(text, project):
    """Put a short neutral word for every name, so that names do not count for the grade."""
    run = project.run()
    named = (*run.evidence.programs, *run.evidence.criteria, *run.weightings)
    for name in sorted((n.name for n in named), key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(name)}\b", "Plan", text)
    return text


def order(*items):
    tiers = tuple((item,) for item in items)
    return Weighting(id="order", name="Order", judgement=OrderJudgement(tiers=tiers))


# --- the verdict


def test_a_firm_first_place_in_all_weightings(build):
    rows = {"a": {"x": 80, "y": 40}, "b": {"x": 20, "y": 30}}
    found = sentences(build(rows, {"x": 2, "y": 1}))
    assert found.headline == "A: firm."
    assert found.verdict == f"In all {NEAR}, A came first. The first place is firm."


def test_a_sampled_share_is_named_with_its_band_and_its_space(build):
    # With the order x > y, A is first where x has 2/3 or more, in 2/3 of the weightings.
    rows = {"a": {"x": 60, "y": 0}, "b": {"x": 40, "y": 40}}
    project = build(rows, weightings=(order("x", "y"),))
    found = sentences(project)
    count = firmness(project).together.text
    assert 64 <= int(count) <= 68
    assert found.headline == "A: leaning, close."
    assert found.verdict == (
        f"In {count} of 100 sets of weights that keep this order, A came first. "
        "It leans this way, but it is close."
    )


def test_no_clear_winner_names_those_to_choose_among(build):
    rows = {"a": {"x": 60, "y": 0}, "b": {"x": 0, "y": 10}, "c": {"x": 40, "y": (50, 80)}}
    found = sentences(build(rows, weightings=(order("x", "y"),)))
    assert found.headline == "There is no clear winner."
    assert found.verdict.endswith(" not known exactly. Choose between C and A on other grounds.")
    assert "clear winner" not in found.verdict
    assert found.answer == f"{found.headline} {found.verdict}"


def test_three_to_choose_among(build):
    rows = {
        "a": {"x": 100, "y": 0, "z": 0},
        "b": {"x": 0, "y": 100, "z": 0},
        "c": {"x": 0, "y": 0, "z": 100},
    }
    found = sentences(build(rows, {"x": 1, "y": 1, "z": 1}), space="all")
    assert "Choose among" in found.verdict
    assert {"A", "B", "C"} <= set(re.findall(r"\b[ABC]\b", found.verdict.split("among")[1]))


def test_where_none_is_often_first_the_next_is_named_too(build):
    # Twelve that are each first in 1 of 12.
    ids = [f"c{i}" for i in range(12)]
    rows = {f"p{c}": {other: 100 * (other == c) for other in ids} for c in ids}
    project = build(rows, dict.fromkeys(ids, 1))
    found = sentences(project, space="all", sampling=Sampling(seed=3, samples=5000))
    assert re.search(r"Choose between Pc\d+ and Pc\d+ on other grounds", found.verdict)


def test_a_range_says_why_it_is_one(build):
    rows = {"a": {"x": 50, "y": 60}, "b": {"x": (30, 60), "y": 50}}
    found = sentences(build(rows), space="all")
    assert "to 100 of 100 sets of weights of any kind" in found.verdict
    assert "That is a range, as some scores are not known exactly." in found.verdict


def test_a_share_at_the_edge_of_a_band_says_that_a_sample_cannot_settle_it(build):
    # A is first in exactly half of the weightings with x > y.
    rows = {"a": {"x": 60, "y": 0}, "b": {"x": 40, "y": 60}}
    project = build(rows, weightings=(order("x", "y"),))
    seeds = (firmness(project, sampling=Sampling(seed=s, samples=500)) for s in range(20))
    edge = next(f.seed for f in seeds if f.together.worst.value >= 0.5)
    found = sentences(project, sampling=Sampling(seed=edge, samples=500))
    assert found.headline == "There is no clear winner."
    assert "It is close to the next band, but a sample cannot settle it." in found.verdict


def test_where_nobody_gave_weights_that_is_said_first(build):
    found = sentences(build({"a": {"x": 60, "y": 50}, "b": {"x": 50, "y": 40}}))
    assert found.headline == "Nobody has said what matters yet."
    assert found.verdict == ("In all sets of weights of any kind, A came first.")
    assert not any("your order" in line or "firm" in line for line in found.lines)


def test_nothing_tells_programs_apart_that_are_all_the_same(build):
    found = sentences(build({p: {"x": 60, "y": 50} for p in "abc"}, {"x": 1, "y": 2}))
    assert found.answer == "Nothing here tells them apart: choose on other grounds."
    assert (found.verdict, found.runner_up, found.second) == ("", "", "")


def test_a_verdict_that_hangs_on_an_unknown_says_what_to_find_out(build):
    # A has 80 at worst and 95 at best on x, and is mostly well above 81.
    rows = {"a": {"x": (80, 94, 95), "y": 50}, "b": {"x": 81, "y": 50}}
    found = sentences(build(rows, {"x": 1, "y": 1}))
    assert found.headline == "It depends on what is not known."
    assert found.verdict.startswith(
        "In none to all sets of weights in this order and within a third of these, A"
    )
    assert found.verdict.endswith(
        "not known exactly. With each of these spread over its range, it is more than 99 of 100. "
        "Find out X for A first."
    )


# --- near-twins


def test_identical_programs_are_named_together_and_as_identical(build):
    rows = {"a": {"x": 70, "y": 20}, "b": {"x": 70, "y": 20}, "c": {"x": 60, "y": 10}}
    found = sentences(build(rows, {"x": 1, "y": 1}))
    assert found.headline == "A or B: firm."
    assert "A or B came first" in found.verdict
    assert found.twins == "A and B are identical on all that counts."


def test_near_twins_are_named_together(build):
    rows = {"a": {"x": 70, "y": 50}, "b": {"x": 71, "y": 48}, "c": {"x": 20, "y": 60}}
    found = sentences(build(rows), space="all")
    assert re.search(
        r"In 8\d of 100 sets of weights of any kind, (A or B|B or A) came first", found.verdict
    )
    assert re.fullmatch(
        r"(A and B|B and A) are near-twins: at most 3 points apart, so we name them together\.",
        found.twins,
    )


def test_three_that_are_identical_and_near_are_said_once_each(build):
    rows = {"a": {"x": 70}, "b": {"x": 70}, "c": {"x": 69}}
    found = sentences(build(rows))
    assert found.twins.count("identical") == 1
    assert "near-twins" in found.twins


# --- what it would take


def test_what_the_runner_up_needs_is_true_when_rerun(build):
    rows = {"a": {"x": 80, "y": 20}, "b": {"x": 45, "y": 95}}
    project = build(rows, {"x": 7, "y": 3})
    assert sentences(project).runner_up == (
        "By the weights of Group, A leads and B is next. "
        "B would come first if X counted for 68% instead of 70%."
    )
    moved = with_share({"x": 0.7, "y": 0.3}, "x", 0.68)
    assert ranking(project, weighting=moved).ranked[0].id == "b"


def test_a_runner_up_that_no_weights_put_first(build):
    found = sentences(build({"a": {"x": 60, "y": 50}, "b": {"x": 50, "y": 40}}))
    assert found.runner_up == (
        "By equal weights, A leads and B is next. No weights at all would put B first."
    )


def test_a_runner_up_that_needs_several_weights(build):
    # More of x or y alone puts C or D first before B; less of v or w alone is not enough.
    rows = {
        "a": {"x": 60, "y": 60, "v": 60, "w": 60},
        "b": {"x": 70, "y": 70, "v": 30, "w": 30},
        "c": {"x": 100, "y": 0, "v": 0, "w": 0},
        "d": {"x": 0, "y": 100, "v": 0, "w": 0},
    }
    # With x and y at t together B has 30 + 40 t and A 60: level at 3/4.
    assert sentences(build(rows)).runner_up == (
        "By equal weights, A leads and B is next. "
        "B needs several weights to change. To be first, or level with the first, 25% of all the "
        "weight has to move."
    )


def test_identical_runners_up_are_named_together(build):
    rows = {"a": {"x": 80, "y": 20}, "b": {"x": 45, "y": 95}, "c": {"x": 45, "y": 95}}
    project = build(rows, {"x": 7, "y": 3})
    assert what_flips(project).runners_up == ("b", "c")
    assert sentences(project).runner_up == (
        "By the weights of Group, A leads and B and C are next, level with each other. "
        "B and C would share the first place if X counted for 68% instead of 70%."
    )


def test_identical_runners_up_that_need_several_weights_need_them_each(build):
    rows = {
        "a": {"x": 60, "y": 60, "v": 60, "w": 60},
        "b": {"x": 70, "y": 70, "v": 30, "w": 30},
        "e": {"x": 70, "y": 70, "v": 30, "w": 30},
        "c": {"x": 100, "y": 0, "v": 0, "w": 0},
        "d": {"x": 0, "y": 100, "v": 0, "w": 0},
    }
    assert sentences(build(rows)).runner_up.endswith(
        "B and E each need several weights to change. To be first, or level with the first, 25% "
        "of all the weight has to move."
    )


def test_identical_runners_up_that_no_weights_put_first(build):
    rows = {"a": {"x": 60, "y": 50}, "b": {"x": 50, "y": 40}, "c": {"x": 50, "y": 40}}
    assert sentences(build(rows)).runner_up.endswith("No weights at all would put B or C first.")


def test_of_two_that_are_level_the_nearer_is_said(build):
    # B and C have 50 each. With t on x B has 30 + 40 t, 52 at 0.55; C 60 - 20 t, 52 at 0.4.
    rows = {"a": {"x": 52, "y": 52}, "b": {"x": 70, "y": 30}, "c": {"x": 40, "y": 60}}
    found = sentences(build(rows, {"x": 1, "y": 1})).runner_up
    assert re.search(
        r"B and C are next, level with each other\. B would come first if "
        r"(X counted for 56% instead of 50%|Y counted for 44% instead of 50%)\.",
        found,
    )


def test_level_leaders_lead_together(build):
    found = sentences(build({"a": {"x": 60}, "b": {"x": 60}, "c": {"x": 10}}))
    assert found.runner_up.startswith("By equal weights, A and B lead and C is next.")


def test_the_group_and_the_mixtures_may_have_different_leaders(build, person):
    rows = {"a": {"x": 80, "y": 20}, "b": {"x": 45, "y": 95}, "c": {"x": 10, "y": 10}}
    people = [person({"x": 1, "y": n}, f"p{n}") for n in (5, 6)]
    found = sentences(build(rows, {"x": 9, "y": 1}, weightings=people))
    assert found.runner_up.startswith(
        "By the weights of Group alone, A leads; over the mixtures of 2 people's weights, B is "
        "first most often. Behind A, B is next. B would come first if "
    )


def test_of_several_people_the_first_listed_is_said_to_be_it(build, person):
    rows = {"a": {"x": 80, "y": 20}, "b": {"x": 45, "y": 95}}
    people = [person({"x": 9, "y": 1}, "p1"), person({"x": 8, "y": 1}, "p2")]
    project = build(rows, weightings=people)
    start = "By the weights of Person p1, the first listed, A leads and B is next."
    assert sentences(project).runner_up.startswith(start)
    assert "first listed" not in sentences(project, weighting="p1").runner_up


# --- the second opinion


def test_topsis_agrees(build):
    found = sentences(build({"a": {"x": 80, "y": 40}, "b": {"x": 20, "y": 30}}))
    assert (
        found.second == "TOPSIS agrees with this. By it, too, A came first in more than 99 of 100."
    )


def test_topsis_differs_and_why():
    found = sentences(example(), weighting="group")
    assert re.match(
        r"TOPSIS puts Survivor mentor program first most often: in \d+ or more of 100\. "
        r"TOPSIS counts large gaps for more\. So one large strength can outweigh several small "
        r"ones\. That helps "
        r"Survivor mentor program most on Safe and trauma-informed \(level 5 against level 3\), "
        r"which counts 1\d% on average there\.",
        found.second,
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        # First in 0.54 and 0.57: the same winner.
        (
            [(80, 0, 80), (50, 50, 60), (30, 100, 0)],
            r"TOPSIS agrees with this\. By it, too, P0 came first in 5\d of 100\.",
        ),
        # In 0.44 and 0.45: most often, and no winner by either.
        (
            [(100, 20, 40), (90, 70, 0), (30, 0, 90)],
            r"TOPSIS has no clear winner, either\. By it, P1 came first in 4\d of 100, which is "
            r"most often\.",
        ),
        # In 0.66 and 0.45.
        (
            [(0, 80, 10), (50, 40, 90), (60, 0, 90)],
            r"TOPSIS has the same leader, but no clear winner\. By it, P1 came first in 4\d of "
            r"100\.",
        ),
        # In 0.44 and 0.58.
        (
            [(0, 50, 40), (40, 40, 0), (30, 40, 30)],
            r"TOPSIS has the same leader, and is more sure\. By it, P0 came first in 5\d of 100\.",
        ),
    ],
)
def test_topsis_agrees_only_on_a_winner(build, grade, rows, said):
    project = build(
        {f"p{i}": dict(zip("xyz", row, strict=True)) for i, row in enumerate(rows)},
        {"x": 1, "y": 1, "z": 1},
    )
    found = sentences(project, space="all")
    assert re.fullmatch(said, found.second)
    assert ("no clear winner" in found.headline) != ("agrees" in said or "but no" in said)
    for part in re.split(r"(?<=\.) ", found.second):
        assert grade(part) <= 8


def test_topsis_claims_no_difference_that_sampling_could_have_made(build):
    rows = {p: {"x": None, "y": None} for p in "ab"}
    said = sentences(build(rows, {"x": 3, "y": 2})).second
    assert re.fullmatch(
        r"TOPSIS does not settle it\. By it, [AB] came first in fewer than 1 of 100 to more "
        r"than 99 of 100, and [AB] in fewer than 1 of 100 to more than 99 of 100\.",
        said,
    )


def test_topsis_over_mixtures_says_so():
    said = sentences(example()).second
    assert said.startswith("Over these mixtures, TOPSIS ")


# --- unknowns and sampling


def test_the_unknown_that_matters_most(build):
    found = sentences(build({"a": {"x": 45}, "b": {"x": None}}))
    assert found.unknown == (
        "The score to find out first is X for B. It is now not known. At its worst end, B came "
        "first in fewer than 1 of 100. At its best end, that is more than 99. It could change who "
        "comes first. All else is taken at its likely number or at the middle."
    )


def test_an_unknown_that_only_shifts_the_count(build):
    # A is first where its lead on x outweighs y: always more than half.
    rows = {"a": {"x": 90, "y": (20, 40)}, "b": {"x": 30, "y": 60}}
    said = sentences(build(rows), space="all").unknown
    assert re.fullmatch(
        r"The score to find out first is Y for A\. It is now 20 to 40\. "
        r"At its worst end, A came first in (59|60) of 100\. At its best end, that is (74|75)\. "
        r"All else is taken at its likely number or at the middle\.",
        said,
    )


def test_unknowns_that_change_nothing_are_said_to():
    found = sentences(example(), weighting="p2")
    assert found.unknown == "No unknown score changes this much on its own."


def test_how_it_was_counted(build, person):
    people = [person({"x": n, "y": 1}, f"p{n}") for n in (1, 2)]
    waiting = person({"x": 1}, "p3")
    project = build({"a": {"x": 1, "y": 2}, "b": {"x": 2, "y": 1}}, weightings=(*people, waiting))
    capped = Sampling(seed=5, samples=100, half_width=0.001, max_samples=1000)
    assert sentences(project, sampling=capped).sampled == (
        "We drew 1,000 sets of weights at random (seed 5). They mix the weights of Person p1 and "
        "Person p2. Left out, as not finished: Person p3. Before it is rounded, each count is good "
        "to about 3.1 in 100 either way. That is less sure than was asked for."
    )


def test_each_count_is_as_good_as_is_said_whichever_it_is(build):
    """A share near a half is the least sure; of two programs that are seldom first, together
    they may be. So what is said covers it, not only the counts of the single programs."""
    rows = {"a": {"x": 60, "y": 0}, "c": {"x": 40, "y": 40}, "d": {"x": 40, "y": 41}}
    project = build(rows, {"x": 1, "y": 1})
    for samples, said in ((1000, "3.1"), (10_000, "1"), (100_000, "0.4"), (1_000_000, "0.1")):
        found = firmness(project, space="all", sampling=Sampling(seed=5, samples=samples))
        text = sentences(project, space="all", sampling=Sampling(seed=5, samples=samples)).sampled
        assert f"each count is good to about {said} in 100 either way." in text
        shares = [
            share
            for first in (found.together, found.second.together, *(p.first for p in found.programs))
            for share in (first.anywhere, first.worst, first.best)
        ]
        widest = max(share.high - share.low for share in shares) / 2
        assert widest <= found.half_width <= float(said) / 100 + 1e-9


def test_what_is_counted_in_fewer_weightings_says_so(build):
    rows = {"a": {"x": 45, "y": 50}, "b": {"x": None, "y": 50}}
    project = build(rows, {"x": 1, "y": 1})
    note = "For the score to find out first, we used 10,000 of them."
    assert note not in sentences(project, sampling=Sampling(seed=5)).sampled
    assert note in sentences(project, sampling=Sampling(seed=5, samples=20_000)).sampled


def test_the_caveat_always_ends_it(build):
    found = sentences(build({"a": {"x": 1}}))
    assert found.lines[-1] == found.caveat == CAVEAT


def test_one_program_alone_needs_no_verdict(build):
    found = sentences(build({"a": {"x": 1}}))
    assert found.headline == "A is the only program left to rank."
    assert (found.verdict, found.second, found.runner_up) == ("", "", "")


def test_text_is_plain(build):
    rows = {"a": {"x": 80}, "b": {"x": 20}}
    found = sentences(build(rows, {"x": 1}, names={"a": "<b>Help & hope</b>"}))
    assert "<b>Help & hope</b>" in found.headline


# --- easy to read, and honest


cells = st.one_of(
    st.integers(0, 100), st.none(), st.tuples(st.integers(0, 40), st.integers(50, 100))
)


@shared
@given(
    st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=4),
    st.tuples(*[st.integers(1, 9)] * 3),
    st.sampled_from(["near", "all"]),
)
def test_the_text_is_of_grade_8_or_below_and_100_is_printed_only_where_proved(
    build, grade, rows, points, space
):
    project = build(
        {f"p{i}": dict(zip("xyz", row, strict=True)) for i, row in enumerate(rows)},
        dict(zip("xyz", points, strict=True)),
    )
    said = sentences(project, space=space, sampling=QUICK)
    text = neutral(" ".join((said.headline, *said.lines)), project)
    assert grade(text) <= 8
    proved = {p.first.text for p in firmness(project, space=space, sampling=QUICK).programs}
    if not any("100" in t.split() for t in proved):
        assert not re.search(r"\b100 of 100\b|\bIn all\b", text)


@pytest.mark.parametrize("weighting", [None, "group", "p1", "p2", "p3"])
@pytest.mark.parametrize("space", [None, *SPACES])
def test_the_worked_example_is_of_grade_8_or_below(grade, weighting, space):
    said = sentences(example(), weighting=weighting, space=space, sampling=QUICK)
    parts = [p for line in said.lines[:-1] for p in re.split(r"(?<=[.?!])\s+(?=[A-Z])", line)]
    for part in (said.headline, *said.lines[:-1], *parts):
        # What is recorded, with its unit, is the reader's own.
        assert part.startswith("It is now ") or grade(neutral(part, example())) <= 8
    whole = " ".join((said.headline, *said.lines))
    assert grade(neutral(whole, example())) <= 8


@pytest.mark.parametrize("method", ["weighted_sum", "topsis_anchored"])
def test_flips_are_of_grade_8_or_below(grade, method):
    found = what_flips(example(), weighting="group", method=method)
    lists = (found.weights, found.steps, found.without_criterion, found.without_program)
    for flip in (flip for flips in lists for flip in flips):
        assert grade(neutral(flip.sentence, example())) <= 8
    notes = (SETTLED_NOTE, SAME_ORDER, PROVED, CENTRAL, MORE_EXACT)
    for text in (*notes, *(band.advice for band in BANDS)):
        for part in (text, *re.split(r"(?<=[.:]) ", text)):
            assert grade(part) <= 8
