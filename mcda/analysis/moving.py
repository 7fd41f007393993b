"""Why places moved: the one change that did most for the program now ahead."""

from __future__ import annotations

from dataclasses import dataclass

from mcda.analysis.ranking import DEFAULT_METHOD, ProgramResult, Ranking
from mcda.analysis.table import DecisionTable
from mcda.analysis.wording import UNKNOWN, score_text, told_apart, with_unit
from mcda.project import Criterion, Run, Score


@dataclass(frozen=True, slots=True)
class Side:
    """A ranking with what it was computed from."""

    run: Run
    table: DecisionTable
    ranking: Ranking

    def cell(self, program: str, criterion: str) -> tuple[float, float]:
        """Return the ends of a cell's value, 0 to 100; (0, 0) for a criterion set aside."""
        columns = [c.id for c in self.table.criteria]
        if criterion not in columns:
            return 0.0, 0.0
        i, j = [p.id for p in self.table.programs].index(program), columns.index(criterion)
        return float(self.table.low[i, j]), float(self.table.high[i, j])

    def gap(self, rose: str, fell: str, criterion: str) -> float:
        """Return the lead in value of one program over another, half-way through each range."""
        return (sum(self.cell(rose, criterion)) - sum(self.cell(fell, criterion))) / 2

    def weight(self, criterion: str) -> float:
        """Return a criterion's share, 0 where it is set aside."""
        return self.ranking.weighting.weights.get(criterion, 0.0)


def moved_programs(base: Ranking, other: Ranking) -> list[str]:
    """Return each program that holds another place, with both places, in the base's order."""
    now = {p.id: p.rank_text for p in other.ranked}
    return [
        f"{p.name} (was {p.rank_text}, now {now[p.id]})"
        for p in base.ranked
        if p.rank_text != now[p.id]
    ]


def score_change(criterion: Criterion, program: str, now: Score | None, was: Score | None) -> str:
    """Say what a score would be and what it is, with the unit once.

    >>> from mcda.project import Exact, NumberScale
    >>> cost = Criterion(id="c", name="Cost", scale=NumberScale(unit="dollars", worst=9, best=0))
    >>> score_change(cost, "A", Score(program="a", criterion="c", amount=Exact(value=5)), None)
    'Cost of A is 5 dollars, which was not known'
    """
    text, before = score_text(now), score_text(was)
    shown = text if text == UNKNOWN else with_unit(criterion, text)
    rest = ", which was not known" if before == UNKNOWN else f" instead of {before}"
    return f"{criterion.name} of {program} is {shown}{rest}"


def cause(before: Side, after: Side) -> str:
    """Name the change that did most for a program that passed another, in a sentence.

    The lead of the program now ahead is a sum of weight times difference in value; each
    criterion's change of it falls into what the scores did (at the new weight) and what the
    weight did (at the old scores). Only the weighted sum falls into such parts; for other
    methods, and where nobody passed anybody, the sentence is empty.
    """
    turned = _turned(before.ranking, after.ranking)
    if before.ranking.method != DEFAULT_METHOD or turned is None:
        return ""
    rose, fell = turned
    parts: list[tuple[float, bool, str]] = []
    for criterion in before.table.criteria:
        was, now = (side.gap(rose.id, fell.id, criterion.id) for side in (before, after))
        if after.weight(criterion.id) > 0:
            parts.append((after.weight(criterion.id) * (now - was), True, criterion.id))
        change = after.weight(criterion.id) - before.weight(criterion.id)
        parts.append((change * was, False, criterion.id))
    if sum(part for part, _, _ in parts) <= 0:
        return ""
    _, by_score, criterion_id = max(parts, key=lambda part: part[0])
    tell = _by_score if by_score else _by_weight
    return f"What did most: {tell(before, after, rose, fell, criterion_id)}."


def _by_weight(
    before: Side, after: Side, rose: ProgramResult, fell: ProgramResult, criterion: str
) -> str:
    low, high = before.cell(rose.id, criterion)
    other_low, other_high = before.cell(fell.id, criterion)
    surely = low >= other_high or high <= other_low
    verb = "does" if surely else "may do"
    side = "better" if before.gap(rose.id, fell.id, criterion) > 0 else "worse"
    name = before.run.criterion(criterion).name
    if criterion not in {c.id for c in after.table.criteria}:
        how = "no longer counts"
    else:
        counts, counted = told_apart(after.weight(criterion), before.weight(criterion))
        how = f"counts {counts} instead of {counted}"
    return f"{name} {how}, and {rose.name} {verb} {side} on it than {fell.name}"


def _by_score(
    before: Side, after: Side, rose: ProgramResult, fell: ProgramResult, criterion: str
) -> str:
    """Say which of the two programs' scores changed more to the advantage of the one now ahead."""
    risen, fallen = (
        sign * (sum(after.cell(p.id, criterion)) - sum(before.cell(p.id, criterion)))
        for p, sign in ((rose, 1), (fell, -1))
    )
    program = rose if risen >= fallen else fell
    scores = (side.run.score(program.id, criterion) for side in (after, before))
    return score_change(before.run.criterion(criterion), program.name, *scores)


def _turned(base: Ranking, other: Ranking) -> tuple[ProgramResult, ProgramResult] | None:
    """Return a program that passed another, and that other one.

    They are the old and the new first where that place changes hands, else the pair that
    changed most against each other; None where nobody passed anybody.
    """
    first, now = base.ranked[0], other.ranked[0]
    if first.id != now.id:
        return now, first
    was, is_now = _places(base), _places(other)
    passed = [
        (was[a.id] - was[b.id] + is_now[b.id] - is_now[a.id], a, b)
        for a in base.ranked
        for b in base.ranked
        if was[a.id] >= was[b.id] and is_now[a.id] < is_now[b.id]
    ]
    _, rose, fell = max(passed, key=lambda p: p[0], default=(0, None, None))
    return (rose, fell) if rose and fell else None


def _places(found: Ranking) -> dict[str, int]:
    """Return the sum of each program's best and worst place."""
    return {p.id: (p.rank_best or 0) + (p.rank_worst or 0) for p in found.ranked}
