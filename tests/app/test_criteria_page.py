"""The page that asks what the programs are judged on."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from mcda.project import (
    Criterion,
    Exact,
    Level,
    LevelScale,
    NumberScale,
    Objective,
    Program,
    Project,
    Score,
    ValuePoint,
)
from mcda.project.aside import set_aside_criterion
from mcda.project.templates import example

HOSTILE = "</script><img src=x onerror=alert(1)> **x** [a](http://b) " + "n" * 240


@pytest.fixture
def page(app, on_page) -> AppTest:
    return on_page(app, "criteria")


@pytest.fixture
def start(open_app, on_page):
    """Open a project with these criteria on the page."""

    def opened(*criteria: Criterion, program: bool = False) -> AppTest:
        project = Project.new("Which?")
        for criterion in criteria:
            project = project.with_criterion(criterion)
        if program:
            project = project.with_program(Program(id="a", name="A"))
        return on_page(open_app(project), "criteria")

    return opened


def _number(worst=0.125, best=2.75, **more) -> Criterion:
    scale = NumberScale(unit="hours", worst=worst, best=best, **more)
    return Criterion(id="wait", name="Wait", definition="How long.", scale=scale)


def _levels(values=None) -> Criterion:
    levels = tuple(Level(level=n, anchor=f"Anchor {n}") for n in (1, 2, 3))
    return Criterion(id="fit", name="Fit", scale=LevelScale(levels=levels, values=values))


def _open(at: AppTest, *keys: str) -> AppTest:
    for key in keys:
        at.session_state[key] = True
    return at.run()


def _change(at: AppTest, criterion: str) -> AppTest:
    _open(at, f"criterion-{criterion}")
    return at.button(key=f"change-{criterion}").click().run()


def _text(at: AppTest) -> str:
    return " ".join(element.body for element in at.get("html"))


def _field(widgets, name: str, criterion: str = ""):
    end = f"-{name}"
    (found,) = [
        w
        for w in widgets
        if "criterion-" in w.key and f"-{criterion}" in w.key and w.key.endswith(end)
    ]
    return found


def _confirm(at: AppTest):
    (found,) = [c for c in at.checkbox if "-confirmed-" in c.key]
    return found


def _accept(at: AppTest):
    (found,) = [c for c in at.checkbox if "-agreed-" in c.key]
    return found


def _save(at: AppTest) -> AppTest:
    return _field(at.button, "save").click().run()


# --- reading


def test_criteria_stand_under_their_objectives_in_order(page):
    assert [h.value for h in page.header][:5] == [
        "Fits our problem and our young people",
        "Likely to help and not to harm",
        "Reaches enough people",
        "Can be done here in time and money",
        "Lasts and can be learned from",
    ]
    assert "12 criteria under 5 objectives." in _text(page)


def test_a_line_tells_range_unit_and_direction(page):
    labels = [box.label for box in page.expander]
    assert "**Time to first service** · 18 to 0 months, less is better" in labels
    assert any(label.startswith("**People reached") and "1,200" in label for label in labels)


def test_a_criterion_without_an_objective_is_shown(start):
    at = start(_number())
    assert "Criteria" in [h.value for h in at.header]


def test_an_objective_under_another_is_shown_with_it(open_app, on_page):
    project = (
        Project.new("Which?")
        .with_objective(Objective(id="a", name="Above"))
        .with_objective(Objective(id="b", name="Below", parent="a"))
        .with_criterion(_number().model_copy(update={"parent": "b"}))
        .with_criterion(_levels())
    )
    headers = [h.value for h in on_page(open_app(project), "criteria").header]
    assert headers[:2] == ["Above › Below", "Other criteria"]


def test_objectives_in_a_ring_do_not_hang_the_page(open_app, on_page):
    project = (
        Project.new("Which?")
        .with_objective(Objective(id="a", name="A", parent="b"))
        .with_objective(Objective(id="b", name="B", parent="a"))
        .with_criterion(_number().model_copy(update={"parent": "a"}))
    )
    at = on_page(open_app(project), "criteria")
    assert not at.exception
    assert "B › A" in [h.value for h in at.header]


def test_an_open_criterion_tells_its_meaning_anchors_and_curve(page):
    at = _open(page, "criterion-workforce_gap")
    text = _text(at)
    assert "A higher level is better: level 1 is worth 0, and level 5 is worth 100." in text
    assert "<li><strong>1</strong> Key roles cannot be filled here</li>" in text
    assert len(at.get("plotly_chart")) == 1


def test_overlaps_are_questions(page):
    at = _open(page, "criterion-cost")
    assert "Overlap with “Staff and skills at hand”? Is pay counted under cost" in _text(at)
    assert "Could two of these count the same thing twice? 12 to ask" in [
        box.label for box in at.expander
    ]
    assert not at.warning
    assert not at.error


def test_an_unconfirmed_range_is_a_question(start):
    at = _open(start(_number()), "criterion-wait")
    assert any("Does the group agree on this range?" in m.value for m in at.markdown)
    assert "Nobody has confirmed the range of Wait." in _text(at)


@pytest.mark.parametrize("criterion", [_number(), _levels()], ids=["range", "levels"])
def test_the_group_agrees_on_a_scale_with_one_press(start, kept, criterion):
    at = _open(start(criterion), f"criterion-{criterion.id}")
    at.button(key=f"agree-{criterion.id}").click().run()
    scale = criterion.scale.model_copy(update={"confirmed": True})
    assert kept(at).criterion(criterion.id) == criterion.model_copy(update={"scale": scale})
    assert not any("Does the group agree" in m.value for m in at.markdown)
    assert "To confirm one" not in _text(at)


# --- changing


def test_number_boxes_start_from_the_stored_numbers_with_all_decimals(start):
    at = _change(
        start(_number(0.1234567, 2.75, points=(ValuePoint(score=1.5, value=33.3),))), "wait"
    )
    assert _field(at.number_input, "worst").value == 0.1234567
    assert _field(at.number_input, "best").value == 2.75
    assert _field(at.number_input, "score-0").value == 1.5
    assert _field(at.number_input, "worth-0").value == 33.3


def test_saving_an_untouched_form_changes_nothing(page, kept):
    before = kept(page)
    for criterion in ("reach", "workforce_gap"):
        _save(_change(page, criterion))
    assert kept(page) == before


def test_every_field_is_saved_and_the_id_stays(start, kept):
    at = _change(start(_number()), "wait")
    _field(at.text_input, "name").input("Delay")
    _field(at.text_area, "definition").input("Days to wait.")
    _field(at.text_input, "unit").input("days")
    _field(at.number_input, "worst").set_value(9.5)
    _field(at.number_input, "best").set_value(0.25)
    _field(at.checkbox, "counts_people").check()
    _field(at.number_input, "points").set_value(1).run()
    _field(at.number_input, "score-0").set_value(3.5)
    _field(at.number_input, "worth-0").set_value(80.0).run()
    _confirm(at).check()
    _save(at)
    assert kept(at).evidence.criteria == (
        Criterion(
            id="wait",
            name="Delay",
            definition="Days to wait.",
            counts_people=True,
            scale=NumberScale(
                unit="days",
                worst=9.5,
                best=0.25,
                points=(ValuePoint(score=3.5, value=80),),
                confirmed=True,
            ),
        ),
    )


def test_an_objective_is_chosen_and_left(page, kept):
    at = _change(page, "cost")
    _field(at.selectbox, "parent").set_value("fit")
    _save(at)
    assert kept(at).criterion("cost").parent == "fit"
    _change(at, "cost")
    _field(at.selectbox, "parent").set_value("")
    _save(at)
    assert kept(at).criterion("cost").parent is None


def test_levels_get_words_numbers_and_worths(start, kept):
    at = _change(start(_levels()), "fit")
    _field(at.number_input, "levels").set_value(4)
    _field(at.checkbox, "even").uncheck().run()
    assert _field(at.number_input, "level-3").value == 4
    assert _field(at.number_input, "level-worth-1").value == 50
    _field(at.text_input, "anchor-3").input("Perfect")
    _field(at.number_input, "level-worth-1").set_value(12.5)
    _field(at.number_input, "level-worth-2").set_value(75.0)
    _save(at)
    scale = kept(at).criterion("fit").scale
    assert [level.level for level in scale.levels] == [1, 2, 3, 4]
    assert scale.levels[3].anchor == "Perfect"
    assert scale.values == (0, 12.5, 75, 100)


def test_levels_can_be_made_even_again(start, kept):
    at = _change(start(_levels(values=(0, 10, 100))), "fit")
    _field(at.checkbox, "even").check()
    _save(at)
    assert kept(at).criterion("fit").scale.values is None


def test_falling_levels_go_on_falling(start):
    levels = tuple(Level(level=n, anchor=f"Anchor {n}") for n in (3, 2, 1))
    fit = Criterion(id="fit", name="Fit", scale=LevelScale(levels=levels))
    at = _change(start(fit), "fit")
    _field(at.number_input, "levels").set_value(4).run()
    assert _field(at.number_input, "level-3").value == 0


def test_a_number_becomes_levels(start, kept):
    at = _change(start(_number()), "wait")
    _field(at.radio, "kind").set_value("levels").run()
    _field(at.number_input, "levels").set_value(2).run()
    _field(at.text_input, "anchor-0").input("Long")
    _field(at.text_input, "anchor-1").input("Short")
    _save(at)
    scale = kept(at).criterion("wait").scale
    assert [(level.level, level.anchor) for level in scale.levels] == [(1, "Long"), (2, "Short")]


def test_the_confirmation_is_asked_anew_once_the_range_changes(start):
    at = _change(start(_number(confirmed=True)), "wait")
    assert _confirm(at).value is True
    _field(at.number_input, "best").set_value(3.0).run()
    assert _confirm(at).value is False


def test_the_curve_follows_before_saving(start):
    at = _change(start(_number()), "wait")
    _field(at.number_input, "best").set_value(3.5).run()
    assert "0.125 hours is worth 0, and 3.5 hours is worth 100" in _text(at)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("worst", None, "Still to be filled in: the worst end."),
        ("worst", 2.75, "the worst and the best end are the same"),
    ],
)
def test_a_range_that_does_not_work_is_refused_and_stays(
    start, kept, problem, field, value, message
):
    at = _change(start(_number()), "wait")
    _field(at.text_input, "name").input("Delay")
    _field(at.number_input, field).set_value(value).run()
    assert message in _text(at)
    _save(at)
    assert message in problem(at)
    assert kept(at).criterion("wait") == _number()
    assert _field(at.text_input, "name").value == "Delay"


def test_a_level_without_words_is_refused(start, kept, problem):
    at = _change(start(_levels()), "fit")
    _field(at.text_input, "anchor-1").input(" ").run()
    _save(at)
    assert problem(at) == "Still to be filled in: level 2."
    assert kept(at).criterion("fit") == _levels()


def test_a_blank_point_and_a_blank_worth_are_named(start, problem):
    at = _change(start(_number(), _levels()), "wait")
    _field(at.number_input, "points").set_value(1).run()
    _save(at)
    assert problem(at) == "Still to be filled in: point 1."
    _field(at.button, "cancel").click().run()
    _change(at, "fit")
    _field(at.checkbox, "even").uncheck().run()
    _field(at.number_input, "level-worth-1").set_value(None).run()
    _save(at)
    assert problem(at) == "Still to be filled in: the worth of level 2."


def test_cancel_keeps_what_was(start, kept):
    at = _change(start(_number()), "wait")
    _field(at.text_input, "name").input("Delay")
    _field(at.button, "cancel").click().run()
    assert kept(at).criterion("wait").name == "Wait"
    assert at.button(key="change-wait")


def test_undo_brings_the_old_numbers_back(start, undo):
    at = _change(start(_number()), "wait")
    _field(at.number_input, "best").set_value(9.0)
    _save(at)
    _change(at, "wait")
    assert _field(at.number_input, "best").value == 9
    undo(at)
    assert _field(at.number_input, "best").value == 2.75


def test_what_is_half_typed_outlives_another_edit(start):
    at = _change(start(_number(), _levels()), "wait")
    _field(at.text_input, "name", "wait").input("Half typ").run()
    _open(at, "criterion-fit")
    at.button(key="remove-criterion-fit").click().run()
    assert _field(at.text_input, "name", "wait").value == "Half typ"


def test_another_tabs_edit_is_not_overwritten(start, kept, problem, edit_elsewhere):
    at = _change(start(_number(), _levels()), "wait")
    edit_elsewhere(at, lambda project: project.without_criterion("fit"))
    _field(at.text_input, "name").input("Delay")
    _save(at)
    assert "Not saved" in problem(at)
    assert kept(at).criterion("wait").name == "Wait"
    assert _field(at.text_input, "name").value == "Delay"


# --- ranges that scores and weights hang on


def test_weights_that_would_become_stale_are_named_and_agreed_to_first(page, kept, problem):
    at = _change(page, "cost")
    _field(at.number_input, "worst").set_value(700_000.0).run()
    assert "Planning group, Police lieutenant, Survivor adviser and School counselor" in (
        at.warning[0].value
    )
    _save(at)
    assert "have to be asked again" in problem(at)
    assert kept(at).criterion("cost").scale.worst == 600_000
    _accept(at).check()
    _save(at)
    assert kept(at).criterion("cost").scale.worst == 700_000
    assert "The range of Total cost to us has changed since these weights were given." in _text(at)


def test_agreeing_to_one_range_is_not_agreeing_to_another(page):
    at = _change(page, "cost")
    _field(at.number_input, "worst").set_value(700_000.0).run()
    _accept(at).check().run()
    _field(at.number_input, "worst").set_value(800_000.0).run()
    assert _accept(at).value is False


def test_a_new_definition_leaves_the_weights_alone(page, kept):
    at = _change(page, "cost")
    _field(at.text_area, "definition").input("All of it.").run()
    assert not at.warning
    _save(at)
    assert kept(at).criterion("cost").definition == "All of it."


def test_a_score_outside_is_an_error_that_offers_to_widen(page, kept, problem):
    at = _change(page, "cost")
    _field(at.number_input, "worst").set_value(500_000.0).run()
    assert "Short-stay safe home: 510,000 to 600,000" in at.error[0].value.replace("\\", "")
    _save(at)
    assert "Short-stay safe home: 510,000 to 600,000" in problem(at)
    assert kept(at).criterion("cost").scale.worst == 600_000
    _field(at.button, "widen").click().run()
    assert _field(at.number_input, "worst").value == 600_000
    assert not at.error


def test_a_level_that_a_score_uses_cannot_go(open_app, on_page, kept, problem):
    project = Project.new("Which?").with_program(Program(id="a", name="A"))
    project = project.with_criterion(_levels())
    project = project.with_score(Score(program="a", criterion="fit", amount=Exact(value=3)))
    at = _change(on_page(open_app(project), "criteria"), "fit")
    _field(at.number_input, "levels").set_value(2).run()
    assert not [b for b in at.button if b.key.endswith("-widen")]
    _save(at)
    assert "A: 3. Keep these levels" in problem(at)
    assert len(kept(at).criterion("fit").scale.levels) == 3


# --- adding, setting aside, removing


def test_a_criterion_is_added_and_its_form_closes(start, kept):
    at = _open(start(_number()), "add-criterion")
    assert _field(at.number_input, "worst", "new").value is None
    _field(at.text_input, "name", "new").input("Wait")
    _field(at.number_input, "worst", "new").set_value(10.0)
    _field(at.number_input, "best", "new").set_value(0.0)
    _save(at)
    assert [c.id for c in kept(at).evidence.criteria] == ["wait", "wait-2"]
    assert "Saved: “Wait”." in [s.value for s in at.success]
    assert not [t for t in at.text_input if "criterion-new" in t.key]
    _open(at, "add-criterion")
    assert _field(at.text_input, "name", "new").value == ""
    assert "Two criteria have this name." in _text(at)


def test_a_new_criterion_says_whose_weights_have_to_be_asked_for(page):
    at = _open(page, "add-criterion")
    _field(at.text_input, "name", "new").input("Calm")
    _field(at.number_input, "worst", "new").set_value(0.0)
    _field(at.number_input, "best", "new").set_value(1.0).run()
    assert "Ask again for the weights of Planning group" in at.warning[0].value


def test_a_criterion_without_a_name_is_refused(start, kept, problem):
    at = _open(start(), "add-criterion")
    _field(at.number_input, "worst", "new").set_value(10.0)
    _field(at.number_input, "best", "new").set_value(0.0)
    _save(at)
    assert problem(at) == "Name: a name is needed here."
    assert kept(at).evidence.criteria == ()
    assert _field(at.number_input, "worst", "new").value == 10


def test_a_criterion_is_set_aside_with_a_reason_and_brought_back(page, kept, problem):
    at = _open(page, "criterion-cost")
    aside = next(b for b in at.button if b.label == "Set it aside")
    aside.click().run()
    assert "reason" in problem(at)
    next(t for t in at.text_area if t.label == "Why is it set aside?").input("Same for all.")
    next(b for b in at.button if b.label == "Set it aside").click().run()
    assert [left.item for left in kept(at).framing.criteria_out] == ["cost"]
    assert "11 criteria" in _text(at)
    assert "<strong>Total cost to us</strong>: Same for all." in _text(at)
    at.button(key="criterion-back-cost").click().run()
    assert kept(at).framing.criteria_out == ()


def test_bringing_back_says_whose_weights_are_missing(open_app, on_page):
    project = set_aside_criterion(example().with_criterion(_number()), "wait", "Later.")
    at = on_page(open_app(project), "criteria")
    assert "If it comes back, ask again for the weights of Planning group" in _text(at)


def test_removing_says_what_goes_and_can_be_undone(page, kept, undo):
    at = _open(page, "criterion-reach")
    assert "With it go 8 scores" in _text(at)
    before = kept(at)
    at.button(key="remove-criterion-reach").click().run()
    assert all(c.id != "reach" for c in kept(at).evidence.criteria)
    undo(at)
    assert kept(at) == before


# --- objectives and templates


def test_an_objective_is_renamed_and_added(blank, on_page, kept, problem):
    at = on_page(blank, "criteria")
    first = at.text_input[0].label
    assert first.startswith("Name of ")
    _labelled(at, first).input("Suits us")
    next(b for b in at.button if b.label == "Rename").click().run()
    _labelled(at, "A new objective").input("Fair to all")
    next(b for b in at.button if b.label == "Add").click().run()
    names = [o.name for o in kept(at).evidence.objectives]
    assert (names[0], names[-1]) == ("Suits us", "Fair to all")
    assert "Fair to all" in [h.value for h in at.header]
    assert "No criterion stands here yet." in _text(at)
    assert _labelled(at, "A new objective").value == ""


def test_an_objective_needs_a_name(blank, on_page, kept, problem):
    at = on_page(blank, "criteria")
    before = kept(at)
    next(b for b in at.button if b.label == "Add").click().run()
    assert problem(at) == "Name: a name is needed here."
    at.text_input[0].input(" ")
    next(b for b in at.button if b.label == "Rename").click().run()
    assert kept(at) == before


def _labelled(at: AppTest, label: str):
    (found,) = [w for w in at.text_input if w.label == label]
    return found


def test_an_empty_project_is_offered_templates_first(start, kept):
    at = start()
    assert "Choose criteria to start from, or add your own." in _text(at)
    assert at.radio(key="template").value == "short"
    at.radio(key="template").set_value("hexagon").run()
    at.button(key="use-template").click().run()
    assert next(c.name for c in kept(at).evidence.criteria) == "Need"
    assert len(kept(at).evidence.criteria) == 6


def test_other_criteria_replace_those_there_while_nothing_is_scored(blank, on_page, kept, undo):
    at = on_page(blank, "criteria")
    before = kept(at)
    assert "This replaces the criteria" in _text(at)
    at.radio(key="template").set_value("full").run()
    at.button(key="use-template").click().run()
    assert len(kept(at).evidence.criteria) == 12
    undo(at)
    assert kept(at) == before


def test_the_choice_is_closed_once_something_is_scored_and_says_why(page):
    assert page.radio(key="template").disabled
    assert page.button(key="use-template").disabled
    assert "96 scores" in page.button(key="use-template").help
    assert "96 scores" in _text(page)


# --- names


def test_hostile_names_are_shown_as_they_are(open_app, on_page):
    scale = NumberScale(unit="<b>u</b>", worst=0, best=1)
    project = (
        Project.new("Which?")
        .with_objective(Objective(id="o", name=HOSTILE))
        .with_criterion(
            Criterion(id="c", name=HOSTILE, definition=HOSTILE, parent="o", scale=scale)
        )
    )
    at = _open(on_page(open_app(project), "criteria"), "criterion-c")
    assert not at.exception
    assert "<img" not in _text(at)
    assert "&lt;img" in _text(at)
    labels = [e.label for e in at.expander if "http" in e.label]
    shown = [*[h.value for h in at.header][:1], *labels]
    assert len(shown) >= 2
    assert [text for text in shown if "**x**" in text or "[a](" in text] == []
    at.button(key="change-c").click().run()
    assert not at.exception
    assert _field(at.text_input, "name").value == HOSTILE
