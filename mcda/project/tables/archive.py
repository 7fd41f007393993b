"""A workbook is a zip of XML parts: what is in it is checked before anything parses it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

from mcda.project.errors import TableError
from mcda.project.tables.places import refuse

MAX_UNPACKED = 200_000_000
_MAX_PARTS = 5_000
# Real workbooks pack to a tenth or a thirtieth; small ones may look odd and do no harm.
_MAX_RATIO = 100
_RATIO_FROM = 10_000_000
# About two million cells: twice the largest table, with room for empty cells with a border.
_MAX_TAGS = 8_000_000
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 0x1
_XML = re.compile(rb"[\xef\xbb\xbf\xff\xfe\x00\s]*<")
_ENCODING = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")
_DAMAGED = "The workbook is damaged."
_SAVE_AGAIN = "Open it in a spreadsheet program and save it again as .xlsx."


class Contents(NamedTuple):
    """What the check of a workbook's parts found out."""

    has_formulas: bool


def check_archive(file: str, data: bytes) -> Contents:
    """Read every part of a workbook within limits, and refuse what could do harm.

    Raises ``TableError`` for a zip that unpacks to too much, is broken, encrypted, is no
    workbook, or holds XML that declares entities.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            _check_directory(file, parts)
            found = [_check_part(file, part) for part in _unpacked(file, archive, parts)]
    except TableError:
        raise
    except Exception as error:  # zipfile raises all sorts on hand-broken files
        raise damaged(file) from error
    return Contents(has_formulas=any(found))


def damaged(file: str) -> TableError:
    """Return the error for a workbook that cannot be taken apart."""
    return refuse(file, "damaged", _DAMAGED, _SAVE_AGAIN)


def _check_directory(file: str, parts: list[zipfile.ZipInfo]) -> None:
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names:
        raise refuse(
            file, "wrong-content", "The file is a zip file, but not a workbook.", _SAVE_AGAIN
        )
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise refuse(file, "locked", "The file is protected by a password.", "Take it off.")
    if any(part.compress_type not in _METHODS for part in parts):
        raise damaged(file)
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    absurd = unpacked > _RATIO_FROM and unpacked > _MAX_RATIO * packed
    if len(parts) > _MAX_PARTS or unpacked > MAX_UNPACKED or absurd:
        raise _bomb(file)


def _bomb(file: str) -> TableError:
    return refuse(
        file,
        "zip-bomb",
        "The workbook unpacks to far more than a table of programs needs.",
        "Copy the table alone into a new workbook.",
    )


def _unpacked(file: str, archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> Iterator[bytes]:
    """Unpack each part, counting the bytes that really come out."""
    left = MAX_UNPACKED
    for part in parts:
        with archive.open(part) as stream:
            content = stream.read(left + 1)
        left -= len(content)
        if left < 0:
            raise _bomb(file)
        yield content


def _check_part(file: str, content: bytes) -> bool:
    """Refuse XML that declares entities or hides it; tell whether it holds formulas."""
    if not _XML.match(content):
        return False
    encoding = _ENCODING.match(content)
    plain = encoding is None or encoding[1].lower() in {b"utf-8", b"us-ascii", b"ascii"}
    if b"\0" in content or not plain or b"<!DOCTYPE" in content:
        raise refuse(
            file,
            "unsafe-xml",
            "The workbook holds code that no spreadsheet program writes, so it was not opened.",
            _SAVE_AGAIN,
        )
    if content.count(b"<") > _MAX_TAGS:
        raise refuse(
            file,
            "too-many-cells",
            "A sheet holds millions of cells, most of them perhaps empty.",
            "Copy the table alone into a new workbook.",
        )
    return _FORMULA.search(content) is not None
