"""Ranking: which program comes first, and why."""

from __future__ import annotations

import streamlit as st

from mcda.analysis import (
    CAVEAT,
    COMPARED,
    DEFAULT_METHOD,
    NO_SCORES,
    SECOND_METHOD,
    SETTLED_NOTE,
    Agreement,
    Ranking,
    WorkingTable,
    agreement,
    contributions,
    difference,
    method_table,
    ranking,
    working,
)
from mcda.analysis.wording import brief_number
from mcda.app import theme, widgets
from mcda.app.lexicon import HELP
from mcda.app.ranked_by import choose_weighting, nothing_to_rank
from mcda.app.rerunning import rerun_button
from mcda.app.state import project, run
from mcda.app.steps import link_to
from mcda.app.weight_trial import SWITCH, show_trial
from mcda.charts import Column, DataTable, data_table, difference_bars, ranking_bars
from mcda.charts.bars import bar_groups, objective_names
from mcda.project import FindingsError, Project, Run, check_run

_TITLE = "Which program comes first, and why?"
METHOD_NAMES = {DEFAULT_METHOD: "Weighted sum", SECOND_METHOD: "TOPSIS"}


def page() -> None:
    """Show the ranking of the open project."""
    if not run().evidence.scores:
        st.title(_TITLE, anchor=False)
        nothing_to_rank()
        return
    with st.container(horizontal=True, vertical_alignment="center", key="ranking-head"):
        st.title(_TITLE, anchor=False)
        is_trying = st.toggle("Try another weight", key=SWITCH, help=HELP["try a weight"])
    weighting = choose_weighting()
    try:
        show(project(), weighting, is_trying=is_trying)
    except FindingsError as error:
        widgets.cannot(error)


def show(decision: Project, weighting: str | None, *, is_trying: bool) -> None:
    """Show the answer, the chart, the second opinion, the reasons and the working."""
    found = ranking(decision, weighting=weighting)
    both = agreement(decision, weighting=weighting)
    if is_trying:
        show_trial(found.weighting)
    else:
        _show_answer(decision, found, weighting)
    rerun_button("ranking-rerun", weighting)
    _show_excluded(found)
    st.header("What does the second method say?", help=HELP["topsis"], anchor=False)
    widgets.say(both.sentence)
    widgets.table(_both_table(both))
    _show_methods(decision, weighting)
    _show_why(decision, found, weighting)
    _show_open_questions(decision.run())
    _show_working(decision, weighting)
    widgets.note(CAVEAT)


def _show_answer(decision: Project, found: Ranking, weighting: str | None) -> None:
    """Show the answer in a sentence and its chart; what it depends on stands below them."""
    parts = contributions(decision, weighting=weighting)
    widgets.answer(found.headline)
    groups = bar_groups(parts, objective_names(decision.run()))
    widgets.chart(ranking_bars(found, parts, groups, theme.colours()), key="ranking-bars")
    if found.detail:
        widgets.say(found.detail)


def _both_table(both: Agreement) -> DataTable:
    first, second = both.rankings
    names = [METHOD_NAMES[r.method] for r in both.rankings]
    columns = (
        Column("Program"),
        Column(f"Place, {names[0].lower()}", numeric=True),
        Column("Points out of 100", numeric=True),
        Column(f"Place, {names[1]}", numeric=True),
        Column("Closeness, 0 to 1", numeric=True),
    )
    rows = tuple(
        (
            p.name,
            p.rank_text,
            first.score_text(p.id),
            second.result(p.id).rank_text,
            second.score_text(p.id),
        )
        for p in first.ranked
    )
    return DataTable("Both methods side by side", columns, rows)


def _show_methods(decision: Project, weighting: str | None) -> None:
    """Show five methods side by side, behind a click: fixed beforehand, never a vote."""
    with st.expander("Other methods, side by side", key="methods", on_change="rerun") as box:
        if not box.open:
            return
        found = method_table(decision, weighting=weighting)
        widgets.say(found.sentence)
        if found.settled:
            widgets.note(SETTLED_NOTE)
        widgets.table(data_table("Places by each method", found.to_frame(), numeric=True))
        widgets.bullets((name, found.reasons[method]) for method, (name, _) in COMPARED.items())


def _show_excluded(found: Ranking) -> None:
    if not found.excluded:
        return
    st.header("Which programs are not ranked?", help=HELP["must-have"], anchor=False)
    widgets.bullets(((p.name, p.excluded or "") for p in found.excluded), muted=True)
    if any(p.excluded == NO_SCORES for p in found.excluded):
        link_to("scores")


def _show_why(decision: Project, found: Ranking, weighting: str | None) -> None:
    """Let the room pick any two programs and see what separates them."""
    names = {p.id: p.name for p in found.ranked}
    if len(names) < 2:
        return
    st.header("Why does one come before the other?", anchor=False)
    left, right = st.columns(2)
    a = left.selectbox(
        "This program",
        list(names),
        0,
        format_func=names.__getitem__,
        key="why-a",
        persist_state="session",
    )
    others = [i for i in names if i != a]
    b = right.selectbox("and this one", others, 0, format_func=names.__getitem__, key="why-b")
    between = difference(decision, a, b, weighting=weighting)
    widgets.say(between.sentence)
    widgets.chart(difference_bars(between, theme.colours()), key="why-bars")


def _show_open_questions(of: Run) -> None:
    found = check_run(of)
    if found:
        with st.expander(f"Open questions: {len(found)}"):
            widgets.finding_list(found)


def _show_working(decision: Project, weighting: str | None) -> None:
    with st.expander("Show the working", key="working", on_change="rerun") as box:
        if not box.open:
            return
        method = st.radio(
            "Method",
            list(METHOD_NAMES),
            format_func=METHOD_NAMES.__getitem__,
            horizontal=True,
            key="working-method",
        )
        end = st.radio(
            "Scores that are ranges, at their",
            ["low", "high"],
            format_func={"low": "worse end", "high": "better end"}.__getitem__,
            horizontal=True,
            key="working-end",
        )
        for step in working(decision, weighting=weighting, method=method, end=end):
            widgets.say(step.description)
            widgets.table(_working_table(step), equal=True)


def _working_table(step: WorkingTable) -> DataTable:
    columns = (Column(""), *(Column(str(c), numeric=True) for c in step.frame.columns))
    rows = tuple(
        (str(label), *(brief_number(float(value)) for value in row))
        for label, row in zip(step.frame.index, step.frame.to_numpy(), strict=True)
    )
    return DataTable(step.title, columns, rows)


if __name__ == "__main__":
    page()
