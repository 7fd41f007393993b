"""What a visitor is trying out on the What if? page, and the edits that keep it; no drawing here.

What is tried out lives in the session as a scenario that is not saved. It outlives page changes,
and, in the same browser, a reload. The project changes only where a scenario is saved.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from mcda.analysis import Change
from mcda.app import drafts
from mcda.app.state import edit, project_key, run, state
from mcda.project import (
    AskedShare,
    Cap,
    ChangedScore,
    Criterion,
    Exact,
    Project,
    ProjectError,
    Run,
    Scenario,
)
from mcda.project.entering import entered, revised
from mcda.project.evidence import Amount
from mcda.project.recording import IncompleteScoreError, RefusedScoreError, read_score
from mcda.project.text import make_id

_KEY = "scenario-desk"
_KIND = "what-if"
_NEW = Scenario(id="new", title="Not saved")


@dataclass
class Desk:
    """One visitor's place on the page.

    ``draft`` is what is tried out, ``opened`` the id of the saved scenario it came from.
    ``count`` numbers the times it was replaced as a whole, so that the widgets show it anew;
    ``problem`` says why what was typed last makes no change.
    """

    project: str
    run: str
    draft: Scenario = _NEW
    opened: str | None = None
    count: int = 0
    problem: str = ""

    def replace(self, draft: Scenario, opened: str | None) -> None:
        """Put another scenario in place of what is tried out."""
        self.draft, self.opened, self.problem = draft, opened, ""
        self.count += 1


def desk() -> Desk:
    """Return the visitor's desk for the run that is worked on."""
    place = project_key(), run().id
    found = st.session_state.get(_KEY)
    if not isinstance(found, Desk) or (found.project, found.run) != place:
        found = st.session_state[_KEY] = Desk(*place)
        _bring_back(found)
    return found


def _bring_back(here: Desk) -> None:
    """Take up what this browser tried out before; what cannot be read is let go."""
    text = drafts.kept(_KIND).get(here.run)
    if text is None:
        return
    try:
        content = json.loads(text)
        here.draft = Scenario.model_validate(content["draft"])
        here.opened = content["opened"]
    except (ValueError, TypeError, KeyError):
        here.draft, here.opened = _NEW, None


def keep() -> None:
    """Keep what is tried out and not saved, so that it outlives a reload of the page."""
    here = desk()
    content = {"draft": here.draft.model_dump(mode="json"), "opened": here.opened}
    texts = {here.run: json.dumps(content)} if is_changed(run(), here) else {}
    drafts.keep(_KIND, texts)


def saved_one(of: Run, here: Desk) -> Scenario | None:
    """Return the saved scenario that is open, if it is still there."""
    return next((s for s in of.scenarios if s.id == here.opened), None)


def is_changed(of: Run, here: Desk) -> bool:
    """Say whether what is tried out differs from what is saved."""
    saved = saved_one(of, here)
    return not here.draft.is_empty if saved is None else not here.draft.same_changes(saved)


# --- trying out


def try_score(program: str, criterion: Criterion, read: Callable[[], Amount | None]) -> None:
    """Change a score to what was typed; where it is no score, say so."""

    def change(draft: Scenario) -> Scenario:
        amount = read()
        if amount is None:
            raise IncompleteScoreError(criterion, "the new score is missing", "Fill it in.")
        fields = {"program": program, "criterion": criterion.id, "amount": amount.model_dump()}
        return draft.with_score(entered(ChangedScore, fields))

    _try(change)


def try_cap(criterion: Criterion, text: str) -> None:
    """Set a limit to what was typed; where it is no number on the scale, say so."""

    def change(draft: Scenario) -> Scenario:
        amount = read_score(criterion, text)
        if not isinstance(amount, Exact):
            raise RefusedScoreError(criterion, "the limit is missing", "Write one number.")
        return draft.with_cap(Cap(criterion=criterion.id, limit=amount.value))

    _try(change)


def try_share(criterion: str, percent: int | None) -> None:
    """Ask for a criterion's share in percent; None lets it count as it does."""
    if percent is None:
        _try(lambda draft: draft.without_share(criterion))
    else:
        share = AskedShare(criterion=criterion, percent=float(percent))
        _try(lambda draft: draft.with_share(share))


def try_without_programs(programs: Sequence[str]) -> None:
    """Leave out exactly these programs."""
    _try(lambda draft: draft.with_programs_out(programs))


def try_without_criteria(criteria: Sequence[str]) -> None:
    """Leave out exactly these criteria."""
    _try(lambda draft: draft.with_criteria_out(criteria))


def _try(change: Callable[[Scenario], Scenario]) -> None:
    here = desk()
    try:
        here.draft, here.problem = change(here.draft), ""
    except (ProjectError, ValueError) as error:
        here.problem = str(error)


def take_back(change: Change) -> None:
    """Take one change back."""
    here = desk()
    here.replace(_without(here.draft, change), here.opened)


def _without(draft: Scenario, change: Change) -> Scenario:
    match change.kind:
        case "score":
            program, criterion = change.items
            return draft.without_score(program, criterion)
        case "program":
            return draft.with_programs_out(p for p in draft.programs_out if p not in change.items)
        case "criterion":
            return draft.with_criteria_out(c for c in draft.criteria_out if c not in change.items)
        case "cap":
            return draft.without_cap(change.items[0])
        case "share":
            return draft.without_share(change.items[0])


def start_over() -> None:
    """Let go of everything that is tried out; what is saved stays saved."""
    desk().replace(_NEW, None)


# --- saving


def save(title: str, note: str, *, as_another: bool = False) -> bool:
    """Keep what is tried out under a name: in place of the one that is open, or as another.

    Returns whether it was saved.
    """
    here, of = desk(), run()
    saved = None if as_another else saved_one(of, here)
    item = saved.id if saved else make_id(title, {s.id for s in of.scenarios})
    fields = {"id": item, "title": title, "note": note.strip()}
    try:
        named = revised(here.draft, **fields)
        _free(of, named)
    except ProjectError as error:
        state().problem = str(error)
        return False
    if not edit(f"what-if “{named.title}”", lambda p: p.with_scenario(named)):
        return False
    here.replace(named, named.id)
    state().notice = f"Saved: {named.title}. The ranking itself is as it was."
    return True


def open_saved(scenario: Scenario) -> None:
    """Try a saved scenario out."""
    desk().replace(scenario, scenario.id)


def duplicate(scenario: Scenario) -> None:
    """Save a copy, and open it."""
    of = run()
    title = _free_title(of, f"{scenario.title[:480]} (copy)")
    item = make_id(title, {s.id for s in of.scenarios})
    copied = scenario.model_copy(update={"id": item, "title": title})
    if edit(f"copy of what-if “{scenario.title}”", lambda p: p.with_scenario(copied)):
        open_saved(copied)


def renamed(scenario: Scenario, decision: Project, title: str) -> Project:
    """Return the project with a saved scenario under another name.

    Raises ``ProjectError`` where there is no name, or one that another scenario has.
    """
    named = revised(scenario, title=title)
    _free(decision.run(), named)
    return decision.with_scenario(named)


def delete(scenario: Scenario) -> None:
    """Take a saved scenario out; undo brings it back. What is tried out stays."""
    edit(f"delete what-if “{scenario.title}”", lambda p: p.without_scenario(scenario.id))


def _free(of: Run, named: Scenario) -> None:
    """Raise ``ProjectError`` where another scenario has the name already."""
    others = {s.title.casefold() for s in of.scenarios if s.id != named.id}
    if named.title.casefold() in others:
        raise ProjectError("Another what-if has this name already. Choose another name.")


def _free_title(of: Run, wanted: str) -> str:
    taken = {s.title.casefold() for s in of.scenarios}
    tries = (f"{wanted} {n}" for n in range(2, len(taken) + 3))
    return next(t for t in (wanted, *tries) if t.casefold() not in taken)
