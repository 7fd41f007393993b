"""The page that sets weightings side by side: who would choose what."""

from __future__ import annotations

import pytest

from mcda.analysis import comparison
from mcda.app.views.compare import places_html
from mcda.project import (
    Comparison,
    ComparisonsJudgement,
    PointShare,
    PointsJudgement,
    Weighting,
)
from mcda.project.templates import example

RERUN = "Rerun with other weights"


@pytest.fixture
def page(app, on_page):
    """The page of the worked example, with four weightings."""
    return on_page(app, "compare")


def html(app) -> str:
    return " ".join(h.proto.body for h in app.get("html"))


def button(app, label: str):
    return next(b for b in app.button if b.label == label)


def headings(app) -> list[str]:
    return [h.value for h in app.header]


def test_without_weightings_it_says_where_to_go(blank, on_page):
    page = on_page(blank, "compare")
    assert "nothing to compare" in html(page)
    assert not headings(page)


def test_all_weightings_are_compared_at_first(page):
    assert page.multiselect[0].value == ["group", "p1", "p2", "p3"]
    assert "The 4 sets of weights do not agree on the first place." in html(page)


def test_fewer_weightings_can_be_chosen(page):
    page.multiselect[0].set_value(["p2", "p3"]).run()
    found = comparison(example(), weightings=["p2", "p3"])
    assert "The 2 sets of weights do not agree on the first place." in html(page)
    assert "Planning group" not in places_html(found)


@pytest.mark.parametrize("chosen", [[], ["p2"]])
def test_with_fewer_than_two_chosen_it_asks_for_two(page, chosen):
    page.multiselect[0].set_value(chosen).run()
    assert "Choose at least two weightings." in html(page)
    assert not headings(page)


def test_with_one_weighting_it_says_how_to_get_another_and_repeats_no_ranking(open_app, on_page):
    project = example()
    for weighting in project.run().weightings[1:]:
        project = project.without_weighting(weighting.id)
    page = on_page(open_app(project), "compare")
    assert "There is one weighting so far." in html(page)
    assert "Ask another person" in [link.proto.label for link in page.get("page_link")]
    assert not headings(page)
    assert not page.get("plotly_chart")
    button(page, RERUN).click().run()
    assert page.session_state["weights-desk"].draft.back_to == "compare"


def test_each_first_choice_and_what_moved_are_named(page):
    found = comparison(example())
    assert "<strong>School counselor</strong>: School prevention lessons" in html(page)
    assert all(move.sentence in html(page) for move in found.moves)


def test_the_grid_has_a_column_a_weighting_and_marks_possible_firsts():
    found = comparison(example())
    grid = places_html(found)
    assert grid.count('<th scope="col">') == 1 + len(found.rankings)
    assert grid.count('<th scope="row">') == len(found.rankings[0].ranked)
    firsts = sum(len(r.possible_firsts) for r in found.rankings)
    assert grid.count('<td class="bf-first">') == firsts


@pytest.mark.parametrize(("more", "upright"), [(0, False), (1, True)])
def test_from_the_fifth_weighting_on_a_phone_has_the_heads_upright(more, upright):
    project = example()
    for at in range(more):
        copied = project.run().weightings[at].model_copy(update={"id": f"x{at}", "name": f"X{at}"})
        project = project.with_weighting(copied)
    assert ("bf-many" in places_html(comparison(project))) is upright


def test_on_a_phone_a_range_of_places_takes_a_dash_and_is_read_out_in_words():
    assert (
        '<span>1 to 2</span><span class="bf-narrow" aria-hidden="true">1–2</span>'
        in places_html(comparison(example()))
    )


def test_a_weighting_that_is_not_finished_is_left_out_and_named(open_app, on_page):
    half = Weighting(
        id="half",
        name="Half done",
        person="p9",
        judgement=PointsJudgement(points=(PointShare(item="cost", points=5.0),)),
    )
    page = on_page(open_app(example().with_weighting(half)), "compare")
    assert "left out here" in page.warning[0].value
    assert page.multiselect[0].value == ["group", "p1", "p2", "p3"]


def test_where_none_can_be_used_one_box_names_them_all(open_app, on_page):
    decision = example()
    cost = decision.run().criterion("cost")
    decision = decision.with_criterion(cost.model_copy(update={"id": "extra", "name": "Extra"}))
    page = on_page(open_app(decision), "compare")
    assert len(page.warning) == 1
    assert all(w.name in page.warning[0].value for w in decision.run().weightings)
    assert "Nobody has said" not in html(page)
    assert [link.proto.label for link in page.get("page_link")].count("Go to Weights") == 1
    assert not headings(page)


def test_places_that_cannot_be_ranked_say_what_to_mend(open_app, on_page):
    decision = example()
    for program in decision.run().candidates:
        decision = decision.without_program(program.id)
    page = on_page(open_app(decision), "compare")
    assert page.warning
    assert not page.exception


# --- the rerun


def test_the_rerun_opens_the_copy_on_the_weights_page(page, kept):
    page.selectbox(key="compare-from").set_value("p2").run()
    button(page, RERUN).click().run()
    draft = page.session_state["weights-desk"].draft
    assert (draft.name, draft.person) == ("Survivor adviser (copy)", "p2")
    assert draft.back_to == "compare"


def test_the_copy_is_kept_only_once_it_is_saved(page, on_page, kept):
    before = kept(page).weightings
    button(page, RERUN).click().run()
    on_page(page, "weights")
    assert kept(page).weightings == before
    button(page, "Stop without saving").click().run()
    assert kept(page).weightings == before
    assert headings(page)[0] == "Each one's first choice"


def test_a_copy_left_and_gone_on_with_stays_the_same_persons(page, on_page, reload, kept):
    page.selectbox(key="compare-from").set_value("p2").run()
    button(page, RERUN).click().run()
    on_page(page, "weights")
    again = on_page(reload(page), "weights")
    next(b for b in again.button if b.label.startswith("Go on: ")).click().run()
    button(again, "Save").click().run()
    saved = kept(again).weightings[-1]
    assert (saved.name, saved.person) == ("Survivor adviser (copy)", "p2")


def test_once_saved_the_way_leads_back(page, on_page, kept):
    page.selectbox(key="compare-from").set_value("p2").run()
    button(page, RERUN).click().run()
    on_page(page, "weights")
    next(n for n in page.number_input if n.label == "Points for Total cost to us").set_value(60.0)
    page.run()
    button(page, "Save").click().run()
    assert kept(page).weighting("p2-2").judgement.points[6].points == 60
    assert headings(page)[0] == "Each one's first choice"


def test_a_copy_of_answers_in_pairs_opens_with_them(open_app, on_page, kept):
    decision = example()
    first, *others = [c.id for c in decision.run().active_criteria]
    given = tuple(Comparison(item=first, than=other, times=2.0) for other in others)
    judgement = ComparisonsJudgement(comparisons=given)
    own = Weighting(id="pairs", name="In pairs", judgement=judgement)
    page = on_page(open_app(decision.with_weighting(own)), "compare")
    page.selectbox(key="compare-from").set_value("pairs").run()
    button(page, RERUN).click().run()
    on_page(page, "weights")
    button(page, "Save").click().run()
    assert kept(page).weightings[-1].name == "In pairs (copy)"
    assert kept(page).weightings[-1].judgement == judgement


# --- names


def test_hostile_names_are_text(open_app, on_page):
    hostile = '</script><img src=x onerror=alert(1)> **x** [a](http://b) =HYPERLINK("x")'
    decision = example()
    run = decision.run()
    decision = decision.with_weighting(run.weightings[0].model_copy(update={"name": hostile}))
    decision = decision.with_program(run.candidates[0].model_copy(update={"name": hostile}))
    page = on_page(open_app(decision), "compare")
    assert not page.exception
    assert "<img" not in html(page)
