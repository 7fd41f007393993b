"""Rules on programs: there, available, alike enough to be ranked together, must-haves settled."""

from __future__ import annotations

from collections.abc import Iterator

from mcda.project.checks.common import repeated
from mcda.project.evidence import MustHave
from mcda.project.findings import Finding
from mcda.project.must_haves import verdict_on
from mcda.project.run import Run
from mcda.project.text import listed, number_text


def _programs_there(run: Run) -> Iterator[Finding]:
    choices = [p for p in run.candidates if p.role == "candidate"]
    if not choices:
        mend = "Choose programs from the catalogue, or add your own."
        yield Finding(
            "warning", "no-candidates", "Programs", "There is nothing to choose from.", mend
        )
    if len(choices) == 1:
        message = "There is only one program to choose."
        yield Finding("hint", "one-candidate", "Programs", message, "Is there another one?")
    baselines = [p.name for p in run.evidence.programs if p.role == "baseline"]
    if not baselines:
        message = "There is no “Continue as now” to compare with."
        mend = "Add it: changing nothing is also a choice."
        yield Finding("warning", "no-baseline", "Programs", message, mend)
    if len(baselines) > 1:
        message = f"More than one program stands for “Continue as now”: {listed(baselines)}."
        yield Finding("error", "baselines", "Programs", message, "Keep one.")
    for name in repeated(p.name for p in run.candidates):
        mend = "Give one of them another name."
        yield Finding("warning", "duplicate-name", name, "Two programs have this name.", mend)


def _availability(run: Run) -> Iterator[Finding]:
    unasked = listed(_choices(run, "not checked"))
    if unasked:
        message = f"Nobody has checked that these can still be had here: {unasked}."
        mend = "The catalogue dates from 2015 and 2018. Ask the provider and note the date."
        yield Finding("warning", "availability", "Programs", message, mend)
    gone = listed(_choices(run, "not available"))
    if gone:
        message = f"Still in the ranking, although not to be had here: {gone}."
        yield Finding("warning", "not-available", "Programs", message, "Set it aside.")


def _choices(run: Run, status: str) -> list[str]:
    choices = (p for p in run.candidates if p.role == "candidate")
    return [p.name for p in choices if p.availability.status == status]


def _mixed_kinds(run: Run) -> Iterator[Finding]:
    kinds = sorted({p.kind for p in run.candidates if p.role == "candidate"})
    if len(kinds) > 1:
        message = f"The programs are of different kinds: {listed(kinds)}."
        mend = "Can they stand in for each other? If not, rank them apart."
        yield Finding("warning", "mixed-kinds", "Programs", message, mend)


def _mixed_reach(run: Run) -> Iterator[Finding]:
    units = sorted({p.unit_reached for p in run.candidates if p.unit_reached})
    counting = [c.name for c in run.active_criteria if c.counts_people]
    if len(units) > 1 and counting:
        message = f"People reached are counted in different units: {listed(units)}."
        mend = "Use one unit for all, or set this criterion aside."
        yield Finding("warning", "mixed-reach", counting[0], message, mend)


def _must_haves(run: Run) -> Iterator[Finding]:
    for must_have in run.evidence.must_haves:
        threshold = must_have.threshold
        if threshold is not None:
            problem = run.criterion(threshold.criterion).scale.problem_with(threshold.limit)
            if problem:
                message = f"Its limit {number_text(threshold.limit)} {problem}."
                yield Finding("warning", "limit", must_have.name, message, "Correct the limit.")
        yield from _reasonless(run, must_have)
        unknown = [
            p.name
            for p in run.candidates
            if p.role == "candidate" and verdict_on(run, must_have, p).verdict == "unknown"
        ]
        if unknown:
            message = f"Not settled for {listed(unknown)}."
            mend = "They stay in the ranking, but nothing can be decided until this is settled."
            yield Finding("warning", "must-have-unknown", must_have.name, message, mend)


def _reasonless(run: Run, must_have: MustHave) -> Iterator[Finding]:
    bare = [v.program for v in must_have.verdicts if v.verdict == "fail" and not v.reason]
    if bare:
        names = listed(run.program(program).name for program in bare)
        message = f"No reason is given why this fails: {names}."
        yield Finding("warning", "no-reason", must_have.name, message, "Write the reason down.")


RULES = (_programs_there, _must_haves, _availability, _mixed_kinds, _mixed_reach)
