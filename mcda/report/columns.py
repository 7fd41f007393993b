"""How wide the columns of a table are on paper, and where words too long for them break."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from mcda.charts import DataTable
from mcda.charts.static.canvas import text_width

MOST_OF_ROOM = 0.34
"""The share of a table's width that one word may ask for,"""
LONGEST_WORD = 9.5
"""and how long it may be, in sizes of the type: about 18 letters. Longer ones break."""
_EVEN = 0.65  # of texts over the least: at 1 they share room by their length, at 0 alike
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
    most, space = MOST_OF_ROOM * room, text_width(" ", size)
    for at, column in enumerate(content.columns):
        lines = [_words(line, size) for row in content.rows for line in row[at].split("\n")]
        lines.append(_words(column.title, size, bold=True))
        longest = min(max(width for line in lines for width in line), LONGEST_WORD * size)
        least.append(min(longest + pads[at] + _SLACK, most))
        longest_line = max(
            sum(min(width, most) for width in line) + space * (len(line) - 1) for line in lines
        )
        wanted.append(max(longest_line + pads[at], least[-1]))
    if len(shares) == len(least):
        wanted = [max(share * room, need) for share, need in zip(shares, least, strict=True)]
    spare = room - sum(least)
    over = [want - need for want, need in zip(wanted, least, strict=True)]
    if spare <= 0:
        return [need * room / sum(least) for need in least]
    if sum(over) <= spare and not shares:
        return [want * room / sum(wanted) for want in wanted]
    parts = over if shares else [part**_EVEN for part in over]
    whole = sum(parts) or 1.0
    return [need + spare * part / whole for need, part in zip(least, parts, strict=True)]


def broken(text: str, width: float, size: float, *, bold: bool = False) -> str:
    r"""Return text in which words wider than ``width`` may break, by spaces without a width.

    >>> broken("a " + "n" * 12, 40, 10)
    'a nnnnnn\u200bnnnnnn'
    """
    return re.sub(r"[^ \n]+", lambda m: _pieces(m[0], width, size, bold=bold), text)


def line_count(text: str, width: float, size: float) -> int:
    """Return about how many lines a text takes in a column, rather one too many.

    >>> line_count("one two three", 30, 10), line_count("one", 30, 10)
    (3, 1)
    """
    count, space = 0, text_width(" ", size)
    for line in text.split("\n"):
        left = 0.0
        for word in _words(line.replace(_BREAK, " "), size):
            if word > left:
                count, left = count + 1, width
            left -= word + space
    return max(count, 1)


def _pieces(word: str, width: float, size: float, *, bold: bool) -> str:
    if _width(word, size, bold=bold) <= width:
        return word
    pieces, start = [], 0
    for end in range(1, len(word) + 1):
        if end - start > 1 and _width(word[start:end], size, bold=bold) > width:
            pieces.append(word[start : end - 1])
            start = end - 1
    return _BREAK.join((*pieces, word[start:]))


def _words(line: str, size: float, *, bold: bool = False) -> list[float]:
    return [_width(word, size, bold=bold) for word in line.split(" ")]


@lru_cache(maxsize=20_000)
def _width(text: str, size: float, *, bold: bool = False) -> float:
    # Digits are set for tables, all of one width.
    others = re.sub("[0-9]", "", text)
    return text_width(others, size, bold=bold) + _DIGIT * size * (len(text) - len(others))
