"""Criteria: What will you judge them on?"""

from __future__ import annotations

import html
from collections.abc import Callable
from functools import partial

import streamlit as st

from mcda.analysis.consequences import lost_with_criterion, weightings_silent_on
from mcda.analysis.wording import and_list, few
from mcda.app import theme, widgets
from mcda.app.aside_form import aside_place, offer_aside
from mcda.app.criterion_form import (
    NEW_BOX,
    CriterionForm,
    editing_key,
    place_of,
    range_text,
)
from mcda.app.fields import Field, Values
from mcda.app.form_drafts import thing, waits
from mcda.app.forms import Form
from mcda.app.lexicon import HELP
from mcda.app.lines import line
from mcda.app.state import edit, project, run
from mcda.charts import value_curve, value_sentence
from mcda.project import Criterion, Objective, Project, ProjectError, Run, check_run
from mcda.project.aside import bring_back_criterion, set_aside_criterion
from mcda.project.entering import entered, fingerprint, revised
from mcda.project.templates import apply_template, template, templates
from mcda.project.text import counted, make_id, quoted

_QUESTIONS = frozenset(
    {
        "duplicate-name",
        "mixed-reach",
        "out-of-range",
        "range-unconfirmed",
        "range-unused",
        "spacing-unconfirmed",
        "split-finer",
        "stale",
        "tiny-range",
        "weight-missing",
    }
)


def page() -> None:
    """Show the criteria under their objectives, each with its scale behind a click."""
    st.title("What will you judge them on?", anchor=False)
    of = run()
    widgets.answer(_summary(of))
    if not of.evidence.criteria:
        _offer_templates()
    for name, criteria in _groups(of):
        st.header(widgets.escape(name), anchor=False)
        if not criteria:
            widgets.note("No criterion stands here yet.")
        for criterion in criteria:
            _show_criterion(of, criterion)
    _show_set_aside(of)
    _show_questions(of)
    _offer_changes(of)


def _summary(of: Run) -> str:
    count = len(of.active_criteria)
    if not count:
        return "There is nothing to judge by yet. Choose criteria to start from, or add your own."
    objectives = len({c.parent for c in of.active_criteria if c.parent is not None})
    criteria = counted(count, "criterion", "criteria")
    under = f" under {counted(objectives, 'objective')}" if objectives else ""
    return f"{criteria}{under}. Each has a range; its worst end is worth 0 and its best 100."


def _groups(of: Run) -> list[tuple[str, list[Criterion]]]:
    """Return the criteria in use under each objective, and last those under none."""
    groups = [
        (_path(of, o), [c for c in of.active_criteria if c.parent == o.id])
        for o in of.evidence.objectives
    ]
    known = {o.id for o in of.evidence.objectives}
    parents = {o.parent for o in of.evidence.objectives}
    filled = [
        group
        for group, o in zip(groups, of.evidence.objectives, strict=True)
        if group[1] or o.id not in parents
    ]
    rest = [c for c in of.active_criteria if c.parent not in known]
    name = "Other criteria" if filled else "Criteria"
    return [*filled, (name, rest)] if rest else filled


def _path(of: Run, objective: Objective) -> str:
    """Return an objective's name after the names of those it stands under."""
    by_id = {o.id: o for o in of.evidence.objectives}
    names, seen = [objective.name], {objective.id}
    above = by_id.get(objective.parent or "")
    while above is not None and above.id not in seen:
        names.append(above.name)
        seen.add(above.id)
        above = by_id.get(above.parent or "")
    return " › ".join(reversed(names))


# --- one criterion


def _show_criterion(of: Run, criterion: Criterion) -> None:
    label = f"**{widgets.escape(criterion.name)}** · {widgets.escape(range_text(criterion))}"
    begun = waits(place_of(criterion))
    opened = begun or waits(aside_place(criterion))
    with line(label, f"criterion-{criterion.id}", opened=opened) as is_open:
        if not is_open:
            return
        if begun or st.session_state.get(editing_key(criterion.id)):
            CriterionForm(criterion).show()
        else:
            _describe(of, criterion)
            _offer_moves(of, criterion)


def _describe(of: Run, criterion: Criterion) -> None:
    if criterion.definition:
        widgets.say(criterion.definition)
    widgets.say(value_sentence(criterion))
    curve = value_curve(criterion, theme.colours())
    if criterion.scale.type == "levels":
        anchors = "".join(
            f"<li><strong>{level.level}</strong> {html.escape(level.anchor)}</li>"
            for level in criterion.scale.levels
        )
        st.html(f'<ul aria-label="Levels, from worst to best">{anchors}</ul>')
    widgets.chart(curve, key=f"curve-{criterion.id}-{fingerprint(criterion)}")
    if not criterion.scale.confirmed:
        _ask_agreed(criterion)
    if criterion.based_on:
        widgets.note(f"Based on: {criterion.based_on}")
    names = {c.id: c.name for c in of.active_criteria}
    for overlap in of.evidence.overlaps:
        pair = {overlap.first, overlap.second}
        if criterion.id in pair and pair <= names.keys():
            (other,) = pair - {criterion.id} or pair
            widgets.note(f"Overlap with {quoted(names[other])}? {overlap.question}")


def _ask_agreed(criterion: Criterion) -> None:
    asked = "what the levels are worth" if criterion.scale.type == "levels" else "this range"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"Does the group agree on {asked}? Nobody has confirmed it yet.", width="content"
        )
        st.button(
            "Yes, we agree",
            key=f"agree-{criterion.id}",
            on_click=_agree,
            args=(criterion,),
            help=HELP["confirmed"],
        )


def _agree(criterion: Criterion) -> None:
    scale = criterion.scale.model_copy(update={"confirmed": True})
    agreed = criterion.model_copy(update={"scale": scale})
    edit(f"agreed on {quoted(criterion.name)}", lambda project: project.with_criterion(agreed))


def _offer_moves(of: Run, criterion: Criterion) -> None:
    with st.container(horizontal=True):
        st.button(
            "Change it",
            key=f"change-{criterion.id}",
            on_click=_begin_change,
            args=(criterion,),
        )
        offer_aside(criterion, "Criteria", set_aside_criterion)
        with st.popover("Remove for good"):
            _offer_removal(of, criterion)


def _begin_change(criterion: Criterion) -> None:
    st.session_state[editing_key(criterion.id)] = True


def _offer_removal(of: Run, criterion: Criterion) -> None:
    widgets.say(f"{lost_with_criterion(of, criterion.id)} You can undo this.")
    st.button(
        "Remove it",
        key=f"remove-criterion-{criterion.id}",
        on_click=_remove,
        args=(criterion,),
    )


def _remove(criterion: Criterion) -> None:
    edit(
        f"remove {quoted(criterion.name)}",
        lambda project: project.without_criterion(criterion.id),
    )


def _show_set_aside(of: Run) -> None:
    if not of.framing.criteria_out:
        return
    st.header("Set aside", anchor=False)
    for left in of.framing.criteria_out:
        criterion = of.criterion(left.item)
        name, reason = html.escape(criterion.name), html.escape(left.reason)
        st.html(f'<p class="bf-muted"><strong>{name}</strong>: {reason}</p>')
        silent = weightings_silent_on(of, criterion.id)
        if silent:
            widgets.note(f"If it comes back, ask again for the weights of {and_list(few(silent))}.")
        with st.container(horizontal=True):
            st.button(
                f"Bring back {widgets.escape(quoted(criterion.name))}",
                key=f"criterion-back-{criterion.id}",
                on_click=_bring_back,
                args=(criterion,),
            )
            with st.popover("Remove for good"):
                _offer_removal(of, criterion)


def _bring_back(criterion: Criterion) -> None:
    edit(
        f"bring back {quoted(criterion.name)}",
        lambda project: bring_back_criterion(project, criterion.id),
    )


# --- questions


def _show_questions(of: Run) -> None:
    """Show what is worth asking about the criteria, as questions."""
    found = check_run(of)
    asked = [f for f in found if f.code in _QUESTIONS]
    overlaps = [f for f in found if f.code == "overlap"]
    if not asked and not overlaps:
        return
    st.header("Worth asking", anchor=False)
    if asked:
        widgets.bullets((f.place, widgets.finding_text(f)) for f in asked)
    if any(not c.scale.confirmed for c in of.active_criteria):
        widgets.note("To confirm one, open it above and press “Yes, we agree”.")
    if overlaps:
        with st.expander(f"Could two of these count the same thing twice? {len(overlaps)} to ask"):
            widgets.bullets((f.place, widgets.finding_text(f)) for f in overlaps)


# --- adding, objectives, templates


def _offer_changes(of: Run) -> None:
    st.header("Add or change", anchor=False)
    st.session_state.setdefault(NEW_BOX, waits(place_of(None)))
    with st.expander("Add a criterion", key=NEW_BOX, on_change="rerun") as box:
        if box.open:
            CriterionForm(None).show()
    with st.expander("Objectives", key="objectives"):
        _offer_objectives(of)
    if of.evidence.criteria:
        with st.expander("Start from other criteria", key="templates"):
            _offer_templates()


def _offer_objectives(of: Run) -> None:
    widgets.note(HELP["objective"])
    for objective in of.evidence.objectives:
        form = Form(
            f"objective-{of.id}-{objective.id}",
            ((Field("name", f"Name of {quoted(objective.name)}"),),),
            {"name": objective.name},
            about=f"the name of the objective {quoted(objective.name)} (Criteria)",
            thing=thing(objective),
        )
        _ask_name(form, "Rename", partial(_rename, objective, form))
    new = ((Field("name", "A new objective"),),)
    form = Form("objective-new", new, {}, about="a new objective (Criteria)")
    _ask_name(form, "Add", partial(_add_objective, form))


def _ask_name(form: Form, button: str, save: Callable[[], None]) -> None:
    """Show the field of a name, and beside it what is done with it."""
    form.show_overtaken()
    name, buttons = st.columns([3, 2], vertical_alignment="bottom")
    with name:
        form.ask("name")
    with buttons:
        form.buttons(button, save, primary=False)


def _rename(objective: Objective, form: Form) -> None:
    def change(decision: Project, typed: Values) -> Project:
        return decision.with_objective(revised(objective, **typed))

    form.save(f"name of {quoted(objective.name)}", change)


def _add_objective(form: Form) -> None:
    name = form.values()["name"]

    def change(decision: Project, _typed: Values) -> Project:
        taken = {node.id for node in decision.run().evidence.nodes}
        new = entered(Objective, {"id": make_id(name, taken), "name": name})
        return decision.with_objective(new)

    form.save(f"add {quoted(name)}", change)


def _offer_templates() -> None:
    """Offer the sets of criteria to start from, or say why that is too late."""
    refused = _why_not()
    names = {t.id: t.name for t in templates()}
    chosen = st.radio(
        "Criteria to start from",
        sorted(names, key=lambda t: t != "short"),
        format_func=names.__getitem__,
        captions=[template(t).about for t in sorted(names, key=lambda t: t != "short")],
        disabled=refused is not None,
        key="template",
    )
    if refused is not None:
        widgets.note(refused)
    elif run().evidence.criteria:
        widgets.note("This replaces the criteria, objectives and must-haves above. You can undo.")
    st.button(
        "Use these criteria",
        type="secondary" if run().evidence.criteria else "primary",
        key="use-template",
        disabled=refused is not None,
        help=widgets.escape(refused) if refused else None,
        on_click=_use_template,
        args=(chosen,),
    )


def _why_not() -> str | None:
    """Say why no template can be taken now, or None where one can."""
    try:
        apply_template(project(), templates()[0].id)
    except ProjectError as error:
        return str(error)
    return None


def _use_template(template_id: str) -> None:
    edit(
        f"criteria from {quoted(template(template_id).name)}",
        lambda project: apply_template(project, template_id),
    )


if __name__ == "__main__":
    page()
