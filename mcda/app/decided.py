"""What was decided: the choice with its record, its lock, and the decisions before it."""

from __future__ import annotations

import streamlit as st

from mcda.app import widgets
from mcda.app.lexicon import HELP
from mcda.app.state import project, run, today
from mcda.app.steps import link_to
from mcda.charts import Column, DataTable, day_cell
from mcda.project import Record, Run
from mcda.project.text import day_text

_TOLD = (
    ("reasons", "Why we chose it"),
    ("departure", "Why not the program ahead"),
    ("dissent", "Other views"),
    ("risks", "Risks here that it is adapted to"),
    ("strengths", "Strengths here that it builds on"),
    ("strategy", "How it is adapted"),
)
_SHORT_HASH = 12


def show_locked(of: Run) -> None:
    """Show what was decided, that it is locked, and what can be done next."""
    record = of.record
    if record is None:
        return
    widgets.answer(f"We chose {of.program(record.choice).name}.")
    widgets.say(_when_told(record))
    if record.review_on and record.review_on < today():
        st.warning(
            f"It was to be looked at again on {day_text(record.review_on)}. Go to Select again."
        )
    _show_lock(of)
    with st.container(horizontal=True, vertical_alignment="center", key="decide-next"):
        link_to("again", "Select again from this decision")
        link_to("export", "Export the final report")
        link_to("implement", "Plan how it is carried out")
    st.header("What was recorded", anchor=False)
    for name, title in _TOLD:
        text = getattr(record, name).strip()
        if text:
            st.subheader(title, anchor=False)
            for part in text.split("\n\n"):
                widgets.say(part)
    if record.approvals:
        rows = tuple((a.role, day_text(a.on) if a.on else "not said") for a in record.approvals)
        columns = (Column("Role"), Column("On", numeric=True))
        widgets.table(DataTable("Approved by", columns, rows))


def _when_told(record: Record) -> str:
    decided = f"Decided on {day_text(record.decided_on)}." if record.decided_on else "Decided."
    review = f" To be looked at again on {day_text(record.review_on)}." if record.review_on else ""
    return decided + review


def _show_lock(of: Run) -> None:
    """Show the fingerprint of what was locked, and whether it still fits."""
    lock = of.lock or ""
    if lock != of.content_hash():
        widgets.problem(
            "The record does not fit its fingerprint: something was changed after it was locked."
        )
        return
    with st.container(border=True, key="decide-locked"):
        widgets.say(
            f"Locked. Fingerprint {fingerprint(of)}: what is recorded here is what was decided on."
        )
        with st.expander("What the lock means"):
            widgets.say(HELP["lock"])
            widgets.say(f"The whole fingerprint (SHA-256): {lock}")


def fingerprint(of: Run) -> str:
    """Return the start of a run's fingerprint, in groups of four, to be read out."""
    start = (of.lock or "")[:_SHORT_HASH]
    return " ".join(start[at : at + 4] for at in range(0, len(start), 4))


def show_earlier() -> None:
    """List the decisions before this one."""
    earlier = [r for r in project().runs if r.status == "decided" and r.id != run().id]
    if not earlier:
        return
    columns = (
        Column("Selection"),
        Column("Chosen"),
        Column("Decided on", numeric=True),
        Column("Fingerprint"),
    )
    rows = tuple(
        (
            r.title,
            r.program(r.record.choice).name,
            day_cell(r.record.decided_on),
            fingerprint(r),
        )
        for r in earlier
        if r.record is not None
    )
    st.header("Decisions before this one", anchor=False)
    widgets.table(DataTable("Earlier decisions, each locked", columns, rows))
