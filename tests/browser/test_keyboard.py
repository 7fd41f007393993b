"""The whole main job by keyboard alone, with the keyboard's place plain to see at each stop."""

import pytest

pytestmark = pytest.mark.browser

MOST_TABS = 150
# What the eye can see of the keyboard's place, on the element and what stands around it.
LOOK = """
async element => {
  const frame = () => new Promise(requestAnimationFrame);
  const settled = async () => {
    await frame(), await frame();
    await Promise.all(document.getAnimations().map(a => a.finished.catch(() => null)));
  };
  const look = () => {
    const styles = [];
    for (let at = element, level = 0; at && level < 6; at = at.parentElement, level++) {
      const style = getComputedStyle(at);
      styles.push([style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow,
                   style.borderColor, style.backgroundColor].join("|"));
    }
    return styles.join("/");
  };
  await settled();
  const focused = look();
  element.blur();
  await settled();
  const plain = look();
  element.focus();
  await settled();
  return focused !== plain;
}
"""


class Hands:
    """A visitor without a mouse."""

    def __init__(self, me):
        self.me, self.page = me, me.page

    def tab_to(self, target) -> None:
        """Press Tab until the keyboard stands on what is wanted, and see that it shows."""
        target.first.wait_for(state="attached")
        for _ in range(MOST_TABS):
            if target.first.evaluate("e => e === document.activeElement"):
                break
            self.page.keyboard.press("Tab")
        else:
            pytest.fail(f"{MOST_TABS} tabs do not lead to {target}")
        assert target.first.evaluate(LOOK), f"the keyboard's place does not show on {target}"

    def key(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
        self.me.idle()

    def press(self, role: str, name: str, key: str = "Enter") -> None:
        """Go to a button or link and press it."""
        self.tab_to(self.page.get_by_role(role, name=name, exact=role == "button"))
        self.key(key)

    def type_in(self, role: str, name: str, text: str) -> None:
        """Go to a field, type over what is there, and leave it."""
        self.tab_to(self.page.get_by_role(role, name=name, exact=True))
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)
        self.key("Tab")


@pytest.fixture
def hands(me) -> Hands:
    return Hands(me)


def test_the_main_job_by_keyboard_alone(me, hands, app_server):
    table = "Both methods side by side"
    me.visit(app_server)
    hands.press("button", "Open the worked example")
    me.see("Tour, 1 of 6")
    hands.press("button", "End the tour", "Space")
    before = me.table(table)

    change_a_score(me, hands)
    weigh(me, hands)

    hands.press("link", "Ranking")
    me.see("Which program comes first, and why?")
    with_score = me.table(table)
    assert with_score != before
    hands.tab_to(me.page.get_by_role("radio", name="Planning group"))
    hands.key("ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "Space")
    assert me.page.get_by_role("radio", name="Youth worker").is_checked()
    assert me.table(table) != with_score
    hands.tab_to(me.page.locator("summary", has_text="Show the working"))
    hands.key("Enter")
    me.see("Scores that are ranges, at their")


def change_a_score(me, hands) -> None:
    hands.press("link", "Scores")
    me.see("What is known about each program?")
    hands.tab_to(me.page.get_by_role("combobox", name="Program", exact=True))
    hands.key("ArrowDown")
    me.page.keyboard.type("School")
    hands.key("Enter")
    hands.tab_to(me.page.locator("summary", has_text="Time to first service"))
    hands.key("Enter")
    hands.type_in("textbox", "Highest", "17")
    hands.press("button", "Save")
    me.see("Saved: 1 score of School prevention lessons.")


def weigh(me, hands) -> None:
    """Answer by swing, with boxes and one slider."""
    hands.press("link", "Weights")
    me.see("What matters most to you?")
    hands.type_in("textbox", "Role", "Youth worker")
    hands.press("button", "Begin")
    me.see("Step 1 of 4")
    hands.press("button", "Next: the first lift")
    hands.tab_to(me.page.get_by_role("radio").first)
    hands.key("Space", "ArrowDown")
    assert me.page.get_by_role("radio").nth(1).is_checked()
    hands.press("button", "Next: the other lifts")
    hands.tab_to(me.page.get_by_role("slider").first)
    hands.key("ArrowRight", "ArrowRight", "ArrowRight")
    me.see("2 of 12 answered.")
    boxes = me.page.get_by_role("spinbutton")
    assert boxes.first.input_value() == "2"
    for at in range(1, boxes.count()):
        hands.tab_to(boxes.nth(at))
        me.page.keyboard.type(str(at * 8))
        hands.key("Tab")
    me.see("12 of 12 answered.")
    hands.press("button", "Next: read back")
    me.see("Step 4 of 4")
    hands.press("button", "Yes, this is what I mean")
    me.see("Saved: Youth worker")
