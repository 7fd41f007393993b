"""Three ways to be asked for weights, by numbers; each keeps its answers in the visitor's draft."""

from __future__ import annotations

import streamlit as st

from mcda.analysis import lift_text, read_back
from mcda.analysis.wording import number
from mcda.app import weight_desk, widgets
from mcda.app.lexicon import HELP
from mcda.app.state import project, run
from mcda.app.twins import Twin, twin
from mcda.app.weight_draft import RATE, READ_BACK, TOP, Draft, limits, problem_with, tiers
from mcda.charts import Column, DataTable
from mcda.project import Criterion

_NOT_YET = -1.0
_EVEN = 0.5  # points of 100 that nobody would tell apart


def swing_form(draft: Draft) -> None:
    """Ask by swing, one step at a time."""
    steps = {1: _imagine, 2: _choose_top, RATE: _rate}
    if draft.step == READ_BACK and problem_with(draft, run()) is None:
        _confirm(draft)
    else:
        draft.step = min(draft.step, RATE)
        steps[draft.step](draft)
    _steps_buttons(draft)


def points_form(draft: Draft) -> None:
    """Ask for points, with what is left of 100 in view."""
    st.header("Share out 100 points", anchor=False)
    widgets.say(
        "Give the most points to the lift from worst to best that you want most. 0 means that "
        "the lift does not matter to you."
    )
    _points_boxes(draft)
    _end_buttons(draft)


def order_form(draft: Draft) -> None:
    """Ask for a place for each criterion; the same place twice is a tie."""
    st.header("Put the lifts in order", help=HELP["rank-order weights"], anchor=False)
    widgets.say(
        "Give 1 to the lift from worst to best that you want most, 2 to the next, and so on. "
        "Lifts that matter equally get the same number."
    )
    _order_boxes(draft)
    _end_buttons(draft)


# --- swing


def _imagine(draft: Draft) -> None:
    st.header("Step 1 of 4: Imagine the worst", anchor=False, help=HELP["swing"])
    widgets.say(
        "Imagine a program that stands at the worst end of everything. Each criterion could be "
        "lifted to its best end. Read the two ends before you go on."
    )
    columns = (Column("Criterion"), Column("The worst end"), Column("The best end"))
    rows = tuple(
        (c.name, _end(c, c.scale.worst), _end(c, c.scale.best)) for c in run().active_criteria
    )
    widgets.table(DataTable("The two ends of each criterion", columns, rows))
    show_bends()


def _end(criterion: Criterion, score: float) -> str:
    if criterion.scale.type == "levels":
        return f"Level {number(score)}: {criterion.scale.anchor(score)}"
    return criterion.with_unit(number(score))


def _choose_top(draft: Draft) -> None:
    st.header("Step 2 of 4: Choose the first lift", anchor=False, help=HELP["swing"])
    widgets.say(
        "The program stands at the worst end of everything, and you may lift one criterion to its "
        "best end. Look at the whole step, not only at the name. This lift will count 100."
    )
    known = {c.id: c for c in run().active_criteria}
    key = f"weights-{draft.key}-top"
    if draft.top in known:
        st.session_state.setdefault(key, draft.top)
    st.radio(
        "Which single lift would you make first?",
        list(known),
        index=None,
        format_func=lambda c: widgets.escape(known[c].name),
        captions=[range_text(c) for c in known.values()],
        key=key,
        on_change=_take_top,
        args=(draft, key),
    )


def _take_top(draft: Draft, key: str) -> None:
    chosen = st.session_state[key]
    if chosen is not None:
        draft.choose_top(chosen)
        draft.problem = None


def _rate(draft: Draft) -> None:
    st.header("Step 3 of 4: Rate every other lift", anchor=False, help=HELP["swing"])
    widgets.say(
        "The lift you would make first counts 100. How much does each other lift matter against "
        "it? 50 means half as much. 0 means that it does not matter."
    )
    top = next(c for c in run().active_criteria if c.id == draft.top)
    words, right = st.columns([9, 2], vertical_alignment="center")
    with words:
        _name_and_range(draft, top)
    right.markdown("**100**")
    _rating_boxes(draft)


@st.fragment
def _rating_boxes(draft: Draft) -> None:
    for criterion in run().active_criteria:
        if criterion.id != draft.top:
            _rating_row(draft, criterion)
    _answered(draft)
    weight_desk.keep()


def _rating_row(draft: Draft, criterion: Criterion) -> None:
    given = draft.numbers.get(criterion.id)
    both = twin(_key(draft, criterion), given)
    both.follow(given)
    shown = _NOT_YET if both.number is None else both.number
    st.session_state.setdefault(both.slider_key, shown)
    st.session_state.setdefault(both.box_key, both.number)
    name = widgets.escape(criterion.name)
    words, middle, right = st.columns([5, 4, 2], vertical_alignment="center")
    with words:
        _name_and_range(draft, criterion)
    middle.select_slider(
        f"Slider for {name}",
        sorted({_NOT_YET, *map(float, range(101)), shown}),
        format_func=lambda v: "not rated" if v == _NOT_YET else number(v),
        key=both.slider_key,
        on_change=_slid,
        args=(draft, criterion.id, both, both.slider_key),
        label_visibility="collapsed",
    )
    right.number_input(
        f"Rating of {name}, 0 to 100",
        min_value=0.0,
        max_value=TOP,
        step=1.0,
        format="%g",
        key=both.box_key,
        placeholder="0–100",
        on_change=_typed,
        args=(draft, criterion.id, both, both.box_key),
        label_visibility="collapsed",
    )


def _slid(draft: Draft, criterion: str, both: Twin, key: str) -> None:
    moved = st.session_state.get(key)
    if both.slid_to(key, None if moved == _NOT_YET else moved):
        draft.answer(criterion, both.number)


def _typed(draft: Draft, criterion: str, both: Twin, key: str) -> None:
    if both.typed_in(key, st.session_state.get(key)):
        draft.answer(criterion, both.number)


def _confirm(draft: Draft) -> None:
    st.header("Step 4 of 4: Is this what you mean?", anchor=False, help=HELP["swing"])
    widgets.say("Read this aloud. It follows from your ratings, and from nothing else.")
    for said in read_back(project(), weighting=dict(draft.numbers)):
        widgets.answer(said.sentence)
        if said.detail:
            widgets.note(said.detail)
    show_bends()
    widgets.say("If one of these is too much or too little, go back and change a rating.")
    st.button(
        "Yes, this is what we mean" if draft.person is None else "Yes, this is what I mean",
        type="primary",
        key="weights-confirm",
        on_click=weight_desk.save,
        args=(True,),
    )


def _steps_buttons(draft: Draft) -> None:
    show_problem(draft)
    with st.container(horizontal=True, key="weights-steps"):
        if draft.step > 1:
            st.button("Back", key="weights-back", on_click=_back, args=(draft,))
        if draft.step < READ_BACK:
            labels = {1: "Next: the first lift", 2: "Next: the other lifts", 3: "Next: read back"}
            st.button(
                labels[draft.step],
                type="primary",
                key="weights-next",
                on_click=_next,
                args=(draft,),
            )
        if draft.step >= RATE:
            st.button(
                "Save without confirming",
                key="weights-save",
                on_click=weight_desk.save,
                args=(False,),
                help="Best Fit will remind you that nobody has confirmed the trade-offs.",
            )
        stop_button()


def _back(draft: Draft) -> None:
    draft.problem = None
    draft.step -= 1
    weight_desk.desk().move()


def _next(draft: Draft) -> None:
    """Go on, unless the step is not done: then say what is missing."""
    draft.problem = None
    if draft.step == 2 and draft.top is None:
        draft.problem = "Choose one lift; you can change it later."
    elif draft.step == RATE:
        draft.problem = problem_with(draft, run())
    if draft.problem is None:
        draft.step += 1
        weight_desk.desk().move()


# --- points and order


@st.fragment
def _points_boxes(draft: Draft) -> None:
    given = sum(draft.numbers.get(c.id, 0.0) for c in run().active_criteria)
    widgets.answer(_left_of_hundred(given))
    for criterion in run().active_criteria:
        _number_row(draft, criterion, "Points for", "points")
    widgets.answer(_left_of_hundred(given))
    widgets.note("Any total is fine: only the proportions count.")
    weight_desk.keep()


def _left_of_hundred(given: float) -> str:
    """Say what is left of 100 points, or by how much they were passed."""
    if given <= TOP:
        return f"{number(given)} points given, {number(TOP - given)} left of 100."
    return f"{number(given)} points given, {number(given - TOP)} more than 100."


@st.fragment
def _order_boxes(draft: Draft) -> None:
    for criterion in run().active_criteria:
        _number_row(draft, criterion, "Place of", "place")
    names = {c.id: c.name for c in run().active_criteria}
    given = {c: place for c, place in draft.numbers.items() if c in names}
    if given:
        order = "; ".join(" and ".join(names[i] for i in tier) for tier in tiers(given))
        widgets.say(f"Your order so far: {order}.")
    _answered(draft)
    weight_desk.keep()


def _number_row(draft: Draft, criterion: Criterion, what: str, unit: str) -> None:
    low, high = limits(draft.method, len(run().active_criteria))
    box = _key(draft, criterion)
    st.session_state.setdefault(box, draft.numbers.get(criterion.id))
    words, right = st.columns([4, 1], vertical_alignment="center")
    with words:
        _name_and_range(draft, criterion)
    right.number_input(
        f"{what} {widgets.escape(criterion.name)}",
        min_value=low,
        max_value=high,
        step=1.0,
        format="%g",
        key=box,
        placeholder=unit,
        on_change=_noted,
        args=(draft, criterion.id, box),
        label_visibility="collapsed",
    )


def _noted(draft: Draft, criterion: str, box: str) -> None:
    draft.answer(criterion, st.session_state[box])


def _end_buttons(draft: Draft) -> None:
    show_problem(draft)
    with st.container(horizontal=True, key="weights-end"):
        st.button(
            "Save", type="primary", key="weights-save", on_click=weight_desk.save, args=(False,)
        )
        stop_button()


# --- shared


def _key(draft: Draft, criterion: Criterion) -> str:
    """Return the key of a criterion's question; a changed range gives a fresh one."""
    return f"weights-{draft.key}-{criterion.id}-{draft.asked[criterion.id]}"


def _name_and_range(draft: Draft, criterion: Criterion) -> None:
    about = widgets.escape(criterion.definition) or None
    st.markdown(f"**{widgets.escape(criterion.name)}**", help=about)
    st.caption(range_text(criterion))
    if criterion.id in draft.former:
        st.caption(f"Answer before the change: {number(draft.former[criterion.id])}")


def range_text(criterion: Criterion) -> str:
    """Write the range of a criterion for a caption; every mark in it is escaped."""
    text = lift_text(criterion)
    bend = bend_text(criterion)
    return widgets.escape(text[0].upper() + text[1:] + (f". {bend}" if bend else ""))


def show_bends() -> None:
    """Say of which criteria the parts of the range do not count alike."""
    for criterion in run().active_criteria:
        bend = bend_text(criterion)
        if bend:
            widgets.note(f"{criterion.name}: {bend[0].lower()}{bend[1:]}")


def bend_text(criterion: Criterion) -> str:
    """Say in few words how much a first part of the range counts, where not all counts alike.

    The part is the one that is farthest from what an even count would give. The text is empty
    where all of the range counts alike.

    >>> from mcda.project import NumberScale, ValuePoint
    >>> reach = NumberScale(worst=0, best=2000, points=(ValuePoint(score=500, value=60),))
    >>> bend_text(Criterion(id="reach", name="People reached", scale=reach))
    'The step from 0 to 500 counts for 60 of 100.'
    """
    scale = criterion.scale
    span = scale.best - scale.worst
    score, value = max(scale.curve, key=lambda p: abs(p[1] - TOP * (p[0] - scale.worst) / span))
    if abs(value - TOP * (score - scale.worst) / span) < _EVEN:
        return ""
    level = "level " if scale.type == "levels" else ""
    start, end = number(scale.worst), number(score)
    return f"The step from {level}{start} to {level}{end} counts for {number(value)} of 100."


def _answered(draft: Draft) -> None:
    active = [c.id for c in run().active_criteria]
    widgets.note(f"{sum(c in draft.numbers for c in active)} of {len(active)} answered.")


def stop_button() -> None:
    """Offer to leave the answers without saving them."""
    st.button("Stop without saving", type="tertiary", key="weights-stop", on_click=weight_desk.stop)


def show_problem(draft: Draft) -> None:
    """Say what keeps the visitor from going on."""
    if draft.problem:
        st.error(widgets.escape(draft.problem))
