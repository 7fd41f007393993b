"""Observations in and out as a table: a row is one period of one indicator, or one group of it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final, Literal

from mcda.project.csv_writer import csv_bytes
from mcda.project.entering import entered
from mcda.project.errors import ProjectError
from mcda.project.evaluation import Evaluation, Indicator, Observation
from mcda.project.tables.files import read_table
from mcda.project.tables.grid import Cell, Grid, Row, is_blank, text_of
from mcda.project.tables.numbers import Reading, Style, read_cell, style_shown
from mcda.project.tables.personal import is_about_a_person
from mcda.project.tables.places import Column, Place, Problems, listing, refuse
from mcda.project.text import MAX_TEXT, counted, match_key, number_text, quoted, shorten

HEADINGS: Final = (
    "indicator", "starts_on", "ends_on", "count", "of", "value", "group", "note",
)  # fmt: skip
"""The columns of the table, in the order in which they are written."""

_NEEDED = ("indicator", "starts_on", "ends_on")
_NUMBERS = ("count", "of", "value")
_DAY = "Write the day as year, month, day, such as 2027-03-31."
_SHEET = "Observations"
_STYLES: Final[tuple[Style, ...]] = ("point", "comma")

Number = Literal["count", "of", "value"]


@dataclass(frozen=True, slots=True)
class ImportedObservations:
    """What a table of observations makes of an evaluation.

    ``added`` and ``changed`` count periods; ``empty`` counts the rows without any number or note,
    which were passed over.
    """

    evaluation: Evaluation
    added: int
    changed: int
    empty: int

    @property
    def sentence(self) -> str:
        """What was read, in a sentence that names no number observed."""
        parts = [f"{self.added} new", f"{self.changed} changed"]
        said = f"Periods read: {', '.join(parts)}."
        if self.empty:
            said += f" {counted(self.empty, 'row')} without a number passed over."
        return said


@dataclass(slots=True)
class _Period:
    """What the rows of one period of one indicator say, by group ("" for all)."""

    indicator: Indicator
    days: tuple[date, date]
    row: Row
    numbers: dict[str, dict[str, float]] = field(default_factory=dict)
    note: str = ""


class _Reader:
    """Reads the rows one after the other and notes what is wrong with each."""

    def __init__(self, evaluation: Evaluation, grid: Grid, columns: Mapping[str, Column]) -> None:
        self.problems = Problems(grid.file)
        self.empty = 0
        self._evaluation, self._grid, self._columns = evaluation, grid, columns
        self._named = _by_name(evaluation.indicators)
        self._rows = grid.rows[1:]
        self._style = self._style_shown()

    def periods(self) -> list[_Period]:
        """Return what the table says of each period; what is wrong is in ``problems``."""
        found: dict[tuple[str, date, date], _Period] = {}
        for row in self._rows:
            if all(is_blank(self._cell(row, name)) for name in (*_NUMBERS, "note")):
                self.empty += 1
                continue
            indicator, days = self._indicator(row), self._days(row)
            if indicator is None or days is None:
                continue
            period = found.setdefault((indicator.id, *days), _Period(indicator, days, row))
            self._take(period, row)
        return list(found.values())

    def observation(self, period: _Period) -> Observation | None:
        """Return a period as an observation, over what is known of it already.

        Empty cells change nothing. None where it does not fit together.
        """
        indicator = period.indicator
        first, last = period.days
        old = next(
            (o for o in self._evaluation.observed(indicator.id) if (o.starts_on, o.ends_on) ==
             (first, last)),
            None,
        )  # fmt: skip
        fields: dict[str, object] = {
            "indicator": indicator.id, "starts_on": first, "ends_on": last,
        }  # fmt: skip
        if old is not None:
            fields |= {"count": old.count, "of": old.of, "value": old.value, "note": old.note}
        fields |= {n: _whole(n, number) for n, number in period.numbers.get("", {}).items()}
        parts: dict[str, dict[str, float | None]] = {}
        if old is not None:
            parts = {p.group: {"count": p.count, "of": p.of} for p in old.parts}
        for group, numbers in period.numbers.items():
            if group:
                said = {n: _whole(n, number) for n, number in numbers.items()}
                parts[group] = {**parts.get(group, {}), **said}
        fields["parts"] = [
            {"group": g, **parts[g]} for g in indicator.groups if g in parts
        ]  # fmt: skip
        if period.note:
            fields["note"] = period.note
        try:
            return entered(Observation, fields)
        except ProjectError as error:
            words = str(error).partition(": ")[2] or str(error)
            place = Place(self._grid.file, period.row.number, indicator.name)
            message = f"{words[:1].upper()}{words[1:]}"
            self.problems.add(place, "does-not-fit", message, "Correct the numbers of this period.")
            return None

    # --- one cell

    def _cell(self, row: Row, name: str) -> Cell:
        column = self._columns.get(name)
        return row.cell(column.index) if column else None

    def _text(self, row: Row, name: str) -> str:
        return text_of(self._cell(row, name)).strip()

    def _wrong(self, row: Row, name: str, message: str, mend: str) -> None:
        place = Place(self._grid.file, row.number, column=self._columns[name])
        self.problems.add(place, f"bad-{name.replace('_', '-')}", message, mend)

    def _indicator(self, row: Row) -> Indicator | None:
        text = self._text(row, "indicator")
        found = self._named.get(match_key(text), ())
        if len(found) == 1:
            return found[0]
        if found:
            ids = listing([i.id for i in found])
            message = f"Several indicators are called {quoted(text)}."
            self._wrong(row, "indicator", message, f"Write one of their codes instead: {ids}.")
            return None
        said = f"There is no indicator {quoted(text)}." if text else "No indicator is named."
        known, mend = [i.name for i in self._evaluation.indicators], "Add the indicator first."
        if known:
            mend = f"Write it as it is called here: {listing(known)}."
        self._wrong(row, "indicator", said, mend)
        return None

    def _days(self, row: Row) -> tuple[date, date] | None:
        first, last = self._day(row, "starts_on"), self._day(row, "ends_on")
        if first is None or last is None:
            return None
        if last < first:
            message = "The last day comes before the first."
            self._wrong(row, "ends_on", message, "Correct one of the two days.")
            return None
        return first, last

    def _day(self, row: Row, name: str) -> date | None:
        text = self._text(row, name)
        try:
            return date.fromisoformat(text)
        except ValueError:
            said = (
                f"{quoted(text)} is not a day as written here." if text else "The day is missing."
            )
            self._wrong(row, name, said, _DAY)
            return None

    def _take(self, period: _Period, row: Row) -> None:
        """Take the numbers and the note of a row into its period."""
        group = self._group(period.indicator, row)
        if group is None:
            return
        if group in period.numbers:
            what = f"The group {quoted(group)}" if group else "This period"
            message = f"{what} is there twice."
            place = Place(self._grid.file, row.number, period.indicator.name)
            self.problems.add(place, "twice", message, "Take one of the rows out.")
            return
        readings = {name: self._number(period.indicator, row, name, group) for name in _NUMBERS}
        period.numbers[group] = {n: number for n, number in readings.items() if number is not None}
        period.note = self._note(row) or period.note

    def _group(self, indicator: Indicator, row: Row) -> str | None:
        text = self._text(row, "group")
        if not text:
            return ""
        found = next((g for g in indicator.groups if match_key(g) == match_key(text)), None)
        if found is None:
            mend = "It has no groups: leave this empty."
            if indicator.groups:
                mend = f"Its groups are {listing(list(indicator.groups))}."
            message = f"The indicator has no group {quoted(text)}."
            self._wrong(row, "group", message, mend)
        return found

    def _note(self, row: Row) -> str:
        text = self._text(row, "note")
        if len(text) > MAX_TEXT:
            self._wrong(row, "note", "The note is too long.", "Shorten it.")
            return ""
        return text

    def _number(self, indicator: Indicator, row: Row, name: str, group: str) -> float | None:
        """Return the number in a cell; None where nothing stands there, or nothing that fits."""
        reading = read_cell(self._cell(row, name))
        if reading.kind in ("blank", "unknown"):
            return None
        problem = _misplaced(indicator, name, group) or self._unreadable(reading, name)
        if problem:
            self._wrong(row, name, *problem)
            return None
        return reading.parts[0].value(self._style or "point")

    def _unreadable(self, reading: Reading, name: str) -> tuple[str, str] | None:
        """Return what is wrong with a number, and what would be right."""
        right = "Write one number." if name == "value" else "Write a whole number of 0 or more."
        if reading.kind == "fault":
            return f"{quoted(reading.shown)} {reading.problem}.", reading.mend or right
        if reading.kind != "number" or len(reading.parts) != 1:
            return f"{quoted(reading.shown)} is not one number.", right
        part = reading.parts[0]
        if self._style is None and style_shown(part) == "unclear":
            said = " or ".join(sorted(number_text(part.value(s) or 0.0) for s in _STYLES))
            message = f"{quoted(reading.shown)} could be read in two ways: {said}."
            return message, "Write it without a separator for thousands."
        number = part.value(self._style or "point")
        if number is None:
            return f"{quoted(reading.shown)} mixes points and commas with the other rows.", right
        if name != "value" and (number < 0 or not float(number).is_integer()):
            return f"{quoted(reading.shown)} is not a count.", right
        return None

    def _style_shown(self) -> Style | None:
        """Return how decimals are written: with a point unless only commas show.

        None where nothing shows it. Commas between the cells show a point.
        """
        cells = (self._cell(row, name) for row in self._rows for name in _NUMBERS)
        shown = {style_shown(part) for cell in cells for part in read_cell(cell).parts}
        if "comma" in shown and "point" not in shown:
            return "comma"
        return "point" if "point" in shown or self._grid.delimiter == "," else None


def read_observations(
    evaluation: Evaluation, source: Path | tuple[str, bytes]
) -> ImportedObservations:
    """Read a CSV or XLSX table of observations into an evaluation.

    Each row names an indicator (by its name or id), the first and the last day of the period, and
    what was counted: ``count`` and, for a share, ``of``; ``value`` where a number is measured.
    ``group`` says that the row is about one group of it. Where a period is known already, cells
    that are filled take the place of what is there; empty cells change nothing.

    Raises ``TableError``, which names every row that does not fit and what would be right. Nothing
    is taken over then.

    >>> linked = Indicator(id="linked", name="Linked")
    >>> table = b"indicator,starts_on,ends_on,count\\nLinked,2027-01-01,2027-03-31,24\\n"
    >>> found = read_observations(Evaluation(indicators=(linked,)), ("spring.csv", table))
    >>> found.evaluation.observations[0].count, found.sentence
    (24, 'Periods read: 1 new, 0 changed.')
    """
    grid = read_table(source)
    if not grid.rows:
        raise refuse(grid.file, "empty", "The table holds nothing.")
    columns = _columns(grid)
    reader = _Reader(evaluation, grid, columns)
    read = [reader.observation(period) for period in reader.periods()]
    reader.problems.check()
    before = {o.place: o for o in evaluation.observations}
    after = evaluation
    fresh = [o for o in read if o is not None and before.get(o.place) != o]
    for observation in fresh:
        after = after.with_observation(observation)
    changed = sum(o.place in before for o in fresh)
    return ImportedObservations(after, len(fresh) - changed, changed, reader.empty)


def observations_template(evaluation: Evaluation, kind: Literal["csv", "xlsx"]) -> bytes:
    """Return a table to fill in: a row for each indicator, and one for each of its groups.

    >>> two = Indicator(id="a", name="Reached", groups=("Boys", "Girls"))
    >>> text = observations_template(Evaluation(indicators=(two,)), "csv").decode("utf-8-sig")
    >>> text.splitlines()[1:]
    ['"Reached","","","","","","",""', '"Reached","","","","","","Boys",""', ...]
    """
    rows = [list(HEADINGS), *_template_rows(evaluation.indicators)]
    return csv_bytes(rows) if kind == "csv" else _workbook(rows)


def _template_rows(indicators: Sequence[Indicator]) -> Iterator[list[str]]:
    names = [match_key(i.name) for i in indicators]
    for indicator in indicators:
        alone = names.count(match_key(indicator.name)) == 1
        name = indicator.name if alone else indicator.id
        for group in ("", *indicator.groups):
            yield [name, "", "", "", "", "", group, ""]


def _workbook(rows: Sequence[Sequence[str]]) -> bytes:
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(_SHEET)
    bold = book.add_format({"bold": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            if text:
                sheet.write_string(at, column, text, bold if at == 0 else None)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 2, 13, day)
    sheet.set_column(6, 7, 28)
    sheet.freeze_panes(1, 1)
    book.close()
    return out.getvalue()


def _columns(grid: Grid) -> dict[str, Column]:
    """Return the columns by heading.

    Raises ``TableError`` for columns about a person, for others that are not known, for one that
    is there twice, and where one that is needed is missing.
    """
    problems = Problems(grid.file)
    known = {match_key(heading): heading for heading in HEADINGS}
    found: dict[str, Column] = {}
    for index in range(max(len(row.cells) for row in grid.rows)):
        column = Column(index, text_of(grid.rows[0].cell(index)).strip())
        heading = known.get(match_key(column.heading))
        if not column.heading and all(is_blank(row.cell(index)) for row in grid.rows):
            continue
        place = Place(grid.file, column=column)
        if heading is None:
            problems.add(place, *_strange(column))
        elif heading in found:
            problems.add(place, "twice", "The column is there twice.", "Take one of them out.")
        else:
            found[heading] = column
    missing = [name for name in _NEEDED if name not in found]
    if missing:
        message = f"There is no column {listing(missing)}."
        problems.add(
            Place(grid.file), "no-column", message, f"The columns are {', '.join(HEADINGS)}."
        )
    problems.check()
    return found


def _strange(column: Column) -> tuple[str, str, str]:
    """Return the code, the message and the mend for a column that is not one of these."""
    if is_about_a_person(column.heading):
        message = "The column looks like data about a person; a project holds totals only."
        return "personal-data", message, "Take the column out of the file."
    name = shorten(column.heading)
    said = f"The column {quoted(name)} is not known." if name else "The column has no heading."
    return "unknown-column", said, f"Take it out, or name it one of {', '.join(HEADINGS)}."


def _misplaced(indicator: Indicator, name: str, group: str) -> tuple[str, str] | None:
    """Return what is wrong with a number in this column, and where it belongs."""
    match indicator.measure, name:
        case "number", "count":
            return "The indicator measures a number, not a count.", "Write it in column value."
        case (("count" | "share"), "value"):
            return "The indicator counts.", "Write the number in column count."
        case "count", "of":
            return "The indicator is a count, not a share.", "Leave this cell empty."
    if group and name == "value":
        return "A group has a count, not a value.", "Leave this cell empty."
    return None


def _by_name(indicators: Sequence[Indicator]) -> dict[str, tuple[Indicator, ...]]:
    named: dict[str, tuple[Indicator, ...]] = {}
    for indicator in indicators:
        for key in {match_key(indicator.name), match_key(indicator.id)}:
            named[key] = (*named.get(key, ()), indicator)
    # A code is one indicator's own, whatever the others are called.
    return named | {i.id: (i,) for i in indicators}


def _whole(name: str, number: float) -> float | int:
    return number if name == "value" else int(number)
