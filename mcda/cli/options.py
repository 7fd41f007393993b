"""The options that commands share, and what is read from them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from mcda.cli.printing import say
from mcda.project import Project, load
from mcda.project.text import MAX_NAME, clean_line

ProjectFile = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, metavar="FILE", help="A project file.")
]


Output = Annotated[Path, typer.Option("-o", "--output", dir_okay=False, help="The file to write.")]


Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]


RunId = Annotated[str | None, typer.Option("--run", metavar="ID", help="The latest run if not.")]


WeightingName = Annotated[
    str | None, typer.Option("--weighting", metavar="NAME", help="A weighting's name or id.")
]


TypedWeights = Annotated[
    str | None,
    typer.Option(
        "--weights",
        metavar="ID=POINTS,...",
        help="Points by criterion, such as cost=3,evidence=2; those not named count 0.",
    ),
]


AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


AsCsv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]


T = TypeVar("T")


def wrong(message: str, option: str | None = None) -> typer.BadParameter:
    """Return the error of wrong use, which ends the command with exit code 2."""
    return typer.BadParameter(str(clean_line(message)), param_hint=option)


def pair(text: str, option: str, form: str) -> tuple[str, str]:
    """Return the two sides of NAME=VALUE."""
    name, sign, value = text.rpartition("=")
    if not sign or not name.strip() or not value.strip():
        raise wrong(f"{text!r} is not of the form {form}.", option)
    return name.strip(), value.strip()


def _number(text: str, option: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise wrong(f"{text!r} is not a number.", option)
    return number


def once(pairs: Sequence[tuple[str, T]], option: str) -> dict[str, T]:
    """Return what was said of each name; refuse one that is named twice."""
    said = dict(pairs)
    if len(said) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise wrong(f"{twice!r} is named twice.", option)
    return said


def titled(title: str) -> Project:
    """Return a new project with this title."""
    try:
        return Project.new(title)
    except ValueError:
        message = f"A title has 1 to {MAX_NAME} characters."
        raise wrong(message, "--title") from None


def one_form(as_json: bool, as_csv: bool) -> None:
    """Refuse two forms of output at once."""
    if as_json and as_csv:
        raise wrong("Choose --json or --csv, not both.")


def value_range(text: str) -> tuple[str, tuple[float, float]]:
    """Return a name with its worst and best, from NAME=WORST:BEST."""
    name, ends = pair(text, "--range", "NAME=WORST:BEST")
    worst, sign, best = ends.partition(":")
    if not sign:
        message = f"{text!r} is not of the form NAME=WORST:BEST."
        raise wrong(message, "--range")
    return name, (_number(worst, "--range"), _number(best, "--range"))


def chosen_weights(name: str | None, typed: str | None) -> str | dict[str, float] | None:
    """Return the weighting that is named, the points that were typed, or None for the default."""
    if name is not None and typed is not None:
        raise wrong("Choose --weighting or --weights, not both.")
    if typed is None:
        return name
    pairs = [pair(part, "--weights", "ID=POINTS") for part in typed.split(",")]
    points = {name: _number(text, "--weights") for name, text in once(pairs, "--weights").items()}
    if min(points.values()) < 0 or not any(points.values()):
        message = "Points are 0 or more, and one of them is more than 0."
        raise wrong(message, "--weights")
    return points


def read_project(file: Path) -> Project:
    """Read a project file, or the project that a report (.html, .pdf, .zip) carries."""
    if file.suffix.lower() not in (".html", ".htm", ".pdf", ".zip"):
        return load(file)
    from mcda.report import read_any

    return read_any(file.read_bytes(), file.name)


def write_file(output: Path, force: bool, write: Callable[[], object]) -> None:
    """Write a file and say so; refuse to write over one that is there, unless forced."""
    if output.exists() and not force:
        message = f"{output} is there already; choose another name, or add --force."
        raise wrong(message, "-o")
    try:
        write()
    except OSError as error:
        message = f"{output} cannot be written: {error.strerror or error}."
        raise wrong(message, "-o") from None
    say(f"Written: {output}")
