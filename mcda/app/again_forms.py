"""The forms of Select again: what is done about a trigger, a new start, and proposed scores."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from mcda.analysis.wording import score_text, with_unit
from mcda.app import widgets
from mcda.app.fields import NUMBER_OR_RANGE, Field, Row, score_field
from mcda.app.form_drafts import waits
from mcda.app.forms import Form
from mcda.app.item_forms import BY
from mcda.app.lexicon import HELP
from mcda.app.lines import line
from mcda.app.state import project, state, today
from mcda.app.steps import link_to
from mcda.charts import Column, DataTable, day_cell
from mcda.lifecycle.overview import plan_run
from mcda.lifecycle.selecting_again import ScoreProposal, proposed_scores, select_again, with_answer
from mcda.lifecycle.triggers import Trigger
from mcda.project import (
    Criterion,
    LevelScale,
    Project,
    ProjectError,
    Run,
    Score,
    TriggerAnswer,
)
from mcda.project.evidence import Amount
from mcda.project.recording import read_score
from mcda.project.text import day_text

_KINDS = {
    "off target twice": "Off target twice running",
    "safety worse": "A safety indicator got worse",
    "outside the scored range": "Outside what was scored",
    "red adaptation": "A red adaptation",
    "program withdrawn": "The program was withdrawn",
    "review date passed": "The review date has passed",
}
_LEAVE: tuple[Row, ...] = ((Field("reason", "Why do you leave it as it is?", "text"),), (BY,))
_ANSWERS = {
    "accepted": "Accept it",
    "edited": "Put another score",
    "refused": "Refuse it",
}
_SAID = {"accepted": "Accepted", "edited": "Another score was put", "refused": "Refused"}


# --- the triggers


def show_triggers(triggers: Sequence[Trigger]) -> None:
    """List what asks for a review, each with a way to leave it as it is; then what was answered."""
    waiting = [t for t in triggers if t.open]
    if waiting:
        st.header("Reasons to look again", help=HELP["review trigger"], anchor=False)
    for trigger in waiting:
        _show_trigger(trigger)
    if waiting:
        widgets.privacy()
    answered = [t for t in triggers if not t.open]
    if answered:
        with st.expander(f"Reasons that have been answered: {len(answered)}"):
            widgets.table(_answered_table(answered))


def _show_trigger(trigger: Trigger) -> None:
    place = f"trigger-{trigger.key}"
    with st.container(border=True, key=f"again-{_plain(trigger.key)}"):
        st.markdown(f"**{_KINDS[trigger.kind]}**")
        since = f" Since {day_text(trigger.since)}." if trigger.since else ""
        widgets.say(f"{trigger.sentence}{since}")
        with st.expander("Leave it as it is", expanded=waits(place)):
            form = Form(
                place,
                _LEAVE,
                {},
                about="a reason to look again (Select again)",
                thing=("Trigger", trigger.key),
            )
            form.show()
            form.buttons("Leave it as it is", partial(_leave, trigger, form), primary=False)


def _plain(key: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in key)


def _leave(trigger: Trigger, form: Form) -> None:
    def change(decision: Project, _typed: object) -> Project:
        values = form.values()
        answer = TriggerAnswer(
            trigger=trigger.key,
            reason=str(values["reason"]),
            by=str(values["by"]),
            on=today(),
        )
        return decision.with_evaluation(decision.evaluation.with_trigger_answer(answer))

    if form.save("leave as it is: a reason to look again", change):
        state().notice = "Saved: it stays as it is, with your reason."


def _answered_table(answered: Sequence[Trigger]) -> DataTable:
    columns = (
        Column("Reason to look again"),
        Column("What was done"),
        Column("Why"),
        Column("By"),
        Column("On", numeric=True),
    )
    titles = {run.id: run.title for run in project().runs}
    rows = tuple(
        (
            trigger.sentence,
            f"opened {titles.get(a.run, a.run)}" if a.run else "left as it is",
            a.reason,
            a.by,
            day_cell(a.on),
        )
        for trigger in answered
        if (a := trigger.answer) is not None
    )
    return DataTable("Reasons that have been answered", columns, rows)


# --- a new selection


def show_start(triggers: Sequence[Trigger]) -> None:
    """Ask for the reasons and why, and start a new selection from the decided one."""
    st.header("Start a new selection", anchor=False)
    parent = plan_run(project())
    if parent.status != "decided" or parent.record is None:
        widgets.say("Nothing is decided yet, so there is nothing to select again.")
        link_to("decide")
        return
    chosen = parent.program(parent.record.choice).name
    widgets.say(
        f"It starts from the decision for {chosen}, with the same programs, criteria, scores and "
        "weights. That decision stays locked as it is."
    )
    waiting = [t for t in triggers if t.open]
    rows: tuple[Row, ...] = (
        *((Field(t.key, t.sentence, "flag"),) for t in waiting),
        (Field("reason", "Why do you select again?", "text"),),
        (BY,),
    )
    form = Form(
        f"again-{parent.id}",
        rows,
        {t.key: True for t in waiting},
        about="a new selection (Select again)",
        thing=("Selection", parent.id),
    )
    if waiting:
        widgets.note("Ticked reasons are answered by the new selection; the others stay open.")
    form.show()
    widgets.privacy()
    keys = tuple(t.key for t in waiting)
    form.buttons("Start a new selection", partial(_start, keys, form))


def _start(keys: tuple[str, ...], form: Form) -> None:
    values = form.values()
    ticked = tuple(key for key in keys if values[key])
    if form.save(
        "start a new selection",
        lambda decision, _typed: select_again(
            decision, ticked, str(values["reason"]), str(values["by"]), today()
        ),
    ):
        state().notice = (
            "A new selection has started. The decision it comes from stays as it is. Answer what "
            "the observations propose, change what you need, then decide again."
        )


# --- proposed scores


def show_proposals(run: Run, proposals: Sequence[ScoreProposal]) -> None:
    """Show each score that observations propose, and ask whether to take it."""
    if not proposals:
        return
    st.header("Scores that the observations propose", help=HELP["proposed score"], anchor=False)
    done = sum(p.answer is not None for p in proposals)
    widgets.note(f"{done} of {len(proposals)} answered.")
    for proposal in sorted(proposals, key=lambda p: p.answer is not None):
        _show_proposal(run, proposal)
    widgets.privacy()


def _show_proposal(run: Run, proposal: ScoreProposal) -> None:
    """Show a proposal to be answered; one that is answered folds, to be answered again."""
    title = widgets.escape(f"{proposal.criterion.name}: {proposal.program.name}")
    key = f"proposal-{proposal.indicator.id}"
    answer = proposal.answer
    if answer is None:
        with st.container(border=True, key=key):
            st.markdown(f"**{title}**")
            _show_amounts(proposal)
            _ask(run, proposal)
        return
    said = _SAID[answer.answer]
    opened = waits(_place(run, proposal))
    with line(f"**{title}** · {said.lower()}", f"{key}-answered", opened=opened) as is_open:
        if is_open:
            _show_amounts(proposal)
            widgets.say(f"{said}: {answer.reason}")
            st.markdown("**Answer it again**")
            _ask(run, proposal)


def _show_amounts(proposal: ScoreProposal) -> None:
    """Say what a proposal rests on, and list the scores it is about."""
    widgets.say(f"It rests on: {proposal.sentence}")
    stands = proposal.current.amount if proposal.current else None
    lines = [
        *([("Before", proposal.answer.was)] if proposal.answer else []),
        ("Proposed", proposal.proposed),
        ("Stands now", stands),
    ]
    widgets.bullets((label, _in_words(proposal.criterion, amount)) for label, amount in lines)


def _in_words(criterion: Criterion, amount: Amount | None) -> str:
    """Return a score in words: its number with the unit, or its level with the level's words."""
    if amount is None:
        return "nothing"
    text = score_text(Score(program="program", criterion=criterion.id, amount=amount))
    said = with_unit(criterion, text)
    if isinstance(criterion.scale, LevelScale) and amount.type == "exact":
        anchors = {float(level.level): level.anchor for level in criterion.scale.levels}
        return f"{said} ({anchors.get(amount.value, '')})"
    return said


def _place(run: Run, proposal: ScoreProposal) -> str:
    return f"proposal-{run.id}-{proposal.program.id}-{proposal.criterion.id}"


def _ask(run: Run, proposal: ScoreProposal) -> None:
    form = Form(
        _place(run, proposal),
        _rows(proposal.criterion),
        {},
        about=f"a proposed score, {proposal.criterion.name} (Select again)",
        thing=("Proposal", run.id, proposal.program.id, proposal.criterion.id),
    )
    form.ask("answer")
    if form.values()["answer"] == "edited":
        form.ask("amount")
    form.ask("reason")
    form.buttons("Save the answer", partial(_answer, proposal, form))


def _rows(criterion: Criterion) -> tuple[Row, ...]:
    answer = Field("answer", "What do you do with it?", "radio", _ANSWERS)
    reason = Field("reason", "Why?", "text")
    amount = score_field("amount", "The score instead", criterion, NUMBER_OR_RANGE)
    return (answer,), (amount,), (reason,)


def _answer(proposal: ScoreProposal, form: Form) -> None:
    name = f"{proposal.criterion.name} of {proposal.program.name}"
    if form.save(
        f"answer to the proposed score: {name}",
        lambda decision, _typed: _answered(decision, proposal, form),
    ):
        state().notice = f"Saved: answer to the proposed score, {name}."


def _answered(decision: Project, proposal: ScoreProposal, form: Form) -> Project:
    """Return the project with the answer; raises ``ProjectError`` where something is missing."""
    values = form.values()
    answer, reason = values["answer"], str(values["reason"])
    if answer is None:
        raise ProjectError("Say what you do with the proposed score.")
    now = (p for p in proposed_scores(decision, proposal.run) if _same(p, proposal))
    if next(now, None) is None:
        raise ProjectError("Other scores are proposed meanwhile. Look at them again.")
    amount: Amount | None = None
    if answer == "accepted":
        amount = proposal.proposed
    elif answer == "edited":
        amount = read_score(proposal.criterion, str(values["amount"] or ""))
        if amount is None:
            raise ProjectError("Give the score that you put instead.")
    return with_answer(decision, proposal, amount, reason, today())


def _same(one: ScoreProposal, other: ScoreProposal) -> bool:
    return (one.program.id, one.criterion.id, one.indicator.id, one.proposed) == (
        other.program.id,
        other.criterion.id,
        other.indicator.id,
        other.proposed,
    )
