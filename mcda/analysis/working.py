"""Show the working: every table on the way from what was recorded to the scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from mcda.analysis.ranking import DEFAULT_METHOD
from mcda.analysis.scoring import naming_programs, solve
from mcda.analysis.table import Floats, decision_table
from mcda.analysis.weights import used_weights
from mcda.engine import METHODS
from mcda.project import Project


@dataclass(frozen=True, slots=True)
class WorkingTable:
    """One table of the working, with a sentence on what it holds."""

    title: str
    description: str
    frame: pd.DataFrame


def working(
    project: Project,
    run_id: str | None = None,
    weighting: str | Mapping[str, float] | None = None,
    method: str = DEFAULT_METHOD,
    end: str = "low",
) -> tuple[WorkingTable, ...]:
    """Return every intermediate table of one method, in order.

    Args:
        project: the project.
        run_id: the run; the latest without one.
        weighting: as for :func:`mcda.analysis.ranking`.
        method: a method id.
        end: "low" takes every score at its worse end, "high" at its better end.

    Raises:
        ValueError: another ``end``; and what :func:`mcda.analysis.ranking` raises.

    >>> from mcda.project.templates import example
    >>> [table.title for table in working(example())][:2]
    ['Values', 'Weights']
    """
    if end not in ("low", "high"):
        raise ValueError(f"end is {end!r}; it must be 'low' or 'high'")
    run = project.run(run_id)
    table = decision_table(run)
    weights = used_weights(run, weighting).vector(table.criteria)
    values = table.low if end == "low" else table.high
    with naming_programs(table):
        found = solve(method, values, weights)
    labels = {
        "alternative": pd.Index([p.name for p in table.programs]),
        "criterion": pd.Index([c.name for c in table.criteria]),
    }
    which = "worse" if end == "low" else "better"
    tables = [
        WorkingTable(
            "Values",
            f"What each score is worth, from 0 (worst) to 100 (best), at its {which} end.",
            pd.DataFrame(values, labels["alternative"], labels["criterion"]),
        ),
        WorkingTable(
            "Weights",
            "How much each criterion counts; together 1.",
            pd.DataFrame([weights], ["Weight"], labels["criterion"]),
        ),
    ]
    for name, info in METHODS[method].steps.items():
        axes = [labels[axis] for axis in info.axes]
        title = name.replace("_", " ").capitalize()
        tables.append(WorkingTable(title, info.description, _frame(found.steps[name], axes)))
    scores = pd.DataFrame({"Score": found.scores, "Place": found.ranks}, labels["alternative"])
    described = f"The result, {METHODS[method].title}, and the places it gives."
    return (*tables, WorkingTable("Scores", described, scores))


def _frame(values: Floats, axes: list[pd.Index]) -> pd.DataFrame:
    if len(axes) == 1:
        return pd.DataFrame({"Value": pd.Series(values, index=axes[0])})
    return pd.DataFrame(values, index=axes[0], columns=axes[1])
