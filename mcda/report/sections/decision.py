"""The question, who decides, and what was decided, by whom and when."""

from __future__ import annotations

from mcda.analysis.wording import and_list
from mcda.charts import Column, DataTable
from mcda.project import Record, Weighting
from mcda.report.material import Material
from mcda.report.model import Block, Facts, Heading, Listing, Paragraph, Section, Table
from mcda.report.sections.answer import NOT_AHEAD, in_place
from mcda.report.sections.common import NOT_SAID, day, days


def decision(material: Material) -> Section:
    """Return the question, the place, who decides, who took part, and the record."""
    blocks: list[Block] = [Facts(tuple(_facts(material)))]
    if material.run.weightings:
        blocks.append(Table(_people(material)))
    if material.decision is not None:
        blocks += _record(material.decision)
    if material.drafted is not None:
        blocks += _draft(material, material.drafted)
    info = material.project.info
    if info.notes and material.shows_notes:
        blocks += [Heading("Notes"), *map(Paragraph, _paragraphs(info.notes))]
    decided = material.decision is not None
    title = "What was decided on, by whom and when" if decided else "The question, and who decides"
    return Section("decision", title, tuple(blocks))


def _facts(material: Material) -> list[tuple[str, str]]:
    info, run = material.project.info, material.run
    prices = info.currency + (f", prices of {info.price_year}" if info.price_year else "")
    years = "1 year" if info.planning_years == 1 else f"{info.planning_years} years"
    scores = run.evidence.scores
    facts = [
        ("Decision", info.title),
        ("Question", info.question),
        ("Place", info.place),
        ("Who decides", info.decided_by or NOT_SAID),
        ("Planned for", years),
        ("Money", prices),
        ("Selection", _selection(material)),
        ("Status", _status(material)),
        ("Weights given", days(w.given_on for w in run.weightings)),
        ("Scores recorded", days(s.as_of for s in scores)),
    ]
    return [(name, text) for name, text in facts if text]


def _selection(material: Material) -> str:
    run = material.run
    if run.parent is None:
        return run.title
    parents = {r.id: r.title for r in material.project.runs}
    return f"{run.title}, which starts from {parents.get(run.parent, run.parent)}"


def _status(material: Material) -> str:
    record = material.decision
    if record is not None:
        return f"Decided on {day(record.decided_on)}" if record.decided_on else "Decided"
    run = material.run
    if run.status == "decided" and run.lock == run.content_hash():
        return "Draft: what was decided holds errors"
    if run.status == "decided":
        return "Draft: it was changed after it was decided"
    return f"Draft: nothing {'new ' if in_place(material) else ''}has been decided"


def _people(material: Material) -> DataTable:
    """Return who gave weights: by role, where it says more than the name, and in full by code."""
    told = material.run.weightings
    columns = [("Weights of", [w.name for w in told])]
    roles = [w.role or _whose(w) for w in told]
    if roles != columns[0][1]:
        columns.append(("Role", roles))
    if material.edition == "full":
        columns.append(("Code", [w.person or "" for w in told]))
    columns.append(("Given on", [day(w.given_on) for w in told]))
    titles, cells = zip(*columns, strict=True)
    rows = tuple(zip(*cells, strict=True))
    return DataTable("Who said what matters", tuple(map(Column, titles)), rows)


def _whose(weighting: Weighting) -> str:
    return "the group" if weighting.person is None else NOT_SAID


def _said(record: Record) -> list[tuple[str, str]]:
    said = (
        ("Reasons for the choice", record.reasons.strip() or NOT_SAID),
        (NOT_AHEAD, record.departure),
        ("Risks here that it is adapted to", record.risks),
        ("Strengths here that it builds on", record.strengths),
        ("How it is adapted", record.strategy),
        ("Other views", record.dissent),
    )
    return [(title, text) for title, text in said if text.strip()]


def _draft(material: Material, record: Record) -> list[Block]:
    """Return a record that is written but decides nothing yet; whoever is named has not approved.

    Its days are those that are planned.
    """
    choice = material.drafted_choice
    approve = and_list([a.role for a in record.approvals if a.role])
    planned = (
        ("To be approved by", approve),
        ("To be decided on", day(record.decided_on) if record.decided_on else ""),
        ("To be looked at again on", day(record.review_on) if record.review_on else ""),
    )
    lead = f"The group has written down a choice: {choice}. It decides nothing until it is taken."
    return [
        Heading("The record: drafted, not decided"),
        Paragraph(lead),
        Listing((*_said(record), *(pair for pair in planned if pair[1]))),
    ]


def _record(record: Record) -> list[Block]:
    blocks: list[Block] = []
    for title, text in _said(record):
        blocks += [Heading(title), *map(Paragraph, _paragraphs(text))]
    approved = tuple((a.role or NOT_SAID, day(a.on)) for a in record.approvals)
    if approved:
        columns = (Column("Role"), Column("On"))
        blocks.append(Table(DataTable("Approved by", columns, approved)))
    if record.review_on:
        blocks.append(Paragraph(f"The choice is to be looked at again on {day(record.review_on)}."))
    return blocks


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n") if part.strip()]
