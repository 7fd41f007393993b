"""Milestones as a calendar (iCalendar, RFC 5545) that any calendar program takes in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from mcda.analysis import ILLUSTRATIVE
from mcda.project import Milestone, Project

_PRODUCT = "-//Best Fit//Plan//EN"

if TYPE_CHECKING:
    from icalendar import Event


def milestones_ics(project: Project, stamp: datetime, key: str | None = None) -> bytes:
    """Return the milestones that have a day as all-day events on it.

    One that was dropped, or has no due day, is left out. A done one stands on the day it was done.
    Notes stay out, as calendars are passed on.

    Args:
        project: the project.
        stamp: when the calendar is made, with its time zone.
        key: what tells this project from others; its title if not given. With the same key a
            milestone keeps its identity, and a calendar that has it already moves it.

    Raises:
        ValueError: ``stamp`` has no time zone.

    >>> from datetime import UTC
    >>> made = milestones_ics(Project.new("Which?"), datetime(2027, 1, 1, tzinfo=UTC))
    >>> made.splitlines()[0]
    b'BEGIN:VCALENDAR'
    """
    if stamp.tzinfo is None:
        raise ValueError("stamp needs a time zone")
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    for milestone in project.plan.milestones:
        if milestone.status != "dropped" and (milestone.done_on or milestone.due_on):
            calendar.add_component(_event(project, milestone, stamp, key or project.info.title))
    made: bytes = calendar.to_ical()
    return made


def _event(project: Project, milestone: Milestone, stamp: datetime, key: str) -> Event:
    day = milestone.done_on or milestone.due_on
    assert day is not None  # only those with a day come here
    from icalendar import Event

    event = Event()
    event.add("uid", f"{uuid5(NAMESPACE_URL, f'bestfit:{key}:{milestone.id}')}@bestfit.invalid")
    event.add("dtstamp", stamp)
    event.add("summary", f"Done: {milestone.name}" if milestone.done_on else milestone.name)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("categories", [milestone.stage])
    event.add("description", "\n".join(_lines(project, milestone)))
    return event


def _lines(project: Project, milestone: Milestone) -> list[str]:
    names = {m.id: m.name for m in project.plan.milestones}
    lines = [project.info.title]
    if project.info.illustrative:
        lines.append(ILLUSTRATIVE)
    lines.append(f"Stage: {milestone.stage}")
    if milestone.owner:
        lines.append(f"Who sees to it: {milestone.owner}")
    waits = [names[m] for m in milestone.after if m in names]
    if waits:
        lines.append(f"After: {', '.join(waits)}")
    return lines
