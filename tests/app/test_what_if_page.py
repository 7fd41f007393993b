"""The page that asks what if: tried beside our ranking, kept under a name, never over it."""

from __future__ import annotations

import pytest

from mcda.analysis import ranking, used_weights, what_if
from mcda.project import (
    AskedShare,
    Cap,
    ChangedScore,
    Exact,
    Framing,
    LeftOut,
    Project,
    Range,
    Record,
    Scenario,
    Score,
    Unknown,
)
from mcda.project.templates import apply_template, example

MARK = "What if: not our ranking"
CHEAP = Scenario(
    id="cheap",
    title="Cheaper mentors",
    note="Asked by the treasurer.",
    scores=(ChangedScore(program="mentoring", criterion="cost", amount=Exact(value=0.0)),),
)


@pytest.fixture
def page(app, on_page):
    """The page of the worked example, on which nothing is tried yet."""
    return on_page(app, "what_if")


@pytest.fixture
def saved(open_app, on_page):
    """The page of the worked example with one saved what-if."""
    return on_page(open_app(example().with_scenario(CHEAP)), "what_if")


def html(app) -> str:
    return " ".join(h.proto.body for h in app.get("html"))


def words(app) -> str:
    return " ".join(m.value for m in app.markdown).replace("\\", "")


def button(app, label: str):
    return next(b for b in app.button if b.label == label)


def labels(app) -> list[str]:
    return [b.label for b in app.button]


def headings(app) -> list[str]:
    return [h.value for h in app.header]


def named(items, label: str):
    return next(i for i in items if i.label == label)


def choose(app, kind: str):
    return app.radio(key="scenario-kind").set_value(kind).run()


def choose_score(app, program: str, criterion: str):
    named(app.selectbox, "Program").set_value(program).run()
    return named(app.selectbox, "Criterion").set_value(criterion).run()


def try_score(app, program: str, criterion: str, text: str):
    choose_score(app, program, criterion)
    next(t for t in app.text_input if t.label.startswith("New value")).set_value(text).run()
    return button(app, "Try this score").click().run()


def leave_out(app, *programs: str):
    choose(app, "program")
    return named(app.multiselect, "Leave out these programs").set_value(list(programs)).run()


def save_as(app, title: str, label: str = "Save this what-if"):
    named(app.text_input, "Name").set_value(title)
    return button(app, label).click().run()


def draft(app) -> Scenario:
    return app.session_state["scenario-desk"].draft


# --- nothing tried yet


def test_at_first_it_shows_our_ranking_and_asks_what_would_be_different(page):
    assert "Nothing is different yet." in html(page)
    assert ranking(example()).headline in html(page)
    assert headings(page) == ["Change something"]
    assert MARK not in html(page)


def test_without_scores_it_says_where_to_go(open_app, on_page):
    page = on_page(open_app(apply_template(Project.new("Which?"), "short")), "what_if")
    assert "nothing to rank" in html(page)
    assert not headings(page)


def test_a_ranking_that_cannot_be_made_says_what_to_mend(open_app, on_page):
    dear = Score(program="mentoring", criterion="cost", amount=Exact(value=9e6))
    page = on_page(open_app(example().with_score(dear)), "what_if")
    assert page.warning[0].value == "This cannot be ranked until it is mended."
    assert "9,000,000 is outside the range" in html(page)
    assert headings(page) == ["Change something"]


def test_a_what_if_can_mend_nothing_of_our_own_ranking(open_app, on_page):
    dear = Score(program="mentoring", criterion="cost", amount=Exact(value=9e6))
    page = on_page(open_app(example().with_score(dear)), "what_if")
    choose(page, "share")
    assert "there is no weight to change" in html(page)


# --- a score


def test_a_changed_score_shows_the_ranking_as_it_would_be(page, kept):
    try_score(page, "mentoring", "cost", "0")
    found = what_if(example(), CHEAP)
    assert found.headline in html(page)
    assert found.detail in html(page)
    assert html(page).count(MARK) >= 2
    assert "US dollars over 3 years instead of 200,000 to 290,000" in words(page)
    assert kept(page) == example().run()


def test_the_unit_the_range_and_what_is_recorded_stand_by(page):
    choose_score(page, "mentoring", "cost")
    assert "Now: 200,000 to 290,000, likely 240,000 US dollars over 3 years." in html(page)
    assert "The range goes from 600,000 down to 0 US dollars over 3 years." in html(page)
    assert any(t.label == "New value, in US dollars over 3 years" for t in page.text_input)


def test_levels_are_chosen_with_their_words(page):
    choose_score(page, "mentoring", "evidence")
    level = named(page.selectbox, "New value")
    assert level.options[-1].startswith("5: ")
    level.set_value("5").run()
    button(page, "Try this score").click().run()
    assert draft(page).scores[0].amount == Exact(value=5.0)


def test_a_range_between_levels_is_put_in_order(page):
    choose_score(page, "mentoring", "evidence")
    named(page.radio, "What would be known?").set_value("range").run()
    assert "Likely (may stay empty)" not in [s.label for s in page.selectbox]
    named(page.selectbox, "Lowest").set_value("4")
    named(page.selectbox, "Highest").set_value("2").run()
    button(page, "Try this score").click().run()
    assert draft(page).scores[0].amount == Range(low=2.0, high=4.0)


def test_a_range_of_numbers_may_have_a_likely_one(page):
    choose_score(page, "mentoring", "cost")
    named(page.radio, "What would be known?").set_value("range").run()
    named(page.text_input, "Lowest").set_value("100,000")
    named(page.text_input, "Likely (may stay empty)").set_value("150,000")
    named(page.text_input, "Highest").set_value("200,000").run()
    button(page, "Try this score").click().run()
    amount = Range(low=100_000.0, likely=150_000.0, high=200_000.0)
    assert draft(page).scores[0].amount == amount


def test_a_score_can_be_made_unknown(page):
    choose_score(page, "mentoring", "cost")
    named(page.radio, "What would be known?").set_value("unknown").run()
    button(page, "Try this score").click().run()
    assert draft(page).scores[0].amount == Unknown()
    assert "is not known instead of" in words(page)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the new score is missing"),
        ("dear", "is not a number"),
        ("700,000", "is outside the range 0 to 600,000"),
    ],
)
def test_what_is_no_score_is_refused_and_stays_in_its_field(page, problem, text, message):
    try_score(page, "mentoring", "cost", text)
    assert message in problem(page)
    assert draft(page).is_empty
    assert next(t for t in page.text_input if t.label.startswith("New value")).value == text


def test_the_refusal_goes_with_the_next_change(page, problem):
    try_score(page, "mentoring", "cost", "dear")
    try_score(page, "mentoring", "cost", "5")
    assert problem(page) == ""


# --- leaving out


def test_programs_are_left_out_with_the_reason_in_words(page):
    leave_out(page, "school", "campaign")
    assert draft(page).programs_out == ("school", "campaign")
    assert "School prevention lessons is left out." in words(page)
    assert "<strong>School prevention lessons</strong>: Set aside: only in this what-if." in html(
        page
    )


def test_continue_as_now_is_always_compared(page):
    choose(page, "program")
    options = named(page.multiselect, "Leave out these programs").options
    assert "School prevention lessons" in options
    assert "Continue as now" not in options


def test_criteria_are_left_out(page):
    choose(page, "criterion")
    named(page.multiselect, "Judge without these criteria").set_value(["cost"]).run()
    assert "Total cost to us does not count." in words(page)
    found = Scenario(id="x", title="X", criteria_out=("cost",))
    assert what_if(example(), found).sentence.split(". ")[0] in html(page)


def test_leaving_everything_out_says_so_and_the_way_back_stays(page):
    criteria = [c.id for c in example().run().active_criteria]
    choose(page, "criterion")
    named(page.multiselect, "Judge without these criteria").set_value(criteria).run()
    assert page.warning[0].value == "With these changes nothing can be ranked."
    assert "No criterion is left to rank." in html(page)
    assert labels(page).count("Take back") == len(criteria)
    button(page, "Start over").click().run()
    assert "Nothing is different yet." in html(page)


# --- a limit


def test_a_limit_screens_out_who_certainly_misses_it(page):
    choose(page, "cap")
    named(page.selectbox, "Criterion").set_value("cost").run()
    named(page.text_input, "At most, in US dollars over 3 years").set_value("200,000").run()
    button(page, "Try this limit").click().run()
    assert draft(page).caps == (Cap(criterion="cost", limit=200_000.0),)
    assert "Total cost to us must be at most 200,000 US dollars over 3 years." in words(page)
    assert "Fails a must-have. What-if limit on Total cost to us" in html(page)
    assert "It is not certain that" in html(page)


def test_a_limit_on_levels_is_one_of_them(page):
    choose(page, "cap")
    named(page.selectbox, "Criterion").set_value("evidence").run()
    named(page.selectbox, "At least").set_value("3").run()
    button(page, "Try this limit").click().run()
    assert draft(page).caps == (Cap(criterion="evidence", limit=3.0),)


@pytest.mark.parametrize("text", ["", "1..2", "unknown"])
def test_a_limit_has_to_be_one_number(page, problem, text):
    choose(page, "cap")
    named(page.selectbox, "Criterion").set_value("cost").run()
    named(page.text_input, "At most, in US dollars over 3 years").set_value(text).run()
    button(page, "Try this limit").click().run()
    assert "the limit is missing. Write one number." in problem(page)


# --- a weight


def share_of(page, criterion: str = "cost"):
    choose(page, "share")
    named(page.selectbox, "Criterion").set_value(criterion).run()
    return named(page.number_input, "The same as a number")


def test_a_weight_is_changed_by_box_or_slider(page):
    share_of(page).set_value(60).run()
    assert draft(page).shares == (AskedShare(criterion="cost", percent=60.0),)
    assert page.slider[0].value == 60
    page.slider[0].set_value(40).run()
    assert draft(page).shares == (AskedShare(criterion="cost", percent=40.0),)
    assert "Total cost to us counts 40% instead of 8%." in words(page)


def test_a_weight_moved_back_is_no_change(page):
    box = share_of(page)
    now = box.value
    box.set_value(60).run()
    named(page.number_input, "The same as a number").set_value(now).run()
    assert draft(page).is_empty


def test_two_weights_cannot_come_to_more_than_the_whole(page):
    share_of(page).set_value(70).run()
    other = share_of(page, "reach")
    assert other.max == 30
    other.set_value(30).run()
    third = choose(page, "share")
    named(third.selectbox, "Criterion").set_value("evidence").run()
    assert "The other weights asked for take everything." in html(page)
    assert not page.slider


def test_with_one_criterion_left_there_is_no_weight_to_change(page):
    criteria = [c.id for c in example().run().active_criteria]
    choose(page, "criterion")
    named(page.multiselect, "Judge without these criteria").set_value(criteria[1:]).run()
    choose(page, "share")
    assert "there is no weight to change" in html(page)


def test_other_weights_can_be_asked_about(page):
    page.segmented_control[0].set_value("p2").run()
    leave_out(page, "school")
    found = Scenario(id="x", title="X", programs_out=("school",))
    assert what_if(example(), found, weighting="p2").headline in html(page)


# --- taking back


def test_one_change_is_taken_back_and_the_others_stay(page):
    try_score(page, "mentoring", "cost", "0")
    leave_out(page, "school")
    [first, _] = [b for b in page.button if b.label == "Take back"]
    first.click().run()
    assert (draft(page).scores, draft(page).programs_out) == ((), ("school",))


@pytest.mark.parametrize(
    "one",
    [
        CHEAP.model_copy(update={"scores": (), "programs_out": ("school",)}),
        CHEAP.model_copy(update={"scores": (), "criteria_out": ("cost",)}),
        CHEAP.model_copy(update={"scores": (), "caps": (Cap(criterion="cost", limit=9.0),)}),
        CHEAP.model_copy(
            update={"scores": (), "shares": (AskedShare(criterion="cost", percent=9.0),)}
        ),
    ],
)
def test_every_kind_of_change_can_be_taken_back(open_app, on_page, one):
    page = on_page(open_app(example().with_scenario(one)), "what_if")
    button(page, "Open").click().run()
    button(page, "Take back").click().run()
    assert draft(page).is_empty


def test_what_was_taken_back_is_gone_from_its_widget(page):
    leave_out(page, "school", "campaign")
    button(page, "Take back").click().run()
    assert named(page.multiselect, "Leave out these programs").value == ["campaign"]


def test_starting_over_lets_go_of_everything(page):
    leave_out(page, "school")
    button(page, "Start over").click().run()
    assert draft(page).is_empty
    assert named(page.multiselect, "Leave out these programs").value == []


# --- staying


def test_what_is_tried_outlives_other_pages(page, on_page):
    leave_out(page, "school")
    on_page(page, "scores")
    on_page(page, "what_if")
    assert draft(page).programs_out == ("school",)
    assert MARK in html(page)


def test_what_is_tried_outlives_a_reload_in_the_same_browser(page, on_page, reload, browser):
    leave_out(page, "school")
    assert draft(on_page(reload(page), "what_if")).programs_out == ("school",)
    browser("another-browser-of-somebody")
    assert draft(on_page(reload(page), "what_if")).is_empty


def test_after_starting_over_nothing_comes_back(page, on_page, reload):
    leave_out(page, "school")
    button(page, "Start over").click().run()
    assert draft(on_page(reload(page), "what_if")).is_empty


def test_what_was_tried_on_another_project_is_left_there(page, open_app, on_page):
    leave_out(page, "school")
    other = on_page(open_app(example()), "what_if")
    assert draft(other).is_empty


# --- kept under a name


def test_it_is_saved_beside_the_ranking_which_stays(page, kept):
    leave_out(page, "school")
    named(page.text_area, "Note").set_value("Asked by the board.")
    save_as(page, "Without the school")
    (scenario,) = kept(page).scenarios
    assert (scenario.title, scenario.note) == ("Without the school", "Asked by the board.")
    assert scenario.programs_out == ("school",)
    assert kept(page).model_copy(update={"scenarios": ()}) == example().run()
    assert "The ranking itself is as it was." in page.success[0].value
    assert "Without the school: as it was saved." in html(page)


def test_without_a_name_it_is_not_saved(page, kept, problem):
    leave_out(page, "school")
    save_as(page, " ")
    assert "a name is needed here" in problem(page)
    assert kept(page).scenarios == ()
    assert draft(page).programs_out == ("school",)


def test_two_cannot_have_the_same_name(saved, kept, problem):
    leave_out(saved, "school")
    save_as(saved, "cheaper MENTORS")
    assert "Another what-if has this name already." in problem(saved)
    assert len(kept(saved).scenarios) == 1


def test_saved_ones_are_listed_with_what_is_different_and_who_is_first(saved):
    found = what_if(example(), CHEAP)
    assert "Cheaper mentors" in html(saved)
    assert "Total cost to us of Juvenile mentoring is 0 US dollars" in html(saved)
    firsts = [p.name for p in found.supposed.possible_firsts]
    assert all(name in html(saved) for name in firsts)


def test_an_opened_one_is_tried_and_its_changes_are_saved_in_its_place(saved, kept):
    button(saved, "Open").click().run()
    assert draft(saved) == CHEAP
    assert "Asked by the treasurer." in html(saved)
    leave_out(saved, "school")
    assert "Cheaper mentors: changed since it was saved." in html(saved)
    button(saved, "Save the changes").click().run()
    (scenario,) = kept(saved).scenarios
    assert scenario == CHEAP.with_programs_out(["school"])


def test_an_opened_one_can_be_saved_as_another(saved, kept):
    button(saved, "Open").click().run()
    leave_out(saved, "school")
    save_as(saved, "Cheaper, no school", "Save as another")
    assert [s.title for s in kept(saved).scenarios] == ["Cheaper mentors", "Cheaper, no school"]
    assert kept(saved).scenarios[0] == CHEAP
    assert "Cheaper, no school: as it was saved." in html(saved)


def test_a_copy_has_a_name_of_its_own_and_is_opened(saved, kept):
    button(saved, "Duplicate").click().run()
    button(saved, "Duplicate").click().run()
    titles = [s.title for s in kept(saved).scenarios]
    assert titles == ["Cheaper mentors", "Cheaper mentors (copy)", "Cheaper mentors (copy) 2"]
    assert draft(saved).title == "Cheaper mentors (copy) 2"


def test_it_is_renamed_also_while_it_is_open(saved, kept):
    button(saved, "Open").click().run()
    named(saved.text_input, "New name").set_value("Cheap")
    button(saved, "Rename it").click().run()
    assert kept(saved).scenarios[0].title == "Cheap"
    assert "Cheap: as it was saved." in html(saved)
    assert named(saved.text_input, "Name").value == "Cheap"


def test_a_name_and_a_note_half_typed_outlive_a_reload(page, on_page, reload):
    leave_out(page, "school")
    named(page.text_input, "Name").set_value("Without the sch")
    named(page.text_area, "Note").set_value("Asked by").run()
    again = on_page(reload(page), "what_if")
    assert named(again.text_input, "Name").value == "Without the sch"
    assert named(again.text_area, "Note").value == "Asked by"


def test_starting_over_lets_go_of_a_name_half_typed(page):
    leave_out(page, "school")
    named(page.text_input, "Name").set_value("Without the sch").run()
    button(page, "Start over").click().run()
    leave_out(page, "school")
    assert named(page.text_input, "Name").value == ""


def test_a_name_that_is_taken_or_missing_is_refused(saved, kept, problem):
    button(saved, "Duplicate").click().run()
    saved.selectbox(key="what-if-manage-cheap-cheaper-mentors-copy").set_value("cheap").run()
    named(saved.text_input, "New name").set_value("cheaper mentors (COPY)")
    button(saved, "Rename it").click().run()
    assert "Another what-if has this name already." in problem(saved)
    named(saved.text_input, "New name").set_value("")
    button(saved, "Rename it").click().run()
    assert "a name is needed here" in problem(saved)
    assert kept(saved).scenarios[0].title == "Cheaper mentors"


def test_a_deleted_one_comes_back_by_undo_and_what_is_tried_stays(saved, kept, undo):
    button(saved, "Open").click().run()
    button(saved, "Delete").click().run()
    assert kept(saved).scenarios == ()
    assert draft(saved).scores == CHEAP.scores
    assert "Save this what-if" in labels(saved)
    undo(saved)
    assert kept(saved).scenarios == (CHEAP,)


def test_a_decided_selection_can_be_asked_about_but_keeps_no_what_if(open_app, on_page):
    record = Record(choice="survivor_mentors", reasons="We agreed.")
    decided = example().with_scenario(CHEAP).decide(record)
    page = on_page(open_app(decided), "what_if")
    leave_out(page, "school")
    assert MARK in html(page)
    assert button(page, "Save this what-if").disabled
    assert button(page, "Delete").disabled
    assert not button(page, "Open").disabled


def test_a_what_if_saved_elsewhere_meanwhile_is_not_overwritten(page, kept, edit_elsewhere):
    leave_out(page, "school")
    edit_elsewhere(page, lambda p: p.with_scenario(CHEAP))
    named(page.text_input, "Name").set_value("Without the school")
    button(page, "Save this what-if").click().run()
    assert kept(page).scenarios == (CHEAP,)
    assert draft(page).programs_out == ("school",)


# --- what is not there any more


def test_a_saved_one_that_names_what_is_gone_says_so_and_can_be_mended(open_app, on_page, kept):
    broken = CHEAP.with_programs_out(["gone"])
    page = on_page(open_app(example().with_scenario(broken)), "what_if")
    button(page, "Open").click().run()
    assert "It names a program &#x27;gone&#x27; that is not there any more." in html(page)
    assert "“gone” is not there any more." in words(page)
    [_, gone] = [b for b in page.button if b.label == "Take back"]
    gone.click().run()
    button(page, "Save the changes").click().run()
    assert kept(page).scenarios == (CHEAP,)


def test_one_that_cannot_be_ranked_is_listed_as_such(open_app, on_page):
    nothing = Scenario(id="none", title="None", criteria_out=("gone",))
    decision = example().with_scenario(nothing)
    every = tuple(c.id for c in decision.run().active_criteria)
    decision = decision.with_scenario(nothing.with_criteria_out(every))
    page = on_page(open_app(decision), "what_if")
    assert "cannot be ranked" in html(page)


def test_a_program_set_aside_meanwhile_is_no_choice_any_more(page, edit_elsewhere):
    leave_out(page, "school")
    out = example().run().framing.programs_out
    aside = Framing(programs_out=(*out, LeftOut(item="school", reason="Closed.")))
    edit_elsewhere(page, lambda p: p.with_framing(aside))
    page.run()
    assert not page.exception
    assert "which does not count, so nothing comes of that" in html(page)
    assert "School prevention lessons" not in (
        named(page.multiselect, "Leave out these programs").options
    )


def test_the_slider_begins_at_what_was_asked_for(open_app, on_page):
    asked = CHEAP.model_copy(update={"shares": (AskedShare(criterion="cost", percent=33.0),)})
    page = on_page(open_app(example().with_scenario(asked)), "what_if")
    button(page, "Open").click().run()
    assert share_of(page).value == 33
    now = round(100 * used_weights(example().run()).weights["cost"])
    assert f"33% instead of {now}%." in html(page)


# --- names


def test_hostile_names_are_text(open_app, on_page):
    hostile = '</script><img src=x onerror=alert(1)> **x** [a](http://b) =HYPERLINK("x")'
    decision = example()
    run = decision.run()
    for program in run.candidates[:3]:
        decision = decision.with_program(program.model_copy(update={"name": hostile}))
    cost = run.criterion("cost").model_copy(update={"name": hostile})
    decision = decision.with_criterion(cost)
    decision = decision.with_scenario(CHEAP.model_copy(update={"title": hostile, "note": hostile}))
    page = on_page(open_app(decision), "what_if")
    button(page, "Open").click().run()
    leave_out(page, "school")
    assert not page.exception
    assert "<img" not in html(page)
    shown = " ".join(m.value for m in page.markdown)
    assert "<img" not in shown.replace("\\<img", "")
