"""What the person importing a table says of its columns, held against the columns there."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TypeVar

from mcda.project.tables.grid import Grid, Row, is_blank, name_in
from mcda.project.tables.numbers import LARGEST
from mcda.project.tables.personal import check_personal
from mcda.project.tables.places import (
    Column,
    Place,
    Problems,
    listing,
)
from mcda.project.text import MAX_NAME, clean_line, match_key, number_text, quoted

ValueT = TypeVar("ValueT")

_NAME_HEADINGS = {"name", "program", "programme", "alternative", "option"}
TEXT_HEADINGS = {"description", "kind", "unit reached", "role"}
RESERVED_HEADINGS = _NAME_HEADINGS | TEXT_HEADINGS


@dataclass(frozen=True, slots=True)
class Options:
    """The options of an import, as given; columns are named by their headings."""

    title: str | None = None
    cost: tuple[str, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)
    ranges: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    skip: tuple[str, ...] = ()
    name_column: str | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """What each column is: programs' names, text about them, or perhaps scores.

    ``cost``, ``units`` and ``ranges`` are the options by column position.
    """

    name: Column
    texts: dict[str, Column]
    scores: tuple[Column, ...]
    cost: frozenset[int]
    units: dict[int, str]
    ranges: dict[int, tuple[float, float]]


def lay_out(grid: Grid, options: Options, described: Iterable[str]) -> Layout:
    """Tell what each column is; ``described`` are criteria of a sheet, by matching key.

    Raises ``TableError`` for headings that are missing, twice there or about a person, and
    for options that name no column, or cannot be.
    """
    problems = Problems(grid.file)
    columns = columns_in(grid)
    _check_headings(grid, columns, problems)
    finder = _Finder(columns, problems)
    skipped = finder.all(options.skip, "skip")
    kept = [column for column in columns if column not in skipped]
    name = _name_column(kept, options.name_column, finder, problems)
    _check_blank_headings(grid, columns, name, problems)
    rest = [c for c in kept if c.heading and c != name]
    check_personal(grid.file, name, rest, problems)
    criteria = set(described)
    texts = {
        match_key(c.heading): c for c in rest if match_key(c.heading) in TEXT_HEADINGS - criteria
    }
    scores = tuple(c for c in rest if c not in texts.values())
    finder.scores = {c.index for c in scores}
    layout = Layout(
        name,
        texts,
        scores,
        frozenset(c.index for c in finder.all(options.cost, "cost")),
        {c.index: str(clean_line(text)) for c, text in finder.pairs(options.units, "unit")},
        {c.index: _ends(ends) for c, ends in finder.pairs(options.ranges, "range")},
    )
    _check_options(layout, problems)
    problems.check()
    return layout


def columns_in(grid: Grid) -> list[Column]:
    """Return the columns that hold anything, with their headings from the first row."""
    width = max(len(row.cells) for row in grid.rows)
    header, *body = grid.rows
    headings = [name_in(header.cell(index)) for index in range(width)]
    return [
        Column(index, heading)
        for index, heading in enumerate(headings)
        if heading or _is_filled(body, index)
    ]


def _is_filled(body: list[Row], index: int) -> bool:
    return any(not is_blank(row.cell(index)) for row in body)


def _check_headings(grid: Grid, columns: list[Column], problems: Problems) -> None:
    header = grid.rows[0].number
    first: dict[str, Column] = {}
    for column in columns:
        place = Place(grid.file, header, column=column)
        if len(column.heading) > MAX_NAME:
            mend = f"Shorten it to {MAX_NAME} characters."
            problems.add(place, "long-heading", "The heading is too long.", mend)
        same = first.setdefault(match_key(column.heading), column)
        if column.heading and same != column:
            problems.add(
                place,
                "duplicate-heading",
                f"Column {same.letter} has the same heading.",
                "Give each column its own heading.",
            )


def _check_blank_headings(
    grid: Grid, columns: list[Column], name: Column, problems: Problems
) -> None:
    header, *body = grid.rows
    for column in columns:
        if column.heading or column == name:
            continue
        row = next(row.number for row in body if not is_blank(row.cell(column.index)))
        problems.add(
            Place(grid.file, row, column=column),
            "no-heading",
            f"Something stands here, but row {header.number} has no heading above it.",
            "Give the column a heading or clear it. A comma inside a number can also cause this.",
        )


class _Finder:
    """Finds columns by the headings that options name, and notes those that are not there."""

    def __init__(self, columns: list[Column], problems: Problems) -> None:
        self._problems = problems
        self._columns = {match_key(c.heading): c for c in columns if c.heading}
        self.scores: set[int] | None = None

    def one(self, heading: str, option: str) -> Column | None:
        """Return the column an option names, or None and a problem."""
        column = self._columns.get(match_key(heading))
        if column is None:
            self._add(f"There is no column {quoted(heading)}.", self._close(heading), option)
        elif self.scores is not None and column.index not in self.scores:
            self._add(f"The column {quoted(heading)} holds no scores.", "", option)
            return None
        return column

    def all(self, headings: Iterable[str], option: str) -> list[Column]:
        """Return the columns an option names, less those with a problem."""
        found = [self.one(heading, option) for heading in headings]
        return [column for column in found if column is not None]

    def pairs(self, named: Mapping[str, ValueT], option: str) -> list[tuple[Column, ValueT]]:
        """Return the columns an option names, each with what the option says of it."""
        found = [(self.one(heading, option), value) for heading, value in named.items()]
        return [(column, value) for column, value in found if column is not None]

    def _add(self, message: str, mend: str, option: str) -> None:
        self._problems.add_option(option, "unknown-column", message, mend)

    def _close(self, heading: str) -> str:
        close = get_close_matches(match_key(heading), self._columns, n=1)
        if close:
            return f"Did you mean {quoted(self._columns[close[0]].heading)}?"
        return f"There is: {listing([c.heading for c in self._columns.values()], 12)}."


def _name_column(
    columns: list[Column], wanted: str | None, finder: _Finder, problems: Problems
) -> Column:
    """Return the column of names among those that are not skipped."""
    if not columns:
        problems.add_option("skip", "nothing-left", "Every column is skipped.", "Keep some.")
        problems.check()
    found = None if wanted is None else finder.one(wanted, "name")
    if found is not None and found not in columns:
        message = f"The column {quoted(found.heading)} is to hold the names, but is skipped."
        problems.add_option("name", "skipped-names", message, "Do not skip it.")
    named = (c for c in columns if match_key(c.heading) in _NAME_HEADINGS)
    return found or next(named, columns[0])


def _ends(ends: tuple[float, float]) -> tuple[float, float]:
    return float(ends[0]), float(ends[1])


def _check_options(layout: Layout, problems: Problems) -> None:
    for column in layout.scores:
        if len(layout.units.get(column.index, "")) > MAX_NAME:
            message = "The unit is too long."
            problems.add_option("unit", "long-unit", message, "Shorten it.", column)
        if column.index in layout.ranges:
            _check_range(column, layout, problems)


def _check_range(column: Column, layout: Layout, problems: Problems) -> None:
    worst, best = layout.ranges[column.index]
    shown = f"The range from {number_text(worst)} (worst) to {number_text(best)} (best)"
    if not all(math.isfinite(end) and abs(end) <= LARGEST for end in (worst, best)):
        message, mend = f"{shown} is not finite.", "Give two numbers."
        problems.add_option("range", "bad-range", message, mend, column)
    elif worst == best:
        message, mend = f"{shown} has one end only.", "Give two numbers that differ."
        problems.add_option("range", "bad-range", message, mend, column)
    elif column.index in layout.cost and worst < best:
        message = f"{shown} says more is better, but the column is named as a cost."
        mend = "Give the worst end first, or do not name it as a cost."
        problems.add_option("range", "direction-conflict", message, mend, column)
