"""Why A beats B: the exact parts of the difference, and what weight would turn it round."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from mcda.analysis.naming import find_named
from mcda.analysis.ranking import DEFAULT_METHOD
from mcda.analysis.rounding import share_past
from mcda.analysis.scoring import score_table
from mcda.analysis.table import DecisionTable, Floats, decision_table, unit_bounds
from mcda.analysis.weights import UsedWeights, used_weights
from mcda.analysis.wording import against, few, or_list, percents, points, span
from mcda.engine import rank_scores
from mcda.engine.robustness import weight_flips
from mcda.project import Finding, FindingsError, Program, Project, Run

_COUNTS = dict(enumerate(["two", "three", "four", "five", "six", "seven", "eight", "nine"], 2))


@dataclass(frozen=True, slots=True)
class Part:
    """What one criterion adds to A's lead over B, in points; the ends differ in a range.

    ``likely`` takes the likely numbers, None where one is missing. ``scores`` sets what is
    recorded of A against B, in words with the unit.
    """

    criterion: str
    name: str
    low: float
    likely: float | None
    high: float
    scores: str


@dataclass(frozen=True, slots=True)
class Flip:
    """The smallest change of one weight, the others keeping their proportions, that ends A's lead.

    ``exact`` is the weight at which A and B are level; past it B leads. ``stated`` is that
    weight rounded outward, so that what is said of it is true; ``first`` names who comes
    first there.
    """

    criterion: str
    name: str
    now: float
    exact: float
    stated: float
    first: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Why A's weighted sum differs from B's.

    ``lead_low`` and ``lead_high`` are the ends of A's lead in points out of 100 (negative
    where B may lead), ``lead`` is the lead at the likely numbers (None where one is missing);
    ``parts`` has one entry a criterion and adds up to them. ``flip`` is None where no single
    weight can turn the order round, where A and B are level, or where there is no ``lead``.
    """

    a: Program
    b: Program
    weighting: UsedWeights
    lead_low: float
    lead: float | None
    lead_high: float
    parts: tuple[Part, ...]
    flip: Flip | None
    sentence: str = ""

    @property
    def is_exact(self) -> bool:
        """Whether every part is one number."""
        return all(part.low == part.high for part in self.parts)


def difference(
    project: Project,
    a: str,
    b: str,
    run_id: str | None = None,
    weighting: str | Mapping[str, float] | None = None,
) -> Difference:
    """Explain A's lead over B by the weighted sum; the two are put in order, the leader first.

    Args:
        project: the project.
        a: one program's id or name.
        b: another's.
        run_id: the run; the latest without one.
        weighting: as for :func:`mcda.analysis.ranking`.

    Raises:
        FindingsError: a program is not ranked, or both are the same; and what
            :func:`mcda.analysis.ranking` raises.
        UnknownItemError: no such program.

    >>> from mcda.project.templates import example
    >>> found = difference(example(), "continue", "mentoring")
    >>> round(sum(part.low for part in found.parts) - found.lead_low, 9)
    0.0
    """
    run = project.run(run_id)
    table = decision_table(run)
    used = used_weights(run, weighting)
    row_a, row_b = _row(run, table, a), _row(run, table, b)
    if row_a == row_b:
        problem = Finding("error", "same-program", a, "Both are the same program.", "Name two.")
        raise FindingsError("There is nothing to compare.", [problem])
    weights = used.vector(table.criteria)
    settled = _settled(table, weights)
    middle = (settled.low + settled.high) @ weights
    if middle[row_a] < middle[row_b]:
        row_a, row_b = row_b, row_a
    low, likely, high = _shares_of_lead(table, weights, row_a, row_b)
    first, second = table.programs[row_a], table.programs[row_b]
    parts = tuple(
        Part(
            criterion=c.id,
            name=c.name,
            low=float(low[j]),
            likely=_or_none(likely[j]),
            high=float(high[j]),
            scores=against(run, c, first.id, second.id),
        )
        for j, c in enumerate(table.criteria)
    )
    lead = _or_none(likely.sum())
    gaps = _gaps(settled, row_a, row_b)
    level = lead is not None and _level(settled, weights, row_a, row_b)
    found = Difference(
        a=first,
        b=second,
        weighting=used,
        lead_low=float(low.sum()),
        lead=lead,
        lead_high=float(high.sum()),
        parts=parts,
        flip=None if lead is None or level else _flip(settled, weights, gaps, [row_a, row_b]),
    )
    return replace(found, sentence=_sentence(found, table, level, gaps))


def _shares_of_lead(
    table: DecisionTable, weights: Floats, ahead: int, behind: int
) -> tuple[Floats, Floats, Floats]:
    """Return each criterion's part of a lead, at the least, at the likely numbers and at most."""
    low = (table.low[ahead] - table.high[behind]) * weights
    # An unknown score matters only where its criterion counts.
    likely = np.where(weights > 0, table.likely[ahead] - table.likely[behind], 0.0) * weights
    high = (table.high[ahead] - table.low[behind]) * weights
    return low, likely, high


def _or_none(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _settled(table: DecisionTable, weights: Floats) -> DecisionTable:
    """Return the table with every row at its likely numbers that has all that count."""
    there = np.isfinite(table.likely)
    known = there & (there | (weights == 0)).all(axis=1, keepdims=True)
    low = np.where(known, table.likely, table.low)
    return replace(table, low=low, high=np.where(known, table.likely, table.high))


def _row(run: Run, table: DecisionTable, program: str) -> int:
    """Return the row of a program named by id or name; refuse one that is not ranked."""
    found = find_named(run.evidence.programs, program, "program")
    reasons = {e.program.id: e.reason for e in table.excluded}
    if found.role == "support":
        reasons[found.id] = "It is a support, not a candidate."
    if found.id in reasons:
        finding = Finding("error", "not-ranked", found.name, reasons[found.id])
        raise FindingsError("A program that is not ranked cannot be compared.", [finding])
    return [p.id for p in table.programs].index(found.id)


def _gaps(settled: DecisionTable, row_a: int, row_b: int) -> Floats:
    """Return A's value less B's on each criterion, NaN where one of them is not exact."""
    exact = (settled.low == settled.high)[[row_a, row_b]].all(axis=0)
    return np.where(exact, settled.low[row_a] - settled.low[row_b], np.nan)


def _level(settled: DecisionTable, weights: Floats, row_a: int, row_b: int) -> bool:
    """Whether two programs tie, as the ranking would say."""
    return bool((rank_scores(settled.low[[row_a, row_b]] @ weights) == 1).all())


def _flip(settled: DecisionTable, weights: Floats, gaps: Floats, rows: list[int]) -> Flip | None:
    """Find the nearest weight of one criterion past which B leads.

    A criterion on which the difference is not known is passed over; it has no weight, or there
    would be no lead. So is one that has all the weight: the others have no proportions to keep.
    Of two changes of the same size, more weight is named before less: with two criteria, one's
    more is the other's less.
    """
    known = np.flatnonzero(np.isfinite(gaps))
    values, shares = settled.low[rows][:, known], weights[known]
    flips = weight_flips(values, shares, np.ones(known.size), bounds=unit_bounds(known.size))
    found = [
        (round(abs(level - flip.weight), 9), level < flip.weight, int(known[flip.criterion]), level)
        for flip in flips
        if flip.weight < 1
        for level in flip.edges[1:-1].tolist()
    ]
    if not found:
        return None
    *_, j, level = min(found)
    return _described_flip(settled, weights, j, level)


def _described_flip(table: DecisionTable, weights: Floats, j: int, level: float) -> Flip:
    stated, _ = share_past(level, 1.0 if level > weights[j] else 0.0)
    changed = weights * (1 - stated) / (1 - weights[j])
    changed[j] = stated
    scored = score_table(table, changed, DEFAULT_METHOD)
    firsts = tuple(table.programs[i].id for i in np.flatnonzero(scored.best == 1))
    criterion = table.criteria[j]
    return Flip(criterion.id, criterion.name, float(weights[j]), float(level), stated, firsts)


def _sentence(found: Difference, table: DecisionTable, level: bool, gaps: Floats) -> str:
    if found.lead is None:
        return _range_sentence(found)
    said = [
        _lead_sentence(found, found.lead, level),
        _gains(found, found.lead),
        _no_flip_sentence(found, level, gaps) if found.flip is None else "",
        _flip_sentence(found, found.flip, table) if found.flip is not None else "",
        _spread_sentence(found),
    ]
    return " ".join(part for part in said if part)


def _lead_sentence(found: Difference, lead: float, level: bool) -> str:
    a, b = found.a.name, found.b.name
    when = "" if found.is_exact else ", at the likely numbers"
    if level:
        return f"{a} and {b} are level{when}."
    amount = "less than 0.1" if points(lead) == "0.0" else points(lead)
    return f"{a} leads {b} by {amount} points{when}."


def _spread_sentence(found: Difference) -> str:
    """Say what the whole ranges allow, where the scores are not exact."""
    if found.is_exact:
        return ""
    start = f"Over the whole ranges {found.a.name}"
    if found.lead_low > 0:
        return f"{start} leads by {_span(found.lead_low, found.lead_high)} points."
    return f"{start} may lead by up to {points(found.lead_high)} points, {_or_trail(found)}."


def _or_trail(found: Difference) -> str:
    trail = points(-found.lead_low)
    return "or be level" if trail == "0.0" else f"or trail by up to {trail}"


def _span(low: float, high: float) -> str:
    """Write the ends of what is surely above 0."""
    return f"up to {points(high)}" if points(low) == "0.0" else span(points(low), points(high))


def _gains(found: Difference, lead: float) -> str:
    """Name the largest part on either side; "the others" take what rounding leaves."""
    parts = [(part.likely or 0.0, part) for part in found.parts]
    best = max(parts, key=lambda p: p[0])
    worst = min(parts, key=lambda p: p[0])
    said, told = [], []
    for (gain, part), name, sign in ((best, found.a.name, 1), (worst, found.b.name, -1)):
        if points(sign * gain) != "0.0" and sign * gain > 0:
            said.append(f"{name} gains {points(sign * gain)} on {part.name} ({part.scores})")
            told.append(round(gain, 1))
    others = len(found.parts) - len(told)
    rest = round(round(lead, 1) - sum(told), 1)
    if others:
        said.append(_others(others, rest, found))
    elif rest:
        said.append(f"rounding: {rest:+.1f}")
    return f"{'; '.join(said)}."


def _others(count: int, rest: float, found: Difference) -> str:
    which = f"the other {_COUNTS.get(count, str(count))} together"
    if count == len(found.parts):
        which = "All criteria together" if count > 1 else found.parts[0].name
    elif count == 1:
        which = "the other criterion"
    if rest == 0:
        return f"{which}: no difference"
    leader = found.a.name if rest > 0 else found.b.name
    return f"{which}: +{abs(rest):.1f} for {leader}"


def _flip_sentence(found: Difference, flip: Flip, table: DecisionTable) -> str:
    a, b = found.a.name, found.b.name
    stated, now = percents(flip.stated, flip.now)
    start = f"If {flip.name} counted for {stated} instead of {now}"
    names = {p.id: p.name for p in table.programs}
    others = few([names[p] for p in flip.first if p != found.b.id])
    if found.b.id not in flip.first:
        verb = "would" if len(others) == 1 else "could"
        return f"{start}, {b} would be ahead of {a}; {or_list(others)} {verb} come first."
    return f"{start}, {b} {'could' if others else 'would'} come first."


def _no_flip_sentence(found: Difference, level: bool, gaps: Floats) -> str:
    """Say why there is no weight to name; nothing where that is not known."""
    if gaps.size == 1 or np.isnan(gaps).any():
        return ""
    if not gaps.any():
        return "They do equally well on every criterion."
    if level:
        return "A small change of one weight would part them."
    return f"No change of one weight alone would put {found.b.name} ahead."


def _range_sentence(found: Difference) -> str:
    a, b = found.a.name, found.b.name
    if found.lead_low > 0:
        ends = _span(found.lead_low, found.lead_high)
        start = f"{a} leads {b} by {ends} points, whatever is found out."
    else:
        start = f"{a} may lead {b} by up to {points(found.lead_high)} points, {_or_trail(found)}."
    widest = max(found.parts, key=lambda p: p.high - p.low)
    cause = f"Most depends on {widest.name} ({widest.scores})."
    return " ".join(part for part in (start, _sure_gains(found), cause) if part)


def _sure_gains(found: Difference) -> str:
    """Name the part that is surely largest on either side, whatever the ranges hide."""
    said = []
    for name, ends in (
        (found.a.name, [(p.low, p.high, p) for p in found.parts]),
        (found.b.name, [(-p.high, -p.low, p) for p in found.parts]),
    ):
        low, high, part = max(ends, key=lambda end: end[0])
        if points(low) != "0.0" and low > 0:
            gain = span(points(low), points(high))
            said.append(f"{name} gains {gain} on {part.name} ({part.scores})")
    return f"{'; '.join(said)}." if said else ""
