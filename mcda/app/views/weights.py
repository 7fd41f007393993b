"""Weights: what matters most, asked of the group or of one person after another."""

from __future__ import annotations

from functools import partial

import streamlit as st

from mcda.analysis import (
    contradictions,
    default_weighting,
    read_back,
    usable_weightings,
)
from mcda.analysis.wording import and_list, few
from mcda.app import form_drafts, place, theme, weight_desk, widgets
from mcda.app.fields import Field
from mcda.app.forms import Form
from mcda.app.lexicon import HELP
from mcda.app.renaming import rename_form
from mcda.app.state import project, run
from mcda.app.steps import go, link_to
from mcda.app.weight_desk import Desk, desk
from mcda.app.weight_draft import (
    METHODS,
    Draft,
    Method,
    catch_up,
    method_of,
    next_code,
    progress,
    renamed,
)
from mcda.app.weight_forms import order_form, points_form, show_bends, swing_form
from mcda.app.weight_pair_forms import pairs_form
from mcda.charts import Column, DataTable, day_cell, weight_strips
from mcda.project import (
    Equal,
    Finding,
    FindingsError,
    Project,
    SwingJudgement,
    Weighting,
    check_run,
)
from mcda.project.checks import stale_criteria, weighting_errors

_OF_ONE = {"near-equal", "stale", "unconfirmed", "not-counted", "weight-missing", "no-top-swing"}
_OF_ALL = {"tiny-range", "overlap", "split-finer"}
_FORMS = {
    "swing": swing_form,
    "points": points_form,
    "order": order_form,
    "pairs": pairs_form,
}
_CODE = Field("code", "Code", help=HELP["code"])
_ROLE = Field("role", "Role", placeholder="such as school counselor")
_HOW = {
    "swing": "The most careful: which criterion you would lift first from its worst to its best, "
    "and how much the others matter against it.",
    "points": "Quicker: share out points among the criteria.",
    "order": "Quickest: only which matters more.",
    "pairs": "Two criteria at a time; says which answer does not fit the others.",
}


def page() -> None:
    """Ask for weights, or show who has answered."""
    here = desk()
    if here.go_on is not None:
        target, here.go_on = here.go_on, None
        go(target)
    st.title("What matters most to you?", anchor=False)
    # Each question has a place of its own, so that nothing of the one before stays in it.
    with st.container(key=f"weights-place-{here.place}"):
        _body(here)
    place.mark(str(here.place), f".st-key-weights-place-{here.place} h2")


def _body(here: Desk) -> None:
    if not run().active_criteria:
        widgets.say("There is nothing to weigh yet. Choose the criteria first.")
        link_to("criteria")
    elif here.draft is not None:
        _ask(here.draft)
    elif here.saved in {w.id for w in run().weightings}:
        _show_saved(here, run().weighting(here.saved))
    else:
        _overview(here)


# --- being asked


def _ask(draft: Draft) -> None:
    widgets.note(_whose(draft))
    changed = catch_up(draft, run())
    if changed:
        st.warning(
            widgets.escape(
                f"The range of {and_list(changed)} was changed meanwhile. It is asked again."
            )
        )
    elif draft.pairs.former:
        widgets.say(
            "A range has changed since these answers were given, so the pairs it is part of are "
            "asked again. The old answer stands below each."
        )
    elif draft.former:
        widgets.say(
            "A range has changed since these answers were given, so the numbers are asked again. "
            "The old ones stand beside the empty boxes."
        )
    _FORMS[draft.method](draft)


def _whose(draft: Draft) -> str:
    """Say on one line who answers and how, each thing once."""
    how = METHODS[draft.method]
    parts = [draft.person or "", draft.role, draft.name, how[0].lower() + how[1:]]
    return " · ".join(dict.fromkeys(part for part in parts if part))


# --- after saving


def _show_saved(here: Desk, saved: Weighting) -> None:
    st.header(f"Saved: {widgets.escape(saved.name)}", anchor=False)
    with st.container(horizontal=True, key="weights-after"):
        st.button(
            "Next person",
            type="primary",
            key="weights-next-person",
            on_click=weight_desk.next_person,
            help="Hides these answers, so that nobody is led by them.",
        )
        st.button(
            "Change these answers", key="weights-again", on_click=weight_desk.change, args=(saved,)
        )
    with st.container(horizontal=True, key="weights-onward"):
        link_to("ranking", "See the ranking")
        link_to("compare", "Compare who would choose what")
    _show_questions(saved)
    _show_meaning(saved)
    st.header("How much each criterion counts", anchor=False)
    widgets.note("The shares add up to 100 percent.")
    _show_strips(saved.id)


def _show_questions(saved: Weighting) -> None:
    """Ask what there is to ask about these answers; about the criteria behind a click."""
    found = check_run(run())
    own = [f for f in found if f.code in _OF_ONE and f.place == saved.name]
    own += contradictions(run(), saved)
    others = [f for f in found if f.code in _OF_ALL]
    if own or others:
        st.header("Questions to ask yourselves", anchor=False)
    if own:
        _question_list(own)
    if others:
        with st.expander(f"Questions about the criteria: {len(others)}"):
            _question_list(others)


def _question_list(found: list[Finding]) -> None:
    widgets.bullets((f.place, widgets.finding_text(f)) for f in found)


def _show_meaning(saved: Weighting) -> None:
    """Read the trade-offs back of answers that were not asked for step by step."""
    if isinstance(saved.judgement, SwingJudgement):
        return
    with st.expander("What these weights mean in trade-offs"):
        try:
            for said in read_back(project(), weighting=saved.id):
                widgets.say(said.sentence)
                if said.detail:
                    widgets.note(said.detail)
            show_bends()
        except FindingsError as error:
            widgets.finding_list(error.findings)


def _show_strips(first: str) -> None:
    """Show the shares of all weightings that can be used, one first; name those that cannot."""
    used, left_out = usable_weightings(run(), first)
    for _, error in left_out:
        widgets.note(error.headline)
    if used:
        widgets.chart(
            weight_strips(used, run().active_criteria, theme.colours()), key="weights-strips"
        )


# --- who answers, who has answered


def _overview(here: Desk) -> None:
    weightings = run().weightings
    if weightings:
        names = and_list(few([w.name for w in weightings]))
        widgets.answer(f"{names} {'has' if len(weightings) == 1 else 'have'} answered.")
    else:
        widgets.answer("Nobody has said what matters yet. Until then all counts the same.")
    _offer_waiting()
    _ask_again(weightings)
    _begin_form()
    if weightings:
        _list(weightings)
        _offer_all(here, weightings)


def _offer_waiting() -> None:
    """Offer the answers that were begun on this device and not saved, such as before a reload."""
    for draft in weight_desk.waiting():
        with st.container(border=True, key=f"weights-waiting-{draft.id}"):
            widgets.say(
                f"Begun on this device and not saved: the answers of {draft.whose}, "
                f"{progress(draft, run())} given. They are kept as they were."
            )
            with st.container(horizontal=True):
                st.button(
                    f"Go on: {widgets.escape(draft.name)}",
                    key=f"weights-go-on-{draft.id}",
                    type="primary",
                    on_click=weight_desk.go_on,
                    args=(draft,),
                )
                st.button(
                    f"Throw away: {widgets.escape(draft.name)}",
                    key=f"weights-throw-{draft.id}",
                    on_click=weight_desk.throw_away,
                    args=(draft,),
                )


def _ask_again(weightings: tuple[Weighting, ...]) -> None:
    """Say which answers no longer fit the criteria, and offer to ask again."""
    stale = {w.id: stale_criteria(run(), w) for w in weightings}
    lacking = {w.id: tuple(weighting_errors(run(), w)) for w in weightings}
    again = [w for w in weightings if stale[w.id] or lacking[w.id]]
    if not again:
        return
    with st.container(border=True, key="weights-stale"):
        names = dict.fromkeys(c.name for changed in stale.values() for c in changed)
        if names:
            widgets.say(
                f"The range of {and_list(few(list(names)))} has changed since these answers were "
                "given. The old answers were about another range, so ask again."
            )
        for sentence in _unusable([f for found in lacking.values() for f in found]):
            widgets.say(sentence)
        with st.container(horizontal=True):
            for weighting in again:
                st.button(
                    f"Ask again: {widgets.escape(weighting.name)}",
                    key=f"weights-ask-again-{weighting.id}",
                    on_click=weight_desk.change,
                    args=(weighting,),
                )


def _unusable(found: list[Finding]) -> list[str]:
    """Say what keeps answers from being used, each thing once with all it holds for."""
    places: dict[str, dict[str, None]] = {}
    for finding in found:
        places.setdefault(finding.message, {})[finding.place] = None
    return [
        f"The weights of {and_list(few(list(names)))} cannot be used. {message}"
        for message, names in places.items()
    ]


def _begin_form() -> None:
    st.header("Who answers now?", anchor=False)
    with st.container(border=True, key="weights-who"):
        group = run().weightings == () and not form_drafts.waits(_person_place())
        whose = st.radio(
            "Whose weights?",
            ["group", "person"],
            index=0 if group else 1,
            format_func={"group": "The group", "person": "One person"}.__getitem__,
            horizontal=True,
            key="weights-whose",
        )
        form = _person_form() if whose == "person" else None
        st.radio(
            "How to ask",
            list(METHODS),
            format_func=METHODS.__getitem__,
            captions=[_HOW[m] for m in METHODS],
            help=HELP["weighing method"],
            key="weights-method",
            persist_state="session",
        )
        widgets.note("Weigh from the ranges first; look at the scores afterwards.")
        if form is None:
            st.button("Begin", type="primary", key="weights-begin", on_click=_begin_group)
        else:
            form.buttons("Begin", partial(_begin_person, form))


def _begin_group() -> None:
    weight_desk.begin(None, "", _method())


def _begin_person(form: Form) -> None:
    """Begin with what stands in the fields now; a role may just have been typed."""
    given = form.values()
    if weight_desk.begin(given["code"].strip().lower(), given["role"].strip(), _method()):
        form.begin_anew()


def _method() -> Method:
    chosen: Method = st.session_state["weights-method"]
    return chosen


def _person_place() -> str:
    return f"weights-person-{run().id}"


def _person_form() -> Form:
    """Ask for a code, suggested anew after each person, and a role."""
    form = Form(
        _person_place(),
        ((_CODE, _ROLE),),
        {"code": next_code(run(), weight_desk.waiting())},
        about="who answers (Weights)",
        thing=form_drafts.thing(run()),
    )
    left, right = st.columns([1, 3])
    with left:
        form.ask("code")
    with right:
        form.ask("role")
    widgets.note("A code and a role, never a name.")
    return form


def _list(weightings: tuple[Weighting, ...]) -> None:
    st.header("Who has answered", anchor=False)
    columns = (Column("Name"), Column("Code"), Column("Role"), Column("How"), Column("On"))
    rows = tuple(
        (
            w.name,
            w.person or "group",
            w.role,
            _method_text(w),
            day_cell(w.given_on),
        )
        for w in weightings
    )
    widgets.table(DataTable("Weightings in this project", columns, rows))
    _manage(weightings)


def _method_text(weighting: Weighting) -> str:
    if isinstance(weighting.judgement, Equal):
        return "Nobody was asked"
    text = METHODS[method_of(weighting.judgement)].split(",", 1)[0]
    if isinstance(weighting.judgement, SwingJudgement) and not weighting.judgement.confirmed:
        return f"{text}, not confirmed"
    return text


def _manage(weightings: tuple[Weighting, ...]) -> None:
    names = {w.id: w.name for w in weightings}
    chosen = st.selectbox(
        "Change, copy, rename or delete",
        list(names),
        format_func=names.__getitem__,
        key="weights-manage",
    )
    weighting = next((w for w in weightings if w.id == chosen), weightings[0])
    with st.container(horizontal=True, vertical_alignment="bottom", key="weights-actions"):
        st.button(
            "Change the answers",
            key="weights-change",
            on_click=weight_desk.change,
            args=(weighting,),
        )
        st.button(
            "Duplicate", key="weights-copy", on_click=weight_desk.duplicate, args=(weighting,)
        )
        with st.popover("Rename"):
            rename_form(weighting, "the weights of", "Weights", partial(_renamed, weighting))
        st.button(
            "Delete",
            key="weights-delete",
            on_click=weight_desk.delete,
            args=(weighting,),
            help="Undo brings it back.",
        )


def _renamed(weighting: Weighting, decision: Project, name: str) -> Project:
    return decision.with_weighting(renamed(decision.run(), weighting, name))


def _offer_all(here: Desk, weightings: tuple[Weighting, ...]) -> None:
    st.header("How much each criterion counts", anchor=False)
    if not here.show_all:
        widgets.say("Hidden, so that whoever answers next is not led by it.")
        st.button("Show the weights", key="weights-show", on_click=_show_all, args=(here,))
        return
    st.button(
        "Hide the weights", key="weights-hide", on_click=weight_desk.next_person, type="tertiary"
    )
    _show_strips(default_weighting(run()).id)
    link_to("compare", "Compare who would choose what")


def _show_all(here: Desk) -> None:
    here.show_all = True


if __name__ == "__main__":
    page()
