"""The command that says how firm a ranking is: ``firm``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from mcda.cli.options import AsJson, ProjectFile, RunId, WeightingName, read_project, wrong
from mcda.cli.printing import as_plain, console, new_table, print_json, say, say_illustrative

if TYPE_CHECKING:
    from mcda.analysis import Firmness, FirstShare, Flips, Sentences
    from mcda.charts import DataTable

_SPACES = ("order", "near", "people", "all")


def firm(
    file: ProjectFile,
    run: RunId = None,
    weighting: WeightingName = None,
    space: Annotated[
        str | None,
        typer.Option(
            metavar="|".join(_SPACES),
            help="The weightings to count over: those that keep the order, those that also stay "
            "near, all mixtures of people's weightings, or all there are.",
        ),
    ] = None,
    samples: Annotated[
        int, typer.Option(min=100, max=1_000_000, help="How many weightings to draw at least.")
    ] = 10_000,
    seed: Annotated[int, typer.Option(min=0, help="Where the drawing starts.")] = 2015,
    details: Annotated[
        bool, typer.Option("--details", help="Print what each score and each change would do.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Say how firm the ranking is, and what would change it."""
    from mcda.analysis import SAMPLING, firmness, sentences, what_flips

    if space is not None and space not in _SPACES:
        raise wrong(f"Choose one of {', '.join(_SPACES)}.", "--space")
    project = read_project(file)
    with _progress(shown=samples > 100_000) as progress:
        sampling = replace(SAMPLING, seed=seed, samples=samples, progress=progress)
        found = firmness(project, run, weighting, space, sampling)
    said = sentences(project, run, weighting, space, sampling)
    flips = what_flips(project, run, weighting)
    if as_json:
        print_json(_as_data(found, flips, said))
        return
    say_illustrative(project)
    _print_firmness(found, flips, said, details=details)


@contextmanager
def _progress(*, shown: bool) -> Iterator[Callable[[int, int], None] | None]:
    """Show how far the counting is, where it takes a while and someone watches."""
    if not shown or not sys.stderr.isatty():
        yield None
        return
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Weightings counted", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _print_firmness(found: Firmness, flips: Flips, said: Sentences, *, details: bool) -> None:
    from mcda.charts import data_table, first_table

    say(said.headline)
    for line in said.lines:
        say(line)
    _print_table(first_table(found))
    _print_table(data_table("If one criterion counted more or less", flips.weights_frame()))
    if not details:
        say("Add --details for each score, each step, and what goes without each criterion.")
        return
    for title, frame in (
        ("Smallest change of weights that puts another first", flips.changes_frame()),
        ("One score a step better or worse", flips.steps_frame()),
        ("How far each score would have to move", flips.scores_frame().T),
        ("Without one criterion or program", flips.without_frame()),
    ):
        _print_table(data_table(title, frame))


def _print_table(content: DataTable) -> None:
    say(f"{content.caption}:")
    table = new_table(*(c.title for c in content.columns))
    for row in content.rows:
        table.add_row(*map(Text, row))
    console().print(table)


def _as_data(found: Firmness, flips: Flips, said: Sentences) -> dict[str, Any]:
    """Return the findings as plain JSON content."""
    return {
        "method": flips.method,
        "weighting": flips.weighting.name,
        "weights": dict(flips.weighting.weights),
        "space": {field: as_plain(getattr(found.space, field)) for field in _SPACE},
        "headline": said.headline,
        "sentences": list(said.lines),
        "band": found.band.id,
        "leaders": [p.id for p in found.leaders],
        "together": _first(found.together),
        "programs": [as_plain(p) | {"first": _first(p.first)} for p in found.programs],
        "second_opinion": as_plain(found.second)
        | {"first": {item: _first(share) for item, share in found.second.first.items()}},
        "unknowns": as_plain(found.unknowns),
        "flips": {field: as_plain(getattr(flips, field)) for field in _FLIPS},
        "samples": found.samples,
        "effective_samples": found.effective_samples,
        "seed": found.seed,
        "half_width": found.half_width,
        "reached": found.reached,
        "illustrative": found.illustrative,
    }


_SPACE = ("id", "phrase", "people", "left_out")
_FLIPS = ("weights", "scores", "steps", "changes", "without_criterion", "without_program")


def _first(share: FirstShare) -> dict[str, Any]:
    """Return how often something is first, with the words that say it."""
    plain: dict[str, Any] = as_plain(share)
    return plain | {"text": share.text}
