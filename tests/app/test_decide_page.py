"""The page that decides: the answer, the drafted record, what blocks it, the lock, the rerun."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mcda.analysis import ranking, sentences
from mcda.app.state import store
from mcda.lifecycle import decide, review_day, standing
from mcda.project import Approval, Project, Record, Verdict
from mcda.project.recording import with_verdict
from mcda.project.templates import example
from mcda.project.text import day_text

HOSTILE = '</script><img src=x onerror=alert(1)> **x** [a](http://b) =HYPERLINK("x")'
TODAY = date.today()


@pytest.fixture
def page(app, on_page):
    """The page of the worked example, whose record is drafted and whose must-haves are settled."""
    return on_page(app, "decide")


@pytest.fixture
def empty(open_app, on_page):
    """The page of the worked example, with nothing drafted yet."""
    return on_page(open_app(example().with_record(None)), "decide")


@pytest.fixture
def unsettled(open_app, on_page):
    """The page of the worked example, where nobody knows whether the choice is legal."""
    unknown = Verdict(program="screening", verdict="unknown")
    return on_page(open_app(with_verdict(example(), "legal", unknown)), "decide")


@pytest.fixture
def locked(page):
    """The page after the worked example has been decided."""
    return button(page, "Yes, decide and lock").click().run()


@pytest.fixture
def project():
    """``project(app)`` reads the whole project that is kept."""

    def read(app) -> Project:
        return store().get(app.session_state["bestfit"].saved.key).project

    return read


def html(app) -> str:
    return " ".join(h.proto.body for h in app.get("html"))


def button(app, label: str):
    return next(b for b in app.button if b.label == label)


def labels(app) -> list[str]:
    return [item.label for item in (*app.button, *app.text_area, *app.selectbox)]


def named(items, label: str):
    return next(i for i in items if i.label == label)


def write(app, label: str, text: str):
    return named(app.text_area, label).set_value(text).run()


def links(app) -> list[str]:
    return [link.proto.label for link in app.get("page_link")]


def choose(app, program: str):
    return named(app.selectbox, "We choose").set_value(program).run()


# --- the answer


def test_it_shows_the_ranking_s_answer_and_how_firm_it_is(page):
    said = sentences(example())
    assert ranking(example()).headline in html(page)
    assert said.verdict.replace("'", "&#x27;") in html(page)
    assert said.caveat in html(page)
    assert "By the weights of: Planning group." in html(page)


def test_any_ranked_program_can_be_chosen_the_first_one_first(page):
    ranked = ranking(example()).ranked
    options = named(page.selectbox, "We choose").options
    assert options == [p.name for p in ranked]


def test_an_option_keeps_its_words_when_the_places_change(page, edit_elsewhere):
    before = named(page.selectbox, "We choose").options
    edit_elsewhere(page, lambda p: p.without_score("screening", "cost"))
    page.run()
    assert "Its place is 1 to 2." not in html(page)
    assert set(before) == set(named(page.selectbox, "We choose").options)


def test_without_scores_it_says_what_to_do_first(blank, on_page):
    page = on_page(blank, "decide")
    assert "nothing to choose by" in html(page)
    assert "Go to Scores" in links(page)
    assert not page.selectbox


def test_where_nothing_can_be_ranked_it_says_so(open_app, on_page):
    broken = example().model_dump(mode="json")
    broken["runs"][0]["evidence"]["scores"][0]["amount"] = {"type": "exact", "value": 1e9}
    page = on_page(open_app(Project.model_validate(broken)), "decide")
    assert not page.exception
    assert page.warning
    assert "Nothing can be ranked yet." in html(page)
    assert "Go to Scores" in links(page)
    assert named(page.selectbox, "We choose").options == ["Screening with an advocate"]


# --- the draft


def test_the_choice_comes_first_then_the_reasons(empty, kept):
    assert "Why do we choose it?" not in labels(empty)
    choose(empty, "survivor_mentors")
    assert kept(empty).record == Record(choice="survivor_mentors", reasons="")
    assert "Why do we choose it?" in labels(empty)


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Why do we choose it?", "reasons"),
        ("Other views: who sees it differently, and why", "dissent"),
        ("Risks here that it must be adapted to", "risks"),
        ("Strengths here that it can build on", "strengths"),
        ("Strategy: how it is adapted to this place", "strategy"),
    ],
)
def test_what_is_written_is_kept_as_one_goes(page, kept, label, field):
    write(page, label, "What we said.")
    assert kept(page).record == example().run().record.model_copy(update={field: "What we said."})
    assert kept(page).status == "draft"


def test_undo_brings_the_words_before_back(page, undo):
    write(page, "Why do we choose it?", "Other words.")
    undo(page)
    assert named(page.text_area, "Why do we choose it?").value == example().run().record.reasons


def test_the_choice_can_be_changed_and_the_rest_stays(page, kept):
    choose(page, "survivor_mentors")
    assert kept(page).record.choice == "survivor_mentors"
    assert kept(page).record.reasons == example().run().record.reasons
    assert standing(example(), "survivor_mentors").sentence in html(page)


def test_one_that_is_sure_not_to_be_first_is_asked_for_its_reason(page, kept):
    choose(page, "campaign")
    assert "Write why you choose it and not the program that ranks first." in html(page)
    assert lock(page).disabled
    write(page, "Why this one, and not the program that ranks first?", "It can begin at once.")
    assert kept(page).record.departure == "It can begin at once."
    assert not lock(page).disabled


def lock(app):
    """The popover that asks once more, as what it says of itself."""
    blocks = [p.proto.popover for p in app.get("popover")]
    return next(p for p in blocks if p.label == "Decide and lock")


def test_one_that_may_be_first_is_not(page):
    assert "Why this one, and not the program that ranks first?" not in labels(page)


def test_text_that_looks_like_one_person_is_warned_of_and_kept(page, kept):
    write(page, "Other views: who sees it differently, and why", "Case no. 23-0815 says no.")
    assert any("a case number" in w.value for w in page.warning)
    assert kept(page).record.dissent == "Case no. 23-0815 says no."


# --- days and approvals


def test_days_are_a_click_away(open_app, on_page, kept):
    own = {"info": example().info.model_copy(update={"illustrative": False})}
    record = example().run().record.model_copy(update={"decided_on": None, "review_on": None})
    page = on_page(open_app(example().with_record(record).model_copy(update=own)), "decide")
    button(page, f"Decided today, {day_text(TODAY)}").click().run()
    button(page, f"Review a year on, {day_text(review_day(TODAY))}").click().run()
    assert (kept(page).record.decided_on, kept(page).record.review_on) == (TODAY, review_day(TODAY))
    assert f"Decided today, {day_text(TODAY)}" not in labels(page)


def test_a_made_up_example_is_decided_on_the_day_it_is_told_on(open_app, on_page, kept):
    record = example().run().record.model_copy(update={"decided_on": None})
    page = on_page(open_app(example().with_record(record)), "decide")
    told_on = date(2026, 11, 20)
    button(page, f"Decided on {day_text(told_on)}").click().run()
    assert kept(page).record.decided_on == told_on


def test_days_can_be_typed_and_the_review_is_proposed_a_year_on(page, kept):
    named(page.date_input, "Decided on").set_value(date(2027, 1, 5)).run()
    assert kept(page).record.decided_on == date(2027, 1, 5)
    assert "Review a year on, January 5, 2028" in labels(page)


def test_a_review_before_the_decision_blocks(page):
    named(page.date_input, "To be looked at again on").set_value(date(2026, 1, 5)).run()
    assert "Choose a later day for the review." in html(page)
    assert lock(page).disabled


def test_who_approved_is_added_changed_and_taken_out(page, kept):
    given = example().run().record.approvals
    named(page.text_input, "Approved by (3)").set_value("Board of supervisors").run()
    assert kept(page).record.approvals == (*given, Approval(role="Board of supervisors"))
    named(page.date_input, "On (3)").set_value(date(2026, 12, 1)).run()
    assert kept(page).record.approvals[2].on == date(2026, 12, 1)
    assert "Approved by (4)" in [t.label for t in page.text_input]
    named(page.text_input, "Approved by (1)").set_value(" ").run()
    assert [a.role for a in kept(page).record.approvals] == [given[1].role, "Board of supervisors"]


# --- refused


def test_what_is_refused_stays_in_its_field_and_can_be_kept_later(
    page, kept, edit_elsewhere, problem
):
    named(page.text_area, "Why do we choose it?").set_value("Our words.")
    edit_elsewhere(page, lambda p: p.with_info(p.info.model_copy(update={"place": "There"})))
    page.run()
    assert "Not saved" in problem(page)
    assert named(page.text_area, "Why do we choose it?").value == "Our words."
    assert any("Not kept yet: Why do we choose it?" in w.value for w in page.warning)
    assert lock(page).disabled
    button(page, "Keep it now").click().run()
    assert kept(page).record.reasons == "Our words."
    assert not lock(page).disabled


def test_every_kind_of_field_can_be_kept_later(page, kept, edit_elsewhere):
    named(page.text_input, "Approved by (3)").set_value("Board of supervisors")
    edit_elsewhere(page, lambda p: p.with_info(p.info.model_copy(update={"place": "There"})))
    page.run()
    button(page, "Keep it now").click().run()
    assert kept(page).record.approvals[2].role == "Board of supervisors"


# --- what blocks it


def test_an_unsettled_must_have_blocks_and_the_way_to_settle_it_is_shown(unsettled):
    assert lock(unsettled).disabled
    assert "This cannot be decided yet:" in html(unsettled)
    assert "Allowed by law" in html(unsettled)
    assert "Settle it on Scores, under Must-haves" in links(unsettled)


def test_without_reasons_it_cannot_be_decided(page, kept, problem):
    write(page, "Why do we choose it?", " ")
    assert "No reasons are given." in html(page)
    assert lock(page).disabled
    # A browser cannot press this now; the rules would refuse it all the same.
    button(page, "Yes, decide and lock").click().run()
    assert "This cannot be decided yet." in problem(page)
    assert kept(page).status == "draft"


# --- the lock


def test_the_lock_says_what_it_means_before_it_locks(page, kept):
    assert "You are about to decide on Screening with an advocate" in html(page)
    assert "Nothing in this selection can be edited after that" in html(page)
    assert kept(page).status == "draft"


def test_what_will_be_missing_from_the_record_is_said_before_it_locks(open_app, on_page):
    bare = Record(choice="screening", reasons="R")
    page = on_page(open_app(example().with_record(bare)), "decide")
    assert "No day of decision is given." in html(page)
    assert "Nobody is named who approved it." in html(page)


def test_deciding_locks_the_run_as_the_rules_do(locked, kept):
    expected = decide(example(), example().run().record).run()
    assert kept(locked) == expected
    assert locked.success[0].value == "Decided and locked: Screening with an advocate."


def test_a_locked_record_is_shown_with_its_fingerprint(locked, kept):
    short = kept(locked).lock[:12]
    assert f"{short[:4]} {short[4:8]} {short[8:]}" in html(locked)
    assert kept(locked).lock in html(locked)
    assert "We chose Screening with an advocate." in html(locked)
    assert "Decided on December 1, 2026. To be looked at again on December 1, 2027." in html(locked)
    assert "the county manager" in html(locked)
    assert [s.value for s in locked.subheader] == [
        "Why we chose it",
        "Other views",
        "Risks here that it is adapted to",
        "Strengths here that it builds on",
        "How it is adapted",
    ]
    assert not locked.text_area
    assert "Export the final report" in links(locked)


def test_undo_stops_at_the_lock_and_says_why(locked, kept):
    back = button(locked, "Undo")
    assert back.disabled
    assert "has been decided and is locked, so the decision cannot be undone" in back.help
    assert kept(locked).status == "decided"


def test_an_undo_that_comes_from_an_older_page_is_refused_in_words(locked, kept, problem):
    state = locked.session_state["bestfit"]
    state.saved = replace(state.saved, can_undo="decide", undo_stop="")
    button(locked.run(), "Undo").click().run()
    assert "“First selection” has been decided and is locked" in problem(locked)
    assert kept(locked).status == "decided"


def test_deciding_is_refused_where_someone_changed_something_meanwhile(
    page, kept, edit_elsewhere, problem
):
    unknown = Verdict(program="screening", verdict="unknown")
    edit_elsewhere(page, lambda p: with_verdict(p, "legal", unknown))
    button(page, "Yes, decide and lock").click().run()
    assert kept(page).status == "draft"
    assert "Not saved: decide on Screening with an advocate" in problem(page)
    assert lock(page).disabled


def test_a_review_that_has_come_due_is_called_for(open_app, on_page):
    record = Record(
        choice="screening", reasons="R", decided_on=date(2020, 1, 1), review_on=date(2021, 1, 1)
    )
    page = on_page(open_app(decide(example(), record)), "decide")
    assert "to be looked at again on January 1, 2021" in page.warning[0].value


def test_a_broken_lock_is_told(open_app, on_page, problem):
    raw = decide(example(), example().run().record).model_dump(mode="json")
    raw["runs"][0]["record"]["reasons"] = "Changed by hand."
    page = on_page(open_app(Project.model_validate(raw)), "decide")
    assert "changed after it was locked" in problem(page)


# --- the rerun


def test_a_rerun_starts_from_the_decision_and_knows_its_parent(locked, on_page, project):
    assert "Select again from this decision" in [
        link.proto.label for link in locked.get("page_link")
    ]
    on_page(locked, "again")
    named(locked.text_area, "Why do you select again?").set_value("Three years are over.")
    button(locked, "Start a new selection").click().run()
    decided, rerun = project(locked).runs
    assert (rerun.parent, rerun.status, rerun.record) == (decided.id, "draft", None)
    assert decided.status == "decided"
    assert "The decision it comes from stays as it is." in locked.success[0].value
    page = on_page(locked, "decide")
    assert (
        "This selection starts from “First selection”, which chose Screening with an advocate on "
        "December 1, 2026" in html(page)
    )
    assert "Earlier decisions, each locked" in html(page)
    assert "We choose" in labels(page)


# --- pages of a locked selection


def test_an_edit_of_a_locked_selection_is_refused_in_words(locked, on_page, kept, problem):
    before = kept(locked)
    page = on_page(locked, "programs")
    page.session_state["program-school"] = True
    page.run().button(key="remove-school").click().run()
    assert "“First selection” has been decided and is locked. To choose again" in problem(page)
    assert kept(page) == before


# --- names


def test_hostile_names_are_text(open_app, on_page):
    decision = example()
    for program in decision.run().candidates[:3]:
        decision = decision.with_program(program.model_copy(update={"name": HOSTILE}))
    record = decision.run().record.model_copy(
        update={
            "choice": decision.run().candidates[1].id,
            "reasons": HOSTILE,
            "departure": HOSTILE,
            "approvals": (Approval(role=HOSTILE),),
        }
    )
    page = on_page(open_app(decision.with_record(record)), "decide")
    assert not page.exception
    assert "<img" not in html(page)
    page = on_page(open_app(decide(decision, record)), "decide")
    assert not page.exception
    assert "<img" not in html(page)
    assert "&lt;img" in html(page)
