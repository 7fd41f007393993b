"""Programs: Which programs could you choose?"""

from __future__ import annotations

import html
from functools import partial
from typing import get_args

import streamlit as st

from mcda import catalog
from mcda.analysis.consequences import lost_with_program
from mcda.app import widgets
from mcda.app.aside_form import aside_place, offer_aside
from mcda.app.catalogue_list import show_catalogue
from mcda.app.fields import Field, Row, Values, words
from mcda.app.form_drafts import thing, waits
from mcda.app.forms import Form
from mcda.app.lexicon import HELP
from mcda.app.lines import line
from mcda.app.state import edit, run, state
from mcda.catalog import KINDS
from mcda.project import Availability, Program, Project, Run, check_run
from mcda.project.aside import ChoiceRole, bring_back_program, set_aside_program, with_role
from mcda.project.entering import entered, revised
from mcda.project.evidence import BASELINE_NAME
from mcda.project.text import counted, make_id, quoted

_QUESTIONS = frozenset(
    {
        "one-candidate",
        "duplicate-name",
        "baselines",
        "availability",
        "not-available",
        "mixed-kinds",
        "mixed-reach",
    }
)
_OWN_BOX = _OWN_PLACE = "own-program"
_NAME = Field("name", "Name")
_DESCRIPTION = Field("description", "What it is", "text")
_KIND = Field("kind", "Kind", "choice", KINDS, help=HELP["kind"])
_UNIT = Field(
    "unit_reached",
    "Who is counted as reached",
    placeholder="young people served",
    help=HELP["unit reached"],
)
_STATUSES = words(*get_args(Availability.model_fields["status"].annotation))
_BASELINE: tuple[Row, ...] = ((_DESCRIPTION,), (_UNIT,))
_PROGRAM: tuple[Row, ...] = (
    (_NAME,),
    (_DESCRIPTION,),
    (_KIND,),
    (_UNIT,),
    (Field("status", "Can you have it here?", "radio", _STATUSES, help=HELP["availability"]),),
    (Field("checked_on", "Asked on", "date"),),
    (Field("note", "Who was asked, and what they said (by role, not by name)", "text"),),
)
_OWN: tuple[Row, ...] = (
    (_NAME,),
    (_DESCRIPTION,),
    (_KIND,),
    (_UNIT,),
    (
        Field(
            "role",
            "Use it as",
            "radio",
            {"candidate": "One to choose", "support": "A support"},
            help=HELP["support"],
        ),
    ),
)


def page() -> None:
    """Show what has been chosen, and beside it the catalogue to choose from."""
    st.title("Which programs could you choose?", anchor=False)
    widgets.answer(_summary(run()))
    chosen, offered = st.columns(2, gap="large")
    with chosen:
        _show_jump("your-list", "catalogue", "Go to the catalogue ↓")
        _show_chosen(run())
    with offered:
        _show_jump("catalogue", "your-list", "Back to your list ↑")
        show_catalogue()
        _show_jump("catalogue-end", "your-list", "Back to your list ↑")


def _show_jump(here: str, to: str, label: str) -> None:
    """Offer the way to the other column, where they stand one under the other: see theme.css."""
    st.html(f'<p class="bf-jump" id="{here}"><a href="#{to}">{label}</a></p>')


def _summary(of: Run) -> str:
    choices = sum(p.role == "candidate" for p in of.candidates)
    supports = len(of.supports)
    if not choices:
        return "There is nothing to choose from yet. Add programs from the catalogue, or your own."
    kept = f" {counted(supports, 'support')} kept apart." if supports else ""
    return f"{counted(choices, 'program')} to choose from, besides “{BASELINE_NAME}”.{kept}"


# --- the chosen list


def _show_chosen(of: Run) -> None:
    aside = {left.item: left.reason for left in of.framing.programs_out}
    st.header("Your list", anchor=False)
    st.subheader("To choose from", anchor=False)
    for program in of.candidates:
        _show_program(program)
    if not any(p.role == "baseline" for p in of.evidence.programs):
        st.button(f"Add “{BASELINE_NAME}”", key="add-baseline", on_click=_add_baseline)
    _offer_own()
    if of.supports:
        st.subheader("Supports", anchor=False)
        widgets.note(HELP["support"])
        for program in of.supports:
            _show_program(program)
    out = [p for p in of.evidence.programs if p.role != "support" and p.id in aside]
    if out:
        st.subheader("Set aside", anchor=False)
        for program in out:
            _show_set_aside(program, aside[program.id])
    _show_questions(of)


def _show_program(program: Program) -> None:
    """Show a program on one line; its form and what can be done with it behind a click."""
    place = _place(program)
    begun = waits(place) or waits(aside_place(program))
    with line(_label(program), f"program-{program.id}", opened=begun) as is_open:
        if not is_open:
            return
        form = _show_form(program)
        if program.role == "baseline":
            widgets.note(f"{HELP['continue']} So it cannot be removed.")
        else:
            _offer_moves(program, form)


def _label(program: Program) -> str:
    name = f"**{widgets.escape(program.name)}**"
    if program.role == "baseline":
        return name
    status = {
        "not checked": "availability not checked",
        "available": "available",
        "not available": "not available here",
    }
    return f"{name} · {KINDS[program.kind].lower()} · {status[program.availability.status]}"


def _place(program: Program) -> str:
    return f"program-{run().id}-{program.id}"


def _show_form(program: Program) -> Form:
    """Show what is recorded of a program, to be changed; return its form."""
    baseline = program.role == "baseline"
    form = Form(
        _place(program),
        _BASELINE if baseline else _PROGRAM,
        _recorded(program),
        about=f"the program {quoted(program.name)} (Programs)",
        thing=thing(program),
    )
    form.show_overtaken()
    for field in form.fields:
        if field.name == "status":
            _ask_whether_there(program)
        form.ask(field.name)
    widgets.privacy()
    form.buttons("Save", partial(_save, program, form))
    return form


def _recorded(program: Program) -> Values:
    """Return what the fields of the form show for a program."""
    return program.model_dump() | program.availability.model_dump()


def _ask_whether_there(program: Program) -> None:
    """Ask what the catalogue suggests to ask before a program is chosen."""
    if program.catalog_id in {e.id for e in catalog.entries()}:
        widgets.note(catalog.availability_question(catalog.get(program.catalog_id or "")))


def _save(program: Program, form: Form) -> None:
    """Save what was typed; what was left as the form showed it stays as it is recorded."""

    def change(project: Project, typed: Values) -> Project:
        recorded = project.run().program(program.id)
        availability = recorded.availability.model_dump()
        asked = {name: value for name, value in typed.items() if name in availability}
        rest = {name: value for name, value in typed.items() if name not in availability}
        return project.with_program(revised(recorded, **rest, availability=availability | asked))

    label = f"what {quoted(program.name)} is"
    if form.save(label, change):
        state().notice = f"Saved: {label}."


def _offer_moves(program: Program, form: Form) -> None:
    """Offer to set aside, change the role, and remove."""
    other: ChoiceRole = "support" if program.role == "candidate" else "candidate"
    with st.container(horizontal=True):
        if program.role == "candidate":
            offer_aside(program, "Programs", set_aside_program)
        st.button(
            f"Make it a {other}",
            key=f"role-{program.id}",
            help=HELP[other],
            on_click=_change_role,
            args=(program, other),
        )
        with st.popover("Remove"):
            widgets.say(f"{lost_with_program(run(), program.id)} You can undo this.")
            st.button(
                "Remove it",
                key=f"remove-{program.id}",
                on_click=_remove,
                args=(program, form),
            )


def _change_role(program: Program, role: ChoiceRole) -> None:
    edit(
        f"{quoted(program.name)} as a {role}",
        lambda project: with_role(project, program.id, role),
    )


def _remove(program: Program, form: Form) -> None:
    if edit(
        f"remove {quoted(program.name)}",
        lambda project: project.without_program(program.id),
    ):
        form.begin_anew()


def _show_set_aside(program: Program, reason: str) -> None:
    text = f"<strong>{html.escape(program.name)}</strong>: {html.escape(reason)}"
    st.html(f'<p class="bf-muted">{text}</p>')
    st.button(
        f"Bring back {widgets.escape(quoted(program.name))}",
        key=f"back-{program.id}",
        on_click=_bring_back,
        args=(program,),
    )


def _bring_back(program: Program) -> None:
    edit(
        f"bring back {quoted(program.name)}",
        lambda project: bring_back_program(project, program.id),
    )


def _add_baseline() -> None:
    def change(project: Project) -> Project:
        taken = {p.id for p in project.run().evidence.programs}
        new = Program(id=make_id("continue", taken), name=BASELINE_NAME, role="baseline")
        return project.with_program(new)

    edit(f"add “{BASELINE_NAME}”", change)


# --- a program of one's own


def _offer_own() -> None:
    """Offer the form of a program of one's own; it closes once the program is added."""
    st.session_state.setdefault(_OWN_BOX, waits(_OWN_PLACE))
    with st.expander(
        "Add a program of your own", icon=":material/add:", key=_OWN_BOX, on_change="rerun"
    ) as box:
        if not box.open:
            return
        form = Form(
            _OWN_PLACE,
            _OWN,
            {"kind": "program", "role": "candidate"},
            about="a program of your own (Programs)",
        )
        form.show()
        widgets.privacy()
        form.buttons("Add it", partial(_add_own, form))


def _add_own(form: Form) -> None:
    name = str(form.values()["name"]).strip()

    def change(project: Project, _typed: Values) -> Project:
        taken = {p.id for p in project.run().evidence.programs}
        new = entered(Program, form.values() | {"id": make_id(name, taken)})
        return project.with_program(new)

    if form.save(f"add {quoted(name)}", change):
        st.session_state[_OWN_BOX] = False
        state().notice = f"Added to your list: {quoted(name)}."


# --- questions


def _show_questions(of: Run) -> None:
    """Show what is worth asking about the programs, as questions."""
    asked = [f for f in check_run(of) if f.code in _QUESTIONS]
    if not asked:
        return
    st.subheader("Worth asking", anchor=False)
    widgets.bullets(widgets.finding_text(f) for f in asked)


if __name__ == "__main__":
    page()
