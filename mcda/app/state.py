"""The one state object of a visitor, and the only ways to change the project it shows."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import streamlit as st

from mcda.app import server
from mcda.lifecycle import day_of
from mcda.project import Project, ProjectError, Run, read_project
from mcda.store import ConflictError, MissingProjectError, Saved, Store, StoreError

_KEY = "bestfit"
_log = logging.getLogger(__name__)


@dataclass
class State:
    """What one visitor looks at.

    ``saved`` is the project as this visitor last saw it; every edit is checked against its
    revision. ``problem`` and ``notice`` are shown once, at the top of the page.
    """

    saved: Saved | None = None
    weighting: str | None = None
    tour: int | None = None
    problem: str | None = None
    notice: str | None = None
    handed_over: bool = False
    tour_begun: bool = False


def state() -> State:
    """Return this visitor's state, made on the first visit."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = State()
    found: State = st.session_state[_KEY]
    return found


@st.cache_resource(show_spinner=False)
def store() -> Store:
    """Return the store, opened once for all visitors."""
    return Store.open()


def is_open() -> bool:
    """Say whether a project is open."""
    return state().saved is not None


def project() -> Project:
    """Return the open project; pages that call this are shown only while there is one."""
    saved = state().saved
    if saved is None:
        raise MissingProjectError
    return saved.project


def project_key() -> str:
    """Return the store's key of the open project; nothing where none is open."""
    saved = state().saved
    return saved.key if saved is not None else ""


def run() -> Run:
    """Return the run that is being worked on: the latest."""
    return project().run()


def today() -> date:
    """Return the day on which the open project is looked at; a made-up example has its own."""
    return day_of(project(), date.today())


def still_to_come(day: date) -> bool:
    """Say whether a day is after both today and the day on which a made-up example is told."""
    return day > max(date.today(), today())


def begin() -> None:
    """Catch up at the start of a page: the link, a handed-over file, other people's edits."""
    here = state()
    key = st.query_params.get("project")
    if not here.handed_over:
        here.handed_over = True
        if key is None:
            _hand_over()
    if key and (here.saved is None or here.saved.key != key):
        open_project(key)
    _catch_up()
    if here.saved is not None:
        st.query_params["project"] = here.saved.key


def _hand_over() -> None:
    """Open the file the launcher was given, as a project of its own."""
    path = server.project_file_to_open()
    if path is not None:
        with_problem(lambda: start(read_file(path.name, path.read_bytes()), f"open {path.name}"))


def read_file(name: str, data: bytes) -> Project:
    """Read a project file, or the project that a report (.html, .pdf, .zip) carries."""
    if not name.lower().endswith((".html", ".htm", ".pdf", ".zip")):
        return read_project(data, name)
    # Reports draw charts: what that needs is loaded only where a report is dropped.
    from mcda.report import read_any

    return read_any(data, name)


def _catch_up() -> None:
    """Show what others have saved since; what this visitor sees is never older than the store."""
    here = state()
    saved = here.saved
    if saved is None:
        return
    try:
        if store().revision(saved.key) != saved.revision:
            here.saved = store().get(saved.key)
    except MissingProjectError as error:
        here.saved, here.problem = None, str(error)
    except StoreError as error:
        here.problem = str(error)


def open_project(key: str) -> bool:
    """Open a kept project by its key; return whether it could be opened."""
    here = state()
    try:
        here.saved, here.weighting, here.tour = store().get(key), None, None
    except StoreError as error:
        here.problem = str(error)
        st.query_params.pop("project", None)
        return False
    return True


def close_project() -> None:
    """Go back to no project; nothing is lost, it is kept."""
    here = state()
    here.saved, here.weighting, here.tour = None, None, None
    st.query_params.pop("project", None)


def start(new: Project, label: str) -> None:
    """Keep a project as a new one and open it."""
    here = state()
    here.saved, here.weighting, here.tour = store().create(new, label), None, None
    st.query_params["project"] = here.saved.key


def edit(label: str, change: Callable[[Project], Project]) -> bool:
    """Apply a change to the open project and save it; say what went wrong otherwise.

    Call it in a widget's callback: there the revision is still the one the visitor saw. Returns
    whether it was saved. A change by someone else in the meantime is not overwritten: it is
    shown, and the visitor is asked to make the change again.
    """
    here = state()
    if here.saved is None:
        return False
    seen = here.saved
    try:
        changed = change(seen.project)
        if changed == seen.project:
            return True
        here.saved = store().save(seen.key, changed, seen.revision, label)
    except ConflictError as error:
        here.saved = error.current
        here.problem = f"{error} (Not saved: {label}.)"
        return False
    except (ProjectError, StoreError) as error:
        here.problem = str(error)
        return False
    except ValueError as error:
        # What a form should have caught: its words are a programmer's, so they go to the log.
        _log.warning("edit %r refused: %s", label, error)
        here.problem = (
            f"Not saved: {label}. Something that was typed does not fit. Nothing has been changed; "
            "look at the fields again."
        )
        return False
    return True


def undo() -> None:
    """Take back the last edit."""
    _step(lambda saved: store().undo(saved.key, saved.revision))


def redo() -> None:
    """Make the edit again that was taken back."""
    _step(lambda saved: store().redo(saved.key, saved.revision))


def _step(move: Callable[[Saved], Saved]) -> None:
    here = state()
    if here.saved is None:
        return
    try:
        here.saved = move(here.saved)
    except ConflictError as error:
        here.saved, here.problem = error.current, str(error)
    except StoreError as error:
        here.problem = str(error)


def with_problem(action: Callable[[], None]) -> None:
    """Do something that may fail; a failure becomes a message at the top of the page."""
    try:
        action()
    except (ProjectError, StoreError) as error:
        _log.info("refused: %s", error)
        state().problem = str(error)
