"""What every flip starts from: one run at one weighting, every score at its settled place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mcda.analysis.ranking import DEFAULT_METHOD
from mcda.analysis.scoring import solve
from mcda.analysis.table import DecisionTable, Floats, decision_table, settled_values
from mcda.analysis.weights import UsedWeights, used_weights
from mcda.analysis.wording import and_list, few
from mcda.engine import rank_scores
from mcda.project import Run

Ids = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Base:
    """What a flip starts from: values 0 to 100 at their settled places, weights, and scores."""

    run: Run
    table: DecisionTable
    used: UsedWeights
    method: str
    values: Floats
    weights: Floats
    scores: Floats

    @cached_property
    def ids(self) -> list[str]:
        """The programs' ids, by row."""
        return [p.id for p in self.table.programs]

    @property
    def arguments(self) -> tuple[Floats, Floats, Floats, str]:
        """Values, weights, directions and method, as the engine takes them."""
        return self.values, self.weights, np.ones(self.weights.size), self.method

    def firsts(self, scores: Floats) -> Ids:
        """Return the ids of those with the best scores."""
        return tuple(self.ids[i] for i in np.flatnonzero(rank_scores(scores) == 1))

    def firsts_with(self, row: int, score: float) -> Ids:
        """Return the ids of those first when one program has another score."""
        return self.firsts(np.where(np.arange(self.scores.size) == row, score, self.scores))

    def firsts_without(self, row: int) -> Ids:
        """Return the ids of those first when one program is out."""
        return self.firsts_of([i for i in range(self.scores.size) if i != row])

    def firsts_of(self, rows: list[int]) -> Ids:
        """Return the ids of those first among some programs; nobody where there are none."""
        if not rows:
            return ()
        ranks = rank_scores(self.scores[rows])
        return tuple(
            self.ids[i] for i, place in zip(rows, ranks.tolist(), strict=True) if place == 1
        )

    def said(self, ids: Ids) -> str:
        """Write who comes first: "A would come first", "A and B would share the first place"."""
        if not ids:
            return "nobody would be left to rank"
        names = {p.id: p.name for p in self.table.programs}
        listed = and_list(few([names[i] for i in ids]))
        end = "come first" if len(ids) == 1 else "share the first place"
        return f"{listed} would {end}"


def base(
    run: Run, weighting: str | Mapping[str, float] | None, method: str = DEFAULT_METHOD
) -> Base:
    """Return what flips of a run start from; raises what :func:`mcda.analysis.ranking` does."""
    table = decision_table(run)
    used = used_weights(run, weighting)
    values, weights = settled_values(table), used.vector(table.criteria)
    scores = solve(method, values, weights).scores
    return Base(run, table, used, method, values, weights, scores)
