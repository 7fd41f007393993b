"""A notice for people who need help, at the foot of every page."""

from __future__ import annotations

import html

import streamlit as st

from mcda.app.state import project


def show_help_notice() -> None:
    """Show the notice, which is off until someone has entered when it was checked."""
    lines = project().info.hotline.lines
    if not lines:
        return
    first, *rest = map(html.escape, lines)
    last = f'<p><span class="bf-muted">{rest.pop()}</span></p>' if rest else ""
    between = "".join(f"<p>{line}</p>" for line in rest)
    parts = f"<p><strong>{first}</strong></p>{between}{last}"
    st.html(f'<div class="bf-notice" role="note">{parts}</div>')
