"""Diagnose: what drives the problem, how ready we are, and what that proposes to the selection."""

from __future__ import annotations

import html
import itertools
from datetime import date

import pytest

from mcda import catalog
from mcda.app.state import store
from mcda.lifecycle import match_grid
from mcda.project import (
    Condition,
    Diagnosis,
    Exact,
    Factor,
    Project,
    ReadinessItem,
    Record,
    Unknown,
)
from mcda.project.document import Hotline
from mcda.project.entering import revised
from mcda.project.readiness import readiness_questions
from mcda.project.templates import apply_template, example

TOLD_ON = date(2026, 11, 20)  # the day of the worked example


@pytest.fixture
def page(app, on_page):
    return on_page(app, "diagnose")


@pytest.fixture
def new(blank, on_page):
    """The page on a new project, with nothing in the diagnosis."""
    return on_page(blank, "diagnose")


def part(page, name: str):
    return control(page, "Part").set_value(name).run()


def control(page, label: str):
    return next(b for b in page.get("button_group") if b.label == label)


def field(page, label: str):
    every = (page.text_input, page.text_area, page.date_input, page.selectbox, page.multiselect)
    return next(w for w in itertools.chain(*every) if w.label == label)


def fill(page, label: str, value: object):
    return field(page, label).set_value(value).run()


def press(page, label: str):
    return next(b for b in page.button if b.label == label).click().run()


def labels(page) -> list[str]:
    return [b.label for b in page.button]


def words(page) -> str:
    return " ".join(h.body for h in page.get("html") if not h.body.startswith("<style"))


def project(page) -> Project:
    return store().get(page.session_state["bestfit"].saved.key).project


def diagnosis(page) -> Diagnosis:
    return project(page).diagnosis


def decided() -> Project:
    settled = example()
    record = Record(choice="screening", reasons="Agreed.", decided_on=date(2026, 10, 1))
    return settled.decide(record)


# --- the page


def test_the_answer_says_what_comes_first_and_how_ready_we_are(page):
    assert "Readiness is low in 2 of 10 things, each with an answer." in words(page)
    assert "Next:" not in words(page)


def test_a_new_diagnosis_says_what_is_next(new):
    assert "Nobody has said yet what comes first." in words(new)
    assert "Next: State the problem." in words(new)


def test_every_part_of_a_new_project_can_be_looked_at(new):
    for name in ("factors", "services", "readiness", "goals", "must-haves", "match", "supports"):
        assert part(new, name).header
        assert not new.exception
        assert not new.error


# --- the problem


def test_the_problem_is_saved_with_the_fields_nobody_touched_left_alone(page):
    before = diagnosis(page)
    fill(page, "What is the problem here?", "It is hidden.")
    press(page, "Save the problem")
    assert diagnosis(page) == revised(before, problem="It is hidden.")


def test_a_text_that_tells_of_one_person_is_warned_of_before_it_is_saved(page):
    fill(page, "For which groups?", "A 14-year-old girl, case no. 23-0815")
    assert "This looks like a case number and one young person" in page.warning[0].value
    assert diagnosis(page) == example().diagnosis
    press(page, "Save the problem")
    assert diagnosis(page).population == "A 14-year-old girl, case no. 23-0815"


def test_undo_brings_the_problem_back_into_its_field(page, undo):
    fill(page, "What is the problem here?", "It is hidden.")
    press(page, "Save the problem")
    undo(page)
    assert field(page, "What is the problem here?").value == example().diagnosis.problem


def test_what_is_typed_outlives_a_look_at_another_part(page):
    fill(page, "What is the problem here?", "It is hidden.")
    part(page, "factors")
    part(page, "problem")
    assert field(page, "What is the problem here?").value == "It is hidden."


def test_another_tabs_edit_is_kept_and_so_is_what_was_typed(page, edit_elsewhere):
    fill(page, "What is the problem here?", "It is hidden.")
    edit_elsewhere(page, lambda p: p.with_diagnosis(revised(p.diagnosis, place="Online.")))
    press(page, "Save the problem")
    assert field(page, "What is the problem here?").value == "It is hidden."
    press(page, "Save the problem")
    assert (diagnosis(page).problem, diagnosis(page).place) == ("It is hidden.", "Online.")


# --- factors, services, goals


def test_a_factor_is_added(new):
    part(new, "factors")
    fill(new, "The factor, in one line", "Nobody asks")
    fill(new, "Kind", "system gap")
    fill(new, "Priority", "high")
    fill(new, "How do we know? Totals, reports, meetings", "Forms of 2025")
    press(new, "Add the factor")
    [factor] = diagnosis(new).factors
    assert (factor.kind, factor.priority, factor.source) == ("system gap", "high", "Forms of 2025")
    assert "Nobody asks" in words(new)


def test_a_factor_without_a_name_is_refused_and_what_was_typed_stays(new, problem):
    part(new, "factors")
    fill(new, "How do we know? Totals, reports, meetings", "Forms of 2025")
    press(new, "Add the factor")
    assert "Name: a name is needed here." in problem(new)
    assert diagnosis(new).factors == ()
    assert field(new, "How do we know? Totals, reports, meetings").value == "Forms of 2025"


def test_a_service_is_tied_to_the_catalogue_and_to_a_factor(page):
    part(page, "services")
    entry = catalog.entries()[0]
    fill(page, "The service or strength", "A shelter")
    fill(page, "In the catalogue", entry.id)
    fill(page, "Which factors does it act on?", ["online"])
    press(page, "Add the service")
    added = diagnosis(page).assets[-1]
    assert (added.name, added.catalog_id, added.factors) == ("A shelter", entry.id, ("online",))


def test_a_goal_has_a_day(page):
    part(page, "goals")
    fill(page, "What will be different", "Help within a day")
    fill(page, "By when", date(2028, 1, 31))
    press(page, "Add the goal")
    assert diagnosis(page).goals[-1].by == date(2028, 1, 31)


def test_a_factor_is_removed_with_what_refers_to_it(page):
    part(page, "factors")
    fill(page, "Factor to add or change", "online")
    press(page, "Remove it")
    assert "online" not in {f.id for f in diagnosis(page).factors}
    assert all("online" not in asset.factors for asset in diagnosis(page).assets)


# --- must-haves


def with_condition(of: Project) -> Project:
    new = Condition(id="night", name="Open at night", definition="After 8 in the evening.")
    return of.with_diagnosis(of.diagnosis.with_item(new))


def test_a_condition_is_carried_into_the_selection_on_request(open_app, on_page):
    page = part(on_page(open_app(with_condition(example())), "diagnose"), "must-haves")
    press(page, "Make it a must-have")
    carried = project(page).run().evidence.must_haves[-1]
    assert (carried.name, carried.definition) == ("Open at night", "After 8 in the evening.")
    assert "Make it a must-have" not in labels(page)
    assert "All of these are must-haves of the selection." in words(page)


def test_conditions_that_are_must_haves_are_not_offered_again(page):
    assert "Make it a must-have" not in labels(part(page, "must-haves"))


def test_nothing_is_carried_into_a_decided_run(open_app, on_page):
    page = part(on_page(open_app(with_condition(decided())), "diagnose"), "must-haves")
    carry = next(b for b in page.button if b.label == "Make it a must-have")
    assert carry.disabled
    assert "Select again" in carry.help


# --- readiness


def test_the_questions_are_brought_in(new):
    part(new, "readiness")
    press(new, "Start from these questions")
    assert len(diagnosis(new).readiness) == len(readiness_questions())
    assert "Start from these questions" not in labels(new)


def test_only_the_questions_that_are_missing_are_brought_in(page):
    saved = diagnosis(page)
    part(page, "readiness")
    assert "Bring in the questions that are missing" not in labels(page)
    less = saved.without_item(ReadinessItem, saved.readiness[0].id)
    page.session_state["bestfit"].saved = store().save(
        page.session_state["bestfit"].saved.key,
        project(page).with_diagnosis(less),
        page.session_state["bestfit"].saved.revision,
        "less",
    )
    press(page.run(), "Bring in the questions that are missing")
    assert set(diagnosis(page).readiness) != set(saved.readiness)
    assert {i.id for i in diagnosis(page).readiness} == {i.id for i in saved.readiness}


def test_a_click_rates_and_a_low_rating_asks_what_will_be_done(new):
    part(new, "readiness")
    press(new, "Start from these questions")
    first = diagnosis(new).readiness[0]
    assert "Save what we will do" not in labels(new)
    control(new, first.name).set_value(1).run()
    assert diagnosis(new).readiness[0].rating == 1
    fill(new, "What will we do about it?", "Meet the leaders.")
    fill(new, "Who, by role", "Coordinator")
    fill(new, "By when", date(2027, 3, 1))
    press(new, "Save what we will do")
    answered = diagnosis(new).readiness[0]
    assert (answered.action, answered.owner) == ("Meet the leaders.", "Coordinator")
    assert (answered.rating, answered.act_by) == (1, date(2027, 3, 1))


def test_a_rating_can_be_taken_back(page, undo):
    part(page, "readiness")
    first = diagnosis(page).readiness[0]
    control(page, first.name).set_value(None).run()
    assert diagnosis(page).readiness[0].rating is None
    undo(page)
    assert control(page, first.name).value == first.rating


def test_both_ends_are_told_in_words(page):
    part(page, "readiness")
    question = readiness_questions()[0]
    assert html.escape(question.low) in words(page)
    assert html.escape(question.high) in words(page)


def test_an_answer_stays_in_sight_when_the_rating_rises(page):
    part(page, "readiness")
    low = diagnosis(page).low_readiness[0]
    control(page, low.name).set_value(5).run()
    assert field(page, "What will we do about it?").value == low.action


def test_a_question_of_ones_own_is_added_rated_and_removed(new):
    part(new, "readiness")
    fill(new, "What does it take?", "A van")
    fill(new, "Part", "general capacity")
    press(new, "Add the question")
    [own] = diagnosis(new).readiness
    assert (own.name, own.part) == ("A van", "general capacity")
    assert "not at all" in words(new)
    press(new, "Remove this question")
    assert diagnosis(new).readiness == ()


def test_a_question_without_its_part_is_refused_and_stays(new, problem):
    part(new, "readiness")
    fill(new, "What does it take?", "A van")
    press(new, "Add the question")
    assert "Part: choose one." in problem(new)
    assert field(new, "What does it take?").value == "A van"


def test_who_rated_is_kept(page):
    part(page, "readiness")
    fill(page, "Who rated, by role", "Six leaders")
    press(page, "Save who rated")
    assert diagnosis(page).raters == "Six leaders"


# --- match


def open_program(open_app, on_page, of: Project, program: str):
    """The part Match with the line of one program open."""
    page = part(on_page(open_app(of), "diagnose"), "match")
    page.session_state[f"match-{program}"] = True
    return page.run()


def without_match(of: Project, program: str) -> Project:
    return of.without_score(program, "problem_match")


def match_score(page, program: str):
    return project(page).run().score(program, "problem_match")


def first_program(of: Project) -> str:
    return match_grid(of).programs[1].id


def test_without_priority_factors_nothing_is_matched(new):
    part(new, "match")
    assert "No factor has high priority yet" in words(new)
    assert "Save how it acts" not in labels(new)


def test_without_programs_it_leads_to_them(open_app, on_page):
    of = Project.new("Which?")
    factor = Factor(id="a", name="A", priority="high")
    for program in of.run().evidence.programs:
        of = of.without_program(program.id)
    of = of.with_diagnosis(of.diagnosis.with_item(factor))
    page = part(on_page(open_app(of), "diagnose"), "match")
    assert "Go to Programs" in [link.label for link in page.get("page_link")]


def test_the_grid_tells_every_pair(page):
    part(page, "match")
    assert words(page).count("Indirectly") == sum(
        link.acts == "indirectly" for link in match_grid(example()).links.values()
    )


def test_a_pair_nobody_has_judged_says_so(open_app, on_page):
    of = example()
    link = of.diagnosis.links[0]
    less = of.with_diagnosis(of.diagnosis.without_link(link.factor, link.program))
    page = part(on_page(open_app(less), "diagnose"), "match")
    assert words(page).count('class="bf-unknown">not judged') == 1


def test_how_a_program_acts_is_judged_and_taken_back(open_app, on_page):
    of = example()
    program = first_program(of)
    page = open_program(open_app, on_page, of, program)
    factor = match_grid(of).factors[0]
    fill(page, f"Factor 1: {factor.name}", "indirectly")
    fill(page, "How, or why not? (factor 1)", "It tells staff.")
    press(page, "Save how it acts")
    link = diagnosis(page).link(factor.id, program)
    assert (link.acts, link.reason) == ("indirectly", "It tells staff.")
    fill(page, f"Factor 1: {factor.name}", "")
    press(page, "Save how it acts")
    assert diagnosis(page).link(factor.id, program) is None


def test_a_reason_without_a_judgement_is_refused_and_stays(open_app, on_page, problem):
    of = example()
    program = first_program(of)
    factor = match_grid(of).factors[0]
    less = of.with_diagnosis(of.diagnosis.without_link(factor.id, program))
    page = open_program(open_app, on_page, less, program)
    fill(page, "How, or why not? (factor 1)", "It tells staff.")
    press(page, "Save how it acts")
    assert "Choose how it acts" in problem(page)
    assert field(page, "How, or why not? (factor 1)").value == "It tells staff."


def test_a_proposal_becomes_a_score_only_when_it_is_accepted(open_app, on_page):
    program = first_program(example())
    page = open_program(open_app, on_page, without_match(example(), program), program)
    assert match_score(page, program) is None
    press(page, "Accept level 4")
    score = match_score(page, program)
    assert score.amount == Exact(value=4.0)
    assert (score.as_of, score.source[:14]) == (TOLD_ON, "Our diagnosis:")
    assert "Accept level 4" not in labels(page)


def with_level(of: Project, program: str, level: float) -> Project:
    run = of.run()
    score = run.score(program, "problem_match")
    return of.with_score(score.model_copy(update={"amount": Exact(value=level)}))


def test_another_score_is_replaced_only_by_saying_so(open_app, on_page):
    program = first_program(example())
    page = open_program(open_app, on_page, with_level(example(), program, 2), program)
    assert "Accept level 4" not in labels(page)
    press(page, "Replace level 2 by level 4")
    assert match_score(page, program).amount == Exact(value=4.0)


def test_a_refused_proposal_leaves_the_score_and_goes_until_it_changes(open_app, on_page):
    of = with_level(example(), first_program(example()), 2)
    program = first_program(of)
    page = open_program(open_app, on_page, of, program)
    fill(page, "Why not the proposed level?", "It is not in every school.")
    fill(page, "Who says so?", "School counselor")
    press(page, "Keep it so")
    assert match_score(page, program).amount == Exact(value=2.0)
    assert "Replace level 2 by level 4" not in labels(page)
    fill(page, f"Factor 1: {match_grid(of).factors[0].name}", "directly")
    fill(page, "How, or why not? (factor 1)", "It asks everyone.")
    press(page, "Save how it acts")
    assert any(label.startswith("Replace level 2 by") for label in labels(page))


def test_a_refusal_stays_in_the_project_and_can_be_taken_back(open_app, on_page, reload):
    of = with_level(example(), first_program(example()), 2)
    program = first_program(of)
    page = open_program(open_app, on_page, of, program)
    fill(page, "Why not the proposed level?", "It is not in every school.")
    press(page, "Keep it so")
    anew = part(on_page(reload(page), "diagnose"), "match")
    anew.session_state[f"match-{program}"] = True
    anew.run()
    assert "Propose it again" in labels(anew)
    kept = store().get(page.session_state["bestfit"].saved.key).project.diagnosis.refused_matches
    assert [(r.reason, r.on) for r in kept] == [("It is not in every school.", TOLD_ON)]
    assert "Replace level 2 by level 4" not in labels(anew)
    press(page, "Propose it again")
    assert "Replace level 2 by level 4" in labels(page)


def test_a_refusal_without_a_reason_is_refused(open_app, on_page, problem):
    of = with_level(example(), first_program(example()), 2)
    page = open_program(open_app, on_page, of, first_program(of))
    press(page, "Keep it so")
    assert "Write the reason" in problem(page)
    assert "Replace level 2 by level 4" in labels(page)


def test_another_level_is_recorded_with_its_reason(open_app, on_page):
    program = first_program(example())
    page = open_program(open_app, on_page, without_match(example(), program), program)
    fill(page, "Level", "3")
    fill(page, "Why another level?", "Only a few would come.")
    press(page, "Record this level")
    score = match_score(page, program)
    assert (score.amount, score.note) == (Exact(value=3.0), "Only a few would come.")


def test_no_level_chosen_is_refused(open_app, on_page, problem):
    program = first_program(example())
    page = open_program(open_app, on_page, without_match(example(), program), program)
    press(page, "Record this level")
    assert "Choose a level." in problem(page)


def test_a_score_on_record_as_unknown_is_told(open_app, on_page):
    program = first_program(example())
    run = example().run()
    score = run.score(program, "problem_match").model_copy(update={"amount": Unknown()})
    page = open_program(open_app, on_page, example().with_score(score), program)
    assert "Replace not known by level 4" in labels(page)


def test_in_a_decided_run_no_score_is_taken_over(open_app, on_page):
    of = decided()
    program = first_program(of)
    factor = match_grid(of).factors[0]
    link = of.diagnosis.link(factor.id, program).model_copy(update={"acts": "directly"})
    of = of.with_diagnosis(of.diagnosis.with_link(link.model_copy(update={"reason": "It asks."})))
    page = open_program(open_app, on_page, of, program)
    take = next(b for b in page.button if b.label.startswith("Replace"))
    assert take.disabled


# --- supports


def test_a_suggested_entry_is_added_as_a_support_and_says_so(page):
    part(page, "supports")
    before = len(project(page).run().supports)
    assert "It is a first course" in words(page)
    press(page, "Add as a support")
    assert len(project(page).run().supports) == before + 1
    assert labels(page).count("In your list") > 0


def test_a_gap_for_which_nothing_is_found_is_named(page):
    part(page, "supports")
    assert "Nothing found in the catalogue" in [s.value for s in page.subheader]
    assert "Missing in a service: Short training for patrol officers" in words(page)


def test_without_gaps_it_says_so(new):
    part(new, "supports")
    assert "No gap is recorded" in words(new)


def test_supports_are_not_added_to_a_decided_run(open_app, on_page):
    page = part(on_page(open_app(decided()), "diagnose"), "supports")
    assert all(b.disabled for b in page.button if b.label == "Add as a support")


# --- the brief


def test_the_brief_tells_what_was_said_and_offers_the_lists(page):
    part(page, "brief")
    assert "<h3>What drives it</h3>" in words(page)
    page.session_state["table-factors"] = True
    page.run()
    assert "Time missing from care" in words(page)
    assert [b.label for b in page.get("download_button")] == ["Download this table (CSV)"]


def test_a_notice_for_people_who_need_help_stands_on_the_brief_once(open_app, on_page):
    line = Hotline(name="County line", checked_on=date(2026, 10, 1))
    of = example().with_info(example().info.model_copy(update={"hotline": line}))
    page = part(on_page(open_app(of), "diagnose"), "brief")
    assert sum("County line" in h.proto.body for h in page.get("html")) == 1


def test_the_brief_says_what_is_open(open_app, on_page):
    of = apply_template(Project.new("Which?"), "short")
    page = part(on_page(open_app(of), "diagnose"), "brief")
    assert "Still open" in words(page)
    assert "There are no goals yet." in words(page)
