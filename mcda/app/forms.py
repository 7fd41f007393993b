"""Forms of fields that keep what is typed until it is saved.

A ``Form`` asks for some fields of one thing. It is filled from what is recorded; what someone
types stays in it until it is saved or cancelled, also where saving is refused, over other pages,
and after a reload of the page. What nobody has typed in always shows the project, so an undo or
another tab's edit is seen at once. Only what was typed is saved: another person's edit of another
field stays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import streamlit as st
from pydantic import BaseModel
from streamlit.delta_generator import DeltaGenerator

from mcda.app import form_drafts, widgets
from mcda.app.fields import Field, Row, Values, ask, in_words, plain, restored
from mcda.app.form_drafts import Draft, Thing
from mcda.app.state import edit, project_key
from mcda.project import Project


@dataclass(slots=True)
class _Begun:
    """What a form was filled from, and how often it has been begun.

    Attributes:
        number: tells its widgets from those of the time before.
        before: what was recorded then; None: what is recorded now.
        start: what its widgets begin with where that is something else.
    """

    number: int
    before: Values | None = None
    start: Values = field(default_factory=dict)


class Form:
    """The fields of one thing, which keep what is typed until it is saved.

    Args:
        place: tells this form from every other one of the project.
        rows: the fields; those of one row stand side by side.
        recorded: what is recorded, by the name of the field; None where nothing is.
        about: what it asks about and where, such as "a new factor (Diagnose)".
        thing: what it changes, where that may go away; see :func:`form_drafts.thing`.
    """

    def __init__(
        self,
        place: str,
        rows: Sequence[Row],
        recorded: Mapping[str, object],
        *,
        about: str,
        thing: Thing = (),
    ) -> None:
        self.rows = tuple(rows)
        self.place = place
        self._about, self._thing = about, thing
        self._key = f"form-{project_key()}-{place}"
        self._recorded = {f.name: plain(f, recorded.get(f.name)) for f in self.fields}
        self._begin()
        form_drafts.register(self)

    def _begin(self) -> None:
        """Fill it from what is recorded, or go on with what was left in it."""
        if self._key not in st.session_state:
            st.session_state[self._key] = self._left()
        if self._begun.before is not None and self._begun.before != self._recorded:
            now = self.values()
            if all(self._recorded[name] == now[name] for name in self.typed()):
                self.begin_anew()
        if self._begun.before is None:
            self._begun.before = dict(self._recorded)

    def _left(self) -> _Begun:
        draft = form_drafts.left(self.place)
        if draft is None:
            return _Begun(0)
        before = self._recorded | restored(self.fields, draft.before)
        return _Begun(0, before, restored(self.fields, draft.typed))

    @property
    def _begun(self) -> _Begun:
        found: _Begun = st.session_state[self._key]
        return found

    @property
    def fields(self) -> tuple[Field, ...]:
        """All its fields."""
        return tuple(field for row in self.rows for field in row)

    def key(self, name: str) -> str:
        """Return the session key of a field."""
        return f"{self._key}-{self._begun.number}-{name}"

    # --- the values

    def typed(self) -> Values:
        """Return what has been typed and not saved yet, by the name of the field."""
        return {f.name: self._now(f) for f in self.fields if self._now(f) != self._before(f)}

    def values(self) -> Values:
        """Return what the fields show, by name."""
        return {f.name: self._now(f) for f in self.fields}

    def outcome(self) -> Values:
        """Return what saving would make of the fields, by name: what is typed, else recorded."""
        return self._recorded | self.typed()

    def draft(self) -> Draft | None:
        """Return what is typed as a draft to be kept; None where nothing is."""
        typed = self.typed()
        if not typed:
            return None
        return Draft(
            self._about,
            self._thing,
            {f.name: self._before(f) for f in self.fields if f.name in typed},
            typed,
            {f.label: in_words(f, typed[f.name]) for f in self.fields if f.name in typed},
        )

    def _before(self, field: Field) -> object:
        """Return what the form was filled with."""
        before = self._begun.before
        return plain(field, (self._recorded if before is None else before).get(field.name))

    def _start(self, field: Field) -> object:
        """Return what the widget of a field begins with."""
        start = self._begun.start
        return start[field.name] if field.name in start else self._before(field)

    def _now(self, field: Field) -> object:
        """Return what the field shows, as the model takes it."""
        key = self.key(field.name)
        if key not in st.session_state:
            return self._start(field)
        return plain(field, st.session_state[key])

    # --- what is done with them

    def put(self, values: Mapping[str, object]) -> None:
        """Put values into fields as if they were typed; call it in a callback."""
        before = self._begun
        start = {**self.typed(), **values}
        drawn = any(self.key(name) in st.session_state for name in values)
        number = before.number + 1 if drawn else before.number
        st.session_state[self._key] = _Begun(number, before.before, start)

    def begin_anew(self) -> None:
        """Let go of what is typed; the fields show again what is recorded."""
        st.session_state[self._key] = _Begun(self._begun.number + 1)

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

    # --- on screen

    def show(self, changed: Callable[[], None] | None = None) -> None:
        """Show the fields, and what someone else has changed meanwhile.

        ``changed`` is called after each change of a field: what saves as people go along.
        """
        self.show_overtaken()
        for row in self.rows:
            if len(row) == 1:
                self.ask(row[0].name, changed)
                continue
            columns = st.columns(len(row), vertical_alignment="bottom")
            for one, column in zip(row, columns, strict=True):
                with column:
                    self.ask(one.name, changed)

    def ask(self, name: str, changed: Callable[[], None] | None = None) -> None:
        """Show one field: for a form that is laid out by hand."""
        (field,) = (f for f in self.fields if f.name == name)
        ask(field, self._start(field), self.key(name), changed)

    def show_overtaken(self) -> None:
        """Show what someone else has recorded since the form was filled."""
        before = self._begun.before or {}
        changed = [
            f for f in self.fields if f.label and self._recorded[f.name] != before.get(f.name)
        ]
        if not changed:
            return
        with st.container(border=True, key=f"{self._key}-overtaken"):
            widgets.say(
                "Someone else has changed this meanwhile. What you typed is still below. Saving "
                "keeps theirs, except where you typed something else."
            )
            widgets.bullets(
                (f"{f.label}, now", in_words(f, self._recorded[f.name])) for f in changed
            )

    def buttons(
        self,
        label: str,
        save: Callable[[], None],
        *,
        primary: bool = True,
        blocked: str = "",
        cancel: Callable[[], None] | None = None,
    ) -> DeltaGenerator:
        """Show the button that saves, and one to cancel where something is typed.

        Args:
            label: the words on the button that saves.
            save: what it does.
            primary: whether it is what the page is for.
            blocked: why nothing can be saved now; nothing where it can.
            cancel: what cancelling does besides, for a form that closes: then it is always there.

        Returns:
            The row they stand in, for further buttons.
        """
        row = st.container(horizontal=True, vertical_alignment="center")
        row.button(
            label,
            key=f"{self.place}-save",
            type="primary" if primary else "secondary",
            on_click=save,
            disabled=bool(blocked),
            help=blocked or None,
        )
        typed = bool(self.typed())
        if typed or cancel:
            row.button("Cancel", key=f"{self.place}-cancel", on_click=self._cancel, args=(cancel,))
        if typed:
            row.markdown("Not saved yet.", width="content")
        return row

    def _cancel(self, further: Callable[[], None] | None) -> None:
        self.begin_anew()
        if further is not None:
            further()


def recorded(item: BaseModel, rows: Sequence[Row]) -> Values:
    """Return what is recorded in a thing for the fields of a form."""
    return {field.name: getattr(item, field.name) for row in rows for field in row}
