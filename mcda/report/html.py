"""The report as one page of HTML that needs nothing else, and the project read back out of it.

The page runs no script and asks nobody for anything; its policy forbids both. It carries its
project as text in a ``template``, which browsers neither show nor run.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from itertools import count, groupby
from pathlib import Path

import mcda
from mcda.charts import Column
from mcda.project import Project, read_project
from mcda.project.text import clean_line
from mcda.report.carried import changed, check_digest, check_size, foreign
from mcda.report.grouping import has_many_columns, is_paired, is_short, is_whole, together
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

WIDE, NARROW = 656, 358
_FONTS = Path(__file__).parents[1] / "app" / "static"
_WEIGHTS = {400: "Regular", 600: "SemiBold", 700: "Bold"}
_CARRIER = "bestfit-project"
_OPENING = f'<template id="{_CARRIER}"'.encode()
_CLOSING = b"</template>"
_DAY = re.compile(r"[A-Z][a-z]{2}\N{NO-BREAK SPACE}\d{1,2},\N{NO-BREAK SPACE}\d{4}")
_FEW = 3  # columns that fit on a phone
_LONG = 24  # letters without a break


def write_html(report: Report) -> bytes:
    """Return the report as a page of HTML, in UTF-8.

    >>> from mcda.project.templates import example
    >>> from mcda.report import build_report
    >>> write_html(build_report(example()))[:32]
    b'<!DOCTYPE html>\\n<html lang="en">'
    """
    style = _style(report)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; font-src data:; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    writer = _Writer(report)
    body = "\n".join(writer.page())
    return (
        "<!DOCTYPE html>\n"
        '<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f'<meta name="generator" content="Best Fit {_escaped(mcda.__version__)}">\n'
        '<link rel="icon" href="data:,">\n'
        f"<title>{_escaped(report.title)}: {_escaped(report.labels)}</title>\n"
        f"<style>{style}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    ).encode()


def _escaped(text: str) -> str:
    return html.escape(text)


def _style(report: Report) -> str:
    faces = "".join(
        f'@font-face {{ font-family: "Public Sans"; font-weight: {weight}; '
        f'src: url("data:font/woff2;base64,{_font(name)}") format("woff2"); }}\n'
        for weight, name in _WEIGHTS.items()
    )
    # What stands at the foot of printed pages holds our own words only.
    foot = f':root {{ --foot: "{report.labels}"; }}\n'
    css = (Path(__file__).parent / "report.css").read_text(encoding="utf-8")
    return f"\n{faces}{foot}{css}"


@cache
def _font(name: str) -> str:
    return base64.b64encode((_FONTS / f"PublicSans-{name}.woff2").read_bytes()).decode()


class _Writer:
    """Writes the parts of one page; every table and figure gets an id of its own."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._numbers = count(1)

    def page(self) -> Iterator[str]:
        report = self._report
        yield '<a class="skip" href="#main">Skip to the report</a>'
        yield from self._header()
        yield '<div class="page">'
        yield '<nav aria-labelledby="contents"><h2 id="contents">Contents</h2><ol>'
        for section in report.sections:
            yield f'<li><a href="#{section.id}">{_escaped(section.title)}</a></li>'
        yield '</ol></nav>\n<main id="main" tabindex="-1">'
        for section in report.sections:
            yield from self._section(section)
        yield "</main>\n</div>"
        carries = (
            " This page carries its project: open it in Best Fit to rank again."
            if report.carries_project
            else ""
        )
        yield (
            f"<footer><p>{_escaped(report.labels)}</p><p>Made with Best Fit "
            f"{_escaped(mcda.__version__)} on {day(report.date)}.{carries}</p></footer>"
        )
        if report.carries_project:
            yield _carrier(report.material.project)

    def _header(self) -> Iterator[str]:
        yield f'<header><p class="labels">{_escaped(self._report.labels)}</p>'
        yield f"<h1>{_escaped(self._report.title)}</h1>"
        yield f"<p>{_escaped(self._report.where_and_when)}</p></header>"

    def _section(self, section: Section) -> Iterator[str]:
        yield f'<section id="{section.id}" aria-labelledby="{section.id}-title">'
        start = f'<h2 id="{section.id}-title">{_escaped(section.title)}</h2>'
        for paired, groups in groupby(together(section.blocks), is_paired):
            for number, group in enumerate(groups):
                *lead, last = map(self._block, group)
                words = "".join((start, *lead))
                start = ""
                if paired:
                    yield words + '<div class="pairs">' * (number == 0) + last
                else:
                    yield (
                        f'<div class="whole">{words}{last}</div>'
                        if is_whole(group)
                        else words + last
                    )
            yield "</div>" * paired
        yield f"{start}</section>"

    def _block(self, block: Block) -> str:
        if isinstance(block, Table):
            return self._table(block)
        return self._figure(block) if isinstance(block, Figure) else _words(block)

    def _table(self, block: Table) -> str:
        content = block.content
        head = "".join(
            f'<th scope="col"{_kind(c)}>{_escaped(c.title)}</th>' if c.title else "<td></td>"
            for c in content.columns
        )
        body = "".join(
            f'<tr><th scope="row">{_escaped(row[0])}</th>'
            + "".join(
                f"<td{_kind(column, cell)}>{_escaped(cell)}</td>"
                for cell, column in zip(row[1:], content.columns[1:], strict=True)
            )
            + "</tr>"
            for row in content.rows
        )
        name = f"table-{next(self._numbers)}"
        table = (
            f'<table class="{" ".join(_kinds(block))}">'
            f'<caption id="{name}">{_escaped(content.caption)}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )
        if len(content.columns) <= _FEW:
            return table
        # It may have to be scrolled on a phone, by keyboard too.
        return (
            f'<div class="scroll" role="group" aria-labelledby="{name}" tabindex="0">{table}</div>'
        )

    def _figure(self, figure: Figure) -> str:
        """Draw a chart twice, for a page and for a phone; the page's style shows one of them."""
        chart = figure.chart
        made_up = self._report.made_up
        wide = chart.svg(WIDE, f"{figure.id}-wide", made_up)
        narrow = chart.svg(NARROW, f"{figure.id}-narrow", made_up)
        note = f' <span class="note">{_escaped(made_up)}</span>' if made_up else ""
        return (
            f"<figure><figcaption>{_escaped(chart.title)}{note}</figcaption>"
            f'<div class="wide">{wide}</div>'
            f'<div class="narrow">{narrow}</div></figure>'
        )


def _words(block: Paragraph | Heading | Listing | Facts | Callout) -> str:
    match block:
        case Paragraph(text=text, kind=kind):
            name = "" if kind == "plain" else f' class="{kind}"'
            return f"<p{name}>{_escaped(text)}</p>"
        case Heading(text=text):
            return f"<h3>{_escaped(text)}</h3>"
        case Listing(items=items, dense=dense):
            dense_class = ' class="dense"' if dense else ""
            return f"<ul{dense_class}>{''.join(map(_item, items))}</ul>"
        case Facts(pairs=pairs):
            rows = (f"<dt>{_escaped(a)}</dt><dd>{_escaped(b)}</dd>" for a, b in pairs)
            return f"<dl>{''.join(rows)}</dl>"
        case Callout(title=title, text=text):
            words = f"<strong>{_escaped(title)}</strong>{_escaped(text)}"
            return f'<div class="callout"><p>{words}</p></div>'


def _kind(column: Column, cell: str = "") -> str:
    """Return the attribute that the style of a cell goes by: of numbers, and of whole dates."""
    names = ["number"] * column.numeric + ["day"] * bool(_DAY.fullmatch(cell))
    return f' class="{" ".join(names)}"' if names else ""


def _kinds(block: Table) -> Iterator[str]:
    """Yield what the style of a table goes by."""
    content = block.content
    cells = [cell for row in content.rows for cell in row]
    words = [w for cell in (*cells, *(c.title for c in content.columns)) for w in cell.split()]
    yield block.kind
    if has_many_columns(block):
        yield "many"
    if is_short(block):
        yield "short"
    if max(map(len, words), default=0) > _LONG:
        yield "long"


def _item(item: tuple[str, str]) -> str:
    lead, text = item
    start = f"<strong>{_escaped(lead)}</strong>: " if lead else ""
    return f"<li>{start}{_escaped(text)}</li>"


def _carrier(project: Project) -> str:
    """Return the project as text that holds no sign HTML could take for its own."""
    text = project.model_dump_json()
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    digest = project.content_hash()
    return f'<template id="{_CARRIER}" data-sha256="{digest}">{text}</template>'


def project_in_html(data: bytes, name: str = "The file") -> Project:
    """Read the project that an HTML report carries.

    Args:
        data: the page.
        name: stands in the messages.

    Raises:
        ProjectFileError: it is no report of ours, was cut short or changed, or is too large.

    >>> from mcda.project.templates import example
    >>> from mcda.report import build_report
    >>> project_in_html(write_html(build_report(example()))) == example()
    True
    """
    name = str(clean_line(name))
    check_size(data, name)
    start = data.find(_OPENING)
    if start < 0:
        raise foreign(name)
    end = data.find(_CLOSING, start)
    if end < 0 or data.find(_OPENING, start + 1) >= 0:
        what = "cut short" if end < 0 else "put together from several"
        raise changed(name, f"It was {what}.")
    reader = _Reader()
    try:
        reader.feed(data[start : end + len(_CLOSING)].decode())
    except UnicodeDecodeError:
        raise changed(name, "It is not text of the usual kind (UTF-8).") from None
    if not reader.closed_well:
        raise changed(name, "Something else stands where the project should be.")
    project = read_project("".join(reader.text).encode(), name)
    check_digest(project, reader.digest, name)
    return project


class _Reader(HTMLParser):
    """Reads one ``template`` element that holds text and nothing else."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.digest: str | None = None
        self._opened = self._closed = self._strange = False

    @property
    def closed_well(self) -> bool:
        """Whether it was one element, opened and closed, with text only."""
        return self._closed and not self._strange

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._strange |= self._opened or tag != "template"
        self._opened = True
        self.digest = dict(attrs).get("data-sha256")

    def handle_endtag(self, tag: str) -> None:
        self._strange |= tag != "template"
        self._closed = True

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        self._strange = True

    handle_decl = handle_pi = unknown_decl = handle_comment  # type: ignore[assignment]
