"""Where in a table something is, in words, and the list of what is wrong there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from mcda.project.errors import TableError
from mcda.project.findings import Finding
from mcda.project.text import listed, quoted, shorten

LISTED = 20


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its position from 0 and its heading, cleaned."""

    index: int
    heading: str

    @property
    def letter(self) -> str:
        """The letter a spreadsheet shows above the column."""
        from xlsxwriter.utility import xl_col_to_name

        return str(xl_col_to_name(self.index))

    def __str__(self) -> str:
        """Return the letter and, where there is one, the heading: ``C (Cost)``."""
        return f"{self.letter} ({shorten(self.heading)})" if self.heading else self.letter


class Place(NamedTuple):
    """A place in a table; what is left out is not named.

    >>> print(Place("programs.csv", 7, "Mentors", Column(2, "Cost")))
    programs.csv, row 7 (Mentors), column C (Cost)
    """

    file: str
    row: int | None = None
    program: str = ""
    column: Column | None = None

    def __str__(self) -> str:
        """Return the place in words, from the file down to the cell."""
        parts = [self.file]
        if self.row is not None:
            parts.append(
                f"row {self.row}" + (f" ({shorten(self.program)})" if self.program else "")
            )
        if self.column is not None:
            parts.append(f"column {self.column}")
        return ", ".join(parts)


class OptionsError(TableError):
    """Options of an import that cannot be; the file itself has no fault that was seen."""


class Problems:
    """Errors gathered while a table is read, so that all of them are told at once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: list[Finding] = []
        self._in_file = False

    def add(self, place: Place, code: str, message: str, mend: str = "") -> None:
        """Note one error of the file."""
        self._in_file = True
        self._found.append(Finding("error", code, str(place), message, mend))

    def add_option(
        self, option: str, code: str, message: str, mend: str = "", column: Column | None = None
    ) -> None:
        """Note one error of an option, named as on the command line."""
        place = Place(f"{self.file}, option --{option}", column=column)
        self._found.append(Finding("error", code, str(place), message, mend))

    def check(self) -> None:
        """Raise ``TableError`` with the first of the errors noted, where there are any.

        It is an ``OptionsError`` where every one of them is of an option.
        """
        if not self._found:
            return
        listed = self._found[:LISTED]
        more = len(self._found) - len(listed)
        if more:
            listed.append(Finding("error", "more", self.file, f"And {more} more like these."))
        raise refusal(self.file, listed, TableError if self._in_file else OptionsError)


def refusal(file: str, findings: list[Finding], kind: type[TableError] = TableError) -> TableError:
    """Return the error that refuses a file for these reasons."""
    return kind(f"{file} was not imported; nothing was changed.", findings)


def refuse(file: str, code: str, message: str, mend: str = "", place: str = "") -> TableError:
    """Return the error that refuses a file for one reason."""
    return refusal(file, [Finding("error", code, place or file, message, mend)])


def refuse_sheet(file: str, code: str, message: str, mend: str = "") -> TableError:
    """Return the error that refuses the sheet asked for."""
    finding = Finding("error", code, f"{file}, option --sheet", message, mend)
    return refusal(file, [finding], OptionsError)


def listing(names: Iterable[str], most: int = 6) -> str:
    """Return names in quotation marks as a phrase, with a count of those that are not shown.

    >>> listing(["a", "b", "c"], most=2)
    '“a”, “b” and 1 more'
    """
    return listed([quoted(name) for name in names], most)
