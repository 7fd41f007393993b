"""Commands that make, change and check project files: ``new``, ``import``, ``table``, ``check``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mcda.cli.options import (
    AsJson,
    Force,
    Output,
    ProjectFile,
    RunId,
    once,
    pair,
    read_project,
    titled,
    value_range,
    write_file,
    wrong,
)
from mcda.cli.printing import complain, print_counts, print_findings, print_json
from mcda.project import check, errors, save


def new(
    output: Output,
    title: Annotated[str | None, typer.Option(help="What is to be decided.")] = None,
    template: Annotated[
        str | None, typer.Option(metavar="NAME", help="Criteria: full, short or hexagon.")
    ] = None,
    example: Annotated[bool, typer.Option("--example", help="The worked example.")] = False,
    two_years_on: Annotated[
        bool, typer.Option("--two-years-on", help="With --example: the same county later.")
    ] = False,
    force: Force = False,
) -> None:
    """Write a new project file: empty, from a template, or a worked example."""
    from mcda.project import templates

    if example and (template is not None or title is not None):
        raise wrong("--example brings its own title and criteria; give it alone.")
    if two_years_on and not example:
        raise wrong("--two-years-on is a form of --example; give both.")
    if example:
        project = templates.example(templates.TWO_YEARS_ON if two_years_on else templates.FIRST)
    else:
        project = titled("Our choice" if title is None else title)
        if template is not None:
            project = templates.apply_template(project, template)
    write_file(output, force, lambda: save(project, output))


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
            ranges=once([value_range(text) for text in ranges or ()], "--range"),
            units=once([pair(text, "--unit", "NAME=UNIT") for text in units or ()], "--unit"),
            skip=skip or (),
            name_column=name,
            sheet=sheet,
        )
    except OptionsError as error:
        complain(error.headline, [str(f) for f in error.findings])
        raise typer.Exit(2) from None
    write_file(output, force, lambda: save(found.project, output))
    print_findings(found.notes)


def export(file: ProjectFile, output: Output, run: RunId = None, force: Force = False) -> None:
    """Write a project's programs, criteria and scores as a table (.csv or .xlsx)."""
    from mcda.project.tables import export_table

    kind = output.suffix.lower()
    if kind not in (".csv", ".xlsx"):
        raise wrong("The name must end in .csv or .xlsx.", "-o")
    data = export_table(read_project(file), run, kind="csv" if kind == ".csv" else "xlsx")
    write_file(output, force, lambda: output.write_bytes(data))


def check_file(file: ProjectFile, run: RunId = None, as_json: AsJson = False) -> None:
    """Say everything that is wrong, missing or worth asking; exit 1 where there are errors."""
    found = check(read_project(file), run)
    if as_json:
        fields = ("severity", "code", "place", "message", "mend")
        print_json([{field: getattr(f, field) for field in fields} for f in found])
    else:
        print_findings(found)
        print_counts(found)
    if errors(found):
        raise typer.Exit(1)
