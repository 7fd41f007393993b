"""Entries of the catalogue that may help with a gap, each to be added as a support."""

from __future__ import annotations

import html

import streamlit as st

from mcda.app import widgets
from mcda.app.catalogue_list import with_entry
from mcda.app.lexicon import HELP
from mcda.app.locked import LOCKED, is_locked
from mcda.app.state import edit, project, state
from mcda.lifecycle import GapSupports, SuggestedSupport, suggested_supports
from mcda.project.text import quoted

_KINDS = {
    "readiness": "Readiness is low",
    "factor": "A system gap",
    "service": "Missing in a service",
}


def show_supports() -> None:
    """Show every gap with what may help; those for which nothing is found are listed last."""
    st.header("What may help with the gaps?", help=HELP["support"], anchor=False)
    gaps = suggested_supports(project())
    if not gaps:
        widgets.say(
            "No gap is recorded: nothing is rated low, no factor is a system gap, and no service "
            "lacks anything."
        )
        return
    widgets.note(
        "Found by the words they share with the gap, or named beside the question. Ask "
        "the provider whether it is still offered."
    )
    for gap in gaps:
        if gap.suggestions:
            _show_gap(gap)
    bare = [gap for gap in gaps if not gap.suggestions]
    if bare:
        st.subheader("Nothing found in the catalogue", anchor=False)
        widgets.bullets((f"{_KINDS[g.kind]}: {g.name}" for g in bare), muted=True)


def _show_gap(gap: GapSupports) -> None:
    st.subheader(widgets.escape(gap.name), anchor=False)
    widgets.note(f"{_KINDS[gap.kind]}.")
    for at, suggestion in enumerate(gap.suggestions):
        told, offer = st.columns([4, 1], vertical_alignment="center")
        title, reason = html.escape(suggestion.entry.title), html.escape(suggestion.reason)
        told.html(f"<p><strong>{title}</strong><br>{reason}</p>")
        with offer:
            _offer_to_add(suggestion, f"support-{gap.kind}-{gap.item}-{at}")


def _offer_to_add(suggestion: SuggestedSupport, key: str) -> None:
    st.button(
        "In your list" if suggestion.chosen else "Add as a support",
        key=key,
        on_click=_add,
        args=(suggestion,),
        disabled=suggestion.chosen or is_locked(),
        help=_why(suggestion),
    )


def _why(suggestion: SuggestedSupport) -> str:
    if suggestion.chosen:
        return "It is in the list of the page Programs already."
    return LOCKED if is_locked() else HELP["support"]


def _add(suggestion: SuggestedSupport) -> None:
    entry = suggestion.entry
    label = f"support {quoted(entry.title)}"
    if edit(label, lambda decision: with_entry(decision, entry, "support")):
        state().notice = f"Saved: {label}."
