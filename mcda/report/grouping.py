"""Which blocks of a section belong together on paper, and which tables are small or wide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mcda.report.model import Block, Figure, Heading, Paragraph, Table

_MANY = 6
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
