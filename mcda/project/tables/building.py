"""A table becomes a project: columns become criteria, rows become programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import NamedTuple

from mcda.project.criteria import Criterion, NumberScale, Scale
from mcda.project.document import Project
from mcda.project.evidence import BASELINE_NAME, Evidence, Program, Score
from mcda.project.file import MAX_BYTES, to_json
from mcda.project.findings import Finding
from mcda.project.run import Framing, LeftOut
from mcda.project.tables.criteria_sheet import Described, read_criteria
from mcda.project.tables.files import read_table
from mcda.project.tables.grid import Grid, name_in, text_of
from mcda.project.tables.notes import (
    left_out_finding,
    looks_like_cost,
    number_names_finding,
    perhaps_cost_finding,
    ranges_findings,
    silent_finding,
)
from mcda.project.tables.numbers import read_cell
from mcda.project.tables.options import Layout, Options, columns_in, lay_out
from mcda.project.tables.places import Column, Problems, listing, refuse
from mcda.project.tables.programs import BASELINE_ID, new_id, read_entries, read_programs
from mcda.project.tables.scoring import (
    Entry,
    ScoreColumn,
    check_cells,
    check_range,
    choose_style,
    ends_of,
    find_unit,
    holds_text,
    read_columns,
    read_scores,
    scale_from_data,
)
from mcda.project.text import MAX_NAME, match_key
from mcda.project.weightings import AskedRange, Equal, Weighting

# With the longest ids and numbers these fill nine tenths of the largest project file.
MAX_SCORES = 100_000


@dataclass(frozen=True, slots=True)
class ImportedTable:
    """A project made from a table, and what to know about how it was read.

    ``notes`` are warnings and hints: ranges taken from the data, columns left out.
    """

    project: Project
    notes: tuple[Finding, ...]


def import_table(  # noqa: PLR0913  (each option stands for itself)
    source: Path | tuple[str, bytes],
    *,
    title: str | None = None,
    cost: Sequence[str] = (),
    units: Mapping[str, str] = MappingProxyType({}),
    ranges: Mapping[str, tuple[float, float]] = MappingProxyType({}),
    skip: Sequence[str] = (),
    name_column: str | None = None,
    sheet: str | None = None,
) -> ImportedTable:
    """Make a project from a CSV or XLSX table: a row a program, a column a criterion.

    Args:
        source: a path, or a file's name with its bytes; at most 20 MB, 5,000 rows and
            200 columns, 100,000 scores. The first row holds the headings.
        title: the project's title; else the file's name.
        cost: columns where less is better.
        units: a column's unit; else a unit its cells show (``%``, ``$``, ``€``, ``£``).
        ranges: a column's worst and best end; else its lowest and highest number, which
            are then to be confirmed.
        skip: columns to leave out.
        name_column: the column of program names; else the one headed Name, Program,
            Alternative or Option; else the first that is not skipped.
        sheet: the workbook's sheet to read; else the first with data.

    Returns:
        The project, with one weighting, "equal", and the notes. A row "Continue as now"
        becomes the baseline; without a score for it, the baseline is set aside.

    Raises:
        TableError: with every finding that has to be mended first, by row and column;
            an ``OptionsError`` where all of them are of the options.

    >>> table = b"Program,Cost,Served\\nMentors,$500,25%\\nHotline,$900,unknown\\n"
    >>> imported = import_table(("programs.csv", table), cost=["Cost"])
    >>> [(c.name, c.unit, c.scale.direction) for c in imported.project.run().active_criteria]
    [('Cost', '$', -1), ('Served', '%', 1)]
    """
    grid = read_table(source, sheet)
    if len(grid.rows) < 2:
        raise refuse(grid.file, "no-rows", "The table needs headings and a row of scores.")
    options = Options(title, tuple(cost), units, ranges, tuple(skip), name_column)
    return _build(grid, options)


def _build(grid: Grid, options: Options) -> ImportedTable:
    problems = Problems(grid.file)
    described = read_criteria(grid.file, grid.criteria, problems)
    problems.check()
    layout = lay_out(grid, options, described)
    entries = read_entries(grid, layout)
    programs, program_notes = read_programs(grid.file, layout, entries)
    declared = _declared(grid.file, layout, described)
    columns, column_notes = _score_columns(grid, layout, entries, declared)
    criteria, scale_notes = _criteria(grid.file, columns, entries, declared, layout.cost)
    scores = tuple(
        Score(program=program.id, criterion=criterion.id, amount=amount)
        for criterion, scored in zip(criteria, columns, strict=True)
        for program, amount in zip(programs, scored.amounts, strict=True)
        if amount is not None
    )
    evidence = Evidence(programs=tuple(programs), criteria=tuple(criteria), scores=scores)
    project, project_notes = _project(grid.file, _title(grid, options), evidence)
    _check_size(grid.file, project)
    notes = (
        *_direction_notes(layout, columns, declared),
        *_name_notes(grid.file, layout, entries, columns),
        *grid.notes,
        *_gap_notes(grid),
        *_criteria_without_column(grid, described),
        *column_notes,
        *scale_notes,
        *program_notes,
        *project_notes,
    )
    return ImportedTable(project, notes)


def _title(grid: Grid, options: Options) -> str:
    titles = (name_in(title) for title in (options.title, PurePath(grid.file).stem))
    return next(filter(None, titles), "Imported table")[:MAX_NAME]


class Declared(NamedTuple):
    """What options or the sheet "Criteria" say of a column, whatever its cells hold."""

    scale: Scale
    id: str | None
    definition: str


def _declared(file: str, layout: Layout, described: dict[str, Described]) -> dict[int, Declared]:
    """Return what is declared of the columns of scores, by their position."""
    problems = Problems(file)
    declared: dict[int, Declared] = {}
    for column in layout.scores:
        sheet = described.get(match_key(column.heading))
        scale = _declared_scale(layout, column, sheet.scale if sheet else None)
        if scale is None:
            continue
        declared[column.index] = Declared(
            scale, sheet.id if sheet else None, sheet.definition if sheet else ""
        )
        if column.index in layout.cost and scale.direction == 1:
            message = "The sheet Criteria says more is better, but the column is named as a cost."
            mend = "Swap its worst and best end, or do not name it as a cost."
            problems.add_option("cost", "direction-conflict", message, mend, column)
    problems.check()
    return declared


def _declared_scale(layout: Layout, column: Column, sheet: Scale | None) -> Scale | None:
    """Return the scale a column is given; a range among the options goes before the sheet."""
    unit = layout.units.get(column.index)
    if column.index not in layout.ranges:
        return None if sheet is None else _with_unit(sheet, unit)
    worst, best = layout.ranges[column.index]
    known = sheet.unit if isinstance(sheet, NumberScale) else ""
    return NumberScale(unit=known if unit is None else unit, worst=worst, best=best, confirmed=True)


def _with_unit(scale: Scale, unit: str | None) -> Scale:
    if unit is None or not isinstance(scale, NumberScale):
        return scale
    return scale.model_copy(update={"unit": unit})


def _score_columns(
    grid: Grid, layout: Layout, entries: list[Entry], declared: dict[int, Declared]
) -> tuple[list[ScoreColumn], list[Finding]]:
    """Return the columns of scores; raises ``TableError`` naming every cell that is wrong."""
    if len(entries) * len(layout.scores) > MAX_SCORES:
        message = f"The table has more than {MAX_SCORES:,} scores, rows times columns."
        mend = "Leave out programs or columns that are not needed to choose."
        raise refuse(grid.file, "too-many-scores", message, mend)
    problems = Problems(grid.file)
    kept, left_out = read_columns(layout.scores, entries, set(declared))
    if not kept:
        mend = "Write the scores as numbers, one column for each criterion."
        raise refuse(grid.file, "no-scores", "No column holds numbers.", mend)
    notes = [left_out_finding(grid.file, column) for column in left_out]
    style = choose_style(grid.file, grid.delimiter, kept, entries, problems)
    if style == "comma":
        message = "Numbers were read with a decimal comma, as in 1.234,5."
        notes.append(Finding("hint", "decimal-comma", grid.file, message))
    columns: list[ScoreColumn] = []
    for cells in kept:
        check_cells(grid.file, cells, entries, problems)
        known = _declared_unit(cells.column, layout, declared)
        unit, warnings = find_unit(grid.file, cells, entries, known, problems)
        amounts = read_scores(grid.file, cells, entries, style, problems)
        columns.append(ScoreColumn(cells.column, amounts, unit))
        notes.extend(warnings)
    problems.check()
    return columns, notes


def _declared_unit(column: Column, layout: Layout, declared: dict[int, Declared]) -> str:
    known = declared.get(column.index)
    if known is not None and isinstance(known.scale, NumberScale):
        return known.scale.unit
    return layout.units.get(column.index, "")


def _criteria(
    file: str,
    columns: list[ScoreColumn],
    entries: list[Entry],
    declared: dict[int, Declared],
    cost: frozenset[int],
) -> tuple[list[Criterion], list[Finding]]:
    """Return a criterion for each column; raises ``TableError`` for scores out of range."""
    problems = Problems(file)
    ranges: list[str] = []
    criteria: list[Criterion] = []
    taken: set[str] = set()
    for scored in columns:
        column = scored.column
        known = declared.get(column.index)
        if known is None:
            scale, said = scale_from_data(scored, column.index in cost)
            ranges.append(said)
        else:
            scale = _with_unit(known.scale, scored.unit)
            check_range(file, scored, entries, scale, problems)
        own_id = known.id if known and known.id not in taken else None
        criterion = Criterion(
            id=own_id or new_id(column.heading, taken),
            name=column.heading,
            definition=known.definition if known else "",
            scale=scale,
        )
        taken.add(criterion.id)
        criteria.append(criterion)
    problems.check()
    return criteria, ranges_findings(file, ranges)


def _project(file: str, title: str, evidence: Evidence) -> tuple[Project, list[Finding]]:
    """Return the project with equal weights; a baseline without scores is set aside."""
    fresh = Project.new(title)
    notes: list[Finding] = []
    recorded = {s.program for s in evidence.scores if ends_of(s.amount) is not None}
    ranked = [p for p in evidence.programs if p.role == "candidate"]
    silent = [p.name for p in ranked if p.id not in recorded]
    if silent:
        notes.append(silent_finding(file, silent))
    framing = Framing()
    if BASELINE_ID not in recorded:
        reason = "Nothing recorded about it yet."
        framing = Framing(programs_out=(LeftOut(item=BASELINE_ID, reason=reason),))
        notes.append(_baseline_finding(file))
    if all(program.id != BASELINE_ID for program in evidence.programs):
        baseline: tuple[Program, ...] = fresh.run().evidence.programs
        evidence = evidence.model_copy(update={"programs": (*evidence.programs, *baseline)})
    project = (
        fresh.with_evidence(evidence)
        .with_framing(framing)
        .with_weighting(_equal_weights(evidence.criteria))
    )
    return project, notes


def _check_size(file: str, project: Project) -> None:
    """Raise ``TableError`` where the project's file would be too large to be opened again."""
    if len(to_json(project).encode()) > MAX_BYTES:
        message = "The project made from this table would be too large to be opened again."
        mend = "Shorten its texts, or leave out programs or columns not needed to choose."
        raise refuse(file, "too-large", message, mend)


def _direction_notes(
    layout: Layout, columns: list[ScoreColumn], declared: dict[int, Declared]
) -> list[Finding]:
    """Say which columns look like costs, but count more as better because nobody said."""
    assumed = [s.column for s in columns if s.column.index not in {*declared, *layout.cost}]
    return [perhaps_cost_finding(c) for c in assumed if looks_like_cost(c.heading)]


def _name_notes(
    file: str, layout: Layout, entries: list[Entry], columns: list[ScoreColumn]
) -> list[Finding]:
    """Say where programs are named by bare numbers although another column holds text."""
    names = [e.name for e in entries if match_key(e.name) != match_key(BASELINE_NAME)]
    scored = {s.column.index for s in columns}
    others = [*layout.scores, *(c for key, c in layout.texts.items() if key == "description")]
    texts = [c for c in others if c.index not in scored and holds_text(c, entries)]
    if not texts or not names or not all(read_cell(name).kind == "number" for name in names):
        return []
    return [number_names_finding(file, layout.name, texts[0])]


def _baseline_finding(file: str) -> Finding:
    return Finding(
        "hint",
        "baseline-set-aside",
        file,
        "“Continue as now” has no scores in the table, so it was set aside.",
        "Record what doing nothing new would bring, and rank it too.",
    )


def _equal_weights(criteria: tuple[Criterion, ...]) -> Weighting:
    return Weighting(
        id="equal",
        name="Equal weights (nobody has said what matters yet)",
        judgement=Equal(),
        asked=tuple(
            AskedRange(criterion=c.id, worst=c.scale.worst, best=c.scale.best) for c in criteria
        ),
    )


def _gap_notes(grid: Grid) -> list[Finding]:
    """Say which empty rows and columns were skipped."""
    numbers = [row.number for row in grid.rows]
    rows = [_span(a, b) for a, b in pairwise(numbers) if b - a > 1]
    columns = columns_in(grid)
    between = pairwise([-1, *(column.index for column in columns)])
    letters = [Column(i, "").letter for a, b in between for i in range(a + 1, b)]
    notes = []
    if rows:
        message = f"Empty rows were skipped: {listing(rows)}."
        notes.append(Finding("hint", "empty-rows", grid.file, message))
    if letters:
        message = f"Empty columns were skipped: {listing(letters)}."
        notes.append(Finding("hint", "empty-columns", grid.file, message))
    return notes


def _span(before: int, after: int) -> str:
    first, last = before + 1, after - 1
    return f"{first}" if first == last else f"{first} to {last}"


def _criteria_without_column(grid: Grid, described: dict[str, Described]) -> list[Finding]:
    headings = {match_key(text_of(cell)) for cell in grid.rows[0].cells}
    missing = [criterion.heading for key, criterion in described.items() if key not in headings]
    if not missing:
        return []
    message = f"The sheet Criteria lists criteria that have no column: {listing(missing)}."
    return [Finding("warning", "no-column", grid.file, message, "Add a column, or delete the row.")]
