"""The shell in a real browser: it loads, keeps to itself, and can be read by everyone."""

from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.browser

SHOWN_FONTS = "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)"


@pytest.fixture
def watched(page):
    """A page whose console errors and outside requests are kept."""
    page.errors, page.requested = [], []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on("console", lambda said: page.errors.append(said.text) if said.type == "error" else None)
    page.on("request", lambda request: page.requested.append(request.url))
    page.on("websocket", lambda socket: page.requested.append(socket.url))
    return page


def test_the_page_loads_without_an_error(watched, app_server, visit):
    visit(watched, app_server)
    assert watched.get_by_role("heading", level=1).inner_text() == "What do you want to decide?"
    assert watched.title() == "Home · Best Fit"
    assert watched.errors == []


def test_no_request_leaves_the_host(watched, app_server, visit):
    visit(watched, app_server)
    local = [url for url in watched.requested if not url.startswith(("data:", "blob:"))]
    assert any(url.startswith("ws:") for url in local)
    assert {urlsplit(url).netloc for url in local} == {urlsplit(app_server).netloc}


def test_our_typeface_is_used(page, app_server, visit):
    visit(page, app_server)
    assert "Public Sans" in page.evaluate(SHOWN_FONTS)
    family = page.eval_on_selector("h1", "heading => getComputedStyle(heading).fontFamily")
    assert family.replace('"', "").startswith("Public Sans")


def test_a_foreign_script_does_not_run(page, app_server, visit):
    """The policy is in force: neither inline nor evaluated code runs."""
    visit(page, app_server)
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.intruder = true";
          document.body.append(script);
        }"""
    )
    assert page.evaluate("window.intruder") is None


def test_axe_finds_a_fault_that_is_ours(page, app_server, visit, axe):
    """The measure is not blind: a picture without a text, and pale words, are seen."""
    visit(page, app_server)
    page.eval_on_selector(
        '[data-testid="stMainBlockContainer"]',
        'main => main.innerHTML += \'<img src="favicon.png"><p style="color: #ccc">Pale</p>\'',
    )
    rules = {fault.rule for fault in axe(page)}
    assert {"image-alt", "color-contrast"} <= rules


def test_the_projector_view_is_larger_and_kept_in_the_address(page, app_server, visit):
    text_size = "parseFloat(getComputedStyle(document.querySelector('label p')).fontSize)"
    visit(page, app_server)
    assert page.evaluate(text_size) < 20
    visit(page, f"{app_server}/?projector=true")
    assert page.evaluate(text_size) >= 20


def test_the_projector_switch_works_by_keyboard(page, app_server, visit, wait_until_idle):
    visit(page, app_server)
    page.get_by_role("button", name="View").focus()
    page.keyboard.press("Enter")
    page.get_by_role("checkbox", name="Projector view").or_(
        page.get_by_role("switch", name="Projector view")
    ).focus()
    page.keyboard.press("Space")
    wait_until_idle(page)
    assert "projector=true" in page.url


@pytest.fixture
def pictures(tmp_path, monkeypatch):
    """The folder to which pictures go."""
    monkeypatch.setenv("BESTFIT_SCREENSHOTS", str(tmp_path))
    return tmp_path


def test_opened_in_any_look_the_page_is_accessible_fits_and_has_its_picture(
    any_page, width, scheme, app_server, visit, axe, pictures, screenshot
):
    """Opened anew in each look; other pages come into three of theirs from the first."""
    from PIL import Image

    visit(any_page, app_server)
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert any_page.evaluate(overflow) == 0
    assert axe(any_page) == []
    screenshot(any_page, f"shell-{width}-{scheme}")
    with Image.open(pictures / f"shell-{width}-{scheme}.png") as picture:
        assert picture.width == width
        assert len(picture.convert("L").getcolors()) > 10
