"""Rules on criteria: there, told apart, with ranges the group has agreed to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mcda.project.checks.common import repeated
from mcda.project.criteria import LevelScale, NumberScale
from mcda.project.findings import Finding
from mcda.project.run import Run
from mcda.project.text import listed, number_text


def _criteria_there(run: Run) -> Iterator[Finding]:
    if not run.active_criteria:
        mend = "Choose a template, or add a criterion."
        yield Finding(
            "warning", "no-criteria", "Criteria", "There is nothing to judge the programs on.", mend
        )
    for name in repeated(c.name for c in run.active_criteria):
        mend = "Give one of them another name."
        message = "Two criteria have this name."
        yield Finding("warning", "duplicate-name", name, message, mend)


def _unconfirmed_scales(run: Run) -> Iterator[Finding]:
    criteria = [c for c in run.active_criteria if not c.scale.confirmed]
    levels = [c.name for c in criteria if isinstance(c.scale, LevelScale)]
    ranges = [c.name for c in criteria if isinstance(c.scale, NumberScale)]
    if levels:
        message = f"Nobody has confirmed what each step is worth on {listed(levels)}."
        mend = "Agree on it, or change what the levels are worth."
        yield Finding("hint", "spacing-unconfirmed", "Criteria", message, mend)
    if ranges:
        message = f"Nobody has confirmed the range of {listed(ranges)}."
        mend = "Confirm the worst and the best that could really be chosen."
        yield Finding("hint", "range-unconfirmed", "Criteria", message, mend)


def _tiny_ranges(run: Run) -> Iterator[Finding]:
    for criterion in run.active_criteria:
        scale = criterion.scale
        width, largest = abs(scale.best - scale.worst), max(abs(scale.best), abs(scale.worst))
        if isinstance(scale, NumberScale) and width < 0.05 * largest:
            ends = f"{number_text(scale.worst)} to {number_text(scale.best)}"
            message = f"Its range, {ends}, is very small."
            mend = "Does so small a difference deserve its weight?"
            yield Finding("hint", "tiny-range", criterion.name, message, mend)


def _overlaps(run: Run) -> Iterator[Finding]:
    active = {c.id: c.name for c in run.active_criteria}
    for overlap in run.evidence.overlaps:
        if overlap.first in active and overlap.second in active:
            place = f"{active[overlap.first]} and {active[overlap.second]}"
            message = overlap.question or "These may count the same thing twice."
            mend = "" if overlap.question else "If so, set one of them aside."
            yield Finding("hint", "overlap", place, message, mend)


def _splitting(run: Run) -> Iterator[Finding]:
    counts = Counter(c.parent for c in run.active_criteria if c.parent is not None)
    if len(counts) < 2:
        return
    names = {o.id: o.name for o in run.evidence.objectives}
    (most, high), low = counts.most_common(1)[0], min(counts.values())
    if high >= low + 3:
        message = f"{high} criteria stand under it, and only {low} under another objective."
        mend = "Things split finer tend to be given more weight. Is that meant?"
        yield Finding("hint", "split-finer", names[most], message, mend)


RULES = (_criteria_there, _unconfirmed_scales, _tiny_ranges, _overlaps, _splitting)
