"""Lists as tables and CSV: names for ids, sums in the budget, no cell a formula."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from mcda.lifecycle import diagnosis_tables, entry_title, lifecycle_table, plan_tables, table_csv
from mcda.project import (
    BudgetLine,
    Diagnosis,
    FeedbackLoop,
    Goal,
    Milestone,
    Plan,
    Project,
    Risk,
    UnknownItemError,
)


def rows(project: Project, table: str) -> list[list[str]]:
    text = table_csv(lifecycle_table(project, table)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_the_example_fills_every_table(elm):
    assert [t.id for t in diagnosis_tables(elm)] == [f for f, _ in Diagnosis.LISTS.values()]
    assert [t.id for t in plan_tables(elm)] == [f for f, _ in Plan.LISTS.values()]
    for table in (*diagnosis_tables(elm), *plan_tables(elm)):
        assert all(len(row) == len(table.headings) == len(table.numeric) for row in table.cells)
        assert all(isinstance(c, str) for row in table.texts for c in row)


def test_ids_are_told_by_name(elm):
    milestones = {row[0]: row for row in rows(elm, "milestones")}
    assert (
        milestones["The advocate is hired"][7] == "Agreement on privacy is signed by all partners"
    )
    assert (
        rows(elm, "adaptations")[2][3]
        == "An advocate, not an officer, meets the young person first"
    )
    assert rows(elm, "feedback")[1][1] == "Partners' round"
    assert rows(elm, "trainings")[2][2].startswith("Introduction to Child Sex Trafficking")
    assert rows(elm, "risks")[1][5] == "open"


def test_ids_that_two_kinds_share_are_told_apart():
    plan = Plan(
        milestones=(Milestone(id="x", name="Step"), Milestone(id="y", name="Y", after=("x",))),
        loops=(FeedbackLoop(id="x", name="Loop"),),
    )
    table = lifecycle_table(Project.new("Which?").with_plan(plan), "milestones")
    assert table.cells[1][7] == "Step"


def test_an_id_that_is_gone_stands_as_it_is():
    plan = Plan(milestones=(Milestone(id="y", name="Y", after=("gone",)),))
    assert (
        lifecycle_table(Project.new("Which?").with_plan(plan), "milestones").cells[0][7] == "gone"
    )


def test_the_budget_ends_with_its_sum(elm):
    assert rows(elm, "budget")[-1] == ["All together", "", "140000", "2500", "", ""]
    assert lifecycle_table(elm, "budget").texts[-1][2] == "140,000"


def test_a_column_without_a_number_has_no_sum():
    plan = Plan(budget=(BudgetLine(id="a", name="A", planned=0.0), BudgetLine(id="b", name="B")))
    table = lifecycle_table(Project.new("Which?").with_plan(plan), "budget")
    assert table.cells[-1] == ("All together", "", 0.0, "", "", "")


def test_no_cell_runs_as_a_formula():
    plan = Plan(risks=(Risk(id="r", name='=HYPERLINK("http://x")', owner="@a", closed=True),))
    row = rows(Project.new("Which?").with_plan(plan), "risks")[1]
    assert row[0] == '\'=HYPERLINK("http://x")'
    assert row[4] == "'@a"
    assert row[5] == "closed"


def test_an_empty_list_has_no_table():
    with pytest.raises(UnknownItemError, match="There is no table 'risks'"):
        lifecycle_table(Project.new("Which?"), "risks")


def test_an_entry_the_catalogue_does_not_have_stands_as_its_id():
    assert [entry_title(e) for e in ("tt4", "gone", None)][1:] == ["gone", ""]


def test_days_are_written_out_to_be_read_and_plain_in_a_file():
    goal = Goal(id="g", name="G", by=date(2027, 12, 31))
    project = Project.new("Which?")
    table = lifecycle_table(project.with_diagnosis(project.diagnosis.with_item(goal)), "goals")
    assert table.texts[0][2].split() == ["Dec", "31,", "2027"]
    assert '"2027-12-31"' in table_csv(table).decode("utf-8-sig")
