"""From the decision to the plan in a real browser: settle, lock, rerun, plan, download."""

import csv
import json
from datetime import date, timedelta

import pytest
from icalendar import Calendar

from mcda.project.templates import example

pytestmark = pytest.mark.browser

# One with each kind of field and table.
PARTS = ("Milestones", "Training", "Adaptations", "Risks", "Budget")
LOCKED = "Locked. Fingerprint"


@pytest.fixture
def elm(me, app_server):
    """A visitor who has the worked example open."""
    me.visit(app_server)
    me.press("Open the worked example")
    me.press("End the tour")
    return me


def judge(me, verdict: str, reason: str) -> None:
    """Say of the drafted choice whether it is allowed by law."""
    me.tick("Must-haves")
    me.select("On this must-have", "Allowed by law")
    me.tick(verdict, me.page.get_by_role("radiogroup", name="Screening with an advocate"))
    me.fill("Reason for the passes that have none of their own", reason)
    me.press("Save the verdicts")
    me.see("Saved: 1 verdict on Allowed by law")


def go(me, step: str) -> None:
    """Go to a page by its address, as by a bookmark."""
    address, _, query = me.page.url.partition("?")
    me.visit(f"{address.rpartition('/')[0]}/{step}?{query}")


def lock(me) -> None:
    me.press("Decide and lock")
    me.see("Locking keeps the programs, criteria, scores, weights")
    me.press("Yes, decide and lock")
    me.see(LOCKED)


def download(me, name: str, folder) -> bytes:
    with me.page.expect_download() as found:
        me.page.get_by_role("button", name=name).first.click()
    path = folder / found.value.suggested_filename
    found.value.save_as(path)
    return path.read_bytes()


def test_what_is_not_settled_blocks_until_it_is_then_the_decision_is_locked_and_rerun(
    elm, tmp_path
):
    go(elm, "scores")
    judge(elm, "Unknown", "")
    go(elm, "decide")
    elm.see("This cannot be decided yet:")
    assert elm.page.get_by_role("button", name="Decide and lock").is_disabled()
    elm.page.get_by_role("link", name="Settle it on Scores").click()
    elm.see("Must-haves")
    elm.idle()
    judge(elm, "Pass", "The county attorney says so.")
    go(elm, "decide")
    elm.see("Nothing stands in the way of deciding.")
    elm.fill("Why do we choose it?", "It reaches every young person in intake.")
    elm.fill("Approved by (3)", "Board of supervisors")
    lock(elm)
    go(elm, "decide")
    elm.see(LOCKED)
    elm.see("It reaches every young person in intake.")
    elm.page.get_by_role("link", name="Select again from this decision").click()
    elm.fill("Why do you select again?", "We look at it again.")
    elm.press("Start a new selection")
    elm.see("A new selection has started.")
    go(elm, "decide")
    elm.see("This selection starts from “First selection”")
    ((_, chosen, day, _),) = elm.table("Earlier decisions, each locked")
    assert (chosen, day) == (
        "Screening with an advocate",
        "Dec\N{NO-BREAK SPACE}1,\N{NO-BREAK SPACE}2026",
    )
    kept = json.loads(elm.download_project(tmp_path).read_text())
    first, second = kept["runs"]
    assert first["status"] == "decided"
    assert len(first["lock"]) == 64
    assert [a["role"] for a in first["record"]["approvals"]][-1] == "Board of supervisors"
    assert (second["parent"], second["status"]) == (first["id"], "draft")


def test_a_milestone_that_waits_for_another_is_blocked_and_goes_into_the_calendar(elm, tmp_path):
    due = date.today() + timedelta(days=20)
    elm.go("Implement")
    elm.fill("What is to be reached", "A safe place is found")
    elm.fill("Who sees to it", "Victim services director")
    elm.select("Status", "Under way")
    elm.type_day("Due on", due)
    elm.select("Waits for", "Agreement on privacy")
    elm.page.keyboard.press("Escape")  # The list stays open for more.
    elm.idle()
    elm.press("Add the milestone")
    elm.see("Saved: milestone “A safe place is found”.")
    elm.see(
        "“A safe place is found” is blocked by “Agreement on privacy is signed by all partners”."
    )
    calendar = Calendar.from_ical(download(elm, "Download the milestones as a calendar", tmp_path))
    events = {str(e["summary"]): e for e in calendar.walk("VEVENT")}
    assert len(events) == 11
    assert events["A safe place is found"].decoded("dtstart") == due
    table = download(elm, "Download this table", tmp_path).decode("utf-8-sig").splitlines()
    last = list(csv.DictReader(table))[-1]
    assert (last["Milestone"], last["Due"]) == ("A safe place is found", str(due))
    elm.press("Undo")
    elm.page.get_by_text("is blocked by").first.wait_for(state="detached")


def test_the_parts_of_the_plan_are_accessible_and_fit(phone, address_of, faults_by_look):
    me, faults = phone, {}
    me.visit(address_of(example(), "implement"))
    me.open("The same as a table")
    for part in PARTS:
        me.tick(part)
        faults |= faults_by_look(me.page, f"implement-{part}")
    assert faults == {}


def test_a_locked_decision_is_accessible_and_fits(phone, address_of, faults_by_look):
    me = phone
    me.visit(address_of(example(), "decide"))
    me.press("Decide and lock")
    me.press("Yes, decide and lock")
    me.see(LOCKED)
    me.open("What the lock means")
    assert faults_by_look(me.page, "decide-locked") == {}
