"""Forms of typed fields that keep what is typed until it is saved; and lists edited with them.

A ``Form`` asks for some fields of one thing. It is filled from what is recorded; what someone
types stays in it until it is saved, also where saving is refused, and over other pages. What
nobody has typed in always shows the project, so an undo or another tab's edit is seen at once.
Only what was typed is saved: another person's edit of another field stays.

``edit_items`` asks which item of a list of the diagnosis or the plan to change, or to add another,
and shows its form: give it an ``ItemList``, which names the kind of item and its fields in rows.
Fields of one row stand side by side.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, Literal, cast

import streamlit as st
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from mcda.analysis.wording import and_list, number
from mcda.app import widgets
from mcda.app.score_form import privacy
from mcda.app.state import edit, project, state
from mcda.charts import Column, DataTable
from mcda.lifecycle import ItemTable
from mcda.project import Diagnosis, Plan, Project, ProjectError
from mcda.project.entering import entered, revised
from mcda.project.items import Item
from mcda.project.personal import personal_signs
from mcda.project.text import MAX_NAME, MAX_TEXT, make_id, quoted

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_EARLIEST, _LATEST = date(1990, 1, 1), date(2100, 12, 31)
_EVERY_DECIMAL = "%.12g"
_NOTHING = ""
_NEW = "new"

FieldKind = Literal["line", "text", "choice", "many", "date", "number", "whole", "flag"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name in the model, its label, and how it is asked for.

    Attributes:
        name: the name of the model's field.
        label: what it is called on screen; plain text.
        kind: "line" and "text" are free text, on one line or several; "choice" is one of the
            ``options`` and "many" any number of them; then a date, a number, a whole number, and
            a tick.
        options: the words of each value.
        none: the words for no choice at all, where the model allows it.
        help: an explanation behind the question mark; plain text.
        placeholder: an example, in an empty field of text.
        warns: whether a text that looks like data about one person is warned of: not where a
            phone number belongs.
    """

    name: str
    label: str
    kind: FieldKind = "line"
    options: Mapping[str, str] | None = None
    none: str = ""
    help: str = ""
    placeholder: str = ""
    refers: type[Item] | None = None
    warns: bool = True


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


# --- one form


@dataclass(slots=True)
class _Begun:
    """What a form was filled from, and how often it has been begun; None: from what is recorded."""

    number: int
    values: Values | None


class Form:
    """The fields of one thing, which keep what is typed until it is saved.

    Args:
        place: tells this form from every other one of the project.
        rows: the fields; those of one row stand side by side.
        recorded: what is recorded, by the name of the field; None where nothing is.
    """

    def __init__(self, place: str, rows: Sequence[Row], recorded: Mapping[str, object]) -> None:
        saved = state().saved
        self.rows = tuple(rows)
        self._place = f"form-{saved.key if saved else ''}-{place}"
        self._recorded = {f.name: recorded.get(f.name) for f in self.fields}
        begun = st.session_state.setdefault(self._place, _Begun(0, None))
        self._begun: _Begun = begun
        if begun.values is None:
            begun.values = dict(self._recorded)
        elif begun.values != self._recorded and not self.typed():
            self.begin_anew()
            self._begun = st.session_state[self._place]
            self._begun.values = dict(self._recorded)

    @property
    def fields(self) -> tuple[Field, ...]:
        """All its fields."""
        return tuple(field for row in self.rows for field in row)

    def key(self, name: str) -> str:
        """Return the session key of a field."""
        return f"{self._place}-{self._begun.number}-{name}"

    def typed(self) -> Values:
        """Return what has been typed and not saved yet, by the name of the field."""
        return {f.name: self._now(f) for f in self.fields if self._now(f) != self._before(f)}

    def values(self) -> Values:
        """Return what the fields show, by name."""
        return {f.name: self._now(f) for f in self.fields}

    def begin_anew(self) -> None:
        """Let go of what is typed; the fields show again what is recorded."""
        st.session_state[self._place] = _Begun(self._begun.number + 1, None)

    def save(self, label: str, change: Callable[[Project, Values], Project]) -> bool:
        """Save what is typed by a change of the project; call it in a callback.

        ``change`` takes the project and what was typed. Where it is refused, all that is typed
        stays in the fields. Returns whether it was saved.
        """
        typed = self.typed()
        if not edit(label, lambda project: change(project, typed)):
            return False
        self.begin_anew()
        return True

    def show(self, changed: Callable[[], None] | None = None) -> None:
        """Show the fields, and what someone else has changed meanwhile.

        ``changed`` is called after each change of a field: what saves as people go along.
        """
        self._show_overtaken()
        for row in self.rows:
            if len(row) == 1:
                self._ask(row[0], changed)
                continue
            columns = st.columns(len(row), vertical_alignment="bottom")
            for field, column in zip(row, columns, strict=True):
                with column:
                    self._ask(field, changed)

    # --- the values

    def _before(self, field: Field) -> object:
        """Return what the form was filled with."""
        return _plain(field, (self._begun.values or {}).get(field.name))

    def _now(self, field: Field) -> object:
        """Return what the field shows, as the model takes it."""
        key = self.key(field.name)
        if key not in st.session_state:
            return self._before(field)
        return _plain(field, st.session_state[key])

    def _show_overtaken(self) -> None:
        before = self._begun.values or {}
        changed = [f for f in self.fields if self._recorded[f.name] != before.get(f.name)]
        if not changed:
            return
        with st.container(border=True, key=f"{self._place}-overtaken"):
            widgets.say(
                "Someone else has changed this meanwhile. What you typed is still below. Saving "
                "keeps theirs, except where you typed something else."
            )
            items = "".join(
                f"<li><strong>{html.escape(f.label)}</strong>, now: "
                f"{html.escape(_in_words(f, self._recorded[f.name]))}</li>"
                for f in changed
            )
            st.html(f"<ul>{items}</ul>")

    # --- the widgets

    def _ask(self, field: Field, changed: Callable[[], None] | None) -> None:
        shared: Values = {
            "key": self.key(field.name),
            "help": widgets.escape(field.help) if field.help else None,
            "on_change": changed,
            "persist_state": "session",
        }
        _ASK[field.kind](field, self._before(field), shared)


def _plain(field: Field, value: Any) -> object:  # noqa: ANN401 - whatever a widget holds
    """Return a value as the model takes it, whether it comes from there or from a widget."""
    match field.kind:
        case "line" | "text":
            return value or ""
        case "choice":
            return value or None
        case "many":
            return tuple(value or ())
        case "flag":
            return bool(value)
        case "number":
            return None if value is None else float(value)
        case _:
            return value


def _in_words(field: Field, value: Any) -> str:  # noqa: ANN401 - as above
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
    st.date_input(
        widgets.escape(field.label),
        value,
        min(_EARLIEST, value or _EARLIEST),
        max(_LATEST, value or _LATEST),
        format="YYYY-MM-DD",
        **shared,
    )


def _ask_number(field: Field, value: float | None, shared: Values) -> None:
    st.number_input(
        widgets.escape(field.label), value=value, step=1.0, format=_EVERY_DECIMAL, **shared
    )


def _ask_whole(field: Field, value: int | None, shared: Values) -> None:
    st.number_input(widgets.escape(field.label), value=value, step=1, **shared)


def _ask_flag(field: Field, value: bool, shared: Values) -> None:
    st.checkbox(widgets.escape(field.label), value, **shared)


_ASK: dict[FieldKind, Callable[[Field, Any, Values], None]] = {
    "line": _ask_line,
    "text": _ask_text,
    "choice": _ask_choice,
    "many": _ask_many,
    "date": _ask_date,
    "number": _ask_number,
    "whole": _ask_whole,
    "flag": _ask_flag,
}


def recorded(item: BaseModel, rows: Sequence[Row]) -> Values:
    """Return what is recorded in a thing for the fields of a form."""
    return {field.name: getattr(item, field.name) for row in rows for field in row}


# --- a list of items


def item_table(table: ItemTable, headings: Sequence[str] = ()) -> DataTable:
    """Return a list as a table to read, with the columns that tell most.

    Without ``headings`` it has every column but the notes. Columns in which nothing stands are
    left out; days stand on one line, as numbers do.
    """
    wanted = headings or [h for h in table.headings[1:] if h != "Note"]
    columns = [0, *(table.headings.index(heading) for heading in wanted)]
    filled = [at for at in columns if any(row[at] for row in table.texts)]
    heads = tuple(
        Column(table.headings[at], table.numeric[at] or _has_days(row[at] for row in table.texts))
        for at in filled
    )
    rows = tuple(tuple(row[at] for at in filled) for row in table.texts)
    return DataTable(table.title, heads, rows)


def _has_days(texts: Iterable[str]) -> bool:
    return all(_DAY.fullmatch(text) for text in texts if text)


@dataclass(frozen=True, slots=True)
class ItemList:
    """How the items of one kind are asked for.

    Attributes:
        kind: the kind of item, one of ``Diagnosis.LISTS`` or ``Plan.LISTS``.
        rows: the fields; what the item is called (``name``) is one of them.
        told: how an item is called in the list to choose from; its name if not given.
    """

    kind: type[Item]
    rows: tuple[Row, ...]
    told: Callable[[Any], str] = lambda item: cast("Item", item).name


def edit_items(of: ItemList) -> None:
    """Show which item to change, or a new one, and its form."""
    items = {item.id: item for item in _part(project(), of.kind).items(of.kind)}
    word = _word_of(of.kind)
    names = {_NOTHING: f"A new {word}"} | {i: of.told(item) for i, item in items.items()}
    item = items.get(_choose(of, told_apart(names)))
    place = f"{of.kind.__name__}-{item.id if item else _NEW}"
    rows = tuple(tuple(_offering(field, of.kind, item) for field in row) for row in of.rows)
    form = Form(place, rows, recorded(item, rows) if item else _defaults(of))
    form.show()
    privacy()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            f"Save the {word}" if item else f"Add the {word}",
            key=f"{place}-save",
            type="primary",
            on_click=_save,
            args=(of, item, form),
        )
        if item is not None:
            st.button(
                "Remove it",
                key=f"{place}-remove",
                on_click=_remove,
                args=(of, item),
                help="Undo brings it back.",
            )
        if form.typed():
            st.button("Cancel", key=f"{place}-cancel", on_click=form.begin_anew)
            st.markdown("Not saved yet.", width="content")


def _choose(of: ItemList, names: Mapping[str, str]) -> str:
    key = f"choose-{of.kind.__name__}"
    if st.session_state.get(key) not in names:
        st.session_state[key] = _NOTHING
    chosen: str = st.selectbox(
        f"{_word_of(of.kind).capitalize()} to add or change",
        list(names),
        format_func=partial(_word, names),
        key=key,
        persist_state="session",
    )
    return chosen


def _offering(field: Field, kind: type[Item], item: Item | None) -> Field:
    """Return a field that refers to other items with these as its options."""
    if field.refers is None:
        return field
    others = named(_part(project(), field.refers).items(field.refers))
    if item is not None and field.refers is kind:
        del others[item.id]
    return replace(field, options=others)


def _defaults(of: ItemList) -> Values:
    """Return what a new item has before anything is typed."""
    defaults = {
        field.name: of.kind.model_fields[field.name].get_default()
        for row in of.rows
        for field in row
    }
    return {name: None if v is PydanticUndefined else v for name, v in defaults.items()}


def _save(of: ItemList, item: Item | None, form: Form) -> None:
    name = str(form.values()["name"]).strip()
    label = f"{_word_of(of.kind)} {quoted(name)}"
    saved = form.save(
        label if item else f"add {label}",
        lambda decision, typed: _changed(of, item, form, decision, typed),
    )
    if saved:
        state().notice = f"Saved: {label}."


def _changed(
    of: ItemList, item: Item | None, form: Form, decision: Project, typed: Values
) -> Project:
    """Return the project with what was typed; raises ``ProjectError`` where it does not fit."""
    lacking = [
        f.label
        for f in form.fields
        if f.kind == "choice" and not f.none and form.values()[f.name] is None
    ]
    if lacking:
        raise ProjectError(f"{lacking[0]}: choose one.")
    part = _part(decision, of.kind)
    if item is None:
        taken = {i.id for i in part.items(of.kind)}
        values = form.values()
        new = entered(of.kind, values | {"id": make_id(str(values["name"]), taken)})
    else:
        new = revised(part.item(of.kind, item.id), **typed)
    return _with_part(decision, part.with_item(new))


def _remove(of: ItemList, item: Item) -> None:
    label = f"{_word_of(of.kind)} {quoted(item.name)}"

    def change(decision: Project) -> Project:
        return _with_part(decision, _part(decision, of.kind).without_item(of.kind, item.id))

    if edit(f"remove {label}", change):
        state().notice = f"Removed: {label}. Undo brings it back."


def _word_of(kind: type[Item]) -> str:
    lists = Plan.LISTS if kind in Plan.LISTS else Diagnosis.LISTS
    return lists[kind][1]


def _part(decision: Project, kind: type[Item]) -> Plan | Diagnosis:
    return decision.plan if kind in Plan.LISTS else decision.diagnosis


def _with_part(decision: Project, part: Plan | Diagnosis) -> Project:
    if isinstance(part, Plan):
        return decision.with_plan(part)
    return decision.with_diagnosis(part)
