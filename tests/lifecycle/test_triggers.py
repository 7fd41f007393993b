"""Each trigger at its boundary: one step before there is none, at it there is one."""

from __future__ import annotations

from datetime import date

import pytest

from mcda.lifecycle.triggers import review_triggers, scored_ends
from mcda.project import (
    Adaptation,
    Availability,
    Criterion,
    Evaluation,
    Exact,
    Indicator,
    NumberScale,
    OrderJudgement,
    Plan,
    Program,
    Project,
    Range,
    Record,
    Score,
    TriggerAnswer,
    Unknown,
    Weighting,
)

TODAY = date(2028, 6, 1)
TWO_HUNDRED = Exact(value=200.0)


def decided(amount=TWO_HUNDRED, review_on=None, status="decided"):
    """Mentors were chosen, scored with an amount in days, against going on as now."""
    wait = Criterion(
        id="wait", name="Days to start", scale=NumberScale(unit="days", worst=900, best=0)
    )
    project = Project.new("Which?").with_program(Program(id="mentors", name="Mentors"))
    project = project.with_criterion(wait)
    for program, scored in (("mentors", amount), ("continue", Exact(value=600.0))):
        score = Score(program=program, criterion="wait", amount=scored, source="Plan")
        project = project.with_score(score)
    weighting = Weighting(id="group", name="Group", judgement=OrderJudgement(tiers=(("wait",),)))
    project = project.with_weighting(weighting)
    if status == "draft":
        return project
    record = Record(
        choice="mentors", reasons="Fast.", decided_on=date(2027, 1, 1), review_on=review_on
    )
    return project.decide(record)


def kinds(project, today=TODAY):
    return [t.kind for t in review_triggers(project, today)]


def linked(**changes):
    fields = {"measure": "share", "target": 60.0, **changes}
    return Indicator(id="linked", name="Linked", **fields)


# --- off target twice


@pytest.mark.parametrize(
    ("numbers", "found"),
    [((59,), False), ((59, 59), True), ((59, 60), False), ((60, 59), False),
     ((59, 60, 59), False), ((60, 59, 59), True)],
)  # fmt: skip
def test_off_target_twice_running_and_not_once(numbers, found, observing):
    project = observing(decided(), linked(), *numbers)
    assert ("off target twice" in kinds(project)) is found


def test_what_has_no_good_way_is_never_off_target(observing):
    assert kinds(observing(decided(), linked(better="neither"), 5, 5)) == []


def test_off_target_three_times_says_so(observing):
    project = observing(decided(), linked(), 50, 51, 52)
    (found,) = review_triggers(project, TODAY)
    assert found.sentence == (
        "“Linked” was off target 3 times running; last, in July to September 2027: 52%."
    )
    assert found.since == date(2027, 9, 30)


# --- safety


def arrests(**changes):
    fields = {"kind": "safety", "better": "lower", **changes}
    return Indicator(id="arrests", name="Arrests", **fields)


@pytest.mark.parametrize(
    ("numbers", "fields", "found"),
    [((20, 20), {}, False), ((20, 21), {}, True), ((21, 20), {}, False),
     ((20,), {"baseline": 20.0}, False), ((20,), {"baseline": 19.0}, True),
     ((20, 21), {"kind": "outcome"}, False), ((20, 21), {"better": "neither"}, False),
     ((20, 21), {"better": "higher"}, False), ((21, 20), {"better": "higher"}, True)],
)  # fmt: skip
def test_a_safety_indicator_that_gets_worse(numbers, fields, found, observing):
    project = observing(decided(), arrests(**fields), *numbers)
    assert ("safety worse" in kinds(project)) is found


def test_a_small_safety_count_opens_a_review_and_stays_hidden(observing):
    project = observing(decided(), arrests(), 2, 4)
    (found,) = review_triggers(project, TODAY)
    assert found.rests_on_hidden
    assert "(hidden for privacy)" in found.sentence
    assert not any(number in found.sentence for number in ("2 ", "4 ", "(2", "(4"))


# --- outside what was scored


def days(**changes):
    fields = {"measure": "number", "unit": "days", "criterion": "wait", "better": "lower",
              "people": False, **changes}  # fmt: skip
    return Indicator(id="days", name="Days", **fields)


@pytest.mark.parametrize(
    ("amount", "number", "found"),
    [(Range(low=100.0, high=200.0), 100.0, False), (Range(low=100.0, high=200.0), 99.9, True),
     (Range(low=100.0, high=200.0), 200.0, False), (Range(low=100.0, high=200.0), 200.1, True),
     (Exact(value=200.0), 220.0, False), (Exact(value=200.0), 220.1, True),
     (Exact(value=200.0), 180.0, False), (Exact(value=200.0), 179.9, True),
     (Unknown(), 899.0, False)],
)  # fmt: skip
def test_an_observed_number_outside_the_scored_range(amount, number, found, observing):
    project = observing(decided(amount), days(), number)
    assert ("outside the scored range" in kinds(project)) is found


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [(10.0, 20.0, True), (9.0, 20.0, False), (0.0, 1.0, False), (0.0, 0.5, True)],
)
def test_a_hidden_count_is_outside_only_where_all_it_may_be_is(low, high, found, observing):
    few = days(measure="count", people=True)
    project = observing(decided(Range(low=low, high=high)), few, 4)
    assert ("outside the scored range" in kinds(project)) is found


@pytest.mark.parametrize("fields", [{"unit": "weeks"}, {"criterion": None}])
def test_only_the_same_unit_on_a_linked_criterion_is_compared(fields, observing):
    assert kinds(observing(decided(), days(**fields), 800.0)) == []


def test_a_run_not_decided_has_no_scored_range_to_leave(observing):
    assert kinds(observing(decided(status="draft"), days(), 800.0)) == []


def test_what_was_scored_and_observed_is_told(observing):
    (found,) = review_triggers(observing(decided(), days(), 300.0), TODAY)
    assert found.sentence == (
        "“Days to start” of “Mentors” was scored as 180 to 220 days; "
        "observed in January to March 2027: 300 days."
    )


def test_nothing_recorded_says_nothing():
    assert scored_ends(None) is None


# --- the plan and the decision


@pytest.mark.parametrize(("light", "found"), [("green", 0), ("yellow", 0), ("red", 1)])
def test_only_a_red_adaptation_opens_a_review(light, found):
    plan = Plan(adaptations=(Adaptation(id="short", name="Shorter", light=light),))
    assert kinds(decided().with_plan(plan)).count("red adaptation") == found


@pytest.mark.parametrize(
    ("status", "found"), [("not checked", 0), ("available", 0), ("not available", 1)]
)
def test_a_program_that_can_no_longer_be_had(status, found):
    evaluation = Evaluation(availability=Availability(status=status, checked_on=TODAY))
    assert kinds(decided().with_evaluation(evaluation)).count("program withdrawn") == found


@pytest.mark.parametrize(
    ("today", "found"),
    [(date(2028, 1, 30), 0), (date(2028, 1, 31), 0), (date(2028, 2, 1), 1)],
)
def test_the_review_date_has_passed_the_day_after(today, found):
    project = decided(review_on=date(2028, 1, 31))
    assert kinds(project, today).count("review date passed") == found


# --- answers


def test_an_answer_closes_a_trigger_until_there_are_newer_facts(observing):
    project = observing(decided(), linked(), 50, 50)
    (trigger,) = review_triggers(project, TODAY)
    answer = TriggerAnswer(trigger=trigger.key, reason="Staff had changed.", on=TODAY)
    project = project.with_evaluation(project.evaluation.with_trigger_answer(answer))
    (answered,) = review_triggers(project, TODAY)
    assert (answered.open, answered.answer) == (False, answer)
    (again,) = review_triggers(observing(project, linked(), 50, 50, 50), TODAY)
    assert again.open


def test_open_triggers_come_first(observing):
    plan = Plan(adaptations=(Adaptation(id="short", name="Shorter", light="red"),))
    project = observing(decided(), linked(), 50, 50).with_plan(plan)
    first, second = review_triggers(project, TODAY)
    answer = TriggerAnswer(trigger=first.key, reason="Known.")
    project = project.with_evaluation(project.evaluation.with_trigger_answer(answer))
    assert [t.key for t in review_triggers(project, TODAY)] == [second.key, first.key]
