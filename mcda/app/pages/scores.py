"""Scores: What is known about each program?"""

from __future__ import annotations

import streamlit as st


def page() -> None:
    """Show the page."""
    st.title("What is known about each program?", anchor=False)


if __name__ == "__main__":
    page()
