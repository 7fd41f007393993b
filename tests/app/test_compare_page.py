"""The page that sets weightings side by side: who would choose what, and what if."""

from __future__ import annotations

import pytest

from mcda.analysis import comparison, ranking, used_weights, with_share
from mcda.app.views.compare import places_html
from mcda.project import (
    Comparison,
    ComparisonsJudgement,
    PointShare,
    PointsJudgement,
    Weighting,
)
from mcda.project.templates import example


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


def what_if(app):
    return next(n for n in app.number_input if n.label == "The same as a number")


def test_without_weightings_it_says_where_to_go(blank, on_page):
    page = on_page(blank, "compare")
    assert "nothing to compare" in html(page)
    assert not headings(page)


def test_all_weightings_are_compared_at_first(page):
    assert page.multiselect[0].value == ["group", "p1", "p2", "p3"]
    assert "The 4 weightings do not agree on the first place." in html(page)


def test_fewer_weightings_can_be_chosen(page):
    page.multiselect[0].set_value(["p2", "p3"]).run()
    found = comparison(example(), weightings=["p2", "p3"])
    assert "The 2 weightings do not agree on the first place." in html(page)
    assert "Planning group" not in places_html(found)


def test_with_none_chosen_it_asks_for_one(page):
    page.multiselect[0].set_value([]).run()
    assert "Choose at least one weighting." in html(page)


def test_one_weighting_has_places_and_nothing_to_set_against(page):
    page.multiselect[0].set_value(["p2"]).run()
    assert "Each one's first choice" not in headings(page)
    assert comparison(example(), weightings=["p2"]).sentence in html(page)


def test_each_first_choice_and_what_moved_are_named(page):
    found = comparison(example())
    assert "<strong>School counselor</strong>: School prevention lessons" in html(page)
    assert all(move.sentence in html(page) for move in found.moves)


def test_the_grid_has_a_row_a_weighting_and_marks_possible_firsts():
    grid = places_html(comparison(example()))
    assert grid.count('<th scope="row">') == 4
    firsts = sum(len(r.possible_firsts) for r in comparison(example()).rankings)
    assert grid.count("font-weight: 700") == firsts


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


# --- duplicate and change


def test_duplicate_and_change_opens_the_copy_on_the_weights_page(page, kept):
    page.selectbox(key="compare-from").set_value("p2").run()
    button(page, "Duplicate and change").click().run()
    draft = page.session_state["weights-desk"].draft
    assert (draft.name, draft.person) == ("Survivor adviser (copy)", "p2")
    assert draft.back_to == "compare"


def test_the_copy_is_kept_only_once_it_is_saved(page, on_page, kept):
    before = kept(page).weightings
    button(page, "Duplicate and change").click().run()
    on_page(page, "weights")
    assert kept(page).weightings == before
    button(page, "Stop without saving").click().run()
    assert kept(page).weightings == before
    assert headings(page)[0] == "Each one's first choice"


def test_a_copy_left_and_gone_on_with_stays_the_same_persons(page, on_page, reload, kept):
    page.selectbox(key="compare-from").set_value("p2").run()
    button(page, "Duplicate and change").click().run()
    on_page(page, "weights")
    again = on_page(reload(page), "weights")
    next(b for b in again.button if b.label.startswith("Go on: ")).click().run()
    button(again, "Save").click().run()
    saved = kept(again).weightings[-1]
    assert (saved.name, saved.person) == ("Survivor adviser (copy)", "p2")


def test_once_saved_the_way_leads_back(page, on_page, kept):
    page.selectbox(key="compare-from").set_value("p2").run()
    button(page, "Duplicate and change").click().run()
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
    button(page, "Duplicate and change").click().run()
    on_page(page, "weights")
    button(page, "Save").click().run()
    assert kept(page).weightings[-1].name == "In pairs (copy)"
    assert kept(page).weightings[-1].judgement == judgement


# --- what if


def test_untouched_it_shows_the_weighting_as_it_is(page):
    assert html(page).count(ranking(example(), weighting="group").sentence) >= 1
    assert button(page, "Keep this as a weighting").disabled


def test_a_changed_weight_redraws_the_ranking(page):
    page.selectbox(key="what-if-what").set_value("cost").run()
    what_if(page).set_value(60).run()
    weights = with_share(used_weights(example().run(), "group").weights, "cost", 0.6)
    assert ranking(example(), weighting=weights).sentence in html(page)


def test_the_slider_and_the_box_follow_each_other(page):
    page.slider[0].set_value(44).run()
    assert what_if(page).value == 44
    what_if(page).set_value(55).run()
    assert page.slider[0].value == 55


def test_it_is_kept_as_points_of_the_same_person(page, kept):
    page.selectbox(key="what-if-base").set_value("p1").run()
    page.selectbox(key="what-if-what").set_value("cost").run()
    what_if(page).set_value(50).run()
    button(page, "Keep this as a weighting").click().run()
    made = kept(page).weightings[-1]
    assert (made.name, made.person) == ("Police lieutenant, Total cost to us at 50%", "p1")
    weights = used_weights(kept(page), made.id).weights
    assert weights["cost"] == pytest.approx(0.5)
    before = used_weights(example().run(), "p1").weights
    assert weights["safety"] / weights["reach"] == pytest.approx(before["safety"] / before["reach"])


def test_what_was_kept_is_compared_above(page):
    what_if(page).set_value(50).run()
    button(page, "Keep this as a weighting").click().run()
    assert len(page.multiselect[0].value) == 5


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
