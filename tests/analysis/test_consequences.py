"""What an edit would bring with it, said before it is made."""

from __future__ import annotations

import pytest

from mcda.analysis.consequences import (
    lost_with_criterion,
    lost_with_program,
    scale_change,
    weightings_silent_on,
)
from mcda.project import (
    AskedRange,
    Assessment,
    Criterion,
    Equal,
    Exact,
    Level,
    LevelScale,
    NumberScale,
    PointShare,
    PointsJudgement,
    Program,
    Project,
    Range,
    Score,
    Threshold,
    Unknown,
    Verdict,
    Weighting,
)
from mcda.project.evidence import MustHave

COST = Criterion(id="cost", name="Cost", scale=NumberScale(unit="dollars", worst=100, best=0))


def _scored(amount) -> Project:
    project = Project.new("Which?").with_program(Program(id="a", name="A")).with_criterion(COST)
    return project.with_score(Score(program="a", criterion="cost", amount=amount))


def _weighted(project: Project) -> Project:
    judgement = PointsJudgement(points=(PointShare(item="cost", points=10),))
    asked = (AskedRange(criterion="cost", worst=100, best=0),)
    return project.with_weighting(Weighting(id="w", name="Group", judgement=judgement, asked=asked))


def _ranged(worst: float, best: float) -> Criterion:
    return COST.model_copy(update={"scale": NumberScale(worst=worst, best=best)})


def test_the_same_range_brings_nothing():
    change = scale_change(_weighted(_scored(Exact(value=50))).run(), COST)
    assert (change.stale, change.outside, change.wider) == ((), (), None)


def test_another_range_makes_given_weights_stale():
    assert scale_change(_weighted(_scored(Exact(value=50))).run(), _ranged(90, 0)).stale == (
        "Group",
    )


def test_weights_that_are_stale_already_are_not_named_again():
    run = _weighted(_scored(Exact(value=50))).with_criterion(_ranged(90, 0)).run()
    assert scale_change(run, _ranged(80, 0)).stale == ()


@pytest.mark.parametrize(
    ("amount", "ends", "told", "wider"),
    [
        (Exact(value=80.5), (60, 0), "A: 80.5", (80.5, 0)),
        (Range(low=10, high=80), (60, 20), "A: 10 to 80", (80, 10)),
        (Exact(value=80), (0, 60), "A: 80", (0, 80)),
    ],
)
def test_a_score_outside_is_told_with_the_range_that_takes_it(amount, ends, told, wider):
    change = scale_change(_scored(amount).run(), _ranged(*ends))
    assert change.outside == (told,)
    assert change.wider == wider


def test_ones_own_score_counts_as_well():
    own = Assessment(person="p1", program="a", criterion="cost", amount=Exact(value=80))
    change = scale_change(_scored(Unknown()).with_assessment(own).run(), _ranged(60, 0))
    assert change.outside == ("A, scored by p1: 80",)


def test_levels_have_no_range_to_widen():
    levels = LevelScale(levels=(Level(level=1, anchor="Low"), Level(level=2, anchor="High")))
    changed = COST.model_copy(update={"scale": levels})
    change = scale_change(_scored(Exact(value=50)).run(), changed)
    assert change.outside == ("A: 50",)
    assert change.wider is None


def test_weightings_that_say_nothing_of_a_criterion_are_named():
    project = _weighted(_scored(Exact(value=50)))
    equal = Weighting(id="e", name="Equal", judgement=Equal())
    run = project.with_weighting(equal).run()
    assert weightings_silent_on(run, "cost") == ()
    assert weightings_silent_on(run, "new") == ("Group",)


def test_what_goes_with_a_criterion_is_counted():
    limit = MustHave(id="m", name="M", threshold=Threshold(criterion="cost", limit=50))
    run = _weighted(_scored(Exact(value=50))).with_must_have(limit).run()
    assert lost_with_criterion(run, "cost") == (
        "With it go 1 score, 1 limit of must-haves and 1 answer on its weight."
    )


def test_what_goes_with_a_program_is_counted():
    judged = MustHave(id="m", name="M", verdicts=(Verdict(program="a", verdict="pass"),))
    run = _scored(Exact(value=50)).with_must_have(judged).run()
    assert lost_with_program(run, "a") == "With it go 1 score and 1 verdict on must-haves."
    assert lost_with_program(run, "continue") == "Nothing else goes with it."


def test_one_thing_goes():
    assert lost_with_program(_scored(Exact(value=50)).run(), "a") == "With it goes 1 score."
