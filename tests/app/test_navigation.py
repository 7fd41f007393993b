"""The way through: the phases, the pages of the one the visitor is in, before and after."""

from __future__ import annotations

import pytest

from mcda.app.steps import PHASES, STEPS
from mcda.project.templates import TWO_YEARS_ON, example

TITLES = [phase.title for phase in PHASES]


def links(app) -> list[str]:
    return [link.label for link in app.get("page_link")]


def test_the_phases_stand_on_every_page(app, on_page):
    for step in STEPS:
        shown = [label.strip("*").split(" · ")[0] for label in links(on_page(app, step.id))]
        phases = dict.fromkeys(label for label in shown if label in TITLES)
        assert list(phases) == TITLES


@pytest.mark.parametrize("page", ["overview", "diagnose", "export"])
def test_outside_select_its_pages_are_out_of_the_way(app, on_page, page):
    assert not [label for label in links(on_page(app, page)) if label.startswith("Criteria")]


def test_within_select_its_pages_say_what_is_done(app, on_page):
    shown = links(on_page(app, "scores"))
    assert {"**Select · 4 of 5**", "**Scores · 94 of 96**", "Programs · 7", "Ranking"} <= set(shown)


@pytest.mark.parametrize(
    ("page", "before", "after"),
    [
        ("overview", None, "Diagnose"),
        ("diagnose", "Overview", "Programs"),
        ("programs", "Diagnose", "Criteria"),
        ("evaluate", "Implement", "Select again"),
        ("export", "Select again", None),
    ],
)
def test_the_foot_leads_on_across_the_phases(app, on_page, page, before, after):
    shown = links(on_page(app, page))
    assert [label[2:] for label in shown if label.startswith("← ")] == ([before] if before else [])
    assert [label for label in shown if label.startswith("Next: ")] == (
        [f"Next: {after} →"] if after else []
    )


def test_a_new_project_has_no_count_where_there_is_nothing(blank, on_page):
    assert {"**Programs**", "Weights", "What if?"} <= set(links(on_page(blank, "programs")))


def test_without_a_project_there_is_no_rail(app):
    app.session_state["bestfit"].saved = None
    app.query_params.clear()
    assert not set(TITLES) & set(links(app.run()))


def test_each_phase_says_how_far_it_is_and_one_not_begun_says_nothing(app, blank, on_page):
    assert {"Diagnose · done", "Implement · 6 of 7", "Decide"} <= set(
        links(on_page(app, "ranking"))
    )
    assert {"Diagnose", "Implement"} <= set(links(on_page(blank, "programs")))


def test_while_a_new_selection_is_under_way_select_is_not_done(open_app, on_page):
    decided = example(TWO_YEARS_ON)
    before = open_app(decided.model_copy(update={"runs": decided.runs[:1]}))
    assert "Select · done" in links(on_page(before, "overview"))
    assert "Select · 4 of 5" in links(on_page(open_app(decided), "overview"))
