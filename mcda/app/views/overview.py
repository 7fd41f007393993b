"""Overview: where do we stand on the way through the four phases?"""

from __future__ import annotations

import html
from functools import partial

import streamlit as st

from mcda.app import widgets
from mcda.app.fields import Field, Row, Values
from mcda.app.forms import Form, recorded
from mcda.app.lexicon import HELP
from mcda.app.state import project, state, still_to_come, today
from mcda.app.steps import PHASES
from mcda.charts import Column, DataTable
from mcda.lifecycle import Overview, Phase, overview
from mcda.lifecycle.overview import COLUMNS, ColumnId
from mcda.project import Project, ProjectError
from mcda.project.entering import revised

_BACK = (
    '<p class="bf-back"><span aria-hidden="true">↺</span> What is learned leads back to '
    "Diagnose and Select.</p>"
)
_PHASES = {phase.title.lower(): phase for phase in PHASES}
_HOTLINE: tuple[Row, ...] = (
    (
        Field("name", "Name of the service", placeholder="County crisis line", warns=False),
        Field("contact", "How to reach it: number, text, chat", warns=False),
    ),
    (Field("text", "What to say about it", "text", warns=False),),
    (Field("checked_on", "Checked on", "date", help=HELP["checked"]),),
)


def page() -> None:
    """Show the four phases in the community's own words, how far each is, and what is next."""
    st.title("Where do we stand?", anchor=False)
    found = overview(project(), today())
    _show_next(found)
    for number, phase in enumerate(found.phases, start=1):
        _show_phase(number, phase)
    st.html(_BACK)
    with st.expander("The same as a table: the four phases in full", key="phases-table"):
        widgets.table(_table(found))
    with st.expander("Every step, done and open", key="phases-steps"):
        widgets.table(_steps(found))
    _offer_hotline()


def _show_next(found: Overview) -> None:
    if found.next is None:
        widgets.answer("All four phases are done.")
        return
    widgets.answer(f"Next: {found.next.next}.")
    only_deciding_is_left = found.next.id == "select" and not any(
        step.title == found.next.next for step in found.next.steps[:-1]
    )
    _link("decide" if only_deciding_is_left else found.next.id)


def _link(page_id: str) -> None:
    """Lead to a page or the first one of a phase, where there is one."""
    phase = _PHASES.get(page_id)
    if phase is not None:
        label = f"Go to {phase.title}"
        st.page_link(phase.steps[0].path, label=label, icon=":material/arrow_forward:")


# --- one phase


def _show_phase(number: int, phase: Phase) -> None:
    """Draw one phase: its four boxes, and how far it is."""
    with st.container(key=f"phase-{phase.id}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.header(f"{number}. {phase.title}", anchor=False)
            _link(phase.id)
        st.html(_progress_html(phase))
        boxes = "".join(_box(phase, column) for column in COLUMNS)
        st.html(f'<ul class="bf-model">{boxes}</ul>')


def _progress_html(phase: Phase) -> str:
    """Return how far a phase is: a bar, which the words after it say as well."""
    share = round(100 * phase.done / len(phase.steps))
    return (
        f'<p class="bf-progress"><span aria-hidden="true"><span style="width: {share}%"></span>'
        f"</span>{html.escape(_words(phase))}</p>"
    )


def _words(phase: Phase) -> str:
    said = f"{phase.progress} done."
    return f"{said} Next: {phase.next}." if phase.next else said


def _box(phase: Phase, column: ColumnId) -> str:
    """Return one box of the logic model with the first entries; the table has all in full."""
    shown, more = phase.at_a_glance(column)
    items = [f"<li>{html.escape(text)}</li>" for text in shown]
    if more:
        items.append(f'<li class="bf-muted">and {more} more</li>')
    inside = f"<ul>{''.join(items)}</ul>" if items else '<p class="bf-muted">Nothing yet.</p>'
    return f"<li><strong>{column.capitalize()}</strong>{inside}</li>"


def _table(found: Overview) -> DataTable:
    columns = (Column("Phase"), *(Column(column.capitalize()) for column in COLUMNS))
    rows = tuple(
        (phase.title, *("; ".join(phase.column(column)) for column in COLUMNS))
        for phase in found.phases
    )
    return DataTable("The four phases in full", columns, rows)


def _steps(found: Overview) -> DataTable:
    columns = (Column("Step"), Column("Phase"), Column("Done?"))
    rows = tuple(
        (step.title, phase.title, "✓ done" if step.done else "open")
        for phase in found.phases
        for step in phase.steps
    )
    return DataTable("Every step, done and open", columns, rows)


# --- a notice for people who need help


def _offer_hotline() -> None:
    with st.expander("A notice for people who need help", key="hotline"):
        hotline = project().info.hotline
        if not hotline.shown:
            widgets.say(
                "The notice is off. Someone who reads this may be in danger: call the number, and "
                "enter the day. Then the notice is shown at the foot of every page and in every "
                "report."
            )
        form = Form(
            "hotline",
            _HOTLINE,
            recorded(hotline, _HOTLINE),
            about="the notice for people who need help (Overview)",
        )
        form.show()
        form.buttons("Save the notice", partial(_save_hotline, form), primary=False)


def _save_hotline(form: Form) -> None:
    def change(decision: Project, typed: Values) -> Project:
        hotline = revised(decision.info.hotline, **typed)
        if hotline.checked_on is not None and still_to_come(hotline.checked_on):
            raise ProjectError("Checked on: this day is still to come. Enter when it was checked.")
        return decision.with_info(revised(decision.info, hotline=hotline.model_dump()))

    if form.save("notice for people who need help", change):
        state().notice = "Saved: notice for people who need help."


if __name__ == "__main__":
    page()
