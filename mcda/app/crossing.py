"""Where the first place changes hands as one criterion counts for more."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from mcda.analysis import Ranking, UsedWeights, crossing_lines, ranking, with_share
from mcda.app import theme, widgets
from mcda.app.share_box import share_box
from mcda.app.state import project, run
from mcda.charts import Column, DataTable, crossing_chart


@st.fragment
def show_crossing(usable: Sequence[UsedWeights]) -> None:
    """Let the room move one weight along the lines, and see the real ranking follow."""
    known = {w.id: w for w in usable}
    criteria = {c.id: c.name for c in run().active_criteria}
    left, right = st.columns(2)
    base = left.selectbox(
        "From the weights of", list(known), format_func=lambda w: known[w].name, key="crossing-base"
    )
    criterion = right.selectbox(
        "Change the weight of",
        list(criteria),
        format_func=criteria.__getitem__,
        key="crossing-what",
    )
    weights = known[base].weights
    now = round(100 * weights[criterion])
    share = share_box(f"crossing-{base}-{criterion}-{now}", criteria[criterion], now)
    tried = weights if share == now else with_share(weights, criterion, share / 100)
    lines = crossing_lines(project(), criterion, weighting=base)
    colours = theme.palette(dark=theme.is_dark())
    found = ranking(project(), weighting=dict(tried))
    widgets.say(lines.sentence)
    widgets.chart(crossing_chart(lines, share / 100, colours), key="crossing-lines")
    widgets.say(found.sentence)
    widgets.table(_places(found, f"Places with {criteria[criterion]} at {share}%"))


def _places(found: Ranking, caption: str) -> DataTable:
    columns = (
        Column("Program"),
        Column("Place", numeric=True),
        Column("Points out of 100", numeric=True),
    )
    rows = tuple((p.name, p.rank_text, found.score_text(p.id)) for p in found.ranked)
    return DataTable(caption, columns, rows)
