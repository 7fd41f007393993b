"""A table file is fetched, told by its content, and read by the reader for its kind."""

from __future__ import annotations

from pathlib import Path, PurePath

from mcda.project.tables.csv_reader import read_csv
from mcda.project.tables.grid import Grid
from mcda.project.tables.places import refuse, refuse_sheet
from mcda.project.tables.xlsx_reader import read_xlsx
from mcda.project.text import clean_line, shorten

MAX_BYTES = 20_000_000
_TEXT_ENDINGS = {".csv", ".tsv", ".txt"}
_SAVE_AS = "Open it in a spreadsheet program and save it as .xlsx or .csv."
_BEGINNINGS = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"%PDF", "pdf"),
    (b"\xff\xfe", "text"),
    (b"\xfe\xff", "text"),
)


def read_table(source: Path | tuple[str, bytes], sheet: str | None = None) -> Grid:
    """Read a table file into rows of cells.

    ``source`` is a path, or a file's name with its bytes. Raises ``TableError`` for
    anything that is not a readable .xlsx or delimited text file within the limits.
    """
    file, data = _fetch(source)
    ending = PurePath(file).suffix.lower()
    if ending not in {".xlsx", *_TEXT_ENDINGS}:
        kind = f"Files that end in {ending}" if ending else "Files with no ending"
        raise refuse(file, "wrong-kind", f"{kind} are not read here.", _SAVE_AS)
    if len(data) > MAX_BYTES:
        raise refuse(
            file, "too-large", "The file is larger than 20 MB.", "Take out what is not needed."
        )
    if not data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise refuse(file, "empty", "The file is empty.")
    content = _content(data)
    if ending == ".xlsx":
        _check_workbook(file, content)
        return read_xlsx(file, data, sheet)
    _check_text(file, content)
    if sheet is not None:
        raise refuse_sheet(file, "no-sheets", "A text file has no sheets to choose from.")
    return read_csv(file, data)


def _fetch(source: Path | tuple[str, bytes]) -> tuple[str, bytes]:
    """Return the file's name and at most one byte more than the limit of its content."""
    if isinstance(source, tuple):
        name, data = source
        return _shown_name(name), data
    file = _shown_name(source.name)
    if source.is_dir():
        raise refuse(file, "folder", "This is a folder, not a file.", "Choose the file in it.")
    if not source.exists():
        raise refuse(file, "missing", "There is no such file.", "Check its name and folder.")
    if not source.is_file():
        raise refuse(file, "unreadable", "This is not an ordinary file.")
    try:
        with source.open("rb") as stream:
            return file, stream.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise refuse(file, "unreadable", f"The file cannot be read: {reason}.") from error


def _shown_name(name: str) -> str:
    plain = PurePath(str(clean_line(name)).replace("\\", "/"))
    return f"{shorten(plain.stem, 80)}{plain.suffix}" or "the table"


def _content(data: bytes) -> str:
    """Tell what a file is by how it begins: zip, ole, pdf, text or binary."""
    known = next((kind for start, kind in _BEGINNINGS if data.startswith(start)), None)
    return known or ("binary" if b"\0" in data else "text")


def _check_workbook(file: str, content: str) -> None:
    if content == "zip":
        return
    if content == "ole":
        raise refuse(
            file,
            "locked-or-old",
            "The workbook is protected by a password, or is in the old .xls format.",
            "Take the password off and save it as .xlsx.",
        )
    found = "plain text" if content == "text" else "something else"
    raise refuse(
        file,
        "wrong-content",
        f"The name ends in .xlsx, but the file holds {found}, not a workbook.",
        "If it is a text table, name it .csv. Otherwise save it again as .xlsx.",
    )


def _check_text(file: str, content: str) -> None:
    if content == "text":
        return
    found, mend = {
        "zip": ("an Excel workbook or another zip file", "If it is a workbook, name it .xlsx."),
        "ole": ("an old or locked Excel workbook", _SAVE_AS),
        "pdf": ("a PDF", "Copy its table into a spreadsheet program and save it as .csv."),
        "binary": ("something that is not text", "Save it again as CSV UTF-8."),
    }[content]
    raise refuse(
        file, "wrong-content", f"The file should be a text table, but holds {found}.", mend
    )
