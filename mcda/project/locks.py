"""What was decided stays as it was: whether one project keeps every decision of another."""

from __future__ import annotations

from mcda.project.document import Project
from mcda.project.errors import LockedRunError


def changed_decisions(before: Project, after: Project) -> tuple[str, ...]:
    """Return the titles of the decided runs of one project that another lacks or has otherwise.

    >>> changed_decisions(Project.new("Which?"), Project.new("Another"))
    ()
    """
    runs = {run.id: run for run in after.runs}
    return tuple(
        run.title for run in before.runs if run.status == "decided" and runs.get(run.id) != run
    )


def check_decisions_kept(before: Project, after: Project) -> None:
    """Raise ``LockedRunError`` where a decided run of ``before`` is not in ``after`` as it was."""
    for title in changed_decisions(before, after):
        raise LockedRunError(title)
