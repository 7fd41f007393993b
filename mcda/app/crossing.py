"""Where the first place changes hands as one criterion counts for more."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from mcda.analysis import Ranking, UsedWeights, crossing_lines, ranking
from mcda.app import theme, widgets
from mcda.app.state import project
from mcda.app.weight_change import ask_change
from mcda.charts import Column, DataTable, crossing_chart


@st.fragment
def show_crossing(usable: Sequence[UsedWeights]) -> None:
    """Let the room move one weight along the lines, and see the real ranking follow."""
    known = {str(w.id): w for w in usable}
    base = st.selectbox(
        "From the weights of", list(known), format_func=lambda w: known[w].name, key="crossing-base"
    )
    changed = ask_change("crossing", known[base])
    lines = crossing_lines(project(), changed.criterion.id, weighting=base)
    found = ranking(project(), weighting=dict(changed.weights))
    widgets.say(lines.sentence)
    widgets.chart(crossing_chart(lines, changed.share / 100, theme.colours()), key="crossing-lines")
    widgets.say(found.sentence)
    widgets.table(_places(found, f"Places with {changed.what}"))


def _places(found: Ranking, caption: str) -> DataTable:
    columns = (
        Column("Program"),
        Column("Place", numeric=True),
        Column("Points out of 100", numeric=True),
    )
    rows = tuple((p.name, p.rank_text, found.score_text(p.id)) for p in found.ranked)
    return DataTable(caption, columns, rows)
