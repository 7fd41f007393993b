"""Programs: Which programs could you choose?"""

from __future__ import annotations

import streamlit as st


def page() -> None:
    """Show the page."""
    st.title("Which programs could you choose?", anchor=False)


if __name__ == "__main__":
    page()
