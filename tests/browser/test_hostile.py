"""Names that would run, load, link or overflow where they could: everywhere they are only text."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest
from pydantic import BaseModel

from mcda.project import Project, Run, to_json
from mcda.project.templates import example
from mcda.report.redaction import longest_text

pytestmark = pytest.mark.browser

HOSTILE = (
    "</script><img src=x onerror=window.pwned=1> **x** [a](http://b.invalid) www.b.invalid "
    '=HYPERLINK("x") :smile: $y$ \u202eback\u202c 😀'
)
SHOWN = HOSTILE.replace("\u202e", "").replace("\u202c", "")
LONG = "W" * 300
PAGES = (
    "Overview",
    "Programs",
    "Criteria",
    "Scores",
    "Weights",
    "Ranking",
    "Compare",
    "What if?",
    "Decide",
    "Implement",
    "Export",
)
PARTS = (
    "Problem",
    "Factors",
    "Services",
    "Readiness",
    "Goals",
    "Must-haves",
    "Match",
    "Supports",
    "Brief",
)
EVALUATE = (
    "Results",
    "Observed",
    "Indicators",
    "Evaluation plan",
    "Lessons",
    "What next",
    "Pass on",
)
# What the page shows as text, less the unseen word joiners that keep addresses from being links.
TEXT = """
() => [document.querySelector('[data-testid="stMain"]').innerText,
       ...[...document.querySelectorAll("input, textarea")].map(field => field.value)]
  .join(" ").replaceAll("\\u2060", "").replace(/\\s+/g, " ")
"""
WIDEST = (
    "Math.max(...['html', '[data-testid=stMain]'].map(q => document.querySelector(q).scrollWidth))"
)
# Where a name could have become more than text.
MADE = """
() => [...document.querySelectorAll('[data-testid="stMain"] a')]
        .map(a => a.href).filter(href => new URL(href).host !== location.host)
  .concat([...document.querySelectorAll('img[src="x"], [onerror]')].map(e => e.outerHTML))
"""


@pytest.fixture(scope="module")
def key(browser, visitor, app_server) -> str:
    """The key of a project with hostile text in every field, typed as a visitor would."""
    me = visitor(browser.new_page(viewport={"width": 1280, "height": 900}))
    me.visit(app_server)
    me.page.get_by_role("textbox", name="What is to be decided?").fill(HOSTILE)
    me.page.get_by_role("textbox", name="Where?").fill(HOSTILE)
    me.press("Start")
    me.see("Which programs could you choose?")
    for name in (HOSTILE, LONG):
        add_program(me, name)
    me.go("Criteria")
    for name in (HOSTILE, LONG):
        add_criterion(me, name)
    add_objective(me)
    me.go("Scores")
    add_score(me)
    add_must_have(me)
    me.go("Weights")
    add_weights(me)
    me.go("Diagnose")
    add_diagnosis(me)
    add_decision(me)
    add_plan(me)
    me.go("Overview")
    add_notice(me)
    key = me.page.url.partition("project=")[2]
    me.page.close()
    return key


def add_program(me, name: str) -> None:
    box = me.open("Add a program of your own")
    for label in ("Name", "What it is", "Who is counted as reached"):
        box.get_by_role("textbox", name=label, exact=True).fill(name)
    add_it(me, box)


def add_it(me, box) -> None:
    me.press("Add it", box)
    box.locator("details[open]").wait_for(state="detached")  # It closes once that is saved.


def add_criterion(me, name: str) -> None:
    box = me.open("Add a criterion")
    me.fill("Name", name, box)
    me.fill("What it means", name, box)
    me.fill("Unit", name[:60], box)
    me.fill("Worst that could be chosen", "0", box, "spinbutton")
    me.fill("Best that could be chosen", "10", box, "spinbutton")
    add_it(me, box)


def add_objective(me) -> None:
    box = me.open("Objectives")
    me.fill("A new objective", HOSTILE, box)
    me.press("Add", box)


def add_score(me) -> None:
    me.select("Program", "</script>")
    box = me.open("</script>")
    me.type_in(box.get_by_role("textbox", name=re.compile("^Number")), "7")
    box.locator("summary", has_text="Source and note").click()
    me.idle()
    me.type_in(box.get_by_role("textbox", name=re.compile("^Source")), HOSTILE)
    me.fill("Note", f"{HOSTILE} {LONG}", box)
    me.press("Save ·", exact=False)
    me.see("Saved: 1 score of")


def add_must_have(me) -> None:
    me.tick("Must-haves")
    box = me.open("Add or change a must-have")
    me.select("Must-have", "A new must-have", box)
    me.fill("Name", HOSTILE, box)
    me.fill("What it means", LONG, box)
    me.press("Save the must-have", box)
    me.see("Saved: must-have")
    me.select("On this must-have", "</script>")
    me.tick("Fail", me.page.get_by_role("radiogroup", name=LONG[:20]))
    me.type_in(me.page.get_by_role("textbox", name=re.compile("^Reason: ")), HOSTILE)
    me.type_in(me.page.get_by_role("textbox", name=re.compile("^Source \\(who")), HOSTILE)
    me.press("Save the verdicts")
    me.see("Saved: 1 verdict")


def add_weights(me) -> None:
    for role in (HOSTILE, LONG[:200]):
        me.tick("One person")
        me.fill("Role", role)
        me.tick("100 points")
        me.press("Begin")
        me.number_all([10] * 10)
        me.see("100 points given")
        me.press("Save")
        me.press("Next person")
    me.press("Show the weights")


def add_decision(me) -> None:
    me.go("Decide")
    me.select("We choose", "</script>")
    for label in ("Why do we choose it?", "Strategy: how it is adapted to this place"):
        me.fill(label, HOSTILE)
    me.fill("Strengths here that it can build on", LONG)
    me.fill("Approved by (1)", HOSTILE)
    me.see("Approved by (2)")


def add_plan(me) -> None:
    me.go("Implement")
    for name in (HOSTILE, LONG):
        me.fill("What is to be reached", name)
        me.fill("Who sees to it", name)
        me.type_day("Due on", date(2026, 10, 1))
        me.press("Add the milestone")
        me.see("Saved: milestone")
    me.tick("Partners")
    me.fill("Organization", HOSTILE)
    me.fill("What it does here", LONG)
    me.press("Add the stakeholder")
    me.see("Saved: stakeholder")


def add_diagnosis(me) -> None:
    for label in ("What is the problem here?", "What does this leave out?", "For which groups?"):
        me.fill(label, HOSTILE)
    me.fill("Whom may our figures miss?", LONG)
    me.fill("Where does it happen?", HOSTILE)
    me.press("Save the problem")
    me.tick("Factors")
    for name in (HOSTILE, LONG):
        me.fill("The factor, in one line", name)
        me.select("Kind", "System gap")
        me.select("Priority", "High")
        me.fill("How do we know? Totals, reports, meetings", name)
        me.press("Add the factor")
        me.see("Saved: factor")
    me.tick("Services")
    for label in ("The service or strength", "Who provides it", "What is missing in it?"):
        me.fill(label, HOSTILE)
    me.fill("Whom it serves", LONG)
    me.press("Add the service")
    add_readiness(me)
    me.tick("Goals")
    me.fill("What will be different", HOSTILE)
    me.fill("For whom", LONG)
    me.press("Add the goal")
    me.tick("Must-haves")
    me.fill("The condition, in a few words", f"New: {HOSTILE}")
    me.fill("What it means", HOSTILE)
    me.fill("Why here?", LONG)
    me.press("Add the must-have of the diagnosis")
    me.see("Saved: must-have of the diagnosis")
    me.tick("Match")
    box = me.open("</script>")
    me.select(f"Factor 2: {LONG}", "Directly", box)
    me.fill("How, or why not? (factor 2)", HOSTILE, box)
    me.press("Save how it acts", box)
    me.see("Saved: how")


def add_readiness(me) -> None:
    me.tick("Readiness")
    box = me.open("Ask something of your own")
    me.fill("What does it take?", HOSTILE, box)
    me.select("Part", "Do we want it?", box)
    me.press("Add the question", box)
    me.tick("1")
    me.fill("What will we do about it?", HOSTILE)
    me.fill("Who, by role", LONG)
    me.press("Save what we will do")
    me.fill("Who rated, by role", HOSTILE)
    me.press("Save who rated")
    me.see("Saved: who rated")


def add_notice(me) -> None:
    box = me.open("A notice for people who need help")
    me.fill("Name of the service", HOSTILE, box)
    me.fill("How to reach it: number, text, chat", LONG, box)
    me.fill("What to say about it", HOSTILE, box)
    me.type_day("Checked on", date(2026, 10, 1))
    me.press("Save the notice", box)
    me.see("Saved: notice")


@pytest.fixture
def watched(open_page):
    """A page of 390 pixels whose requests are kept."""
    page = open_page(390)
    page.requested = []
    page.on("request", lambda request: page.requested.append(request.url))
    return page


@pytest.fixture
def no_more_than_text(watched, app_server) -> Callable[[], None]:
    """``no_more_than_text()`` checks what the page has made of the names."""

    def check() -> None:
        assert SHOWN in watched.evaluate(TEXT)
        assert watched.evaluate("window.pwned") is None
        assert watched.evaluate(MADE) == []
        assert watched.evaluate(WIDEST) <= 390
        local = [url for url in watched.requested if not url.startswith(("data:", "blob:"))]
        assert {urlsplit(url).netloc for url in local} == {urlsplit(app_server).netloc}

    return check


def address(name: str) -> str:
    """Return the address of a page by its name on the rail."""
    return name.lower().replace(" ", "_").removesuffix("?")


@pytest.mark.parametrize("name", PAGES)
def test_hostile_names_are_only_text(
    watched, visitor, app_server, key, name, no_more_than_text, screenshot
):
    me = visitor(watched)
    me.visit(f"{app_server}/{address(name)}?project={key}")
    LOOK_CLOSER.get(name, lambda _: None)(me)
    screenshot(watched, f"hostile-{name}")
    no_more_than_text()


@pytest.mark.parametrize("part", PARTS)
def test_hostile_names_are_only_text_in_the_diagnosis(
    watched, visitor, app_server, key, part, no_more_than_text, screenshot
):
    me = visitor(watched)
    me.visit(f"{app_server}/diagnose?project={key}")
    me.tick(part)
    if part == "Match":
        me.open("</script>")
    if part == "Brief":
        me.open("Table: What drives the problem")
    screenshot(watched, f"hostile-diagnose-{part}")
    no_more_than_text()


def written(value: Any, text: str) -> Any:
    """Return a part with ``text`` in every field that people write in."""
    if isinstance(value, tuple):
        return tuple(written(each, text) for each in value)
    if not isinstance(value, BaseModel):
        return value
    changes = {}
    for name, field in type(value).model_fields.items():
        old = getattr(value, name)
        plain = longest_text(field) is None or name in ("trigger", "group", "groups")
        changes[name] = written(old, text) if plain else text
    return value.model_copy(update=changes)


def renamed(run: Run) -> Run:
    """Return a run whose programs and criteria have hostile names, locked anew where it was."""
    evidence = run.evidence.model_copy(
        update={
            "programs": written(run.evidence.programs, HOSTILE),
            "criteria": written(run.evidence.criteria, HOSTILE),
        }
    )
    changed = run.model_copy(update={"evidence": evidence, "title": HOSTILE})
    return changed.model_copy(update={"lock": changed.content_hash()}) if run.lock else changed


def two_years_on() -> Project:
    """Return the second example with hostile text in all of its evaluation."""
    done = example("elm_county_two_years_on")
    evaluation = written(done.evaluation, HOSTILE)
    first, *rest = evaluation.indicators
    groups = (HOSTILE, LONG, *first.groups[2:])
    evaluation = evaluation.with_item(first.model_copy(update={"groups": groups}))
    evaluation = evaluation.with_item(rest[0].model_copy(update={"name": LONG, "unit": LONG}))
    runs = tuple(renamed(run) for run in done.runs)
    done = done.model_copy(update={"runs": runs, "plan": written(done.plan, HOSTILE)})
    return done.with_evaluation(evaluation)


@pytest.fixture(scope="module")
def later(browser, visitor, app_server) -> dict[str, str]:
    """The keys of the second example under hostile names: as it is, and before anyone answered."""
    done = two_years_on()
    bare = done.evaluation.model_copy(update={"trigger_answers": (), "score_answers": ()})
    earlier = done.model_copy(update={"runs": done.runs[:1]}).with_evaluation(bare)
    keys = {}
    for name, kept in (("done", done), ("earlier", earlier)):
        me = visitor(browser.new_page(viewport={"width": 1280, "height": 900}))
        me.visit(app_server)
        me.upload("project.json", to_json(Project.model_validate(kept.model_dump())).encode())
        me.press("Open this file")
        me.see("Which programs could you choose?")
        keys[name] = me.page.url.partition("project=")[2]
        me.page.close()
    return keys


@pytest.mark.parametrize("part", EVALUATE)
def test_hostile_names_are_only_text_in_the_evaluation(
    watched, visitor, app_server, later, part, no_more_than_text, screenshot
):
    me = visitor(watched)
    me.visit(f"{app_server}/evaluate?project={later['done']}")
    me.tick(part)
    if part == "Results":
        me.open("The same as a table")
        me.select("Indicator", LONG[:20])
        assert watched.evaluate(WIDEST) <= 390
    screenshot(watched, f"hostile-evaluate-{part}")
    no_more_than_text()


def test_hostile_names_are_only_text_where_one_selects_again(
    watched, visitor, app_server, later, no_more_than_text, screenshot
):
    me = visitor(watched)
    me.visit(f"{app_server}/again?project={later['done']}")
    for line in ("accepted", "Reasons that have been answered", "Places in both selections"):
        me.open(line)
    screenshot(watched, "hostile-again")
    no_more_than_text()


def test_hostile_names_are_only_text_in_reasons_to_look_again(
    watched, visitor, app_server, later, no_more_than_text, screenshot
):
    me = visitor(watched)
    me.visit(f"{app_server}/again?project={later['earlier']}")
    me.open("Leave it as it is")
    screenshot(watched, "hostile-reasons")
    no_more_than_text()


def open_lines(me) -> None:
    """Open the lines of both names."""
    for name in ("</script>", LONG[:20]):
        me.open(name)


def see_all_scores(me) -> None:
    me.select("Program", "</script>")
    me.open("</script>")
    me.tick("All at a glance")
    me.open("Every score with its source")
    me.tick("Must-haves")
    me.open("Every reason and source")


def see_the_working(me) -> None:
    me.open("Show the working")


def show_the_weights(me) -> None:
    me.press("Show the weights")


def see_the_plan(me) -> None:
    me.open("The same as a table")
    me.tick("Partners")
    me.select("Stakeholder to add or change", "</script>")


LOOK_CLOSER = {
    "Implement": see_the_plan,
    "Programs": open_lines,
    "Criteria": open_lines,
    "Scores": see_all_scores,
    "Weights": show_the_weights,
    "Ranking": see_the_working,
}
