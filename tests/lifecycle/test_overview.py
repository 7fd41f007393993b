"""The four phases, the brief and the status: the community's own words, and what is next."""

from __future__ import annotations

import re
from datetime import date

import pytest

from mcda.lifecycle import diagnosis_brief, diagnosis_headline, overview, plan_run, status
from mcda.lifecycle.brief import BriefPart
from mcda.project import (
    Adaptation,
    Asset,
    Condition,
    Diagnosis,
    Evaluation,
    Factor,
    Goal,
    Indicator,
    Milestone,
    Plan,
    Project,
    ReadinessItem,
    Stakeholder,
    UnknownItemError,
)
from mcda.project.templates import TWO_YEARS_ON, example

TODAY = date(2027, 2, 10)


def parts(project: Project) -> dict[str, tuple[str, ...]]:
    return {part.heading: part.sentences for part in diagnosis_brief(project).parts}


# --- overview


def test_a_new_project_is_at_its_first_step():
    found = overview(Project.new("Which?"), TODAY)
    assert [(p.id, p.state) for p in found.phases] == [
        ("diagnose", "not started"),
        ("select", "not started"),
        ("implement", "not started"),
        ("evaluate", "not started"),
    ]
    assert found.next is found.phase("diagnose")
    assert found.phases[0].sentence == "Diagnose: 0 of 7 steps. Next: State the problem."
    assert all(not p.outputs and not p.outcomes for p in found.phases)


def test_the_example_speaks_its_own_words(elm):
    found = overview(elm, TODAY)
    diagnose, select, implement, evaluate = found.phases
    assert diagnose.state == "done"
    assert diagnose.sentence == "Diagnose: done."
    assert elm.diagnosis.problem in diagnose.outputs
    assert elm.diagnosis.goals[0].name in diagnose.outcomes
    assert select.next == "Decide, and write down why"
    assert "Juvenile mentoring" in select.inputs
    assert "12 criteria agreed on" in select.activities
    assert "140,000 US dollars planned" in implement.inputs
    assert "Done: Probation names the lead and a deputy" in implement.outputs
    assert elm.plan.feedback[0].action in implement.outcomes
    assert evaluate.next == "Set the day of the review"
    assert found.next is select


def test_milestones_are_counted_beside_the_steps_of_planning(elm):
    implement = overview(elm, TODAY).phase("implement")
    assert implement.progress == "6 of 7 steps; 2 of 10 milestones"
    assert implement.sentence == f"Implement: {implement.progress}. Next: Reach every milestone."
    assert overview(Project.new("Which?"), TODAY).phase("implement").progress == "0 of 7 steps"


def test_a_decision_fills_the_selection_and_the_review(elm):
    decided = elm.decide(elm.run().record)
    found = overview(decided, TODAY)
    assert found.phase("select").state == "done"
    assert found.phase("select").outputs[0] == "Chosen: Screening with an advocate"
    assert decided.run().record.strategy in found.phase("select").outcomes
    assert "Review on December 1, 2027" in found.phase("evaluate").activities
    evaluate = {step.title: step.done for step in found.phase("evaluate").steps}
    assert evaluate["Set the day of the review"]
    assert found.phase("evaluate").next == "Choose what to measure"


def test_the_evaluation_fills_its_phase_and_no_hidden_number():
    found = overview(example(TWO_YEARS_ON), TODAY).phase("evaluate")
    assert found.state == "done"
    assert found.inputs[0].startswith("State university")
    assert "7 indicators" in found.activities
    assert "1 of 4 judged indicators on target" in found.outputs
    assert "Learned: Fill in the form on boys, too" in found.outcomes


def test_a_target_is_asked_of_what_can_be_judged(elm):
    free = Indicator(id="found", name="Cases found", better="neither")
    met = Indicator(id="met", name="Met", target=3.0)
    for indicators, done in (((free,), False), ((free, met), True)):
        project = elm.with_evaluation(Evaluation(indicators=indicators))
        steps = {s.title: s.done for s in overview(project, TODAY).phase("evaluate").steps}
        assert steps["Choose what to measure"]
        assert steps["Set a target for each"] is done


def test_all_done_has_nothing_next(elm):
    done = tuple(
        m.model_copy(update={"status": "done", "done_on": TODAY}) for m in elm.plan.milestones
    )
    plan = elm.plan.model_copy(update={"milestones": done})
    evaluation = example(TWO_YEARS_ON).evaluation
    project = elm.decide(elm.run().record).with_plan(plan).with_evaluation(evaluation)
    found = overview(project, TODAY)
    assert found.next is None
    assert status(project, TODAY).next == "All four phases are done."


def test_the_plan_carries_out_the_named_the_decided_or_the_latest_run(elm):
    free = elm.with_plan(elm.plan.model_copy(update={"run": None}))
    later = free.decide(elm.run().record).rerun(None, "run-2", "Again")
    assert plan_run(free).id == "run-1"
    assert plan_run(later).id == "run-1"
    named = later.with_plan(later.plan.model_copy(update={"run": "run-2"}))
    assert plan_run(named).id == "run-2"
    gone = later.with_plan(later.plan.model_copy(update={"run": "gone"}))
    assert plan_run(gone).id == "run-1"
    assert overview(later, TODAY, "run-2").phase("select").next.startswith("Decide")
    with pytest.raises(UnknownItemError):
        overview(later, TODAY, "run-9")


def test_a_step_counts_only_where_it_is_whole(elm):
    low = elm.diagnosis.low_readiness[0].model_copy(update={"action": ""})
    unrated = elm.diagnosis.readiness[0].model_copy(update={"rating": None})
    for item, step in (
        (low, "Plan what to do where readiness is low"),
        (unrated, "Rate your readiness"),
    ):
        changed = elm.with_diagnosis(elm.diagnosis.with_item(item))
        assert overview(changed, TODAY).phase("diagnose").next == step


# --- brief


def test_an_empty_diagnosis_says_what_is_open():
    brief = diagnosis_brief(Project.new("Which?"))
    assert brief.parts == ()
    assert len(brief.open) == 6


@pytest.mark.parametrize(
    ("ratings", "action", "words"),
    [
        ((None, None), "", "Readiness is not rated yet."),
        ((1, None), "", "Readiness: 1 of 2 things rated, 1 low."),
        ((3, 5), "", "Readiness is low in none of 2 things."),
        ((2, 5), "", "Readiness is low in 1 of 2 things, 1 without an answer."),
        ((2, 5), "Train.", "Readiness is low in 1 of 2 things, each with an answer."),
    ],
)
def test_the_headline_says_how_ready_we_are(ratings, action, words):
    items = tuple(
        ReadinessItem(id=f"r{n}", name="R", part="motivation", rating=rating, action=action)
        for n, rating in enumerate(ratings)
    )
    project = Project.new("Which?").with_diagnosis(Diagnosis(readiness=items))
    assert diagnosis_headline(project) == f"Nobody has said yet what comes first. {words}"


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "1 factor has high priority."), (2, "2 factors have high priority.")],
)
def test_the_headline_counts_what_comes_first(count, words):
    factors = tuple(Factor(id=f"f{n}", name="F", priority="high") for n in range(count))
    project = Project.new("Which?").with_diagnosis(Diagnosis(factors=factors))
    assert diagnosis_headline(project).startswith(words)


def test_the_examples_brief_is_whole(elm):
    brief = diagnosis_brief(elm)
    assert brief.open == ()
    assert [p.heading for p in brief.parts] == [
        "The problem",
        "Where and for whom",
        "Whom our figures may miss",
        "What drives it",
        "What is there already",
        "How ready we are",
        "What we want to reach",
        "What any program must meet here",
    ]
    assert all(isinstance(p, BriefPart) and p.sentences for p in brief.parts)


def test_the_brief_tells_only_what_was_said():
    diagnosis = Diagnosis(
        factors=(
            Factor(id="a", name="A", priority="high", confidence="low", trend="rising"),
            Factor(id="b", name="B", kind="protective"),
        ),
        assets=(
            Asset(id="c", name="Center"),
            Asset(id="d", name="Desk", provider="P", gap="Money"),
        ),
        readiness=(
            ReadinessItem(id="r", name="R", part="motivation", rating=1),
            ReadinessItem(
                id="s", name="S", part="motivation", rating=2, action="Do it", owner="Lead"
            ),
            ReadinessItem(
                id="t", name="T", part="motivation", rating=2, action="Do!", act_by=date(2027, 1, 1)
            ),
            ReadinessItem(id="u", name="U", part="general capacity", rating=5),
            ReadinessItem(id="v", name="V", part="motivation"),
        ),
        goals=(Goal(id="g", name="Goal"), Goal(id="h", name="H", for_whom="All", by=TODAY)),
        must_haves=(Condition(id="m", name="Takes in boys", reason="They are missed"),),
    )
    told = parts(Project.new("Which?").with_diagnosis(diagnosis))
    assert told["What drives it"] == (
        "Our priority: A.",
        "These drive the problem: A (rising).",
        "These guard against it: B.",
        "We are not sure of this yet: A.",
    )
    assert told["What is there already"] == ("Center.", "Desk (P). What is missing: Money.")
    assert told["How ready we are"] == (
        "4 of 5 items are rated, from 1 to 5.",
        "General capacity, in place: U.",
        "Low (1): R. Nothing is planned about it yet.",
        "Low (2): S. What we will do (Lead): Do it.",
        "Low (2): T. What we will do by January 1, 2027: Do!",
    )
    assert told["What we want to reach"] == ("Goal.", "H. For: All. By February 10, 2027.")
    assert told["What any program must meet here"] == (
        "Takes in boys. They are missed. It is not a must-have of the selection yet.",
    )


def test_nothing_is_said_of_readiness_nobody_rated():
    unrated = ReadinessItem(id="r", name="R", part="motivation")
    project = Project.new("Which?").with_diagnosis(Diagnosis(readiness=(unrated,)))
    assert "How ready we are" not in parts(project)
    assert "Readiness is not fully rated yet." in diagnosis_brief(project).open


def grade(texts: list[str]) -> float:
    """Flesch-Kincaid grade level, with vowel groups for syllables."""
    sentences = sum(max(1, len(re.findall(r"[.!?:;](?:\s|$)", text))) for text in texts)
    words = [word for text in texts for word in re.findall(r"[A-Za-z’']+", text)]
    syllables = sum(
        max(1, len(re.findall(r"[aeiouy]+", w.lower().removesuffix("e")))) for w in words
    )
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def test_our_own_words_read_at_grade_8_or_below(elm):
    empty = diagnosis_brief(Project.new("Which?")).open
    steps = [step.title + "." for phase in overview(elm, TODAY).phases for step in phase.steps]
    assert grade([*empty, *steps]) <= 8
    said = [s for part in diagnosis_brief(elm).parts for s in (part.heading + ".", *part.sentences)]
    assert grade(said) <= 8


# --- status


def test_what_should_not_wait_is_said_in_order():
    today = date(2028, 1, 1)
    plan = Plan(
        starts_on=date(2027, 1, 1),
        milestones=(Milestone(id="a", name="A", due_on=date(2027, 12, 31)),),
        adaptations=(
            Adaptation(id="r", name="Shorter", light="red", reason="R", developer="asked"),
        ),
        stakeholders=(
            Stakeholder(id="s", name="Court", ends_on=date(2027, 12, 31)),
            Stakeholder(id="t", name="School", ends_on=today),
        ),
    )
    low = ReadinessItem(
        id="r", name="Steps", part="motivation", rating=1, action="X", act_by=date(2027, 12, 31)
    )
    diagnosis = Diagnosis(readiness=(low,), must_haves=(Condition(id="m", name="Boys"),))
    found = status(Project.new("Which?").with_plan(plan).with_diagnosis(diagnosis), today)
    assert found.attention == (
        "The adaptation “Shorter” touches the program's core (red).",
        "“A” is 1 day late.",
        "The agreement with Court ended on December 31, 2027.",
        "Readiness, past the day that was set: “Steps”. Rate again, or set a new day.",
        "Not in the selection yet, from the diagnosis: “Boys”.",
    )


@pytest.mark.parametrize(("day", "due"), [(date(2027, 12, 1), False), (date(2027, 12, 2), True)])
def test_a_review_is_due_after_its_day_once_it_is_decided(elm, day, due):
    said = "The decision was to be reviewed by December 1, 2027; that day has passed."
    assert (said in status(elm.decide(elm.run().record), day).attention) == due
    assert said not in status(elm, day).attention


def test_a_decided_run_is_asked_for_no_must_have(elm):
    more = elm.diagnosis.with_item(Condition(id="m", name="Boys"))
    draft = elm.with_diagnosis(more)
    asked = "Not in the selection yet, from the diagnosis: “Boys”."
    assert asked in status(draft, TODAY).attention
    assert asked not in status(draft.decide(elm.run().record), TODAY).attention


def test_findings_of_diagnosis_plan_and_catalogue_are_carried(elm):
    broken = elm.with_plan(elm.plan.model_copy(update={"run": "gone"})).with_diagnosis(
        elm.diagnosis.with_item(Asset(id="a", name="A", catalog_id="gone"))
    )
    assert [f.code for f in status(broken, TODAY).findings] == [
        "unknown-reference",
        "unknown-catalog-entry",
    ]


def test_status_is_of_the_run_that_is_asked_for(elm):
    later = elm.decide(elm.run().record).rerun(None, "run-2", "Again")
    assert status(later, TODAY).run.id == "run-1"
    assert status(later, TODAY, "run-2").run.id == "run-2"
    assert status(later, TODAY).illustrative
