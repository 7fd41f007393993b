"""The decision table: recorded scores as values from 0 to 100, each a range where not exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mcda.engine.value_functions import piecewise_value
from mcda.project import (
    Criterion,
    Exact,
    Finding,
    FindingsError,
    Program,
    Range,
    Run,
    Score,
    check_run,
    errors,
)
from mcda.project.must_haves import verdict_on

Floats = NDArray[np.float64]

# What keeps one weighting from being used is said where that one is used, and not before:
# a leader who has not finished does not keep the others from a ranking.
_OF_ONE_WEIGHTING = {"repeated-item", "weight-missing", "no-points", "no-top-swing"}


NO_SCORES = "Cannot be ranked yet: no scores."


@dataclass(frozen=True, slots=True)
class Excluded:
    """A program that is not ranked, and why."""

    program: Program
    reason: str


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """What a ranking is computed from.

    ``low`` and ``high`` are the ends of each cell's value, 0 to 100, shape (programs,
    criteria); equal where the score is exact, or all of its range is worth the same.
    ``likely`` is the value of the exact or likely score, NaN where there is none. An unknown
    score reaches from 0 to 100. ``unsettled`` names the must-haves nobody has settled yet, for
    each program.
    """

    programs: tuple[Program, ...]
    criteria: tuple[Criterion, ...]
    low: Floats
    likely: Floats
    high: Floats
    excluded: tuple[Excluded, ...]
    unsettled: tuple[tuple[str, ...], ...]

    @property
    def exact(self) -> NDArray[np.bool_]:
        """Whether every cell of a program is exact, shape (programs,)."""
        return np.asarray((self.low == self.high).all(axis=1))


@lru_cache(maxsize=64)
def decision_table(run: Run) -> DecisionTable:
    """Return the decision table of a run; its arrays are read-only.

    A program that fails a must-have, has been set aside, or of which nothing is recorded while
    something is of others, is left out with its reason. Runs
    are immutable, so the last tables made are kept: one page asks for the same one many times.

    Raises:
        FindingsError: the run has errors other than in a weighting, or no program or no
            criterion is left to rank.
    """
    problems = [f for f in errors(check_run(run)) if f.code not in _OF_ONE_WEIGHTING]
    if problems:
        raise FindingsError("This cannot be ranked until it is mended.", problems)
    excluded = (*excluded_programs(run), *_without_scores(run))
    out = {e.program.id for e in excluded}
    programs = tuple(p for p in run.candidates if p.id not in out)
    criteria = run.active_criteria
    if not programs or not criteria:
        what = "program" if not programs else "criterion"
        finding = Finding("error", "nothing-to-rank", run.title, f"No {what} is left to rank.")
        raise FindingsError("There is nothing to rank.", [finding])
    recorded = run.score_index()
    columns = [_column(c, [recorded.get((p.id, c.id)) for p in programs]) for c in criteria]
    ends = np.array(columns).transpose(1, 2, 0)
    ends.flags.writeable = False
    low, likely, high = ends
    unsettled = tuple(_unsettled(run, p) for p in programs)
    return DecisionTable(programs, criteria, low, likely, high, excluded, unsettled)


def settled_values(table: DecisionTable) -> Floats:
    """Return each value at its likely number; half-way through its range where there is none."""
    return np.where(np.isfinite(table.likely), table.likely, (table.low + table.high) / 2)


def excluded_programs(run: Run) -> tuple[Excluded, ...]:
    """Return the programs that are not ranked: set aside, or failing a must-have."""
    aside = {left.item: left.reason for left in run.framing.programs_out}
    found = [
        Excluded(p, f"Set aside: {aside[p.id]}" if aside[p.id] else "Set aside.")
        for p in run.evidence.programs
        if p.role != "support" and p.id in aside
    ]
    for program in run.candidates:
        fails = [
            _as_sentence(f"{must_have.name}: {verdict.reason}".rstrip(": "))
            for must_have in run.evidence.must_haves
            if (verdict := verdict_on(run, must_have, program)).verdict == "fail"
        ]
        if fails:
            found.append(Excluded(program, f"Fails a must-have. {' '.join(fails)}"))
    return tuple(found)


def _without_scores(run: Run) -> tuple[Excluded, ...]:
    """Return the programs nothing is recorded of, where they could only clutter a ranking.

    Their place could be any. Where nothing is recorded of any program, all are alike in that.
    """
    out = {e.program.id for e in excluded_programs(run)}
    active = {c.id for c in run.active_criteria}
    scored = {program for program, criterion in run.score_index() if criterion in active}
    candidates = [p for p in run.candidates if p.id not in out]
    empty = [p for p in candidates if p.id not in scored]
    if len(empty) == len(candidates):
        return ()
    return tuple(Excluded(p, NO_SCORES) for p in empty)


def _as_sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _unsettled(run: Run, program: Program) -> tuple[str, ...]:
    """Return the names of the must-haves that are not settled for a program."""
    return tuple(
        m.name for m in run.evidence.must_haves if verdict_on(run, m, program).verdict == "unknown"
    )


def _column(criterion: Criterion, scores: Sequence[Score | None]) -> Floats:
    """Return the low, likely and high values of one criterion, shape (3, programs)."""
    worst, best = criterion.scale.worst, criterion.scale.best
    ends = np.array([_ends(score, worst, best) for score in scores])
    points, values = zip(*criterion.scale.curve, strict=True)
    known = np.isfinite(ends)
    ends[known] = piecewise_value(ends[known], points, values)
    first, likely, last = ends.T
    likely = np.where(first == last, first, likely)
    return np.array([np.minimum(first, last), likely, np.maximum(first, last)])


def _ends(score: Score | None, worst: float, best: float) -> tuple[float, float, float]:
    """Return one end, the likely number (or NaN) and the other end of a cell's score."""
    amount = score.amount if score else None
    match amount:
        case Exact(value=value):
            return value, value, value
        case Range(low=low, likely=likely, high=high):
            return low, np.nan if likely is None else likely, high
        case _:
            return worst, np.nan, best


def unit_bounds(criteria: int) -> Floats:
    """Return the range of each criterion's value, 0 to 100, shape (criteria, 2)."""
    return np.tile((0.0, 100.0), (criteria, 1))
