"""What if in a real browser: by keyboard alone, and accessible with everything on it shown."""

import pytest

from mcda.project.templates import example

pytestmark = pytest.mark.browser

MARK = "What if: not our ranking"
CAPTION = "Our ranking, and what if. Points are out of 100"


@pytest.fixture
def tried(phone, address_of):
    """A visitor of the worked example who has tried a limit, and saved it, and then a weight."""
    me = phone
    me.visit(address_of(example(), "what_if"))
    me.tick("A limit")
    me.select("Criterion", "Total cost to us")
    me.fill("At most, in US dollars over 3 years", "300,000")
    me.press("Try this limit")
    me.fill("Name", "Tight money")
    me.press("Save this what-if")
    me.see("Tight money: as it was saved.")
    me.tick("A weight")
    me.fill("The same as a number", "40", role="spinbutton")
    me.see("Tight money: changed since it was saved.")
    return me


def test_with_all_it_can_show_the_page_is_accessible_and_fits(tried, faults_by_look):
    assert faults_by_look(tried.page, "what-if-tried") == {}


def test_by_keyboard_a_score_is_tried_saved_and_let_go(me, address_of):
    me.visit(address_of(example(), "what_if"))
    keyboard = me.page.keyboard

    def tab_to(role: str, name: str) -> None:
        target = me.page.get_by_role(role, name=name, exact=True).first
        for _ in range(120):
            if target.evaluate("e => e === document.activeElement"):
                return
            keyboard.press("Tab")
        pytest.fail(f"the keyboard does not reach {name}")

    tab_to("radio", "A score")
    keyboard.press("ArrowRight")
    me.idle()
    tab_to("combobox", "Criterion")
    keyboard.type("Total cost")
    keyboard.press("Enter")
    me.idle()
    tab_to("textbox", "At most, in US dollars over 3 years")
    keyboard.type("300000")
    keyboard.press("Tab")
    me.idle()
    assert me.page.get_by_role("button", name="Try this limit").evaluate(
        "e => e === document.activeElement"
    )
    keyboard.press("Enter")
    me.see(MARK)
    me.idle()
    rows = {row[0]: row[1:3] for row in me.table(CAPTION)}
    assert rows["Survivor mentor program"] == ["1 to 4", "not ranked"]
    tab_to("textbox", "Name")
    keyboard.type("Tight money")
    keyboard.press("Tab")
    tab_to("button", "Save this what-if")
    keyboard.press("Enter")
    me.see("Tight money: as it was saved.")
    me.go("Ranking")
    me.go("What if?")
    me.see("Tight money: as it was saved.")
    tab_to("button", "Start over")
    keyboard.press("Enter")
    me.see("Nothing is different yet.")
    assert not me.page.get_by_text(MARK).count()
