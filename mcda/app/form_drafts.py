"""What is typed in forms and not saved yet, so that it outlives a reload; no drawing here.

Every form reports itself once it is made. What is typed in it is then kept, named and brought
back with no further step of the page that shows it; see ``forms.Form``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import streamlit as st
from pydantic import TypeAdapter, ValidationError

from mcda.app import drafts
from mcda.app.state import project, project_key, run, today
from mcda.lifecycle.selecting_again import proposed_scores
from mcda.lifecycle.triggers import review_triggers
from mcda.project import (
    Criterion,
    Diagnosis,
    Evaluation,
    MustHave,
    Objective,
    Plan,
    Program,
    Run,
    Scenario,
    Weighting,
)
from mcda.project.items import Item

_SESSION = "form-drafts"
_KIND = "forms"

_KINDS = {kind.__name__ for part in (Diagnosis, Plan, Evaluation) for kind in part.LISTS}
_PARTS_OF_A_RUN = {
    Program.__name__: "programs",
    Criterion.__name__: "criteria",
    Objective.__name__: "objectives",
    MustHave.__name__: "must_haves",
    Weighting.__name__: "weightings",
    Scenario.__name__: "scenarios",
}

PartOfRun = Program | Criterion | Objective | MustHave | Weighting | Scenario
Thing = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What is typed in a form, by the name of the field.

    Attributes:
        about: what the form is about, such as "a new factor".
        thing: what it changes; empty where that cannot go away. See :func:`thing` and
            ``_is_asked``.
        before: what the fields showed in which something is typed.
        typed: what is typed there.
        told: the same in words, by the label of the field.
    """

    about: str
    thing: Thing
    before: dict[str, Any]
    typed: dict[str, Any]
    told: dict[str, str]


_DRAFT = TypeAdapter(Draft)


class Drafted(Protocol):
    """A form, which tells what is typed in it."""

    @property
    def place(self) -> str:
        """What tells it from every other form of the project."""

    def draft(self) -> Draft | None:
        """Return what is typed in it; None where nothing is."""

    def begin_anew(self) -> None:
        """Let go of what is typed."""


@dataclass
class _Session:
    """The forms of a project that this session has made, by place."""

    project: str
    forms: dict[str, Drafted] = field(default_factory=dict)


def _forms() -> dict[str, Drafted]:
    key = project_key()
    found = st.session_state.get(_SESSION)
    if not isinstance(found, _Session) or found.project != key:
        found = st.session_state[_SESSION] = _Session(key)
    return found.forms


def register(form: Drafted) -> None:
    """Have what is typed in a form kept from now on."""
    _forms()[form.place] = form


def left(place: str) -> Draft | None:
    """Return what was left in a form before this session made it."""
    text = drafts.kept(_KIND).get(place)
    return None if text is None else _read(text)


def unsaved() -> dict[str, Draft]:
    """Return what is typed and not saved, by place: also in forms not shown since a reload."""
    shown = _forms()
    before = {place: left(place) for place in drafts.kept(_KIND) if place not in shown}
    now = {place: form.draft() for place, form in shown.items()}
    return {place: draft for place, draft in (before | now).items() if draft is not None}


def waits(place: str) -> bool:
    """Say whether something is typed in a form and not saved."""
    form = _forms().get(place)
    return (left(place) if form is None else form.draft()) is not None


def lost() -> dict[str, Draft]:
    """Return what is typed about things that are not there any more."""
    return {place: draft for place, draft in unsaved().items() if not _is_there(draft.thing)}


def keep() -> None:
    """Keep what is typed and not saved; what has been saved or let go of is forgotten."""
    drafts.keep(
        _KIND, {place: _DRAFT.dump_json(draft).decode() for place, draft in unsaved().items()}
    )


def throw_away(place: str) -> None:
    """Forget what is typed in a form."""
    form = _forms().get(place)
    if form is not None:
        form.begin_anew()
    drafts.keep(_KIND, {p: text for p, text in drafts.kept(_KIND).items() if p != place})


def _read(text: str) -> Draft | None:
    """Read a draft; one that an older version wrote in another way is left out."""
    try:
        return _DRAFT.validate_json(text)
    except ValidationError:
        return None


# --- what a form changes


def thing(item: Item | PartOfRun | Run) -> Thing:
    """Return what tells whether this is still there: its kind and id, and the run it is of.

    Parts of a run are those of the latest one.
    """
    if isinstance(item, PartOfRun):
        return type(item).__name__, run().id, item.id
    return type(item).__name__, item.id


def thing_in_use(item: Program | Criterion) -> Thing:
    """Return what tells whether a program or criterion is still there and not set aside."""
    return "InUse", *thing(item)


def _is_there(of: Sequence[str]) -> bool:
    match of:
        case ["Run", run_id]:
            return run().id == run_id
        case ["InUse", kind, run_id, item]:
            return run().id == run_id and item in _ids_in_use(kind)
        case [kind, run_id, item] if kind in _PARTS_OF_A_RUN:
            return run().id == run_id and item in _ids(kind)
        case [kind, item] if kind in _KINDS:
            return item in _items(kind)
    return _is_asked(of)


def _is_asked(of: Sequence[str]) -> bool:
    """Say whether the evaluation still has what a form of Evaluate or Select again is about."""
    here = project()
    match of:
        case ["Observation", *place]:
            return tuple(place) in {o.place for o in here.evaluation.observations}
        case ["Trigger", key]:
            return any(t.open and t.key == key for t in review_triggers(here, today()))
        case ["Selection", parent]:
            return not any(r.parent == parent and r.status == "draft" for r in here.runs)
        case ["Proposal", run_id, *cell]:
            known = run_id in {r.id for r in here.runs}
            asked = proposed_scores(here, run_id) if known else ()
            return cell in [[p.program.id, p.criterion.id] for p in asked]
    return True


def _ids(kind: str) -> set[str]:
    """Return the ids of one kind of part of the latest run."""
    name, of = _PARTS_OF_A_RUN[kind], run()
    return {part.id for part in getattr(of if hasattr(of, name) else of.evidence, name)}


def _ids_in_use(kind: str) -> set[str]:
    """Return the ids of the programs or criteria that are not set aside."""
    parts = run().candidates if kind == Program.__name__ else run().active_criteria
    return {part.id for part in parts}


def _items(kind: str) -> set[str]:
    """Return the ids in a list of the diagnosis, the plan or the evaluation."""
    here = project()
    parts: tuple[Diagnosis | Plan | Evaluation, ...] = (here.diagnosis, here.plan, here.evaluation)
    return {
        item.id
        for part in parts
        for listed in part.LISTS
        if listed.__name__ == kind
        for item in part.items(listed)
    }
