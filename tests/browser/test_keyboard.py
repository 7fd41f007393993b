"""The whole main job by keyboard alone, with the keyboard's place plain to see at each stop."""

import itertools

import pytest

from mcda.project import to_json
from mcda.project.templates import example

pytestmark = pytest.mark.browser

MOST_TABS = 150
# What the eye can see of the keyboard's place, on the element and what stands around it.
LOOK = """
async element => {
  const frame = () => new Promise(requestAnimationFrame);
  const settled = async () => {
    await frame(), await frame();
    // What goes with scrolling, or for ever, is never finished.
    const ends = a => a.timeline === document.timeline
      && a.effect.getComputedTiming().endTime !== Infinity;
    const finished = document.getAnimations().filter(ends).map(a => a.finished.catch(() => null));
    await Promise.all(finished);
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
    me.see("Tour, 1 of 8")
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
    hands.press("button", "Save · School prevention lesso…")
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


def test_comparing_in_pairs_by_keyboard_alone(me, hands, app_server, four_criteria):
    me.visit(app_server)
    me.upload("four.json", four_criteria)
    me.press("Open this file")
    hands.press("link", "Weights")
    me.see("What matters most to you?")
    hands.type_in("textbox", "Role", "Youth worker")
    hands.tab_to(me.page.get_by_role("radio", name="Swing", exact=False))
    hands.key("ArrowDown", "ArrowDown", "ArrowDown")
    assert me.page.get_by_role("radio", name="Compare in pairs").is_checked()
    hands.press("button", "Begin")
    for pair in range(1, 6):
        me.see(f"Pair {pair} of 6")
        prefer(me, hands)
        hands.press("button", "Next")
    me.see("Pair 6 of 6")
    prefer(me, hands, second=True)
    hands.press("button", "Next")
    me.see("What your answers say")
    me.see("One answer does not fit the others well.")
    again = me.page.get_by_role("button", name="Ask again: ")
    hands.tab_to(again)
    asked = again.inner_text().removeprefix("Ask again: ").split(" – ")
    hands.key("Enter")
    me.see("Which lift would you rather have?")
    assert all(me.page.get_by_role("radio", name=name).count() for name in asked)
    hands.press("button", "Next")
    hands.press("button", "Save")
    me.see("Saved: Youth worker")


def prefer(me, hands, second: bool = False) -> None:
    """Would rather have the one lift, or the other, and say that it matters 9 times as much."""
    lifts = me.page.get_by_role("radiogroup", name="Which lift would you rather have?")
    hands.tab_to(lifts.get_by_role("radio").first)
    hands.key("Space", *["ArrowDown"] * second)
    assert lifts.get_by_role("radio").nth(int(second)).is_checked()
    times = me.page.get_by_role("radiogroup", name="How much more does it matter?")
    hands.tab_to(times.get_by_role("radio").first)
    hands.key("Space", "ArrowUp")
    assert times.get_by_role("radio").last.is_checked()


# --- coming to another place


def at_top(page) -> bool:
    return page.eval_on_selector('[data-testid="stMain"]', "main => main.scrollTop") == 0


def to_bottom(page) -> None:
    page.eval_on_selector('[data-testid="stMain"]', "main => main.scrollTo(0, main.scrollHeight)")


def has_focus(locator) -> bool:
    return locator.evaluate("element => element === document.activeElement")


def in_view(locator) -> bool:
    """Say whether the head of an element is in the window, below the strip with the menu."""
    return locator.evaluate(
        "e => [e.getBoundingClientRect().y].every(y => 60 <= y && y < innerHeight * 0.6)"
    )


@pytest.fixture
def in_example(me, address_of):
    me.visit(address_of(example(), "ranking"))
    return me


def test_the_first_page_leaves_the_focus_alone(me, app_server):
    me.visit(app_server)
    assert me.page.evaluate("document.activeElement === document.body")


@pytest.mark.parametrize("small", [False, True], ids=["1280px", "390px"])
def test_another_page_begins_at_its_top_with_the_focus_on_its_heading(in_example, small):
    page = in_example.page
    if small:
        page.set_viewport_size({"width": 390, "height": 900})
    to_bottom(page)
    assert not at_top(page)
    page.locator(".st-key-steps-footer").get_by_role("link", name="Weights").click()
    in_example.see("What matters most to you?")
    in_example.idle()
    assert at_top(page)
    assert has_focus(page.get_by_role("heading", level=1))
    assert page.title() == "Weights · Elm County (fictional): which program first? · Best Fit"


@pytest.mark.parametrize("small", [False, True], ids=["1280px", "390px"])
def test_each_step_of_the_weights_begins_at_its_heading(in_example, small):
    me, page = in_example, in_example.page
    me.go("Weights")
    if small:
        page.set_viewport_size({"width": 390, "height": 900})
    me.fill("Role", "Youth worker")
    me.press("Begin")
    to_bottom(page)
    me.press("Next: the first lift")
    heading = page.get_by_role("heading", name="Step 2 of 4: Choose the first lift")
    assert has_focus(heading)
    assert in_view(heading)


def test_a_remark_that_something_is_missing_leaves_the_page_where_it_is(in_example):
    me, page = in_example, in_example.page
    me.go("Weights")
    me.fill("Role", "Youth worker")
    me.press("Begin")
    me.press("Next: the first lift")
    page.set_viewport_size({"width": 1280, "height": 500})
    to_bottom(page)
    me.press("Next: the other lifts")
    me.see("Choose one lift; you can change it later.")
    assert not at_top(page)


def test_the_next_program_begins_where_it_is_chosen(me, app_server):
    whole = example()
    gap = whole.without_score("task_force", whole.run().active_criteria[0].id)
    me.visit(app_server)
    me.upload("gap.json", to_json(gap).encode())
    me.press("Open this file")
    me.go("Scores")
    to_bottom(me.page)
    me.page.get_by_role("button", name="Save, then next").click()
    me.idle()
    name = me.page.locator(".st-key-score-choose h2")
    assert has_focus(name)
    assert in_view(name)


def test_a_step_among_programs_keeps_the_keyboard_where_it_is(in_example):
    me, page = in_example, in_example.page
    me.go("Scores")
    following = page.get_by_role("button", name="Next", exact=True)
    following.press("Enter")
    me.idle()
    assert has_focus(following)


def test_the_pages_are_a_landmark_that_names_the_current_one(in_example):
    landmark = in_example.page.get_by_role("navigation", name="Pages")
    for step, phase in (("Weights", "Select"), ("Ranking", "Select"), ("Decide", None)):
        in_example.go(step)
        current = landmark.locator('[aria-current="page"]')
        assert current.inner_text().startswith(step)
        phases = landmark.locator('[aria-current="true"]').all_inner_texts()
        assert [text.split(" · ")[0] for text in phases] == ([phase] if phase else [])


def test_the_skip_link_leads_to_the_heading_of_the_page(in_example):
    in_example.page.reload()
    in_example.idle()
    in_example.page.get_by_test_id("stSkipToContent").press("Enter")
    assert has_focus(in_example.page.get_by_role("heading", level=1))
    in_example.page.keyboard.press("Tab")
    assert in_example.page.evaluate("!document.activeElement.closest('.st-key-head, .st-key-tour')")


@pytest.mark.parametrize(
    ("width", "height", "view"), [(390, 844, ""), (1280, 720, "&projector=true")]
)
def test_the_head_takes_no_more_than_a_quarter_of_the_first_screen(in_example, width, height, view):
    me, page = in_example, in_example.page
    page.set_viewport_size({"width": width, "height": height})
    me.visit(page.url + view)
    assert page.locator(".st-key-head").bounding_box()["height"] <= height / 4
    links = page.locator(".st-key-rail a").all()
    lefts = [(box["y"], box["x"], box["width"]) for box in (link.bounding_box() for link in links)]
    lines = sorted(lefts)
    assert all(
        x + w <= right + 1
        for (y, x, w), (below, right, _) in itertools.pairwise(lines)
        if y == below
    ), "links of the rail lie over each other"
    page.wait_for_function("document.querySelector('[aria-current=page]')")
    assert page.locator('[aria-current="page"]').evaluate(
        "e => e.getBoundingClientRect().right <= innerWidth"
    )
