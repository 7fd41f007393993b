"""How sections write what several of them need."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from mcda.charts import Column, DataTable
from mcda.lifecycle import ItemTable
from mcda.project import FindingsError
from mcda.report.model import Listing, Table, tables

NOT_SAID = "not said"
NO_BREAK = "\N{NO-BREAK SPACE}"


def day(date: datetime.date | None) -> str:
    """Write a date as people do.

    >>> day(datetime.date(2026, 9, 5)), day(None)
    ('September 5, 2026', 'not said')
    """
    return NOT_SAID if date is None else f"{date:%B} {date.day}, {date.year}"


def short_day(date: datetime.date | None) -> str:
    """Write a date for a narrow column, in which it stays on one line.

    >>> short_day(datetime.date(2026, 9, 5)).split(NO_BREAK)
    ['Sep', '5,', '2026']
    """
    if date is None:
        return NOT_SAID
    return f"{date:%b}{NO_BREAK}{date.day},{NO_BREAK}{date.year}"


def days(dates: Iterable[datetime.date | None]) -> str:
    """Write from when to when dates reach.

    >>> days([datetime.date(2026, 9, 5), None, datetime.date(2026, 9, 1)])
    'September 1, 2026 to September 5, 2026'
    """
    known = sorted({d for d in dates if d is not None})
    if len(known) < 2:
        return day(next(iter(known), None))
    return f"{day(known[0])} to {day(known[-1])}"


def item_tables(found: ItemTable) -> tuple[Table, ...]:
    """Return a list of the diagnosis or the plan, without the columns that say nothing.

    >>> risks = ItemTable("risks", "Risks", ("Risk", "Note"), (False, False), (("A", ""),))
    >>> [column.title for column in item_tables(risks)[0].content.columns]
    ['Risk']
    """
    rows = found.texts
    kept = [at for at in range(len(found.headings)) if at == 0 or any(row[at] for row in rows)]
    columns = tuple(Column(found.headings[at], numeric=found.numeric[at]) for at in kept)
    cells = tuple(tuple(row[at] for at in kept) for row in rows)
    return tables(DataTable(found.title, columns, cells))


def reasons_in(error: FindingsError) -> Listing:
    """Return what keeps something from being done, as a list."""
    return Listing(tuple((f.place, f"{f.message} {f.mend}".strip()) for f in error.findings))
