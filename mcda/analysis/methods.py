"""Five methods side by side at the likely numbers: fixed beforehand, never a vote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mcda.analysis.ranking import DEFAULT_METHOD, SECOND_METHOD
from mcda.analysis.table import DecisionTable, Floats, decision_table, settled_values
from mcda.analysis.weights import UsedWeights, used_weights
from mcda.analysis.wording import and_list, few
from mcda.engine import METHODS, rank
from mcda.project import Project

PREFERENCE = {"preference": "linear", "q": 5.0, "p": 50.0}
"""PROMETHEE's preference on values: nothing up to 5 points apart, in full from 50 points on."""

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
    """

    weighting: UsedWeights
    names: Mapping[str, str]
    ranks: Mapping[str, Mapping[str, int]]
    settled: bool
    sentence: str

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
    ranks = {method: _ranks(table, values, used, method) for method in COMPARED}
    order = sorted(table.programs, key=lambda p: ranks[DEFAULT_METHOD][p.id])
    names = {p.id: p.name for p in order}
    return MethodTable(
        weighting=used,
        names=names,
        ranks=ranks,
        settled=bool((table.low != table.high).any()),
        sentence=_sentence(names, ranks),
    )


def _ranks(table: DecisionTable, values: Floats, used: UsedWeights, method: str) -> dict[str, int]:
    criteria = len(table.criteria)
    bounds = {"bounds": np.tile((0.0, 100.0), (criteria, 1))}
    options = PREFERENCE if method == "promethee_ii" else bounds
    known = {name: value for name, value in options.items() if name in METHODS[method].options}
    weights = used.vector(table.criteria)
    result = rank(values, weights, np.ones(criteria), method, **known)
    return {p.id: int(place) for p, place in zip(table.programs, result.ranks, strict=True)}


def _sentence(names: Mapping[str, str], ranks: Mapping[str, Mapping[str, int]]) -> str:
    """Say who is first by which methods; where all agree, once."""
    under: dict[str, list[str]] = {}
    for method, places in ranks.items():
        firsts = and_list(few([names[i] for i, place in places.items() if place == 1]))
        under.setdefault(firsts, []).append(COMPARED[method][0])
    if len(under) == 1:
        return f"All five methods put {next(iter(under))} first."
    said = [
        f"{and_list(methods)} {'puts' if len(methods) == 1 else 'put'} {firsts} first"
        for firsts, methods in under.items()
    ]
    return f"The methods differ: {'; '.join(said)}. This is no vote: the weighted sum leads."
