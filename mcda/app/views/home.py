"""Home: where to start from."""

from __future__ import annotations

from datetime import date
from functools import lru_cache, partial

import streamlit as st

from mcda import catalog
from mcda.app import server, widgets
from mcda.app.fields import Field, Values
from mcda.app.forms import Form, recorded
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
    with_problem,
)
from mcda.app.steps import go
from mcda.app.tour import begin_tour
from mcda.lifecycle import day_of, overview
from mcda.project import Project, ProjectError, to_json
from mcda.project.entering import revised
from mcda.project.tables import import_table
from mcda.project.templates import TWO_YEARS_ON, apply_template, example, templates
from mcda.project.text import day_text, make_id
from mcda.store import StoreError, Summary

_RECENT = 5
_PUBLIC = "This is a public copy: who said what was taken out. Every report of it is public too."
_UNNAMED = "Which program first?"
_NEW = "new-projects"
_NAME = (
    (Field("title", "What is to be decided?"),),
    (Field("place", "Where?"),),
)


def page() -> None:
    """Show the ways to start, and what was worked on last."""
    st.title("What do you want to decide?", anchor=False)
    widgets.say(
        "Choose a program together: say what matters, record what is known, and see which "
        "program comes first and why."
    )
    if is_open():
        _show_open_project()
    _offer_undelete()
    known = _recent()
    if known:
        _offer_recent(known)
    ways = (_offer_new, _offer_catalogue, _offer_file, _offer_example)
    for offer in ways if known else (_offer_example, _offer_new, _offer_catalogue, _offer_file):
        with st.container(border=True):
            offer()


def _show_open_project() -> None:
    current = project()
    with st.container(border=True):
        st.header("The project that is open", anchor=False)
        widgets.say(current.info.title)
        with st.container(horizontal=True):
            if st.button("Go on with it", type="primary", key="go-on"):
                go("ranking" if current.run().evidence.scores else "programs")
            widgets.download(
                "Download the project file",
                lambda: to_json(current).encode(),
                f"{make_id(current.info.title)}.json",
            )
            with st.popover("Rename"):
                _rename_form(current)
            st.button("Close it", on_click=close_project, key="close-project")


def _rename_form(current: Project) -> None:
    """Offer to say anew what is decided, and where; a project from the catalogue has no name."""
    form = Form(
        "rename-project", _NAME, recorded(current.info, _NAME), about="the project’s name (Home)"
    )
    form.show()
    form.buttons("Rename it", partial(_rename, form), primary=False)


def _rename(form: Form) -> None:
    def change(renamed: Project, typed: Values) -> Project:
        given = {name: text.strip() for name, text in typed.items()}
        return renamed.with_info(revised(renamed.info, **given))

    form.save("name of the project", change)


def _offer_example() -> None:
    st.header("See the worked example", anchor=False)
    widgets.say(
        "A made-up county chooses among eight programs. A short tour shows you round. "
        "Two years on, what was observed leads to a second choice."
    )
    with st.container(horizontal=True):
        if st.button("Open the worked example", key="open-example", type="primary"):
            _begin(example(), "worked example", then="ranking", tour=True)
        if st.button("Open the same county two years on", key="open-later"):
            _begin(example(TWO_YEARS_ON), "worked example, two years on", then="evaluate")
        if is_open() and project().info.illustrative and st.button("Take the tour again"):
            begin_tour()
            go("ranking")


def _offer_catalogue() -> None:
    st.header("Start from the catalogue", anchor=False)
    widgets.say(
        f"Look through {len(catalog.entries())} programs, trainings and other resources, and put "
        "those on your list that you want to compare. The short set of criteria is ready for them."
    )
    if st.button("Browse the catalogue", key="open-catalogue"):
        new = apply_template(Project.new(_UNNAMED), "short")
        _begin(new, "start from the catalogue", then="programs")


def _offer_new() -> None:
    st.header("Start your own", anchor=False)
    widgets.say("Say what is to be decided, and choose the criteria to start from.")
    names = {t.id: t.name for t in templates()}
    shared: Values = {"persist_state": "session"}
    title = st.text_input(
        "What is to be decided?",
        _left("title"),
        max_chars=200,
        placeholder="Which program first for our county?",
        key=_new_key("title"),
        **shared,
    )
    place = st.text_input("Where?", _left("place"), max_chars=200, key=_new_key("place"), **shared)
    ids = sorted(names, key=lambda t: t != "short")
    template = st.radio(
        "Criteria to start from",
        ids,
        ids.index(_left("criteria")) if _left("criteria") in ids else 0,
        format_func=names.__getitem__,
        help=HELP["criterion"],
        key=_new_key("criteria"),
        **shared,
    )
    _keep_new({"title": title, "place": place, "criteria": template if template != ids[0] else ""})
    if not st.button("Start", key="new-start"):
        return
    if not title.strip():
        st.error("Write what is to be decided; a few words are enough.")
        return
    new = Project.new(title)
    new = new.with_info(new.info.model_copy(update={"place": place.strip()}))
    _keep_new({})
    st.session_state[_NEW] = st.session_state.get(_NEW, 0) + 1
    _begin(apply_template(new, template), "start", then="programs")


# What is typed for a project that is not there yet cannot be kept beside one in the store. The
# page's address keeps it, so that it outlives a reload and a stopped server all the same.


def _left(name: str) -> str:
    """Return what was left in a field of a new project."""
    return st.query_params.get(f"new-{name}", "")


def _new_key(name: str) -> str:
    """Return the session key of a field of a new project; each project started has its own."""
    return f"new-{name}-{st.session_state.get(_NEW, 0)}"


def _keep_new(given: dict[str, str]) -> None:
    """Keep what is typed for a new project in the page's address; nothing else stays there."""
    for name in ("title", "place", "criteria"):
        if given.get(name):
            st.query_params[f"new-{name}"] = given[name]
        else:
            st.query_params.pop(f"new-{name}", None)


def _offer_file() -> None:
    st.header("Open a file", anchor=False)
    widgets.say(
        "A project file (.json), a report (.html or .pdf), or a table (.csv or .xlsx) with a row "
        "for each program and a column for each criterion."
    )
    given = st.file_uploader(
        "Project file, report or table",
        type=["json", "html", "pdf", "zip", "csv", "xlsx"],
        help="Of a report, the data it carries is opened and checked by its hash, not its text.",
        key="upload",
    )
    if given is None or not st.button("Open this file", key="open-file"):
        return
    try:
        new, notes = _read(given.name, given.getvalue())
    except ProjectError as error:
        widgets.problem(str(error))
        return
    state().notice = notes
    _begin(new, f"open {given.name}", then="programs")


def _read(name: str, data: bytes) -> tuple[Project, str | None]:
    """Read a project file or a table; return the project and what there is to say about it."""
    if not name.lower().endswith((".csv", ".xlsx")):
        found_project = read_file(name, data)
        return found_project, _PUBLIC if found_project.edition == "public" else None
    found = import_table((name, data))
    return found.project, " ".join(str(note) for note in found.notes) or None


def _recent() -> list[Summary]:
    """Return the kept projects, latest first; on one's own machine only."""
    if not server.serves_this_machine_only():
        return []
    try:
        return list(store().projects())
    except StoreError as error:
        widgets.problem(str(error))
        return []


def _offer_recent(everything: list[Summary]) -> None:
    st.header("Recent projects", anchor=False)
    all_shown = len(everything) <= _RECENT or st.checkbox(f"Show all {len(everything)}")
    with st.container(key="recent"):
        for summary in everything if all_shown else everything[:_RECENT]:
            _offer_kept(summary)


def _offer_kept(summary: Summary) -> None:
    """Offer one kept project: to open it, or to put it away."""
    at = summary.changed_at.astimezone()
    when = f"changed {day_text(at.date())}, {at:%H:%M}"
    parts = (summary.title, summary.place, _phase(summary.key, summary.version), when)
    with st.container(horizontal=True, vertical_alignment="center"):
        label = widgets.escape(" · ".join(filter(None, parts)))
        opened = st.button(label, key=f"recent-{summary.key}", type="tertiary", width="stretch")
        st.button(
            "Delete",
            key=f"delete-{summary.key}",
            type="tertiary",
            on_click=_delete,
            args=(summary,),
            help="It can be brought back until you leave this page.",
        )
    if opened and open_project(summary.key):
        go("ranking" if project().run().evidence.scores else "programs")


@lru_cache(maxsize=256)
def _phase(key: str, version: int) -> str:
    """Return the phase a kept project is at; ``version`` says when to look anew."""
    try:
        kept = store().get(key).project
        phase = overview(kept, day_of(kept, date.today())).next
    except (ProjectError, StoreError):
        return ""
    return f"at {phase.title}" if phase else "all phases done"


def _delete(summary: Summary) -> None:
    """Put a project away; closing it first where it is the one that is open."""
    saved = state().saved
    if saved is not None and saved.key == summary.key:
        close_project()
    with_problem(lambda: store().delete(summary.key))
    st.session_state["deleted-project"] = summary


def _offer_undelete() -> None:
    """Offer to bring back the project deleted last."""
    deleted: Summary | None = st.session_state.get("deleted-project")
    if deleted is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        widgets.say(f"Deleted: {deleted.title}")
        st.button("Bring it back", key="undelete", on_click=_undelete, args=(deleted,))


def _undelete(summary: Summary) -> None:
    with_problem(lambda: _bring_back(summary))
    st.session_state.pop("deleted-project", None)


def _bring_back(summary: Summary) -> None:
    store().undelete(summary.key)


def _begin(new: Project, label: str, then: str, tour: bool = False) -> None:
    try:
        start(new, label)
    except StoreError as error:
        widgets.problem(str(error))
        return
    if tour:
        begin_tour()
    go(then)


if __name__ == "__main__":
    page()
