"""The ``bestfit`` command: open the app, or make, check, rank and explain project files.

Exit codes: 0; 1 where a file or project has errors; 2 for wrong use.
"""

from __future__ import annotations

import json
import math
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mcda import __version__
from mcda.engine.errors import InputError
from mcda.project import (
    Finding,
    FindingsError,
    Project,
    ProjectError,
    UnknownItemError,
    check,
    errors,
    load,
    save,
)
from mcda.project.text import MAX_NAME, clean_line

if TYPE_CHECKING:
    from mcda.analysis import Ranking
    from mcda.store import Store

app = typer.Typer(
    name="bestfit",
    help="Best Fit: choose an evidence-based program together. Without a command it opens the app.",
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

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


def main() -> None:
    """Run the command; every known trouble ends in a message, never in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    code = _run()
    sys.exit(_finish_output() or code)


def _run() -> int:
    """Run the command and return its exit code."""
    try:
        app(prog_name="bestfit")
    except SystemExit as stop:
        # A reader that has gone away, such as ``head``, is no fault of the command.
        gone = isinstance(stop.__context__, BrokenPipeError)
        return stop.code if isinstance(stop.code, int) and not gone else 0
    except FindingsError as error:
        _complain(error.headline, [str(f) for f in error.findings])
        return 1
    except (UnknownItemError, InputError) as error:
        _complain(str(error))
        return 2
    except ProjectError as error:
        _complain(str(error))
        return 1
    except OSError as error:
        return _unusable(error)
    return 0


def _finish_output() -> int:
    """Write out what is left to print; return an exit code where that fails."""
    try:
        sys.stdout.flush()
    except OSError as error:
        # Python tries again as it ends; then there must be something to write to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0 if isinstance(error, BrokenPipeError) else _unusable(error)
    return 0


def _unusable(error: OSError) -> int:
    place = f" ({error.filename})" if error.filename else ""
    _complain(f"The file cannot be used{place}: {error.strerror or error}.")
    return 2


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="The port of the app; 8501 if free.")
    ] = None,
    show_version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Open the app in a browser, where no command is given."""
    if show_version:
        print(f"bestfit {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        _serve(port=port)


@app.command(name="open")
def open_file(
    file: ProjectFile,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="The app's port.")] = None,
) -> None:
    """Open the app with a project file."""
    _load(file)
    _serve(port=port, project_file=file.resolve())


@app.command()
def new(
    output: Output,
    title: Annotated[str | None, typer.Option(help="What is to be decided.")] = None,
    template: Annotated[
        str | None, typer.Option(metavar="NAME", help="Criteria: full, short or hexagon.")
    ] = None,
    example: Annotated[bool, typer.Option("--example", help="The worked example.")] = False,
    force: Force = False,
) -> None:
    """Write a new project file: empty, from a template, or the worked example."""
    from mcda.project import templates

    if example and (template is not None or title is not None):
        raise _wrong("--example brings its own title and criteria; give it alone.")
    if example:
        project = templates.example()
    else:
        project = _titled("Our choice" if title is None else title)
        if template is not None:
            project = templates.apply_template(project, template)
    _write(output, force, lambda: save(project, output))


@app.command(name="import")
def import_(
    table: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, metavar="TABLE", help="CSV or XLSX.")
    ],
    output: Output,
    title: Annotated[str | None, typer.Option(help="What is to be decided.")] = None,
    cost: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A column where less is better.")
    ] = None,
    ranges: Annotated[
        list[str] | None,
        typer.Option("--range", metavar="NAME=WORST:BEST", help="A column's worst and best."),
    ] = None,
    units: Annotated[
        list[str] | None, typer.Option("--unit", metavar="NAME=UNIT", help="A column's unit.")
    ] = None,
    skip: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A column to leave out.")
    ] = None,
    name: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="The column of the programs' names.")
    ] = None,
    sheet: Annotated[str | None, typer.Option(metavar="NAME", help="The sheet to read.")] = None,
    force: Force = False,
) -> None:
    """Make a project from a table: a row a program, a column a criterion."""
    from mcda.project.tables import OptionsError, import_table

    try:
        found = import_table(
            table,
            title=title,
            cost=cost or (),
            ranges=_once([_range(text) for text in ranges or ()], "--range"),
            units=_once([_pair(text, "--unit", "NAME=UNIT") for text in units or ()], "--unit"),
            skip=skip or (),
            name_column=name,
            sheet=sheet,
        )
    except OptionsError as error:
        _complain(error.headline, [str(f) for f in error.findings])
        raise typer.Exit(2) from None
    _write(output, force, lambda: save(found.project, output))
    _print_findings(found.notes)


@app.command(name="table")
def export(file: ProjectFile, output: Output, run: RunId = None, force: Force = False) -> None:
    """Write a project's programs, criteria and scores as a table (.csv or .xlsx)."""
    from mcda.project.tables import export_table

    kind = output.suffix.lower()
    if kind not in (".csv", ".xlsx"):
        raise _wrong("The name must end in .csv or .xlsx.", "-o")
    data = export_table(_load(file), run, kind="csv" if kind == ".csv" else "xlsx")
    _write(output, force, lambda: output.write_bytes(data))


@app.command(name="check")
def check_file(file: ProjectFile, run: RunId = None, as_json: AsJson = False) -> None:
    """Say everything that is wrong, missing or worth asking; exit 1 where there are errors."""
    found = check(_load(file), run)
    if as_json:
        fields = ("severity", "code", "place", "message", "mend")
        _print_json([{field: getattr(f, field) for field in fields} for f in found])
    else:
        _print_findings(found)
        _print_counts(found)
    if errors(found):
        raise typer.Exit(1)


@app.command(name="rank")
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

    _one_form(as_json, as_csv)
    chosen = _chosen_weights(weighting, weights)
    project = _load(file)
    found = ranking(project, run, chosen, method or DEFAULT_METHOD)
    rows = [{field: getattr(p, field) for field in _RANK_FIELDS} for p in found.programs]
    if as_json:
        head = {
            "method": found.method,
            "weighting": found.weighting.name,
            "weights": dict(found.weighting.weights),
            "intervals": found.intervals,
            "samples": found.samples,
            "seed": found.seed,
            "illustrative": found.illustrative,
        }
        _print_json(head | {"programs": rows})
    elif as_csv:
        _print_csv((*_RANK_FIELDS, "intervals"), [r | {"intervals": found.intervals} for r in rows])
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


@app.command()
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

    project = _load(file)
    found = difference(project, a, b, run, _chosen_weights(weighting, weights))
    _say_illustrative(project)
    _say(found.sentence)
    table = _table("Criterion", f"Points for {found.a.name}", "Recorded")
    for part in sorted(found.parts, key=lambda p: -(p.low + p.high)):
        gain = span(points(part.low), points(part.high))
        table.add_row(*map(Text, (part.name, gain, part.scores)))
    _console().print(table)
    _say(f"Weights: {found.weighting.name}. {CAVEAT}")


@app.command()
def compare(
    file: ProjectFile,
    weightings: Annotated[
        list[str] | None, typer.Argument(metavar="WEIGHTING", help="All of them if none.")
    ] = None,
    run: RunId = None,
) -> None:
    """Rank under several weightings side by side, and say what moved and why."""
    from mcda.analysis import CAVEAT, comparison

    project = _load(file)
    found = comparison(project, run, weightings or ())
    _say_illustrative(project)
    _say(found.sentence)
    frame = found.to_frame()
    table = _table("Program", *map(str, frame.columns))
    for name, places in zip(frame.index, frame.to_numpy(), strict=True):
        table.add_row(Text(str(name)), *(Text(str(place)) for place in places))
    _console().print(table)
    for move in found.moves:
        _say(f"{move.weighting}: {move.sentence}")
    _say(CAVEAT)


@app.command(name="catalog")
def list_catalog(
    mark: Annotated[list[str] | None, typer.Option(help="Only rows with this mark.")] = None,
    kind: Annotated[list[str] | None, typer.Option(help="Only this kind.")] = None,
    section: Annotated[list[str] | None, typer.Option(help="Only this section.")] = None,
    provider: Annotated[str | None, typer.Option(help="Words of the provider's name.")] = None,
    audience: Annotated[str | None, typer.Option(help="Words of the audience.")] = None,
    words: Annotated[str | None, typer.Option(help="Words anywhere.")] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """List the resources of the 2015 guide and the 2018 article."""
    from mcda import catalog

    _one_form(as_json, as_csv)
    try:
        found = catalog.find(
            mark=mark or (),
            kind=kind or (),
            section=section or (),
            provider=provider,
            audience=audience,
            words=words,
        )
    except ValueError as error:
        raise _wrong(str(error)) from None
    rows = catalog.to_rows(found)
    if as_json:
        _print_json(rows)
    elif as_csv:
        _print_csv(tuple(catalog.to_rows(catalog.entries()[:1])[0]), rows)
    else:
        table = _table("Id", "Title", "Kind", "Provider", "Marks")
        for entry in found:
            marks = ", ".join(name for name, checked in entry.marks.items() if checked)
            cells = (entry.id, entry.title, entry.kind, entry.provider, marks)
            table.add_row(*map(Text, cells))
        _console().print(table)
        _say(f"{len(found)} entries, from 2015 and 2018: ask whether each can still be had.")


@app.command()
def report(
    file: ProjectFile,
    output: Output,
    more: Annotated[
        list[str] | None, typer.Argument(metavar="[WEIGHTING]...", help="More for --compare.")
    ] = None,
    run: RunId = None,
    edition: Annotated[str, typer.Option(help="full, or public: roles only, no notes.")] = "full",
    weighting: WeightingName = None,
    compare: Annotated[
        list[str] | None,
        typer.Option(metavar="WEIGHTING", help="Weightings to compare; all of them if not."),
    ] = None,
    notes: Annotated[bool, typer.Option("--notes", help="Show notes in public too.")] = False,
    force: Force = False,
) -> None:
    """Write a ranking report: .html, .xlsx, .csv, or .zip with all of them."""
    from mcda import report as reports

    writers: dict[str, Callable[[reports.Report], bytes]] = {
        ".html": reports.write_html,
        ".xlsx": reports.write_xlsx,
        ".csv": reports.write_csv,
        ".zip": reports.write_zip,
    }
    write = writers.get(output.suffix.lower())
    if write is None:
        names = "The name must end in .html, .xlsx, .csv or .zip."
        raise typer.BadParameter(names, param_hint="-o")
    if edition not in reports.EDITIONS:
        raise typer.BadParameter("Choose full or public.", param_hint="--edition")
    carried = reports.edition_in(file.read_bytes(), file.name)
    kept: reports.Edition = "public" if "public" in (edition, carried) else "full"
    if kept != edition:
        _say("This report is the public edition, so the new one is public too.")
    if more and not compare:
        raise typer.BadParameter("Name weightings after --compare.")
    made = reports.build_report(
        _load(file),
        run,
        edition=kept,
        weighting=weighting,
        compare=(*(compare or ()), *(more or ())),
        notes=notes,
    )
    _write(output, force, lambda: output.write_bytes(write(made)))


@app.command()
def backup(output: Output) -> None:
    """Write every project kept in the app, with its history, to one file (.zip)."""
    with _store() as store:
        report = store.backup(output)
    _say(f"Written: {report.path} ({report.projects} projects, {report.versions} versions)")
    for line in report.lost:
        _complain(line)
    if report.lost:
        raise typer.Exit(1)


@app.command()
def restore(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, metavar="FILE", help="A backup.")
    ],
) -> None:
    """Bring a backup's projects into the app; nothing that is there is overwritten."""
    with _store() as store:
        for restored in store.restore(file):
            _say(f"{restored.outcome.capitalize()}: {restored.title}")


# --- what the options say


T = TypeVar("T")


def _wrong(message: str, option: str | None = None) -> typer.BadParameter:
    return typer.BadParameter(str(clean_line(message)), param_hint=option)


def _pair(text: str, option: str, form: str) -> tuple[str, str]:
    name, sign, value = text.rpartition("=")
    if not sign or not name.strip() or not value.strip():
        raise _wrong(f"{text!r} is not of the form {form}.", option)
    return name.strip(), value.strip()


def _number(text: str, option: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise _wrong(f"{text!r} is not a number.", option)
    return number


def _once(pairs: Sequence[tuple[str, T]], option: str) -> dict[str, T]:
    """Return what was said of each name; refuse one that is named twice."""
    said = dict(pairs)
    if len(said) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _wrong(f"{twice!r} is named twice.", option)
    return said


def _titled(title: str) -> Project:
    try:
        return Project.new(title)
    except ValueError:
        message = f"A title has 1 to {MAX_NAME} characters."
        raise _wrong(message, "--title") from None


def _one_form(as_json: bool, as_csv: bool) -> None:
    if as_json and as_csv:
        raise _wrong("Choose --json or --csv, not both.")


def _range(text: str) -> tuple[str, tuple[float, float]]:
    name, ends = _pair(text, "--range", "NAME=WORST:BEST")
    worst, sign, best = ends.partition(":")
    if not sign:
        message = f"{text!r} is not of the form NAME=WORST:BEST."
        raise _wrong(message, "--range")
    return name, (_number(worst, "--range"), _number(best, "--range"))


def _chosen_weights(name: str | None, typed: str | None) -> str | dict[str, float] | None:
    if name is not None and typed is not None:
        raise _wrong("Choose --weighting or --weights, not both.")
    if typed is None:
        return name
    pairs = [_pair(part, "--weights", "ID=POINTS") for part in typed.split(",")]
    points = {name: _number(text, "--weights") for name, text in _once(pairs, "--weights").items()}
    if min(points.values()) < 0 or not any(points.values()):
        message = "Points are 0 or more, and one of them is more than 0."
        raise _wrong(message, "--weights")
    return points


def _load(file: Path) -> Project:
    """Read a project file, or the project that an HTML report carries."""
    if file.suffix.lower() not in (".html", ".htm"):
        return load(file)
    from mcda.report import read_any

    return read_any(file.read_bytes(), file.name)


@contextmanager
def _store() -> Iterator[Store]:
    """Open the app's store; its troubles end in a message and exit code 1."""
    from mcda.store import Store, StoreError

    try:
        with Store.open() as store:
            yield store
    except StoreError as error:
        _complain(str(error))
        raise typer.Exit(1) from None


def _serve(port: int | None = None, project_file: Path | None = None) -> None:
    from mcda.app import server

    code = server.run(port=port, project_file=project_file)
    raise typer.Exit(code)


def _write(output: Path, force: bool, write: Callable[[], T]) -> None:
    if output.exists() and not force:
        message = f"{output} is there already; choose another name, or add --force."
        raise _wrong(message, "-o")
    try:
        write()
    except OSError as error:
        message = f"{output} cannot be written: {error.strerror or error}."
        raise _wrong(message, "-o") from None
    _say(f"Written: {output}")


# --- what is printed


def _console() -> Console:
    """Return a console that prints text as it is: no markup, no colour codes in a pipe."""
    return Console(highlight=False, markup=False, emoji=False, soft_wrap=False)


def _say(text: str) -> None:
    _console().print(Text(str(clean_line(text))))


def _complain(headline: str, lines: Sequence[str] = ()) -> None:
    for line in (headline, *(f"- {line}" for line in lines)):
        print("\n".join(str(clean_line(part)) for part in line.splitlines()), file=sys.stderr)


def _say_illustrative(project: Project) -> None:
    from mcda.analysis import ILLUSTRATIVE

    _say(project.info.title)
    if project.info.illustrative:
        _say(ILLUSTRATIVE)


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(Text(heading), overflow="fold")
    return table


def _print_json(content: object) -> None:
    _data_output()
    print(json.dumps(content, indent=1, allow_nan=False, ensure_ascii=False))


def _print_csv(fields: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Print CSV in which no cell of text can run as a formula."""
    import csv

    from mcda.project.tables.csv_reader import neutralised

    _data_output()
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(fields)
    for row in rows:
        cells = (row[field] for field in fields)
        writer.writerow([neutralised(c) if isinstance(c, str) else c for c in cells])


def _data_output() -> None:
    """Print data as UTF-8 wherever it goes, so that no name loses a letter on the way."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")


def _print_findings(found: Iterable[Finding]) -> None:
    for finding in found:
        _say(f"{finding.severity}: {finding}")


def _print_counts(found: Sequence[Finding]) -> None:
    counts = [(sum(f.severity == s for f in found), s) for s in ("error", "warning", "hint")]
    said = [f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts]
    _say(f"{', '.join(said)}.")


def _print_ranking(
    project: Project,
    run: str | None,
    weights: str | dict[str, float] | None,
    method: str | None,
) -> None:
    from mcda.analysis import CAVEAT, DEFAULT_METHOD, SECOND_METHOD, ranking

    methods = (method,) if method else (DEFAULT_METHOD, SECOND_METHOD)
    found = [ranking(project, run, weights, m) for m in methods]
    _say_illustrative(project)
    _say(
        f"Weights, as shares of 100%: {found[0].weighting.name}. {_shares(project, run, found[0])}"
    )
    for result in found:
        _say(f"{result.method_title}: {result.sentence}")
    headings = [f"{what}, {r.method_title}" for r in found for what in ("Place", "Score")]
    table = _table("Program", *headings)
    for program in found[0].ranked:
        cells = [program.name]
        for result in found:
            cells += [result.result(program.id).rank_text, result.score_text(program.id)]
        table.add_row(*map(Text, cells))
    _console().print(table)
    if method in (None, DEFAULT_METHOD):
        _print_reasons(project, run, weights, [p.id for p in found[0].ranked])
    for program in found[0].excluded:
        _say(f"Not ranked: {program.name}. {program.excluded}")
    for program in found[0].ranked:
        if program.unsettled:
            _say(f"Not settled for {program.name}: {', '.join(program.unsettled)}.")
    _print_counts(check(project, run))
    _say(CAVEAT)


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
        _say(f"Why: {difference(project, order[0], other, run, weights).sentence}")


if __name__ == "__main__":
    main()
