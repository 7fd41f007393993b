"""Select again: is it time to look at the choice again, and what moves?"""

from __future__ import annotations

import streamlit as st

from mcda.analysis.between_runs import BetweenRuns, between_runs
from mcda.app import theme, widgets
from mcda.app.again_forms import show_proposals, show_start, show_triggers
from mcda.app.decided import fingerprint
from mcda.app.lexicon import HELP
from mcda.app.state import project, today
from mcda.app.steps import link_to
from mcda.charts import Column, DataTable, day_cell
from mcda.charts.between_runs import runs_chart, runs_table
from mcda.lifecycle.overview import plan_run
from mcda.lifecycle.selecting_again import proposed_scores
from mcda.lifecycle.triggers import Trigger, review_triggers
from mcda.project import FindingsError, Run
from mcda.project.text import counted, quoted


def page() -> None:
    """Show what asks for a review, start a new selection, and say what moved and why."""
    st.title("Is it time to choose again?", anchor=False)
    triggers = review_triggers(project(), today())
    under_way = _under_way()
    widgets.answer(_answer(triggers, under_way))
    if under_way is not None:
        _show_under_way(under_way)
    show_triggers(triggers)
    if under_way is None:
        show_start(triggers)
    _show_moved()
    _show_runs()


def _under_way() -> Run | None:
    """Return the selection that was started from the decided one and is not decided yet."""
    parent = plan_run(project())
    drafts = (r for r in project().runs if r.parent == parent.id and r.status == "draft")
    return next(drafts, None)


def _answer(triggers: tuple[Trigger, ...], under_way: Run | None) -> str:
    if under_way is not None:
        return f"A new selection is under way: {under_way.title}."
    count = sum(t.open for t in triggers)
    if not count:
        return "No rule asks for a new look at the decision now."
    return f"{counted(count, 'reason asks', 'reasons ask')} for another look at the decision."


def _show_under_way(run: Run) -> None:
    """Lead on in the selection that is under way, and show what is proposed for it."""
    with st.container(horizontal=True):
        link_to("scores", "Go on with the scores")
        link_to("weights", "Weigh again")
        link_to("decide")
    proposals = proposed_scores(project(), run.id)
    show_proposals(run, proposals)


# --- what moved


def _show_moved() -> None:
    """Compare a selection with the one it started from, and say what moved and why."""
    later = {r.id: r for r in project().runs if r.parent is not None}
    if not later:
        return
    st.header("What moved, and why", anchor=False)
    chosen = list(later)[-1]
    if len(later) > 1:
        titles = {i: r.title for i, r in later.items()}
        chosen = st.selectbox(
            "Selection",
            list(reversed(titles)),
            format_func=lambda i: titles.get(i, i),
            key=f"again-compared-{len(later)}",
            persist_state="session",
        )
    run = later[chosen]
    parent = project().run(run.parent)
    widgets.note(f"Before: {quoted(parent.title)}. After: {quoted(run.title)}.")
    try:
        found = between_runs(project(), parent.id, run.id)
    except FindingsError as error:
        widgets.cannot(error)
        return
    _show_compared(found)


def _show_compared(found: BetweenRuns) -> None:
    with st.container(key="again-moved"):
        widgets.say(found.sentence)
    chart = runs_chart(found, theme.colours())
    if chart is not None:
        widgets.note(
            "Each box has the places a program may hold, depending on what is not known exactly."
        )
        widgets.chart(chart, key="again-slope")
    else:
        widgets.table(runs_table(found))
    st.subheader("Each change on its own", help=HELP["alone"], anchor=False)
    widgets.bullets(effect.sentence for effect in found.effects)
    if found.score_changes:
        st.subheader("Scores that changed", anchor=False)
        widgets.bullets(found.score_changes)


# --- all selections


def _show_runs() -> None:
    """List every selection of the project, the latest first."""
    st.header("All selections", anchor=False)
    columns = (
        Column("Selection"),
        Column("State"),
        Column("Decided on", numeric=True),
        Column("Choice"),
        Column("Started from"),
        Column("Fingerprint"),
    )
    titles = {r.id: r.title for r in project().runs}
    rows = tuple(_run_row(run, titles) for run in reversed(project().runs))
    widgets.table(DataTable("All selections of this project", columns, rows))


def _run_row(run: Run, titles: dict[str, str]) -> tuple[str, ...]:
    record = run.record if run.status == "decided" else None
    return (
        run.title,
        "decided" if run.status == "decided" else "being worked on",
        day_cell(record.decided_on if record else None),
        run.program(record.choice).name if record else "",
        titles.get(run.parent or "", ""),
        fingerprint(run),
    )


if __name__ == "__main__":
    page()
