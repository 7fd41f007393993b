"""How sections write what several of them need."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from math import isclose

from mcda.analysis import Ranking, UsedWeights
from mcda.analysis.wording import few, percent
from mcda.charts import Column, DataTable
from mcda.lifecycle import ItemTable
from mcda.project import FindingsError, Project, Run
from mcda.project.text import cut, day_text, short_day_text
from mcda.report.model import Callout, Listing, Table, tables

NOT_SAID = "not said"
_MOST_LEVEL = 4
_MOST_NAME = 60


def day(date: datetime.date | None) -> str:
    """Write a date as people do.

    >>> day(datetime.date(2026, 9, 5)), day(None)
    ('September 5, 2026', 'not said')
    """
    return NOT_SAID if date is None else day_text(date)


def short_day(date: datetime.date | None) -> str:
    """Write a date for a narrow column, in which it stays on one line.

    >>> short_day(None)
    'not said'
    """
    return NOT_SAID if date is None else short_day_text(date)


def by_weights(ranking: Ranking, sentence: str) -> str:
    """Put before what a ranking says whose weights say so: by those of others it may differ."""
    return f"By the weights of {cut(ranking.weighting.name, _MOST_NAME)}: {sentence}"


def days(dates: Iterable[datetime.date | None]) -> str:
    """Write from when to when dates reach.

    >>> days([datetime.date(2026, 9, 5), None, datetime.date(2026, 9, 1)])
    'September 1, 2026 to September 5, 2026'
    """
    known = sorted({d for d in dates if d is not None})
    if len(known) < 2:
        return day(next(iter(known), None))
    return f"{day(known[0])} to {day(known[-1])}"


def help_notice(project: Project) -> tuple[Callout, ...]:
    """Return where someone in danger finds help; nothing until it has been checked."""
    lines = project.info.hotline.lines
    return (Callout("For people who need help", " ".join(map(_ended, lines))),) if lines else ()


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


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


def heaviest(run: Run, used: UsedWeights) -> tuple[list[str], str]:
    """Return the names of the criteria that count most, level ones together, and their share.

    >>> from mcda.analysis import used_weights
    >>> from mcda.project.templates import example
    >>> heaviest(example().run(), used_weights(example().run()))[1]
    '17%'
    """
    most = max(used.weights.values())
    level = [c.name for c in run.active_criteria if isclose(used.weights[c.id], most, rel_tol=1e-9)]
    return few(level, _MOST_LEVEL), percent(most)


def reasons_in(error: FindingsError) -> Listing:
    """Return what keeps something from being done, as a list."""
    return Listing(tuple((f.place, f"{f.message} {f.mend}".strip()) for f in error.findings))
