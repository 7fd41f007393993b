"""The evidence as one table: shaded by worth in one hue, every cell in words as well."""

from __future__ import annotations

import html

import streamlit as st

from mcda.analysis import EvidenceCell, EvidenceTable, by_objective
from mcda.app import widgets
from mcda.app.state import run
from mcda.charts import Column, DataTable, day_cell
from mcda.project import Criterion, NumberScale

_CAPTION = "What is known, by criterion and program"
_LEGEND = (0, 25, 50, 75, 100)


def show_heat_table(table: EvidenceTable) -> None:
    """Show every score at a glance, then every score with its source behind a click."""
    st.html(heat_html(table, by_objective(run())))
    st.html(_legend_html())
    with st.expander("Every score with its source", key="score-sources", on_change="rerun") as box:
        if box.open:
            widgets.table(_sources(table))


def heat_html(table: EvidenceTable, groups: tuple[tuple[str, tuple[Criterion, ...]], ...]) -> str:
    """Return the table as HTML: a row for each criterion under its objective.

    On a phone a cell shows what the score is worth and hides its words: see theme.css.
    """
    columns = {c.id: j for j, c in enumerate(table.criteria)}
    head = "".join(_program_html(table, i) for i in range(len(table.programs)))
    bodies = []
    for objective, criteria in groups:
        rows = "".join(
            f'<tr><th scope="row">{_criterion_html(c)}</th>'
            + "".join(
                _cell_html(row[columns[c.id]], p.id in table.excluded)
                for p, row in zip(table.programs, table.cells, strict=True)
            )
            + "</tr>"
            for c in criteria
        )
        span = len(table.programs) + 1
        name = html.escape(objective)
        title = (
            f'<tr><th scope="rowgroup" colspan="{span}"><span>{name}</span></th></tr>'
            if objective
            else ""
        )
        bodies.append(f"<tbody>{title}{rows}</tbody>")
    return (
        f'<div class="bf-table bf-heat bf-evidence" role="region" aria-label="{_CAPTION}" '
        'tabindex="0">'
        f"<table><caption>{_CAPTION}</caption>"
        f'<thead><tr><th scope="col">Criterion</th>{head}</tr></thead>'
        f"{''.join(bodies)}</table></div>"
    )


def _program_html(table: EvidenceTable, at: int) -> str:
    program = table.programs[at]
    name = html.escape(program.name)
    if program.id not in table.excluded:
        return f'<th scope="col"><span>{name}</span></th>'
    return f'<th scope="col" class="bf-muted"><span>{name}<small>not ranked</small></span></th>'


def _criterion_html(criterion: Criterion) -> str:
    about = criterion.unit
    if isinstance(criterion.scale, NumberScale) and criterion.scale.direction == -1:
        about = f"{about}, less is better".lstrip(", ")
    return f"{html.escape(criterion.name)}<small>{html.escape(about)}</small>"


def _cell_html(cell: EvidenceCell, out: bool) -> str:
    text = html.escape(cell.text).replace(", likely", "<small>likely") + (
        "</small>" if ", likely" in cell.text else ""
    )
    if cell.lacks_source:
        text += "<small>no source</small>"
    if not cell.fits:
        text += "<small>outside the range</small>"
    text = f'<span>{text}</span><span class="bf-narrow" aria-hidden="true">{_worth(cell)}</span>'
    if cell.state in ("unknown", "nothing"):
        muted = " bf-muted" if out else ""
        return f'<td class="bf-unknown{muted}">{text}</td>'
    if out:
        return f'<td class="bf-out bf-muted">{text}</td>'
    worth = f"--from: {cell.low:.0f}; --to: {cell.high:.0f}"
    return f'<td class="bf-worth" style="{worth}">{text}</td>'


def _worth(cell: EvidenceCell) -> str:
    """Return what a score is worth in as few signs as there can be, the lowest over the highest."""
    if cell.state in ("unknown", "nothing"):
        return "?"
    if not cell.fits:
        return "!"
    return "<br>".join(dict.fromkeys(f"{worth:.0f}" for worth in (cell.low, cell.high)))


def _legend_html() -> str:
    steps = "".join(
        f'<li class="bf-worth" style="--from: {value}; --to: {value}">{value}</li>'
        for value in _LEGEND
    )
    return (
        '<div class="bf-heat bf-small"><p class="bf-muted">How to read it: the stronger the '
        "shade, the better, from 0 at the worst end of a criterion’s range to 100 at the best.</p>"
        '<p class="bf-narrow bf-muted">A cell shows the same as a number. Of two, the upper is the '
        "least it may be worth and the lower the most; ? is not known, ! is outside the range. "
        "The scores themselves are in the list below, and here on a wider screen.</p>"
        f'<ul class="bf-legend">{steps}<li class="bf-unknown">not known</li>'
        '<li class="bf-out bf-muted">not ranked</li></ul></div>'
    )


def _sources(table: EvidenceTable) -> DataTable:
    columns = [Column(t) for t in ("Program", "Criterion", "Score", "Source", "Date", "How sure")]
    rows = []
    for cell in table.asked:
        score = cell.score
        rows.append(
            (
                cell.program.name,
                cell.criterion.name,
                cell.meaning,
                " ".join(part for part in (score.source, score.note) if part) if score else "",
                day_cell(score.as_of if score else None),
                (score.confidence or "") if score else "",
            )
        )
    return DataTable("Every score with its source and note", tuple(columns), tuple(rows))
