"""A run's scores as a table: CSV, or a workbook with a second sheet for the criteria."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from typing import Any, Literal

from mcda.project.csv_writer import csv_bytes
from mcda.project.document import Project
from mcda.project.evidence import Amount, Exact, Program, Range, Score
from mcda.project.run import Run
from mcda.project.tables.criteria_sheet import HEADINGS, SHEET_NAME, criterion_cells
from mcda.project.tables.grid import exact_text, kept_number
from mcda.project.tables.options import RESERVED_HEADINGS
from mcda.project.text import MAX_NAME, match_key

_NAME_HEADING = "Program"
_PROGRAMS_SHEET = "Programs"
# Columns of text about programs, written where a candidate or support has more to say than usual.
_TEXTS: dict[str, tuple[Callable[[Program], str], str]] = {
    "Kind": (lambda program: program.kind, "program"),
    "Role": (lambda program: "support" if program.role == "support" else "", ""),
    "Unit reached": (lambda program: program.unit_reached, ""),
    "Description": (lambda program: program.description, ""),
}
_WIDTHS = {"Definition": 60, "Anchors": 60, "Criterion": 40, "Description": 60}

Value = str | float
Table = list[list[Value]]


def export_table(
    project: Project, run_id: str | None = None, *, kind: Literal["csv", "xlsx"]
) -> bytes:
    """Write a run's scores as a table that ``import_table`` reads back.

    A row is a program, a column is a criterion. A score is a number, a range
    (``10..20``, or ``10..15..20`` with the likely number), ``unknown``, or empty where
    nothing is recorded; so a project without scores gives a template to fill in. A
    workbook has a second sheet, "Criteria", with units, directions, ranges and levels.
    No cell runs as a formula. Programs and criteria that are set aside are written too.
    Numbers in a workbook keep 15 digits, as spreadsheets do.

    Raises ``UnknownItemError`` for a run that is not there, ``ValueError`` for another kind.

    >>> export_table(Project.new("Elm County"), kind="csv").decode("utf-8-sig").splitlines()
    ['"Program"', '"Continue as now"']
    """
    run = project.run(run_id)
    if kind == "csv":
        return csv_bytes(_programs_table(run, exact_text), exact=True)
    if kind == "xlsx":
        return _xlsx(project, run)
    raise ValueError(f"kind must be 'csv' or 'xlsx', not {kind!r}")


def _programs_table(run: Run, show: Callable[[float], str]) -> Table:
    evidence = run.evidence
    programs = evidence.programs
    texts = {
        heading: text
        for heading, (text, usual) in _TEXTS.items()
        if any(text(program) != usual for program in programs if program.role != "baseline")
    }
    names = _distinct(((p.name, p.id) for p in programs), set())
    scores = {score.place: score for score in evidence.scores}
    rows: Table = [[_NAME_HEADING, *texts, *_criterion_headings(run)]]
    for program, name in zip(programs, names, strict=True):
        cells = (scores.get((program.id, criterion.id)) for criterion in evidence.criteria)
        about = (text(program) for text in texts.values())
        rows.append([name, *about, *(_score_cell(score, show) for score in cells)])
    return rows


def _criterion_headings(run: Run) -> list[str]:
    return _distinct(((c.name, c.id) for c in run.evidence.criteria), RESERVED_HEADINGS)


def _distinct(named: Iterable[tuple[str, str]], reserved: set[str]) -> list[str]:
    """Return the names, with the id added where import would take two for the same."""
    taken = set(reserved)
    names = []
    for name, item_id in named:
        shown = name
        while match_key(shown) in taken:
            shown = f"{shown[: MAX_NAME - 90]} ({item_id})"
        taken.add(match_key(shown))
        names.append(shown)
    return names


def _score_cell(score: Score | None, show: Callable[[float], str]) -> Value:
    return "" if score is None else _amount_cell(score.amount, show)


def _amount_cell(amount: Amount, show: Callable[[float], str]) -> Value:
    match amount:
        case Exact(value=value):
            return value
        case Range(low=low, high=high, likely=likely):
            numbers = (low, high) if likely is None else (low, likely, high)
            return "..".join(show(number) for number in numbers)
    return "unknown"


def _xlsx(project: Project, run: Run) -> bytes:
    from xlsxwriter import Workbook

    headings = _criterion_headings(run)
    criteria: Table = [[*HEADINGS]]
    for criterion, heading in zip(run.evidence.criteria, headings, strict=True):
        criteria.append(criterion_cells(criterion, heading))
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    title = (
        f"{project.info.title} (illustrative)" if project.info.illustrative else project.info.title
    )
    book.set_properties({"title": title[:255]})
    _write_sheet(book, _PROGRAMS_SHEET, _programs_table(run, lambda x: exact_text(kept_number(x))))
    _write_sheet(book, SHEET_NAME, criteria)
    book.close()
    return out.getvalue()


def _write_sheet(book: Any, name: str, table: Table) -> None:  # noqa: ANN401
    """Write one table as a sheet: headings first, bold and in view, no merged cells."""
    sheet = book.add_worksheet(name)
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    for row_number, row in enumerate(table):
        for column, cell in enumerate(row):
            if cell == "":
                continue
            if isinstance(cell, str):
                text_format = heading if row_number == 0 else plain
                sheet.write_string(row_number, column, _xlsx_text(cell), text_format)
            else:
                sheet.write_number(row_number, column, kept_number(cell), plain)
    for column, text in enumerate(table[0]):
        sheet.set_column(column, column, _WIDTHS.get(str(text), 40 if column == 0 else 16))
    sheet.freeze_panes(1, 1)


def _xlsx_text(text: str) -> str:
    """Return text that XlsxWriter writes as text: it takes ``<r>...</r>`` for its own markup."""
    return f" {text}" if text.startswith("<r>") else text
