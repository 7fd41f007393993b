"""The guided tour on the worked example: one short remark a page."""

from __future__ import annotations

import html
from dataclasses import dataclass

import streamlit as st

from mcda.app.state import is_open, state
from mcda.app.steps import go


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop: the page, and what to look at there."""

    page: str
    text: str


STOPS = (
    Stop(
        "ranking",
        "This is where you are going: the answer first, then the bars. A hatched end is not known "
        "exactly.",
    ),
    Stop(
        "programs",
        "These are the programs the county looks at. “Continue as now” is always among them. "
        "Training and publications are kept apart as supports.",
    ),
    Stop(
        "criteria",
        "Each criterion has a range: its worst and best end. Weights are asked for that range.",
    ),
    Stop(
        "scores",
        "Every score has a source. Two are not known yet, and one program fails a must-have.",
    ),
    Stop(
        "weights",
        "Three people and the group said what matters. Nobody's answer is averaged away.",
    ),
    Stop(
        "compare",
        "Here you see who would choose what. The people disagree, and that is worth talking about.",
    ),
    Stop(
        "firm",
        "Here you see in how many of 100 sets of weights each program comes first, and what would "
        "change that.",
    ),
    Stop(
        "what_if",
        "Here you can try a change, such as another score. Our own ranking stays as it is.",
    ),
)


_ADDRESS = "tour"


def begin_tour() -> None:
    """Start the tour at its first stop."""
    state().tour = 0


def end_tour() -> None:
    """End the tour."""
    state().tour = None


def follow_address() -> None:
    """Keep the stop in the page's address, and after a reload take it from there.

    To be called once in every run, on every page.
    """
    here = state()
    if not here.tour_begun:
        here.tour_begun = True
        here.tour = _stop(st.query_params.get(_ADDRESS)) if is_open() else None
    if here.tour is None or not is_open():
        st.query_params.pop(_ADDRESS, None)
    else:
        st.query_params[_ADDRESS] = str(here.tour + 1)


def _stop(text: str | None) -> int | None:
    """Return the stop that an address names, counted from 1 there; None for any other text."""
    numbers = {str(at + 1): at for at in range(len(STOPS))}
    return numbers.get(text or "")


def show_tour(current: str) -> None:
    """Show the tour's remark where the visitor stands on its way, elsewhere how to go on."""
    at = state().tour
    if at is None or not is_open():
        return
    if current != STOPS[at].page:
        _show_paused(at)
        return
    last = at + 1 == len(STOPS)
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="tour"):
        step, text = f"Tour, {at + 1} of {len(STOPS)}.", html.escape(STOPS[at].text)
        st.html(f"<p><strong>{step}</strong> {text}</p>")
        if not last and st.button("Next stop", key="tour-next", type="primary"):
            state().tour = at + 1
            go(STOPS[at + 1].page)
        st.button("End the tour", key="tour-end", on_click=end_tour)


def _show_paused(at: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="tour-paused"):
        st.markdown(f"Tour paused at {at + 1} of {len(STOPS)}.", width="content")
        if st.button("Go on with the tour", key="tour-on"):
            go(STOPS[at].page)
        st.button("End the tour", key="tour-end", type="tertiary", on_click=end_tour)
