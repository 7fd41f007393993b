"""The report's data as a workbook: a sheet a table, numbers as numbers, charts of its own."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from mcda.charts.static import PAPER
from mcda.report.data import Sheet, sheets
from mcda.report.model import Report

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_WIDE = frozenset({"Source", "Note", "Why it is not ranked", "Status", "Value"})
_MOST_SERIES = 10
_MOST_BARS = 40
_HEAD_HEIGHT = 64
_RUNNABLE = ("=", "+", "-", "@", "\t", "\r", "\n", "'")


def write_xlsx(report: Report) -> bytes:
    """Return the report's data as an XLSX workbook.

    Every sheet has one row of headings that stays in view, no merged cells, and no cell that
    could run as a formula. The same report gives the same bytes.

    >>> from mcda.project.templates import example
    >>> from mcda.report import build_report
    >>> write_xlsx(build_report(example()))[:2]
    b'PK'
    """
    from xlsxwriter import Workbook

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(out, options)
    book.set_properties(
        {
            "title": report.title[:255],
            "comments": report.labels,
            "created": datetime.datetime.combine(report.date, datetime.time()),
        }
    )
    tables = {table.name: table for table in sheets(report)}
    written = {name: _write(book, table, report) for name, table in tables.items()}
    _add_charts(book, written, tables)
    book.close()
    return out.getvalue()


def _write(book: Workbook, table: Sheet, report: Report) -> Any:  # noqa: ANN401 - a worksheet
    sheet = book.add_worksheet(table.name)
    bold = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}
    heading = book.add_format(bold)
    plain = {"valign": "top", "indent": 1}
    texts = {
        (wraps, guarded): book.add_format(plain | {"text_wrap": wraps, "quote_prefix": guarded})
        for wraps in (False, True)
        for guarded in (False, True)
    }
    kinds = dict.fromkeys(column.shown or "@" for column in table.columns)
    numbers = {kind: book.add_format({"valign": "top", "num_format": kind}) for kind in kinds}
    for column, head in enumerate(table.columns):
        sheet.write_string(0, column, _text(head.title), heading)
        sheet.set_column(column, column, _width(column, head.title, head.shown))
    for number, row in enumerate(table.rows, start=1):
        for column, (cell, head) in enumerate(zip(row, table.columns, strict=True)):
            if isinstance(cell, str):
                if cell:
                    wraps = column == 0 or head.title in _WIDE
                    own = texts[wraps, cell.startswith(_RUNNABLE)]
                    sheet.write_string(number, column, _text(cell), own)
            elif cell is not None:
                sheet.write_number(number, column, cell, numbers[head.shown or "@"])
    sheet.set_row(0, _HEAD_HEIGHT)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    # Our own words only: in a foot, "&" would begin a command.
    sheet.set_footer(f"&L{report.labels}&RPage &P of &N")
    return sheet


def _text(text: str) -> str:
    """Return text that is written as it is: ``<r>...</r>`` would be taken for markup."""
    return f" {text}" if text.startswith("<r>") else text


def _width(column: int, title: str, shown: str) -> int:
    if title in _WIDE:
        return 50
    if column == 0:
        return 36
    return 16 if shown else 24


def _add_charts(book: Workbook, written: dict[str, Any], tables: dict[str, Sheet]) -> None:
    results, parts, weights = (tables[n] for n in ("Results", "Contributions", "Weights"))
    ranked = sum(row[4] is not None for row in results.rows)
    _chart(book, written, results, range(4, 6), min(ranked, _MOST_BARS), "Points out of 100")
    charted = [at for at, column in enumerate(parts.columns) if column.charted]
    if charted:
        bars = min(len(parts.rows), _MOST_BARS)
        _chart(book, written, parts, charted, bars, "Where the points come from", stacked=True)
    shares = len(weights.columns) - 4
    if 0 < shares <= _MOST_SERIES:
        _chart(book, written, weights, range(1, 1 + shares), len(weights.rows), "Weights")


def _chart(  # noqa: PLR0913, PLR0917 - what, of which table, and where
    book: Workbook,
    written: dict[str, Any],
    table: Sheet,
    columns: Sequence[int],
    bars: int,
    title: str,
    *,
    stacked: bool = False,
) -> None:
    """Add bars below a table, a series a column, the first row on top."""
    if bars == 0:
        return
    chart = book.add_chart({"type": "bar", "subtype": "stacked"} if stacked else {"type": "bar"})
    for number, column in enumerate(columns):
        fill: dict[str, Any] = {"fill": {"color": PAPER.series[number % len(PAPER.series)]}}
        if stacked and number == len(columns) - 1:
            hatch = {"pattern": "wide_upward_diagonal", "fg_color": PAPER.unknown}
            fill = {"pattern": hatch | {"bg_color": PAPER.background}}
        chart.add_series(
            fill
            | {
                "name": [table.name, 0, column],
                "categories": [table.name, 1, 0, bars, 0],
                "values": [table.name, 1, column, bars, column],
                "border": {"color": "#ffffff"},
                "gap": 60,
            }
        )
    chart.set_title({"name": title, "overlay": False})
    # The first row on top, and the numbers below it all.
    chart.set_y_axis({"reverse": True, "crossing": "max"})
    chart.set_x_axis({"num_format": table.columns[columns[0]].shown})
    chart.set_legend({"position": "bottom"})
    beside = 1 if stacked else max(1, len(columns) // 2)
    chart.set_size({"width": 900, "height": 160 + 30 * bars * beside})
    below = len(table.rows) + 2
    about = {"description": f"{title}: bars of the table above.", "object_position": 3}
    written[table.name].insert_chart(below, 0, chart, about)
