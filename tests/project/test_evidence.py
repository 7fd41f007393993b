"""What is known: exact, between two numbers, or not known; each cell has one place."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from mcda.project import (
    Assessment,
    Criterion,
    Evidence,
    Exact,
    NumberScale,
    Objective,
    Program,
    Range,
    Score,
    Unknown,
    Verdict,
)
from mcda.project.evidence import numbers_in


@pytest.mark.parametrize("likely", [None, 2, 3, 5])
def test_a_range_may_have_a_likely_number_up_to_its_ends(likely):
    assert Range(low=2, high=5, likely=likely).likely == likely


@pytest.mark.parametrize(("low", "high"), [(2, 2), (3, 2)])
def test_a_range_whose_ends_do_not_rise_is_refused(low, high):
    with pytest.raises(ValidationError, match="the low end must be below the high end"):
        Range(low=low, high=high)


@pytest.mark.parametrize("likely", [1.999, 5.001])
def test_a_likely_number_outside_its_range_is_refused(likely):
    with pytest.raises(ValidationError, match="must lie between low and high"):
        Range(low=2, high=5, likely=likely)


@pytest.mark.parametrize(
    ("amount", "numbers"),
    [
        (Exact(value=4), (4,)),
        (Range(low=2, high=5), (2, 5)),
        (Range(low=2, high=5, likely=3), (2, 3, 5)),
        (Unknown(), ()),
    ],
)
def test_the_numbers_of_an_amount_from_low_to_high(amount, numbers):
    assert numbers_in(amount) == numbers


def test_an_amount_is_told_by_its_type():
    cell = {"program": "a", "criterion": "b"}
    assert Score.model_validate({**cell, "amount": {"type": "unknown"}}).amount == Unknown()
    with pytest.raises(ValidationError, match="type"):
        Score.model_validate({**cell, "amount": {"value": 3}})
    with pytest.raises(ValidationError, match="value"):
        Score.model_validate({**cell, "amount": {"type": "unknown", "value": 3}})


def test_a_score_knows_its_cell_and_an_own_score_also_whose_it_is():
    own = Assessment(person="p1", program="mentors", criterion="cost", amount=Unknown())
    assert own.place == ("mentors", "cost")
    assert own.key == ("p1", "mentors", "cost")


@pytest.mark.parametrize(
    "field", [{"role": "boss"}, {"kind": "charm"}, {"catalog_id": "PR 1"}, {"id": "Mentors"}]
)
def test_a_program_of_a_role_kind_or_id_not_foreseen_is_refused(field):
    with pytest.raises(ValidationError):
        Program.model_validate({"id": "mentors", "name": "Mentors"} | field)


def test_a_verdict_is_pass_fail_or_unknown():
    with pytest.raises(ValidationError, match="'pass', 'fail' or 'unknown'"):
        Verdict(program="mentors", verdict="maybe")


def test_there_is_no_field_for_data_about_a_child():
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        Score(program="a", criterion="b", amount=Unknown(), child="x")


def test_the_nodes_of_the_tree_are_criteria_and_objectives():
    cost = Criterion(id="cost", name="Cost", scale=NumberScale(worst=1, best=0))
    means = Objective(id="means", name="Means")
    assert Evidence(criteria=(cost,), objectives=(means,)).nodes == (cost, means)


def test_evidence_cannot_be_changed_in_place():
    evidence = Evidence()
    with pytest.raises(ValidationError, match="frozen"):
        evidence.programs = ()
    with pytest.raises(ValidationError, match="frozen"):
        del evidence.programs
    assert isinstance(evidence.programs, tuple)
