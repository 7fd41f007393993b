"""What stands around every page: the project's name, undo, the way through, the tour."""

from __future__ import annotations

import html
from datetime import UTC, date, datetime

import streamlit as st

from mcda.app import locked, server, theme, unsaved, widgets
from mcda.app.help_notice import show_help_notice
from mcda.app.state import is_open, redo, run, state, today, undo
from mcda.app.steps import PHASES, STEPS, Step, link_to
from mcda.app.tour import show_tour
from mcda.lifecycle import Phase, overview, plan_run
from mcda.project import Project
from mcda.project.text import day_text
from mcda.store import Saved


def page_title(page: str) -> str:
    """Return the title for the browser's tab: the page, the open project, the app."""
    saved = state().saved
    title = [saved.project.info.title] if saved is not None else []
    return " · ".join([page, *title, "Best Fit"])


def header(current: str) -> None:
    """Show what is open, the saved sign, undo and redo, and the way through the pages."""
    saved = state().saved
    with st.container(key="head"):
        _bar(saved)
        if saved is not None:
            _rail(saved.project, current)
            _state_line(saved)
            _how_to_come_back()
    _messages()
    locked.banner(current)
    show_tour(current)


def _bar(saved: Saved | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="bar"):
        link_to("home", "**Best Fit**")
        if saved is None:
            st.space("stretch")
        else:
            st.html(_title(saved), width="stretch")
            _undo_buttons(saved)
        with st.popover("View"):
            theme.projector_switch()


def _title(saved: Saved) -> str:
    """Return the project's title as HTML, for the bar or, on a phone, for below the rail."""
    title = html.escape(saved.project.info.title)
    return f'<p class="bf-title" title="{title}">{title}</p>'


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
        else widgets.escape(saved.undo_stop) or "There is nothing to undo.",
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


def _state_line(saved: Saved) -> None:
    """Say in one quiet line whether all is saved, and whether the project is made up.

    On a phone the title stands above it: see theme.css.
    """
    waiting = unsaved.words()
    sign = f"Saved · {waiting} not saved yet" if waiting else f"Saved {_when(saved.changed_at)}"
    said = [sign, *([_made_up()] if saved.project.info.illustrative else [])]
    items = "".join(f"<span>{html.escape(text)}</span>" for text in said)
    kind = "bf-state bf-waiting" if waiting else "bf-state bf-muted"
    st.html(f'{_title(saved)}<p class="{kind}">{items}</p>')


def _made_up() -> str:
    """Return the words for a made-up example, with the day it is told on where not today's."""
    day = today()
    told = "" if day == date.today() else f", told as of {day_text(day)}"
    return f"Made-up example{told}"


def _when(moment: datetime) -> str:
    at = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    minutes = int((datetime.now(UTC) - at).total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} min ago"
    return f"on {day_text(at.astimezone().date())}"


def _rail(project: Project, current: str) -> None:
    """Show the phases, and after the one the visitor is in its pages."""
    here = next((p for p in PHASES if current in {step.id for step in p.steps}), None)
    found = {phase.title: phase for phase in _phases(project)}
    with st.container(horizontal=True, key="rail"):
        for phase in PHASES:
            far = found.get(phase.title)
            text = phase.title + (_how_far(far) if far else "")
            label = f"**{text}**" if phase is here else text
            st.page_link(phase.steps[0].path, label=label)
            if phase is here and len(phase.steps) > 1:
                with st.container(horizontal=True, key="rail-steps"):
                    for step in phase.steps:
                        st.page_link(step.path, label=_label(step, current))


def _phases(project: Project) -> list[Phase]:
    """Return how far the phases are; of selecting, that of the selection that is worked on.

    While a new selection is under way the plan still carries out the one decided before.
    """
    latest = project.run()
    phases = {phase.id: phase for phase in overview(project, today()).phases}
    if latest.id != plan_run(project).id:
        phases["select"] = overview(project, today(), latest.id).phase("select")
    return list(phases.values())


def _how_far(phase: Phase) -> str:
    """Return what is done of a phase; nothing where it is not begun."""
    if not phase.done:
        return ""
    return " · done" if phase.state == "done" else f" · {phase.done} of {len(phase.steps)}"


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
    """Show the notice for people who need help; offer the page before and the page after."""
    if not is_open():
        return
    show_help_notice()
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
    link_to("home")
