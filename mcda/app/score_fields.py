"""The fields of one score: what is known, as a level, a number or a range, and from where."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from mcda.app import widgets
from mcda.app.fields import level_words
from mcda.app.lexicon import HELP
from mcda.app.score_cell import CONFIDENCES, KNOWN, Fields, recorded_fields
from mcda.app.score_drafts import field_key, typed_fields
from mcda.project import Criterion, LevelScale, NumberScale, Program, Run
from mcda.project.text import MAX_TEXT, number_text

_NUMBER_CHOICES = {"one": "One number", "range": "A range", "unknown": "Not known yet"}
_LEVEL_CHOICES = {"range": "Between two levels", "unknown": "Not known yet"}
_AMOUNTS = {
    "one": "Number",
    "low": "Lowest",
    "likely": "Likely (may stay empty)",
    "high": "Highest",
}
_EARLIEST, _LATEST = date(1900, 1, 1), date(2100, 12, 31)


def what_is_known(of: Run, program: Program, criterion: Criterion) -> Fields:
    """Ask for the level, or for the number, as one, as a range, or not known yet.

    While nothing is chosen the single number is offered: to give it is to choose it.
    """
    if isinstance(criterion.scale, LevelScale):
        return _level(of, program, criterion)
    recorded = recorded_fields(of.score(program.id, criterion.id))
    left, right = st.columns(2, vertical_alignment="bottom")
    left.radio(
        "What is known?",
        KNOWN,
        index=None if recorded.known is None else KNOWN.index(recorded.known),
        format_func=_NUMBER_CHOICES.__getitem__,
        key=field_key(of, program.id, criterion, "known"),
        help=HELP["unknown"],
        horizontal=True,
        persist_state="session",
    )
    now = typed_fields(of, program.id, criterion)
    with right:
        if now.known == "range":
            _ends(of, program, criterion)
        elif now.known != "unknown":
            _amount(of, program, criterion, "one")
    if now.known != "unknown":
        widgets.note(_range_words(criterion))
    return now


def _level(of: Run, program: Program, criterion: Criterion) -> Fields:
    """Ask for the level in its words; two levels, or not known yet, stand below them."""
    now = typed_fields(of, program.id, criterion)
    words = level_words(criterion)
    options = [*words, *_LEVEL_CHOICES]
    shown = now.one if now.known == "one" else now.known
    key = field_key(of, program.id, criterion, "pick")
    st.session_state[key] = shown if shown in options else None
    known, one = (field_key(of, program.id, criterion, name) for name in ("known", "one"))
    st.radio(
        "Level",
        options,
        index=None,
        format_func=lambda o: widgets.escape(words.get(o) or _LEVEL_CHOICES[o]),
        key=key,
        on_change=_pick,
        args=(key, known, one),
        help=HELP["anchor"],
    )
    if now.known == "range":
        _ends(of, program, criterion)
    return typed_fields(of, program.id, criterion)


def _pick(key: str, known: str, one: str) -> None:
    """Take a level, or that there are two or none, into the fields of the cell."""
    chosen = st.session_state[key]
    if chosen in _LEVEL_CHOICES:
        st.session_state[known] = chosen
    else:
        st.session_state[known], st.session_state[one] = "one", chosen


def _ends(of: Run, program: Program, criterion: Criterion) -> None:
    """Show the three fields of a range."""
    for name, column in zip(("low", "likely", "high"), st.columns(3), strict=True):
        with column:
            _amount(of, program, criterion, name)


def _amount(of: Run, program: Program, criterion: Criterion, name: str) -> None:
    """Show one field for a number in the criterion's unit, or for one of its levels."""
    key, label = field_key(of, program.id, criterion, name), _AMOUNTS[name]
    recorded = getattr(recorded_fields(of.score(program.id, criterion.id)), name)
    scale = criterion.scale
    if isinstance(scale, NumberScale):
        unit = f", in {scale.unit}" if scale.unit and name == "one" else ""
        st.text_input(
            widgets.escape(f"{label}{unit}"),
            value=recorded or "",
            key=key,
            on_change=_choose_one if name == "one" else None,
            args=(field_key(of, program.id, criterion, "known"),),
            persist_state="session",
        )
        return
    words = level_words(criterion)
    options = list(words)
    st.selectbox(
        label,
        options,
        index=options.index(recorded) if recorded in words else None,
        format_func=words.__getitem__,
        key=key,
        placeholder="Choose a level",
        persist_state="session",
    )


def _choose_one(known: str) -> None:
    """Take a number or level that is given for the choice of one."""
    st.session_state[known] = "one"


def _range_words(criterion: Criterion) -> str:
    scale = criterion.scale
    worst = criterion.with_unit(number_text(scale.worst))
    return f"Range: {worst} at worst, {number_text(scale.best)} at best."


def where_from(of: Run, program: Program, criterion: Criterion, now: Fields) -> None:
    """Ask who said so, when, and how sure they are."""
    recorded = recorded_fields(of.score(program.id, criterion.id))

    def key(name: str) -> str:
        return field_key(of, program.id, criterion, name)

    unknown = now.known == "unknown"
    box = st.expander(
        "Source and note",
        key=f"score-about-{program.id}-{criterion.id}",
        on_change="rerun",
    )
    with box:
        if box.open:
            _about_fields(unknown, recorded, key)


def _about_fields(unknown: bool, recorded: Fields, key: Callable[[str], str]) -> None:
    st.text_input(
        "Who was asked, or where did you look?" if unknown else "Source: who, or which document",
        value=recorded.source,
        key=key("source"),
        max_chars=MAX_TEXT,
        persist_state="session",
    )
    left, right = st.columns(2)
    left.date_input(
        "Date of the source",
        value=recorded.as_of,
        min_value=min(_EARLIEST, recorded.as_of or _EARLIEST),
        max_value=max(_LATEST, recorded.as_of or _LATEST),
        key=key("as_of"),
        format="YYYY-MM-DD",
        persist_state="session",
    )
    if not unknown:
        right.segmented_control(
            "How sure?",
            CONFIDENCES,
            default=recorded.confidence,
            format_func=str.capitalize,
            key=key("confidence"),
            help=HELP["confidence"],
            persist_state="session",
        )
    st.text_area(
        "Note",
        value=recorded.note,
        key=key("note"),
        height=80,
        max_chars=MAX_TEXT,
        persist_state="session",
    )
