"""What pages share: findings as HTML tables and charts, escaped, each readable without sight."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping

import streamlit as st

from mcda.app import theme
from mcda.charts import Chart, DataTable
from mcda.project import Finding, FindingsError

_MARKUP = re.compile(r"[\\`*_\[\]<$~]|:(?=\S)|&(?=[#a-zA-Z])")
_BLOCK = re.compile(r"^(\s*(?:\d+(?=[.)]\s))?)([#>+=|.)-])", re.MULTILINE)
_JOINT = re.compile(r":(?=\S)|\bwww(?=\.)|(?<=[\w.+-])(?=@)", re.IGNORECASE)
_PRIVACY = "Programs only: never a child's name, case, birth date, address or story."
_OFFICE = "application/vnd.openxmlformats-officedocument"
_MIME = {
    "csv": "text/csv",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "html": "text/html",
    "ics": "text/calendar",
    "json": "application/json",
    "pdf": "application/pdf",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "zip": "application/zip",
}
_SEVERITY = {"error": "To mend", "warning": "Please check", "hint": "Worth asking"}


def escape(text: str) -> str:
    r"""Return text that Streamlit's markdown shows as it is.

    Only what would be markup is marked: a label is also read out, backslashes and all. Marks
    do not keep an address from becoming a link, or ":x:" an emoji; an unseen word joiner does.

    >>> escape("a *b* [c](d) $e$ <f>")
    'a \\*b\\* \\[c\\](d) \\$e\\$ \\<f>'
    >>> escape("St. Mary's: youth-led (12 to 17) & more")
    "St. Mary's: youth-led (12 to 17) & more"
    >>> escape("www.a.org") == "www\N{WORD JOINER}.a.org"
    True
    """
    marked = _BLOCK.sub(r"\1\\\2", _MARKUP.sub(r"\\\g<0>", text))
    return _JOINT.sub("\\g<0>\u2060", marked)


def say(text: str) -> None:
    """Show a sentence as plain text in the body's type."""
    st.html(f"<p>{html.escape(text)}</p>")


def problem(text: str) -> None:
    """Show what went wrong; lines that begin with a hyphen are a list."""
    items = (f"- {escape(x[2:])}" if x.startswith("- ") else escape(x) for x in text.splitlines())
    st.error("\n".join(items))


def answer(text: str) -> None:
    """Show the answer of a page: the sentence the room should read."""
    st.html(f'<p class="bf-answer">{html.escape(text)}</p>')


def note(text: str) -> None:
    """Show a quiet remark."""
    st.html(f'<p class="bf-muted">{html.escape(text)}</p>')


def privacy() -> None:
    """Warn, beside free text, of what must not be written."""
    st.html(f'<p class="bf-muted bf-small">{_PRIVACY}</p>')


def table_html(table: DataTable, *, equal: bool = False) -> str:
    """Return a table as HTML with caption and header cells; every text is escaped.

    All columns but the first are ``equal`` in width where asked for, for tables of numbers.
    """
    kinds = [' class="bf-number"' if c.numeric else "" for c in table.columns]
    head = "".join(
        f'<th scope="col"{kind}>{html.escape(c.title)}</th>' if c.title else "<td></td>"
        for c, kind in zip(table.columns, kinds, strict=True)
    )
    body = "".join(
        f'<tr><th scope="row">{html.escape(row[0])}</th>'
        + "".join(
            f"<td{kind}>{html.escape(cell)}</td>"
            for cell, kind in zip(row[1:], kinds[1:], strict=True)
        )
        + "</tr>"
        for row in table.rows
    )
    caption = html.escape(table.caption)
    kind = "bf-table bf-equal" if equal else "bf-table"
    return (
        f'<div class="{kind}" role="region" aria-label="{html.escape(table.caption)}" '
        f'tabindex="0"><table><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def table(content: DataTable, *, equal: bool = False) -> None:
    """Show a table as real HTML; see ``table_html``."""
    st.html(table_html(content, equal=equal))


def chart(content: Chart, key: str) -> None:
    """Show a chart, with its numbers as a table behind a click."""
    figure = theme.themed(content.figure, dark=theme.is_dark(), projector=theme.projector_is_on())
    st.plotly_chart(
        figure,
        theme=None,
        key=key,
        config=theme.CHART_CONFIG,
        alt=content.alt,
        height=content.height,
    )
    with st.expander(f"The same as a table: {escape(content.table.caption)}"):
        table(content.table)


def bullets_html(lines: Iterable[str | tuple[str, str]], *, muted: bool = False) -> str:
    """Return lines as a list in HTML; of a pair the first is a name, which stands out.

    There is no list without a line.

    >>> bullets_html(["A & B", ("Cost", "Who pays?")])
    '<ul><li>A &amp; B</li><li><strong>Cost</strong>: Who pays?</li></ul>'
    >>> bullets_html([])
    ''
    """
    items = "".join(f"<li>{_line_html(line)}</li>" for line in lines)
    kind = ' class="bf-muted"' if muted else ""
    return f"<ul{kind}>{items}</ul>" if items else ""


def _line_html(line: str | tuple[str, str]) -> str:
    if isinstance(line, str):
        return html.escape(line)
    name, text = map(html.escape, line)
    return f"<strong>{name}</strong>: {text}"


def bullets(lines: Iterable[str | tuple[str, str]], *, muted: bool = False) -> None:
    """Show lines as a list; see ``bullets_html``."""
    listed = bullets_html(lines, muted=muted)
    if listed:
        st.html(listed)


def choose_part(label: str, titles: Mapping[str, str], key: str, help_text: str = "") -> str:
    """Ask which part of a page to show; the first one until someone says otherwise."""
    chosen: str = st.segmented_control(
        label,
        list(titles),
        default=next(iter(titles)),
        required=True,
        format_func=titles.__getitem__,
        key=key,
        help=help_text or None,
        persist_state="session",
    )
    return chosen


def finding_text(finding: Finding) -> str:
    """Return what a finding says, and how to mend it."""
    return f"{finding.message} {finding.mend}".strip()


def finding_list(findings: Iterable[Finding]) -> None:
    """List findings by severity, each with its place and its mend."""
    by_severity: dict[str, list[Finding]] = {}
    for finding in findings:
        by_severity.setdefault(finding.severity, []).append(finding)
    for severity, own in by_severity.items():
        listed = bullets_html((f.place, finding_text(f)) for f in own)
        st.html(f"<h3>{_SEVERITY[severity]}</h3>{listed}")


def cannot(error: FindingsError) -> None:
    """Say why nothing can be computed, and what would have to be mended."""
    st.warning(escape(error.headline))
    finding_list(error.findings)


def download(
    label: str,
    data: Callable[[], bytes],
    file_name: str,
    *,
    primary: bool = False,
    help_text: str = "",
) -> None:
    """Offer a file, which is made at the click and without a new run of the page.

    A page offers a file of one name once.
    """
    st.download_button(
        label,
        data=data,
        file_name=file_name,
        mime=_MIME[file_name.rpartition(".")[2]],
        on_click="ignore",
        type="primary" if primary else "secondary",
        key=f"download-{file_name}",
        help=help_text or None,
    )
