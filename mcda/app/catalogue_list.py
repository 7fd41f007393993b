"""The catalogue, to be filtered and chosen from."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from typing import Literal

import streamlit as st

from mcda import catalog
from mcda.app import widgets
from mcda.app.lexicon import HELP
from mcda.app.lines import line
from mcda.app.state import edit, run
from mcda.catalog import KINDS, MARKS, SECTIONS, Entry
from mcda.project import Program, Project
from mcda.project.aside import ChoiceRole
from mcda.project.entering import entered
from mcda.project.text import MAX_NAME, counted, make_id, quoted

_PAGE = 10
_SHOWN = "catalogue-shown"
_BUTTON = 84  # pixels, so that the lines end in one place
_GROUPS: dict[str, tuple[str, Callable[[str], bool]]] = {
    "candidates": ("To choose", catalog.is_candidate_kind),
    "supports": ("Supports", lambda kind: not catalog.is_candidate_kind(kind)),
    "all": ("All", lambda _: True),
}


def show_catalogue() -> None:
    """Show the filters and the entries that pass them, ten at first."""
    st.header("Catalogue", anchor=False)
    widgets.note("What two U.S. sources listed in 2015 and 2018. Add what fits your problem.")
    found = _filtered()
    shown = st.session_state.setdefault(_SHOWN, _PAGE)
    if not found:
        widgets.say("Nothing in the catalogue matches. Use fewer words, or take a filter away.")
        return
    widgets.note(_counted(len(found), min(shown, len(found))))
    chosen = {p.catalog_id: p for p in run().evidence.programs if p.catalog_id is not None}
    for entry in found[:shown]:
        _show_entry(entry, chosen.get(entry.id))
    rest = len(found) - shown
    if rest > 0:
        st.button(f"Show {min(rest, _PAGE)} more", key="catalogue-more", on_click=_show_more)


def _counted(found: int, shown: int) -> str:
    entries = counted(found, "entry", "entries")
    return entries if shown == found else f"{entries}; the first {shown} are shown."


def _filtered() -> tuple[Entry, ...]:
    """Ask what to show and return the entries that pass."""
    group = st.segmented_control(
        "Show",
        list(_GROUPS),
        default="candidates",
        required=True,
        format_func=lambda g: _GROUPS[g][0],
        key="catalogue-group",
        help=HELP["support"],
        persist_state="session",
        on_change=_start_over,
    )
    belongs = _GROUPS[group or "all"][1]
    words = _text("Search words", "words", "Words in the title, summary, provider or audience.")
    with st.expander("More filters"):
        kinds = _choice("Kinds", f"kinds-{group}", {k: v for k, v in KINDS.items() if belongs(k)})
        marks = _choice("Marks (all of these)", "marks", MARKS, HELP["marks"])
        sections = _choice("Sections", "sections", SECTIONS)
        provider = _text("Provider", "provider", "Part of the provider's name.")
        audience = _text("Audience", "audience", "Part of whom it is meant for.")
    passing = catalog.find(
        mark=marks, kind=kinds, section=sections, provider=provider, audience=audience, words=words
    )
    return tuple(entry for entry in passing if belongs(entry.kind))


def _text(label: str, name: str, help_text: str) -> str:
    given = st.text_input(
        label,
        key=f"catalogue-{name}",
        max_chars=MAX_NAME,
        help=help_text,
        on_change=_start_over,
        persist_state="session",
    )
    return given or ""


def _choice(label: str, name: str, labels: Mapping[str, str], help_text: str = "") -> list[str]:
    return st.multiselect(
        label,
        list(labels),
        format_func=labels.__getitem__,
        key=f"catalogue-{name}",
        help=help_text or None,
        placeholder="Any",
        on_change=_start_over,
        persist_state="session",
    )


def _start_over() -> None:
    st.session_state[_SHOWN] = _PAGE


def _show_more() -> None:
    st.session_state[_SHOWN] += _PAGE


def _show_entry(entry: Entry, chosen: Program | None) -> None:
    """Show one entry on a line with a button to add it, and what is known of it behind a click."""
    label = f"{widgets.escape(entry.title)} · {KINDS[entry.kind].lower()}"
    usual: ChoiceRole = "candidate" if catalog.is_candidate_kind(entry.kind) else "support"
    other: ChoiceRole = "support" if usual == "candidate" else "candidate"
    why = f"It is in your list as “{widgets.escape(chosen.name)}”." if chosen else None
    with st.container(horizontal=True, wrap=False, gap="small", key=f"entry-{entry.id}"):
        with st.container(), line(label, _place(entry)) as is_open:
            if is_open:
                st.html(_details(entry))
                _offer_to_add(f"Add as a {other}", entry, other, why)
        _offer_to_add("Added" if chosen else "Add", entry, usual, why, _BUTTON)


def _details(entry: Entry) -> str:
    marks = ", ".join(MARKS[mark] for mark, checked in entry.marks.items() if checked)
    under = catalog.get(entry.parent).title if entry.parent else ""
    facts = {
        "Part of": under,
        "Provider": entry.provider,
        "For": entry.audience,
        "Listed": f"{entry.year}, under {SECTIONS[entry.section]}",
        "Marks": marks,
        "Figures": entry.figures,
        "Note": entry.note,
        "Source": entry.citation,
    }
    lines = "".join(
        f"<p><strong>{name}:</strong> {html.escape(text)}</p>"
        for name, text in facts.items()
        if text
    )
    parts = widgets.bullets_html((p.title, p.summary) for p in catalog.children(entry.id))
    inside = f"<p><strong>Listed under it:</strong></p>{parts}" if parts else ""
    question = html.escape(catalog.availability_question(entry))
    return f"<p>{html.escape(entry.summary)}</p>{lines}{inside}<p><em>{question}</em></p>"


def _offer_to_add(
    label: str,
    entry: Entry,
    role: ChoiceRole,
    why_not: str | None,
    width: Literal["content"] | int = "content",
) -> None:
    st.button(
        label,
        key=f"add-{role}-{entry.id}",
        disabled=why_not is not None,
        help=why_not or HELP[role],
        on_click=_add,
        args=(entry, role),
        width=width,
    )


def _place(entry: Entry) -> str:
    return f"catalogue-entry-{entry.id}"


def _add(entry: Entry, role: ChoiceRole) -> None:
    """Add an entry, and close what is open of it."""
    if edit(f"add {quoted(entry.title)}", lambda project: with_entry(project, entry, role)):
        st.session_state[_place(entry)] = False


def with_entry(project: Project, entry: Entry, role: ChoiceRole) -> Project:
    """Add an entry to the project's programs; one that is there already is left as it is."""
    programs = project.run().evidence.programs
    if any(p.catalog_id == entry.id for p in programs):
        return project
    fields = {
        "id": make_id(entry.title, {p.id for p in programs}),
        "name": entry.title,
        "role": role,
        "kind": entry.kind,
        "catalog_id": entry.id,
        "description": entry.summary,
    }
    return project.with_program(entered(Program, fields))
