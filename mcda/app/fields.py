"""One field of a form: its name in the model, its label, and the widget that asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Literal

import streamlit as st
from pydantic import TypeAdapter, ValidationError

from mcda.analysis.wording import and_list, number
from mcda.app import widgets
from mcda.app.state import still_to_come
from mcda.project import Criterion, LevelScale
from mcda.project.items import Item
from mcda.project.personal import personal_signs
from mcda.project.text import MAX_NAME, MAX_TEXT

_EARLIEST, _LATEST = date(1990, 1, 1), date(2100, 12, 31)
_EVERY_DECIMAL = "%.12g"
_NOTHING = ""

NUMBER_OR_RANGE = "a number, or a range: 10..20"
"""How a score may be written in one field."""

FieldKind = Literal[
    "line", "text", "lines", "choice", "radio", "many", "date", "number", "whole", "flag"
]


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name in the model, its label, and how it is asked for.

    Attributes:
        name: the name of the model's field.
        label: what it is called on screen; plain text.
        kind: "line" and "text" are free text, on one line or several; "lines" is a list with an
            entry a line; "choice" is one of the
            ``options``, "radio" one of a few that are all in view, "many" any number of them;
            then a date, a number, a whole number, and a tick.
        options: the words of each value.
        none: the words for no choice at all, where the model allows it.
        help: an explanation behind the question mark; plain text.
        placeholder: an example, in an empty field of text.
        refers: the kind of item of the diagnosis or the plan whose names are the options.
        least: the smallest whole number.
        most: the largest whole number.
        warns: whether a text that looks like data about one person is warned of: not where a
            phone number belongs.
        past: whether a day still to come is asked about, since it says that something happened.
    """

    name: str
    label: str
    kind: FieldKind = "line"
    options: Mapping[str, str] | None = None
    none: str = ""
    help: str = ""
    placeholder: str = ""
    refers: type[Item] | None = None
    least: int | None = None
    most: int | None = None
    warns: bool = True
    past: bool = False


Row = tuple[Field, ...]
Values = dict[str, Any]


def words(*values: str) -> dict[str, str]:
    """Return options that are their own words, with a capital.

    >>> words("not started", "done")
    {'not started': 'Not started', 'done': 'Done'}
    """
    return {value: value[:1].upper() + value[1:] for value in values}


def named(items: Sequence[Item]) -> dict[str, str]:
    """Return the names of items by id, as options to refer to."""
    return {item.id: item.name for item in items}


def level_words(criterion: Criterion) -> dict[str, str]:
    """Return the levels of a criterion with their words, as options; none where it has numbers.

    >>> from mcda.project import Level, LevelScale
    >>> levels = (Level(level=1, anchor="none"), Level(level=2, anchor="some"))
    >>> level_words(Criterion(id="fit", name="Fit", scale=LevelScale(levels=levels)))
    {'1': '1: none', '2': '2: some'}
    """
    levels = criterion.scale.levels if isinstance(criterion.scale, LevelScale) else ()
    return {str(level.level): f"{level.level}: {level.anchor}" for level in levels}


def score_field(name: str, label: str, criterion: Criterion, hint: str = "") -> Field:
    """Return the field of a score: a level in its words, or a number or range in its unit.

    ``hint`` says how a number or range may be written.
    """
    levels = level_words(criterion)
    if levels:
        return Field(name, label, "choice", levels)
    unit = f", in {criterion.unit}" if criterion.unit else ""
    return Field(name, f"{label}{unit}", placeholder=hint, warns=False)


def told_apart(options: Mapping[str, str]) -> dict[str, str]:
    """Return options with a number behind every word that stands there already.

    Streamlit knows a choice by its words alone.

    >>> told_apart({"a": "Advocate", "b": "Advocate", "c": "Training"})
    {'a': 'Advocate', 'b': 'Advocate (2)', 'c': 'Training'}
    """
    told: dict[str, str] = {}
    for value, text in options.items():
        shown, count = text, 1
        while shown in told.values():
            count += 1
            shown = f"{text} ({count})"
        told[value] = shown
    return told


def warn_of_personal(text: str) -> None:
    """Warn where a text looks like data about one person; it never keeps anyone from saving."""
    signs = personal_signs(text)
    if signs:
        st.warning(
            f"This looks like {and_list(list(signs))}. Leave out what tells of one person: "
            "programs and totals only."
        )


def plain(field: Field, value: Any) -> object:  # noqa: ANN401 - whatever a widget holds
    """Return a value as the model takes it, whether it comes from there or from a widget."""
    match field.kind:
        case "line" | "text":
            return value or ""
        case "choice" | "radio":
            return value or None
        case "lines" | "many":
            return _entries(value)
        case "flag":
            return bool(value)
        case "number":
            return None if value is None else float(value)
        case _:
            return value


def _entries(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - as above
    """Return several values; typed text has one on each line."""
    if isinstance(value, str):
        return tuple(line.strip() for line in value.splitlines() if line.strip())
    return tuple(value or ())


def in_words(field: Field, value: Any) -> str:  # noqa: ANN401 - as above
    """Return a value as a reader is told it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    options = field.options or {}
    if isinstance(value, tuple):
        return ", ".join(options.get(v, v) for v in value) or "(empty)"
    if isinstance(value, int | float):
        return number(value)
    return options.get(value, str(value)) if value else field.none or "(empty)"


def _ask_line(field: Field, value: str, shared: Values) -> None:
    now = st.text_input(
        widgets.escape(field.label),
        value,
        max_chars=MAX_NAME,
        placeholder=field.placeholder,
        **shared,
    )
    if field.warns:
        warn_of_personal(now or "")


def _ask_text(field: Field, value: str, shared: Values) -> None:
    now = st.text_area(
        widgets.escape(field.label),
        value,
        max_chars=MAX_TEXT,
        height="content",
        placeholder=field.placeholder,
        **shared,
    )
    if field.warns:
        warn_of_personal(now or "")


def _ask_lines(field: Field, value: tuple[str, ...], shared: Values) -> None:
    _ask_text(field, "\n".join(value), shared)


def _ask_choice(field: Field, value: str | None, shared: Values) -> None:
    options = _options(field, (value,) if value else ())
    if field.none:
        options = {_NOTHING: field.none} | options
    shown = told_apart(options)
    start = value or (_NOTHING if field.none else None)
    st.selectbox(
        widgets.escape(field.label),
        list(shown),
        None if start is None else list(shown).index(start),
        format_func=partial(_word, shown),
        placeholder="Choose",
        **shared,
    )


def _ask_radio(field: Field, value: str | None, shared: Values) -> None:
    options = dict(field.options or {})
    st.radio(
        widgets.escape(field.label),
        list(options),
        list(options).index(value) if value in options else None,
        format_func=partial(_word, options),
        horizontal=True,
        **shared,
    )


def _ask_many(field: Field, value: tuple[str, ...], shared: Values) -> None:
    shown = told_apart(_options(field, value))
    st.multiselect(
        widgets.escape(field.label),
        list(shown),
        list(value),
        format_func=partial(_word, shown),
        placeholder="Choose" if shown else "There is nothing to choose from yet",
        **shared,
    )


def _options(field: Field, chosen: Sequence[str]) -> dict[str, str]:
    """Return the options, and what has been chosen although it is not there any more."""
    options = dict(field.options or {})
    return options | {v: f"{v} (not there any more)" for v in chosen if v not in options}


def _word(shown: Mapping[str, str], value: str) -> str:
    return shown.get(value, value)


def _ask_date(field: Field, value: date | None, shared: Values) -> None:
    _begin_clearable(value, shared)
    now = st.date_input(
        widgets.escape(field.label),
        None,
        min(_EARLIEST, value or _EARLIEST),
        max(_LATEST, value or _LATEST),
        format="YYYY-MM-DD",
        **shared,
    )
    if field.past and isinstance(now, date) and still_to_come(now):
        st.warning("This day is still to come. Enter it once it has happened.")


def _ask_number(field: Field, value: float | None, shared: Values) -> None:
    _begin_clearable(value, shared)
    whole = value is None or value.is_integer()
    st.number_input(
        widgets.escape(field.label),
        value=None,
        step=1.0 if whole else 0.1,
        format=_EVERY_DECIMAL,
        **shared,
    )


def _ask_whole(field: Field, value: int | None, shared: Values) -> None:
    _begin_clearable(value, shared)
    st.number_input(
        widgets.escape(field.label),
        field.least,
        field.most,
        None,
        step=1,
        **shared,
    )


def _begin_clearable(value: object, shared: Values) -> None:
    """Begin with a value that may be taken away again.

    What Streamlit is given as the value of such a widget comes back as soon as it is emptied.
    """
    st.session_state.setdefault(shared["key"], value)


def _ask_flag(field: Field, value: bool, shared: Values) -> None:
    st.checkbox(widgets.escape(field.label), value, **shared)


_ASK: dict[FieldKind, Callable[[Field, Any, Values], None]] = {
    "line": _ask_line,
    "text": _ask_text,
    "lines": _ask_lines,
    "choice": _ask_choice,
    "radio": _ask_radio,
    "many": _ask_many,
    "date": _ask_date,
    "number": _ask_number,
    "whole": _ask_whole,
    "flag": _ask_flag,
}


def ask(field: Field, value: object, key: str, changed: Callable[[], None] | None = None) -> None:
    """Show the widget of a field, which begins with a value as the model takes it.

    ``changed`` is called after each change of it.
    """
    shared: Values = {
        "key": key,
        "help": widgets.escape(field.help) if field.help else None,
        "on_change": changed,
        "persist_state": "session",
    }
    _ASK[field.kind](field, value, shared)


# --- as a draft keeps it

_TYPES: dict[FieldKind, TypeAdapter[Any]] = {
    "line": TypeAdapter(str),
    "text": TypeAdapter(str),
    "lines": TypeAdapter(tuple[str, ...]),
    "choice": TypeAdapter(str | None),
    "radio": TypeAdapter(str | None),
    "many": TypeAdapter(tuple[str, ...]),
    "date": TypeAdapter(date | None),
    "number": TypeAdapter(float | None),
    "whole": TypeAdapter(int | None),
    "flag": TypeAdapter(bool),
}


def restored(fields: Iterable[Field], kept: Mapping[str, object]) -> Values:
    """Return values that were kept as JSON as the model takes them.

    What is kept of a field that is not there any more, or is another kind of field now, is left
    out.

    >>> restored([Field("on", "On", "date"), Field("n", "N", "whole")], {"on": "2026-02-03"})
    {'on': datetime.date(2026, 2, 3)}
    >>> restored([Field("n", "N", "whole")], {"n": "many", "gone": 1})
    {}
    """
    values: Values = {}
    for field in fields:
        if field.name in kept:
            with suppress(ValidationError):
                values[field.name] = _TYPES[field.kind].validate_python(kept[field.name])
    return values
