"""Commands around the app and its store: ``bestfit`` itself, ``open``, ``backup``, ``restore``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mcda import __version__
from mcda.cli.options import Output, ProjectFile, read_project
from mcda.cli.printing import complain, say

if TYPE_CHECKING:
    from mcda.store import Store


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


def open_file(
    file: ProjectFile,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="The app's port.")] = None,
) -> None:
    """Open the app with a project file."""
    read_project(file)
    _serve(port=port, project_file=file.resolve())


def _serve(port: int | None = None, project_file: Path | None = None) -> None:
    from mcda.app import server

    code = server.run(port=port, project_file=project_file)
    raise typer.Exit(code)


def backup(output: Output) -> None:
    """Write every project kept in the app, with its history, to one file (.zip)."""
    with _open_store() as store:
        report = store.backup(output)
    say(f"Written: {report.path} ({report.projects} projects, {report.versions} versions)")
    for line in report.lost:
        complain(line)
    if report.lost:
        raise typer.Exit(1)


def restore(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, metavar="FILE", help="A backup.")
    ],
) -> None:
    """Bring a backup's projects into the app; nothing that is there is overwritten."""
    with _open_store() as store:
        for restored in store.restore(file):
            say(f"{restored.outcome.capitalize()}: {restored.title}")


@contextmanager
def _open_store() -> Iterator[Store]:
    """Open the app's store; its troubles end in a message and exit code 1."""
    from mcda.store import Store, StoreError

    try:
        with Store.open() as store:
            yield store
    except StoreError as error:
        complain(str(error))
        raise typer.Exit(1) from None
