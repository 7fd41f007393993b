"""The form for one program: each criterion with its words, what is known, and from where."""

from __future__ import annotations

import html

import streamlit as st

from mcda import catalog
from mcda.analysis import EvidenceTable, by_objective, evidence_cell
from mcda.app import widgets
from mcda.app.lexicon import HELP
from mcda.app.locked import LOCKED, is_locked
from mcda.app.score_choose import choose_program, go_to, next_with_gaps, with_gaps
from mcda.app.score_drafts import (
    bare_cells,
    catch_up,
    changed_cells,
    common_source,
    drop_program,
    is_changed,
    is_overtaken,
    keep_common_source,
    refusal,
    save_program,
    unsaved,
)
from mcda.app.score_fields import what_is_known, where_from
from mcda.app.state import edit, run, state
from mcda.app.steps import link_to
from mcda.project import Criterion, LevelScale, Program, Run
from mcda.project.checks import stale_criteria
from mcda.project.recording import RefusedScoreError, widened, with_wider_range
from mcda.project.text import MAX_TEXT, counted, number_text, shorten

_SHORT = 24  # characters of a name on a button


def show_form(table: EvidenceTable) -> Program:
    """Show the form for the program that is chosen, and return that program."""
    catch_up(run())
    program = choose_program(table)
    _about(program, table.excluded.get(program.id))
    _common_source(program)
    for objective, criteria in by_objective(run()):
        if objective:
            st.subheader(widgets.escape(objective), anchor=False)
        for criterion in criteria:
            _criterion(run(), program, criterion)
    _say_done(table)
    _save_bar(program, next_with_gaps(table, program))
    return program


def _say_done(table: EvidenceTable) -> None:
    """Lead on once every program has been gone through."""
    if is_locked() or unsaved(run()) or with_gaps(table):
        return
    with st.container(horizontal=True, vertical_alignment="center", key="score-done"):
        st.markdown("Every program has been gone through.", width="content")
        link_to("weights")


def _about(program: Program, excluded: str | None) -> None:
    """Remind of what the program is, from the catalogue where it comes from there."""
    if excluded:
        st.info(widgets.escape(f"Not ranked, but kept here. {excluded}"))
    _in_short(program.description)
    if program.catalog_id is None:
        return
    try:
        entry = catalog.get(program.catalog_id)
    except catalog.UnknownEntryError:
        return
    with st.expander(f"In the catalogue: {widgets.escape(entry.title)}"):
        widgets.say(entry.summary)
        widgets.note(f"{entry.citation}. {catalog.availability_question(entry)}")


def _common_source(program: Program) -> None:
    """Ask once for the source of all that has none of its own."""
    # Set in every run, and kept apart from the field: it outlives a look at another program.
    st.session_state[_common_key(program.id)] = common_source(program.id)
    st.text_input(
        "Source for all of this program’s scores",
        key=_common_key(program.id),
        max_chars=MAX_TEXT,
        on_change=_take_common_source,
        args=(program.id,),
        help=(
            "Saving writes it into each score that has no source of its own. A score that is not "
            "known yet does not take it."
        ),
        disabled=is_locked(),
    )
    widgets.privacy()


def _common_key(program: str) -> str:
    return f"score-common-{program}"


def _criterion(of: Run, program: Program, criterion: Criterion) -> None:
    """Show one criterion: a line that says what is known; opened, the fields to say it."""
    cell = evidence_cell(program, criterion, of.score(program.id, criterion.id))
    wrong = refusal(of, program.id, criterion)
    changed = is_changed(of, program.id, criterion)
    mark = " · **to mend, not saved**" if wrong else " · **not saved yet**" if changed else ""
    box = st.expander(
        f"**{widgets.escape(criterion.name)}** · {widgets.escape(cell.meaning)}{mark}",
        expanded=cell.state in ("nothing", "unknown") or changed,
        key=f"score-box-{program.id}-{criterion.id}",
        on_change="rerun",
    )
    with box:
        if not box.open:
            return
        _in_short(criterion.definition)
        if changed and is_overtaken(program.id, criterion):
            st.warning(
                widgets.escape(
                    f"Meanwhile someone else recorded: {cell.meaning}. What you typed is still "
                    "here and not saved; to save it puts it in place of theirs."
                )
            )
        now = what_is_known(of, program, criterion)
        if wrong is not None:
            st.error(widgets.escape(str(wrong)))
            if isinstance(wrong, RefusedScoreError):
                offer_wider(criterion, wrong.outside)
        if now.known is not None:
            where_from(of, program, criterion, now)


def _in_short(text: str) -> None:
    """Show the first sentence of what something is; the rest of it behind a click."""
    first, stop, rest = text.partition(". ")
    if rest:
        st.html(
            f'<details class="bf-more"><summary>{html.escape(first + stop.strip())}</summary>'
            f"<p>{html.escape(rest)}</p></details>"
        )
    elif text:
        widgets.say(text)


def offer_wider(criterion: Criterion, outside: tuple[float, ...], *, named: bool = False) -> None:
    """Offer to widen the range where numbers lie outside it."""
    scale = criterion.scale
    if not outside or isinstance(scale, LevelScale):
        return
    low, high = widened(scale, outside).ends
    of = f" of {criterion.name}" if named else ""
    st.button(
        widgets.escape(f"Widen the range{of} to {number_text(low)} to {number_text(high)}"),
        key=f"widen-{criterion.id}",
        on_click=_widen,
        args=(criterion.id, outside),
        disabled=is_locked(),
        help=LOCKED if is_locked() else HELP["widen"],
    )


def _widen(criterion_id: str, numbers: tuple[float, ...]) -> None:
    name = run().criterion(criterion_id).name
    if not edit(f"wider range of {name}", lambda p: with_wider_range(p, criterion_id, numbers)):
        return
    stale = [
        w.name for w in run().weightings if criterion_id in (c.id for c in stale_criteria(run(), w))
    ]
    again = f" Ask for these weights again: {', '.join(stale)}." if stale else ""
    state().notice = f"The range of {name} is wider now. Save next.{again}"


def _save_bar(program: Program, following: Program | None) -> None:
    """Show the buttons that save; while something waits they stay within reach: see theme.css."""
    changed = (*changed_cells(run(), program.id), *bare_cells(run(), program.id))
    locked = is_locked()
    waits = bool(changed or common_source(program.id))
    key = "score-save" if waits else "score-saved"
    with st.container(horizontal=True, vertical_alignment="center", key=key):
        if following is not None:
            st.button(
                f"Save, then next: {_short(following)}",
                key="save-next",
                type="primary",
                on_click=_save_and_go,
                args=(program.id, following.id),
                disabled=locked,
                help=LOCKED if locked else None,
            )
        st.button(
            f"Save · {_short(program)}",
            key="save-scores",
            type="secondary" if following else "primary",
            on_click=_save,
            args=(program.id,),
            disabled=locked,
            help=LOCKED if locked else None,
        )
        if waits:
            st.button(
                "Drop what is not saved",
                key="drop-scores",
                type="tertiary",
                on_click=drop_program,
                args=(program.id,),
            )
        widgets.note(_waiting(len(changed)))


def _short(program: Program) -> str:
    return widgets.escape(shorten(program.name, _SHORT))


def _waiting(changed: int) -> str:
    if not changed:
        return "All that was typed is saved."
    return f"{counted(changed, 'score is', 'scores are')} not saved yet."


def _take_common_source(program: str) -> None:
    keep_common_source(program, str(st.session_state.get(_common_key(program)) or ""))


def _save(program: str) -> None:
    save_program(program)


def _save_and_go(program: str, following: str) -> None:
    if save_program(program):
        go_to(following)
