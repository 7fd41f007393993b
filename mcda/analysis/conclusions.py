"""What VIKOR and PROMETHEE I say beyond scores and places, at the likely numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mcda.analysis.scoring import all_exact, solve
from mcda.analysis.table import decision_table, settled_values
from mcda.analysis.weights import UsedWeights, used_weights
from mcda.analysis.wording import and_list, few
from mcda.engine import Compromise, Result, rank_scores
from mcda.project import Program, Project
from mcda.project.text import counted

MEASURES = {
    "S": "group utility (S, all shortfalls added up)",
    "R": "individual regret (R, the largest one shortfall)",
}
"""The two measures that the score of VIKOR is made of, by their names in its steps."""


@dataclass(frozen=True, slots=True)
class CompromiseSet:
    """What VIKOR proposes, and by which of its two conditions.

    Attributes:
        weighting: the weights that were used.
        proposed: program names by id, the best first; one, or a set where no lead is clear.
        acceptable_advantage: the first leads the second by enough.
        acceptable_stability: the first is also first by group utility or by individual regret.
        settled: whether some scores are not exact, so that other numbers stood in for them.
        sentences: the proposal, then each condition with its reason.
    """

    weighting: UsedWeights
    proposed: Mapping[str, str]
    acceptable_advantage: bool
    acceptable_stability: bool
    settled: bool
    sentences: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Flows:
    """One program in the order of PROMETHEE I.

    Attributes:
        id: the program's id.
        name: its name.
        positive: how much it is preferred to the others, 0 to 1.
        negative: how much the others are preferred to it, 0 to 1.
        before: ids of the programs it comes before.
        same_as: ids of those that are as good, with the same two flows.
        not_comparable: ids of those that are better by one flow and worse by the other.
    """

    id: str
    name: str
    positive: float
    negative: float
    before: tuple[str, ...]
    same_as: tuple[str, ...]
    not_comparable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartialOrder:
    """The order of PROMETHEE I, which leaves open what its two flows do not settle.

    Attributes:
        weighting: the weights that were used.
        programs: in the order of the net flow, which never contradicts this order.
        settled: as of :class:`CompromiseSet`.
        sentence: how many pairs are left open, and how to read the table.
    """

    weighting: UsedWeights
    programs: tuple[Flows, ...]
    settled: bool
    sentence: str

    def to_frame(self) -> pd.DataFrame:
        """Return the flows in words, a row a program, and who it cannot be compared with."""
        names = {p.id: p.name for p in self.programs}
        columns = {
            "Positive flow": [f"{p.positive:.3f}" for p in self.programs],
            "Negative flow": [f"{p.negative:.3f}" for p in self.programs],
            "Cannot be compared with": [
                ", ".join(names[i] for i in p.not_comparable) or "-" for p in self.programs
            ],
        }
        return pd.DataFrame(columns, index=pd.Index(names.values(), name="Program"))


def compromise_set(
    project: Project,
    run_id: str | None = None,
    weighting: str | Mapping[str, float] | None = None,
) -> CompromiseSet:
    """Return the programs that VIKOR proposes at the likely numbers, with its two conditions.

    Takes and raises what :func:`mcda.analysis.ranking` does.

    >>> from mcda.project.templates import example
    >>> compromise_set(example()).sentences[0]
    'VIKOR proposes Survivor mentor program.'
    """
    used, programs, settled, result = _solved(project, run_id, weighting, "vikor")
    compromise = cast("Compromise", result.compromise)
    order = np.argsort(result.ranks, kind="stable")
    proposed = {programs[i].id: programs[i].name for i in order if compromise.members[i]}
    return CompromiseSet(
        weighting=used,
        proposed=proposed,
        acceptable_advantage=compromise.acceptable_advantage,
        acceptable_stability=compromise.acceptable_stability,
        settled=settled,
        sentences=(
            _proposal(list(proposed.values()), compromise),
            _advantage([p.name for p in programs], result, compromise.acceptable_advantage),
            _stability([p.name for p in programs], result, compromise.acceptable_stability),
        ),
    )


def partial_order(
    project: Project,
    run_id: str | None = None,
    weighting: str | Mapping[str, float] | None = None,
) -> PartialOrder:
    """Return the order of PROMETHEE I at the likely numbers.

    Takes and raises what :func:`mcda.analysis.ranking` does.

    >>> from mcda.project.templates import example
    >>> partial_order(example()).programs[0].name
    'Screening with an advocate'
    """
    used, programs, settled, result = _solved(project, run_id, weighting, "promethee_ii")
    order = cast("NDArray[np.bool_]", result.partial_order)
    ids = np.array([p.id for p in programs])
    same = order & order.T & ~np.eye(len(ids), dtype=np.bool_)
    before, open_pairs = order & ~order.T, ~order & ~order.T
    rows = tuple(
        Flows(
            id=programs[i].id,
            name=programs[i].name,
            positive=float(result.steps["positive_flow"][i]),
            negative=float(result.steps["negative_flow"][i]),
            before=tuple(ids[before[i]].tolist()),
            same_as=tuple(ids[same[i]].tolist()),
            not_comparable=tuple(ids[open_pairs[i]].tolist()),
        )
        for i in np.argsort(result.ranks, kind="stable")
    )
    return PartialOrder(used, rows, settled, _order_sentence(rows))


def _solved(
    project: Project, run_id: str | None, weighting: str | Mapping[str, float] | None, method: str
) -> tuple[UsedWeights, tuple[Program, ...], bool, Result]:
    """Return the weights, the programs, whether numbers stood in for others, and the result."""
    run = project.run(run_id)
    table = decision_table(run)
    used = used_weights(run, weighting)
    weights = used.vector(table.criteria)
    result = solve(method, settled_values(table), weights)
    return used, tuple(table.programs), not all_exact(table, weights), result


def _proposal(names: Sequence[str], compromise: Compromise) -> str:
    """Say what is proposed, and why it is more than one."""
    start = f"VIKOR proposes {and_list(few(names))}"
    if len(names) == 1:
        return f"{start}."
    if compromise.acceptable_advantage:
        return f"{start} together: {names[0]} leads clearly, but is first by neither S nor R."
    return f"{start} together: no one of them leads clearly."


def _advantage(names: Sequence[str], result: Result, met: bool) -> str:
    """Say whether the first leads by enough, and what is enough."""
    firsts = [name for name, rank in zip(names, result.ranks, strict=True) if rank == 1]
    start = f"Acceptable advantage (a clear lead): {'yes' if met else 'no'}."
    if len(names) == 1:
        return f"{start} There is no other program."
    if len(firsts) > 1:
        return f"{start} {and_list(few(firsts))} share the first place."
    best, second = np.partition(result.scores, 1)[:2]
    lead, needed = _told_apart(float(second - best), 1 / (len(names) - 1))
    return f"{start} {firsts[0]} leads by {lead}; with {len(names)} programs it takes {needed}."


def _told_apart(lead: float, needed: float) -> tuple[str, str]:
    """Write two numbers with as many decimals as it takes to tell them apart, three or more."""
    texts = [(f"{lead:.{digits}f}", f"{needed:.{digits}f}") for digits in range(3, 10)]
    return next((pair for pair in texts if pair[0] != pair[1]), texts[0])


def _stability(names: Sequence[str], result: Result, met: bool) -> str:
    """Say by which of its two measures the first is first, too."""
    firsts = {
        what: rank_scores(result.steps[measure], higher_is_better=False, scale=1.0) == 1
        for measure, what in MEASURES.items()
    }
    leaders = result.ranks == 1
    start = f"Acceptable stability (also first by S or R): {'yes' if met else 'no'}."
    said = "; ".join(
        f"by {what} {and_list(few([n for n, one in zip(names, first, strict=True) if one]))} "
        f"{'comes' if first.sum() == 1 else 'come'} first"
        for what, first in firsts.items()
    )
    if all((first == leaders).all() for first in firsts.values()):
        return f"{start} So it is by {' and by '.join(MEASURES.values())}."
    return f"{start} {said[0].upper()}{said[1:]}."


def _order_sentence(programs: Sequence[Flows]) -> str:
    count = sum(len(p.not_comparable) for p in programs) // 2
    level = any(p.same_as for p in programs)
    open_part = f"PROMETHEE I leaves {counted(count, 'pair') if count else 'no pair'} open."
    if len(programs) == 1:
        return open_part
    why = (
        " Of such a pair one is preferred more, but others are preferred to it more, too."
        if count
        else ""
    )
    but = ["those it cannot be compared with"] if count else []
    but += ["those with the same two flows"] if level else []
    besides = f", but for {and_list(but)}" if but else ""
    return f"{open_part}{why} Each program comes before all below it in the table{besides}."
