"""The report's data as CSV, in which no cell of text can run as a formula."""

from __future__ import annotations

import csv
import io

from mcda.project.tables.csv_reader import neutralised
from mcda.report.data import Sheet, Value, sheets
from mcda.report.model import Report


def write_csv(report: Report, table: str = "Results") -> bytes:
    """Return one of the report's tables as CSV, in UTF-8 with the mark that spreadsheets expect.

    Args:
        report: the report.
        table: "Results", "Contributions", "Weights", "Evidence" or "About".

    Raises:
        ValueError: no such table.

    >>> from mcda.project.templates import example
    >>> from mcda.report import build_report
    >>> write_csv(build_report(example())).decode("utf-8-sig").split(",")[0]
    '"Program"'
    """
    known = {sheet.name: sheet for sheet in sheets(report)}
    if table not in known:
        raise ValueError(f"There is no table {table!r}; there is {', '.join(known)}.")
    return csv_bytes(known[table])


def csv_bytes(sheet: Sheet) -> bytes:
    """Return a table as CSV."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([neutralised(column.title) for column in sheet.columns])
    writer.writerows([_cell(cell) for cell in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(cell: Value) -> Value:
    if cell is None:
        return ""
    return neutralised(cell) if isinstance(cell, str) else cell
