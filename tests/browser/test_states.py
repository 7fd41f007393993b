"""What the pages become when they are used: each state accessible, inside its width, a picture.

The pages as they are first seen, in both schemes at each width, are in ``test_pages.py``.
"""

import pytest

from mcda.project.templates import example

pytestmark = pytest.mark.browser

HINT = "table => parseFloat(getComputedStyle(table, '::before').blockSize) || 0"


class Watch:
    """A visitor who has each state held to the rules and pictured, and hears of faults at the end.

    So one walk serves all states of a page, each on a phone and on a laptop, one of them dark.
    """

    def __init__(self, me, faults_by_look):
        self.me, self.faults = me, {}
        self._faults_by_look = faults_by_look

    def look(self, state: str) -> None:
        self.faults |= self._faults_by_look(self.me.page, f"state-{state}")


@pytest.fixture
def watch(phone, address_of, faults_by_look):
    """A watch on the worked example."""
    phone.visit(address_of(example(), "ranking"))
    watch = Watch(phone, faults_by_look)
    yield watch
    assert watch.faults == {}


def test_home_with_a_project_and_a_refused_file(watch):
    me = watch.me
    me.page.get_by_role("link", name="Best Fit", exact=True).click()
    me.see("The project that is open")
    me.upload("cut.json", b'{"format": "bestfit-project", ')
    me.press("Open this file")
    me.see("cut.json: It is not complete JSON")
    watch.look("home refused")
    me.press("View")
    me.see("Projector view")
    watch.look("home view")


def test_programs_open(watch):
    me = watch.me
    me.go("Programs")
    me.open("Survivor mentor program")
    me.open("Add a program of your own")
    me.open("More filters")
    me.open("Rescue & Restore")
    watch.look("programs open")
    me.press("Set aside", exact=False)
    watch.look("programs set aside")


def test_criteria_open(watch):
    me = watch.me
    me.go("Criteria")
    me.open("Total cost to us")
    me.open("Respect for culture")
    me.open("Could two of these")
    me.open("Objectives")
    me.open("Start from other criteria")
    me.open("Add a criterion")
    watch.look("criteria open")
    box = me.open("Total cost to us")
    me.press("Change it", box)
    me.fill("Worst that could be chosen", "100000", box, "spinbutton")
    me.see("These scores are recorded outside")
    watch.look("criteria change")


def test_scores_in_every_view(watch):
    me = watch.me
    me.go("Scores")
    me.fill("Highest", "20000000", me.open("Total cost to us"))
    me.open("Time to first service")
    me.open("People scored this apart")
    me.press("Save ·", exact=False)
    me.see("1 score is not saved.")
    watch.look("scores refused")
    me.tick("All at a glance")
    me.open("Every score with its source")
    watch.look("scores glance")
    me.tick("Must-haves")
    me.open("Every reason and source")
    me.select("On this must-have", "Allowed by law")
    me.tick("Fail", me.page.get_by_role("radiogroup", name="School prevention lessons"))
    me.tick("Unknown", me.page.get_by_role("radiogroup", name="Area task force"))
    box = me.open("Add or change a must-have")
    me.tick("By a limit on a criterion", box)
    me.select("Criterion", "Total cost to us", box)
    watch.look("scores must-haves")
    me.tick("Grid")
    me.see("Source of the changed cells")
    watch.look("scores grid")


def test_swing_in_four_steps(watch):
    me = watch.me
    me.go("Weights")
    me.press("Show the weights")
    watch.look("weights shown")
    me.press("Begin")
    me.see("Write a role")
    watch.look("weights refused")
    me.fill("Role", "Youth worker")
    me.press("Begin")
    me.see("Step 1 of 4")
    watch.look("swing 1")
    me.press("Next: the first lift")
    me.press("Next: the other lifts")
    me.see("Choose one lift")
    watch.look("swing 2")
    me.page.get_by_role("radio").first.check(force=True)
    me.idle()
    me.press("Next: the other lifts")
    me.press("Next: read back")
    me.see("Still empty")
    watch.look("swing 3")
    me.number_all([40] * 11)
    me.see("12 of 12 answered.")
    me.press("Next: read back")
    me.see("Step 4 of 4")
    watch.look("swing 4")
    me.press("Yes, this is what I mean")
    me.see("Saved: Youth worker")
    watch.look("weights saved")


def test_points_and_order(watch):
    me = watch.me
    me.go("Weights")
    for method, heading in (("100 points", "Share out"), ("Plain ranking", "Put the lifts")):
        me.fill("Role", "Youth worker")
        me.tick(method)
        me.press("Begin")
        me.see(heading)
        me.press("Save")
        me.see("Still empty")
        watch.look(f"weights by {method}")
        me.press("Stop without saving")


def test_pairs(watch, four_criteria):
    me = watch.me
    me.page.get_by_role("link", name="Best Fit", exact=True).click()
    me.upload("four.json", four_criteria)
    me.press("Open this file")
    me.go("Weights")
    me.fill("Role", "Youth worker")
    me.tick("Compare in pairs")
    me.press("Begin")
    me.see("Pair 1 of 6")
    me.press("Next")
    me.see("Choose a lift and say how much more it matters")
    watch.look("pairs refused")
    for lift in (0, 0, 0, 0, 1, 1):
        me.page.get_by_role("radio").nth(lift).press("Space")
        me.idle()
        me.tick("9 times as much: far more")
        me.press("Next")
    me.see("One answer does not fit the others well.")
    me.open("Your answers: 6")
    watch.look("pairs that do not fit")
    me.press("Ask again: ", exact=False)
    watch.look("pairs asked again")


@pytest.mark.parametrize("is_narrow", [False, True], ids=["1280px", "390px"])
def test_a_table_that_goes_on_sideways_says_so(open_page, visit, address_of, is_narrow):
    page = open_page(390 if is_narrow else 1280)
    visit(page, address_of(example(), "ranking"))
    table = page.get_by_role("region", name="Both methods side by side", exact=True)
    handle = table.element_handle()
    overflows = "([table, narrow]) => (table.scrollWidth > table.clientWidth) === narrow"
    page.wait_for_function(overflows, arg=[handle, is_narrow])
    hinted = f"([table, narrow]) => (({HINT})(table) > 0) === narrow"
    page.wait_for_function(hinted, arg=[handle, is_narrow])
    table.evaluate("table => { table.querySelector('table').style.display = 'none' }")
    page.wait_for_function(f"table => ({HINT})(table) === 0", arg=table.element_handle())


def test_ranking_and_compare_open(watch):
    me = watch.me
    me.open("The same as a table: Where each")
    me.open("Open questions")
    me.open("Show the working")
    watch.look("ranking open")
    me.tick("Try another weight", role="switch")
    me.page.get_by_role("slider").first.press("ArrowRight")
    me.see("What if: not our ranking")
    watch.look("ranking tried")
    me.go("Compare")
    me.open("What moves against")
    me.open("The same as a table: Places")
    watch.look("compare open")


def test_other_weights_are_two_clicks_away_from_ranking_and_compare(watch):
    me = watch.me
    for at, page in enumerate(("Ranking", "Compare"), start=1):
        me.go(page)
        me.press("Rerun with other weights")
        me.see("Step 3 of 4")
        watch.look(f"rerun asked from {page}")
        me.fill("Rating of Total cost to us, 0 to 100", "95", role="spinbutton")
        watch.look(f"rerun answered from {page}")
        me.press("Save without confirming")
        me.see("Each one's first choice")
        places = me.page.get_by_role("region", name="Places; possible firsts are marked")
        names = places.locator("thead th").all_inner_texts()[1:]
        assert len(names) == 4 + at
        assert names[-1].startswith("Planning group (copy)")
        watch.look(f"rerun saved from {page}")
