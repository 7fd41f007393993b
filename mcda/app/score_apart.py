"""What people scored by themselves, kept beside the agreed score."""

from __future__ import annotations

from functools import partial

import streamlit as st

from mcda.analysis import OwnScores, own_scores
from mcda.app import widgets
from mcda.app.fields import NUMBER_OR_RANGE, Field, Row, Values, score_field
from mcda.app.form_drafts import thing
from mcda.app.forms import Form
from mcda.app.lexicon import HELP
from mcda.app.locked import LOCKED, is_locked
from mcda.app.state import run, state
from mcda.charts import Column, DataTable
from mcda.project import Assessment, Criterion, Program, Project, ProjectError
from mcda.project.entering import entered
from mcda.project.recording import read_score
from mcda.project.text import make_id, quoted

_PERSON: Row = (
    Field("code", "Code of the person, such as p3; never a name"),
    Field("role", "Role, such as school counselor"),
)


def show_apart(program: Program) -> None:
    """Show who scored a program apart on one criterion, and a form for one more."""
    with st.expander("People scored this apart (optional)", key="apart", on_change="rerun") as box:
        if not box.open:
            return
        widgets.say(HELP["own scores"])
        criteria = {c.id: c for c in run().active_criteria}
        chosen = st.selectbox(
            "Criterion",
            list(criteria),
            format_func=lambda i: criteria[i].name,
            key="apart-criterion",
        )
        criterion = criteria[chosen]
        found = own_scores(run(), program, criterion)
        widgets.say(found.sentence)
        if found.own:
            widgets.table(_table(found, program, criterion))
        _form(program, criterion)


def _table(found: OwnScores, program: Program, criterion: Criterion) -> DataTable:
    columns = (Column("Person"), Column("Role"), Column("Own score"))
    rows = tuple((o.assessment.person, o.assessment.source, o.text) for o in found.own)
    return DataTable(f"{program.name}, {criterion.name}: scored apart", columns, rows)


def _form(program: Program, criterion: Criterion) -> None:
    form = Form(
        f"apart-{run().id}-{program.id}-{criterion.id}",
        (_PERSON, (score_field("score", "Own score", criterion, NUMBER_OR_RANGE),)),
        {},
        about=f"an own score of {quoted(program.name)} on {quoted(criterion.name)} (Scores)",
        thing=thing(program),
    )
    form.show()
    blocked = LOCKED if is_locked() else ""
    save = partial(_save, program, criterion, form)
    form.buttons("Save the own score", save, primary=False, blocked=blocked)


def _save(program: Program, criterion: Criterion, form: Form) -> None:
    now = form.values()
    code, role = now["code"].strip(), now["role"].strip()

    def change(decision: Project, _typed: Values) -> Project:
        if not code:
            raise ProjectError("Give a code for the person, such as p3; never a name.")
        amount = read_score(criterion, now["score"] or "")
        if amount is None:
            raise ProjectError(f"{criterion.name}: the own score is missing.")
        fields = {"program": program.id, "criterion": criterion.id, "person": make_id(code)}
        given = fields | {"amount": amount.model_dump(), "source": role}
        return decision.with_assessment(entered(Assessment, given))

    if form.save(f"own score of {code} for {program.name} on {criterion.name}", change):
        state().notice = f"Saved: own score of {code}."
