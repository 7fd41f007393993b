"""What an edit would bring with it, said before it is made."""

from __future__ import annotations

from dataclasses import dataclass

from mcda.analysis.wording import and_list, few
from mcda.project import (
    Assessment,
    Criterion,
    Equal,
    LevelScale,
    Run,
    Score,
    Weighting,
)
from mcda.project.checks import stale_criteria
from mcda.project.evidence import numbers_in
from mcda.project.recording import widened
from mcda.project.text import counted, number_text
from mcda.project.weightings import judged_items


@dataclass(frozen=True, slots=True)
class ScaleChange:
    """What a changed scale would bring with it.

    ``stale`` names the weightings that were given for another range and would have to be asked
    again. ``outside`` tells the recorded scores that the scale does not take; ``wider`` is then
    the (worst, best) that takes them all, where the scale has a range to widen.
    """

    stale: tuple[str, ...]
    outside: tuple[str, ...]
    wider: tuple[float, float] | None


def scale_change(run: Run, changed: Criterion) -> ScaleChange:
    """Return what would follow if a criterion of the run were replaced by ``changed``."""
    recorded = [
        s for s in (*run.evidence.scores, *run.evidence.assessments) if s.criterion == changed.id
    ]
    numbers = [n for score in recorded for n in numbers_in(score.amount)]
    outside = tuple(_told(run, s) for s in recorded if _is_outside(changed, s))
    wider = _wider(changed, numbers) if outside else None
    return ScaleChange(_newly_stale(run, changed), outside, wider)


def weightings_silent_on(run: Run, criterion_id: str) -> tuple[str, ...]:
    """Return the names of the weightings that say nothing about a criterion, but should.

    Weightings where everything counts the same need not.
    """
    return tuple(
        w.name
        for w in run.weightings
        if not isinstance(w.judgement, Equal) and criterion_id not in judged_items(w)
    )


def lost_with_program(run: Run, program_id: str) -> str:
    """Say what is taken out together with a program."""
    scores = _count_scores(run, "program", program_id)
    verdicts = sum(v.program == program_id for m in run.evidence.must_haves for v in m.verdicts)
    return _lost([counted(scores, "score"), counted(verdicts, "verdict") + " on must-haves"])


def lost_with_criterion(run: Run, criterion_id: str) -> str:
    """Say what is taken out together with a criterion."""
    scores = _count_scores(run, "criterion", criterion_id)
    limits = sum(
        m.threshold is not None and m.threshold.criterion == criterion_id
        for m in run.evidence.must_haves
    )
    weightings = sum(criterion_id in judged_items(w) for w in run.weightings)
    weights = f"{counted(weightings, 'answer')} on its weight"
    return _lost([counted(scores, "score"), f"{counted(limits, 'limit')} of must-haves", weights])


def _newly_stale(run: Run, changed: Criterion) -> tuple[str, ...]:
    criteria = tuple(changed if c.id == changed.id else c for c in run.evidence.criteria)
    evidence = run.evidence.model_copy(update={"criteria": criteria})
    after = run.model_copy(update={"evidence": evidence})
    return tuple(
        w.name
        for w in run.weightings
        if _is_stale(after, w, changed.id) and not _is_stale(run, w, changed.id)
    )


def _is_stale(run: Run, weighting: Weighting, criterion_id: str) -> bool:
    return any(c.id == criterion_id for c in stale_criteria(run, weighting))


def _is_outside(criterion: Criterion, score: Score) -> bool:
    return any(criterion.scale.problem_with(n) for n in numbers_in(score.amount))


def _told(run: Run, score: Score) -> str:
    person = f", scored by {score.person}" if isinstance(score, Assessment) else ""
    numbers = " to ".join(number_text(n) for n in _ends(numbers_in(score.amount)))
    return f"{run.program(score.program).name}{person}: {numbers}"


def _ends(numbers: tuple[float, ...]) -> list[float]:
    return sorted({min(numbers), max(numbers)})


def _wider(criterion: Criterion, numbers: list[float]) -> tuple[float, float] | None:
    if isinstance(criterion.scale, LevelScale):
        return None
    wider = widened(criterion.scale, numbers)
    return wider.worst, wider.best


def _count_scores(run: Run, field: str, item: str) -> int:
    recorded = (*run.evidence.scores, *run.evidence.assessments)
    return sum(getattr(score, field) == item for score in recorded)


def _lost(parts: list[str]) -> str:
    there = few([part for part in parts if not part.startswith("0 ")])
    if not there:
        return "Nothing else goes with it."
    goes = "goes" if len(there) == 1 and there[0].startswith("1 ") else "go"
    return f"With it {goes} {and_list(there)}."
