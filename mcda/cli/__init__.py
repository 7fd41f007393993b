"""The ``bestfit`` command: open the app, or make, check, rank and explain project files.

Exit codes: 0; 1 where a file or project has errors; 2 for wrong use.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import typer

from mcda.cli import files, firmness, lifecycle, ranks, reports, served
from mcda.cli.printing import complain
from mcda.engine.errors import InputError
from mcda.project import FindingsError, ProjectError, UnknownItemError

app = typer.Typer(
    name="bestfit",
    help="Best Fit: choose an evidence-based program together. Without a command it opens the app.",
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.callback(invoke_without_command=True)(served.start)
COMMANDS: dict[str, Callable[..., None]] = {
    "open": served.open_file,
    "new": files.new,
    "import": files.import_,
    "table": files.export,
    "check": files.check_file,
    "rank": ranks.rank_file,
    "methods": ranks.list_methods,
    "why": ranks.why,
    "compare": ranks.compare,
    "firm": firmness.firm,
    "catalog": reports.list_catalog,
    "report": reports.report,
    "status": lifecycle.status_of,
    "review": lifecycle.review,
    "backup": served.backup,
    "restore": served.restore,
}
for name, command in COMMANDS.items():
    app.command(name)(command)


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
        complain(error.headline, [str(f) for f in error.findings])
        return 1
    except (UnknownItemError, InputError) as error:
        complain(str(error))
        return 2
    except ProjectError as error:
        complain(str(error))
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
    complain(f"The file cannot be used{place}: {error.strerror or error}.")
    return 2
