"""What is known of each program, from where and since when, and what is not."""

from __future__ import annotations

from collections.abc import Sequence

from mcda.analysis import EvidenceCell
from mcda.charts import Column, DataTable
from mcda.report.material import Material
from mcda.report.model import Block, Heading, Listing, Paragraph, Section, Table
from mcda.report.sections.common import NOT_SAID, short_day

_NUMBERED = "Where it comes from: the tables name each source by its number."


def evidence(material: Material) -> Section:
    """Return every recorded score with its source and date, and a list of what is not known."""
    found = material.evidence
    blocks: list[Block] = [Paragraph(found.sentence)]
    open_cells = [c for c in found.asked if c.state in ("unknown", "nothing")]
    if open_cells:
        items = tuple((c.program.name, f"{c.criterion.name}: {c.text}") for c in open_cells)
        blocks += [Heading("Not known"), Listing(items)]
    if found.asked:
        blocks.append(Heading("Program by program"))
    sources = _sources(found.asked)
    if sources:
        listed = tuple((str(number), text) for text, number in sources.items())
        blocks += [Paragraph(_NUMBERED), Listing(listed, dense=True)]
    blocks += [Table(_table(material, own, sources), "evidence") for own in found.cells if own]
    return Section("evidence", "The evidence", tuple(blocks))


def _sources(cells: Sequence[EvidenceCell]) -> dict[str, int]:
    """Return each source with a number of its own, in the order in which they come up."""
    told = [cell.score.source for cell in cells if cell.score and cell.score.source.strip()]
    return {text: number for number, text in enumerate(dict.fromkeys(told), 1)}


def _table(
    material: Material, cells: tuple[EvidenceCell, ...], sources: dict[str, int]
) -> DataTable:
    with_notes = material.shows_notes and any(c.score and c.score.note for c in cells)
    titles = ("Criterion", "Recorded", "Source (date; confidence)", *(("Note",) * with_notes))
    rows = tuple(_row(cell, sources, with_notes=with_notes) for cell in cells)
    program = cells[0].program
    ranked = program.id not in material.evidence.excluded
    caption = program.name if ranked else f"{program.name} (not ranked)"
    return DataTable(caption, tuple(map(Column, titles)), rows)


def _row(cell: EvidenceCell, sources: dict[str, int], *, with_notes: bool) -> tuple[str, ...]:
    score = cell.score
    if score is None:
        return (cell.criterion.name, cell.text, *([""] * (1 + with_notes)))
    number = sources.get(score.source)
    source = str(number) if number else NOT_SAID
    when = short_day(score.as_of) if score.as_of else "date not said"
    about = f"{source} ({'; '.join(filter(None, (when, score.confidence)))})"
    note = (score.note,) if with_notes else ()
    return (cell.criterion.name, cell.meaning, about, *note)
