"""The report as an accessible PDF for the record: PDF/UA-1 and PDF/A-3a, set by typst.

All text goes to typst as data, so that no name in it is ever taken for code. The project is
attached as ``project.json``; see ``mcda.report.attached`` for the way back.
"""

from __future__ import annotations

import datetime
import io
import json
import re
from collections.abc import Sequence
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import mcda
from mcda.charts.static.canvas import FONT_FAMILY, text_width
from mcda.project import to_json
from mcda.report.attached import described, limited_pikepdf
from mcda.report.columns import broken, column_widths, line_count
from mcda.report.grouping import has_many_columns, is_paired, is_short, is_whole, shares, together
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
from mcda.report.sections.common import day
from mcda.report.signs import FAMILIES, drawable, fonts, holdable, not_drawn

if TYPE_CHECKING:
    import pikepdf

_STANDARDS: tuple[Literal["a-3a", "ua-1"], ...] = ("a-3a", "ua-1")
_ROOM = 526.9  # points between the margins of a Letter page
_GUTTER = 22.7  # between what stands side by side
_NARROW = 200.0  # points that any running text has at least
_TERM = 128.0  # points for what a fact is called,
_FACT = _ROOM - 133.0  # and for the fact itself
_CHART = 656  # pixels of a chart
_TALLEST, _TALLEST_ON_ONE = 210.0, 142.0  # the points it may be high; less where one page is full
_SMALLEST = 0.52  # points a pixel, so that its words can be read,
_LARGEST = 0.62  # and are not much larger than those of the charts beside it
_PAGE = 600.0  # unless it would not fit on a page
_LONG_ROW = 2400  # letters in a row from which it may be split between pages
_LONG_GROUP = 2400  # letters from which a group may be
_LINE = 90  # letters that a line break counts for
_PITCH = 1.2  # from line to line in a table, in sizes of its type,
_LEADING = 0.5  # of which this is free between two
_INSET = 5.6  # points above and below the lines of a row, with the rule
_TITLE = 330.0  # points for the title at the foot of a page
_CLOSE, _APART, _FAR = 6.0, 7.2, 14.0  # points between columns
_FAMILY = f'font-family="{FONT_FAMILY}"'


def write_pdf(report: Report) -> bytes:
    """Return the report as a tagged PDF on Letter pages.

    The same report gives the same bytes.

    >>> from mcda.project.templates import example
    >>> from mcda.report import build_report
    >>> write_pdf(build_report(example()))[:8]
    b'%PDF-1.7'
    """
    inputs = {"report": holdable(json.dumps(_content(report), ensure_ascii=False))}
    if report.carries_project:
        inputs["project"] = to_json(report.material.project)
    made = _typeset(report, inputs)
    if report.edition == "one-page" and _pages(made) > 1:
        made = _typeset(report, inputs, tight=True)
    return _completed(made)


def _typeset(report: Report, inputs: dict[str, str], *, tight: bool = False) -> bytes:
    import typst

    return typst.compile(
        _template(),
        font_paths=fonts(),
        sys_inputs=inputs | {"tight": "yes" if tight else "no"},
        format="pdf",
        pdf_standards=[*_STANDARDS],
        timestamp=datetime.datetime.combine(report.date, datetime.time(), datetime.UTC),
    )


def _pages(data: bytes) -> int:
    with limited_pikepdf().open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)


@cache
def _template() -> bytes:
    return (Path(__file__).parent / "report.typ").read_bytes()


def _completed(data: bytes) -> bytes:
    """Mark the first cell of each row of a table as its heading, which typst cannot yet.

    What a cell belongs to then follows from the scope of the headings of its column and its row;
    lists of headings, in which those of the row are missing, are taken out. So is a mark that says
    what holds without it, and at which some readers complain.
    """
    pikepdf = limited_pikepdf()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
        for row in pdf.objects:
            if isinstance(row, pikepdf.Dictionary) and row.get("/S") == "/TR":
                _mark_row(row)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _mark_row(row: pikepdf.Dictionary) -> None:
    import pikepdf

    first, *others = row.K.as_list()
    if first.S == "/TD":
        first.S = pikepdf.Name.TH
        first.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)
    for cell in others:
        if cell.S == "/TD" and "/A" in cell:
            del cell.A


def _content(report: Report) -> dict[str, Any]:
    """Return all that is printed, as plain data for the template."""
    written = [
        _section(report, section, ruled=bool(at)) for at, section in enumerate(report.sections)
    ]
    found: dict[str, Any] = {
        "name": _plain(f"{report.title}: {report.labels}"),
        "title": _wrapping(report.title, 20, bold=True),
        "short": _cut(_plain(report.title)),
        "labels": _plain(report.labels),
        "place": _wrapping(report.where_and_when),
        "fonts": FAMILIES,
        "contents": report.contents_after,
        "corrects": report.material.erratum is not None,
        "sections": written,
        "end": "" if report.edition == "one-page" else _end(report),
        "carries": described(report.material.project) if report.carries_project else "",
    }
    return found | {"unshown": _unshown(json.dumps(found, ensure_ascii=False))}


def _end(report: Report) -> str:
    carries = (
        " The project is attached: open this file in Best Fit to rank again."
        if report.carries_project
        else ""
    )
    return f"Made with Best Fit {mcda.__version__} on {day(report.date)}.{carries}"


def _unshown(text: str) -> str:
    """Return the words about signs that stand as boxes; nothing where there are none."""
    count = len(not_drawn(holdable(text)))
    if not count:
        return ""
    which = "1 sign in this report has" if count == 1 else f"{count} signs in this report have"
    return f"{which} no drawing in its fonts; a box stands for each."


def _section(report: Report, section: Section, *, ruled: bool) -> dict[str, Any]:
    parts: list[dict[str, Any]] = []
    for paired, groups in groupby(together(section.blocks), is_paired):
        if not paired:
            parts += [_group(report, group) for group in groups]
            continue
        small = []
        for group in groups:
            if len(group) > 1:
                parts.append(_group(report, group[:-1]))
            small.append(_written(report, group[-1], paired=True))
        parts.append({"type": "pairs", "tables": small})
    title = _wrapping(section.title, 14, bold=True)
    return {"title": title, "ruled": ruled, "parts": parts}


def _group(report: Report, group: Sequence[Block]) -> dict[str, Any]:
    blocks = [_written(report, block) for block in group]
    whole = is_whole(group) and sum(map(_letters, group)) <= _LONG_GROUP
    last = group[-1]
    leads = len(group) > 1 and isinstance(last, Paragraph) and last.kind == "note"
    return {"type": "group", "whole": whole, "leads": leads, "blocks": blocks}


def _letters(block: Block) -> int:
    """Return about how much room the words of a block take."""
    match block:
        case Paragraph(text=text) | Heading(text=text):
            return _size(text)
        case Table(content=content):
            return sum(_size(cell) for row in content.rows for cell in row)
        case _:
            return 0


def _size(text: str) -> int:
    return len(text) + _LINE * text.count("\n")


def _written(report: Report, block: Block, *, paired: bool = False) -> dict[str, Any]:
    if isinstance(block, Figure):
        return _figure(report, block)
    if isinstance(block, Table):
        return _table(block, (_ROOM - _GUTTER) / 2 if paired else _ROOM)
    return _words(block)


def _words(block: Paragraph | Heading | Callout | Listing | Facts) -> dict[str, Any]:
    match block:
        case Paragraph(text=text, kind=kind):
            size = 13.0 if kind == "answer" else 9.25
            return {"type": "paragraph", "kind": kind, "text": _wrapping(text, size)}
        case Heading(text=text):
            return {"type": "heading", "text": _wrapping(text, 10.5, bold=True)}
        case Callout(title=title, text=text):
            words = {"title": _wrapping(title), "text": _wrapping(text)}
            return {"type": "callout", **words, "whole": _size(text) <= _LONG_GROUP}
        case Listing(items=items, dense=dense):
            return _listing(items, dense=dense)
        case Facts(pairs=pairs):
            told = [
                (broken(_plain(a), _TERM, 9.25), broken(_plain(b), _FACT, 9.25)) for a, b in pairs
            ]
            whole = sum(_size(b) for _, b in pairs) <= _LONG_GROUP
            return {"type": "facts", "pairs": told, "whole": whole}


def _listing(items: Sequence[tuple[str, str]], *, dense: bool) -> dict[str, Any]:
    told = [(_wrapping(lead, bold=True), _wrapping(text)) for lead, text in items]
    return {"type": "listing", "dense": dense and len(told) > 1, "items": told}


def _figure(report: Report, figure: Figure) -> dict[str, Any]:
    chart = figure.chart
    wide, high = chart.size(_CHART)
    scale = min(_PAGE / high, max(_TALLEST / high, _SMALLEST), _LARGEST)
    if scale * wide < _ROOM:
        # Too tall for its width: drawn wider, it fills the line with type as small as it would be.
        wide, high = chart.size(_ROOM / scale)
    svg = drawable(chart.svg(wide, figure.id, report.made_up))
    return {
        "type": "figure",
        "title": _wrapping(chart.title, bold=True),
        "note": report.made_up,
        "alt": _plain(chart.alt),
        "svg": svg.replace(_FAMILY, f'font-family="{", ".join(FAMILIES)}"'),
        "width": min(_ROOM, wide * _PAGE / high),
        "tight": min(_ROOM, wide * _TALLEST_ON_ONE / high),
    }


def _table(block: Table, room: float) -> dict[str, Any]:
    content = block.content
    size, pads = _type(block), _pads(block)
    widths = column_widths(content, room, size, pads, shares(block))
    inner = [width - pad for width, pad in zip(widths, pads, strict=True)]
    heads = [
        {"title": broken(_plain(c.title), width, size, bold=True), "numeric": c.numeric}
        for c, width in zip(content.columns, inner, strict=True)
    ]
    rows = [
        {
            "texts": [
                broken(_plain(cell), width, size) for cell, width in zip(row, inner, strict=True)
            ],
            "long": sum(map(_size, row)) > _LONG_ROW,
        }
        for row in content.rows
    ]
    caption = _wrapping(content.caption, size, bold=True)
    titles = [column.title for column in content.columns]
    first = sum(_height(row, inner, size) for row in (titles, *content.rows[:2]))
    return {
        "type": "table",
        "caption": caption,
        "size": size,
        "pads": pads,
        "widths": widths,
        "columns": heads,
        "rows": rows,
        "start": size * _PITCH + first,
        "splits": not is_short(block) and not any(row["long"] for row in rows[:2]),
    }


def _height(texts: Sequence[str], widths: Sequence[float], size: float) -> float:
    """Return about how high a row of a table is, in points; rather too high.

    To have typst measure the first rows of each table took an eighth of the time of a report.
    """
    lines = max(line_count(text, width, size) for text, width in zip(texts, widths, strict=True))
    return (lines * _PITCH - _LEADING) * size + _INSET


def _pads(block: Table) -> list[float]:
    """Return the room after each column, in points: more between a number and text after it."""
    columns = block.content.columns
    usual = _CLOSE if has_many_columns(block) else _APART
    between = [
        _FAR if this.numeric and not after.numeric else usual for this, after in pairwise(columns)
    ]
    return [*between, 0.0]


def _type(block: Table) -> float:
    """Return the size of a table's type, in points."""
    many = has_many_columns(block)
    if block.kind == "evidence" or (many and any(c.numeric for c in block.content.columns)):
        return 7.5
    return 7.75 if many or block.kind in ("pair", "verdicts", "phases") else 8.0


def _plain(text: str) -> str:
    """Return text as a page shows it: runs of spaces are one, line breaks stay."""
    return re.sub(r"[ \t]+", " ", text)


def _wrapping(text: str, size: float = 9.25, *, bold: bool = False) -> str:
    """Return running text in which no word is too long for the narrowest place."""
    return broken(_plain(text), _NARROW, size, bold=bold)


def _cut(title: str) -> str:
    """Return a title that fits on one line at the foot of a page."""
    kept = title
    while text_width(kept, 7.5) > _TITLE:
        kept = kept[: int(len(kept) * 0.9)]
    return title if kept == title else f"{kept.rstrip()} …"
