"""Workbooks: which sheet holds the table, and its cells as numbers with units, or text."""

from __future__ import annotations

import datetime
import re
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache
from io import BytesIO
from itertools import islice
from typing import Any

from mcda.project.errors import TableError
from mcda.project.findings import Finding
from mcda.project.tables.archive import check_archive, damaged
from mcda.project.tables.criteria_sheet import SHEET_NAME, is_criteria_header
from mcda.project.tables.grid import LAST_ROW, Cell, Fault, Grid, Quantity, Row, filled_rows
from mcda.project.tables.numbers import unit_in
from mcda.project.tables.places import listing, refuse, refuse_sheet
from mcda.project.text import match_key, quoted

# Within a number format: text shown as it is ("..." or \\x), room left free (_x) or filled
# (*x), a currency [$€-407], and colours, conditions and locales in other brackets.
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|[_*].')
_BRACKETED = re.compile(r"\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]")
# How workbooks write the carriage return of a line break; the line feed follows as it is.
_RETURN = "_x000D_"
_LONGEST_CURRENCY = 20
_STALE = Fault(
    "=…",
    "is a formula whose result is not in the file",
    "Open the file in a spreadsheet program and save it again.",
)
# A formula cell of this type without a value is complete: its result is empty text.
_TEXT_RESULT = "str"


def read_xlsx(file: str, data: bytes, sheet: str | None = None) -> Grid:
    """Read one sheet of a workbook, and its sheet "Criteria" where it has one.

    Without ``sheet`` the first visible sheet with data is read. Raises ``TableError``
    where the workbook is unsafe, damaged or empty, or has no such sheet.
    """
    contents = check_archive(file, data)
    with _opened(file, data, results=True) as book:
        criteria_name, criteria = _criteria(file, book)
        if sheet is None:
            name, notes = _first_sheet(file, book, criteria_name)
        else:
            name, notes = _named_sheet(file, book, sheet), ()
        stale = _formulas(file, data, name) if contents.has_formulas else frozenset()
        rows = filled_rows(file, _rows(book[name], stale))
    return Grid(file, rows, notes, criteria if name != criteria_name else ())


@contextmanager
def _opened(file: str, data: bytes, *, results: bool) -> Iterator[Any]:
    """Open a checked workbook, with the results of its formulas or the formulas themselves."""
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about parts that are not read here
            book = load_workbook(BytesIO(data), read_only=True, data_only=results, keep_links=False)
            with closing(book):
                # The size a sheet declares may be wrong, and would cut its rows off.
                for sheet in book.worksheets:
                    sheet.reset_dimensions()
                yield book
    except TableError:
        raise
    except Exception as error:  # openpyxl raises all sorts on hand-broken parts
        raise damaged(file) from error


def _criteria(file: str, book: Any) -> tuple[str | None, tuple[Row, ...]]:  # noqa: ANN401
    """Return the name and rows of the sheet that describes the criteria, if there is one."""
    for sheet in book.worksheets:
        if match_key(sheet.title) != match_key(SHEET_NAME):
            continue
        rows = filled_rows(file, _rows(sheet))
        if rows and is_criteria_header(rows[0]):
            return sheet.title, tuple(rows)
    return None, ()


def _first_sheet(
    file: str,
    book: Any,  # noqa: ANN401  (openpyxl has no types)
    criteria_name: str | None,
) -> tuple[str, tuple[Finding, ...]]:
    names = [
        sheet.title
        for sheet in book.worksheets
        if sheet.sheet_state == "visible" and sheet.title != criteria_name and _has_data(sheet)
    ]
    if not names:
        raise refuse(file, "empty", "No visible sheet of the workbook holds a table.")
    if len(names) == 1:
        return names[0], ()
    note = Finding(
        "hint",
        "several-sheets",
        file,
        f"The sheet {quoted(names[0])} was read. Not read: {listing(names[1:])}.",
        "Name the sheet to read another one.",
    )
    return names[0], (note,)


def _named_sheet(file: str, book: Any, wanted: str) -> str:  # noqa: ANN401
    names = [sheet.title for sheet in book.worksheets]
    found = next((name for name in names if match_key(name) == match_key(wanted)), None)
    if found is not None:
        return str(found)
    close = get_close_matches(wanted, names, n=1)
    mend = f"Did you mean {quoted(close[0])}?" if close else f"There is: {listing(names)}."
    raise refuse_sheet(file, "unknown-sheet", f"There is no sheet {quoted(wanted)}.", mend)


def _has_data(sheet: Any) -> bool:  # noqa: ANN401
    rows = islice(sheet.iter_rows(values_only=True), LAST_ROW)
    return any(value not in (None, "") for row in rows for value in row)


def _formulas(file: str, data: bytes, name: str) -> frozenset[tuple[int, int]]:
    """Return the positions (row from 1, column from 0) of a sheet's formulas."""
    with _opened(file, data, results=False) as book:
        return frozenset(
            (number, index)
            for number, row in enumerate(islice(book[name].iter_rows(), LAST_ROW), 1)
            for index, cell in enumerate(row)
            if cell.data_type == "f"
        )


def _rows(
    sheet: Any,  # noqa: ANN401
    formulas: frozenset[tuple[int, int]] = frozenset(),
) -> Iterator[tuple[int, list[Cell]]]:
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells = [_cell(cell) for cell in row]
        for index, cell in enumerate(row):
            missing = cell.value is None and cell.data_type != _TEXT_RESULT
            if missing and (number, index) in formulas:
                cells[index] = _STALE
        yield number, cells


def _cell(cell: Any) -> Cell:  # noqa: ANN401
    value = cell.value
    match value:
        case None:
            return None
        case bool():
            return str(value).upper()
        case int() | float():
            return _quantity(value, cell.number_format)
        case datetime.datetime():
            return value.date().isoformat()
    if cell.data_type == "e":
        return Fault(str(value), "is an error", "Mend its formula, or clear the cell.")
    return str(value).replace(_RETURN, "")


def _quantity(value: float, number_format: str) -> Quantity:
    scaled, unit = _format_unit(number_format)
    try:
        number = float(value)
    except OverflowError:
        return Quantity(float("inf"), unit)
    # In decimal, so that 0.07 shown as 7% is 7 and not 7.000000000000001.
    return Quantity(float(Decimal(repr(number)) * 100) if scaled else number, unit)


@lru_cache(maxsize=256)
def _format_unit(number_format: str) -> tuple[bool, str]:
    """Tell whether a number format shows hundredfold, and which unit it shows.

    >>> _format_unit("0.0%"), _format_unit('#,##0 "$"'), _format_unit("General")
    ((True, '%'), (False, '$'), (False, ''))
    """
    shown = number_format.partition(";")[0]
    plain = _BRACKETED.sub("", _LITERAL.sub("", shown))
    if "%" in plain:
        return True, "%"
    currency = "".join(match[1] or "" for match in _BRACKETED.finditer(shown)).strip()
    literal = "".join(match[1] or match[2] or "" for match in _LITERAL.finditer(shown))
    return False, unit_in(f"{currency} {literal} {plain}") or currency[:_LONGEST_CURRENCY]
