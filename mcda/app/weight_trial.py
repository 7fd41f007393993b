"""Try another weight: the ranking as it would be, redrawn at once, and nothing saved."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from mcda.analysis import UsedWeights, contributions, ranking
from mcda.app import theme, widgets
from mcda.app.ranked_by import CHOICE
from mcda.app.state import edit, project, run, state, today
from mcda.app.weight_change import WeightChange, ask_change
from mcda.app.weight_draft import free_name
from mcda.charts import Chart, ranking_bars
from mcda.charts.bars import bar_groups, objective_names
from mcda.project import PointShare, PointsJudgement, Run, Weighting
from mcda.project.text import make_id

MARK = "What if: not our ranking"
SWITCH = "ranking-try"


def marked(bars: Chart) -> Chart:
    """Return a chart that says in its words, too, that it is not our ranking."""
    table = replace(bars.table, caption=f"{MARK}: {bars.table.caption}")
    return replace(bars, alt=f"{MARK}. {bars.alt}", table=table)


def show_mark() -> None:
    """Say above an answer that it is not our ranking."""
    st.html(f'<p class="bf-what-if">{MARK}</p>')


@st.fragment
def show_trial(base: UsedWeights) -> None:
    """Let the room change one weight and see the ranking move; the others keep proportion."""
    with st.container(border=True, key="what-if-answer"):
        changed = ask_change("what-if", base)
        found = ranking(project(), weighting=dict(changed.weights))
        parts = contributions(project(), weighting=dict(changed.weights))
        if changed.is_tried:
            show_mark()
        widgets.answer(found.headline)
        bars = ranking_bars(
            found, parts, bar_groups(parts, objective_names(run())), theme.colours()
        )
        widgets.chart(marked(bars) if changed.is_tried else bars, key="what-if-bars")
        kept = st.button(
            "Save as a weighting",
            key="what-if-keep",
            on_click=_keep,
            args=(changed,),
            disabled=not changed.is_tried,
            help="It then stands beside the others, here and on Compare."
            if changed.is_tried
            else "Change the weight first. Nothing is saved until you say so.",
        )
    if kept:
        st.rerun()


def _keep(changed: WeightChange) -> None:
    """Save the changed weights as points, in the name of whom they came from, and show them."""
    made = kept_weighting(run(), changed)
    if edit(f"weights with {changed.what}", lambda p: p.with_weighting(made)):
        state().notice = f"Saved: {made.name}. Compare shows it beside the others."
        state().weighting = st.session_state[CHOICE] = made.id
        st.session_state[SWITCH] = False


def kept_weighting(of: Run, changed: WeightChange) -> Weighting:
    """Return changed weights as a weighting of its own, which says where it came from."""
    base = changed.base
    source = next((w for w in of.weightings if w.id == base.id), None)
    name = free_name(of, f"{base.name[:200]}, {changed.what[:200]}")
    return Weighting(
        id=make_id(name, {w.id for w in of.weightings}),
        name=name,
        person=source.person if source else None,
        role=base.role,
        judgement=PointsJudgement(
            points=tuple(PointShare(item=c, points=100 * w) for c, w in changed.weights.items())
        ),
        asked=source.asked if source else (),
        given_on=today(),
        note=f"Tried out on the Ranking page: the weights of {base.name}, with {changed.what}.",
    )
