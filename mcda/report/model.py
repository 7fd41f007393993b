"""The report as plain text and findings: every writer makes its own form of it.

A report is a row of sections, a section a row of blocks. Text in them is plain: whoever writes
HTML, a workbook or anything else escapes it. To add a section, write a function from
``Material`` to ``Section`` and put it into ``mcda.report.sections.SECTIONS``.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from math import ceil
from typing import Literal, get_args

from mcda.charts import Column, DataTable
from mcda.charts.static import StaticChart
from mcda.project.text import day_text
from mcda.report.material import Material
from mcda.report.redaction import Edition

TableKind = Literal["plain", "pair", "programs", "verdicts", "evidence", "phases"]
Order = Literal["decision", "grant"]
"""How the sections follow each other: as the decision was made, or as a grant application asks."""
ORDERS: tuple[Order, ...] = get_args(Order)
MOST_COLUMNS = 8
"""A table with more columns does not fit on a page and is written in parts."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; an ``answer`` is the sentence to remember, a ``note`` is a quiet remark."""

    text: str
    kind: Literal["plain", "answer", "note"] = "plain"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; each item has a lead, which may be empty, and its text.

    A ``dense`` one is looked things up in: on paper it is set small, in two columns.
    """

    items: tuple[tuple[str, str], ...]
    dense: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Short facts, each with what it is called."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table that fits on a page.

    Small tables of the kind "pair" that follow each other stand two side by side where there is
    room; those of the other kinds have columns of their own widths.
    """

    content: DataTable
    kind: TableKind = "plain"


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart of a finding; its table follows as blocks of its own."""

    id: str
    chart: StaticChart


@dataclass(frozen=True, slots=True)
class Callout:
    """Something that must not be overlooked."""

    title: str
    text: str


_KINDS: dict[Edition, str] = {
    "full": "Full edition",
    "public": "Public edition",
    "one-page": "On one page",
}

Block = Paragraph | Heading | Listing | Facts | Table | Figure | Callout


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a report; its ``id`` can be linked to."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report.

    ``label`` says how far the decision is, ``banner`` that the numbers are made up, where they
    are. ``material`` holds the findings the sections were written from, and the project as this
    edition may carry it; the one for other communities carries none.
    """

    title: str
    label: Literal["draft", "final"]
    edition: Edition
    date: datetime.date
    banner: str
    sections: tuple[Section, ...]
    material: Material
    order: Order = "decision"

    @property
    def carries_project(self) -> bool:
        """Whether the project goes along, so that the report can be opened again."""
        return self.edition != "lessons"

    @property
    def made_up(self) -> str:
        """The words beside every chart where the numbers are made up; else empty."""
        return self.banner.partition(":")[0]

    @property
    def where_and_when(self) -> str:
        """The place, where one is known, and the day; under the title.

        An example that is told on a day of its own says so.
        """
        place, told = self.material.project.info.place, self.material.as_of
        as_of = f"the story is told as of {day_text(told)}" if told != self.date else ""
        return " · ".join(part for part in (place, day_text(self.date), as_of) if part)

    @property
    def contents_after(self) -> int:
        """After how many sections the contents stand on paper: the answer; -1 for nowhere."""
        if self.edition == "one-page":
            return -1
        return next((n for n, s in enumerate(self.sections, 1) if s.id == "answer"), 0)

    @property
    def labels(self) -> str:
        """What stands on every page: draft or final, the edition, and what is made up."""
        if self.edition == "lessons":
            said = ["Lessons for other communities"]
        else:
            said = [self.label.capitalize(), _KINDS[self.edition]]
            if self.material.erratum is not None:
                said.append(f"Corrects the report of {day_text(self.material.erratum.of)}")
        return " · ".join(part for part in (*said, self.banner) if part)


def tables(content: DataTable, most: int = MOST_COLUMNS, *, turned: str = "") -> tuple[Table, ...]:
    """Return a table as one or more that fit on a page, of at most ``most`` columns.

    It is turned where that takes fewer parts; each part repeats the first column. ``turned`` says
    what its other columns are, and heads the first one when it is turned. A column in which
    nothing stands is left out.

    >>> wide = DataTable("Places", tuple(Column(c) for c in "abcdefghijk"), (tuple("ABCDEFGHIJK"),))
    >>> [len(part.content.columns) for part in tables(wide)]
    [2]
    """
    content = _told(content)
    across, down = len(content.columns) - 1, len(content.rows)
    if across < most:
        return (Table(content),)
    if down and ceil(down / (most - 1)) < ceil(across / (most - 1)):
        content = _turned(content, turned)
        across = down
    size = ceil(across / ceil(across / (most - 1)))
    starts = range(1, across + 1, size)
    return tuple(
        Table(_part(content, start, size, f"part {n} of {len(starts)}" if len(starts) > 1 else ""))
        for n, start in enumerate(starts, 1)
    )


def _told(content: DataTable) -> DataTable:
    """Return a table without the columns in which no row holds anything."""
    kept = [at for at in range(len(content.columns)) if any(row[at] for row in content.rows)]
    if not content.rows or len(kept) == len(content.columns):
        return content
    columns = tuple(content.columns[at] for at in kept)
    rows = tuple(tuple(row[at] for at in kept) for row in content.rows)
    return DataTable(content.caption, columns, rows)


def _turned(content: DataTable, first: str) -> DataTable:
    head, *rest = content.columns
    numeric = all(column.numeric for column in rest)
    names = (head, *(Column(row[0], numeric=numeric) for row in content.rows))
    rows = tuple(
        (column.title, *(row[at] for row in content.rows)) for at, column in enumerate(rest, 1)
    )
    return DataTable(content.caption, (Column(first, False), *names[1:]), rows)


def _part(content: DataTable, start: int, size: int, which: str) -> DataTable:
    def kept(row: tuple[str, ...]) -> tuple[str, ...]:
        return (row[0], *row[start : start + size])

    columns = (content.columns[0], *content.columns[start : start + size])
    caption = f"{content.caption}, {which}" if which else content.caption
    return DataTable(caption, columns, tuple(map(kept, content.rows)))
