"""What moved between two runs and why, on a case that can be reckoned by hand.

Mentors score 80 on reach and 20 on price, Hotline 40 and 70, Continue as now 0 and 100 (values, as
both scales run from 0 to 100). With weights 1 to 1 the totals are 50, 55 and 50.
"""

from __future__ import annotations

import pytest

from mcda.analysis.between_runs import NOT_THERE, between_runs
from mcda.project import (
    Criterion,
    Exact,
    Framing,
    LeftOut,
    NumberScale,
    PointShare,
    PointsJudgement,
    Program,
    Project,
    Score,
    UnknownItemError,
    Weighting,
)

SCORES = {"mentors": (80.0, 20.0), "hotline": (40.0, 70.0), "continue": (0.0, 100.0)}


def points(reach, price):
    shares = (PointShare(item="reach", points=reach), PointShare(item="price", points=price))
    return Weighting(id="group", name="Group", judgement=PointsJudgement(points=shares))


@pytest.fixture
def twice():
    """The first selection, and a second that starts from it."""
    project = Project.new("Which?")
    for name in ("Mentors", "Hotline"):
        project = project.with_program(Program(id=name.lower(), name=name))
    for item in ("reach", "price"):
        scale = NumberScale(unit="points", worst=0, best=100)
        project = project.with_criterion(Criterion(id=item, name=item.title(), scale=scale))
    for program, values in SCORES.items():
        for item, value in zip(("reach", "price"), values, strict=True):
            project = project.with_score(score(program, item, value))
    project = project.with_weighting(points(50.0, 50.0))
    return project.rerun(None, "run-2", "Second selection")


def score(program, item, value):
    return Score(program=program, criterion=item, amount=Exact(value=value), source="S")


def effects(found):
    return {e.kind: (e.changed, e.ranking.ranked[0].name) for e in found.effects}


def test_evidence_alone(twice):
    # Mentors: (80 + 40) / 2 = 60, ahead of 55.
    found = between_runs(twice.with_score(score("mentors", "price", 40.0)), "run-1", "run-2")
    assert effects(found) == {
        "evidence": (True, "Mentors"), "framing": (False, "Hotline"), "weights": (False, "Hotline"),
    }  # fmt: skip
    assert found.score_changes == ("Price of Mentors is 40 points instead of 20.",)
    assert "Taken alone, this moves places: the new evidence." in found.sentence
    assert "Price of Mentors is 40 points instead of 20" in found.sentence


def test_weights_alone(twice):
    # At 60 to 40: Mentors 56, Hotline 52, Continue as now 40.
    found = between_runs(twice.with_weighting(points(60.0, 40.0)), "run-1", "run-2")
    assert effects(found)["weights"] == (True, "Mentors")
    assert effects(found)["evidence"] == (False, "Hotline")
    assert found.after.ranked[0].name == "Mentors"
    assert "Price counts 40% instead of 50%" in found.sentence


def test_framing_alone(twice):
    framing = Framing(programs_out=(LeftOut(item="hotline", reason="Closed."),))
    found = between_runs(twice.with_framing(framing), "run-1", "run-2")
    changed, first = effects(found)["framing"]
    assert changed
    assert first in ("Mentors", "Continue as now")
    frame = found.to_frame()
    assert frame.loc["Hotline", "Before"] == "1"
    assert frame.loc["Hotline", "After"] == "not ranked"


def test_changes_that_only_together_move_a_place(twice):
    # Price 28: (80 + 28) / 2 = 54 < 55. Weights 52 to 48: 51.2 < 54.4. Both: 55.04 > 54.4.
    project = twice.with_score(score("mentors", "price", 28.0))
    project = project.with_weighting(points(52.0, 48.0))
    found = between_runs(project, "run-1", "run-2")
    firsts = {e.kind: e.ranking.ranked[0].name for e in found.effects}
    assert firsts == {"evidence": "Hotline", "framing": "Hotline", "weights": "Hotline"}
    assert found.after.ranked[0].name == "Mentors"


def test_a_new_program_is_named_as_not_there_before(twice):
    project = twice.with_program(Program(id="shelter", name="Shelter"))
    for item in ("reach", "price"):
        project = project.with_score(score("shelter", item, 90.0))
    found = between_runs(project, "run-1", "run-2")
    assert f"Shelter (was {NOT_THERE}, now 1)" in found.sentence
    assert list(found.to_frame().columns) == ["Before", "Only the new evidence", "After"]


def test_a_part_that_cannot_stand_alone_says_so(twice):
    # The new weights are for a criterion that only the new evidence has.
    scale = NumberScale(unit="points", worst=0, best=100)
    project = twice.with_criterion(Criterion(id="safety", name="Safety", scale=scale))
    for program in SCORES:
        project = project.with_score(score(program, "safety", 50.0))
    shares = tuple(PointShare(item=i, points=50.0) for i in ("reach", "price", "safety"))
    judgement = PointsJudgement(points=shares)
    project = project.with_weighting(Weighting(id="group", name="Group", judgement=judgement))
    found = between_runs(project, "run-1", "run-2")
    problems = {e.kind: e.problem for e in found.effects}
    assert "cannot be looked at alone" in problems["evidence"] + problems["weights"]
    assert "cannot be told" in found.to_frame().to_numpy()


def test_nothing_changed_says_so(twice):
    found = between_runs(twice, "run-1", "run-2")
    assert found.sentence == "Nothing moved: evidence, framing and weights are the same."
    assert not any(effect.changed for effect in found.effects)


def test_a_change_that_moves_nothing_says_so(twice):
    found = between_runs(twice.with_score(score("hotline", "price", 71.0)), "run-1", "run-2")
    assert found.sentence == "Every program keeps its place."
    assert found.effects[0].changed


def test_the_older_run_is_not_touched_and_unknown_ones_are_refused(twice):
    with pytest.raises(UnknownItemError):
        between_runs(twice, "run-1", "run-9")
