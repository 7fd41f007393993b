"""Every edit returns a new project; a removal takes along what belongs to it; decided is locked."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from mcda.project import (
    Approval,
    AskedRange,
    Assessment,
    Criterion,
    Equal,
    Evidence,
    Exact,
    Framing,
    Info,
    LeftOut,
    LockedRunError,
    MustHave,
    NumberScale,
    Objective,
    OrderJudgement,
    OverlapQuestion,
    PointShare,
    PointsJudgement,
    Program,
    Project,
    Record,
    Run,
    Scenario,
    Score,
    SwingJudgement,
    SwingRating,
    Threshold,
    Unknown,
    UnknownItemError,
    Weighting,
    check,
    errors,
)

SCALE = NumberScale(worst=0, best=5)
NEW_SCORE = Score(program="mentors", criterion="cost", amount=Exact(value=123))
RECORD = Record(choice="school", reasons="Most help for the money.", decided_on=date(2026, 4, 1))

# One call of each method that edits a run.
EDITS = {
    "with_run": lambda p: p.with_run(p.run().model_copy(update={"title": "Other"})),
    "with_program": lambda p: p.with_program(Program(id="new", name="New")),
    "without_program": lambda p: p.without_program("school"),
    "with_score": lambda p: p.with_score(NEW_SCORE),
    "with_scores": lambda p: p.with_scores([NEW_SCORE]),
    "without_score": lambda p: p.without_score("mentors", "cost"),
    "with_assessment": lambda p: p.with_assessment(
        Assessment(person="p2", program="mentors", criterion="cost", amount=Unknown())
    ),
    "with_must_have": lambda p: p.with_must_have(MustHave(id="legal", name="Legal")),
    "without_must_have": lambda p: p.without_must_have("safe"),
    "with_objective": lambda p: p.with_objective(Objective(id="new", name="New")),
    "with_criterion": lambda p: p.with_criterion(Criterion(id="new", name="New", scale=SCALE)),
    "without_criterion": lambda p: p.without_criterion("cost"),
    "with_evidence": lambda p: p.with_evidence(Evidence()),
    "with_framing": lambda p: p.with_framing(Framing()),
    "with_weighting": lambda p: p.with_weighting(Weighting(id="w", name="W", judgement=Equal())),
    "without_weighting": lambda p: p.without_weighting("group"),
    "with_scenario": lambda p: p.with_scenario(Scenario(id="new", title="New")),
    "without_scenario": lambda p: p.without_scenario("without"),
    "with_record": lambda p: p.with_record(RECORD),
    "decide": lambda p: p.decide(RECORD),
}
# What stands around the runs goes on after a decision.
AROUND = {"with_info", "with_diagnosis", "with_plan", "with_evaluation"}


@pytest.fixture
def decided(full: Project) -> Project:
    return full.decide(RECORD)


def weighted(project: Project, judgement: object) -> Project:
    return project.with_weighting(Weighting(id="w", name="W", judgement=judgement))


# --- a new project


def test_a_new_project_can_be_compared_with_doing_nothing():
    (program,) = Project.new("Which?").run().candidates
    assert (program.name, program.role) == ("Continue as now", "baseline")


def test_a_project_needs_a_title():
    with pytest.raises(ValidationError, match="a name is needed here"):
        Project.new("  ")


def test_a_project_needs_a_run():
    with pytest.raises(ValidationError, match="runs"):
        Project(info=Info(title="Which?"), runs=())


@pytest.mark.parametrize(
    "field",
    [{"planning_years": 0}, {"planning_years": 51}, {"price_year": 1989}, {"price_year": 2101}],
)
def test_years_out_of_reason_are_refused(field):
    with pytest.raises(ValidationError):
        Info(title="Which?", **field)


# --- immutability


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edit_returns_a_new_project_and_leaves_the_old_one(full, edit):
    before = full.model_dump_json()
    after = edit(full)
    assert after != full
    assert full.model_dump_json() == before


def test_the_list_of_edits_above_is_complete():
    methods = {name for name in dir(Project) if name.startswith(("with_", "without_"))}
    assert methods - AROUND == set(EDITS) - {"decide"}


@pytest.mark.parametrize(
    ("thing", "field"),
    [
        (lambda p: p, "info"),
        (lambda p: p.info, "title"),
        (lambda p: p.run(), "status"),
        (lambda p: p.run().evidence, "scores"),
        (lambda p: p.run().evidence.programs[0], "name"),
        (lambda p: p.run().evidence.criteria[0], "scale"),
        (lambda p: p.run().evidence.criteria[0].scale, "best"),
        (lambda p: p.run().evidence.scores[0], "amount"),
        (lambda p: p.run().evidence.scores[0].amount, "value"),
        (lambda p: p.run().evidence.must_haves[0], "threshold"),
        (lambda p: p.run().framing, "programs_out"),
        (lambda p: p.run().weightings[0], "judgement"),
        (lambda p: p.run().weightings[0].judgement, "ratings"),
    ],
)
def test_nothing_in_a_project_can_be_assigned_to(full, thing, field):
    part = thing(full)
    with pytest.raises(ValidationError, match="frozen"):
        setattr(part, field, getattr(part, field))


def test_a_list_given_at_the_start_is_no_way_in_later():
    given = [LeftOut(item="mentors")]
    framing = Framing(programs_out=given)
    given.clear()
    assert framing.programs_out == (LeftOut(item="mentors"),)


# --- finding things


def test_the_latest_run_is_meant_where_none_is_named(sound):
    project = sound.rerun("run-1", "run-2", "Second")
    assert project.run().id == "run-2"
    assert project.run("run-1").title == "First selection"


@pytest.mark.parametrize(
    "find",
    [
        lambda p: p.run("run-9"),
        lambda p: p.run().program("nobody"),
        lambda p: p.run().criterion("nothing"),
        lambda p: p.run().weighting("none"),
        lambda p: p.without_program("nobody"),
        lambda p: p.without_criterion("nothing"),
        lambda p: p.without_must_have("none"),
        lambda p: p.without_weighting("none"),
        lambda p: p.without_score("nobody", "cost"),
        lambda p: p.without_score("mentors", "nothing"),
        lambda p: p.with_score(NEW_SCORE.model_copy(update={"program": "nobody"})),
        lambda p: p.with_score(NEW_SCORE.model_copy(update={"criterion": "nothing"})),
        lambda p: p.with_assessment(
            Assessment(person="p1", program="nobody", criterion="cost", amount=Unknown())
        ),
        lambda p: p.with_framing(Framing(programs_out=(LeftOut(item="nobody"),))),
        lambda p: p.with_framing(Framing(criteria_out=(LeftOut(item="nothing"),))),
        lambda p: p.with_program(Program(id="new", name="New"), "run-9"),
        lambda p: p.rerun("run-9", "run-2", "Second"),
        lambda p: p.decide(RECORD.model_copy(update={"choice": "nobody"})),
    ],
)
def test_an_id_that_is_not_there_is_refused(sound, find):
    with pytest.raises(UnknownItemError, match="There is no "):
        find(sound)


def test_the_score_of_a_cell_is_found_or_none(sound):
    run = sound.run()
    assert run.score("school", "cost").amount == Exact(value=200_000)
    assert run.score("course", "cost") is None
    assert run.score_index()["school", "cost"] == run.score("school", "cost")


def test_supports_are_not_ranked(sound):
    assert [p.id for p in sound.run().candidates] == ["continue", "mentors", "school"]
    assert [p.id for p in sound.run().supports] == ["course"]


def test_what_is_set_aside_is_out_and_comes_back(full):
    run = full.run()
    assert [p.id for p in run.candidates] == ["continue", "school"]
    assert [c.id for c in run.active_criteria] == ["evidence", "cost"]
    back = full.with_framing(Framing()).run()
    assert [p.id for p in back.candidates] == ["continue", "mentors", "school"]
    assert [c.id for c in back.active_criteria] == ["reach", "evidence", "cost"]


# --- edits


def test_the_info_is_replaced(sound):
    assert sound.with_info(Info(title="Other?")).info.title == "Other?"


def test_a_changed_program_keeps_its_place_and_its_scores(sound):
    after = sound.with_program(Program(id="mentors", name="Mentors 2")).run()
    assert [p.name for p in after.evidence.programs][1] == "Mentors 2"
    assert after.evidence.scores == sound.run().evidence.scores


def test_a_new_program_is_added_at_the_end(sound):
    after = sound.with_program(Program(id="new", name="New")).run()
    assert [p.id for p in after.evidence.programs][-2:] == ["course", "new"]


@pytest.mark.parametrize("name", ["=1+1", "<i>", "🧑‍🏫", "\u200fא", '"', "x" * 300])
def test_a_program_of_any_name_can_be_added_and_is_sound(sound, name):
    after = sound.with_program(Program(id="course", name=name, role="support"))
    assert after.run().program("course").name == name
    assert errors(check(after)) == ()


def test_a_score_replaces_what_stood_in_its_cell(sound):
    after = sound.with_score(NEW_SCORE).run().evidence.scores
    assert [s for s in after if s.place == NEW_SCORE.place] == [NEW_SCORE]
    assert len(after) == len(sound.run().evidence.scores)


def test_of_two_scores_for_a_cell_the_later_counts(sound):
    later = NEW_SCORE.model_copy(update={"amount": Unknown()})
    assert sound.with_scores([NEW_SCORE, later]).run().score("mentors", "cost") == later


def test_an_own_score_that_is_agreed_on_is_kept_without_the_person(sound):
    own = Assessment(person="p1", program="mentors", criterion="cost", amount=Exact(value=5))
    agreed = sound.with_score(own).run().score("mentors", "cost")
    assert type(agreed) is Score
    assert agreed.amount == Exact(value=5)


def test_a_cleared_cell_holds_no_score(sound):
    after = sound.without_score("mentors", "cost").run()
    assert after.score("mentors", "cost") is None
    assert len(after.evidence.scores) == len(sound.run().evidence.scores) - 1


def test_clearing_an_empty_cell_changes_nothing(sound):
    assert sound.without_score("course", "cost") == sound


def test_each_person_has_one_own_score_for_a_cell(full):
    first = full.run().evidence.assessments
    again = first[0].model_copy(update={"amount": Unknown()})
    other = again.model_copy(update={"person": "p2"})
    after = full.with_assessment(again).with_assessment(other).run().evidence
    assert after.assessments == (again, other)
    assert after.scores == full.run().evidence.scores


def test_an_edit_reaches_only_the_run_that_is_named(sound):
    two = sound.rerun(None, "run-2", "Second")
    after = two.without_program("school", "run-1")
    assert after.run("run-2") == two.run("run-2")
    assert "school" not in [p.id for p in after.run("run-1").evidence.programs]


# --- removals take along what belongs to them


def test_a_program_goes_with_everything_recorded_about_it(full):
    left = full.with_framing(Framing(programs_out=(LeftOut(item="mentors"),)))
    after = left.without_program("mentors")
    assert '"mentors"' not in after.model_dump_json()
    assert errors(check(after)) == ()


def test_other_programs_keep_what_is_recorded_about_them(full):
    after = full.without_program("mentors").run().evidence
    before = full.run().evidence
    assert after.scores == tuple(s for s in before.scores if s.program != "mentors")
    assert [v.program for v in after.must_haves[1].verdicts] == ["school"]


def test_the_last_program_can_be_removed(sound):
    project = sound
    for program in sound.run().evidence.programs:
        project = project.without_program(program.id)
    assert project.run().evidence.programs == ()
    assert errors(check(project)) == ()


def test_a_program_goes_although_another_id_is_broken(sound):
    framing = Framing(programs_out=(LeftOut(item="ghost"),))
    broken = sound.with_run(sound.run().model_copy(update={"framing": framing}))
    assert "school" not in [p.id for p in broken.without_program("school").run().candidates]


def test_a_criterion_goes_with_everything_said_of_it(full):
    overlap = OverlapQuestion(first="cost", second="reach", question="Twice?")
    evidence = full.run().evidence.model_copy(update={"overlaps": (overlap,)})
    out = Framing(criteria_out=(LeftOut(item="cost"),))
    own = Assessment(person="p1", program="school", criterion="cost", amount=Unknown())
    after = full.with_evidence(evidence).with_framing(out).with_assessment(own)
    after = after.without_criterion("cost")
    assert '"cost"' not in after.model_dump_json()
    assert errors(check(after)) == ()


def test_a_must_have_on_a_removed_criterion_stays_to_be_judged_by_people(sound):
    affordable, safe = sound.without_criterion("cost").run().evidence.must_haves
    assert (affordable.name, affordable.threshold) == ("Affordable", None)
    assert safe == sound.run().evidence.must_haves[1]


def test_a_threshold_on_another_criterion_stays(sound):
    after = sound.without_criterion("reach").run().evidence.must_haves
    assert after[0].threshold == Threshold(criterion="cost", limit=400_000)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Equal(), Equal()),
        (
            PointsJudgement(points=[PointShare(item=i, points=1) for i in ("reach", "cost")]),
            PointsJudgement(points=[PointShare(item="reach", points=1)]),
        ),
        (
            SwingJudgement(ratings=[SwingRating(item=i, rating=9) for i in ("cost", "reach")]),
            SwingJudgement(ratings=[SwingRating(item="reach", rating=9)]),
        ),
        (
            OrderJudgement(tiers=(("cost",), ("reach",), ("evidence",))),
            OrderJudgement(tiers=(("reach",), ("evidence",))),
        ),
        (OrderJudgement(tiers=(("cost", "reach"),)), OrderJudgement(tiers=(("reach",),))),
    ],
)
def test_a_weighting_forgets_a_removed_criterion_and_keeps_the_rest(sound, before, after):
    kept = weighted(sound, before).without_criterion("cost").run().weighting("w")
    assert kept.judgement == after


def test_the_range_asked_for_a_removed_criterion_is_forgotten(sound):
    asked = sound.without_criterion("cost").run().weighting("group").asked
    assert asked == (
        AskedRange(criterion="reach", worst=0, best=200),
        AskedRange(criterion="evidence", worst=1, best=3),
    )


def test_the_last_criterion_can_be_removed(sound):
    project = sound
    for criterion in sound.run().evidence.criteria:
        project = project.without_criterion(criterion.id)
    assert project.run().evidence.criteria == ()
    assert errors(check(project)) == ()


# --- deciding, locking, rerunning


def test_deciding_keeps_the_record_and_locks_the_run(decided):
    run = decided.run()
    assert (run.status, run.record) == ("decided", RECORD)
    assert run.lock == run.content_hash()
    assert errors(check(decided)) == ()


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_no_method_changes_a_decided_run(decided, edit):
    with pytest.raises(LockedRunError, match="“First selection” has been decided"):
        edit(decided)


def test_the_project_around_a_decided_run_lives_on(decided):
    after = decided.with_info(Info(title="Other")).rerun(None, "run-2", "Second")
    after = after.with_score(NEW_SCORE)
    assert after.run("run-1") == decided.run("run-1")
    assert errors(check(after)) == ()


def test_a_decided_run_is_not_replaced_behind_a_draft_of_the_same_id(decided):
    draft = Run(id="run-1", title="Draft")
    broken = decided.model_copy(update={"runs": (draft, *decided.runs)})
    with pytest.raises(LockedRunError):
        broken.with_run(draft)


def test_a_rerun_starts_from_its_parent_as_a_draft(decided):
    child = decided.rerun("run-1", "run-2", "Second").run()
    assert (child.id, child.title, child.parent, child.status) == (
        "run-2",
        "Second",
        "run-1",
        "draft",
    )
    assert (child.record, child.lock) == (None, None)
    parent = decided.run("run-1")
    assert (child.evidence, child.framing, child.weightings) == (
        parent.evidence,
        parent.framing,
        parent.weightings,
    )


def test_a_rerun_of_a_rerun_names_its_own_parent(sound):
    project = sound.rerun(None, "run-2", "Second").rerun("run-2", "run-3", "Third")
    assert [r.parent for r in project.runs] == [None, "run-1", "run-2"]
    assert errors(check(project)) == ()


def test_a_rerun_needs_an_id_of_its_own(sound):
    with pytest.raises(ValueError, match="there is a run 'run-1' already"):
        sound.rerun(None, "run-1", "Second")


def test_a_rerun_needs_a_sound_id_and_a_title(sound):
    with pytest.raises(ValidationError, match="title"):
        sound.rerun(None, "run-2", " ")
    with pytest.raises(ValidationError, match="id"):
        sound.rerun(None, "Run 2", "Second")


# --- hashes


@pytest.mark.parametrize("edit", [e for name, e in EDITS.items() if name != "decide"])
def test_every_edit_changes_the_hash(full, edit):
    after = edit(full)
    assert after.content_hash() != full.content_hash()
    assert after.run().content_hash() != full.run().content_hash()


def test_equal_content_has_an_equal_hash(full):
    again = Project.model_validate(full.model_dump())
    assert again.content_hash() == full.content_hash()


def test_the_hash_of_a_run_counts_everything_but_the_lock(decided):
    run = decided.run()
    assert run.model_copy(update={"lock": "0" * 64}).content_hash() == run.content_hash()
    record = RECORD.model_copy(update={"approvals": (Approval(role="Sheriff"),)})
    assert run.model_copy(update={"record": record}).content_hash() != run.content_hash()
