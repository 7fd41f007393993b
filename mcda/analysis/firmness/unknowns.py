"""Which unknown matters most: what settling one cell would do to the first place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mcda.analysis.firmness.counting import Group, Values, membership
from mcda.analysis.firmness.natural import recorded_text
from mcda.analysis.table import Floats
from mcda.project import Range, Run


@dataclass(frozen=True, slots=True)
class UnknownCell:
    """One score that is not known exactly, and what settling it would do.

    All others stand at their likely numbers, or half-way through their ranges; the weighted sum
    over the weightings drawn.

    Attributes:
        program: id.
        program_name: its name.
        criterion: id.
        criterion_name: its name.
        kind: "unknown" or "range".
        recorded: what is recorded, with its unit.
        share_worst: how often the leaders come first with this score at its worst end.
        share_best: the same at its best end.
        changes_first: whether at one of the ends others are the most often first.
    """

    program: str
    program_name: str
    criterion: str
    criterion_name: str
    kind: Literal["unknown", "range"]
    recorded: str
    share_worst: float
    share_best: float
    changes_first: bool

    @property
    def swing(self) -> float:
        """How far the leaders' share moves from one end to the other."""
        return abs(self.share_best - self.share_worst)


@dataclass(frozen=True, eq=False)
class _Standing:
    """Scores of a sample with who leads each row of it, and who would without the leader."""

    scores: Floats
    first: NDArray[np.int64]
    second: NDArray[np.int64]

    def without(self, row: int) -> tuple[NDArray[np.int64], Floats]:
        """Return who leads each sample when one program is left out, and their scores."""
        leader = np.where(self.first == row, self.second, self.first)
        return leader, self.scores[np.arange(leader.size), leader]


def unknown_cells(
    run: Run, values: Values, weights: Floats, groups: Sequence[Group]
) -> tuple[UnknownCell, ...]:
    """Return every cell that is not exact, the one that matters most first.

    Those come first that change who is most often first; among them, and after them, the larger
    swing of the leaders' share. Programs that are named together count together; the first of
    ``groups`` leads.
    """
    uncertain = np.argwhere(values.low < values.high).tolist()
    if len(values.programs) < 2 or not uncertain:
        return ()
    scores = weights @ values.settled.T
    ordered = np.argsort(-scores, axis=1, kind="stable")
    standing = _Standing(scores, ordered[:, 0], ordered[:, 1])
    member = membership(groups)
    now = int(np.bincount(member[standing.first], minlength=len(groups)).argmax())
    found = []
    for i, j in uncertain:
        ends = [
            _shares(standing, member, i, weights[:, j] * (end[i, j] - values.settled[i, j]))
            for end in (values.low, values.high)
        ]
        program, criterion = values.programs[i], values.criteria[j]
        score = run.score(program.id, criterion.id)
        found.append(
            UnknownCell(
                program=program.id,
                program_name=program.name,
                criterion=criterion.id,
                criterion_name=criterion.name,
                kind="range" if score and isinstance(score.amount, Range) else "unknown",
                recorded=recorded_text(criterion, score),
                share_worst=float(ends[0][0]),
                share_best=float(ends[1][0]),
                changes_first=any(int(shares.argmax()) != now for shares in ends),
            )
        )
    return tuple(sorted(found, key=lambda cell: (not cell.changes_first, -cell.swing)))


def _shares(standing: _Standing, member: NDArray[np.int64], row: int, gained: Floats) -> Floats:
    """Return how often each group is first when one program's scores change by so much."""
    rival, best = standing.without(row)
    first = np.where(standing.scores[:, row] + gained > best, row, rival)
    counts = np.bincount(member[first], minlength=int(member.max()) + 1)
    return np.asarray(counts / first.size)
