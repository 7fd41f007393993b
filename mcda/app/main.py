"""The script that Streamlit runs for every visitor and every change."""

from __future__ import annotations

import logging

import streamlit as st

from mcda.app import place, shell, theme, unsaved, widgets
from mcda.app.state import begin, is_open
from mcda.app.steps import HOME, STEPS
from mcda.app.tour import follow_address
from mcda.project import ProjectError
from mcda.store import StoreError

_log = logging.getLogger(__name__)


def main() -> None:
    """Draw the page the visitor is on, with what stands around it."""
    st.set_page_config(layout="wide")
    pages = {
        step.id: st.Page(step.path, title=step.title, default=step is HOME, url_path=step.id)
        for step in (HOME, *STEPS)
    }
    current = st.navigation(list(pages.values()), position="hidden")
    here = next(key for key, page in pages.items() if page == current)
    theme.apply(projector=theme.projector_is_on())
    spot = place.begin()
    begin()
    st.set_page_config(page_title=shell.page_title(current.title))
    follow_address()
    unsaved.bring_back()
    shell.header(here)
    unsaved.show_lost()
    try:
        if is_open() or here == HOME.id:
            current.run()
        else:
            shell.empty_state()
    except (ProjectError, StoreError) as error:
        _log.warning("page %s: %s", here, error)
        widgets.problem(str(error))
    shell.footer(here)
    place.show(spot, here)
    unsaved.keep()


if __name__ == "__main__":
    main()
