"""The same report as a page, as a PDF and as a Word document: part by part, the same numbers."""

from __future__ import annotations

import io
import re
import subprocess
from collections import Counter
from html.parser import HTMLParser

import docx
import pytest
from docx.oxml.ns import qn

from mcda.project.templates import TWO_YEARS_ON, example
from mcda.report import EDITIONS, build_report, write_docx, write_html, write_pdf
from mcda.report.model import Figure

NUMBER = re.compile(r"\d[\d,.]*\d|\d")
MADE = [*((edition, "decision") for edition in EDITIONS), ("full", "grant")]


class _Sections(HTMLParser):
    """The text of each section of a page, by its title; charts are left out."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self._own: list[str] = []
        self._title: list[str] | None = None
        self._skipped = 0
        self.feed(page.decode().partition("<main")[2].partition("</main>")[0])

    def handle_starttag(self, tag, attrs):
        self._skipped += tag == "svg"
        if tag == "h2":
            self._title = []

    def handle_endtag(self, tag):
        self._skipped -= tag == "svg"
        if tag == "h2":
            self._own = self.found.setdefault("".join(self._title), [])
            self._title = None

    def handle_data(self, data):
        if self._title is not None:
            self._title.append(data)
        elif not self._skipped:
            self._own.append(data)


class _Charts(HTMLParser):
    """The words in a drawing, line by line."""

    def __init__(self, svg: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._is_text = False
        self.feed(svg)

    def handle_starttag(self, tag, attrs):
        self._is_text = tag in ("text", "tspan")

    def handle_endtag(self, tag):
        self._is_text = False

    def handle_data(self, data):
        if self._is_text:
            self.found.append(data)


def _in_word(data: bytes) -> dict[str, list[str]]:
    """Every text below each heading of the first level but the contents, in order."""
    found: dict[str, list[str]] = {}
    own: list[str] = []
    for paragraph in docx.Document(io.BytesIO(data)).element.body.iter(qn("w:p")):
        style = paragraph.pPr.pStyle.val
        text = "".join(
            t.text or "" if t.tag == qn("w:t") else " "
            for t in paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab"))
        )
        if style == "Heading1":
            own = found.setdefault(text, [])
        elif style not in ("TOCHeading", "TOC1"):
            own.append(text)
    return found


def _in_pdf(report, data: bytes) -> dict[str, list[str]]:
    """Every line below each title of a section, without contents and feet of pages."""
    command = ["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"]
    read = subprocess.run(command, input=data, capture_output=True, check=True)
    feet = {_solid(report.labels), _solid(report.title)}
    lines = [
        line
        for line in read.stdout.decode().replace("\f", "\n").splitlines()
        if not re.fullmatch(r"Page\d+of\d+|.*\u2060\d+", line.replace(" ", ""))
        and _solid(line) not in feet
    ]
    titles = [section.title for section in report.sections]
    starts = []
    for title in titles:
        after = starts[-1][1] if starts else 0
        starts.append(_place(lines, title, after))
    ends = [start for start, _ in starts[1:]] + [len(lines)]
    return {
        title: lines[after:end] for title, (_, after), end in zip(titles, starts, ends, strict=True)
    }


def _place(lines: list[str], title: str, after: int) -> tuple[int, int]:
    """Return the first line of a title, which may take several, and the one after it."""
    for start in range(after, len(lines)):
        for count in (1, 2, 3):
            if _solid("".join(lines[start : start + count])) == _solid(title):
                return start, start + count
    raise AssertionError(f"no title {title!r}")


def _solid(text: str) -> str:
    return re.sub(r"\s|[\u200b\u2060]", "", text)


def _whole(read: str, texts: list[str]) -> str:
    """Put digests that were broken between lines together again."""
    for digest in re.findall(r"\b[0-9a-f]{64}\b", " ".join(texts)):
        read = re.sub(r"[\s\u200b]*".join(digest), digest, read)
    return read


def _numbers(texts: list[str]) -> Counter[str]:
    return Counter(n for text in texts for n in NUMBER.findall(text))


@pytest.fixture(scope="module", params=[(n, m) for n in (1, 2) for m in MADE], ids=str)
def report(request, day):
    number, (edition, order) = request.param
    project = example() if number == 1 else example(TWO_YEARS_ON)
    return build_report(project, edition=edition, order=order, date=day)


@pytest.fixture(scope="module")
def page(report) -> dict[str, list[str]]:
    return _Sections(write_html(report)).found


def test_word_has_the_numbers_of_the_page(report, page):
    paper = _in_word(write_docx(report))
    if report.edition != "one-page":
        paper[report.sections[-1].title].pop()  # what made it, which a page has in its foot
    assert list(paper) == [section.title for section in report.sections] == list(page)
    for title, texts in page.items():
        assert _numbers(paper[title]) == _numbers(texts), title


@pytest.mark.poppler
def test_pdf_has_the_numbers_of_the_page(report, page):
    """Beside them it has those in charts; the headings of a table may stand on each page of it."""
    paper = _in_pdf(report, write_pdf(report))
    for section in report.sections:
        texts = list(page[section.title])
        for block in section.blocks:
            if isinstance(block, Figure):
                texts += _Charts(block.chart.svg(656, block.id, "")).found
        if section is report.sections[-1] and report.edition != "one-page":
            texts.append(f"Made with Best Fit 0.1.0 on {report.date:%B %-d, %Y}")
        shown, meant = _numbers([_whole(" ".join(paper[section.title]), texts)]), _numbers(texts)
        assert set(shown) == set(meant), section.title
        assert not meant - shown, section.title
