"""The ranking: who comes first, by which method, and how sure the places are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from mcda.analysis.scoring import SAMPLES, SEED, ScoredTable, score_table
from mcda.analysis.table import DecisionTable, decision_table, unsettled_must_haves
from mcda.analysis.weights import UsedWeights, used_weights
from mcda.analysis.wording import and_list, or_list, points, span
from mcda.engine import METHODS
from mcda.project import Project, Run

DEFAULT_METHOD = "weighted_sum"
SECOND_METHOD = "topsis_anchored"
CAVEAT = (
    "This is about our priorities and the recorded evidence, not the chance that the program works."
)


@dataclass(frozen=True, slots=True)
class ProgramResult:
    """One program's place.

    ``score`` is None where it is not exact, ``rank`` where it is not certain; the ends are
    always there, unless the program is excluded (then ``excluded`` says why).
    ``score_likely`` takes every likely number, where there is one for each inexact cell.
    ``unsettled`` names the must-haves nobody has settled yet.
    """

    id: str
    name: str
    role: str
    excluded: str | None
    score: float | None = None
    score_low: float | None = None
    score_high: float | None = None
    score_likely: float | None = None
    rank: int | None = None
    rank_best: int | None = None
    rank_worst: int | None = None
    unsettled: tuple[str, ...] = ()

    @property
    def rank_text(self) -> str:
        """The place in words: "2", "1 to 3", or "not ranked"."""
        return "not ranked" if self.excluded else span(str(self.rank_best), str(self.rank_worst))


@dataclass(frozen=True, slots=True)
class Ranking:
    """A ranking of one run by one method with one set of weights.

    ``programs`` is sorted: best place first, excluded programs last. ``intervals`` says how
    the ends were found: "exact", or "sampled" (``samples`` draws from ``seed``) for methods
    where no exact way is known.
    """

    run_id: str
    method: str
    method_title: str
    weighting: UsedWeights
    programs: tuple[ProgramResult, ...]
    intervals: Literal["exact", "sampled"]
    samples: int
    seed: int
    illustrative: bool

    @property
    def ranked(self) -> tuple[ProgramResult, ...]:
        """The programs that are ranked."""
        return tuple(p for p in self.programs if p.excluded is None)

    @property
    def excluded(self) -> tuple[ProgramResult, ...]:
        """The programs that are not ranked, each with its reason."""
        return tuple(p for p in self.programs if p.excluded is not None)

    @property
    def possible_firsts(self) -> tuple[ProgramResult, ...]:
        """The programs that may hold the first place."""
        return tuple(p for p in self.ranked if p.rank_best == 1)

    @property
    def sentence(self) -> str:
        """The answer in a sentence or two."""
        return _sentence(self)

    def result(self, program_id: str) -> ProgramResult:
        """Return one program's result; raises ``KeyError``."""
        return {p.id: p for p in self.programs}[program_id]

    def score_text(self, program_id: str) -> str:
        """Write a program's score: one number, or its range."""
        result = self.result(program_id)
        if result.score_low is None or result.score_high is None:
            return ""
        if self.method == DEFAULT_METHOD:
            return span(points(result.score_low), points(result.score_high))
        return span(f"{result.score_low:.3f}", f"{result.score_high:.3f}")

    def to_frame(self) -> pd.DataFrame:
        """Return the ranking as a table indexed by program id, in order."""
        columns = [
            "name",
            "excluded",
            "score",
            "score_low",
            "score_high",
            "rank",
            "rank_best",
            "rank_worst",
        ]
        rows = {p.id: [getattr(p, column) for column in columns] for p in self.programs}
        return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def ranking(
    project: Project,
    run_id: str | None = None,
    weighting: str | Mapping[str, float] | None = None,
    method: str = DEFAULT_METHOD,
) -> Ranking:
    """Rank the programs of a run on their value scores.

    Args:
        project: the project.
        run_id: the run; the latest without one.
        weighting: a weighting's id or name; points by criterion (id or name), those not named
            counting 0; or None for the group's weighting, else the first.
        method: a method id; see ``mcda.engine.METHODS``.

    Raises:
        FindingsError: errors in the run, an incomplete weighting, or nothing to rank.
        UnknownItemError: no such run, weighting or criterion.
        mcda.engine.InputError: no such method.

    >>> from mcda.project.templates import example
    >>> ranking(example()).possible_firsts[0].rank_best
    1
    """
    run = project.run(run_id)
    table = decision_table(run)
    used = used_weights(run, weighting)
    scored = score_table(table, used.vector(table.criteria), method)
    results = [*_ranked(run, table, scored), *_left_out(table)]
    return Ranking(
        run_id=run.id,
        method=method,
        method_title=METHODS[method].title,
        weighting=used,
        programs=tuple(results),
        intervals="exact" if scored.exact else "sampled",
        samples=0 if scored.exact else SAMPLES,
        seed=SEED,
        illustrative=project.info.illustrative,
    )


def _ranked(run: Run, table: DecisionTable, scored: ScoredTable) -> list[ProgramResult]:
    results = []
    for i, program in enumerate(table.programs):
        low, high = float(scored.low[i]), float(scored.high[i])
        best, worst = int(scored.best[i]), int(scored.worst[i])
        likely = float(scored.likely[i])
        result = ProgramResult(
            id=program.id,
            name=program.name,
            role=program.role,
            excluded=None,
            score=low if table.exact[i] and low == high else None,
            score_low=low,
            score_high=high,
            score_likely=None if np.isnan(likely) else likely,
            rank=best if best == worst else None,
            rank_best=best,
            rank_worst=worst,
            unsettled=unsettled_must_haves(run, program),
        )
        results.append(result)
    middle = -(scored.low + scored.high)
    order = np.lexsort((middle, scored.worst, scored.best))
    return [results[i] for i in order]


def _left_out(table: DecisionTable) -> list[ProgramResult]:
    return [
        ProgramResult(e.program.id, e.program.name, e.program.role, excluded=e.reason)
        for e in table.excluded
    ]


def _sentence(found: Ranking) -> str:
    firsts, ranked = found.possible_firsts, found.ranked
    names = [p.name for p in firsts]
    score = found.score_text
    if len(ranked) == 1:
        return f"{names[0]} is the only program left to rank."
    if all(p.rank_best == p.rank_worst == 1 for p in firsts) and len(firsts) > 1:
        return f"{and_list(names)} share the first place with {score(firsts[0].id)} each."
    if len(firsts) > 1:
        ends = "; ".join(f"{p.name}: {score(p.id)}" for p in firsts)
        return (
            f"No single program is sure of the first place: {or_list(names)} could hold it, "
            f"depending on what is not known exactly ({ends}).{_likely_first(firsts)}"
        )
    first, second = firsts[0], [p.name for p in ranked[1:] if p.rank_best == 2]
    follows = f"{or_list(second)} {'comes' if len(second) == 1 else 'could come'} second"
    follower = f" ({score(ranked[1].id)})" if len(second) == 1 else ""
    return f"{first.name} comes first ({score(first.id)}); {follows}{follower}."


def _likely_first(firsts: Sequence[ProgramResult]) -> str:
    """Say who is ahead at the likely numbers, where each of the firsts has them all."""
    likely = [(p.score_likely, p.name) for p in firsts if p.score_likely is not None]
    if len(likely) < len(firsts):
        return ""
    _, name = max(likely)
    return f" At the likely numbers {name} is ahead."
