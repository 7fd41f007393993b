"""Lists to scan: one line an item, what there is to know and do behind a click."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st


@contextmanager
def line(label: str, key: str, *, opened: bool = False) -> Iterator[bool]:
    """Show a line that opens, and say whether it is open, so that only then it is filled.

    Streamlit takes an expander with another label for another one, which is closed; here it
    stays as it was when an edit changes its label. ``opened`` says whether it is open at first.
    """
    remembered = f"{key}-line"
    if opened and remembered not in st.session_state:
        st.session_state[key] = True
    before, was_open = st.session_state.get(remembered, (label, False))
    if before != label:
        st.session_state[key] = was_open
    with st.expander(label, key=key, on_change="rerun") as box:
        yield bool(box.open)
    st.session_state[remembered] = (label, bool(box.open))
