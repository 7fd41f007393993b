"""Crossing lines: every program's score against the share of one criterion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from mcda.analysis.firmness.base import Base, Ids, base
from mcda.analysis.naming import find_named
from mcda.analysis.ranking import DEFAULT_METHOD
from mcda.analysis.rounding import in_percent, inward, share_past
from mcda.analysis.scoring import points_scale, solve
from mcda.analysis.table import unit_bounds
from mcda.analysis.whatif import with_share
from mcda.analysis.wording import and_list
from mcda.engine.robustness import WeightFlips, weight_flips
from mcda.project import Criterion, Project

_POINTS = 101


@dataclass(frozen=True, slots=True)
class Line:
    """One program's scores, one for each share: points of 100, or closeness by TOPSIS."""

    program: str
    name: str
    totals: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where the first place changes hands: share, score there, ids of those first either side."""

    share: float
    total: float
    before: Ids
    after: Ids


@dataclass(frozen=True, eq=False)
class CrossingLines:
    """Every program's score as one criterion's share goes from 0 to 1.

    The other criteria keep their proportions; scores that are not exact stand at their likely
    numbers, or half-way.

    Attributes:
        criterion: its id.
        name: its name.
        method: the method's id.
        now: its share now.
        shares: where the scores are given: by the weighted sum lines are straight, so both ends.
        lines: one for each program.
        crossings: where the first place changes hands, exact.
        leaders: ids of those first on each stretch between crossings.
        sentence: the same in words.
    """

    criterion: str
    name: str
    method: str
    now: float
    shares: tuple[float, ...]
    lines: tuple[Line, ...]
    crossings: tuple[Crossing, ...]
    leaders: tuple[Ids, ...]
    sentence: str

    def to_frame(self) -> pd.DataFrame:
        """Return who is first on each stretch as a table in words."""
        names = {line.program: line.name for line in self.lines}
        edges = [0.0, *(c.share for c in self.crossings), 1.0]
        rows = [
            (*_stretch(low, high), and_list([names[i] for i in firsts]))
            for (low, high), firsts in zip(pairwise(edges), self.leaders, strict=True)
        ]
        return pd.DataFrame(rows, columns=["From", "To", "First"])


def crossing_lines(
    project: Project,
    criterion: str,
    run_id: str | None = None,
    weighting: str | Mapping[str, float] | None = None,
    method: str = DEFAULT_METHOD,
) -> CrossingLines:
    """Return every program's score against the share of one criterion.

    Args:
        project: the project.
        criterion: id or name of a criterion in use.
        run_id: the run; the latest without one.
        weighting: as for :func:`mcda.analysis.ranking`.
        method: "weighted_sum" or "topsis_anchored".

    Raises:
        FindingsError: what :func:`mcda.analysis.ranking` raises.
        UnknownItemError: no such criterion in use.
        mcda.engine.InputError: another method.

    >>> from mcda.project.templates import example
    >>> found = crossing_lines(example(), "cost", weighting="group")
    >>> len(found.lines), found.shares, [round(c.share, 3) for c in found.crossings]
    (7, (0.0, 1.0), [0.0...])
    """
    start = base(project.run(run_id), weighting, method)
    chosen = find_named(start.table.criteria, criterion, "criterion")
    place = start.table.criteria.index(chosen)
    flips = weight_flips(*start.arguments, bounds=unit_bounds(start.weights.size))[place]
    shares = np.array([0.0, 1.0])
    if method != DEFAULT_METHOD:
        shares = np.union1d(np.linspace(0.0, 1.0, _POINTS), flips.edges)
    totals = np.array([_totals(start, chosen.id, share) for share in shares.tolist()])
    leaders = tuple(tuple(start.ids[i] for i in rows) for rows in flips.leaders)
    return CrossingLines(
        criterion=chosen.id,
        name=chosen.name,
        method=method,
        now=flips.weight,
        shares=tuple(shares.tolist()),
        lines=tuple(
            Line(p.id, p.name, tuple(totals[:, i].tolist()))
            for i, p in enumerate(start.table.programs)
        ),
        crossings=_crossings(start, chosen.id, flips, leaders),
        leaders=leaders,
        sentence=_sentence(start, chosen, flips, leaders),
    )


def _totals(
    start: Base, criterion: str, share: float
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    moved = with_share(start.used.weights, criterion, share)
    weights = np.array([moved[c.id] for c in start.table.criteria])
    return np.asarray(
        solve(start.method, start.values, weights).scores * points_scale(start.method)
    )


def _crossings(
    start: Base, criterion: str, flips: WeightFlips, leaders: tuple[Ids, ...]
) -> tuple[Crossing, ...]:
    inner = flips.edges[1:-1].tolist()
    return tuple(
        Crossing(share, float(_totals(start, criterion, share).max()), before, after)
        for share, (before, after) in zip(inner, pairwise(leaders), strict=True)
    )


def _stretch(low: float, high: float) -> tuple[str, str]:
    """Write the ends of a stretch, rounded so that both are on it."""
    first, last, decimals = inward(low, high, (low + high) / 2)
    return in_percent(first, decimals), in_percent(last, decimals)


def _sentence(
    start: Base, criterion: Criterion, flips: WeightFlips, leaders: tuple[Ids, ...]
) -> str:
    name = criterion.name
    at_none = start.firsts(_totals(start, criterion.id, 0.0))
    parts, decimals = [start.said(at_none)], 1
    if at_none != leaders[0]:
        parts.append(f"above that {start.said(leaders[0])}")
    elif len(leaders) == 1:
        return f"{start.said(leaders[0])}, however much {name} counts."
    for (edge, end), firsts in zip(pairwise(flips.edges[1:].tolist()), leaders[1:], strict=True):
        limit = flips.weight if edge < flips.weight < end else end
        stated, finer = share_past(edge, limit)
        decimals = max(decimals, finer)
        parts.append(f"from {in_percent(stated, finer)} on {start.said(firsts)}")
    now = in_percent(flips.weight, decimals)
    return f"With {name} at 0%, {'; '.join(parts)}. It counts {now} now."
