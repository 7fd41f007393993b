"""Where a project stands on a day: its phases, what is late or due, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mcda.analysis.wording import and_list, few
from mcda.lifecycle.day import future_days
from mcda.lifecycle.must_haves import proposed_must_haves
from mcda.lifecycle.overview import Phase, overview, plan_run
from mcda.lifecycle.schedule import DueFeedback, Schedule, due_feedback, schedule
from mcda.lifecycle.supports import unknown_entries
from mcda.lifecycle.triggers import review_triggers
from mcda.project import Finding, Plan, Project, Run
from mcda.project.checks import around_findings
from mcda.project.text import day_text


@dataclass(frozen=True, slots=True)
class Status:
    """Where a project stands today.

    ``attention`` says in sentences what is late, blocked, due or has no answer; ``findings`` are
    those about the diagnosis and the plan, and days that cannot have been yet. ``run`` is the
    selection that the plan carries out.
    """

    title: str
    today: date
    illustrative: bool
    run: Run
    phases: tuple[Phase, ...]
    schedule: Schedule
    feedback: tuple[DueFeedback, ...]
    attention: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def next(self) -> str:
        """What to do next, in a sentence."""
        for phase in self.phases:
            if phase.next:
                return f"Next, under {phase.title}: {phase.next}."
        return "All four phases are done."


def status(project: Project, today: date, run_id: str | None = None) -> Status:
    """Return where a project stands on a day.

    Raises ``UnknownItemError`` for a run that is not there.

    >>> status(Project.new("Which?"), date(2027, 1, 1)).next
    'Next, under Diagnose: State the problem.'
    """
    run = plan_run(project) if run_id is None else project.run(run_id)
    states = schedule(project.plan, today)
    feedback = due_feedback(project.plan, today)
    return Status(
        title=project.info.title,
        today=today,
        illustrative=project.info.illustrative,
        run=run,
        phases=overview(project, today, run.id).phases,
        schedule=states,
        feedback=feedback,
        attention=tuple(_attention(project, run, today)),
        findings=(
            *around_findings(project),
            *future_days(project, today),
            *unknown_entries(project),
        ),
    )


def _attention(project: Project, run: Run, today: date) -> Iterator[str]:
    """Yield what should not wait, the most pressing first."""
    yield from (t.sentence for t in review_triggers(project, today) if t.open)
    yield from _of_plan(project.plan, today)
    yield from _of_diagnosis(project, run, today)


def _of_plan(plan: Plan, today: date) -> Iterator[str]:
    for state in schedule(plan, today).milestones:
        if state.days_late or state.blocked_by:
            yield state.sentence
    for due in due_feedback(plan, today):
        yield f"It is time to listen again: {due.loop.name}, since {day_text(due.due_on)}."
    for stakeholder in plan.stakeholders:
        if stakeholder.ends_on is not None and stakeholder.ends_on < today:
            yield f"The agreement with {stakeholder.name} ended on {day_text(stakeholder.ends_on)}."


def _of_diagnosis(project: Project, run: Run, today: date) -> Iterator[str]:
    low = project.diagnosis.low_readiness
    late = [f"“{i.name}”" for i in low if i.act_by is not None and i.act_by < today]
    if late:
        named = and_list(few(late))
        yield f"Readiness, past the day that was set: {named}. Rate again, or set a new day."
    proposed = [f"“{c.name}”" for c in proposed_must_haves(project, run.id)]
    if proposed and run.status == "draft":
        yield f"Not in the selection yet, from the diagnosis: {and_list(few(proposed))}."
