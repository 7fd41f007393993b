"""Asking for weights by comparing two lifts at a time, and what the answers say together."""

from __future__ import annotations

import zlib

import streamlit as st

from mcda.analysis import Misfit, UsedWeights, derive_weights, misfits
from mcda.analysis.wording import and_list, compared, few, number, percent
from mcda.app import theme, weight_desk, widgets
from mcda.app.lexicon import HELP
from mcda.app.state import run, today
from mcda.app.weight_draft import Draft, problem_with, weighting_of
from mcda.app.weight_forms import range_text, show_problem, stop_button
from mcda.app.weight_pairs import (
    Pair,
    about,
    apart,
    are_checked,
    criteria_under,
    groups,
    left,
    plan,
)
from mcda.charts import Column, DataTable, weight_strips
from mcda.project import Comparison, Weighting

_SAME = ""
"""Stands for "both matter the same" among the ids of the two."""

_WORDS = {3.0: "somewhat more", 5.0: "clearly more", 7.0: "much more", 9.0: "far more"}


def pairs_form(draft: Draft) -> None:
    """Ask about one pair after another; then show what the answers say."""
    if draft.pairs.at is None:
        _review(draft)
    else:
        _ask(draft, draft.pairs.at)


# --- one pair


def _ask(draft: Draft, pair: Pair) -> None:
    planned = plan(draft.pairs, run())
    here = planned.index(pair)
    st.header(f"Pair {here + 1} of {len(planned)}", anchor=False, help=HELP["pairs"])
    if draft.pairs.over == "tree":
        widgets.note(_where(pair))
    widgets.say(
        "Imagine a program at the worst end of both. You may lift one of the two to its best end."
    )
    _question(draft, pair)
    former = about(draft.pairs.former, pair)
    if former:
        widgets.note(f"Answer before the change: {_said(former)}")
    show_problem(draft)
    _question_buttons(draft, is_first=here == 0)


def _where(pair: Pair) -> str:
    parents = {node.id: node.parent for node in run().evidence.nodes}
    names = _names()
    if parents[pair[0]] is None:
        return "Between whole branches"
    return f"Within: {names[parents[pair[0]] or '']}"


def _question(draft: Draft, pair: Pair) -> None:
    names, given = _names(), about(draft.pairs.given, pair)
    ranges = [_range(item) for item in pair]
    stem = f"weights-{draft.key}-{'-'.join(pair)}-{zlib.crc32(''.join(ranges).encode())}"
    which, times = f"{stem}-which", f"{stem}-times"
    if given is not None:
        st.session_state.setdefault(which, _SAME if given.times == 1 else given.item)
    chosen = st.radio(
        "Which lift would you rather have?",
        [*pair, _SAME],
        index=None,
        format_func=lambda i: "Both matter the same" if i == _SAME else widgets.escape(names[i]),
        captions=[*ranges, ""],
        key=which,
        on_change=_keep,
        args=(draft, pair, which, times),
    )
    if not chosen:
        return
    if given is not None and given.times > 1:
        st.session_state.setdefault(times, given.times)
    st.radio(
        "How much more does it matter?",
        sorted({*map(float, range(2, 10)), *([given.times] if given else [])} - {1.0}),
        index=None,
        format_func=_times_text,
        key=times,
        on_change=_keep,
        args=(draft, pair, which, times),
    )


def _keep(draft: Draft, pair: Pair, which: str, times: str) -> None:
    """Keep the answer once both parts of it are given; until then there is none."""
    draft.problem = None
    chosen = st.session_state[which]
    ratio = 1.0 if chosen == _SAME else st.session_state.get(times)
    if ratio is None:
        draft.pairs.answer(pair, None)
        return
    item = chosen or pair[0]
    than = pair[1] if item == pair[0] else pair[0]
    draft.pairs.answer(pair, Comparison(item=item, than=than, times=ratio))


def _times_text(ratio: float) -> str:
    word = f": {_WORDS[ratio]}" if ratio in _WORDS else ""
    return f"{number(ratio)} times as much{word}"


def _question_buttons(draft: Draft, *, is_first: bool) -> None:
    pair = draft.pairs.at
    answered = pair is not None and about(draft.pairs.given, pair) is not None
    with st.container(horizontal=True, key="weights-pair-buttons"):
        if not is_first:
            st.button("Back", key="weights-back", on_click=_back, args=(draft,))
        st.button("Next", type="primary", key="weights-next", on_click=_next, args=(draft,))
        st.button(
            "Take this answer back" if answered else "Skip this pair",
            key="weights-skip",
            on_click=_skip,
            args=(draft,),
        )
        if not apart(draft.pairs, run()):
            st.button("See the result", key="weights-result", on_click=_see, args=(draft,))
        stop_button()


def _back(draft: Draft) -> None:
    draft.problem = None
    draft.pairs.go_back(run())
    weight_desk.desk().move()


def _next(draft: Draft) -> None:
    """Go on, unless the pair in view has no answer: then say what is missing."""
    if draft.pairs.at is not None and about(draft.pairs.given, draft.pairs.at) is None:
        draft.problem = (
            "Choose a lift and say how much more it matters; or skip this pair if you cannot say."
        )
        return
    draft.problem = None
    draft.pairs.go_on(run())
    weight_desk.desk().move()


def _skip(draft: Draft) -> None:
    draft.problem = None
    draft.pairs.pass_over(run())
    weight_desk.desk().move()


def _see(draft: Draft) -> None:
    draft.problem = None
    draft.pairs.at = None
    weight_desk.desk().move()


# --- what the answers say together


def _review(draft: Draft) -> None:
    lacking = problem_with(draft, run())
    if lacking:
        st.header("More answers are needed", anchor=False, help=HELP["pairs"])
        widgets.say(lacking)
    else:
        st.header("What your answers say", anchor=False, help=HELP["pairs"])
        answered = weighting_of(draft, run(), today())
        used = UsedWeights(None, draft.name, draft.role, derive_weights(run(), answered))
        _most(used)
        _fit(draft, answered)
        _shares(draft, used)
    _answer_list(draft)
    _review_buttons(draft, can_save=not lacking)


def _most(used: UsedWeights) -> None:
    """Say what counts most, all of it where several count the same."""
    most = max(used.weights.values())
    first = [c.name for c in run().active_criteria if used.weights[c.id] > most - 1e-9]
    verb, each = ("count", " each") if len(first) > 1 else ("counts", "")
    widgets.answer(f"{and_list(few(first))} {verb} most: {percent(most)}{each}.")


def _shares(draft: Draft, used: UsedWeights) -> None:
    st.header("How much each criterion counts", anchor=False)
    widgets.note("The shares add up to 100 percent.")
    chart = weight_strips([used], run().active_criteria, theme.colours())
    widgets.chart(chart, key=f"weights-{draft.key}-shares")


def _fit(draft: Draft, answered: Weighting) -> None:
    """Say whether the answers fit together; where they do not, offer to ask again."""
    found = misfits(run(), answered)
    if not found and not groups(run(), draft.pairs.over):
        return
    st.header("Do your answers fit together?", anchor=False, help=HELP["answers that fit"])
    for misfit in found:
        _offer_again(draft, misfit)
    if found:
        widgets.say("You need not change anything: keep what is meant, and save.")
    elif are_checked(draft.pairs, run()):
        widgets.say("Yes, they fit together well.")
    elif left(draft.pairs, run()):
        widgets.say(
            "Nobody can tell yet: no answer is checked by others. A few more pairs would show it."
        )
    else:
        widgets.say("There is nothing to check: no two answers speak of the same thing.")


def _offer_again(draft: Draft, misfit: Misfit) -> None:
    with st.container(border=True, key=f"weights-misfit-{misfit.item}-{misfit.than}"):
        widgets.say(f"{misfit.finding.message} {misfit.finding.mend}")
        st.button(
            f"Ask again: {widgets.escape(_versus((misfit.item, misfit.than)))}",
            key=f"weights-again-{misfit.item}-{misfit.than}",
            on_click=_open,
            args=(draft, (misfit.item, misfit.than)),
        )


def _answer_list(draft: Draft) -> None:
    said = {p: c for p in plan(draft.pairs, run()) if (c := about(draft.pairs.given, p))}
    if not said:
        return
    with st.expander(f"Your answers: {len(said)}"):
        names = {pair: _versus(pair) for pair in said}
        rows = tuple((names[pair], _said(given)) for pair, given in said.items())
        columns = (Column("Pair"), Column("Answer"))
        widgets.table(DataTable("Your answers about pairs", columns, rows))
        chosen = st.selectbox(
            "Change one of them",
            list(said),
            format_func=names.__getitem__,
            key=f"weights-{draft.key}-change-pair",
        )
        st.button("Change it", key="weights-change-pair", on_click=_open, args=(draft, chosen))


def _open(draft: Draft, pair: Pair) -> None:
    """Turn to a pair, whichever way round it is named."""
    planned = plan(draft.pairs, run())
    draft.pairs.at = next((p for p in planned if set(p) == set(pair)), None)
    draft.problem = None
    weight_desk.desk().move()


def _review_buttons(draft: Draft, *, can_save: bool) -> None:
    open_pairs = len(left(draft.pairs, run()))
    with st.container(horizontal=True, key="weights-end"):
        if can_save:
            st.button(
                "Save", type="primary", key="weights-save", on_click=weight_desk.save, args=(False,)
            )
        if open_pairs:
            st.button(
                "Answer more pairs",
                type="secondary" if can_save else "primary",
                key="weights-more-pairs",
                on_click=_ask_more,
                args=(draft,),
                help=f"Not answered yet: {open_pairs}. More answers make the shares firmer, and "
                "show better which answers fit.",
            )
        stop_button()


def _ask_more(draft: Draft) -> None:
    draft.problem = None
    draft.pairs.ask_more(run())
    weight_desk.desk().move()


# --- words


def _names() -> dict[str, str]:
    return {node.id: node.name for node in run().evidence.nodes}


def _range(item: str) -> str:
    """Write the range of a criterion; of a branch, those of all criteria in it."""
    below = criteria_under(run(), item)
    if [c.id for c in below] == [item]:
        return range_text(below[0])
    ranges = {c.name: range_text(c).rstrip(".") for c in below}
    each = [f"{widgets.escape(n)}: {text[0].lower()}{text[1:]}." for n, text in ranges.items()]
    return " ".join(each if len(each) == 1 else ["All of it together.", *each])


def _versus(pair: Pair) -> str:
    names = _names()
    return " – ".join(names[item] for item in pair)


def _said(answer: Comparison) -> str:
    names = _names()
    return f"{compared(names[answer.item], names[answer.than], answer.times)}."
