"""What is typed in a form and not saved: kept, named, brought back, and let go of."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from mcda.app.state import store
from mcda.project import Condition, Factor, Milestone, Project, Verdict
from mcda.project.aside import set_aside_criterion, set_aside_program
from mcda.project.readiness import readiness_questions, with_readiness_questions
from mcda.project.recording import with_verdict
from mcda.project.templates import apply_template

MENTORING = "Juvenile mentoring"
ASIDE = "Why is it set aside?"


def sign(app: AppTest) -> str:
    line = next(h.proto.body for h in app.get("html") if 'class="bf-state' in h.proto.body)
    return line.partition("<span>")[2].partition("</span>")[0]


def notice(app: AppTest) -> str:
    return " ".join(success.value for success in app.success).replace("\\", "")


def html(app: AppTest) -> str:
    return " ".join(h.proto.body for h in app.get("html"))


def field(app: AppTest, label: str):
    kinds = ("text_input", "text_area", "selectbox", "radio", "number_input", "date_input")
    found = (w for kind in kinds for w in app.get(kind) if w.label == label)
    return next(found)


def type_in(app: AppTest, label: str, value: object) -> AppTest:
    return field(app, label).set_value(value).run()


def press(app: AppTest, label: str) -> AppTest:
    return next(b for b in app.button if b.label == label).click().run()


def opened(app: AppTest, key: str) -> AppTest:
    app.session_state[key] = True
    return app.run()


def on_part(app: AppTest, page: str, key: str, part: str) -> AppTest:
    app.session_state[key] = part
    return app.switch_page(f"views/{page}.py").run()


def own_program(app: AppTest) -> AppTest:
    return opened(app.switch_page("views/programs.py").run(), "own-program")


def program(app: AppTest) -> AppTest:
    return opened(app.switch_page("views/programs.py").run(), "program-mentoring")


def new_criterion(app: AppTest) -> AppTest:
    return opened(app.switch_page("views/criteria.py").run(), "add-criterion")


def criterion(app: AppTest) -> AppTest:
    opened(app.switch_page("views/criteria.py").run(), "criterion-cost")
    return app.button(key="change-cost").click().run()


def milestone(app: AppTest) -> AppTest:
    return on_part(app, "implement", "plan-part", "milestones")


def factor(app: AppTest) -> AppTest:
    return on_part(app, "diagnose", "diagnose-part", "factors")


def problem_statement(app: AppTest) -> AppTest:
    return on_part(app, "diagnose", "diagnose-part", "problem")


def raters(app: AppTest) -> AppTest:
    return on_part(app, "diagnose", "diagnose-part", "readiness")


def criterion_box(app: AppTest) -> AppTest:
    return opened(app.switch_page("views/criteria.py").run(), "criterion-cost")


def criteria(app: AppTest) -> AppTest:
    return app.switch_page("views/criteria.py").run()


def must_haves(app: AppTest) -> AppTest:
    app.session_state["scores-view"] = "must-haves"
    return app.switch_page("views/scores.py").run()


def new_must_have(app: AppTest) -> AppTest:
    return opened(must_haves(app), "change-must-haves")


def own_score(app: AppTest) -> AppTest:
    return opened(app.switch_page("views/scores.py").run(), "apart")


# The form, how it is opened, a field in it with what is typed, and how it is named.
FORMS = [
    (own_program, "Name", "Safe <b>home</b>", "a program of your own (Programs)"),
    (program, "What it is", "Ours **now**", f"the program “{MENTORING}” (Programs)"),
    (new_criterion, "Worst that could be chosen", 7.5, "a new criterion (Criteria)"),
    (criterion, "Unit", "euros", "the criterion “Total cost to us” (Criteria)"),
    (program, ASIDE, "No <i>staff</i>.", f"why “{MENTORING}” is set aside (Programs)"),
    (criterion_box, ASIDE, "All alike.", "why “Total cost to us” is set aside (Criteria)"),
    (
        criteria,
        "Name of “Reaches enough people”",
        "Reach",
        "the name of the objective “Reaches enough people” (Criteria)",
    ),
    (criteria, "A new objective", "Fair to all", "a new objective (Criteria)"),
    (
        must_haves,
        "Reason: Short-stay safe home",
        "Too dear.",
        "the verdicts on “Within the money we have” (Scores, Must-haves)",
    ),
    (new_must_have, "What it means", "Open **at night**", "a new must-have (Scores)"),
    (
        own_score,
        "Role, such as school counselor",
        "Judge",
        "an own score of “Survivor mentor program” on “Match to our problem factors” (Scores)",
    ),
    (milestone, "Starts on", date(2027, 3, 4), "a new milestone (Implement)"),
    (factor, "Kind", "system gap", "a new factor (Diagnose)"),
    (problem_statement, "Where does it happen?", "Elm", "the problem statement (Diagnose)"),
    (raters, "Who rated, by role", "Sheriff", "who rated the readiness (Diagnose)"),
]
SHOWN_AFTER_A_RELOAD = {
    own_program: lambda app: app.switch_page("views/programs.py").run(),
    program: lambda app: app.switch_page("views/programs.py").run(),
    criterion_box: criteria,
    new_must_have: must_haves,
    new_criterion: lambda app: app.switch_page("views/criteria.py").run(),
    criterion: lambda app: app.switch_page("views/criteria.py").run(),
}
EACH_FORM = pytest.mark.parametrize(
    ("form", "label", "value", "about"), FORMS, ids=[f"{f[0].__name__}-{f[1]}" for f in FORMS]
)


@EACH_FORM
def test_what_is_typed_comes_back_after_a_reload(app, reload, form, label, value, about):
    assert "not saved" not in sign(form(app))
    type_in(app, label, value)
    assert sign(app).endswith("· 1 form not saved yet")
    again = reload(app)
    assert notice(again) == f"Brought back, typed before and not saved yet: {about}."
    assert sign(again).endswith("· 1 form not saved yet")
    SHOWN_AFTER_A_RELOAD.get(form, form)(again)
    assert field(again, label).value == value
    assert not again.exception
    assert not again.warning
    assert "1 form" in sign(again)
    press(again, "Cancel")
    assert "not saved" not in sign(again)
    assert notice(reload(again)) == ""


def test_what_is_saved_is_not_brought_back(app, reload, kept):
    type_in(factor(app), "The factor, in one line", "Nobody asks")
    field(app, "Kind").set_value("system gap")
    field(app, "Trend").set_value("rising")
    press(app, "Add the factor")
    assert notice(app).startswith("Saved: factor")
    assert "not saved" not in sign(app)
    assert notice(reload(app)) == ""


def test_all_that_is_typed_in_an_own_program_is_saved_after_a_reload(app, reload, kept):
    type_in(own_program(app), "Name", "Safe home")
    type_in(app, "Use it as", "support")
    again = reload(app).switch_page("views/programs.py").run()
    press(again, "Add it")
    assert kept(again).program("safe-home").role == "support"
    assert "not saved" not in sign(again)


def test_it_is_named_on_every_page_and_kept_over_it(app, reload, on_page):
    type_in(own_program(app), "Name", "Safe home")
    on_page(app, "criteria")
    assert "1 form not saved yet" in sign(app)
    on_page(app, "programs")
    assert field(app, "Name").value == "Safe home"


def test_the_item_left_unsaved_is_the_one_shown(app, reload):
    first = app.session_state["bestfit"].saved.project.diagnosis.factors[1]
    app.session_state["choose-Factor"] = first.id
    type_in(factor(app), "The factor, in one line", "Said better")
    again = factor(reload(app))
    assert again.selectbox(key="choose-Factor").value == first.id
    assert field(again, "The factor, in one line").value == "Said better"


def test_another_browser_with_the_link_sees_nothing_of_it(app, reload, browser):
    type_in(own_program(app), "Name", "Safe home")
    for number in ("another browser, same link", None):
        browser(number)
        other = reload(app)
        assert notice(other) == ""
        assert "not saved" not in sign(other)
        assert field(own_program(other), "Name").value == ""


def test_a_changed_thing_is_told_beside_what_was_typed(app, reload, edit_elsewhere, kept):
    type_in(program(app), "Name", "Mine")

    def change(project: Project) -> Project:
        old = project.run().program("mentoring")
        return project.with_program(old.model_copy(update={"name": "Theirs", "kind": "policy"}))

    edit_elsewhere(app, change)
    again = reload(app).switch_page("views/programs.py").run()
    assert "Someone else has changed this meanwhile." in html(again)
    assert "<strong>Name, now</strong>: Theirs" in html(again)
    assert field(again, "Name").value == "Mine"
    again.button(key=f"program-{kept(again).id}-mentoring-save").click().run()
    saved = kept(again).program("mentoring")
    assert (saved.name, saved.kind) == ("Mine", "policy")


def test_what_someone_else_has_recorded_likewise_is_no_draft_any_more(
    app, reload, edit_elsewhere, on_page
):
    type_in(program(app), "Name", "Same")
    old = app.session_state["bestfit"].saved.project.run().program("mentoring")
    edit_elsewhere(app, lambda p: p.with_program(old.model_copy(update={"name": "Same"})))
    again = program(reload(app)).run()
    assert "not saved" not in sign(again)


@pytest.mark.parametrize("after_a_reload", [False, True])
def test_a_thing_that_was_removed_is_told_with_what_was_typed(
    app, reload, edit_elsewhere, undo, after_a_reload
):
    type_in(program(app), "What it is", "<i>Long</i> text")
    edit_elsewhere(app, lambda p: p.without_program("mentoring"))
    again = reload(app) if after_a_reload else app.run()
    assert notice(again) == ""
    assert f"You began to change the program “{MENTORING}” (Programs), which is not" in html(again)
    assert "<strong>What it is</strong>: &lt;i&gt;Long&lt;/i&gt; text" in html(again)
    assert "1 form not saved yet" in sign(again)
    press(again, "Throw it away")
    assert "not saved" not in sign(again)
    assert "You began" not in html(again)
    assert notice(reload(again)) == ""


def test_what_was_removed_and_comes_back_has_what_was_typed(app, edit_elsewhere, undo):
    type_in(program(app), "What it is", "Long text")
    edit_elsewhere(app, lambda p: p.without_program("mentoring"))
    app.run()
    undo(app)
    assert "You began" not in html(app)
    assert field(program(app), "What it is").value == "Long text"


def test_who_removes_a_thing_lets_go_of_what_is_typed_about_it(app):
    type_in(program(app), "What it is", "Long text")
    app.button(key="remove-mentoring").click().run()
    assert "not saved" not in sign(app)


@pytest.mark.parametrize(
    ("item", "key", "label"),
    [
        (Factor(id="gone", name="Gone", kind="risk", trend="rising"), "Factor", "factor"),
        (Milestone(id="gone", name="Gone", stage="install"), "Milestone", "milestone"),
        (Condition(id="gone", name="Gone"), "Condition", "must-have of the diagnosis"),
    ],
    ids=["factor", "milestone", "condition"],
)
def test_items_of_every_part_are_known_to_be_there(open_app, edit_elsewhere, item, key, label):
    project = Project.new("Which?")
    is_plan = isinstance(item, Milestone)
    part = project.plan if is_plan else project.diagnosis
    put = Project.with_plan if is_plan else Project.with_diagnosis
    app = open_app(put(project, part.with_item(item)))
    page, field_label, words = {
        "Factor": ("diagnose", "The factor, in one line", "factors"),
        "Milestone": ("implement", "What is to be reached", "milestones"),
        "Condition": ("diagnose", "The condition, in a few words", "must-haves"),
    }[key]
    app.session_state[f"choose-{key}"] = "gone"
    on_part(app, page, "plan-part" if is_plan else "diagnose-part", words)
    type_in(app, field_label, "Other words")
    assert "You began" not in html(app)
    edit_elsewhere(app, lambda p: put(p, part))
    app.run()
    assert f"You began to change the {label} “Gone”" in html(app)


def test_an_answer_about_readiness_comes_back(open_app, reload):
    project = with_readiness_questions(Project.new("Which?"))
    first = readiness_questions()[0].id
    low = next(i for i in project.diagnosis.readiness if i.id == first)
    low = low.model_copy(update={"rating": 1})
    app = raters(open_app(project.with_diagnosis(project.diagnosis.with_item(low))))
    type_in(app, "What will we do about it?", "Meet the leaders.")
    again = raters(reload(app))
    assert field(again, "What will we do about it?").value == "Meet the leaders."


def verdict_of(app: AppTest, program: str):
    end = f"-{program}/verdict"
    return next(g for g in app.get("button_group") if g.key and g.key.endswith(end))


def test_half_given_verdicts_come_back_and_are_saved(app, reload, kept):
    must_haves(app).selectbox(key="judge-on").set_value("legal").run()
    verdict_of(app, "school").set_value("fail").run()
    type_in(app, "Reason: School prevention lessons", "Parents must agree.")
    again = must_haves(reload(app))
    assert again.selectbox(key="judge-on").value == "legal"
    assert verdict_of(again, "school").value == "fail"
    press(again, "Save the verdicts")
    legal = next(m for m in kept(again).evidence.must_haves if m.id == "legal")
    (given,) = [v for v in legal.verdicts if v.program == "school"]
    assert (given.verdict, given.reason) == ("fail", "Parents must agree.")
    assert "not saved" not in sign(again)


def test_verdicts_others_gave_meanwhile_are_kept_beside_mine(app, edit_elsewhere, kept):
    must_haves(app).selectbox(key="judge-on").set_value("legal").run()
    verdict_of(app, "school").set_value("unknown").run()
    theirs = Verdict(program="mentoring", verdict="fail", reason="Not here.")
    edit_elsewhere(app, lambda p: with_verdict(p, "legal", theirs))
    app.run()
    assert "Someone else has changed this meanwhile." in html(app)
    press(app, "Save the verdicts")
    legal = next(m for m in kept(app).evidence.must_haves if m.id == "legal")
    given = {v.program: v.verdict for v in legal.verdicts}
    assert (given["school"], given["mentoring"]) == ("unknown", "fail")


@pytest.mark.parametrize("who", ["mentoring", "cost"])
def test_a_reason_to_set_aside_what_others_set_aside_is_told(app, edit_elsewhere, who):
    set_aside = {"mentoring": set_aside_program, "cost": set_aside_criterion}[who]
    form = {"mentoring": program, "cost": criterion_box}[who]
    type_in(form(app), ASIDE, "Mine")
    edit_elsewhere(app, lambda p: set_aside(p, who, "Theirs"))
    app.run()
    assert "You began to change why" in html(app)
    press(app, "Throw it away")
    assert "not saved" not in sign(app)


def test_what_is_typed_about_a_removed_must_have_is_told(app, edit_elsewhere):
    new_must_have(app).selectbox(key="change-must-have").set_value("legal").run()
    type_in(app, "Name", "Lawful")
    edit_elsewhere(app, lambda p: p.without_must_have("legal"))
    app.run()
    assert "You began to change the must-have “Allowed by law” (Scores)" in html(app)


def test_what_is_typed_about_a_replaced_objective_is_told(blank, edit_elsewhere):
    first = criteria(blank).text_input[0].label
    type_in(blank, first, "Reach")
    edit_elsewhere(blank, lambda p: apply_template(p, "hexagon"))
    blank.run()
    assert "You began to change the name of the objective" in html(blank)


def test_a_draft_that_cannot_be_read_is_left_out(app, reload):
    key = app.session_state["bestfit"].saved.key
    good = '{"about": "x", "thing": [], "before": {}, "typed": {"name": 5}, "told": {}}'
    texts = {"forms/a": '{"of": "a later version"}', "forms/own-program": good}
    store().keep_drafts(key, "0123456789abcdef", texts)
    again = own_program(reload(app))
    assert not again.exception
    assert field(again, "Name").value == ""
    assert "not saved" not in sign(again.run())


def test_two_windows_of_a_browser_keep_their_drafts(app, reload):
    second = reload(app)
    type_in(own_program(app), "Name", "Safe home")
    type_in(factor(second), "The factor, in one line", "Nobody asks")
    both = notice(reload(app))
    assert "a program of your own (Programs)" in both
    assert "a new factor (Diagnose)" in both


def test_levels_of_a_criterion_come_back(app, reload):
    new_criterion(app)
    type_in(app, "It is scored by", "levels")
    type_in(app, "How many levels", 2)
    type_in(app, "What level 1 means", "Bad")
    again = reload(app).switch_page("views/criteria.py").run()
    assert field(again, "What level 1 means").value == "Bad"
    assert field(again, "How many levels").value == 2
    assert not [t for t in again.text_input if t.label == "What level 3 means"]
