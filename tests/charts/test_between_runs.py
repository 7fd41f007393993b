"""Two selections side by side: the same places in the chart, its words and its table."""

from __future__ import annotations

from mcda.analysis.between_runs import between_runs
from mcda.charts.between_runs import before_and_after, runs_chart, runs_table
from mcda.charts.static import PAPER
from mcda.project.aside import set_aside_program
from mcda.project.templates import example

DONE = example("elm_county_two_years_on")


def found(project=DONE):
    return between_runs(project, project.runs[0].id, project.run().id)


def test_the_table_has_every_program_before_and_after():
    table = runs_table(found())
    titles = [c.title for c in table.columns]
    assert (titles[0], titles[1], titles[-1]) == ("Program", "Before", "After")
    frame = found().to_frame()
    assert [row[0] for row in table.rows] == list(frame.index)
    assert [row[-1] for row in table.rows] == list(frame["After"])


def test_the_chart_says_the_same_in_words_and_as_a_table():
    chart = runs_chart(found(), PAPER)
    assert chart.alt.startswith("Slope chart: places of each program before and after.")
    assert chart.table == runs_table(found())


def test_a_program_that_one_selection_lacks_stands_in_the_table_alone():
    out = set_aside_program(DONE, "survivor_mentors", "Not for now.")
    compared = before_and_after(found(out))
    drawn = {p.id for ranking in compared.rankings for p in ranking.programs}
    assert "survivor_mentors" not in drawn
    rows = {row[0]: row[-1] for row in runs_table(found(out)).rows}
    assert rows["Survivor mentor program"] == "not ranked"
