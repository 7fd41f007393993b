"""How wide the columns of a table are on paper, and where words too long for them break."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from mcda.charts import DataTable
from mcda.charts.static.canvas import text_width

MOST_OF_ROOM = 0.34
"""The share of a table's width that one word may ask for."""
_DIGIT = 0.7  # of the size of the type
_SLACK = 0.5  # points, so that no word breaks over a rounding
_BREAK = "\N{ZERO WIDTH SPACE}"


def column_widths(
    content: DataTable,
    room: float,
    size: float,
    pads: Sequence[float],
    shares: Sequence[float] = (),
) -> list[float]:
    """Return the widths of a table's columns: room for their longest words first, then by text.

    Args:
        content: the table; its headings are bold.
        room: the width of the table, in points.
        size: of the type, in points.
        pads: what stands free beside the text of each column, in points.
        shares: of the room that each column is to have, where the words allow it.

    >>> from mcda.charts import Column
    >>> small = DataTable("Points", (Column("A"), Column("B")), (("mentors", "1"),))
    >>> [round(width) for width in column_widths(small, 100, 8, (4, 0))]
    [85, 15]
    """
    least, wanted = [], []
    for at, column in enumerate(content.columns):
        cells = [row[at] for row in content.rows]
        words = [_width(w, size) for cell in cells for w in re.split("[ \n]", cell)]
        words += [_width(w, size, bold=True) for w in column.title.split(" ")]
        lines = [_width(line, size) for cell in cells for line in cell.split("\n")]
        lines.append(_width(column.title, size, bold=True))
        least.append(min(max(words) + pads[at] + _SLACK, MOST_OF_ROOM * room))
        wanted.append(max(max(lines) + pads[at], least[-1]))
    if len(shares) == len(least):
        wanted = [max(share * room, need) for share, need in zip(shares, least, strict=True)]
    spare = room - sum(least)
    over = [want - need for want, need in zip(wanted, least, strict=True)]
    if spare <= 0:
        return [need * room / sum(least) for need in least]
    if sum(over) <= spare and not shares:
        return [want * room / sum(wanted) for want in wanted]
    # The square root keeps one long text from taking the room of all others.
    parts = over if shares else [part**0.5 for part in over]
    whole = sum(parts) or 1.0
    return [need + spare * part / whole for need, part in zip(least, parts, strict=True)]


def broken(text: str, width: float, size: float, *, bold: bool = False) -> str:
    r"""Return text in which words wider than ``width`` may break, by spaces without a width.

    >>> broken("a " + "n" * 12, 40, 10)
    'a nnnnnn\u200bnnnnnn'
    """
    return re.sub(r"[^ \n]+", lambda m: _pieces(m[0], width, size, bold=bold), text)


def _pieces(word: str, width: float, size: float, *, bold: bool) -> str:
    if _width(word, size, bold=bold) <= width:
        return word
    pieces, start = [], 0
    for end in range(1, len(word) + 1):
        if end - start > 1 and _width(word[start:end], size, bold=bold) > width:
            pieces.append(word[start : end - 1])
            start = end - 1
    return _BREAK.join((*pieces, word[start:]))


@lru_cache(maxsize=20_000)
def _width(text: str, size: float, *, bold: bool = False) -> float:
    # Digits are set for tables, all of one width.
    others = re.sub("[0-9]", "", text)
    return text_width(others, size, bold=bold) + _DIGIT * size * (len(text) - len(others))
