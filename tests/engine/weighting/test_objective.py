"""Weights computed from the data: by hand, degenerate, and what they promise."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda.engine import InputError
from mcda.engine.weighting.objective import (
    critic_weights,
    entropy_weights,
    merec_weights,
    standard_deviation_weights,
    variation_weights,
)


def undirected(function):
    def weigh(matrix, directions):
        return function(matrix)

    weigh.__name__ = function.__name__
    return weigh


FORMULAS = [
    undirected(entropy_weights),
    undirected(standard_deviation_weights),
    undirected(variation_weights),
    critic_weights,
    merec_weights,
]
RATIO_SCALE = [
    formula
    for formula in FORMULAS
    if formula.__name__
    in (
        "entropy_weights",
        "variation_weights",
        "merec_weights",
    )
]
every_formula = pytest.mark.parametrize("formula", FORMULAS, ids=lambda f: f.__name__)


@st.composite
def tables(draw):
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 5))
    cells = st.integers(1, 40).map(float)
    matrix = [[draw(cells) for _ in range(columns)] for _ in range(rows)]
    directions = [draw(st.sampled_from([1, -1])) for _ in range(columns)]
    return np.array(matrix), np.array(directions)


def test_entropy_by_hand():
    """A column 1, 1 is shared out evenly: entropy 1. A column 0, 5 is in one hand: entropy 0."""
    assert entropy_weights([[1, 0], [1, 5]]).tolist() == [0, 1]
    quarter = -(0.25 * math.log(0.25) + 0.75 * math.log(0.75)) / math.log(2)
    expected = np.array([1 - quarter, 1]) / (2 - quarter)
    np.testing.assert_allclose(entropy_weights([[1, 0], [3, 5]]), expected, rtol=1e-13)


def test_standard_deviation_by_hand():
    """0, 1/4, 1 has the variance 7/41.1..., and 0, 0, 1 the variance 2/9."""
    spread = np.array([math.sqrt((0 + 1 / 16 + 1) / 3 - (5 / 12) ** 2), math.sqrt(2 / 9)])
    weights = standard_deviation_weights([[2, 10], [3, 10], [6, 30]])
    np.testing.assert_allclose(weights, spread / spread.sum(), rtol=1e-13)


def test_variation_by_hand():
    """1, 3 varies by 1 around 2; 30, 50 by 10 around 40."""
    np.testing.assert_allclose(variation_weights([[1, 30], [3, 50]]), [2 / 3, 1 / 3], rtol=1e-13)


def test_critic_by_hand():
    """Two columns with the correlation -1 conflict by 2 each, whatever their spread."""
    np.testing.assert_allclose(critic_weights([[0, 9], [1, 6], [3, 0]], [1, 1]), [0.5, 0.5])


def test_merec_by_hand():
    """One alternative is twice the other on the first criterion, four times on the second."""
    one, two = math.log(2) / 2, math.log(4) / 2
    total = math.log(1 + one + two)
    effects = np.array([total - math.log(1 + two), total - math.log(1 + one)])
    weights = merec_weights([[1, 4], [2, 1]], [1, 1])
    first = np.array([math.log(1 + two), 0])  # the first alternative is worst on criterion 0
    second = np.array([0, math.log(1 + one)])
    assert effects.sum() > 0
    removed = np.array([second.sum(), first.sum()])
    np.testing.assert_allclose(weights, removed / removed.sum(), rtol=1e-13)


def test_merec_where_a_quotient_of_cells_is_too_small_for_a_float():
    """1e-300 over 1e300 is 1e-600. In the second table each row has a part in one column only."""
    matrix = [[1e-300, 1e-300], [1e300, 1e300]]
    np.testing.assert_allclose(merec_weights(matrix, ["max", "max"]), [0.5, 0.5], rtol=1e-12)
    apart, near = 600 * math.log(10) / 2, math.log(2) / 2
    shares = [math.log1p(apart), math.log1p(near)]
    weights = merec_weights([[1e-300, 2], [1e300, 1]], ["max", "max"])
    np.testing.assert_allclose(weights, np.array(shares) / sum(shares), rtol=1e-12)


@every_formula
@settings(max_examples=60, deadline=None, derandomize=True)
@given(table=tables(), data=st.data())
def test_what_all_formulas_promise(formula, table, data):
    matrix, directions = table
    weights = formula(matrix, directions)
    assert weights.shape == directions.shape
    assert (weights >= 0).all()
    assert weights.sum() == pytest.approx(1, abs=1e-12)
    varied = np.ptp(matrix, axis=0) > 0
    assert not varied.any() or not weights[~varied].any()
    rows = data.draw(st.permutations(range(matrix.shape[0])))
    columns = data.draw(st.permutations(range(matrix.shape[1])))
    moved = formula(matrix[rows][:, columns], directions[columns])
    np.testing.assert_allclose(moved, weights[columns], atol=1e-9)
    factors = np.array([data.draw(st.sampled_from([1e-3, 0.5, 7.0, 1e6])) for _ in columns])
    np.testing.assert_allclose(formula(matrix * factors, directions), weights, atol=1e-9)


@pytest.mark.parametrize(
    "formula", [standard_deviation_weights, lambda x: critic_weights(x, [1, -1, 1])]
)
@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(st.tuples(*[st.integers(-20, 20)] * 3), min_size=2, max_size=6))
def test_other_zeros_change_nothing_on_an_interval_scale(formula, rows):
    matrix = np.array(rows, dtype=float)
    np.testing.assert_allclose(formula(matrix + np.array([100, -7, 3])), formula(matrix), atol=1e-9)


@every_formula
@pytest.mark.parametrize(
    "matrix", [[[3, 5, 2]], [[3, 5, 2], [3, 5, 2]], [[0.3, 1, 1], [0.1 + 0.2, 1, 1]]]
)
def test_equal_where_nothing_tells_the_alternatives_apart(formula, matrix):
    assert formula(matrix, [1, 1, -1]).tolist() == pytest.approx([1 / 3] * 3)


@every_formula
def test_one_criterion_has_all_the_weight(formula):
    assert formula([[1], [4]], [1]).tolist() == [1]
    assert formula([[2], [2]], [-1]).tolist() == [1]


@every_formula
def test_a_constant_column_weighs_nothing(formula):
    weights = formula([[1, 7, 5], [2, 7, 1], [4, 7, 2]], [1, 1, -1])
    assert weights[1] == 0
    assert (weights[[0, 2]] > 0).all()
    assert formula([[1, 7, 5], [2, 7, 5]], [1, 1, -1]).tolist() == [1, 0, 0]


def test_a_constant_column_changes_no_other_critic_weight():
    with_it = critic_weights([[1, 7, 5, 3], [2, 7, 1, 9], [4, 7, 2, 8]], [1, 1, -1, 1])
    without = critic_weights([[1, 5, 3], [2, 1, 9], [4, 2, 8]], [1, -1, 1])
    np.testing.assert_allclose(with_it[[0, 2, 3]], without, rtol=1e-13)


def test_columns_that_never_conflict_weigh_the_same_by_critic():
    """Correlations of 1 leave 1 - r at rounding noise; weights made of noise mean nothing."""
    base = np.array([0.1, 0.7, 0.3, 0.9])
    matrix = np.column_stack([base, 3 * base + 1, base / 7, np.full(4, 2.0)])
    assert critic_weights(matrix, [1, 1, 1, 1]).tolist() == pytest.approx([1 / 3] * 3 + [0])


@every_formula
def test_huge_and_tiny_cells(formula):
    matrix = np.array([[1.0, 3, 2], [4, 1, 2.5], [2, 2, 9]])
    usual = formula(matrix, [1, 1, -1])
    np.testing.assert_allclose(formula(matrix * 1e307, [1, 1, -1]), usual, rtol=1e-9)
    np.testing.assert_allclose(formula(matrix * 1e-307, [1, 1, -1]), usual, rtol=1e-9)


@pytest.mark.parametrize("formula", RATIO_SCALE, ids=lambda f: f.__name__)
def test_negative_cells_are_refused_where_ratios_are_taken(formula):
    with pytest.raises(InputError, match="-2 is ") as caught:
        formula([[1, 3], [4, -2]], [1, 1])
    assert (caught.value.row, caught.value.column) == (1, 1)


def test_zeros():
    assert entropy_weights([[0, 0], [0, 3]]).tolist() == [0, 1]
    assert variation_weights([[0, 0], [0, 3]]).tolist() == [0, 1]
    with pytest.raises(InputError, match="0 is not above 0") as caught:
        merec_weights([[1, 0], [4, 2]], [1, 1])
    assert (caught.value.row, caught.value.column) == (0, 1)


@every_formula
@pytest.mark.parametrize("cell", [math.nan, math.inf])
def test_cells_that_are_not_finite_are_refused(formula, cell):
    with pytest.raises(InputError) as caught:
        formula([[1, 3], [cell, 2]], [1, 1])
    assert (caught.value.row, caught.value.column) == (1, 0)


@pytest.mark.parametrize("formula", [critic_weights, merec_weights])
def test_an_unknown_direction_is_refused(formula):
    with pytest.raises(InputError, match="0 is not a direction"):
        formula([[1, 3], [2, 2]], [1, 0])
