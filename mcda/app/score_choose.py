"""Which program the form is about: the list to choose from, a step back and on, what is left."""

from __future__ import annotations

import streamlit as st

from mcda.analysis import EvidenceTable
from mcda.app import place, widgets
from mcda.app.score_drafts import unsaved
from mcda.app.state import run
from mcda.project import Program

_PROGRAM = "score-program"


def next_with_gaps(table: EvidenceTable, program: Program) -> Program | None:
    """Return the next program that is ranked and has cells with nothing in them, going round."""
    at = table.programs.index(program)
    gaps = with_gaps(table)
    return next((p for p in table.programs[at + 1 :] + table.programs[:at] if p in gaps), None)


def with_gaps(table: EvidenceTable) -> list[Program]:
    """Return the programs that are ranked and have cells with nothing in them."""
    return [
        program
        for program, cells in zip(table.programs, table.cells, strict=True)
        if program.id not in table.excluded and any(cell.state == "nothing" for cell in cells)
    ]


def choose_program(table: EvidenceTable) -> Program:
    """Ask which program, with a step back and a step on."""
    programs = {p.id: p for p in table.programs}
    ids = list(programs)
    first = next((i for i in ids if programs[i].role == "candidate"), ids[0])
    kept = st.session_state.get(_PROGRAM)
    # Set in every run: else the browser goes on showing the option's text of the first one.
    st.session_state[_PROGRAM] = kept if kept in ids else first
    labels = {p.id: _option(table, at) for at, p in enumerate(table.programs)}
    with st.container(key="score-choose"):
        with st.container(horizontal=True, vertical_alignment="bottom", key="score-choose-row"):
            chosen = st.selectbox(
                "Program",
                ids,
                format_func=labels.__getitem__,
                key=_PROGRAM,
                persist_state="session",
            )
            at = ids.index(chosen)
            _step("Previous", ids[at - 1] if at else None, "This is the first program.")
            _step("Next", next(iter(ids[at + 1 :]), None), "This is the last program.")
        with st.container(horizontal=True, vertical_alignment="center", key="score-head"):
            st.header(widgets.escape(programs[chosen].name), anchor=False, width="content")
            st.html(f'<p class="bf-muted">{_progress(table)}</p>', width="content")
    typed_in = {program for program, _ in unsaved(run())}
    waiting = [p.name for p in table.programs if p.id in typed_in - {chosen}]
    if waiting:
        widgets.note(f"Typed but not saved yet: {', '.join(waiting)}.")
    place.mark(chosen, ".st-key-score-choose")
    return programs[chosen]


def _progress(table: EvidenceTable) -> str:
    """Say how many of the programs that are ranked have something on every criterion."""
    ranked = len(table.programs) - len(table.excluded)
    return f"{ranked - len(with_gaps(table))} of {ranked} programs done."


def _option(table: EvidenceTable, at: int) -> str:
    """Return a program's name with how much is recorded of it."""
    program, cells = table.programs[at], table.cells[at]
    done = sum(cell.state != "nothing" for cell in cells)
    out = ", not ranked" if program.id in table.excluded else ""
    return f"{program.name} · {done} of {len(cells)}{out}"


def _step(label: str, to: str | None, why_not: str) -> None:
    st.button(
        label,
        key=f"score-{label.lower()}",
        on_click=go_to,
        args=(to,),
        disabled=to is None,
        help=why_not if to is None else None,
    )


def go_to(program: str | None) -> None:
    """Show another program; call it in a callback."""
    if program is not None:
        st.session_state[_PROGRAM] = program
