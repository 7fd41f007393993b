"""The report's data as a workbook: a sheet a table, numbers as numbers, charts of its own."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING, Any

from mcda.charts.static import PAPER
from mcda.report.data import Sheet, Value, sheets
from mcda.report.model import Report

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_WIDE = frozenset(
    {"Source", "Note", "Why it is not ranked", "Status", "Value", "What it means", "What happened"}
    | {"What was learned"}
)
_MOST_SERIES = 10
_MOST_BARS = 40
_NUMBER, _PHRASE, _PROSE = 12, 30, 44  # widths of columns, in letters
_LINE, _TALLEST = 15, 400  # heights of rows, in points
_PORTRAIT, _LANDSCAPE = 140, 280  # letters on the width of a page that can still be read
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
    wraps = {"text_wrap": True, "valign": "top"}
    heading = book.add_format(wraps | {"bold": True, "bottom": 1})
    texts = [
        book.add_format(wraps | {"align": "left", "indent": 1, "quote_prefix": guarded})
        for guarded in (False, True)
    ]
    kinds = dict.fromkeys(column.shown or "@" for column in table.columns)
    numbers = {kind: book.add_format({"valign": "top", "num_format": kind}) for kind in kinds}
    widths = [_width(table, at) for at in range(len(table.columns))]
    heads = [column.title for column in table.columns]
    for column, (title, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.write_string(0, column, _text(title), heading)
        sheet.set_column(column, column, width)
    sheet.set_row(0, _height(heads, widths))
    for number, row in enumerate(table.rows, start=1):
        sheet.set_row(number, _height(row, widths))
        for column, (cell, head) in enumerate(zip(row, table.columns, strict=True)):
            if isinstance(cell, str):
                if cell:
                    own = texts[cell.startswith(_RUNNABLE)]
                    sheet.write_string(number, column, _text(cell), own)
            elif cell is not None:
                sheet.write_number(number, column, cell, numbers[head.shown or "@"])
    sheet.freeze_panes(1, 1)
    _set_print(sheet, sum(widths), report.labels)
    return sheet


def _set_print(sheet: Any, width: int, labels: str) -> None:  # noqa: ANN401 - a worksheet
    """Make a sheet print one page wide, or more where one could not be read."""
    if width > _PORTRAIT:
        sheet.set_landscape()
    sheet.fit_to_pages(ceil(width / _LANDSCAPE), 0)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    # Our own words only: in a foot, "&" would begin a command.
    sheet.set_footer(f"&L{labels}&RPage &P of &N")


def _text(text: str) -> str:
    """Return text that is written as it is: ``<r>...</r>`` would be taken for markup."""
    return f" {text}" if text.startswith("<r>") else text


def _width(table: Sheet, column: int) -> int:
    """Return the width of a column, in letters: its texts are wrapped where they are long."""
    head = table.columns[column]
    if head.shown:
        return _NUMBER
    longest = max((len(str(row[column] or "")) for row in table.rows), default=0)
    most = _PROSE if head.title in _WIDE else _PHRASE
    return min(max(longest + 3, _NUMBER), most)


def _height(cells: Sequence[Value], widths: Sequence[int]) -> float:
    """Return the height of a row in points, so that no program has to guess it."""
    lines = (
        sum(ceil((len(line) + 1) / width) for line in cell.splitlines())
        for cell, width in zip(cells, widths, strict=True)
        if isinstance(cell, str)
    )
    return min(_LINE * max(1, *lines), _TALLEST) + 1


def _add_charts(book: Workbook, written: dict[str, Any], tables: dict[str, Sheet]) -> None:
    if "Results" in tables:
        _chart_results(book, written, tables)
    if "Weights" in tables:
        weights = tables["Weights"]
        shares = len(weights.columns) - 4
        if 0 < shares <= _MOST_SERIES:
            _chart(book, written, weights, range(1, 1 + shares), len(weights.rows), "Weights")


def _chart_results(book: Workbook, written: dict[str, Any], tables: dict[str, Sheet]) -> None:
    results, parts = tables["Results"], tables["Contributions"]
    ranked = sum(row[4] is not None for row in results.rows)
    _chart(book, written, results, range(4, 6), min(ranked, _MOST_BARS), "Points out of 100")
    charted = [at for at, column in enumerate(parts.columns) if column.charted]
    if charted:
        bars = min(len(parts.rows), _MOST_BARS)
        _chart(book, written, parts, charted, bars, "Where the points come from", stacked=True)


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
    # The first column stays in view and is repeated on paper: a chart in it would be cut.
    written[table.name].insert_chart(below, 1, chart, about)
