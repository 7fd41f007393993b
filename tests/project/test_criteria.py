"""Scales: worst is worth 0, best 100, and what makes no sense is refused."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from mcda.project import Criterion, Level, LevelScale, NumberScale, ValuePoint


def levels(*numbers: int) -> tuple[Level, ...]:
    return tuple(Level(level=n, anchor=f"Anchor {n}") for n in numbers)


def points(*pairs: tuple[float, float]) -> tuple[ValuePoint, ...]:
    return tuple(ValuePoint(score=score, value=value) for score, value in pairs)


def test_more_is_better_where_the_best_end_is_the_higher():
    scale = NumberScale(worst=10, best=50)
    assert scale.direction == 1
    assert scale.ends == (10, 50)


def test_less_is_better_where_the_best_end_is_the_lower():
    scale = NumberScale(worst=50, best=10)
    assert scale.direction == -1
    assert scale.ends == (10, 50)


@pytest.mark.parametrize("end", [0, -3.5, 1e15])
def test_a_range_whose_ends_are_the_same_is_refused(end):
    with pytest.raises(ValidationError, match="they must differ"):
        NumberScale(worst=end, best=end)


def test_minus_zero_to_zero_is_no_range():
    with pytest.raises(ValidationError, match="they must differ"):
        NumberScale(worst=-0.0, best=0.0)


def test_a_linear_scale_runs_straight_from_worst_to_best():
    assert NumberScale(worst=8, best=2).curve == ((8, 0), (2, 100))


def test_a_piecewise_scale_keeps_its_points_in_between():
    scale = NumberScale(worst=8, best=2, points=points((6, 70), (4, 70)))
    assert scale.curve == ((8, 0), (6, 70), (4, 70), (2, 100))


@pytest.mark.parametrize(
    "between", [[(0, 50)], [(10, 50)], [(11, 50)], [(6, 50), (4, 60)], [(5, 40), (5, 60)]]
)
def test_points_must_lie_between_the_ends_and_in_order(between):
    with pytest.raises(ValidationError, match="between worst and best, in that order"):
        NumberScale(worst=0, best=10, points=points(*between))


def test_the_value_of_points_must_not_fall():
    with pytest.raises(ValidationError, match="must not fall"):
        NumberScale(worst=0, best=10, points=points((4, 60), (6, 59)))


@pytest.mark.parametrize("score", [0, 10, 5.5])
def test_a_number_scale_takes_its_ends_and_all_between(score):
    assert NumberScale(worst=10, best=0).problem_with(score) is None


@pytest.mark.parametrize("score", [-0.001, 1_250_000.5])
def test_a_number_scale_says_which_range_it_takes(score):
    scale = NumberScale(worst=1_250_000, best=0)
    assert scale.problem_with(score) == "is outside the range 0 to 1,250,000"


def test_levels_are_evenly_spaced_until_the_group_says_otherwise():
    scale = LevelScale(levels=levels(1, 2, 3, 4, 5))
    assert scale.curve == ((1, 0), (2, 25), (3, 50), (4, 75), (5, 100))


def test_levels_are_worth_what_the_group_says():
    scale = LevelScale(levels=levels(1, 2, 3), values=(0, 80, 100))
    assert scale.curve == ((1, 0), (2, 80), (3, 100))


def test_levels_may_count_down_where_fewer_is_better():
    scale = LevelScale(levels=levels(3, 2, 1))
    assert (scale.worst, scale.best, scale.direction) == (3, 1, -1)
    assert scale.ends == (1, 3)
    assert scale.curve == ((3, 0), (2, 50), (1, 100))


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ((1, 1), "the same number"),
        ((1, 3, 2), "in order"),
        ((1,), "at least 2"),
        (range(22), "at most 21"),
    ],
)
def test_levels_in_disorder_are_refused(numbers, message):
    with pytest.raises(ValidationError, match=message):
        LevelScale(levels=levels(*numbers))


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ((0, 100), "there are 3 levels"),
        ((1, 50, 100), "worth 0"),
        ((0, 50, 99), "worth 0 and the best is worth 100"),
    ],
)
def test_values_that_do_not_fit_the_levels_are_refused(values, message):
    with pytest.raises(ValidationError, match=message):
        LevelScale(levels=levels(1, 2, 3), values=values)


def test_the_value_of_levels_must_not_fall():
    with pytest.raises(ValidationError, match="must not fall"):
        LevelScale(levels=levels(1, 2, 3, 4), values=(0, 60, 50, 100))


def test_two_levels_may_be_worth_the_same():
    scale = LevelScale(levels=levels(1, 2, 3), values=(0, 100, 100))
    assert scale.level_values == (0, 100, 100)


@pytest.mark.parametrize("score", [1.5, 0, 4])
def test_a_level_scale_takes_its_levels_only(score):
    scale = LevelScale(levels=levels(3, 2, 1))
    assert scale.problem_with(2) is None
    assert scale.problem_with(score) == "is not one of the levels 1, 2, 3"


def test_an_anchor_is_found_by_its_level():
    scale = LevelScale(levels=levels(1, 2))
    assert scale.anchor(2) == "Anchor 2"
    assert scale.anchor(1.5) == ""


@pytest.mark.parametrize("level", [1.5, "1", True, 101, -101])
def test_a_level_is_a_whole_number(level):
    with pytest.raises(ValidationError):
        Level(level=level, anchor="")


def test_a_criterion_shows_its_unit_or_its_levels():
    dollars = NumberScale(unit="US dollars", worst=9, best=0)
    assert Criterion(id="cost", name="Cost", scale=dollars).unit == "US dollars"
    assert Criterion(id="e", name="E", scale=LevelScale(levels=levels(5, 3, 1))).unit == (
        "level 1 to 5"
    )


def test_a_criterion_needs_a_scale():
    with pytest.raises(ValidationError, match="scale"):
        Criterion(id="cost", name="Cost")
