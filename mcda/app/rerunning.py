"""Rerun a selection: from a draft on the Weights page, from a decision as a new run."""

from __future__ import annotations

import streamlit as st

from mcda.app.state import edit, run, state
from mcda.app.steps import go
from mcda.project import Project
from mcda.project.text import make_id


def rerun_button(key: str) -> None:
    """Offer to weigh again; a decided run stays as it is, and a new one starts from it."""
    decided = run().status == "decided"
    explained = (
        "The decision stays as it is. A new run starts from it."
        if decided
        else "Goes to the Weights page: change a weighting, copy one, or ask someone else."
    )
    clicked = st.button(
        "Rerun with other weights",
        key=key,
        help=explained,
        on_click=start_rerun if decided else None,
    )
    if clicked:
        go("weights")


def start_rerun() -> None:
    """Start a new draft run from the decided one, and say so; call it in a callback."""
    if edit("start a rerun", rerun_of_latest):
        state().notice = (
            "A new run has started. The decision it comes from stays as it is. Change what you "
            "need, then decide again."
        )


def rerun_of_latest(project: Project) -> Project:
    """Return the project with a new draft run that starts from the latest."""
    title = f"Rerun of {project.run().title}"[:500]
    taken = frozenset(r.id for r in project.runs)
    return project.rerun(None, make_id(title, taken), title)
