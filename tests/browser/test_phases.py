"""The diagnosis as leaders would make it, and what it hands over to the selection."""

import json
from datetime import date

import pytest

from mcda.project.templates import example

pytestmark = pytest.mark.browser

FACTOR = "Nobody asks young people at intake"
PROBLEM = "Young people are commercially sexually exploited here, and few are noticed."
CONDITION = "Open at night"
PARTS = (
    "Factors",
    "Services",
    "Readiness",
    "Goals",
    "Must-haves",
    "Match",
    "Supports",
    "Brief",
)


@pytest.fixture
def here(me, app_server):
    """A visitor on Diagnose, in a new project with one program of its own."""
    me.visit(app_server)
    me.fill("What is to be decided?", "Which program for Oak?")
    me.press("Start")
    me.see("Which programs could you choose?")
    box = me.open("Add a program of your own")
    me.fill("Name", "Mentors", box)
    me.press("Add it", box)
    me.go("Diagnose")
    return me


def test_a_diagnosis_proposes_to_the_selection(here, tmp_path):
    state_the_problem(here)
    add_a_factor(here)
    rate(here)
    add_a_goal(here)
    carry_a_must_have(here)
    accept_a_match(here)
    project = json.loads(here.download_project(tmp_path).read_text())
    found, run = project["diagnosis"], project["runs"][0]
    assert found["problem"] == PROBLEM
    [factor] = found["factors"]
    assert (factor["name"], factor["kind"], factor["priority"]) == (FACTOR, "system gap", "high")
    low = next(item for item in found["readiness"] if item["rating"] == 1)
    assert (low["action"], low["owner"]) == ("Meet each leader.", "Coordinator")
    assert [goal["name"] for goal in found["goals"]] == ["Everyone is asked"]
    assert run["evidence"]["must_haves"][-1]["name"] == CONDITION
    [match] = [s for s in run["evidence"]["scores"] if s["criterion"] == "problem_match"]
    assert (match["program"], match["amount"]["value"]) == ("mentors", 5.0)
    assert match["source"].startswith("Our diagnosis")


def test_the_overview_follows_and_leads_on(here):
    state_the_problem(here)
    here.go("Overview")
    here.see("Next: Say for which groups.")
    here.see(PROBLEM)
    here.page.get_by_role("link", name="Go to Diagnose").first.click()
    here.see("What is the problem here, and are we ready?")
    here.page.reload()
    here.idle()
    here.press("Undo")
    here.go("Overview")
    here.see("Next: State the problem.")


def test_every_part_of_the_diagnosis_is_accessible_and_fits(phone, address_of, faults_by_look):
    me, faults = phone, {}
    me.visit(address_of(example(), "diagnose"))
    for part in PARTS:
        me.tick(part)
        if part == "Match":
            me.open("Juvenile mentoring")
        if part == "Brief":
            me.open("Table: Goals")
        faults |= faults_by_look(me.page, f"diagnose-{part}")
    assert faults == {}


def test_the_overview_with_all_opened_is_accessible_and_fits(phone, address_of, faults_by_look):
    me = phone
    me.visit(address_of(example(), "overview"))
    for line in ("The same as a table", "Every step", "A notice for people"):
        me.open(line)
    me.fill("Name of the service", "County line (made up)")
    me.type_day("Checked on", date(2026, 10, 1))
    me.press("Save the notice")
    me.see("Checked on October 1, 2026.")
    assert faults_by_look(me.page, "overview-open") == {}


def state_the_problem(me) -> None:
    me.fill("What is the problem here?", "A 14-year-old girl was seen.")
    me.see("This looks like one young person")
    me.fill("What is the problem here?", PROBLEM)
    me.press("Save the problem")
    me.see("Saved: problem statement.")


def add_a_factor(me) -> None:
    me.tick("Factors")
    me.fill("The factor, in one line", FACTOR)
    me.select("Kind", "System gap")
    me.select("Priority", "High")
    me.press("Add the factor")
    me.see("Saved: factor")


def rate(me) -> None:
    me.tick("Readiness")
    me.press("Start from these questions")
    me.tick("1")
    me.fill("What will we do about it?", "Meet each leader.")
    me.fill("Who, by role", "Coordinator")
    me.press("Save what we will do")
    me.see("Saved: answer to")


def add_a_goal(me) -> None:
    me.tick("Goals")
    me.fill("What will be different", "Everyone is asked")
    me.press("Add the goal")
    me.see("Saved: goal")


def carry_a_must_have(me) -> None:
    me.tick("Must-haves")
    me.fill("The condition, in a few words", CONDITION)
    me.press("Add the must-have of the diagnosis")
    me.press("Make it a must-have")
    me.see("is a must-have now")


def accept_a_match(me) -> None:
    me.tick("Match")
    box = me.open("Mentors")
    me.select(f"Factor 1: {FACTOR}", "Directly", box)
    me.fill("How, or why not? (factor 1)", "A mentor asks at the first meeting.", box)
    me.press("Save how it acts", box)
    me.press("Accept level 5", me.open("Mentors"))
    me.see("Saved: match of")
