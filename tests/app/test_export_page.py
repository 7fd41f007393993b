"""Export: which reports are offered, and where the rerun leads."""

from __future__ import annotations

import datetime

import pytest

from mcda.app.views.export import _TABLES, _made
from mcda.app.views.home import _read
from mcda.project import PointsJudgement, Project, Record, Weighting
from mcda.project.templates import example
from mcda.report import TABLES, read_any, redact, write_csv, write_html, write_pdf

DAY = datetime.date(2026, 11, 21)


@pytest.fixture
def decided() -> Project:
    record = Record(choice="screening", reasons="Agreed.", decided_on=datetime.date(2026, 10, 1))
    return example().decide(record)


def labels(page) -> list[str]:
    return [b.label for b in page.get("download_button")]


def words(page) -> str:
    return " ".join(h.body for h in page.get("html"))


def test_every_form_is_offered(app, on_page):
    page = on_page(app, "export")
    assert [label.rpartition("(")[2] for label in labels(page)] == [
        "HTML)",
        "PDF)",
        "DOCX)",
        "XLSX)",
        "ZIP)",
        "CSV)",
        "JSON)",
    ]


def test_a_draft_says_that_it_is_one(app, on_page):
    assert "marked as a draft" in words(on_page(app, "export"))


def test_a_decided_run_says_nothing_of_drafts(open_app, on_page, decided):
    assert "marked as a draft" not in words(on_page(open_app(decided), "export"))


def test_notes_are_asked_for_in_the_public_edition_only(app, on_page):
    page = on_page(app, "export")
    assert not page.checkbox
    page.radio(key="edition").set_value("public").run()
    assert page.checkbox[0].label.startswith("Show free-text notes")


def test_with_no_weighting_chosen_no_report_is_offered(app, on_page):
    page = on_page(app, "export")
    page.multiselect[0].set_value([]).run()
    assert labels(page) == ["Download the project file (JSON)"]


def test_a_project_without_weightings_can_still_be_reported(blank, on_page):
    assert len(labels(on_page(blank, "export"))) == 7


def test_unfinished_weightings_are_not_offered(open_app, on_page):
    unfinished = Weighting(id="new", name="New", judgement=PointsJudgement(points=()))
    page = on_page(open_app(example().with_weighting(unfinished)), "export")
    assert page.multiselect(key="export-weightings").value == ["group", "p1", "p2", "p3"]


@pytest.mark.parametrize(("edition", "same"), [("full", True), ("public", False)])
def test_the_page_that_is_made_carries_its_edition(edition, same):
    made = _made(example(), edition, False, ("group", "p2"), DAY)
    assert (read_any(write_html(made)) == example()) is same


def test_one_weighting_is_reported_alone(app, on_page):
    made = _made(example(), "full", False, ("p1",), DAY)
    assert made.material.results.ranking.weighting.id == "p1"
    assert made.material.compared is None
    page = on_page(app, "export")
    page.multiselect[0].set_value(["p1"]).run()
    assert len(labels(page)) == 7


def test_a_report_is_made_once_for_the_same_choices_and_anew_after_an_edit():
    choices = ("full", False, ("group",), DAY)
    first = _made(example(), *choices)
    assert _made(example(), *choices) is first
    other = example().with_info(example().info.model_copy(update={"place": "Oak"}))
    assert _made(other, *choices).material.project.info.place == "Oak"


def test_each_table_is_offered_by_itself(app, on_page):
    assert [*_TABLES, "about"] == list(TABLES)
    made = _made(example(), "full", False, ("group",), DAY)
    assert len({write_csv(made, table) for table in _TABLES}) == len(_TABLES)
    page = on_page(app, "export")
    page.selectbox(key="export-table").set_value("weights").run()
    assert not page.exception
    assert "Table (CSV)" in labels(page)


@pytest.mark.parametrize(("name", "write"), [("r.html", write_html), ("R.PDF", write_pdf)])
@pytest.mark.parametrize(("edition", "said"), [("full", None), ("public", "public copy")])
def test_home_opens_a_report_and_says_where_it_is_a_public_copy(name, write, edition, said):
    made = _made(example(), edition, False, ("group",), DAY)
    opened, notice = _read(name, write(made))
    assert opened.edition == edition
    assert notice is None if said is None else said in notice


def test_a_public_copy_is_passed_on_as_public_only(open_app, on_page):
    copy = redact(example(), "public")
    page = on_page(open_app(copy), "export")
    assert "No report made from it is the full edition." in words(page)
    offered = page.radio(key="edition").options
    assert [option.partition(":")[0] for option in offered] == ["Public", "One page, for a council"]
    assert _made(copy, "full", False, (), DAY).edition == "public"


def test_rerunning_a_decision_leads_to_select_again_and_keeps_it(open_app, on_page, decided, kept):
    page = on_page(open_app(decided), "export")
    page.button(key="export-rerun").click().run()
    assert page.title[0].value == "Is it time to choose again?"
    assert kept(page) == decided.run()


def test_an_unfinished_group_weighting_is_passed_over(open_app, on_page):
    group = example().run().weighting("group")
    ratings = group.judgement.ratings[:4]
    cut = group.model_copy(
        update={"judgement": group.judgement.model_copy(update={"ratings": ratings})}
    )
    page = on_page(open_app(example().with_weighting(cut)), "export")
    assert page.multiselect(key="export-weightings").value == ["p1", "p2", "p3"]


def test_where_nothing_is_marked_it_says_what_to_mark(app, on_page):
    page = on_page(app, "export")
    assert page.radio(key="edition").options == [
        "Full: everything that was recorded",
        "Public: roles only, no personal scores, no notes",
        "One page, for a council: the answer, how firm it is, why, what to know",
    ]
    assert "mark lessons, indicators or next steps as public on Evaluate" in words(page)
    assert "too small to pass on" not in words(page)


def test_the_edition_for_other_communities_is_offered_where_something_is_marked(open_app, on_page):
    page = on_page(open_app(example("elm_county_two_years_on")), "export")
    assert words(page).count("counts too small to pass on") == 2
    page.radio(key="edition").set_value("lessons").run()
    assert not page.exception
    assert "It holds the lessons, indicators and next steps that are marked public" in words(page)
    assert not page.multiselect
    assert page.selectbox(key="export-table").options[0].startswith("Indicators")


def test_the_order_of_a_grant_application_is_offered_where_there_are_parts(app, on_page):
    page = on_page(app, "export")
    assert page.selectbox(key="export-order").options[1].startswith("As a grant application asks")
    made = _made(example(), "public", False, ("group",), DAY, "grant")
    assert "Need" in [section.title for section in made.sections]
    page.radio(key="edition").set_value("one-page").run()
    assert not [box for box in page.selectbox if box.key == "export-order"]
    assert not page.exception


def test_a_correction_needs_its_day_and_its_text(app, on_page):
    page = on_page(app, "export")
    page.text_area(key="export-erratum").set_value("The cost is 140,000.").run()
    assert "Choose the day of that report." in words(page)
    page.date_input(key="export-erratum-of").set_value(datetime.date(2026, 1, 5)).run()
    assert "Until then nothing is corrected" not in words(page)
    assert not page.exception


def test_a_correction_is_printed_first():
    said = (datetime.date(2026, 1, 5), "The cost is 140,000.")
    made = _made(example(), "full", False, ("group",), DAY, "decision", said)
    assert made.sections[0].title == "Correction to the report of January 5, 2026"
    assert b"The cost is 140,000." in write_html(made)


def test_a_public_edition_asks_to_ask_those_whose_answers_it_tells(app, on_page):
    page = on_page(app, "export")
    assert "ask each of them before you pass it on" not in words(page)
    page.radio(key="edition").set_value("public").run()
    told = next(text for text in words(page).splitlines() if "ask each of them" in text)
    for weighting in example().run().weightings:
        assert (f"the {weighting.role}" in told) == (weighting.person is not None)
