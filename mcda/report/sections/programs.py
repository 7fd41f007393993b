"""Programs considered, screened out with reasons, and the must-haves they were held against."""

from __future__ import annotations

from mcda import catalog
from mcda.analysis import limit_text
from mcda.analysis.wording import and_list
from mcda.charts import Column, DataTable
from mcda.project import Program
from mcda.report.material import Material
from mcda.report.model import Block, Heading, Listing, Paragraph, Section, Table, tables
from mcda.report.sections.common import NOT_SAID, short_day

_VERDICTS = {"pass": "pass", "fail": "FAIL", "unknown": "not settled"}


def programs(material: Material) -> Section:
    """Return every program with what it is, and why some are not ranked."""
    run = material.run
    reasons = material.evidence.excluded
    compared = [p for p in material.evidence.programs if p.id not in reasons]
    screened = [p for p in material.evidence.programs if p.id in reasons]
    blocks: list[Block] = []
    if compared:
        blocks += [Table(_table("Programs compared", compared)), *_told(compared)]
    if screened:
        blocks += [
            Heading("Screened out"),
            Paragraph("These were considered and are not ranked. They stay on record."),
            Listing(tuple((p.name, reasons[p.id]) for p in screened)),
            *_told(screened),
        ]
    if run.supports:
        about = "Training, agencies and publications that help whichever program is chosen."
        blocks += [Heading("Supports, not ranked"), Paragraph(about)]
        blocks += [Table(_table("Supports", list(run.supports))), *_told(list(run.supports))]
    if run.evidence.must_haves:
        blocks += _must_haves(material)
    if not blocks:
        blocks.append(Paragraph("No program is recorded yet."))
    return Section("programs", "Programs considered", tuple(blocks))


def _table(caption: str, shown: list[Program]) -> DataTable:
    columns = ("Program", "Kind", "Whom it counts", "Can be had here", "Listed in")
    rows = tuple(
        (p.name, p.kind, p.unit_reached or NOT_SAID, _availability(p), _listed(p)) for p in shown
    )
    return DataTable(caption, tuple(map(Column, columns)), rows)


def _availability(program: Program) -> str:
    asked = program.availability
    when = f" ({short_day(asked.checked_on)})" if asked.checked_on else ""
    return f"{asked.status}{when}"


def _listed(program: Program) -> str:
    if program.catalog_id is None:
        return "own proposal"
    try:
        return catalog.get(program.catalog_id).citation
    except catalog.UnknownEntryError:
        return f"catalogue entry {program.catalog_id}"


def _told(shown: list[Program]) -> list[Block]:
    items = tuple((p.name, p.description) for p in shown if p.description)
    return [Listing(items)] if items else []


def _must_haves(material: Material) -> list[Block]:
    run, found = material.run, material.must_haves
    conditions = tuple(
        (m.name, " ".join(part for part in (m.definition, limit_text(run, m)) if part))
        for m in run.evidence.must_haves
    )
    columns = (Column("Program"), *(Column(m.name) for m in found.must_haves))
    rows = tuple(
        (p.name, *(_VERDICTS[v.verdict] for v in verdicts))
        for p, verdicts in zip(found.programs, found.verdicts, strict=True)
    )
    blocks: list[Block] = [Heading("Must-haves"), Paragraph(found.sentence), Listing(conditions)]
    blocks += tables(DataTable("Programs held against the must-haves", columns, rows))
    given = _given_reasons(material)
    return [*blocks, Table(given)] if given.rows else blocks


def _given_reasons(material: Material) -> DataTable:
    """Return the verdicts that people gave, with their reasons and sources."""
    run = material.run
    names = {p.id: p.name for p in run.evidence.programs}
    columns = ("Must-have", "Verdict", "Programs", "Reason", "Source")
    given: dict[tuple[str, ...], list[str]] = {}
    for must_have in run.evidence.must_haves:
        for v in must_have.verdicts:
            said = must_have.id, must_have.name, _VERDICTS[v.verdict], v.reason, v.source
            given.setdefault(said, []).append(names.get(v.program, v.program))
    rows = tuple(
        (name, verdict, and_list(programs), reason or NOT_SAID, source or NOT_SAID)
        for (_, name, verdict, reason, source), programs in given.items()
    )
    return DataTable("Verdicts that people gave", tuple(map(Column, columns)), rows)
