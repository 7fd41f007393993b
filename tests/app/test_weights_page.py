"""The page that asks what matters: whose answers, by which way, what is saved and hidden."""

from __future__ import annotations

import pytest

from mcda.analysis import read_back
from mcda.app.state import store
from mcda.engine.weighting.pairwise import pairwise_weights
from mcda.project import (
    Comparison,
    ComparisonsJudgement,
    OrderJudgement,
    PointsJudgement,
    Project,
    SwingJudgement,
    ValuePoint,
    Weighting,
)
from mcda.project.templates import apply_template, example


@pytest.fixture
def page(blank, on_page):
    """The page of a project with eight criteria, before anyone has answered."""
    return on_page(blank, "weights")


@pytest.fixture
def filled(app, on_page):
    """The page of the worked example, where four have answered."""
    return on_page(app, "weights")


def text(app) -> str:
    """All that stands on the page as text, tables among it."""
    parts = [*app.markdown, *app.caption, *app.header, *app.error, *app.warning]
    return " ".join(p.value for p in parts) + " ".join(h.proto.body for h in app.get("html"))


def button(app, label: str):
    return next(b for b in app.button if b.label == label)


def press(app, label: str):
    return button(app, label).click().run()


def begin(app, role: str | None = "Judge", method: str = "swing"):
    """Begin as a person with this role, or as the group without one."""
    app.radio(key="weights-whose").set_value("person" if role else "group").run()
    if role:
        next(t for t in app.text_input if t.label == "Role").set_value(role)
    app.radio(key="weights-method").set_value(method)
    return press(app, "Begin")


def boxes(app, start: str) -> dict[str, object]:
    return {n.label: n for n in app.number_input if n.label.startswith(start)}


def fill(app, start: str, numbers) -> None:
    for label, number in zip(list(boxes(app, start)), numbers, strict=False):
        boxes(app, start)[label].set_value(float(number)).run()


def to_ratings(app, top: str = "safety"):
    """Go through steps 1 and 2 of a swing."""
    press(app, "Next: the first lift")
    next(r for r in app.radio if r.label.startswith("Which single lift")).set_value(top).run()
    return press(app, "Next: the other lifts")


def rated(app):
    """Go on to step 4 with a rating for every other lift."""
    to_ratings(app)
    fill(app, "Rating of", range(10, 90, 10))
    return press(app, "Next: read back")


# --- who answers


def test_at_first_nobody_has_answered(page):
    assert "Nobody has said what matters yet" in text(page)


def test_without_criteria_it_says_where_to_go(open_app, on_page):
    page = on_page(open_app(Project.new("Which?")), "weights")
    assert "Choose the criteria first" in text(page)


def test_who_has_answered_is_listed_by_code_and_role(filled):
    assert "Survivor adviser" in text(filled)
    assert "<td>p2</td>" in text(filled)


def test_what_others_answered_is_hidden(filled):
    assert not filled.get("plotly_chart")


def test_weights_are_shown_when_asked_for(filled):
    press(filled, "Show the weights")
    assert len(filled.get("plotly_chart")) == 1


def test_a_person_without_a_role_is_asked_for_one(page, problem):
    begin(page, role="  ")
    assert "Write a role" in problem(page)
    assert button(page, "Begin")


def test_a_code_that_looks_like_a_name_is_refused(page, problem):
    page.radio(key="weights-whose").set_value("person").run()
    next(t for t in page.text_input if t.label == "Code").set_value("Jane Doe")
    press(page, "Begin")
    assert "no spaces and no names" in problem(page)


def test_nobody_sees_former_answers_while_answering(filled):
    begin(filled)
    assert "Who has answered" not in text(filled)
    assert not filled.get("plotly_chart")


# --- swing


def test_the_first_step_names_both_ends_in_units(page):
    begin(page)
    assert "Step 1 of 4" in text(page)
    assert "<td>600,000 US dollars over 3 years</td>" in text(page)
    assert "<td>0 US dollars over 3 years</td>" in text(page)


def test_no_lift_is_chosen_beforehand(page):
    begin(page)
    press(page, "Next: the first lift")
    assert next(r for r in page.radio if r.label.startswith("Which single lift")).value is None


def test_without_a_first_lift_there_is_no_next_step(page):
    begin(page)
    press(page, "Next: the first lift")
    press(page, "Next: the other lifts")
    assert "Choose one lift" in page.error[0].value
    assert "Step 2 of 4" in text(page)


def test_no_rating_is_filled_in_beforehand(page):
    to_ratings(begin(page))
    assert {n.value for n in boxes(page, "Rating of").values()} == {None}
    assert len(boxes(page, "Rating of")) == 7


def test_the_range_stands_by_each_rating(page):
    to_ratings(begin(page))
    assert "From 600,000 down to 0 US dollars over 3 years" in text(page).replace("\\", "")


def test_an_empty_rating_holds_the_next_step(page):
    to_ratings(begin(page))
    fill(page, "Rating of", [10] * 6)
    press(page, "Next: read back")
    assert "Still empty" in page.error[0].value
    assert "Step 3 of 4" in text(page)


def test_the_slider_fills_the_box(page):
    to_ratings(begin(page))
    page.select_slider[0].set_value(35.0).run()
    assert next(iter(boxes(page, "Rating of").values())).value == 35


def test_the_box_moves_the_slider(page):
    to_ratings(begin(page))
    fill(page, "Rating of", [37.5])
    assert page.select_slider[0].value == 37.5


def test_a_rating_can_be_taken_back(page):
    to_ratings(begin(page))
    fill(page, "Rating of", [20])
    page.select_slider[0].set_value(-1.0).run()
    assert next(iter(boxes(page, "Rating of").values())).value is None


def test_trade_offs_are_read_back(page):
    rated(begin(page))
    answers = page.session_state["weights-desk"].draft.numbers
    said = read_back(page.session_state["bestfit"].saved.project, weighting=dict(answers))
    assert said
    assert all(one.sentence in text(page) for one in said)


def test_confirming_saves_a_confirmed_swing(page, kept):
    rated(begin(page))
    press(page, "Yes, this is what I mean")
    (weighting,) = kept(page).weightings
    assert isinstance(weighting.judgement, SwingJudgement)
    assert weighting.judgement.confirmed
    ratings = {r.item: r.rating for r in weighting.judgement.ratings}
    assert ratings["safety"] == 100
    assert sorted(ratings.values()) == [10, 20, 30, 40, 50, 60, 70, 100]


def test_the_ranges_and_the_day_are_kept(page, kept):
    rated(begin(page))
    press(page, "Yes, this is what I mean")
    (weighting,) = kept(page).weightings
    asked = {a.criterion: (a.worst, a.best) for a in weighting.asked}
    assert asked["cost"] == (600_000, 0)
    assert len(asked) == 8
    assert weighting.given_on is not None


def test_saved_without_confirming_it_asks_about_that(page, kept):
    rated(begin(page))
    press(page, "Save without confirming")
    assert not kept(page).weightings[0].judgement.confirmed
    assert "have not been read back and confirmed" in text(page)


def test_going_back_keeps_the_ratings(page):
    rated(begin(page))
    press(page, "Back")
    assert [n.value for n in boxes(page, "Rating of").values()] == [10, 20, 30, 40, 50, 60, 70]


def test_another_first_lift_is_asked_again_and_the_rest_kept(page):
    rated(begin(page))
    press(page, "Back")
    press(page, "Back")
    next(r for r in page.radio if r.label.startswith("Which single lift")).set_value("cost").run()
    press(page, "Next: the other lifts")
    values = {label: n.value for label, n in boxes(page, "Rating of").items()}
    assert [label for label, value in values.items() if value is None] == [
        "Rating of Safe and trauma-informed, 0 to 100"
    ]


def test_an_unrelated_rerun_and_another_page_keep_what_was_answered(page, on_page):
    to_ratings(begin(page))
    fill(page, "Rating of", [15, 25])
    on_page(page, "ranking")
    on_page(page, "weights")
    assert [n.value for n in boxes(page, "Rating of").values()][:3] == [15, 25, None]


def test_stopping_saves_nothing(page, kept):
    to_ratings(begin(page))
    press(page, "Stop without saving")
    assert kept(page).weightings == ()
    assert "Who answers now?" in text(page)


def test_a_range_that_does_not_count_alike_says_so_in_every_step(page):
    bend = "step from 0 to 500 counts for 60 of 100."
    begin(page)
    assert bend in text(page)
    to_ratings(page)
    assert f". The {bend}" in text(page).replace("\\", "")
    fill(page, "Rating of", range(10, 90, 10))
    press(page, "Next: read back")
    assert f"the {bend}" in text(page)


# --- points and order


def test_points_say_what_is_left(page):
    begin(page, method="points")
    fill(page, "Points for", [30, 25])
    assert "55 points given, 45 left of 100." in text(page)


def test_the_points_given_stand_above_the_boxes_and_below(page):
    begin(page, method="points")
    fill(page, "Points for", [30, 25])
    assert text(page).count("55 points given, 45 left of 100.") == 2


def test_more_than_100_points_is_fine(page, kept):
    begin(page, method="points")
    fill(page, "Points for", [50, 50, 50, 0, 0, 0, 0, 0])
    assert "150 points given, 50 more than 100." in text(page)
    press(page, "Save")
    judgement = kept(page).weightings[0].judgement
    assert isinstance(judgement, PointsJudgement)
    assert [p.points for p in judgement.points] == [50, 50, 50, 0, 0, 0, 0, 0]


def test_points_start_empty_and_empty_is_not_saved(page, kept):
    begin(page, method="points")
    assert {n.value for n in boxes(page, "Points for").values()} == {None}
    press(page, "Save")
    assert "Still empty" in page.error[0].value
    assert kept(page).weightings == ()


def test_only_zero_points_are_refused(page, kept):
    begin(page, method="points")
    fill(page, "Points for", [0] * 8)
    press(page, "Save")
    assert "at least one criterion" in page.error[0].value
    assert kept(page).weightings == ()


def test_an_order_takes_ties(page, kept):
    begin(page, method="order")
    fill(page, "Place of", [1, 2, 2, 4, 5, 6, 7, 8])
    press(page, "Save")
    judgement = kept(page).weightings[0].judgement
    assert isinstance(judgement, OrderJudgement)
    assert [len(tier) for tier in judgement.tiers] == [1, 2, 1, 1, 1, 1, 1]


def test_the_order_so_far_is_read_back(page):
    begin(page, method="order")
    fill(page, "Place of", [2, 1])
    names = [label.removeprefix("Place of ") for label in boxes(page, "Place of")]
    assert f"Your order so far: {names[1]}; {names[0]}." in text(page)


# --- after saving


def test_after_saving_the_shares_are_shown(page):
    begin(page, method="points")
    fill(page, "Points for", range(1, 9))
    press(page, "Save")
    assert "Saved: Judge" in text(page)
    assert len(page.get("plotly_chart")) == 1


def test_near_equal_weights_are_a_question(page):
    begin(page, method="points")
    fill(page, "Points for", [10] * 8)
    press(page, "Save")
    assert "Everything counts nearly the same." in text(page)


def test_the_next_person_sees_no_former_answers(page):
    begin(page, method="points")
    fill(page, "Points for", range(1, 9))
    press(page, "Save")
    press(page, "Next person")
    assert not page.get("plotly_chart")
    assert next(t for t in page.text_input if t.label == "Code").value == "p2"
    assert page.radio(key="weights-method").value == "points"
    begin(page, role="Nurse", method="points")
    assert {n.value for n in boxes(page, "Points for").values()} == {None}


def test_several_people_one_after_another(page, kept):
    for role in ("Judge", "Nurse"):
        begin(page, role=role, method="points")
        fill(page, "Points for", range(1, 9))
        press(page, "Save")
        press(page, "Next person")
    assert [(w.person, w.role) for w in kept(page).weightings] == [("p1", "Judge"), ("p2", "Nurse")]


def links(app) -> dict[str, str]:
    return {link.proto.label: link.proto.page for link in app.get("page_link")}


def test_after_saving_the_ways_to_ranking_and_compare_stand_open(page):
    begin(page, method="points")
    fill(page, "Points for", range(1, 9))
    press(page, "Save")
    assert links(page)["See the ranking"] == "ranking"
    assert links(page)["Compare who would choose what"] == "compare"


def test_from_all_weights_the_way_leads_to_compare(filled):
    press(filled, "Show the weights")
    assert links(filled)["Compare who would choose what"] == "compare"


def test_the_group_is_named_once_while_it_answers(page):
    begin(page, role=None)
    assert "The group · swing, in four steps" in text(page)
    assert "group · The group" not in text(page)


def test_the_group_answers_without_a_code(page, kept):
    begin(page, role=None, method="points")
    fill(page, "Points for", range(1, 9))
    press(page, "Save")
    (weighting,) = kept(page).weightings
    assert (weighting.name, weighting.person) == ("The group", None)


def test_undo_takes_a_saved_weighting_back(page, kept, undo):
    begin(page, method="points")
    fill(page, "Points for", range(1, 9))
    press(page, "Save")
    undo(page)
    assert kept(page).weightings == ()
    assert "Nobody has said what matters yet" in text(page)


def test_an_edit_elsewhere_is_not_overwritten_and_the_answers_stay(page, edit_elsewhere, kept):
    begin(page, method="points")
    fill(page, "Points for", range(1, 9))
    edit_elsewhere(page, lambda p: p.with_info(p.info.model_copy(update={"place": "Elm"})))
    press(page, "Save")
    assert kept(page).weightings == ()
    assert [n.value for n in boxes(page, "Points for").values()] == list(range(1, 9))
    press(page, "Save")
    assert len(kept(page).weightings) == 1


# --- changing, copying, renaming, deleting


def test_changing_the_answers_starts_from_them(filled):
    filled.selectbox(key="weights-manage").set_value("p2").run()
    press(filled, "Change the answers")
    assert [n.value for n in boxes(filled, "Points for").values()][:3] == [15, 18, 14]


def test_changed_answers_replace_the_old_ones(filled, kept):
    filled.selectbox(key="weights-manage").set_value("p2").run()
    press(filled, "Change the answers")
    fill(filled, "Points for", [99])
    press(filled, "Save")
    assert len(kept(filled).weightings) == 4
    assert kept(filled).weighting("p2").judgement.points[0].points == 99


def test_a_duplicate_stands_beside_the_first(filled, kept):
    press(filled, "Duplicate")
    names = [w.name for w in kept(filled).weightings]
    assert names[0] == "Planning group"
    assert names[-1] == "Planning group (copy)"


def test_a_weighting_is_renamed(filled, kept):
    next(t for t in filled.text_input if t.label == "New name").set_value("The council")
    press(filled, "Rename it")
    assert kept(filled).weighting("group").name == "The council"


def test_a_name_half_typed_outlives_a_reload(filled, on_page, reload, kept):
    next(t for t in filled.text_input if t.label == "New name").set_value("The coun").run()
    again = on_page(reload(filled), "weights")
    assert next(t for t in again.text_input if t.label == "New name").value == "The coun"
    assert kept(again).weighting("group").name == "Planning group"


def test_a_weighting_is_not_renamed_to_nothing(filled, kept, problem):
    next(t for t in filled.text_input if t.label == "New name").set_value("  ")
    press(filled, "Rename it")
    assert "Write a name" in problem(filled)
    assert kept(filled).weighting("group").name == "Planning group"


def test_deleting_can_be_undone(filled, kept, undo):
    press(filled, "Delete")
    assert "group" not in [w.id for w in kept(filled).weightings]
    undo(filled)
    assert "group" in [w.id for w in kept(filled).weightings]


# --- ranges that change


def widen_cost(project: Project) -> Project:
    cost = project.run().criterion("cost")
    scale = cost.scale.model_copy(update={"worst": 800_000.0})
    return project.with_criterion(cost.model_copy(update={"scale": scale}))


@pytest.fixture
def widened(filled, edit_elsewhere):
    """Widen the range of cost in another tab, and draw the page again."""

    def widen():
        edit_elsewhere(filled, widen_cost)
        here = filled.session_state["bestfit"]
        here.saved = store().get(here.saved.key)
        return filled.run()

    return widen


def test_a_stale_weighting_says_so_and_offers_to_ask_again(filled, widened):
    widened()
    assert "The range of Total cost to us has changed" in text(filled)
    assert button(filled, "Ask again: Planning group")


def test_answers_that_miss_a_criterion_are_asked_again(open_app, on_page):
    decision = example()
    cost = decision.run().criterion("cost")
    decision = decision.with_criterion(cost.model_copy(update={"id": "extra", "name": "Extra"}))
    page = on_page(open_app(decision), "weights")
    assert "cannot be used. It says nothing about Extra." in text(page)
    press(page, "Ask again: Survivor adviser")
    values = {label: n.value for label, n in boxes(page, "Points for").items()}
    assert [label for label, value in values.items() if value is None] == ["Points for Extra"]


def test_asked_again_the_boxes_are_empty_beside_the_old_answers(filled, widened):
    widened()
    press(filled, "Ask again: Survivor adviser")
    assert {n.value for n in boxes(filled, "Points for").values()} == {None}
    assert "Answer before the change: 28" in text(filled)


def test_a_range_changed_while_answering_is_asked_again(filled, widened):
    begin(filled, method="points")
    fill(filled, "Points for", range(1, 13))
    widened()
    values = {label: n.value for label, n in boxes(filled, "Points for").items()}
    assert [label for label, value in values.items() if value is None] == [
        "Points for Total cost to us"
    ]
    assert "was changed meanwhile" in filled.warning[0].value


# --- names


HOSTILE = (
    '</script><img src=x onerror=alert(1)> **x** [a](http://b) =HYPERLINK("x") 😀 ' + "n" * 200
)


def test_hostile_names_are_text(open_app, on_page):
    decision = apply_template(Project.new("Which?"), "short")
    criterion = decision.run().criterion("reach")
    scale = criterion.scale.model_copy(update={"points": (ValuePoint(score=300.0, value=60.0),)})
    decision = decision.with_criterion(
        criterion.model_copy(update={"name": HOSTILE, "definition": HOSTILE, "scale": scale})
    )
    page = on_page(open_app(decision), "weights")
    begin(page, role=HOSTILE[:200], method="points")
    fill(page, "Points for", range(1, 9))
    press(page, "Save")
    assert not page.exception
    assert "<img" not in " ".join(h.proto.body for h in page.get("html"))
    marked = " ".join(p.value for p in [*page.markdown, *page.header, *page.caption])
    assert "[a](" not in marked
    assert "**x**" not in marked


# --- pairs


def which_lift(app):
    return next(r for r in app.radio if r.label == "Which lift would you rather have?")


def ids(app) -> list[str]:
    """What the choices about the pair in view stand for, in order."""
    return [*app.session_state["weights-desk"].draft.pairs.at, ""]


def compare(app, which: int = 0, times: float | None = 3.0):
    """Answer the pair in view: the first lift (0), the second (1) or both the same (2)."""
    which_lift(app).set_value(ids(app)[which]).run()
    if which < 2 and times is not None:
        next(r for r in app.radio if r.label.startswith("How much")).set_value(times).run()
    return app


def compare_all(app, answers=(0,), times: float = 3.0):
    """Answer one pair after another until the result is shown."""
    count = 0
    while any(h.value.startswith("Pair ") for h in app.header):
        compare(app, answers[count % len(answers)], times)
        press(app, "Next")
        count += 1
    return count


@pytest.fixture
def flat(open_app, on_page):
    """The page of a project with four criteria without branches."""
    decision = apply_template(Project.new("Which?"), "short")
    for criterion in decision.run().active_criteria[:4]:
        decision = decision.without_criterion(criterion.id)
    for criterion in decision.run().active_criteria:
        decision = decision.with_criterion(criterion.model_copy(update={"parent": None}))
    return on_page(open_app(decision), "weights")


def test_a_pair_shows_both_ranges_and_no_answer(page):
    begin(page, method="pairs")
    assert "Pair 1 of 11" in text(page)
    assert "Within: Fits our problem and our young people" in text(page)
    which = which_lift(page)
    assert which.value is None
    assert [c.startswith("From level 1") for c in which.proto.captions] == [True, True, False]
    assert not [r for r in page.radio if r.label.startswith("How much")]


def test_whole_branches_are_compared_with_all_their_ranges(page):
    begin(page, method="pairs")
    while "Between whole branches" not in text(page):
        press(page, "Skip this pair")
    which = which_lift(page)
    assert which.proto.captions[0].startswith("All of it together. Match to our problem factors: ")


def test_how_much_more_is_asked_in_words(page):
    begin(page, method="pairs")
    compare(page, times=None)
    much = next(r for r in page.radio if r.label == "How much more does it matter?")
    assert much.value is None
    assert much.options[:2] == ["2 times as much", "3 times as much: somewhat more"]
    assert much.options[-1] == "9 times as much: far more"


def test_half_an_answer_holds_the_next_pair(page):
    begin(page, method="pairs")
    compare(page, times=None)
    press(page, "Next")
    assert "say how much more it matters" in page.error[0].value
    assert "Pair 1 of 11" in text(page)


def test_both_the_same_needs_no_number(page):
    begin(page, method="pairs")
    compare(page, 2)
    press(page, "Next")
    assert "Pair 2 of 11" in text(page)


def test_going_back_shows_the_answer_about_the_pair(page):
    begin(page, method="pairs")
    compare(page, 1, 7.0)
    press(page, "Next")
    press(page, "Back")
    which, much = [r.value for r in page.radio]
    assert (which, much) == (ids(page)[1], 7.0)


def test_pairs_are_saved_as_they_were_answered(page, kept):
    begin(page, method="pairs")
    assert compare_all(page) == 11
    press(page, "Save")
    (weighting,) = kept(page).weightings
    assert isinstance(weighting.judgement, ComparisonsJudgement)
    assert weighting.judgement.over == "tree"
    assert [c.times for c in weighting.judgement.comparisons] == [3.0] * 11
    assert len(weighting.asked) == 8


def test_the_result_shows_the_shares_of_the_engine(flat, kept):
    begin(flat, method="pairs")
    compare_all(flat, answers=(0, 0, 2, 0, 0, 0))
    assert len(flat.get("plotly_chart")) == 1
    a, b, c, d = [criterion.id for criterion in kept(flat).active_criteria]
    given = flat.session_state["weights-desk"].draft.pairs.given
    assert {(x.item, x.than, x.times) for x in given} == {
        *((a, b, 3.0), (b, c, 3.0), (c, d, 1.0), (a, d, 3.0), (a, c, 3.0), (b, d, 3.0))
    }
    table = [[1, 3, 3, 3], [1 / 3, 1, 3, 3], [1 / 3, 1 / 3, 1, 1], [1 / 3, 1 / 3, 1, 1]]
    share = pairwise_weights(table).weights[0]
    name = kept(flat).criterion(a).name
    assert f"{name} counts most: {100 * share:.0f}%." in text(flat)
    assert "Yes, they fit together well." in text(flat)


def test_an_answer_that_does_not_fit_is_named_and_may_stay(flat, kept):
    begin(flat, method="pairs")
    compare_all(flat, answers=(0, 0, 0, 1, 0, 0), times=9.0)
    assert "One answer does not fit the others well." in text(flat)
    assert "You need not change anything" in text(flat)
    press(flat, "Save")
    assert len(kept(flat).weightings) == 1
    assert "Questions to ask yourselves" in text(flat)
    assert "One answer does not fit the others well." in text(flat)


def test_an_answer_that_does_not_fit_is_asked_again(flat):
    begin(flat, method="pairs")
    compare_all(flat, answers=(0, 0, 2, 1, 0, 0), times=4.0)
    again = next(b for b in flat.button if b.label.startswith("Ask again"))
    one, other = again.label.removeprefix("Ask again: ").split(" – ")
    again.click().run()
    assert {one, other} == set(which_lift(flat).options[:2])
    compare(flat, 0, 4.0)
    press(flat, "Next")
    assert "Yes, they fit together well." in text(flat)


def test_the_result_is_shown_early_once_all_is_joined_and_more_can_be_answered(flat, kept):
    begin(flat, method="pairs")
    for _ in range(3):
        assert "See the result" not in [b.label for b in flat.button]
        compare(flat)
        press(flat, "Next")
    press(flat, "See the result")
    assert "no answer is checked by others" in text(flat)
    press(flat, "Answer more pairs")
    assert "Pair 4 of 6" in text(flat)
    compare(flat)
    press(flat, "See the result")
    press(flat, "Save")
    assert len(kept(flat).weightings[0].judgement.comparisons) == 4


def test_skipped_pairs_leave_too_little_to_save(flat, kept):
    begin(flat, method="pairs")
    for _ in range(6):
        press(flat, "Skip this pair")
    assert "More answers are needed" in text(flat)
    assert "Still apart" in text(flat)
    assert "Save" not in [b.label for b in flat.button]
    press(flat, "Answer more pairs")
    assert "Pair 1 of 6" in text(flat)
    assert kept(flat).weightings == ()


def test_an_answer_about_a_pair_can_be_taken_back(flat):
    begin(flat, method="pairs")
    compare(flat)
    press(flat, "Take this answer back")
    assert "Pair 2 of 6" in text(flat)
    press(flat, "Back")
    assert [r.value for r in flat.radio] == [None]


def test_with_every_pair_answered_no_more_are_offered(flat):
    begin(flat, method="pairs")
    compare_all(flat)
    assert "Answer more pairs" not in [b.label for b in flat.button]


def test_recorded_pairs_are_listed_opened_and_changed(flat, kept):
    begin(flat, method="pairs")
    compare_all(flat)
    press(flat, "Save")
    press(flat, "Next person")
    assert "<td>Compare in pairs</td>" in text(flat)
    press(flat, "Change the answers")
    assert "Your answers: 6" in [e.label for e in flat.expander]
    pair = flat.session_state["weights-desk"].draft.pairs.given[1]
    chosen = next(s for s in flat.selectbox if s.label == "Change one of them")
    chosen.set_value((pair.item, pair.than)).run()
    press(flat, "Change it")
    assert [r.value for r in flat.radio] == [pair.item, 3.0]
    compare(flat, 1, 2.0)
    press(flat, "Next")
    press(flat, "Save")
    (weighting,) = kept(flat).weightings
    assert [c.times for c in weighting.judgement.comparisons].count(2.0) == 1
    assert len(weighting.judgement.comparisons) == 6


def test_a_ratio_between_the_words_stays_as_it_was(flat, edit_elsewhere, on_page):
    run = flat.session_state["bestfit"].saved.project.run()
    one, *others = [c.id for c in run.active_criteria]
    given = tuple(Comparison(item=one, than=other, times=2.5) for other in others)
    own = Weighting(id="w", name="File", judgement=ComparisonsJudgement(comparisons=given))
    edit_elsewhere(flat, lambda p: p.with_weighting(own))
    flat.run()
    press(flat, "Change the answers")
    press(flat, "Change it")
    assert [r.value for r in flat.radio] == [one, 2.5]


def test_recorded_pairs_are_duplicated(flat, kept):
    begin(flat, method="pairs")
    compare_all(flat)
    press(flat, "Save")
    press(flat, "Next person")
    press(flat, "Duplicate")
    first, second = kept(flat).weightings
    assert second.judgement == first.judgement


def test_half_answered_pairs_outlive_a_reload(page, reload, on_page):
    begin(page, method="pairs")
    compare(page, 1, 5.0)
    press(page, "Next")
    again = on_page(reload(page), "weights")
    assert "1 of 11 pairs given" in text(again)
    press(again, "Go on: Judge")
    assert "Pair 2 of 11" in text(again)
    press(again, "Back")
    assert again.radio[1].value == 5.0


def test_a_range_changed_asks_its_pairs_again_beside_the_old_answer(flat, kept, edit_elsewhere):
    begin(flat, method="pairs")
    compare_all(flat)
    press(flat, "Save")
    press(flat, "Next person")
    edit_elsewhere(flat, widen_cost)
    flat.run()
    next(b for b in flat.button if b.label.startswith("Ask again")).click().run()
    assert "the pairs it is part of are asked again" in text(flat)
    assert "Pair 1 of 6" in text(flat)
    assert "Answer before the change: " in text(flat)
    assert compare_all(flat) == 3
    press(flat, "Save")
    assert len(kept(flat).weightings[0].judgement.comparisons) == 6


def test_hostile_names_are_text_in_pairs(open_app, on_page):
    decision = apply_template(Project.new("Which?"), "short")
    for item in ("reach", "cost", "evidence", "safety"):
        criterion = decision.run().criterion(item)
        decision = decision.with_criterion(criterion.model_copy(update={"name": item + HOSTILE}))
    page = on_page(open_app(decision), "weights")
    begin(page, role=HOSTILE[:200], method="pairs")
    compare_all(page, answers=(0, 1, 2), times=9.0)
    assert not page.exception
    assert "<img" not in " ".join(h.proto.body for h in page.get("html"))
    marked = " ".join(p.value for p in [*page.markdown, *page.header, *page.caption])
    assert "[a](" not in marked + " ".join(b.label for b in page.button)
