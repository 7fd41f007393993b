"""Commands that rank and explain: ``rank``, ``methods``, ``why``, ``compare``."""

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
    as_plain,
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
    from pandas import DataFrame

    from mcda.analysis import Ranking
    from mcda.engine import Method


def rank_file(
    file: ProjectFile,
    run: RunId = None,
    method: Annotated[
        str | None,
        typer.Option(metavar="M", help="An id of 'bestfit methods'; the two main ones if not."),
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
        print_json(head | {"programs": rows} | _beyond_places(project, run, chosen, found.method))
    elif as_csv:
        print_csv((*_RANK_FIELDS, "intervals"), [r | {"intervals": found.intervals} for r in rows])
    else:
        _print_ranking(project, run, chosen, method)


def _beyond_places(
    project: Project, run: str | None, weights: str | dict[str, float] | None, method: str
) -> dict[str, object]:
    """Return what VIKOR and PROMETHEE I say beyond scores and places, as JSON content."""
    from mcda.analysis import compromise_set, partial_order

    if method == "vikor":
        found = compromise_set(project, run, weights)
        content = {
            "programs": list(found.proposed),
            "acceptable_advantage": found.acceptable_advantage,
            "acceptable_stability": found.acceptable_stability,
            "at_likely_numbers": found.settled,
        }
        return {"compromise": content}
    if method == "promethee_ii":
        order = partial_order(project, run, weights)
        flows = {"programs": as_plain(order.programs), "at_likely_numbers": order.settled}
        return {"partial_order": flows}
    return {}


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


def list_methods(as_json: AsJson = False) -> None:
    """List the ranking methods: what each does, needs and promises."""
    from mcda.engine import METHODS

    if as_json:
        print_json([_about_method(entry) for entry in METHODS.values()])
        return
    table = new_table("Id", "What it does, and where it was published")
    for entry in METHODS.values():
        does = f"{entry.title}. {entry.description} {entry.source}."
        table.add_row(Text(entry.id), Text(does))
    console().print(table)


def _about_method(entry: Method) -> dict[str, object]:
    """Return what a method declares about itself, as JSON content."""
    return {
        "id": entry.id,
        "title": entry.title,
        "description": entry.description,
        "formula": entry.formula,
        "source": entry.source,
        "preconditions": list(entry.preconditions),
        "promises": sorted(entry.promises),
        "promises_with_bounds": sorted(entry.promises | entry.promises_with_bounds),
        "options": dict(entry.options),
        "required": list(entry.required),
        "higher_is_better": entry.higher_is_better,
    }


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
    _print_frame(found.to_frame())
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
    if method:
        say(_about(method))
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
    elif method in _PRINT_BEYOND_PLACES:
        _PRINT_BEYOND_PLACES[method](project, run, weights)
    _print_left_out(found[0])
    print_counts(check(project, run))
    say(CAVEAT)


def _about(method: str) -> str:
    """Say what a method does on values, and which of its scores are the better ones."""
    from mcda.analysis import COMPARED
    from mcda.engine import METHODS

    entry = METHODS[method]
    does = [COMPARED[method][1] if method in COMPARED else entry.description]
    return " ".join(does if entry.higher_is_better else [*does, "The lowest score is the best."])


def _print_frame(frame: DataFrame) -> None:
    """Print a table with a row a program."""
    table = new_table("Program", *map(str, frame.columns))
    for name, cells in zip(frame.index, frame.to_numpy(), strict=True):
        table.add_row(Text(str(name)), *(Text(str(cell)) for cell in cells))
    console().print(table)


def _print_compromise(
    project: Project, run: str | None, weights: str | dict[str, float] | None
) -> None:
    """Say which programs VIKOR proposes, and by which of its conditions."""
    from mcda.analysis import SETTLED_NOTE, compromise_set

    found = compromise_set(project, run, weights)
    for sentence in found.sentences:
        say(sentence)
    if found.settled:
        say(f"For the proposal: {SETTLED_NOTE}")


def _print_partial_order(
    project: Project, run: str | None, weights: str | dict[str, float] | None
) -> None:
    """Say which pairs PROMETHEE I leaves open, under the table of the net flows."""
    from mcda.analysis import SETTLED_NOTE, partial_order

    found = partial_order(project, run, weights)
    say(found.sentence)
    _print_frame(found.to_frame())
    if found.settled:
        say(f"For PROMETHEE I: {SETTLED_NOTE}")


_PRINT_BEYOND_PLACES = {"vikor": _print_compromise, "promethee_ii": _print_partial_order}


def _print_left_out(found: Ranking) -> None:
    """Name the programs that are not ranked, and the must-haves that are not settled."""
    for program in found.excluded:
        say(f"Not ranked: {program.name}. {program.excluded}")
    for program in found.ranked:
        if program.unsettled:
            say(f"Not settled for {program.name}: {', '.join(program.unsettled)}.")


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
