"""Scores: on their scale, recorded, with a source; people's own scores set side by side."""

from __future__ import annotations

import pytest

from mcda.project import (
    Assessment,
    Exact,
    Finding,
    Framing,
    LeftOut,
    Program,
    Project,
    Range,
    Score,
    Unknown,
    check,
)


def found(project: Project, code: str) -> list[Finding]:
    return [f for f in check(project) if f.code == code]


def scored(project: Project, criterion: str, amount: object, program: str = "school") -> Project:
    return project.with_score(
        Score(program=program, criterion=criterion, amount=amount, source="County records")
    )


def own(person: str, amount: object, program: str = "school") -> Assessment:
    return Assessment(person=person, program=program, criterion="reach", amount=amount)


@pytest.mark.parametrize("value", [0, 200, 100.5])
def test_a_score_on_the_scale_is_fine(sound, value):
    assert found(scored(sound, "reach", Exact(value=value)), "out-of-range") == []


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (
            Exact(value=1_250_000),
            "1,250,000 is outside the range 0 to 200. Correct the score, or widen the range to "
            "0 to 1,250,000 and ask for the weights again.",
        ),
        (
            Exact(value=-0.5),
            "-0.5 is outside the range 0 to 200. Correct the score, or widen the range to "
            "-0.5 to 200 and ask for the weights again.",
        ),
        (
            Range(low=100, high=201, likely=150),
            "201 is outside the range 0 to 200. Correct the score, or widen the range to "
            "0 to 201 and ask for the weights again.",
        ),
        (
            Range(low=-1, high=201),
            "-1 is outside the range 0 to 200; 201 is outside the range 0 to 200. Correct the "
            "score, or widen the range to -1 to 201 and ask for the weights again.",
        ),
    ],
)
def test_a_score_outside_its_range_is_one_error_that_offers_to_widen_it(sound, amount, said):
    (finding,) = found(scored(sound, "reach", amount), "out-of-range")
    assert finding.severity == "error"
    assert str(finding) == f"School lessons, People reached: {said}"


@pytest.mark.parametrize("value", [0, 1.5, 4])
def test_a_score_that_is_no_level_is_an_error(sound, value):
    (finding,) = found(scored(sound, "evidence", Exact(value=value)), "out-of-range")
    assert finding.severity == "error"
    assert str(finding) == (
        f"School lessons, Evidence: {value:g} is not one of the levels 1, 2, 3. "
        "Choose one of the levels."
    )


def test_a_persons_own_score_outside_the_range_names_the_person(sound):
    (finding,) = found(sound.with_assessment(own("p7", Exact(value=201))), "out-of-range")
    assert finding.place == "School lessons, People reached, scored by p7"


def test_an_empty_cell_is_a_warning(sound):
    project = sound.without_score("school", "reach").without_score("school", "cost")
    (finding,) = found(project, "not-scored")
    assert finding.severity == "warning"
    assert str(finding) == (
        "School lessons: Nothing is recorded on People reached and Cost. "
        "Look it up, or record it as unknown; until then anything is possible."
    )


def test_empty_cells_of_what_is_not_ranked_do_not_matter(sound):
    assert sound.run().score("course", "cost") is None
    assert found(sound, "not-scored") == []
    project = sound.without_score("school", "cost")
    out = Framing(criteria_out=(LeftOut(item="cost"),))
    assert found(project.with_framing(out), "not-scored") == []


def test_an_unknown_is_a_hint_and_not_an_empty_cell(sound):
    project = scored(sound, "evidence", Unknown())
    (finding,) = found(project, "unknown")
    assert finding.severity == "hint"
    assert str(finding) == (
        "School lessons: Not known: Evidence. Until then the total is a range. "
        "Can someone look it up?"
    )
    assert found(project, "not-scored") == []


def test_known_scores_raise_no_question(sound):
    assert found(sound, "unknown") == []


def test_a_score_without_a_source_is_a_warning(sound):
    project = sound.with_scores(
        Score(program="school", criterion=c, amount=a)
        for c, a in (("reach", Exact(value=1)), ("cost", Range(low=1, high=2)))
    )
    (finding,) = found(project, "no-source")
    assert finding.severity == "warning"
    assert str(finding) == (
        "School lessons: No source is given for People reached and Cost. Say where it comes from."
    )


def test_an_unknown_needs_no_source(sound):
    project = sound.with_score(Score(program="school", criterion="cost", amount=Unknown()))
    assert found(project, "no-source") == []


def test_own_scores_that_differ_are_a_hint(sound):
    project = sound.with_assessment(own("p1", Exact(value=10)))
    project = project.with_assessment(own("p2", Exact(value=10)))
    (finding,) = found(project.with_assessment(own("p3", Unknown())), "scored-apart")
    assert finding.severity == "hint"
    assert str(finding) == (
        "School lessons, People reached: 3 people each scored this, and their scores differ. "
        "Is it a matter of fact? Look it up, or record a range."
    )


def test_own_scores_that_agree_or_stand_in_different_cells_are_fine(sound):
    project = sound.with_assessment(own("p1", Exact(value=10)))
    project = project.with_assessment(own("p2", Exact(value=10)))
    project = project.with_assessment(own("p3", Exact(value=11), program="mentors"))
    assert found(project, "scored-apart") == []


def reaches(project: Project, *values: float) -> Project:
    for program, value in zip(("continue", "mentors", "school"), values, strict=True):
        project = scored(project, "reach", Exact(value=value), program)
    return project


@pytest.mark.parametrize(("highest", "findings"), [(119.9, 1), (120, 0)])
def test_scores_that_use_little_of_the_range_are_a_hint(sound, highest, findings):
    unused = found(reaches(sound, 100, 110, highest), "range-unused")
    assert [str(f) for f in unused] == [
        "People reached: The scores use 10% of the range 0 to 200. "
        "Is the range wider than any real choice? Then its weight says little."
    ] * findings


def test_both_ends_of_a_range_score_count_as_used(sound):
    project = scored(reaches(sound, 100, 100, 100), "reach", Range(low=80, high=100))
    assert found(project, "range-unused") == []


def test_where_a_score_is_unknown_the_range_may_be_used(sound):
    project = scored(reaches(sound, 100, 100, 100), "reach", Unknown())
    assert found(project, "range-unused") == []


def test_one_score_alone_says_nothing_about_the_range(sound):
    project = sound.without_score("school", "reach").without_score("mentors", "reach")
    assert found(project, "range-unused") == []


def test_scores_of_what_is_not_ranked_do_not_use_the_range(sound):
    project = sound.with_program(Program(id="course", name="Course", role="support"))
    project = scored(reaches(project, 100, 101, 102), "reach", Exact(value=200), "course")
    assert len(found(project, "range-unused")) == 1


# --- many programs


def crowd(sound: Project, programs: int, amount: object | None = Exact(value=1)) -> Project:
    """Give the sound project more programs, each with the same score on all criteria."""
    project = sound
    for i in range(programs):
        project = project.with_program(Program(id=f"p{i}", name=f"P{i}", unit_reached="youth"))
        for criterion in ("reach", "evidence", "cost") if amount else ():
            score = Score(program=f"p{i}", criterion=criterion, amount=amount)
            project = project.with_score(score)
    return project


@pytest.mark.parametrize(
    ("code", "amount", "said"),
    [
        (
            "no-source",
            Exact(value=1),
            "Scores: 6 programs have scores without a source, such as P0, P1, P2. "
            "Say where they come from.",
        ),
        (
            "unknown",
            Unknown(),
            "Scores: 6 programs have scores that are not known, such as P0, P1, P2. "
            "Until then their totals are ranges. Can someone look them up?",
        ),
        (
            "not-scored",
            None,
            "Scores: 6 programs have empty cells, where nothing is recorded, such as P0, P1, P2. "
            "Look them up, or record them as unknown; until then anything is possible.",
        ),
    ],
)
def test_more_than_five_programs_make_one_finding(sound, code, amount, said):
    assert [str(f) for f in found(crowd(sound, 6, amount), code)] == [said]
    apart = found(crowd(sound, 5, amount), code)
    assert [f.place for f in apart] == ["P0", "P1", "P2", "P3", "P4"]


def test_many_scores_outside_one_range_make_one_error(sound):
    (finding,) = found(crowd(sound, 6, Exact(value=500_001)), "out-of-range")[:1]
    assert str(finding) == (
        "People reached: 6 programs have scores that its scale does not take, such as "
        "P0, People reached; P1, People reached; P2, People reached. Correct the score, or widen "
        "the range to 0 to 500,001 and ask for the weights again."
    )
    places = [f.place for f in found(crowd(sound, 6, Exact(value=500_001)), "out-of-range")]
    assert places == ["People reached", "Evidence", "Cost"]
    assert len(found(crowd(sound, 5, Exact(value=500_001)), "out-of-range")) == 15


def test_many_scores_that_differ_make_one_hint(sound):
    project = crowd(sound, 6)
    for i in range(6):
        project = project.with_assessment(own("p1", Exact(value=i), f"p{i}"))
        project = project.with_assessment(own("p2", Exact(value=i + 1), f"p{i}"))
    (finding,) = found(project, "scored-apart")
    assert finding.place == "Own scores"
    assert finding.message.startswith("Several people scored 6 programs, and their scores differ")


def test_a_long_list_of_names_is_cut(sound):
    (finding,) = found(crowd(sound, 12), "availability")
    assert finding.message.endswith(": P0, P1, P2, P3, P4, P5, P6, P7 and 4 more.")
