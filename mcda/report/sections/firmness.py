"""How firm the first place is, and what would change it."""

from __future__ import annotations

from dataclasses import replace

from mcda.analysis import SETTLED_NOTE, Firmness, Flips, ProgramFirmness, Sentences
from mcda.analysis.wording import and_list, few
from mcda.charts import (
    CENTRAL,
    PROVED,
    Column,
    DataTable,
    central_table,
    data_table,
    pair_table,
    rank_table,
)
from mcda.charts.static import first_bars
from mcda.project.text import counted
from mcda.report.material import Material, Results
from mcda.report.model import Block, Figure, Heading, Listing, Paragraph, Section, Table, tables

MOST_PROGRAMS = 12
"""So many programs stand in the tables here; of more, only those that can be first."""

_MOST_CHANGES = 8
_MOST_SENTENCES = 12
_LEFT_OUT = (
    "The tables of this part show {} and leave out {} others. The workbook (XLSX) and the tables "
    "(CSV) have all of them."
)
_FAR = (
    "Each cell is the nearest score with which the first place changes, if nothing else changes. "
    "“none”: no score in the range of the criterion changes it."
)


def firmness(material: Material) -> Section | None:
    """Return the verdict, how often each program is first, and what would change the first."""
    found = material.results
    if found is None:
        return None
    bars = first_bars(found.firmness)
    shown = _shown(found.firmness)
    blocks: list[Block] = [
        Paragraph(found.said.answer),
        Listing(_leads(found.said)),
        Paragraph(found.said.sampled, "note"),
        Figure("firmness", bars),
        *_left_out(found.firmness, shown),
        Table(_rows(bars.table, shown)),
        *_places(found.firmness, shown),
        *_flips(found, shown),
    ]
    return Section("firmness", "How firm it is", tuple(blocks))


def _leads(said: Sentences) -> tuple[tuple[str, str], ...]:
    pairs = (
        ("Named together", said.twins),
        ("What the runner-up needs", said.runner_up),
        ("The second method", said.second),
        ("What is not known", said.unknown),
    )
    return tuple(pair for pair in pairs if pair[1])


def _shown(found: Firmness) -> tuple[ProgramFirmness, ...]:
    """Return the programs that the tables show: of many only those that can be first."""
    if len(found.programs) <= MOST_PROGRAMS:
        return found.programs
    return _can_be_first(found)[:MOST_PROGRAMS]


def _can_be_first(found: Firmness) -> tuple[ProgramFirmness, ...]:
    return tuple(p for p in found.programs if p.first.anywhere.proof != "never")


def _left_out(found: Firmness, shown: tuple[ProgramFirmness, ...]) -> list[Block]:
    left = len(found.programs) - len(shown)
    if not left:
        return []
    can = len(_can_be_first(found))
    which = f"the {counted(can, 'program')} that can be first"
    if can > len(shown):
        which = f"{len(shown)} of {which}, those most often first,"
    return [Paragraph(_LEFT_OUT.format(which, left))]


def _rows(content: DataTable, shown: tuple[ProgramFirmness, ...]) -> DataTable:
    """Return the rows of a table that are named by the programs shown."""
    names = {p.name for p in shown}
    return replace(content, rows=tuple(row for row in content.rows if row[0] in names))


def _places(found: Firmness, shown: tuple[ProgramFirmness, ...]) -> list[Block]:
    """Return how often each program takes each place and is before each other, and with what."""
    some = replace(found, programs=shown)
    ranks = rank_table(found, shown, MOST_PROGRAMS)
    blocks: list[Block] = [*tables(ranks, turned="Place")]
    if len(shown) > 1:
        blocks += tables(pair_table(some))
    blocks.append(Paragraph(PROVED, "note"))
    central = central_table(some)
    if central.rows:
        blocks += [Paragraph(CENTRAL), *tables(central)]
    return blocks


def _flips(found: Results, shown: tuple[ProgramFirmness, ...]) -> list[Block]:
    """Return what would change the first place, from the nearest to the farthest."""
    flips = found.flips
    weights = data_table("If one criterion counted more or less", flips.weights_frame())
    start = f"This starts from the weights of {flips.weighting.name}."
    if flips.settled:
        start = f"{start} {SETTLED_NOTE}"
    changes = tuple(("", change.sentence) for change in flips.changes)
    blocks: list[Block] = [
        Heading("What would change the first place"),
        Paragraph(start),
        Table(weights),
    ]
    if changes:
        blocks += [
            Heading("The smallest change of weights that puts another first"),
            Listing(changes[:_MOST_CHANGES], dense=True),
        ]
    blocks += [*_steps(flips, shown), *_far(found, shown)]
    return [*blocks, Heading("Without one criterion, or one program"), *_without(flips)]


def _steps(flips: Flips, shown: tuple[ProgramFirmness, ...]) -> list[Block]:
    """Return the single steps that change who is first, of the programs shown."""
    title = "If one score were a step better or worse"
    if not flips.steps:
        return [Heading(title), Paragraph("No single step changes the first place.")]
    table = _rows(data_table(title, flips.steps_frame()), shown)
    left = len(flips.steps) - len(table.rows)
    blocks: list[Block] = [*tables(table)] if table.rows else [Heading(title)]
    if left:
        steps = counted(left, "single step", "single steps")
        also = "also " if table.rows else ""
        blocks.append(Paragraph(f"{steps} of programs not shown would {also}change this.", "note"))
    return blocks


def _far(found: Results, shown: tuple[ProgramFirmness, ...]) -> list[Block]:
    """Return how far each score of the programs shown must move, in the order of the ranking."""
    ids = {p.id for p in shown}
    cells = {(s.program, s.criterion): s for s in found.flips.scores}
    criteria = {s.criterion: s.criterion_name for s in found.flips.scores}
    rows = tuple(
        (p.name, *(cells[p.id, criterion].text for criterion in criteria))
        for p in found.ranking.ranked
        if p.id in ids
    )
    columns = (Column("Program"), *map(Column, criteria.values()))
    title = "How far each score would have to move"
    table = DataTable("Scores at which the first place changes", columns, rows)
    return [Heading(title), Paragraph(_FAR, "note"), *tables(table, turned="Criterion")]


def _without(flips: Flips) -> list[Block]:
    """Say what goes if one thing is left out; those that change nothing are only named."""
    left_out = (*flips.without_criterion, *flips.without_program)
    telling = tuple(("", item.sentence) for item in left_out if item.changes)[:_MOST_SENTENCES]
    same = and_list(few([i.name for i in left_out if not i.changes], _MOST_SENTENCES))
    blocks: list[Block] = [Listing(telling, dense=True)] if telling else []
    if same:
        blocks.append(
            Paragraph(f"Leaving out any one of these does not change the first place: {same}.")
        )
    return blocks
