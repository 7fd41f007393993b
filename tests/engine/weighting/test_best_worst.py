"""The best-worst method: exact against brute force, degenerate, and refused."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from mcda.engine import InputError
from mcda.engine.weighting.best_worst import (
    best_worst_index,
    best_worst_linear,
    best_worst_nonlinear,
)


@st.composite
def judgements(draw):
    """Best, worst and the two rows of answers, none above best against worst."""
    size = draw(st.integers(2, 6))
    best, worst = draw(st.permutations(range(size)))[:2]
    answer = draw(st.integers(1, 9))
    rows = [draw(st.lists(st.integers(1, answer), min_size=size, max_size=size)) for _ in "ab"]
    to_others, to_worst = rows
    to_others[best] = to_worst[worst] = 1
    to_others[worst] = to_worst[best] = answer
    return best, worst, to_others, to_worst


def reordered(given, order):
    best, worst, to_others, to_worst = given
    rows = (np.array(to_others)[order], np.array(to_worst)[order])
    return order.index(best), order.index(worst), *rows


def ends_at(given, xi):
    """The smallest and largest weights with every ratio within xi of its answer, by LP."""
    best, worst, to_others, to_worst = given
    size = len(to_others)
    unit, rows = np.eye(size), []
    for item in range(size):
        if item != best:
            rows += [unit[best] - (to_others[item] + xi) * unit[item]]
            rows += [(to_others[item] - xi) * unit[item] - unit[best]]
        if item != worst:
            rows += [unit[item] - (to_worst[item] + xi) * unit[worst]]
            rows += [(to_worst[item] - xi) * unit[worst] - unit[item]]
    ends = []
    for sign in (1, -1):
        found = [
            linprog(sign * unit[item], rows, np.zeros(len(rows)), np.ones((1, size)), [1])
            for item in range(size)
        ]
        if any(one.status != 0 for one in found):
            return None
        ends.append([sign * one.fun for one in found])
    return np.array(ends)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(judgements())
def test_the_intervals_are_those_of_linear_programs_at_the_smallest_deviation(given):
    result = best_worst_nonlinear(*given)
    low, high = ends_at(given, result.deviation + 1e-9)
    np.testing.assert_allclose(result.low, low, atol=1e-6)
    np.testing.assert_allclose(result.high, high, atol=1e-6)
    if result.deviation > 1e-3:
        assert ends_at(given, result.deviation - 1e-3) is None


@settings(max_examples=60, deadline=None, derandomize=True)
@given(judgements())
def test_what_the_nonlinear_model_promises(given):
    best, worst, to_others, to_worst = given
    result = best_worst_nonlinear(*given)
    assert result.weights.sum() == pytest.approx(1, abs=1e-12)
    assert (result.low <= result.high).all()
    assert (result.low > 0).all()
    # The middles, scaled to sum to 1, are themselves optimal.
    weights = result.weights
    gaps = [*(weights[best] / weights - to_others), *(weights / weights[worst] - to_worst)]
    assert np.abs(gaps).max() == pytest.approx(result.deviation, abs=1e-9)
    if len(to_others) <= 3:
        np.testing.assert_allclose(result.low, result.high, rtol=1e-9)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(judgements(), st.data())
def test_the_order_of_the_criteria_plays_no_part(given, data):
    order = data.draw(st.permutations(range(len(given[2]))))
    for model in (best_worst_linear, best_worst_nonlinear):
        usual, other = model(*given), model(*reordered(given, order))
        np.testing.assert_allclose(other.weights, usual.weights[order], atol=1e-9)
        assert other.deviation == pytest.approx(usual.deviation, abs=1e-9)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(judgements(), st.lists(st.floats(0.01, 1), min_size=6, max_size=6))
def test_no_other_weights_deviate_less_in_the_linear_model(given, others):
    best, worst = given[:2]
    to_others, to_worst = map(np.array, given[2:])
    result = best_worst_linear(*given)

    def deviation(weights):
        gaps = [*(weights[best] - to_others * weights), *(weights - to_worst * weights[worst])]
        return np.abs(gaps).max()

    assert result.weights.sum() == pytest.approx(1, abs=1e-12)
    assert (result.weights >= 0).all()
    assert deviation(result.weights) == pytest.approx(result.deviation, abs=1e-9)
    other = np.array(others[: len(to_others)])
    assert deviation(other / other.sum()) >= result.deviation - 1e-9


@pytest.mark.parametrize("model", [best_worst_linear, best_worst_nonlinear])
def test_answers_that_fit_together_give_their_weights(model):
    """Weights 8, 4, 2, 1: best to others 1, 2, 4, 8 and others to worst 8, 4, 2, 1."""
    result = model(0, 3, [1, 2, 4, 8], [8, 4, 2, 1])
    assert result.weights.tolist() == pytest.approx([8 / 15, 4 / 15, 2 / 15, 1 / 15])
    assert result.deviation == pytest.approx(0, abs=1e-12)


def test_consistent_answers_leave_no_interval():
    result = best_worst_nonlinear(0, 3, [1, 2, 4, 8], [8, 4, 2, 1])
    assert result.consistency_ratio == 0
    np.testing.assert_allclose(result.low, result.high, rtol=1e-12)


@pytest.mark.parametrize("model", [best_worst_linear, best_worst_nonlinear])
def test_one_criterion_and_all_level(model):
    assert model(0, 0, [1], [1]).weights.tolist() == [1]
    level = model(0, 2, [1, 1, 1], [1, 1, 1])
    assert level.weights.tolist() == pytest.approx([1 / 3] * 3)
    assert level.deviation == 0


def test_one_criterion_has_a_closed_interval():
    result = best_worst_nonlinear(0, 0, [1], [1])
    assert (result.low, result.high, result.consistency_ratio) == (1, 1, 0)


def test_all_level_is_consistent():
    assert best_worst_nonlinear(0, 1, [1, 1], [1, 1]).consistency_ratio == 0


def test_four_criteria_with_an_interval_by_hand():
    """Criterion 1 needs xi: (2 - xi)(5 - xi) = 8 + xi; 2 (2 x 4 = 8) has room left."""
    result = best_worst_nonlinear(0, 3, [1, 2, 2, 8], [8, 5, 4, 1])
    xi = 4 - np.sqrt(14)
    assert result.deviation == pytest.approx(xi)
    ratio, place = 8 + xi, 5 - xi
    low, high = 4 - xi, 4 + xi
    expected = [low / (low + 1 + ratio + place), high / (high + 1 + ratio + place)]
    assert [result.low[2], result.high[2]] == pytest.approx(expected)


def test_the_ratio_can_exceed_one_where_answers_err_in_opposite_directions():
    """1 x 1 asks for less than 2, 2 x 2 for more: (4 - 1) / (4 + 2) = 0.5 above 0.44."""
    result = best_worst_nonlinear(1, 3, [2, 1, 1, 2], [2, 2, 1, 1])
    assert result.deviation == pytest.approx(0.5)
    assert result.consistency_ratio == pytest.approx(0.5 / best_worst_index(2))


def test_an_answer_below_its_deviation_has_no_upper_end_from_the_best():
    """With a_Bj = 1 and xi above 1 the best may weigh any small multiple of j."""
    given = (0, 3, [1, 1, 9, 9], [9, 1, 9, 1])
    result = best_worst_nonlinear(*given)
    assert result.deviation > 1
    low, high = ends_at(given, result.deviation + 1e-9)
    np.testing.assert_allclose(result.low, low, atol=1e-6)
    np.testing.assert_allclose(result.high, high, atol=1e-6)


def test_the_index_rounds_to_the_table_of_the_paper():
    """Rezaei (2015), table 1."""
    table = [0.00, 0.44, 1.00, 1.63, 2.30, 3.00, 3.73, 4.47, 5.23]
    assert [round(best_worst_index(a), 2) for a in range(1, 10)] == table


@pytest.mark.parametrize(
    ("given", "argument", "column", "words"),
    [
        ((0, 1, [1, 3], [3, 1, 2]), "others_to_worst", None, "covers 3 criteria"),
        ((2, 1, [1, 3], [3, 1]), "best", None, "from 0 to 1"),
        ((-1, 1, [1, 3], [3, 1]), "best", None, "-1 is not a position"),
        ((True, 0, [1, 3], [3, 1]), "best", None, "True is not a position"),
        ((0, 1.0, [1, 3], [3, 1]), "worst", None, "1.0 is not a position"),
        ((0, 0, [1, 3], [3, 1]), "worst", None, "as best is"),
        ((0, 1, [2, 3], [3, 1]), "best_to_others", 0, "2 is not 1"),
        ((0, 1, [1, 3], [3, 2]), "others_to_worst", 1, "2 is not 1"),
        ((0, 1, [1, 3], [4, 1]), "others_to_worst", 0, "4 here, but 3"),
        ((0, 1, [1, 10], [10, 1]), "best_to_others", 1, "10 is outside"),
        ((0, 1, [1, 0.5], [0.5, 1]), "best_to_others", 1, "0.5 is outside"),
        ((0, 1, [1, 3, 4], [3, 1, 2]), "best_to_others", 2, "4 is above 3"),
        ((0, 1, [1, 3, 2], [3, 1, 5]), "others_to_worst", 2, "5 is above 3"),
        ((0, 1, [1, np.nan], [3, 1]), "best_to_others", 1, "nan"),
    ],
)
@pytest.mark.parametrize("model", [best_worst_linear, best_worst_nonlinear])
def test_answers_that_cannot_be_used(model, given, argument, column, words):
    with pytest.raises(InputError, match=words) as caught:
        model(*given)
    assert (caught.value.argument, caught.value.column) == (argument, column)
