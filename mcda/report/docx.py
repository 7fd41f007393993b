"""The report as a Word document to be edited: true styles, marked headings, alt text, one footer.

python-docx keeps the package and the pictures; what stands in the document is written as the XML
of Word itself, from the same blocks as the page of HTML.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from itertools import count, pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

import mcda
from mcda.charts import Column
from mcda.charts.static import StaticChart
from mcda.report.columns import column_widths
from mcda.report.grouping import is_short, shares
from mcda.report.model import (
    Block,
    Callout,
    Facts,
    Figure,
    Heading,
    Listing,
    Paragraph,
    Report,
    Section,
    Table,
)
from mcda.report.packed import packed
from mcda.report.pictures import pngs
from mcda.report.sections.common import day

if TYPE_CHECKING:
    from docx.document import Document

_LOOK = Path(__file__).parent / "word"
_TABLE_SIZE = 8.0  # points, as in the styles
_WIDE = 656  # pixels of a chart
_SMALLEST = 0.52  # points a pixel of a chart, so that its words can be read
_PAPER = (8.5, 11)  # inches: Letter
_TEXT_WIDTH = 7.1
_PICTURE_WIDTH = 6.5  # inches, as between margins of an inch: a picture can be taken elsewhere
_TALLEST, _TALLEST_ON_ONE = 3.0, 2.1  # inches a picture may take; less where all is on one page
_MOST_OF_PAGE = 8.5  # inches of a picture that would else be too small to read
_SMALLER_TYPE, _LESS_ROOM = 0.9, 0.5  # against the styles, where all is on one page
_POINTS, _TWIPS = 72, 20  # points of an inch, twips of a point
_PAD = 7  # points beside a cell's text
_APART = 4  # more points before words that follow a column of numbers
_WHOLE = 5000  # fiftieths of a percent: the width of the text
_LONG_ROW = 8  # breaks of the line in a cell from which its row may be split between pages
_MOST_TITLE = 255
_NOT_PASSED_ON = ("docProps/thumbnail.jpeg", "customXml/", "word/stylesWithEffects.xml")
_NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.'
    'openxmlformats.org/officeDocument/2006/extended-properties"><Application>Best Fit'
    "</Application></Properties>"
)
_CARRIES_NOTHING = (
    "This document can be edited, so it carries no project: open the project file, the page, "
    "the PDF or the archive in Best Fit to rank again."
)


def write_docx(report: Report) -> bytes:
    """Return the report as a Word document (DOCX).

    The same report gives the same bytes.

    >>> from mcda.project.templates import example
    >>> from mcda.report import build_report
    >>> write_docx(build_report(example()))[:2]
    b'PK'
    """
    from docx.oxml import parse_xml

    document = _blank(report)
    _write_footer(document, report)
    body = "".join(_Writer(report, document).body())
    end = document.element.body.sectPr
    for element in parse_xml(f"<w:body {_NAMES}>{body}</w:body>"):
        end.addprevious(element)
    out = io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as package:
        files = {name: package.read(name) for name in package.namelist()}
    files["docProps/app.xml"] = _APP.encode()
    for name in ("styles.xml", "numbering.xml", "settings.xml"):
        look = (_LOOK / name).read_text(encoding="utf-8")
        files[f"word/{name}"] = (_tighter(look) if _is_one_page(report) else look).encode()
    return packed(files)


def _blank(report: Report) -> Document:
    """Return an empty document with its properties and its page."""
    import docx
    from docx.shared import Inches

    document = docx.Document()
    for rels in (document.part.rels, document.part.package.rels):
        for key, rel in list(rels.items()):
            if rel.target_part.partname.lstrip("/").startswith(_NOT_PASSED_ON):
                rels.pop(key)
    _set_properties(document, report)
    page = document.sections[0]
    page.page_width, page.page_height = Inches(_PAPER[0]), Inches(_PAPER[1])
    page.left_margin = page.right_margin = Inches((_PAPER[0] - _TEXT_WIDTH) / 2)
    page.top_margin = page.bottom_margin = Inches(0.5 if _is_one_page(report) else 0.7)
    page.footer_distance = Inches(0.3 if _is_one_page(report) else 0.4)
    return document


def _tighter(styles: str) -> str:
    """Return the styles with smaller type and less room between paragraphs."""

    def scaled(name: str, by: float, text: str) -> str:
        pattern = rf'({name}=")([0-9]+)'
        return re.sub(pattern, lambda m: f"{m[1]}{round(int(m[2]) * by)}", text)

    styles = re.sub("<w:sz(Cs)? [^>]*>", lambda m: scaled("w:val", _SMALLER_TYPE, m[0]), styles)
    return re.sub(
        "<w:spacing [^>]*>", lambda m: scaled("w:(?:before|after)", _LESS_ROOM, m[0]), styles
    )


def _is_one_page(report: Report) -> bool:
    return report.edition == "one-page"


def _set_properties(document: Document, report: Report) -> None:
    made = datetime.datetime.combine(report.date, datetime.time())
    about = document.core_properties
    about.title = report.title[:_MOST_TITLE]
    about.author = about.last_modified_by = ""
    about.subject = about.keywords = ""
    about.comments = report.labels[:_MOST_TITLE]
    about.created = about.modified = made
    about.language = "en-US"
    about.revision = 1


def _write_footer(document: Document, report: Report) -> None:
    """Say on every page what the report is, and which page it is."""
    from docx.oxml import parse_xml

    words = f"{_run(report.labels)}{_run(chr(9))}{_run('Page ')}{_field('PAGE')}"
    words += f"{_run(' of ')}{_field('NUMPAGES')}"
    footer = document.sections[0].footer
    footer.is_linked_to_previous = False
    paragraph = parse_xml(_paragraph("Footer", words).replace("<w:p>", f"<w:p {_NAMES}>", 1))
    old = footer.paragraphs[0]._p
    old.getparent().replace(old, paragraph)


class _Writer:
    """Writes the XML of the parts of one document; every heading to link to has a number."""

    def __init__(self, report: Report, document: Document) -> None:
        self._report = report
        self._document = document
        self._numbers = count(1)
        figures = [b for s in report.sections for b in s.blocks if isinstance(b, Figure)]
        drawn = [f.chart.svg(_drawn_width(f.chart), f.id, report.made_up) for f in figures]
        self._pictures = dict(zip(map(id, figures), pngs(drawn), strict=True))

    def body(self) -> Iterator[str]:
        report = self._report
        yield _paragraph("Labels", _run(report.labels))
        yield _paragraph("Title", _run(report.title))
        yield _paragraph("Subtitle", _run(report.where_and_when))
        for number, section in enumerate(report.sections):
            if number == report.contents_after:
                yield from self._contents()
            yield from self._section(section)
        if _is_one_page(report):
            return
        carries = f" {_CARRIES_NOTHING}" if report.carries_project else ""
        made = f"Made with Best Fit {mcda.__version__} on {day(report.date)}.{carries}"
        yield _paragraph("Note", _run(made))

    def _contents(self) -> Iterator[str]:
        """Write the contents as links, a line each, in a field that Word renews on opening.

        Only Word knows on which page a part begins: renewed, each line has its page.
        """
        yield _paragraph("TOCHeading", _run("Contents"))
        lines = [
            f'<w:hyperlink w:anchor={quoteattr(_anchor(section))} w:history="1">'
            f"{_run(section.title)}</w:hyperlink>"
            for section in self._report.sections
        ]
        lines[0] = _CONTENTS + lines[0]
        lines[-1] += _mark("end")
        yield from (_paragraph("TOC1", line) for line in lines)

    def _section(self, section: Section) -> Iterator[str]:
        number = next(self._numbers)
        name = quoteattr(_anchor(section))
        heading = (
            f'<w:bookmarkStart w:id="{number}" w:name={name}/>{_run(section.title)}'
            f'<w:bookmarkEnd w:id="{number}"/>'
        )
        yield _paragraph("Heading1", heading)
        for block in section.blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Paragraph(text=text, kind=kind):
                style = {"plain": "BodyText", "answer": "Answer", "note": "Note"}[kind]
                yield _paragraph(style, _run(text))
            case Heading(text=text):
                yield _paragraph("Heading2", _run(text))
            case Listing(items=items, dense=dense):
                style = "DenseBullet" if dense else "ListBullet"
                yield from (_paragraph(style, _led(*item)) for item in items)
            case Facts(pairs=pairs):
                yield from (_paragraph("Fact", _led(*pair)) for pair in pairs)
            case Callout(title=title, text=text):
                words = _run(title, _STRONG) + "<w:r><w:br/></w:r>" + _run(text)
                yield _paragraph("Callout", words)
            case Table():
                yield _paragraph("Caption", _run(block.content.caption))
                yield _table(block)
            case Figure():
                yield from self._figure(block)

    def _figure(self, figure: Figure) -> Iterator[str]:
        """Write a chart as a picture below its title; what it shows is the picture's alt text."""
        from docx.shared import Inches

        made_up = self._report.made_up
        note = _run(f" {made_up}", _PLAIN) if made_up else ""
        yield _paragraph("Caption", _run(figure.chart.title) + note)
        picture = self._pictures[id(figure)]
        wide, high = self._size(picture)
        drawn = self._document.part.new_pic_inline(io.BytesIO(picture), Inches(wide), Inches(high))
        for side in "TBLR":
            drawn.set(f"dist{side}", "0")
        drawn.docPr.set("id", str(next(self._numbers)))
        drawn.docPr.set("name", f"Chart: {figure.id}")
        drawn.docPr.set("descr", figure.chart.alt)
        yield _paragraph("Chart", f"<w:r><w:drawing>{drawn.xml}</w:drawing></w:r>")

    def _size(self, picture: bytes) -> tuple[float, float]:
        """Return the width and height of a picture in the document, in inches."""
        wide, high = (int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))
        tallest = _TALLEST_ON_ONE if _is_one_page(self._report) else _MOST_OF_PAGE
        scale = min(_PICTURE_WIDTH / wide, tallest / high)
        return wide * scale, high * scale


_KEPT, _STRONG, _PLAIN = "<w:keepNext/>", '<w:rStyle w:val="Strong"/>', '<w:b w:val="0"/>'


def _drawn_width(chart: StaticChart) -> float:
    """Return the pixels a chart is drawn across: a tall one more, so that it fills a line."""
    _, high = chart.size(_WIDE)
    scale = max(_TALLEST * _POINTS / high, _SMALLEST)
    return max(_WIDE, _PICTURE_WIDTH * _POINTS / scale)


def _anchor(section: Section) -> str:
    return f"part_{re.sub(r'[^a-z0-9]', '_', section.id)}"


def _paragraph(style: str, runs: str, more: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{runs}</w:p>'


def _run(text: str, look: str = "") -> str:
    """Write text; a break of the line and a tab in it stay what they are."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    words = escape(text)
    for sign, element in (("\n", "<w:br/>"), ("\t", "<w:tab/>")):
        words = words.replace(sign, f'</w:t>{element}<w:t xml:space="preserve">')
    return f'<w:r>{properties}<w:t xml:space="preserve">{words}</w:t></w:r>'


def _led(lead: str, text: str) -> str:
    """Write a lead, which may be empty, and what belongs to it."""
    return f"{_run(lead, _STRONG)}{_run(f': {text}')}" if lead else _run(text)


def _field(name: str) -> str:
    """Write a number that Word fills in."""
    return f"{_mark('begin')}{_instruction(name)}{_mark('separate')}{_run('1')}{_mark('end')}"


def _mark(kind: str, more: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"{more}/></w:r>'


def _instruction(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve"> {text} </w:instrText></w:r>'


_CONTENTS = (
    _mark("begin", ' w:dirty="true"') + _instruction(r'TOC \o "1-1" \h \z') + _mark("separate")
)


def _table(block: Table) -> str:
    """Write a table: its row of headings is marked and repeated, and no short row is split."""
    content = block.content
    columns = content.columns
    apart = [before.numeric and not column.numeric for before, column in pairwise(columns)]
    indents = [0, *(_APART * words for words in apart)]
    pads = [_PAD + indent for indent in indents]
    widths = column_widths(content, _TEXT_WIDTH * _POINTS, _TABLE_SIZE, pads, shares(block))
    looks = [
        (_cell_width(width / sum(widths)), _cell_side(column, indent))
        for column, width, indent in zip(columns, widths, indents, strict=True)
    ]
    heads = "".join(
        _cell(column.title, *look, "TableHeading", kept=True)
        for column, look in zip(columns, looks, strict=True)
    )
    whole = is_short(block)
    last = len(content.rows) - 1
    ends = {0, last - 1} - {last}  # no row stands alone below the headings
    kept = set(range(last)) if whole else {n for n in ends if not _is_long(content.rows[n])}
    rows = (
        ("<w:tr>" if _is_long(row) else "<w:tr><w:trPr><w:cantSplit/></w:trPr>")
        + "".join(
            _cell(text, *look, "TableText", kept=number in kept)
            for text, look in zip(row, looks, strict=True)
        )
        + "</w:tr>"
        for number, row in enumerate(content.rows)
    )
    caption = quoteattr(content.caption)
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="ReportTable"/>'
        f'<w:tblW w:w="{_WHOLE}" w:type="pct"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" '
        'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={caption}/></w:tblPr><w:tblGrid>"
        + "".join(f'<w:gridCol w:w="{int(width * _TWIPS)}"/>' for width in widths)
        + f"</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{heads}</w:tr>"
        + "".join(rows)
        + "</w:tbl>"
    )


def _is_long(row: Sequence[str]) -> bool:
    return max(text.count("\n") for text in row) >= _LONG_ROW


def _cell(text: str, width: str, side: str, style: str, *, kept: bool) -> str:
    more = (_KEPT if kept else "") + side
    return f"<w:tc>{width}{_paragraph(style, _run(text), more)}</w:tc>"


def _cell_width(share: float) -> str:
    return f'<w:tcPr><w:tcW w:w="{round(share * _WHOLE)}" w:type="pct"/></w:tcPr>'


def _cell_side(column: Column, indent: int) -> str:
    if column.numeric:
        return '<w:jc w:val="right"/>'
    return f'<w:ind w:left="{indent * _TWIPS}"/>' if indent else ""
