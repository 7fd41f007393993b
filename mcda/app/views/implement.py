"""Implement: Who does what by when?"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial

import streamlit as st

from mcda.analysis.wording import and_list, few
from mcda.app import theme, widgets
from mcda.app.plan_forms import show_parts
from mcda.app.state import project, project_key, today
from mcda.app.steps import link_to
from mcda.charts import gantt_chart, gantt_table
from mcda.charts.gantt import drawn, has_days, key_words
from mcda.lifecycle import Schedule, due_feedback, future_days, milestones_ics, plan_run, schedule
from mcda.project.checks import around_findings
from mcda.project.text import day_text, make_id


def page() -> None:
    """Show how the plan stands today, the milestones in time, and each part of the plan."""
    st.title("Who does what by when?", anchor=False)
    found = schedule(project().plan, today())
    widgets.answer(_answer(found))
    _show_what_for()
    _show_now(found)
    _show_chart(found)
    show_parts()
    _show_questions()


def _answer(found: Schedule) -> str:
    if not found.milestones:
        return "There are no milestones yet. Begin with the first one below."
    return found.headline


def _show_what_for() -> None:
    """Say what the plan carries out, and whether that has been decided."""
    run = plan_run(project())
    if run.record is None:
        widgets.say("Nothing has been chosen yet, so this plan has no program to carry out.")
        link_to("decide")
        return
    name = run.program(run.record.choice).name
    if run.status == "decided":
        widgets.say(f"This plan carries out: {name}.")
        return
    widgets.say(f"This plan carries out: {name}. That is not decided yet.")
    link_to("decide")


def _show_now(found: Schedule) -> None:
    """Name what is late, blocked and next, and where it is time to listen again."""
    waiting = [m for m in found.blocked if m.state != "late"]
    lines = [("Late", m.sentence) for m in found.late]
    lines += [("Blocked", m.sentence) for m in waiting]
    lines += [("Next due", _due(m.name, m.due_on, m.owner)) for m in found.next_due]
    lines += [
        ("Time to listen", f"“{due.loop.name}” was due on {day_text(due.due_on)}.")
        for due in due_feedback(project().plan, found.today)
    ]
    if found.critical:
        chain = and_list(few([f"“{m.name}”" for m in found.critical], 4))
        lines.append(("Do not let these slip", f"a delay in one delays the last: {chain}."))
    widgets.bullets(lines)


def _due(name: str, day: date | None, owner: str) -> str:
    who = f" ({owner})" if owner else ""
    return f"“{name}”{f', on {day_text(day)}' if day else ''}{who}."


def _show_chart(found: Schedule) -> None:
    """Show the milestones in time, where they have days, and offer them as a calendar."""
    if not found.milestones:
        return
    st.header("The milestones in time", anchor=False)
    if not has_days(found):
        widgets.note("None of them has a day yet, so there is nothing to draw.")
        widgets.table(gantt_table(found))
        return
    widgets.note(key_words(drawn(found)))
    widgets.chart(gantt_chart(found, theme.colours()), key="plan-gantt")
    widgets.download(
        "Download the milestones as a calendar (ICS)",
        partial(milestones_ics, project(), datetime.now(UTC), key=project_key() or None),
        f"{make_id(project().info.title)}.ics",
        help_text="Any calendar program takes it in. Notes stay out.",
    )


def _show_questions() -> None:
    """Show what is worth asking about the plan."""
    found = (*around_findings(project()), *future_days(project(), today()))
    asked = [f for f in found if f.place.startswith("Plan")]
    if asked:
        with st.expander(f"Open questions about the plan: {len(asked)}"):
            widgets.finding_list(asked)


if __name__ == "__main__":
    page()
