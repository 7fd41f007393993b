"""Weights derived from judgements, against shares worked out by hand."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda.analysis import contradictions, default_weighting, derive_weights, used_weights
from mcda.project import (
    Comparison,
    ComparisonsJudgement,
    Criterion,
    Equal,
    Evidence,
    FindingsError,
    Framing,
    LeftOut,
    NumberScale,
    Objective,
    OrderJudgement,
    PointShare,
    PointsJudgement,
    Run,
    SwingJudgement,
    SwingRating,
    UnknownItemError,
    Weighting,
)
from mcda.project.weightings import Judgement

SCALE = NumberScale(worst=0.0, best=100.0)


def criteria(**parents: str | None) -> tuple[Criterion, ...]:
    return tuple(
        Criterion(id=c, name=f"Criterion {c}", parent=p, scale=SCALE) for c, p in parents.items()
    )


def run(
    *weightings: Weighting,
    own: tuple[Criterion, ...] = criteria(a=None, b=None, c=None),
    objectives: tuple[Objective, ...] = (),
    out: tuple[str, ...] = (),
) -> Run:
    return Run(
        id="run-1",
        title="First selection",
        evidence=Evidence(criteria=own, objectives=objectives),
        framing=Framing(criteria_out=tuple(LeftOut(item=c) for c in out)),
        weightings=weightings,
    )


def tree(*weightings: Weighting, out: tuple[str, ...] = ()) -> Run:
    """Objective x holds a and b; c stands beside it."""
    own = criteria(a="x", b="x", c=None)
    return run(*weightings, own=own, objectives=(Objective(id="x", name="X"),), out=out)


def weighting(judgement: Judgement, **fields: str) -> Weighting:
    return Weighting(**({"id": "w", "name": "Ours"} | fields), judgement=judgement)


def points(over: str = "criteria", **given: float) -> PointsJudgement:
    shares = tuple(PointShare(item=c, points=float(p)) for c, p in given.items())
    return PointsJudgement(over=over, points=shares)


def swing(over: str = "criteria", **given: float) -> SwingJudgement:
    ratings = tuple(SwingRating(item=c, rating=float(r)) for c, r in given.items())
    return SwingJudgement(over=over, ratings=ratings)


def order(*tiers: str, over: str = "criteria") -> OrderJudgement:
    """Each tier is a text of one-letter ids, most important tier first."""
    return OrderJudgement(over=over, tiers=tuple(tuple(tier) for tier in tiers))


def pairs(*given: tuple[str, str, float], over: str = "criteria") -> ComparisonsJudgement:
    """Each is an item, the one it is compared with, and how many times as much it matters."""
    comparisons = tuple(Comparison(item=a, than=b, times=n) for a, b, n in given)
    return ComparisonsJudgement(over=over, comparisons=comparisons)


def approx(**shares: float | Fraction) -> object:
    return pytest.approx({c: float(s) for c, s in shares.items()}, abs=1e-15)


THIRD = Fraction(1, 3)


@pytest.mark.parametrize(
    ("judgement", "shares"),
    [
        pytest.param(Equal(), (THIRD, THIRD, THIRD), id="equal"),
        pytest.param(points(a=50, b=30, c=20), (0.5, 0.3, 0.2), id="points"),
        pytest.param(points(a=3, b=1, c=0), (0.75, 0.25, 0), id="points with a zero"),
        pytest.param(swing(a=100, b=60, c=40), (0.5, 0.3, 0.2), id="swing"),
        pytest.param(
            # The mean of the corners (1, 0, 0), (1/2, 1/2, 0) and (1/3, 1/3, 1/3).
            order("a", "b", "c"),
            (Fraction(11, 18), Fraction(5, 18), Fraction(2, 18)),
            id="order",
        ),
        pytest.param(
            # The mean of the corners (1, 0, 0) and (1/3, 1/3, 1/3).
            order("a", "bc"),
            (Fraction(2, 3), Fraction(1, 6), Fraction(1, 6)),
            id="order with a tie below",
        ),
        pytest.param(
            # The mean of the corners (1/2, 1/2, 0) and (1/3, 1/3, 1/3).
            order("ab", "c"),
            (Fraction(5, 12), Fraction(5, 12), Fraction(1, 6)),
            id="order with a tie on top",
        ),
        pytest.param(order("abc"), (THIRD, THIRD, THIRD), id="all level"),
        pytest.param(
            pairs(("a", "b", 2), ("b", "c", 3), ("a", "c", 6)), (0.6, 0.3, 0.1), id="all pairs"
        ),
        pytest.param(pairs(("b", "c", 3), ("a", "b", 2)), (0.6, 0.3, 0.1), id="two pairs"),
        pytest.param(pairs(("c", "a", 4), ("b", "a", 5)), (0.1, 0.5, 0.4), id="the least first"),
    ],
)
def test_weights_over_criteria(judgement, shares):
    derived = derive_weights(run(), weighting(judgement))
    assert derived == approx(**dict(zip("abc", shares, strict=True)))


@pytest.mark.parametrize(
    ("judgement", "shares"),
    [
        pytest.param(Equal(over="tree"), (0.25, 0.25, 0.5), id="equal"),
        pytest.param(points("tree", x=60, c=40, a=1, b=3), (0.15, 0.45, 0.4), id="points"),
        pytest.param(
            # x : c is 100 : 25 and a : b is 50 : 100.
            swing("tree", x=100, c=25, a=50, b=100),
            (Fraction(4, 15), Fraction(8, 15), 0.2),
            id="swing",
        ),
        pytest.param(
            # Of two in order the first has 3/4; among a and b it is b, at the top it is x.
            order("x", "b", "c", "a", over="tree"),
            (Fraction(3, 16), Fraction(9, 16), Fraction(1, 4)),
            id="order",
        ),
    ],
)
def test_local_shares_are_multiplied_down_the_tree(judgement, shares):
    derived = derive_weights(tree(), weighting(judgement))
    assert derived == approx(**dict(zip("abc", shares, strict=True)))


def test_shares_go_down_through_objectives_under_objectives():
    nested = run(
        own=criteria(a="y", b="y", c="x", d=None),
        objectives=(Objective(id="x", name="X"), Objective(id="y", name="Y", parent="x")),
    )
    judged = weighting(points("tree", x=80, d=20, y=3, c=1, a=1, b=1))
    assert derive_weights(nested, judged) == approx(a=0.3, b=0.3, c=0.2, d=0.2)


@pytest.mark.parametrize(
    ("judgement", "shares"),
    [
        pytest.param(Equal(), (0.5, 0.5), id="equal"),
        pytest.param(points(a=50, b=30, c=20), (Fraction(5, 8), Fraction(3, 8)), id="points"),
        pytest.param(swing(a=60, b=40, c=100), (0.6, 0.4), id="swing, the top one set aside"),
        pytest.param(
            order("c", "a", "b"),
            (Fraction(5, 7), Fraction(2, 7)),
            id="order, the top one set aside",
        ),
    ],
)
def test_the_others_keep_their_proportions_where_a_criterion_is_set_aside(judgement, shares):
    derived = derive_weights(run(out=("c",)), weighting(judgement))
    assert derived == approx(**dict(zip("ab", shares, strict=True)))


def test_setting_a_criterion_aside_does_not_shift_weight_within_its_branch_of_the_tree():
    judged = weighting(points("tree", x=60, c=40, a=1, b=3))
    assert derive_weights(tree(out=("a",)), judged) == approx(
        b=Fraction(45, 85), c=Fraction(40, 85)
    )


INCOMPLETE = {
    "nothing about one": points(a=1, b=1),
    "no points at all": points(a=0, b=0, c=0),
    "no lift rated 100": swing(a=90, b=50, c=1),
    "one named twice": order("a", "b", "ca"),
}


@pytest.mark.parametrize("judgement", INCOMPLETE.values(), ids=INCOMPLETE)
def test_a_weighting_that_is_not_complete_is_refused_by_name(judgement):
    with pytest.raises(FindingsError, match="'Ours' cannot be used yet") as caught:
        derive_weights(run(), weighting(judgement))
    assert {f.place for f in caught.value.findings} == {"Ours"}


def test_a_missing_criterion_is_named():
    with pytest.raises(FindingsError, match="says nothing about Criterion c"):
        derive_weights(run(), weighting(points(a=1, b=1)))


def test_a_branch_without_a_top_lift_is_refused():
    said = "No lift is rated 100 among Criterion a and Criterion b"
    with pytest.raises(FindingsError, match=said):
        derive_weights(tree(), weighting(swing("tree", x=100, c=50, a=90, b=10)))


def test_weights_that_all_lie_on_criteria_set_aside_are_refused():
    with pytest.raises(FindingsError, match="None of the criteria in use has any weight"):
        derive_weights(run(out=("c",)), weighting(points(a=0, b=0, c=5)))


@given(
    st.lists(st.floats(0, 1e9, allow_subnormal=False), min_size=3, max_size=3).filter(any),
    st.lists(st.floats(0, 100), min_size=3, max_size=3),
    st.lists(st.integers(0, 2), min_size=3, max_size=3),
)
@settings(max_examples=60)
def test_weights_of_any_judgement_sum_to_1(given_points, ratings, tiers):
    ratings[tiers[0]] = 100.0
    names = [[c for c, t in zip("abc", tiers, strict=True) if t == n] for n in range(3)]
    judgements = (
        points(**dict(zip("abc", given_points, strict=True))),
        swing(**dict(zip("abc", ratings, strict=True))),
        order(*("".join(tier) for tier in names if tier)),
    )
    for judgement in judgements:
        derived = derive_weights(run(), weighting(judgement))
        assert math.fsum(derived.values()) == pytest.approx(1, abs=1e-15)


# --- which weighting is used


MINE = weighting(points(a=1, b=0, c=0), id="p1", name="Mine", person="p1", role="Teacher")
GROUP = weighting(points(a=0, b=1, c=0), id="group", name="The group")


def test_the_groups_weighting_is_shown_first():
    assert default_weighting(run(MINE, GROUP)) == GROUP


def test_without_a_group_weighting_the_first_one_is_shown():
    assert default_weighting(run(MINE)) == MINE


@pytest.mark.parametrize("named", [None, "equal"])
def test_without_any_weighting_all_count_the_same_and_the_name_says_so(named):
    used = used_weights(run(), named)
    assert used.weights == approx(a=THIRD, b=THIRD, c=THIRD)
    assert "nobody has said" in used.name


@pytest.mark.parametrize("named", ["p1", "Mine", "mine"])
def test_a_weighting_is_found_by_id_or_name(named):
    used = used_weights(run(MINE, GROUP), named)
    assert (used.id, used.name, used.role) == ("p1", "Mine", "Teacher")


def test_an_unknown_weighting_is_refused():
    with pytest.raises(UnknownItemError, match="no weighting 'equal'"):
        used_weights(run(MINE), "equal")


def test_a_name_that_two_weightings_have_is_refused():
    twin = MINE.model_copy(update={"id": "p2"})
    with pytest.raises(FindingsError, match="Use an id: p1, p2"):
        used_weights(run(MINE, twin), "Mine")


def test_the_vector_stands_in_the_order_of_the_criteria_asked_for():
    ours = run()
    used = used_weights(ours, {"a": 1, "b": 3})
    assert used.vector(ours.active_criteria[::-1]).tolist() == [0, 0.75, 0.25]


# --- weights typed in for one ranking


@pytest.mark.parametrize(
    "typed",
    [{"a": 3, "b": 1}, {"Criterion a": 3, "CRITERION B": 1}, {"a": 75.0, "Criterion b": 25}],
)
def test_typed_points_go_by_id_or_name_and_those_not_named_count_0(typed):
    used = used_weights(run(MINE), typed)
    assert (used.id, used.weights) == (None, approx(a=0.75, b=0.25, c=0))


def test_huge_points_keep_their_proportions():
    assert used_weights(run(), {"a": 1e308, "b": 1e308}).weights == approx(a=0.5, b=0.5, c=0)


@pytest.mark.parametrize("value", [-1, math.nan, math.inf, "3", True, None])
def test_points_that_are_no_number_from_0_up_are_refused(value):
    with pytest.raises(FindingsError, match="is not a weight") as caught:
        used_weights(run(), {"b": 1, "a": value})
    assert [f.place for f in caught.value.findings] == ["a"]


@pytest.mark.parametrize("typed", [{}, {"a": 0}])
def test_points_that_give_no_weight_are_refused(typed):
    with pytest.raises(FindingsError, match="None of the criteria in use has any weight"):
        used_weights(run(), typed)


def test_points_for_one_criterion_by_id_and_by_name_are_refused():
    with pytest.raises(FindingsError, match="named twice"):
        used_weights(run(), {"a": 3, "Criterion a": 2})


@pytest.mark.parametrize("key", ["c", "Criterion c"])
def test_points_for_a_criterion_set_aside_are_refused(key):
    with pytest.raises(FindingsError, match="set aside"):
        used_weights(run(out=("c",)), {"a": 1, key: 1})


@pytest.mark.parametrize("key", ["d", "Criterion d", "criterion-a"])
def test_points_for_an_unknown_criterion_are_refused(key):
    with pytest.raises(UnknownItemError, match="no criterion"):
        used_weights(run(), {"a": 1, key: 1})


def test_a_name_two_criteria_have_is_refused():
    twins = tuple(c.model_copy(update={"name": "Twin"}) for c in criteria(a=None, b=None))
    with pytest.raises(FindingsError, match="Use an id: a, b"):
        used_weights(run(own=twins), {"Twin": 1})


def test_an_equal_tree_keeps_its_proportions_where_a_criterion_is_set_aside():
    """Two branches of one and two criteria: 1/2, 1/4, 1/4; without the last, 2/3 and 1/3."""
    objectives = (Objective(id="left", name="Left"), Objective(id="right", name="Right"))
    evidence = Evidence(objectives=objectives, criteria=criteria(a="left", b="right", c="right"))
    framing = Framing(criteria_out=(LeftOut(item="c"),))
    run = Run(id="r", title="R", evidence=evidence, framing=framing)
    weighting = Weighting(id="w", name="W", judgement=Equal(over="tree"))
    assert derive_weights(run, weighting) == pytest.approx({"a": 2 / 3, "b": 1 / 3})


# --- comparisons in pairs


def test_comparisons_down_the_tree():
    """The branch x has 3/4, which a and b share by 4 to 1; c is alone with the other quarter."""
    judgement = pairs(("x", "c", 3), ("a", "b", 4), over="tree")
    assert derive_weights(tree(), weighting(judgement)) == approx(a=0.6, b=0.15, c=0.25)


def test_comparisons_with_a_criterion_set_aside_keep_the_others_in_proportion():
    own = run(own=criteria(a=None, b=None, c=None, d=None), out=("b",))
    judgement = pairs(("a", "b", 2), ("b", "c", 3), ("c", "d", 1))
    assert derive_weights(own, weighting(judgement)) == approx(a=0.75, c=0.125, d=0.125)


def test_comparisons_that_are_not_joined_give_no_weights():
    own = run(own=criteria(a=None, b=None, c=None, d=None))
    with pytest.raises(FindingsError, match="No comparison joins Criterion a and Criterion b with"):
        derive_weights(own, weighting(pairs(("a", "b", 2), ("c", "d", 3))))


def said(own: Run, judgement: Judgement) -> list[str]:
    return [str(finding) for finding in contradictions(own, weighting(judgement))]


ENDING = "Ask again about these two, or keep the answer if it is meant."


@pytest.mark.parametrize(
    ("odd", "sentence"),
    [
        (
            ("d", "b", 4),
            "It says: Criterion d matters 4 times as much as Criterion b. "
            "The other answers say, roughly: Criterion b matters 4 times as much as Criterion d.",
        ),
        (("b", "d", 9), None),
        (("b", "d", 4), None),
        (
            ("d", "b", 2),
            "It says: Criterion d matters 2 times as much as Criterion b. "
            "The other answers say, roughly: Criterion b matters 4 times as much as Criterion d.",
        ),
    ],
)
def test_the_answer_that_fits_the_others_least_is_named(odd, sentence):
    """All answers but one come from weights as 8, 4, 2, 1."""
    own = run(own=criteria(a=None, b=None, c=None, d=None))
    others = (("a", "b", 2), ("a", "c", 4), ("a", "d", 8), ("b", "c", 2), ("c", "d", 2))
    start = "Ours: One answer does not fit the others well. "
    assert said(own, pairs(*others, odd)) == ([f"{start}{sentence} {ENDING}"] if sentence else [])


def test_what_contradicts_itself_is_found_in_every_branch():
    own = run(
        own=criteria(a="x", b="x", c="x", d=None),
        objectives=(Objective(id="x", name="X"),),
    )
    judgement = pairs(("x", "d", 2), ("a", "b", 9), ("b", "c", 9), ("c", "a", 9), over="tree")
    assert said(own, judgement) == [
        "Ours: Three answers do not fit together; any of them may be the one to change. "
        "One says: Criterion a matters 9 times as much as Criterion b. "
        "The other two say, roughly: Criterion b matters 9 times as much as Criterion a. "
        "Ask again about these three, or keep them if they are meant."
    ]


@pytest.mark.parametrize(
    "judgement",
    [
        Equal(),
        points(a=5, b=3, c=1),
        pairs(("a", "b", 2), ("b", "c", 3)),
        pairs(("a", "b", 9)),
        pairs(("a", "b", 9), ("b", "c", 9), ("c", "a", 9), ("a", "b", 2)),
    ],
)
def test_nothing_contradicts_where_nothing_can_or_the_answers_cannot_be_used_yet(judgement):
    assert said(run(), judgement) == []
