"""The day a project is looked at, and what is recorded as done on a day still to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mcda.project import Finding, Project
from mcda.project.text import day_text


def day_of(project: Project, today: date) -> date:
    """Return the day on which a project is looked at: today, or the day an example is told on.

    A made-up example is told on the last day on which anything in it has happened, so that it
    never shows something as done that is still to come, and does not grow old.

    >>> day_of(Project.new("Which?"), date(2027, 1, 1))
    datetime.date(2027, 1, 1)
    """
    if not project.info.illustrative:
        return today
    return max((day for _, day in _happened(project)), default=today)


def future_days(project: Project, today: date) -> tuple[Finding, ...]:
    """Return what is recorded as having happened on a day after today, each as a question.

    >>> future_days(Project.new("Which?"), date(2027, 1, 1))
    ()
    """
    message = "It is recorded as having happened on {}, which is still to come."
    return tuple(
        Finding("warning", "future-day", place, message.format(day_text(day)), "Correct the day.")
        for place, day in _happened(project)
        if day > today
    )


def _happened(project: Project) -> Iterator[tuple[str, date]]:
    """Yield the days on which something has happened, each with its place in words."""
    for place, day in _days(project):
        if day is not None:
            yield place, day


def _days(project: Project) -> Iterator[tuple[str, date | None]]:
    plan, evaluation = project.plan, project.evaluation
    yield "Diagnosis, readiness", project.diagnosis.rated_on
    yield from ((f"Plan, {m.name}", m.done_on) for m in plan.milestones)
    yield from ((f"Plan, {s.name}", s.signed_on) for s in plan.stakeholders)
    yield from ((f"Plan, {c.name}", c.checked_on) for c in plan.fidelity)
    yield from ((f"Plan, {a.name}", a.decided_on) for a in plan.adaptations)
    for entry in plan.feedback:
        yield f"Plan, {entry.name}", entry.heard_on
        yield f"Plan, {entry.name}", entry.closed_on
    yield from ((f"Evaluation, {o.indicator}", o.ends_on) for o in evaluation.observations)
    yield from ((f"Evaluation, {lesson.name}", lesson.learned_on) for lesson in evaluation.lessons)
    yield from ((f"Evaluation, {step.name}", step.decided_on) for step in evaluation.next_steps)
    for run in project.runs:
        if run.status == "decided" and run.record is not None:
            yield f"Decision, {run.title}", run.record.decided_on
