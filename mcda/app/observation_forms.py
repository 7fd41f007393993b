"""What was observed: the charts to read, a form for each period, and a table to read in.

Only the form of one observation shows its true numbers; all else on the page is drawn from what
may be shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Literal

import streamlit as st

from mcda.app import theme, widgets
from mcda.app.fields import Field, Row, Values, told_apart
from mcda.app.form_drafts import thing
from mcda.app.forms import Form
from mcda.app.item_forms import choose_form
from mcda.app.lexicon import HELP
from mcda.app.state import edit, project, state
from mcda.charts.indicators import (
    drawing,
    indicator_chart,
    indicator_table,
    reading_words,
    standing_table,
)
from mcda.lifecycle.evaluating import linked_text, next_period
from mcda.lifecycle.indicators import IndicatorState, period_text
from mcda.project import Evaluation, Indicator, Observation, Project, ProjectError
from mcda.project.entering import entered
from mcda.project.tables.observations import (
    HEADINGS,
    observations_template,
    read_observations,
)
from mcda.project.text import make_id, quoted

_NEW = "new"
_HIDDEN = (
    "Hidden for privacy: a small count of people, or a number, small or not, that would let one be "
    "worked out."
)
_KINDS: tuple[Literal["csv", "xlsx"], ...] = ("csv", "xlsx")


# --- how it goes


def show_results(states: Sequence[IndicatorState]) -> None:
    """Show how every indicator stands, and one of them over time."""
    st.header("How do the indicators stand?", help=HELP["indicator"], anchor=False)
    if not states:
        widgets.note("Nothing is measured yet. The part “Indicators” has some to start from.")
        return
    with st.container(key="list-standing"):
        widgets.table(standing_table(states))
    widgets.note(
        "More cases found can mean that people look better. An indicator marked “neither” is "
        "never judged."
    )
    if any(point.hidden for s in states for point in s.points):
        widgets.note(_HIDDEN)
    st.header("One indicator over time", anchor=False)
    by_id = {s.indicator.id: s for s in states}
    off = next((s.indicator.id for s in states if s.standing == "off target"), None)
    chosen = _choose_indicator([s.indicator for s in states], "evaluate-indicator", off)
    _show_one(by_id[chosen.id])


def _choose_indicator(
    indicators: Sequence[Indicator], key: str, first: str | None = None
) -> Indicator:
    """Ask for an indicator; ``first`` is chosen until someone says otherwise."""
    names = told_apart({i.id: i.name for i in indicators})
    if st.session_state.get(key) not in names:
        st.session_state[key] = first or next(iter(names))
    chosen = st.selectbox(
        "Indicator",
        list(names),
        format_func=lambda i: names.get(i, i),
        key=key,
        persist_state="session",
    )
    return next(i for i in indicators if i.id == chosen)


def _show_one(state_of: IndicatorState) -> None:
    widgets.say(state_of.sentence)
    indicator = state_of.indicator
    meaning = (indicator.definition, linked_text(project(), indicator))
    if any(meaning):
        widgets.note(" ".join(filter(None, meaning)))
    found = drawing(state_of)
    chart = indicator_chart(state_of, theme.colours())
    if found is not None and chart is not None:
        widgets.chart(chart, key=f"evaluate-chart-{state_of.indicator.id}")
        widgets.note(reading_words(found))
    elif state_of.points:
        widgets.note(
            "No period is as long as this indicator says, so there is nothing to draw. The table "
            "has what was observed."
        )
        widgets.table(indicator_table(state_of))
    else:
        widgets.note("The part “Observed” is where its numbers are entered.")


# --- the form of one period


def show_observations() -> None:
    """Ask what was observed of an indicator in a period, or take it from a table."""
    st.header("What was observed?", anchor=False)
    indicators = project().evaluation.indicators
    if not indicators:
        widgets.note("Say first, in the part “Indicators”, what is measured.")
        return
    widgets.say(
        "Enter totals. Counts that are too small to show are kept, and stay hidden everywhere but "
        "in the form below."
    )
    indicator = _choose_indicator(indicators, "observe-indicator")
    old = _choose_period(indicator)
    rows = _rows(indicator)
    form = Form(
        _place(indicator, old),
        rows,
        _recorded(indicator, old),
        about=f"what was observed of {quoted(indicator.name)} (Evaluate)",
        thing=("Observation", *old.place) if old else thing(indicator),
    )
    form.show()
    widgets.privacy()
    line = form.buttons(
        "Save the observation" if old else "Add the observation",
        partial(_save, indicator, old, form),
    )
    if old is not None:
        line.button(
            "Remove it",
            key=f"{form.place}-remove",
            on_click=_remove,
            args=(indicator, old, form),
            help="Undo brings it back.",
        )
    _show_import()


def _place(indicator: Indicator, old: Observation | None) -> str:
    return f"observed-{indicator.id}-{'-'.join(old.place[1:]) if old else _NEW}"


def _choose_period(indicator: Indicator) -> Observation | None:
    """Ask for a period that is known, or a new one; at first one whose form was left unsaved."""
    seen = project().evaluation.observed(indicator.id)
    periods = {"-".join(o.place[1:]): o for o in reversed(seen)}
    words = {_NEW: "A new period"}
    words |= {key: period_text(o.starts_on, o.ends_on) for key, o in periods.items()}
    chosen = choose_form(
        "Period to add or change",
        words,
        f"observe-period-{indicator.id}",
        lambda period: _place(indicator, periods.get(period)),
    )
    return periods.get(chosen)


def _rows(indicator: Indicator) -> tuple[Row, ...]:
    """Return the fields for what this indicator measures, in all and by group."""
    rows: list[Row] = [
        (Field("starts_on", "First day", "date"), Field("ends_on", "Last day", "date"))
    ]
    counted = Field("count", indicator.counted or "How many", "whole", least=0)
    out_of = Field("of", indicator.out_of or "Of how many", "whole", least=0)
    match indicator.measure:
        case "count":
            rows.append((counted,))
        case "share":
            rows.append((counted, out_of))
        case "number":
            unit = f", in {indicator.unit}" if indicator.unit else ""
            value = Field("value", f"What was measured{unit}", "number")
            people = Field("of", "Taken from how many people", "whole", least=0)
            rows.append((value, people) if indicator.people else (value,))
    for group in indicator.groups:
        own = Field(_count(group), f"{group}: how many", "whole", least=0)
        of = Field(_of(group), f"{group}: of how many", "whole", least=0)
        rows.append((own, of) if indicator.measure == "share" else (own,))
    rows.append((Field("note", "Note, kept out of every edition for others", "text"),))
    return tuple(rows)


def _count(group: str) -> str:
    return f"count {group}"


def _of(group: str) -> str:
    return f"of {group}"


def _recorded(indicator: Indicator, old: Observation | None) -> Values:
    """Return what the form begins with; a new one has the period after the last."""
    if old is None:
        days = next_period(indicator, project().evaluation.observed(indicator.id))
        return {"starts_on": days[0], "ends_on": days[1]} if days else {}
    values = old.model_dump(exclude={"indicator", "parts"})
    for part in old.parts:
        values |= {_count(part.group): part.count, _of(part.group): part.of}
    return values


def _save(indicator: Indicator, old: Observation | None, form: Form) -> None:
    label = f"observation of {quoted(indicator.name)}"
    if form.save(
        label if old else f"add {label}",
        lambda decision, _typed: _with_typed(decision, indicator, old, form.outcome()),
    ):
        state().notice = f"Saved: {label}."


def _with_typed(
    decision: Project, indicator: Indicator, old: Observation | None, values: Mapping[str, object]
) -> Project:
    """Return the project with the observation; raises ``ProjectError`` where it does not fit."""
    new = _observation(indicator, values)
    evaluation: Evaluation = decision.evaluation
    if old is None or old.place != new.place:
        if new.place in {o.place for o in evaluation.observations}:
            raise ProjectError("This period is there already. Choose it above to change it.")
        if old is not None:
            evaluation = evaluation.without_observation(old.place)
    return decision.with_evaluation(evaluation.with_observation(new))


def _observation(indicator: Indicator, values: Mapping[str, object]) -> Observation:
    if values.get("starts_on") is None or values.get("ends_on") is None:
        raise ProjectError("Give the first and the last day of the period.")
    given = [v for name, v in values.items() if name not in ("starts_on", "ends_on", "note")]
    if all(value is None for value in given):
        raise ProjectError("Enter what was observed; 0 is a number, too.")
    parts = [
        {"group": group, "count": values.get(_count(group)), "of": values.get(_of(group))}
        for group in indicator.groups
        if not (values.get(_count(group)) is None and values.get(_of(group)) is None)
    ]
    plain = ("starts_on", "ends_on", "count", "of", "value", "note")
    fields = {name: values[name] for name in plain if name in values}
    return entered(Observation, {"indicator": indicator.id, "parts": parts, **fields})


def _remove(indicator: Indicator, old: Observation, form: Form) -> None:
    label = f"observation of {quoted(indicator.name)}"
    if edit(
        f"remove {label}",
        lambda decision: decision.with_evaluation(
            decision.evaluation.without_observation(old.place)
        ),
    ):
        form.begin_anew()
        state().notice = f"Removed: {label}. Undo brings it back."


# --- a table


def _show_import() -> None:
    """Offer a table to fill in, and read it back."""
    st.subheader("From a table", anchor=False)
    widgets.say(
        "Download the table, fill in a row for each period, and read it in. Days are written as "
        "2027-03-31. A row with a group is about that group alone. Empty cells change nothing."
    )
    name = make_id(project().info.title)
    with st.container(horizontal=True):
        for kind in _KINDS:
            widgets.download(
                f"Table to fill in ({kind.upper()})",
                partial(observations_template, project().evaluation, kind),
                f"{name}-observations.{kind}",
            )
    given = st.file_uploader(
        "Observations as a table (.csv or .xlsx)",
        type=["csv", "xlsx"],
        key="observations-upload",
        help=f"Its columns: {', '.join(HEADINGS)}. Totals only; no column about a person.",
    )
    if given is not None:
        st.button(
            "Read it in",
            key="observations-read",
            on_click=read_in,
            args=(given.name, given.getvalue()),
        )


def read_in(name: str, data: bytes) -> None:
    """Take a table's observations over, all or none; say what was read."""
    said: list[str] = []

    def change(decision: Project) -> Project:
        found = read_observations(decision.evaluation, (name, data))
        said.append(found.sentence)
        return decision.with_evaluation(found.evaluation)

    if edit(f"observations from {name}", change):
        state().notice = said[-1]
