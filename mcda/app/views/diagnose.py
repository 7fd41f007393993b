"""Diagnose: what is the problem here, and are we ready?"""

from __future__ import annotations

import html
from collections.abc import Callable

import streamlit as st

from mcda.app import widgets
from mcda.app.diagnosis_forms import (
    show_factors,
    show_goals,
    show_must_haves,
    show_services,
    show_statement,
)
from mcda.app.gap_supports import show_supports
from mcda.app.item_forms import offer_csv
from mcda.app.lexicon import HELP
from mcda.app.match_forms import show_match
from mcda.app.readiness_form import show_readiness
from mcda.app.state import project, today
from mcda.charts import Column, DataTable
from mcda.lifecycle import (
    diagnosis_brief,
    diagnosis_headline,
    diagnosis_tables,
    overview,
)

_PART = "diagnose-part"


def page() -> None:
    """Show how far the diagnosis is, and one part of it."""
    st.title("What is the problem here, and are we ready?", anchor=False)
    widgets.answer(diagnosis_headline(project()))
    phase = overview(project(), today()).phase("diagnose")
    if phase.next:
        widgets.say(phase.sentence)
    titles = {part: title for part, (title, _) in _PARTS.items()}
    _PARTS[widgets.choose_part("Part", titles, _PART, HELP["parts"])][1]()


def _show_brief() -> None:
    """Show the diagnosis in sentences, what is open, and the lists to take away."""
    st.header("The diagnosis in brief", anchor=False)
    brief = diagnosis_brief(project())
    for part in brief.parts:
        paragraphs = "".join(f"<p>{html.escape(sentence)}</p>" for sentence in part.sentences)
        st.html(f"<h3>{html.escape(part.heading)}</h3><div>{paragraphs}</div>")
    if brief.open:
        st.html(f"<h3>Still open</h3>{widgets.bullets_html(brief.open)}")
    _offer_tables()


def _offer_tables() -> None:
    """Show each list in full, and offer it as CSV."""
    for found in diagnosis_tables(project()):
        with st.expander(
            f"Table: {found.title}", key=f"table-{found.id}", on_change="rerun"
        ) as box:
            if not box.open:
                continue
            columns = (
                Column(h, numeric=n) for h, n in zip(found.headings, found.numeric, strict=True)
            )
            widgets.table(DataTable(found.title, tuple(columns), found.texts))
            offer_csv(found)


_PARTS: dict[str, tuple[str, Callable[[], None]]] = {
    "problem": ("Problem", show_statement),
    "factors": ("Factors", show_factors),
    "services": ("Services", show_services),
    "readiness": ("Readiness", show_readiness),
    "goals": ("Goals", show_goals),
    "must-haves": ("Must-haves", show_must_haves),
    "match": ("Match", show_match),
    "supports": ("Supports", show_supports),
    "brief": ("Brief", _show_brief),
}


if __name__ == "__main__":
    page()
