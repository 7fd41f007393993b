"""The controls of the What if? page: change a score, leave out, set a limit, change a weight."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import streamlit as st

from mcda.analysis import evidence_cell, lift_text
from mcda.app import scenario_desk, widgets
from mcda.app.fields import level_words
from mcda.app.lexicon import HELP
from mcda.app.scenario_desk import Desk
from mcda.app.score_cell import KNOWN, Known, read_ends
from mcda.app.share_box import share_box
from mcda.app.state import run
from mcda.project import Criterion, LevelScale, Program, Run, Unknown
from mcda.project.evidence import Amount
from mcda.project.recording import read_score

Kind = Literal["score", "program", "criterion", "cap", "share"]
_KINDS: dict[Kind, str] = {
    "score": "A score",
    "cap": "A limit",
    "share": "A weight",
    "program": "Leave out programs",
    "criterion": "Leave out criteria",
}
_KNOWN_WORDS: dict[Known, str] = {"one": "One value", "range": "A range", "unknown": "Not known"}
_ENDS = {"low": "Lowest", "likely": "Likely (may stay empty)", "high": "Highest"}


def show_controls(here: Desk, weights: Mapping[str, float]) -> None:
    """Ask what would be different, one kind of change at a time.

    Args:
        here: the visitor's desk.
        weights: the shares that our ranking uses, by criterion id; empty where there are none.
    """
    kind: Kind = st.radio(
        "What would be different?",
        list(_KINDS),
        format_func=_KINDS.__getitem__,
        horizontal=True,
        key="scenario-kind",
        persist_state="session",
    )
    with st.container(border=True, key=f"scenario-change-{kind}"):
        match kind:
            case "score":
                _score_form(here)
            case "program":
                _programs_form(here)
            case "criterion":
                _criteria_form(here)
            case "cap":
                _cap_form(here)
            case "share":
                _share_form(here, weights)
        if here.problem:
            st.error(widgets.escape(here.problem))


def _choose_criterion(key: str, criteria: tuple[Criterion, ...]) -> Criterion:
    by_id = {c.id: c for c in criteria}
    chosen = st.selectbox(
        "Criterion",
        list(by_id),
        format_func=lambda c: by_id[c].name,
        key=f"{key}-{'-'.join(by_id)}",
        persist_state="session",
    )
    return by_id.get(chosen, criteria[0])


def _score_form(here: Desk) -> None:
    """Ask for the new score of one program on one criterion."""
    of = run()
    programs = {p.id: p for p in sorted(of.candidates, key=lambda p: p.role == "baseline")}
    left, right = st.columns(2)
    chosen = left.selectbox(
        "Program",
        list(programs),
        format_func=lambda p: programs[p].name,
        key=f"scenario-program-{'-'.join(programs)}",
        persist_state="session",
    )
    with right:
        criterion = _choose_criterion("scenario-score-criterion", of.active_criteria)
    program = programs[chosen]
    widgets.note(_now(of, program, criterion))
    key = f"scenario-score-{here.count}-{program.id}-{criterion.id}"
    known: Known = st.radio(
        "What would be known?",
        KNOWN,
        format_func=_KNOWN_WORDS.__getitem__,
        horizontal=True,
        key=f"{key}-known",
        help=HELP["unknown"],
    )
    read = _read_fields(criterion, known, key)
    st.button(
        "Try this score",
        key="scenario-try-score",
        type="primary",
        on_click=scenario_desk.try_score,
        args=(program.id, criterion, read),
    )


def _now(of: Run, program: Program, criterion: Criterion) -> str:
    """Say what is recorded, and what the range is."""
    now = evidence_cell(program, criterion, of.score(program.id, criterion.id)).meaning
    if isinstance(criterion.scale, LevelScale):
        return f"Now: {now}."
    return f"Now: {now}. The range goes {lift_text(criterion)}."


def _read_fields(criterion: Criterion, known: Known, key: str) -> Callable[[], Amount | None]:
    """Show the fields for a new score; return what reads them, at the click."""
    if known == "unknown":
        return Unknown
    if known == "one":
        _field(criterion, _label("New value", criterion), f"{key}-one")
        return lambda: read_score(criterion, _typed(f"{key}-one"))
    ends = [end for end in _ENDS if not (end == "likely" and _has_levels(criterion))]
    for end, column in zip(ends, st.columns(len(ends)), strict=True):
        with column:
            _field(criterion, _ENDS[end], f"{key}-{end}")

    def read() -> Amount | None:
        return read_ends(criterion, *(_typed(f"{key}-{end}") for end in _ENDS))

    return read


def _has_levels(criterion: Criterion) -> bool:
    return isinstance(criterion.scale, LevelScale)


def _label(what: str, criterion: Criterion) -> str:
    unit = "" if _has_levels(criterion) else criterion.unit
    return f"{what}, in {unit}" if unit else what


def _field(criterion: Criterion, label: str, key: str) -> None:
    """Show a field for a number, or for one of the levels with its words."""
    words = level_words(criterion)
    if not words:
        st.text_input(widgets.escape(label), key=key, persist_state="session")
        return
    st.selectbox(
        label,
        list(words),
        index=None,
        format_func=words.__getitem__,
        key=key,
        placeholder="Choose a level",
        persist_state="session",
    )


def _typed(key: str) -> str:
    return str(st.session_state.get(key) or "")


def _programs_form(here: Desk) -> None:
    names = {p.id: p.name for p in run().candidates if p.role == "candidate"}
    key = f"scenario-without-programs-{here.count}-{'-'.join(names)}"
    st.multiselect(
        "Leave out these programs",
        list(names),
        default=[p for p in here.draft.programs_out if p in names],
        format_func=names.__getitem__,
        key=key,
        help=HELP["continue"],
        placeholder="Choose programs",
        on_change=lambda: scenario_desk.try_without_programs(st.session_state[key]),
    )


def _criteria_form(here: Desk) -> None:
    names = {c.id: c.name for c in run().active_criteria}
    key = f"scenario-without-criteria-{here.count}-{'-'.join(names)}"
    st.multiselect(
        "Judge without these criteria",
        list(names),
        default=[c for c in here.draft.criteria_out if c in names],
        format_func=names.__getitem__,
        key=key,
        help=HELP["criterion left out"],
        placeholder="Choose criteria",
        on_change=lambda: scenario_desk.try_without_criteria(st.session_state[key]),
    )


def _cap_form(here: Desk) -> None:
    """Ask for a limit that programs must not miss."""
    criterion = _choose_criterion("scenario-cap-criterion", run().active_criteria)
    if not _has_levels(criterion):
        widgets.note(f"The range goes {lift_text(criterion)}.")
    key = f"scenario-cap-{here.count}-{criterion.id}"
    _field(criterion, _label(criterion.bound.capitalize(), criterion), key)
    st.button(
        "Try this limit",
        key="scenario-try-cap",
        type="primary",
        on_click=lambda: scenario_desk.try_cap(criterion, _typed(key)),
        help=HELP["limit"],
    )


def _share_form(here: Desk, weights: Mapping[str, float]) -> None:
    """Ask how much one criterion would count; the others give way in proportion."""
    draft = here.draft
    criteria = tuple(
        c for c in run().active_criteria if c.id in weights and c.id not in draft.criteria_out
    )
    if len(criteria) < 2:
        widgets.say("With fewer than two criteria that count there is no weight to change.")
        return
    criterion = _choose_criterion("scenario-share-criterion", criteria)
    asked = {s.criterion: round(s.percent) for s in draft.shares}
    left = 100 - sum(percent for item, percent in asked.items() if item != criterion.id)
    if left < 1:
        widgets.say("The other weights asked for take everything. Take one back first.")
        return
    now = round(100 * weights[criterion.id])
    share_box(
        f"scenario-share-{here.count}-{criterion.id}-{now}-{left}",
        criterion.name,
        now,
        start=min(asked.get(criterion.id, now), left),
        most=left,
        changed=lambda share: scenario_desk.try_share(
            criterion.id, None if share == now else share
        ),
    )
    widgets.note(HELP["what if"])
