"""What stands around every page: the project's name, undo, the way through, the tour."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from mcda.analysis import ILLUSTRATIVE
from mcda.app import locked, server, theme, unsaved, widgets
from mcda.app.state import is_open, redo, run, state, undo
from mcda.app.steps import HOME, PHASES, STEPS, Step
from mcda.app.tour import show_tour
from mcda.store import Saved


def page_title(page: str) -> str:
    """Return the title for the browser's tab: the page, the open project, the app."""
    saved = state().saved
    title = [saved.project.info.title] if saved is not None else []
    return " · ".join([page, *title, "Best Fit"])


def header(current: str) -> None:
    """Show what is open, the saved sign, undo and redo, and the way through the pages."""
    saved = state().saved
    with st.container(horizontal=True, vertical_alignment="center", key="bar"):
        st.page_link(HOME.path, label="**Best Fit**")
        if saved is None:
            st.space("stretch")
        else:
            st.markdown(widgets.escape(saved.project.info.title), width="stretch")
            _undo_buttons(saved)
        with st.popover("View"):
            theme.projector_switch()
    if saved is not None:
        _rail(current)
        if saved.project.info.illustrative:
            widgets.note(ILLUSTRATIVE)
        _how_to_come_back()
    _messages()
    locked.banner(current)
    show_tour(current)


def _undo_buttons(saved: Saved) -> None:
    st.button(
        "Undo",
        key="undo",
        icon=":material/undo:",
        type="tertiary",
        on_click=undo,
        disabled=saved.can_undo is None,
        help=f"Take back: {widgets.escape(saved.can_undo)}"
        if saved.can_undo
        else "There is nothing to undo.",
    )
    st.button(
        "Redo",
        key="redo",
        icon=":material/redo:",
        type="tertiary",
        on_click=redo,
        disabled=saved.can_redo is None,
        help=f"Do again: {widgets.escape(saved.can_redo)}"
        if saved.can_redo
        else "There is nothing to redo.",
    )
    waiting = unsaved.words()
    sign = f"Saved · {waiting} not saved yet" if waiting else f"Saved {_when(saved.changed_at)}"
    st.markdown(sign, width="content")


def _when(moment: datetime) -> str:
    at = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    minutes = int((datetime.now(UTC) - at).total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} min ago"
    return f"on {at.date().isoformat()}"


def _rail(current: str) -> None:
    """Show the phases, and under them the pages of the one the visitor is in."""
    here = next((p for p in PHASES if current in {step.id for step in p.steps}), None)
    with st.container(key="rail"):
        with st.container(horizontal=True, key="rail-phases"):
            for phase in PHASES:
                label = f"**{phase.title}**" if phase is here else phase.title
                st.page_link(phase.steps[0].path, label=label)
        if here is not None and len(here.steps) > 1:
            with st.container(horizontal=True, key="rail-steps"):
                for step in here.steps:
                    st.page_link(step.path, label=_label(step, current))


def _label(step: Step, current: str) -> str:
    done = step.progress(run())
    text = step.title + (f" · {done}" if done else "")
    return f"**{text}**" if step.id == current else text


def _how_to_come_back() -> None:
    """On a shared host, say how to find the project again, and that it may not last."""
    if server.serves_this_machine_only():
        return
    with st.expander("How to come back to this project"):
        widgets.say(
            "Keep the address of this page: it is the only way back, and anyone who has it can "
            "open and change the project. Storage on this host may vanish, so download the "
            "project file on the Home page when you stop."
        )


def _messages() -> None:
    """Show what went wrong or was done, once, in a box that stays in view on a long page."""
    here = state()
    with st.container(key="messages"):
        if here.problem:
            widgets.problem(here.problem)
        if here.notice:
            st.success(widgets.escape(here.notice))
    here.problem = here.notice = None


def footer(current: str) -> None:
    """Offer the page before and the page after."""
    if not is_open():
        return
    ids = [step.id for step in STEPS]
    if current not in ids:
        return
    at = ids.index(current)
    with st.container(horizontal=True, key="steps-footer"):
        if at > 0:
            st.page_link(STEPS[at - 1].path, label=f"← {STEPS[at - 1].title}")
        if at + 1 < len(STEPS):
            st.page_link(STEPS[at + 1].path, label=f"Next: {STEPS[at + 1].title} →")


def empty_state() -> None:
    """Say what to do where a page needs a project and none is open."""
    st.title("No project is open", anchor=False)
    widgets.say("Start from the worked example, a new project, a file, or a recent project.")
    st.page_link(HOME.path, label="Go to Home")
