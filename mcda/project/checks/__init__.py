"""Everything there is to say about a project before its ranking is believed.

A rule is a function from a run, or from the project, to findings; ``check`` gathers them all, so
that a person sees every place at once. The app and the command line show the same findings.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mcda.project.checks import (
    criteria,
    diagnosis,
    evaluation,
    plan,
    programs,
    record,
    references,
    scenarios,
    scores,
    weights,
)
from mcda.project.checks.scenarios import scenario_findings
from mcda.project.checks.weights import joined, stale_criteria, weighting_errors
from mcda.project.document import Project
from mcda.project.findings import Finding, Severity
from mcda.project.run import Run

__all__ = [
    "around_findings",
    "check",
    "check_run",
    "errors",
    "joined",
    "scenario_findings",
    "stale_criteria",
    "weighting_errors",
]

_CONTENT_RULES = (
    *record.RULES,
    *programs.RULES,
    *criteria.RULES,
    *scores.RULES,
    *weights.RULES,
    *scenarios.RULES,
)
_PROJECT_RULES = (*diagnosis.RULES, *plan.RULES, *evaluation.RULES)
_ORDER: dict[Severity, int] = {"error": 0, "warning": 1, "hint": 2}


def check(project: Project, run_id: str | None = None) -> tuple[Finding, ...]:
    """Return every finding about a project, errors first.

    With ``run_id`` only that run is looked at, and not what stands around the runs. An *error*
    makes a ranking wrong or impossible, or breaks a link; a *warning* may mislead; a *hint* is a
    question worth asking.

    >>> [f.code for f in check(Project.new("Which program?"))]
    ['no-candidates', 'no-criteria', 'no-weighting']
    """
    runs = project.runs if run_id is None else (project.run(run_id),)
    found = list(references.project_rules(project, runs))
    for run in runs:
        prefix = f"{run.title}: " if len(project.runs) > 1 else ""
        found += [replace(f, place=f"{prefix}{f.place}") for f in check_run(run)]
    if run_id is None:
        found += around_findings(project)
    return _sorted(found)


def around_findings(project: Project) -> tuple[Finding, ...]:
    """Return every finding about what stands around the runs, from diagnosis to evaluation."""
    return _sorted(finding for rule in _PROJECT_RULES for finding in rule(project))


def check_run(run: Run) -> tuple[Finding, ...]:
    """Return every finding about one run, errors first.

    Rules that look closer are tried only where the run's ids hold together.

    >>> [finding.code for finding in check_run(Project.new("Which?").run())]
    ['no-candidates', 'no-criteria', 'no-weighting']
    """
    found = [finding for rule in references.RULES for finding in rule(run)]
    if not found:
        found = [finding for rule in _CONTENT_RULES for finding in rule(run)]
    return _sorted(found)


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return only the findings that are errors.

    >>> errors(check(Project.new("Which?")))
    ()
    """
    return tuple(f for f in findings if f.severity == "error")


def _sorted(found: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(found, key=lambda f: _ORDER[f.severity]))
