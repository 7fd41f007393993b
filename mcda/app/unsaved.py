"""What is begun on any page and not saved: brought back, named beside the saved sign, kept."""

from __future__ import annotations

from mcda.analysis.wording import and_list
from mcda.app import score_drafts, weight_desk
from mcda.app.state import is_open, run, state


def bring_back() -> None:
    """Once for each run that is opened, put what was left unsaved back, and say so."""
    if not is_open():
        return
    count = score_drafts.bring_back(run())
    if count is None:
        return
    said = [f"Brought back, typed before and not saved yet: {_scores(count)}."] if count else []
    begun = [draft.whose for draft in weight_desk.waiting()]
    if begun:
        said.append(f"The answers of {and_list(begun)} wait on the page Weights to be finished.")
    if said:
        state().notice = " ".join(said)


def keep() -> None:
    """Keep what is not saved, so that it outlives a reload of the page."""
    if is_open():
        score_drafts.keep_unsaved(run())
        weight_desk.keep()


def words() -> str:
    """Return what is not saved, such as "2 scores and answers"; nothing where all is saved."""
    count = score_drafts.count_unsaved(run())
    parts = ([_scores(count)] if count else []) + (["answers"] if weight_desk.is_unsaved() else [])
    return and_list(parts) if parts else ""


def _scores(count: int) -> str:
    return "1 score" if count == 1 else f"{count} scores"
