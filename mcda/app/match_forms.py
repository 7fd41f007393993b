"""Factors against programs: how each acts on each, and the score of the match it proposes."""

from __future__ import annotations

import html
from collections.abc import Mapping
from functools import partial

import streamlit as st

from mcda.analysis.wording import score_text
from mcda.app import widgets
from mcda.app.fields import Field, Row, Values, score_field
from mcda.app.form_drafts import thing, waits
from mcda.app.forms import Form
from mcda.app.lexicon import HELP
from mcda.app.lines import line
from mcda.app.locked import LOCKED, is_locked
from mcda.app.state import edit, project, state, today
from mcda.app.steps import link_to
from mcda.lifecycle import (
    MatchGrid,
    MatchProposal,
    match_grid,
    with_match_score,
    with_refused_match,
)
from mcda.lifecycle.matching import MATCH_SOURCE
from mcda.project import (
    FactorLink,
    LevelScale,
    Program,
    Project,
    ProjectError,
    RefusedMatch,
    Score,
    Unknown,
)
from mcda.project.entering import entered
from mcda.project.text import day_text, quoted

_ACTS = {"directly": "Directly", "indirectly": "Indirectly", "no": "Not at all"}
_OPEN = "Not judged yet"
_WHY_NOT: tuple[Row, ...] = (
    (Field("reason", "Why not the proposed level?", "text"),),
    (Field("by", "Who says so?", placeholder="a role, such as school counselor; never a name"),),
)
_CAPTION = "How each program acts on our priority factors"


def show_match() -> None:
    """Show the grid, then each program with how it acts and the score that is proposed."""
    st.header("Which programs act on these factors?", help=HELP["match"], anchor=False)
    grid = match_grid(project())
    widgets.say(grid.sentence)
    if not grid.factors:
        widgets.note("Mark a factor as high priority under “Factors”.")
        return
    if not grid.programs:
        link_to("programs")
        return
    st.html(_grid_html(grid))
    proposals = {p.program.id: p for p in grid.proposals}
    for program in grid.programs:
        _show_program(grid, program, proposals.get(program.id))


def _grid_html(grid: MatchGrid) -> str:
    """Return the grid as HTML: a row for each program, a column for each factor."""
    head = "".join(f'<th scope="col">{html.escape(f.name)}</th>' for f in grid.factors)
    rows = "".join(
        f'<tr><th scope="row">{html.escape(program.name)}</th>'
        + "".join(_cell(grid.links.get((f.id, program.id))) for f in grid.factors)
        + "</tr>"
        for program in grid.programs
    )
    return (
        f'<div class="bf-table bf-match" role="region" aria-label="{_CAPTION}" tabindex="0">'
        f'<table><caption>{_CAPTION}</caption><thead><tr><th scope="col">Program</th>{head}</tr>'
        f"</thead><tbody>{rows}</tbody></table></div>"
    )


def _cell(link: FactorLink | None) -> str:
    if link is None:
        return '<td class="bf-unknown">not judged</td>'
    word = _ACTS[link.acts]
    return f"<td>{f'<strong>{word}</strong>' if link.acts == 'directly' else word}</td>"


def _show_program(grid: MatchGrid, program: Program, proposal: MatchProposal | None) -> None:
    """Show one program on a line: how it acts, then what is proposed."""
    label = f"**{widgets.escape(program.name)}**"
    if proposal is not None:
        label += f" · {_state(proposal)}"
    with line(label, f"match-{program.id}", opened=waits(_place(program))) as is_open:
        if not is_open:
            return
        _ask_links(grid, program)
        if proposal is not None and proposal.amount is not None:
            _show_proposal(grid, proposal)


def _state(proposal: MatchProposal) -> str:
    if proposal.amount is None:
        return "not judged yet"
    if proposal.refused is not None:
        now = score_text(proposal.current) if proposal.current else "none"
        return f"level {_proposed(proposal)} not taken over, recorded: {now}"
    said = f"proposed: level {_proposed(proposal)}"
    match proposal.state:
        case "new":
            return f"{said}, no score yet"
        case "differs":
            return f"{said}, recorded: {score_text(proposal.current)}"
    return f"level {_proposed(proposal)}, recorded"


def _proposed(proposal: MatchProposal) -> str:
    return score_text(_as_score(proposal))


def _as_score(proposal: MatchProposal) -> Score | None:
    """Return the proposal as the score it would make, to be written as scores are."""
    if proposal.amount is None:
        return None
    return Score(program=proposal.program.id, criterion="match", amount=proposal.amount)


# --- how a program acts


def _ask_links(grid: MatchGrid, program: Program) -> None:
    rows: tuple[Row, ...] = tuple(
        (
            Field(f"acts-{f.id}", f"Factor {n}: {f.name}", "choice", _ACTS, _OPEN),
            Field(f"reason-{f.id}", f"How, or why not? (factor {n})"),
        )
        for n, f in enumerate(grid.factors, start=1)
    )
    form = Form(
        _place(program),
        rows,
        _recorded(grid, program),
        about=f"how {quoted(program.name)} acts on our factors (Diagnose)",
        thing=thing(program),
    )
    form.show()
    widgets.privacy()
    form.buttons(
        "Save how it acts",
        partial(_save_links, program, [f.id for f in grid.factors], form),
    )


def _place(program: Program) -> str:
    """Return the place of the form that asks how a program acts."""
    return f"match-{program.id}"


def _recorded(grid: MatchGrid, program: Program) -> Values:
    values: Values = {}
    for factor in grid.factors:
        link = grid.links.get((factor.id, program.id))
        values |= {
            f"acts-{factor.id}": link.acts if link else None,
            f"reason-{factor.id}": link.reason if link else "",
        }
    return values


def _save_links(program: Program, factors: list[str], form: Form) -> None:
    label = f"how {quoted(program.name)} acts on our factors"

    def change(decision: Project, typed: Values) -> Project:
        for factor in factors:
            decision = _with_link(decision, program, factor, typed)
        return decision

    if form.save(label, change):
        state().notice = f"Saved: {label}."


def _with_link(
    decision: Project, program: Program, factor: str, typed: Mapping[str, object]
) -> Project:
    """Return the project with what was typed of one pair; the rest of it stays."""
    diagnosis = decision.diagnosis
    now = diagnosis.link(factor, program.id)
    acts = typed.get(f"acts-{factor}", now.acts if now else None)
    reason = str(typed.get(f"reason-{factor}", now.reason if now else ""))
    if acts is None and now is not None and f"acts-{factor}" in typed:
        return decision.with_diagnosis(diagnosis.without_link(factor, program.id))
    if acts is None:
        if reason.strip():
            raise ProjectError("Choose how it acts on each factor that you write a reason for.")
        return decision
    fields = {"factor": factor, "program": program.id, "acts": acts, "reason": reason.strip()}
    return decision.with_diagnosis(diagnosis.with_link(entered(FactorLink, fields)))


# --- the score it proposes


def _show_proposal(grid: MatchGrid, proposal: MatchProposal) -> None:
    widgets.say(proposal.sentence)
    if proposal.state == "same":
        widgets.note("This is the score that is recorded.")
        return
    if proposal.refused is not None:
        _show_refused(proposal, proposal.refused)
        return
    replaces = proposal.state == "differs"
    with st.container(horizontal=True):
        _locked_button(
            f"Replace {_recorded_level(proposal)} by level {_proposed(proposal)}"
            if replaces
            else f"Accept level {_proposed(proposal)}",
            f"accept-{proposal.program.id}",
            proposal,
            replaces,
        )
        with st.popover(f"Keep {_recorded_level(proposal)}" if replaces else "Leave it open"):
            _ask_why_not(proposal)
        with st.popover("Another level"):
            _ask_another(grid, proposal)


def _recorded_level(proposal: MatchProposal) -> str:
    known = proposal.current is not None and not isinstance(proposal.current.amount, Unknown)
    return f"{'level ' if known else ''}{score_text(proposal.current)}"


def _locked_button(label: str, key: str, proposal: MatchProposal, replaces: bool) -> None:
    st.button(
        label,
        key=key,
        type="primary",
        on_click=_accept,
        args=(proposal, replaces),
        disabled=is_locked(),
        help=LOCKED if is_locked() else None,
    )


def _accept(proposal: MatchProposal, replaces: bool) -> None:
    program = proposal.program
    label = f"match of {quoted(program.name)}: level {_proposed(proposal)}"
    if edit(
        label,
        lambda decision: with_match_score(decision, program.id, today(), replace=replaces),
    ):
        state().notice = f"Saved: {label}."


def _ask_why_not(proposal: MatchProposal) -> None:
    """Ask why the level is not taken over, and who says so."""
    program = proposal.program
    form = Form(
        f"refused-match-{program.id}",
        _WHY_NOT,
        {"reason": "", "by": ""},
        about=f"why not level {_proposed(proposal)} for {quoted(program.name)} (Diagnose)",
        thing=thing(program),
    )
    form.show()
    form.buttons("Keep it so", partial(_refuse, proposal, form), primary=False)


def _refuse(proposal: MatchProposal, form: Form) -> None:
    program = proposal.program

    def change(decision: Project, typed: Values) -> Project:
        why, by = (str(typed.get(name) or "") for name in ("reason", "by"))
        return with_refused_match(decision, program.id, today(), why, by)

    label = f"match of {quoted(program.name)}: not level {_proposed(proposal)}"
    if form.save(label, change):
        state().notice = f"Saved: {label}."


def _show_refused(proposal: MatchProposal, refused: RefusedMatch) -> None:
    """Say that this level was not taken over, why, by whom and when; offer it again."""
    when = f" on {day_text(refused.on)}" if refused.on else ""
    who = f" ({refused.by})" if refused.by else ""
    widgets.say(f"Not taken over{when}{who}: {refused.reason}")
    widgets.note("Another level is proposed when what you say of the factors changes.")
    program = proposal.program
    st.button("Propose it again", key=f"again-{program.id}", on_click=_propose, args=(program,))


def _propose(program: Program) -> None:
    edit(
        f"match of {quoted(program.name)}: propose it again",
        lambda p: p.with_diagnosis(p.diagnosis.without_refused_match(program.id)),
    )


def _ask_another(grid: MatchGrid, proposal: MatchProposal) -> None:
    """Ask for a level of one's own, with the reason it differs."""
    if grid.criterion is None or not isinstance(grid.criterion.scale, LevelScale):
        return
    rows: tuple[Row, ...] = (
        (score_field("level", "Level", grid.criterion),),
        (Field("note", "Why another level?", "text"),),
    )
    form = Form(
        f"another-match-{proposal.program.id}",
        rows,
        {},
        about=f"another match of {quoted(proposal.program.name)} (Diagnose)",
        thing=thing(proposal.program),
    )
    form.show()
    form.buttons(
        "Record this level",
        partial(_record_another, grid.criterion.id, proposal, form),
        primary=False,
        blocked=LOCKED if is_locked() else "",
    )


def _record_another(criterion: str, proposal: MatchProposal, form: Form) -> None:
    program = proposal.program

    def change(decision: Project, typed: Values) -> Project:
        if not typed.get("level"):
            raise ProjectError("Choose a level.")
        fields = {
            "program": program.id,
            "criterion": criterion,
            "amount": {"type": "exact", "value": float(typed["level"])},
            "source": MATCH_SOURCE,
            "as_of": today(),
            "note": typed.get("note", ""),
        }
        return decision.with_score(entered(Score, fields))

    label = f"match of {quoted(program.name)}"
    if form.save(label, change):
        state().notice = f"Saved: {label}."
