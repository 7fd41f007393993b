"""The second opinion: where TOPSIS orders programs otherwise than the weighted sum, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from mcda.analysis.ranking import (
    DEFAULT_METHOD,
    SECOND_METHOD,
    Ranking,
    first_place,
    ranking,
)
from mcda.analysis.table import DecisionTable, Floats, decision_table
from mcda.analysis.wording import against, percent
from mcda.project import Project, Run


@dataclass(frozen=True, slots=True)
class Agreement:
    """The weighted sum and TOPSIS side by side.

    ``same_first`` says whether the same programs may hold the first place by both.
    """

    rankings: tuple[Ranking, Ranking]
    same_first: bool
    sentence: str

    def to_frame(self) -> pd.DataFrame:
        """Return places and scores by both methods, in the order of the weighted sum."""
        ids = [p.id for p in self.rankings[0].ranked]
        columns = {}
        for found in self.rankings:
            columns[found.method_title, "place"] = [found.result(i).rank_text for i in ids]
            columns[found.method_title, "score"] = [found.score_text(i) for i in ids]
        return pd.DataFrame(columns, index=[p.name for p in self.rankings[0].ranked])


def agreement(
    project: Project,
    run_id: str | None = None,
    weighting: str | Mapping[str, float] | None = None,
) -> Agreement:
    """Compare the weighted sum with anchored TOPSIS.

    Takes and raises what :func:`mcda.analysis.ranking` does.

    >>> from mcda.project.templates import example
    >>> agreement(example()).same_first
    False
    """
    found = (
        ranking(project, run_id, weighting, DEFAULT_METHOD),
        ranking(project, run_id, weighting, SECOND_METHOD),
    )
    firsts = [{p.id for p in r.possible_firsts} for r in found]
    run = project.run(run_id)
    sentence = _sentence(run, decision_table(run), *found)
    return Agreement(found, firsts[0] == firsts[1], sentence)


def _sentence(run: Run, table: DecisionTable, sums: Ranking, topsis: Ranking) -> str:
    if {p.id for p in sums.possible_firsts} == {p.id for p in topsis.possible_firsts}:
        return f"TOPSIS agrees: by it, too, {first_place(topsis)}."
    leader, other = sums.ranked[0].id, topsis.ranked[0].id
    start = f"TOPSIS differs: by it {first_place(topsis)}, by the weighted sum {first_place(sums)}."
    if leader == other:
        return f"{start} {TOPSIS_SQUARES}"
    weights = sums.weighting.vector(table.criteria)
    return f"{start} {topsis_reason(run, table, weights, (leader, other))}"


TOPSIS_SQUARES = (
    "TOPSIS counts large gaps for more. So one large strength can outweigh several small ones."
)


def topsis_reason(
    run: Run, table: DecisionTable, weights: Floats, pair: tuple[str, str], where: str = ""
) -> str:
    """Say which criterion does most for the program TOPSIS prefers.

    ``pair`` has the id of the leader by the weighted sum, then that of the leader by TOPSIS;
    ``where`` says of which weightings the weights are, if not of the one in view.
    With value v and weight w, the squared distances to the worst and to the best end differ
    by the sum of w^2 (2 v - 1): TOPSIS works as if each weight had been squared.
    """
    leader, other = pair
    rows = {p.id: i for i, p in enumerate(table.programs)}
    middle = (table.low + table.high) / 2
    gains = weights**2 * (middle[rows[other]] - middle[rows[leader]])
    j = int(gains.argmax())
    criterion = table.criteria[j]
    scores = against(run, criterion, other, leader)
    name = run.program(other).name
    return (
        f"{TOPSIS_SQUARES} That helps {name} most on {criterion.name} "
        f"({scores}), which counts {percent(weights[j])}{where and ' ' + where}."
    )
