"""The page of the plan: what is late and next, the chart, every list with its form, downloads."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mcda.app.item_forms import item_table
from mcda.app.state import store
from mcda.lifecycle import budget_totals, decide, lifecycle_table, schedule, table_csv
from mcda.project import (
    Adaptation,
    BudgetLine,
    CoreComponent,
    FeedbackLoop,
    FidelityCheck,
    Milestone,
    Plan,
    Program,
    Project,
    Risk,
    Stakeholder,
    Training,
)
from mcda.project.templates import example
from mcda.project.text import day_text

HOSTILE = '</script><img src=x onerror=alert(1)> **x** [a](http://b) =HYPERLINK("x")'
TODAY = date.today()
PARTS = ("partners", "training", "core", "adaptations", "feedback", "risks", "budget", "whole")


def days(count: int) -> date:
    return TODAY + timedelta(days=count)


HIRE = Milestone(id="hire", name="Hire two advocates", owner="Director", due_on=days(-3))
OPEN = Milestone(
    id="open", name="First service", starts_on=days(-1), due_on=days(30), after=("hire",)
)
LAST = Milestone(id="last", name="Full service", due_on=days(60), after=("open",))


def with_plan(**lists) -> Project:
    return Project.new("Which program?").with_plan(Plan(**lists))


@pytest.fixture
def page(app, on_page):
    """The page of the worked example."""
    return on_page(app, "implement")


@pytest.fixture
def late(open_app, on_page):
    """The page of a plan in which one milestone is late and holds up another."""
    return on_page(open_app(with_plan(milestones=(HIRE, OPEN, LAST))), "implement")


@pytest.fixture
def plan():
    """``plan(app)`` reads the plan that is kept."""

    def read(app) -> Plan:
        return store().get(app.session_state["bestfit"].saved.key).project.plan

    return read


def html(app) -> str:
    return " ".join(h.proto.body for h in app.get("html"))


def button(app, label: str):
    return next(b for b in app.button if b.label == label)


def named(items, label: str):
    return next(i for i in items if i.label == label)


def part(app, name: str):
    return app.segmented_control(key="plan-part").set_value(name).run()


def pick(app, label: str, item: str):
    return named(app.selectbox, f"{label} to add or change").set_value(item).run()


def downloads(app) -> list[str]:
    return [d.proto.label for d in app.get("download_button")]


def words(app) -> str:
    return " ".join(m.value for m in app.markdown)


# --- how it stands


def test_it_says_how_the_plan_stands_and_what_it_carries_out(page):
    assert schedule(example().plan, TODAY).headline in html(page)
    assert "Made-up example, told as of November 20, 2026" in html(page)
    assert "This plan carries out: Screening with an advocate. That is not decided yet." in html(
        page
    )


def test_late_blocked_and_next_are_named(late):
    said = html(late)
    assert "<strong>Late</strong>: “Hire two advocates” is 3 days late." in said
    assert "<strong>Blocked</strong>: “First service” is blocked by “Hire two advocates”." in said
    assert f"<strong>Next due</strong>: “First service”, on {day_text(days(30))}." in said
    assert "“Hire two advocates”, “First service” and “Full service”" in said


def test_who_sees_to_what_is_next_is_named(open_app, on_page):
    soon = HIRE.model_copy(update={"due_on": days(3)})
    page = on_page(open_app(with_plan(milestones=(soon,))), "implement")
    assert f"“Hire two advocates”, on {day_text(days(3))} (Director)." in html(page)


def test_it_is_time_to_listen_again_where_nothing_was_heard(open_app, on_page):
    loop = FeedbackLoop(id="staff", name="Staff", every="month")
    page = on_page(open_app(with_plan(loops=(loop,), starts_on=days(-100))), "implement")
    assert f"“Staff” was due on {day_text(days(-69))}." in html(page)


def test_an_empty_plan_says_how_to_begin(blank, on_page):
    page = on_page(blank, "implement")
    assert "There are no milestones yet. Begin with the first one below." in html(page)
    assert "Nothing has been chosen yet" in html(page)
    assert not page.get("plotly_chart")
    assert downloads(page) == []


def test_after_the_decision_it_says_what_it_carries_out(open_app, on_page):
    decided = decide(example(), example().run().record)
    page = on_page(open_app(decided), "implement")
    assert "This plan carries out: Screening with an advocate." in html(page)
    assert "not decided" not in html(page)


def test_the_chart_has_words_and_a_table(late):
    (chart,) = late.get("plotly_chart")
    assert "Hire two advocates, late by 3 days" in chart.proto.alt
    assert f"Milestones on {day_text(TODAY)}" in html(late)
    assert "hatched is late or blocked" in html(late)


def test_milestones_without_a_day_stand_in_a_table_alone(open_app, on_page):
    undated = (Milestone(id="a", name="Some day"),)
    page = on_page(open_app(with_plan(milestones=undated)), "implement")
    assert not page.exception
    assert not page.get("plotly_chart")
    assert "None of them has a day yet" in html(page)
    assert "Some day" in html(page)


def test_open_questions_about_the_plan_are_listed(open_app, on_page):
    circle = (
        Milestone(id="a", name="A", after=("b",)),
        Milestone(id="b", name="B", after=("a",)),
    )
    page = on_page(open_app(with_plan(milestones=circle)), "implement")
    assert "Milestones wait for each other in a circle" in html(page)
    assert [e.label for e in page.expander if "Open questions" in e.label] == [
        "Open questions about the plan: 1"
    ]


# --- milestones


def test_a_milestone_is_added_with_all_it_has(late, plan):
    named(late.text_input, "What is to be reached").set_value("Train the staff")
    named(late.text_input, "Who sees to it").set_value("Training coordinator")
    named(late.selectbox, "Stage").set_value("install")
    named(late.date_input, "Starts on").set_value(days(1))
    named(late.date_input, "Due on").set_value(days(9))
    named(late.multiselect, "Waits for").set_value(["hire"])
    named(late.text_area, "Note, kept out of the public edition").set_value("Two rounds.")
    button(late, "Add the milestone").click().run()
    assert plan(late).item(Milestone, "train-the-staff") == Milestone(
        id="train-the-staff",
        name="Train the staff",
        stage="install",
        owner="Training coordinator",
        starts_on=days(1),
        due_on=days(9),
        after=("hire",),
        note="Two rounds.",
    )
    assert "“Train the staff” is blocked by “Hire two advocates”." in html(late)
    assert "Saved: milestone “Train the staff”." in late.success[0].value
    assert named(late.text_input, "What is to be reached").value == ""


def test_a_milestone_is_changed_and_what_it_held_up_can_start(late, plan):
    pick(late, "Milestone", "hire")
    assert named(late.text_input, "What is to be reached").value == "Hire two advocates"
    named(late.selectbox, "Status").set_value("done")
    named(late.date_input, "Done on").set_value(TODAY)
    button(late, "Save the milestone").click().run()
    assert plan(late).item(Milestone, "hire").done_on == TODAY
    assert "1 of 3 milestones are done." in html(late)
    assert "Late" not in html(late)


def test_a_done_day_still_to_come_is_questioned(late):
    pick(late, "Milestone", "hire")
    named(late.selectbox, "Status").set_value("done")
    named(late.date_input, "Done on").set_value(TODAY).run()
    assert not late.warning
    named(late.date_input, "Done on").set_value(days(1)).run()
    assert [w.value for w in late.warning] == [
        "This day is still to come. Enter it once it has happened."
    ]
    button(late, "Save the milestone").click().run()
    assert f"{day_text(days(1))}, which is still to come." in html(late)


def test_a_due_day_to_come_is_not_questioned(late):
    named(late.date_input, "Due on").set_value(days(30)).run()
    assert not late.warning


def test_what_comes_next_stands_once(late):
    said = html(late)
    headline = schedule(Plan(milestones=(HIRE, OPEN, LAST)), TODAY).headline
    assert headline == "0 of 3 milestones are done, 1 late and 1 blocked."
    assert headline in said
    assert said.count("is 3 days late") == 1


def test_a_milestone_cannot_wait_for_itself(late):
    pick(late, "Milestone", "hire")
    assert named(late.multiselect, "Waits for").options == ["First service", "Full service"]


def test_a_removed_one_comes_back_by_undo_with_what_waited_for_it(late, plan, undo):
    pick(late, "Milestone", "hire")
    button(late, "Remove it").click().run()
    assert [m.id for m in plan(late).milestones] == ["open", "last"]
    assert plan(late).item(Milestone, "open").after == ()
    undo(late)
    assert plan(late).milestones == (HIRE, OPEN, LAST)


def test_without_a_name_it_is_refused_and_what_is_typed_stays(late, plan, problem):
    named(late.text_input, "Who sees to it").set_value("Director")
    button(late, "Add the milestone").click().run()
    assert "a name is needed here" in problem(late)
    assert len(plan(late).milestones) == 3
    assert named(late.text_input, "Who sees to it").value == "Director"
    assert "Not saved yet." in words(late)


def test_what_is_typed_can_be_let_go_of(late):
    named(late.text_input, "Who sees to it").set_value("Director").run()
    button(late, "Cancel").click().run()
    assert named(late.text_input, "Who sees to it").value == ""
    assert "Not saved yet." not in words(late)


def test_what_is_typed_outlives_other_parts_and_pages(late, on_page):
    named(late.text_input, "Who sees to it").set_value("Director").run()
    part(late, "risks")
    on_page(late, "export")
    on_page(late, "implement")
    part(late, "milestones")
    assert named(late.text_input, "Who sees to it").value == "Director"


def test_another_s_edit_is_seen_and_kept_where_nothing_else_was_typed(
    late, plan, edit_elsewhere, problem
):
    pick(late, "Milestone", "hire")
    named(late.text_input, "Who sees to it").set_value("Chief")
    theirs = HIRE.model_copy(update={"name": "Hire three advocates", "owner": "Manager"})
    edit_elsewhere(late, lambda p: p.with_plan(p.plan.with_item(theirs)))
    button(late, "Save the milestone").click().run()
    assert "Not saved" in problem(late)
    assert "Someone else has changed this meanwhile." in html(late)
    assert "<strong>Who sees to it, now</strong>: Manager" in html(late)
    button(late, "Save the milestone").click().run()
    saved = plan(late).item(Milestone, "hire")
    assert (saved.name, saved.owner) == ("Hire three advocates", "Chief")


def test_where_nothing_is_typed_another_s_edit_is_shown(late, edit_elsewhere):
    pick(late, "Milestone", "hire")
    theirs = HIRE.model_copy(update={"owner": "Manager"})
    edit_elsewhere(late, lambda p: p.with_plan(p.plan.with_item(theirs)))
    late.run()
    assert named(late.text_input, "Who sees to it").value == "Manager"


def test_one_that_was_removed_elsewhere_is_no_choice_any_more(late, edit_elsewhere):
    pick(late, "Milestone", "hire")
    edit_elsewhere(late, lambda p: p.with_plan(p.plan.without_item(Milestone, "hire")))
    late.run()
    assert not late.exception
    assert "Add the milestone" in [b.label for b in late.button]


def test_text_that_looks_like_one_person_is_warned_of_and_kept(late, plan):
    named(late.text_input, "What is to be reached").set_value("See a 14-year-old girl").run()
    assert any("one young person" in w.value for w in late.warning)
    button(late, "Add the milestone").click().run()
    assert plan(late).milestones[-1].name == "See a 14-year-old girl"


# --- the other lists


def test_a_partner_and_its_agreement(late, plan):
    part(late, "partners")
    named(late.text_input, "Organization").set_value("Tribe's youth office")
    named(late.selectbox, "Agreement").set_value("signed")
    named(late.date_input, "Signed on").set_value(TODAY)
    button(late, "Add the stakeholder").click().run()
    assert plan(late).stakeholders == (
        Stakeholder(
            id="tribe-s-youth-office",
            name="Tribe's youth office",
            agreement="signed",
            signed_on=TODAY,
        ),
    )


def test_a_training_is_linked_to_a_course_of_the_catalogue(late, plan):
    part(late, "training")
    named(late.text_input, "Course").set_value("First course")
    course = named(late.selectbox, "In the catalogue")
    assert course.options[0] == "Not from the catalogue"
    course.set_value("tt4")
    named(late.number_input, "People planned").set_value(30)
    named(late.number_input, "Hours each").set_value(4.5)
    named(late.text_area, "When staff change").set_value("It is part of the first month.")
    button(late, "Add the training").click().run()
    assert plan(late).trainings == (
        Training(
            id="first-course",
            name="First course",
            catalog_id="tt4",
            planned_people=30,
            hours=4.5,
            turnover_cover="It is part of the first month.",
        ),
    )


def test_every_course_that_is_used_stays_one_of_the_choices(page):
    part(page, "training")
    for training in example().plan.trainings:
        pick(page, "Training", training.id)
        assert named(page.selectbox, "In the catalogue").value == (training.catalog_id or "")


def test_without_turnover_cover_it_is_asked_for(late):
    part(late, "training")
    named(late.text_input, "Course").set_value("First course")
    button(late, "Add the training").click().run()
    assert "Nobody has said how those who come later learn it." in html(late)


def test_a_number_below_what_it_can_be_is_refused(late, plan, problem):
    part(late, "training")
    named(late.text_input, "Course").set_value("First course")
    named(late.number_input, "People planned").set_value(-3)
    button(late, "Add the training").click().run()
    assert "Planned people: it must be 0 or more." in problem(late)
    assert plan(late).trainings == ()
    assert named(late.number_input, "People planned").value == -3


def test_a_fidelity_check_needs_its_component_and_an_answer(late, plan, problem):
    part(late, "core")
    assert "Name a core component first" in html(late)
    named(late.text_input, "Core component").set_value("An advocate goes first")
    button(late, "Add the core component").click().run()
    named(late.text_input, "What was looked at").set_value("Ten forms")
    button(late, "Add the fidelity check").click().run()
    assert "Core component: choose one." in problem(late)
    named(late.selectbox, "Core component").set_value("an-advocate-goes-first")
    named(late.selectbox, "Met?").set_value("partly")
    button(late, "Add the fidelity check").click().run()
    assert plan(late).components[0] == CoreComponent(
        id="an-advocate-goes-first", name="An advocate goes first"
    )
    assert plan(late).fidelity == (
        FidelityCheck(
            id="ten-forms", name="Ten forms", component="an-advocate-goes-first", met="partly"
        ),
    )


def test_an_adaptation_has_a_light_in_words(late, plan, problem):
    part(late, "adaptations")
    named(late.text_input, "What is changed").set_value("Shorter")
    button(late, "Add the adaptation").click().run()
    assert "Light: choose one." in problem(late)
    light = named(late.selectbox, "Light")
    assert light.options == [
        "Green: every core component stays",
        "Yellow: comes near one, needs care",
        "Red: changes a core component",
    ]
    light.set_value("red")
    button(late, "Add the adaptation").click().run()
    assert plan(late).adaptations == (Adaptation(id="shorter", name="Shorter", light="red"),)
    assert "its developer was not asked" in html(late)


def test_what_was_heard_is_kept_with_its_loop_and_what_was_done(late, plan):
    part(late, "feedback")
    assert "Say first how you listen" in html(late)
    named(late.text_input, "What we listen to").set_value("Staff")
    button(late, "Add the feedback loop").click().run()
    named(late.text_input, "What was said, in general").set_value("Too long")
    named(late.selectbox, "Heard in").set_value("staff")
    named(late.text_area, "What was done about it").set_value("We cut it.")
    button(late, "Add the feedback entry").click().run()
    (entry,) = plan(late).feedback
    assert (entry.loop, entry.name, entry.action) == ("staff", "Too long", "We cut it.")


def test_a_risk_is_closed(late, plan):
    part(late, "risks")
    named(late.text_input, "What may go wrong").set_value("Staff leave")
    named(late.selectbox, "How likely").set_value("high")
    named(late.checkbox, "Closed: it can no longer happen").check()
    button(late, "Add the risk").click().run()
    assert plan(late).risks == (
        Risk(id="staff-leave", name="Staff leave", likelihood="high", closed=True),
    )


def test_the_budget_is_added_up_and_what_is_not_known_is_said(late, plan):
    part(late, "budget")
    assert "There is no budget yet." in html(late)
    named(late.text_input, "What the money is for").set_value("Advocate")
    named(late.number_input, "Planned").set_value(42000.0)
    button(late, "Add the budget line").click().run()
    assert plan(late).budget == (BudgetLine(id="advocate", name="Advocate", planned=42000.0),)
    assert "Planned: 42,000 US dollars." in html(late)
    assert "What was spent is not known yet for 1 line." in html(late)
    assert "All together" in html(late)


def test_lines_of_the_budget_with_one_name_are_told_apart(page):
    part(page, "budget")
    assert budget_totals(example().plan).sentence("US dollars") in html(page)
    options = named(page.selectbox, "Budget line to add or change").options
    assert options[1:3] == ["Advocate, 2027", "Advocate, 2028 and 2029"]


def test_what_the_plan_carries_out_and_from_when(page, plan):
    part(page, "whole")
    named(page.selectbox, "It carries out").set_value("")
    named(page.date_input, "It starts on").set_value(TODAY)
    button(page, "Save").click().run()
    assert (plan(page).run, plan(page).starts_on) == (None, TODAY)
    assert "Saved: what the plan carries out." in page.success[0].value


@pytest.mark.parametrize("name", PARTS)
def test_every_part_of_the_worked_example_is_shown_as_recorded(page, name):
    part(page, name)
    assert not page.exception
    shown = {
        "partners": ["stakeholders"],
        "training": ["trainings"],
        "core": ["components", "fidelity"],
        "adaptations": ["adaptations"],
        "feedback": ["loops", "feedback"],
        "risks": ["risks"],
        "budget": ["budget"],
    }.get(name, [])
    for field in shown:
        table = lifecycle_table(example(), field)
        assert item_table(table).caption in html(page)
        assert all(row[0].replace("'", "&#x27;") in html(page) for row in table.texts)
    assert downloads(page).count("Download this table (CSV)") == len(shown)


def test_the_downloads_are_the_rules_own(page):
    part(page, "partners")
    assert downloads(page) == [
        "Download the milestones as a calendar (ICS)",
        "Download this table (CSV)",
    ]
    assert b"Elm County probation" in table_csv(lifecycle_table(example(), "stakeholders"))


# --- after the decision, and names


def test_the_plan_goes_on_after_the_decision(open_app, on_page, plan):
    page = on_page(open_app(decide(example(), example().run().record)), "implement")
    named(page.text_input, "What is to be reached").set_value("One more")
    button(page, "Add the milestone").click().run()
    assert plan(page).milestones[-1].name == "One more"


def test_hostile_names_are_text(open_app, on_page):
    first = Milestone(id="a", name=HOSTILE, owner=HOSTILE, due_on=days(-1))
    decision = with_plan(
        milestones=(first, Milestone(id="b", name=HOSTILE, after=("a",), starts_on=days(-1))),
        stakeholders=(Stakeholder(id="s", name=HOSTILE, role=HOSTILE),),
    ).with_program(Program(id="p", name=HOSTILE))
    page = on_page(open_app(decision), "implement")
    pick(page, "Milestone", "b")
    assert not page.exception
    assert "<img" not in html(page)
    part(page, "partners")
    assert not page.exception
    assert "&lt;img" in html(page)
    assert "<img" not in html(page)


def test_two_of_one_name_can_both_be_chosen(open_app, on_page):
    same = tuple(Milestone(id=i, name="Same") for i in ("a", "b"))
    page = on_page(open_app(with_plan(milestones=same)), "implement")
    options = named(page.selectbox, "Milestone to add or change").options
    assert options == ["A new milestone", "Same", "Same (2)"]
