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
def test_page_is_accessible_and_fits(  # one visit serves all three looks at a page
    any_page, width, scheme, app_server, example_key, visit, axe, screenshot, name
):
    path = "" if name == "home" else name
    visit(any_page, f"{app_server}/{path}?project={example_key}")
    assert not any_page.get_by_text("Traceback").count()
    screenshot(any_page, f"{name}-{width}-{scheme}")
    assert any_page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe(any_page) == []
    assert any_page.get_by_role("heading", level=1).count() == 1


def test_projector_view_has_text_of_20_pixels(page, app_server, example_key, visit, screenshot):
    visit(page, f"{app_server}/ranking?project={example_key}&projector=true")
    screenshot(page, "ranking-projector")
    size = page.locator(".bf-answer").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert size >= 20
    table = page.locator(".bf-table td").first
    assert table.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 20
