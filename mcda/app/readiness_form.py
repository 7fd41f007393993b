"""Readiness: each thing rated from 1 to 5 by a click, and what will be done where it is low."""

from __future__ import annotations

import html
from functools import partial
from typing import get_args

import streamlit as st

from mcda.app import widgets
from mcda.app.fields import Field
from mcda.app.form_drafts import thing, waits
from mcda.app.forms import Form, recorded
from mcda.app.lexicon import HELP
from mcda.app.state import edit, project, project_key, state
from mcda.project import Project, ProjectError, ReadinessItem
from mcda.project.diagnosis import ReadinessPart
from mcda.project.entering import entered, revised
from mcda.project.readiness import (
    ReadinessQuestion,
    readiness_questions,
    with_readiness_questions,
)
from mcda.project.text import make_id, quoted

_RATINGS = (1, 2, 3, 4, 5)
_PARTS: dict[ReadinessPart, str] = {
    "motivation": "Do we want it?",
    "general capacity": "Can we carry something new?",
    "specific capacity": "Can we do this work?",
}
_ANSWER = (
    (Field("action", "What will we do about it?", "text"),),
    (Field("owner", "Who, by role"), Field("act_by", "By when", "date")),
)
_RATERS = ((Field("raters", "Who rated, by role"), Field("rated_on", "Rated on", "date")),)
_OWN = (
    (
        Field("name", "What does it take?"),
        Field("part", "Part", "choice", {part: _PARTS[part] for part in get_args(ReadinessPart)}),
    ),
)


def show_readiness() -> None:
    """Ask how ready we are, one thing after another."""
    st.header("Are we ready?", help=HELP["readiness"], anchor=False)
    _offer_questions()
    ends = {question.id: question for question in readiness_questions()}
    items = project().diagnosis.readiness
    for part, title in _PARTS.items():
        own = [item for item in items if item.part == part]
        if own:
            st.subheader(title, anchor=False)
        for item in own:
            _show_item(item, ends.get(item.id))
    if items:
        _ask_raters()
    _offer_own()


def _offer_questions() -> None:
    """Offer the questions to start from, as long as one of them is missing."""
    items = project().diagnosis.readiness
    missing = {q.id for q in readiness_questions()} - {item.id for item in items}
    if not missing:
        return
    if not items:
        widgets.say(
            f"{len(missing)} questions are ready for you. Each is rated from 1 to 5, best by "
            "several people: each alone first, then together."
        )
    st.button(
        "Start from these questions" if not items else "Bring in the questions that are missing",
        key="readiness-start",
        type="secondary" if items else "primary",
        on_click=_start,
    )


def _start() -> None:
    edit("questions of readiness", with_readiness_questions)


def _show_item(item: ReadinessItem, question: ReadinessQuestion | None) -> None:
    """Ask for the rating, with words at both ends; and for an answer where it is low."""
    key = f"readiness-{project_key()}-{item.id}"
    if st.session_state.get(key) != item.rating:
        st.session_state[key] = item.rating
    st.segmented_control(
        widgets.escape(item.name), _RATINGS, key=key, on_change=_rate, args=(item, key)
    )
    low, high = (question.low, question.high) if question else ("not at all", "fully")
    st.html(
        f'<p class="bf-muted bf-small"><strong>1</strong> {html.escape(low)} · '
        f"<strong>5</strong> {html.escape(high)}</p>"
    )
    if item.low or item.action.strip():
        _ask_answer(item)
    if question is None:
        st.button(
            "Remove this question",
            key=f"{key}-remove",
            type="tertiary",
            on_click=_remove,
            args=(item,),
            help="Undo brings it back.",
        )


def _rate(item: ReadinessItem, key: str) -> None:
    rating = st.session_state[key]
    edit(
        f"rating of {quoted(item.name)}",
        lambda decision: _with_item(decision, item.id, {"rating": rating}),
    )


def _with_item(decision: Project, item_id: str, changes: dict[str, object]) -> Project:
    diagnosis = decision.diagnosis
    now = diagnosis.item(ReadinessItem, item_id)
    return decision.with_diagnosis(diagnosis.with_item(revised(now, **changes)))


def _ask_answer(item: ReadinessItem) -> None:
    with st.container(border=True):
        form = Form(
            f"readiness-{item.id}",
            _ANSWER,
            recorded(item, _ANSWER),
            about=f"the answer to {quoted(item.name)} (Diagnose)",
            thing=thing(item),
        )
        form.show()
        form.buttons("Save what we will do", partial(_save_answer, item, form))


def _save_answer(item: ReadinessItem, form: Form) -> None:
    label = f"answer to {quoted(item.name)}"
    if form.save(label, lambda decision, typed: _with_item(decision, item.id, typed)):
        state().notice = f"Saved: {label}."


def _ask_raters() -> None:
    st.subheader("Who rated?", anchor=False)
    form = Form(
        "readiness-raters",
        _RATERS,
        recorded(project().diagnosis, _RATERS),
        about="who rated the readiness (Diagnose)",
    )
    form.show()
    form.buttons("Save who rated", partial(_save_raters, form), primary=False)


def _save_raters(form: Form) -> None:
    if form.save(
        "who rated the readiness",
        lambda decision, typed: decision.with_diagnosis(revised(decision.diagnosis, **typed)),
    ):
        state().notice = "Saved: who rated."


def _offer_own() -> None:
    place, key = "readiness-own", "own-readiness"
    st.session_state.setdefault(key, waits(place))
    with st.expander(
        "Ask something of your own", icon=":material/add:", key=key, on_change="rerun"
    ):
        form = Form(place, _OWN, {}, about="a question of readiness (Diagnose)")
        form.show()
        widgets.privacy()
        form.buttons("Add the question", partial(_add, form), primary=False)


def _add(form: Form) -> None:
    def change(decision: Project, typed: dict[str, object]) -> Project:
        if not typed.get("part"):
            raise ProjectError("Part: choose one.")
        name = str(typed.get("name") or "")
        taken = {item.id for item in decision.diagnosis.readiness}
        new = entered(ReadinessItem, {**typed, "name": name, "id": make_id(name, taken)})
        return decision.with_diagnosis(decision.diagnosis.with_item(new))

    name = str(form.values()["name"]).strip()
    if form.save(f"question {quoted(name)}", change):
        state().notice = f"Saved: question {quoted(name)}."


def _remove(item: ReadinessItem) -> None:
    edit(
        f"remove question {quoted(item.name)}",
        lambda decision: decision.with_diagnosis(
            decision.diagnosis.without_item(ReadinessItem, item.id)
        ),
    )
