"""``bestfit report``, ``backup`` and ``restore``, and reading a report back."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from mcda.analysis import ranking
from mcda.project import Project, save
from mcda.project.templates import example
from mcda.store import Store


def test_an_html_report_ranks_as_the_project_it_was_made_from(run, elm, tmp_path):
    report = tmp_path / "report.html"
    assert run("report", elm, "-o", report)[0] == 0
    code, out, _ = run("rank", report, "--json")
    assert code == 0
    first = json.loads(out)["programs"][0]
    assert first["score_low"] == ranking(example()).programs[0].score_low


def test_a_pdf_ranks_again_under_other_weights(run, elm, tmp_path):
    report = tmp_path / "report.pdf"
    assert run("report", elm, "-o", report)[0] == 0
    weights = ("--weights", "cost=3,evidence=2", "--json")
    code, out, _ = run("rank", report, *weights)
    assert code == 0
    assert json.loads(out) == json.loads(run("rank", elm, *weights)[1])
    report.write_bytes(report.read_bytes()[:-2000])
    code, _, err = run("rank", report)
    assert code == 1
    assert "cut short or changed" in err


def test_a_public_report_carries_no_person_code(run, elm, tmp_path):
    report = tmp_path / "report.html"
    run("report", elm, "-o", report, "--edition", "public")
    _, out, _ = run("compare", report)
    assert "Survivor adviser" in out
    assert '"p2"' not in report.read_text(encoding="utf-8")


def test_weightings_to_compare_are_named_one_after_another(run, elm, tmp_path):
    page = tmp_path / "report.html"
    assert run("report", elm, "-o", page, "--compare", "p2", "p3")[0] == 0
    text = page.read_text(encoding="utf-8")
    places = text[text.index("Places by weighting</caption>") :].partition("</table>")[0]
    assert "Survivor adviser" in places
    assert "School counselor" in places
    assert "Police lieutenant" not in places


def test_the_archive_holds_every_form(run, elm, tmp_path):
    archive = tmp_path / "report.zip"
    run("report", elm, "-o", archive)
    endings = {Path(name).suffix for name in zipfile.ZipFile(archive).namelist()}
    assert {".html", ".pdf", ".docx", ".xlsx", ".csv", ".json"} <= endings


def test_a_correction_is_printed_first_and_a_grant_asks_for_its_own_order(run, elm, tmp_path):
    page = tmp_path / "report.html"
    erratum = ("--erratum", "The cost is 140,000.", "--erratum-of", "2026-01-05")
    assert run("report", elm, "-o", page, "--order", "grant", *erratum)[0] == 0
    text = page.read_text(encoding="utf-8")
    first, second, third = text.partition("<main")[2].split("<section ")[1:4]
    assert "Correction to the report of January 5, 2026" in first
    assert "The cost is 140,000." in first
    assert "The answer so far" in second
    assert ">Need</h2>" in third


def test_one_page_is_public_and_ranks_again(run, elm, tmp_path):
    page = tmp_path / "one.html"
    assert run("report", elm, "-o", page, "--edition", "one-page")[0] == 0
    assert '"p2"' not in page.read_text(encoding="utf-8")
    assert run("rank", page)[0] == 0
    copy = tmp_path / "copy.html"
    assert "public too" in run("report", page, "-o", copy)[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-o", "report.doc"), ".docx"),
        (("-o", "r.html", "--edition", "secret"), "full, public, one-page or"),
        (("-o", "r.html", "--order", "secret"), "decision or grant"),
        (("-o", "r.html", "--erratum", "Wrong."), "Give both"),
        (("-o", "r.html", "--erratum-of", "2026-01-01"), "Give both"),
        (("-o", "r.html", "--erratum", "Wrong.", "--erratum-of", "May"), "--erratum-of"),
        (
            ("-o", "r.html", "--erratum", "Wrong.", "--erratum-of", "9999-01-01"),
            "The report to correct",
        ),
        (("-o", "r.html", "--edition", "lessons"), "marked public"),
        (("-o", "r.html", "--edition", "lessons", "--notes"), "no notes"),
        (("-o", "r.csv", "--table", "lessons"), "no table"),
        (("-o", "r.html", "--compare", "nobody"), "nobody"),
        (("-o", "r.html", "--", "p2"), "--compare"),
    ],
)
def test_a_report_refuses_wrong_use(run, elm, arguments, said):
    code, _, err = run("report", elm, *arguments)
    assert code == 2
    assert said in err


def test_a_report_that_was_cut_short_is_refused_with_its_name(run, elm, tmp_path):
    report = tmp_path / "report.html"
    run("report", elm, "-o", report)
    report.write_bytes(report.read_bytes()[:2000])
    code, _, err = run("rank", report)
    assert code == 1
    assert "report.html" in err


def test_a_backup_brings_projects_back_into_an_empty_store(run, tmp_path, monkeypatch):
    with Store.open() as store:
        store.create(Project.new("Which program for Elm?"))
    code, out, _ = run("backup", "-o", tmp_path / "all.zip")
    assert code == 0
    assert "1 projects, 1 versions" in out
    monkeypatch.setenv("BESTFIT_DATA_DIR", str(tmp_path / "other"))
    code, out, _ = run("restore", tmp_path / "all.zip")
    assert (code, out) == (0, "Restored: Which program for Elm?\n")
    with Store.open() as store:
        assert [p.title for p in store.projects()] == ["Which program for Elm?"]


def test_restoring_what_is_no_backup_says_so(run, elm):
    code, _, err = run("restore", elm)
    assert code == 1
    assert "elm.json is not a complete Best Fit backup" in err


def test_a_report_made_from_a_public_one_is_public_too(run, elm, tmp_path):
    first, second = tmp_path / "first.html", tmp_path / "second.html"
    run("report", elm, "-o", first, "--edition", "public")
    code, out, _ = run("report", first, "-o", second)
    assert code == 0
    assert "the new one is public too" in out
    assert "Public edition" in second.read_text(encoding="utf-8")


def test_one_table_can_be_written_as_csv(run, elm, tmp_path):
    for table, head in (("weights", "Criterion"), ("firmness", "Program")):
        path = tmp_path / f"{table}.csv"
        assert run("report", elm, "-o", path, "--table", table)[0] == 0
        assert path.read_text(encoding="utf-8-sig").startswith(f'"{head}"')


@pytest.mark.parametrize(
    ("name", "table", "said"),
    [("r.csv", "secrets", "Choose one of results"), ("r.html", "weights", "Only a .csv")],
)
def test_a_table_that_cannot_be_had_is_wrong_use(run, elm, tmp_path, name, table, said):
    code, _, err = run("report", elm, "-o", tmp_path / name, "--table", table)
    assert code == 2
    assert said in err
    assert not (tmp_path / name).exists()


def test_the_edition_for_other_communities_carries_no_project(run, tmp_path):
    source = tmp_path / "two.json"
    save(example("elm_county_two_years_on"), source)
    page = tmp_path / "lessons.html"
    assert run("report", source, "-o", page, "--edition", "lessons")[0] == 0
    assert "Have the advocates before the forms" in page.read_text(encoding="utf-8")
    code, _, err = run("rank", page)
    assert code != 0
    assert "not a report of Best Fit with a project" in " ".join(err.replace("│", " ").split())


def test_one_table_of_the_edition_for_other_communities(run, tmp_path):
    source, path = tmp_path / "two.json", tmp_path / "first.csv"
    save(example("elm_county_two_years_on"), source)
    assert run("report", source, "-o", path, "--edition", "lessons")[0] == 0
    assert path.read_text(encoding="utf-8-sig").startswith('"Indicator"')
    code, _, err = run(
        "report", source, "-o", path, "--force", "--edition", "lessons", "--table", "flips"
    )
    assert code == 2
    assert "flips" in err


def test_a_public_report_names_the_roles_to_be_asked_first(run, elm, tmp_path):
    _, full, _ = run("report", elm, "-o", tmp_path / "full.html")
    _, public, _ = run("report", elm, "-o", tmp_path / "public.html", "--edition", "public")
    assert "ask each of them" not in full
    assert "the Survivor adviser" in public
    assert "ask each of them before you pass it on" in " ".join(public.split())
