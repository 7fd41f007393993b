"""What is typed and not saved: named beside the saved sign, and brought back after a reload."""

import pytest

from mcda.app import state as state_module
from mcda.app.state import State, store
from mcda.project import Equal, Exact, Program, Project, Score, Weighting
from mcda.store import Store, StoreFullError

MENTORS, COST = "survivor_mentors", "cost"
BOX = f"score-box-{MENTORS}-{COST}"


@pytest.fixture
def scores(app, on_page):
    return on_page(app, "scores")


@pytest.fixture
def weights(blank, on_page):
    return on_page(blank, "weights")


def saved_sign(app):
    line = next(h.proto.body for h in app.get("html") if 'class="bf-state' in h.proto.body)
    return line.partition("<span>")[2].partition("</span>")[0]


def notice(app):
    return " ".join(success.value for success in app.success).replace("\\", "")


def highest(app):
    """The field for the highest cost of the first program."""
    if not app.session_state[BOX]:
        app.session_state[BOX] = True
        app.run()
    start = f"score-{MENTORS}-{COST}-high-"
    return next(t for t in app.text_input if t.key.startswith(start))


def type_a_score(app, text="500,000"):
    highest(app).set_value(text).run()


def press(app, label):
    return next(b for b in app.button if b.label == label).click().run()


def html(app):
    return " ".join(h.proto.body for h in app.get("html"))


# --- scores


def test_the_saved_sign_counts_scores_that_are_not(scores, on_page):
    assert "not saved" not in saved_sign(scores)
    type_a_score(scores)
    assert saved_sign(scores).endswith("· 1 score not saved yet")
    assert saved_sign(on_page(scores, "ranking")).endswith("· 1 score not saved yet")


def test_a_score_typed_before_a_reload_is_brought_back(scores, reload, on_page, kept):
    type_a_score(scores)
    again = reload(scores)
    assert notice(again) == "Brought back, typed before and not saved yet: 1 score."
    assert saved_sign(again).endswith("· 1 score not saved yet")
    on_page(again, "scores")
    assert highest(again).value == "500,000"
    assert not again.warning
    again.button(key="save-scores").click().run()
    assert kept(again).score(MENTORS, COST).amount.high == 500_000


@pytest.mark.parametrize("done", ["save-scores", "drop-scores"])
def test_what_is_saved_or_dropped_is_not_brought_back(scores, reload, done):
    type_a_score(scores)
    scores.button(key=done).click().run()
    again = reload(scores)
    assert notice(again) == ""
    assert "not saved" not in saved_sign(again)


def test_every_field_comes_back(scores, reload, on_page):
    def part(app, kind, name):
        return next(w for w in app.get(kind) if f"{COST}-{name}-" in (w.key or ""))

    highest(scores)
    part(scores, "radio", "known").set_value("unknown").run()
    scores.session_state[f"score-about-{MENTORS}-{COST}"] = True
    scores.run()
    part(scores, "text_input", "source").set_value("Asked <b>the</b> office").run()
    part(scores, "date_input", "as_of").set_value("2026-02-03").run()
    part(scores, "text_area", "note").set_value("Later").run()
    again = on_page(reload(scores), "scores")
    again.session_state[f"score-about-{MENTORS}-{COST}"] = True
    again.run()
    assert part(again, "radio", "known").value == "unknown"
    assert part(again, "text_input", "source").value == "Asked <b>the</b> office"
    assert str(part(again, "date_input", "as_of").value) == "2026-02-03"
    assert part(again, "text_area", "note").value == "Later"


def test_the_common_source_comes_back(scores, reload, on_page):
    scores.text_input(key=f"score-common-{MENTORS}").set_value("Budget office").run()
    again = on_page(reload(scores), "scores")
    assert again.text_input(key=f"score-common-{MENTORS}").value == "Budget office"
    again.button(key="drop-scores").click().run()
    third = on_page(reload(again), "scores")
    assert third.text_input(key=f"score-common-{MENTORS}").value == ""


def test_another_browser_with_the_link_sees_nothing_of_it(scores, reload, browser):
    type_a_score(scores)
    browser("another browser, same link")
    assert notice(reload(scores)) == ""
    browser(None)
    assert notice(reload(scores)) == ""


def test_what_others_recorded_meanwhile_is_said_beside_it(scores, reload, edit_elsewhere, on_page):
    type_a_score(scores)
    other = Score(program=MENTORS, criterion=COST, amount=Exact(value=1))
    edit_elsewhere(scores, lambda p: p.with_score(other))
    again = on_page(reload(scores), "scores")
    assert highest(again).value == "500,000"
    assert "Meanwhile someone else recorded" in again.warning[0].value
    twice = on_page(reload(again), "scores")
    highest(twice)
    assert "Meanwhile someone else recorded" in twice.warning[0].value


def test_it_outlives_an_edit_elsewhere_seen_on_another_page(
    scores, reload, edit_elsewhere, on_page
):
    type_a_score(scores)
    on_page(scores, "ranking")
    other = Score(program=MENTORS, criterion=COST, amount=Exact(value=1))
    edit_elsewhere(scores, lambda p: p.with_score(other))
    scores.run()
    assert "1 score" in notice(reload(scores))


def test_a_program_removed_elsewhere_takes_its_draft_along(scores, reload, edit_elsewhere):
    type_a_score(scores)
    edit_elsewhere(scores, lambda p: p.without_program(MENTORS))
    assert notice(reload(scores)) == ""


def test_a_second_window_keeps_the_drafts_of_the_first(scores, reload, on_page):
    second = on_page(reload(scores), "scores")
    type_a_score(scores)
    second.session_state["score-box-survivor_mentors-time_to_start"] = True
    second.run()
    field = next(t for t in second.text_input if "time_to_start-high" in t.key)
    field.set_value("11").run()
    assert "2 scores" in notice(reload(scores))


def test_cells_of_the_grid_are_brought_back(scores, reload, on_page):
    scores.session_state["score-grid"].cells[MENTORS, COST] = "7"
    scores.run()
    again = reload(scores)
    assert "1 score" in notice(again)
    assert again.session_state["score-grid"].cells == {(MENTORS, COST): "7"}


def test_a_draft_that_cannot_be_read_is_left_out(scores, reload, on_page):
    key = scores.session_state["bestfit"].saved.key
    place = f"scores/{scores.session_state['bestfit'].saved.project.run().id}/{MENTORS}/{COST}"
    store().keep_drafts(key, "0123456789abcdef", {place: '{"of": "a later version"}'})
    assert notice(reload(scores)) == ""


def test_where_the_store_takes_no_drafts_what_is_typed_stays(scores, monkeypatch, on_page):
    def full(*_):
        raise StoreFullError("no room")

    monkeypatch.setattr(Store, "keep_drafts", full)
    type_a_score(scores)
    assert not scores.error
    assert highest(scores).value == "500,000"
    monkeypatch.undo()


# --- weights


def begin(app, role="Judge"):
    app.radio(key="weights-whose").set_value("person").run()
    next(t for t in app.text_input if t.label == "Role").set_value(role)
    app.radio(key="weights-method").set_value("points")
    press(app, "Begin")
    return next(n for n in app.number_input).set_value(30.0).run()


def test_half_given_answers_wait_to_be_gone_on_with(weights, reload, on_page):
    begin(weights)
    assert saved_sign(weights.run()).endswith("· answers not saved yet")
    again = reload(weights)
    assert notice(again) == "The answers of Judge (p1) wait on the page Weights to be finished."
    assert saved_sign(again).endswith("· answers not saved yet")
    on_page(again, "weights")
    assert "the answers of Judge (p1), 1 of 8 given" in html(again)
    press(again, "Go on: Judge")
    assert [n.value for n in again.number_input][:2] == [30.0, None]
    assert "Go on: Judge" not in [b.label for b in again.button]


def test_answers_come_back_once_more_after_they_were_gone_on_with(weights, reload, on_page):
    begin(weights)
    again = on_page(reload(weights), "weights")
    press(again, "Go on: Judge")
    again.number_input[1].set_value(20.0).run()
    third = on_page(reload(again), "weights")
    assert "2 of 8 given" in html(third)


def test_answers_are_thrown_away_or_stopped_for_good(weights, reload, on_page):
    begin(weights)
    press(weights, "Stop without saving")
    assert notice(reload(weights)) == ""
    begin(weights)
    again = on_page(reload(weights), "weights")
    press(again, "Throw away: Judge")
    assert "not saved" not in saved_sign(again)
    assert notice(reload(again)) == ""


def test_saved_answers_do_not_wait(weights, reload, kept):
    begin(weights)
    for at in range(8):
        weights.number_input[at].set_value(12.0).run()
    press(weights, "Save")
    assert [w.name for w in kept(weights).weightings] == ["Judge"]
    assert notice(reload(weights)) == ""


def test_the_next_person_gets_a_code_of_their_own(weights, reload, on_page, problem):
    begin(weights)
    again = on_page(reload(weights), "weights")
    again.radio(key="weights-whose").set_value("person").run()
    code = next(t for t in again.text_input if t.label == "Code")
    assert code.value == "p2"
    code.set_value("p1")
    next(t for t in again.text_input if t.label == "Role").set_value("Teacher")
    press(again, "Begin")
    assert "p1 has begun to answer" in problem(again)


def test_a_half_typed_role_comes_back_until_its_answers_begin(weights, reload, on_page):
    weights.radio(key="weights-whose").set_value("person").run()
    next(t for t in weights.text_input if t.label == "Role").set_value("Judge").run()
    again = on_page(reload(weights), "weights")
    assert next(t for t in again.text_input if t.label == "Role").value == "Judge"
    press(again, "Begin")
    assert "not saved" not in saved_sign(again)
    assert notice(reload(again)) == ""


def test_who_answers_is_kept_where_it_is_refused(weights, problem):
    weights.radio(key="weights-whose").set_value("person").run()
    next(t for t in weights.text_input if t.label == "Code").set_value("Jane Doe")
    next(t for t in weights.text_input if t.label == "Role").set_value("Judge")
    press(weights, "Begin")
    assert "no spaces and no names" in problem(weights)
    assert next(t for t in weights.text_input if t.label == "Role").value == "Judge"


def test_opened_answers_that_were_not_changed_are_no_draft(app, on_page, reload):
    on_page(app, "weights")
    press(app, "Change the answers")
    assert "not saved" not in saved_sign(app)
    assert notice(reload(app)) == ""


def test_a_code_taken_meanwhile_gives_way(weights, reload, on_page, edit_elsewhere, kept):
    begin(weights)
    other = Weighting(id="p1", name="Other", person="p1", judgement=Equal())
    edit_elsewhere(weights, lambda p: p.with_weighting(other))
    again = on_page(reload(weights), "weights")
    press(again, "Go on: Judge")
    assert again.session_state["weights-desk"].draft.person == "p2"


# --- an edit that a form should have caught


def test_a_programmers_words_never_reach_the_page(monkeypatch):
    here = State(saved=store().create(Project.new("Elm")))
    monkeypatch.setattr(state_module, "state", lambda: here)
    assert not state_module.edit("a new program", lambda _: Program(id="No id!", name=""))
    assert here.problem.startswith("Not saved: a new program. Something that was typed does not")
    assert "validation" not in here.problem
