"""The form that sets a program or criterion aside: behind a button, and never without a reason."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from mcda.app import widgets
from mcda.app.fields import Field, Values
from mcda.app.form_drafts import thing_in_use
from mcda.app.forms import Form
from mcda.app.lexicon import HELP
from mcda.app.state import run
from mcda.project import Criterion, Program, Project
from mcda.project.text import quoted

_REASON = Field("reason", "Why is it set aside?", "text", help=HELP["set aside"])

SetAside = Callable[[Project, str, str], Project]


def offer_aside(item: Program | Criterion, page: str, set_aside: SetAside) -> None:
    """Offer to set an item aside with a reason, by a change of the project and the item's id."""
    with st.popover("Set aside"):
        form = Form(
            aside_place(item),
            ((_REASON,),),
            {},
            about=f"why {quoted(item.name)} is set aside ({page})",
            thing=thing_in_use(item),
        )
        form.show()
        widgets.privacy()
        form.buttons("Set it aside", partial(_save, item, form, set_aside), primary=False)


def aside_place(item: Program | Criterion) -> str:
    """Return the place of the form that sets an item aside."""
    return f"aside-{run().id}-{item.id}"


def _save(item: Program | Criterion, form: Form, set_aside: SetAside) -> None:
    def change(project: Project, _typed: Values) -> Project:
        return set_aside(project, item.id, form.values()["reason"])

    form.save(f"set aside {quoted(item.name)}", change)
