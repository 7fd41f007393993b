"""Set programs and criteria aside with a reason, bring them back, and change a program's role."""

from __future__ import annotations

from typing import Literal

from mcda.project.document import Project
from mcda.project.entering import entered
from mcda.project.errors import ProjectError
from mcda.project.evidence import BASELINE_NAME
from mcda.project.run import LeftOut

ChoiceRole = Literal["candidate", "support"]


def set_aside_program(project: Project, program_id: str, reason: str) -> Project:
    """Keep a program with all that is known of it, but out of the ranking.

    Raises ``ProjectError`` without a reason, and for "Continue as now".

    >>> from mcda.project import Program
    >>> project = Project.new("Which?").with_program(Program(id="a", name="A"))
    >>> [p.id for p in set_aside_program(project, "a", "Closed in May.").run().candidates]
    ['continue']
    """
    if project.run().program(program_id).role == "baseline":
        raise ProjectError(f"“{BASELINE_NAME}” is always compared; it cannot be set aside.")
    framing = project.run().framing
    out = _with(framing.programs_out, program_id, reason)
    return project.with_framing(framing.model_copy(update={"programs_out": out}))


def bring_back_program(project: Project, program_id: str) -> Project:
    """Put a program that was set aside back into the ranking."""
    framing = project.run().framing
    out = _without(framing.programs_out, program_id)
    return project.with_framing(framing.model_copy(update={"programs_out": out}))


def set_aside_criterion(project: Project, criterion_id: str, reason: str) -> Project:
    """Keep a criterion with its scores, but judge the programs without it.

    Raises ``ProjectError`` without a reason.
    """
    framing = project.run().framing
    out = _with(framing.criteria_out, criterion_id, reason)
    return project.with_framing(framing.model_copy(update={"criteria_out": out}))


def bring_back_criterion(project: Project, criterion_id: str) -> Project:
    """Judge the programs on a criterion again that was set aside."""
    framing = project.run().framing
    out = _without(framing.criteria_out, criterion_id)
    return project.with_framing(framing.model_copy(update={"criteria_out": out}))


def with_role(project: Project, program_id: str, role: ChoiceRole) -> Project:
    """Make a program a candidate or a support, and no longer set aside.

    Raises ``ProjectError`` for "Continue as now".
    """
    program = project.run().program(program_id)
    if program.role == "baseline":
        raise ProjectError(f"“{BASELINE_NAME}” is always compared; its role stays.")
    changed = project.with_program(program.model_copy(update={"role": role}))
    return bring_back_program(changed, program_id)


def _with(out: tuple[LeftOut, ...], item: str, reason: str) -> tuple[LeftOut, ...]:
    if not reason.strip():
        raise ProjectError("Write the reason for setting it aside; the report names it.")
    left = entered(LeftOut, {"item": item, "reason": reason.strip()})
    return (*_without(out, item), left)


def _without(out: tuple[LeftOut, ...], item: str) -> tuple[LeftOut, ...]:
    return tuple(left for left in out if left.item != item)
