"""The lists of the diagnosis: what there is as a table, then the form to add or change one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from mcda import catalog
from mcda.app import widgets
from mcda.app.fields import Field, named, words
from mcda.app.forms import Form, recorded
from mcda.app.item_forms import ItemList, edit_items, show_table
from mcda.app.lexicon import HELP
from mcda.app.locked import LOCKED, is_locked
from mcda.app.state import edit, project, state
from mcda.lifecycle import diagnosis_tables, proposed_must_haves, with_proposed_must_have
from mcda.project import Asset, Condition, Factor, Goal
from mcda.project.entering import revised
from mcda.project.text import quoted

_RANKS = words("high", "medium", "low")
_NOT_SAID = "Not said"
_STATEMENT = (
    (Field("problem", "What is the problem here?", "text", help=HELP["problem"]),),
    (Field("boundaries", "What does this leave out?", "text"),),
    (Field("population", "For which groups?", "text", help=HELP["population"]),),
    (Field("missed", "Whom may our figures miss?", "text", help=HELP["missed"]),),
    (Field("place", "Where does it happen?", "text", help=HELP["where"]),),
)
_FACTOR = ItemList(
    Factor,
    (
        (Field("name", "The factor, in one line", placeholder="Nobody asks at intake"),),
        (
            Field("kind", "Kind", "choice", words("risk", "protective", "system gap")),
            Field("priority", "Priority", "choice", _RANKS, _NOT_SAID, HELP["priority"]),
        ),
        (
            Field("trend", "Trend", "choice", words("rising", "steady", "falling", "not known")),
            Field("confidence", "How sure are we?", "choice", _RANKS, _NOT_SAID),
        ),
        (Field("source", "How do we know? Totals, reports, meetings", "text"),),
    ),
)


def show_statement() -> None:
    """Ask what the problem is, for whom and where."""
    st.header("What is the problem?", anchor=False)
    form = Form(
        "diagnosis",
        _STATEMENT,
        recorded(project().diagnosis, _STATEMENT),
        about="the problem statement (Diagnose)",
    )
    form.show()
    widgets.privacy()
    form.buttons("Save the problem", partial(_save, form))


def _save(form: Form) -> None:
    if form.save(
        "problem statement",
        lambda decision, typed: decision.with_diagnosis(revised(decision.diagnosis, **typed)),
    ):
        state().notice = "Saved: problem statement."


def show_factors() -> None:
    """Show what drives the problem, and ask for more."""
    st.header("What drives it, and what guards against it?", help=HELP["factor"], anchor=False)
    _table("factors", ("Kind", "Priority", "Trend", "Confidence"))
    edit_items(_FACTOR)


def show_services() -> None:
    """Show what is there already, and ask for more."""
    st.header("What is there already?", help=HELP["service"], anchor=False)
    _table("assets", ("Provider", "Acts on", "What is missing"))
    edit_items(_services())


def _services() -> ItemList:
    entries = {e.id: e.title for e in catalog.entries()}
    factors = named(project().diagnosis.factors)
    rows = (
        (
            Field("name", "The service or strength", placeholder="A counselor in each school"),
            Field("provider", "Who provides it"),
        ),
        (
            Field("serves", "Whom it serves"),
            Field("catalog_id", "In the catalogue", "choice", entries, "Not in the catalogue"),
        ),
        (Field("factors", "Which factors does it act on?", "many", factors),),
        (Field("gap", "What is missing in it?", "text", help=HELP["gap"]),),
    )
    return ItemList(Asset, rows)


def show_goals() -> None:
    """Show what is to be reached, and ask for more."""
    st.header("What do we want to reach?", anchor=False)
    _table("goals", ("For whom", "By", "Answers to"))
    factors = named(project().diagnosis.factors)
    rows = (
        (Field("name", "What will be different"),),
        (Field("for_whom", "For whom"), Field("by", "By when", "date")),
        (Field("factors", "Which factors does it answer to?", "many", factors),),
    )
    edit_items(ItemList(Goal, rows))


def show_must_haves() -> None:
    """Show what any program must meet here, and carry it into the selection on request."""
    st.header("What must any program meet here?", help=HELP["must-have"], anchor=False)
    _table("must_haves", ("What it means", "Why"))
    _offer_to_carry()
    rows = (
        (Field("name", "The condition, in a few words"),),
        (Field("definition", "What it means", "text"),),
        (Field("reason", "Why here?", "text"),),
    )
    edit_items(ItemList(Condition, rows))


def _offer_to_carry() -> None:
    waiting = proposed_must_haves(project())
    if not waiting:
        if project().diagnosis.must_haves:
            widgets.note("All of these are must-haves of the selection.")
        return
    widgets.say("Not yet a must-have of the selection:")
    for condition in waiting:
        told, offer = st.columns([3, 1], vertical_alignment="center")
        told.markdown(widgets.escape(condition.name))
        with offer:
            st.button(
                "Make it a must-have",
                key=f"carry-{condition.id}",
                on_click=_carry,
                args=(condition,),
                disabled=is_locked(),
                help=LOCKED if is_locked() else HELP["carry"],
            )


def _carry(condition: Condition) -> None:
    if edit(
        f"must-have {quoted(condition.name)}",
        lambda decision: with_proposed_must_have(decision, condition.id),
    ):
        state().notice = (
            f"{quoted(condition.name)} is a must-have now. Judge each program on the page Scores."
        )


def _table(field: str, headings: Sequence[str]) -> None:
    """Show a list with the columns that tell most; nothing where it is empty."""
    found = next((t for t in diagnosis_tables(project()) if t.id == field), None)
    if found is None:
        return
    show_table(found, headings)
