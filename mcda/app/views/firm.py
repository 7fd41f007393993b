"""How firm?: in how many weightings the first place holds, and what would change it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mcda.analysis import (
    SAMPLING,
    SETTLED_NOTE,
    Firmness,
    Flips,
    Sentences,
    UsedWeights,
    default_space,
    firmness,
    sentences,
    space_choices,
    usable_weightings,
    what_flips,
)
from mcda.app import theme, widgets
from mcda.app.crossing import show_crossing
from mcda.app.lexicon import HELP
from mcda.app.ranked_by import nothing_to_rank
from mcda.app.state import project, run, state
from mcda.charts import (
    CENTRAL,
    PROVED,
    central_table,
    data_table,
    first_bars,
    pair_table,
    rank_ranges,
    rank_table,
)
from mcda.engine.robustness import Sampling
from mcda.project import FindingsError

EVERYONE = ""
MANY = 1_000_000
MORE_EXACT = (
    f"A count of {MANY:,} weightings takes up to a minute. It is up to ten times as exact, and may "
    "settle which band a close count is in. Press anything else to stop it."
)
_MORE = "firm-more-for"
SPACE_NAMES = {
    "near": "Close to these weights",
    "order": "The same order",
    "people": "Any mix of our weights",
    "all": "Any weights at all",
}
_LEADS = (
    ("twins", "Named together"),
    ("runner_up", "What the runner-up needs"),
    ("second", "The second method"),
    ("unknown", "What is not known"),
)


def page() -> None:
    """Say how firm the ranking of the open project is."""
    st.title("Can we stand by this ranking?", anchor=False)
    if nothing_to_rank():
        return
    top = st.container()
    try:
        with st.expander("Count over other weightings"):
            weighting, space = _choose()
        _show(weighting, space, top)
    except FindingsError as error:
        widgets.cannot(error)


def _choose() -> tuple[str | None, str]:
    """Ask over which weightings to count; return the weighting to start from, and the space."""
    weighting = _choose_whose()
    options = {
        c.id: c.problem
        for c in space_choices(project(), weighting=weighting)
        if weighting is None or c.id != "people"
    }
    usable = [c for c, trouble in options.items() if not trouble]
    space = st.segmented_control(
        "Count over",
        usable,
        default=default_space(project(), weighting=weighting),
        required=True,
        format_func=SPACE_NAMES.__getitem__,
        key=f"firm-space-{weighting}-{'-'.join(usable)}",
        help=HELP["space"],
    )
    return weighting, str(space)


def _choose_whose() -> str | None:
    """Ask whose weights, where there are several; None stands for all of them together."""
    names = {str(w.id): w.name for w in usable_weightings(run())[0]}
    if len(names) < 2:
        return None
    chosen = st.segmented_control(
        "Weights of",
        [EVERYONE, *names],
        default=EVERYONE,
        required=True,
        format_func=lambda w: widgets.escape(names[w]) if w else "Everyone together",
        key="firm-whose",
        help=HELP["weighting"],
        persist_state="session",
    )
    return chosen or None


def _show(weighting: str | None, space: str, top: DeltaGenerator) -> None:
    """Show verdict and firsts on top, below them what would change it, and the rest."""
    with top:
        sampling = _sampling(weighting, space)
        found = firmness(project(), weighting=weighting, space=space, sampling=sampling)
        said = sentences(project(), weighting=weighting, space=space, sampling=sampling)
        widgets.answer(said.headline)
        if said.verdict:
            widgets.say(said.verdict)
        st.header("How often is each program first?", help=HELP["first in 100"], anchor=False)
        widgets.chart(first_bars(found, theme.colours()), key="firm-first")
    flips = what_flips(project(), weighting=weighting)
    changes, lines, places = st.tabs(["What changes it", "Lines", "Places"])
    with changes:
        st.header("What would change the first place?", help=HELP["flip"], anchor=False)
        _show_leads(said)
        _show_flips(flips)
    with lines:
        st.header("Where do the lines cross?", help=HELP["what if"], anchor=False)
        show_crossing(_bases(weighting, flips.weighting))
    with places:
        st.header("Which places does each program take?", anchor=False)
        widgets.chart(rank_ranges(found, theme.colours()), key="firm-ranks")
        _show_grids(found)
    widgets.note(said.sampled)
    _offer_more(weighting, space)
    widgets.note(said.caveat)


def _asked(weighting: str | None, space: str) -> tuple[str | None, str, int]:
    """Return what a large count belongs to: another weighting, space or edit ends it."""
    saved = state().saved
    return weighting, space, saved.revision if saved is not None else 0


def _sampling(weighting: str | None, space: str) -> Sampling:
    """Return the usual sampling; where more was asked for, a large one that shows how far it is.

    Each step shown lets Streamlit stop the count as soon as anything else is pressed.
    """
    if st.session_state.get(_MORE) != _asked(weighting, space):
        return SAMPLING
    shown = st.empty()

    def show(done: int, total: int) -> None:
        if done >= total:
            shown.empty()
            return
        shown.progress(done / total, f"{done:,} of {total:,} weightings counted")

    return replace(SAMPLING, samples=MANY, progress=show)


def _offer_more(weighting: str | None, space: str) -> None:
    """Offer a count of many more weightings, or the way back from it."""
    more = st.session_state.get(_MORE) == _asked(weighting, space)
    with st.expander("More exact"):
        widgets.note(MORE_EXACT)
        st.button(
            "Back to the usual count" if more else f"Count {MANY:,} weightings",
            key="firm-usual" if more else "firm-more",
            on_click=_count,
            args=(None if more else _asked(weighting, space),),
        )


def _count(asked: tuple[str | None, str, int] | None) -> None:
    st.session_state[_MORE] = asked


def _show_leads(said: Sentences) -> None:
    widgets.bullets((lead, getattr(said, field)) for field, lead in _LEADS if getattr(said, field))


def _bases(weighting: str | None, used: UsedWeights) -> list[UsedWeights]:
    """Return the weights to start from: the chosen one first, or all of them."""
    if weighting is not None or not run().weightings:
        return [used]
    return list(usable_weightings(run(), used.id)[0])


def _show_flips(flips: Flips) -> None:
    """Show what would change the first place; the longer tables stand behind a click."""
    widgets.note(f"Starting from the weights of {flips.weighting.name}.")
    if flips.settled:
        widgets.note(SETTLED_NOTE)
    widgets.table(data_table("If one criterion counted more or less", flips.weights_frame()))
    with st.expander("The smallest change of weights that puts another program first"):
        widgets.bullets(change.sentence for change in flips.changes)
    for title, frame in (
        ("If one score were a step better or worse", flips.steps_frame()),
        ("How far each score would have to move", flips.scores_frame()),
        ("Without one criterion, or one program", flips.without_frame()),
    ):
        with st.expander(title):
            if frame.empty:
                widgets.say("Nothing of this kind changes the first place.")
            else:
                widgets.table(data_table(title, frame))


def _show_grids(found: Firmness) -> None:
    """Show places, pairs and central weights in full, behind a click."""
    with st.expander("Every place, in 100 sets of weights"):
        widgets.note(PROVED)
        widgets.table(rank_table(found))
    with st.expander("Every pair, in 100 sets of weights"):
        widgets.note(PROVED)
        widgets.table(pair_table(found))
    with st.expander("Weights with which each comes first"):
        widgets.note(CENTRAL)
        widgets.table(central_table(found))


if __name__ == "__main__":
    page()
