"""What people scored by themselves, kept beside the agreed score."""

from __future__ import annotations

import streamlit as st

from mcda.analysis import OwnScores, own_scores
from mcda.app import widgets
from mcda.app.lexicon import HELP
from mcda.app.score_drafts import begin_anew, stamp
from mcda.app.score_form import LOCKED, is_locked
from mcda.app.state import edit, run, state
from mcda.charts import Column, DataTable
from mcda.project import Assessment, Criterion, LevelScale, Program, Project, ProjectError
from mcda.project.entering import entered
from mcda.project.recording import read_score
from mcda.project.text import MAX_NAME, make_id

_FIELDS = ("code", "role", "score")


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
    code, role, score = (_key(program, criterion, name) for name in _FIELDS)
    left, right = st.columns(2)
    left.text_input("Code of the person, such as p3; never a name", key=code, max_chars=40)
    right.text_input("Role, such as school counselor", key=role, max_chars=MAX_NAME)
    if isinstance(criterion.scale, LevelScale):
        words = {str(i.level): f"{i.level}: {i.anchor}" for i in criterion.scale.levels}
        st.selectbox(
            "Own score",
            list(words),
            index=None,
            format_func=words.__getitem__,
            key=score,
            placeholder="Choose a level",
        )
    else:
        unit = f", in {criterion.scale.unit}" if criterion.scale.unit else ""
        st.text_input(widgets.escape(f"Own score{unit}: a number, or a range as 10..20"), key=score)
    st.button(
        "Save the own score",
        key="save-apart",
        on_click=_save,
        args=(program, criterion),
        disabled=is_locked(),
        help=LOCKED if is_locked() else None,
    )


def _key(program: Program, criterion: Criterion, name: str) -> str:
    place = (program.id, criterion.id)
    return f"apart-{name}-{'-'.join(place)}-{stamp(('apart', *place))}"


def _save(program: Program, criterion: Criterion) -> None:
    code, role, score = (
        str(st.session_state.get(_key(program, criterion, name)) or "").strip() for name in _FIELDS
    )

    def change(decision: Project) -> Project:
        if not code:
            raise ProjectError("Give a code for the person, such as p3; never a name.")
        amount = read_score(criterion, score)
        if amount is None:
            raise ProjectError(f"{criterion.name}: the own score is missing.")
        fields = {"program": program.id, "criterion": criterion.id, "person": make_id(code)}
        given = fields | {"amount": amount.model_dump(), "source": role}
        return decision.with_assessment(entered(Assessment, given))

    if edit(f"own score of {code} for {program.name} on {criterion.name}", change):
        begin_anew([("apart", program.id, criterion.id)])
        state().notice = f"Saved: own score of {code}."
