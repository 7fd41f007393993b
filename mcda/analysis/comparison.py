"""Several weightings side by side: what each puts first, what moved, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from mcda.analysis.moving import Side, cause, moved_programs
from mcda.analysis.ranking import DEFAULT_METHOD, Ranking, first_place, ranking
from mcda.analysis.table import decision_table
from mcda.analysis.weights import default_weighting
from mcda.analysis.wording import and_list, few, or_list
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
        return f"The {len(self.rankings)} sets of weights do not agree on the first place."

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
    base, *others = (Side(run, table, found) for found in rankings)
    moves = tuple(Move(other.ranking.weighting.name, _move(base, other)) for other in others)
    return Comparison(rankings, moves, _sentence(rankings))


def _sentence(rankings: Sequence[Ranking]) -> str:
    if len(rankings) == 1:
        return rankings[0].sentence
    under: dict[frozenset[str], list[Ranking]] = {}
    for found in rankings:
        under.setdefault(frozenset(p.id for p in found.possible_firsts), []).append(found)
    if len(under) == 1:
        count = "both" if len(rankings) == 2 else f"all {len(rankings)}"
        return f"{_first_of_all(rankings)} under {count} sets of weights."
    said = [
        f"{_first_of_all(same)} under {and_list([r.weighting.name for r in same])}"
        for same in under.values()
    ]
    return f"The sets of weights differ: {'; '.join(said)}."


def _first_of_all(rankings: Sequence[Ranking]) -> str:
    """Say who holds the first place in rankings with the same possible firsts."""
    said = {first_place(found) for found in rankings}
    if len(said) == 1:
        return said.pop()
    return f"{or_list(few([p.name for p in rankings[0].possible_firsts]))} could come first"


def _move(base: Side, other: Side) -> str:
    """Say what moved, and the change of weight that did most to move it."""
    moved = moved_programs(base.ranking, other.ranking)
    if not moved:
        return "Every program keeps its place."
    return f"Moved: {', '.join(few(moved))}. {cause(base, other)}".strip()
