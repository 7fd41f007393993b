"""Milestones as a calendar that other programs read back."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from mcda.lifecycle import milestones_ics
from mcda.project import Milestone, Plan, Project

STAMP = datetime(2027, 1, 1, 12, 30, tzinfo=UTC)
HOSTILE = "A;B,C\\D\nBEGIN:VEVENT “ü” 🙂 " + "x" * 200


def project(*milestones: Milestone) -> Project:
    return Project.new("Which?").with_plan(Plan(milestones=milestones))


def events(made: bytes) -> list[dict[str, object]]:
    """Read the events back: texts as texts, days as days."""
    found = Calendar.from_ical(made).walk("VEVENT")
    texts, days = ("summary", "uid", "description"), ("dtstart", "dtend")
    return [
        {key: str(event[key]) for key in texts} | {key: event.decoded(key) for key in days}
        for event in found
    ]


def test_the_example_comes_back_with_its_days(elm):
    found = events(milestones_ics(elm, STAMP))
    due = [m.done_on or m.due_on for m in elm.plan.milestones]
    assert [e["dtstart"] for e in found] == due
    assert found[0]["summary"] == "Done: Probation names the lead and a deputy"
    assert "Illustrative example" in found[0]["description"]
    assert "After: Probation names the lead" in found[2]["description"]


def test_hostile_text_is_escaped_and_folded():
    made = milestones_ics(
        project(Milestone(id="a", name=HOSTILE, due_on=date(2027, 3, 1), owner=HOSTILE)), STAMP
    )
    lines = made.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in made.replace(b"\r\n", b"")
    assert lines.count(b"BEGIN:VEVENT") == 1
    (event,) = events(made)
    assert event["summary"] == Milestone(id="a", name=HOSTILE).name
    assert event["dtend"] == date(2027, 3, 2)


def test_every_event_has_what_the_standard_asks_for(elm):
    made = milestones_ics(elm, STAMP).decode()
    count = made.count("BEGIN:VEVENT")
    assert count == len(elm.plan.milestones)
    assert made.count("DTSTAMP:20270101T123000Z") == count
    assert made.count("\r\nUID:") == count
    assert "VERSION:2.0" in made
    assert "PRODID:" in made


def test_an_identity_stays_while_the_day_and_the_name_change():
    milestone = Milestone(id="a", name="A", due_on=date(2027, 3, 1))
    moved = Milestone(id="a", name="B", due_on=date(2027, 4, 1))
    other = Milestone(id="b", name="A", due_on=date(2027, 3, 1))
    uids = [events(milestones_ics(project(m), STAMP))[0]["uid"] for m in (milestone, moved, other)]
    assert uids[0] == uids[1] != uids[2]
    (keyed,) = events(milestones_ics(project(milestone), STAMP, key="p-17"))
    assert keyed["uid"] != uids[0]


def test_what_has_no_day_or_was_dropped_is_left_out():
    made = milestones_ics(
        project(
            Milestone(id="a", name="A"),
            Milestone(id="b", name="B", status="dropped", due_on=date(2027, 3, 1)),
        ),
        STAMP,
    )
    assert events(made) == []


def test_notes_and_waits_that_are_gone_stay_out():
    milestone = Milestone(
        id="a", name="A", due_on=date(2027, 3, 1), note="Internal", after=("gone",)
    )
    made = milestones_ics(project(milestone), STAMP).decode()
    assert "Internal" not in made
    assert "After" not in made


def test_a_stamp_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        milestones_ics(project(), datetime(2027, 1, 1))
