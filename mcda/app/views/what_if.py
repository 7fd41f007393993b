"""What if: the ranking as it would be if something were different, beside our own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from mcda.analysis import (
    CAVEAT,
    WhatIf,
    contributions,
    ranking,
    scenario_changes,
    what_if,
)
from mcda.analysis.wording import few, or_list
from mcda.app import form_drafts, scenario_desk, theme, widgets
from mcda.app.fields import Field, Row
from mcda.app.form_drafts import thing
from mcda.app.forms import Form, recorded
from mcda.app.lexicon import HELP
from mcda.app.locked import LOCKED, is_locked
from mcda.app.ranked_by import choose_weighting, nothing_to_rank
from mcda.app.renaming import rename_form
from mcda.app.scenario_desk import Desk, desk, is_changed, saved_one
from mcda.app.scenario_forms import show_controls
from mcda.app.state import project, run
from mcda.app.weight_trial import MARK, marked, show_mark
from mcda.charts import Column, DataTable, ranking_bars
from mcda.charts.bars import bar_groups, objective_names
from mcda.project import FindingsError, Scenario
from mcda.project.checks import scenario_findings

_NAME: tuple[Row, ...] = ((Field("title", "Name"),), (Field("note", "Note", "text"),))


def page() -> None:
    """Show what would come first if something were different, and ask what that is."""
    st.title("What if something were different?", anchor=False)
    if nothing_to_rank():
        return
    here = desk()
    weighting = choose_weighting()
    weights = _weights(weighting)
    found = _show_answer(here, weighting)
    _show_changes(here, weights)
    st.header("Change something", anchor=False)
    show_controls(here, weights)
    _show_save(here)
    if found is not None:
        _show_bars(found, weighting)
    _show_saved(weighting)
    widgets.note(CAVEAT)
    scenario_desk.keep()


def _weights(weighting: str | None) -> Mapping[str, float]:
    """Return the shares our ranking uses; none where it cannot be made."""
    try:
        return ranking(project(), weighting=weighting).weighting.weights
    except FindingsError:
        return {}


# --- the answer


def _show_answer(here: Desk, weighting: str | None) -> WhatIf | None:
    """Show the ranking as it would be beside ours; return it where there is one."""
    try:
        found = what_if(project(), here.draft, weighting=weighting)
    except FindingsError as error:
        widgets.cannot(error)
        return None
    if here.draft.is_empty:
        widgets.answer("Nothing is different yet.")
        widgets.say(f"Our ranking: {found.base.headline}")
        widgets.note("Change something below and see what would come first. Our ranking stays.")
        return None
    with st.container(border=True, key="what-if-answer"):
        show_mark()
        widgets.answer(found.headline)
        widgets.say(found.detail)
        widgets.table(_table(found))
        _show_reasons(found)
    return found


def _table(found: WhatIf) -> DataTable:
    columns = (
        Column("Program"),
        Column("Our place", numeric=True),
        Column("Place then", numeric=True),
        Column("Our points", numeric=True),
        Column("Points then", numeric=True),
    )
    rows = tuple((s.name, s.was, s.now, s.score_was, s.score_now) for s in found.shifts)
    return DataTable("Our ranking, and what if. Points are out of 100", columns, rows)


def _show_reasons(found: WhatIf) -> None:
    """Say why programs are not ranked any more."""
    widgets.bullets(((s.name, s.reason) for s in found.shifts if s.is_gone), muted=True)


def _show_bars(found: WhatIf, weighting: str | None) -> None:
    st.header("Where the points would come from", anchor=False)
    widgets.note(f"{MARK}.")
    parts = contributions(found.project, weighting=weighting)
    groups = bar_groups(parts, objective_names(found.project.run()))
    bars = ranking_bars(found.supposed, parts, groups, theme.colours())
    widgets.chart(marked(bars), key="what-if-page-bars")


# --- what is different


def _show_changes(here: Desk, weights: Mapping[str, float]) -> None:
    """List what is different, each with a way back."""
    saved = saved_one(run(), here)
    if here.draft.is_empty and saved is None:
        return
    st.header("What is different now", anchor=False)
    if saved is not None:
        state = "changed since it was saved" if is_changed(run(), here) else "as it was saved"
        widgets.say(f"{saved.title}: {state}.")
        if here.draft.note:
            widgets.note(here.draft.note)
    for at, change in enumerate(scenario_changes(run(), here.draft, weights)):
        with st.container(horizontal=True, vertical_alignment="center", key=f"what-if-change-{at}"):
            st.markdown(widgets.escape(change.sentence), width="stretch")
            st.button(
                "Take back",
                key=f"what-if-back-{here.count}-{at}",
                type="tertiary",
                icon=":material/undo:",
                on_click=scenario_desk.take_back,
                args=(change,),
                help=widgets.escape(f"Take back: {change.sentence}"),
            )
    found = [f for f in scenario_findings(run(), here.draft) if f.code != "scenario-empty"]
    widgets.finding_list(found)
    st.button(
        "Start over",
        key="what-if-start-over",
        on_click=_start_over,
        help="Lets go of what is not saved. What is saved stays.",
    )


# --- saving


def _show_save(here: Desk) -> None:
    """Ask for a name and a note; what is typed there stays until it is saved."""
    saved = saved_one(run(), here)
    if saved is None and here.draft.is_empty:
        return
    st.header("Keep it under a name", help=HELP["scenario"], anchor=False)
    form = Form(
        _place(saved),
        _NAME,
        recorded(saved, _NAME) if saved else {},
        about="the name of a what-if (What if?)",
        thing=thing(saved or run()),
    )
    form.show()
    widgets.privacy()
    blocked = LOCKED if is_locked() else ""
    label = "Save the changes" if saved else "Save this what-if"
    row = form.buttons(label, partial(_save, form), blocked=blocked)
    if saved is not None:
        row.button(
            "Save as another",
            key="what-if-another",
            on_click=partial(_save, form, as_another=True),
            disabled=bool(blocked),
            help=blocked or "Give it another name first.",
        )


def _place(saved: Scenario | None) -> str:
    """Return the place of the form for the name of a saved what-if, or of a new one."""
    return f"what-if-{run().id}-{saved.id if saved else 'new'}"


def _save(form: Form, *, as_another: bool = False) -> None:
    now = form.values()
    if scenario_desk.save(str(now["title"]), str(now["note"]), as_another=as_another):
        form.begin_anew()


def _start_over() -> None:
    """Let go of what is tried out, and of the name begun for it."""
    scenario_desk.start_over()
    form_drafts.throw_away(_place(None))


# --- what has been saved


def _show_saved(weighting: str | None) -> None:
    saved = run().scenarios
    if not saved:
        return
    st.header("Saved what-ifs", anchor=False)
    columns = (Column("Name"), Column("What is different"), Column("First then"))
    rows = tuple(
        (
            s.title,
            " ".join(c.sentence for c in scenario_changes(run(), s)) or "Nothing.",
            _first_then(s, weighting),
        )
        for s in saved
    )
    widgets.table(DataTable("What-ifs saved beside our ranking", columns, rows))
    _manage(saved)


def _first_then(scenario: Scenario, weighting: str | None) -> str:
    try:
        found = what_if(project(), scenario, weighting=weighting)
    except FindingsError:
        return "cannot be ranked"
    return or_list(few([p.name for p in found.supposed.possible_firsts], most=3))


def _manage(saved: tuple[Scenario, ...]) -> None:
    by_id = {s.id: s for s in saved}
    chosen = st.selectbox(
        "Open, copy, rename or delete",
        list(by_id),
        format_func=lambda s: by_id[s].title,
        key=f"what-if-manage-{'-'.join(by_id)}",
    )
    scenario = by_id.get(chosen, saved[0])
    locked = is_locked()
    with st.container(horizontal=True, vertical_alignment="bottom", key="what-if-actions"):
        st.button("Open", key="what-if-open", on_click=scenario_desk.open_saved, args=(scenario,))
        st.button(
            "Duplicate",
            key="what-if-copy",
            on_click=scenario_desk.duplicate,
            args=(scenario,),
            disabled=locked,
            help=LOCKED if locked else None,
        )
        with st.popover("Rename", disabled=locked, help=LOCKED if locked else None):
            change = partial(scenario_desk.renamed, scenario)
            rename_form(scenario, "the what-if", "What if?", change)
        st.button(
            "Delete",
            key="what-if-delete",
            on_click=scenario_desk.delete,
            args=(scenario,),
            disabled=locked,
            help=LOCKED if locked else "Undo brings it back.",
        )


if __name__ == "__main__":
    page()
