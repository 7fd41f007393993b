"""Export: which reports are offered, and where the rerun leads."""

from __future__ import annotations

import datetime

import pytest

from mcda.app.rerunning import rerun_of_latest
from mcda.app.views.export import _made_later, _usable
from mcda.project import PointsJudgement, Project, Record, Weighting
from mcda.project.templates import example
from mcda.report import read_any


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
        "XLSX)",
        "CSV)",
        "ZIP)",
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
    assert len(labels(on_page(blank, "export"))) == 5


def test_unfinished_weightings_are_not_offered():
    unfinished = Weighting(id="new", name="New", judgement=PointsJudgement(points=()))
    assert "new" not in _usable(example().with_weighting(unfinished).run())
    assert next(iter(_usable(example().run()))) == "group"


@pytest.mark.parametrize(("edition", "same"), [("full", True), ("public", False)])
def test_the_page_that_is_made_carries_its_edition(edition, same):
    made = _made_later(example(), edition, False, ["group", "p2"], "html")()
    assert (read_any(made) == example()) is same


def test_rerunning_a_decision_starts_a_new_run_and_keeps_the_old(open_app, on_page, decided, kept):
    page = on_page(open_app(decided), "export")
    page.button(key="export-rerun").click().run()
    assert kept(page).parent == decided.run().id
    assert kept(page).status == "draft"


def test_a_rerun_of_a_rerun_gets_an_id_of_its_own(decided):
    once = rerun_of_latest(decided)
    twice = rerun_of_latest(once)
    assert len({r.id for r in twice.runs}) == 3


def test_an_unfinished_group_weighting_is_passed_over():
    group = example().run().weighting("group")
    ratings = group.judgement.ratings[:4]
    cut = group.model_copy(
        update={"judgement": group.judgement.model_copy(update={"ratings": ratings})}
    )
    assert list(_usable(example().with_weighting(cut).run())) == ["p1", "p2", "p3"]
