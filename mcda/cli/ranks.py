"""Commands that rank and explain: ``rank``, ``why``, ``compare``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from mcda.cli.options import (
    AsCsv,
    AsJson,
    ProjectFile,
    RunId,
    TypedWeights,
    WeightingName,
    chosen_weights,
    one_form,
    read_project,
)
from mcda.cli.printing import (
    console,
    new_table,
    print_counts,
    print_csv,
    print_json,
    say,
    say_illustrative,
)
from mcda.project import Project, check

if TYPE_CHECKING:
    from mcda.analysis import Ranking


def rank_file(
    file: ProjectFile,
    run: RunId = None,
    method: Annotated[
        str | None, typer.Option(metavar="M", help="A method id; both main ones if not.")
    ] = None,
    weighting: WeightingName = None,
    weights: TypedWeights = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Rank the programs, with reasons."""
    from mcda.analysis import DEFAULT_METHOD, ranking
    from mcda.engine import METHODS

    one_form(as_json, as_csv)
    chosen = chosen_weights(weighting, weights)
    project = read_project(file)
    found = ranking(project, run, chosen, method or DEFAULT_METHOD)
    rows = [{field: getattr(p, field) for field in _RANK_FIELDS} for p in found.programs]
    if as_json:
        head = {
            "method": found.method,
            "higher_is_better": METHODS[found.method].higher_is_better,
            "weighting": found.weighting.name,
            "weights": dict(found.weighting.weights),
            "intervals": found.intervals,
            "samples": found.samples,
            "seed": found.seed,
            "illustrative": found.illustrative,
        }
        print_json(head | {"programs": rows})
    elif as_csv:
        print_csv((*_RANK_FIELDS, "intervals"), [r | {"intervals": found.intervals} for r in rows])
    else:
        _print_ranking(project, run, chosen, method)


_RANK_FIELDS = (
    "id",
    "name",
    "excluded",
    "score",
    "score_low",
    "score_high",
    "rank",
    "rank_best",
    "rank_worst",
)


def why(
    file: ProjectFile,
    a: Annotated[str, typer.Argument(metavar="A", help="A program's id or name.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another's.")],
    run: RunId = None,
    weighting: WeightingName = None,
    weights: TypedWeights = None,
) -> None:
    """Say why one program comes before another, criterion by criterion."""
    from mcda.analysis import CAVEAT, difference
    from mcda.analysis.wording import points, span

    project = read_project(file)
    found = difference(project, a, b, run, chosen_weights(weighting, weights))
    say_illustrative(project)
    say(found.sentence)
    table = new_table("Criterion", f"Points for {found.a.name}", "Recorded")
    for part in sorted(found.parts, key=lambda p: -(p.low + p.high)):
        gain = span(points(part.low), points(part.high))
        table.add_row(*map(Text, (part.name, gain, part.scores)))
    console().print(table)
    say(f"Weights: {found.weighting.name}. {CAVEAT}")


def compare(
    file: ProjectFile,
    weightings: Annotated[
        list[str] | None, typer.Argument(metavar="WEIGHTING", help="All of them if none.")
    ] = None,
    run: RunId = None,
) -> None:
    """Rank under several weightings side by side, and say what moved and why."""
    from mcda.analysis import CAVEAT, comparison

    project = read_project(file)
    found = comparison(project, run, weightings or ())
    say_illustrative(project)
    say(found.sentence)
    frame = found.to_frame()
    table = new_table("Program", *map(str, frame.columns))
    for name, places in zip(frame.index, frame.to_numpy(), strict=True):
        table.add_row(Text(str(name)), *(Text(str(place)) for place in places))
    console().print(table)
    for move in found.moves:
        say(f"{move.weighting}: {move.sentence}")
    say(CAVEAT)


def _print_ranking(
    project: Project,
    run: str | None,
    weights: str | dict[str, float] | None,
    method: str | None,
) -> None:
    from mcda.analysis import CAVEAT, DEFAULT_METHOD, SECOND_METHOD, ranking

    methods = (method,) if method else (DEFAULT_METHOD, SECOND_METHOD)
    found = [ranking(project, run, weights, m) for m in methods]
    say_illustrative(project)
    say(f"Weights, as shares of 100%: {found[0].weighting.name}. {_shares(project, run, found[0])}")
    for result in found:
        say(f"{result.method_title}: {result.sentence}")
    headings = [f"{what}, {r.method_title}" for r in found for what in ("Place", "Score")]
    table = new_table("Program", *headings)
    for program in found[0].ranked:
        cells = [program.name]
        for result in found:
            cells += [result.result(program.id).rank_text, result.score_text(program.id)]
        table.add_row(*map(Text, cells))
    console().print(table)
    if method in (None, DEFAULT_METHOD):
        _print_reasons(project, run, weights, [p.id for p in found[0].ranked])
    for program in found[0].excluded:
        say(f"Not ranked: {program.name}. {program.excluded}")
    for program in found[0].ranked:
        if program.unsettled:
            say(f"Not settled for {program.name}: {', '.join(program.unsettled)}.")
    print_counts(check(project, run))
    say(CAVEAT)


def _shares(project: Project, run: str | None, found: Ranking) -> str:
    """Write each criterion's share of the weight, the heaviest first."""
    from mcda.analysis.wording import percent

    shares = sorted(found.weighting.weights.items(), key=lambda share: -share[1])
    named = [f"{project.run(run).criterion(c).name} {percent(w)}" for c, w in shares]
    return f"{', '.join(named)}."


def _print_reasons(
    project: Project, run: str | None, weights: str | dict[str, float] | None, order: Sequence[str]
) -> None:
    """Say why the first comes before the next two."""
    from mcda.analysis import difference

    for other in order[1:3]:
        say(f"Why: {difference(project, order[0], other, run, weights).sentence}")
