"""Several weightings side by side: what each puts first, what moved, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from mcda.analysis.ranking import (
    DEFAULT_METHOD,
    ProgramResult,
    Ranking,
    first_place,
    ranking,
)
from mcda.analysis.table import DecisionTable, decision_table
from mcda.analysis.weights import default_weighting
from mcda.analysis.wording import and_list, few, or_list, percents
from mcda.project import Finding, FindingsError, Project


@dataclass(frozen=True, slots=True)
class Move:
    """What one weighting changes against the first one, in a sentence, and why."""

    weighting: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Rankings of one run under several weightings; the first is the one compared with."""

    rankings: tuple[Ranking, ...]
    moves: tuple[Move, ...]
    sentence: str

    @property
    def headline(self) -> str:
        """The answer as briefly as it can be said."""
        firsts = {frozenset(p.id for p in found.possible_firsts) for found in self.rankings}
        if len(firsts) < 2:
            return self.sentence
        return f"The {len(self.rankings)} weightings do not agree on the first place."

    def to_frame(self) -> pd.DataFrame:
        """Return the places as a table: programs in the first ranking's order, by weighting."""
        base = self.rankings[0]
        places = [{p.id: p.rank_text for p in found.programs} for found in self.rankings]
        return pd.DataFrame(
            [[by_id[p.id] for by_id in places] for p in base.programs],
            index=[p.name for p in base.programs],
            columns=[found.weighting.name for found in self.rankings],
        )


def comparison(
    project: Project,
    run_id: str | None = None,
    weightings: Sequence[str] = (),
    method: str = DEFAULT_METHOD,
) -> Comparison:
    """Rank a run under several weightings and say what moves.

    Args:
        project: the project.
        run_id: the run; the latest without one.
        weightings: ids or names, the one to compare with first; all without any, the default
            one first.
        method: a method id.

    Raises:
        FindingsError: no weighting to compare; and what :func:`mcda.analysis.ranking` raises.

    >>> from mcda.project.templates import example
    >>> found = comparison(example())
    >>> len(found.rankings) == len(found.moves) + 1
    True
    """
    run = project.run(run_id)
    chosen = list(weightings)
    if not chosen and run.weightings:
        first = default_weighting(run).id
        chosen = [first, *(w.id for w in run.weightings if w.id != first)]
    if not chosen:
        mend = "Ask for at least one."
        finding = Finding("error", "no-weighting", "Weights", "There is no weighting yet.", mend)
        raise FindingsError("There is nothing to compare.", [finding])
    rankings = tuple(ranking(project, run_id, name, method) for name in chosen)
    table = decision_table(run)
    moves = tuple(
        Move(other.weighting.name, _move(table, rankings[0], other)) for other in rankings[1:]
    )
    return Comparison(rankings, moves, _sentence(rankings))


def _sentence(rankings: Sequence[Ranking]) -> str:
    if len(rankings) == 1:
        return rankings[0].sentence
    under: dict[frozenset[str], list[Ranking]] = {}
    for found in rankings:
        under.setdefault(frozenset(p.id for p in found.possible_firsts), []).append(found)
    if len(under) == 1:
        count = "both" if len(rankings) == 2 else f"all {len(rankings)}"
        return f"{_first_of_all(rankings)} under {count} weightings."
    said = [
        f"{_first_of_all(same)} under {and_list([r.weighting.name for r in same])}"
        for same in under.values()
    ]
    return f"The weightings differ: {'; '.join(said)}."


def _first_of_all(rankings: Sequence[Ranking]) -> str:
    """Say who holds the first place in rankings with the same possible firsts."""
    said = {first_place(found) for found in rankings}
    if len(said) == 1:
        return said.pop()
    return f"{or_list(few([p.name for p in rankings[0].possible_firsts]))} could come first"


def _move(table: DecisionTable, base: Ranking, other: Ranking) -> str:
    """Say what moved, and the change of weight that did most to move it."""
    now = {p.id: p.rank_text for p in other.ranked}
    moved = [
        f"{p.name} (was {p.rank_text}, now {now[p.id]})"
        for p in base.ranked
        if p.rank_text != now[p.id]
    ]
    if not moved:
        return "Every program keeps its place."
    return f"Moved: {', '.join(few(moved))}. {_cause(table, base, other)}".strip()


def _cause(table: DecisionTable, base: Ranking, other: Ranking) -> str:
    """Name the change of weight that did most for the program now ahead.

    Only the weighted sum falls into parts, so only its moves have such a cause.
    """
    turned = _turned(base, other)
    if base.method != DEFAULT_METHOD or turned is None:
        return ""
    rose, fell = turned
    rows = [p.id for p in table.programs]
    rise, fall = rows.index(rose.id), rows.index(fell.id)
    gaps = (table.low[rise] + table.high[rise] - table.low[fall] - table.high[fall]) / 2
    before, after = base.weighting.vector(table.criteria), other.weighting.vector(table.criteria)
    helped = (after - before) * gaps
    if helped.sum() <= 0:
        return ""
    j = int(helped.argmax())
    counts, counted = percents(after[j], before[j])
    surely = table.low[rise, j] >= table.high[fall, j] or table.high[rise, j] <= table.low[fall, j]
    verb = "does" if surely else "may do"
    side = "better" if gaps[j] > 0 else "worse"
    return (
        f"What did most: {table.criteria[j].name} counts {counts} instead of {counted}, "
        f"and {rose.name} {verb} {side} on it than {fell.name}."
    )


def _turned(base: Ranking, other: Ranking) -> tuple[ProgramResult, ProgramResult] | None:
    """Return a program that passed another, and that other one.

    They are the old and the new first where that place changes hands, else the pair that
    changed most against each other; None where nobody passed anybody.
    """
    first, now = base.ranked[0], other.ranked[0]
    if first.id != now.id:
        return now, first
    was, is_now = _places(base), _places(other)
    passed = [
        (was[a.id] - was[b.id] + is_now[b.id] - is_now[a.id], a, b)
        for a in base.ranked
        for b in base.ranked
        if was[a.id] >= was[b.id] and is_now[a.id] < is_now[b.id]
    ]
    _, rose, fell = max(passed, key=lambda p: p[0], default=(0, None, None))
    return (rose, fell) if rose and fell else None


def _places(found: Ranking) -> dict[str, int]:
    """Return the sum of each program's best and worst place."""
    return {p.id: (p.rank_best or 0) + (p.rank_worst or 0) for p in found.ranked}
