"""Who passes which must-have, to be read: who fails, every verdict at once, every reason."""

from __future__ import annotations

import html
from collections.abc import Sequence

from mcda.analysis import MustHaveTable, limit_text
from mcda.app import widgets
from mcda.app.state import run
from mcda.charts import Column, DataTable
from mcda.project import MustHave, Program, Verdict

_WORDS = {"pass": "pass", "fail": "fail", "unknown": "not settled"}
# A sign and its words; on a phone the words stand below the table, beside their sign.
_SIGNS = {
    "pass": ("✓", "pass"),
    "fail": ("✗", "fail"),
    "unknown": ("?", "unknown"),
    "open": ("–", "not yet"),
    "score": ("…", "no score yet"),
}
_STRONG = frozenset({"fail", "unknown"})
_CAPTION = "Must-haves, program by program"


def show_fails(table: MustHaveTable) -> None:
    """List the reasons of those that fail."""
    widgets.bullets(
        (f"{p.name}, {m.name}", v.reason or "no reason is given.")
        for p, verdicts in zip(table.programs, table.verdicts, strict=True)
        for m, v in zip(table.must_haves, verdicts, strict=True)
        if v.verdict == "fail"
    )


def verdicts_html(table: MustHaveTable) -> str:
    """Return the verdicts as HTML: a row for each program, a column for each must-have."""
    head = "".join(
        f'<th scope="col"><span>{html.escape(m.name)}</span></th>' for m in table.must_haves
    )
    rows = "".join(
        _program_row(table, p, own) for p, own in zip(table.programs, table.verdicts, strict=True)
    )
    return (
        '<div class="bf-table bf-heat bf-verdicts" role="region" '
        f'aria-label="{_CAPTION}" tabindex="0"><table><caption>{_CAPTION}</caption>'
        f'<thead><tr><th scope="col">Program</th>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>{_signs_html(table)}</div>"
    )


def _program_row(table: MustHaveTable, program: Program, own: Sequence[Verdict]) -> str:
    out = any(v.verdict == "fail" for v in own)
    note = "<small>leaves the ranking</small>" if out else ""
    cells = "".join(
        f"<td{_muted(out and v.verdict != 'fail')}>{_cell(standing(m, v))}</td>"
        for m, v in zip(table.must_haves, own, strict=True)
    )
    return f'<tr><th scope="row"{_muted(out)}>{html.escape(program.name)}{note}</th>{cells}</tr>'


def _cell(kind: str) -> str:
    sign, words = _SIGNS[kind]
    cell = f"{sign} <span>{words}</span>"
    return f"<strong>{cell}</strong>" if kind in _STRONG else cell


def _signs_html(table: MustHaveTable) -> str:
    """Say below the table what its signs mean, for where only these fit: see theme.css."""
    shown = {
        standing(m, v) for own in table.verdicts for m, v in zip(table.must_haves, own, strict=True)
    }
    said = " · ".join(f"{sign} {words}" for kind, (sign, words) in _SIGNS.items() if kind in shown)
    return f'<p class="bf-signs bf-muted" aria-hidden="true">{said}</p>'


def _muted(out: bool) -> str:
    return ' class="bf-muted"' if out else ""


def show_limits(table: MustHaveTable) -> None:
    """List how each must-have is judged."""
    widgets.bullets((m.name, limit_text(run(), m)) for m in table.must_haves)


def reasons(table: MustHaveTable) -> DataTable:
    """Return every verdict with its reason and source as a table to read."""
    columns = [Column(t) for t in ("Program", "Must-have", "Verdict", "Reason", "Source")]
    rows = [
        (p.name, m.name, _WORDS[v.verdict], v.reason, v.source)
        for p, verdicts in zip(table.programs, table.verdicts, strict=True)
        for m, v in zip(table.must_haves, verdicts, strict=True)
    ]
    return DataTable("Every verdict with its reason and source", tuple(columns), tuple(rows))


def standing(must_have: MustHave, verdict: Verdict) -> str:
    """Tell what nobody has looked at, or has no score yet, from what people call unknown."""
    if verdict.verdict != "unknown" or given(must_have, verdict.program):
        return verdict.verdict
    return "open" if must_have.threshold is None else "score"


def given(must_have: MustHave, program: str) -> Verdict | None:
    """Return the verdict that people have given on a program; None where they have not."""
    return next((v for v in must_have.verdicts if v.program == program), None)
