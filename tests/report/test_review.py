"""What a reader who sees the report for the first time must not stumble over."""

from __future__ import annotations

from datetime import date

import pytest

from mcda.analysis import firmness, ranking
from mcda.charts import Column, DataTable
from mcda.project import Project
from mcda.project.templates import TWO_YEARS_ON, example
from mcda.report import build_report, table_names, write_csv
from mcda.report.model import Heading
from mcda.report.model import tables as printed_tables
from mcda.report.sections.firmness import MOST_PROGRAMS


@pytest.fixture(scope="module")
def again(day):
    """The full report of the example that looks at its choice again."""
    return build_report(example(TWO_YEARS_ON), date=day)


@pytest.fixture(scope="module")
def narrative(elm, day):
    """The worked example in the order of a grant application."""
    return build_report(elm, date=day, order="grant")


def section(report, name: str):
    return next(s for s in report.sections if s.id == name)


def tables(report, name: str):
    return {b.content.caption: b.content for b in section(report, name).blocks if _is_table(b)}


def _is_table(block) -> bool:
    return hasattr(block, "content")


def words(report, name: str) -> str:
    return repr(section(report, name))


def test_a_program_that_was_set_aside_stays_among_those_considered(again):
    run = again.material.run
    (left,) = run.framing.programs_out
    name = run.program(left.item).name
    blocks = section(again, "programs").blocks
    at = next(n for n, b in enumerate(blocks) if getattr(b, "text", "") == "Screened out")
    out = dict(blocks[at + 2].items)
    assert left.reason in out[name]
    held = tables(again, "programs")["Programs held against the must-haves"]
    assert next(row for row in held.rows if row[0] == name)[4] == "not settled"
    assert name not in {row[0] for row in tables(again, "programs")["Programs compared"].rows}


def test_while_nothing_is_decided_no_heading_says_that_it_was(again, decided, day):
    final = build_report(decided, date=day)
    assert section(again, "decision").title == "The question, and who decides"
    assert section(again, "diagnosis").title == "What we found"
    assert section(final, "decision").title == "What was decided on, by whom and when"
    assert section(final, "diagnosis").title == "What we found before we chose"


def test_criteria_that_count_alike_are_named_together(again):
    both = "Match to our problem factors and Safe and trauma-informed"
    rows = tables(again, "perspectives")["Each perspective's first choice"].rows
    assert {row[0]: row[3] for row in rows}["Planning group"] == f"{both} (17% each)"
    assert f"By the weights of Planning group, {both} count most (17% each)." in words(
        again, "weights"
    )


def test_weights_taken_over_are_not_told_as_given_again(elm, day):
    second = elm.decide(elm.run().record).rerun(None, "run-2", "Second look")
    weighting = second.run().weightings[1]
    swing = weighting.judgement.model_copy(update={"confirmed": False})
    changed = second.with_weighting(weighting.model_copy(update={"judgement": swing}))
    assert "Second look: weights" not in words(build_report(changed, date=day), "changes")
    moved = weighting.model_copy(update={"judgement": swing, "given_on": date(2026, 11, 20)})
    told = words(build_report(second.with_weighting(moved), date=day), "changes")
    assert "Second look: weights were given by Police lieutenant." in told


def test_the_example_gave_its_new_weights_on_a_day_of_the_new_selection(again):
    rows = tables(again, "changes")["What happened when"].rows
    (given,) = [row for row in rows if "Second selection, two years on: weights" in row[1]]
    assert given[0].endswith("2029")


def test_who_comes_first_is_not_told_again_under_other_weights(elm, report, day):
    assert "First choices" not in words(report, "compared")
    said = [getattr(b, "text", "") for b in section(report, "compared").blocks]
    assert report.material.compared.sentence not in said
    asked = build_report(elm, date=day, compare=["p1", "p2"])
    assert asked.material.compared.sentence in words(asked, "compared")


@pytest.fixture(scope="module")
def many(elm) -> Project:
    """The worked example with so many programs that not all have room in every table."""
    run = elm.run()
    programs, scores = list(run.evidence.programs), list(run.evidence.scores)
    for model in (p for p in run.candidates if p.role == "candidate"):
        copy = model.model_copy(update={"id": f"copy-{model.id}", "name": f"{model.name} again"})
        programs.append(copy)
        own = (s for s in run.evidence.scores if s.program == model.id)
        scores += [s.model_copy(update={"program": copy.id}) for s in own]
    changes = {"programs": tuple(programs), "scores": tuple(scores)}
    return elm.with_evidence(run.evidence.model_copy(update=changes))


def test_of_many_programs_those_that_can_be_first_are_shown_and_the_files_have_all(many, day):
    report = build_report(many, date=day)
    found = firmness(many)
    can = [p.name for p in found.programs if p.first.anywhere.proof != "never"][:MOST_PROGRAMS]
    assert len(found.programs) > MOST_PROGRAMS > 0
    shown = tables(report, "firmness")
    assert [row[0] for row in shown["How often each program is first"].rows] == can
    never = {p.name for p in found.programs} - set(can)
    steps = shown["If one score were a step better or worse"]
    assert not never & {row[0] for row in steps.rows}
    left = len(found.programs) - len(can)
    assert f"leave out {left} others" in words(report, "firmness")
    for table in ("firmness", "places", "pairs"):
        lines = write_csv(report, table).decode("utf-8-sig").splitlines()
        assert len(lines) == 1 + len(found.programs)
    scores = write_csv(report, "scores").decode("utf-8-sig").splitlines()
    assert len(scores) == 1 + len(found.programs) * len(many.run().active_criteria)


def test_far_moves_are_explained_and_stand_in_the_order_of_the_ranking(elm, report):
    table = tables(report, "firmness")["Scores at which the first place changes"]
    assert table.columns[0].title == "Criterion"
    assert [c.title for c in table.columns[1:]] == [p.name for p in ranking(elm).ranked]
    assert "“none”: no score" in words(report, "firmness")


def test_the_need_says_nothing_of_points_and_the_cost_says_who_pays(narrative):
    need = tables(narrative, "equity")["Whom each program is for, and how many it reaches"]
    assert not {"Points out of 100", "Place"} & {c.title for c in need.columns}
    assert "Who pays" not in tables(narrative, "equity")
    assert "Who pays" in tables(narrative, "cost")


def test_the_data_plan_tells_what_is_recorded_of_it(narrative):
    told = words(narrative, "evaluation")
    assert "Totals can be counted and shared without naming anyone" in told
    assert narrative.material.project.diagnosis.goals[0].name in told
    assert "Nothing is recorded" not in told


@pytest.mark.parametrize("edition", ["full", "public"])
@pytest.mark.parametrize("name", [None, TWO_YEARS_ON])
def test_a_report_speaks_to_its_reader(name, edition, day):
    project = example(name) if name else example()
    told = repr(build_report(project, date=day, edition=edition).sections)
    for words_of_others in (
        "typed here",
        "your people",
        "your order",
        "of yours",
        "TOPSIS squares",
        "A trigger opens",
        "for each alternative",
        "With scores anywhere",
        "you would accept",
    ):
        assert words_of_others not in told


def test_the_lessons_call_a_person_a_member(day):
    told = repr(build_report(example(TWO_YEARS_ON), date=day, edition="lessons").sections)
    assert "One of those who take part would start with survivor mentors" in told
    assert "The (name left out)" not in told


def test_the_new_tables_are_told_of(report):
    assert {"places", "pairs", "steps", "scores"} <= set(table_names(report))


@pytest.mark.parametrize("edition", ["full", "public", "one-page"])
def test_the_first_words_say_by_whose_weights(elm, day, edition):
    found = build_report(elm, date=day, edition=edition)
    answer = next(b for b in found.sections[0].blocks if getattr(b, "kind", "") == "answer")
    assert answer.text.startswith("By the weights of Planning group: ")


def test_where_an_earlier_choice_stands_nothing_new_is_decided(again, report):
    assert "Draft: nothing new has been decided" in words(again, "decision")
    assert "Draft: nothing has been decided" in words(report, "decision")


def test_roles_that_are_names_already_are_told_once(elm, day):
    project = elm
    for one in elm.run().weightings:
        project = project.with_weighting(one.model_copy(update={"role": one.name}))
    for told, titles in (
        (elm, ["Weights of", "Role", "Given on"]),
        (project, ["Weights of", "Given on"]),
    ):
        public = build_report(told, date=day, edition="public")
        said = tables(public, "decision")["Who said what matters"]
        assert [c.title for c in said.columns] == titles


def test_a_column_in_which_nothing_stands_is_left_out():
    columns = tuple(map(Column, ("Milestone", "Due", "Waits for")))
    content = DataTable("Plan", columns, (("A", "", ""), ("B", "May", "")))
    (printed,) = printed_tables(content)
    assert [c.title for c in printed.content.columns] == ["Milestone", "Due"]
    assert printed.content.rows == (("A", ""), ("B", "May"))
    (empty,) = printed_tables(DataTable("Plan", columns, ()))
    assert empty.content.columns == columns


def test_in_the_order_of_a_grant_what_is_measured_stands_before_how_it_is_kept(day):
    report = build_report(example(TWO_YEARS_ON), date=day, order="grant")
    headings = [b.text for b in section(report, "evaluation").blocks if isinstance(b, Heading)]
    assert headings[-1] == "How data are kept safe"
    assert section(report, "fit").title.endswith("how the programs fit what we found")
