"""The workbook, the tables and the archive: clean, safe, and with the findings' own numbers."""

from __future__ import annotations

import csv
import hashlib
import io
import shutil
import subprocess
import zipfile

import openpyxl
import pytest

from mcda.analysis import agreement, contributions, used_weights
from mcda.project import ProjectFileError, read_project
from mcda.report import TABLES, build_report, file_name, read_any, write_csv, write_xlsx, write_zip
from mcda.report.data import sheets, table_names


@pytest.fixture(scope="module")
def book(report):
    return openpyxl.load_workbook(io.BytesIO(write_xlsx(report)))


def _rows(sheet) -> list[dict[str, object]]:
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def _as_kept(number: float | None) -> float | None:
    """A number as a workbook keeps it: to 16 digits."""
    return None if number is None else float(f"{number:.16g}")


def test_sheets_are_clean(book):
    assert book.sheetnames == [
        "Results",
        "Contributions",
        "Firmness",
        "Places",
        "Pairs",
        "Flips",
        "Steps",
        "Scores",
        "Weights",
        "Evidence",
        "Factors",
        "Milestones",
        "Budget",
        "About",
    ]
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert not sheet.merged_cells.ranges
        heads = [cell.value for cell in sheet[1]]
        assert all(heads)
        assert len(set(heads)) == len(heads)
    assert [len(sheet._charts) for sheet in book] == [1, 1, *[0] * 6, 1, *[0] * 5]


def test_sheets_print_with_their_headings_on_few_pages(book):
    for sheet in book:
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.print_title_cols == "$A:$A"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
    across = {sheet.title: int(sheet.page_setup.fitToWidth or 1) for sheet in book}
    assert across == {
        "Results": 1,
        "Contributions": 2,
        "Firmness": 1,
        "Places": 1,
        "Pairs": 1,
        "Flips": 1,
        "Steps": 1,
        "Scores": 1,
        "Weights": 1,
        "Evidence": 1,
        "Factors": 1,
        "Milestones": 1,
        "Budget": 1,
        "About": 1,
    }
    wide = {s.title for s in book if s.page_setup.orientation == "landscape"}
    assert wide == {
        *("Results", "Contributions", "Firmness", "Steps", "Scores", "Evidence", "Milestones")
    }


def test_rows_are_as_high_as_their_longest_text(book):
    sheet = book["Evidence"]
    notes = [(len(row[-1].value or ""), sheet.row_dimensions[row[-1].row].height) for row in sheet]
    longest, shortest = max(notes[1:]), min(notes[1:])
    assert longest[1] >= 15 * longest[0] / 44
    assert shortest[1] < longest[1] <= 401


def test_results_are_the_findings(elm, book):
    rows = _rows(book["Results"])
    sums, topsis = agreement(elm).rankings
    for row, program in zip(rows, sums.programs, strict=True):
        assert row["Program"] == program.name
        assert row["Place, best"] == program.rank_best
        assert row["Place, weighted sum"] == program.rank_text
        assert row["Weighted sum, low end (points out of 100)"] == _as_kept(program.score_low)
        assert row["Weighted sum, high end (points out of 100)"] == _as_kept(program.score_high)
        assert row["Weighted sum, likely (points out of 100)"] == _as_kept(program.score_likely)
        other = topsis.result(program.id)
        assert row["TOPSIS, low end (closeness, 0 to 1)"] == _as_kept(other.score_low)
        assert row["Why it is not ranked"] == program.excluded
        assert "Illustrative" in row["Status"]


def test_contributions_and_weights_are_the_findings(elm, book):
    parts = contributions(elm)
    for i, row in enumerate(_rows(book["Contributions"])):
        for j, criterion in enumerate(parts.criteria):
            assert row[f"{criterion.name}, low end (points)"] == _as_kept(parts.low[i, j])
            assert row[f"{criterion.name}, high end (points)"] == _as_kept(parts.high[i, j])
    used = used_weights(elm.run(), "p2")
    by_name = {row["Criterion"]: row for row in _rows(book["Weights"])}
    for criterion in elm.run().active_criteria:
        shown = by_name[criterion.name]["Survivor adviser (share of the weight)"]
        assert shown == _as_kept(used.weights[criterion.id])


def test_evidence_has_numbers_sources_and_unknowns(elm, book):
    rows = {(r["Program"], r["Criterion"]): r for r in _rows(book["Evidence"])}
    assert len(rows) == 96
    cost = rows["Survivor mentor program", "Total cost to us"]
    assert [cost[f"{n} (in the unit)"] for n in ("Low", "Likely", "High")] == [
        340_000,
        385_000,
        440_000,
    ]
    assert cost["Source"]
    assert cost["As of"] == "2026-09-30"
    assert rows["Juvenile mentoring", "Strength of evidence of benefit"]["State"] == "not known"


def test_public_workbook_has_no_notes(elm, day):
    data = write_xlsx(build_report(elm, edition="public", date=day))
    heads = [c.value for c in openpyxl.load_workbook(io.BytesIO(data))["Evidence"][1]]
    assert "Note" not in heads


def test_no_cell_runs_as_a_formula(hostile, day, parts_of):
    report = build_report(hostile, date=day)
    data = write_xlsx(report)
    for name, part in parts_of(data).items():
        if name.startswith("xl/worksheets/sheet"):
            assert b"<f>" not in part
            assert b"hyperlink" not in part
    names = {row["Program"] for row in _rows(openpyxl.load_workbook(io.BytesIO(data))["Results"])}
    assert any(str(n).startswith("=HYPERLINK(") for n in names)
    for sheet in sheets(report):
        text = write_csv(report, sheet.name).decode("utf-8-sig")
        for row in csv.reader(io.StringIO(text, newline="")):
            assert not [c for c in row if c.startswith(("=", "+", "@", "\t", "\r"))]


def test_csv_has_the_same_numbers(report):
    for sheet in sheets(report):
        text = write_csv(report, sheet.name).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert rows[0] == [c.title for c in sheet.columns]
        for read, row in zip(rows[1:], sheet.rows, strict=True):
            for cell, value in zip(read, row, strict=True):
                if isinstance(value, float):
                    assert float(cell) == float(f"{value:.12g}")


def test_table_is_found_by_its_name_however_it_is_written(report):
    assert tuple(sheet.name.lower() for sheet in sheets(report)) == table_names(report)
    assert set(TABLES) - set(table_names(report)) == {"indicators", "observations", "lessons"}
    for name in TABLES:
        assert write_csv(report, name) == write_csv(report, name.upper())


def test_unknown_table_is_refused(report):
    with pytest.raises(ValueError, match="There is no table"):
        write_csv(report, "Secrets")


def test_archive_holds_everything_and_its_hashes(elm, hostile, day):
    for project in (elm, hostile):
        report = build_report(project, date=day)
        data = write_zip(report)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert archive.testzip() is None
            names = archive.namelist()
            assert all(n.replace(".", "").isalnum() for n in names)
            sums = archive.read("SHA256SUMS.txt").decode().splitlines()
            told = {name: digest for digest, name in (line.split("  ") for line in sums)}
            assert set(told) == set(names) - {"SHA256SUMS.txt"}
            for name, digest in told.items():
                assert hashlib.sha256(archive.read(name)).hexdigest() == digest
            assert read_project(archive.read("project.json")) == project
        assert write_zip(build_report(project, date=day)) == data


def test_file_name_is_safe_anywhere(hostile, day):
    name = file_name(build_report(hostile, edition="public", date=day), "zip")
    assert name.replace("-", "").replace(".", "").isalnum()
    assert len(name) < 100


@pytest.mark.office
def test_office_reads_the_same_numbers(report, tmp_path):
    source = tmp_path / "report.xlsx"
    source.write_bytes(write_xlsx(report))
    office = shutil.which("soffice") or shutil.which("libreoffice")
    out = tmp_path / "out"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", out, source]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    book = openpyxl.load_workbook(out / "report.xlsx")
    for sheet in sheets(report):
        read = list(book[sheet.name].iter_rows(min_row=2, values_only=True))
        for found, row in zip(read, sheet.rows, strict=True):
            for cell, value in zip(found, row, strict=True):
                if isinstance(value, float | int):
                    assert cell == pytest.approx(value, rel=1e-14)
                elif value:
                    assert cell == value


def test_bars_of_the_chart_add_up_to_the_high_end(book):
    rows = _rows(book["Contributions"])
    parts = [head for head in rows[0] if head.endswith("in the chart (points)")]
    assert len(parts) <= 10
    assert parts[-1].startswith("Not known exactly")
    assert len(book["Contributions"]._charts[0].series) == len(parts)
    for row in rows:
        assert sum(row[p] for p in parts) == pytest.approx(row["Total, high end (points)"])


def test_lists_of_diagnosis_and_plan_are_as_they_were_entered(elm, book):
    factors = _rows(book["Factors"])
    assert [row["Factor"] for row in factors] == [f.name for f in elm.diagnosis.factors]
    assert [row["Source"] for row in factors] == [f.source for f in elm.diagnosis.factors]
    milestones = _rows(book["Milestones"])
    assert [row["Due"] for row in milestones] == [str(m.due_on) for m in elm.plan.milestones]
    *lines, total = _rows(book["Budget"])
    planned = [line.planned for line in elm.plan.budget]
    assert [row["Planned (US dollars)"] for row in lines] == planned
    assert total["Planned (US dollars)"] == sum(planned)


def test_notes_of_lists_are_not_in_the_public_tables(elm, day):
    noted = elm.plan.milestones[0].model_copy(update={"note": "Between us."})
    project = elm.with_plan(elm.plan.with_item(noted))
    full = write_csv(build_report(project, date=day), "milestones").decode("utf-8-sig")
    assert "Between us." in full
    public = build_report(project, edition="public", date=day)
    assert "Note" not in write_csv(public, "milestones").decode("utf-8-sig").splitlines()[0]


def test_an_archive_opens_again(elm, day):
    assert read_any(write_zip(build_report(elm, date=day)), "r.zip") == elm


@pytest.mark.parametrize("data", [b"PK\x03\x04 and no more", b"PK\x03\x04" + b"\0" * 80])
def test_a_broken_archive_is_refused_with_its_name(data):
    with pytest.raises(ProjectFileError, match=r"r\.zip"):
        read_any(data, "r.zip")


def test_an_archive_without_a_project_is_refused():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("else.txt", "nothing")
    with pytest.raises(ProjectFileError, match=r"project\.json"):
        read_any(packed.getvalue(), "r.zip")
