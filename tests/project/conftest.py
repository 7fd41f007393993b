"""A small sound project, in which every rule is content, to be broken one thing at a time."""

from __future__ import annotations

from datetime import date

import pytest

from mcda.project import (
    AskedRange,
    Assessment,
    Availability,
    Criterion,
    Evidence,
    Exact,
    Framing,
    Info,
    LeftOut,
    Level,
    LevelScale,
    MustHave,
    NumberScale,
    Objective,
    Program,
    Project,
    Range,
    Run,
    Scenario,
    Score,
    SwingJudgement,
    SwingRating,
    Threshold,
    Verdict,
    Weighting,
)

HERE = Availability(status="available", checked_on=date(2026, 3, 1))


def _score(program: str, criterion: str, low: float, high: float | None = None) -> Score:
    amount = Exact(value=low) if high is None else Range(low=low, high=high)
    return Score(program=program, criterion=criterion, amount=amount, source="County records")


@pytest.fixture(scope="session")
def sound() -> Project:
    """Three programs and a support; reach, level of evidence, and cost (less is better)."""
    programs = (
        Program(id="continue", name="Continue as now", role="baseline", unit_reached="youth"),
        Program(id="mentors", name="Mentors", unit_reached="youth", availability=HERE),
        Program(id="school", name="School lessons", unit_reached="youth", availability=HERE),
        Program(id="course", name="Police course", role="support", kind="training"),
    )
    levels = tuple(Level(level=n, anchor=f"Anchor {n}") for n in (1, 2, 3))
    criteria = (
        Criterion(
            id="reach",
            name="People reached",
            parent="people",
            scale=NumberScale(unit="youth", worst=0, best=200, confirmed=True),
            counts_people=True,
        ),
        Criterion(
            id="evidence",
            name="Evidence",
            parent="people",
            scale=LevelScale(levels=levels, confirmed=True),
        ),
        Criterion(
            id="cost",
            name="Cost",
            parent="means",
            scale=NumberScale(unit="US dollars", worst=500_000, best=0, confirmed=True),
        ),
    )
    scores = (
        _score("continue", "reach", 10),
        _score("continue", "evidence", 1),
        _score("continue", "cost", 0),
        _score("mentors", "reach", 40, 80),
        _score("mentors", "evidence", 3),
        _score("mentors", "cost", 300_000),
        _score("school", "reach", 150),
        _score("school", "evidence", 2),
        _score("school", "cost", 200_000),
    )
    affordable = MustHave(
        id="affordable",
        name="Affordable",
        threshold=Threshold(criterion="cost", limit=400_000),
    )
    safe = MustHave(
        id="safe",
        name="Safe",
        verdicts=tuple(
            Verdict(program=p, verdict="pass", reason="Seen.") for p in ("mentors", "school")
        ),
    )
    ratings = (("reach", 100), ("evidence", 60), ("cost", 30))
    group = Weighting(
        id="group",
        name="The group",
        judgement=SwingJudgement(
            ratings=tuple(SwingRating(item=i, rating=r) for i, r in ratings), confirmed=True
        ),
        asked=tuple(
            AskedRange(criterion=c.id, worst=c.scale.worst, best=c.scale.best) for c in criteria
        ),
    )
    evidence = Evidence(
        programs=programs,
        objectives=(
            Objective(id="people", name="Help people"),
            Objective(id="means", name="Within our means"),
        ),
        criteria=criteria,
        scores=scores,
        must_haves=(affordable, safe),
    )
    run = Run(id="run-1", title="First selection", evidence=evidence, weightings=(group,))
    return Project(info=Info(title="Which program first?"), runs=(run,))


@pytest.fixture(scope="session")
def full(sound: Project) -> Project:
    """The sound project, with something of every kind that can refer to a program."""
    own = Assessment(person="p1", program="mentors", criterion="reach", amount=Exact(value=60))
    aside = Framing(
        programs_out=(LeftOut(item="mentors", reason="Not this year."),),
        criteria_out=(LeftOut(item="reach", reason="Same for all."),),
    )
    without = Scenario(id="without", title="Without mentors", programs_out=("mentors",))
    return sound.with_assessment(own).with_framing(aside).with_scenario(without)
