"""What-ifs: kept beside a run, tried on a copy of it, and never in its way."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from mcda.project import (
    AskedShare,
    Cap,
    ChangedScore,
    Exact,
    Finding,
    Framing,
    LeftOut,
    LockedRunError,
    Program,
    Project,
    ProjectFileError,
    Range,
    Record,
    Run,
    Scenario,
    Unknown,
    UnknownItemError,
    applied,
    check,
    check_run,
    errors,
    read_project,
    to_json,
)
from mcda.project.checks import scenario_findings
from mcda.project.must_haves import verdict_on_limit
from mcda.project.templates import example
from mcda.store import Store

CHEAPER = ChangedScore(program="mentors", criterion="cost", amount=Exact(value=100_000.0))
FULL = Scenario(
    id="cheaper",
    title="A cheaper year",
    note="Asked by the treasurer.",
    scores=(CHEAPER,),
    programs_out=("school",),
    criteria_out=("evidence",),
    caps=(Cap(criterion="cost", limit=250_000.0),),
    shares=(AskedShare(criterion="reach", percent=40.0),),
)
RECORD = Record(choice="school", reasons="Reach.")


def scenario(**changes) -> Scenario:
    return Scenario(id="x", title="X", **changes)


def changed(amount, program="mentors", criterion="cost") -> ChangedScore:
    return ChangedScore(program=program, criterion=criterion, amount=amount)


# --- kept in the document


def test_a_scenario_is_kept_beside_the_run_and_nothing_else_changes(sound):
    kept = sound.with_scenario(FULL)
    assert kept.run().scenario("cheaper") == FULL
    assert kept.run().model_copy(update={"scenarios": ()}) == sound.run()
    assert sound.run().scenarios == ()


def test_one_with_the_same_id_is_replaced_where_it_stands(sound):
    other = scenario()
    kept = sound.with_scenario(FULL).with_scenario(other)
    renamed = FULL.model_copy(update={"title": "Renamed"})
    assert kept.with_scenario(renamed).run().scenarios == (renamed, other)


def test_a_scenario_is_taken_out_by_its_id(sound):
    assert sound.with_scenario(FULL).without_scenario("cheaper") == sound
    with pytest.raises(UnknownItemError, match="no scenario 'cheaper'"):
        sound.without_scenario("cheaper")


def test_a_decided_run_takes_no_scenario_and_loses_none(sound):
    decided = sound.with_scenario(FULL).decide(RECORD)
    with pytest.raises(LockedRunError):
        decided.with_scenario(scenario())
    with pytest.raises(LockedRunError):
        decided.without_scenario("cheaper")
    assert decided.rerun(None, "run-2", "Again").run().scenarios == (FULL,)


def test_a_run_without_scenarios_has_the_hash_it_had_before_there_were_any(sound):
    assert "scenarios" not in sound.run().model_dump(exclude_defaults=True)
    assert sound.with_scenario(FULL).content_hash() != sound.content_hash()


def test_a_scenario_comes_back_from_its_file(sound):
    kept = sound.with_scenario(FULL)
    assert read_project(to_json(kept).encode()) == kept


def test_a_scenario_comes_back_from_the_store_and_its_backup(sound, tmp_path):
    kept = sound.with_scenario(FULL)
    with Store.open(f"sqlite:///{tmp_path / 'one.db'}") as one:
        key = one.create(sound).key
        one.save(key, kept, 1, "a what-if")
        assert one.get(key).project == kept
        one.backup(tmp_path / "backup.zip")
    with Store.open(f"sqlite:///{tmp_path / 'other.db'}") as other:
        other.restore(tmp_path / "backup.zip")
        assert other.get(key).project == kept


def test_new_evidence_leaves_the_scenarios_where_they_are(sound):
    kept = sound.with_scenario(FULL).with_evidence(example().run().evidence)
    assert kept.run().scenarios == (FULL,)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"scores": (CHEAPER, CHEAPER)}, "one score is named twice"),
        ({"programs_out": ("school", "school")}, "one program is named twice"),
        ({"criteria_out": ("cost", "cost")}, "one criterion is named twice"),
        ({"caps": (Cap(criterion="cost", limit=1.0),) * 2}, "one limit is named twice"),
        ({"shares": (AskedShare(criterion="cost", percent=1.0),) * 2}, "one share is named twice"),
        (
            {
                "shares": (
                    AskedShare(criterion="cost", percent=60.0),
                    AskedShare(criterion="reach", percent=40.1),
                )
            },
            "the shares come to more than 100 percent",
        ),
    ],
)
def test_a_scenario_that_contradicts_itself_is_refused(changes, problem):
    with pytest.raises(ValidationError, match=problem):
        scenario(**changes)


def test_a_broken_scenario_in_a_file_is_named_with_its_place(sound):
    content = json.loads(to_json(sound.with_scenario(FULL)))
    content["runs"][0]["scenarios"][0]["programs_out"] = ["school", "school"]
    with pytest.raises(ProjectFileError) as refused:
        read_project(json.dumps(content).encode())
    (finding,) = refused.value.findings
    assert "scenarios 1 (“A cheaper year”)" in finding.place
    assert finding.message == "It is wrong: one program is named twice."


# --- one change more or less


def test_a_change_replaces_the_one_before_of_the_same_thing():
    dearer = changed(Exact(value=400_000.0))
    other = AskedShare(criterion="reach", percent=50.0)
    limit = Cap(criterion="cost", limit=1.0)
    found = FULL.with_score(dearer).with_cap(limit).with_share(other)
    assert (found.scores, found.caps, found.shares) == ((dearer,), (limit,), (other,))


def test_what_is_taken_back_leaves_an_empty_scenario():
    found = (
        FULL.without_score("mentors", "cost")
        .with_programs_out(())
        .with_criteria_out(())
        .without_cap("cost")
        .without_share("reach")
    )
    assert found.is_empty
    assert not FULL.is_empty


def test_taking_back_leaves_other_changes_alone():
    assert FULL.without_score("mentors", "reach") == FULL
    assert FULL.without_cap("reach") == FULL
    assert FULL.without_share("cost") == FULL


def test_a_share_past_the_whole_is_refused():
    with pytest.raises(ValueError, match="more than 100 percent"):
        FULL.with_share(AskedShare(criterion="cost", percent=61.0))


def test_two_scenarios_are_the_same_changes_under_whatever_name():
    assert FULL.same_changes(FULL.model_copy(update={"id": "b", "title": "B", "note": ""}))
    assert not FULL.same_changes(FULL.without_cap("cost"))


# --- tried on a run


def test_a_changed_score_stands_in_place_of_the_recorded_one(sound):
    run = applied(sound.run(), scenario(scores=(CHEAPER,)))
    assert run.score("mentors", "cost").amount == CHEAPER.amount
    assert run.score("mentors", "reach") == sound.run().score("mentors", "reach")
    assert not [f for f in check_run(run) if f.code == "no-source"]


def test_an_empty_cell_can_be_filled_and_a_score_be_made_unknown(sound):
    bare = sound.without_score("mentors", "cost").run()
    assert applied(bare, scenario(scores=(CHEAPER,))).score("mentors", "cost") is not None
    run = applied(sound.run(), scenario(scores=(changed(Unknown()),)))
    assert isinstance(run.score("mentors", "cost").amount, Unknown)


def test_programs_and_criteria_are_set_aside_beside_those_that_are(sound):
    framing = Framing(programs_out=(LeftOut(item="mentors", reason="Closed."),))
    found = scenario(programs_out=("school", "mentors"), criteria_out=("cost",))
    run = applied(sound.with_framing(framing).run(), found)
    assert [p.id for p in run.candidates] == ["continue"]
    assert [c.id for c in run.active_criteria] == ["reach", "evidence"]
    assert run.framing.programs_out[0].reason == "Closed."
    assert run.framing.programs_out[1:] == (LeftOut(item="school", reason="only in this what-if."),)


def test_a_limit_fails_only_who_certainly_misses_it(sound):
    unknown = sound.with_program(Program(id="new", name="New"))
    ranged = changed(Range(low=200_000.0, high=300_000.0), "school")
    found = scenario(scores=(ranged,), caps=(Cap(criterion="cost", limit=250_000.0),))
    must_have = applied(unknown.run(), found).evidence.must_haves[-1]
    verdicts = {v.program: (v.verdict, v.reason) for v in must_have.verdicts}
    assert must_have.name == "What-if limit on Cost"
    assert verdicts == {
        "continue": ("pass", "Cost is 0 US dollars; it must be at most 250,000 US dollars."),
        "mentors": ("fail", "Cost is 300,000 US dollars; it must be at most 250,000 US dollars."),
        "school": ("unknown", "Cost may fall on either side of the limit."),
        "new": ("unknown", "Cost is not known yet."),
    }


@pytest.mark.parametrize(
    ("amount", "limit", "verdict"),
    [
        (Range(low=40.0, high=80.0), 40.0, "pass"),
        (Range(low=40.0, high=80.0), 40.5, "unknown"),
        (Range(low=40.0, likely=60.0, high=80.0), 80.0, "unknown"),
        (Range(low=40.0, high=80.0), 80.5, "fail"),
        (Exact(value=40.0), 40.0, "pass"),
        (Exact(value=40.0), 40.5, "fail"),
        (Unknown(), 0.0, "pass"),
        (Unknown(), 200.0, "unknown"),
        (Unknown(), 200.5, "fail"),
    ],
)
def test_where_more_is_better_a_limit_is_the_least(sound, amount, limit, verdict):
    run = applied(sound.run(), scenario(scores=(changed(amount, criterion="reach"),)))
    found = verdict_on_limit(run, run.criterion("reach"), limit, run.program("mentors"))
    assert found.verdict == verdict


def test_two_limits_are_two_must_haves_of_their_own(sound):
    caps = (Cap(criterion="cost", limit=1.0), Cap(criterion="reach", limit=1.0))
    taken = sound.run().evidence.must_haves[0].model_copy(update={"id": "what-if-cost"})
    run = applied(sound.with_must_have(taken).run(), scenario(caps=caps))
    ids = [m.id for m in run.evidence.must_haves]
    assert ids[-2:] == ["what-if-cost-2", "what-if-reach"]


def test_a_decided_run_becomes_a_draft_to_try_on(sound):
    decided = sound.with_scenario(FULL).decide(RECORD).run()
    run = applied(decided, scenario(programs_out=("school",)))
    assert (run.status, run.record, run.lock, run.scenarios) == ("draft", None, None, ())
    assert errors(check_run(run)) == ()


def test_what_is_not_there_has_no_effect(sound):
    gone = scenario(
        scores=(changed(Unknown(), "gone"), changed(Unknown(), criterion="gone")),
        programs_out=("gone",),
        criteria_out=("gone",),
        caps=(Cap(criterion="gone", limit=1.0),),
        shares=(AskedShare(criterion="gone", percent=10.0),),
    )
    assert applied(sound.run(), gone) == sound.run()


AMOUNTS = st.one_of(
    st.integers(0, 500_000).map(lambda n: Exact(value=float(n))),
    st.integers(0, 400_000).map(lambda n: Range(low=float(n), high=n + 1000.0)),
    st.just(Unknown()),
)
RUN = example().run()
PROGRAMS = [p.id for p in RUN.evidence.programs] + ["gone"]
CRITERIA = [c.id for c in RUN.evidence.criteria] + ["gone"]


@st.composite
def scenarios(draw) -> Scenario:
    cells = st.tuples(st.sampled_from(PROGRAMS), st.sampled_from(CRITERIA))
    scores = draw(st.dictionaries(cells, AMOUNTS, max_size=4))
    limits = draw(st.dictionaries(st.sampled_from(CRITERIA), st.floats(0, 6e5), max_size=3))
    shares = draw(st.dictionaries(st.sampled_from(CRITERIA), st.floats(0, 25), max_size=4))
    return scenario(
        scores=tuple(changed(a, p, c) for (p, c), a in scores.items()),
        programs_out=tuple(draw(st.sets(st.sampled_from(PROGRAMS)))),
        criteria_out=tuple(draw(st.sets(st.sampled_from(CRITERIA)))),
        caps=tuple(Cap(criterion=c, limit=n) for c, n in limits.items()),
        shares=tuple(AskedShare(criterion=c, percent=n) for c, n in shares.items()),
    )


@given(scenarios())
def test_trying_never_changes_the_run_and_gives_a_valid_one(found):
    before = RUN.model_dump_json()
    run = applied(RUN, found)
    assert RUN.model_dump_json() == before
    assert Run.model_validate(run.model_dump()) == run
    assert {f.code for f in errors(check_run(run))} <= {"out-of-range"}


# --- findings


def codes(project: Project, found: Scenario) -> list[tuple[str, str]]:
    return [(f.code, f.message) for f in scenario_findings(project.run(), found)]


def test_a_sound_scenario_has_no_findings(sound):
    found = scenario(scores=(CHEAPER,), caps=FULL.caps, programs_out=("school",))
    assert check(sound.with_scenario(found)) == check(sound)


def test_an_empty_scenario_is_a_hint(sound):
    assert codes(sound, scenario()) == [("scenario-empty", "Nothing is different in it.")]


def test_what_is_removed_goes_out_of_the_scenarios_too(sound):
    kept = sound.with_scenario(FULL.with_programs_out(["mentors", "school"]))
    (left,) = kept.without_program("mentors").run().scenarios
    assert (left.scores, left.programs_out, left.caps) == ((), ("school",), FULL.caps)
    (left,) = kept.without_criterion("cost").run().scenarios
    assert (left.scores, left.caps, left.shares) == ((), (), FULL.shares)
    assert left.criteria_out == ("evidence",)


def test_a_program_that_is_gone_is_named_once_with_a_mend(sound):
    found = FULL.with_programs_out(["gone"]).with_score(changed(Unknown(), "gone"))
    (finding,) = [f for f in check(sound.with_scenario(found)) if f.code == "scenario-reference"]
    assert finding == Finding(
        "warning",
        "scenario-reference",
        "What if: A cheaper year",
        "It names a program 'gone' that is not there any more.",
        "Open the what-if and take that change out.",
    )


@pytest.mark.parametrize(
    "found",
    [
        scenario(scores=(changed(Unknown(), criterion="gone"),)),
        scenario(criteria_out=("gone",)),
        scenario(caps=(Cap(criterion="gone", limit=1.0),)),
        scenario(shares=(AskedShare(criterion="gone", percent=10.0),)),
    ],
)
def test_a_criterion_that_is_gone_is_named_wherever_it_stands(sound, found):
    message = "It names a criterion 'gone' that is not there any more."
    assert codes(sound, found) == [("scenario-reference", message)]


def test_scores_and_limits_past_the_range_are_named(sound):
    dear = changed(Range(low=400_000.0, high=600_000.0))
    found = scenario(scores=(dear,), caps=(Cap(criterion="evidence", limit=7.0),))
    assert codes(sound, found) == [
        ("scenario-range", "Cost: 600,000 is outside the range 0 to 500,000."),
        ("scenario-range", "Evidence: 7 is not one of the levels 1, 2, 3."),
    ]


@pytest.mark.parametrize(
    ("found", "named"),
    [
        (scenario(scores=(changed(Unknown(), "course"),)), "Police course"),
        (scenario(programs_out=("mentors",)), "Mentors"),
        (scenario(criteria_out=("reach",)), "People reached"),
        (scenario(scores=(changed(Unknown(), "school", "reach"),)), "People reached"),
        (scenario(shares=(AskedShare(criterion="reach", percent=5.0),)), "People reached"),
        (
            scenario(scores=(changed(Unknown(), "school"),), programs_out=("school",)),
            "School lessons",
        ),
        (
            scenario(criteria_out=("cost",), shares=(AskedShare(criterion="cost", percent=5.0),)),
            "Cost",
        ),
    ],
)
def test_a_change_to_what_does_not_count_is_a_hint(full, found, named):
    message = f"It changes {named}, which does not count, so nothing comes of that."
    assert codes(full, found) == [("scenario-idle", message)]


def test_a_score_that_only_a_limit_reads_is_not_idle(full):
    score = changed(Exact(value=5.0), "school", "reach")
    assert codes(full, scenario(scores=(score,), caps=(Cap(criterion="reach", limit=9.0),))) == []


def test_two_scenarios_of_one_id_are_an_error(sound):
    run = sound.run().model_copy(update={"scenarios": (FULL, FULL)})
    found = [f for f in check_run(run) if f.code == "duplicate-id"]
    assert [(f.place, f.severity) for f in found] == [("What-ifs", "error")]


def test_a_broken_scenario_keeps_nobody_from_deciding(sound):
    broken = scenario(programs_out=("gone",), caps=(Cap(criterion="cost", limit=9e9),))
    assert sound.with_scenario(broken).decide(RECORD).run().status == "decided"
