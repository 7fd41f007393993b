"""What if one criterion counted more: a slider, and the ranking redrawn at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from mcda.analysis import UsedWeights, contributions, ranking, with_share
from mcda.app import theme, widgets
from mcda.app.share_box import share_box
from mcda.app.state import edit, project, run, state
from mcda.app.weight_draft import free_name
from mcda.charts import ranking_bars
from mcda.charts.bars import bar_groups, objective_names
from mcda.project import PointShare, PointsJudgement, Run, Weighting
from mcda.project.text import make_id


@st.fragment
def show_what_if(usable: Sequence[UsedWeights]) -> None:
    """Let the room change one weight and see the ranking move; the others keep proportion."""
    known = {w.id: w for w in usable}
    criteria = {c.id: c.name for c in run().active_criteria}
    left, right = st.columns(2)
    base = left.selectbox(
        "From the weights of", list(known), format_func=lambda w: known[w].name, key="what-if-base"
    )
    criterion = right.selectbox(
        "Change the weight of", list(criteria), format_func=criteria.__getitem__, key="what-if-what"
    )
    weighting = known[base]
    now = round(100 * weighting.weights[criterion])
    share = share_box(f"what-if-{base}-{criterion}-{now}", criteria[criterion], now)
    weights = (
        dict(weighting.weights)
        if share == now
        else with_share(weighting.weights, criterion, share / 100)
    )
    found = ranking(project(), weighting=weights)
    parts = contributions(project(), weighting=weights)
    widgets.answer(found.sentence)
    colours = theme.palette(dark=theme.is_dark())
    groups = bar_groups(parts, objective_names(run()))
    widgets.chart(ranking_bars(found, parts, groups, colours), key="what-if-bars")
    kept = st.button(
        "Keep this as a weighting",
        key="what-if-keep",
        on_click=_keep,
        args=(weighting, weights, f"{criteria[criterion]} at {share}%"),
        disabled=share == now,
        help="Change the weight first." if share == now else "It is then compared above.",
    )
    if kept:
        st.rerun()


def _keep(base: UsedWeights, weights: dict[str, float], what: str) -> None:
    """Save the changed weights as points, in the name of whom they came from."""
    made = kept_weighting(run(), base, weights, what)
    if edit(f"weights with {what}", lambda p: p.with_weighting(made)):
        state().notice = f"Kept: {made.name}."


def kept_weighting(of: Run, base: UsedWeights, weights: dict[str, float], what: str) -> Weighting:
    """Return changed weights as a weighting of its own, which says where it came from."""
    source = next((w for w in of.weightings if w.id == base.id), None)
    name = free_name(of, f"{base.name[:200]}, {what[:200]}")
    return Weighting(
        id=make_id(name, {w.id for w in of.weightings}),
        name=name,
        person=source.person if source else None,
        role=base.role,
        judgement=PointsJudgement(
            points=tuple(PointShare(item=c, points=100 * w) for c, w in weights.items())
        ),
        asked=source.asked if source else (),
        given_on=date.today(),
        note=f"Tried out on the Compare page: the weights of {base.name}, with {what}.",
    )
