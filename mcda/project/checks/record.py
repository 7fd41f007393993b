"""Rules on the record of a decision: the choice may be chosen, and reasons are given."""

from __future__ import annotations

from collections.abc import Iterator

from mcda.project.checks.common import listed
from mcda.project.document import Record, Run
from mcda.project.findings import Finding
from mcda.project.must_haves import verdict_on


def record_problems(run: Run, record: Record) -> Iterator[Finding]:
    """Yield what is wrong with a record: the choice, or no reasons."""
    chosen = run.program(record.choice)
    if chosen not in run.candidates:
        message = "It was not among the programs to choose from."
        yield Finding("error", "choice", chosen.name, message, "Choose one that was.")
    failed = [
        must_have.name
        for must_have in run.evidence.must_haves
        if verdict_on(run, must_have, chosen).verdict == "fail"
    ]
    if failed:
        message = f"It fails a must-have: {listed(failed)}."
        mend = "Choose another program, or judge the must-have again."
        yield Finding("error", "choice", chosen.name, message, mend)
    if not record.reasons.strip():
        message = "No reasons are given."
        yield Finding("error", "no-reasons", "Decision", message, "Write them down.")


def _record(run: Run) -> Iterator[Finding]:
    if run.record is not None:
        yield from record_problems(run, run.record)


RULES = (_record,)
