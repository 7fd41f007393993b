"""Where each program's points come from: weight times value, criterion by criterion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from mcda.analysis.ranking import ranking
from mcda.analysis.table import Floats, decision_table
from mcda.analysis.weights import UsedWeights, used_weights
from mcda.project import Criterion, Program, Project


@dataclass(frozen=True, slots=True)
class Contributions:
    """The parts of each program's weighted sum, in points out of 100.

    ``low`` and ``high`` are the ends of each part, shape (programs, criteria); equal where the
    score is exact. Rows add up to the ends of the program's score. Programs stand in the
    order of the ranking.
    """

    weighting: UsedWeights
    programs: tuple[Program, ...]
    criteria: tuple[Criterion, ...]
    low: Floats
    high: Floats

    def to_frame(self, end: str = "low") -> pd.DataFrame:
        """Return one end as a table: programs by name, criteria by name, and the total.

        Raises:
            ValueError: ``end`` is neither "low" nor "high".
        """
        if end not in ("low", "high"):
            raise ValueError(f"end is {end!r}; it must be 'low' or 'high'")
        values = self.low if end == "low" else self.high
        frame = pd.DataFrame(
            values, index=[p.name for p in self.programs], columns=[c.name for c in self.criteria]
        )
        frame.insert(len(self.criteria), "Total", values.sum(axis=1), allow_duplicates=True)
        return frame


def contributions(
    project: Project,
    run_id: str | None = None,
    weighting: str | Mapping[str, float] | None = None,
) -> Contributions:
    """Return the parts of every program's weighted sum.

    Takes and raises what :func:`mcda.analysis.ranking` does.

    >>> from mcda.project.templates import example
    >>> found = contributions(example())
    >>> len(found.criteria)
    12
    """
    run = project.run(run_id)
    table = decision_table(run)
    used = used_weights(run, weighting)
    weights = used.vector(table.criteria)
    rows = {p.id: i for i, p in enumerate(table.programs)}
    order = [rows[p.id] for p in ranking(project, run_id, weighting).ranked]
    return Contributions(
        weighting=used,
        programs=tuple(table.programs[i] for i in order),
        criteria=table.criteria,
        low=(table.low * weights)[order],
        high=(table.high * weights)[order],
    )
