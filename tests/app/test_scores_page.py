"""The page Scores: record what is known, lose nothing that was typed, judge the must-haves."""

import datetime
import io
import re

import pytest

from mcda.analysis import by_objective, evidence_table, must_have_table
from mcda.app import score_grid
from mcda.app.heat_table import heat_html
from mcda.app.score_drafts import Typed
from mcda.app.state import store
from mcda.app.verdict_table import verdicts_html
from mcda.project import (
    Exact,
    Program,
    Project,
    Range,
    Record,
    Score,
    Unknown,
)
from mcda.project.tables import export_table
from mcda.project.templates import apply_template, example

HOSTILE = [
    "</script><img src=x onerror=alert(1)>",
    "**x** [a](http://b)",
    '=HYPERLINK("x")',
    "\u202egnp.exe",
    "🎯 " + "long " * 60,
]


@pytest.fixture
def scores(app, on_page):
    return on_page(app, "scores")


@pytest.fixture
def fresh(open_app, on_page):
    project = apply_template(Project.new("Which?"), "short")
    project = project.with_program(Program(id="mentors", name="Mentors"))
    return on_page(open_app(project), "scores")


def widget(app, kind, start):
    found = [w for w in app.get(kind) if w.key and w.key.startswith(start)]
    assert len(found) == 1, f"{len(found)} of {kind} {start}"
    return found[0]


def field(app, kind, criterion, name, program="survivor_mentors"):
    return widget(app, kind, f"score-{program}-{criterion}-{name}-")


def open_box(app, criterion, program="survivor_mentors"):
    app.session_state[f"score-box-{program}-{criterion}"] = True
    return app.run()


def open_about(app, criterion, program="survivor_mentors"):
    app.session_state[f"score-about-{program}-{criterion}"] = True
    return app.run()


def save(app):
    return app.button(key="save-scores").click().run()


def text(app):
    """All the words of the page."""
    kinds = ("markdown", "html", "error", "success", "info", "caption")
    return " ".join(str(getattr(e, "value", None) or e.proto) for k in kinds for e in app.get(k))


def notice(app):
    return " ".join(success.value for success in app.success).replace("\\", "")


def catch_up(app):
    """See what others have saved, as every page does when it begins."""
    here = app.session_state["bestfit"]
    here.saved = store().get(here.saved.key)
    return app.run()


def show(app, view):
    app.session_state["scores-view"] = view
    return app.run()


# --- one program


def test_the_answer_says_how_much_is_known(scores):
    assert "94 of 96 scores are known. 2 are not known yet" in text(scores)
    assert not scores.exception


def test_a_recorded_program_is_a_list_to_open(scores):
    assert not [w for w in scores.text_input if w.key.startswith("score-survivor")]
    labels = [e.label for e in scores.expander]
    assert any("340,000 to 440,000, likely 385,000 US dollars" in label for label in labels)


def test_what_is_not_known_stands_open(scores):
    scores.selectbox(key="score-program").set_value("mentoring").run()
    assert field(scores, "radio", "evidence", "pick", "mentoring").value == "unknown"


def test_a_range_is_saved_with_all_that_was_typed(scores, kept):
    open_box(scores, "cost")
    field(scores, "text_input", "cost", "low").set_value("$300,000")
    field(scores, "text_input", "cost", "likely").set_value("")
    field(scores, "text_input", "cost", "high").set_value("500000")
    open_about(scores, "cost")
    field(scores, "text_input", "cost", "source").set_value("County budget office")
    field(scores, "date_input", "cost", "as_of").set_value(datetime.date(2026, 10, 1))
    field(scores, "text_area", "cost", "note").set_value("Without the grant.").run()
    save(scores)
    score = kept(scores).score("survivor_mentors", "cost")
    assert score.amount == Range(low=300_000, high=500_000)
    assert (score.source, score.note) == ("County budget office", "Without the grant.")
    assert score.as_of == datetime.date(2026, 10, 1)
    assert score.confidence == "medium"


def test_a_level_is_chosen_in_words(scores, kept):
    open_box(scores, "problem_match")
    level = field(scores, "radio", "problem_match", "pick")
    assert (
        level.options[4]
        .replace("\\", "")
        .startswith("5: Acts directly on all our priority factors")
    )
    level.set_value("5").run()
    save(scores)
    assert kept(scores).score("survivor_mentors", "problem_match").amount == Exact(value=5)


def test_a_range_of_levels_may_be_given_from_either_end(scores, kept):
    open_box(scores, "problem_match")
    field(scores, "radio", "problem_match", "pick").set_value("range").run()
    field(scores, "selectbox", "problem_match", "low").set_value("4")
    field(scores, "selectbox", "problem_match", "high").set_value("2").run()
    save(scores)
    assert kept(scores).score("survivor_mentors", "problem_match").amount == Range(low=2, high=4)


def test_not_known_yet_is_never_a_number_and_has_no_confidence(scores, kept):
    open_box(scores, "cost")
    field(scores, "radio", "cost", "known").set_value("unknown").run()
    save(scores)
    score = kept(scores).score("survivor_mentors", "cost")
    assert score.amount == Unknown()
    assert score.confidence is None


def test_only_the_source_changes_and_the_number_stays_to_the_last_digit(
    scores, kept, edit_elsewhere
):
    exact = Score(program="survivor_mentors", criterion="cost", amount=Exact(value=1 / 3))
    edit_elsewhere(scores, lambda p: p.with_score(exact))
    catch_up(scores)
    open_box(scores, "cost")
    open_about(scores, "cost")
    field(scores, "text_input", "cost", "source").set_value("Budget").run()
    save(scores)
    assert kept(scores).score("survivor_mentors", "cost").amount == Exact(value=1 / 3)


def test_a_refused_score_is_named_and_stays_while_the_good_ones_are_saved(scores, kept, problem):
    open_box(scores, "cost")
    open_box(scores, "safety")
    field(scores, "text_input", "cost", "high").set_value("1,200,000")
    field(scores, "radio", "safety", "pick").set_value("3").run()
    save(scores)
    said = "Total cost to us: 1,200,000 is outside the range 0 to 600,000. Correct it, or widen"
    assert said in scores.error[0].value.replace("\\", "")
    assert said in problem(scores)
    assert field(scores, "text_input", "cost", "high").value == "1,200,000"
    assert kept(scores).score("survivor_mentors", "safety").amount == Exact(value=3)
    assert kept(scores).score("survivor_mentors", "cost").amount.high == 440_000


def test_the_range_is_widened_at_a_click_and_what_was_typed_can_then_be_saved(scores, kept):
    open_box(scores, "cost")
    field(scores, "text_input", "cost", "high").set_value("1,200,000").run()
    button = scores.button(key="widen-cost")
    assert button.label.replace("\\", "") == "Widen the range to 0 to 1,200,000"
    button.click().run()
    assert "Ask for these weights again" in notice(scores)
    save(scores)
    of = kept(scores)
    assert of.criterion("cost").scale.worst == 1_200_000
    assert of.score("survivor_mentors", "cost").amount.high == 1_200_000


def test_what_is_only_begun_is_no_fault_before_saving(fresh):
    field(fresh, "radio", "cost", "known", "mentors").set_value("one").run()
    assert not fresh.error
    save(fresh)
    assert "the number is missing" in fresh.error[-1].value


def test_to_give_a_level_or_a_number_is_to_choose_one(fresh, kept):
    field(fresh, "radio", "safety", "pick", "mentors").set_value("4").run()
    field(fresh, "text_input", "cost", "one", "mentors").set_value("5,000").run()
    assert field(fresh, "radio", "cost", "known", "mentors").value == "one"
    save(fresh)
    assert kept(fresh).score("mentors", "safety").amount == Exact(value=4)
    assert kept(fresh).score("mentors", "cost").amount == Exact(value=5_000)
    assert kept(fresh).score("mentors", "reach") is None


def test_the_source_is_asked_once_something_is_known(fresh):
    assert not [w for w in fresh.text_input if "-source-" in w.key]
    field(fresh, "radio", "cost", "known", "mentors").set_value("unknown").run()
    open_about(fresh, "cost", "mentors")
    assert "Who was asked" in field(fresh, "text_input", "cost", "source", "mentors").label


def test_a_common_source_goes_to_each_score_without_its_own_in_one_step(
    scores, kept, edit_elsewhere, undo
):
    bare = Score(program="survivor_mentors", criterion="cost", amount=Exact(value=5))
    unknown = Score(program="survivor_mentors", criterion="reach", amount=Unknown())
    own = kept(scores).score("survivor_mentors", "safety")
    edit_elsewhere(scores, lambda p: p.with_scores([bare, unknown]))
    catch_up(scores)
    before = kept(scores)
    common = scores.text_input(key="score-common-survivor_mentors")
    common.set_value("County budget office").run()
    open_box(scores, "problem_match")
    field(scores, "radio", "problem_match", "pick").set_value("5").run()
    assert "2 scores are not saved yet." in text(scores)
    save(scores)
    of = kept(scores)
    assert of.score("survivor_mentors", "cost").source == "County budget office"
    assert of.score("survivor_mentors", "reach").source == ""
    assert of.score("survivor_mentors", "safety") == own
    assert "All that was typed is saved." in text(scores)
    undo(scores)
    assert kept(scores) == before


def test_half_typed_fields_outlive_another_view_and_another_program(scores):
    open_box(scores, "cost")
    field(scores, "text_input", "cost", "high").set_value("500,000").run()
    show(scores, "glance")
    show(scores, "form")
    scores.button(key="score-next").click().run()
    assert "Typed but not saved yet: Survivor mentor program." in text(scores)
    scores.button(key="score-previous").click().run()
    open_box(scores, "cost")
    assert field(scores, "text_input", "cost", "high").value == "500,000"


def test_half_typed_fields_outlive_an_edit_elsewhere(scores, edit_elsewhere):
    open_box(scores, "cost")
    field(scores, "text_input", "cost", "high").set_value("500,000").run()
    other = Score(program="school", criterion="cost", amount=Exact(value=1))
    edit_elsewhere(scores, lambda p: p.with_score(other))
    catch_up(scores)
    assert field(scores, "text_input", "cost", "high").value == "500,000"


def test_after_undo_the_fields_show_the_project(scores, undo):
    open_box(scores, "cost")
    field(scores, "text_input", "cost", "high").set_value("500,000").run()
    save(scores)
    open_box(scores, "cost")
    assert field(scores, "text_input", "cost", "high").value == "500,000"
    undo(scores)
    open_box(scores, "cost")
    assert field(scores, "text_input", "cost", "high").value == "440,000"
    assert "All that was typed is saved." in text(scores)


def test_what_is_not_saved_can_be_dropped(scores):
    open_box(scores, "cost")
    field(scores, "text_input", "cost", "high").set_value("500,000").run()
    scores.button(key="drop-scores").click().run()
    open_box(scores, "cost")
    assert field(scores, "text_input", "cost", "high").value == "440,000"


def test_an_edit_of_the_same_score_elsewhere_is_not_overwritten(
    scores, kept, edit_elsewhere, problem
):
    open_box(scores, "cost")
    field(scores, "text_input", "cost", "high").set_value("500,000").run()
    other = Score(program="survivor_mentors", criterion="cost", amount=Exact(value=1))
    edit_elsewhere(scores, lambda p: p.with_score(other))
    save(scores)
    assert kept(scores).score("survivor_mentors", "cost").amount == Exact(value=1)
    assert "Not saved: score of Survivor mentor program on Total cost to us" in problem(scores)


def without_scores(project: Project, *programs: str) -> Project:
    """Take out all that is recorded of some programs."""
    run = project.run()
    kept = tuple(s for s in run.evidence.scores if s.program not in programs)
    evidence = run.evidence.model_copy(update={"scores": kept})
    return project.with_run(run.model_copy(update={"evidence": evidence}))


def test_save_and_next_goes_on_only_when_all_is_saved(open_app, on_page):
    page = on_page(open_app(without_scores(example(), "task_force")), "scores")
    open_box(page, "cost")
    field(page, "text_input", "cost", "high").set_value("many").run()
    page.button(key="save-next").click().run()
    assert page.selectbox(key="score-program").value == "survivor_mentors"
    field(page, "text_input", "cost", "high").set_value("400,000").run()
    page.button(key="save-next").click().run()
    assert page.selectbox(key="score-program").value == "task_force"


def test_save_and_next_goes_round_to_what_stands_first(open_app, on_page):
    page = on_page(open_app(without_scores(example(), "continue")), "scores")
    page.selectbox(key="score-program").set_value("task_force").run()
    assert page.button(key="save-next").label == "Save, then next: Continue as now"
    page.button(key="save-next").click().run()
    assert page.selectbox(key="score-program").value == "continue"
    assert "save-next" not in {b.key for b in page.button}
    assert "Every program has been gone through" not in text(page)


def test_once_every_program_is_gone_through_the_way_leads_to_the_weights(scores):
    assert "Every program has been gone through" in text(scores)
    assert "Go to Weights" in [link.proto.label for link in scores.get("page_link")]
    open_box(scores, "cost")
    field(scores, "text_input", "cost", "high").set_value("400,000").run()
    assert "Every program has been gone through" not in text(scores)


def test_a_program_that_is_not_ranked_holds_nobody_up(open_app, on_page):
    (out,) = evidence_table(example()).excluded
    page = on_page(open_app(without_scores(example(), out)), "scores")
    assert "save-next" not in {b.key for b in page.button}
    assert "Every program has been gone through" in text(page)


def test_the_save_button_names_the_program_and_a_long_name_is_cut(open_app, on_page):
    project = example().with_program(Program(id="long", name="Mentors " * 9))
    page = on_page(open_app(project), "scores")
    assert page.button(key="save-scores").label == "Save · Survivor mentor program"
    assert page.button(key="save-next").label == "Save, then next: Mentors Mentors Mentors…"


def test_the_last_program_has_no_next_and_says_why(scores):
    scores.selectbox(key="score-program").set_value("safe_home").run()
    assert scores.button(key="score-next").disabled
    assert scores.button(key="score-next").help == "This is the last program."


def test_a_catalogue_program_shows_its_entry_and_citation(scores):
    scores.selectbox(key="score-program").set_value("mentoring").run()
    assert any("Juvenile Mentoring Programs" in e.label for e in scores.expander)
    assert "June 2015" in text(scores)


def test_a_program_that_is_not_ranked_says_so_and_can_still_be_scored(scores):
    scores.selectbox(key="score-program").set_value("safe_home").run()
    assert "Not ranked, but kept here" in scores.info[0].value
    assert not scores.button(key="save-scores").disabled


def test_a_project_without_criteria_says_where_to_go(open_app, on_page):
    app = on_page(open_app(Project.new("Which?")), "scores")
    assert "There are no criteria yet" in text(app)
    assert not app.exception


def test_a_project_without_programs_says_where_to_go(blank, on_page):
    app = on_page(blank, "scores")
    assert "Choose programs first" in text(app)


def test_a_program_removed_elsewhere_is_let_go(scores, edit_elsewhere):
    edit_elsewhere(scores, lambda p: p.without_program("survivor_mentors"))
    catch_up(scores)
    assert not scores.exception
    assert scores.selectbox(key="score-program").value != "survivor_mentors"


def test_a_decided_selection_cannot_be_changed_and_says_why(open_app, on_page):
    decided = example().decide(Record(choice="screening", reasons="Best."))
    app = on_page(open_app(decided), "scores")
    assert app.button(key="save-scores").disabled
    assert "locked" in app.button(key="save-scores").help


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("view", ["form", "glance", "must-haves", "grid"])
def test_hostile_names_are_shown_as_text(open_app, on_page, name, view):
    decision = example()
    of = decision.run()
    decision = decision.with_program(of.program("school").model_copy(update={"name": name}))
    decision = decision.with_criterion(of.criterion("cost").model_copy(update={"name": name}))
    must_have = of.evidence.must_haves[0].model_copy(update={"name": name})
    app = on_page(open_app(decision.with_must_have(must_have)), "scores")
    show(app, view)
    assert not app.exception
    shown = "".join(e.proto.body for e in app.get("html"))
    assert "<img" not in shown
    labels = [e.label for e in (*app.expander, *app.text_input, *app.radio)]
    assert not any(re.search(r"(?<!\\)<img|(?<!\\)\[a", label) for label in labels)


# --- all at a glance


def test_the_heat_table_prints_every_value_and_its_worth():
    decision = example()
    table = evidence_table(decision)
    shown = heat_html(table, by_objective(decision.run()))
    assert shown.count("<tr>") == 12 + 5 + 1
    assert '<td class="bf-unknown"><span>not known</span>' in shown
    assert "<span>340,000 to 440,000<small>likely 385,000</small></span>" in shown
    assert 'style="--from: 27; --to: 43"' in shown
    assert "<caption>" in shown
    assert 'scope="row"' in shown


def test_an_excluded_program_is_grey_and_says_so():
    decision = example()
    shown = heat_html(evidence_table(decision), by_objective(decision.run()))
    assert 'class="bf-muted"><span>Short-stay safe home<small>not ranked</small></span>' in shown
    assert '<td class="bf-out bf-muted">' in shown


def test_a_missing_source_and_a_score_outside_the_range_are_named_in_the_cell():
    decision = example()
    outside = Score(program="school", criterion="cost", amount=Exact(value=700_000))
    shown = heat_html(evidence_table(decision.with_score(outside)), by_objective(decision.run()))
    assert "700,000<small>no source</small><small>outside the range</small>" in shown
    assert ">!</span>" in shown


def test_on_a_phone_a_cell_shows_the_least_over_the_most_it_may_be_worth():
    decision = example()
    shown = heat_html(evidence_table(decision), by_objective(decision.run()))
    narrow = '<span class="bf-narrow" aria-hidden="true">'
    assert f"likely 385,000</small></span>{narrow}27<br>43</span></td>" in shown
    assert f"<span>not known</span>{narrow}?</span></td>" in shown
    assert f"<span>5</span>{narrow}100</span></td>" in shown


def test_every_score_with_its_source_is_behind_a_click(scores):
    show(scores, "glance")
    assert "minutes" not in text(scores)
    scores.session_state["score-sources"] = True
    scores.run()
    assert "Elm County planning group estimate" in text(scores)


# --- must-haves


def test_who_fails_is_the_answer_with_the_reason(scores):
    show(scores, "must-haves")
    words = text(scores)
    assert (
        "Short-stay safe home fails a must-have and leaves the ranking; it stays visible" in words
    )
    assert "Even the low estimate of $510,000" in words


def test_the_table_says_pass_fail_and_how_it_is_judged():
    decision = example()
    table = must_have_table(decision)
    shown = verdicts_html(table)
    rows = shown.split("<tbody>")[1].split("</tr>")
    (failed,) = [row for row in rows if "✗ <span>fail" in row]
    assert "Short-stay safe home<small>leaves the ranking</small>" in failed
    assert shown.count("✗ <span>fail") == shown.count("leaves the ranking") == 1


def test_how_each_must_have_is_judged_stands_with_the_reasons(scores):
    show(scores, "must-haves")
    scores.session_state["reasons"] = True
    said = text(scores.run())
    assert "Total cost to us at most 450,000 US dollars over 3 years" in said


def judge(app, program, must_have, verdict, reason=""):
    show(app, "must-haves")
    app.selectbox(key="judge-on").set_value(must_have).run()
    choose_verdict(app, program, verdict)
    if verdict != "open":
        reason_of(app, program).set_value(reason).run()
    return save_verdicts(app)


def choose_verdict(app, program, verdict):
    end = f"-{program}/verdict"
    (group,) = (g for g in app.get("button_group") if g.key and g.key.endswith(end))
    group.set_value(verdict).run()


def reason_of(app, program):
    return next(t for t in app.text_input if t.key.endswith(f"-{program}/reason"))


def save_verdicts(app):
    return press(app, "Save the verdicts")


def press(app, label):
    return next(b for b in app.button if b.label == label).click().run()


def verdict(of, program, must_have):
    own = next(m for m in of.evidence.must_haves if m.id == must_have).verdicts
    return next((v for v in own if v.program == program), None)


def test_a_program_is_failed_with_a_reason(scores, kept):
    judge(scores, "school", "legal", "fail", "Parents must agree first.")
    given = verdict(kept(scores), "school", "legal")
    assert (given.verdict, given.reason) == ("fail", "Parents must agree first.")
    assert "School prevention lessons and Short-stay safe home fail a must-have" in text(scores)


def test_a_verdict_without_a_reason_is_refused_and_stays_typed(scores, kept, problem):
    judge(scores, "school", "deadline", "fail")
    assert verdict(kept(scores), "school", "deadline") is None
    assert "write the reason" in problem(scores)
    assert reason_of(scores, "school").value == ""


def test_a_verdict_may_be_left_to_the_limit_again(scores, kept):
    judge(scores, "safe_home", "budget", "open")
    assert verdict(kept(scores), "safe_home", "budget") is None


def test_unknown_is_recorded_and_told_from_what_nobody_has_looked_at(open_app, on_page, kept):
    project = apply_template(Project.new("Which?"), "short")
    page = on_page(open_app(project.with_program(Program(id="m", name="Mentors"))), "scores")
    judge(page, "m", "legal", "unknown")
    assert verdict(kept(page), "m", "legal").verdict == "unknown"
    table = must_have_table(page.session_state["bestfit"].saved.project)
    shown = verdicts_html(table)
    assert shown.count("? <span>unknown") == 1
    assert "<td>– <span>not yet</span></td>" in shown
    assert "no score yet" in shown


def test_all_others_pass_with_one_reason_in_one_step_and_the_next_is_shown(
    open_app, on_page, kept, undo, problem
):
    project = apply_template(Project.new("Which?"), "short")
    for name in ("a", "b", "c"):
        project = project.with_program(Program(id=name, name=name.upper()))
    page = show(on_page(open_app(project), "scores"), "must-haves")
    first = page.selectbox(key="judge-on").value
    choose_verdict(page, "b", "fail")
    reason_of(page, "b").set_value("Needs an arrest.").run()
    page.button(key="others-pass").click().run()
    save_verdicts(page)
    assert "write the reason" in problem(page)
    assert verdict(kept(page), "b", first) is None
    common = "Reason for the passes that have none of their own"
    next(t for t in page.text_input if t.label == common).set_value("By phone.").run()
    save_verdicts(page)
    of = kept(page)
    assert (verdict(of, "a", first).verdict, verdict(of, "a", first).reason) == (
        "pass",
        "By phone.",
    )
    assert verdict(of, "b", first).reason == "Needs an arrest."
    assert page.selectbox(key="judge-on").value != first
    assert "1 of 9 must-haves done" in text(page)
    undo(page)
    assert not next(m for m in kept(page).evidence.must_haves if m.id == first).verdicts


def change_must_have(app, which="new"):
    show(app, "must-haves")
    app.session_state["change-must-haves"] = True
    app.run().selectbox(key="change-must-have").set_value(which).run()

    def part(kind, name):
        return next(w for w in app.get(kind) if re.search(rf"-must-have-.*\d-{name}$", w.key or ""))

    return part


def test_a_must_have_is_added_with_a_limit(scores, kept):
    part = change_must_have(scores)
    part("text_input", "name").set_value("Quick start")
    part("radio", "by").set_value("limit").run()
    part("selectbox", "criterion").set_value("time_to_start").run()
    part("text_input", "limit-time_to_start").set_value("6")
    part("radio", "case").set_value("likely").run()
    press(scores, "Save the must-have")
    added = kept(scores).evidence.must_haves[-1]
    assert (added.id, added.threshold.limit, added.threshold.case) == ("quick-start", 6, "likely")
    assert part("text_input", "name").value == ""


def test_a_limit_on_levels_is_chosen_in_words(scores, kept):
    part = change_must_have(scores, "no_harm")
    part("selectbox", "limit-safety").set_value("4").run()
    press(scores, "Save the must-have")
    changed = next(m for m in kept(scores).evidence.must_haves if m.id == "no_harm")
    assert changed.threshold.limit == 4


@pytest.mark.parametrize("typed", ["", "soon", "5..6", "99"])
def test_a_limit_that_is_none_is_refused(scores, kept, problem, typed):
    part = change_must_have(scores, "deadline")
    part("text_input", "limit-time_to_start").set_value(typed).run()
    press(scores, "Save the must-have")
    assert problem(scores)
    assert part("text_input", "limit-time_to_start").value == typed
    unchanged = next(m for m in kept(scores).evidence.must_haves if m.id == "deadline")
    assert unchanged.threshold.limit == 12


def test_a_limit_without_a_criterion_is_refused(scores, kept, problem):
    part = change_must_have(scores)
    part("text_input", "name").set_value("Cheap")
    part("radio", "by").set_value("limit").run()
    press(scores, "Save the must-have")
    assert "Choose the criterion" in problem(scores)
    assert kept(scores).evidence.must_haves == example().run().evidence.must_haves


def test_a_must_have_needs_a_name(scores, problem):
    change_must_have(scores)
    press(scores, "Save the must-have")
    assert "Name: a name is needed" in problem(scores)


def test_a_must_have_is_removed_and_undo_brings_it_back(scores, kept, undo):
    change_must_have(scores, "deadline")
    scores.button(key="remove-must-have").click().run()
    assert "deadline" not in {m.id for m in kept(scores).evidence.must_haves}
    undo(scores)
    assert "deadline" in {m.id for m in kept(scores).evidence.must_haves}


# --- the grid


def type_cells(app, cells):
    """Type in the grid, as its callback keeps it."""
    show(app, "grid")
    app.session_state["score-grid"].cells.update(cells)
    return app.run()


def test_the_grid_saves_what_can_be_read_and_names_the_rest(scores, kept):
    typed = {
        ("school", "cost"): "100000..150000..200000",
        ("school", "reach"): "lots",
        ("campaign", "reach"): "unknown",
        ("task_force", "cost"): "",
    }
    type_cells(scores, typed)
    widget(scores, "text_input", "score-grid-source-").set_value("New budget").run()
    scores.button(key="save-grid").click().run()
    of = kept(scores)
    assert of.score("school", "cost").amount == Range(low=100_000, likely=150_000, high=200_000)
    assert of.score("school", "cost").source == "New budget"
    assert of.score("task_force", "cost") is None
    assert of.score("school", "reach").amount.high == 1_100
    assert "is not a number" in text(scores)
    assert scores.session_state["score-grid"].cells == {("school", "reach"): "lots"}


def test_cells_that_keep_their_number_keep_their_source(scores, kept):
    before = kept(scores).score("school", "cost")
    type_cells(scores, {("school", "cost"): "170000 to 200000", ("campaign", "cost"): "5"})
    type_cells(scores, {("school", "cost"): "170000..200000..240000.0"})
    scores.button(key="save-grid").click().run()
    assert kept(scores).score("school", "cost") == before
    assert kept(scores).score("campaign", "cost").source == ""


def test_a_cell_outside_the_range_offers_to_widen_it(scores, kept):
    type_cells(scores, {("school", "cost"): "700000"})
    scores.button(key="widen-cost").click().run()
    assert kept(scores).criterion("cost").scale.worst == 700_000
    scores.button(key="save-grid").click().run()
    assert kept(scores).score("school", "cost").amount == Exact(value=700_000)


def test_what_was_typed_in_the_grid_can_be_dropped(scores):
    type_cells(scores, {("school", "cost"): "7"})
    scores.button(key="drop-grid").click().run()
    assert "All that was typed is saved." in text(scores)


def test_edits_are_taken_by_position_and_an_old_text_is_no_edit(monkeypatch):
    here, of = Typed(), example().run()
    monkeypatch.setattr(score_grid, "typed", lambda: here)
    monkeypatch.setattr(score_grid, "run", lambda: of)
    programs, criteria = ("school", "campaign"), ("cost", "reach")
    score_grid.keep_edits({1: {"cost": "5", "reach": None}}, programs, criteria)
    assert here.cells == {("campaign", "cost"): "5", ("campaign", "reach"): ""}
    score_grid.keep_edits({1: {"cost": "70000..95000..130000"}}, programs, criteria)
    assert here.cells == {("campaign", "reach"): ""}


def test_a_table_fills_the_grid_and_saves_nothing(scores, kept):
    show(scores, "grid")
    table = "Program,Total cost to us,Reach of the moon\nArea task force,1000,2\nStranger,5,1\n"
    upload = scores.get("file_uploader")[0]
    upload.set_value(("new.csv", table.encode(), "text/csv")).run()
    scores.button(key="grid-fill").click().run()
    assert scores.session_state["score-grid"].cells == {("task_force", "cost"): "1000"}
    said = notice(scores)
    assert "1 cell differs" in said
    assert "Not found here, so left out: Stranger, Reach of the moon" in said
    assert kept(scores) == example().run()


def test_its_own_export_changes_nothing(scores):
    show(scores, "grid")
    data = export_table(example(), kind="xlsx")
    upload = scores.get("file_uploader")[0]
    upload.set_value(("same.xlsx", io.BytesIO(data).getvalue(), "application/x")).run()
    scores.button(key="grid-fill").click().run()
    assert scores.session_state["score-grid"].cells == {}


def test_a_file_that_is_no_table_is_refused(scores, problem):
    show(scores, "grid")
    upload = scores.get("file_uploader")[0]
    upload.set_value(("bad.csv", b"\x00\x01", "text/csv")).run()
    scores.button(key="grid-fill").click().run()
    assert "was not imported" in problem(scores)


# --- scored apart


def open_apart(app):
    app.session_state["apart"] = True
    app.run()
    app.selectbox(key="apart-criterion").set_value("cost").run()
    place = "-survivor_mentors-cost-"
    return lambda name: next(
        t for t in app.text_input if place in t.key and t.key.endswith(f"-{name}")
    )


def test_an_own_score_stands_beside_the_agreed_one(scores, kept):
    part = open_apart(scores)
    part("code").set_value("P3")
    part("role").set_value("prosecutor")
    part("score").set_value("400,000").run()
    press(scores, "Save the own score")
    (own,) = kept(scores).evidence.assessments
    assert (own.person, own.amount, own.source) == ("p3", Exact(value=400_000), "prosecutor")
    assert "1 person scored this apart, all at 400,000 US dollars over 3 years" in text(scores)


@pytest.mark.parametrize(("code", "score", "said"), [("", "5", "a code"), ("p1", "", "missing")])
def test_an_own_score_needs_a_code_and_a_number(scores, kept, problem, code, score, said):
    part = open_apart(scores)
    part("code").set_value(code)
    part("score").set_value(score).run()
    press(scores, "Save the own score")
    assert said in problem(scores)
    assert not kept(scores).evidence.assessments
