"""The marker that tells the browser where the visitor is."""

from __future__ import annotations

import re

from mcda.app import place, server

_MARKER = re.compile(
    r'<div data-page="(?P<page>[^"]*)" data-part="(?P<part>[^"]*)" data-at="(?P<at>[^"]*)"></div>'
)


def marker(app) -> dict[str, str]:
    """Return what the marker on the page says."""
    (own,) = [found for e in app.get("html") if (found := _MARKER.match(e.proto.body))]
    return own.groupdict()


def test_a_page_without_parts_names_itself_alone(app, on_page):
    assert marker(on_page(app, "ranking")) == {"page": "ranking", "part": "", "at": ""}


def test_each_step_of_the_weights_is_a_part_of_its_own(app, on_page):
    page = on_page(app, "weights")
    before = marker(page)
    next(field for field in page.text_input if field.label == "Role").set_value("Nurse")
    next(b for b in page.button if b.label == "Begin").click().run()
    after = marker(page)
    assert before["page"] == after["page"] == "weights"
    assert before["part"] != after["part"]
    assert after["at"] == f".st-key-weights-place-{after['part']} h2"


def test_each_program_is_a_part_of_the_scores(app, on_page):
    page = on_page(app, "scores")
    assert marker(page)["part"] == "survivor_mentors"
    page.button(key="score-next").click().run()
    assert marker(page)["part"] == "mentoring"


def test_a_part_is_forgotten_on_another_page(app, on_page):
    assert marker(on_page(on_page(app, "scores"), "ranking"))["part"] == ""


def test_streamlit_keeps_the_script_and_the_policy_allows_it():
    assert "<" not in place.script()
    policy = server.security_headers()["Content-Security-Policy"]
    assert server._source_hash(place.script()) in policy
