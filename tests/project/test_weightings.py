"""Weightings keep what people said, never a computed weight."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from mcda.project import (
    Comparison,
    ComparisonsJudgement,
    Equal,
    OrderJudgement,
    PointShare,
    PointsJudgement,
    SwingJudgement,
    SwingRating,
    Weighting,
)
from mcda.project.weightings import judged_items


def weighting(judgement: object) -> Weighting:
    return Weighting(id="w", name="W", judgement=judgement)


@pytest.mark.parametrize(
    ("judgement", "items"),
    [
        (Equal(), []),
        (
            PointsJudgement(
                points=(PointShare(item="b", points=1), PointShare(item="a", points=2))
            ),
            ["b", "a"],
        ),
        (SwingJudgement(ratings=(SwingRating(item="a", rating=100),)), ["a"]),
        (OrderJudgement(tiers=(("c",), ("a", "b"), ())), ["c", "a", "b"]),
        (
            ComparisonsJudgement(
                comparisons=(
                    Comparison(item="c", than="a", times=3),
                    Comparison(item="a", than="b", times=1),
                )
            ),
            ["c", "a", "b"],
        ),
    ],
)
def test_the_items_a_weighting_speaks_of_stand_in_the_order_given(judgement, items):
    assert judged_items(weighting(judgement)) == items


@pytest.mark.parametrize("points", [-1, float("nan"), float("inf"), 1e10, "3", True])
def test_points_are_numbers_from_nought_up(points):
    with pytest.raises(ValidationError):
        PointShare(item="a", points=points)


@pytest.mark.parametrize("rating", [-1, 100.001, float("nan")])
def test_a_lift_is_rated_from_nought_to_a_hundred(rating):
    with pytest.raises(ValidationError):
        SwingRating(item="a", rating=rating)


@pytest.mark.parametrize("times", [0, 0.5, 9.001, -3, float("nan"), "3", True])
def test_a_comparison_says_from_the_same_to_nine_times(times):
    with pytest.raises(ValidationError):
        Comparison(item="a", than="b", times=times)


def test_a_judgement_of_another_kind_is_refused():
    with pytest.raises(ValidationError, match="'equal', 'points', 'swing', 'order', 'comparisons'"):
        Weighting.model_validate({"id": "w", "name": "W", "judgement": {"type": "dice"}})


def test_weights_themselves_have_no_place_in_a_weighting():
    with pytest.raises(ValidationError, match="Extra inputs"):
        Weighting.model_validate(
            {"id": "w", "name": "W", "judgement": {"type": "equal"}, "weights": {"a": 1}}
        )


def test_a_person_is_a_code_and_not_a_name():
    with pytest.raises(ValidationError, match="person"):
        Weighting(id="w", name="W", judgement=Equal(), person="Jane Doe")
