"""The sections on money, equity and change; one page, the grant order, and corrections."""

from __future__ import annotations

from datetime import date

import pytest

from mcda.analysis import ranking
from mcda.lifecycle import budget_by, budget_totals
from mcda.project import Project
from mcda.project.templates import example
from mcda.report import Erratum, build_report, file_name, read_any, redact, write_html

ERRATUM = Erratum(of=date(2026, 1, 5), text="As p2 saw, the cost is 140,000.")


@pytest.fixture(scope="module")
def two_years() -> Project:
    return example("elm_county_two_years_on")


def _section(report, name):
    return next(s for s in report.sections if s.id == name)


def _table(report, name, caption):
    found = [b.content for b in _section(report, name).blocks if hasattr(b, "content")]
    return next(content for content in found if content.caption == caption)


def test_each_perspective_has_its_own_first_choice(elm, report):
    rows = _table(report, "perspectives", "Each perspective's first choice").rows
    assert [row[0] for row in rows] == [w.name for w in elm.run().weightings]
    for weighting, row in zip(elm.run().weightings, rows, strict=True):
        found = ranking(elm, None, weighting.id)
        assert all(p.name in row[1] for p in found.possible_firsts)
        assert found.score_text(found.possible_firsts[0].id) in row[2]


def test_one_perspective_alone_is_compared_with_nobody(elm, day):
    alone = elm
    for weighting in elm.run().weightings[1:]:
        alone = alone.without_weighting(weighting.id)
    assert "perspectives" not in [s.id for s in build_report(alone, date=day).sections]


def test_costs_stand_beside_points_and_places(elm, report):
    table = _table(report, "cost", "What each program costs")
    assert table.columns[1].title == "Total cost to us (US dollars over 3 years)"
    found = ranking(elm)
    ranked = {row[0]: row for row in table.rows if row[-1] != "not ranked"}
    assert set(ranked) == {p.name for p in found.ranked}
    assert all(ranked[p.name][3] == p.rank_text for p in found.ranked)


@pytest.mark.parametrize(("field", "name"), [("period", "cost"), ("source", "equity")])
def test_budget_by_group_adds_up_to_the_whole(two_years, field, name, day):
    groups = budget_by(two_years.plan, field)
    whole = budget_totals(two_years.plan)
    assert sum(own.planned for own in groups.values()) == whole.planned
    assert sum(own.lines for own in groups.values()) == whole.lines
    caption = {"period": "The budget by period", "source": "Who pays"}[field]
    rows = _table(build_report(two_years, date=day), name, caption).rows
    assert [row[0] for row in rows] == list(groups)


def test_who_may_be_missed_and_who_is_asked_for_time_are_said(elm, report):
    assert ("Whom our figures may miss", elm.diagnosis.missed) in (
        _section(report, "equity").blocks[0].pairs
    )
    rows = _table(report, "equity", "Time asked of staff in training").rows
    assert rows[0][-1] == f"{46 * 6}"


def test_equity_indicators_of_the_group_alone_stay_out_of_the_public_edition(two_years, day):
    captions = {
        edition: [
            b.content.caption
            for b in _section(build_report(two_years, edition=edition, date=day), "equity").blocks
            if hasattr(b, "content")
        ]
        for edition in ("full", "public")
    }
    assert "Indicators of equity" in captions["full"]
    assert "Indicators of equity" not in captions["public"]


def test_changes_tell_selections_and_days_in_order(two_years, day):
    report = build_report(two_years, date=day, erratum=ERRATUM)
    runs = _table(report, "changes", "The selections of this project").rows
    assert [row[0] for row in runs] == [run.title for run in two_years.runs]
    assert runs[1][1] == two_years.runs[0].title
    told = [row[1] for row in _table(report, "changes", "What happened when").rows]
    chosen = told.index("First selection: Screening with an advocate was chosen.")
    assert told.index("Readiness was rated.") < chosen
    assert "The report of January 5, 2026 was corrected." in told
    public = build_report(two_years, edition="public", date=day)
    said = [row[1] for row in _table(public, "changes", "What happened when").rows]
    assert not [text for text in said if "answered" in text or "proposed" in text]


def test_new_sections_stay_away_where_nothing_is_known(day):
    ids = {s.id for s in build_report(Project.new("Which?"), date=day).sections}
    assert not ids & {"perspectives", "cost", "equity", "changes", "erratum"}


def test_grants_are_told_in_their_four_parts(elm, day):
    for project in (elm, Project.new("Which?")):
        report = build_report(project, order="grant", date=day)
        parts = [s.title.partition(":")[0] for s in report.sections]
        own = [p for p in dict.fromkeys(parts) if p in _PARTS]
        assert own == list(_PARTS)
        assert len({s.id for s in report.sections}) == len(report.sections)
    assert file_name(build_report(elm, order="grant"), "docx").endswith("-draft-grant.docx")
    with pytest.raises(ValueError, match="decision or grant"):
        build_report(elm, order="secret")


_PARTS = ("Need", "Design and implementation", "Capabilities", "Data plan")


def test_grants_hold_every_table_of_the_other_order(two_years, day):
    usual, grant = (
        sorted(
            b.content.caption
            for s in build_report(two_years, order=order, date=day).sections
            for b in s.blocks
            if hasattr(b, "content")
        )
        for order in ("decision", "grant")
    )
    assert usual == grant


def test_one_page_is_public_short_and_ranks_again(two_years, day):
    report = build_report(two_years, "run-1", edition="one-page", notes=True, date=day)
    assert [s.id for s in report.sections] == ["brief", "decided", "know"]
    assert report.labels.startswith("Final · On one page")
    assert read_any(write_html(report)) == redact(two_years, "public")
    assert build_report(two_years, edition="one-page").label == "draft"


def test_a_correction_comes_first_and_names_roles_only_in_public(elm, two_years, day):
    full = build_report(elm, erratum=ERRATUM, date=day)
    assert full.sections[0].title == "Correction to the report of January 5, 2026"
    assert full.sections[0].blocks[0].text == ERRATUM.text
    assert "Corrects the report of January 5, 2026" in full.labels
    for edition in ("public", "one-page"):
        shown = build_report(elm, edition=edition, erratum=ERRATUM, date=day).sections[0]
        assert shown.blocks[0].text == "As Survivor adviser saw, the cost is 140,000."
    with pytest.raises(ValueError, match="no correction"):
        build_report(two_years, edition="lessons", erratum=ERRATUM, date=day)
    with pytest.raises(ValueError, match="what was wrong"):
        Erratum(of=date(2026, 1, 5), text=" ")
