"""Programs: Which programs could you choose?"""

from __future__ import annotations

import html
from datetime import date
from typing import get_args

import streamlit as st

from mcda import catalog
from mcda.analysis.consequences import lost_with_program
from mcda.app import widgets
from mcda.app.catalogue_list import show_catalogue
from mcda.app.lexicon import HELP
from mcda.app.lines import line
from mcda.app.state import edit, run, state
from mcda.catalog import KINDS
from mcda.project import Availability, Program, Project, Run, check_run
from mcda.project.aside import ChoiceRole, bring_back_program, set_aside_program, with_role
from mcda.project.entering import entered, revised
from mcda.project.evidence import BASELINE_NAME
from mcda.project.text import MAX_NAME, MAX_TEXT, make_id, quoted

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
_STATUSES = get_args(Availability.model_fields["status"].annotation)
_OWN_FORM = "own-program-number"
_PRIVACY = "Write about programs only, never about a single child or young person."
_FIRST_DAY, _LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)


def page() -> None:
    """Show what has been chosen, and beside it the catalogue to choose from."""
    st.title("Which programs could you choose?", anchor=False)
    widgets.answer(_summary(run()))
    chosen, offered = st.columns(2, gap="large")
    with chosen:
        _show_chosen(run())
    with offered:
        show_catalogue()


def _summary(of: Run) -> str:
    choices = sum(p.role == "candidate" for p in of.candidates)
    supports = len(of.supports)
    if not choices:
        return "There is nothing to choose from yet. Add programs from the catalogue, or your own."
    programs = f"{choices} program{'s' if choices > 1 else ''}"
    kept = f" {supports} support{'s' if supports > 1 else ''} kept apart." if supports else ""
    return f"{programs} to choose from, besides “{BASELINE_NAME}”.{kept}"


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
    with line(_label(program), f"program-{program.id}") as is_open:
        if not is_open:
            return
        _show_form(program)
        if program.role == "baseline":
            widgets.note(f"{HELP['continue']} So it cannot be removed.")
        else:
            _offer_moves(program)


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


# A form as it was begun: its number, and the program its fields were filled from. Only what is
# typed against that program is saved, so a form outlives other people's edits and never writes
# back what they changed.
_Begun = tuple[int, Program]


def _begun(recorded: Program) -> _Begun:
    """Return the form of a program; it starts anew once nothing typed can be lost by it."""
    found: _Begun = st.session_state.setdefault(_place(recorded.id), (0, recorded))
    is_drawn = f"{_form_key(found)}-unit" in st.session_state
    if found[1] != recorded and (_was_stepped() or not is_drawn):
        return _begin_anew(found, recorded)
    return found


def _was_stepped() -> bool:
    """Say whether the project stands as undo or redo left it, not as an edit did."""
    saved = state().saved
    if saved is None:
        return False
    before = st.session_state.get("begun-redo")
    st.session_state["begun-redo"] = saved.can_redo
    return saved.can_redo is not None or (before is not None and saved.can_undo == before)


def _begin_anew(begun: _Begun, recorded: Program) -> _Begun:
    """Begin a form again with fresh fields, filled from what is recorded now."""
    anew = (begun[0] + 1, recorded)
    st.session_state[_place(recorded.id)] = anew
    return anew


def _place(program: str) -> str:
    """Return where the session keeps which form of a program is shown."""
    saved = state().saved
    return f"begun-{saved.key if saved else ''}-{run().id}-{program}"


def _form_key(begun: _Begun) -> str:
    number, program = begun
    return f"program-{program.id}-{number}"


def _show_form(recorded: Program) -> None:
    begun = _begun(recorded)
    key, program = _form_key(begun), begun[1]
    baseline = program.role == "baseline"
    _show_overtaken(program, recorded)
    with st.form(key, border=False):
        if not baseline:
            st.text_input("Name", program.name, max_chars=MAX_NAME, key=f"{key}-name")
        st.text_area(
            "What it is",
            program.description,
            max_chars=MAX_TEXT,
            height=136,
            key=f"{key}-description",
            help=_PRIVACY,
        )
        if not baseline:
            _ask_kind(key, program.kind)
        st.text_input(
            "Who is counted as reached",
            program.unit_reached,
            max_chars=MAX_NAME,
            key=f"{key}-unit",
            placeholder="young people served",
            help=HELP["unit reached"],
        )
        if not baseline:
            _ask_availability(key, program)
        widgets.note(_PRIVACY)
        st.form_submit_button("Save", type="primary", on_click=_save, args=(begun,))


_FIELDS = {
    "name": "Name",
    "description": "What it is",
    "kind": "Kind",
    "unit": "Who is counted as reached",
    "status": "Can you have it here?",
    "checked-on": "Asked on",
    "note": "Who was asked, and what they said",
}


def _values(program: Program) -> dict[str, object]:
    """Return what the fields of the form show for a program."""
    given = program.availability
    shown: dict[str, object] = {
        "description": program.description,
        "unit": program.unit_reached,
    }
    if program.role != "baseline":
        shown |= {"name": program.name, "kind": program.kind}
        shown |= {"status": given.status, "checked-on": given.checked_on, "note": given.note}
    return shown


def _show_overtaken(begun: Program, recorded: Program) -> None:
    """Show what someone else has recorded since the form was begun, field by field."""
    before, now = _values(begun), _values(recorded)
    changed = [f for f in _FIELDS if f in now and now[f] != before.get(f)]
    if not changed:
        return
    with st.container(border=True, key=f"overtaken-{recorded.id}"):
        widgets.say(
            "Someone else has changed this meanwhile. What you typed is still below. Save keeps "
            "theirs, except where you typed something else."
        )
        items = "".join(
            f"<li><strong>{_FIELDS[f]}</strong>, now: {html.escape(_in_words(f, now[f]))}</li>"
            for f in changed
        )
        st.html(f"<ul>{items}</ul>")


def _in_words(field: str, value: object) -> str:
    if field == "kind":
        return KINDS[str(value)]
    if field == "status":
        return str(value).capitalize()
    return str(value or "(empty)")


def _ask_kind(key: str, kind: str) -> None:
    st.selectbox(
        "Kind",
        list(KINDS),
        list(KINDS).index(kind),
        format_func=KINDS.__getitem__,
        key=f"{key}-kind",
        help=HELP["kind"],
    )


def _ask_availability(key: str, program: Program) -> None:
    given = program.availability
    if program.catalog_id in {e.id for e in catalog.entries()}:
        entry = catalog.get(program.catalog_id or "")
        widgets.note(catalog.availability_question(entry))
    st.radio(
        "Can you have it here?",
        _STATUSES,
        _STATUSES.index(given.status),
        format_func=str.capitalize,
        horizontal=True,
        key=f"{key}-status",
        help=HELP["availability"],
    )
    st.date_input(
        "Asked on",
        given.checked_on,
        min(_FIRST_DAY, given.checked_on or _FIRST_DAY),
        max(_LAST_DAY, given.checked_on or _LAST_DAY),
        key=f"{key}-checked-on",
        format="YYYY-MM-DD",
    )
    st.text_area(
        "Who was asked, and what they said (by role, not by name)",
        given.note,
        max_chars=MAX_TEXT,
        height=96,
        key=f"{key}-note",
    )


def _save(begun: _Begun) -> None:
    """Save what was typed; what was left as the form showed it stays as it is recorded."""
    key, program = _form_key(begun), begun[1]
    typed = {
        field: st.session_state[f"{key}-{field}"] or ("" if isinstance(shown, str) else None)
        for field, shown in _values(program).items()
        if (st.session_state[f"{key}-{field}"] or None) != (shown or None)
    }

    def change(project: Project) -> Project:
        recorded = project.run().program(program.id)
        now = _values(recorded) | typed
        fields: dict[str, object] = {
            "description": now["description"],
            "unit_reached": now["unit"],
        }
        if recorded.role != "baseline":
            fields |= {"name": now["name"], "kind": now["kind"]}
            fields["availability"] = {
                "status": now["status"],
                "checked_on": now["checked-on"],
                "note": now["note"],
            }
        return project.with_program(revised(recorded, **fields))

    if edit(f"what {quoted(program.name)} is", change):
        _begin_anew(begun, run().program(program.id))


def _offer_moves(program: Program) -> None:
    """Offer to set aside, change the role, and remove."""
    other: ChoiceRole = "support" if program.role == "candidate" else "candidate"
    with st.container(horizontal=True):
        if program.role == "candidate":
            with st.popover("Set aside"):
                _ask_reason(program)
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
                args=(program,),
            )


def _ask_reason(program: Program) -> None:
    key = f"aside-{program.id}"
    with st.form(f"{key}-form", border=False):
        st.text_area(
            "Why is it set aside?",
            max_chars=MAX_TEXT,
            height=96,
            key=key,
            help=HELP["set aside"],
        )
        st.form_submit_button("Set it aside", on_click=_set_aside, args=(program, key))


def _set_aside(program: Program, key: str) -> None:
    reason = st.session_state[key] or ""
    edit(
        f"set aside {quoted(program.name)}",
        lambda project: set_aside_program(project, program.id, reason),
    )


def _change_role(program: Program, role: ChoiceRole) -> None:
    edit(
        f"{quoted(program.name)} as a {role}",
        lambda project: with_role(project, program.id, role),
    )


def _remove(program: Program) -> None:
    edit(
        f"remove {quoted(program.name)}",
        lambda project: project.without_program(program.id),
    )


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
    number = st.session_state.setdefault(_OWN_FORM, 0)
    key = f"own-{number}"
    with (
        st.expander("Add a program of your own", icon=":material/add:", key="own-program"),
        st.form(key, border=False, enter_to_submit=False),
    ):
        st.text_input("Name", max_chars=MAX_NAME, key=f"{key}-name")
        st.text_area(
            "What it is", max_chars=MAX_TEXT, height=96, key=f"{key}-description", help=_PRIVACY
        )
        _ask_kind(key, "program")
        st.text_input(
            "Who is counted as reached",
            max_chars=MAX_NAME,
            key=f"{key}-unit",
            placeholder="young people served",
            help=HELP["unit reached"],
        )
        st.radio(
            "Use it as",
            ("candidate", "support"),
            format_func={"candidate": "One to choose", "support": "A support"}.__getitem__,
            horizontal=True,
            key=f"{key}-role",
            help=HELP["support"],
        )
        widgets.note(_PRIVACY)
        st.form_submit_button("Add it", type="primary", on_click=_add_own, args=(key,))


def _add_own(key: str) -> None:
    given = st.session_state
    fields = {
        "name": given[f"{key}-name"] or "",
        "description": given[f"{key}-description"] or "",
        "kind": given[f"{key}-kind"],
        "unit_reached": given[f"{key}-unit"] or "",
        "role": given[f"{key}-role"],
    }

    def change(project: Project) -> Project:
        taken = {p.id for p in project.run().evidence.programs}
        new_id = make_id(str(fields["name"]), taken)
        return project.with_program(entered(Program, {"id": new_id, **fields}))

    if edit(f"add {quoted(str(fields['name']))}", change):
        given[_OWN_FORM] += 1


# --- questions


def _show_questions(of: Run) -> None:
    """Show what is worth asking about the programs, as questions."""
    asked = [f for f in check_run(of) if f.code in _QUESTIONS]
    if not asked:
        return
    st.subheader("Worth asking", anchor=False)
    items = "".join(f"<li>{html.escape(f'{f.message} {f.mend}'.strip())}</li>" for f in asked)
    st.html(f"<ul>{items}</ul>")


if __name__ == "__main__":
    page()
