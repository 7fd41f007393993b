"""The plan: its items, what goes with them, and what the checks say of it."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from mcda.project import (
    Adaptation,
    BudgetLine,
    CoreComponent,
    FeedbackEntry,
    FeedbackLoop,
    FidelityCheck,
    Finding,
    Milestone,
    Plan,
    Project,
    Record,
    Risk,
    Stakeholder,
    Training,
    UnknownItemError,
    read_project,
    to_json,
)
from mcda.project.checks import around_findings
from mcda.project.milestones import in_order, milestone_circles

MAY, JUNE, JULY = date(2027, 5, 1), date(2027, 6, 1), date(2027, 7, 1)


def step(item: str, *after: str, **fields: object) -> Milestone:
    return Milestone(id=item, name=item.upper(), after=after, **fields)


@pytest.fixture
def planned(sound: Project) -> Project:
    plan = (
        Plan(run="run-1", starts_on=MAY)
        .with_item(Stakeholder(id="court", name="Court", signed_on=MAY, ends_on=JULY))
        .with_item(step("a", due_on=MAY, done_on=MAY, status="done"))
        .with_item(step("b", "a", starts_on=MAY, due_on=JUNE))
        .with_item(Training(id="course", name="Course", turnover_cover="Two trainers."))
        .with_item(CoreComponent(id="core", name="Core"))
        .with_item(FidelityCheck(id="look", name="Look", component="core", met="yes"))
        .with_item(
            Adaptation(
                id="red", name="Red", light="red", reason="R", component="core", developer="asked"
            )
        )
        .with_item(FeedbackLoop(id="staff", name="Staff", acts="Lead"))
        .with_item(FeedbackEntry(id="said", name="Said", loop="staff", heard_on=MAY, closed_on=MAY))
        .with_item(Risk(id="risk", name="Staff leave"))
        .with_item(BudgetLine(id="pay", name="Pay", planned=10.0))
    )
    return sound.with_plan(plan)


def changed(project: Project, **fields: object) -> Project:
    return project.with_plan(project.plan.model_copy(update=fields))


def codes(project: Project) -> list[str]:
    return [f.code for f in around_findings(project)]


def only(project: Project) -> Finding:
    (finding,) = around_findings(project)
    return finding


# --- the model and its edits


def test_it_comes_back_from_its_file(planned):
    assert read_project(to_json(planned).encode()) == planned


def test_every_list_of_the_plan_has_its_kind():
    lists = {field for field, _ in Plan.LISTS.values()}
    assert lists == set(Plan.model_fields) - {"run", "starts_on"}


def test_the_plan_goes_on_while_the_run_is_locked(planned):
    decided = planned.decide(Record(choice="school", reasons="Reach."))
    done = decided.plan.with_item(step("b", "a", due_on=JUNE, done_on=JUNE, status="done"))
    later = decided.with_plan(done)
    assert later.run() == decided.run()
    assert later.plan.item(Milestone, "b").status == "done"


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (Training, {"planned_people": -1}),
        (Training, {"hours": float("nan")}),
        (Training, {"refresh_months": 0}),
        (BudgetLine, {"planned": float("inf")}),
        (Milestone, {"stage": "later"}),
        (Milestone, {"due_on": 20270501}),
        (Adaptation, {"light": "orange"}),
    ],
)
def test_numbers_days_and_words_that_cannot_be_are_refused(kind, fields):
    with pytest.raises(ValidationError):
        kind(**({"id": "x", "name": "X"} | fields))


def test_a_milestone_is_open_until_done_or_dropped():
    assert [step("a", status=s).open for s in ("not started", "under way", "done", "dropped")] == [
        True,
        True,
        False,
        False,
    ]


def test_a_milestone_is_forgotten_by_those_that_wait_for_it(planned):
    rest = planned.plan.without_item(Milestone, "a")
    assert [(m.id, m.after) for m in rest.milestones] == [("b", ())]


def test_a_component_takes_its_checks_along_and_frees_adaptations(planned):
    plan = planned.plan.with_item(Adaptation(id="green", name="Green", light="green"))
    rest = plan.without_item(CoreComponent, "core")
    assert rest.fidelity == ()
    assert [a.component for a in rest.adaptations] == [None, None]


def test_a_loop_takes_along_what_was_heard_in_it(planned):
    assert planned.plan.without_item(FeedbackLoop, "staff").feedback == ()


def test_other_items_take_nothing_along(planned):
    rest = planned.plan.without_item(Risk, "risk")
    assert rest == planned.plan.model_copy(update={"risks": ()})
    with pytest.raises(UnknownItemError, match="There is no risk 'risk'"):
        rest.without_item(Risk, "risk")


# --- checks


def test_a_sound_plan_has_nothing_to_say(planned):
    assert codes(planned) == []


@pytest.mark.parametrize(
    ("fields", "place", "message"),
    [
        ({"run": "gone"}, "Plan", "It names a run 'gone' that is not there."),
        (
            {"milestones": (step("b", "gone"),)},
            "Plan, B",
            "It names a milestone 'gone' that is not there.",
        ),
        (
            {"fidelity": (FidelityCheck(id="x", name="Look", component="gone", met="no"),)},
            "Plan, Look",
            "It names a core component 'gone' that is not there.",
        ),
        (
            {
                "adaptations": (
                    Adaptation(id="x", name="Y", light="yellow", reason="R", component="n"),
                )
            },
            "Plan, Y",
            "It names a core component 'n' that is not there.",
        ),
        (
            {"feedback": (FeedbackEntry(id="x", name="Said", loop="gone"),)},
            "Plan, Said",
            "It names a feedback loop 'gone' that is not there.",
        ),
        (
            {"risks": (Risk(id="r", name="A"), Risk(id="r", name="B"))},
            "Plan",
            "Two entries of risks have the id 'r'.",
        ),
        (
            {"milestones": (step("a", "c"), step("b", "a"), step("c", "b"))},
            "Plan, milestones",
            "Milestones wait for each other in a circle: A waits for C waits for B waits for A.",
        ),
        (
            {"milestones": (step("a", "a"),)},
            "Plan, milestones",
            "Milestones wait for each other in a circle: A waits for A.",
        ),
    ],
)
def test_a_broken_link_is_an_error_with_its_place(planned, fields, place, message):
    finding = only(changed(planned, **fields))
    assert (finding.severity, finding.place, finding.message) == ("error", place, message)
    assert finding.mend


@pytest.mark.parametrize(
    ("milestones", "code", "message"),
    [
        ([step("a", starts_on=JUNE, due_on=MAY)], "impossible-date", "after it is due"),
        (
            [step("a", starts_on=JUNE, done_on=MAY, status="done")],
            "impossible-date",
            "done on May 1, 2027, before it starts",
        ),
        ([step("a", status="done")], "done-date", "not on which day"),
        ([step("a", done_on=MAY)], "done-date", "stands as not started"),
        (
            [step("a", due_on=JULY), step("b", "a", due_on=JUNE)],
            "impossible-date",
            "It is due before “A”, for which it waits.",
        ),
        (
            [step("a", status="dropped"), step("b", "a")],
            "waits-for-dropped",
            "It waits for “A”, which has been dropped.",
        ),
    ],
)
def test_dates_that_cannot_be_are_warnings(planned, milestones, code, message):
    finding = only(changed(planned, milestones=tuple(milestones)))
    assert (finding.severity, finding.code) == ("warning", code)
    assert message in finding.message


def test_dates_at_their_boundary_are_sound(planned):
    milestones = (
        step("a", starts_on=MAY, due_on=MAY),
        step("b", "a", due_on=MAY),
        step("c", starts_on=MAY, done_on=MAY, status="done"),
        step("d", status="dropped"),
        step("e", "d", done_on=MAY, status="done"),
    )
    assert codes(changed(planned, milestones=milestones)) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"stakeholders": (Stakeholder(id="s", name="S", signed_on=JUNE, ends_on=MAY),)},
        {
            "feedback": (
                FeedbackEntry(id="e", name="E", loop="staff", heard_on=JUNE, closed_on=MAY),
            )
        },
    ],
)
def test_an_end_before_its_start_is_a_warning(planned, fields):
    assert codes(changed(planned, **fields)) == ["impossible-date"]


@pytest.mark.parametrize(
    ("adaptation", "expected"),
    [
        ({"light": "green"}, []),
        ({"light": "green", "component": "core"}, ["adaptation-light"]),
        ({"light": "yellow"}, ["adaptation-reason"]),
        ({"light": "yellow", "reason": "R"}, []),
        ({"light": "red", "reason": "R"}, ["red-adaptation"]),
        ({"light": "red"}, ["adaptation-reason", "red-adaptation"]),
        ({"light": "red", "reason": "R", "developer": "objected"}, []),
    ],
)
def test_adaptations_are_asked_for_reason_and_developer(planned, adaptation, expected):
    one = Adaptation.model_validate({"id": "x", "name": "X"} | adaptation)
    assert codes(changed(planned, adaptations=(one,))) == expected


def test_a_course_without_cover_and_a_loop_without_owner_are_asked_about(planned):
    bare = changed(
        planned,
        trainings=(Training(id="t", name="T"),),
        loops=(FeedbackLoop(id="staff", name="Staff"),),
    )
    assert [(f.severity, f.code) for f in around_findings(bare)] == [
        ("hint", "turnover-cover"),
        ("hint", "loop-owner"),
    ]


def test_text_that_looks_like_a_person_is_a_warning(planned):
    entry = FeedbackEntry(id="e", name="A girl named Ana said so", loop="staff")
    finding = only(changed(planned, feedback=(entry,)))
    assert (finding.code, finding.place) == ("personal-data", "Plan, A girl named Ana said so")


# --- the order of milestones

IDS = "abcdef"
WAITING = st.fixed_dictionaries({i: st.lists(st.sampled_from(IDS), max_size=4) for i in IDS})


@given(WAITING)
def test_any_waiting_has_an_order_and_every_circle_is_one(waiting):
    milestones = [step(i, *after) for i, after in waiting.items()]
    circles = milestone_circles(milestones)
    for circle in circles:
        assert circle[0] == circle[-1]
        assert all(later in waiting[earlier] for earlier, later in pairwise(circle))
        assert len(set(circle)) == len(circle) - 1
    order = [m.id for m in in_order(milestones)]
    assert sorted(order) == list(IDS)
    broken = sum(
        order.index(w) >= order.index(i) for i, after in waiting.items() for w in set(after)
    )
    assert broken <= len(circles)
    assert bool(broken) == bool(circles)


@given(WAITING)
def test_any_plan_is_checked_without_a_crash(waiting):
    project = Project.new("Which?")
    plan = Plan(milestones=tuple(step(i, *after, "gone") for i, after in waiting.items()))
    found = codes(project.with_plan(plan))
    assert found.count("unknown-reference") == len(IDS)


def test_a_milestone_that_is_not_there_is_passed_over():
    assert [m.id for m in in_order([step("b", "gone"), step("a", "b")])] == ["b", "a"]
    assert milestone_circles([step("b", "gone")]) == ()


def test_two_circles_are_both_named():
    milestones = [step("a", "b"), step("b", "a"), step("c", "d"), step("d", "c")]
    assert milestone_circles(milestones) == (("a", "b", "a"), ("c", "d", "c"))
