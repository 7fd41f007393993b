"""A phone, 390 pixels wide: the head leaves room, and tables take a form that fits."""

import pytest

from mcda.project.templates import example

pytestmark = pytest.mark.browser

WIDTH, HEIGHT = 390, 844
WIDER = "box => box.scrollWidth - box.clientWidth"


@pytest.fixture
def on_phone(open_page, visitor, address_of):
    """``on_phone(step)`` is a visitor on a phone, on a page of the worked example."""

    def opened(step: str):
        me = visitor(open_page(WIDTH))
        me.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        me.visit(address_of(example(), step))
        return me

    return opened


def title_is_at(me) -> float:
    return me.page.get_by_role("heading", level=1).bounding_box()["y"]


def test_the_head_takes_less_than_a_third_of_the_screen_also_on_the_tour(on_phone, app_server):
    phone = on_phone("ranking")
    phone.visit(app_server)
    phone.press("Open the worked example")
    assert title_is_at(phone) < 0.3 * HEIGHT
    phone.press("End the tour")
    assert title_is_at(phone) < 0.22 * HEIGHT


def test_the_title_of_the_project_is_not_cut(on_phone):
    phone = on_phone("ranking")
    title = phone.page.locator(".bf-title:visible")
    assert title.inner_text() == "Elm County (fictional): which program first?"
    assert title.evaluate(WIDER) <= 0
    assert title.evaluate("box => box.scrollHeight - box.clientHeight") <= 0


@pytest.mark.parametrize(
    ("step", "view", "table"),
    [
        ("compare", "", "Places; possible firsts are marked"),
        ("scores", "All at a glance", "What is known, by criterion and program"),
        ("scores", "Must-haves", "Must-haves, program by program"),
    ],
)
def test_a_table_takes_a_form_that_fits(on_phone, step, view, table):
    phone = on_phone(step)
    if view:
        phone.tick(view)
    assert phone.page.get_by_role("region", name=table).evaluate(WIDER) <= 0
    assert phone.page.get_by_test_id("stMain").evaluate(WIDER) <= 0


def test_a_verdict_that_shows_only_its_sign_is_said_in_words(on_phone):
    phone = on_phone("scores")
    phone.tick("Must-haves")
    table = phone.page.get_by_role("region", name="Must-haves, program by program")
    assert table.get_by_role("cell", name="✗ fail").count() == 1
    assert table.locator(".bf-signs").inner_text() == "✓ pass · ✗ fail"


def test_a_grid_that_goes_on_says_so(on_phone):
    phone = on_phone("scores")
    phone.tick("Grid")
    hint = phone.page.locator(".bf-grid-hint")
    assert hint.bounding_box()["height"] > 15
    phone.page.set_viewport_size({"width": 1900, "height": HEIGHT})
    phone.page.add_style_tag(content=".st-key-score-grid-wide { width: 1800px !important; }")
    phone.idle()
    assert hint.bounding_box()["height"] == 0


def test_a_program_in_the_list_is_not_cut(on_phone):
    phone = on_phone("scores")
    chosen = phone.page.get_by_role("combobox", name="Program", exact=True)
    assert chosen.input_value() == "Survivor mentor program · 12 of 12"
    assert chosen.evaluate(WIDER) <= 0


def test_the_bar_that_saves_stays_in_view_only_while_something_waits(on_phone):
    phone = on_phone("scores")
    save = phone.page.get_by_role("button", name="Save ·", exact=False).last
    assert save.bounding_box()["y"] > HEIGHT
    phone.fill("Source for all of this program’s scores", "Budget office")
    assert save.bounding_box()["y"] < HEIGHT
