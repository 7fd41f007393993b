"""What a page that ranks begins with: whether there is anything to rank, and by whose weights."""

from __future__ import annotations

import streamlit as st

from mcda.analysis import default_weighting
from mcda.app import widgets
from mcda.app.lexicon import HELP
from mcda.app.state import run, state
from mcda.app.steps import link_to

CHOICE = "ranking-weighting"
"""The key of the choice of the weighting to rank by."""


def nothing_to_rank() -> bool:
    """Say so, and lead on, where nothing is recorded about any program yet."""
    if run().evidence.scores:
        return False
    widgets.say("Nothing is recorded about any program yet, so there is nothing to rank.")
    link_to("scores")
    return True


def choose_weighting() -> str | None:
    """Ask whose weights to rank by, where there are several; return the weighting's id."""
    weightings = run().weightings
    if not weightings:
        widgets.note("Nobody has said what matters yet: every criterion counts the same here.")
        return None
    if len(weightings) == 1:
        widgets.say(f"By the weights of: {weightings[0].name}.")
        return None
    names = {w.id: w.name for w in weightings}
    default = default_weighting(run()).id
    options = sorted(names, key=lambda w: w != default)
    with st.container(key="ranking-whose"):
        chosen = st.segmented_control(
            "Weights of",
            options,
            default=state().weighting if state().weighting in names else default,
            required=True,
            format_func=lambda w: widgets.escape(names[w]),
            key=CHOICE,
            help=HELP["weighting"],
            persist_state="session",
        )
    state().weighting = chosen
    return chosen
