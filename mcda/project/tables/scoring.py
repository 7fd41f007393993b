"""Columns of cells become scores on a scale: one style of decimals, one unit, one range."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from mcda.project.criteria import NumberScale, Scale
from mcda.project.evidence import Amount, Exact, Range, Unknown
from mcda.project.findings import Finding
from mcda.project.tables.grid import Row
from mcda.project.tables.numbers import (
    LARGEST,
    Reading,
    Style,
    mend_for,
    read_amount,
    read_cell,
    style_shown,
)
from mcda.project.tables.places import Column, Place, Problems
from mcda.project.text import number_text, quoted, shorten

_PERCENT_UNITS = ("%", "percent", "per cent")


class Entry(NamedTuple):
    """One program's row: its number, its name, and its cells."""

    row: Row
    name: str

    def place(self, file: str, column: Column | None = None) -> Place:
        """Return this row, or its cell in a column, as a place."""
        return Place(file, self.row.number, self.name, column)


class Cells(NamedTuple):
    """A column of scores as read: one reading for each entry."""

    column: Column
    readings: list[Reading]

    def numbers(self, entries: list[Entry]) -> Iterator[tuple[Entry, Reading]]:
        """Give each entry that has a number here, with its reading."""
        pairs = zip(entries, self.readings, strict=True)
        return ((entry, reading) for entry, reading in pairs if reading.kind == "number")


@dataclass(frozen=True, slots=True)
class ScoreColumn:
    """A column of scores: an amount for each entry, None where the cell is empty."""

    column: Column
    amounts: list[Amount | None]
    unit: str


def ends_of(amount: Amount | None) -> tuple[float, float] | None:
    """Return the lowest and the highest number an amount stands for."""
    match amount:
        case Exact(value=value):
            return value, value
        case Range(low=low, high=high):
            return low, high
    return None


def read_columns(
    columns: tuple[Column, ...], entries: list[Entry], declared: set[int]
) -> tuple[list[Cells], list[Column]]:
    """Read the columns that hold scores; return those that do not beside them.

    A column holds scores where it holds a number, where its range is ``declared``, or
    where all it holds is broken formulas.
    """
    kept: list[Cells] = []
    left_out: list[Column] = []
    for column in columns:
        cells = Cells(column, [read_cell(entry.row.cell(column.index)) for entry in entries])
        kinds = {reading.kind for reading in cells.readings}
        if "number" in kinds or column.index in declared or kinds & {"fault", "text"} == {"fault"}:
            kept.append(cells)
        else:
            left_out.append(column)
    return kept, left_out


def check_cells(file: str, cells: Cells, entries: list[Entry], problems: Problems) -> None:
    """Note every cell of a column of scores that holds neither a number nor nothing."""
    for entry, reading in zip(entries, cells.readings, strict=True):
        place = entry.place(file, cells.column)
        if reading.kind == "text":
            message = f"{quoted(reading.shown)} is not a number."
            problems.add(place, "not-a-number", message, mend_for(reading))
        elif reading.kind == "fault":
            message = f"{quoted(reading.shown)} {reading.problem}."
            problems.add(place, "not-a-number", message, reading.mend)


def find_unit(
    file: str, cells: Cells, entries: list[Entry], declared: str, problems: Problems
) -> tuple[str, tuple[Finding, ...]]:
    """Return the one unit of a column, and a warning where some numbers show none.

    A bare number among percentages is an error, unless the declared unit is percent; among
    sums of money it counts as money. Two different units are an error.
    """
    first: dict[str, tuple[Entry, Reading]] = {}
    for entry, reading in cells.numbers(entries):
        first.setdefault(reading.unit, (entry, reading))
    marks = [unit for unit in first if unit]
    bare = "" in first and any(mark in declared.casefold() for mark in _PERCENT_UNITS)
    if len(marks) > 1 or ("%" in first and "" in first and not bare):
        shown = [f"{quoted(r.shown)} in row {e.row.number}" for e, r in list(first.values())[:2]]
        problems.add(
            Place(file, column=cells.column),
            "mixed-units",
            f"The column mixes units: {' and '.join(shown)}.",
            "Write every number in the same unit.",
        )
    unit = declared or next(iter(marks), "")
    if not marks or "" not in first or "%" in first:
        return unit, ()
    message = f"Some numbers show {marks[0]} and some show nothing; all were read as {marks[0]}."
    place = str(Place(file, column=cells.column))
    return unit, (Finding("warning", "bare-numbers", place, message, "Check that this is so."),)


def choose_style(
    file: str, delimiter: str, columns: list[Cells], entries: list[Entry], problems: Problems
) -> Style:
    """Tell whether the numbers have a decimal point or comma.

    Only text files with ``;`` between the cells have decimal commas. Where such a file
    shows both, or nothing but numbers that could be either, that is an error.
    """
    if delimiter != ";":
        return "point"
    shown: dict[str, list[tuple[Place, str]]] = {"point": [], "comma": [], "unclear": []}
    for cells in columns:
        for entry, reading in cells.numbers(entries):
            place = entry.place(file, cells.column)
            for style in {style_shown(part) for part in reading.parts} & shown.keys():
                shown[style].append((place, reading.shown))
    point, comma = shown["point"], shown["comma"]
    if point and comma:
        place, text = comma[0]
        problems.add(
            place,
            "mixed-decimals",
            f"{quoted(text)} has a decimal comma, but {quoted(point[0][1])} ({point[0][0]}) "
            "a decimal point.",
            "Write all numbers the same way.",
        )
    if not point and not comma:
        for place, text in shown["unclear"]:
            message = f"{quoted(text)} could be read in two ways."
            problems.add(place, "unclear-number", message, "Write it without a separator.")
    return "comma" if comma else "point"


def read_scores(
    file: str, cells: Cells, entries: list[Entry], style: Style, problems: Problems
) -> list[Amount | None]:
    """Return a column's amounts, noting the numbers that cannot be one."""
    amounts: list[Amount | None] = []
    for entry, reading in zip(entries, cells.readings, strict=True):
        amount: Amount | str | None = None
        if reading.kind == "unknown":
            amount = Unknown()
        elif reading.kind == "number":
            amount = read_amount(reading, style)
        if isinstance(amount, str):
            message = f"{quoted(reading.shown)} {amount}."
            place = entry.place(file, cells.column)
            problems.add(place, "not-a-number", message, "Mend the number.")
            amount = None
        amounts.append(amount)
    return amounts


def scale_from_data(scored: ScoreColumn, is_cost: bool) -> tuple[Scale, str]:
    """Return a scale over the numbers recorded, and the scale in words."""
    ends = [end for amount in scored.amounts for end in ends_of(amount) or ()]
    low, high = recorded = min(ends), max(ends)
    if low == high:
        low, high = _widened(low, scored.unit)
    worst, best = (high, low) if is_cost else (low, high)
    widened = ", widened because every number is the same" if (low, high) != recorded else ""
    said = (
        f"{shorten(scored.column.heading)}, {number_text(low)} to {number_text(high)}{widened} "
        f"({'less' if is_cost else 'more'} is better)"
    )
    return NumberScale(unit=scored.unit, worst=worst, best=best, confirmed=False), said


def holds_text(column: Column, entries: list[Entry]) -> bool:
    """Tell whether a column holds text in any row."""
    return any(read_cell(entry.row.cell(column.index)).kind == "text" for entry in entries)


def _widened(value: float, unit: str) -> tuple[float, float]:
    """Return a range around one number: all percentages, or a tenth to either side."""
    if unit == "%" and 0 <= value <= 100:
        return 0.0, 100.0
    if value == 0:
        return 0.0, 1.0
    step = abs(value) / 10 or 1.0
    return max(value - step, -LARGEST), min(value + step, LARGEST)


def check_range(
    file: str, scored: ScoreColumn, entries: list[Entry], scale: Scale, problems: Problems
) -> None:
    """Note every score that a declared scale does not take."""
    for entry, amount in zip(entries, scored.amounts, strict=True):
        numbers = ends_of(amount) or ()
        wrong = [(n, scale.problem_with(n)) for n in dict.fromkeys(numbers)]
        for number, problem in wrong:
            if problem is None:
                continue
            place = entry.place(file, scored.column)
            message = f"{number_text(number)} {problem}."
            problems.add(place, "out-of-range", message, _wider(scale, number))


def _wider(scale: Scale, number: float) -> str:
    if not isinstance(scale, NumberScale):
        return "Give one of the levels."
    low, high = scale.ends
    wider = f"{number_text(min(low, number))} to {number_text(max(high, number))}"
    return f"Widen the range to {wider}, or mend the score."
