"""How the first place changes as one score moves: to its flip point, and by a single step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mcda.analysis.firmness.base import Base, Ids
from mcda.analysis.firmness.natural import (
    brief_text,
    one_step,
    past_text,
    score_worth,
    stated_past,
)
from mcda.analysis.scoring import solve
from mcda.analysis.table import unit_bounds
from mcda.analysis.wording import brief_score, number, with_unit
from mcda.engine.robustness import cell_flips
from mcda.engine.value_functions import piecewise_value
from mcda.project import Criterion, Exact, Program, Range, Run, Score
from mcda.project.must_haves import verdict_on


@dataclass(frozen=True, slots=True)
class ScoreFlip:
    """The score of one cell that would change who is first, everything else unchanged.

    ``exact`` is the score at which two are level, in the criterion's own units, ``stated`` one
    past it (the next level, or rounded outward); both None where no score in the declared range
    does it. ``firsts`` are the ids of those first at ``stated``. ``open`` says that what is
    recorded does not rule it out: the flip lies inside the range.
    """

    program: str
    program_name: str
    criterion: str
    criterion_name: str
    now: float
    now_text: str
    exact: float | None
    stated: float | None
    text: str
    firsts: Ids
    open: bool

    @property
    def first(self) -> str | None:
        """The id of one that is first past the flip."""
        return self.firsts[0] if self.firsts else None


@dataclass(frozen=True, slots=True)
class StepFlip:
    """One score moved by one level, or by a tenth of the declared range, that changes the first.

    ``before`` and ``after`` are the scores with their units; ``fails`` says that the program
    would then fail a must-have and be out; ``firsts`` are the ids of those first afterwards.
    """

    program: str
    program_name: str
    criterion: str
    criterion_name: str
    before: str
    after: str
    fails: bool
    firsts: Ids
    sentence: str


def score_flips(start: Base) -> tuple[ScoreFlip, ...]:
    """Return each cell's flip."""
    found = cell_flips(*start.arguments, bounds=unit_bounds(start.weights.size))
    recorded = start.run.score_index()
    flips = []
    for i, program in enumerate(start.table.programs):
        for j, criterion in enumerate(start.table.criteria):
            value, now = float(found.values[i, j]), float(start.values[i, j])
            improving = i != found.leader
            stated = None if np.isnan(value) else stated_past(criterion, value, improving)
            low, high = start.table.low[i, j], start.table.high[i, j]
            flips.append(
                ScoreFlip(
                    program=program.id,
                    program_name=program.name,
                    criterion=criterion.id,
                    criterion_name=criterion.name,
                    now=score_worth(criterion, now, improving),
                    now_text=brief_text(criterion, recorded.get((program.id, criterion.id))),
                    exact=None if stated is None else score_worth(criterion, value, improving),
                    stated=stated,
                    text="none" if stated is None else past_text(criterion, stated, improving),
                    firsts=() if stated is None else _firsts_at(start, i, j, stated),
                    open=stated is not None and bool(low < value < high),
                )
            )
    return tuple(flips)


def _firsts_at(start: Base, row: int, column: int, score: float) -> Ids:
    """Return the ids of those first when one cell has another score."""
    points, values = zip(*start.table.criteria[column].scale.curve, strict=True)
    worth = piecewise_value([score], points, values)
    changed = start.values[[row]].copy()
    changed[0, column] = worth[0]
    return start.firsts_with(row, float(solve(start.method, changed, start.weights).scores[0]))


def single_steps(start: Base, firsts: Ids) -> tuple[StepFlip, ...]:
    """Return the single steps that change who is first."""
    recorded = start.run.score_index()
    found = []
    for i, program in enumerate(start.table.programs):
        for j, criterion in enumerate(start.table.criteria):
            score = recorded.get((program.id, criterion.id))
            likely = _likely_number(score.amount if score else None)
            steps = () if likely is None else one_step(criterion, likely)
            found += [_step(start, firsts, (i, j), score, to) for to in steps]
    return tuple(step for step in found if step is not None)


def _step(
    start: Base, firsts: Ids, cell: tuple[int, int], score: Score | None, changed: float
) -> StepFlip | None:
    """Return what follows from one score, likely as it is, being another; None if nothing does."""
    row, column = cell
    program, criterion = start.table.programs[row], start.table.criteria[column]
    fails = _fails(start.run, program, criterion, changed)
    then = start.firsts_without(row) if fails else _firsts_at(start, row, column, changed)
    if then == firsts:
        return None
    before = brief_text(criterion, score)
    once = criterion.scale.type == "number" and criterion.unit != "%"
    after = with_unit(criterion, number(changed))
    out = "it would fail a must-have. Then " if fails else ""
    return StepFlip(
        program=program.id,
        program_name=program.name,
        criterion=criterion.id,
        criterion_name=criterion.name,
        before=before,
        after=after,
        fails=fails,
        firsts=then,
        sentence=(
            f"If {program.name} had {after} on {criterion.name} "
            f"instead of {brief_score(score) if once else before}, {out}{start.said(then)}."
        ),
    )


def _fails(run: Run, program: Program, criterion: Criterion, changed: float) -> bool:
    """Whether a program would fail a must-have with another score."""
    held = [
        m
        for m in run.evidence.must_haves
        if m.threshold is not None and m.threshold.criterion == criterion.id
    ]
    if not held:
        return False
    score = Score(program=program.id, criterion=criterion.id, amount=Exact(value=changed))
    # A threshold is held against this one score, so no other is needed.
    evidence = run.evidence.model_copy(update={"scores": (score,)})
    supposed = run.model_copy(update={"evidence": evidence})
    return any(verdict_on(supposed, m, program).verdict == "fail" for m in held)


def _likely_number(amount: object) -> float | None:
    match amount:
        case Exact(value=value):
            return value
        case Range(likely=likely):
            return likely
    return None
