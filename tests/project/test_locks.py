"""What was decided stays as it was, by every way a project can be changed or written."""

from __future__ import annotations

import inspect
from datetime import date

import pytest

from mcda.lifecycle import with_match_score
from mcda.project import (
    Assessment,
    Equal,
    Exact,
    Framing,
    LockedRunError,
    MustHave,
    Objective,
    Program,
    Project,
    Record,
    Scenario,
    Verdict,
    Weighting,
    load,
    save,
)
from mcda.project.aside import (
    bring_back_criterion,
    bring_back_program,
    set_aside_criterion,
    set_aside_program,
    with_role,
)
from mcda.project.evidence import Evidence
from mcda.project.locks import changed_decisions, check_decisions_kept
from mcda.project.recording import with_verdict, with_wider_range, without_verdict
from mcda.project.templates import example


@pytest.fixture
def decided() -> Project:
    with_what_if = example().with_scenario(Scenario(id="s", title="S"))
    return with_what_if.decide(Record(choice="screening", reasons="R"))


def retitled(project: Project) -> Project:
    """The project with its decided run under another title, as no method of its own makes it."""
    run = project.run("run-1").model_copy(update={"title": "Another title"})
    return project.model_copy(update={"runs": (run, *project.runs[1:])})


EDITS = {
    "a program": lambda p: p.with_program(Program(id="late", name="A late idea")),
    "less a program": lambda p: p.without_program("school"),
    "a score": lambda p: p.with_score(p.run().evidence.scores[0]),
    "less a score": lambda p: p.without_score("school", "cost"),
    "a must-have": lambda p: p.with_must_have(MustHave(id="late", name="Late")),
    "less a must-have": lambda p: p.without_must_have("legal"),
    "a verdict": lambda p: with_verdict(
        p, "legal", Verdict(program="school", verdict="fail", reason="R")
    ),
    "less a verdict": lambda p: without_verdict(p, "legal", "school"),
    "an objective": lambda p: p.with_objective(Objective(id="late", name="Late")),
    "a person's own score": lambda p: p.with_assessment(
        Assessment(person="p1", program="school", criterion="cost", amount=Exact(value=9e4))
    ),
    "several scores": lambda p: p.with_scores(p.run().evidence.scores),
    "a criterion": lambda p: p.with_criterion(p.run().evidence.criteria[0]),
    "less a criterion": lambda p: p.without_criterion("cost"),
    "a wider range": lambda p: with_wider_range(p, "cost", [9e6]),
    "all evidence, as an imported table brings it": lambda p: p.with_evidence(Evidence()),
    "the framing": lambda p: p.with_framing(Framing()),
    "a weighting": lambda p: p.with_weighting(Weighting(id="w", name="W", judgement=Equal())),
    "less a weighting": lambda p: p.without_weighting("group"),
    "a what-if": lambda p: p.with_scenario(Scenario(id="s", title="S")),
    "less a what-if": lambda p: p.without_scenario("s"),
    "a program set aside": lambda p: set_aside_program(p, "school", "R"),
    "a program brought back": lambda p: bring_back_program(p, "school"),
    "a criterion set aside": lambda p: set_aside_criterion(p, "cost", "R"),
    "a criterion brought back": lambda p: bring_back_criterion(p, "cost"),
    "another role": lambda p: with_role(p, "school", "support"),
    "a match with the factors": lambda p: with_match_score(
        p, "school", date(2027, 1, 1), replace=True
    ),
    "the record": lambda p: p.with_record(None),
    "another decision": lambda p: p.decide(Record(choice="school", reasons="R")),
    "the whole run": lambda p: p.with_run(p.run()),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_no_edit_reaches_a_decided_run(decided, edit):
    with pytest.raises(LockedRunError, match="start a new selection from it, under Select again"):
        edit(decided)


def test_every_way_to_change_a_run_is_among_these_edits():
    ways = {name for name, way in vars(Project).items() if "run_id" in _parameters(way)}
    tried = {name for edit in EDITS.values() for name in edit.__code__.co_names}
    # A rerun leaves the decided run alone.
    assert {way for way in ways - tried if not way.startswith("_")} == {"rerun"}


def _parameters(way: object) -> tuple[str, ...]:
    return way.__code__.co_varnames if inspect.isfunction(way) else ()


def test_what_stands_around_it_can_go_on(decided):
    info = decided.info.model_copy(update={"place": "Elsewhere"})
    again = decided.with_info(info).rerun(None, "again", "Again").without_program("school", "again")
    assert changed_decisions(decided, again) == ()
    check_decisions_kept(decided, again)


def test_a_decision_that_changed_or_is_gone_is_named(decided):
    assert changed_decisions(decided, retitled(decided)) == ("First selection",)
    assert changed_decisions(decided, example()) == ("First selection",)
    assert changed_decisions(decided, Project.new("Another")) == ("First selection",)
    assert changed_decisions(example(), Project.new("Another")) == ()


@pytest.mark.parametrize("other", [retitled, lambda _: example(), lambda _: Project.new("Another")])
def test_a_file_that_holds_a_decision_is_not_written_over(decided, other, tmp_path):
    path = tmp_path / "decided.json"
    save(decided, path)
    with pytest.raises(LockedRunError, match="First selection"):
        save(other(decided), path)
    assert load(path) == decided


def test_a_file_with_its_decision_kept_is_written_over(decided, tmp_path):
    path = tmp_path / "decided.json"
    save(example(), path)
    save(decided, path)
    again = decided.rerun(None, "again", "Again")
    save(again, path)
    assert load(path) == again


def test_a_file_that_is_no_project_is_written_over(decided, tmp_path):
    path = tmp_path / "notes.json"
    path.write_text("nothing yet")
    save(decided, path)
    assert load(path) == decided
