"""Rules on the record of a decision: the choice may be chosen, reasons given, dates can be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mcda.project.checks.listed_items import personal_data
from mcda.project.findings import Finding
from mcda.project.must_haves import verdict_on
from mcda.project.personal import texts_of
from mcda.project.run import Record, Run
from mcda.project.text import day_text, listed


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


def date_problems(record: Record) -> Iterator[Finding]:
    """Yield where the day of the review cannot be."""
    decided, review = record.decided_on, record.review_on
    if decided is not None and review is not None and review <= decided:
        message = f"It is to be reviewed on {day_text(review)}, but decided on {day_text(decided)}."
        mend = "Choose a later day for the review."
        yield Finding("error", "impossible-date", "Decision", message, mend)


def _record(run: Run) -> Iterator[Finding]:
    """Yield what is wrong with the record; one that is only drafted stops no ranking."""
    if run.record is None:
        return
    decided = run.status == "decided"
    for finding in record_problems(run, run.record):
        yield finding if decided else replace(finding, severity="warning")
    for finding in date_problems(run.record):
        yield replace(finding, severity="warning")
    yield from personal_data(texts_of(run.record, "Decision"))


RULES = (_record,)
