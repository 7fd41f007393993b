"""Coverage-guided fuzzing of everything that reads a file from outside.

    pip install atheris
    python benchmarks/fuzz_readers.py project -max_total_time=600

Targets: project, report, table, workbook, observations. Any exception but the reader's own
refusal is a finding; libFuzzer then keeps the input as ``crash-...`` in the current folder.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

with atheris.instrument_imports(include=["mcda", "html", "json", "csv", "openpyxl"]):
    from mcda.project import ProjectFileError, TableError, read_project, to_json
    from mcda.project.tables import export_table, import_table
    from mcda.project.tables.observations import observations_template, read_observations
    from mcda.project.templates import example
    from mcda.report import build_report, read_any, write_html, write_zip
    from mcda.report.pdf import write_pdf


def _project(data: bytes) -> object:
    return read_project(data)


def _report(data: bytes) -> object:
    return read_any(data)


def _table(data: bytes) -> object:
    return import_table(("table.csv", data))


def _workbook(data: bytes) -> object:
    return import_table(("table.xlsx", data))


def _observations(data: bytes) -> object:
    return read_observations(OBSERVED.evaluation, ("observations.csv", data))


OBSERVED = example("elm_county_two_years_on")
READERS: dict[str, tuple[Callable[[bytes], object], type[Exception]]] = {
    "project": (_project, ProjectFileError),
    "report": (_report, ProjectFileError),
    "table": (_table, TableError),
    "workbook": (_workbook, TableError),
    "observations": (_observations, TableError),
}


def _seeds(target: str) -> list[bytes]:
    """Return good files to begin with."""
    match target:
        case "project":
            return [to_json(example()).encode(), to_json(OBSERVED).encode()]
        case "report":
            report = build_report(example(), edition="public")
            return [write_html(report), write_zip(report), write_pdf(report)]
        case "observations":
            return [observations_template(OBSERVED.evaluation, "csv")]
    return [export_table(example(), kind="csv" if target == "table" else "xlsx")]


def main() -> None:
    """Fuzz the reader that the first argument names; the others are libFuzzer's own."""
    target = sys.argv.pop(1)
    read, refusal = READERS[target]

    def one_input(data: bytes) -> None:
        with suppress(refusal):
            read(data)

    with TemporaryDirectory() as corpus:
        for number, seed in enumerate(_seeds(target)):
            Path(corpus, str(number)).write_bytes(seed)
        atheris.Setup([*sys.argv, f"-max_len={1 << 20}", corpus], one_input)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
