"""Overview: the four phases in the community's own words, and the notice for those in need."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from mcda.app.state import store
from mcda.lifecycle import Overview, overview
from mcda.project import Factor, Project
from mcda.project.document import Hotline
from mcda.project.entering import revised
from mcda.project.templates import example

OFF = "The notice is off."


@pytest.fixture
def page(app, on_page):
    return on_page(app, "overview")


def parts(page, holds: str = "") -> list[str]:
    """The pieces of HTML of its own that hold a text; the style is none."""
    pieces = [h.body for h in page.get("html") if not h.body.startswith("<style")]
    return [piece for piece in pieces if holds in piece]


def words(page) -> str:
    """Everything the page says in HTML of its own."""
    return " ".join(parts(page))


def field(page, label: str):
    every = [*page.text_input, *page.text_area, *page.date_input]
    return next(w for w in every if w.label == label)


def hotline(page) -> Hotline:
    saved = page.session_state["bestfit"].saved
    return store().get(saved.key).project.info.hotline


def links(page) -> list[str]:
    return [link.label for link in page.get("page_link")]


def test_a_new_project_is_told_where_to_begin(blank, on_page):
    page = on_page(blank, "overview")
    assert "Next: State the problem." in words(page)
    assert "Go to Diagnose" in links(page)


def test_each_phase_says_how_far_it_is(page):
    said = words(page)
    for phase in overview(example(), date.today()).phases:
        assert f"{phase.progress} done." in said


def test_when_only_deciding_is_left_it_leads_to_decide(page):
    assert "Next: Decide, and write down why." in words(page)
    assert "Go to Decide" in links(page)


def test_while_scores_are_missing_it_leads_to_select(open_app, on_page):
    project = example()
    run = project.run()
    without = project.without_program(run.candidates[1].id)
    half = without.with_program(run.candidates[1])
    page = on_page(open_app(half), "overview")
    assert "Next: Record the scores." in words(page)
    assert links(page).count("Go to Select") == 2


def test_the_boxes_hold_the_communitys_own_words(page):
    assert "Few safe adults, and little help once someone is found" in words(page)


def test_an_empty_box_says_so(blank, on_page):
    assert "Nothing yet." in words(on_page(blank, "overview"))


def test_what_a_box_leaves_out_is_in_the_table(open_app, on_page):
    project = Project.new("Which?")
    diagnosis = project.diagnosis
    for n in range(5):
        source = f"Report {n} " + "x" * 200
        diagnosis = diagnosis.with_item(Factor(id=f"f{n}", name=f"Factor {n}", source=source))
    page = on_page(open_app(project.with_diagnosis(diagnosis)), "overview")
    boxes = parts(page, "bf-model")[0]
    table = parts(page, "bf-table")[0]
    assert "and 2 more" in boxes
    assert "Report 4" not in boxes
    assert "x" * 200 not in boxes
    assert "Report 4 " + "x" * 200 in table


def test_a_box_is_read_at_a_glance_and_cut_between_words(page):
    boxes = [box for model in parts(page, "bf-model") for box in re.findall(r"<ul>.*?</ul>", model)]
    assert len(boxes) > 10
    whole = " ".join(parts(page, "bf-table")[0].split())
    for box in boxes:
        entries = re.findall("<li>(.*?)</li>", box)
        assert len(entries) <= 3
        assert sum(map(len, entries)) <= 200
        for entry in entries:
            start = entry.removesuffix(" …")
            assert re.search(re.escape(start) + r"(?!\w)", whole)


def test_a_finished_way_says_so(page, monkeypatch):
    monkeypatch.setattr(Overview, "next", None)
    assert "All four phases are done." in words(page.run())


def test_the_notice_is_off_until_it_was_checked(page):
    field(page, "Name of the service").set_value("County line").run()
    page.button(key="hotline-save").click().run()
    assert hotline(page).name == "County line"
    assert "bf-notice" not in words(page)
    assert OFF in words(page)


def test_a_checked_notice_is_shown(page):
    field(page, "Name of the service").set_value("County <line>").run()
    field(page, "How to reach it: number, text, chat").set_value("555-0100").run()
    field(page, "Checked on").set_value(date(2026, 10, 1)).run()
    page.button(key="hotline-save").click().run()
    assert hotline(page).shown
    [notice] = parts(page, "bf-notice")
    assert "County &lt;line&gt;" in notice
    assert "555-0100" in notice
    assert "Checked on October 1, 2026." in notice
    assert OFF not in words(page)


@pytest.mark.parametrize("name", ["diagnose", "scores", "ranking", "implement", "export"])
def test_a_checked_notice_stands_on_every_page(open_app, on_page, name):
    project = example()
    line = Hotline(name="County line", checked_on=date(2026, 10, 1))
    shown = project.with_info(revised(project.info, hotline=line.model_dump()))
    [notice] = parts(on_page(open_app(shown), name), "bf-notice")
    assert "County line" in notice


@pytest.mark.parametrize("name", ["diagnose", "ranking"])
def test_a_notice_that_was_not_checked_stands_on_none(app, on_page, name):
    assert not parts(on_page(app, name), "bf-notice")


def test_a_phone_number_in_the_notice_is_no_reason_to_warn(page):
    field(page, "How to reach it: number, text, chat").set_value("(555) 555-0100").run()
    assert not page.warning


def test_a_day_to_come_is_refused_and_what_was_typed_stays(page, problem):
    tomorrow = date.today() + timedelta(days=1)
    field(page, "Name of the service").set_value("County line").run()
    field(page, "Checked on").set_value(tomorrow).run()
    page.button(key="hotline-save").click().run()
    assert "this day is still to come" in problem(page)
    assert hotline(page) == Hotline()
    assert field(page, "Name of the service").value == "County line"
    assert field(page, "Checked on").value == tomorrow


def test_undo_takes_the_notice_back(page, undo):
    field(page, "Name of the service").set_value("County line").run()
    page.button(key="hotline-save").click().run()
    assert hotline(undo(page)) == Hotline()
    assert field(page, "Name of the service").value == ""


def test_a_notice_saved_elsewhere_is_shown(page, edit_elsewhere):
    def change(project: Project) -> Project:
        notice = Hotline(name="County line", checked_on=date(2026, 10, 1))
        return project.with_info(revised(project.info, hotline=notice.model_dump()))

    edit_elsewhere(page, change)
    page.run()
    assert "County line" in words(page)
    assert field(page, "Name of the service").value == "County line"
