"""Evaluate: the answer first, what may be shown, and every list with its form."""

from __future__ import annotations

from datetime import date

import pytest

from mcda.app.state import store
from mcda.lifecycle.evaluating import evaluation_headline
from mcda.lifecycle.indicator_templates import indicator_templates
from mcda.lifecycle.indicators import indicator_states
from mcda.project import (
    Evaluation,
    Indicator,
    Lesson,
    NextStep,
    Observation,
    Part,
    Project,
    Study,
)
from mcda.project.templates import example

CANARY = 7
HOSTILE = '</script><img src=x onerror=alert(1)> **x** [a](http://b) =HYPERLINK("x")'
TWO_YEARS_ON = "elm_county_two_years_on"
SPRING = {"starts_on": date(2027, 1, 1), "ends_on": date(2027, 3, 31)}
SUMMER = {"starts_on": date(2027, 4, 1), "ends_on": date(2027, 6, 30)}
LINKED = Indicator(
    id="linked", name="Linked in time", measure="share", target=80.0, counted="Linked"
)
FOUND = Indicator(id="found", name="Concerns found", better="neither", groups=("Boys", "Girls"))


def measured(*observations: Observation, indicators=(LINKED, FOUND)) -> Project:
    evaluation = Evaluation(indicators=indicators, observations=observations)
    return Project.new("Which program?").with_evaluation(evaluation)


def html(app) -> str:
    return " ".join(h.proto.body for h in app.get("html"))


def notes(app) -> str:
    return html(app) + " ".join(m.value for m in [*app.markdown, *app.caption])


def button(app, label: str):
    return next(b for b in app.button if b.label == label)


def named(items, label: str):
    return next(i for i in items if i.label == label)


def links(app) -> list[str]:
    return [link.proto.label for link in app.get("page_link")]


def part(app, name: str):
    return app.segmented_control(key="evaluate-part").set_value(name).run()


@pytest.fixture
def evaluation():
    """``evaluation(app)`` reads the evaluation that is kept."""

    def read(app) -> Evaluation:
        return store().get(app.session_state["bestfit"].saved.key).project.evaluation

    return read


@pytest.fixture
def page(open_app, on_page):
    """The page of the second example."""
    return on_page(open_app(example(TWO_YEARS_ON)), "evaluate")


@pytest.fixture
def fresh(open_app, on_page):
    """The page of a project with two indicators and nothing observed."""
    return on_page(open_app(measured()), "evaluate")


# --- the answer


def test_the_answer_says_how_the_indicators_stand(page):
    states = indicator_states(example(TWO_YEARS_ON))
    assert evaluation_headline(states) in html(page)
    assert not page.exception


def test_open_reasons_to_look_again_are_counted_and_linked(open_app, on_page):
    seen = [Observation(indicator="linked", count=20, of=80, **days) for days in (SPRING, SUMMER)]
    page = on_page(open_app(measured(*seen)), "evaluate")
    assert "There is 1 open reason to look at the decision again." in html(page)
    assert "Go to Select again" in links(page)


def test_without_an_open_reason_nothing_is_said_of_one(fresh):
    assert "to look at the decision again" not in html(fresh)


def test_an_empty_evaluation_says_how_to_begin(blank, on_page):
    page = on_page(blank, "evaluate")
    assert "Nothing is measured yet. Begin with one indicator." in html(page)
    for name in ("observed", "indicators", "plan", "lessons", "next", "open"):
        part(page, name)
        assert not page.exception


def test_a_chart_has_words_and_a_table(page):
    (chart,) = page.get("plotly_chart")
    assert chart.proto.alt.startswith("Line chart of Young people screened by trained staff: ")
    assert "Young people screened by trained staff: what was observed" in html(page)


def test_another_indicator_is_shown_on_request(page):
    named(page.selectbox, "Indicator").set_value("concern").run()
    assert "Neither more nor less is good by itself." in html(page)
    assert "off target</td>" in html(page)
    assert "How it stands" in html(page)


def test_periods_of_another_length_stand_in_the_table_alone(open_app, on_page):
    week = {"starts_on": date(2027, 1, 1), "ends_on": date(2027, 1, 7)}
    page = on_page(
        open_app(measured(Observation(indicator="found", count=20, **week), indicators=(FOUND,))),
        "evaluate",
    )
    assert not page.get("plotly_chart")
    assert "No period is as long as this indicator says" in html(page)
    assert "Concerns found: what was observed" in html(page)


def test_names_are_shown_as_they_are(open_app, on_page):
    odd = Indicator(id="odd", name=HOSTILE, groups=("<b>x</b>",), unit="<i>")
    seen = Observation(indicator="odd", count=40, **SPRING)
    page = on_page(open_app(measured(seen, indicators=(odd,))), "evaluate")
    assert not page.exception
    assert "<img" not in html(page)
    assert "<b>x</b>" not in html(page)
    (chart,) = page.get("plotly_chart")
    assert "<img" not in chart.proto.spec


# --- small counts


def test_a_small_count_is_nowhere_but_in_its_own_form(open_app, on_page):
    small = Observation(indicator="found", count=473, parts=(Part(group="Boys", count=461),
                        Part(group="Girls", count=9)), note="", **SPRING)  # fmt: skip
    few = Observation(indicator="linked", count=CANARY, of=459, **SPRING)
    page = on_page(open_app(measured(few, small)), "evaluate")
    for indicator in ("linked", "found"):
        named(page.selectbox, "Indicator").set_value(indicator).run()
        assert "hidden for privacy" in html(page)
        for table in (h.proto.body for h in page.get("html")):
            assert f">{CANARY}<" not in table
            assert ">9<" not in table
            assert "1.5%" not in table
        for chart in page.get("plotly_chart"):
            assert f'"y":[{CANARY}' not in chart.proto.spec.replace(" ", "")
            assert "1.5" not in chart.proto.alt + chart.proto.spec
    part(page, "observed")
    named(page.selectbox, "Indicator").set_value("linked").run()
    assert named(page.number_input, "Linked").value is None
    named(page.selectbox, "Period to add or change").set_value("2027-01-01-2027-03-31").run()
    assert named(page.number_input, "Linked").value == CANARY


# --- what was observed


def test_an_observation_with_groups_is_added_and_shown(fresh, evaluation):
    part(fresh, "observed")
    named(fresh.selectbox, "Indicator").set_value("found").run()
    named(fresh.date_input, "First day").set_value(SPRING["starts_on"])
    named(fresh.date_input, "Last day").set_value(SPRING["ends_on"])
    named(fresh.number_input, "How many").set_value(48)
    named(fresh.number_input, "Boys: how many").set_value(20)
    named(fresh.text_area, "Note, kept out of every edition for others").set_value("One office.")
    button(fresh, "Add the observation").click().run()
    assert evaluation(fresh).observations == (
        Observation(indicator="found", count=48, note="One office.",
                    parts=(Part(group="Boys", count=20),), **SPRING),
    )  # fmt: skip
    assert "Saved: observation of “Concerns found”." in fresh.success[0].value


def test_a_new_one_begins_with_the_period_after_the_last(open_app, on_page):
    seen = Observation(indicator="linked", count=20, of=80, **SPRING)
    page = part(on_page(open_app(measured(seen)), "evaluate"), "observed")
    assert named(page.date_input, "First day").value == SUMMER["starts_on"]
    assert named(page.date_input, "Last day").value == SUMMER["ends_on"]


def test_an_observation_is_changed_also_in_its_period(open_app, on_page, evaluation):
    seen = Observation(indicator="linked", count=20, of=80, **SPRING)
    page = part(on_page(open_app(measured(seen)), "evaluate"), "observed")
    named(page.selectbox, "Period to add or change").set_value("2027-01-01-2027-03-31").run()
    named(page.date_input, "First day").set_value(SUMMER["starts_on"])
    named(page.date_input, "Last day").set_value(SUMMER["ends_on"])
    named(page.number_input, "Linked").set_value(30)
    button(page, "Save the observation").click().run()
    assert evaluation(page).observations == (
        Observation(indicator="linked", count=30, of=80, **SUMMER),
    )


def test_an_observation_is_removed_and_comes_back(open_app, on_page, evaluation, undo):
    seen = Observation(indicator="linked", count=20, of=80, **SPRING)
    page = part(on_page(open_app(measured(seen)), "evaluate"), "observed")
    named(page.selectbox, "Period to add or change").set_value("2027-01-01-2027-03-31").run()
    button(page, "Remove it").click().run()
    assert evaluation(page).observations == ()
    undo(page)
    assert evaluation(page).observations == (seen,)


def add(app, first: date, last: date, **numbers: int):
    """Fill in a new observation of the share and try to save it."""
    part(app, "observed")
    named(app.date_input, "First day").set_value(first)
    named(app.date_input, "Last day").set_value(last)
    for label, number in numbers.items():
        named(app.number_input, label.replace("_", " ")).set_value(number)
    button(app, "Add the observation").click().run()


def test_what_does_not_fit_is_refused_in_words_and_stays(fresh, evaluation, problem):
    add(fresh, *SPRING.values(), Linked=30, Of_how_many=20)
    assert "a part cannot be larger than what it is a part of" in problem(fresh)
    assert evaluation(fresh).observations == ()
    assert named(fresh.number_input, "Linked").value == 30


def test_without_a_number_or_a_day_nothing_is_saved(fresh, problem):
    add(fresh, *SPRING.values())
    assert "Enter what was observed; 0 is a number, too." in problem(fresh)
    named(fresh.date_input, "Last day").set_value(None)
    button(fresh, "Add the observation").click().run()
    assert "Give the first and the last day of the period." in problem(fresh)


def test_a_period_that_is_there_is_not_written_over(open_app, on_page, evaluation, problem):
    seen = Observation(indicator="linked", count=20, of=80, **SPRING)
    page = on_page(open_app(measured(seen)), "evaluate")
    add(page, *SPRING.values(), Linked=30, Of_how_many=90)
    assert "This period is there already." in problem(page)
    assert evaluation(page).observations == (seen,)


def test_what_is_typed_outlives_other_parts(fresh):
    part(fresh, "observed")
    named(fresh.number_input, "Linked").set_value(12).run()
    part(fresh, "lessons")
    part(fresh, "observed")
    assert named(fresh.number_input, "Linked").value == 12


def test_what_is_typed_of_a_period_that_was_removed_elsewhere_is_shown(
    open_app, on_page, edit_elsewhere
):
    seen = Observation(indicator="linked", count=20, of=80, **SPRING)
    page = part(on_page(open_app(measured(seen)), "evaluate"), "observed")
    named(page.selectbox, "Period to add or change").set_value("2027-01-01-2027-03-31").run()
    named(page.text_area, "Note, kept out of every edition for others").set_value("Late.").run()
    edit_elsewhere(page, lambda p: p.with_evaluation(p.evaluation.without_observation(seen.place)))
    page.run()
    assert not page.exception
    assert "which is not there any more" in html(page)
    assert "Late." in html(page)


def give(app, table: bytes):
    """Give a table to the page and read it in."""
    part(app, "observed")
    app.get("file_uploader")[0].set_value(("spring.csv", table, "text/csv")).run()
    return button(app, "Read it in").click().run()


TABLE = b"indicator,starts_on,ends_on,count,of\nLinked in time,2027-01-01,2027-03-31,24,32\n"


def test_a_table_is_read_in(fresh, evaluation):
    give(fresh, TABLE)
    assert evaluation(fresh).observations == (
        Observation(indicator="linked", count=24, of=32, **SPRING),
    )
    assert "Periods read: 1 new, 0 changed." in fresh.success[0].value


def test_of_a_table_with_a_bad_row_nothing_is_taken_over(fresh, evaluation, problem):
    give(fresh, TABLE + b"Linkd,2027-04-01,2027-06-30,24,32\n")
    assert "row 3, column A (indicator): There is no indicator “Linkd”." in problem(fresh)
    assert evaluation(fresh).observations == ()


def test_a_table_to_fill_in_is_offered_in_both_kinds(fresh):
    part(fresh, "observed")
    offered = [d.proto.label for d in fresh.get("download_button")]
    assert offered == ["Table to fill in (CSV)", "Table to fill in (XLSX)"]


# --- indicators


def test_a_ready_made_indicator_is_added_with_where_it_was_used(blank, on_page, evaluation):
    page = part(on_page(blank, "evaluate"), "indicators")
    template = indicator_templates().indicators[0]
    assert template.basis
    assert template.basis in html(page).replace("&#x27;", "'")
    button(page, "Add this indicator").click().run()
    (added,) = evaluation(page).indicators
    assert (added.name, added.note) == (template.name, template.basis)
    assert template.name not in named(page.selectbox, "Ready-made indicator").options


def test_an_own_indicator_is_added_with_its_groups(fresh, evaluation):
    part(fresh, "indicators")
    named(fresh.text_input, "What is measured").set_value("Nights in a safe place")
    named(fresh.selectbox, "Kind").set_value("outcome")
    named(fresh.text_area, "Groups, one to a line").set_value("Girls\n\n Boys \n")
    named(fresh.number_input, "Target").set_value(300.0)
    named(fresh.number_input, "Smallest count to show").set_value(20)
    named(fresh.selectbox, "Who may see it").set_value("public")
    button(fresh, "Add the indicator").click().run()
    assert evaluation(fresh).indicators[-1] == Indicator(
        id="nights-in-a-safe-place", name="Nights in a safe place", kind="outcome",
        groups=("Girls", "Boys"), target=300.0, smallest_count=20, share="public",
    )  # fmt: skip


def test_a_smallest_count_below_ten_is_refused(fresh, evaluation, problem):
    part(fresh, "indicators")
    named(fresh.text_input, "What is measured").set_value("Nights")
    named(fresh.number_input, "Smallest count to show").set_value(5)
    button(fresh, "Add the indicator").click().run()
    assert "Smallest count: it must be 10 or more." in problem(fresh)
    assert len(evaluation(fresh).indicators) == 2


def test_an_indicator_goes_with_its_observations_and_comes_back(
    open_app, on_page, evaluation, undo
):
    seen = Observation(indicator="linked", count=20, of=80, **SPRING)
    page = part(on_page(open_app(measured(seen)), "evaluate"), "indicators")
    named(page.selectbox, "Indicator to add or change").set_value("linked").run()
    button(page, "Remove it").click().run()
    assert [i.id for i in evaluation(page).indicators] == ["found"]
    assert evaluation(page).observations == ()
    undo(page)
    assert evaluation(page).observations == (seen,)


def test_a_renamed_group_keeps_its_numbers_and_one_with_numbers_stays(
    open_app, on_page, evaluation, problem
):
    boys = Part(group="Boys", count=20)
    seen = Observation(indicator="found", count=48, parts=(boys,), **SPRING)
    page = part(on_page(open_app(measured(seen)), "evaluate"), "indicators")
    named(page.selectbox, "Indicator to add or change").set_value("found").run()
    named(page.text_area, "Groups, one to a line").set_value("Girls")
    button(page, "Save the indicator").click().run()
    assert "The group “Boys” has numbers in 1 period." in problem(page)
    named(page.text_area, "Groups, one to a line").set_value("Young men\nGirls")
    button(page, "Save the indicator").click().run()
    (kept,) = evaluation(page).observations
    assert kept.parts == (Part(group="Young men", count=20),)


def test_what_hidden_means_is_said_where_something_is(open_app, on_page, fresh):
    assert "Hidden for privacy:" not in notes(fresh)
    few = Observation(indicator="linked", count=4, of=80, **SPRING)
    page = on_page(open_app(measured(few)), "evaluate")
    assert "Hidden for privacy: a small count of people" in notes(page)


def test_a_small_baseline_is_not_shown_in_the_list(open_app, on_page):
    few = FOUND.model_copy(update={"baseline": 8.0, "groups": ()})
    page = part(on_page(open_app(measured(indicators=(few,))), "evaluate"), "indicators")
    assert "hidden for privacy" in html(page)
    assert ">8<" not in html(page)


def test_an_indicator_is_linked_to_what_is_there(page, evaluation):
    part(page, "indicators")
    named(page.selectbox, "Indicator to add or change").set_value("concern").run()
    named(page.selectbox, "Bears on the criterion").set_value("reach")
    named(page.selectbox, "Of the program").set_value("survivor_mentors")
    button(page, "Save the indicator").click().run()
    kept = evaluation(page).item(Indicator, "concern")
    assert (kept.criterion, kept.program) == ("reach", "survivor_mentors")


# --- plan, lessons, what next, passing on


def test_the_evaluation_plan_is_saved(fresh, evaluation):
    part(fresh, "plan")
    named(fresh.text_input, "With whom").set_value("State university")
    named(fresh.selectbox, "Kind of partner").set_value("academic")
    named(fresh.selectbox, "Review board").set_value("submitted")
    button(fresh, "Save the evaluation plan").click().run()
    assert evaluation(fresh).study == Study(
        partner="State university", partner_type="academic", review_board="submitted"
    )


def test_what_was_heard_of_the_program_is_saved(page, evaluation):
    part(page, "plan")
    named(page.selectbox, "Is it still offered?").set_value("not available")
    button(page, "Save what was heard").click().run()
    assert evaluation(page).availability.status == "not available"


def test_a_lesson_is_kept_with_who_may_see_it(fresh, evaluation):
    part(fresh, "lessons")
    named(fresh.text_input, "The lesson, in one line").set_value("Ask boys, too")
    named(fresh.selectbox, "About the phase").set_value("implement")
    named(fresh.selectbox, "Who may see it").set_value("partners")
    button(fresh, "Add the lesson").click().run()
    assert evaluation(fresh).lessons == (
        Lesson(id="ask-boys-too", name="Ask boys, too", phase="implement", share="partners"),
    )
    assert "Ask boys, too" in html(fresh)


def test_what_comes_next_needs_a_choice(fresh, evaluation, problem):
    part(fresh, "next")
    named(fresh.text_input, "What comes next, in one line").set_value("We look again")
    button(fresh, "Add the next step").click().run()
    assert evaluation(fresh).next_steps == ()
    assert "choose one" in problem(fresh)
    named(fresh.radio, "We").set_value("select again")
    button(fresh, "Add the next step").click().run()
    assert evaluation(fresh).next_steps == (
        NextStep(id="we-look-again", name="We look again", choice="select again"),
    )
    assert "Go to Select again" in links(fresh)


def test_what_may_be_passed_on_is_said_and_saved(page, evaluation):
    part(page, "open")
    public = [x.name for x in evaluation(page).lessons if x.share == "public"]
    assert "; ".join(public) in html(page)
    named(page.multiselect, "Parts that may be passed on").set_value(["place", "decision"])
    button(page, "Save what may be passed on").click().run()
    assert set(evaluation(page).open_to_all) == {"place", "decision"}


def test_open_questions_about_the_evaluation_are_listed(fresh):
    assert [e.label for e in fresh.expander if "Open questions" in e.label] == [
        "Open questions about the evaluation: 2"
    ]
