"""What mattered, to whom: the questions as they were asked, the answers, and the weights."""

from __future__ import annotations

from mcda.analysis.weights import contradictions
from mcda.analysis.wording import and_list, number, with_unit
from mcda.charts import Column, DataTable
from mcda.charts.static import weight_strips
from mcda.project import (
    ComparisonsJudgement,
    Criterion,
    Equal,
    LevelScale,
    Objective,
    OrderJudgement,
    PointsJudgement,
    Run,
    SwingJudgement,
    Weighting,
)
from mcda.project.checks import stale_criteria
from mcda.project.weightings import Judgement, judged_items
from mcda.report.material import Material
from mcda.report.model import Block, Figure, Heading, Listing, Paragraph, Section, tables
from mcda.report.sections.common import heaviest

_QUESTIONS = {
    "swing": (
        "By swing",
        "Imagine a program at the worst end of everything. Which single lift, from the worst to "
        "the best end, would you make first? That one counts 100. How much does every other lift "
        "matter against it, from 0 to 100?",
    ),
    "points": (
        "By points",
        "Share out points among the lifts from worst to best. The more you want a lift, the more "
        "points it gets. The weights are the shares.",
    ),
    "order": (
        "By order",
        "Put the lifts from worst to best in order; some may be level. The weights are the middle "
        "of all weights that keep this order.",
    ),
    "comparisons": (
        "By comparing in pairs",
        "Take two lifts at a time, each from its worst to its best end. Which matters more, and "
        "how many times as much, from 1 (the same) to 9? The weights are those that fit all "
        "answers best.",
    ),
    "equal": ("Without a question", "Nobody was asked; everything counts the same."),
}
_TREE = "The question was asked within each objective, and the shares were multiplied down."


def weights(material: Material) -> Section:
    """Return who weighed how, what they said, and the weights that follow."""
    run = material.run
    title = "What mattered, and to whom"
    blocks: list[Block] = []
    if run.weightings:
        blocks += [Heading("What was asked"), Listing(tuple(_asked(run)))]
        blocks += [Heading("What people answered"), *tables(_answers(run)), *_remarks(material)]
    else:
        blocks.append(Paragraph("Nobody has said yet what matters. Every criterion counts alike."))
    if material.results is not None:
        strips = weight_strips(material.weights, run.active_criteria)
        blocks += [Heading("The weights that follow"), Figure("weights", strips)]
        blocks += [*tables(strips.table), *_meaning(material)]
    blocks += _unusable(material)
    return Section("weights", title, tuple(blocks))


def _asked(run: Run) -> list[tuple[str, str]]:
    kinds = dict.fromkeys(w.judgement.type for w in run.weightings)
    found = []
    for kind in kinds:
        lead, question = _QUESTIONS[kind]
        own = [w for w in run.weightings if w.judgement.type == kind]
        by_tree = any(w.judgement.over == "tree" and kind != "equal" for w in own)
        names = and_list([w.name for w in own])
        found.append((f"{lead}: {names}", f"{question} {_TREE}" if by_tree else question))
    return found


def _lift(node: Criterion | Objective) -> str:
    """Write the two ends of a criterion's range; an objective has none."""
    if isinstance(node, Objective):
        return "all its criteria"
    worst, best = number(node.scale.worst), number(node.scale.best)
    if isinstance(node.scale, LevelScale):
        return f"level {worst} to {best}"
    return f"{worst} to {with_unit(node, best)}"


def _answers(run: Run) -> DataTable:
    given = [answers(w.judgement) for w in run.weightings]
    nodes = [
        n for n in _nodes(run) if any(n.id in own for own in given) or n in run.active_criteria
    ]
    columns = (
        Column("Criterion"),
        Column("The lift that was asked for"),
        *(Column(f"{w.name} ({_UNITS[w.judgement.type]})", numeric=True) for w in run.weightings),
    )
    rows = tuple((n.name, _lift(n), *(own.get(n.id, "–") for own in given)) for n in nodes)
    return DataTable("What people said", columns, rows)


_UNITS = {
    "swing": "0 to 100",
    "points": "points",
    "order": "place",
    "comparisons": "in pairs",
    "equal": "not asked",
}


def answers(judgement: Judgement) -> dict[str, str]:
    """Return the answers of a judgement as they were given, by item; pairs have none.

    >>> answers(OrderJudgement(tiers=(("reach",), ("cost", "time"))))
    {'reach': '1', 'cost': '2', 'time': '2'}
    """
    match judgement:
        case SwingJudgement(ratings=ratings):
            return {r.item: number(r.rating) for r in ratings}
        case PointsJudgement(points=points):
            return {p.item: number(p.points) for p in points}
        case OrderJudgement(tiers=tiers):
            return {item: str(n) for n, tier in enumerate(tiers, 1) for item in tier}
        case Equal() | ComparisonsJudgement():
            return {}


def _nodes(run: Run) -> tuple[Criterion | Objective, ...]:
    return (*run.evidence.objectives, *run.evidence.criteria)


def _remarks(material: Material) -> list[Block]:
    """Say of each weighting what has changed since, what was not read back, and its note."""
    said = [(w.name, _remark(material, w)) for w in material.run.weightings]
    items = tuple((name, text) for name, text in said if text)
    return [Listing(items, dense=True)] if items else []


def _remark(material: Material, weighting: Weighting) -> str:
    run, parts = material.run, []
    stale = stale_criteria(run, weighting)
    if stale:
        asked = {a.criterion: a for a in weighting.asked}
        changed = and_list([_asked_range(c, asked[c.id].worst, asked[c.id].best) for c in stale])
        parts.append(f"Asked for another range than today's: {changed}. Ask again.")
    judgement = weighting.judgement
    if isinstance(judgement, SwingJudgement) and not judgement.confirmed:
        parts.append("The trade-offs were not read back and confirmed.")
    if isinstance(judgement, ComparisonsJudgement) and judgement.comparisons:
        parts.append(_pairs(run, judgement))
        parts += [finding.message for finding in contradictions(run, weighting)]
    if weighting.note and material.shows_notes:
        parts.append(weighting.note)
    known = {n.id for n in _nodes(run)}
    if any(item not in known for item in judged_items(weighting)):
        parts.append("It speaks of a criterion that is not there any more.")
    return " ".join(parts)


def _pairs(run: Run, judgement: ComparisonsJudgement) -> str:
    """Write the answers about pairs; a criterion that is gone keeps its id."""
    names = {node.id: node.name for node in _nodes(run)}
    said = [
        f"{names.get(c.item, c.item)} matters "
        + (f"{number(c.times)} times as much as " if c.times > 1 else "as much as ")
        + names.get(c.than, c.than)
        for c in judgement.comparisons
    ]
    return f"In pairs: {'; '.join(said)}."


def _asked_range(criterion: Criterion, worst: float, best: float) -> str:
    ends = (with_unit(criterion, number(end)) for end in (worst, best))
    return f"{criterion.name} from {' to '.join(ends)}"


def _meaning(material: Material) -> list[Block]:
    results = material.results
    if results is None or not results.read_back:
        return []
    name = results.ranking.weighting.name
    names, share = heaviest(material.run, results.ranking.weighting)
    count = f"count most ({share} each)" if len(names) > 1 else f"counts most ({share})"
    lead = f"By the weights of {name}, {and_list(names)} {count}."
    items = tuple(("", f"{s.sentence} {s.detail}".strip()) for s in results.read_back)
    return [Heading("What these weights mean"), Paragraph(lead), Listing(items, dense=True)]


def _unusable(material: Material) -> list[Block]:
    items = tuple(
        (name, " ".join(f"{f.message} {f.mend}".strip() for f in error.findings))
        for name, error in material.unusable
    )
    return [Heading("Answers that cannot be used yet"), Listing(items)] if items else []
