"""What the command prints: text, tables, JSON and CSV, safe in a terminal and in a pipe."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from mcda.project import Finding, Project
from mcda.project.text import clean_line, counted


def console() -> Console:
    """Return a console that prints text as it is: no markup, no colour codes in a pipe."""
    return Console(highlight=False, markup=False, emoji=False, soft_wrap=False)


def say(text: str) -> None:
    """Print one line of text, made safe for a terminal."""
    console().print(Text(str(clean_line(text))))


def complain(headline: str, lines: Sequence[str] = ()) -> None:
    """Print a trouble, and its details as a list, where errors go."""
    for line in (headline, *(f"- {line}" for line in lines)):
        print("\n".join(str(clean_line(part)) for part in line.splitlines()), file=sys.stderr)


def say_illustrative(project: Project) -> None:
    """Print what is decided, and that it is made up where it is."""
    from mcda.analysis import ILLUSTRATIVE

    say(project.info.title)
    if project.info.illustrative:
        say(ILLUSTRATIVE)


def new_table(*headings: str) -> Table:
    """Return a table with these headings, whose cells fold and are never cut."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(Text(heading), overflow="fold")
    return table


def print_json(content: object) -> None:
    """Print content as JSON."""
    _data_output()
    print(json.dumps(content, indent=1, allow_nan=False, ensure_ascii=False))


def as_plain(value: Any) -> Any:  # noqa: ANN401 - whatever a finding holds
    """Return a finding as plain JSON content, field by field.

    >>> from mcda.analysis import Move
    >>> sorted(as_plain([Move("Group", "All stay.")])[0])
    ['sentence', 'weighting']
    """
    if is_dataclass(value):
        return {field.name: as_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): as_plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [as_plain(item) for item in value]
    return value


def print_csv(fields: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Print CSV with the cells of every CSV file of Best Fit."""
    from mcda.project.csv_writer import csv_cell

    _data_output()
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(fields)
    for row in rows:
        writer.writerow([csv_cell(row[field]) for field in fields])


def _data_output() -> None:
    """Print data as UTF-8 wherever it goes, so that no name loses a letter on the way."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")


def print_findings(found: Iterable[Finding]) -> None:
    """Print each finding with its severity, place and mend."""
    for finding in found:
        say(f"{finding.severity}: {finding}")


def print_counts(found: Sequence[Finding]) -> None:
    """Print how many findings there are of each severity."""
    counts = [(sum(f.severity == s for f in found), s) for s in ("error", "warning", "hint")]
    say(f"{', '.join(counted(count, word) for count, word in counts)}.")
