"""From observations to a new run: the locked one stays, each proposal is answered with a reason."""

from __future__ import annotations

from datetime import date

import pytest

from mcda.lifecycle.selecting_again import proposed_scores, select_again, with_answer
from mcda.lifecycle.triggers import review_triggers
from mcda.project import (
    Criterion,
    Exact,
    Indicator,
    Level,
    LevelScale,
    LockedRunError,
    NumberScale,
    OrderJudgement,
    Program,
    Project,
    ProjectError,
    Range,
    Record,
    Score,
    Unknown,
    Weighting,
    check_run,
    errors,
)

TODAY = date(2028, 6, 1)


@pytest.fixture
def decided():
    """Mentors chosen on days to start and a level of fit."""
    levels = tuple(Level(level=n, anchor=f"Level {n}") for n in range(1, 6))
    project = Project.new("Which?").with_program(Program(id="mentors", name="Mentors"))
    for criterion in (
        Criterion(id="wait", name="Wait", scale=NumberScale(unit="days", worst=900, best=0)),
        Criterion(id="fit", name="Fit", scale=LevelScale(levels=levels, confirmed=True)),
    ):
        project = project.with_criterion(criterion)
    for program, wait, fit in (("mentors", 200.0, 3.0), ("continue", 600.0, 2.0)):
        for criterion, value in (("wait", wait), ("fit", fit)):
            score = Score(program=program, criterion=criterion, amount=Exact(value=value))
            project = project.with_score(score.model_copy(update={"source": "Plan"}))
    order = OrderJudgement(tiers=(("wait",), ("fit",)))
    project = project.with_weighting(Weighting(id="group", name="Group", judgement=order))
    record = Record(choice="mentors", reasons="Fast.", decided_on=date(2026, 12, 31))
    return project.decide(record)


def indicator(**fields):
    return Indicator.model_validate({"id": "i", "name": "Seen", "target": 60.0, **fields})


WAIT = {"measure": "number", "unit": "days", "criterion": "wait", "better": "lower"}
FIT = {"measure": "share", "criterion": "fit"}


def again(project, *keys):
    return select_again(project, keys, "Much has changed.", "Chair", TODAY)


def only_proposal(project):
    (found,) = proposed_scores(project)
    return found


# --- a new run


def test_the_new_run_starts_from_the_locked_one_which_stays(decided):
    project = again(decided)
    assert project.runs[0] == decided.runs[0]
    assert (project.run().parent, project.run().status) == ("run-1", "draft")
    assert project.run().evidence == decided.run().evidence
    assert not errors(check_run(project.run()))


def test_the_triggers_are_answered_with_the_new_run(decided, observing):
    project = observing(decided, indicator(**FIT), 50, 50)
    (trigger,) = review_triggers(project, TODAY)
    project = again(project, trigger.key)
    (answered,) = review_triggers(project, TODAY)
    assert answered.answer is not None
    assert (answered.answer.run, answered.answer.reason) == ("run-2", "Much has changed.")


def test_nothing_decided_cannot_be_selected_again():
    with pytest.raises(ProjectError, match="Nothing is decided yet"):
        again(Project.new("Which?"))


def test_a_second_new_run_beside_an_open_one_is_refused(decided):
    with pytest.raises(ProjectError, match="under way already"):
        again(again(decided))


def test_a_reason_is_asked_for_and_must_be_open(decided):
    with pytest.raises(ProjectError, match="Write why"):
        select_again(decided, (), " ", "Chair", TODAY)
    with pytest.raises(ProjectError, match="no longer open"):
        again(decided, "off target twice:i:2027-06-30")


# --- what is proposed


@pytest.mark.parametrize(
    ("numbers", "proposed"),
    [((300.0,), Exact(value=300.0)), ((300.0, 300.0), Exact(value=300.0)),
     ((300.0, 250.0), Range(low=250.0, high=300.0, likely=250.0)),
     ((250.0, 300.0, 280.0), Range(low=250.0, high=300.0, likely=280.0))],
)  # fmt: skip
def test_observed_numbers_are_proposed_as_they_are(decided, numbers, proposed, observing):
    found = only_proposal(again(observing(decided, indicator(**WAIT), *numbers)))
    assert found.proposed == proposed
    assert found.current.amount == Exact(value=200.0)


def test_what_was_observed_before_the_decision_proposes_nothing(decided, observing):
    before = [(date(2026, 10, 1), date(2026, 12, 31))]
    assert (
        proposed_scores(again(observing(decided, indicator(**WAIT), 300.0, periods=before))) == ()
    )


def test_a_small_count_is_proposed_as_what_it_may_be(decided, observing):
    project = observing(decided, indicator(unit="days", criterion="wait"), 4)
    found = only_proposal(again(project))
    assert found.proposed == Range(low=1.0, high=9.0)
    assert "4" not in found.sentence


@pytest.mark.parametrize(
    ("numbers", "proposed"),
    [((60, 60), 4.0), ((59, 59), 2.0), ((50, 59, 59), 2.0)],
)
def test_two_periods_running_move_a_level_by_one(decided, numbers, proposed, observing):
    found = only_proposal(again(observing(decided, indicator(**FIT), *numbers)))
    assert found.proposed == Exact(value=proposed)


@pytest.mark.parametrize("numbers", [(60,), (59, 60), (60, 59), (5, 5)])
def test_one_period_a_change_or_a_hidden_number_moves_no_level(decided, numbers, observing):
    assert proposed_scores(again(observing(decided, indicator(**FIT), *numbers))) == ()


def test_a_level_moves_from_what_was_decided_on_however_often_it_is_asked(decided, observing):
    project = again(observing(decided, indicator(**FIT), 60, 60))
    first = only_proposal(project)
    project = with_answer(project, first, first.proposed, "Seen twice.", TODAY)
    second = only_proposal(project)
    assert second.proposed == first.proposed
    assert second.answer.answer == "accepted"


@pytest.mark.parametrize("fields", [{**WAIT, "unit": "weeks"}, {**WAIT, "criterion": None},
                                    {**WAIT, "program": "gone"}])  # fmt: skip
def test_what_does_not_fit_a_criterion_proposes_nothing(decided, fields, observing):
    assert proposed_scores(again(observing(decided, indicator(**fields), 300.0))) == ()


def test_the_baseline_can_be_what_an_indicator_is_about(decided, observing):
    found = only_proposal(again(observing(decided, indicator(**WAIT, program="continue"), 700.0)))
    assert found.program.id == "continue"


def test_ranges_of_levels_move_whole_and_stay_on_the_scale(decided, observing):
    draft = decided.rerun(None, "run-2", "Second")
    for amount, moved in (
        (Range(low=2.0, high=4.0, likely=3.0), Range(low=3.0, high=5.0, likely=4.0)),
        (Range(low=4.0, high=5.0), Exact(value=5.0)),
        (Unknown(), None),
        (Exact(value=5.0), None),
    ):
        score = Score(program="mentors", criterion="fit", amount=amount, source="Plan")
        record = Record(choice="mentors", reasons="Fits.", decided_on=date(2026, 12, 31))
        project = draft.with_score(score).decide(record)
        found = proposed_scores(again(observing(project, indicator(**FIT), 60, 60)))
        assert [p.proposed for p in found] == ([moved] if moved else [])


# --- answers


def test_a_proposal_is_accepted_changed_or_refused_with_its_reason(decided, observing):
    project = again(observing(decided, indicator(**WAIT), 300.0))
    proposal = only_proposal(project)
    for amount, answer, scored in (
        (proposal.proposed, "accepted", 300.0),
        (Exact(value=280.0), "edited", 280.0),
        (None, "refused", 200.0),
    ):
        answered = with_answer(project, proposal, amount, "We looked at it.", TODAY)
        assert only_proposal(answered).answer.answer == answer
        assert answered.run().score("mentors", "wait").amount == Exact(value=scored)
        assert answered.runs[0] == decided.runs[0]


@pytest.mark.parametrize(
    ("share", "source", "note"),
    [("public", "Observed: “Seen”: 300 days in January to March 2027.", "We looked."),
     ("internal", "Observed in this community.",
      "We looked. “Seen”: 300 days in January to March 2027.")],
)  # fmt: skip
def test_only_a_public_indicator_is_named_in_the_source(decided, share, source, note, observing):
    project = again(observing(decided, indicator(**WAIT, share=share), 300.0))
    proposal = only_proposal(project)
    taken = with_answer(project, proposal, proposal.proposed, "We looked.", TODAY)
    score = taken.run().score("mentors", "wait")
    assert (score.source, score.note, score.as_of) == (source, note, TODAY)


def test_an_answer_needs_a_reason_and_an_open_run(decided, observing):
    project = again(observing(decided, indicator(**WAIT), 300.0))
    proposal = only_proposal(project)
    with pytest.raises(ProjectError, match="Write why"):
        with_answer(project, proposal, None, " ", TODAY)
    record = Record(choice="mentors", reasons="Still.", decided_on=TODAY)
    locked = project.decide(record)
    assert proposed_scores(locked) == ()
    with pytest.raises(LockedRunError):
        with_answer(locked, proposal, proposal.proposed, "Late.", TODAY)


def test_newer_observations_ask_again(decided, observing):
    project = again(observing(decided, indicator(**WAIT), 300.0))
    project = with_answer(project, only_proposal(project), None, "Too early.", TODAY)
    assert only_proposal(project).answer is not None
    assert only_proposal(observing(project, indicator(**WAIT), 300.0, 320.0)).answer is None
