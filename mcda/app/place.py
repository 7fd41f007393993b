"""Where a visitor is: on coming to another place, the page is at its top and the focus there.

Streamlit leaves the page scrolled as it was, and the keyboard nowhere. A small script of our own,
``static/place.js``, puts both right. Where a browser or host does not run it, all else works.
"""

from __future__ import annotations

import html
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

_KEY = "place-part"
_SCRIPT = Path(__file__).parent / "static" / "place.js"


@cache
def script() -> str:
    """Return the script, which the security policy must allow."""
    return _SCRIPT.read_text(encoding="utf-8")


def begin() -> DeltaGenerator:
    """Return the spot for the marker, to be made early in a run, so that it never moves."""
    st.session_state[_KEY] = ("", "")
    return st.container(key="place")


def mark(part: str, at: str) -> None:
    """Name the part of the page that is shown, such as a step; ``at`` is the selector of its head.

    When the next run names another part of the same page, the visitor is brought to its head.
    """
    st.session_state[_KEY] = (part, at)


def show(spot: DeltaGenerator, page: str) -> None:
    """Tell the browser the place, once the whole page is drawn."""
    part, at = (html.escape(text) for text in st.session_state[_KEY])
    marker = f'<div data-page="{html.escape(page)}" data-part="{part}" data-at="{at}"></div>'
    spot.html(f"{marker}<script>{script()}</script>", unsafe_allow_javascript=True)
