"""The second opinion, on tables small enough to work out by hand."""

from __future__ import annotations

import pytest

from mcda.analysis import agreement

from .conftest import build


def test_agrees_where_one_program_is_better_on_everything():
    project = build({"good": {"a": 80, "b": 90}, "poor": {"a": 10, "b": 20}}, {"a": 1, "b": 1})
    found = agreement(project)
    assert found.same_first
    assert found.sentence == "TOPSIS agrees: by it, too, Good comes first."


def test_differs_where_squared_weights_turn_the_order_round():
    """With weights 0.6 and 0.4: the sum gives 60 to A and 64 to B; TOPSIS 0.6 to A, 0.585 to B.

    A is best on the heavy criterion and worst on the light one: closeness 0.6/(0.6 + 0.4) = 0.6.
    B is 44 on the heavy and 94 on the light one: distances
    sqrt(0.264^2 + 0.376^2) = 0.45943 and sqrt(0.336^2 + 0.024^2) = 0.33686, closeness 0.57696.
    """
    project = build(
        {"a": {"heavy": 100, "light": 0}, "b": {"heavy": 44, "light": 94}},
        {"heavy": 6, "light": 4},
    )
    found = agreement(project)
    sums, topsis = found.rankings
    assert sums.result("b").score == pytest.approx(64)
    assert topsis.result("b").score == pytest.approx(0.57696, abs=1e-5)
    assert topsis.result("a").score == pytest.approx(0.6)
    assert not found.same_first
    assert found.sentence == (
        "TOPSIS differs: by it A comes first, by the weighted sum B comes first. TOPSIS counts "
        "large gaps for more. So one large strength can outweigh several small ones. "
        "That helps A most on Heavy (100 against 44), which counts 60%."
    )


def test_the_same_possible_firsts_agree_whatever_their_order():
    project = build(
        {"a": {"x": (20, 90), "y": 50}, "b": {"x": 60, "y": (10, 80)}}, {"x": 1, "y": 1}
    )
    found = agreement(project)
    assert found.same_first
    assert found.sentence.startswith("TOPSIS agrees")


def test_table_has_places_and_scores_by_both_methods():
    project = build({"good": {"a": 80}, "poor": {"a": 10}}, {"a": 1})
    frame = agreement(project).to_frame()
    assert list(frame.index) == ["Good", "Poor"]
    assert frame["Weighted sum", "place"].tolist() == ["1", "2"]
    assert frame["Weighted sum", "score"].tolist() == ["80.0", "10.0"]
    assert frame["TOPSIS (anchored)", "score"].tolist() == ["0.800", "0.100"]
