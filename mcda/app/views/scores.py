"""Scores: What is known about each program?"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from mcda.analysis import EvidenceTable, evidence_table, must_have_table
from mcda.app import place, widgets
from mcda.app.heat_table import show_heat_table
from mcda.app.must_have_forms import show_must_haves
from mcda.app.score_apart import show_apart
from mcda.app.score_form import show_form
from mcda.app.score_grid import show_grid
from mcda.app.state import project, run
from mcda.app.steps import link_to

_SEEN = "scores-view-seen"
_VIEWS = {
    "form": "One program",
    "glance": "All at a glance",
    "must-haves": "Must-haves",
    "grid": "Grid",
}
_SHOW: dict[str, Callable[[EvidenceTable], None]] = {
    "form": lambda table: show_apart(show_form(table)),
    "glance": show_heat_table,
    "grid": show_grid,
}


def page() -> None:
    """Show what is known, and the ways to record it."""
    st.title("What is known about each program?", anchor=False)
    with st.container(key="scores-show"):
        view = widgets.choose_part("Show", _VIEWS, "scores-view")
    _show_view(view)
    if st.session_state.get(_SEEN, view) != view:
        place.mark("", "")  # To choose a view leaves the keyboard where it is.
    st.session_state[_SEEN] = view


def _show_view(view: str) -> None:
    if view == "must-haves":
        must_haves = must_have_table(project())
        _answer(must_haves.sentence)
        show_must_haves(must_haves)
        return
    if not run().active_criteria:
        _ask_for_criteria()
        return
    table = evidence_table(project())
    _answer(table.sentence)
    if not any(p.role == "candidate" for p in table.programs):
        _ask_for_programs()
    _SHOW[view](table)


def _answer(text: str) -> None:
    """Say how far this is; on a projector it leaves room for the form: see projector.css."""
    with st.container(key="scores-answer"):
        widgets.answer(text)


def _ask_for_programs() -> None:
    widgets.say("There is nothing to choose from yet. Choose programs first.")
    link_to("programs")


def _ask_for_criteria() -> None:
    widgets.say("There are no criteria yet. Choose what the programs are judged on first.")
    link_to("criteria")


if __name__ == "__main__":
    page()
