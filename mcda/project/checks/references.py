"""Rules on ids: every id names one thing that is there; a decided run is as it was decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from mcda.project.checks.common import repeated
from mcda.project.document import Project
from mcda.project.findings import Finding
from mcda.project.run import Run
from mcda.project.weightings import judged_items


def project_rules(project: Project, runs: Sequence[Run]) -> Iterator[Finding]:
    """Yield what is wrong with these runs as part of their project."""
    ids = [run.id for run in project.runs]
    for run_id in repeated(ids):
        if any(run.id == run_id for run in runs):
            message = f"Two runs have the id {run_id!r}."
            yield Finding("error", "duplicate-id", "Runs", message, "Give one another id.")
    for run in runs:
        if run.parent is not None and run.parent not in ids[: ids.index(run.id)]:
            message = f"It starts from {run.parent!r}, but no run before it has this id."
            mend = "Correct the id, or put the runs in the order in which they were made."
            yield Finding("error", "unknown-reference", run.title, message, mend)
        yield from _lock(run)


def _lock(run: Run) -> Iterator[Finding]:
    mend = "Use an unchanged copy of the file, or start a new selection under Select again."
    if run.status == "decided" and (run.record is None or run.lock is None):
        message = "It is marked as decided, but its record or its lock is missing."
        yield Finding("error", "record-missing", run.title, message, mend)
    elif run.status == "draft" and run.lock is not None:
        message = "It is marked as a draft, but it has the lock of a decided run."
        yield Finding("error", "record-missing", run.title, message, mend)
    elif run.lock is not None and run.lock != run.content_hash():
        message = "It was changed after it was decided."
        yield Finding("error", "lock-broken", run.title, message, mend)


def _duplicate_ids(run: Run) -> Iterator[Finding]:
    evidence = run.evidence
    groups = {
        "Programs": [p.id for p in evidence.programs],
        "Criteria and objectives": [node.id for node in evidence.nodes],
        "Must-haves": [m.id for m in evidence.must_haves],
        "Weightings": [w.id for w in run.weightings],
        "What-ifs": [s.id for s in run.scenarios],
    }
    for place, ids in groups.items():
        for twice in repeated(ids):
            message = f"Two entries have the id {twice!r}."
            yield Finding("error", "duplicate-id", place, message, "Give one another id.")


def _duplicate_scores(run: Run) -> Iterator[Finding]:
    evidence = run.evidence
    for (program, criterion), times in Counter(s.place for s in evidence.scores).items():
        if times > 1:
            message = f"{program!r} is scored {times} times on {criterion!r}."
            yield Finding("error", "duplicate-score", "Scores", message, "Keep one score.")
    for (person, program, criterion), times in Counter(a.key for a in evidence.assessments).items():
        if times > 1:
            message = f"{person!r} scored {program!r} {times} times on {criterion!r}."
            yield Finding("error", "duplicate-score", "Own scores", message, "Keep one score.")
    for must_have in evidence.must_haves:
        for program in repeated(v.program for v in must_have.verdicts):
            message = f"{program!r} is judged more than once."
            mend = "Keep one verdict."
            yield Finding("error", "duplicate-verdict", must_have.name, message, mend)


def _unknown_references(run: Run) -> Iterator[Finding]:
    programs = {p.id for p in run.evidence.programs}
    criteria = {c.id for c in run.evidence.criteria}
    objectives = {o.id for o in run.evidence.objectives}
    ids = {"program": programs, "criterion": criteria, "objective": objectives}
    ids["criterion or objective"] = criteria | objectives
    for place, kind, item in chain(_evidence_references(run), _framing_references(run)):
        if item not in ids[kind]:
            article = "an" if kind == "objective" else "a"
            message = f"It names {article} {kind} {item!r} that is not there."
            mend = f"Add the {kind}, or correct the id."
            yield Finding("error", "unknown-reference", place, message, mend)


def _evidence_references(run: Run) -> Iterator[tuple[str, str, str]]:
    """Yield where an id is used, what it should name, and the id."""
    evidence = run.evidence
    for what, scores in (("Score", evidence.scores), ("Own score", evidence.assessments)):
        for number, score in enumerate(scores, start=1):
            place = f"{what} {number} ({score.program}, {score.criterion})"
            yield place, "program", score.program
            yield place, "criterion", score.criterion
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
        for asked in weighting.asked:
            yield weighting.name, "criterion", asked.criterion
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


RULES = (_duplicate_ids, _duplicate_scores, _unknown_references, _objective_loops)
