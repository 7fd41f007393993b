"""Delimited text: encodings, the delimiter, and rows."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from mcda.project.csv_writer import restored
from mcda.project.findings import Finding
from mcda.project.tables.grid import Cell, Grid, filled_rows
from mcda.project.tables.places import Place, refuse

_DELIMITERS = ",;\t|"
_SAMPLE_ROWS = 100
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Some programs write the delimiter into a first line of its own.
_DECLARED = re.compile(r"sep=([,;\t|])\r?\n?")


def read_csv(file: str, data: bytes) -> Grid:
    """Read delimited text; raises ``TableError`` where it cannot be read."""
    text, notes = _decoded(file, data)
    declared = _DECLARED.match(text)
    body = text[declared.end() :] if declared else text
    delimiter = declared[1] if declared else _delimiter(body)
    rows = filled_rows(file, _rows(file, body, delimiter, start=2 if declared else 1))
    return Grid(file, rows, notes, delimiter=delimiter)


def _decoded(file: str, data: bytes) -> tuple[str, tuple[Finding, ...]]:
    note = Finding(
        "hint",
        "encoding",
        file,
        "The text is not UTF-8 and was read as Windows text (cp1252).",
        "Check accents and dashes in the names, or save the file as CSV UTF-8.",
    )
    encoding = "utf-16" if data.startswith(_UTF_16) else "utf-8-sig"
    notes: tuple[Finding, ...] = ()
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text, notes = _windows_text(file, data), (note,)
    if "\0" in text:
        raise refuse(file, "wrong-content", "The file is not text.", "Save it as CSV UTF-8.")
    return text, notes


def _windows_text(file: str, data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise refuse(
            file, "encoding", "The letters cannot be read.", "Save the file as CSV UTF-8."
        ) from error


def _delimiter(text: str) -> str:
    """Choose what separates the cells: most rows as long as the first, then most cells."""
    return max(_DELIMITERS, key=lambda delimiter: _agreement(text, delimiter))


def _agreement(text: str, delimiter: str) -> tuple[int, int]:
    counts: list[int] = []
    with suppress(csv.Error):  # the rows before the error count
        for row in filter(None, islice(_reader(text, delimiter), _SAMPLE_ROWS)):
            counts.append(len(row))
    if not counts or counts[0] == 1:
        return 0, 0
    return counts.count(counts[0]), counts[0]


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _rows(file: str, text: str, delimiter: str, start: int) -> Iterator[tuple[int, list[Cell]]]:
    number = start - 1
    try:
        for number, cells in enumerate(_reader(text, delimiter), start):
            yield number, [restored(cell) for cell in cells]
    except csv.Error as error:
        raise refuse(
            file,
            "broken-row",
            "A quotation mark is not closed, stands inside a cell, or a cell is far too long.",
            "Write a quotation mark inside a cell twice, and the whole cell in quotation marks.",
            str(Place(file, number + 1)),
        ) from error
