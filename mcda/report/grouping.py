"""Which blocks of a section belong together on paper, and what tables are like there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mcda.report.model import Block, Figure, Heading, Paragraph, Table, TableKind

_MANY = 6
_SHARES: dict[TableKind, tuple[float, ...]] = {
    "evidence": (0.20, 0.27, 0.21, 0.32),
    "programs": (0.18, 0.09, 0.13, 0.16, 0.44),
    "verdicts": (0.21, 0.09, 0.27, 0.43),
    "phases": (0.11, 0.2225, 0.2225, 0.2225, 0.2225),
}
_FIRST = 0.22  # of a table's width, for the first column of one with many columns of numbers
_SHORT = 8  # rows that are kept together on paper,
_BRIEF = 800  # where they have no more letters than this


def together(blocks: Sequence[Block]) -> Iterator[tuple[Block, ...]]:
    """Yield the blocks in groups: each but headings and texts with the words that lead on to it.

    >>> [len(group) for group in together([Heading("A"), Paragraph("B"), Paragraph("C")])]
    [2, 1]
    """
    lead: list[Block] = []
    for block in blocks:
        is_words = isinstance(block, Heading | Paragraph)
        if is_words and any(isinstance(b, Paragraph) for b in lead):
            yield tuple(lead)
            lead = []
        lead.append(block)
        if not is_words:
            yield tuple(lead)
            lead = []
    if lead:
        yield tuple(lead)


def is_paired(group: Sequence[Block]) -> bool:
    """Whether a group ends with a small table that stands beside another one."""
    return isinstance(group[-1], Table) and group[-1].kind == "pair"


def is_whole(group: Sequence[Block]) -> bool:
    """Whether a group is kept on one page."""
    last = group[-1]
    return isinstance(last, Figure) or (isinstance(last, Table) and is_short(last))


def is_short(table: Table) -> bool:
    """Whether a table is kept on one page."""
    rows = table.content.rows
    return len(rows) <= _SHORT and sum(len(cell) for row in rows for cell in row) <= _BRIEF


def has_many_columns(table: Table) -> bool:
    """Whether a table has so many columns that it is set smaller."""
    return len(table.content.columns) >= _MANY


def shares(table: Table) -> tuple[float, ...]:
    """Return the shares of the page that the columns of a table of this kind have, if any."""
    columns = table.content.columns
    found = _SHARES.get(table.kind, ())
    if len(found) == len(columns):
        return found
    if not has_many_columns(table) or not all(c.numeric for c in columns[1:]):
        return ()
    return (_FIRST, *[(1 - _FIRST) / (len(columns) - 1)] * (len(columns) - 1))
