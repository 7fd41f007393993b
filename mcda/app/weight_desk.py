"""What a visitor is doing on the Weights page, and the edits to weightings it leads to."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from pydantic import TypeAdapter, ValidationError

from mcda.app import drafts
from mcda.app.state import edit, project_key, run, state, today
from mcda.app.weight_draft import (
    Draft,
    Method,
    copy_of,
    draft_of,
    draft_of_copy,
    is_news,
    new_draft,
    problem_with,
    problem_with_person,
    resumed,
    weighting_of,
)
from mcda.project import Weighting

_KEY = "weights-desk"
_DRAFT = TypeAdapter(Draft)


@dataclass
class Desk:
    """One visitor's place on the page: the draft, what was saved last, and where to go on.

    ``project`` is the key of the project it belongs to: another project starts afresh.
    ``place`` numbers the questions, so that each opens in a place of its own.
    ``count`` numbers the drafts, so that each has widgets of its own.
    """

    project: str
    draft: Draft | None = None
    saved: str | None = None
    go_on: str | None = None
    show_all: bool = False
    place: int = 0
    count: int = 0

    def next_key(self) -> str:
        """Return a key for the widgets of the next draft."""
        self.count += 1
        return str(self.count)

    def move(self) -> None:
        """Open another question."""
        self.place += 1


def desk() -> Desk:
    """Return the visitor's desk for the open project."""
    opened = project_key()
    found = st.session_state.get(_KEY)
    if not isinstance(found, Desk) or found.project != opened:
        found = st.session_state[_KEY] = Desk(opened)
    return found


def begin(person: str | None, role: str, method: Method) -> bool:
    """Begin the answers of the group, or of a person by code and role; say whether they began."""
    problem = None if person is None else problem_with_person(run(), person, role, waiting())
    if problem:
        state().problem = problem
        return False
    _open(new_draft(run(), desk().next_key(), method, person, role))
    return True


def change(weighting: Weighting, back_to: str | None = None) -> None:
    """Open a weighting to be changed; ``back_to`` names the page to go back to once saved."""
    _open(draft_of(run(), weighting, desk().next_key(), back_to))


def _open(draft: Draft) -> None:
    here = desk()
    here.draft, here.saved, here.show_all = draft, None, False
    here.move()


def stop() -> None:
    """Leave the answers without saving."""
    here = desk()
    if here.draft is not None:
        here.go_on = here.draft.back_to
        throw_away(here.draft)
    here.draft = None
    here.move()


def save(confirmed: bool) -> None:
    """Save the answers; where something is missing, say so and keep what there is."""
    here = desk()
    draft = here.draft
    if draft is None:
        return
    draft.problem = problem_with(draft, run())
    if draft.problem:
        return
    given = weighting_of(draft, run(), today(), confirmed=confirmed)
    if edit(f"weights of {given.name}", lambda p: p.with_weighting(given)):
        here.draft, here.saved, here.go_on = None, given.id, draft.back_to
        throw_away(draft)
        here.move()


def waiting() -> tuple[Draft, ...]:
    """Return the answers that were begun in this browser, then left, and not saved."""
    opened = desk().draft
    begun = (_read(text) for text in drafts.kept(_kind()).values())
    return tuple(d for d in begun if d is not None and (opened is None or d.id != opened.id))


def keep() -> None:
    """Keep the answers as they stand, so that they outlive a reload of the page."""
    draft = desk().draft
    if draft is None:
        return
    if is_news(draft, run()):
        text = _DRAFT.dump_json(draft).decode()
        drafts.keep(_kind(), {**drafts.kept(_kind()), draft.id: text})
    else:
        throw_away(draft)


def is_unsaved() -> bool:
    """Say whether any answers are begun and not saved."""
    draft = desk().draft
    return bool(waiting()) or (draft is not None and is_news(draft, run()))


def go_on(draft: Draft) -> None:
    """Go on with answers that were left."""
    _open(resumed(draft, run(), desk().next_key()))


def throw_away(draft: Draft) -> None:
    """Forget answers that are not saved, or are now."""
    others = {i: text for i, text in drafts.kept(_kind()).items() if i != draft.id}
    drafts.keep(_kind(), others)


def _kind() -> str:
    return f"weights/{run().id}"


def _read(text: str) -> Draft | None:
    """Read a draft; one that an older version wrote in another way is left out."""
    try:
        return _DRAFT.validate_json(text)
    except ValidationError:
        return None


def next_person() -> None:
    """Hide the answers that were just given, so that nobody is led by them."""
    here = desk()
    here.saved, here.show_all = None, False
    here.move()


def duplicate(weighting: Weighting) -> None:
    """Save a copy of a weighting."""
    copied = copy_of(run(), weighting)
    edit(f"copy of {weighting.name}", lambda p: p.with_weighting(copied))


def duplicate_and_change(weighting: Weighting, back_to: str | None = None) -> None:
    """Open a copy to be changed; it is recorded once it is saved, not before."""
    _open(draft_of_copy(run(), weighting, desk().next_key(), back_to))


def delete(weighting: Weighting) -> None:
    """Take a weighting out; undo brings it back."""
    edit(f"delete weights of {weighting.name}", lambda p: p.without_weighting(weighting.id))
