"""What is known of each program, from where and since when, and what is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mcda.analysis import EvidenceCell
from mcda.charts import Column, DataTable
from mcda.project import Score
from mcda.report.material import Material
from mcda.report.model import Block, Heading, Listing, Paragraph, Section, Table
from mcda.report.sections.common import NOT_SAID, short_day

_USUAL = "as most"
_MANY = 4  # scores, from which on one source for most of them is said once


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
    usual = _usual_source(found.asked)
    if usual:
        said = (
            f"Most scores have one source, date and confidence, written “{_USUAL}” below: {usual}"
        )
        blocks.append(Paragraph(said))
    blocks += [Table(_table(material, own, usual), "evidence") for own in found.cells if own]
    return Section("evidence", "The evidence", tuple(blocks))


def _usual_source(cells: Sequence[EvidenceCell]) -> str:
    """Return what stands as the source of more than half of the scores, or nothing."""
    sources = Counter(_source(cell.score) for cell in cells if cell.score is not None)
    usual, count = next(iter(sources.most_common(1)), ("", 0))
    return usual if count >= _MANY and 2 * count > sources.total() else ""


def _source(score: Score) -> str:
    when = short_day(score.as_of) if score.as_of else "date not said"
    about = "; ".join(filter(None, (when, score.confidence)))
    return f"{score.source or NOT_SAID} ({about})"


def _table(material: Material, cells: tuple[EvidenceCell, ...], usual: str) -> DataTable:
    with_notes = material.shows_notes and any(c.score and c.score.note for c in cells)
    titles = ("Criterion", "Recorded", "Source, date, confidence", *(("Note",) * with_notes))
    rows = tuple(_row(cell, usual, with_notes=with_notes) for cell in cells)
    program = cells[0].program
    ranked = program.id not in material.evidence.excluded
    caption = program.name if ranked else f"{program.name} (not ranked)"
    return DataTable(caption, tuple(map(Column, titles)), rows)


def _row(cell: EvidenceCell, usual: str, *, with_notes: bool) -> tuple[str, ...]:
    score = cell.score
    if score is None:
        return (cell.criterion.name, cell.text, *([""] * (1 + with_notes)))
    source = _source(score)
    note = (score.note,) if with_notes else ()
    return (cell.criterion.name, cell.meaning, _USUAL if source == usual else source, *note)
