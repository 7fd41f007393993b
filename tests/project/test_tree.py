"""Which items share one whole: all criteria together, or each branch of the tree by itself."""

from __future__ import annotations

import pytest

from mcda.project import (
    Criterion,
    Equal,
    Framing,
    LeftOut,
    NumberScale,
    Objective,
    OrderJudgement,
    Project,
    Run,
    Weighting,
)
from mcda.project.tree import sibling_groups

FLAT = Weighting(id="w", name="W", judgement=Equal())
TREE = Weighting(id="w", name="W", judgement=Equal(over="tree"))


def in_order(*items: str, over: str = "criteria") -> Weighting:
    return Weighting(id="w", name="W", judgement=OrderJudgement(over=over, tiers=(items,)))


@pytest.fixture
def project() -> Project:
    """Two levels of objectives, two criteria under none, and an objective without any."""
    project = Project.new("Which?")
    for objective, parent in (("a", None), ("b", "a"), ("empty", None)):
        project = project.with_objective(Objective(id=objective, name=objective, parent=parent))
    for criterion, parent in (("c1", "b"), ("c2", "b"), ("c3", "a"), ("c4", None), ("c5", None)):
        scale = NumberScale(worst=0, best=1)
        project = project.with_criterion(
            Criterion(id=criterion, name=criterion, parent=parent, scale=scale)
        )
    return project


def without(project: Project, *criteria: str) -> Run:
    framing = Framing(criteria_out=tuple(LeftOut(item=c) for c in criteria))
    return project.with_framing(framing).run()


def test_over_criteria_all_share_one_whole(project):
    assert sibling_groups(project.run(), FLAT) == {None: ("c1", "c2", "c3", "c4", "c5")}


def test_over_the_tree_every_branch_is_a_whole_of_its_own(project):
    groups = sibling_groups(project.run(), TREE)
    assert {parent: set(items) for parent, items in groups.items()} == {
        None: {"a", "c4", "c5"},
        "a": {"b", "c3"},
        "b": {"c1", "c2"},
    }
    assert sum(map(len, groups.values())) == 7


def test_a_branch_with_nothing_in_use_is_not_asked_about(project):
    run = without(project, "c1", "c2", "c3")
    assert sibling_groups(run, in_order("c4", "c5", over="tree")) == {None: ("c4", "c5")}


def test_a_criterion_set_aside_is_out(project):
    run = without(project, "c2", "c4")
    assert sibling_groups(run, in_order("c1")) == {None: ("c1", "c3", "c5")}


def test_equal_weights_speak_of_every_criterion_in_use_or_not(project):
    every = ("c1", "c2", "c3", "c4", "c5")
    assert sibling_groups(without(project, "c2", "c4"), FLAT) == {None: every}


def test_a_criterion_set_aside_stays_in_where_the_weighting_speaks_of_it(project):
    run = without(project, "c2", "c4")
    assert sibling_groups(run, in_order("c2")) == {None: ("c1", "c2", "c3", "c5")}
    assert sibling_groups(run, in_order("c2", over="tree"))["b"] == ("c1", "c2")


def test_without_objectives_the_tree_is_flat():
    project = Project.new("Which?").with_criterion(
        Criterion(id="c", name="C", scale=NumberScale(worst=0, best=1))
    )
    assert sibling_groups(project.run(), TREE) == {None: ("c",)}


def test_without_criteria_nothing_is_shared_out():
    run = Project.new("Which?").run()
    assert sibling_groups(run, FLAT) == {None: ()}
    assert sibling_groups(run, TREE) == {}
