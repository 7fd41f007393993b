"""CSV as all of Best Fit writes it: no cell runs as a formula, no number carries dust."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date

Value = str | float | int | date | None
_DIGITS = 12

# A text cell starting so would be run as a formula; export sets an apostrophe before it.
_RUNNABLE = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def neutralised(text: str) -> str:
    """Return text as a CSV cell that no spreadsheet program runs as a formula.

    >>> neutralised("=1+1")
    "'=1+1"
    """
    return f"'{text}" if _RUNNABLE.match(text) else text


def restored(text: str) -> str:
    """Take off the apostrophe that ``neutralised`` set.

    >>> restored("'=1+1"), restored("'quoted'")
    ('=1+1', "'quoted'")
    """
    return text[1:] if text.startswith("'") and _RUNNABLE.match(text) else text


def csv_bytes(rows: Iterable[Sequence[Value]], *, exact: bool = False) -> bytes:
    """Return rows as CSV, in UTF-8 with the mark that spreadsheets expect.

    Text stands in quotation marks throughout, so that what separates the cells is beyond doubt.
    ``exact`` keeps every digit, for a table that is read back; see ``csv_cell``.

    >>> csv_bytes([["Cost", 0.1 + 0.2, None]]).decode("utf-8-sig")
    '"Cost",0.3,""\\r\\n'
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerows([csv_cell(cell, exact=exact) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def csv_cell(value: Value, *, exact: bool = False) -> str | float | int:
    """Return a cell as it is written: dates as YYYY-MM-DD, numbers to 12 digits.

    What is computed is right to fewer digits than a float has; the rest is dust. A number that
    people gave keeps all of its digits where ``exact`` is set.

    >>> csv_cell(date(2027, 3, 31)), csv_cell(4.0), csv_cell(2 / 3), csv_cell("=1+1")
    ('2027-03-31', 4, 0.666666666667, "'=1+1")
    """
    match value:
        case None:
            return ""
        case str():
            return neutralised(value)
        case date():
            return value.isoformat()
        case float():
            number = value if exact else float(f"{value:.{_DIGITS}g}")
            return int(number) if number.is_integer() else number
    return value
