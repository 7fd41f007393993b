"""The lists of the evaluation: indicators, its plan, lessons, what is next, what is passed on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

import streamlit as st

from mcda.app import widgets
from mcda.app.fields import Field, Row, Values, named, words
from mcda.app.forms import Form, recorded
from mcda.app.item_forms import HOW_OFTEN, NOTE, ItemList, edit_items
from mcda.app.lexicon import HELP
from mcda.app.state import edit, project, state
from mcda.app.steps import link_to
from mcda.charts import Column, DataTable, day_cell
from mcda.charts.indicators import short_value
from mcda.lifecycle.indicator_templates import (
    IndicatorTemplate,
    indicator_templates,
    with_template,
)
from mcda.lifecycle.indicators import HIDDEN, shown_baseline
from mcda.lifecycle.overview import plan_run
from mcda.project import Evaluation, Factor, Goal, Indicator, Lesson, NextStep, Project
from mcda.project.entering import revised
from mcda.project.text import quoted

_KINDS = {
    "process": "Process: what is done",
    "outcome": "Outcome: what changes",
    "safety": "Safety: harm to watch for",
    "equity": "Equity: who is reached",
}
_MEASURES = {
    "count": "A count",
    "share": "A share, in percent",
    "number": "Another number",
}
_BETTER = {"higher": "More is better", "lower": "Less is better", "neither": "Neither: not judged"}
_SHARES = words("public", "partners", "internal")
_SHARE = Field("share", "Who may see it", "choice", _SHARES, help=HELP["share mark"])
_INDICATOR: tuple[Row, ...] = (
    (Field("name", "What is measured", placeholder="Young people met by an advocate"),),
    (
        Field("kind", "Kind", "choice", _KINDS),
        Field("measure", "Measured as", "choice", _MEASURES, help=HELP["measure"]),
    ),
    (Field("definition", "What exactly is counted", "text"),),
    (
        Field("counted", "Words for what is counted", placeholder="Met within three days"),
        Field("out_of", "Of how many (for a share)"),
        Field("unit", "Unit", placeholder="people per year"),
    ),
    (
        Field("better", "Which way is good?", "choice", _BETTER, help=HELP["better"]),
        Field("every", "How often", "choice", HOW_OFTEN),
    ),
    (Field("baseline", "Baseline", "number"), Field("baseline_on", "Baseline on", "date")),
    (Field("target", "Target", "number"), Field("target_on", "Target on", "date")),
    (Field("source", "Where the numbers come from", "text"),),
)
_COUNTING: tuple[Row, ...] = (
    (Field("groups", "Groups, one to a line", "lines", help=HELP["groups"]),),
    (
        Field("people", "It counts people", "flag"),
        Field("adds_up", "Periods add up", "flag", help=HELP["adds up"]),
    ),
    (
        Field("smallest_count", "Smallest count to show", "whole", help=HELP["smallest count"]),
        _SHARE,
    ),
    NOTE,
)
_PHASES = words("diagnose", "select", "implement", "evaluate")
_OPEN = {
    "place": "Where we are",
    "problem": "The problem statement",
    "decision": "What was decided, and why",
    "ranking": "The ranking",
    "plan": "How it is carried out",
}
_PARTNERS = words("none", "academic", "federal", "other")
_BOARD = words("not asked", "not needed", "submitted", "approved")
_STUDY: tuple[Row, ...] = (
    (
        Field("partner", "With whom", placeholder="State university, school of social work"),
        Field("partner_type", "Kind of partner", "choice", _PARTNERS),
    ),
    (Field("questions", "What it asks", "text"),),
    (Field("design", "How it finds out", "text"),),
    (
        Field("review_board", "Review board", "choice", _BOARD, help=HELP["review board"]),
        Field(
            "privacy_certificate",
            "Privacy certificate",
            "choice",
            words("not asked", "not needed", "needed", "submitted", "approved"),
            help=HELP["privacy certificate"],
        ),
    ),
    (Field("starts_on", "Starts on", "date"), Field("ends_on", "Ends on", "date")),
)
_AVAILABILITY: tuple[Row, ...] = (
    (
        Field(
            "status",
            "Is it still offered?",
            "choice",
            {
                "not checked": "Nobody has asked",
                "available": "Yes",
                "not available": "No, it can no longer be had",
            },
        ),
        Field("checked_on", "Asked on", "date"),
    ),
    (Field("note", "What was said", "text"),),
)
_NUMERIC = ("Baseline", "Target", "Learned on", "On", "Public")
_OPEN_FIELD: tuple[Row, ...] = (
    (Field("open_to_all", "Parts that may be passed on", "many", _OPEN, help=HELP["open to all"]),),
)


# --- indicators


def show_indicators() -> None:
    """Show what is measured, offer ready-made indicators, and ask for more."""
    st.header("What do we measure?", help=HELP["indicator"], anchor=False)
    indicators = project().evaluation.indicators
    titles = ("Indicator", "Kind", "Better", "How often", "Baseline", "Target", "Who may see it")
    _list("indicators", "What is measured", titles, map(_indicator_row, indicators))
    _offer_templates()
    edit_items(_indicator_list())


def _indicator_row(indicator: Indicator) -> tuple[str, ...]:
    baseline = short_value(indicator, shown_baseline(indicator))
    return (
        indicator.name,
        indicator.kind,
        {"higher": "more", "lower": "less", "neither": "neither"}[indicator.better],
        HOW_OFTEN[indicator.every].lower(),
        baseline or (HIDDEN if indicator.baseline else ""),
        short_value(indicator, indicator.target),
        indicator.share,
    )


def _offer_templates() -> None:
    """Offer the indicators to start from that are not there yet."""
    there = {i.id for i in project().evaluation.indicators}
    free = {t.id: t for t in indicator_templates().indicators if t.id not in there}
    if not free:
        return
    with st.expander("Start from a ready-made indicator", expanded=not there):
        chosen = st.selectbox(
            "Ready-made indicator",
            list(free),
            format_func=lambda t: free[t].name if t in free else t,
            key=f"evaluate-template-{len(free)}",
        )
        _show_template(free[chosen])
        st.button("Add this indicator", key="evaluate-add", on_click=_add, args=(free[chosen],))


def _show_template(template: IndicatorTemplate) -> None:
    widgets.say(f"{_KINDS[template.kind]}. {template.definition}")
    if template.basis:
        widgets.note(f"Used before: {template.basis}")


def _add(template: IndicatorTemplate) -> None:
    if edit(
        f"add indicator {quoted(template.name)}",
        lambda decision: decision.with_evaluation(with_template(decision.evaluation, template.id)),
    ):
        state().notice = f"Added: {quoted(template.name)}. Set its baseline and its target below."


def _indicator_list() -> ItemList:
    """Return the fields of an indicator, with what it can be linked to between them."""
    runs = (plan_run(project()), project().run())
    criteria = {c.id: c.name for run in runs for c in run.evidence.criteria}
    programs = {p.id: p.name for run in runs for p in run.evidence.programs}
    goals, factors = (named(project().diagnosis.items(kind)) for kind in (Goal, Factor))
    bears = HELP["indicator criterion"]
    links: tuple[Row, ...] = (
        (
            Field("goal", "Shows the goal", "choice", goals, "No goal"),
            Field("factor", "Shows the factor", "choice", factors, "No factor"),
        ),
        (
            Field("criterion", "Bears on the criterion", "choice", criteria, "No criterion", bears),
            Field("program", "Of the program", "choice", programs, "The chosen program"),
        ),
    )
    return ItemList(Indicator, (*_INDICATOR, *links, *_COUNTING))


# --- the evaluation plan


def show_study() -> None:
    """Ask how and with whom it is evaluated, and whether the program is still offered."""
    st.header("How do we find out, and with whom?", anchor=False)
    study = Form(
        "evaluation-study",
        _STUDY,
        recorded(project().evaluation.study, _STUDY),
        about="the evaluation plan (Evaluate)",
    )
    study.show()
    widgets.privacy()
    study.buttons("Save the evaluation plan", partial(_save_study, study))
    st.header("Is the program still offered?", anchor=False)
    run = plan_run(project())
    if run.record is not None:
        widgets.say(f"The program that was chosen: {run.program(run.record.choice).name}.")
    heard = Form(
        "evaluation-availability",
        _AVAILABILITY,
        recorded(project().evaluation.availability, _AVAILABILITY),
        about="whether the program is still offered (Evaluate)",
    )
    heard.show()
    heard.buttons("Save what was heard", partial(_save_availability, heard), primary=False)


def _save_study(form: Form) -> None:
    _save(
        form,
        "evaluation plan",
        lambda evaluation, typed: evaluation.with_study(revised(evaluation.study, **typed)),
    )


def _save_availability(form: Form) -> None:
    _save(
        form,
        "whether the program is still offered",
        lambda evaluation, typed: revised(
            evaluation, availability=revised(evaluation.availability, **typed)
        ),
    )


# --- lessons, and what comes next


def show_lessons() -> None:
    """Show what was learned, and ask for more."""
    st.header("What did we learn?", anchor=False)
    rows = (
        (o.name, _about(o), day_cell(o.learned_on), o.share, o.learned)
        for o in project().evaluation.lessons
    )
    titles = ("Lesson", "About", "Learned on", "Who may see it", "What was learned")
    _list("lessons", "What was learned", titles, rows)
    criteria = _criteria(project())
    edit_items(
        ItemList(
            Lesson,
            (
                (Field("name", "The lesson, in one line"),),
                (Field("happened", "What happened", "text"),),
                (Field("learned", "What others can learn from it", "text"),),
                (
                    Field("phase", "About the phase", "choice", _PHASES),
                    Field("criterion", "About the criterion", "choice", criteria, "No criterion"),
                ),
                (Field("learned_on", "Learned on", "date"), _SHARE),
                NOTE,
            ),
        )
    )


def _about(lesson: Lesson) -> str:
    criterion = _criteria(project()).get(lesson.criterion or "")
    phase = _PHASES[lesson.phase]
    return f"{phase}: {criterion}" if criterion else phase


def _criteria(of: Project) -> dict[str, str]:
    return {c.id: c.name for run in of.runs for c in run.evidence.criteria}


def show_next_steps() -> None:
    """Show what was decided on seeing the results, and ask for more."""
    st.header("What comes next?", anchor=False)
    steps = project().evaluation.next_steps
    rows = ((s.name, s.choice, s.by, day_cell(s.decided_on), s.note) for s in steps)
    titles = ("Decided", "Choice", "By", "On", "Why")
    _list("next_steps", "What was decided on seeing the results", titles, rows)
    if any(step.choice == "select again" for step in steps):
        link_to("again")
    edit_items(
        ItemList(
            NextStep,
            (
                (Field("name", "What comes next, in one line"),),
                (
                    Field(
                        "choice",
                        "We",
                        "radio",
                        words("continue", "adjust", "scale", "stop", "select again"),
                    ),
                ),
                (Field("note", "Why", "text"),),
                (
                    Field("by", "Decided by", placeholder="a role, not a name"),
                    Field("decided_on", "Decided on", "date"),
                ),
                (_SHARE,),
            ),
        )
    )


# --- what is passed on


def show_passing_on() -> None:
    """Say what other communities may see, and ask for the parts that carry no mark of their own."""
    st.header("What may others learn from?", anchor=False)
    widgets.say(
        "A lessons-shared edition for other communities shows what is marked public, and the "
        "parts ticked here. Small counts stay hidden in it. Where two indicators count the same "
        "people, look at both: together they may tell more."
    )
    titles = ("List", "Public", "Which")
    widgets.table(_table("What is marked public", titles, _public_rows()))
    form = Form(
        "evaluation-open",
        _OPEN_FIELD,
        recorded(project().evaluation, _OPEN_FIELD),
        about="what may be passed on (Evaluate)",
    )
    form.show()
    form.buttons("Save what may be passed on", partial(_save_open, form))


def _public_rows() -> Iterator[tuple[str, ...]]:
    evaluation = project().evaluation
    for title, items in (
        ("Indicators", evaluation.indicators),
        ("Lessons", evaluation.lessons),
        ("What comes next", evaluation.next_steps),
    ):
        public = [item.name for item in items if item.share == "public"]
        yield title, f"{len(public)} of {len(items)}", "; ".join(public) or "none"


def _save_open(form: Form) -> None:
    _save(form, "what may be passed on", lambda evaluation, typed: revised(evaluation, **typed))


# --- for all parts


def _save(form: Form, label: str, change: Callable[[Evaluation, Values], Evaluation]) -> None:
    """Save what was typed into a form as a change of the evaluation, and say so."""
    if form.save(
        label, lambda decision, typed: decision.with_evaluation(change(decision.evaluation, typed))
    ):
        state().notice = f"Saved: {label}."


def _list(name: str, title: str, titles: Sequence[str], rows: Iterable[tuple[str, ...]]) -> None:
    """Show a list that holds something, with room for its first column: see theme.css."""
    table = _table(title, titles, rows)
    if table.rows:
        with st.container(key=f"list-{name}"):
            widgets.table(table)


def _table(title: str, titles: Sequence[str], rows: Iterable[tuple[str, ...]]) -> DataTable:
    return DataTable(title, tuple(Column(t, numeric=t in _NUMERIC) for t in titles), tuple(rows))
