"""The report's data as CSV, in which no cell of text can run as a formula."""

from __future__ import annotations

from mcda.project.csv_writer import csv_bytes
from mcda.report.data import Sheet, sheet
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
    return sheet_csv(sheet(report, table))


def sheet_csv(table: Sheet) -> bytes:
    """Return a table as CSV."""
    return csv_bytes([[column.title for column in table.columns], *table.rows])
