"""Rules on the plan: links hold, no circle of waiting, dates that can be, reds with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mcda.project.checks.listed_items import duplicate_ids, personal_data, unknown_reference
from mcda.project.document import Project
from mcda.project.findings import Finding
from mcda.project.items import Item
from mcda.project.milestones import milestone_circles
from mcda.project.personal import texts_of
from mcda.project.plan import CoreComponent, FeedbackLoop, Milestone, Plan
from mcda.project.text import day_text

PLACE = "Plan"


def _references(project: Project) -> Iterator[Finding]:
    plan = project.plan
    yield from duplicate_ids(plan, PLACE)
    if plan.run is not None and plan.run not in {run.id for run in project.runs}:
        yield unknown_reference(PLACE, "run", plan.run)
    known = {kind: {item.id for item in plan.items(kind)} for kind in plan.LISTS}
    for name, kind, item in _named(plan):
        if item not in known[kind]:
            yield unknown_reference(_at(name), plan.LISTS[kind][1], item)


def _named(plan: Plan) -> Iterator[tuple[str, type[Item], str]]:
    """Yield where in the plan an id is used, the kind of item it names, and the id."""
    for milestone in plan.milestones:
        for before in milestone.after:
            yield milestone.name, Milestone, before
    for check in plan.fidelity:
        yield check.name, CoreComponent, check.component
    for adaptation in plan.adaptations:
        if adaptation.component is not None:
            yield adaptation.name, CoreComponent, adaptation.component
    for entry in plan.feedback:
        yield entry.name, FeedbackLoop, entry.loop


def _circles(project: Project) -> Iterator[Finding]:
    names = {m.id: m.name for m in project.plan.milestones}
    for circle in milestone_circles(project.plan.milestones):
        way = " waits for ".join(names[m] for m in circle)
        message = f"Milestones wait for each other in a circle: {way}."
        mend = "Take one of these links out."
        yield Finding("error", "milestone-circle", _at("milestones"), message, mend)


def _milestone_dates(project: Project) -> Iterator[Finding]:
    known = {m.id: m for m in project.plan.milestones}
    for milestone in project.plan.milestones:
        yield from _own_dates(milestone)
        yield from _dates_of_waiting(milestone, [known[m] for m in milestone.after if m in known])


def _own_dates(milestone: Milestone) -> Iterator[Finding]:
    place = _at(milestone.name)
    starts, done_on = milestone.starts_on, milestone.done_on
    if starts and _after(starts, milestone.due_on):
        yield _impossible(place, f"It starts on {day_text(starts)}, after it is due.")
    if done_on and _after(starts, done_on):
        yield _impossible(place, f"It was done on {day_text(done_on)}, before it starts.")
    if (milestone.status == "done") != (milestone.done_on is not None):
        done = milestone.status == "done"
        message = (
            "It is done, but not on which day."
            if done
            else f"It has a day on which it was done, and stands as {milestone.status}."
        )
        mend = "Write the day." if done else "Mark it as done, or take the day out."
        yield Finding("warning", "done-date", place, message, mend)


def _dates_of_waiting(milestone: Milestone, before: list[Milestone]) -> Iterator[Finding]:
    place = _at(milestone.name)
    for earlier in before:
        if earlier.status == "dropped" and milestone.open:
            message = f"It waits for “{earlier.name}”, which has been dropped."
            mend = "Take the link out, or wait for something else."
            yield Finding("warning", "waits-for-dropped", place, message, mend)
        elif _after(earlier.due_on, milestone.due_on):
            message = f"It is due before “{earlier.name}”, for which it waits."
            yield _impossible(place, message)


def _other_dates(project: Project) -> Iterator[Finding]:
    plan = project.plan
    for stakeholder in plan.stakeholders:
        if _after(stakeholder.signed_on, stakeholder.ends_on):
            yield _impossible(_at(stakeholder.name), "The agreement ends before it is signed.")
    for entry in plan.feedback:
        if _after(entry.heard_on, entry.closed_on):
            yield _impossible(_at(entry.name), "It was closed before it was heard.")


def _adaptations(project: Project) -> Iterator[Finding]:
    for adaptation in project.plan.adaptations:
        if adaptation.light != "green" and not adaptation.reason.strip():
            message = f"It is {adaptation.light}, and no reason is given."
            yield Finding(
                "warning", "adaptation-reason", _at(adaptation.name), message, "Write it."
            )
        if adaptation.light == "red" and adaptation.developer == "not asked":
            message = "It touches the core of the program, and its developer was not asked."
            mend = "Ask the developer before it is used."
            yield Finding("warning", "red-adaptation", _at(adaptation.name), message, mend)
        if adaptation.light == "green" and adaptation.component is not None:
            message = "It is green, but names a core component that it touches."
            mend = "Make it yellow or red, or take the component out."
            yield Finding("warning", "adaptation-light", _at(adaptation.name), message, mend)


def _trainings(project: Project) -> Iterator[Finding]:
    for training in project.plan.trainings:
        if not training.turnover_cover.strip():
            message = "Nobody has said how those who come later learn it."
            mend = "Write it down: staff change, and the skill goes with them."
            yield Finding("hint", "turnover-cover", _at(training.name), message, mend)


def _loops(project: Project) -> Iterator[Finding]:
    for loop in project.plan.loops:
        if not loop.acts.strip():
            message = "Nobody is named who acts on what is heard."
            yield Finding("hint", "loop-owner", _at(loop.name), message, "Name a role.")


def _personal(project: Project) -> Iterator[Finding]:
    return personal_data(texts_of(project.plan, PLACE))


def _at(name: str) -> str:
    return f"{PLACE}, {name}"


def _after(first: date | None, second: date | None) -> bool:
    return first is not None and second is not None and first > second


def _impossible(place: str, message: str) -> Finding:
    return Finding("warning", "impossible-date", place, message, "Correct one of the dates.")


RULES = (
    _references,
    _circles,
    _milestone_dates,
    _other_dates,
    _adaptations,
    _trainings,
    _loops,
    _personal,
)
