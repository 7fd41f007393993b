"""Compare: Who would choose what?"""

from __future__ import annotations

import streamlit as st


def page() -> None:
    """Show the page."""
    st.title("Who would choose what?", anchor=False)


if __name__ == "__main__":
    page()
