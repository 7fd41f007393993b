"""The Word document: true styles, marked tables, alt text, and the findings' own numbers."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from datetime import date, datetime
from itertools import pairwise

import docx
import pytest
from docx.oxml.ns import qn

from mcda.project import Project
from mcda.project.templates import example
from mcda.report import Erratum, build_report, write_docx, write_html
from mcda.report.model import Figure

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _opened(report):
    return docx.Document(io.BytesIO(write_docx(report)))


def _text(element) -> str:
    return "".join(
        t.text or "" if t.tag == qn("w:t") else " "
        for t in element.iter(qn("w:t"), qn("w:br"), qn("w:tab"))
    )


def _parts(document) -> dict[str, list[str]]:
    """Every text below each heading of the first level, in order."""
    found: dict[str, list[str]] = {}
    own: list[str] = []
    for paragraph in document.element.body.iter(qn("w:p")):
        if paragraph.pPr.pStyle.val == "Heading1":
            own = found.setdefault(_text(paragraph), [])
        elif paragraph.pPr.pStyle.val not in ("TOCHeading", "TOC1"):
            own.append(_text(paragraph))
    return found


@pytest.fixture(scope="module")
def two_years() -> Project:
    return example("elm_county_two_years_on")


@pytest.fixture(scope="module")
def lessons(elm, day):
    return build_report(elm, edition="lessons", date=day)


@pytest.fixture(scope="module")
def document(report):
    return _opened(report)


def test_every_table_has_the_cells_of_the_page(report, document, tables_in):
    page = tables_in(write_html(report))
    seen = []
    for table in document.tables:
        caption = table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        before = table._tbl.getprevious()
        assert (before.pPr.pStyle.val, _text(before)) == ("Caption", caption)
        rows = [[_text(cell) for cell in row.tc_lst] for row in table._tbl.tr_lst]
        if caption not in seen:  # of tables with the same caption, the page's reader keeps one
            assert [len(row) for row in rows] == [len(row) for row in page[caption]]
        seen.append(caption)
        if seen.count(caption) == 1 and sum(c == caption for c in _captions(report)) == 1:
            shown = [[" ".join(cell.split()) for cell in row] for row in page[caption]]
            assert [[" ".join(cell.split()) for cell in row] for row in rows] == shown
    assert seen == _captions(report)


def _captions(report) -> list[str]:
    return [
        block.content.caption
        for section in report.sections
        for block in section.blocks
        if hasattr(block, "content")
    ]


def test_headings_are_true_and_in_order(report, document):
    levels = [
        (p.style.name, p.text)
        for p in document.paragraphs
        if p.style.name in ("Title", "Heading 1", "Heading 2")
    ]
    assert levels[0] == ("Title", report.title)
    assert levels[1] == ("Heading 1", report.sections[0].title)
    assert [text for name, text in levels if name == "Heading 1"] == [
        section.title for section in report.sections
    ]
    assert sum(name == "Title" for name, _ in levels) == 1
    assert sum(name == "Heading 2" for name, _ in levels) > 20


def test_every_style_in_use_is_there(document):
    known = {style.style_id for style in document.styles}
    body = document.element.body
    used = {e.get(qn("w:val")) for e in body.iter(qn("w:pStyle"), qn("w:tblStyle"))}
    assert used <= known
    assert {"Title", "Heading1", "Heading2", "ListBullet", "Caption", "ReportTable"} <= used


def test_tables_repeat_a_marked_row_of_headings_and_split_no_short_row(document):
    for table in document.tables:
        first, *rest = table._tbl.tr_lst
        assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None for row in rest)
        for row in (first, *rest):
            most = max(len(list(cell.iter(qn("w:br")))) for cell in row.tc_lst)
            splits = row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is None
            assert splits == (most >= 8)
        widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.gridCol_lst]
        assert 0.98 * 7.1 * 1440 <= sum(widths) <= 7.1 * 1440
        assert min(widths) > 300


def test_tables_are_as_wide_as_the_text_wherever_they_stand(document):
    for table in document.tables:
        whole = table._tbl.tblPr.find(qn("w:tblW"))
        assert (whole.get(qn("w:type")), whole.get(qn("w:w"))) == ("pct", "5000")
        grid = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.gridCol_lst]
        for row in table._tbl.tr_lst:
            sizes = [cell.tcPr.find(qn("w:tcW")) for cell in row.tc_lst]
            assert {size.get(qn("w:type")) for size in sizes} == {"pct"}
            parts = [int(size.get(qn("w:w"))) for size in sizes]
            assert sum(parts) == pytest.approx(5000, abs=len(parts))
            assert parts == pytest.approx([5000 * wide / sum(grid) for wide in grid], abs=2)


def test_words_beside_a_column_of_numbers_stand_apart_from_it(document):
    look = document.styles["Report Table"].element
    beside = int(look.find(f".//{qn('w:tblCellMar')}/{qn('w:right')}").get(qn("w:w")))
    seen = 0
    for row in (row for table in document.tables for row in table._tbl.tr_lst):
        for cell, after in pairwise(row.tc_lst):
            sides = [c.p_lst[0].pPr.find(qn("w:jc")) is not None for c in (cell, after)]
            if sides == [True, False]:
                indent = after.p_lst[0].pPr.find(qn("w:ind")).get(qn("w:left"))
                assert beside + int(indent) >= 200  # 10 points
                seen += 1
    assert seen > 20


def test_nothing_is_spaced_by_empty_paragraphs(report, lessons, on_one_page):
    for each in (report, on_one_page, lessons):
        paragraphs, tables = [], []
        for element in _opened(each).element.body:
            (tables if element.tag == qn("w:tbl") else paragraphs).append(element)
        *paragraphs, end = paragraphs
        assert end.tag == qn("w:sectPr")
        assert end.getprevious().tag == qn("w:p")
        assert all(_text(p).strip() or list(p.iter(qn("w:drawing"))) for p in paragraphs)
        assert all(table.getnext().tag == qn("w:p") for table in tables)


def test_what_leads_on_stays_with_what_follows_and_body_text_does_not(document):
    kept = {
        s.style_id for s in document.styles if s.element.find(f".//{qn('w:keepNext')}") is not None
    }
    assert {"Heading1", "Heading2", "Caption"} <= kept
    assert not kept & {"BodyText", "Note", "Answer", "Fact", "Callout", "ListBullet", "Chart"}
    body = document.element.body
    assert not [p for p in body.p_lst if p.pPr.find(qn("w:keepNext")) is not None]


def test_leads_are_strong_by_a_style(document):
    (strong,) = [s for s in document.styles if s.name == "Strong"]
    assert strong.font.bold
    leads = [r for p in document.paragraphs for r in p.runs if r.style.name == "Strong"]
    assert "Who decides" in {run.text for run in leads}
    assert not [r for p in document.paragraphs for r in p.runs if r.bold]


def test_every_chart_is_a_picture_that_says_what_it_shows(report, document):
    charts = [b.chart for s in report.sections for b in s.blocks if isinstance(b, Figure)]
    told = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert told == [chart.alt for chart in charts]
    ids = [e.get("id") for e in document.element.body.iter(qn("wp:docPr"))]
    assert len(set(ids)) == len(ids)
    for shape in document.inline_shapes:
        assert 0 < shape.width.inches <= 6.5
        assert [shape._inline.get(f"dist{side}") for side in "TBLR"] == ["0"] * 4
        assert 0 < shape.height.inches <= 8.51


def test_every_page_has_its_number_and_the_labels(report, document):
    footer = document.sections[0].footer._element
    fields = [e.text.strip() for e in footer.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert report.labels in _text(footer)
    assert "Illustrative example" in report.labels


def test_contents_lead_to_each_part(report, document):
    body = document.element.body
    links = [(_text(e), e.get(qn("w:anchor"))) for e in body.iter(qn("w:hyperlink"))]
    marks = [e.get(qn("w:name")) for e in body.iter(qn("w:bookmarkStart"))]
    assert [text for text, _ in links] == [section.title for section in report.sections]
    assert [anchor for _, anchor in links] == marks
    entries = [p for p in document.paragraphs if p.style.name == "toc 1"]
    assert [entry.text for entry in entries] == [section.title for section in report.sections]
    assert [e.text.split()[0] for e in body.iter(qn("w:instrText"))] == ["TOC"]
    marks = [
        (at, mark.get(qn("w:fldCharType")), mark.get(qn("w:dirty")))
        for at, entry in enumerate(entries)
        for mark in entry._p.iter(qn("w:fldChar"))
    ]
    last = len(entries) - 1
    assert marks == [(0, "begin", "true"), (0, "separate", None), (last, "end", None)]


def test_it_says_what_it_is_and_of_nobody_who_made_it(elm, report, document):
    about = document.core_properties
    assert (about.title, about.language) == (report.title, "en-US")
    assert (about.author, about.last_modified_by) == ("", "")
    assert about.created == about.modified
    assert about.created.replace(tzinfo=None) == datetime(2026, 11, 21)
    long = elm.with_info(elm.info.model_copy(update={"title": "t" * 400}))
    assert _opened(build_report(long)).core_properties.title == "t" * 255


def test_the_same_report_gives_the_same_bytes_without_days_or_owners(elm, day):
    data = write_docx(build_report(elm, date=day))
    assert data == write_docx(build_report(elm, date=day))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = package.namelist()
        assert names[0] == "[Content_Types].xml"
        assert not [n for n in names if "thumbnail" in n or "customXml" in n or "vba" in n]


def test_hostile_names_stay_text(hostile, day, parts_of):
    report = build_report(hostile, date=day)
    files = parts_of(write_docx(report))
    assert all(b'TargetMode="External"' not in data for data in files.values())
    document = docx.Document(io.BytesIO(write_docx(report)))
    fields = {e.text.split()[0] for e in document.element.body.iter(qn("w:instrText"))}
    assert fields == {"TOC"}
    text = " ".join(t for texts in _parts(document).values() for t in texts)
    for program in report.material.project.run().candidates:
        assert program.name in text


def test_what_xml_cannot_hold_never_gets_there(elm, day):
    odd = "a\x00b\x0bc\ud800\ufffe\x85d"
    program = elm.run().candidates[0].model_copy(update={"name": odd})
    raw = elm.with_program(program).model_dump(mode="json")
    raw["info"]["notes"] = odd
    erratum = Erratum(of=date(2026, 1, 1), text=odd)
    text = " ".join(
        t
        for texts in _parts(
            _opened(build_report(Project.model_validate(raw), erratum=erratum, date=day))
        ).values()
        for t in texts
    )
    assert "ab c\N{REPLACEMENT CHARACTER} d" in text


def test_breaks_in_a_text_stay_breaks(elm, day):
    told = elm.with_info(elm.info.model_copy(update={"notes": "One\nTwo"}))
    document = _opened(build_report(told, date=day))
    (note,) = [p for p in document.paragraphs if p.text == "One\nTwo"]
    assert note.style.name == "Body Text"


@pytest.mark.office
def test_one_page_stays_on_one_page(on_one_page, tmp_path):
    assert _pages(write_docx(on_one_page), tmp_path) == 1


@pytest.mark.office
def test_it_opens_in_an_office(report, tmp_path):
    assert 20 < _pages(write_docx(report), tmp_path) < 36


def _pages(data: bytes, folder) -> int:
    """Return how many pages LibreOffice makes of a document."""
    import pikepdf

    (folder / "report.docx").write_bytes(data)
    subprocess.run(
        [
            shutil.which("soffice") or "libreoffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(folder / "report.docx"),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    with pikepdf.open(folder / "report.pdf") as found:
        return len(found.pages)
