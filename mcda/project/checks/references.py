"""Rules on ids: every id names one thing that is there; a decided run is as it was decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain

from mcda.project.checks.common import repeated
from mcda.project.document import Project, Run
from mcda.project.findings import Finding
from mcda.project.weightings import judged_items


def project_rules(project: Project) -> Iterator[Finding]:
    """Yield what is wrong with the runs of a project taken together."""
    ids = [run.id for run in project.runs]
    for run_id in repeated(ids):
        message = f"Two runs have the id {run_id!r}."
        yield Finding("error", "duplicate-id", "Runs", message, "Give one another id.")
    for run in project.runs:
        if run.parent is not None and (run.parent not in ids or run.parent == run.id):
            message = f"It names a parent run {run.parent!r} that is not there."
            yield Finding("error", "unknown-reference", run.title, message, "Correct it.")
        if (run.status == "decided") != (run.lock is not None and run.record is not None):
            message = "A decided run has a record and a lock; a draft has no lock."
            yield Finding("error", "record-missing", run.title, message, "Decide it again.")
        elif run.lock is not None and run.lock != run.content_hash():
            message = "It was changed after it was decided."
            mend = "Use an unchanged copy of the file, or start a rerun."
            yield Finding("error", "lock-broken", run.title, message, mend)


def _duplicate_ids(run: Run) -> Iterator[Finding]:
    evidence = run.evidence
    groups = {
        "Programs": [p.id for p in evidence.programs],
        "Criteria and objectives": [node.id for node in evidence.nodes],
        "Must-haves": [m.id for m in evidence.must_haves],
        "Weightings": [w.id for w in run.weightings],
    }
    for place, ids in groups.items():
        for twice in repeated(ids):
            message = f"Two entries have the id {twice!r}."
            yield Finding("error", "duplicate-id", place, message, "Give one another id.")
    for program_id, criterion_id in Counter(s.place for s in evidence.scores):
        same = [s for s in evidence.scores if s.place == (program_id, criterion_id)]
        if len(same) > 1:
            message = f"{program_id!r} is scored {len(same)} times on {criterion_id!r}."
            yield Finding("error", "duplicate-score", "Scores", message, "Keep one score.")


def _unknown_references(run: Run) -> Iterator[Finding]:
    programs = {p.id for p in run.evidence.programs}
    criteria = {c.id for c in run.evidence.criteria}
    objectives = {o.id for o in run.evidence.objectives}
    ids = {"program": programs, "criterion": criteria, "objective": objectives}
    ids["criterion or objective"] = criteria | objectives
    for place, kind, item in chain(_evidence_references(run), _framing_references(run)):
        if item not in ids[kind]:
            message = f"It names a {kind} {item!r} that is not there."
            mend = f"Add the {kind}, or correct the id."
            yield Finding("error", "unknown-reference", place, message, mend)


def _evidence_references(run: Run) -> Iterator[tuple[str, str, str]]:
    """Yield where an id is used, what it should name, and the id."""
    evidence = run.evidence
    for number, score in enumerate((*evidence.scores, *evidence.assessments), start=1):
        yield f"Score {number}", "program", score.program
        yield f"Score {number}", "criterion", score.criterion
    for node in evidence.nodes:
        if node.parent is not None:
            yield node.name, "objective", node.parent
    for overlap in evidence.overlaps:
        yield "Overlap question", "criterion", overlap.first
        yield "Overlap question", "criterion", overlap.second
    for must_have in evidence.must_haves:
        if must_have.threshold is not None:
            yield must_have.name, "criterion", must_have.threshold.criterion
        for verdict in must_have.verdicts:
            yield must_have.name, "program", verdict.program


def _framing_references(run: Run) -> Iterator[tuple[str, str, str]]:
    for left in run.framing.programs_out:
        yield "Programs set aside", "program", left.item
    for left in run.framing.criteria_out:
        yield "Criteria set aside", "criterion", left.item
    for weighting in run.weightings:
        for item in judged_items(weighting):
            yield weighting.name, "criterion or objective", item
    if run.record is not None:
        yield "Decision", "program", run.record.choice


def _objective_loops(run: Run) -> Iterator[Finding]:
    parents = {o.id: o.parent for o in run.evidence.objectives}
    for objective in run.evidence.objectives:
        seen, here = {objective.id}, objective.parent
        while here is not None and here in parents and here not in seen:
            seen.add(here)
            here = parents[here]
        if here == objective.id:
            message = "It stands under itself."
            mend = "Move it under another objective, or to the top."
            yield Finding("error", "objective-loop", objective.name, message, mend)


RULES = (_duplicate_ids, _unknown_references, _objective_loops)
