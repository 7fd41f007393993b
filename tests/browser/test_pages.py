"""Every page in both widths and colour schemes: accessible, inside its width, and a picture.

``BESTFIT_SCREENSHOTS=docs/pictures pytest tests/browser/test_pages.py`` makes the pictures of the
documentation anew.
"""

from urllib.parse import parse_qs, urlsplit

import pytest

pytestmark = pytest.mark.browser

PAGES = (
    "home",
    "overview",
    "diagnose",
    "programs",
    "criteria",
    "scores",
    "weights",
    "ranking",
    "compare",
    "firm",
    "what_if",
    "decide",
    "implement",
    "evaluate",
    "again",
    "export",
)


@pytest.fixture(scope="module")
def example_key(browser, app_server):
    """The key of the worked example, opened once as a visitor would."""
    page = browser.new_page()
    page.goto(app_server)
    page.get_by_role("button", name="Open the worked example").click()
    page.get_by_role("button", name="End the tour").click()
    page.get_by_role("heading", name="Which program comes first").wait_for()
    [key] = parse_qs(urlsplit(page.url).query)["project"]
    page.close()
    return key


@pytest.mark.parametrize("name", PAGES)
def test_page_is_accessible_and_fits(page, app_server, example_key, visit, faults_by_look, name):
    path = "" if name == "home" else name
    visit(page, f"{app_server}/{path}?project={example_key}")
    assert faults_by_look(page, name, every=True) == {}
    assert page.get_by_role("heading", level=1).count() == 1


def test_how_firm_shows_bars_on_a_projectors_first_screen(
    page, app_server, example_key, visit, axe
):
    """The verdict and two bars; below them as much as is asked for, one part at a time."""
    page.set_viewport_size({"width": 1280, "height": 800})
    visit(page, f"{app_server}/firm?project={example_key}&projector=true")
    bars = page.locator(".js-plotly-plot .bars .point")
    bars.first.wait_for()
    bottoms = [box["y"] + box["height"] for box in (bar.bounding_box() for bar in bars.all())]
    assert sum(bottom <= 800 for bottom in bottoms) >= 2
    assert page.get_by_text("There is no clear winner").count() == 1
    main = page.locator('[data-testid="stMain"]')
    for part in ("What changes it", "Lines", "Places"):
        page.get_by_role("tab", name=part).click()
        page.get_by_role("tab", name=part, selected=True).wait_for()
        assert main.evaluate("e => e.scrollHeight") < 4800
        assert axe(page) == []


def test_scores_shows_its_first_field_on_a_projectors_first_screen(
    page, app_server, example_key, visit
):
    page.set_viewport_size({"width": 1280, "height": 800})
    visit(page, f"{app_server}/scores?project={example_key}&projector=true")
    field = page.get_by_role("textbox", name="Source for all of this program’s scores")
    field.wait_for()
    box = field.bounding_box()
    assert box["y"] + box["height"] <= 800
    chosen = page.get_by_role("combobox", name="Program", exact=True)
    assert chosen.evaluate("box => box.scrollWidth - box.clientWidth") <= 0


def test_projector_view_has_text_of_20_pixels(page, app_server, example_key, visit, screenshot):
    visit(page, f"{app_server}/ranking?project={example_key}&projector=true")
    screenshot(page, "ranking-projector")
    size = page.locator(".bf-answer").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert size >= 20
    table = page.locator(".bf-table td").first
    assert table.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 20
