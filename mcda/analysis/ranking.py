"""The ranking: who comes first, by which method, and how sure the places are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from mcda.analysis.scoring import SAMPLES, SEED, ScoredTable, naming_programs, score_table
from mcda.analysis.table import DecisionTable, decision_table
from mcda.analysis.weights import UsedWeights, used_weights
from mcda.analysis.wording import and_list, few, or_list, points, span
from mcda.engine import METHODS, Method, rank_scores
from mcda.project import Project

DEFAULT_METHOD = "weighted_sum"
SECOND_METHOD = "topsis_anchored"
ILLUSTRATIVE = "Illustrative example: the community and its numbers are made up."
CAVEAT = (
    "This is about our priorities and the recorded evidence, not the chance that the program works."
)


@dataclass(frozen=True, slots=True)
class ProgramResult:
    """One program's place.

    ``score`` is None where it is not exact (a cell of a criterion that counts is not),
    ``rank`` where it is not certain; sampled ends prove neither. The ends are always there,
    unless the program is excluded (then ``excluded`` says why).
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
        if self.intervals == "sampled":
            return f"As far as {self.samples:,} draws show: {_sentence(self)}"
        return _sentence(self)

    @property
    def headline(self) -> str:
        """The answer as briefly as it can be said."""
        firsts = self.possible_firsts
        if len(self.ranked) == 1 or any(p.rank_worst == 1 for p in firsts):
            return self.sentence
        names = or_list(few([p.name for p in firsts]))
        return f"No single program is sure of the first place: {names} could hold it."

    @property
    def detail(self) -> str:
        """What the headline leaves out of the sentence."""
        if self.headline == self.sentence:
            return ""
        return f"It depends on what is not known exactly{_open_detail(self)}"

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
        frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
        scores = dict.fromkeys(("score", "score_low", "score_high"), "float64")
        return frame.astype(scores | dict.fromkeys(("rank", "rank_best", "rank_worst"), "Int64"))


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
        mcda.engine.InputError: no such method, or a program that the method cannot score.

    >>> from mcda.project.templates import example
    >>> ranking(example()).possible_firsts[0].rank_best
    1
    """
    run = project.run(run_id)
    table = decision_table(run)
    used = used_weights(run, weighting)
    with naming_programs(table):
        scored = score_table(table, used.vector(table.criteria), method)
    results = [*_ranked(table, scored, method), *_left_out(table)]
    return Ranking(
        run_id=run.id,
        method=method,
        method_title=_title(method),
        weighting=used,
        programs=tuple(results),
        intervals="exact" if scored.exact else "sampled",
        samples=0 if scored.exact else SAMPLES,
        seed=SEED,
        illustrative=project.info.illustrative,
    )


def _title(method: str) -> str:
    """Return a method's name; one that cannot use the declared ranges still works on values."""
    title = METHODS[method].title
    return title if "bounds" in METHODS[method].options else f"{title}, on values"


def _ranked(table: DecisionTable, scored: ScoredTable, method: str) -> list[ProgramResult]:
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
            score=low if low == high and scored.exact else None,
            score_low=low,
            score_high=high,
            score_likely=None if np.isnan(likely) else likely,
            rank=best if best == worst and scored.exact else None,
            rank_best=best,
            rank_worst=worst,
            unsettled=table.unsettled[i],
        )
        results.append(result)
    middle = scored.low + scored.high
    worse = -middle if METHODS[method].higher_is_better else middle
    order = np.lexsort((worse, scored.worst, scored.best))
    return [results[i] for i in order]


def _left_out(table: DecisionTable) -> list[ProgramResult]:
    return [
        ProgramResult(e.program.id, e.program.name, e.program.role, excluded=e.reason)
        for e in table.excluded
    ]


def first_place(found: Ranking) -> str:
    """Say who holds or could hold the first place: "A comes first", "A or B could come first"."""
    firsts = found.possible_firsts
    sure = few([p.name for p in firsts if p.rank_worst == 1])
    if not sure:
        return f"{or_list(few([p.name for p in firsts]))} could come first"
    return f"{and_list(sure)} {'comes first' if len(sure) == 1 else 'share the first place'}"


def _sentence(found: Ranking) -> str:
    firsts, ranked = found.possible_firsts, found.ranked
    if len(ranked) == 1:
        return f"{firsts[0].name} is the only program left to rank."
    sure = [p for p in firsts if p.rank_worst == 1]
    if not sure:
        return _open_sentence(found)
    each = " each" if len(sure) > 1 else ""
    start = f"{first_place(found)} ({_amount(found, sure[0])}{each})"
    rest = [p.name for p in firsts if p not in sure]
    if rest:
        return f"{start}; {or_list(few(rest))} could share the first place."
    return f"{start}{_next_place(found, len(sure) + 1)}."


def _open_sentence(found: Ranking) -> str:
    """Say who could come first where nobody is sure to."""
    firsts = found.possible_firsts
    names = or_list(few([p.name for p in firsts]))
    return (
        f"No single program is sure of the first place: {names} could hold it, depending on "
        f"what is not known exactly{_open_detail(found)}"
    )


def _open_detail(found: Ranking) -> str:
    """Say what each possible first could score, and who is ahead at the likely numbers."""
    firsts = found.possible_firsts
    ends = "; ".join(f"{p.name}: {_amount(found, p)}" for p in firsts)
    shown = f" ({ends})" if len(firsts) <= _MOST_SCORES else ""
    return f"{shown}.{_likely_first(firsts, METHODS[found.method])}"


_MOST_SCORES = 4


def _next_place(found: Ranking, place: int) -> str:
    """Say who follows those who are sure of the first place."""
    following = [p for p in found.ranked if p.rank_best == place]
    if not following:
        return ""
    word = _ORDINALS.get(place, "next")
    names = few([p.name for p in following])
    amount = _amount(found, following[0])
    if len(following) == 1:
        return f"; {names[0]} comes {word} ({amount})"
    if all(p.rank_worst == place for p in following):
        return f"; {and_list(names)} share the {word} place ({amount} each)"
    return f"; {or_list(names)} could come {word}"


_ORDINALS = {2: "second", 3: "third", 4: "fourth", 5: "fifth"}


def _amount(found: Ranking, result: ProgramResult) -> str:
    """Write a program's score with its unit."""
    unit = " points" if found.method == DEFAULT_METHOD else ""
    return f"{found.score_text(result.id)}{unit}"


def _likely_first(firsts: Sequence[ProgramResult], method: Method) -> str:
    """Say who is ahead at the likely numbers, where each of the firsts has them all."""
    likely = [p.score_likely for p in firsts if p.score_likely is not None]
    if len(likely) < len(firsts):
        return ""
    ranks = rank_scores(likely, method.higher_is_better, method.score_scale)
    ahead = few([p.name for p, rank in zip(firsts, ranks, strict=True) if rank == 1])
    state = "is ahead" if len(ahead) == 1 else "are level"
    return f" At the likely numbers {and_list(ahead)} {state}."
