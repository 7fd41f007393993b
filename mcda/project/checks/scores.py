"""Rules on scores: in range, recorded, with a source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mcda.project.checks.common import cell, together
from mcda.project.criteria import Criterion, LevelScale, NumberScale
from mcda.project.evidence import Assessment, Score, Unknown, numbers_in
from mcda.project.findings import Finding
from mcda.project.run import Run
from mcda.project.text import listed, number_text


def _scores_in_range(run: Run) -> Iterator[Finding]:
    scores: dict[str, list[Score]] = {}
    for score in (*run.evidence.scores, *run.evidence.assessments):
        scores.setdefault(score.criterion, []).append(score)
    for criterion, own in scores.items():
        yield from _outside(run, run.criterion(criterion), own)


def _outside(run: Run, criterion: Criterion, scores: list[Score]) -> Iterator[Finding]:
    """Yield the scores that a criterion's scale does not take."""
    found: list[tuple[str, Finding]] = []
    all_outside: list[float] = []
    for score in scores:
        problems = {n: criterion.scale.problem_with(n) for n in numbers_in(score.amount)}
        outside = {n: problem for n, problem in problems.items() if problem}
        if outside:
            message = "; ".join(f"{number_text(n)} {problem}" for n, problem in outside.items())
            mend = _range_mend(criterion.scale, outside)
            place = _cell_of(run, score)
            finding = Finding("error", "out-of-range", place, f"{message}.", mend)
            found.append((score.program, finding))
            all_outside.extend(outside)
    if found:
        message = "{count} programs have scores that its scale does not take, such as {such}."
        mend = _range_mend(criterion.scale, all_outside)
        yield from together(found, criterion.name, message, mend)


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
    found: list[tuple[str, Finding]] = []
    for program in run.candidates:
        missing = [c.name for c in run.active_criteria if (program.id, c.id) not in recorded]
        if missing:
            message = f"Nothing is recorded on {listed(missing)}."
            mend = "Look it up, or record it as unknown; until then anything is possible."
            finding = Finding("warning", "not-scored", program.name, message, mend)
            found.append((program.id, finding))
    message = "{count} programs have empty cells, where nothing is recorded, such as {such}."
    mend = "Look them up, or record them as unknown; until then anything is possible."
    yield from together(found, "Scores", message, mend)


def _unknown_scores(run: Run) -> Iterator[Finding]:
    found: list[tuple[str, Finding]] = []
    recorded = run.score_index()
    for program in run.candidates:
        scores = (recorded.get((program.id, c.id)) for c in run.active_criteria)
        unknown = [s for s in scores if s is not None and isinstance(s.amount, Unknown)]
        if unknown:
            names = listed(run.criterion(s.criterion).name for s in unknown)
            message = f"Not known: {names}. Until then the total is a range."
            mend = "Can someone look it up?"
            found.append((program.id, Finding("hint", "unknown", program.name, message, mend)))
    message = (
        "{count} programs have scores that are not known, such as {such}. "
        "Until then their totals are ranges."
    )
    yield from together(found, "Scores", message, "Can someone look them up?")


def _missing_sources(run: Run) -> Iterator[Finding]:
    found: list[tuple[str, Finding]] = []
    recorded = run.score_index()
    for program in run.candidates:
        scores = (recorded.get((program.id, c.id)) for c in run.active_criteria)
        bare = [s for s in scores if s and not isinstance(s.amount, Unknown) and not s.source]
        if bare:
            names = listed(run.criterion(s.criterion).name for s in bare)
            message = f"No source is given for {names}."
            mend = "Say where it comes from."
            found.append((program.id, Finding("warning", "no-source", program.name, message, mend)))
    message = "{count} programs have scores without a source, such as {such}."
    yield from together(found, "Scores", message, "Say where they come from.")


def _disagreeing_assessments(run: Run) -> Iterator[Finding]:
    found: list[tuple[str, Finding]] = []
    cells: dict[tuple[str, str], list[Score]] = {}
    for assessment in run.evidence.assessments:
        cells.setdefault(assessment.place, []).append(assessment)
    for own in cells.values():
        if len({a.amount for a in own}) > 1:
            message = f"{len(own)} people each scored this, and their scores differ."
            mend = "Is it a matter of fact? Look it up, or record a range."
            finding = Finding("hint", "scored-apart", cell(run, own[0]), message, mend)
            found.append((own[0].program, finding))
    message = "Several people scored {count} programs, and their scores differ, such as {such}."
    mend = "Are these matters of fact? Look them up, or record ranges."
    yield from together(found, "Own scores", message, mend)


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
