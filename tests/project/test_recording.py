"""Text becomes a score on its criterion's scale, or is refused in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcda.project import (
    Criterion,
    Exact,
    Level,
    LevelScale,
    MustHave,
    NumberScale,
    Program,
    Project,
    ProjectError,
    Range,
    Score,
    Unknown,
    Verdict,
    check_run,
)
from mcda.project.recording import (
    IncompleteScoreError,
    RefusedScoreError,
    matching_scores,
    read_range,
    read_score,
    widened,
    with_verdict,
    with_wider_range,
    without_verdict,
    write_score,
)
from mcda.project.templates import example

COST = Criterion(
    id="cost",
    name="Cost",
    scale=NumberScale(unit="US dollars", worst=600_000.0, best=0.0, confirmed=True),
)
SAFE = Criterion(
    id="safe",
    name="Safe",
    scale=LevelScale(levels=(Level(level=1, anchor="No"), Level(level=2, anchor="Yes"))),
)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("450,000", Exact(value=450_000)),
        ("$450,000", Exact(value=450_000)),
        ("10..20", Range(low=10, high=20)),
        ("10..15..20", Range(low=10, likely=15, high=20)),
        ("10 to 20", Range(low=10, high=20)),
        ("unknown", Unknown()),
        ("?", Unknown()),
        (" ", None),
    ],
)
def test_a_score_is_read_as_people_type_it(text, amount):
    assert read_score(COST, text) == amount


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1,200,000", "Cost: 1,200,000 is outside the range 0 to 600,000. Correct it, or widen"),
        ("lots", "Cost: “lots” is not a number. Write a number"),
        ("=1+1", "Cost: “=1+1” is a formula"),
        ("20..10", "Cost: “20..10” is a range whose first number is above its last"),
        ("12%", "Cost: “12%” shows %, but this is counted in “US dollars”"),
        ("1.234,5", "has a decimal comma"),
        ("nan", "is not a finite number"),
        ("1e300", "is too large"),
    ],
)
def test_what_is_no_score_is_refused_in_words(text, said):
    with pytest.raises(RefusedScoreError) as caught:
        read_score(COST, text)
    assert said in str(caught.value)


def test_a_criterion_without_a_unit_takes_any_sign():
    plain = COST.model_copy(update={"scale": NumberScale(worst=0, best=10)})
    assert read_score(plain, "5%") == Exact(value=5)


def test_a_refusal_says_what_a_wider_range_has_to_take():
    with pytest.raises(RefusedScoreError) as caught:
        read_score(COST, "-5..700000")
    assert caught.value.outside == (-5, 700_000)
    with pytest.raises(RefusedScoreError) as caught:
        read_score(COST, "lots")
    assert caught.value.outside == ()


def test_a_number_that_is_no_level_is_refused_without_a_wider_range():
    with pytest.raises(RefusedScoreError, match="not one of the levels 1, 2") as caught:
        read_score(SAFE, "3")
    assert caught.value.outside == ()


def test_a_range_is_read_from_its_fields():
    assert read_range(COST, "10", "", "20") == Range(low=10, high=20)
    assert read_range(COST, "$10", "15", "20") == Range(low=10, likely=15, high=20)
    assert read_range(COST, "10", "", "10") == Exact(value=10)
    assert read_range(COST, "1000", "", "20,000").high == 20_000


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (("", "", "20"), "the lowest number is missing"),
        (("", "5", ""), "the lowest and the highest number are missing"),
    ],
)
def test_a_range_that_is_only_begun_is_incomplete(fields, said):
    with pytest.raises(IncompleteScoreError, match=said):
        read_range(COST, *fields)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (("20", "", "10"), "20, 10 do not rise"),
        (("1", "9", "5"), "1, 9, 5 do not rise"),
        (("1..2", "", "5"), "the lowest end, “1..2”, is not one number"),
        (("1", "unknown", "5"), "the likely end"),
        (("a", "", "5"), "“a” is not a number"),
        (("1", "", "700000"), "outside the range"),
    ],
)
def test_a_range_that_does_not_fit_is_refused(fields, said):
    with pytest.raises(RefusedScoreError, match=said) as caught:
        read_range(COST, *fields)
    assert not isinstance(caught.value, IncompleteScoreError)


amounts = st.floats(0, 600_000).flatmap(
    lambda low: st.floats(low, 600_000).map(
        lambda high: Exact(value=low) if low == high else Range(low=low, high=high)
    )
)


@given(st.one_of(amounts, st.just(Unknown()), st.none()))
def test_what_is_written_reads_back_the_same(amount):
    assert read_score(COST, write_score(amount)) == amount


def test_a_range_is_widened_at_the_end_that_needs_it():
    assert widened(COST.scale, [700_000]).ends == (0, 700_000)
    assert widened(COST.scale, [700_000]).worst == 700_000
    assert widened(COST.scale, [-5]).best == -5
    assert not widened(COST.scale, [700_000]).confirmed
    assert widened(COST.scale, [5]) == COST.scale
    more = NumberScale(worst=0, best=10)
    assert (widened(more, [-1, 12]).worst, widened(more, [-1, 12]).best) == (-1, 12)


def test_a_wider_range_turns_weights_stale():
    project = with_wider_range(example(), "cost", [700_000])
    assert project.run().criterion("cost").scale.worst == 700_000
    assert "stale" in {f.code for f in check_run(project.run())}
    assert "stale" not in {f.code for f in check_run(example().run())}


def test_levels_have_no_range_to_widen():
    with pytest.raises(ProjectError, match="has levels"):
        with_wider_range(Project.new("Which?").with_criterion(SAFE), "safe", [9])


@pytest.fixture
def judged():
    project = Project.new("Which?").with_program(Program(id="mentors", name="Mentors"))
    return project.with_must_have(MustHave(id="legal", name="Legal"))


def verdicts(project):
    return project.run().evidence.must_haves[0].verdicts


def test_a_verdict_replaces_the_one_before_and_is_taken_back(judged):
    failed = Verdict(program="mentors", verdict="fail", reason="Barred.")
    passed = Verdict(program="mentors", verdict="pass", reason="Allowed.")
    project = with_verdict(with_verdict(judged, "legal", failed), "legal", passed)
    assert verdicts(project) == (passed,)
    assert verdicts(without_verdict(project, "legal", "mentors")) == ()


@pytest.mark.parametrize("verdict", ["pass", "fail"])
def test_a_pass_or_a_fail_needs_a_reason(judged, verdict):
    with pytest.raises(ProjectError, match="Write the reason"):
        with_verdict(judged, "legal", Verdict(program="mentors", verdict=verdict, reason=" "))


def test_not_settled_needs_no_reason(judged):
    open_one = Verdict(program="mentors", verdict="unknown")
    assert verdicts(with_verdict(judged, "legal", open_one)) == (open_one,)


def test_a_verdict_is_about_what_is_there(judged):
    with pytest.raises(ProjectError, match="program"):
        with_verdict(judged, "legal", Verdict(program="gone", verdict="unknown"))
    with pytest.raises(ProjectError, match="not there any more"):
        without_verdict(judged, "gone", "mentors")


def scored(program_name, criterion_name, value=5.0):
    project = Project.new("Other").with_program(Program(id="x", name=program_name))
    project = project.with_criterion(COST.model_copy(update={"id": "y", "name": criterion_name}))
    score = Score(program="x", criterion="y", amount=Exact(value=value))
    return project.with_score(score).run()


@pytest.fixture
def here():
    project = Project.new("Which?").with_program(Program(id="mentors", name="Mentors"))
    return project.with_criterion(COST)


def test_scores_are_found_by_the_names_of_program_and_criterion(here):
    texts, strangers = matching_scores(here.run(), scored(" MENTORS", "cost"))
    assert texts == {("mentors", "cost"): "5"}
    assert strangers == ()


def test_names_that_are_not_here_are_told(here):
    texts, strangers = matching_scores(here.run(), scored("Hotline", "Reach"))
    assert texts == {}
    assert strangers == ("Hotline", "Reach")


def test_a_name_that_two_programs_have_fits_none(here):
    here = here.with_program(Program(id="mentors-2", name="Mentors"))
    texts, strangers = matching_scores(here.run(), scored("Mentors", "Cost"))
    assert (texts, strangers) == ({}, ("Mentors",))
