"""Criteria: there, told apart, with ranges the group has agreed to and that mean something."""

from __future__ import annotations

import pytest

from mcda.project import (
    Criterion,
    Finding,
    Framing,
    LeftOut,
    NumberScale,
    OverlapQuestion,
    Project,
    check,
)


def found(project: Project, code: str) -> list[Finding]:
    return [f for f in check(project) if f.code == code]


def scale(project: Project, criterion_id: str, **changes: object) -> Project:
    """Change the scale of one criterion."""
    criterion = project.run().criterion(criterion_id)
    changed = criterion.scale.model_copy(update=changes)
    return project.with_criterion(criterion.model_copy(update={"scale": changed}))


def aside(project: Project, *criteria: str) -> Project:
    return project.with_framing(Framing(criteria_out=tuple(LeftOut(item=c) for c in criteria)))


def test_no_criterion_in_use_is_a_warning(sound):
    (finding,) = found(aside(sound, "reach", "evidence", "cost"), "no-criteria")
    assert finding.severity == "warning"
    assert str(finding) == (
        "Criteria: There is nothing to judge the programs on. "
        "Choose a template, or add a criterion."
    )


def test_one_criterion_is_enough(sound):
    assert found(aside(sound, "reach", "evidence"), "no-criteria") == []


def test_two_criteria_of_one_name_are_a_warning(sound):
    cost = sound.run().criterion("cost").model_copy(update={"name": "Evidence"})
    project = sound.with_criterion(cost)
    (finding,) = found(project, "duplicate-name")
    assert str(finding) == ("Evidence: Two criteria have this name. Give one of them another name.")
    assert found(aside(project, "cost"), "duplicate-name") == []


def test_ranges_nobody_has_confirmed_are_a_hint(sound):
    project = scale(scale(sound, "reach", confirmed=False), "cost", confirmed=False)
    (finding,) = found(project, "range-unconfirmed")
    assert finding.severity == "hint"
    assert str(finding) == (
        "Criteria: Nobody has confirmed the range of People reached and Cost. "
        "Confirm the worst and the best that could really be chosen."
    )
    assert found(project, "spacing-unconfirmed") == []


def test_the_spacing_of_levels_nobody_has_confirmed_is_a_hint(sound):
    project = scale(sound, "evidence", confirmed=False)
    (finding,) = found(project, "spacing-unconfirmed")
    assert finding.severity == "hint"
    assert str(finding) == (
        "Criteria: Nobody has confirmed what each step is worth on Evidence. "
        "Agree on it, or change what the levels are worth."
    )
    assert found(project, "range-unconfirmed") == []


def test_confirmed_scales_and_those_set_aside_raise_no_question(sound):
    assert found(sound, "range-unconfirmed") == []
    assert found(sound, "spacing-unconfirmed") == []
    project = aside(scale(sound, "cost", confirmed=False), "cost")
    assert found(project, "range-unconfirmed") == []


@pytest.mark.parametrize(
    ("worst", "best", "findings"),
    [
        (95.01, 100, 1),
        (95, 100, 0),
        (100, 95.01, 1),
        (-100, -95.01, 1),
        (-1, 1, 0),
        (0, 0.001, 0),
    ],
)
def test_a_very_small_range_is_a_hint(sound, worst, best, findings):
    small = found(scale(sound, "cost", worst=worst, best=best), "tiny-range")
    assert [(f.severity, f.place) for f in small] == [("hint", "Cost")] * findings


def test_a_very_small_range_is_named_with_its_ends():
    narrow = NumberScale(worst=1_250_000, best=1_249_000)
    project = Project.new("Which?").with_criterion(Criterion(id="c", name="Cost", scale=narrow))
    (finding,) = found(project, "tiny-range")
    assert str(finding) == (
        "Cost: Its range, 1,250,000 to 1,249,000, is very small. "
        "Does so small a difference deserve its weight?"
    )


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Does cost go with reach?", "Does cost go with reach?"),
        ("", "These may count the same thing twice. If so, set one of them aside."),
    ],
)
def test_criteria_that_may_count_twice_are_a_question(sound, question, said):
    overlap = OverlapQuestion(first="cost", second="reach", question=question)
    evidence = sound.run().evidence.model_copy(update={"overlaps": (overlap,)})
    project = sound.with_evidence(evidence)
    (finding,) = found(project, "overlap")
    assert finding.severity == "hint"
    assert str(finding) == f"Cost and People reached: {said}"
    assert found(aside(project, "reach"), "overlap") == []
    assert found(aside(project, "cost"), "overlap") == []


def under_people(project: Project, number: int) -> Project:
    """Put criteria under the first objective until there are so many; the other keeps one."""
    for n in range(2, number):
        more = Criterion(
            id=f"more-{n}",
            name=f"More {n}",
            parent="people",
            scale=NumberScale(worst=0, best=1),
        )
        project = project.with_criterion(more)
    return project


@pytest.mark.parametrize(("number", "findings"), [(3, 0), (4, 1)])
def test_an_objective_split_much_finer_than_another_is_a_hint(sound, number, findings):
    split = found(under_people(sound, number), "split-finer")
    assert [str(f) for f in split] == [
        "Help people: 4 criteria stand under it, and only 1 under another objective. "
        "Things split finer tend to be given more weight. Is that meant?"
    ] * findings


def test_criteria_set_aside_do_not_split_an_objective(sound):
    assert found(aside(under_people(sound, 4), "more-2"), "split-finer") == []


def test_one_objective_alone_is_not_split_finer_than_another(sound):
    assert found(aside(under_people(sound, 9), "cost"), "split-finer") == []
