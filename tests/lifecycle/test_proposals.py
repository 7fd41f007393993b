"""Must-haves and supports that the diagnosis proposes, each with its reason."""

from __future__ import annotations

import pytest

from mcda import catalog
from mcda.lifecycle import (
    proposed_must_haves,
    suggested_supports,
    unknown_entries,
    with_proposed_must_have,
)
from mcda.project import (
    Asset,
    Condition,
    Diagnosis,
    Factor,
    LockedRunError,
    Plan,
    Project,
    ReadinessItem,
    Training,
    UnknownItemError,
)
from mcda.project.readiness import readiness_questions
from mcda.project.templates import example

BOYS = Condition(id="boys", name="Takes in boys", reason="Our figures miss them.")


def diagnosed(*items: object) -> Project:
    diagnosis = Diagnosis()
    for item in items:
        diagnosis = diagnosis.with_item(item)
    return Project.new("Which?").with_diagnosis(diagnosis)


def test_a_condition_becomes_a_must_have_that_nobody_has_judged():
    project = diagnosed(BOYS)
    assert proposed_must_haves(project) == (BOYS,)
    taken = with_proposed_must_have(project, "boys")
    (must_have,) = taken.run().evidence.must_haves
    assert (must_have.name, must_have.definition) == ("Takes in boys", "Our figures miss them.")
    assert must_have.verdicts == ()
    assert proposed_must_haves(taken) == ()


def test_the_definition_counts_before_the_reason():
    project = diagnosed(BOYS.model_copy(update={"definition": "All genders."}))
    (must_have,) = with_proposed_must_have(project, "boys").run().evidence.must_haves
    assert must_have.definition == "All genders."


def test_one_of_the_same_name_counts_as_there():
    project = with_proposed_must_have(diagnosed(BOYS), "boys")
    louder = Diagnosis(must_haves=(BOYS.model_copy(update={"name": "TAKES  IN boys"}),))
    assert proposed_must_haves(project.with_diagnosis(louder)) == ()


def test_a_second_of_its_id_gets_an_id_of_its_own():
    project = with_proposed_must_have(diagnosed(BOYS), "boys")
    other = project.with_diagnosis(Diagnosis(must_haves=(BOYS,)))
    ids = [m.id for m in with_proposed_must_have(other, "boys").run().evidence.must_haves]
    assert len(set(ids)) == 2


def test_an_unknown_condition_and_a_locked_run_are_refused(elm):
    with pytest.raises(UnknownItemError, match="must-have of the diagnosis 'girls'"):
        with_proposed_must_have(diagnosed(BOYS), "girls")
    decided = elm.decide(elm.run().record)
    with pytest.raises(LockedRunError):
        with_proposed_must_have(decided, "in_time")


def test_a_low_question_names_what_may_help_with_the_written_reason():
    low = ReadinessItem(id="trained_staff", name="Staff", part="specific capacity", rating=2)
    fine = low.model_copy(update={"id": "partners", "rating": 3})
    (gap,) = suggested_supports(diagnosed(low, fine))
    assert (gap.kind, gap.item) == ("readiness", "trained_staff")
    assert gap.suggestions[0].entry.id == "tt4"
    assert all(s.reason and not s.chosen for s in gap.suggestions)


@pytest.mark.parametrize("question", readiness_questions(), ids=lambda q: q.id)
def test_every_question_names_supports_of_the_catalogue(question):
    assert question.supports
    for support in question.supports:
        assert not catalog.is_candidate_kind(catalog.get(support.catalog_id).kind)
        assert support.reason.endswith(".")


def test_a_gap_names_entries_that_share_its_words():
    gap = Factor(id="f", name="Schools have no agreed steps", kind="system gap")
    (found,) = suggested_supports(diagnosed(gap))
    best = found.suggestions[0]
    assert best.entry.id == "gp3"
    assert best.reason == "It also speaks of “schools”, “agreed” and “steps”."
    assert len(found.suggestions) <= 3


@pytest.mark.parametrize("name", ["No shelter", "???", "Young people are not known here"])
def test_a_gap_without_shared_words_names_nothing(name):
    (found,) = suggested_supports(diagnosed(Factor(id="f", name=name, kind="system gap")))
    assert found.suggestions == ()


def test_only_gaps_are_looked_at():
    project = diagnosed(
        Factor(id="risk", name="Schools have no agreed steps"),
        Asset(id="full", name="Full"),
        Asset(id="lacking", name="Lacking", gap="No online lessons for officers"),
        ReadinessItem(id="own", name="Task force guidance", part="motivation", rating=1),
    )
    found = suggested_supports(project)
    assert [(g.kind, g.item) for g in found] == [("readiness", "own"), ("service", "lacking")]
    assert "gp4" in [s.entry.id for s in found[0].suggestions]


def test_what_the_selection_has_is_marked(elm):
    chosen = [s.entry.id for g in suggested_supports(elm) for s in g.suggestions if s.chosen]
    assert set(chosen) == {"gp3"}


def test_entries_the_catalogue_does_not_have_are_named():
    project = diagnosed(Asset(id="a", name="Center", catalog_id="gone"))
    project = project.with_plan(
        Plan(trainings=(Training(id="t", name="Course", catalog_id="tt99"),))
    )
    assert [(f.code, f.place) for f in unknown_entries(project)] == [
        ("unknown-catalog-entry", "Diagnosis, Center"),
        ("unknown-catalog-entry", "Plan, Course"),
    ]
    assert unknown_entries(example()) == ()
