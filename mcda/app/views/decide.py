"""Decide: What do we choose, and why?"""

from __future__ import annotations

import html
from collections.abc import Mapping
from datetime import date
from functools import partial

import streamlit as st

from mcda.analysis import Ranking, ranking, sentences
from mcda.analysis.wording import and_list, few
from mcda.app import widgets
from mcda.app.decided import show_earlier, show_locked
from mcda.app.fields import Field, Row, Values
from mcda.app.form_drafts import thing
from mcda.app.forms import Form, recorded
from mcda.app.lexicon import HELP
from mcda.app.locked import is_locked
from mcda.app.state import edit, project, run, state, still_to_come, today
from mcda.app.steps import link_to
from mcda.lifecycle import decide, decision_problems, review_day, standing
from mcda.project import Finding, FindingsError, Project, Record
from mcda.project.entering import entered, revised
from mcda.project.text import day_text

_WHY: tuple[Row, ...] = (
    (
        Field(
            "reasons",
            "Why do we choose it?",
            "text",
            placeholder="What tipped the balance, in words a council would understand",
        ),
    ),
    (
        Field(
            "dissent", "Other views: who sees it differently, and why", "text", help=HELP["dissent"]
        ),
    ),
    (
        Field("risks", "Risks here that it must be adapted to", "text", help=HELP["adapt"]),
        Field("strengths", "Strengths here that it can build on", "text"),
    ),
    (Field("strategy", "Strategy: how it is adapted to this place", "text"),),
)
_DEPARTURE: Row = (
    Field(
        "departure",
        "Why this one, and not the program that ranks first?",
        "text",
        help=HELP["departure"],
    ),
)
_DAYS: tuple[Row, ...] = (
    (
        Field("decided_on", "Decided on", "date"),
        Field("review_on", "To be looked at again on", "date"),
    ),
)
# The page on which each kind of problem is settled; the others are settled here.
_PAGES = {
    "must-have-unknown": ("scores", "Settle it on Scores, under Must-haves"),
    "out-of-range": ("scores", "Go to Scores"),
    "duplicate-score": ("scores", "Go to Scores"),
    "duplicate-verdict": ("scores", "Go to Scores"),
    "baselines": ("programs", "Go to Programs"),
    "objective-loop": ("criteria", "Go to Criteria"),
    "weight-missing": ("weights", "Go to Weights"),
    "no-points": ("weights", "Go to Weights"),
    "no-top-swing": ("weights", "Go to Weights"),
    "not-joined": ("weights", "Go to Weights"),
    "repeated-item": ("weights", "Go to Weights"),
    "repeated-pair": ("weights", "Go to Weights"),
    "self-comparison": ("weights", "Go to Weights"),
}
_ABOUT = "the decision (Decide)"


def page() -> None:
    """Show the decision: being written as a draft, or locked."""
    st.title("What do we choose, and why?", anchor=False)
    if is_locked():
        show_locked(run())
    elif run().evidence.scores:
        _show_draft()
    else:
        widgets.say("Nothing is recorded about any program yet, so there is nothing to choose by.")
        link_to("scores")
    show_earlier()


# --- the draft


def _show_draft() -> None:
    """Show the answer, ask what is chosen and why, say what blocks it, and offer to lock."""
    found = _show_answer()
    _show_parent()
    st.header("The choice", anchor=False)
    choice = _ask_choice(found)
    record = run().record
    if record is None:
        widgets.note("Choose first; then the reasons are asked for. All is kept as a draft.")
        return
    place = standing(project(), record.choice)
    widgets.say(place.sentence)
    away = place.state == "not first" or bool(record.departure)
    why = _form("why", ((_DEPARTURE,) if away else ()) + _WHY, record)
    why.show(partial(_keep, why))
    widgets.privacy()
    st.header("When, and who approved it?", anchor=False)
    days = _ask_days(record)
    approvals = _ask_approvals(record)
    forms = (choice, why, approvals, days)
    waiting = [f.label for form in forms for f in form.fields if f.name in form.typed()]
    _show_waiting(forms, waiting)
    _offer_lock(record, waiting)


def _show_answer() -> Ranking | None:
    """Show the ranking's answer and how firm it is; return the ranking where there is one."""
    # The record plays no part in it: without it, one count serves while the record is written.
    asked = project().with_record(None)
    try:
        found = ranking(asked)
        with st.spinner("Counting weightings …", show_time=False):
            firm = sentences(asked)
    except FindingsError as error:
        st.warning(widgets.escape(error.headline))
        return None
    widgets.answer(found.headline)
    widgets.say(f"By the weights of: {found.weighting.name}. {found.detail}".strip())
    st.html(f"<p><strong>How firm is it?</strong> {html.escape(firm.answer)}</p>")
    widgets.note(firm.caveat)
    with st.container(horizontal=True):
        link_to("ranking", "See the ranking")
        link_to("firm", "See how firm it is")
    return found


def _show_parent() -> None:
    """Say from which decision a later selection started."""
    parent = next((r for r in project().runs if r.id == run().parent), None)
    if parent is None or parent.record is None:
        return
    chosen = parent.program(parent.record.choice).name
    when = f" on {day_text(parent.record.decided_on)}" if parent.record.decided_on else ""
    widgets.say(f"This selection starts from “{parent.title}”, which chose {chosen}{when}.")
    link_to("weights", "Weigh again")


def _ask_choice(found: Ranking | None) -> Form:
    """Ask which program is chosen: any that is ranked, the first one first.

    The options are names alone: a browser knows them by their words, which must not change with
    the places.
    """
    options = {p.id: p.name for p in found.ranked} if found else {}
    record = run().record
    if record is not None and record.choice not in options:
        options[record.choice] = run().program(record.choice).name
    form = _form("choice", ((Field("choice", "We choose", "choice", options),),), record)
    form.show(partial(_keep, form))
    return form


def _form(place: str, rows: tuple[Row, ...], record: Record | None) -> Form:
    return Form(
        f"decide-{run().id}-{place}",
        rows,
        recorded(record, rows) if record else {},
        about=_ABOUT,
        thing=thing(run()),
    )


def _keep(form: Form) -> None:
    """Keep what was just typed in the drafted record."""
    labels = {f.name: f.label for f in form.fields}
    typed = [labels[name] for name in form.typed()]
    if typed:
        form.save(f"decision: {and_list(typed)}", _with_typed)


def _with_typed(decision: Project, typed: Values) -> Project:
    """Return the project with what was typed in its drafted record."""
    record = decision.run().record
    if record is None:
        return decision.with_record(entered(Record, {"reasons": ""} | typed))
    return decision.with_record(revised(record, **typed))


def _ask_approvals(record: Record) -> Form:
    """Ask for the role of each who approved, and the day; one empty row is always there."""
    rows = tuple(
        (
            Field(
                f"role-{at}",
                f"Approved by ({at + 1})",
                placeholder="a role, such as county manager; never a name",
            ),
            Field(f"on-{at}", f"On ({at + 1})", "date"),
        )
        for at in range(len(record.approvals) + 1)
    )
    form = Form(
        f"decide-{run().id}-approvals",
        rows,
        _approvals(record),
        about=_ABOUT,
        thing=thing(run()),
    )
    form.show(partial(_keep_approvals, form))
    return form


def _approvals(record: Record) -> Values:
    fields: Values = {f"role-{len(record.approvals)}": ""}
    for at, approval in enumerate(record.approvals):
        fields |= {f"role-{at}": approval.role, f"on-{at}": approval.on}
    return fields


def _keep_approvals(form: Form) -> None:
    if form.typed():
        form.save("decision: who approved it", partial(_with_approvals, form.values()))


def _with_approvals(values: Mapping[str, object], decision: Project, _typed: Values) -> Project:
    """Return the project with those approvals that name a role."""
    record = decision.run().record
    if record is None:
        return decision
    count = sum(name.startswith("role-") for name in values)
    given = [
        {"role": values[f"role-{at}"], "on": values[f"on-{at}"]}
        for at in range(count)
        if str(values[f"role-{at}"]).strip()
    ]
    return decision.with_record(revised(record, approvals=given))


def _ask_days(record: Record) -> Form:
    """Ask when it was decided and when it is reviewed, with what is usual a click away."""
    form = _form("days", _DAYS, record)
    form.show(partial(_keep, form))
    now = today()
    day = record.decided_on or now
    proposed = review_day(day)
    with st.container(horizontal=True):
        if record.decided_on is None:
            when = "today," if now == date.today() else "on"
            _day_button(f"Decided {when} {day_text(now)}", "decided_on", now)
        if record.review_on != proposed:
            _day_button(f"Review a year on, {day_text(proposed)}", "review_on", proposed)
    return form


def _day_button(label: str, name: str, day: date) -> None:
    st.button(label, key=f"decide-{name}", on_click=_set_day, args=(label, name, day))


def _set_day(label: str, name: str, day: date) -> None:
    edit(f"decision: {label}", lambda decision: _with_typed(decision, {name: day}))


def _show_waiting(forms: tuple[Form, ...], waiting: list[str]) -> None:
    """Name what was typed and could not be kept, and offer to try again."""
    if not waiting:
        return
    st.warning(f"Not kept yet: {widgets.escape(and_list(few(waiting)))}.")
    st.button("Keep it now", key="decide-keep", on_click=_keep_all, args=(forms,))


def _keep_all(forms: tuple[Form, ...]) -> None:
    choice, why, approvals, days = forms
    for form in (choice, why, days):
        _keep(form)
    _keep_approvals(approvals)


# --- what blocks it, and the lock


def _offer_lock(record: Record, waiting: list[str]) -> None:
    """Say what still blocks deciding; ask once more before the lock."""
    blockers = decision_problems(project(), record)
    st.header("Decide", anchor=False, help=HELP["lock"])
    if blockers:
        _show_blockers(blockers)
    else:
        widgets.say("Nothing stands in the way of deciding.")
    blocked = bool(blockers or waiting)
    explained = "Settle first what is listed above." if blockers else "Keep what is typed first."
    with st.popover("Decide and lock", disabled=blocked, help=explained if blocked else None):
        name = run().program(record.choice).name
        widgets.say(f"You are about to decide on {name}, and to lock this selection.")
        widgets.say(HELP["lock"])
        if record.decided_on is None:
            widgets.say("No day of decision is given. It cannot be added later.")
        elif still_to_come(record.decided_on):
            widgets.say(
                f"The day of decision, {day_text(record.decided_on)}, is still to come. It cannot "
                "be changed later."
            )
        if not record.approvals:
            widgets.say("Nobody is named who approved it. That cannot be added later.")
        st.button("Yes, decide and lock", type="primary", key="decide-lock", on_click=_lock)


def _show_blockers(blockers: tuple[Finding, ...]) -> None:
    with st.container(border=True, key="decide-blockers"):
        widgets.say("This cannot be decided yet:")
        widgets.bullets((f.place, widgets.finding_text(f)) for f in blockers)
        links = dict.fromkeys(_PAGES[f.code] for f in blockers if f.code in _PAGES)
        for step, label in links:
            link_to(step, label)


def _lock() -> None:
    def change(decision: Project) -> Project:
        record = decision.run().record
        return decide(decision, record) if record else decision

    record = run().record
    if record is None:
        return
    name = run().program(record.choice).name
    if edit(f"decide on {name}", change):
        state().notice = f"Decided and locked: {name}."


if __name__ == "__main__":
    page()
