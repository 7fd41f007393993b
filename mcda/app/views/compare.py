"""Compare: who would choose what, and what moves when weights change."""

from __future__ import annotations

import html
from collections.abc import Sequence

import streamlit as st

from mcda.analysis import (
    CAVEAT,
    Comparison,
    Ranking,
    UsedWeights,
    comparison,
    usable_weightings,
)
from mcda.analysis.wording import and_list, few, or_list
from mcda.app import theme, widgets
from mcda.app.lexicon import HELP
from mcda.app.rerunning import rerun_button
from mcda.app.state import project, run
from mcda.app.steps import link_to
from mcda.charts import SLOPE_MOST, slope_chart, weight_strips
from mcda.charts.slope import places_in_short
from mcda.project import FindingsError

_FIRST = ' class="bf-first"'
_FEW = 4  # columns that fit on a phone with their heads lying


def page() -> None:
    """Show rankings under several weightings side by side."""
    st.title("Who would choose what?", anchor=False)
    used, left_out = usable_weightings(run())
    if left_out:
        _show_left_out(left_out, none_is_left=not used)
    usable = {str(w.id): w for w in used}
    if not usable:
        if not run().weightings:
            widgets.say("Nobody has said what matters yet, so there is nothing to compare.")
            link_to("weights")
        return
    if len(usable) == 1:
        _ask_for_another(used[0])
        return
    chosen = _choose(usable)
    if len(chosen) < 2:
        widgets.say("Choose at least two weightings.")
        return
    try:
        found = comparison(project(), weightings=chosen)
    except FindingsError as error:
        widgets.cannot(error)
        return
    _show(found)
    _offer_rerun(usable)
    widgets.note(CAVEAT)


def _ask_for_another(only: UsedWeights) -> None:
    """Say how to get to a second weighting; what one alone says stands on the Ranking page."""
    widgets.answer("There is one weighting so far. Comparing takes two.")
    widgets.say(
        f"Ask another person on the Weights page. Or copy the weights of {only.name}, change "
        "them, and save: both then stand here side by side."
    )
    with st.container(horizontal=True, vertical_alignment="center", key="compare-one"):
        rerun_button("compare-rerun", only.id)
        link_to("weights", "Ask another person")


def _show_left_out(left_out: Sequence[tuple[str, FindingsError]], *, none_is_left: bool) -> None:
    """Name the weightings that cannot be used, and the way to mend them; why, behind a click."""
    names = and_list(few([name for name, _ in left_out]))
    text = f"The weights of {names} cannot be used as they are."
    after = (
        "No others have been given, so there is nothing to compare yet."
        if none_is_left
        else "They are left out here."
    )
    with st.container(border=True, key="compare-left-out"):
        st.warning(widgets.escape(f"{text} {after}"))
        link_to("weights")
        with st.expander("Why they cannot be used"):
            widgets.finding_list(f for _, error in left_out for f in error.findings)


def _choose(usable: dict[str, UsedWeights]) -> list[str]:
    """Ask which weightings to compare; all are chosen until someone says otherwise."""
    chosen = st.multiselect(
        "Weightings",
        list(usable),
        default=list(usable),
        format_func=lambda w: usable[w].name,
        key=f"compare-{'-'.join(usable)}",
        help=HELP["weighting"],
        persist_state="session",
    )
    return [w for w in usable if w in chosen]


def _show(found: Comparison) -> None:
    """Show the answer, the places of each person, what moves and why, and the weights."""
    widgets.answer(found.headline)
    st.html(places_html(found))
    _show_moves(found)
    _show_slopes(found)
    st.header("Where the weights differ", anchor=False)
    used = [r.weighting for r in found.rankings]
    widgets.chart(weight_strips(used, run().active_criteria, theme.colours()), key="compare-strips")


def places_html(found: Comparison) -> str:
    """Return the grid of programs by weightings: places as they are, possible firsts marked.

    On a phone places between two ends take a dash instead of words where there are many
    weightings: see theme.css.
    """
    names = (r.weighting.name for r in found.rankings)
    head = "".join(f'<th scope="col"><span>{html.escape(name)}</span></th>' for name in names)
    programs = found.rankings[0].ranked
    rows = "".join(_program_row(p.id, p.name, found.rankings) for p in programs)
    caption = "Places; possible firsts are marked"
    many = " bf-many" if len(found.rankings) > _FEW else ""
    return (
        f'<div class="bf-table bf-equal bf-places{many}" role="region" '
        f'aria-label="{caption}" tabindex="0"><table><caption>{caption}</caption>'
        f'<thead><tr><th scope="col">Program</th>{head}</tr></thead><tbody>{rows}</tbody></table>'
        "</div>"
    )


def _program_row(program: str, name: str, rankings: Sequence[Ranking]) -> str:
    results = [ranking.result(program) for ranking in rankings]
    places = "".join(
        f"<td{_FIRST if r.rank_best == 1 else ''}>{_place_html(r.rank_text)}</td>" for r in results
    )
    return f'<tr><th scope="row">{html.escape(name)}</th>{places}</tr>'


def _place_html(place: str) -> str:
    said, short = html.escape(place), html.escape(places_in_short(place))
    return f'<span>{said}</span><span class="bf-narrow" aria-hidden="true">{short}</span>'


def _show_moves(found: Comparison) -> None:
    """Name each one's first choice; what moves, and why, stands behind a click."""
    st.header("Each one's first choice", anchor=False)
    firsts = [(r, or_list([p.name for p in r.possible_firsts])) for r in found.rankings]
    widgets.bullets((r.weighting.name, first) for r, first in firsts)
    base = widgets.escape(found.rankings[0].weighting.name)
    with st.expander(f"What moves against {base}, and why"):
        widgets.bullets((m.weighting, m.sentence) for m in found.moves)


def _show_slopes(found: Comparison) -> None:
    st.header("Places, side by side", anchor=False)
    widgets.note(
        "Each box has the places a program may hold, depending on what is not known exactly. "
        "Programs that may come first somewhere have a thick line."
    )
    if len(found.rankings) > SLOPE_MOST:
        widgets.note(
            f"The chart shows the first {SLOPE_MOST} of {len(found.rankings)}. Take some out at "
            "the top of the page to see others; the tables have all."
        )
    widgets.chart(slope_chart(found, theme.colours()), key="compare-slope")


def _offer_rerun(usable: dict[str, UsedWeights]) -> None:
    """Copy a weighting, change it on the Weights page, and come back."""
    st.header("Try other answers", anchor=False)
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    chosen = left.selectbox(
        "Start from the weights of",
        list(usable),
        format_func=lambda w: usable[w].name,
        key="compare-from",
    )
    with right:
        rerun_button("compare-rerun", chosen)
    link_to("ranking", "Just try another weight, without saving")


if __name__ == "__main__":
    page()
