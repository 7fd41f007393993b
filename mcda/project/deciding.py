"""What has to hold before a run is decided."""

from __future__ import annotations

from dataclasses import replace

from mcda.project.checks import check_run, errors
from mcda.project.checks.record import date_problems, record_problems
from mcda.project.findings import Finding
from mcda.project.run import Record, Run


def deciding_problems(run: Run, record: Record) -> tuple[Finding, ...]:
    """Return what blocks deciding as the record says; nothing where it can be decided.

    Errors block, and so does a must-have that is not settled for every program to choose from.

    Raises:
        UnknownItemError: the choice is no program of the run.
    """
    found = check_run(run)
    unsettled = (
        replace(f, severity="error", mend="Settle it, or set the program aside.")
        for f in found
        if f.code == "must-have-unknown"
    )
    return (*errors(found), *unsettled, *record_problems(run, record), *date_problems(record))
