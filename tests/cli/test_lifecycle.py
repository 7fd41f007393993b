"""``bestfit status``: where a project stands, for people and for programs."""

from __future__ import annotations

import json
from datetime import date

import pytest

from mcda.analysis import ILLUSTRATIVE
from mcda.lifecycle import status
from mcda.project import Adaptation, Plan, Project, TriggerAnswer, save
from mcda.project.templates import example

DAY = "2027-02-10"


def words(text: str) -> str:
    return " ".join(text.split())


def test_status_says_phases_what_is_late_and_what_is_next(run, elm):
    code, out, err = run("status", elm, "--today", DAY)
    text = words(out)
    assert (code, err) == (0, "")
    assert ILLUSTRATIVE in text
    assert "Diagnose 7 of 7" in text
    assert "“Agreement on privacy is signed by all partners” is 12 days late." in text
    assert "“The advocate is hired” is blocked by “Agreement on privacy" in text
    assert text.endswith("Next, under Select: Decide, and write down why.")
    assert all(len(line) <= 80 for line in out.splitlines())


def test_status_json_holds_the_very_findings_of_the_api(run, elm):
    code, out, _ = run("status", elm, "--today", DAY, "--json")
    content = json.loads(out)
    found = status(example(), date.fromisoformat(DAY))
    assert code == 0
    assert content["attention"] == list(found.attention)
    assert content["next"] == found.next
    assert [p["outputs"] for p in content["phases"]] == [list(p.outputs) for p in found.phases]
    assert [m["state"] for m in content["milestones"]] == [
        m.state for m in found.schedule.milestones
    ]
    late = next(m for m in content["milestones"] if m["state"] == "late")
    assert late["due_on"] == "2027-01-29"
    assert late["days_late"] == 12
    assert content["critical"] == [m.id for m in found.schedule.critical]
    assert (content["run"], content["run_status"], content["today"]) == ("run-1", "draft", DAY)


def test_status_of_a_new_project_needs_nothing(run, tmp_path):
    file = tmp_path / "new.json"
    save(Project.new("Which?"), file)
    code, out, _ = run("status", file)
    assert code == 0
    assert "There are no milestones yet." in words(out)
    assert words(out).endswith("Next, under Diagnose: State the problem.")
    assert json.loads(run("status", file, "--json")[1])["milestones"] == []


def test_status_prints_findings_with_their_place(run, tmp_path):
    broken = example()
    file = tmp_path / "broken.json"
    save(broken.with_plan(broken.plan.model_copy(update={"run": "gone"})), file)
    text = words(run("status", file, "--today", DAY)[1])
    assert "error: Plan: It names a run 'gone' that is not there." in text
    assert "1 error, 0 warnings, 0 hints." in text


@pytest.mark.parametrize("arguments", [("--today", "soon"), ("--run", "run-9")])
def test_wrong_use_is_refused(run, elm, arguments):
    code, _, err = run("status", elm, *arguments)
    assert code == 2
    assert err
    assert "Traceback" not in err


# --- bestfit review

RED = Adaptation(id="short", name="Half the sessions", light="red", reason="Staff left.")


@pytest.fixture
def reviewed(tmp_path):
    """A file with one reason to look again, and one that was answered."""
    other = RED.model_copy(update={"id": "long", "name": "Other sessions"})
    project = Project.new("Which?").with_plan(Plan(adaptations=(RED, other)))
    answer = TriggerAnswer(trigger="red adaptation:long:", reason="Agreed with the developer.")
    file = tmp_path / "reviewed.json"
    save(project.with_evaluation(project.evaluation.with_trigger_answer(answer)), file)
    return file


def test_review_exits_with_1_where_anything_is_open(run, reviewed):
    code, out, err = run("review", reviewed)
    assert (code, err) == (1, "")
    assert "“Half the sessions” touches the program's core (red)." in words(out)
    assert "Answered: The adaptation “Other sessions”" in words(out)
    assert "Agreed with the developer." in words(out)


def test_review_exits_with_0_where_nothing_is_open(run, elm):
    code, out, err = run("review", elm, "--today", DAY)
    assert (code, err) == (0, "")
    assert words(out).endswith("Nothing asks for a review.")


def test_review_of_a_file_that_cannot_be_read_is_no_open_trigger(run, tmp_path):
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    code, out, err = run("review", broken)
    assert (code, out) == (2, "")
    assert "This file cannot be opened." in words(err)


def test_review_json_names_each_trigger(run, reviewed):
    code, out, _ = run("review", reviewed, "--today", DAY, "--json")
    content = json.loads(out)
    assert code == 1
    assert content["today"] == DAY
    first, second = content["triggers"]
    assert (first["kind"], first["about"], first["open"]) == ("red adaptation", "short", True)
    assert (second["open"], second["reason"]) == (False, "Agreed with the developer.")
