"""Evaluate: is it working, and what did we learn?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from mcda.app import widgets
from mcda.app.evaluation_forms import (
    show_indicators,
    show_lessons,
    show_next_steps,
    show_passing_on,
    show_study,
)
from mcda.app.observation_forms import show_observations, show_results
from mcda.app.state import project, today
from mcda.app.steps import link_to
from mcda.lifecycle.evaluating import evaluation_headline
from mcda.lifecycle.indicators import IndicatorState, indicator_states
from mcda.lifecycle.triggers import review_triggers
from mcda.project.checks import around_findings


def page() -> None:
    """Show how the indicators stand, what asks for a review, and one part of the evaluation."""
    st.title("Is it working, and what did we learn?", anchor=False)
    states = indicator_states(project())
    widgets.answer(evaluation_headline(states))
    _show_triggers()
    titles = {part: title for part, (title, _) in _PARTS.items()}
    _PARTS[widgets.choose_part("Part", titles, "evaluate-part")][1](states)
    _show_questions()


def _show_triggers() -> None:
    """Say how many reasons there are to look at the decision again, and lead there."""
    count = sum(t.open for t in review_triggers(project(), today()))
    if not count:
        return
    reasons = "There is 1 open reason" if count == 1 else f"There are {count} open reasons"
    widgets.say(f"{reasons} to look at the decision again.")
    link_to("again")


def _show_questions() -> None:
    """Show what is worth asking about the evaluation."""
    asked = [f for f in around_findings(project()) if f.place.startswith("Evaluation")]
    if asked:
        with st.expander(f"Open questions about the evaluation: {len(asked)}"):
            widgets.finding_list(asked)


_PARTS: dict[str, tuple[str, Callable[[Sequence[IndicatorState]], None]]] = {
    "results": ("Results", show_results),
    "observed": ("Observed", lambda _: show_observations()),
    "indicators": ("Indicators", lambda _: show_indicators()),
    "plan": ("Evaluation plan", lambda _: show_study()),
    "lessons": ("Lessons", lambda _: show_lessons()),
    "next": ("What next", lambda _: show_next_steps()),
    "open": ("Pass on", lambda _: show_passing_on()),
}


if __name__ == "__main__":
    page()
