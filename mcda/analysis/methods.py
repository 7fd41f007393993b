"""Five methods side by side at the likely numbers: fixed beforehand, never a vote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mcda.analysis.ranking import DEFAULT_METHOD, SECOND_METHOD
from mcda.analysis.scoring import all_exact, solve
from mcda.analysis.table import DecisionTable, Floats, decision_table, settled_values
from mcda.analysis.weights import UsedWeights, used_weights
from mcda.analysis.wording import against, and_list, few
from mcda.engine import Result
from mcda.project import Project, Run

Places = NDArray[np.int64]

COMPARED: Mapping[str, tuple[str, str]] = {
    DEFAULT_METHOD: (
        "Weighted sum",
        "Adds up the points. A weak score on one thing can be made up for by another.",
    ),
    SECOND_METHOD: (
        "TOPSIS (anchored)",
        "Squares the weights, so what counts most counts still more.",
    ),
    "topsis": (
        "TOPSIS (classic)",
        "Measures from the best and the worst among these programs, so that adding or dropping "
        "one can change the order of the others.",
    ),
    "weighted_product": (
        "Weighted product",
        "Multiplies, so a very low score on one thing pulls a program far down.",
    ),
    "promethee_ii": (
        "PROMETHEE II",
        "Compares pair by pair. Up to 5 points of difference count nothing, 50 or more in full.",
    ),
}
"""The methods of the table: their names on screen, and why each may differ."""


@dataclass(frozen=True, slots=True)
class MethodTable:
    """Places by each of ``COMPARED``, every score at its likely number or half-way.

    Attributes:
        weighting: the weights that were used.
        names: program names by id, in the order of the weighted sum.
        ranks: by method id, then by program id; 1 is best.
        settled: whether some scores are not exact, so that other numbers stood in for them.
        sentence: who comes first by which methods.
        reasons: by method id, how it works and, where its order differs from the weighted sum's
            in the first place or by a fall of two places or more, what turns it round.
    """

    weighting: UsedWeights
    names: Mapping[str, str]
    ranks: Mapping[str, Mapping[str, int]]
    settled: bool
    sentence: str
    reasons: Mapping[str, str]

    def to_frame(self) -> pd.DataFrame:
        """Return the places as a table in words: a row a program, a column a method."""
        columns = {
            COMPARED[method][0]: [str(ranks[item]) for item in self.names]
            for method, ranks in self.ranks.items()
        }
        return pd.DataFrame(columns, index=pd.Index(self.names.values(), name="Program"))


def method_table(
    project: Project,
    run_id: str | None = None,
    weighting: str | Mapping[str, float] | None = None,
) -> MethodTable:
    """Rank by every method of ``COMPARED`` at the likely numbers.

    Takes and raises what :func:`mcda.analysis.ranking` does.

    >>> from mcda.project.templates import example
    >>> list(method_table(example()).to_frame().columns)[:2]
    ['Weighted sum', 'TOPSIS (anchored)']
    """
    run = project.run(run_id)
    table = decision_table(run)
    used = used_weights(run, weighting)
    values = settled_values(table)
    weights = used.vector(table.criteria)
    results = {method: solve(method, values, weights) for method in COMPARED}
    ids = [p.id for p in table.programs]
    ranks = {
        method: dict(zip(ids, result.ranks.tolist(), strict=True))
        for method, result in results.items()
    }
    order = sorted(table.programs, key=lambda p: ranks[DEFAULT_METHOD][p.id])
    names = {p.id: p.name for p in order}
    return MethodTable(
        weighting=used,
        names=names,
        ranks=ranks,
        settled=not all_exact(table, weights),
        sentence=_sentence(names, ranks),
        reasons=_reasons(run, table, results),
    )


def _sentence(names: Mapping[str, str], ranks: Mapping[str, Mapping[str, int]]) -> str:
    """Say who is first by which methods; where all agree, once."""
    under: dict[str, list[str]] = {}
    for method, places in ranks.items():
        under.setdefault(_firsts(names, places), []).append(COMPARED[method][0])
    if len(under) == 1:
        return f"All five methods put {next(iter(under))}."
    said = [
        f"{and_list(methods)} {'puts' if len(methods) == 1 else 'put'} {firsts}"
        for firsts, methods in under.items()
    ]
    return f"The methods differ: {'; '.join(said)}. This is no vote: the weighted sum leads."


def _firsts(names: Mapping[str, str], places: Mapping[str, int]) -> str:
    """Say who is first: "A first", or "no program before another" where all tie."""
    firsts = [names[i] for i, place in places.items() if place == 1]
    if 1 < len(firsts) == len(names):
        return "no program before another"
    return f"{and_list(few(firsts))} first"


def _reasons(run: Run, table: DecisionTable, results: Mapping[str, Result]) -> dict[str, str]:
    """Say of each method how it works, and why it differs here if it does by much."""
    return {
        method: " ".join([why, *_difference(run, table, results, method)])
        for method, (_, why) in COMPARED.items()
    }


def _difference(
    run: Run, table: DecisionTable, results: Mapping[str, Result], method: str
) -> list[str]:
    """Say what turns the order of the weighted sum round, if anything does."""
    result, programs = results[method], table.programs
    if method == "weighted_product" and not result.scores.any():
        return ["Here every program has 0: each is at the worst end of something that counts."]
    pair = _turned(results[DEFAULT_METHOD].ranks, result.ranks)
    if pair is None:
        return []
    ahead, behind = pair
    if method == "weighted_product" and result.scores[behind] == 0:
        where = table.criteria[int(np.argmin(result.steps["powers"][behind]))].name
        return [f"Here {programs[behind].name} has 0: it is at the worst end of {where}."]
    best = table.criteria[int(_gains(result, ahead, behind).argmax())]
    scores = against(run, best, programs[ahead].id, programs[behind].id)
    return [
        f"Here {programs[ahead].name} passes {programs[behind].name}; what helps it most is "
        f"{best.name} ({scores})."
    ]


def _turned(before: Places, after: Places) -> tuple[int, int] | None:
    """Return who passes whom: the two leaders, or at the deepest fall of two places or more."""
    leaders, firsts = np.flatnonzero(before == 1), np.flatnonzero(after == 1)
    if len(leaders) == len(firsts) == 1 and leaders[0] != firsts[0]:
        return int(firsts[0]), int(leaders[0])
    falls = after - before
    behind = int(falls.argmax())
    if falls[behind] < 2:
        return None
    passing = (before >= before[behind]) & (after < after[behind])
    return int(np.where(passing, after, after.size + 1).argmin()), behind


def _gains(result: Result, one: int, other: int) -> Floats:
    """Return how much each criterion speaks for one row against another, by a method's own parts.

    The logarithms of the factors of a product, the flows of PROMETHEE, and for TOPSIS the parts
    of (squared distance to the worst point) - (squared distance to the best point) over 2.
    """
    if result.method == "weighted_product":
        powers = result.steps["powers"]
        return np.asarray(np.log(powers[one]) - np.log(powers[other]))
    if result.method == "promethee_ii":
        flows = result.steps["flow_by_criterion"]
        return np.asarray(result.weights * (flows[one] - flows[other]))
    weighted, span = result.steps["weighted"], result.steps["ideal"] - result.steps["anti_ideal"]
    return np.asarray(span * (weighted[one] - weighted[other]))
