"""The page that asks which programs could be chosen."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from mcda import catalog
from mcda.project import Availability, Program, Project

HOSTILE = (
    '</script><img src=x onerror=alert(1)> **x** [a](http://b) =HYPERLINK("x") 😀 ' + "n" * 220
)


@pytest.fixture
def page(app, on_page) -> AppTest:
    return on_page(app, "programs")


@pytest.fixture
def empty(open_app, on_page) -> AppTest:
    return on_page(open_app(Project.new("Which?")), "programs")


def _open(at: AppTest, *keys: str) -> AppTest:
    for key in keys:
        at.session_state[key] = True
    return at.run()


def _labels(at: AppTest) -> list[str]:
    return [b.label for b in at.expander if not b.label.startswith("How to come back")]


def _text(at: AppTest) -> str:
    return " ".join(element.body for element in at.get("html"))


def _field(widgets, program: str, name: str):
    """The field of a program's form; "own-program" is the form of a new one."""
    part = program.removeprefix("program-")
    (found,) = [
        w
        for w in widgets
        if w.key.startswith("form-") and f"-{part}-" in w.key and w.key.endswith(f"-{name}")
    ]
    return found


def _press(at: AppTest, label: str, part: str = "") -> AppTest:
    (found,) = [b for b in at.button if b.label == label and part in b.key]
    return found.click().run()


# --- the catalogue


def test_an_empty_list_says_what_to_do(empty):
    assert "Add programs from the catalogue, or your own." in _text(empty)
    assert _labels(empty)[0] == "**Continue as now**"


def test_only_ten_entries_that_can_be_chosen_are_shown_at_first(empty):
    found = [e for e in catalog.entries() if catalog.is_candidate_kind(e.kind)]
    assert len(found) == 12
    assert f"{len(found)} entries; the first 10 are shown." in _text(empty)
    assert len(_labels(empty)) == 13  # and: Continue as now, one's own, more filters


def test_more_entries_come_on_request_and_new_words_start_over(empty):
    empty.button(key="catalogue-more").click().run()
    assert "12 entries</p>" in _text(empty)
    empty.text_input(key="catalogue-words").input("human").run()
    assert empty.session_state["catalogue-shown"] == 10


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("words", "mentoring", {"words": "mentoring"}),
        ("marks", ["juvenile"], {"mark": "juvenile"}),
        ("sections", ["practices"], {"section": "practices"}),
        ("kinds-candidates", ["policy"], {"kind": "policy"}),
        ("provider", "police", {"provider": "police"}),
        ("audience", "public", {"audience": "public"}),
    ],
)
def test_every_filter_narrows_the_list(empty, name, value, expected):
    fields = empty.text_input if isinstance(value, str) else empty.multiselect
    fields(key=f"catalogue-{name}").set_value(value).run()
    found = [e for e in catalog.find(**expected) if catalog.is_candidate_kind(e.kind)]
    assert 0 < len(found) < 12
    count = f"{len(found)} {'entry' if len(found) == 1 else 'entries'}"
    assert f">{count}</p>" in _text(empty)


def test_a_filter_that_nothing_passes_says_so(empty):
    empty.text_input(key="catalogue-words").input("xyzzy").run()
    assert "Nothing in the catalogue matches." in _text(empty)


def test_an_entry_shows_what_is_known_and_the_question(empty):
    at = _open(empty, "catalogue-entry-pr7")
    entry, text = catalog.get("pr7"), _text(empty)
    assert "Marks:</strong> Juvenile</p>" in text
    assert "Source:</strong> OJP Diagnostic Center" in text
    assert f"Listed:</strong> {entry.year}" in text
    assert catalog.availability_question(entry) in text
    assert not at.exception


def test_an_entry_shows_what_is_listed_under_it(empty):
    empty.text_input(key="catalogue-words").input("")
    empty.session_state["catalogue-group"] = "supports"
    empty.session_state["catalogue-shown"] = 100
    _open(empty, "catalogue-entry-tt6")
    child = catalog.children("tt6")[0]
    assert child.summary in _text(empty).split("Listed under it:")[1]
    _open(empty, f"catalogue-entry-{child.id}")
    assert "Part of:</strong>" in _text(empty)


def test_an_entry_is_added_by_one_click_in_its_row(empty, kept):
    assert empty.button(key="add-candidate-pr4").label == "Add"
    empty.button(key="add-candidate-pr4").click().run()
    assert empty.button(key="add-candidate-pr4").label == "Added"
    entry, program = catalog.get("pr4"), kept(empty).program("juvenile-mentoring-programs")
    assert (program.name, program.kind, program.role) == (entry.title, entry.kind, "candidate")
    assert (program.catalog_id, program.description) == ("pr4", entry.summary)
    assert program.availability.status == "not checked"


def test_a_training_is_a_support_unless_someone_says_otherwise(empty, kept):
    empty.session_state["catalogue-group"] = "supports"
    empty.session_state["catalogue-shown"] = 100
    _open(empty, "catalogue-entry-tt1", "catalogue-entry-tt2")
    assert empty.button(key="add-support-tt1").label == "Add"
    assert empty.button(key="add-candidate-tt1").label == "Add as a candidate"
    empty.button(key="add-support-tt1").click().run()
    empty.button(key="add-candidate-tt2").click().run()
    roles = {p.catalog_id: p.role for p in kept(empty).evidence.programs}
    assert roles == {None: "baseline", "tt1": "support", "tt2": "candidate"}


def test_details_close_once_the_entry_is_added(empty, kept):
    _open(empty, "catalogue-entry-pr4")
    empty.button(key="add-support-pr4").click().run()
    assert [p.role for p in kept(empty).evidence.programs] == ["baseline", "support"]
    assert not [b for b in empty.button if b.key == "add-support-pr4"]
    assert empty.button(key="add-candidate-pr4").label == "Added"


def test_what_is_in_the_list_is_marked_and_cannot_be_added_twice(page):
    _open(page, "catalogue-entry-pr4")
    for role in ("candidate", "support"):
        button = page.button(key=f"add-{role}-pr4")
        assert button.disabled
        assert "It is in your list as" in button.help


# --- the chosen list


def test_supports_stand_apart_with_a_line_why(page):
    headings = [h.value for h in page.subheader]
    assert headings == ["To choose from", "Supports", "Set aside", "Worth asking"]
    assert "help whichever program is chosen" in _text(page)


def test_continue_as_now_has_nothing_to_remove_it(page):
    at = _open(page, "program-continue")
    assert not [b for b in at.button if b.key in {"remove-continue", "role-continue"}]
    assert "cannot be removed" in _text(at)


def test_continue_as_now_can_be_described(page, kept):
    at = _open(page, "program-continue")
    _field(at.text_area, "program-continue", "description").input("One worker.")
    _press(at, "Save")
    program = kept(at).program("continue")
    assert (program.description, program.role) == ("One worker.", "baseline")


def test_a_missing_continue_as_now_can_be_added(open_app, on_page, kept):
    project = Project.new("Which?").without_program("continue")
    at = on_page(open_app(project.with_program(Program(id="continue", name="Mine"))), "programs")
    at.button(key="add-baseline").click().run()
    (baseline,) = [p for p in kept(at).evidence.programs if p.role == "baseline"]
    assert (baseline.id, baseline.name) == ("continue-2", "Continue as now")


def test_a_program_is_saved_as_the_form_says(page, kept):
    at = _open(page, "program-mentoring")
    _field(at.text_input, "program-mentoring", "name").input("Mentors")
    _field(at.text_area, "program-mentoring", "description").input("Grown-ups help.")
    _field(at.selectbox, "program-mentoring", "kind").set_value("campaign")
    _field(at.text_input, "program-mentoring", "unit_reached").input("families")
    _field(at.radio, "program-mentoring", "status").set_value("not available")
    _field(at.date_input, "program-mentoring", "checked_on").set_value(date(2026, 3, 4))
    _field(at.text_area, "program-mentoring", "note").input("The director said no.")
    _press(at, "Save", "-mentoring")
    assert kept(at).program("mentoring") == Program(
        id="mentoring",
        name="Mentors",
        kind="campaign",
        catalog_id="pr4",
        description="Grown-ups help.",
        unit_reached="families",
        availability=Availability(
            status="not available", checked_on=date(2026, 3, 4), note="The director said no."
        ),
    )


def test_saving_an_untouched_form_changes_nothing(page, kept):
    before = kept(page)
    _press(_open(page, "program-mentoring"), "Save", "-mentoring")
    assert kept(page) == before


def test_a_refused_name_stays_in_the_form(page, kept, problem):
    at = _open(page, "program-mentoring")
    _field(at.text_input, "program-mentoring", "name").input("  ")
    _field(at.text_input, "program-mentoring", "unit_reached").input("families")
    _press(at, "Save", "-mentoring")
    assert problem(at) == "Name: a name is needed here."
    assert kept(at).program("mentoring").name == "Juvenile mentoring"
    assert _field(at.text_input, "program-mentoring", "unit_reached").value == "families"


def test_undo_brings_the_old_values_back_into_the_form(page):
    at = _open(page, "program-mentoring")
    _field(at.text_input, "program-mentoring", "name").input("Mentors")
    _press(at, "Save", "-mentoring")
    assert _field(at.text_input, "program-mentoring", "name").value == "Mentors"
    at.button(key="undo").click().run()
    assert _field(at.text_input, "program-mentoring", "name").value == "Juvenile mentoring"
    at.button(key="redo").click().run()
    assert _field(at.text_input, "program-mentoring", "name").value == "Mentors"


def test_another_programs_form_is_the_same_after_an_edit(page):
    """The browser keeps what is half typed in a form as long as its fields are the same."""
    at = _open(page, "program-mentoring", "program-school")
    before = _field(at.text_input, "program-mentoring", "name").id
    _field(at.text_input, "program-school", "name").input("Lessons")
    _press(at, "Save", "-school")
    assert _field(at.text_input, "program-mentoring", "name").id == before
    assert _field(at.text_input, "program-school", "name").value == "Lessons"


def test_another_tabs_edit_is_not_overwritten(page, kept, problem, edit_elsewhere):
    at = _open(page, "program-mentoring")
    edit_elsewhere(at, lambda project: project.without_program("school"))
    _field(at.text_input, "program-mentoring", "name").input("Mentors")
    _press(at, "Save", "-mentoring")
    assert kept(at).program("mentoring").name == "Juvenile mentoring"
    assert "Not saved" in problem(at)
    assert _field(at.text_input, "program-mentoring", "name").value == "Mentors"


def _rewrite(**fields):
    """Return an edit of Juvenile mentoring as another tab makes it."""

    def change(project: Project) -> Project:
        old = project.run().program("mentoring")
        return project.with_program(old.model_copy(update=fields))

    return change


@pytest.fixture
def overtaken(page, edit_elsewhere) -> AppTest:
    """A name typed and refused, because another tab has saved the same program before."""
    at = _open(page, "program-mentoring")
    edit_elsewhere(at, _rewrite(name="Theirs", description="<b>Their words.</b>"))
    _field(at.text_input, "program-mentoring", "name").input("Mine")
    return _press(at, "Save", "-mentoring")


def test_what_was_typed_outlives_another_tabs_edit_of_the_same_program(overtaken, kept, problem):
    assert "Not saved" in problem(overtaken)
    assert kept(overtaken).program("mentoring").name == "Theirs"
    assert _field(overtaken.text_input, "program-mentoring", "name").value == "Mine"


def test_what_the_other_tab_recorded_is_shown_beside(overtaken):
    assert "<strong>Name, now</strong>: Theirs" in _text(overtaken)
    assert "now</strong>: &lt;b&gt;Their words." in _text(overtaken)


def test_saved_again_it_keeps_what_only_the_other_tab_changed(overtaken, kept):
    at = _press(overtaken, "Save", "-mentoring")
    program = kept(at).program("mentoring")
    assert (program.name, program.description) == ("Mine", "<b>Their words.</b>")
    shown = _field(at.text_area, "program-mentoring", "description").value
    assert shown == "<b>Their words.</b>"
    assert "Someone else has changed" not in _text(at)


def test_another_tabs_edit_leaves_a_form_alone_in_which_something_is_typed(page, edit_elsewhere):
    at = _open(page, "program-mentoring")
    _field(at.text_area, "program-mentoring", "description").input("Ours.").run()
    before = _field(at.text_input, "program-mentoring", "name").id
    edit_elsewhere(at, _rewrite(name="Theirs"))
    at.run()
    assert _field(at.text_input, "program-mentoring", "name").id == before
    assert "<strong>Name, now</strong>: Theirs" in _text(at)


def test_another_tabs_edit_is_shown_where_nothing_is_typed(page, edit_elsewhere):
    at = _open(page, "program-mentoring")
    edit_elsewhere(at, _rewrite(name="Theirs"))
    at.run()
    assert _field(at.text_input, "program-mentoring", "name").value == "Theirs"
    assert "Someone else has changed" not in _text(at)


def test_a_day_can_be_taken_away_again(page, kept):
    at = _open(page, "program-mentoring")
    _field(at.date_input, "program-mentoring", "checked_on").set_value(date(2026, 3, 4))
    _press(at, "Save", "-mentoring")
    _field(at.date_input, "program-mentoring", "checked_on").set_value(None)
    _press(at, "Save", "-mentoring")
    assert kept(at).program("mentoring").availability.checked_on is None


def test_a_form_opened_later_shows_what_is_recorded(page, on_page, edit_elsewhere):
    at = _open(page, "program-mentoring")
    on_page(at, "criteria")
    edit_elsewhere(at, _rewrite(name="Theirs"))
    on_page(at, "programs")
    _open(at, "program-mentoring")
    assert _field(at.text_input, "program-mentoring", "name").value == "Theirs"


def _reason(at):
    return next(t for t in at.text_area if t.label == "Why is it set aside?")


def test_setting_aside_needs_a_reason(page, kept, problem):
    at = _open(page, "program-mentoring")
    before = kept(at).framing
    _press(at, "Set it aside")
    assert "reason" in problem(at)
    assert kept(at).framing == before


def test_a_program_is_set_aside_and_brought_back(page, kept):
    at = _open(page, "program-mentoring")
    before = kept(at).framing
    _reason(at).input("Closed in May.")
    _press(at, "Set it aside")
    assert kept(at).framing.programs_out[-1].item == "mentoring"
    assert "<strong>Juvenile mentoring</strong>: Closed in May." in _text(at)
    at.button(key="back-mentoring").click().run()
    assert kept(at).framing == before


def test_a_role_is_changed_both_ways(page, kept):
    at = _open(page, "program-mentoring")
    at.button(key="role-mentoring").click().run()
    assert kept(at).program("mentoring").role == "support"
    at.button(key="role-mentoring").click().run()
    assert kept(at).program("mentoring").role == "candidate"


def test_removing_says_what_goes_and_can_be_undone(page, kept, undo):
    at = _open(page, "program-mentoring")
    assert "With it go 12 scores and 5 verdicts on must-haves." in _text(at)
    before = kept(at)
    at.button(key="remove-mentoring").click().run()
    assert not any(p.id == "mentoring" for p in kept(at).evidence.programs)
    undo(at)
    assert kept(at) == before


def test_a_decided_run_refuses_edits_in_words(open_app, on_page, kept, problem):
    project = Project.new("Which?").with_program(Program(id="a", name="A"))
    locked = project.with_run(project.run().model_copy(update={"status": "decided"}))
    at = _open(on_page(open_app(locked), "programs"), "program-a")
    at.button(key="remove-a").click().run()
    assert "locked" in problem(at)
    assert kept(at).program("a").name == "A"


# --- one's own


def _own(widgets, name: str):
    return _field(widgets, "own-program", name)


def test_an_own_program_is_added_and_its_form_closes(empty, kept):
    _open(empty, "own-program")
    _own(empty.text_input, "name").input("Safe home")
    _own(empty.text_area, "description").input("Beds.")
    _own(empty.selectbox, "kind").set_value("policy")
    _own(empty.text_input, "unit_reached").input("families")
    _own(empty.radio, "role").set_value("support")
    _press(empty, "Add it")
    assert kept(empty).program("safe-home") == Program(
        id="safe-home",
        name="Safe home",
        role="support",
        kind="policy",
        description="Beds.",
        unit_reached="families",
    )
    assert "Added to your list: “Safe home”." in [s.value for s in empty.success]
    assert not [w for w in empty.text_input if "own-program" in w.key]
    _open(empty, "own-program")
    assert _own(empty.text_input, "name").value == ""


def test_an_own_program_without_a_name_is_refused_and_stays(empty, kept, problem):
    _open(empty, "own-program")
    _own(empty.text_area, "description").input("Beds.")
    _press(empty, "Add it")
    assert problem(empty) == "Name: a name is needed here."
    assert len(kept(empty).evidence.programs) == 1
    assert _own(empty.text_area, "description").value == "Beds."


def test_two_programs_of_one_name_get_ids_of_their_own(empty, kept):
    for _ in range(2):
        _open(empty, "own-program")
        _own(empty.text_input, "name").input("Mentors")
        _press(empty, "Add it")
    assert [p.id for p in kept(empty).candidates] == ["continue", "mentors", "mentors-2"]
    assert "Two programs have this name." in _text(empty)


# --- questions and hostile names


def test_unchecked_availability_is_a_question_not_an_alarm(empty):
    empty.button(key="add-candidate-pr4").click().run()
    assert "Nobody has checked that these can still be had here" in _text(empty)
    assert not empty.warning
    assert not empty.error


def test_mixed_kinds_and_units_are_asked_about(page):
    at = _open(page, "program-mentoring")
    assert "The programs are of different kinds" in _text(at)
    _field(at.text_input, "program-mentoring", "unit_reached").input("families")
    _press(at, "Save", "-mentoring")
    assert "People reached are counted in different units" in _text(at)


def test_hostile_names_are_shown_as_they_are(empty, kept):
    _open(empty, "own-program")
    _own(empty.text_input, "name").input(HOSTILE)
    _press(empty, "Add it")
    (program,) = [p for p in kept(empty).evidence.programs if p.role == "candidate"]
    at = _open(empty, f"program-{program.id}")
    _reason(at).input("<b>no</b>")
    _press(at, "Set it aside")
    assert program.name == HOSTILE
    assert "<img" not in _text(at)
    assert "&lt;img" in _text(at)
    back = at.button(key=f"back-{program.id}").label
    assert r"\<img" in back
    assert "<img" not in back.replace(r"\<", "")


def test_a_hostile_name_in_a_line_has_no_live_markdown(open_app, on_page):
    project = Project.new("Which?").with_program(Program(id="a", name=HOSTILE))
    label = _labels(on_page(open_app(project), "programs"))[1]
    assert r"\*\*x\*\* \[a\]" in label
    assert r"\</script>" in label


def test_an_id_that_left_the_catalogue_does_no_harm(open_app, on_page):
    project = Project.new("Which?").with_program(Program(id="a", name="A", catalog_id="gone"))
    at = _open(on_page(open_app(project), "programs"), "program-a")
    assert not at.exception
