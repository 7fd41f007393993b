"""The report's data as CSV, in which no cell of text can run as a formula."""

from __future__ import annotations

import csv
import io

from mcda.project.tables.csv_reader import neutralised
from mcda.report.data import Sheet, Value, sheet
from mcda.report.model import Report


def write_csv(report: Report, table: str = "results") -> bytes:
    """Return one of the report's tables as CSV, in UTF-8 with the mark that spreadsheets expect.

    Args:
        report: the report.
        table: one of ``TABLES``, such as results, evidence or milestones.

    Raises:
        ValueError: no such table.

    >>> from mcda.project.templates import example
    >>> from mcda.report import build_report
    >>> write_csv(build_report(example()), "weights").decode("utf-8-sig").split(",")[0]
    '"Criterion"'
    """
    return csv_bytes(sheet(report, table))


def csv_bytes(table: Sheet) -> bytes:
    """Return a table as CSV."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([neutralised(column.title) for column in table.columns])
    writer.writerows([_cell(cell) for cell in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(cell: Value) -> Value:
    if cell is None:
        return ""
    return neutralised(cell) if isinstance(cell, str) else cell
