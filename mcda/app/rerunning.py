"""Rerun a selection with other weights; a decided run stays, and a new one starts from it."""

from __future__ import annotations

import streamlit as st

from mcda.analysis import default_weighting
from mcda.app import weight_desk
from mcda.app.state import edit, run, state
from mcda.app.steps import go
from mcda.project import Project
from mcda.project.text import make_id


def rerun_button(key: str, weighting: str | None = None) -> None:
    """Offer to weigh again: a copy opens to be changed, and saving it leads to Compare.

    Args:
        key: the button's own.
        weighting: the id of the weighting to copy; the default one without it.
    """
    explained = (
        "The decision stays as it is. A new run starts from it."
        if run().status == "decided"
        else "Opens a copy of these weights to be changed. Save it, and Compare shows both."
    )
    clicked = st.button(
        "Rerun with other weights",
        key=key,
        help=explained,
        on_click=_open_copy,
        args=(weighting,),
    )
    if clicked and run().status == "draft":
        go("weights")


def _open_copy(weighting: str | None) -> None:
    """Open a copy of a weighting on the Weights page; where there is none, just that page."""
    if run().status == "decided":
        start_rerun()
    if run().status == "draft" and run().weightings:
        original = run().weighting(weighting or default_weighting(run()).id)
        weight_desk.duplicate_and_change(original, "compare")


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
