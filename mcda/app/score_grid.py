"""The whole table as a grid of text cells: the analyst's short cut, in and out of files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Literal

import pandas as pd
import streamlit as st

from mcda.analysis import EvidenceTable
from mcda.app import theme, widgets
from mcda.app.locked import LOCKED, is_locked
from mcda.app.score_drafts import Cell, begin_anew, stamp, typed
from mcda.app.score_form import offer_wider
from mcda.app.state import edit, project, run, state
from mcda.charts import Column, DataTable
from mcda.project import Criterion, LevelScale, Project, ProjectError, Run, Score
from mcda.project.entering import entered
from mcda.project.evidence import Amount
from mcda.project.recording import RefusedScoreError, matching_scores, read_score, write_score
from mcda.project.tables import export_table, import_table
from mcda.project.text import MAX_TEXT, counted, make_id, number_text, shorten

_GRID: Cell = ("", "grid")
_HEADING = 12  # characters of a column's heading
_SMALL = {"a", "and", "be", "for", "from", "in", "of", "our", "the", "to", "us", "we", "with"}
_ROWS = 25  # As many are shown without a scroll bar of their own.
_NARROW, _WIDE, _NAMED = 88, 215, 222  # pixels of a column
_PROJECTOR = 23 / 16  # how much larger its text is
_NAMES = " "  # No criterion has this id.
_KINDS: tuple[Literal["csv", "xlsx"], ...] = ("xlsx", "csv")


def show_grid(table: EvidenceTable) -> None:
    """Show the grid, what of it is refused, and the ways in and out."""
    widgets.say(
        "Type a number (12.5), a range (10..20, or 10..15..20 with the likely number in the "
        "middle), or unknown. An empty cell means that nothing is recorded. Notes, dates and "
        "levels in words are on the form for one program."
    )
    with st.container(key="score-grid-wide"):
        _grid(table)
    with st.expander("What the columns mean"):
        widgets.table(_columns(table))
    _refusals(table)
    _save_bar()
    st.header("In and out of a file", anchor=False)
    _downloads()
    _upload()


def _grid(table: EvidenceTable) -> None:
    criteria = {c.id: c for c in table.criteria}
    ids = tuple(p.id for p in table.programs), tuple(criteria)
    key = f"score-grid-{stamp(_GRID, ids)}"
    headings = short_headings([c.name for c in criteria.values()])
    frame = _frame(table, key)
    config: dict[str, Any] = {
        c.id: st.column_config.TextColumn(
            heading, help=_in_full(c), width=_width(heading, frame[c.id])
        )
        for c, heading in zip(criteria.values(), headings, strict=True)
    }
    config[_NAMES] = st.column_config.TextColumn("Program", pinned=True, width=_pixels(_NAMED))
    wide = sum(column["width"] for column in config.values())
    st.html(f'<p class="bf-grid-hint" style="--wide: {wide}px">Scroll sideways for more →</p>')
    st.data_editor(
        frame,
        key=key,
        height="content" if len(frame) <= _ROWS else "auto",
        num_rows="fixed",
        hide_index=True,
        disabled=True if is_locked() else [_NAMES],
        column_config=config,
        on_change=_keep,
        args=(key, *ids),
        placeholder="nothing",
        alt="Scores: a row for each program, a column for each criterion",
    )


def short_headings(names: list[str]) -> list[str]:
    """Return the first words of each name that fit a narrow column; alike ones are numbered.

    >>> short_headings(["Total cost to us", "Fit with the young", "Fit for our area"])
    ['Total cost', 'Fit 1', 'Fit 2']
    """
    short = [_first_words(name) for name in names]
    return [
        f"{text} {short[: at + 1].count(text)}" if short.count(text) > 1 else text
        for at, text in enumerate(short)
    ]


def _first_words(name: str) -> str:
    words = name.split()
    while len(words) > 1 and (len(" ".join(words)) > _HEADING or words[-1].lower() in _SMALL):
        words.pop()
    return shorten(" ".join(words), _HEADING)


def _width(heading: str, texts: pd.Series[str]) -> int:
    """Return a width in pixels that shows the heading and most of what stands below it."""
    longest = max((len(text) for text in texts), default=0)
    return _pixels(min(max(44 + 8 * len(heading), 20 + 8 * longest, _NARROW), _WIDE))


def _pixels(plain: int) -> int:
    """Return a width as the view needs it: the projector's text is larger."""
    return round(plain * _PROJECTOR) if theme.projector_is_on() else plain


def _in_full(criterion: Criterion) -> str:
    """Say what a column holds: the name in full, its unit, and what may be typed."""
    scale = criterion.scale
    low, high = (number_text(end) for end in scale.ends)
    kind = "a level" if isinstance(scale, LevelScale) else f"a number{_unit(criterion)}"
    return f"{criterion.name}: {kind} from {low} to {high}"


def _unit(criterion: Criterion) -> str:
    return f" ({criterion.unit})" if criterion.unit else ""


def _columns(table: EvidenceTable) -> DataTable:
    headings = short_headings([c.name for c in table.criteria])
    rows = [(h, _in_full(c), c.definition) for h, c in zip(headings, table.criteria, strict=True)]
    columns = (Column("Column"), Column("What is typed"), Column("What it means"))
    return DataTable("The columns of the grid", columns, tuple(rows))


def _frame(table: EvidenceTable, key: str) -> pd.DataFrame:
    """Return the recorded scores as text, with what was typed before in their place.

    What has been typed since the grid was drawn is left to the grid: it shows it by itself, and
    would lose the keyboard's place if the table below it changed.
    """
    edited = _edited_rows(key)
    rows = []
    for at, (program, cells) in enumerate(zip(table.programs, table.cells, strict=True)):
        row = {_NAMES: program.name}
        for cell in cells:
            place = (program.id, cell.criterion.id)
            text = write_score(cell.score.amount if cell.score else None)
            own = cell.criterion.id in edited.get(at, {})
            row[cell.criterion.id] = text if own else typed().cells.get(place, text)
        rows.append(row)
    return pd.DataFrame(rows, dtype="object")


def _edited_rows(key: str) -> Mapping[int, Mapping[str, str | None]]:
    """Return the edits the grid has of itself, by position of the row."""
    edited: Mapping[int, Mapping[str, str | None]] = st.session_state.get(key, {}).get(
        "edited_rows", {}
    )
    return edited


def _keep(key: str, programs: tuple[str, ...], criteria: tuple[str, ...]) -> None:
    """Keep what was typed, so that it outlives a look at another view."""
    keep_edits(_edited_rows(key), programs, criteria)


def keep_edits(
    edited: Mapping[int, Mapping[str, str | None]],
    programs: tuple[str, ...],
    criteria: tuple[str, ...],
) -> None:
    """Take edits by position of the row into what is typed and not saved."""
    here, of = typed().cells, run()
    for row, cells in edited.items():
        for criterion, text in cells.items():
            if criterion in criteria:
                _type(here, of, (programs[row], criterion), text or "")


def _type(here: dict[Cell, str], of: Run, cell: Cell, text: str) -> None:
    score = of.score(*cell)
    if text.strip() == write_score(score.amount if score else None):
        here.pop(cell, None)
    else:
        here[cell] = text


def _read() -> tuple[dict[Cell, Amount | None], dict[Cell, RefusedScoreError]]:
    """Return what the typed cells say, and those that are refused."""
    of = run()
    criteria = {c.id: c for c in of.evidence.criteria}
    programs = {p.id for p in of.evidence.programs}
    good: dict[Cell, Amount | None] = {}
    refused: dict[Cell, RefusedScoreError] = {}
    for (program, criterion), text in typed().cells.items():
        if program not in programs or criterion not in criteria:
            continue
        try:
            good[program, criterion] = read_score(criteria[criterion], text)
        except RefusedScoreError as error:
            refused[program, criterion] = error
    return good, refused


def _refusals(table: EvidenceTable) -> None:
    """Name every cell that is refused, with the ranges that could be widened."""
    _, refused = _read()
    if not refused:
        return
    names = {p.id: p.name for p in table.programs}
    listed = widgets.bullets_html(
        f"{names[program]}, {error}" for (program, _), error in refused.items() if program in names
    )
    st.html(f'<div role="alert"><p><strong>Not saved until mended</strong></p>{listed}</div>')
    outside: dict[str, tuple[float, ...]] = {}
    for (_, criterion), error in refused.items():
        outside[criterion] = (*outside.get(criterion, ()), *error.outside)
    for criterion, numbers in outside.items():
        offer_wider(run().criterion(criterion), numbers, named=True)


def _save_bar() -> None:
    st.text_input(
        "Source of the changed cells",
        key=_source_key(),
        max_chars=MAX_TEXT,
        help=(
            "A changed cell takes this source; its old source, date and note were about the old "
            "number and go. Cells that are not changed keep theirs."
        ),
        persist_state="session",
    )
    widgets.privacy()
    waiting = len(typed().cells)
    with st.container(horizontal=True, vertical_alignment="center", key="score-grid-save"):
        st.button(
            "Save the grid",
            key="save-grid",
            type="primary",
            on_click=save_grid,
            disabled=is_locked(),
            help=LOCKED if is_locked() else None,
        )
        if waiting:
            st.button("Drop what is not saved", key="drop-grid", type="tertiary", on_click=_drop)
        cells = counted(waiting, "cell is", "cells are")
        widgets.note(f"{cells} not saved yet." if waiting else "All that was typed is saved.")


def _source_key() -> str:
    return f"score-grid-source-{stamp(_GRID)}"


def save_grid() -> None:
    """Save the typed cells that can be read; the others stay in the grid."""
    good, refused = _read()
    source = str(st.session_state.get(_source_key()) or "")

    def change(decision: Project) -> Project:
        return _with_cells(decision, good, source)

    count = counted(len(good), "score")
    if good and edit(f"{count} in the grid", change):
        for cell in good:
            typed().cells.pop(cell, None)
        begin_anew([_GRID])
        state().notice = f"Saved: {count} in the grid."
    if refused:
        cells = counted(len(refused), "cell is", "cells are")
        state().problem = f"{state().problem or ''} {cells} not saved; see below the grid.".strip()


def _with_cells(decision: Project, cells: Mapping[Cell, Amount | None], source: str) -> Project:
    """Record the amounts that differ from what is there; an empty cell is cleared."""
    of = decision.run()
    for (program, criterion), amount in cells.items():
        old = of.score(program, criterion)
        if amount is None:
            decision = decision.without_score(program, criterion)
        elif old is None or old.amount != amount:
            fields = {"program": program, "criterion": criterion, "amount": amount.model_dump()}
            decision = decision.with_score(entered(Score, fields | {"source": source}))
    return decision


def _drop() -> None:
    typed().cells.clear()
    begin_anew([_GRID])


def _downloads() -> None:
    current = project()
    name = make_id(current.info.title)
    with st.container(horizontal=True):
        for kind in _KINDS:
            widgets.download(
                f"Download as {kind.upper()}",
                partial(export_table, current, kind=kind),
                f"{name}-scores.{kind}",
            )


def _upload() -> None:
    """Take a file into the grid, to be looked at before it is saved."""
    given = st.file_uploader(
        "Fill the grid from a table (.csv or .xlsx)",
        type=["csv", "xlsx"],
        key="grid-upload",
        help=(
            "Programs and criteria are found by their names. What the file says goes into the "
            "grid; nothing is saved before you save the grid. Empty cells change nothing."
        ),
        disabled=is_locked(),
    )
    if given is not None:
        st.button(
            "Put it in the grid",
            key="grid-fill",
            on_click=fill_grid,
            args=(given.name, given.getvalue()),
            disabled=is_locked(),
        )


def fill_grid(name: str, data: bytes) -> None:
    """Put a table's scores in the grid, unsaved; say what was found and what was not."""
    try:
        found = import_table((name, data)).project.run()
    except ProjectError as error:
        state().problem = str(error)
        return
    of, here = run(), typed().cells
    texts, strangers = matching_scores(of, found)
    before = dict(here)
    for cell, text in texts.items():
        _type(here, of, cell, text)
    begin_anew([_GRID])
    changed = sum(before.get(cell) != text for cell, text in here.items())
    cells = counted(changed, "cell differs", "cells differ")
    missed = f" Not found here, so left out: {', '.join(strangers)}." if strangers else ""
    state().notice = f"Read {name}: {cells}. Look them over, then save the grid.{missed}"
