"""Weights: What matters most to you?"""

from __future__ import annotations

import streamlit as st


def page() -> None:
    """Show the page."""
    st.title("What matters most to you?", anchor=False)


if __name__ == "__main__":
    page()
