"""Rules on scores: in range, recorded, with a source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mcda.project.checks.common import cell, listed
from mcda.project.criteria import LevelScale, NumberScale
from mcda.project.document import Run
from mcda.project.evidence import Assessment, Score, Unknown, numbers_in
from mcda.project.findings import Finding
from mcda.project.text import number_text


def _scores_in_range(run: Run) -> Iterator[Finding]:
    for score in (*run.evidence.scores, *run.evidence.assessments):
        scale = run.criterion(score.criterion).scale
        problems = {n: scale.problem_with(n) for n in numbers_in(score.amount)}
        outside = {n: problem for n, problem in problems.items() if problem}
        if outside:
            message = "; ".join(f"{number_text(n)} {problem}" for n, problem in outside.items())
            mend = _range_mend(scale, outside)
            yield Finding("error", "out-of-range", _cell_of(run, score), f"{message}.", mend)


def _cell_of(run: Run, score: Score) -> str:
    person = f", scored by {score.person}" if isinstance(score, Assessment) else ""
    return f"{cell(run, score)}{person}"


def _range_mend(scale: NumberScale | LevelScale, outside: Iterable[float]) -> str:
    if isinstance(scale, LevelScale):
        return "Choose one of the levels."
    low, high = scale.ends
    wider = f"{number_text(min(low, *outside))} to {number_text(max(high, *outside))}"
    return f"Correct the score, or widen the range to {wider} and ask for the weights again."


def _missing_scores(run: Run) -> Iterator[Finding]:
    recorded = {s.place for s in run.evidence.scores}
    for program in run.candidates:
        missing = [c.name for c in run.active_criteria if (program.id, c.id) not in recorded]
        if missing:
            message = f"Nothing is recorded on {listed(missing)}."
            mend = "Look it up, or record it as unknown; until then anything is possible."
            yield Finding("warning", "not-scored", program.name, message, mend)


def _unknown_scores(run: Run) -> Iterator[Finding]:
    recorded = run.score_index()
    for program in run.candidates:
        scores = (recorded.get((program.id, c.id)) for c in run.active_criteria)
        unknown = [s for s in scores if s is not None and isinstance(s.amount, Unknown)]
        if unknown:
            names = listed(run.criterion(s.criterion).name for s in unknown)
            message = f"Not known: {names}. Until then the total is a range."
            yield Finding("hint", "unknown", program.name, message, "Can someone look it up?")


def _missing_sources(run: Run) -> Iterator[Finding]:
    recorded = run.score_index()
    for program in run.candidates:
        scores = (recorded.get((program.id, c.id)) for c in run.active_criteria)
        bare = [s for s in scores if s and not isinstance(s.amount, Unknown) and not s.source]
        if bare:
            names = listed(run.criterion(s.criterion).name for s in bare)
            message = f"No source is given for {names}."
            yield Finding("warning", "no-source", program.name, message, "Say where it comes from.")


def _disagreeing_assessments(run: Run) -> Iterator[Finding]:
    cells: dict[tuple[str, str], list[Score]] = {}
    for assessment in run.evidence.assessments:
        cells.setdefault(assessment.place, []).append(assessment)
    for own in cells.values():
        if len({a.amount for a in own}) > 1:
            message = f"{len(own)} people each scored this, and their scores differ."
            mend = "Is it a matter of fact? Look it up, or record a range."
            yield Finding("hint", "scored-apart", cell(run, own[0]), message, mend)


def _small_use_of_range(run: Run) -> Iterator[Finding]:
    scored = {p.id for p in run.candidates}
    for criterion in run.active_criteria:
        own = [s for s in run.evidence.scores if s.criterion == criterion.id]
        amounts = [s.amount for s in own if s.program in scored]
        if len(amounts) < 2 or any(isinstance(a, Unknown) for a in amounts):
            continue
        numbers = [n for a in amounts for n in numbers_in(a)]
        low, high = criterion.scale.ends
        used = (max(numbers) - min(numbers)) / (high - low)
        if used < 0.1:
            ends = f"{number_text(low)} to {number_text(high)}"
            message = f"The scores use {used:.0%} of the range {ends}."
            mend = "Is the range wider than any real choice? Then its weight says little."
            yield Finding("hint", "range-unused", criterion.name, message, mend)


RULES = (
    _scores_in_range,
    _missing_scores,
    _missing_sources,
    _unknown_scores,
    _disagreeing_assessments,
    _small_use_of_range,
)
