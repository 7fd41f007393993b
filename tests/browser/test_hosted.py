"""On a host, without sign-in: nobody's projects are listed, a project opens by its link alone."""

import urllib.request
from urllib.parse import parse_qs, urlsplit

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def link(browser, visitor, hosted_server) -> str:
    """The link of a project that someone has started."""
    me = visitor(browser.new_page())
    me.visit(hosted_server.url)
    me.press("Open the worked example")
    me.press("End the tour")
    me.see("Which program comes first, and why?")
    link = me.page.url
    me.page.close()
    return link


@pytest.mark.usefixtures("link")
def test_home_lists_nobodys_projects(me, hosted_server):
    me.visit(hosted_server.url)
    me.see("Start your own")
    assert not me.page.get_by_text("Recent projects").count()
    assert not me.page.get_by_text("Elm County").count()


def test_a_project_opens_by_its_link(link, me):
    (key,) = parse_qs(urlsplit(link).query)["project"]
    assert len(key) >= 22, "128 bits and more cannot be guessed"
    me.visit(link)
    me.see("Elm County (fictional): which program first?")
    me.see("Which program comes first, and why?")


def test_the_page_says_to_keep_the_address_and_that_storage_may_vanish(link, me):
    me.visit(link)
    box = me.open("How to come back to this project")
    said = box.inner_text()
    assert "Keep the address of this page: it is the only way back" in said
    assert "Storage on this host may vanish" in said


@pytest.mark.parametrize("page_name", ["", "ranking"])
def test_a_guessed_link_says_so_plainly(me, hosted_server, page_name):
    me.visit(f"{hosted_server.url}/{page_name}?project=guessed-guessed-guessed")
    me.see("There is no project under this link. Check that the link was copied whole.")
    assert not me.page.get_by_text("Traceback").count()
    assert "project=" not in me.page.url


def test_every_answer_carries_the_security_headers(hosted_server):
    for path in ("/", "/ranking", "/_stcore/health", "/app/static/PublicSans-Regular.woff2"):
        with urllib.request.urlopen(f"{hosted_server.url}{path}", timeout=10) as answer:
            headers = answer.headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe-eval" not in policy
        assert "script-src 'self' 'unsafe-inline'" not in policy
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "SAMEORIGIN"
