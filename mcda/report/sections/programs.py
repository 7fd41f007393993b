"""Programs considered, screened out with reasons, and the must-haves they were held against."""

from __future__ import annotations

from mcda import catalog
from mcda.analysis import limit_text
from mcda.analysis.table import Excluded, excluded_programs
from mcda.analysis.wording import and_list
from mcda.charts import Column, DataTable
from mcda.project import Program, Run, Verdict
from mcda.project.must_haves import verdict_on
from mcda.report.material import Material
from mcda.report.model import Block, Heading, Listing, Paragraph, Section, Table, tables
from mcda.report.sections.common import NOT_SAID, short_day

_MOST_VERDICTS = 10  # columns: a verdict is one short word
_VERDICTS = {"pass": "pass", "fail": "FAIL", "unknown": "not settled"}


def programs(material: Material) -> Section:
    """Return every program with what it is, and why some are not ranked."""
    run = material.run
    excluded = excluded_programs(run)
    out = {e.program.id for e in excluded}
    compared = [p for p in run.candidates if p.id not in out]
    blocks: list[Block] = []
    if compared:
        blocks += _told("Programs compared", compared)
    if excluded:
        blocks += [
            Heading("Screened out"),
            Paragraph("These were considered and are not ranked. They stay on record."),
            Listing(tuple((e.program.name, _why_out(e)) for e in excluded)),
        ]
    if run.supports:
        about = "Training, agencies and publications that help whichever program is chosen."
        blocks += [Heading("Supports, not ranked"), Paragraph(about)]
        blocks += _told("Supports", list(run.supports))
    if run.evidence.must_haves:
        blocks += _must_haves(material)
    if not blocks:
        blocks.append(Paragraph("No program is recorded yet."))
    return Section("programs", "Programs considered", tuple(blocks))


def _why_out(left: Excluded) -> str:
    return f"{left.reason} {left.program.description}".strip()


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
    if program.role == "baseline":
        return "what is done now"
    if program.catalog_id is None:
        return "own proposal"
    try:
        return catalog.get(program.catalog_id).citation
    except catalog.UnknownEntryError:
        return f"catalogue entry {program.catalog_id}"


def _told(caption: str, shown: list[Program]) -> list[Block]:
    items = tuple((p.name, p.description) for p in shown if p.description)
    table = Table(_table(caption, shown), "programs")
    return [table, Listing(items, dense=True)] if items else [table]


def _must_haves(material: Material) -> list[Block]:
    run, found = material.run, material.must_haves
    conditions = tuple(
        (m.name, " ".join(part for part in (m.definition, limit_text(run, m)) if part))
        for m in run.evidence.must_haves
    )
    columns = (Column("Program"), *(Column(m.name) for m in found.must_haves))
    on_each = _held(material)
    rows = tuple((p.name, *(_VERDICTS[v.verdict] for v in verdicts)) for p, verdicts in on_each)
    blocks: list[Block] = [
        Heading("Must-haves"),
        Paragraph(found.sentence),
        Listing(conditions, dense=True),
    ]
    held = DataTable("Programs held against the must-haves", columns, rows)
    reasons = _given_reasons(run, [p.id for p, _ in on_each])
    return [*blocks, *tables(held, most=_MOST_VERDICTS), *reasons]


def _held(material: Material) -> list[tuple[Program, tuple[Verdict, ...]]]:
    """Return the verdicts on the candidates, then on what was set aside after people judged it."""
    run, found = material.run, material.must_haves
    judged = {v.program for m in run.evidence.must_haves for v in m.verdicts}
    candidates = {p.id for p in found.programs}
    aside = [e.program for e in excluded_programs(run) if e.program.id not in candidates]
    return [
        *zip(found.programs, found.verdicts, strict=True),
        *(
            (p, tuple(verdict_on(run, m, p) for m in run.evidence.must_haves))
            for p in aside
            if p.id in judged
        ),
    ]


def _given_reasons(run: Run, held: list[str]) -> list[Block]:
    """Return the verdicts that people gave, with their reasons; one source of all is said once."""
    given: dict[tuple[str, ...], list[str]] = {}
    for must_have in run.evidence.must_haves:
        for v in must_have.verdicts:
            said = must_have.id, must_have.name, _VERDICTS[v.verdict], v.reason, v.source
            given.setdefault(said, []).append(v.program)
    rows = tuple(
        (name, verdict, _which(run, programs, held), reason or NOT_SAID, source or NOT_SAID)
        for (_, name, verdict, reason, source), programs in given.items()
    )
    if not rows:
        return []
    caption = "Verdicts that people gave"
    titles = ("Must-have", "Verdict", "Programs", "Reason", "Source")
    sources = {row[-1] for row in rows}
    if len(rows) == 1 or len(sources) > 1:
        return [Table(DataTable(caption, tuple(map(Column, titles)), rows), "verdicts")]
    fewer = DataTable(caption, tuple(map(Column, titles[:-1])), tuple(row[:-1] for row in rows))
    return [Table(fewer, "verdicts"), Paragraph(f"Source of all these: {sources.pop()}", "note")]


def _which(run: Run, chosen: list[str], held: list[str]) -> str:
    """Name programs; of nearly all that were held against the must-haves, those left out."""
    names = {p.id: p.name for p in run.evidence.programs}
    rest = [names[p] for p in held if p not in chosen]
    if not set(chosen) <= set(held) or len(chosen) <= len(rest):
        return and_list([names.get(p, p) for p in chosen])
    return f"All but {and_list(rest)}" if rest else "All"
