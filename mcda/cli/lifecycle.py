"""Commands on the way around the selection: ``status`` and ``review``."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from mcda.cli.options import AsJson, ProjectFile, RunId, read_project
from mcda.cli.printing import (
    complain,
    console,
    new_table,
    print_counts,
    print_findings,
    print_json,
    say,
    say_illustrative,
)
from mcda.project import FindingsError
from mcda.project.text import day_text

if TYPE_CHECKING:
    from mcda.lifecycle import MilestoneState, Phase, Status
    from mcda.lifecycle.triggers import Trigger
    from mcda.project import Project

Today = Annotated[
    datetime | None,
    typer.Option(
        "--today",
        formats=["%Y-%m-%d"],
        metavar="DATE",
        help="The day; if not given, today, or the day a made-up example is told on.",
    ),
]


def status_of(
    file: ProjectFile, run: RunId = None, today: Today = None, as_json: AsJson = False
) -> None:
    """Say where a project stands: its phases, what is late or due, and what is next."""
    from mcda.lifecycle import status

    project = read_project(file)
    day = _day(project, today)
    found = status(project, day, run)
    if as_json:
        print_json(_as_json(found))
    else:
        _say_what(project, day)
        _print_status(found)


def review(file: ProjectFile, today: Today = None, as_json: AsJson = False) -> None:
    """List what asks for a look at the decision again; exit with 1 where anything is open.

    A file that cannot be read ends with 2, so that a scheduled job can tell the two apart.
    """
    from mcda.lifecycle.triggers import review_triggers

    try:
        project = read_project(file)
    except FindingsError as error:
        complain(error.headline, [str(finding) for finding in error.findings])
        raise typer.Exit(2) from None
    day = _day(project, today)
    found = review_triggers(project, day)
    if as_json:
        print_json({"today": day.isoformat(), "triggers": [_trigger(t) for t in found]})
    else:
        _say_what(project, day)
        _print_triggers(found)
    if any(trigger.open for trigger in found):
        raise typer.Exit(1)


def _day(project: Project, given: datetime | None) -> date:
    """Return the day that was given, or else the one on which the project is looked at."""
    from mcda.lifecycle import day_of

    return given.date() if given else day_of(project, date.today())


def _say_what(project: Project, day: date) -> None:
    """Print what is looked at, and the day where that is not today."""
    say_illustrative(project)
    if day != date.today():
        say(f"As of {day_text(day)}.")


def _print_triggers(found: tuple[Trigger, ...]) -> None:
    waiting = [trigger for trigger in found if trigger.open]
    if not waiting:
        say("Nothing asks for a review.")
    for trigger in waiting:
        say(f"- {trigger.sentence}")
    for trigger in found:
        if trigger.answer is not None:
            say(f"- Answered: {trigger.sentence} {trigger.answer.reason}")


def _trigger(trigger: Trigger) -> dict[str, Any]:
    answer = trigger.answer
    return {
        "key": trigger.key,
        "kind": trigger.kind,
        "about": trigger.about,
        "sentence": trigger.sentence,
        "since": trigger.since.isoformat() if trigger.since else None,
        "open": trigger.open,
        "reason": answer.reason if answer else None,
        "run": answer.run if answer else None,
    }


def _print_status(found: Status) -> None:
    table = new_table("Phase", "Done so far", "Next")
    for phase in found.phases:
        table.add_row(*map(Text, (phase.title, phase.progress, phase.next)))
    console().print(table)
    say(found.schedule.sentence)
    for sentence in found.attention:
        say(f"- {sentence}")
    print_findings(found.findings)
    print_counts(found.findings)
    say(found.next)


def _as_json(found: Status) -> dict[str, Any]:
    fields = ("severity", "code", "place", "message", "mend")
    return {
        "title": found.title,
        "today": found.today.isoformat(),
        "illustrative": found.illustrative,
        "run": found.run.id,
        "run_status": found.run.status,
        "phases": [_phase(phase) for phase in found.phases],
        "milestones": [_milestone(m) for m in found.schedule.milestones],
        "next_due": [m.id for m in found.schedule.next_due],
        "critical": [m.id for m in found.schedule.critical],
        "attention": list(found.attention),
        "findings": [{field: getattr(f, field) for field in fields} for f in found.findings],
        "next": found.next,
    }


def _phase(phase: Phase) -> dict[str, Any]:
    columns = ("inputs", "activities", "outputs", "outcomes")
    return {
        "id": phase.id,
        "title": phase.title,
        "state": phase.state,
        "done": phase.done,
        "steps": [{"title": step.title, "done": step.done} for step in phase.steps],
        **{column: list(getattr(phase, column)) for column in columns},
    }


def _milestone(state: MilestoneState) -> dict[str, Any]:
    milestone = state.milestone
    return {
        "id": milestone.id,
        "name": milestone.name,
        "stage": milestone.stage,
        "state": state.state,
        "due_on": milestone.due_on.isoformat() if milestone.due_on else None,
        "days_late": state.days_late,
        "blocked_by": [m.id for m in state.blocked_by],
    }
