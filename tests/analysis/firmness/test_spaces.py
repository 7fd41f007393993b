"""Which weightings are looked at: names, defaults, what each contains, what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from mcda.analysis import SPACES, default_space, space_choices, used_weights
from mcda.analysis.firmness.spaces import weight_space
from mcda.engine.robustness import sample_weights
from mcda.project import (
    Criterion,
    Equal,
    FindingsError,
    NumberScale,
    Objective,
    OrderJudgement,
    PointShare,
    PointsJudgement,
    UnknownItemError,
    Weighting,
)

ROWS = {"a": {"x": 1, "y": 2, "z": 3}, "b": {"x": 3, "y": 1, "z": 2}}


def order(*tiers, name="Order", person=None, over="criteria"):
    judgement = OrderJudgement(tiers=tiers, over=over)
    return Weighting(id=name.lower(), name=name, person=person, judgement=judgement)


def space_of(project, weighting=None, space="near"):
    run = project.run()
    return weight_space(run, used_weights(run, weighting), space)


def drawn(space, count=2000):
    return sample_weights(space.engine, count, seed=1).weights


# --- the default


def test_one_weighting_is_looked_at_from_near(build):
    assert default_space(build(ROWS, {"x": 3, "y": 2, "z": 1})) == "near"


def test_points_typed_in_are_looked_at_from_near(build):
    assert default_space(build(ROWS), weighting={"x": 3, "y": 1}) == "near"


def test_where_nobody_was_asked_there_is_nothing_to_keep_to(build):
    project = build(ROWS)
    assert default_space(project) == default_space(project, weighting="equal") == "all"
    problems = {choice.id: choice.problem for choice in space_choices(project)}
    assert [i for i, problem in problems.items() if not problem] == ["all"]
    for space in ("near", "order"):
        assert problems[space].startswith("Nobody has said what matters yet")
        with pytest.raises(FindingsError) as caught:
            space_of(project, space=space)
        assert caught.value.findings[0].message == problems[space]


def test_a_plain_order_is_looked_at_as_an_order(build):
    project = build(ROWS, weightings=(order(("x",), ("y",), ("z",)),))
    assert default_space(project) == default_space(project, weighting="Order") == "order"


def test_an_order_that_puts_everything_level_is_no_order(build):
    project = build(ROWS, weightings=(order(("x", "y", "z")),))
    assert default_space(project) == "near"


def test_several_people_are_mixed_unless_one_weighting_is_named(build, person):
    people = [person({"x": 1, "y": n, "z": 0}, f"p{n}") for n in (1, 2)]
    project = build(ROWS, {"x": 1, "y": 1, "z": 1}, weightings=people)
    assert default_space(project) == "people"
    assert default_space(project, weighting="p1") == "near"


def test_one_person_who_weighed_twice_is_one_person(build, person):
    first = person({"x": 1, "y": 1, "z": 1}, "p1")
    second = first.model_copy(update={"id": "again", "name": "Again"})
    assert default_space(build(ROWS, weightings=(first, second))) == "near"


# --- what each contains


def test_near_keeps_the_order_and_stays_within_a_third(build):
    weights = drawn(space_of(build(ROWS, {"x": 5, "y": 3, "z": 2})))
    middle = np.array([0.5, 0.3, 0.2])
    assert (np.abs(weights - middle) <= middle / 3 + 1e-9).all()
    assert (np.diff(weights, axis=1) <= 1e-9).all()


def test_equal_weights_are_free_to_change_places_near_them(build):
    weights = drawn(space_of(build(ROWS, {"x": 2, "y": 2, "z": 1})))
    assert 0.4 < (weights[:, 0] > weights[:, 1]).mean() < 0.6
    assert (weights[:, :2].min(axis=1) >= weights[:, 2] - 1e-9).all()


@pytest.mark.parametrize("space", ["near", "order"])
def test_a_criterion_given_no_weight_keeps_none(build, space):
    found = space_of(build(ROWS, {"x": 3, "y": 0, "z": 1}), space=space)
    assert found.columns == (0, 2)
    assert found.engine.criteria == 2


def test_all_gives_weight_to_what_had_none(build):
    found = space_of(build(ROWS, {"x": 3, "y": 0, "z": 1}), space="all")
    assert found.columns == (0, 1, 2)
    # The mean of the whole simplex.
    assert drawn(found, 20_000).mean(axis=0) == pytest.approx([1 / 3] * 3, abs=0.01)


def test_an_order_is_kept_from_first_to_last(build):
    project = build(ROWS, weightings=(order(("z",), ("x",), ("y",)),))
    weights = drawn(space_of(project, space="order"), 20_000)
    # The rank-order centroid.
    assert weights.mean(axis=0) == pytest.approx([5 / 18, 2 / 18, 11 / 18], abs=0.01)


def test_what_is_level_in_an_order_is_left_open(build):
    project = build(ROWS, weightings=(order(("x", "y"), ("z",)),))
    weights = drawn(space_of(project, space="order"))
    assert 0.4 < (weights[:, 0] > weights[:, 1]).mean() < 0.6
    assert (weights[:, :2].min(axis=1) >= weights[:, 2]).all()


def test_one_criterion_alone_is_an_order(build):
    project = build({"a": {"x": 1}, "b": {"x": 2}}, weightings=(order(("x",)),))
    assert default_space(project) == "order"
    assert drawn(space_of(project, space="order"), 3).tolist() == [[1.0]] * 3


def test_people_are_all_mixtures_of_each_one_s_last_weighting(build, person):
    people = [
        person({"x": 1, "y": 0, "z": 0}, "p1"),
        person({"x": 0, "y": 1, "z": 0}, "p2"),
        person({"x": 0, "y": 3, "z": 1}, "p2").model_copy(update={"id": "p2b"}),
    ]
    found = space_of(build(ROWS, weightings=people), space="people")
    weights = drawn(found)
    assert found.people == ("Person p1", "Person p2")
    share = weights[:, 0]
    assert weights[:, 1] == pytest.approx(0.75 * (1 - share))
    assert 0.48 < share.mean() < 0.52
    assert share.min() < 0.01


def test_a_criterion_nobody_gave_weight_has_none_in_the_mixtures(build, person):
    people = [person({"x": n, "y": 1, "z": 0}, f"p{n}") for n in (1, 2)]
    assert space_of(build(ROWS, weightings=people), space="people").columns == (0, 1)


def test_who_has_not_finished_is_left_out_and_named(build, person):
    people = [
        *(person({"x": n, "y": 1, "z": 1}, f"p{n}") for n in (1, 2)),
        person({"x": 1}, "p3"),
    ]
    found = space_of(build(ROWS, weightings=people), "p1", "people")
    assert (found.people, found.left_out) == (("Person p1", "Person p2"), ("Person p3",))


# --- orders over a tree


def tree(build, tiers, criteria_out=()):
    """x and y stand under People, z under Money."""
    project = build(ROWS, criteria_out=criteria_out, weightings=(order(*tiers, over="tree"),))
    run = project.run()
    parents = {"x": "people", "y": "people", "z": "money"}
    criteria = tuple(
        Criterion(
            id=c, name=c.upper(), parent=parents[c], scale=NumberScale(unit="", worst=0, best=100)
        )
        for c in "xyz"
    )
    objectives = (Objective(id="people", name="People"), Objective(id="money", name="Money"))
    evidence = run.evidence.model_copy(update={"criteria": criteria, "objectives": objectives})
    return project.with_run(run.model_copy(update={"evidence": evidence}))


def test_an_order_over_a_tree_holds_within_each_branch_only(build):
    project = tree(build, (("money",), ("people",), ("y",), ("x",), ("z",)))
    weights = drawn(space_of(project, space="order"))
    assert (weights[:, 2] >= weights[:, 0] + weights[:, 1] - 1e-9).all()
    assert (weights[:, 1] >= weights[:, 0] - 1e-9).all()
    # Nothing else is said: x may have none, y up to a half.
    assert weights[:, 0].min() < 0.02
    assert weights[:, 1].max() > 0.45


def test_a_branch_that_lost_a_criterion_is_not_compared(build):
    project = tree(build, (("people",), ("money",), ("y",), ("x",), ("z",)), criteria_out=("x",))
    with pytest.raises(FindingsError, match="no order to keep"):
        space_of(project, space="order")


def test_a_tree_where_every_branch_is_level_has_no_order(build):
    # The shares differ, as one branch is split and the other is not; nobody put one above another.
    project = tree(build, (("people", "money"), ("x", "y"), ("z",)))
    assert default_space(project) == "near"


# --- what is refused


def problems(project, weighting=None):
    return {c.id: c.problem for c in space_choices(project, weighting=weighting)}


def test_every_space_is_offered_with_its_words(build):
    choices = space_choices(build(ROWS, {"x": 3, "y": 2, "z": 1}))
    assert {c.id: c.phrase for c in choices} == dict(SPACES)


def test_mixtures_need_two_people(build, person):
    project = build(ROWS, {"x": 3, "y": 2, "z": 1})
    assert "nobody has a finished one" in problems(project)["people"]
    alone = build(ROWS, weightings=(person({"x": 1, "y": 2, "z": 1}, "p1"),))
    assert "only one person has a finished one" in problems(alone)["people"]
    with pytest.raises(FindingsError, match="two people or more"):
        space_of(project, space="people")


def test_equal_weights_keep_no_order(build):
    project = build(ROWS, {"x": 1, "y": 1, "z": 1})
    assert "no order to keep" in problems(project)["order"]
    with pytest.raises(FindingsError, match="no order to keep"):
        space_of(project, space="order")


def test_an_unknown_space_is_refused_with_those_there_are(build):
    with pytest.raises(FindingsError, match="Use one of: near, order, people, all"):
        space_of(build(ROWS), space="far")


def test_an_unknown_weighting_is_refused(build):
    with pytest.raises(UnknownItemError):
        default_space(build(ROWS), weighting="nobody")


def test_a_weighting_of_equal_weights_may_be_a_person_s(build):
    equal = [Weighting(id=p, name=p, person=p, judgement=Equal()) for p in ("p1", "p2")]
    found = space_of(build(ROWS, weightings=equal), space="people")
    assert drawn(found, 5) == pytest.approx(np.full((5, 3), 1 / 3))


def test_points_over_a_tree_keep_the_order_of_the_shares(build):
    project = tree(build, (("people",), ("money",), ("y",), ("x",), ("z",)))
    shares = {"people": 3, "money": 1, "x": 1, "y": 2, "z": 1}
    judgement = PointsJudgement(
        over="tree", points=tuple(PointShare(item=i, points=p) for i, p in shares.items())
    )
    project = project.with_weighting(Weighting(id="w", name="W", judgement=judgement))
    weights = drawn(space_of(project, "w", "order"))
    # y 1/2, x and z 1/4 each: level, so open.
    assert (weights[:, 1] >= weights[:, [0, 2]].max(axis=1) - 1e-9).all()
    assert 0.4 < (weights[:, 0] > weights[:, 2]).mean() < 0.6
