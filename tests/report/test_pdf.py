"""The PDF: tagged for those who listen, kept for the record, and its project comes back."""

from __future__ import annotations

import io
import re
import subprocess
import zlib
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mcda.charts import Column, DataTable
from mcda.project import Project, ProjectFileError
from mcda.project.templates import TWO_YEARS_ON, example
from mcda.report import EDITIONS, Erratum, build_report, project_in_pdf, read_any, redact, write_pdf
from mcda.report.model import (
    Callout,
    Facts,
    Figure,
    Heading,
    Listing,
    Paragraph,
    Section,
    Table,
)
from mcda.report.signs import holdable, not_drawn

TYPST = (
    '#import "x": *',
    "$x^2$ @ref \\ #raw `back` ```ticks```",
    "<label> #panic() #sys.inputs *bold* _it_ // gone /* gone */",
    "= no heading\n- no list\n+ none",
    "W" * 400,
    'https://evil.invalid/?a="b"',
    "中文 العربية 😀 e\u0301 \ue000 \ufeff \u200b",
    "-- --- ... ~ ' \"",
)


def _open(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def _walk(element):
    """Yield every element of the tag tree, in reading order."""
    if isinstance(element, pikepdf.Array):
        for part in element:
            yield from _walk(part)
    elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
        yield element
        if "/K" in element:
            yield from _walk(element.K)


def _tags(pdf):
    return list(_walk(pdf.Root.StructTreeRoot.K))


def _scope(cell):
    own = cell.get("/A", pikepdf.Dictionary())
    parts = own if isinstance(own, pikepdf.Array) else [own]
    return next((str(part.Scope) for part in parts if "/Scope" in part), None)


def _text(data: bytes) -> str:
    """Return the text of a PDF, as pdftotext reads it."""
    command = ["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"]
    found = subprocess.run(command, input=data, capture_output=True, check=True)
    return found.stdout.decode()


def _said(report) -> list[str]:
    """Return every text of a report."""
    found = [report.title]
    for section in report.sections:
        found.append(section.title)
        for block in section.blocks:
            match block:
                case Paragraph(text=text) | Heading(text=text):
                    found.append(text)
                case Callout(title=title, text=text):
                    found += [title, text]
                case Listing(items=items) | Facts(pairs=items):
                    found += [text for pair in items for text in pair]
                case Figure(chart=chart):
                    found += [chart.title, chart.svg(656, "x")]
                case Table(content=content):
                    found += [content.caption, *(c.title for c in content.columns)]
                    found += [cell for row in content.rows for cell in row]
    return found


@pytest.fixture(scope="module", params=[(n, e) for n in (1, 2) for e in EDITIONS], ids=str)
def made(request, day):
    number, edition = request.param
    project = example() if number == 1 else example(TWO_YEARS_ON)
    report = build_report(project, edition=edition, date=day)
    return report, write_pdf(report)


@pytest.fixture(scope="module")
def pdf(made):
    """The PDF, opened."""
    with _open(made[1]) as opened:
        yield opened


def test_document_says_what_it_is(made, pdf):
    report, _ = made
    assert str(pdf.Root.Lang) == "en-US"
    assert bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as about:
        assert about["dc:title"] == f"{report.title}: {report.labels}"
        assert "dc:creator" not in about
        assert about["pdfaid:part"] == "3"
        assert about["pdfaid:conformance"] == "A"
        assert about["pdfuaid:part"] == "1"
    assert "/Author" not in pdf.docinfo


def test_headings_are_in_order_and_none_is_skipped(made, pdf):
    report, _ = made
    levels = [int(str(t.S)[2:]) for t in _tags(pdf) if re.fullmatch("/H[1-6]", str(t.S))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    contents = report.edition != "one-page"
    assert levels.count(2) == len(report.sections) + contents


def test_every_table_has_headings_of_columns_and_rows(made, pdf):
    report, _ = made
    tags = _tags(pdf)
    rows = [t for t in tags if str(t.S) == "/TR"]
    for row in rows:
        cells = list(row.K)
        scopes = {_scope(cell) for cell in cells if str(cell.S) == "/TH"}
        if str(row.P.S) == "/THead":
            assert scopes == {"/Column"}
        else:
            assert (str(cells[0].S), _scope(cells[0])) == ("/TH", "/Row")
            assert all(str(cell.S) == "/TD" for cell in cells[1:])
    blocks = [b for section in report.sections for b in section.blocks]
    tables = [b for b in blocks if isinstance(b, Table)]
    facts = [b for b in blocks if isinstance(b, Facts)]
    assert [str(t.S) for t in tags].count("/Table") == len(tables) + len(facts)
    assert [str(t.S) for t in tags].count("/THead") == len(tables)


def test_every_figure_says_what_it_shows(made, pdf):
    report, _ = made
    said = [str(t.Alt) for t in _tags(pdf) if str(t.S) == "/Figure"]
    shown = [b.chart.alt for s in report.sections for b in s.blocks if isinstance(b, Figure)]
    assert said == shown


def test_nothing_leads_out_and_nothing_runs(pdf):
    assert "/OpenAction" not in pdf.Root
    assert "/AA" not in pdf.Root
    assert "/JavaScript" not in pdf.Root.get("/Names", {})
    for found in pdf.objects:
        if isinstance(found, pikepdf.Dictionary):
            assert str(found.get("/S")) not in {"/URI", "/JavaScript", "/Launch", "/GoToR"}


def test_fonts_are_embedded(pdf):
    described = [
        found
        for found in pdf.objects
        if isinstance(found, pikepdf.Dictionary) and found.get("/Type") == "/FontDescriptor"
    ]
    assert described
    assert all({"/FontFile2", "/FontFile3"} & set(found.keys()) for found in described)


def test_bookmarks_lead_to_the_sections(made, pdf):
    report, _ = made
    with pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == [s.title for s in report.sections]


@pytest.mark.poppler
def test_each_number_is_one_of_the_report(made, pdf):
    report, data = made
    number = re.compile(r"\d+(?:[.,]\d+)*")
    known = set(number.findall("\n".join(_said(report))))
    known |= set(number.findall(f"{report.labels} {report.date:%B %-d, %Y} 0.1.0"))
    known |= set(number.findall(report.material.project.info.place))
    text = re.sub(r"Page \d+ of \d+", "", _text(data).replace("\u200b", ""))
    pages = {str(n) for n in range(1, len(pdf.pages) + 1)}
    lines = [line for line in text.splitlines() if not re.search(r"\. \. |\.\.\.\.", line)]
    assert set(number.findall("\n".join(lines))) <= known | pages


@pytest.mark.poppler
def test_every_text_of_the_report_is_in_it(made):
    report, data = made
    shown = re.sub(r"\s|\u200b|\u00ad", "", _text(data))
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                for row in block.content.rows:
                    assert re.sub(r"\s", "", row[-1]) in shown
            if isinstance(block, Heading):
                assert re.sub(r"\s", "", block.text) in shown


def test_it_gives_back_its_project(made, pdf):
    report, data = made
    if report.carries_project:
        assert project_in_pdf(data) == read_any(data) == report.material.project
        attached = pdf.attachments["project.json"]
        assert str(attached.obj.AFRelationship) == "/Source"
    else:
        assert "/AF" not in pdf.Root
        with pytest.raises(ProjectFileError, match="not a report of Best Fit with a project"):
            project_in_pdf(data)


def test_full_edition_gives_back_the_same_project(elm, decided, day):
    for project in (elm, decided):
        found = project_in_pdf(write_pdf(build_report(project, date=day)))
        assert found == project
        assert found.content_hash() == project.content_hash()


def test_one_page_stays_on_one_page(on_one_page):
    with _open(write_pdf(on_one_page)) as opened:
        assert len(opened.pages) == 1


@pytest.mark.parametrize("project", [example(), example(TWO_YEARS_ON)], ids=["first", "later"])
def test_a_correction_leaves_no_page_empty(project, day):
    for length in (1, 4, 12):
        text = "The cost was given as a tenth of what it is. " * length
        report = build_report(project, erratum=Erratum(of=date(2026, 1, 5), text=text), date=day)
        pages = _text(write_pdf(report)).split("\f")
        assert min(len(page.split()) for page in pages[:3]) > 100


@pytest.mark.poppler
def test_a_table_begins_with_two_rows_below_its_headings(elm, day):
    """Wherever on a page it begins, and whatever its columns hold."""
    blocks = []
    for n in range(200):
        said = "some words that go on " * (1 + n % 5)
        rows = tuple((f"T{n}R{row}", said) for row in range(13 + n % 7))
        columns = (Column("Row"), Column("What a column says about the row " * (1 + n % 3)))
        content = DataTable(f"Table {n}", columns, rows)
        blocks += [Paragraph("One line. " * (1 + n % 4)), Table(content)]
    report = build_report(elm, date=day)
    alone = replace(report, sections=(Section("tables", "Tables", tuple(blocks)),))
    pages = _text(write_pdf(alone)).split("\f")
    for n in range(200):
        (begun,) = [page for page in pages if re.search(rf"^Table {n}$", page, re.MULTILINE)]
        assert f"T{n}R1 " in begun, n


def test_it_is_the_same_each_time(elm, day):
    made = [write_pdf(build_report(elm, edition="one-page", date=day)) for _ in range(2)]
    assert made[0] == made[1]


@pytest.mark.poppler
def test_hostile_names_are_printed_as_they_are(hostile, day):
    for edition in ("full", "public"):
        data = write_pdf(build_report(hostile, edition=edition, date=day))
        assert project_in_pdf(data) == redact(hostile, edition)
        assert "onerror=document.title" in re.sub(r"\s|\u200b", "", _text(data))


@pytest.mark.poppler
def test_typst_code_in_names_does_not_run(renamed, elm, day):
    odd = renamed(elm, TYPST)
    data = write_pdf(build_report(odd, date=day))
    assert project_in_pdf(data) == odd
    shown = re.sub(r"\s|\u200b", "", _text(data))
    for name in TYPST[:3]:
        assert re.sub(r"\s", "", name) in shown
    assert "signs in this report have no drawing" in re.sub(r"\s+", " ", _text(data))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(min_size=1, max_size=60))
def test_any_title_can_be_printed(text):
    try:
        project = Project.new(f"A{text}")
    except ValueError:
        return
    report = build_report(project, edition="full")
    assert project_in_pdf(write_pdf(report)) == project


def test_what_an_archive_must_not_hold_is_replaced():
    assert holdable("a\ue000\U000fffff\ufeffb\u0378") == "a\ufffd\ufffdb\ufffd"
    assert not_drawn(holdable("plain ≤ Ω Ж ع \ue000")) == {"\ufffd"}


def _changed(data: bytes, change) -> bytes:
    with _open(data) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def _put(pdf, content: bytes, said: str) -> None:
    del pdf.attachments["project.json"]
    spec = pikepdf.AttachedFileSpec(pdf, content, description=said, filename="project.json")
    pdf.attachments["project.json"] = spec


@pytest.fixture(scope="module")
def small(day) -> bytes:
    return write_pdf(build_report(example(), edition="one-page", date=day))


def test_what_cannot_be_read_is_refused_in_words(small):
    with _open(small) as pdf:
        carried = pdf.attachments["project.json"]
        content, said = carried.get_file().read_bytes(), carried.description
    for data, words in (
        (small[: len(small) // 2], "cut short or changed"),
        (b"%PDF-1.7\n%%EOF", "cut short or changed"),
        (_changed(small, lambda pdf: _put(pdf, content, "")), "not put there by Best Fit"),
        (
            _changed(small, lambda pdf: _put(pdf, content.replace(b"Elm", b"Oak", 1), said)),
            "not the one it was written with",
        ),
        (_changed(small, lambda pdf: _put(pdf, b"{", said)), "r.pdf, project.json"),
        (_changed(small, lambda pdf: _put(pdf, b"0" * 60_000_000, said)), "r.pdf"),
    ):
        with pytest.raises(ProjectFileError) as refused:
            project_in_pdf(data, "r.pdf")
        assert words in str(refused.value)


def test_a_locked_file_is_refused(small):
    out = io.BytesIO()
    with _open(small) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(ProjectFileError, match="locked by a password"):
        read_any(out.getvalue(), "r.pdf")


def test_a_copy_saved_by_others_is_still_read(small, elm):
    again = _changed(small, lambda pdf: None)
    assert again != small
    assert project_in_pdf(again) == redact(elm, "public")


def test_a_file_that_unpacks_to_too_much_is_refused(small):
    def swell(pdf):
        stream = pdf.attachments["project.json"].get_file().obj
        stream.write(zlib.compress(b" " * 80_000_000), filter=pikepdf.Name.FlateDecode)

    with pytest.raises(ProjectFileError):
        project_in_pdf(_changed(small, swell), "r.pdf")
