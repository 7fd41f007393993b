"""The page that says how firm the ranking is, and what would change it."""

from __future__ import annotations

import pytest

from mcda.analysis import firmness, sentences, used_weights, what_flips
from mcda.app.views.firm import EVERYONE, MANY, SPACE_NAMES
from mcda.project import Project
from mcda.project.templates import example


@pytest.fixture
def page(app, on_page):
    """The page of the worked example."""
    return on_page(app, "firm")


def html(app) -> str:
    return " ".join(h.proto.body for h in app.get("html"))


def text(app) -> str:
    """Return what is shown as HTML, as it reads."""
    return html(app).replace("&#x27;", "'").replace("&amp;", "&")


def control(app, label: str):
    return next(b for b in app.get("button_group") if b.label == label)


def without_weightings() -> Project:
    run = example().run().model_copy(update={"weightings": ()})
    return example().with_run(run)


def test_without_scores_it_says_where_to_go(blank, on_page):
    page = on_page(blank, "firm")
    assert "Nothing is recorded" in html(page)
    assert not page.header


def test_the_verdict_over_everyone_comes_first(page):
    said = sentences(example())
    shown = text(page)
    assert shown.index(said.headline) < shown.index(said.verdict)
    for sentence in (said.runner_up, said.second, said.unknown, said.sampled, said.caveat):
        assert sentence in shown


def test_one_persons_weights_are_counted_near_them(page):
    control(page, "Weights of").set_value("p2").run()
    said = sentences(example(), weighting="p2", space="near")
    assert said.verdict in text(page)
    assert said.headline in text(page)


def test_another_space_can_be_chosen(page):
    control(page, "Count over").set_value("all").run()
    assert sentences(example(), space="all").verdict in text(page)


def test_mixtures_are_not_offered_for_one_persons_weights(page):
    assert len(control(page, "Count over").options) == len(SPACE_NAMES)
    control(page, "Weights of").set_value("p2").run()
    offered = control(page, "Count over").options
    assert SPACE_NAMES["people"] not in offered


def test_everyone_is_asked_about_first(page):
    assert control(page, "Weights of").value == EVERYONE


def test_every_flip_of_the_weights_is_in_the_table(page):
    flips = what_flips(example())
    for cells in flips.weights_frame().itertuples():
        assert all(str(cell) in text(page) for cell in cells)
    for change in flips.changes:
        assert change.sentence in text(page)


def test_every_share_is_in_the_table(page):
    for program in firmness(example()).programs:
        assert program.name in text(page)
        assert program.first.text in text(page)


def test_a_share_can_be_tried_and_the_ranking_moves(page):
    used = used_weights(example().run())
    first = example().run().active_criteria[0]
    assert f"Now {round(100 * used.weights[first.id])}%." in text(page)
    box = next(n for n in page.number_input if n.label == "The same as a number")
    before = text(page)
    box.set_value(90).run()
    assert "90% instead of" in text(page)
    assert text(page) != before


def test_without_weightings_every_criterion_counts_the_same(open_app, on_page):
    page = on_page(open_app(without_weightings()), "firm")
    assert not page.exception
    said = sentences(without_weightings())
    assert said.headline in text(page)


def test_nothing_that_was_counted_is_called_sure(page):
    rows = [h for h in html(page).split("<tr>") if 'scope="row"' in h]
    counted = [r for r in rows if ">&gt;99<" in r or ">&lt;1<" in r]
    assert counted
    assert not any(">100<" in r for r in rows if "bf-number" in r and "&lt;" in r)


def test_a_larger_count_is_made_when_asked_and_taken_back(page):
    press = next(b for b in page.button if b.label == f"Count {MANY:,} weightings")
    press.click().run(timeout=120)
    assert f"We drew {MANY:,} sets of weights" in text(page)
    next(b for b in page.button if b.label == "Back to the usual count").click().run()
    assert f"We drew {MANY:,}" not in text(page)


def test_a_larger_count_is_for_the_weightings_it_was_asked_for(page):
    next(b for b in page.button if b.label.startswith("Count 1,")).click().run(timeout=120)
    control(page, "Count over").set_value("all").run()
    assert f"We drew {MANY:,}" not in text(page)
