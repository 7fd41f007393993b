"""Weightings: complete, given for the ranges of today, and meant."""

from __future__ import annotations

import pytest

from mcda.project import (
    Comparison,
    ComparisonsJudgement,
    Equal,
    Finding,
    Framing,
    LeftOut,
    OrderJudgement,
    PointShare,
    PointsJudgement,
    Project,
    SwingJudgement,
    SwingRating,
    Weighting,
    check,
)
from mcda.project.checks import stale_criteria, weighting_errors

ALL = ("reach", "evidence", "cost")
TREE = ("people", "means", *ALL)


def found(project: Project, code: str) -> list[Finding]:
    return [f for f in check(project) if f.code == code]


def said(project: Project, code: str) -> list[str]:
    return [str(f) for f in found(project, code)]


def points(over: str = "criteria", **given: float) -> PointsJudgement:
    shares = tuple(PointShare(item=item, points=n) for item, n in given.items())
    return PointsJudgement(over=over, points=shares)


def swing(over: str = "criteria", confirmed: bool = True, **given: float) -> SwingJudgement:
    ratings = tuple(SwingRating(item=item, rating=n) for item, n in given.items())
    return SwingJudgement(over=over, ratings=ratings, confirmed=confirmed)


def order(*tiers: tuple[str, ...], over: str = "criteria") -> OrderJudgement:
    return OrderJudgement(over=over, tiers=tiers)


def pairs(*given: tuple[str, str, float], over: str = "criteria") -> ComparisonsJudgement:
    """Each is an item, the one it is compared with, and how many times as much it matters."""
    comparisons = tuple(Comparison(item=a, than=b, times=n) for a, b, n in given)
    return ComparisonsJudgement(over=over, comparisons=comparisons)


def weighed(project: Project, judgement: object) -> Project:
    return project.with_weighting(Weighting(id="w", name="Chief", judgement=judgement))


def aside(project: Project, *criteria: str) -> Project:
    return project.with_framing(Framing(criteria_out=tuple(LeftOut(item=c) for c in criteria)))


def test_without_any_weighting_everything_counts_the_same(sound):
    (finding,) = found(sound.without_weighting("group"), "no-weighting")
    assert finding.severity == "warning"
    assert str(finding) == (
        "Weights: Nobody has said what matters; every criterion counts the same. Ask for weights."
    )


def test_one_weighting_is_enough(sound):
    assert found(sound, "no-weighting") == []


@pytest.mark.parametrize(
    "judgement",
    [
        Equal(),
        Equal(over="tree"),
        points(reach=1, evidence=0, cost=0),
        points(over="tree", people=1, means=0, reach=0, evidence=1, cost=5),
        swing(reach=100, evidence=0, cost=0),
        swing(over="tree", people=100, means=40, reach=100, evidence=1, cost=100),
        order(ALL),
        order(("people",), ("means",), ("evidence", "reach"), ("cost",), over="tree"),
        pairs(("reach", "cost", 3), ("reach", "evidence", 2), ("evidence", "cost", 2)),
        pairs(("reach", "cost", 3), ("cost", "evidence", 2)),
        pairs(("people", "means", 5), ("evidence", "reach", 1), over="tree"),
    ],
)
def test_a_weighting_that_speaks_of_everything_is_complete(sound, judgement):
    weighting = Weighting(id="w", name="Chief", judgement=judgement)
    assert list(weighting_errors(sound.run(), weighting)) == []
    assert [f for f in check(weighed(sound, judgement)) if f.severity != "hint"] == []


@pytest.mark.parametrize(
    "judgement",
    [
        points(reach=1, evidence=1, cost=1).model_copy(
            update={"points": tuple(PointShare(item=i, points=1) for i in (*ALL, "cost"))}
        ),
        order(ALL, ("cost",)),
    ],
)
def test_a_criterion_named_twice_is_an_error(sound, judgement):
    (finding,) = found(weighed(sound, judgement), "repeated-item")
    assert finding.severity == "error"
    assert str(finding) == "Chief: Cost is named twice. Keep one of them."


@pytest.mark.parametrize(
    ("judgement", "missing"),
    [
        (points(reach=1), "Evidence and Cost"),
        (swing(reach=100, cost=1), "Evidence"),
        (order(("cost", "reach")), "Evidence"),
        (order(TREE[1:], over="tree"), "Help people"),
    ],
)
def test_a_criterion_or_branch_left_out_is_an_error(sound, judgement, missing):
    (finding,) = found(weighed(sound, judgement), "weight-missing")
    assert finding.severity == "error"
    assert str(finding) == (f"Chief: It says nothing about {missing}. Ask for the weights again.")


def test_a_criterion_set_aside_may_be_left_out(sound):
    project = aside(weighed(sound, points(reach=1, evidence=1)), "cost")
    assert found(project, "weight-missing") == []


def test_points_given_to_nothing_are_an_error(sound):
    (finding,) = found(weighed(sound, points(reach=0, evidence=0, cost=0)), "no-points")
    assert finding.severity == "error"
    assert str(finding) == (
        "Chief: No points have been given to any of People reached, Evidence and Cost. "
        "Give points to what matters."
    )


def test_points_given_to_nothing_in_one_branch_are_an_error(sound):
    judgement = points(over="tree", people=0, means=1, reach=0, evidence=0, cost=1)
    (finding,) = found(weighed(sound, judgement), "no-points")
    assert "any of People reached and Evidence." in finding.message


def test_a_swing_without_a_lift_of_100_is_an_error(sound):
    (finding,) = found(weighed(sound, swing(reach=99.9, evidence=0, cost=7)), "no-top-swing")
    assert finding.severity == "error"
    assert str(finding) == (
        "Chief: No lift is rated 100 among People reached, Evidence and Cost. "
        "Say which lift matters most; that one is 100."
    )


def test_every_branch_needs_its_own_lift_of_100(sound):
    judgement = swing(over="tree", people=100, means=20, reach=100, evidence=40, cost=80)
    (finding,) = found(weighed(sound, judgement), "no-top-swing")
    assert "among Cost." in finding.message


def test_a_top_lift_that_was_set_aside_still_counts_as_the_top(sound):
    assert found(aside(sound, "reach"), "no-top-swing") == []


@pytest.mark.parametrize("judgement", [points(), swing(), order()])
def test_with_no_criterion_left_a_weighting_has_nothing_to_answer(sound, judgement):
    project = weighed(sound, judgement)
    for criterion in ALL:
        project = project.without_criterion(criterion)
    assert [f.code for f in check(project) if f.place == "Chief" and f.severity == "error"] == []


@pytest.mark.parametrize(
    ("judgement", "idle"),
    [
        (points(people=5, reach=1, evidence=1, cost=1), "Help people"),
        (order(("people", "means"), ALL), "Help people and Within our means"),
    ],
)
def test_weight_given_where_nothing_is_weighed_is_a_warning(sound, judgement, idle):
    (finding,) = found(weighed(sound, judgement), "not-counted")
    assert finding.severity == "warning"
    assert str(finding) == (
        f"Chief: What it says about {idle} does not count. "
        "Nothing to weigh stands there; weigh the criteria themselves, or take it out."
    )


def test_weight_given_to_a_criterion_set_aside_since_is_no_mistake(sound):
    assert found(aside(sound, "reach"), "not-counted") == []


# --- comparisons in pairs


def chief(project: Project, judgement: object) -> list[str]:
    return [str(f) for f in check(weighed(project, judgement)) if f.place == "Chief"]


@pytest.mark.parametrize(
    ("judgement", "finding"),
    [
        (
            pairs(("reach", "cost", 3)),
            "Chief: It says nothing about Evidence. Ask for the weights again.",
        ),
        (
            pairs(("reach", "people", 3), ("evidence", "cost", 2), over="tree"),
            "Chief: It says nothing about Within our means. Ask for the weights again.",
        ),
    ],
)
def test_every_item_stands_in_a_comparison(sound, judgement, finding):
    assert finding in chief(sound, judgement)


def test_a_pair_is_two_items_and_is_answered_once(sound):
    judgement = pairs(
        ("reach", "cost", 3), ("cost", "reach", 3), ("cost", "evidence", 2), ("cost", "cost", 1)
    )
    assert chief(sound, judgement) == [
        "Chief: Cost and People reached are compared twice. Keep one of the answers.",
        "Chief: Cost is compared with itself. Take it out.",
    ]


def test_comparisons_have_to_join_all_that_share_a_whole(sound):
    judgement = pairs(("reach", "cost", 3), ("evidence", "evidence", 1))
    assert chief(sound, judgement)[1:] == [
        "Chief: No comparison joins People reached and Cost with Evidence. "
        "Compare one of each with one of the others."
    ]


def test_setting_a_criterion_aside_can_part_the_others(sound):
    """Cost has been taken out of the project; reach and evidence were compared only with it."""
    judgement = pairs(("reach", "cost", 3), ("cost", "evidence", 2))
    project = weighed(sound, judgement).without_criterion("cost")
    (finding,) = found(project, "weight-missing")
    assert "People reached and Evidence" in finding.message
    assert project.run().weighting("w").judgement.comparisons == ()


def test_a_comparison_across_branches_does_not_count(sound):
    judgement = pairs(
        ("people", "means", 5), ("evidence", "reach", 1), ("reach", "cost", 2), over="tree"
    )
    assert chief(sound, judgement) == [
        "Chief: Comparing People reached with Cost does not count. "
        "They stand in different branches; compare what stands side by side."
    ]


def test_across_branches_nothing_is_joined(sound):
    judgement = pairs(
        ("people", "means", 5), ("evidence", "cost", 1), ("reach", "cost", 2), over="tree"
    )
    (finding,) = found(weighed(sound, judgement), "not-joined")
    assert finding.message == "No comparison joins People reached with Evidence."


# --- ranges that have changed since


def with_cost(project: Project, **changes: object) -> Project:
    cost = project.run().criterion("cost")
    scale = cost.scale.model_copy(update=changes)
    return project.with_criterion(cost.model_copy(update={"scale": scale}))


def stale(project: Project) -> list[str]:
    run = project.run()
    return [c.id for c in stale_criteria(run, run.weighting("group"))]


@pytest.mark.parametrize("changes", [{"worst": 500_000.5}, {"best": 1}])
def test_a_weighting_is_stale_where_an_end_of_a_range_has_moved(sound, changes):
    project = with_cost(sound, **changes)
    assert stale(project) == ["cost"]
    (finding,) = found(project, "stale")
    assert finding.severity == "warning"
    assert str(finding) == (
        "The group: The range of Cost has changed since these weights were given. "
        "Ask for the weights again."
    )


def test_a_weighting_is_fresh_while_the_ends_stand(sound):
    project = with_cost(sound, unit="dollars", confirmed=False)
    assert stale(project) == []
    assert found(project, "stale") == []


def test_a_weighting_is_fresh_again_when_the_range_is_back(sound):
    assert stale(with_cost(with_cost(sound, best=1), best=0)) == []


def test_a_range_nobody_was_asked_about_or_that_is_set_aside_is_not_stale(sound):
    group = sound.run().weighting("group").model_copy(update={"asked": ()})
    assert stale(with_cost(sound.with_weighting(group), best=1)) == []
    assert stale(aside(with_cost(sound, best=1), "cost")) == []


# --- meant?


@pytest.mark.parametrize(
    ("judgement", "findings"),
    [
        (points(reach=100, evidence=91, cost=95), 1),
        (points(reach=100, evidence=90, cost=95), 0),
        (swing(reach=100, evidence=90.1, cost=100), 1),
        (swing(reach=100, evidence=90, cost=100), 0),
        (order(ALL), 0),
        (Equal(), 0),
        (pairs(("reach", "cost", 1), ("cost", "evidence", 1)), 0),
    ],
)
def test_weights_nearly_the_same_are_a_question(sound, judgement, findings):
    assert (
        said(weighed(sound, judgement), "near-equal")
        == [
            "Chief: Everything counts nearly the same. "
            "Is that meant, or was it hard to say? Try the question about the lifts again."
        ]
        * findings
    )


def test_two_weights_nearly_the_same_are_no_question(sound):
    project = aside(weighed(sound, points(reach=50, evidence=50)), "cost")
    assert found(project, "near-equal") == []


@pytest.mark.parametrize(("confirmed", "findings"), [(False, 1), (True, 0)])
def test_trade_offs_not_read_back_are_a_hint(sound, confirmed, findings):
    judgement = swing(confirmed=confirmed, reach=100, evidence=50, cost=20)
    assert (
        said(weighed(sound, judgement), "unconfirmed")
        == [
            "Chief: The trade-offs have not been read back and confirmed. "
            "Read them back in words, and ask whether they are meant."
        ]
        * findings
    )
