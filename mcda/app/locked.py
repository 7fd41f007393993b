"""Whether the selection has been decided, and what stands above its pages then."""

from __future__ import annotations

import streamlit as st

from mcda.app import widgets
from mcda.app.state import is_open, run
from mcda.app.steps import link_to
from mcda.project.text import day_text

LOCKED = "This selection has been decided and is locked. Select again to change it."
_OPEN = frozenset({"home", "overview", "diagnose", "decide", "implement", "evaluate", "again"})


def is_locked() -> bool:
    """Say whether the selection has been decided, so that nothing in it may change."""
    return run().status == "decided"


def banner(current: str) -> None:
    """Say calmly that the selection is locked, on every page that shows or edits it."""
    if not is_open() or current in _OPEN or not is_locked():
        return
    with st.container(border=True, key="locked"):
        widgets.say(locked_text())
        link_to("decide", "See the decision, or select again from it")


def locked_text() -> str:
    """Return since when the selection is locked, and what that means."""
    record = run().record
    when = f" on {day_text(record.decided_on)}" if record and record.decided_on else ""
    return f"Decided{when} and locked: nothing on this page changes any more."
