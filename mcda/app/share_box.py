"""The weight of one criterion in whole percent, by slider and by box, which follow each other."""

from __future__ import annotations

import streamlit as st

from mcda.app import widgets
from mcda.app.twins import Twin, twin


def share_box(key: str, name: str, now: int) -> int:
    """Ask for a criterion's share of the weight, which begins at what it is now.

    Args:
        key: begins the keys of both widgets; another key begins anew.
        name: the criterion's name.
        now: its share now, in percent.
    """
    both = twin(key, now)
    for widget in (both.slider_key, both.box_key):
        st.session_state.setdefault(widget, both.number)
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    label = f"Weight of {widgets.escape(name)}, in percent"
    left.slider(label, 0, 100, key=both.slider_key, on_change=_slid, args=(both, both.slider_key))
    right.number_input(
        "The same as a number",
        0,
        100,
        key=both.box_key,
        on_change=_typed,
        args=(both, both.box_key),
    )
    share = now if both.number is None else round(both.number)
    widgets.note(f"Now {now}%." if share == now else f"{share}% instead of {now}%.")
    return share


def _slid(both: Twin, key: str) -> None:
    both.slid_to(key, st.session_state.get(key))


def _typed(both: Twin, key: str) -> None:
    both.typed_in(key, st.session_state.get(key))
