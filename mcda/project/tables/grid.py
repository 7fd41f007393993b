"""A table as it stands in a file: rows of cells, before anyone asks what they mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from mcda.project.findings import Finding
from mcda.project.tables.places import Column, Place, refuse
from mcda.project.text import MAX_NAME, Name, clean_line

MAX_ROWS = 5_000
MAX_COLUMNS = 200
MAX_CELL = 20_000
# Beyond programs and criteria, an exported table has headings and a row "Continue as now",
# and columns for names and texts.
_MORE_ROWS = 2
_MORE_COLUMNS = 5
# No spreadsheet program has more rows; a file that says so is made to keep us counting.
LAST_ROW = 1_048_576
_NAME = TypeAdapter(Name)


class Quantity(NamedTuple):
    """A number the file holds as a number, with the unit its cell is formatted in."""

    value: float
    unit: str = ""


class Fault(NamedTuple):
    """A cell whose content cannot be used: what it shows, why not, and the mend."""

    shown: str
    problem: str
    mend: str


Cell = str | Quantity | Fault | None


class Row(NamedTuple):
    """One row that holds something, with its number as a spreadsheet shows it."""

    number: int
    cells: list[Cell]

    def cell(self, index: int) -> Cell:
        """Return the cell in a column; None past the end."""
        return self.cells[index] if index < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table read from a file.

    ``criteria`` holds the rows of the sheet "Criteria" where a workbook has one, and
    ``delimiter`` what separates the cells of a text file.
    """

    file: str
    rows: list[Row]
    notes: tuple[Finding, ...] = ()
    criteria: tuple[Row, ...] = ()
    delimiter: str = ""


def text_of(cell: Cell) -> str:
    """Return a cell as text: numbers as they read back, nothing for a faulty cell.

    >>> text_of(Quantity(2020.0)), text_of(None)
    ('2020', '')
    """
    if isinstance(cell, Quantity):
        return exact_text(cell.value)
    return cell if isinstance(cell, str) else ""


def name_in(cell: Cell) -> str:
    """Return a cell as a name on one line; empty where there is nothing to see in it."""
    line = str(clean_line(text_of(cell)))
    try:
        _NAME.validate_python(line[:MAX_NAME])
    except ValidationError:
        return ""
    return line


def exact_text(value: float) -> str:
    """Return the shortest text that reads back as the same number.

    >>> exact_text(25.0), exact_text(0.1)
    ('25', '0.1')
    """
    return str(int(value)) if value.is_integer() and abs(value) <= 1e15 else repr(value)


def kept_number(value: float) -> float:
    """Return a number as a spreadsheet keeps it, to 15 digits.

    >>> kept_number(0.1 + 0.2)
    0.3
    """
    return float(f"{value:.15g}")


def filled_rows(file: str, rows: Iterable[tuple[int, list[Cell]]]) -> list[Row]:
    """Keep the rows that hold something, each cut after its last filled cell.

    Raises ``TableError`` where the table passes a limit.
    """
    kept: list[Row] = []
    for number, cells in rows:
        if number > LAST_ROW:
            raise refuse(file, "too-many-rows", "The table has rows no spreadsheet can show.")
        filled = _trimmed(cells)
        if not filled:
            continue
        _check_row(file, number, filled)
        kept.append(Row(number, filled))
        if len(kept) > MAX_ROWS + _MORE_ROWS:
            raise refuse(
                file,
                "too-many-rows",
                f"The table has more than {MAX_ROWS:,} rows.",
                "Import the rows to choose among only.",
            )
    return kept


def _trimmed(cells: list[Cell]) -> list[Cell]:
    last = len(cells)
    while last and is_blank(cells[last - 1]):
        last -= 1
    return cells[:last]


def is_blank(cell: Cell) -> bool:
    """Tell whether a cell holds nothing but spaces."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _check_row(file: str, number: int, cells: list[Cell]) -> None:
    if len(cells) > MAX_COLUMNS + _MORE_COLUMNS:
        raise refuse(
            file,
            "too-many-columns",
            f"The table has more than {MAX_COLUMNS} columns.",
            "Leave out the columns that are not criteria.",
            str(Place(file, number)),
        )
    for index, cell in enumerate(cells):
        if isinstance(cell, str) and len(cell) > MAX_CELL:
            raise refuse(
                file,
                "cell-too-long",
                f"The cell holds more than {MAX_CELL:,} characters.",
                "Shorten it. A quotation mark that is not closed can also cause this.",
                str(Place(file, number, column=Column(index, ""))),
            )
