"""Whether a program meets a must-have: judged by people, or read off a score."""

from __future__ import annotations

from mcda.project.criteria import Criterion
from mcda.project.evidence import (
    Exact,
    MustHave,
    Program,
    Range,
    Threshold,
    Unknown,
    Verdict,
    numbers_in,
)
from mcda.project.run import Run
from mcda.project.text import number_text


def verdict_on(run: Run, must_have: MustHave, program: Program) -> Verdict:
    """Return the verdict on one program, with its reason.

    A verdict people gave counts first. Else a threshold is held against the recorded score:
    for a range, the worst end or the likely number, as the must-have says. Where the score
    is not known, or nobody has judged, the verdict is unknown.
    """
    given = next((v for v in must_have.verdicts if v.program == program.id), None)
    if given is not None:
        return given
    if must_have.threshold is None:
        return Verdict(program=program.id, verdict="unknown", reason="Nobody has judged this yet.")
    return _read_off(run, must_have.threshold, program)


def _read_off(run: Run, threshold: Threshold, program: Program) -> Verdict:
    criterion = run.criterion(threshold.criterion)
    score = run.score(program.id, criterion.id)
    amount = score.amount if score else None
    if isinstance(amount, Exact):
        return _compared(threshold, criterion, program, amount.value, "")
    if not isinstance(amount, Range):
        reason = f"{criterion.name} is not known yet."
        return Verdict(program=program.id, verdict="unknown", reason=reason)
    worst, best = amount.low, amount.high
    if criterion.scale.direction == -1:
        worst, best = best, worst
    if threshold.case == "worst":
        return _compared(threshold, criterion, program, worst, " at worst")
    if amount.likely is not None:
        return _compared(threshold, criterion, program, amount.likely, " most likely")
    if _meets(threshold, criterion, worst) == _meets(threshold, criterion, best):
        return _compared(threshold, criterion, program, worst, " at worst")
    reason = f"{criterion.name} may fall on either side of the limit; no likely number is given."
    return Verdict(program=program.id, verdict="unknown", reason=reason)


def verdict_on_limit(run: Run, criterion: Criterion, limit: float, program: Program) -> Verdict:
    """Hold what is known of a program against a limit; it fails only where that is certain.

    A score that is a range, or not known, is a pass or a fail where all it may be is, and
    else unknown.
    """
    threshold = Threshold(criterion=criterion.id, limit=limit)
    score = run.score(program.id, criterion.id)
    amount = score.amount if score else Unknown()
    numbers = numbers_in(amount) or criterion.scale.ends
    worst, best = min(numbers), max(numbers)
    if criterion.scale.direction == -1:
        worst, best = best, worst
    exact = isinstance(amount, Exact)
    if _meets(threshold, criterion, worst):
        return _compared(threshold, criterion, program, worst, "" if exact else " at worst")
    if not _meets(threshold, criterion, best):
        return _compared(threshold, criterion, program, best, "" if exact else " at best")
    reason = f"{criterion.name} may fall on either side of the limit."
    if isinstance(amount, Unknown):
        reason = f"{criterion.name} is not known yet."
    return Verdict(program=program.id, verdict="unknown", reason=reason)


def _meets(threshold: Threshold, criterion: Criterion, number: float) -> bool:
    return (number - threshold.limit) * criterion.scale.direction >= 0


def _compared(
    threshold: Threshold, criterion: Criterion, program: Program, number: float, which: str
) -> Verdict:
    meets = _meets(threshold, criterion, number)
    limit = f"{criterion.bound} {criterion.with_unit(number_text(threshold.limit))}"
    found = criterion.with_unit(number_text(number))
    reason = f"{criterion.name} is {found}{which}; it must be {limit}."
    return Verdict(program=program.id, verdict="pass" if meets else "fail", reason=reason)
