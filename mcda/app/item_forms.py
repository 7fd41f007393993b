"""Lists around the selection, from diagnosis to evaluation: as a table, and with a form to change.

``edit_items`` asks which item of a list to change, or to add another, and shows its form: give it
an ``ItemList``, which names the kind of item and its fields in rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, cast

import streamlit as st
from pydantic_core import PydanticUndefined

from mcda.app import form_drafts, widgets
from mcda.app.fields import Field, Row, Values, named, told_apart
from mcda.app.forms import Form, recorded
from mcda.app.lexicon import HELP
from mcda.app.state import edit, project, state
from mcda.charts import Column, DataTable
from mcda.lifecycle import ItemTable, table_csv
from mcda.project import Diagnosis, Evaluation, Plan, Project, ProjectError
from mcda.project.entering import entered, revised
from mcda.project.items import Item
from mcda.project.text import make_id, quoted

# What several lists ask for.
NOTE: Row = (Field("note", "Note, kept out of the public edition", "text"),)
BY = Field("by", "By", help=HELP["owner"], placeholder="a role, not a name")
HOW_OFTEN = {
    "week": "Every week",
    "month": "Every month",
    "quarter": "Every quarter",
    "half year": "Every half year",
    "year": "Every year",
}

_NEW = ""
_PAGES = {Diagnosis: "Diagnose", Plan: "Implement", Evaluation: "Evaluate"}

Part = Diagnosis | Plan | Evaluation


# Where a page asks the question that a table's title answers, its caption names the list instead.
_CAPTIONS = {
    "factors": "Factors",
    "assets": "Services and strengths",
    "readiness": "Readiness",
    "components": "Core components",
    "fidelity": "Fidelity checks",
    "feedback": "Feedback",
}


def show_table(table: ItemTable, headings: Sequence[str] = ()) -> None:
    """Show a list as a table, with room for its first column: see theme.css."""
    with st.container(key=f"list-{table.id}"):
        widgets.table(item_table(table, headings))


def item_table(table: ItemTable, headings: Sequence[str] = ()) -> DataTable:
    """Return a list as a table to read, with the columns that tell most.

    Without ``headings`` it has every column but the notes. Columns in which nothing stands are
    left out.
    """
    wanted = headings or [h for h in table.headings[1:] if h != "Note"]
    columns = [0, *(table.headings.index(heading) for heading in wanted)]
    filled = [at for at in columns if any(row[at] for row in table.texts)]
    heads = tuple(Column(table.headings[at], table.numeric[at]) for at in filled)
    rows = tuple(tuple(row[at] for at in filled) for row in table.texts)
    return DataTable(_CAPTIONS.get(table.id, table.title), heads, rows)


def offer_csv(table: ItemTable) -> None:
    """Offer a list in full as CSV."""
    name = f"{make_id(project().info.title)}-{table.id}.csv"
    widgets.download("Download this table (CSV)", partial(table_csv, table), name)


@dataclass(frozen=True, slots=True)
class ItemList:
    """How the items of one kind are asked for.

    Attributes:
        kind: the kind of item, one of ``Diagnosis.LISTS``, ``Plan.LISTS`` or ``Evaluation.LISTS``.
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
    item = items.get(_choose(of, items))
    rows = tuple(tuple(_offering(field, of.kind, item) for field in row) for row in of.rows)
    form = Form(
        _place(of, item.id if item else _NEW),
        rows,
        recorded(item, rows) if item else _defaults(of),
        about=_about(of, item),
        thing=form_drafts.thing(item) if item else (),
    )
    form.show()
    widgets.privacy()
    row = form.buttons(
        f"Save the {word}" if item else f"Add the {word}",
        partial(_save, of, item, form),
    )
    if item is not None:
        row.button(
            "Remove it",
            key=f"{form.place}-remove",
            on_click=_remove,
            args=(of, item, form),
            help="Undo brings it back.",
        )


def _place(of: ItemList, item: str) -> str:
    return f"{of.kind.__name__}-{item or 'new'}"


def _about(of: ItemList, item: Item | None) -> str:
    """Return what a form is about, and on which page it stands."""
    page = _PAGES[type(_part(project(), of.kind))]
    word = _word_of(of.kind)
    return f"the {word} {quoted(item.name)} ({page})" if item else f"a new {word} ({page})"


def _choose(of: ItemList, items: Mapping[str, Item]) -> str:
    """Ask for the id of an item; at first the one whose form was left unsaved."""
    word = _word_of(of.kind)
    return choose_form(
        f"{word.capitalize()} to add or change",
        {_NEW: f"A new {word}"} | {i: of.told(item) for i, item in items.items()},
        f"choose-{of.kind.__name__}",
        partial(_place, of),
    )


def choose_form(
    label: str, options: Mapping[str, str], key: str, place: Callable[[str], str]
) -> str:
    """Ask which form to show; at first one that was left unsaved, else the first.

    Args:
        label: the words above the choice.
        options: the words of each form.
        key: the key of the choice.
        place: returns the place of a form.
    """
    names = told_apart(options)
    if st.session_state.get(key) not in names:
        waiting = (i for i in names if form_drafts.waits(place(i)))
        st.session_state[key] = next(waiting, next(iter(names)))
    chosen: str = st.selectbox(
        label,
        list(names),
        format_func=lambda i: names.get(i, i),
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
        if f.kind in ("choice", "radio") and not f.none and form.values()[f.name] is None
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


def _remove(of: ItemList, item: Item, form: Form) -> None:
    label = f"{_word_of(of.kind)} {quoted(item.name)}"

    def change(decision: Project) -> Project:
        return _with_part(decision, _part(decision, of.kind).without_item(of.kind, item.id))

    if edit(f"remove {label}", change):
        form.begin_anew()
        state().notice = f"Removed: {label}. Undo brings it back."


def _word_of(kind: type[Item]) -> str:
    return _part(project(), kind).LISTS[kind][1]


def _part(decision: Project, kind: type[Item]) -> Part:
    """Return the part of the project that has a list of this kind."""
    parts: tuple[Part, ...] = (decision.diagnosis, decision.plan, decision.evaluation)
    return next(part for part in parts if kind in part.LISTS)


def _with_part(decision: Project, part: Part) -> Project:
    match part:
        case Plan():
            return decision.with_plan(part)
        case Evaluation():
            return decision.with_evaluation(part)
    return decision.with_diagnosis(part)
