"""The edition on one page, for a council: the answer, how firm it is, the decision, what to know.

Long texts are cut, so that it stays on one page; the whole report has them whole.
"""

from __future__ import annotations

from mcda.analysis import CAVEAT, Comparison, Ranking
from mcda.analysis.ranking import first_place
from mcda.analysis.wording import and_list, few
from mcda.charts.static import score_bars
from mcda.project import Record
from mcda.project.text import cut
from mcda.report.material import Material, Results
from mcda.report.model import Block, Callout, Facts, Figure, Listing, Paragraph, Section
from mcda.report.sections.answer import NOT_AHEAD, SUPPORTS, in_place, main_caveat
from mcda.report.sections.common import NOT_SAID, by_weights, day
from mcda.report.sections.cost import money_criteria

_MOST_BARS = 7
_MOST_NAMES = 3
_COSTED = 40
# Letters of texts of each kind, so few that all of them at their longest fit on the page.
_ANSWER, _REASONS, _VIEWS, _FIRM, _SAID, _NAME = 200, 300, 220, 300, 150, 90
_WHOLE = "The whole report holds every score with its source, all weights, and the methods."


def brief(material: Material) -> Section:
    """Return the question, what was chosen or comes first, its chart, and how firm it is."""
    title = "The decision" if material.is_decided else "The answer so far"
    record, results = material.decision, material.results
    blocks: list[Block] = []
    if material.project.info.question.strip():
        blocks.append(Paragraph(cut(material.project.info.question, _SAID)))
    if record is not None:
        blocks.append(Paragraph(_chosen(material, record), "answer"))
    if results is not None:
        ranked = _ranked(results.ranking)
        blocks.append(Paragraph(ranked, "plain" if material.is_decided else "answer"))
        blocks.append(Figure("ranking", score_bars(results.ranking, _MOST_BARS)))
        blocks.append(Facts(tuple(_facts(material, results))))
    elif material.trouble is not None:
        said = f"There is no ranking yet. {material.trouble.headline}"
        blocks.append(Paragraph(cut(said, _ANSWER), "answer"))
    return Section("brief", title, tuple(blocks))


def _chosen(material: Material, record: Record) -> str:
    choice = cut(material.run.program(record.choice).name, _NAME)
    return f"{choice} was chosen{f' on {day(record.decided_on)}' if record.decided_on else ''}."


def _ranked(ranking: Ranking) -> str:
    """Say what comes first; where the names are too long for that, how many could."""
    whole = by_weights(ranking, ranking.headline)
    return whole if len(whole) <= _ANSWER else by_weights(ranking, _briefly(ranking))


def _briefly(ranking: Ranking) -> str:
    firsts = ranking.possible_firsts
    if len(firsts) == 1:
        return f"{cut(firsts[0].name, _NAME)} comes first."
    count = f"{len(firsts)} of {len(ranking.ranked)} programs"
    if all(p.rank_worst == 1 for p in firsts):
        return f"{count} share the first place."
    return f"No single program is sure of the first place: {count} could hold it."


def _facts(material: Material, results: Results) -> list[tuple[str, str]]:
    """Return how firm it is, what it costs, and where the chart does not show all."""
    firm = cut(results.said.brief, _FIRM)
    facts = [("How firm", firm), *_cost(material, results)]
    if material.compared is not None:
        facts.append(("Other weights", _other_weights(material.compared)))
    count = len(results.ranking.ranked)
    if count > _MOST_BARS:
        facts.append(("In the chart", f"the first {_MOST_BARS} of {count} programs."))
    return facts


def _other_weights(found: Comparison) -> str:
    """Say which programs come or could come first by one weighting or another."""
    if found.headline == found.sentence:
        return cut(found.headline, _SAID)
    firsts = list(dict.fromkeys(p.name for one in found.rankings for p in one.possible_firsts))
    said = f"{found.headline} First, or possibly first: {and_list(few(firsts, _MOST_NAMES + 1))}."
    return said if len(said) <= _ANSWER else f"{found.headline} {len(firsts)} could hold it."


def _cost(material: Material, results: Results) -> list[tuple[str, str]]:
    """Return what is recorded of the cost of the choice, or of those that could be first."""
    record, counted = material.decision, money_criteria(material)
    if not counted:
        return []
    firsts = [p.id for p in results.ranking.possible_firsts]
    asked = [record.choice] if record else firsts[:_MOST_NAMES]
    cells = material.evidence.by_ids
    found = [cells[i, counted[0].id] for i in asked if (i, counted[0].id) in cells]
    told = "; ".join(f"{cut(c.program.name, _COSTED)}: {c.text}" for c in found)
    left = len(firsts) - len(asked) if record is None else 0
    more = f"; {left} more could be first" if left > 0 else ""
    unit = counted[0].unit
    return [(cut(counted[0].name, _COSTED), f"{told}{more} ({unit})")] if told else []


def decided(material: Material) -> Section:
    """Return why it was chosen, by whom, and when it is looked at again, or who decides."""
    record = material.decision
    if record is None:
        who = cut(material.project.info.decided_by, _SAID) or NOT_SAID
        stays = in_place(material)
        status = "Nothing has been decided."
        if stays:
            status = f"In place now: {cut(stays, _SAID)}. Nothing new has been decided."
        facts = [("Status", status), ("Who decides", who)]
        return Section("decided", "Who decides", (Facts(tuple(facts)),))
    approved = and_list(few([a.role or NOT_SAID for a in record.approvals], _MOST_NAMES))
    facts = [
        ("Reasons for the choice", cut(record.reasons, _REASONS) or NOT_SAID),
        (NOT_AHEAD, cut(record.departure, _SAID)),
        ("Other views", cut(record.dissent, _VIEWS)),
        ("Approved by", cut(approved, _NAME) or NOT_SAID),
        ("To be looked at again", day(record.review_on) if record.review_on else ""),
    ]
    pairs = tuple(pair for pair in facts if pair[1])
    return Section("decided", "Why, and by whom", (Facts(pairs),))


def _second(results: Results) -> str:
    """Say what TOPSIS puts first, in a sentence that needs no cut."""
    if results.both.same_first:
        return "A second method, TOPSIS, agrees on what comes first."
    said = f"By a second method, TOPSIS, {first_place(results.second)}."
    return said if len(said) <= _SAID else "A second method, TOPSIS, does not agree."


def to_know(material: Material) -> Section:
    """Return what to bear in mind, what was not ranked, and where someone in danger finds help."""
    results = material.results
    items = []
    if results is not None:
        caveat = main_caveat(material, results.ranking)
        if material.compared is None or caveat != material.compared.headline:
            items.append(cut(caveat, _SAID))
        items.append(_second(results))
        excluded = [p.name for p in results.ranking.excluded]
        if excluded:
            names = cut(and_list(few(excluded, _MOST_NAMES)), _NAME)
            items.append(f"Considered and not ranked: {names}")
    items += [f"{CAVEAT} {SUPPORTS}", _WHOLE]
    blocks: list[Block] = [Listing(tuple(("", item) for item in items))]
    hotline = material.project.info.hotline
    if hotline.shown:
        blocks.append(Callout("For people who need help", cut(" ".join(hotline.lines), _SAID)))
    return Section("know", "What to know", tuple(blocks))
