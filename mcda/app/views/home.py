"""Home: where to start from."""

from __future__ import annotations

import streamlit as st

from mcda.app import server, widgets
from mcda.app.lexicon import HELP
from mcda.app.state import (
    close_project,
    is_open,
    open_project,
    project,
    read_file,
    start,
    state,
    store,
)
from mcda.app.steps import go
from mcda.app.tour import begin_tour
from mcda.project import Project, ProjectError, to_json
from mcda.project.tables import import_table
from mcda.project.templates import apply_template, example, templates
from mcda.project.text import make_id
from mcda.store import StoreError

_RECENT = 8


def page() -> None:
    """Show the ways to start, and what was worked on last."""
    st.title("What do you want to decide?", anchor=False)
    widgets.say(
        "Choose a program together: say what matters, record what is known, and see which "
        "program comes first and why."
    )
    if is_open():
        _show_open_project()
    with st.container(border=True):
        _offer_example()
    with st.container(border=True):
        _offer_new()
    with st.container(border=True):
        _offer_file()
    _offer_recent()


def _show_open_project() -> None:
    current = project()
    with st.container(border=True):
        st.header("The project that is open", anchor=False)
        widgets.say(current.info.title)
        with st.container(horizontal=True):
            if st.button("Go on with it", type="primary", key="go-on"):
                go("ranking" if current.run().evidence.scores else "programs")
            st.download_button(
                "Download the project file",
                data=lambda: to_json(current).encode(),
                file_name=f"{make_id(current.info.title)}.json",
                mime="application/json",
                on_click="ignore",
                key="download-project",
            )
            st.button("Close it", on_click=close_project, key="close-project")


def _offer_example() -> None:
    st.header("See the worked example", anchor=False)
    widgets.say("A made-up county chooses among eight programs. A short tour shows you round.")
    if st.button("Open the worked example", key="open-example", type="primary"):
        _begin(example(), "worked example", then="ranking", tour=True)


def _offer_new() -> None:
    st.header("Start your own", anchor=False)
    names = {t.id: f"{t.name} ({len(t.criteria)} criteria)" for t in templates()}
    with st.form("new-project", border=False):
        title = st.text_input(
            "What is to be decided?",
            max_chars=200,
            placeholder="Which program first for our county?",
            key="new-title",
        )
        place = st.text_input("Where?", max_chars=200, key="new-place")
        template = st.radio(
            "Criteria to start from",
            sorted(names, key=lambda t: t != "short"),
            format_func=names.__getitem__,
            help=HELP["criterion"],
            key="new-template",
        )
        submitted = st.form_submit_button("Start")
    if not submitted:
        return
    if not title or not title.strip():
        st.error("Write what is to be decided; a few words are enough.")
        return
    new = Project.new(title)
    new = new.with_info(new.info.model_copy(update={"place": (place or "").strip()}))
    _begin(apply_template(new, template), "start", then="programs")


def _offer_file() -> None:
    st.header("Open a file", anchor=False)
    widgets.say(
        "A project file (.json), a report (.html), or a table (.csv or .xlsx) with a row for each "
        "program and a column for each criterion."
    )
    given = st.file_uploader(
        "Project file, report or table", type=["json", "html", "csv", "xlsx"], key="upload"
    )
    if given is None or not st.button("Open this file", key="open-file"):
        return
    try:
        new, notes = _read(given.name, given.getvalue())
    except ProjectError as error:
        st.error(widgets.escape(str(error)))
        return
    state().notice = notes
    _begin(new, f"open {given.name}", then="programs")


def _read(name: str, data: bytes) -> tuple[Project, str | None]:
    """Read a project file or a table; return the project and what there is to say about it."""
    if not name.lower().endswith((".csv", ".xlsx")):
        return read_file(name, data), None
    found = import_table((name, data))
    return found.project, " ".join(str(note) for note in found.notes) or None


def _offer_recent() -> None:
    """List recent projects, on one's own machine only."""
    if not server.serves_this_machine_only():
        return
    recent = store().projects()[:_RECENT]
    if not recent:
        return
    st.header("Recent projects", anchor=False)
    with st.container(key="recent"):
        for summary in recent:
            when = summary.changed_at.date().isoformat()
            label = widgets.escape(f"{summary.title} · {when}")
            if st.button(label, key=f"recent-{summary.key}", type="tertiary"):
                open_project(summary.key)
                go("ranking" if project().run().evidence.scores else "programs")


def _begin(new: Project, label: str, then: str, tour: bool = False) -> None:
    try:
        start(new, label)
    except StoreError as error:
        st.error(widgets.escape(str(error)))
        return
    if tour:
        begin_tour()
    go(then)


if __name__ == "__main__":
    page()
