"""The sheet "Criteria" of an exported workbook: units, directions, ranges and levels."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from mcda.project.criteria import Criterion, Level, LevelScale, NumberScale, Scale, ValuePoint
from mcda.project.evidence import Exact
from mcda.project.tables.grid import Cell, Row, exact_text, kept_number, name_in, text_of
from mcda.project.tables.numbers import read_amount, read_cell
from mcda.project.tables.places import Place, Problems
from mcda.project.text import Id, match_key, quoted

SHEET_NAME = "Criteria"
HEADINGS = (
    "Criterion",
    "Id",
    "Unit",
    "Direction",
    "Worst",
    "Best",
    "Definition",
    "Anchors",
    "Value points",
    "Confirmed",
)
DIRECTIONS = {1: "More is better", -1: "Less is better"}
_NEEDED = ("criterion", "worst", "best")
_ANCHOR = re.compile(r"\s*(-?[0-9]{1,3})\s*:\s*(.*)")


class Described(NamedTuple):
    """A criterion as the sheet describes it; its name is the heading of its column."""

    heading: str
    id: str | None
    definition: str
    scale: Scale


def is_criteria_header(row: Row) -> bool:
    """Tell whether a first row is that of a sheet of criteria."""
    found = {match_key(text_of(cell)) for cell in row.cells}
    return all(heading in found for heading in _NEEDED)


def criterion_cells(criterion: Criterion, heading: str) -> list[str | float]:
    """Return a criterion's row for the sheet, in the order of ``HEADINGS``."""
    scale = criterion.scale
    if isinstance(scale, LevelScale):
        anchors = "\n".join(f"{level.level}: {level.anchor}" for level in scale.levels)
        worths = zip((lv.level for lv in scale.levels), scale.values or (), strict=False)
        points = "\n".join(_point_text(level, value) for level, value in worths)
    else:
        anchors = ""
        points = "\n".join(_point_text(p.score, p.value) for p in scale.points)
    return [
        heading,
        criterion.id,
        criterion.unit,
        DIRECTIONS[scale.direction],
        scale.worst,
        scale.best,
        criterion.definition,
        anchors,
        points,
        "yes" if scale.confirmed else "no",
    ]


def _point_text(score: float, value: float) -> str:
    return f"{exact_text(kept_number(score))} = {exact_text(kept_number(value))}"


def read_criteria(file: str, rows: Iterable[Row], problems: Problems) -> dict[str, Described]:
    """Read the sheet's rows, by what their headings match; adds what is wrong to ``problems``."""
    described: dict[str, Described] = {}
    header: dict[str, int] = {}
    for row in rows:
        if not header:
            header = {match_key(text_of(cell)): i for i, cell in enumerate(row.cells)}
            continue
        cells = {name: row.cell(index) for name, index in header.items()}
        heading = name_in(cells["criterion"])
        place = Place(f"{file}, sheet {SHEET_NAME}", row.number, heading)
        if match_key(heading) in described:
            problems.add(place, "duplicate-criterion", "The criterion is listed twice.")
            continue
        try:
            described[match_key(heading)] = _described(heading, cells)
        except ValidationError as error:
            problems.add(place, "criterion", _first_message(error), "Mend this row.")
        except ValueError as error:
            problems.add(place, "criterion", f"{error}.", "Mend this row.")
    return described


def _first_message(error: ValidationError) -> str:
    message = str(error.errors()[0]["msg"]).removeprefix("Value error, ")
    return f"{message[:1].upper()}{message[1:]}."


def _described(heading: str, cells: dict[str, Cell]) -> Described:
    if not heading:
        raise ValueError("The row has no criterion name")
    scale = _scale(cells)
    direction = match_key(text_of(cells.get("direction")))
    if direction not in ("", match_key(DIRECTIONS[scale.direction])):
        raise ValueError(
            f"The direction says {quoted(direction)}, but worst and best say "
            f"{quoted(DIRECTIONS[scale.direction].lower())}"
        )
    return Described(heading, _id(cells), text_of(cells.get("definition")).strip(), scale)


def _id(cells: dict[str, Cell]) -> str | None:
    try:
        return TypeAdapter(Id).validate_python(text_of(cells.get("id")))
    except ValidationError:
        return None


def _scale(cells: dict[str, Cell]) -> Scale:
    worst, best = _number(cells["worst"], "worst end"), _number(cells["best"], "best end")
    confirmed = match_key(text_of(cells.get("confirmed"))) == "yes"
    points = _points(text_of(cells.get("value points")))
    levels = _levels(text_of(cells.get("anchors")))
    if not levels:
        return NumberScale(
            unit=text_of(cells.get("unit")),
            worst=worst,
            best=best,
            points=tuple(ValuePoint(score=s, value=v) for s, v in points.items()),
            confirmed=confirmed,
        )
    if (levels[0].level, levels[-1].level) != (worst, best):
        raise ValueError("The first and last anchor are not the worst and the best level")
    values = tuple(points.get(level.level, -1.0) for level in levels) if points else None
    return LevelScale(levels=levels, values=values, confirmed=confirmed)


def _levels(text: str) -> tuple[Level, ...]:
    lines = [line for line in text.splitlines() if line.strip()]
    found = [_ANCHOR.fullmatch(line) for line in lines]
    if not all(found):
        raise ValueError("The anchors must be one to a line, each as its level, a colon, its words")
    return tuple(Level(level=int(match[1]), anchor=match[2]) for match in found if match)


def _points(text: str) -> dict[float, float]:
    points: dict[float, float] = {}
    for line in text.splitlines():
        score, _, value = line.partition("=")
        points[_number(score, "value points")] = _number(value, "value points")
    return points


def _number(cell: Cell, what: str) -> float:
    reading = read_cell(cell)
    amount = read_amount(reading, "point") if reading.kind == "number" else None
    if not isinstance(amount, Exact):
        raise ValueError(f"The {what} should be a number, but {quoted(reading.shown)} stands there")
    return amount.value
