"""AHP: by hand, against brute force, incomplete, inconsistent, and refused."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mcda.engine import InputError
from mcda.engine.weighting.pairwise import (
    PRIORITIZATIONS,
    RANDOM_INDICES,
    pairwise_weights,
    worst_comparison,
)

SCALE = [1 / k for k in range(9, 1, -1)] + [float(k) for k in range(1, 10)]
both = pytest.mark.parametrize("prioritization", PRIORITIZATIONS)


def reciprocal(upper, size):
    """A matrix from the answers above the diagonal, row by row; None is not compared."""
    matrix = [[1.0] * size for _ in range(size)]
    pairs = itertools.combinations(range(size), 2)
    for (row, column), answer in zip(pairs, upper, strict=True):
        matrix[row][column] = answer
        matrix[column][row] = None if answer is None else 1 / answer
    return matrix


@st.composite
def answers(draw, missing=False):
    size = draw(st.integers(2, 5))
    choices = st.sampled_from([*SCALE, None] if missing else SCALE)
    return reciprocal([draw(choices) for _ in range(size * (size - 1) // 2)], size)


def consistent(weights):
    return np.divide.outer(weights, weights)


def moved(matrix, order):
    return [[matrix[row][column] for column in order] for row in order]


@both
@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=8).map(np.array))
def test_consistent_comparisons_give_their_weights_back(prioritization, weights):
    result = pairwise_weights(consistent(weights), prioritization)
    np.testing.assert_allclose(result.weights, weights / weights.sum(), rtol=1e-12)
    assert (result.consistency_index, result.consistency_ratio) == (0, 0)
    assert worst_comparison(consistent(weights)) is None


@both
@settings(max_examples=40, deadline=None, derandomize=True)
@given(matrix=answers(), data=st.data())
def test_what_both_ways_promise(prioritization, matrix, data):
    result = pairwise_weights(matrix, prioritization)
    assert result.weights.sum() == pytest.approx(1, abs=1e-12)
    assert (result.weights > 0).all()
    assert result.largest_eigenvalue >= len(matrix) - 1e-9
    np.testing.assert_allclose(result.comparisons, matrix, rtol=1e-9)
    order = data.draw(st.permutations(range(len(matrix))))
    other = pairwise_weights(moved(matrix, order), prioritization)
    np.testing.assert_allclose(other.weights, result.weights[order], rtol=1e-9)
    assert other.consistency_ratio == pytest.approx(result.consistency_ratio, abs=1e-9)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(answers())
def test_the_eigenvector_is_one(matrix):
    result = pairwise_weights(matrix)
    expected = result.largest_eigenvalue * result.weights
    np.testing.assert_allclose(np.array(matrix) @ result.weights, expected, rtol=1e-9)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(answers())
def test_the_geometric_mean_of_rows(matrix):
    means = np.exp(np.log(matrix).mean(axis=1))
    weights = pairwise_weights(matrix, "geometric_mean").weights
    np.testing.assert_allclose(weights, means / means.sum(), rtol=1e-12)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(answers())
def test_both_ways_agree_on_three_criteria(matrix):
    """For three criteria the eigenvector is the geometric mean (Crawford and Williams 1985)."""
    assume(len(matrix) == 3)
    eigenvector, mean = (pairwise_weights(matrix, way).weights for way in PRIORITIZATIONS)
    np.testing.assert_allclose(eigenvector, mean, rtol=1e-9)


def test_three_criteria_by_hand():
    """The eigenvalue of three is 1 + t + 1/t, t the cube root of a12 a23 / a13 = 2 * 2 / 6."""
    result = pairwise_weights(reciprocal([2, 6, 2], 3))
    t = (2 * 2 / 6) ** (1 / 3)
    assert result.largest_eigenvalue == pytest.approx(1 + t + 1 / t, rel=1e-12)
    assert result.consistency_index == pytest.approx((t + 1 / t - 2) / 2, rel=1e-9)
    assert result.random_index == 0.58
    assert result.consistency_ratio == pytest.approx(result.consistency_index / 0.58)
    means = np.cbrt([12, 1, 1 / 12])
    np.testing.assert_allclose(result.weights, means / means.sum(), rtol=1e-12)


def test_one_and_two_criteria_cannot_contradict_themselves():
    assert pairwise_weights([[1]]).weights.tolist() == [1]
    two = pairwise_weights([[1, 4], [0.25, 1]])
    assert two.weights.tolist() == pytest.approx([0.8, 0.2])
    assert (two.consistency_ratio, two.random_index) == (0, 0)


def test_the_random_index_goes_on_beyond_the_table():
    """Alonso and Lamata (2006) is within 0.02 of Saaty's last value, and grows on from there."""
    ones = [pairwise_weights(np.ones((n, n))).random_index for n in (15, 16, 30)]
    assert ones[0] == RANDOM_INDICES[-1] == 1.59
    assert ones[1] == pytest.approx((1.7699 * 16 - 4.3513) / 15)
    assert 1.59 < ones[1] < ones[2] < 1.7699


@both
def test_missing_answers_follow_where_the_rest_is_consistent(prioritization):
    """2 to 1 and 3 to 1 along a chain make 6 to 1; nothing is left to contradict."""
    result = pairwise_weights([[1, 2, None], [0.5, 1, 3], [None, 1 / 3, 1]], prioritization)
    np.testing.assert_allclose(result.weights, [0.6, 0.3, 0.1], rtol=1e-12)
    assert result.comparisons[0, 2] == pytest.approx(6)
    assert (result.random_index, result.consistency_ratio) == (0, 0)


def test_one_half_of_the_table_is_enough():
    upper = [[1, 2, 6], [None, 1, 2], [math.nan, np.nan, None]]
    full = pairwise_weights(reciprocal([2, 6, 2], 3))
    assert pairwise_weights(upper).weights.tolist() == full.weights.tolist()
    lower = np.array(upper, dtype=float).T
    assert pairwise_weights(1 / lower).weights == pytest.approx(full.weights)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(answers(missing=True), st.lists(st.floats(-2, 2), min_size=10, max_size=10))
def test_no_other_completion_has_a_smaller_eigenvalue(matrix, steps):
    try:
        result = pairwise_weights(matrix)
    except InputError:  # groups that no comparison joins
        return
    given_pairs = np.array([[cell is not None for cell in row] for row in matrix])
    shift = np.zeros(given_pairs.shape)
    rows, columns = np.where(np.triu(~given_pairs))
    shift[rows, columns] = steps[: rows.size]
    other = np.exp(np.log(result.comparisons) + shift - shift.T)
    largest = np.linalg.eigvals(other).real.max()
    assert largest >= result.largest_eigenvalue - 1e-9


@settings(max_examples=25, deadline=None, derandomize=True)
@given(answers(missing=True), st.lists(st.floats(-1, 1), min_size=5, max_size=5))
def test_no_other_weights_fit_the_given_logarithms_better(matrix, steps):
    try:
        result = pairwise_weights(matrix, "geometric_mean")
    except InputError:  # groups that no comparison joins
        return
    logs = np.log(np.array(matrix, dtype=float))

    def misfit(log_weights):
        return np.nansum((logs - np.subtract.outer(log_weights, log_weights)) ** 2)

    best = np.log(result.weights)
    assert misfit(best + steps[: best.size]) >= misfit(best) - 1e-9
    free = np.isnan(logs)
    implied = consistent(result.weights)[free]
    np.testing.assert_allclose(result.comparisons[free], implied, rtol=1e-9)


def test_many_missing_answers():
    """A ring of 12 that goes round to 4 instead of 1: each step is bent by the same factor."""
    size = 12
    matrix = [[None] * size for _ in range(size)]
    for item in range(size):
        matrix[item][(item + 1) % size] = 1.0
    matrix[0][1] = 4.0
    result = pairwise_weights(matrix)
    steps = result.weights / np.roll(result.weights, -1)
    np.testing.assert_allclose(steps[1:], 4 ** (-1 / size), rtol=1e-6)
    assert result.random_index == pytest.approx(1.48 * (1 - 54 / 55))


def test_the_one_odd_answer_is_found_and_mended():
    """All answers come from 8, 4, 2, 1 but one, which is turned round."""
    matrix = consistent([8, 4, 2, 1])
    matrix[1, 3], matrix[3, 1] = 1 / 4, 4
    worst = worst_comparison(matrix)
    assert (worst.row, worst.column, worst.given) == (1, 3, pytest.approx(0.25))
    assert worst.mended == pytest.approx(4, rel=1e-6)
    assert worst.consistency_ratio == 0
    assert pairwise_weights(matrix).consistency_ratio > 0.1


@settings(max_examples=15, deadline=None, derandomize=True)
@given(answers())
def test_no_other_single_answer_mends_more(matrix):
    worst = worst_comparison(matrix)
    before = pairwise_weights(matrix).consistency_ratio
    if worst is None:
        assert before == 0
        return
    assert worst.consistency_ratio <= before
    for row, column in itertools.combinations(range(len(matrix)), 2):
        for answer in SCALE:
            other = np.array(matrix)
            other[row, column], other[column, row] = answer, 1 / answer
            after = pairwise_weights(other).consistency_ratio
            assert after >= worst.consistency_ratio - 1e-7


def test_the_mended_answer_keeps_to_the_scale():
    """1 : 9 and 1 : 9 would need 1 : 81."""
    worst = worst_comparison([[1, 9, 1], [None, 1, 9], [None, None, 1]])
    assert (worst.row, worst.column) == (0, 1)
    assert worst.mended == pytest.approx(1 / 9)
    matrix = reciprocal([9, 1 / 9, 9, 9, 1, 9], 4)
    mended = worst_comparison(matrix)
    assert 1 / 9 - 1e-12 <= mended.mended <= 9 + 1e-12


def test_an_answer_that_nothing_else_checks_is_never_the_odd_one():
    """Criterion 3 hangs on one comparison; only the triangle 0, 1, 2 can contradict itself."""
    worst = worst_comparison(reciprocal([2, 2, None, 9, None, 9], 4))
    assert worst.column != 3


def test_far_apart_answers_stay_finite():
    size = 40
    matrix = [[None] * size for _ in range(size)]
    for item in range(size - 1):
        matrix[item][item + 1] = 1e9
    result = pairwise_weights(matrix, scale=1e9)
    assert result.weights.tolist()[:2] == pytest.approx([1 - 1e-9, 1e-9])
    assert np.isfinite(result.comparisons).all()
    assert result.consistency_ratio == 0


def test_typed_decimals_are_taken_for_their_fractions():
    result = pairwise_weights([[1, 0.3333333], [3, 1]])
    assert result.weights.tolist() == pytest.approx([0.25, 0.75], rel=1e-6)


@pytest.mark.parametrize(
    ("matrix", "place", "words"),
    [
        ([[1, 2, 3]], (None, None), "square"),
        ([], (None, None), "square"),
        (3, (None, None), "square"),
        ([[1, 2], [0.5]], (None, None), "differ in length"),
        ([[1, "2"], [0.5, 1]], (0, 1), "not a number"),
        ([[1, True], [1, 1]], (0, 1), "not a number"),
        ([[1, math.inf], [0, 1]], (0, 1), "not a finite number"),
        ([[1, 0], [None, 1]], (0, 1), "0 is not above 0"),
        ([[1, -2], [None, 1]], (0, 1), "-2 is not above 0"),
        ([[1, 10], [None, 1]], (0, 1), "10 is outside the scale of 1/9 to 9"),
        ([[1, 0.1], [None, 1]], (0, 1), "0.1 is outside the scale"),
        ([[1, 2], [0.5, 2]], (1, 1), "2 is not 1; a criterion"),
        ([[1, 3], [0.33, 1]], (1, 0), "0.33 is not 1 / 3"),
        ([[1, 3], [3, 1]], (1, 0), "3 is not 1 / 3"),
    ],
)
def test_comparisons_that_cannot_be_used(matrix, place, words):
    for function in (pairwise_weights, worst_comparison):
        with pytest.raises(InputError, match=words) as caught:
            function(matrix)
        assert (caught.value.row, caught.value.column) == place


def test_groups_that_no_comparison_joins_are_named():
    with pytest.raises(InputError, match=r"\{0, 2\} and \{1, 4\} and \{3\}"):
        pairwise_weights(
            [
                [1, None, 3, None, None],
                [None, 1, None, None, 5],
                [None, None, 1, None, None],
                [None, None, None, 1, None],
                [None, None, None, None, 1],
            ]
        )


@pytest.mark.parametrize("scale", [1, 0.5, 2e9, -9])
def test_a_scale_that_is_none(scale):
    with pytest.raises(InputError, match="not above 1"):
        pairwise_weights([[1]], scale=scale)


def test_another_scale():
    assert pairwise_weights([[1, 20], [None, 1]], scale=20).weights[1] == pytest.approx(1 / 21)


def test_an_unknown_prioritization():
    with pytest.raises(InputError, match="eigenvector, geometric_mean"):
        pairwise_weights([[1]], "mean")


def test_the_random_indices_are_those_printed():
    """Saaty, T. (1980). The Analytic Hierarchy Process. McGraw-Hill: for 1 to 15 criteria."""
    printed = "0 0 0.58 0.90 1.12 1.24 1.32 1.41 1.45 1.49 1.51 1.48 1.56 1.57 1.59"
    assert [float(index) for index in printed.split()] == list(RANDOM_INDICES)
    for count in range(3, 16):
        found = pairwise_weights(np.ones((count, count))).random_index
        assert found == RANDOM_INDICES[count - 1]


def test_the_scale_ends_at_nine_unless_told():
    with pytest.raises(InputError, match=r"9\.5 is outside the scale of 1/9 to 9"):
        worst_comparison([[1, 9.5], [None, 1]])


def test_what_is_left_when_the_scale_ends_before_the_mended_answer():
    """By hand: 1 : 81 is wanted, 1 : 9 is left, and a12 a23 / a13 is 9 instead of 1."""
    worst = worst_comparison(reciprocal([9, 1 / 9, 9], 3))
    assert (worst.row, worst.column, worst.mended) == (0, 1, pytest.approx(1 / 9))
    t = 9 ** (1 / 3)
    assert worst.consistency_ratio == pytest.approx((t + 1 / t - 2) / 2 / 0.58)


def test_a_scale_of_less_than_two():
    weights = pairwise_weights([[1, 1.5], [None, 1]], scale=1.5).weights
    assert weights.tolist() == pytest.approx([0.6, 0.4])
