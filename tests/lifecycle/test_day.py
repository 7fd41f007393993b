"""The day an example is told on, and days that cannot have been yet."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mcda.lifecycle import day_of, future_days, schedule, status
from mcda.project import FeedbackEntry, FeedbackLoop, Milestone, Plan, Project
from mcda.project.templates import FIRST, TWO_YEARS_ON, example

TODAY = date(2026, 11, 22)


def with_done(day: date) -> Project:
    hire = Milestone(id="hire", name="Hire", status="done", done_on=day)
    return Project.new("Which?").with_plan(Plan(milestones=(hire,)))


@pytest.mark.parametrize(
    ("name", "told_on"), [(FIRST, date(2026, 11, 20)), (TWO_YEARS_ON, date(2029, 1, 15))]
)
@pytest.mark.parametrize("today", [date(2020, 1, 1), TODAY, date(2040, 1, 1)])
def test_an_example_is_told_on_its_own_day_whenever_it_is_opened(name, told_on, today):
    project = example(name)
    assert day_of(project, today) == told_on
    assert future_days(project, told_on) == ()
    assert not schedule(project.plan, told_on).late


def test_a_project_of_ones_own_is_looked_at_today():
    assert day_of(with_done(TODAY + timedelta(days=9)), TODAY) == TODAY


def test_what_is_done_today_is_not_asked_about():
    assert future_days(with_done(TODAY), TODAY) == ()


def test_what_is_done_tomorrow_is_asked_about_by_the_status_too():
    project = with_done(TODAY + timedelta(days=1))
    (found,) = future_days(project, TODAY)
    assert (found.severity, found.place) == ("warning", "Plan, Hire")
    assert str(found.message).endswith("November 23, 2026, which is still to come.")
    assert found in status(project, TODAY).findings


def test_each_day_of_an_entry_is_asked_about():
    entry = FeedbackEntry(
        id="e", name="Too long", loop="l", heard_on=date(2027, 1, 1), closed_on=date(2027, 1, 2)
    )
    plan = Plan(loops=(FeedbackLoop(id="l", name="Staff"),), feedback=(entry,))
    found = future_days(Project.new("Which?").with_plan(plan), TODAY)
    assert [f.place for f in found] == ["Plan, Too long", "Plan, Too long"]
