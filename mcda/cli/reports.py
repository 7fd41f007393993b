"""Commands that write reports and list the catalogue: ``report``, ``catalog``."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, cast

import typer
from rich.text import Text

from mcda.cli.options import (
    AsCsv,
    AsJson,
    Force,
    Output,
    ProjectFile,
    RunId,
    WeightingName,
    one_form,
    read_project,
    write_file,
    wrong,
)
from mcda.cli.printing import console, new_table, print_csv, print_json, say
from mcda.project.text import MAX_TEXT

if TYPE_CHECKING:
    from mcda.project import Project
    from mcda.report import Erratum, Report


def report(
    file: ProjectFile,
    output: Output,
    more: Annotated[
        list[str] | None, typer.Argument(metavar="[WEIGHTING]...", help="More for --compare.")
    ] = None,
    run: RunId = None,
    edition: Annotated[
        str,
        typer.Option(
            help="full; public: roles only, no notes; one-page: public, on one page; lessons: "
            "only what is marked public."
        ),
    ] = "full",
    weighting: WeightingName = None,
    compare: Annotated[
        list[str] | None,
        typer.Option(metavar="WEIGHTING", help="Weightings to compare; all of them if not."),
    ] = None,
    table: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Of a .csv: results (the first if not said), contributions, ..."
        ),
    ] = None,
    notes: Annotated[bool, typer.Option("--notes", help="Show notes in public too.")] = False,
    order: Annotated[
        str,
        typer.Option(
            help="decision; grant: need, design and implementation, capabilities, data plan."
        ),
    ] = "decision",
    erratum: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT",
            help="What was wrong in an earlier report and what is right: goes first.",
        ),
    ] = None,
    erratum_of: Annotated[
        datetime.datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            metavar="DATE",
            help="The day of the report that --erratum corrects.",
        ),
    ] = None,
    force: Force = False,
) -> None:
    """Write a ranking report: .html, .pdf, .docx, .xlsx, .csv, or .zip with all of them."""
    from mcda import report as reports

    write = _writer(output.suffix.lower(), table)
    _check_choice("--edition", edition, reports.EDITIONS)
    _check_choice("--order", order, reports.ORDERS)
    project = read_project(file)
    kept: reports.Edition = project.edition
    if edition != "full":
        kept = cast("reports.Edition", edition)
    if edition == "lessons":
        asked = bool(weighting or compare or notes or erratum)
        _check_lessons(project, asked=asked)
    if kept != edition:
        say("This report is the public edition, so the new one is public too.")
    if more and not compare:
        raise wrong("Name weightings after --compare.")
    made = reports.build_report(
        project,
        run,
        edition=kept,
        weighting=weighting,
        compare=(*(compare or ()), *(more or ())),
        notes=notes,
        order=cast("reports.Order", order),
        erratum=_erratum(erratum, erratum_of),
    )
    if table is not None and table not in reports.table_names(made):
        raise wrong(f"This report has no table {table!r}.", "--table")
    write_file(output, force, lambda: output.write_bytes(write(made)))
    notice = reports.roles_notice(project) if kept in ("public", "one-page") else ""
    if notice:
        say(notice)


def _writer(ending: str, table: str | None) -> Callable[[Report], bytes]:
    """Return what writes a file with this ending; only of a .csv a table can be asked for."""
    from mcda import report as reports
    from mcda.analysis.wording import or_list

    writers: dict[str, Callable[[Report], bytes]] = {
        ".html": reports.write_html,
        ".pdf": reports.write_pdf,
        ".docx": reports.write_docx,
        ".xlsx": reports.write_xlsx,
        ".csv": lambda made: reports.write_csv(made, table or reports.table_names(made)[0]),
        ".zip": reports.write_zip,
    }
    if ending not in writers:
        raise wrong(f"The name must end in {or_list(tuple(writers))}.", "-o")
    if table is not None and ending != ".csv":
        raise wrong("Only a .csv holds one table alone.", "--table")
    if table is not None and table not in reports.TABLES:
        raise wrong(f"Choose one of {', '.join(reports.TABLES)}.", "--table")
    return writers[ending]


def _check_choice(option: str, chosen: str, known: Sequence[str]) -> None:
    from mcda.analysis.wording import or_list

    if chosen not in known:
        raise wrong(f"Choose {or_list(known)}.", option)


def _erratum(text: str | None, of: datetime.datetime | None) -> Erratum | None:
    """Return the correction of an earlier report, of which both text and day are needed."""
    from mcda.report import Erratum

    if text is None and of is None:
        return None
    if not (text or "").strip() or of is None:
        what = "Give both: what was wrong and what is right, and the day of that report."
        raise wrong(what, "--erratum, --erratum-of")
    if of.date() > datetime.datetime.now().astimezone().date():
        raise wrong("The report to correct cannot be of a day to come.", "--erratum-of")
    if len(str(text)) > MAX_TEXT:
        raise wrong(f"The text may have at most {MAX_TEXT:,} letters.", "--erratum")
    return Erratum(of=of.date(), text=str(text))


def _check_lessons(project: Project, *, asked: bool) -> None:
    """Refuse an edition for others that would be empty, or is asked for what it never holds."""
    from mcda.report import anything_public

    if asked:
        what = "It shows no notes, no correction, and no weights but those that lead."
        raise wrong(what, "--edition lessons")
    if not anything_public(project):
        mend = "Mark lessons, indicators or next steps as public on Evaluate."
        raise wrong(f"Nothing is marked public yet. {mend}", "--edition lessons")


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

    one_form(as_json, as_csv)
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
        raise wrong(str(error)) from None
    rows = catalog.to_rows(found)
    if as_json:
        print_json(rows)
    elif as_csv:
        print_csv(tuple(catalog.to_rows(catalog.entries()[:1])[0]), rows)
    else:
        table = new_table("Id", "Title", "Kind", "Provider", "Marks")
        for entry in found:
            marks = ", ".join(name for name, checked in entry.marks.items() if checked)
            cells = (entry.id, entry.title, entry.kind, entry.provider, marks)
            table.add_row(*map(Text, cells))
        console().print(table)
        say(f"{len(found)} entries, from 2015 and 2018: ask whether each can still be had.")
