"""What the report says of the evaluation, and of looking at the choice again."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from mcda.project import Project
from mcda.project.templates import example
from mcda.report import Report, build_report, write_csv, write_html
from mcda.report.model import Figure, Listing, Paragraph, Section, Table

LATER = date(2029, 1, 20)


@pytest.fixture(scope="module")
def two() -> Project:
    """The second example: two years on."""
    return example("elm_county_two_years_on")


@pytest.fixture(scope="module", params=["full", "public"])
def made(request, two) -> Report:
    """The report of the second example in both editions."""
    return build_report(two, edition=request.param, date=LATER)


def section(report: Report, name: str) -> Section:
    return next(s for s in report.sections if s.id == name)


def words(part: Section) -> str:
    said = []
    for block in part.blocks:
        if isinstance(block, Paragraph):
            said.append(block.text)
        if isinstance(block, Listing):
            said += [f"{lead}: {text}" for lead, text in block.items]
    return "\n".join(said)


def test_sections_follow_the_plan(made):
    names = [s.id for s in made.sections]
    at = names.index("plan")
    assert names[at : at + 3] == ["plan", "evaluation", "again"]


def test_a_project_without_an_evaluation_has_neither(report):
    assert not {"evaluation", "again"} & {s.id for s in report.sections}


def test_headline_counts_what_the_edition_shows(made):
    said = {
        "full": "Of 7 indicators: 1 on target, 3 off target and 3 not judged.",
        "public": "Of 4 indicators: 1 on target, 2 off target and 1 not judged.",
    }
    assert section(made, "evaluation").blocks[0] == Paragraph(said[made.edition])


def test_each_indicator_has_its_row_its_table_and_a_chart_with_more_than_one_period(made):
    part = section(made, "evaluation")
    tables = [b.content for b in part.blocks if isinstance(b, Table)]
    names = [s.indicator.name for s in made.material.states]
    assert [row[0] for row in tables[0].rows] == names
    assert {f"{name}: what was observed" for name in names} <= {t.caption for t in tables}
    drawn = [b.chart.title for b in part.blocks if isinstance(b, Figure)]
    assert drawn == [s.indicator.name for s in made.material.states if len(s.running) > 1]


def test_lessons_and_next_steps_are_told_as_they_are_marked(made, two):
    said = words(section(made, "evaluation"))
    for lesson in two.evaluation.lessons:
        assert (lesson.name in said) is (made.edition == "full" or lesson.share == "public")
    assert "Screening stays for now" in said


def test_answers_are_told_in_the_full_edition_only(made):
    said = words(section(made, "again"))
    full = made.edition == "full"
    assert ("Answered (Elm County planning group" in said) is full
    assert ("Safety:" in said) is full
    assert "was to be reviewed by December 1, 2027" in said
    captions = [b.content.caption for b in section(made, "again").blocks if isinstance(b, Table)]
    assert ("Scores proposed from observations" in captions) is full


def test_what_moved_is_what_the_comparison_of_runs_says(made):
    found = made.material.between
    assert found is not None
    part = section(made, "again")
    said = words(part)
    assert found.sentence in said
    assert all(change in said for change in found.score_changes)
    table = next(
        b.content
        for b in part.blocks
        if isinstance(b, Table) and b.content.caption == "Places before and after"
    )
    assert [list(row[1:]) for row in table.rows] == found.to_frame().values.tolist()


def test_the_earlier_run_has_nothing_to_be_set_against(two):
    report = build_report(two, "run-1", date=LATER)
    assert report.material.between is None
    assert "What moved between" not in write_html(report).decode().partition("<template")[0]


def test_observations_are_written_without_small_counts(made):
    text = write_csv(made, "observations").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    hidden = [row for row in rows if row["Hidden"] == "hidden for privacy"]
    assert hidden
    counts = [row["Counted"] for row in rows if row["Counted"]]
    assert not [c for c in counts if 0 < float(c) < 10]
