"""The diagnosis: its items, what goes with them, and what the checks say of it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from mcda.project import (
    Asset,
    Condition,
    Diagnosis,
    Factor,
    FactorLink,
    Finding,
    Goal,
    Hotline,
    Program,
    Project,
    ProjectError,
    ReadinessItem,
    Record,
    Run,
    UnknownItemError,
    check,
    load,
    read_project,
    to_json,
)
from mcda.project.checks import around_findings
from mcda.project.plan import Plan
from mcda.project.readiness import (
    readiness_questions,
    readiness_template,
    with_readiness_questions,
)

ONLINE = Factor(id="online", name="Grooming online", priority="high", source="Survey 2025")
LINK = FactorLink(factor="online", program="mentors", acts="directly", reason="They talk of it.")


@pytest.fixture
def diagnosed(sound: Project) -> Project:
    found = (
        Diagnosis(problem="Nobody notices.", population="Ages 11 to 17")
        .with_item(ONLINE)
        .with_item(Asset(id="center", name="Center", factors=("online",)))
        .with_item(Goal(id="told", name="All are told", factors=("online",)))
        .with_item(ReadinessItem(id="staff", name="Staff", part="motivation", rating=4))
        .with_item(Condition(id="boys", name="Takes in boys"))
        .with_link(LINK)
    )
    return sound.with_diagnosis(found)


def changed(project: Project, **fields: object) -> Project:
    """Change the diagnosis past all checks, as a person who edits the file by hand can."""
    return project.with_diagnosis(project.diagnosis.model_copy(update=fields))


def codes(project: Project) -> list[str]:
    return [f.code for f in around_findings(project)]


def only(project: Project) -> Finding:
    (finding,) = around_findings(project)
    return finding


BEFORE = Path(__file__).parent / "files" / "before_the_diagnosis.json"

# --- the model


def test_a_new_project_has_an_empty_diagnosis_that_leaves_its_hash_alone():
    project = Project.new("Which?")
    assert project.diagnosis == Diagnosis()
    assert project.content_hash() == project.with_diagnosis(Diagnosis()).content_hash()
    assert project.content_hash() != project.with_diagnosis(Diagnosis(problem="X")).content_hash()


def test_a_file_from_before_opens_with_an_empty_diagnosis_and_plan(sound):
    content = sound.model_dump(mode="json", exclude={"diagnosis", "plan"})
    del content["info"]["hotline"]
    old = type(sound).model_validate(content)
    assert old == sound
    assert old.content_hash() == sound.content_hash()


def test_the_lock_of_a_run_stays_whole_while_the_diagnosis_goes_on(diagnosed):
    decided = diagnosed.decide(Record(choice="school", reasons="Reach."))
    later = changed(decided, problem="Nobody asks.")
    assert later.run() == decided.run()
    assert later.run().lock == later.run().content_hash()
    assert [f.code for f in check(later) if f.severity == "error"] == []


def test_a_whole_file_from_before_opens_unchanged_and_can_go_on():
    """The worked example as it was shipped before there was a diagnosis, a plan or a record."""
    project = load(BEFORE)
    written = json.loads(to_json(project))
    assert _without_what_is_new(written, json.loads(BEFORE.read_text())) == json.loads(
        BEFORE.read_text()
    )
    assert (project.diagnosis, project.plan) == (Diagnosis(), Plan())
    assert not [f for f in check(project) if f.severity == "error"]
    decided = project.decide(Record(choice="screening", reasons="R"))
    assert decided.run().lock == decided.run().content_hash()


def _without_what_is_new(written, before):
    """Return written content without the fields that a file from before does not have."""
    match written, before:
        case dict(), dict():
            assert set(before) <= set(written)
            return {key: _without_what_is_new(written[key], before[key]) for key in before}
        case list(), list():
            return [_without_what_is_new(w, b) for w, b in zip(written, before, strict=True)]
    return written


def test_the_lock_of_a_run_decided_before_there_were_these_fields_still_holds():
    """The hash of the worked example as the first version with runs wrote it."""
    assert (
        load(BEFORE).run().content_hash()
        == "1ae9587be35535c60c88a4724ce8cea36d1312518999793a991e35355ad4e5f7"
    )


def test_it_comes_back_from_its_file(diagnosed):
    assert read_project(to_json(diagnosed).encode()) == diagnosed


@pytest.mark.parametrize("rating", [0, 6, 2.5, True])
def test_a_rating_is_a_whole_number_from_1_to_5(rating):
    with pytest.raises(ValidationError):
        ReadinessItem(id="a", name="A", part="motivation", rating=rating)


def test_a_child_has_no_field():
    """Nothing in a diagnosis or plan can hold a person: unknown fields are refused."""
    with pytest.raises(ValidationError):
        Factor.model_validate({"id": "a", "name": "A", "date_of_birth": "2011-01-01"})


def test_low_readiness_is_1_and_2():
    ratings = [None, 1, 2, 3, 5]
    items = tuple(
        ReadinessItem(id=f"r{n}", name="R", part="general capacity", rating=r)
        for n, r in enumerate(ratings)
    )
    assert [i.rating for i in Diagnosis(readiness=items).low_readiness] == [1, 2]


# --- edits


def test_a_factor_takes_along_what_is_said_of_it(diagnosed):
    rest = diagnosed.diagnosis.with_item(Factor(id="care", name="Care")).without_item(
        Factor, "online"
    )
    assert rest.links == ()
    assert (rest.assets[0].factors, rest.goals[0].factors) == ((), ())
    assert [f.id for f in rest.factors] == ["care"]


def test_a_goal_takes_nothing_along(diagnosed):
    rest = diagnosed.diagnosis.without_item(Goal, "told")
    assert rest == diagnosed.diagnosis.model_copy(update={"goals": ()})


def test_a_link_replaces_the_one_of_its_pair(diagnosed):
    other = LINK.model_copy(update={"acts": "no"})
    assert diagnosed.diagnosis.with_link(other).links == (other,)


def test_a_link_needs_a_factor_that_is_there(diagnosed):
    with pytest.raises(UnknownItemError, match="There is no factor 'gone'"):
        diagnosed.diagnosis.with_link(LINK.model_copy(update={"factor": "gone"}))


def test_a_link_is_taken_back_once(diagnosed):
    rest = diagnosed.diagnosis.without_link("online", "mentors")
    assert rest.links == ()
    with pytest.raises(ProjectError, match="Nothing is said of this program and this factor"):
        rest.without_link("online", "mentors")


def test_a_program_takes_its_links_along_unless_another_run_has_it(diagnosed):
    assert diagnosed.without_program("mentors").diagnosis.links == ()
    rerun = diagnosed.rerun(None, "run-2", "Again").without_program("mentors")
    assert rerun.diagnosis.links == (LINK,)


def test_a_drafted_record_goes_with_the_program_it_chooses(diagnosed):
    drafted = diagnosed.with_record(Record(choice="mentors", reasons=""))
    assert drafted.run().record is not None
    assert drafted.without_program("mentors").run().record is None
    assert drafted.without_program("school").run().record == drafted.run().record


def test_a_record_of_a_program_that_is_not_there_is_refused(diagnosed):
    with pytest.raises(UnknownItemError, match="There is no program 'ghost'"):
        diagnosed.with_record(Record(choice="ghost", reasons=""))


def test_a_drafted_record_can_be_taken_out(diagnosed):
    drafted = diagnosed.with_record(Record(choice="school", reasons=""))
    assert drafted.with_record(None) == diagnosed


def test_a_drafted_record_stops_no_ranking(diagnosed):
    drafted = diagnosed.with_record(
        Record(
            choice="course", reasons=" ", decided_on=date(2026, 5, 1), review_on=date(2026, 5, 1)
        )
    )
    found = [f for f in check(drafted) if f.place in ("Decision", "Police course")]
    assert [(f.severity, f.code) for f in found] == [
        ("warning", "choice"),
        ("warning", "no-reasons"),
        ("warning", "impossible-date"),
    ]


def test_a_review_before_the_decision_blocks_deciding(diagnosed):
    record = Record(
        choice="school", reasons="R", decided_on=date(2026, 5, 2), review_on=date(2026, 5, 1)
    )
    with pytest.raises(ProjectError, match="reviewed on May 1, 2026, but decided on May 2, 2026"):
        diagnosed.decide(record)


# --- the questions of readiness


def test_the_questions_cover_the_three_parts_and_have_ids_of_their_own():
    questions = readiness_questions()
    assert {q.part for q in questions} == {
        "motivation",
        "general capacity",
        "specific capacity",
    }
    assert len({q.id for q in questions}) == len(questions)
    assert "never added up" in readiness_template().about


def test_questions_are_put_in_once_and_keep_what_is_rated(sound):
    first = with_readiness_questions(sound)
    rated = first.diagnosis.readiness[0].model_copy(update={"rating": 2})
    again = with_readiness_questions(first.with_diagnosis(first.diagnosis.with_item(rated)))
    assert len(again.diagnosis.readiness) == len(readiness_questions())
    assert again.diagnosis.readiness[0].rating == 2


# --- the hotline


def test_the_hotline_is_off_until_someone_says_when_it_was_checked():
    day = date(2026, 9, 1)
    assert not Project.new("Which?").info.hotline.shown
    assert not Hotline(name="Line", contact="555").shown
    assert not Hotline(checked_on=day).shown
    assert not Hotline(name=" ", checked_on=day).shown
    assert all(Hotline(**{f: "X"}, checked_on=day).shown for f in ("name", "contact", "text"))


# --- checks


def test_a_sound_diagnosis_has_nothing_to_say(diagnosed):
    assert codes(diagnosed) == []


@pytest.mark.parametrize(
    ("fields", "place", "message"),
    [
        (
            {"assets": (Asset(id="c", name="Center", factors=("gone",)),)},
            "Diagnosis, Center",
            "It names a factor 'gone' that is not there.",
        ),
        (
            {"goals": (Goal(id="g", name="Told", factors=("gone",)),)},
            "Diagnosis, Told",
            "It names a factor 'gone' that is not there.",
        ),
        (
            {"links": (LINK.model_copy(update={"factor": "gone"}),)},
            "Diagnosis, factors and programs",
            "It names a factor 'gone' that is not there.",
        ),
        (
            {"links": (LINK.model_copy(update={"program": "gone"}),)},
            "Diagnosis, factors and programs",
            "It names a program 'gone' that is not there.",
        ),
        (
            {"links": (LINK, LINK.model_copy(update={"acts": "no"}))},
            "Diagnosis, factors and programs",
            "It is said more than once how 'mentors' acts on 'online'.",
        ),
        (
            {"goals": (Goal(id="g", name="A"), Goal(id="g", name="B"))},
            "Diagnosis",
            "Two entries of goals have the id 'g'.",
        ),
    ],
)
def test_a_broken_link_is_named_with_its_place(diagnosed, fields, place, message):
    finding = only(changed(diagnosed, **fields))
    assert (finding.severity, finding.place, finding.message) == ("error", place, message)
    assert finding.mend


def test_low_readiness_without_an_answer_is_a_warning(diagnosed):
    low = ReadinessItem(id="low", name="Steps", part="specific capacity", rating=2, action=" ")
    finding = only(changed(diagnosed, readiness=(low,)))
    assert (finding.code, finding.severity) == ("readiness-action", "warning")
    assert "Steps" in finding.message
    answered = low.model_copy(update={"action": "Write them."})
    assert codes(changed(diagnosed, readiness=(answered,))) == []


def test_factors_without_a_priority_are_asked_about(diagnosed):
    plain = ONLINE.model_copy(update={"priority": "low", "source": ""})
    assert codes(changed(diagnosed, factors=(plain,))) == ["no-priority"]


def test_a_priority_nobody_can_trace_is_a_warning(diagnosed):
    bare = ONLINE.model_copy(update={"source": ""})
    assert codes(changed(diagnosed, factors=(bare,))) == ["factor-source"]


def test_text_that_looks_like_a_person_is_a_warning_with_its_place(diagnosed):
    told = ONLINE.model_copy(update={"note": "Ask 555-123-4567, case no. 23-0815."})
    finding = only(changed(diagnosed, factors=(told,)))
    assert (finding.code, finding.place) == ("personal-data", "Diagnosis, Grooming online")
    assert "a phone number and a case number" in finding.message


def test_a_record_that_tells_of_a_person_is_a_warning(sound):
    record = Record(choice="school", reasons="A 14-year-old girl told us.")
    decided = sound.decide(record)
    assert [f.code for f in check(decided)] == ["personal-data"]


def test_findings_on_one_run_leave_the_diagnosis_out(diagnosed):
    broken = changed(diagnosed, problem="Call 555-123-4567.")
    assert "personal-data" in [f.code for f in check(broken)]
    assert "personal-data" not in [f.code for f in check(broken, broken.run().id)]


def test_a_program_of_an_older_run_may_be_linked(diagnosed):
    later = diagnosed.rerun(None, "run-2", "Again").with_program(Program(id="new", name="New"))
    link = LINK.model_copy(update={"program": "new"})
    assert codes(later.with_diagnosis(later.diagnosis.with_link(link))) == []
    assert isinstance(later.runs[0], Run)
