"""Several weightings side by side: what each puts first, what moved, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from mcda.analysis.ranking import DEFAULT_METHOD, ProgramResult, Ranking, ranking
from mcda.analysis.table import DecisionTable, decision_table
from mcda.analysis.weights import default_weighting
from mcda.analysis.wording import and_list, or_list, percent
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

    def to_frame(self) -> pd.DataFrame:
        """Return the places as a table: programs in the first ranking's order, by weighting."""
        base = self.rankings[0]
        columns = {
            found.weighting.name: [found.result(p.id).rank_text for p in base.programs]
            for found in self.rankings
        }
        return pd.DataFrame(columns, index=[p.name for p in base.programs])


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


def _names(programs: Sequence[ProgramResult]) -> list[str]:
    return [p.name for p in programs]


def _sentence(rankings: Sequence[Ranking]) -> str:
    firsts = [tuple(_names(r.possible_firsts)) for r in rankings]
    if len(rankings) == 1:
        return rankings[0].sentence
    if len(set(firsts)) == 1:
        could = "comes" if len(firsts[0]) == 1 else "could come"
        return f"{or_list(firsts[0])} {could} first under all {len(rankings)} weightings."
    said = []
    for names in dict.fromkeys(firsts):
        under = [r.weighting.name for r, f in zip(rankings, firsts, strict=True) if f == names]
        could = "comes" if len(names) == 1 else "could come"
        said.append(f"{or_list(names)} {could} first under {and_list(under)}")
    return f"The weightings differ: {'; '.join(said)}."


def _move(table: DecisionTable, base: Ranking, other: Ranking) -> str:
    """Say what moved, and the change of weight that moved it most."""
    moved = [
        f"{p.name} ({p.rank_text} → {other.result(p.id).rank_text})"
        for p in base.ranked
        if p.rank_text != other.result(p.id).rank_text
    ]
    if not moved:
        return "Every program keeps its place."
    return f"Moved: {', '.join(moved)}. {_cause(table, base, other)}".strip()


def _cause(table: DecisionTable, base: Ranking, other: Ranking) -> str:
    """Name the change of weight that did most for the program now ahead.

    Looks at the first place where that changes hands, else at the program that rose furthest
    and the one that fell furthest.
    """
    rose, fell = _turned(base, other)
    if rose == fell:
        return ""
    rows = {p.id: i for i, p in enumerate(table.programs)}
    middle = (table.low + table.high) / 2
    gaps = middle[rows[rose]] - middle[rows[fell]]
    before, after = base.weighting.vector(table.criteria), other.weighting.vector(table.criteria)
    helped = (after - before) * gaps
    j = int(helped.argmax())
    if helped[j] <= 0:
        return ""
    criterion = table.criteria[j]
    change = f"{percent(after[j])} instead of {percent(before[j])}"
    side = "does better" if gaps[j] > 0 else "does worse"
    names = base.result(rose).name, base.result(fell).name
    return (
        f"Mostly because {criterion.name} counts {change}; {names[0]} {side} on it than {names[1]}."
    )


def _turned(base: Ranking, other: Ranking) -> tuple[str, str]:
    first, now = base.ranked[0].id, other.ranked[0].id
    if first != now:
        return now, first
    places = {p.id: place for place, p in enumerate(base.ranked)}
    rises = {p.id: places[p.id] - place for place, p in enumerate(other.ranked)}
    return max(rises, key=rises.__getitem__), min(rises, key=rises.__getitem__)
