"""Criteria: What will you judge them on?"""

from __future__ import annotations

import streamlit as st


def page() -> None:
    """Show the page."""
    st.title("What will you judge them on?", anchor=False)


if __name__ == "__main__":
    page()
