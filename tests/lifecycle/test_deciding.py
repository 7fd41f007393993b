"""How a choice stands in the ranking, and what blocks deciding on it."""

from __future__ import annotations

from datetime import date

import pytest

from mcda.lifecycle import decide, decision_problems, review_day, standing
from mcda.lifecycle.deciding import months_after
from mcda.project import (
    Exact,
    FindingsError,
    LockedRunError,
    MustHave,
    Project,
    Record,
    Score,
    UnknownItemError,
)

LATER = "It costs less."


def record(choice: str, departure: str = "") -> Record:
    return Record(choice=choice, reasons="R", departure=departure)


def codes(project: Project, choice: str, departure: str = "") -> list[str]:
    return [f.code for f in decision_problems(project, record(choice, departure))]


@pytest.fixture
def certain(elm: Project) -> Project:
    """The example with survivor mentors sure to come first."""
    best = (
        Score(program="survivor_mentors", criterion=c.id, amount=Exact(value=c.scale.best))
        for c in elm.run().active_criteria
    )
    return elm.with_scores(best)


def test_a_sure_first_needs_no_other_reason(certain):
    found = standing(certain, "survivor_mentors")
    assert (found.state, found.sentence) == ("first", "Survivor mentor program ranks first.")
    assert codes(certain, "survivor_mentors") == []


def test_one_of_several_that_may_be_first_needs_no_other_reason(elm):
    found = standing(elm, "survivor_mentors")
    assert found.state == "possible"
    assert found.sentence == (
        "Survivor mentor program could rank first, as could Screening with an advocate. "
        "Its place is 1 to 4."
    )
    assert codes(elm, "survivor_mentors") == []


def test_one_that_is_sure_not_to_be_first_needs_its_reason(elm):
    found = standing(elm, "school")
    assert found.state == "not first"
    assert "School prevention lessons does not rank first: " in found.sentence
    (problem,) = decision_problems(elm, record("school", " "))
    assert (problem.code, problem.message) == ("no-departure", found.sentence)
    assert codes(elm, "school", LATER) == []


def test_the_reason_is_kept_and_the_run_locked(elm):
    with pytest.raises(FindingsError, match="does not rank first"):
        decide(elm, record("school"))
    decided = decide(elm, record("school", LATER))
    run = decided.run()
    assert (run.status, run.record.departure) == ("decided", LATER)
    assert run.lock == run.content_hash()
    with pytest.raises(LockedRunError):
        decide(decided, record("school", LATER))


def test_a_program_that_is_left_out_is_not_ranked(elm):
    found = standing(elm, "safe_home")
    assert (found.state, found.sentence) == ("not ranked", "Short-stay safe home is not ranked.")
    assert codes(elm, "safe_home") == ["choice"]


def test_nothing_to_rank_is_said():
    project = Project.new("Which?")
    found = standing(project, "continue")
    assert found.state == "not ranked"
    assert found.firsts == ()


def test_what_blocks_ranking_is_told_before_the_place(elm):
    broken = elm.with_score(Score(program="school", criterion="cost", amount=Exact(value=-5.0)))
    assert codes(broken, "school") == ["out-of-range"]


def test_an_unsettled_must_have_blocks(elm):
    open_one = elm.with_must_have(MustHave(id="new", name="New"))
    assert codes(open_one, "screening") == ["must-have-unknown"]


def test_an_unknown_choice_is_refused(elm):
    for ask in (standing, lambda p, c: decision_problems(p, record(c))):
        with pytest.raises(UnknownItemError):
            ask(elm, "nobody")


def test_the_drafted_record_of_the_example_can_be_decided_and_rerun(elm):
    decided = decide(elm, elm.run().record)
    again = decided.rerun(None, "run-2", "Two years on")
    assert again.run().parent == "run-1"
    assert again.run().record is None
    assert again.plan == elm.plan


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
        (date(2026, 12, 1), 0, date(2026, 12, 1)),
    ],
)
def test_months_are_counted_to_the_same_day(day, months, expected):
    assert months_after(day, months) == expected


def test_a_review_is_proposed_for_a_year_on():
    assert review_day(date(2026, 12, 1)) == date(2027, 12, 1)
