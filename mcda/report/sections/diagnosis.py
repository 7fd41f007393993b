"""What was found out before the choice: the problem, what drives it, and how ready the place is."""

from __future__ import annotations

from collections.abc import Iterable

from mcda.analysis.wording import number, span
from mcda.charts import Column, DataTable
from mcda.lifecycle import (
    MatchGrid,
    MatchProposal,
    diagnosis_brief,
    diagnosis_tables,
    match_grid,
    proposed_must_haves,
)
from mcda.project import Diagnosis, Exact, Range, ReadinessItem
from mcda.project.text import day_text
from mcda.report.material import Material
from mcda.report.model import Block, Facts, Heading, Listing, Paragraph, Section, Table, tables
from mcda.report.sections.common import NOT_SAID, help_notice, item_tables

FIT = "How the programs fit what we found"
_GRID = (
    "For each pair of program and priority factor: does the program act on it, and why do we "
    "think so? The last column is the level that follows for the match to our factors."
)


def diagnosis(material: Material) -> Section | None:
    """Return the problem, the factors, what exists, readiness with its answers, and goals."""
    found = material.project.diagnosis
    if found == Diagnosis():
        return None
    title = "What we found before we chose" if material.is_decided else "What we found"
    blocks = diagnosis_blocks(material, ("factors", "assets", "goals"))
    blocks += [*conditions(material), *readiness(material), *how_programs_fit(material)]
    if material.edition == "lessons":
        return Section("diagnosis", title, tuple(blocks))
    blocks += help_notice(material.project)
    blocks += still_open(material)
    return Section("diagnosis", title, tuple(blocks))


def diagnosis_blocks(
    material: Material, lists: tuple[str, ...], *, said: bool = True
) -> list[Block]:
    """Return what was said of the problem, unless that is left out, and some of the lists."""
    found = material.project.diagnosis
    held = {t.id: t for t in diagnosis_tables(material.project)}
    facts = tuple(_facts(found)) if said else ()
    blocks: list[Block] = [Facts(facts)] if facts else []
    for field in lists:
        if field in held:
            blocks += item_tables(held[field])
    return blocks


def still_open(material: Material) -> list[Block]:
    """Return what the diagnosis does not say yet."""
    found = diagnosis_brief(material.project).open
    return [Paragraph(f"Still open: {' '.join(found)}", "note")] if found else []


def _facts(found: Diagnosis) -> Iterable[tuple[str, str]]:
    pairs = (
        ("The problem", found.problem),
        ("What it leaves out", found.boundaries),
        ("Where", found.place),
        ("For whom", found.population),
        ("Whom our figures may miss", found.missed),
    )
    return ((title, text.strip()) for title, text in pairs if text.strip())


def conditions(material: Material) -> list[Block]:
    """Return what any program must meet here, and why."""
    waiting = set()
    if material.edition != "lessons":
        waiting = {c.id for c in proposed_must_haves(material.project, material.run.id)}
    items = tuple(
        (
            condition.name,
            _joined(
                condition.reason.strip() or condition.definition.strip(),
                "It is not a must-have of this selection." if condition.id in waiting else "",
            ),
        )
        for condition in material.project.diagnosis.must_haves
    )
    return [Heading("What any program must meet here, and why"), Listing(items)] if items else []


def readiness(material: Material) -> list[Block]:
    """Return the ratings; what is planned about the low ones is not in the public edition."""
    found = material.project.diagnosis
    if not found.readiness:
        return []
    columns = (Column("What it takes"), Column("Kind"), Column("Rating", numeric=True))
    rows = tuple(
        (i.name, i.part, "not rated" if i.rating is None else str(i.rating))
        for i in found.readiness
    )
    table = DataTable("How ready we are, from 1 (not at all) to 5 (fully)", columns, rows)
    blocks: list[Block] = [Table(table)]
    rated = _joined(
        found.raters, f"on {day_text(found.rated_on)}" if found.rated_on else "", by=", "
    )
    if rated:
        blocks.append(Paragraph(f"Rated: {rated}.", "note"))
    answers = tuple(
        (
            i.name,
            _joined(i.action.strip() or "Nothing is planned yet.", _who(i)),
        )
        for i in found.low_readiness
    )
    if answers and material.edition == "full":
        blocks += [Heading("What we do where readiness is low"), Listing(answers)]
    return blocks


def _who(item: ReadinessItem) -> str:
    """Write who sees to a low item, and by when."""
    said = _joined(item.owner, f"by {day_text(item.act_by)}" if item.act_by else "")
    return f"({said})" if said else ""


def _joined(*parts: str, by: str = " ") -> str:
    return by.join(part for part in parts if part)


def how_programs_fit(material: Material) -> list[Block]:
    """Return how each program acts on the priority factors, where anybody has said so."""
    grid = match_grid(material.project, material.run.id)
    if not grid.links:
        return []
    columns = (
        Column("Program"),
        *(Column(factor.name) for factor in grid.factors),
        *((Column("Level"),) if grid.proposals else ()),
    )
    levels = {p.program.id: _level(p) for p in grid.proposals}
    rows = tuple(
        (
            program.name,
            *(_pair(grid, factor.id, program.id) for factor in grid.factors),
            *((levels[program.id],) if levels else ()),
        )
        for program in grid.programs
    )
    table = DataTable("How each program acts on our priority factors", columns, rows)
    return [Heading(FIT), Paragraph(_GRID), *tables(table)]


def _pair(grid: MatchGrid, factor: str, program: str) -> str:
    link = grid.links.get((factor, program))
    if link is None:
        return NOT_SAID
    return f"{link.acts}: {link.reason.strip()}" if link.reason.strip() else link.acts


def _level(proposal: MatchProposal) -> str:
    """Write the proposed level, and that another one is recorded where it is so."""
    match proposal.amount:
        case Exact(value=value):
            level = number(value)
        case Range(low=low, high=high):
            level = span(number(low), number(high))
        case _:
            return NOT_SAID
    if proposal.refused is not None:
        return f"{level}, not taken over: {proposal.refused.reason}"
    return (
        f"{level}; “The evidence” records another level" if proposal.state == "differs" else level
    )
