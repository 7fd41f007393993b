"""Select again: what asks for it, a new selection, what is proposed for it, and what moved."""

from __future__ import annotations

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from mcda.analysis.between_runs import between_runs
from mcda.app.decided import fingerprint
from mcda.app.state import store
from mcda.cli import app as cli_app
from mcda.lifecycle import decide
from mcda.lifecycle.selecting_again import proposed_scores, select_again
from mcda.lifecycle.triggers import review_triggers
from mcda.project import Exact, Indicator, Project, Range, TriggerAnswer, save
from mcda.project.templates import example
from mcda.report import build_report

TWO_YEARS_ON = "elm_county_two_years_on"
TOLD_ON = date(2029, 1, 15)
COST = "Total cost to us"


def html(app) -> str:
    return " ".join(h.proto.body for h in app.get("html"))


def button(app, label: str):
    return next(b for b in app.button if b.label == label)


def named(items, label: str):
    return next(i for i in items if i.label == label)


def links(app) -> list[str]:
    return [link.proto.label for link in app.get("page_link")]


def before_the_loop() -> Project:
    """Return the second example as it was before the new selection was started."""
    done = example(TWO_YEARS_ON)
    evaluation = done.evaluation.model_copy(update={"trigger_answers": (), "score_answers": ()})
    return done.model_copy(update={"runs": done.runs[:1]}).with_evaluation(evaluation)


@pytest.fixture
def project():
    """``project(app)`` reads the project that is kept."""

    def read(app) -> Project:
        return store().get(app.session_state["bestfit"].saved.key).project

    return read


@pytest.fixture
def page(open_app, on_page):
    """The page of the second example, whose new selection is under way."""
    return on_page(open_app(example(TWO_YEARS_ON)), "again")


@pytest.fixture
def earlier(open_app, on_page):
    """The page of the second example before a new selection was started."""
    return on_page(open_app(before_the_loop()), "again")


def start(app, reason: str = "It costs more than was scored."):
    named(app.text_area, "Why do you select again?").set_value(reason)
    return button(app, "Start a new selection").click().run()


# --- the reasons to look again


def test_an_example_says_the_same_on_every_page_and_in_every_form(earlier, on_page, tmp_path):
    file = tmp_path / "before.json"
    save(before_the_loop(), file)
    command = CliRunner().invoke(cli_app, ["review", str(file), "--json"])
    told = json.loads(command.stdout)
    assert told["today"] == TOLD_ON.isoformat()
    count = len(told["triggers"])
    made = build_report(before_the_loop(), date=date(2026, 11, 22))
    assert (made.date, made.material.as_of) == (date(2026, 11, 22), TOLD_ON)
    assert len(made.material.triggers) == count
    assert f"{count} reasons ask for another look at the decision." in html(earlier)
    evaluate = on_page(earlier, "evaluate")
    assert f"There are {count} open reasons" in html(evaluate)
    for name in ("overview", "implement", "evaluate", "again", "decide"):
        assert "Made-up example, told as of January 15, 2029" in html(on_page(earlier, name))


def test_open_reasons_are_counted_and_told(earlier):
    found = review_triggers(before_the_loop(), TOLD_ON)
    assert f"{len(found)} reasons ask for another look at the decision." in html(earlier)
    for trigger in found:
        assert trigger.sentence.replace("'", "&#x27;") in html(earlier)
    assert not earlier.exception


def test_one_is_left_as_it_is_with_a_reason(earlier, project, problem):
    button(earlier, "Leave it as it is").click().run()
    assert "Write why" in problem(earlier)
    assert project(earlier).evaluation.trigger_answers == ()
    named(earlier.text_area, "Why do you leave it as it is?").set_value("One bad quarter.")
    button(earlier, "Leave it as it is").click().run()
    (answer,) = project(earlier).evaluation.trigger_answers
    assert (answer.reason, answer.run, answer.on) == ("One bad quarter.", None, TOLD_ON)
    assert "Reasons that have been answered: 1" in [e.label for e in earlier.expander]
    assert "left as it is" in html(earlier)


def test_a_hidden_number_is_not_told_as_a_reason(earlier):
    assert "(hidden for privacy)" in html(earlier)
    assert ">2<" not in html(earlier)


def test_where_nothing_is_decided_there_is_nothing_to_start(blank, on_page):
    page = on_page(blank, "again")
    assert "No rule asks for a new look at the decision now." in html(page)
    assert "there is nothing to select again" in html(page)
    assert "Start a new selection" not in [b.label for b in page.button]


def test_without_a_reason_found_by_rule_one_may_select_again(open_app, on_page, project):
    decided = decide(example(), example().run().record)
    page = start(on_page(open_app(decided), "again"))
    assert project(page).run().parent == decided.run().id


# --- a new selection


def test_a_new_selection_answers_the_ticked_reasons_and_no_other(earlier, project):
    found = review_triggers(before_the_loop(), TOLD_ON)
    named(earlier.checkbox, found[0].sentence.replace("_", r"\_")).uncheck()
    start(earlier)
    new = project(earlier).run()
    assert (new.parent, new.status) == ("run-1", "draft")
    answers = {a.trigger: a.run for a in project(earlier).evaluation.trigger_answers}
    assert answers == {t.key: new.id for t in found[1:]}
    assert f"A new selection is under way: {new.title}." in html(earlier)
    assert "Start a new selection" not in [b.label for b in earlier.button]


def test_the_decision_stays_as_it_was(earlier, project):
    start(earlier)
    assert project(earlier).runs[0] == before_the_loop().runs[0]


def test_without_saying_why_none_is_started(earlier, project, problem):
    button(earlier, "Start a new selection").click().run()
    assert "Write why you select again" in problem(earlier)
    assert len(project(earlier).runs) == 1


def test_what_is_typed_outlives_another_page(earlier, on_page):
    named(earlier.text_area, "Why do you select again?").set_value("Half a reason").run()
    on_page(earlier, "evaluate")
    on_page(earlier, "again")
    assert named(earlier.text_area, "Why do you select again?").value == "Half a reason"


def test_a_reason_typed_for_what_was_answered_elsewhere_is_shown_and_thrown_away(
    earlier, edit_elsewhere
):
    named(earlier.text_area, "Why do you leave it as it is?").set_value("One bad quarter.").run()
    first, *_ = review_triggers(before_the_loop(), TOLD_ON)
    theirs = TriggerAnswer(trigger=first.key, reason="Theirs.")
    edit_elsewhere(earlier, lambda p: p.with_evaluation(p.evaluation.with_trigger_answer(theirs)))
    earlier.run()
    assert "a reason to look again (Select again), which is not there any more" in html(earlier)
    assert "One bad quarter." in html(earlier)
    button(earlier, "Throw it away").click().run()
    assert "One bad quarter." not in html(earlier)


def test_a_start_that_someone_else_made_leaves_what_was_typed_in_view(earlier, edit_elsewhere):
    named(earlier.text_area, "Why do you select again?").set_value("Half a reason").run()
    edit_elsewhere(earlier, lambda p: select_again(p, (), "Theirs.", "", TOLD_ON))
    earlier.run()
    assert "a new selection (Select again), which is not there any more" in html(earlier)
    assert "Half a reason" in html(earlier)


# --- what is proposed


def open_one() -> str:
    """Return the id of the proposal that nobody has answered in the example."""
    (waiting,) = [p for p in proposed_scores(example(TWO_YEARS_ON)) if p.answer is None]
    assert waiting.criterion.name == COST
    return waiting.indicator.id


def answer(app, how: str, reason: str, amount: str = ""):
    """Answer the proposal that stands first: the one that nobody has answered."""
    named(app.radio, "What do you do with it?").set_value(how).run()
    if amount:
        label = next(t.label for t in app.text_input if t.label.startswith("The score instead"))
        named(app.text_input, label).set_value(amount)
    named(app.text_area, "Why?").set_value(reason)
    return button(app, "Save the answer").click().run()


def unfold(app, indicator: str):
    """Open the line of a proposal that is answered."""
    app.session_state[f"proposal-{indicator}-answered"] = True
    return app.run()


def test_each_proposal_says_what_it_rests_on_and_what_stands_now(page):
    for proposal in proposed_scores(example(TWO_YEARS_ON)):
        if proposal.answer is not None:
            unfold(page, proposal.indicator.id)
    for proposal in proposed_scores(example(TWO_YEARS_ON)):
        assert proposal.sentence in html(page)
    assert "<strong>Stands now</strong>: 110,000 to 180,000, likely 140,000 US dollars" in html(
        page
    )
    assert "3 of 4 answered." in html(page)


def test_an_accepted_one_is_the_score_with_its_source(page, project):
    spent = open_one()
    answer(page, "accepted", "The county's own books.")
    score = project(page).run().score("screening", "cost")
    assert score is not None
    assert score.amount == Range(low=176000.0, high=212000.0, likely=212000.0)
    # The indicator is for partners, and sources are for all.
    assert score.source == "Observed in this community."
    assert "“Cost over three years" in score.note
    assert "4 of 4 answered." in html(page)
    assert "Accepted: The county&#x27;s own books." in html(unfold(page, spent))


def test_another_score_is_put_in_its_place(page, project):
    answer(page, "edited", "The last offer counts.", "212,000")
    score = project(page).run().score("screening", "cost")
    assert score is not None
    assert score.amount == Exact(value=212000.0)
    assert project(page).evaluation.score_answers[-1].answer == "edited"


def test_a_refused_one_changes_no_score(page, project):
    before = project(page).run().evidence.scores
    answer(page, "refused", "The forecast is not settled.")
    assert project(page).run().evidence.scores == before
    assert project(page).evaluation.score_answers[-1].answer == "refused"


@pytest.mark.parametrize(
    ("how", "reason", "amount", "said"),
    [
        ("accepted", "", "", "Write why the proposed score is accepted"),
        ("edited", "So it is.", "", "Give the score that you put instead."),
        ("edited", "So it is.", "much", "is not a number"),
        ("edited", "So it is.", "9000000", "outside the range"),
    ],
)
def test_what_is_missing_is_said(page, project, problem, how, reason, amount, said):
    before = project(page)
    answer(page, how, reason, amount)
    assert said in problem(page)
    assert project(page) == before


def test_without_an_answer_it_is_asked_for(page, problem):
    named(page.text_area, "Why?").set_value("Because.")
    button(page, "Save the answer").click().run()
    assert "Say what you do with the proposed score." in problem(page)


def test_an_answer_begun_to_what_is_no_longer_proposed_is_shown(page, edit_elsewhere):
    named(page.text_area, "Why?").set_value("Half a reason").run()
    edit_elsewhere(page, lambda p: p.with_evaluation(p.evaluation.without_item(Indicator, "spent")))
    page.run()
    assert f"a proposed score, {COST} (Select again), which is not there any more" in html(page)
    assert "Half a reason" in html(page)


def test_one_that_is_answered_folds_and_says_how(page):
    spent = open_one()
    answer(page, "refused", "The forecast is not settled.")
    (line,) = [e for e in page.expander if e.label.startswith(f"**{COST}")]
    assert line.label.endswith("· refused")
    assert not page.radio
    assert [r.label for r in unfold(page, spent).radio] == ["What do you do with it?"]


def test_an_answer_can_be_given_again(page, project):
    spent = open_one()
    answer(page, "accepted", "First.")
    answer(unfold(page, spent), "refused", "Second.")
    assert project(page).evaluation.score_answers[-1].answer == "refused"
    assert project(page).evaluation.score_answers[-1].reason == "Second."


# --- what moved


def test_what_moved_and_why_is_told_with_a_chart_and_a_table(page):
    done = example(TWO_YEARS_ON)
    found = between_runs(done, done.runs[0].id, done.run().id)
    assert found.sentence in html(page)
    for effect in found.effects:
        assert effect.sentence in html(page)
    for change in found.score_changes:
        assert change in html(page)
    (chart,) = page.get("plotly_chart")
    assert chart.proto.alt.startswith("Slope chart: places of each program before and after.")
    assert "Places in both selections" in html(page)


def test_before_a_second_selection_nothing_has_moved(earlier):
    assert "What moved, and why" not in [h.value for h in earlier.header]


def test_a_new_selection_that_cannot_be_ranked_is_no_dead_end(open_app, on_page):
    done = example(TWO_YEARS_ON)
    none = done.run().evidence.model_copy(update={"programs": (), "scores": ()})
    done = done.with_evidence(none)
    page = on_page(open_app(done), "again")
    assert not page.exception
    assert page.warning
    assert "All selections" in [h.value for h in page.header]


# --- all selections


def test_every_selection_is_listed_with_its_fingerprint(page):
    done = example(TWO_YEARS_ON)
    for run in done.runs:
        assert run.title in html(page)
    assert fingerprint(done.runs[0]) in html(page)
    assert "being worked on" in html(page)
