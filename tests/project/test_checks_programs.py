"""Programs: something to choose, had here, alike enough; must-haves settled with reasons."""

from __future__ import annotations

import pytest

from mcda.project import (
    Availability,
    Finding,
    Framing,
    LeftOut,
    MustHave,
    Program,
    Project,
    Threshold,
    Unknown,
    Verdict,
    check,
)


def found(project: Project, code: str) -> list[Finding]:
    return [f for f in check(project) if f.code == code]


def program(project: Project, program_id: str, **changes: object) -> Project:
    """Change one program."""
    return project.with_program(project.run().program(program_id).model_copy(update=changes))


def aside(project: Project, *programs: str) -> Project:
    return project.with_framing(Framing(programs_out=tuple(LeftOut(item=p) for p in programs)))


# --- something to choose


def test_nothing_to_choose_is_a_warning(sound):
    (finding,) = found(aside(sound, "mentors", "school"), "no-candidates")
    assert finding.severity == "warning"
    assert str(finding) == (
        "Programs: There is nothing to choose from. "
        "Choose programs from the catalogue, or add your own."
    )


def test_only_one_program_to_choose_is_a_hint(sound):
    project = aside(sound, "school")
    (finding,) = found(project, "one-candidate")
    assert finding.severity == "hint"
    assert str(finding) == ("Programs: There is only one program to choose. Is there another one?")
    assert found(project, "no-candidates") == []


def test_two_programs_are_a_choice(sound):
    assert found(sound, "one-candidate") == []
    assert found(sound, "no-candidates") == []


def test_a_support_is_no_program_to_choose(sound):
    project = program(sound, "school", role="support")
    assert len(found(project, "one-candidate")) == 1


def test_without_continue_as_now_there_is_nothing_to_compare_with(sound):
    (finding,) = found(sound.without_program("continue"), "no-baseline")
    assert finding.severity == "warning"
    assert str(finding) == (
        "Programs: There is no “Continue as now” to compare with. "
        "Add it: changing nothing is also a choice."
    )


def test_two_of_continue_as_now_are_an_error(sound):
    (finding,) = found(program(sound, "school", role="baseline"), "baselines")
    assert finding.severity == "error"
    assert str(finding) == (
        "Programs: More than one program stands for “Continue as now”: "
        "Continue as now and School lessons. Keep one."
    )
    assert found(sound, "baselines") == []


def test_two_programs_of_one_name_are_a_warning(sound):
    (finding,) = found(program(sound, "school", name="Mentors"), "duplicate-name")
    assert finding.severity == "warning"
    assert str(finding) == ("Mentors: Two programs have this name. Give one of them another name.")


def test_a_program_set_aside_may_share_a_name(sound):
    project = aside(program(sound, "school", name="Mentors"), "school")
    assert found(project, "duplicate-name") == []


# --- had here

NOT_CHECKED = Availability()
GONE = Availability(status="not available")


def test_programs_nobody_has_asked_about_are_a_warning(sound):
    project = program(sound, "school", availability=NOT_CHECKED)
    (finding,) = found(program(project, "mentors", availability=NOT_CHECKED), "availability")
    assert finding.severity == "warning"
    assert str(finding) == (
        "Programs: Nobody has checked that these can still be had here: Mentors and School "
        "lessons. The catalogue dates from 2015 and 2018. Ask the provider and note the date."
    )


def test_a_program_that_is_gone_but_still_ranked_is_a_warning(sound):
    (finding,) = found(program(sound, "school", availability=GONE), "not-available")
    assert finding.severity == "warning"
    assert str(finding) == (
        "Programs: Still in the ranking, although not to be had here: School lessons. Set it aside."
    )


@pytest.mark.parametrize("availability", [NOT_CHECKED, GONE])
def test_of_what_is_not_a_choice_nobody_asks(sound, availability):
    project = program(sound, "school", availability=availability)
    project = program(program(project, "continue", availability=availability), "course",
                      availability=availability)  # fmt: skip
    project = aside(project, "school")
    assert found(project, "availability") == []
    assert found(project, "not-available") == []


# --- alike enough


def test_programs_of_different_kinds_are_a_warning(sound):
    (finding,) = found(program(sound, "school", kind="campaign"), "mixed-kinds")
    assert finding.severity == "warning"
    assert str(finding) == (
        "Programs: The programs are of different kinds: campaign and program. "
        "Can they stand in for each other? If not, rank them apart."
    )


def test_supports_and_the_baseline_may_be_of_another_kind(sound):
    project = program(sound, "continue", kind="policy")
    assert project.run().program("course").kind == "training"
    assert found(project, "mixed-kinds") == []


def test_people_counted_in_different_units_are_a_warning(sound):
    (finding,) = found(program(sound, "school", unit_reached="pupils"), "mixed-reach")
    assert finding.severity == "warning"
    assert str(finding) == (
        "People reached: People reached are counted in different units: pupils and youth. "
        "Use one unit for all, or set this criterion aside."
    )


def test_units_do_not_matter_where_nobody_is_counted(sound):
    project = program(sound, "school", unit_reached="pupils")
    project = project.with_framing(Framing(criteria_out=(LeftOut(item="reach"),)))
    assert found(project, "mixed-reach") == []


def test_a_unit_not_given_is_no_other_unit(sound):
    assert found(program(sound, "school", unit_reached=""), "mixed-reach") == []


# --- must-haves


def test_a_must_have_not_settled_is_a_warning_that_names_the_programs(sound):
    project = sound.with_must_have(MustHave(id="legal", name="Legal"))
    (finding,) = found(project, "must-have-unknown")
    assert finding.severity == "warning"
    assert str(finding) == (
        "Legal: Not settled for Mentors and School lessons. They stay in the ranking, but nothing "
        "can be decided until this is settled."
    )


def test_a_threshold_on_an_unknown_score_is_not_settled(sound):
    cost = sound.run().score("school", "cost").model_copy(update={"amount": Unknown()})
    (finding,) = found(sound.with_score(cost), "must-have-unknown")
    assert finding.place == "Affordable"
    assert "Not settled for School lessons." in finding.message


def test_a_fail_is_settled(sound):
    verdicts = tuple(
        Verdict(program=p, verdict="fail", reason="No.") for p in ("mentors", "school")
    )
    project = sound.with_must_have(MustHave(id="legal", name="Legal", verdicts=verdicts))
    assert found(project, "must-have-unknown") == []


@pytest.mark.parametrize(("verdict", "findings"), [("fail", 1), ("pass", 0), ("unknown", 0)])
def test_a_fail_without_a_reason_is_a_warning(sound, verdict, findings):
    must_have = MustHave(
        id="legal", name="Legal", verdicts=(Verdict(program="school", verdict=verdict),)
    )
    reasonless = found(sound.with_must_have(must_have), "no-reason")
    assert [str(f) for f in reasonless] == [
        "Legal: No reason is given why this fails: School lessons. Write the reason down."
    ] * findings


@pytest.mark.parametrize(("limit", "findings"), [(500_000, 0), (0, 0), (500_001, 1), (-1, 1)])
def test_a_limit_outside_the_range_is_a_warning(sound, limit, findings):
    threshold = Threshold(criterion="cost", limit=limit)
    must_have = MustHave(id="affordable", name="Affordable", threshold=threshold)
    outside = found(sound.with_must_have(must_have), "limit")
    assert [str(f) for f in outside] == [
        f"Affordable: Its limit {limit:,} is outside the range 0 to 500,000. Correct the limit."
    ] * findings
    assert all(f.severity == "warning" for f in outside)


def test_a_program_kept_for_another_role_is_not_judged(sound):
    project = sound.with_program(Program(id="new", name="New course", role="support"))
    assert found(project, "must-have-unknown") == []
