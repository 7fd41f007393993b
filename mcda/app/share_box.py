"""The weight of one criterion in whole percent, by slider and by box, which follow each other."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from mcda.app import widgets
from mcda.app.twins import Twin, twin


def share_box(  # noqa: PLR0913 - what a slider and a box need
    key: str,
    name: str,
    now: int,
    *,
    start: int | None = None,
    most: int = 100,
    changed: Callable[[int], None] | None = None,
) -> int:
    """Ask for a criterion's share of the weight, which begins at what it is now.

    Args:
        key: begins the keys of both widgets; another key begins anew.
        name: the criterion's name.
        now: its share now, in percent.
        start: where both widgets begin, if not at what it is now.
        most: the largest share that may be asked for.
        changed: called with a new share before the page is drawn again.
    """
    both = twin(key, now if start is None else start)
    for widget in (both.slider_key, both.box_key):
        st.session_state.setdefault(widget, both.number)
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    label = f"Weight of {widgets.escape(name)}, in percent"
    left.slider(
        label,
        0,
        most,
        key=both.slider_key,
        on_change=_slid,
        args=(both, both.slider_key, changed),
    )
    right.number_input(
        "The same as a number",
        0,
        most,
        key=both.box_key,
        on_change=_typed,
        args=(both, both.box_key, changed),
    )
    share = now if both.number is None else round(both.number)
    widgets.note(f"Now {now}%." if share == now else f"{share}% instead of {now}%.")
    return share


def _slid(both: Twin, key: str, changed: Callable[[int], None] | None) -> None:
    _told(both, both.slid_to(key, st.session_state.get(key)), changed)


def _typed(both: Twin, key: str, changed: Callable[[int], None] | None) -> None:
    _told(both, both.typed_in(key, st.session_state.get(key)), changed)


def _told(both: Twin, is_news: bool, changed: Callable[[int], None] | None) -> None:
    if is_news and changed is not None and both.number is not None:
        changed(round(both.number))
