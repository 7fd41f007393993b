"""Rerun a selection with other weights; from a decided one the way leads to Select again."""

from __future__ import annotations

import streamlit as st

from mcda.analysis import default_weighting
from mcda.app import weight_desk
from mcda.app.state import run
from mcda.app.steps import go


def rerun_button(key: str, weighting: str | None = None) -> None:
    """Offer to weigh again: a copy opens to be changed, and saving it leads to Compare.

    A decided selection stays as it is: the way then leads to the page Select again.

    Args:
        key: the button's own.
        weighting: the id of the weighting to copy; the default one without it.
    """
    decided = run().status == "decided"
    explained = (
        "The decision stays as it is. The page Select again starts a new selection from it."
        if decided
        else "Opens a copy of these weights to be changed. Save it, and Compare shows both."
    )
    clicked = st.button(
        "Rerun with other weights",
        key=key,
        help=explained,
        on_click=None if decided else _open_copy,
        args=None if decided else (weighting,),
    )
    if clicked:
        go("again" if decided else "weights")


def _open_copy(weighting: str | None) -> None:
    """Open a copy of a weighting on the Weights page; where there is none, just that page."""
    if run().weightings:
        original = run().weighting(weighting or default_weighting(run()).id)
        weight_desk.duplicate_and_change(original, "compare")
