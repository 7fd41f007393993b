"""What pages share: findings as HTML tables and charts, escaped, each readable without sight."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

import streamlit as st

from mcda.app import theme
from mcda.charts import Chart, DataTable
from mcda.project import Finding

_MARKUP = re.compile(r"[\\`*_\[\]<$~]|:(?=\S)|&(?=[#a-zA-Z])")
_BLOCK = re.compile(r"^(\s*(?:\d+(?=[.)]\s))?)([#>+=|.)-])", re.MULTILINE)
_JOINT = re.compile(r":(?=\S)|\bwww(?=\.)|(?<=[\w.+-])(?=@)", re.IGNORECASE)
_PRIVACY = "Programs only: never a child's name, case, birth date, address or story."
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


def finding_list(findings: Iterable[Finding]) -> None:
    """List findings by severity, each with its place and its mend."""
    by_severity: dict[str, list[Finding]] = {}
    for finding in findings:
        by_severity.setdefault(finding.severity, []).append(finding)
    for severity, own in by_severity.items():
        items = "".join(
            f"<li><strong>{html.escape(f.place)}</strong>: "
            f"{html.escape(f'{f.message} {f.mend}'.strip())}</li>"
            for f in own
        )
        st.html(f"<h3>{_SEVERITY[severity]}</h3><ul>{items}</ul>")
