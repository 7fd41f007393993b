"""The lists of the plan: what stands in each, as a table and as CSV, and the form to change it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from mcda import catalog
from mcda.app import widgets
from mcda.app.fields import Field, words
from mcda.app.forms import Form, recorded
from mcda.app.item_forms import BY, HOW_OFTEN, NOTE, ItemList, edit_items, offer_csv, show_table
from mcda.app.lexicon import HELP
from mcda.app.state import project, state
from mcda.lifecycle import (
    budget_totals,
    entry_title,
    lifecycle_table,
    plan_run,
)
from mcda.project import (
    Adaptation,
    BudgetLine,
    CoreComponent,
    FeedbackEntry,
    FeedbackLoop,
    FidelityCheck,
    Milestone,
    Plan,
    Risk,
    Stakeholder,
    Training,
)
from mcda.project.entering import revised
from mcda.project.items import Item

_WHO = Field("owner", "Who sees to it", help=HELP["owner"], placeholder="a role, not a name")
_RANKS = words("low", "medium", "high")
_LIGHTS = {
    "green": "Green: every core component stays",
    "yellow": "Yellow: comes near one, needs care",
    "red": "Red: changes a core component",
}

_MILESTONE = ItemList(
    Milestone,
    (
        (Field("name", "What is to be reached", placeholder="The advocate is hired"),),
        (
            Field("stage", "Stage", "choice", words("explore", "install", "first service", "full")),
            _WHO,
        ),
        (Field("starts_on", "Starts on", "date"), Field("due_on", "Due on", "date")),
        (
            Field(
                "status",
                "Status",
                "choice",
                words("not started", "under way", "done", "dropped"),
            ),
            Field("done_on", "Done on", "date", past=True),
        ),
        (Field("after", "Waits for", "many", help=HELP["waits for"], refers=Milestone),),
        NOTE,
    ),
)
_STAKEHOLDER = ItemList(
    Stakeholder,
    (
        (Field("name", "Organization", placeholder="Victim services office"),),
        (Field("sector", "Sector"), Field("role", "What it does here")),
        (
            Field(
                "agreement",
                "Agreement",
                "choice",
                words("none", "planned", "draft", "signed"),
            ),
            Field("signed_on", "Signed on", "date", past=True),
            Field("ends_on", "Ends on", "date"),
        ),
        NOTE,
    ),
)
_COMPONENT = ItemList(
    CoreComponent,
    (
        (Field("name", "Core component", help=HELP["core component"]),),
        (Field("definition", "What it is", "text"),),
        (Field("standard", "It is met when", "text"),),
        (Field("source", "Where this is from", "text"),),
        NOTE,
    ),
)
_FIDELITY = ItemList(
    FidelityCheck,
    (
        (Field("name", "What was looked at", placeholder="Ten forms, totals only"),),
        (
            Field("component", "Core component", "choice", refers=CoreComponent),
            Field("met", "Met?", "choice", words("yes", "partly", "no")),
        ),
        (
            Field("checked_on", "Looked at on", "date", past=True),
            BY,
        ),
        NOTE,
    ),
)
_ADAPTATION = ItemList(
    Adaptation,
    (
        (Field("name", "What is changed", placeholder="Forms in two languages"),),
        (Field("light", "Light", "choice", _LIGHTS, help=HELP["light"]),),
        (Field("reason", "Why", "text"),),
        (
            Field("component", "Touches", "choice", none="No core component", refers=CoreComponent),
            Field(
                "developer",
                "The program's developer was",
                "choice",
                {
                    "not asked": "Not asked",
                    "asked": "Asked, no answer yet",
                    "agreed": "Asked, and agreed",
                    "objected": "Asked, and objected",
                },
            ),
            Field("decided_on", "Decided on", "date", past=True),
        ),
        NOTE,
    ),
)
_LOOP = ItemList(
    FeedbackLoop,
    (
        (Field("name", "What we listen to", placeholder="What staff say of the form"),),
        (
            Field("who", "Who speaks", placeholder="a group, not a person"),
            Field("channel", "How", placeholder="a card without a name"),
        ),
        (
            Field("every", "How often", "choice", HOW_OFTEN),
            Field("acts", "Who acts on it", help=HELP["owner"], placeholder="a role, not a name"),
        ),
        (Field("safe_route", "Safe way for young people", "text", help=HELP["safe route"]),),
        NOTE,
    ),
)
_ENTRY = ItemList(
    FeedbackEntry,
    (
        (Field("name", "What was said, in general", help=HELP["feedback"]),),
        (
            Field("loop", "Heard in", "choice", refers=FeedbackLoop),
            Field("heard_on", "Heard on", "date", past=True),
        ),
        (Field("action", "What was done about it", "text"),),
        (Field("closed_on", "Closed on", "date", past=True),),
        NOTE,
    ),
)
_RISK = ItemList(
    Risk,
    (
        (Field("name", "What may go wrong", placeholder="Trained staff leave"),),
        (
            Field("likelihood", "How likely", "choice", _RANKS),
            Field("impact", "How bad", "choice", _RANKS),
        ),
        (Field("response", "What we do about it", "text"),),
        (_WHO, Field("closed", "Closed: it can no longer happen", "flag")),
        NOTE,
    ),
)
_BUDGET = ItemList(
    BudgetLine,
    (
        (Field("name", "What the money is for", placeholder="Advocate"),),
        (
            Field("period", "Period", placeholder="2027"),
            Field("planned", "Planned", "number", help=HELP["planned"]),
            Field("actual", "Actual", "number"),
        ),
        (Field("source", "Paid by", "text"),),
        NOTE,
    ),
    told=lambda line: f"{line.name}, {line.period}" if line.period else line.name,
)


_TRAINING_COLUMNS = (
    "For whom",
    "People planned",
    "People trained",
    "Due",
    "When staff change",
)


def _training() -> ItemList:
    """Return the fields of a training, with the catalogue's courses to link it to."""
    courses = {entry.id: entry.title for entry in catalog.find(kind="training")}
    used = [t.catalog_id for t in project().plan.trainings if t.catalog_id]
    courses |= {entry: entry_title(entry) for entry in used if entry not in courses}
    return ItemList(
        Training,
        (
            (Field("name", "Course", placeholder="How to use the screening tool"),),
            (
                Field("audience", "For whom", placeholder="intake staff"),
                Field(
                    "catalog_id",
                    "In the catalogue",
                    "choice",
                    courses,
                    "Not from the catalogue",
                    HELP["availability"],
                ),
            ),
            (
                Field("planned_people", "People planned", "whole"),
                Field("trained_people", "People trained", "whole"),
                Field("hours", "Hours each", "number"),
            ),
            (
                _WHO,
                Field("due_on", "Due on", "date"),
                Field("refresh_months", "Repeated after months", "whole"),
            ),
            (Field("turnover_cover", "When staff change", "text", help=HELP["turnover cover"]),),
            NOTE,
        ),
    )


# --- the parts of the page


def _milestones() -> None:
    widgets.note("The milestones with their states stand under the chart, as a table.")
    _csv(Milestone)
    edit_items(_MILESTONE)


def _partners() -> None:
    _list(_STAKEHOLDER)


def _trainings() -> None:
    _list(_training(), _TRAINING_COLUMNS)


def _core() -> None:
    _list(_COMPONENT)
    st.subheader("Is it delivered as meant?", anchor=False)
    if project().plan.components:
        _list(_FIDELITY)
    else:
        widgets.note("Name a core component first; then say what was looked at.")


def _adaptations() -> None:
    _list(_ADAPTATION)


def _feedback() -> None:
    _list(_LOOP)
    st.subheader("What we heard, and what was done", anchor=False)
    if project().plan.loops:
        _list(_ENTRY)
    else:
        widgets.note("Say first how you listen; then keep here what you heard.")


def _risks() -> None:
    _list(_RISK)


def _budget() -> None:
    widgets.say(budget_totals(project().plan).sentence(project().info.currency))
    _list(_BUDGET)


_START = (
    (
        Field("run", "It carries out", "choice", none="The latest decision"),
        Field("starts_on", "It starts on", "date"),
    ),
)


def _whole() -> None:
    """Ask which selection the plan carries out, and from when."""
    runs = {run.id: run.title for run in project().runs}
    rows = tuple(tuple(_with_runs(field, runs) for field in row) for row in _START)
    form = Form(
        "plan",
        rows,
        recorded(project().plan, rows),
        about="what the plan carries out (Implement)",
    )
    form.show()
    widgets.note(f"Now: {plan_run(project()).title}.")
    form.buttons("Save", partial(_save_plan, form))


def _with_runs(field: Field, runs: dict[str, str]) -> Field:
    if field.name != "run":
        return field
    return Field(field.name, field.label, field.kind, runs, field.none)


def _save_plan(form: Form) -> None:
    if form.save(
        "what the plan carries out",
        lambda decision, typed: decision.with_plan(revised(decision.plan, **typed)),
    ):
        state().notice = "Saved: what the plan carries out."


PARTS: dict[str, tuple[str, str, Callable[[], None]]] = {
    "milestones": ("Milestones", "What is to be reached, and when?", _milestones),
    "partners": ("Partners", "Who takes part, and is it agreed?", _partners),
    "training": ("Training", "Who learns what, also when staff change?", _trainings),
    "core": ("Core", "What may not change?", _core),
    "adaptations": ("Adaptations", "What is changed to fit this place?", _adaptations),
    "feedback": ("Feedback", "How do we hear how it goes?", _feedback),
    "risks": ("Risks", "What may go wrong?", _risks),
    "budget": ("Budget", "What does it cost?", _budget),
    "whole": ("Plan", "What does this plan carry out?", _whole),
}
"""The parts of the plan: the word to choose it by, its question, and what shows it."""


def show_parts() -> None:
    """Ask which part of the plan to look at, and show it."""
    st.header("The plan, part by part", anchor=False)
    titles = {part: title for part, (title, _, _) in PARTS.items()}
    _, question, show = PARTS[widgets.choose_part("Part of the plan", titles, "plan-part")]
    st.subheader(question, anchor=False)
    show()


def _list(of: ItemList, headings: Sequence[str] = ()) -> None:
    """Show a list as a table, with its CSV, and the form to change it."""
    if project().plan.items(of.kind):
        table = lifecycle_table(project(), Plan.LISTS[of.kind][0])
        show_table(table, headings)
        _csv(of.kind)
    edit_items(of)


def _csv(kind: type[Item]) -> None:
    field = Plan.LISTS[kind][0]
    if not project().plan.items(kind):
        return
    offer_csv(lifecycle_table(project(), field))
