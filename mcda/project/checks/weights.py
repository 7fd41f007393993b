"""Rules on weightings: complete, given for the ranges of today, and meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from mcda.project.checks.common import repeated
from mcda.project.criteria import Criterion
from mcda.project.findings import Finding
from mcda.project.run import Run
from mcda.project.text import listed
from mcda.project.tree import sibling_groups
from mcda.project.weightings import (
    Comparison,
    ComparisonsJudgement,
    Equal,
    OrderJudgement,
    PointsJudgement,
    SwingJudgement,
    Weighting,
    judged_items,
)


def stale_criteria(run: Run, weighting: Weighting) -> tuple[Criterion, ...]:
    """Return the criteria whose range has changed since the weighting was given."""
    asked = {a.criterion: (a.worst, a.best) for a in weighting.asked}
    return tuple(
        c
        for c in run.active_criteria
        if c.id in asked and asked[c.id] != (c.scale.worst, c.scale.best)
    )


def _weightings(run: Run) -> Iterator[Finding]:
    if not run.weightings:
        message = "Nobody has said what matters; every criterion counts the same."
        yield Finding("warning", "no-weighting", "Weights", message, "Ask for weights.")
    for weighting in run.weightings:
        yield from weighting_errors(run, weighting)
        yield from _weighting_questions(run, weighting)


def weighting_errors(run: Run, weighting: Weighting) -> Iterator[Finding]:
    """Yield what keeps weights from being derived from one weighting."""
    place, items = weighting.name, judged_items(weighting)
    for item in repeated(items):
        message = f"{_label(run, item)} is named twice."
        yield Finding("error", "repeated-item", place, message, "Keep one of them.")
    judgement = weighting.judgement
    if isinstance(judgement, Equal):
        return
    if isinstance(judgement, ComparisonsJudgement):
        yield from _pair_errors(run, place, judgement.comparisons)
    # Nothing can be compared with the only one of its group, which has all of its share.
    least = 2 if isinstance(judgement, ComparisonsJudgement) else 1
    groups = [g for g in sibling_groups(run, weighting).values() if len(g) >= least]
    missing = [_label(run, i) for group in groups for i in group if i not in items]
    if missing:
        message = f"It says nothing about {listed(missing)}."
        yield Finding("error", "weight-missing", place, message, "Ask for the weights again.")
        return
    for group in groups:
        yield from _group_errors(run, weighting, group)


def _pair_errors(run: Run, place: str, comparisons: Iterable[Comparison]) -> Iterator[Finding]:
    """Yield pairs that are none, and pairs that were answered more than once."""
    counts = Counter(tuple(sorted((c.item, c.than))) for c in comparisons)
    for (one, other), count in counts.items():
        if one == other:
            message = f"{_label(run, one)} is compared with itself."
            yield Finding("error", "self-comparison", place, message, "Take it out.")
        elif count > 1:
            message = f"{_label(run, one)} and {_label(run, other)} are compared twice."
            yield Finding("error", "repeated-pair", place, message, "Keep one of the answers.")


def _group_errors(run: Run, weighting: Weighting, group: tuple[str, ...]) -> Iterator[Finding]:
    """Yield what is wrong with the numbers given to items that share one whole."""
    among = listed(_label(run, item) for item in group)
    match weighting.judgement:
        case PointsJudgement(points=points) if not any(p.points for p in points if p.item in group):
            message = f"No points have been given to any of {among}."
            mend = "Give points to what matters."
            yield Finding("error", "no-points", weighting.name, message, mend)
        case SwingJudgement(ratings=ratings) if 100 not in [
            r.rating for r in ratings if r.item in group
        ]:
            message = f"No lift is rated 100 among {among}."
            mend = "Say which lift matters most; that one is 100."
            yield Finding("error", "no-top-swing", weighting.name, message, mend)
        case ComparisonsJudgement(comparisons=comparisons):
            parts = joined(group, comparisons)
            if len(parts) > 1:
                named = " with ".join(listed(_label(run, i) for i in part) for part in parts)
                message = f"No comparison joins {named}."
                mend = "Compare one of each with one of the others."
                yield Finding("error", "not-joined", weighting.name, message, mend)
        case _:
            pass


def joined(group: tuple[str, ...], comparisons: Iterable[Comparison]) -> list[list[str]]:
    """Return the items of a group in the parts that comparisons join, each in order.

    >>> joined(("cost", "reach", "time"), [Comparison(item="time", than="cost", times=3.0)])
    [['cost', 'time'], ['reach']]
    """
    parts = [{item} for item in group]
    for comparison in comparisons:
        ends = [part for part in parts if part & {comparison.item, comparison.than}]
        if len(ends) == 2:
            parts = [*(part for part in parts if part not in ends), ends[0] | ends[1]]
    in_order = ([item for item in group if item in part] for part in parts)
    return sorted(in_order, key=lambda part: group.index(part[0]))


def _label(run: Run, item: str) -> str:
    return next((node.name for node in run.evidence.nodes if node.id == item), item)


def _weighting_questions(run: Run, weighting: Weighting) -> Iterator[Finding]:
    stale = [c.name for c in stale_criteria(run, weighting)]
    if stale:
        message = f"The range of {listed(stale)} has changed since these weights were given."
        yield Finding("warning", "stale", weighting.name, message, "Ask for the weights again.")
    yield from _across(run, weighting)
    counted = {i for group in sibling_groups(run, weighting).values() for i in group}
    idle = [_label(run, i) for i in judged_items(weighting) if i not in counted]
    if idle:
        message = f"What it says about {listed(idle)} does not count."
        mend = "Nothing to weigh stands there; weigh the criteria themselves, or take it out."
        yield Finding("warning", "not-counted", weighting.name, message, mend)
    given = _ratings(weighting)
    if len(given) >= 3 and min(given) > 0.9 * max(given):
        message = "Everything counts nearly the same."
        mend = "Is that meant, or was it hard to say? Try the question about the lifts again."
        yield Finding("hint", "near-equal", weighting.name, message, mend)
    if isinstance(weighting.judgement, SwingJudgement) and not weighting.judgement.confirmed:
        message = "The trade-offs have not been read back and confirmed."
        mend = "Read them back in words, and ask whether they are meant."
        yield Finding("hint", "unconfirmed", weighting.name, message, mend)


def _across(run: Run, weighting: Weighting) -> Iterator[Finding]:
    """Yield comparisons of items that share no whole: between branches of the tree."""
    if not isinstance(weighting.judgement, ComparisonsJudgement):
        return
    group_of = {
        item: parent for parent, group in sibling_groups(run, weighting).items() for item in group
    }
    for comparison in weighting.judgement.comparisons:
        one, other = comparison.item, comparison.than
        if one in group_of and other in group_of and group_of[one] != group_of[other]:
            message = f"Comparing {_label(run, one)} with {_label(run, other)} does not count."
            mend = "They stand in different branches; compare what stands side by side."
            yield Finding("warning", "not-counted", weighting.name, message, mend)


def _ratings(weighting: Weighting) -> list[float]:
    match weighting.judgement:
        case PointsJudgement(points=points):
            return [p.points for p in points]
        case SwingJudgement(ratings=ratings):
            return [r.rating for r in ratings]
        case Equal() | OrderJudgement() | ComparisonsJudgement():
            return []


RULES = (_weightings,)
