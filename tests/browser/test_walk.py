"""From the catalogue to a ranking, as a visitor walks it; the numbers are the command line's."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

TABLE = "Both methods side by side"


def span(low, high, form="{}") -> str:
    """Write a range as the pages do."""
    low, high = form.format(low), form.format(high)
    return low if low == high else f"{low} to {high}"


@pytest.fixture
def by_command_line(bestfit):
    """``by_command_line(file, weighting)`` is the ranking's table, made from the command line."""

    def table(file: Path, weighting: str) -> list[list[str]]:
        methods = ("weighted_sum", "topsis_anchored")
        by_sum, by_topsis = (
            bestfit("rank", file, "--weighting", weighting, "--method", method)["programs"]
            for method in methods
        )
        second = {program["id"]: program for program in by_topsis}
        return [
            [
                first["name"],
                span(first["rank_best"], first["rank_worst"]),
                span(first["score_low"], first["score_high"], "{:.1f}"),
                span(second[first["id"]]["rank_best"], second[first["id"]]["rank_worst"]),
                span(second[first["id"]]["score_low"], second[first["id"]]["score_high"], "{:.3f}"),
            ]
            for first in by_sum
            if first["excluded"] is None
        ]

    return table


def test_the_worked_example_is_toured_to_its_ranking(me, app_server, tmp_path, by_command_line):
    me.visit(app_server)
    me.press("Open the worked example")
    clicks = 1
    me.see("Tour, 1 of 8")
    shown = me.table(TABLE)
    while me.page.get_by_role("button", name="Next stop").count():
        me.press("Next stop")
        clicks += 1
        me.see(f"Tour, {clicks} of 8")
    me.press("End the tour")
    assert clicks == 8
    assert not me.page.get_by_text("Tour, ").count()
    me.go("Ranking")
    assert me.table(TABLE) == shown
    me.tick("School counselor")
    other = me.table(TABLE)
    file = me.download_project(tmp_path)
    assert shown == by_command_line(file, "Planning group")
    assert other == by_command_line(file, "School counselor")
    assert shown != other


MENTORS, FORCE, OUTREACH = "Juvenile Mentoring Programs", "Clearwater/Tampa Bay", "Night outreach"
CRITERIA = (
    "Match to our problem factors",
    "Fit with the young people to be served",
    "Strength of evidence of benefit",
    "Safe and trauma-informed",
    "People reached in a year",
    "Total cost to us",
    "Time to first service",
    "Likely to last",
)
REACH, COST, TIME = CRITERIA[4:7]


def start_own(me, url: str) -> None:
    me.visit(url)
    me.page.get_by_role("textbox", name="What is to be decided?").fill("Which program for us?")
    me.page.get_by_role("textbox", name="Where?").fill("Elm County")
    me.press("Start")
    me.see("Which programs could you choose?")


def choose_programs(me) -> None:
    """Find two programs in the catalogue, by words and by kind, and add one of one's own."""
    me.fill("Search words", "mentoring")
    me.open(MENTORS)
    mentors = row(me, MENTORS)
    me.press("Add", mentors)
    me.see("1 program to choose from")
    mentors.get_by_role("button", name="Added").wait_for()
    mentors.locator("details[open]").wait_for(state="detached")
    me.fill("Search words", "")
    me.select("Kinds", "Task force", me.open("More filters"))
    me.page.keyboard.press("Escape")  # The list of kinds stays open for more.
    me.idle()
    assert not mentors.count()
    me.press("Add", row(me, FORCE))
    me.see("2 programs to choose from")
    own = me.open("Add a program of your own")
    own.get_by_role("textbox", name="Name").fill(OUTREACH)
    me.press("Add it", own)
    me.see("3 programs to choose from")
    me.see(f"Added to your list: “{OUTREACH}”.")
    me.box("Add a program of your own").locator("details[open]").wait_for(state="detached")


def row(me, entry: str):
    """Return the row of the catalogue that shows an entry."""
    return me.page.locator('[class*="st-key-entry-"]').filter(has_text=entry)


def confirm_range(me, criterion: str) -> None:
    box = me.open(criterion)
    me.press("Change it", box)
    me.tick("We agree on this range and on what its steps are worth", box, "checkbox")
    me.press("Save", box)
    me.page.get_by_role("button", name="Change it").wait_for()
    assert not me.page.get_by_text("Nobody has confirmed it yet").count()


def score(me, criterion: str, known: str, source: str, **given: str) -> None:
    """Fill in one criterion of the program that is chosen: fields by name, or a level."""
    box = me.open(criterion)
    if known != "One level":
        me.tick(known, box)
    for name, text in given.items():
        if name == "level":
            box.get_by_role("radio", name=re.compile(f"^{text}:")).check(force=True)
            me.idle()
        else:
            me.type_in(box.get_by_role("textbox", name=re.compile(f"^{name}")), text)
    box.locator("summary", has_text="Source and note").click()
    me.idle()
    me.type_in(box.get_by_role("textbox", name=re.compile("^Source|^Who was asked")), source)


def score_programs(me) -> None:
    me.select("Program", MENTORS)
    score(me, REACH, "One number", "The provider, by phone", Number="140")
    score(me, COST, "A range", "Budget office", Lowest="60000", Likely="80,000", Highest="100,000")
    score(me, CRITERIA[2], "Not known yet", "Registry to be asked")
    me.press("Save, then next: Clearwater", exact=False)
    me.see(f"Saved: 3 scores of {MENTORS}.")
    score(me, CRITERIA[0], "One level", "Planning group", level="4")
    score(me, REACH, "One number", "Its yearly report", Number="35")
    score(me, COST, "One number", "Its yearly report", Number="220000")
    me.press("Save ·", exact=False)
    me.see("Saved: 3 scores of Clearwater")
    me.select("Program", "Continue as now")
    score(me, REACH, "One number", "Our own count", Number="20")
    score(me, COST, "One number", "Budget office", Number="0")
    me.press("Save ·", exact=False)
    me.see("Saved: 2 scores of Continue as now.")


def set_must_have(me) -> None:
    """Add a condition that one of the programs fails."""
    me.tick("Must-haves")
    box = me.open("Add or change a must-have")
    me.select("Must-have", "A new must-have", box)
    me.fill("Name", "Open at night", box)
    me.press("Save the must-have", box)
    me.see("Saved: must-have Open at night.")
    me.select("On this must-have", "Open at night")
    me.tick("Fail", me.page.get_by_role("radiogroup", name=OUTREACH))
    me.fill(f"Reason: {OUTREACH}", "No staff after ten.")
    me.press("Save the verdicts")
    me.see("Saved: 1 verdict on Open at night.")


def weigh_by_swing(me) -> None:
    """Answer in the four steps, as one person."""
    me.tick("One person")
    me.fill("Role", "School counselor")
    me.press("Begin")
    me.see("Step 1 of 4")
    assert [row[0] for row in me.table("The two ends of each criterion")] == list(CRITERIA)
    me.press("Next: the first lift")
    me.tick(REACH)
    me.press("Next: the other lifts")
    me.number_all([90, 80, 70, 60, 40, 30, 20])
    me.see("8 of 8 answered.")
    me.press("Next: read back")
    me.see("Step 4 of 4")
    me.press("Yes, this is what I mean")
    me.see("Saved: School counselor")


def weigh_by_points(me) -> None:
    """Share out 100 points, as another person."""
    me.press("Next person")
    me.fill("Role", "Budget officer")
    me.tick("100 points")
    me.press("Begin")
    me.number_all([10, 10, 5, 5, 10, 40, 15, 5])
    me.see("100 points given, 0 left of 100.")
    me.press("Save")
    me.see("Saved: Budget officer")


def test_walk_from_the_catalogue_to_a_ranking_that_outlives_a_restart(
    me, visitor, new_page, own_server, tmp_path, by_command_line
):
    start_own(me, own_server.url)
    choose_programs(me)
    me.go("Criteria")
    confirm_range(me, REACH)
    me.go("Scores")
    score_programs(me)
    set_must_have(me)
    me.go("Weights")
    weigh_by_swing(me)
    weigh_by_points(me)
    me.go("Ranking")
    counselor = me.table(TABLE)
    me.see("Fails a must-have. Open at night: No staff after ten.")
    me.tick("Budget officer")
    officer = me.table(TABLE)
    me.go("Compare")
    places = me.table("Places; possible firsts are marked")
    address = me.page.url
    file = me.download_project(tmp_path)

    assert len(counselor) == 3
    assert counselor == by_command_line(file, "School counselor")
    assert officer == by_command_line(file, "Budget officer")
    assert counselor != officer
    by_sum = {row[0]: row[1] for row in officer}
    assert {row[0]: row[2] for row in places} == by_sum

    me.page.close()
    own_server.end()
    own_server.start()
    again = visitor(new_page())
    again.visit(own_server.url)
    again.press("Which program for us?", exact=False)
    again.see("Which program comes first, and why?")
    assert again.table(TABLE) == counselor
    again.press("Undo")
    again.go("Weights")
    assert [row[0] for row in again.table("Weightings in this project")] == ["School counselor"]
    again.press("Redo")
    assert len(again.table("Weightings in this project")) == 2
    again.visit(address)
    assert again.table("Places; possible firsts are marked") == places
    assert again.download_project(tmp_path / "again").read_bytes() == file.read_bytes()
