"""What if: the ranking as it would be if something were different, beside our own."""

from __future__ import annotations

import html
from collections.abc import Mapping

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
from mcda.app import scenario_desk, theme, widgets
from mcda.app.lexicon import HELP
from mcda.app.locked import LOCKED, is_locked
from mcda.app.scenario_desk import Desk, desk, is_changed, saved_one
from mcda.app.scenario_forms import show_controls
from mcda.app.state import project, run
from mcda.app.views.ranking import choose_weighting
from mcda.app.what_if import MARK, marked
from mcda.charts import Column, DataTable, ranking_bars
from mcda.charts.bars import bar_groups, objective_names
from mcda.project import FindingsError, Scenario
from mcda.project.checks import scenario_findings
from mcda.project.entering import fingerprint
from mcda.project.text import MAX_NAME, MAX_TEXT


def page() -> None:
    """Show what would come first if something were different, and ask what that is."""
    st.title("What if something were different?", anchor=False)
    if not run().evidence.scores:
        widgets.say("Nothing is recorded about any program yet, so there is nothing to rank.")
        st.page_link("views/scores.py", label="Go to Scores")
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
        st.warning(widgets.escape(error.headline))
        widgets.finding_list(error.findings)
        return None
    if here.draft.is_empty:
        widgets.answer("Nothing is different yet.")
        widgets.say(f"Our ranking: {found.base.headline}")
        widgets.note("Change something below and see what would come first. Our ranking stays.")
        return None
    with st.container(border=True, key="what-if-answer"):
        st.html(f'<p class="bf-what-if">{MARK}</p>')
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
    gone = [s for s in found.shifts if s.is_gone]
    if gone:
        items = "".join(
            f"<li><strong>{html.escape(s.name)}</strong>: {html.escape(s.reason)}</li>"
            for s in gone
        )
        st.html(f'<ul class="bf-muted">{items}</ul>')


def _show_bars(found: WhatIf, weighting: str | None) -> None:
    st.header("Where the points would come from", anchor=False)
    widgets.note(f"{MARK}.")
    parts = contributions(found.project, weighting=weighting)
    groups = bar_groups(parts, objective_names(found.project.run()))
    bars = ranking_bars(found.supposed, parts, groups, theme.palette(dark=theme.is_dark()))
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
        on_click=scenario_desk.start_over,
        help="Lets go of what is not saved. What is saved stays.",
    )


# --- saving


def _show_save(here: Desk) -> None:
    saved = saved_one(run(), here)
    if saved is None and here.draft.is_empty:
        return
    st.header("Keep it under a name", help=HELP["scenario"], anchor=False)
    key = f"what-if-save-{here.count}-{fingerprint(saved) if saved else 'new'}"
    locked = is_locked()
    with st.form(f"{key}-form"):
        st.text_input("Name", saved.title if saved else "", max_chars=MAX_NAME, key=f"{key}-title")
        note = saved.note if saved else ""
        st.text_area("Note", note, max_chars=MAX_TEXT, key=f"{key}-note", height=80)
        widgets.privacy()
        with st.container(horizontal=True):
            st.form_submit_button(
                "Save the changes" if saved else "Save this what-if",
                type="primary",
                on_click=_save,
                args=(key,),
                disabled=locked,
                help=LOCKED if locked else None,
            )
            if saved is not None:
                st.form_submit_button(
                    "Save as another",
                    on_click=_save,
                    args=(key,),
                    kwargs={"as_another": True},
                    disabled=locked,
                    help=LOCKED if locked else "Give it another name first.",
                )


def _save(key: str, *, as_another: bool = False) -> None:
    title, note = (str(st.session_state[f"{key}-{field}"] or "") for field in ("title", "note"))
    scenario_desk.save(title, note, as_another=as_another)


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
            _rename_form(scenario)
        st.button(
            "Delete",
            key="what-if-delete",
            on_click=scenario_desk.delete,
            args=(scenario,),
            disabled=locked,
            help=LOCKED if locked else "Undo brings it back.",
        )


def _rename_form(scenario: Scenario) -> None:
    key = f"what-if-name-{scenario.id}-{scenario.title}"
    with st.form(f"{key}-form", border=False):
        st.text_input("New name", scenario.title, max_chars=MAX_NAME, key=key)
        st.form_submit_button("Rename it", on_click=_rename, args=(scenario, key))


def _rename(scenario: Scenario, key: str) -> None:
    scenario_desk.rename(scenario, str(st.session_state[key] or ""))


if __name__ == "__main__":
    page()
