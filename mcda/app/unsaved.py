"""What is begun on any page and not saved: brought back, named beside the saved sign, kept."""

from __future__ import annotations

import streamlit as st

from mcda.analysis.wording import and_list, few
from mcda.app import form_drafts, score_drafts, weight_desk, widgets
from mcda.app.state import is_open, run, state
from mcda.project.text import counted


def bring_back() -> None:
    """Once for each run that is opened, put what was left unsaved back, and say so."""
    if not is_open():
        return
    count = score_drafts.bring_back(run())
    if count is None:
        return
    back = ([counted(count, "score")] if count else []) + _about_forms()
    said = [f"Brought back, typed before and not saved yet: {and_list(back)}."] if back else []
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
        form_drafts.keep()


def words() -> str:
    """Return what is not saved, such as "2 scores and 1 form"; nothing where all is saved."""
    scores, forms = score_drafts.count_unsaved(run()), len(form_drafts.unsaved())
    parts = [counted(scores, "score")] if scores else []
    parts += ["answers"] if weight_desk.is_unsaved() else []
    parts += [counted(forms, "form")] if forms else []
    return and_list(parts) if parts else ""


def show_lost() -> None:
    """Show what is typed about things that are not there any more, until it is thrown away."""
    for place, draft in form_drafts.lost().items() if is_open() else ():
        with st.container(border=True, key=f"lost-{place}"):
            widgets.say(
                f"You began to change {draft.about}, which is not there any more. What you typed "
                "is not saved:"
            )
            widgets.bullets((label, text) for label, text in draft.told.items() if label)
            st.button(
                "Throw it away",
                key=f"lost-{place}-drop",
                on_click=form_drafts.throw_away,
                args=(place,),
            )


def _about_forms() -> list[str]:
    """Name the forms in which something waits, but for those that are shown as lost."""
    lost = form_drafts.lost()
    return few([d.about for place, d in form_drafts.unsaved().items() if place not in lost])
