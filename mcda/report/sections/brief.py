"""The edition on one page, for a council: the answer, how firm it is, the decision, what to know.

Long texts are cut, so that it stays on one page; the whole report has them whole.
"""

from __future__ import annotations

from mcda.analysis import CAVEAT
from mcda.analysis.wording import and_list, few
from mcda.charts.static import score_bars
from mcda.project import Record
from mcda.report.material import Material, Results
from mcda.report.model import Block, Callout, Facts, Figure, Listing, Paragraph, Section
from mcda.report.sections.answer import SUPPORTS, main_caveat
from mcda.report.sections.common import NOT_SAID, cut, day

_MOST_BARS = 7
_MOST_NAMES = 3
# Letters of texts of each kind, so few that all of them at their longest fit on the page.
_ANSWER, _REASONS, _VIEWS, _SAID, _NAME = 200, 300, 220, 150, 90
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
        ranked = cut(results.ranking.headline, _ANSWER)
        blocks.append(Paragraph(ranked, "plain" if material.is_decided else "answer"))
        blocks.append(Figure("ranking", score_bars(results.ranking, _MOST_BARS)))
        blocks.append(Facts(tuple(_facts(results))))
    elif material.trouble is not None:
        said = f"There is no ranking yet. {material.trouble.headline}"
        blocks.append(Paragraph(cut(said, _ANSWER), "answer"))
    return Section("brief", title, tuple(blocks))


def _chosen(material: Material, record: Record) -> str:
    choice = cut(material.run.program(record.choice).name, _NAME)
    return f"{choice} was chosen{f' on {day(record.decided_on)}' if record.decided_on else ''}."


def _facts(results: Results) -> list[tuple[str, str]]:
    """Return how firm the first place is, and where the chart does not show all that is ranked."""
    firm = f"{results.said.headline} Counted over {results.firmness.space.phrase}."
    facts = [("How firm", cut(firm, _SAID))]
    count = len(results.ranking.ranked)
    if count > _MOST_BARS:
        facts.append(("In the chart", f"the first {_MOST_BARS} of {count} programs."))
    return facts


def decided(material: Material) -> Section:
    """Return why it was chosen, by whom, and when it is looked at again, or who decides."""
    record = material.decision
    if record is None:
        who = cut(material.project.info.decided_by, _SAID) or NOT_SAID
        facts = [("Status", "Nothing has been decided."), ("Who decides", who)]
        return Section("decided", "Who decides", (Facts(tuple(facts)),))
    approved = and_list(few([a.role or NOT_SAID for a in record.approvals], _MOST_NAMES))
    facts = [
        ("Reasons for the choice", cut(record.reasons, _REASONS) or NOT_SAID),
        ("Why it is not the program that ranks first", cut(record.departure, _SAID)),
        ("Other views", cut(record.dissent, _VIEWS)),
        ("Approved by", cut(approved, _NAME) or NOT_SAID),
        ("To be looked at again", day(record.review_on) if record.review_on else ""),
    ]
    pairs = tuple(pair for pair in facts if pair[1])
    return Section("decided", "Why, and by whom", (Facts(pairs),))


def to_know(material: Material) -> Section:
    """Return what to bear in mind, what was not ranked, and where someone in danger finds help."""
    results = material.results
    items = []
    if results is not None:
        items.append(cut(main_caveat(material, results.ranking), _SAID))
        items.append(cut(results.both.sentence, _SAID))
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
