"""Every id names one thing that is there; a decided run is as it was decided."""

from __future__ import annotations

import pytest

from mcda.project import (
    AskedRange,
    Assessment,
    Exact,
    Finding,
    Framing,
    LeftOut,
    MustHave,
    Objective,
    OrderJudgement,
    OverlapQuestion,
    Project,
    Record,
    Run,
    Score,
    Threshold,
    Unknown,
    Verdict,
    Weighting,
    check,
    check_run,
)

RECORD = Record(choice="school", reasons="Reach.")
OWN = Assessment(person="p1", program="mentors", criterion="reach", amount=Exact(value=60))


def found(project: Project, *codes: str) -> list[Finding]:
    return [f for f in check(project) if f.code in codes]


def with_run(project: Project, **changes: object) -> Project:
    """Change the run past all checks, as a person who edits the file by hand can."""
    run = project.run().model_copy(update=changes)
    return project.model_copy(update={"runs": (*project.runs[:-1], run)})


def with_evidence(project: Project, **changes: object) -> Project:
    return with_run(project, evidence=project.run().evidence.model_copy(update=changes))


def doubled(project: Project, kind: str) -> Project:
    items = getattr(project.run().evidence, kind)
    return with_evidence(project, **{kind: (*items, items[0])})


# --- one id, one thing


@pytest.mark.parametrize(
    ("kind", "place", "item"),
    [
        ("programs", "Programs", "continue"),
        ("criteria", "Criteria and objectives", "reach"),
        ("objectives", "Criteria and objectives", "people"),
        ("must_haves", "Must-haves", "affordable"),
    ],
)
def test_two_entries_of_one_id_are_an_error(sound, kind, place, item):
    (finding,) = found(doubled(sound, kind), "duplicate-id")
    assert finding.severity == "error"
    assert str(finding) == f"{place}: Two entries have the id {item!r}. Give one another id."


def test_a_criterion_and_an_objective_share_no_id(sound):
    project = sound.with_objective(Objective(id="cost", name="Cost"))
    assert [f.place for f in found(project, "duplicate-id")] == ["Criteria and objectives"]


def test_a_program_and_a_criterion_may_share_an_id(sound):
    project = sound.with_program(sound.run().program("course").model_copy(update={"id": "cost"}))
    assert found(project, "duplicate-id") == []


def test_two_weightings_of_one_id_are_an_error(sound):
    project = with_run(sound, weightings=sound.run().weightings * 2)
    assert [f.place for f in found(project, "duplicate-id")] == ["Weightings"]


def test_two_scores_for_one_cell_are_an_error(sound):
    (finding,) = found(doubled(sound, "scores"), "duplicate-score")
    assert str(finding) == ("Scores: 'continue' is scored 2 times on 'reach'. Keep one score.")


def test_two_scores_of_one_person_for_one_cell_are_an_error(sound):
    project = with_evidence(sound, assessments=(OWN, OWN))
    (finding,) = found(project, "duplicate-score")
    assert str(finding) == ("Own scores: 'p1' scored 'mentors' 2 times on 'reach'. Keep one score.")


def test_two_people_may_score_one_cell(sound):
    other = OWN.model_copy(update={"person": "p2"})
    assert found(sound.with_assessment(OWN).with_assessment(other), "duplicate-score") == []


def test_two_verdicts_on_one_program_are_an_error(sound):
    both = tuple(Verdict(program="school", verdict=v, reason="Seen.") for v in ("pass", "fail"))
    project = sound.with_must_have(MustHave(id="legal", name="Legal", verdicts=both))
    (finding,) = found(project, "duplicate-verdict")
    assert str(finding) == "Legal: 'school' is judged more than once. Keep one verdict."


# --- every id is there


def unknown(project: Project) -> list[str]:
    findings = found(project, "unknown-reference")
    assert all(f.severity == "error" and f.mend for f in findings)
    return [f"{f.place}: {f.message}" for f in findings]


def test_a_sound_project_names_only_what_is_there(full):
    assert unknown(full) == []


@pytest.mark.parametrize("kind", [Score, Assessment])
def test_a_score_for_a_program_or_criterion_not_there(sound, kind):
    person = {"person": "p1"} if kind is Assessment else {}
    score = kind(program="ghost", criterion="fog", amount=Unknown(), **person)
    field = "assessments" if person else "scores"
    before = getattr(sound.run().evidence, field)
    place = f"{'Own score' if person else 'Score'} {len(before) + 1} (ghost, fog)"
    assert unknown(with_evidence(sound, **{field: (*before, score)})) == [
        f"{place}: It names a program 'ghost' that is not there.",
        f"{place}: It names a criterion 'fog' that is not there.",
    ]


def test_a_parent_must_be_an_objective(sound):
    cost = sound.run().criterion("cost").model_copy(update={"parent": "reach"})
    assert unknown(sound.with_criterion(cost)) == [
        "Cost: It names an objective 'reach' that is not there."
    ]


def test_an_objective_under_one_that_is_not_there(sound):
    project = sound.with_objective(Objective(id="means", name="Means", parent="fog"))
    assert unknown(project) == ["Means: It names an objective 'fog' that is not there."]


def test_an_overlap_question_about_criteria_not_there(sound):
    overlap = OverlapQuestion(first="fog", second="people", question="Twice?")
    assert unknown(with_evidence(sound, overlaps=(overlap,))) == [
        "Overlap question: It names a criterion 'fog' that is not there.",
        "Overlap question: It names a criterion 'people' that is not there.",
    ]


def test_a_must_have_on_a_criterion_or_program_not_there(sound):
    must_have = MustHave(
        id="legal",
        name="Legal",
        threshold=Threshold(criterion="fog", limit=1),
        verdicts=(Verdict(program="ghost", verdict="pass"),),
    )
    assert unknown(sound.with_must_have(must_have)) == [
        "Legal: It names a criterion 'fog' that is not there.",
        "Legal: It names a program 'ghost' that is not there.",
    ]


def test_something_set_aside_that_is_not_there(sound):
    framing = Framing(programs_out=(LeftOut(item="ghost"),), criteria_out=(LeftOut(item="people"),))
    assert unknown(with_run(sound, framing=framing)) == [
        "Programs set aside: It names a program 'ghost' that is not there.",
        "Criteria set aside: It names a criterion 'people' that is not there.",
    ]


def test_a_weighting_of_something_not_there(sound):
    weighting = Weighting(
        id="w",
        name="Chief",
        judgement=OrderJudgement(tiers=(("reach", "people"), ("fog",))),
        asked=(AskedRange(criterion="mist", worst=0, best=1),),
    )
    assert unknown(sound.with_weighting(weighting)) == [
        "Chief: It names a criterion or objective 'fog' that is not there.",
        "Chief: It names a criterion 'mist' that is not there.",
    ]


def test_a_decision_for_a_program_not_there(sound):
    project = with_run(sound, record=RECORD.model_copy(update={"choice": "ghost"}))
    assert unknown(project) == ["Decision: It names a program 'ghost' that is not there."]


def test_an_id_nearly_right_is_not_taken_for_the_right_one(sound):
    project = with_run(sound, record=RECORD.model_copy(update={"choice": "schoo"}))
    assert len(unknown(project)) == 1


# --- objectives under one another


def objectives(project: Project, **parents: str | None) -> Project:
    for item, parent in parents.items():
        project = project.with_objective(Objective(id=item, name=item.title(), parent=parent))
    return project


def test_objectives_may_stand_under_one_another(sound):
    assert found(objectives(sound, a="b", b="c", c=None), "objective-loop") == []


def test_an_objective_under_itself_is_an_error(sound):
    (finding,) = found(objectives(sound, a="a"), "objective-loop")
    assert finding.severity == "error"
    assert str(finding) == (
        "A: It stands under itself. Move it under another objective, or to the top."
    )


def test_every_objective_of_a_loop_is_named_and_those_beneath_it_are_not(sound):
    project = objectives(sound, a="b", b="c", c="a", d="a")
    assert [f.place for f in found(project, "objective-loop")] == ["A", "B", "C"]


# --- the runs together


def test_two_runs_of_one_id_are_an_error(sound):
    project = sound.model_copy(update={"runs": sound.runs * 2})
    (finding,) = found(project, "duplicate-id")
    assert str(finding) == "Runs: Two runs have the id 'run-1'. Give one another id."


@pytest.mark.parametrize("parent", ["run-9", "run-2", "run-3"])
def test_a_rerun_of_a_run_that_is_not_before_it_is_an_error(sound, parent):
    project = sound.rerun(None, "run-2", "Second").rerun(None, "run-3", "Third")
    first, second, third = project.runs
    second = second.model_copy(update={"parent": parent})
    broken = project.model_copy(update={"runs": (first, second, third)})
    (finding,) = found(broken, "unknown-reference")
    assert str(finding) == (
        f"Second: It starts from {parent!r}, but no run before it has this id. "
        "Correct the id, or put the runs in the order in which they were made."
    )


def test_a_rerun_of_any_run_before_it_is_fine(sound):
    project = sound.rerun(None, "run-2", "Second").rerun("run-1", "run-3", "Third")
    assert found(project, "unknown-reference") == []


# --- the lock of a decided run

UNCHANGED = "Use an unchanged copy of the file, or start a new selection under Select again."


@pytest.mark.parametrize("missing", ["record", "lock"])
def test_a_decided_run_without_its_record_or_lock_is_an_error(sound, missing):
    project = with_run(sound.decide(RECORD), **{missing: None})
    (finding,) = found(project, "record-missing", "lock-broken")
    assert str(finding) == (
        "First selection: It is marked as decided, but its record or its lock is missing. "
        f"{UNCHANGED}"
    )


def test_a_decided_run_made_a_draft_again_by_hand_is_an_error(sound):
    project = with_run(sound.decide(RECORD), status="draft", record=None)
    (finding,) = found(project, "record-missing", "lock-broken")
    assert str(finding) == (
        "First selection: It is marked as a draft, but it has the lock of a decided run. "
        f"{UNCHANGED}"
    )


def test_a_draft_may_hold_a_record_before_it_is_decided(sound):
    assert check(with_run(sound, record=RECORD)) == ()


def test_a_decided_run_that_was_changed_is_an_error(sound):
    project = with_evidence(sound.decide(RECORD), scores=sound.run().evidence.scores[::-1])
    (finding,) = found(project, "lock-broken")
    assert finding.severity == "error"
    assert str(finding) == f"First selection: It was changed after it was decided. {UNCHANGED}"


def test_a_decided_run_that_was_not_changed_is_sound(sound):
    assert check(sound.decide(RECORD)) == ()


# --- rules that look closer wait until the ids hold


def test_with_broken_ids_nothing_else_is_looked_at(sound):
    run = Run(id="r", title="R", framing=Framing(programs_out=(LeftOut(item="ghost"),)))
    assert {f.code for f in check_run(run)} == {"unknown-reference"}
    assert "unknown-reference" not in {f.code for f in check_run(sound.run())}
