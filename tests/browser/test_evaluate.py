"""The second worked example in a real browser: from the diagnosis to the next selection."""

from __future__ import annotations

import re
from datetime import date

import pytest

from mcda.lifecycle.selecting_again import proposed_scores
from mcda.project import Evaluation, Indicator, Observation, Part, Project, to_json
from mcda.project.templates import example

pytestmark = pytest.mark.browser

TWO_YEARS_ON = "elm_county_two_years_on"
PARTS = ("Results", "Observed", "Indicators", "Evaluation plan", "Lessons", "What next", "Pass on")
PLACES = "Places in both selections"
CHOSEN = "Screening with an advocate"
COST = "Total cost to us: Screening with an advocate"
# Counts below a thousand are hidden here, so that the small one stands nowhere by chance.
CANARY, WHOLE, SMALLEST = 863, 45_823, 1000
PERIOD = "January to March 2027"
SPRING = {"starts_on": date(2027, 1, 1), "ends_on": date(2027, 3, 31)}


def open_file(me, url: str, project: Project) -> None:
    me.visit(url)
    me.upload("project.json", to_json(project).encode())
    me.press("Open this file")
    me.see("Which programs could you choose?")


def places(bestfit, path, project: Project) -> list[dict[str, str]]:
    """Return each ranked program's place in each run, as the command line prints it.

    A program has the name that the latest run gives it.
    """
    names = {p.id: p.name for p in project.run().evidence.programs}
    return [
        {
            names[p["id"]]: _span(p["rank_best"], p["rank_worst"])
            for p in bestfit("rank", path, "--run", run.id)["programs"]
            if p["excluded"] is None
        }
        for run in project.runs
    ]


def _span(best: int, worst: int) -> str:
    return str(best) if best == worst else f"{best} to {worst}"


def test_from_the_diagnosis_to_the_next_selection(me, page, app_server, bestfit, tmp_path):
    done = example(TWO_YEARS_ON)
    open_file(me, app_server, done)
    for step, sight in (
        ("Diagnose", "What is the problem here, and are we ready?"),
        ("Ranking", "Which program comes first"),
        ("Decide", "What do we choose, and why?"),
        ("Implement", "Who does what by when?"),
        ("Evaluate", "Is it working, and what did we learn?"),
    ):
        me.go(step)
        me.see(sight)
    me.see("Of 7 indicators:")
    me.go("Select again")
    me.see(f"A new selection is under way: {done.run().title}.")
    me.see("3 of 4 answered.")
    before = {row[0]: row[1:] for row in me.table(PLACES)} if me.open(PLACES) else {}
    box = page.locator(".st-key-proposal-spent")
    box.get_by_text(COST).wait_for()
    me.tick("Accept it", box)
    me.fill("Why?", "The last offer is what it costs.", box)
    me.press("Save the answer", box)
    me.see("4 of 4 answered.")
    me.open(PLACES)
    after = {row[0]: row[1:] for row in me.table(PLACES)}
    path = me.download_project(tmp_path)
    old, new = places(bestfit, path, done)
    assert {name: row[0] for name, row in after.items() if name in old} == old
    assert {name: row[-1] for name, row in after.items() if name in new} == new
    assert old != new
    assert before.keys() == after.keys()
    assert bestfit("rank", path)["programs"][0]["name"] == "Survivor mentor program"


def before_the_loop() -> Project:
    """Return the second example as it was before anybody had looked at the choice again."""
    done = example(TWO_YEARS_ON)
    bare = done.evaluation.model_copy(update={"trigger_answers": (), "score_answers": ()})
    return done.model_copy(update={"runs": done.runs[:1]}).with_evaluation(bare)


def test_from_a_trigger_to_the_moved_ranks(me, page, address_of, bestfit, tmp_path):
    earlier = before_the_loop()
    me.visit(address_of(earlier, "evaluate"))
    me.see("open reasons to look at the decision again.")
    page.get_by_role("link", name="Go to Select again").click()
    me.see("Reasons to look again")
    me.fill("Why do you select again?", "It reaches fewer and costs more than was scored.")
    me.press("Start a new selection")
    me.see("A new selection is under way: Selection 2.")
    started = Project.model_validate_json(me.download_project(tmp_path).read_text())
    proposals = proposed_scores(started)
    assert len(proposals) == 4
    me.go("Select again")
    for count, proposal in enumerate(proposals, 1):
        box = page.locator(f".st-key-proposal-{proposal.indicator.id}")
        me.tick("Accept it", box)
        me.fill("Why?", "Seen for a year.", box)
        me.press("Save the answer", box)
        me.see(f"{count} of 4 answered.")
    me.see("What did most:")
    me.open(PLACES)
    shown = {row[0]: (row[1], row[-1]) for row in me.table(PLACES)}
    path = me.download_project(tmp_path)
    kept = Project.model_validate_json(path.read_text())
    assert kept.runs[0] == earlier.runs[0]
    old, new = places(bestfit, path, kept)
    assert {name: shown[name] for name in old} == {name: (old[name], new[name]) for name in old}
    assert (old[CHOSEN], new[CHOSEN]) == ("1 to 2", "2 to 5")


def measured() -> Project:
    """Return a project in which one period, and one group, is a small count."""
    linked = Indicator(
        id="linked",
        name="Linked in time",
        measure="share",
        counted="Linked",
        target=80.0,
        smallest_count=SMALLEST,
    )
    found = Indicator(
        id="found", name="Concerns found", groups=("Boys", "Girls"), smallest_count=SMALLEST
    )
    seen = (
        Observation(indicator="linked", count=CANARY, of=WHOLE, **SPRING),
        Observation(
            indicator="found",
            count=WHOLE,
            parts=(Part(group="Boys", count=WHOLE - CANARY), Part(group="Girls", count=CANARY)),
            **SPRING,
        ),
    )
    evaluation = Evaluation(indicators=(linked, found), observations=seen)
    return example().with_evaluation(evaluation)


def telling(page) -> list[str]:
    """Return where a page holds the small count, or a number that gives it away."""
    content = page.content()
    rest, share = WHOLE - CANARY, f"{100 * CANARY / WHOLE:.1f}%"
    numbers = (str(CANARY), str(rest), f"{rest:,}")
    found = [n for n in numbers if re.search(rf"(?<![\w.-]){n}(?![\w-])", content)]
    return found + [share for _ in range(content.count(share))]


def test_a_small_count_is_in_no_page_but_its_own_form(me, page, address_of):
    me.visit(address_of(measured(), "evaluate"))
    for part in PARTS:
        me.tick(part)
        assert telling(page) == [], part
        if part in ("Results", "Observed"):
            for name in ("Linked in time", "Concerns found"):
                me.select("Indicator", name)
                assert telling(page) == [], (part, name)
                if part == "Results":
                    me.open("The same as a table")
                    page.get_by_text("hidden for privacy").first.wait_for()
                    assert telling(page) == [], name
    me.go("Select again")
    assert telling(page) == []
    me.go("Overview")
    assert telling(page) == []
    me.go("Evaluate")
    me.tick("Observed")
    me.select("Indicator", "Linked in time")
    me.select("Period to add or change", PERIOD)
    assert page.get_by_role("spinbutton", name="Linked").input_value() == str(CANARY)
    assert telling(page) == [str(CANARY)]
    me.tick("Results")
    assert telling(page) == []


def test_every_part_is_accessible_and_fits(phone, address_of, faults_by_look):
    me, faults = phone, {}
    me.visit(address_of(example(TWO_YEARS_ON), "evaluate"))
    for part in PARTS:
        me.tick(part)
        if part == "Results":
            me.open("The same as a table")
        if part == "Indicators":
            me.open("Start from a ready-made indicator")
        faults |= faults_by_look(me.page, f"evaluate-{part}")
    assert faults == {}


def test_select_again_is_accessible_and_fits(phone, address_of, faults_by_look):
    me = phone
    me.visit(address_of(example(TWO_YEARS_ON), "again"))
    for line in ("accepted", "Reasons that have been answered", PLACES):
        me.open(line)
    me.tick("Put another score", me.page.locator(".st-key-proposal-spent"))
    assert faults_by_look(me.page, "again") == {}


def test_reasons_to_look_again_are_accessible_and_fit(phone, address_of, faults_by_look):
    me = phone
    me.visit(address_of(before_the_loop(), "again"))
    me.open("Leave it as it is")
    assert faults_by_look(me.page, "again-reasons") == {}
