"""Text as it is read, by eye or aloud: negative numbers have a minus sign."""

from __future__ import annotations

from dataclasses import replace

from mcda.charts import DataTable
from mcda.project.text import with_minus
from mcda.report.model import (
    Block,
    Callout,
    Facts,
    Figure,
    Heading,
    Listing,
    Paragraph,
    Table,
)


def as_read(block: Block) -> Block:
    """Return a block with a minus sign before each negative number in its text.

    >>> as_read(Paragraph("-0.9 to 3.8")).text
    '\u22120.9 to 3.8'
    """
    match block:
        case Paragraph(text=text) | Heading(text=text):
            return replace(block, text=with_minus(text))
        case Callout(title=title, text=text):
            return Callout(with_minus(title), with_minus(text))
        case Listing(items=items):
            return replace(block, items=_pairs(items))
        case Facts(pairs=pairs):
            return Facts(_pairs(pairs))
        case Table(content=content):
            return replace(block, content=_table(content))
        case Figure(chart=chart):
            said = replace(chart, title=with_minus(chart.title), alt=with_minus(chart.alt))
            return replace(block, chart=replace(said, table=_table(chart.table)))


def _pairs(pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((with_minus(lead), with_minus(text)) for lead, text in pairs)


def _table(content: DataTable) -> DataTable:
    rows = tuple(tuple(map(with_minus, row)) for row in content.rows)
    return replace(content, caption=with_minus(content.caption), rows=rows)
