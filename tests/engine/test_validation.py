import decimal

import numpy as np
import pytest

from mcda.engine import InputError, rank, rank_batch
from mcda.engine.validation import (
    as_floats,
    check_bounds,
    check_directions,
    check_matrix,
    check_weight_vectors,
    check_weights,
    check_within,
)


def fault(call, *args, **kwargs):
    with pytest.raises(InputError) as caught:
        call(*args, **kwargs)
    return caught.value


@pytest.mark.parametrize(
    ("matrix", "place", "words"),
    [
        ([[1, 2], [3, True]], (1, 1), "bool"),
        ([[1, "2"], [3, 4]], (0, 1), "str"),
        ([[1, None], [3, 4]], (0, 1), "NoneType"),
        ([[1, 2], [decimal.Decimal(3), 4]], (1, 0), "Decimal"),
        ([[1, 2 + 1j], [3, 4]], (0, 1), "complex"),
        ([[1, 2], [3, 4 + 0j]], (1, 1), "complex"),
        (np.array([[True, False]]), (0, 0), "bool"),
        (np.array([[1 + 2j]]), (0, 0), "complex"),
        (np.array([["1"]]), (0, 0), "str"),
        ([[1.0, np.nan]], (0, 1), "nan"),
        ([[1.0, 2.0], [-np.inf, 0.0]], (1, 0), "-inf"),
        ([[1, 2], [3]], (None, None), "differ in length"),
        ([[10**400, 1]], (None, None), "object"),
        (np.array([[1.5, 2]], dtype=object), (None, None), "object"),
        ([1, 2], (None, None), "2 dimensions (alternatives, criteria)"),
        ([[[1]]], (None, None), "2 dimensions"),
        (5, (None, None), "2 dimensions"),
        (np.empty((0, 3)), (None, None), "empty"),
        (np.empty((3, 0)), (None, None), "empty"),
        (np.ma.masked_array([[1.0, 2.0]], mask=[[False, True]]), (None, None), "masked"),
    ],
)
def test_a_matrix_that_is_not_finite_numbers_is_refused(matrix, place, words):
    error = fault(check_matrix, matrix)
    assert (error.row, error.column) == place
    assert error.argument == "matrix"
    assert words in str(error)


def test_any_real_number_type_is_taken():
    for dtype in ("int8", "uint64", "float16", "float32", "longdouble"):
        cells = check_matrix(np.array([[1, 2]], dtype=dtype))
        assert cells.dtype == np.float64
        assert cells.tolist() == [[1, 2]]
    assert check_matrix([[np.float32(1), np.int64(2)]]).tolist() == [[1, 2]]
    assert check_matrix(((1, 2), (3, 4))).tolist() == [[1, 2], [3, 4]]


def test_a_kind_of_array_with_rules_of_its_own_becomes_a_plain_one():
    class Odd(np.ndarray):
        def __mul__(self, other):
            raise AssertionError("not ours")

    odd = np.array([[1.0, 2.0], [3.0, 1.0]]).view(Odd)
    assert type(check_matrix(odd)) is np.ndarray
    assert (
        rank(odd, [1, 1], [1, 1]).scores.tolist()
        == rank([[1, 2], [3, 1]], [1, 1], [1, 1]).scores.tolist()
    )


@pytest.mark.skipif(np.finfo(np.longdouble).max <= np.finfo(float).max, reason="no longer float")
def test_a_number_beyond_the_floats_is_refused():
    assert fault(check_matrix, np.array([["1e400"]], dtype=np.longdouble)).column == 0


@pytest.mark.parametrize(
    ("weights", "column", "words"),
    [
        ([1, -0.5, 1], 1, "negative"),
        ([1, 1, np.nan], 2, "nan"),
        ([np.inf, 1, 1], 0, "inf"),
        ([0, 0, 0], None, "all weights are 0"),
        ([1, 1], None, "covers 2 criteria, but the matrix has 3"),
        ([[1, 1, 1]], None, "1 dimension (criteria)"),
        ([1, True, 1], 1, "bool"),
        ([], None, "empty"),
    ],
)
def test_weights_that_cannot_be_used_are_refused(weights, column, words):
    error = fault(check_weights, weights, 3)
    assert (error.argument, error.row, error.column) == ("weights", None, column)
    assert words in str(error)


@pytest.mark.parametrize(
    ("vectors", "place", "words"),
    [
        ([[1, 1], [2, -1]], (1, 1), "negative"),
        ([[1, 1], [1, 1], [0, 0]], (2, None), "all weights of this row are 0"),
        ([[np.nan, 1]], (0, 0), "nan"),
        ([[1, 1, 1]], (None, None), "covers 3 criteria, but the matrix has 2"),
        ([1, 1], (None, None), "2 dimensions (samples, criteria)"),
    ],
)
def test_weight_vectors_that_cannot_be_used_are_refused(vectors, place, words):
    error = fault(check_weight_vectors, vectors, 2)
    assert (error.row, error.column) == place
    assert words in str(error)


@pytest.mark.parametrize("scale", [1e308, 1.0, 1e-300, 5e-324])
def test_weights_of_any_magnitude_sum_to_1(scale):
    assert check_weights([scale, scale], 2).tolist() == [0.5, 0.5]
    assert check_weight_vectors([[scale, scale], [0, scale]], 2).tolist() == [[0.5, 0.5], [0, 1]]


def test_the_callers_weights_are_left_alone():
    weights = np.array([0.25, 0.75])
    result = rank([[1, 2], [2, 1]], weights, [1, 1])
    assert result.weights is not weights
    weights[0] = 9.0
    assert result.weights.tolist() == [0.25, 0.75]


@pytest.mark.parametrize("item", [0, True, False, 2, "MAX", "maximize", None, np.nan, [1], 1 + 0j])
def test_an_unknown_direction_is_refused(item):
    error = fault(check_directions, [1, item], 2)
    assert (error.argument, error.row, error.column) == ("directions", None, 1)
    assert "'max'" in str(error)


@pytest.mark.parametrize(
    ("directions", "words"),
    [
        ("max", "one direction a criterion"),
        (1, "one direction a criterion"),
        ([1], "covers 1 criteria, but the matrix has 2"),
        ([1, 1, 1], "covers 3 criteria"),
    ],
)
def test_directions_must_be_one_a_criterion(directions, words):
    assert words in str(fault(check_directions, directions, 2))


def test_directions_come_as_words_and_numbers():
    assert check_directions(np.array([1, -1]), 2).tolist() == [1, -1]
    assert check_directions(("min", np.int8(1)), 2).tolist() == [-1, 1]
    assert check_directions(np.array(["max", "min"]), 2).tolist() == [1, -1]
    assert check_directions([1.0, -1.0], 2).tolist() == [1, -1]


@pytest.mark.parametrize(
    ("bounds", "row", "words"),
    [
        ([(0, 1), (5, 1)], 1, "low end 5 must be below the high end 1"),
        ([(2, 2), (0, 1)], 0, "low end 2"),
        ([(0, 1)], None, "covers 1 criteria"),
        ([(0, 1, 2), (0, 1, 2)], None, "a low and a high end"),
        ([(0, 1), (0, np.inf)], 1, "inf"),
    ],
)
def test_bounds_that_are_no_ranges_are_refused(bounds, row, words):
    error = fault(check_bounds, bounds, 2)
    assert error.argument == "bounds"
    assert error.row == row
    assert words in str(error)


def test_a_cell_outside_its_range_is_refused_naming_it():
    error = fault(check_within, np.array([[1.0, 2.0], [3.0, 11.0]]), np.array([[0, 5], [0, 10.0]]))
    assert (error.row, error.column) == (1, 1)
    assert "11 is outside the declared range 0 to 10" in str(error)


def test_more_than_rounding_beyond_the_end_of_a_range_is_a_fault():
    """A billionth of the range is rounding, ten of them are not."""
    ends = np.array([[0.0, 10.0]])
    assert check_within(np.array([[10 + 0.9e-8]]), ends).tolist() == [[10]]
    assert fault(check_within, np.array([[10 + 1e-7]]), ends).column == 0
    assert fault(check_within, np.array([[-1e-7]]), ends).column == 0


def test_rounding_beyond_the_end_of_a_range_is_no_fault():
    cells = check_within(np.array([[0.1 + 0.2]]), np.array([[0, 0.3]]))
    assert cells.tolist() == [[0.3]]


def test_ranges_as_wide_as_the_floats_can_be_checked():
    wide = np.array([[-1.7e308, 1.7e308]])
    assert check_within(np.array([[1.6e308]]), wide).tolist() == [[1.6e308]]


@pytest.mark.parametrize("call", [rank, rank_batch])
def test_unknown_methods_and_options_are_refused_naming_the_known_ones(call):
    weights = [1, 1] if call is rank else [[1, 1]]
    error = fault(call, [[1, 2]], weights, [1, 1], method="electre")
    assert "'electre' is unknown; allowed: weighted_sum, topsis, topsis_anchored" in str(error)
    error = fault(call, [[1, 2]], weights, [1, 1], method=None)
    assert error.argument == "method"
    error = fault(call, [[1, 2]], weights, [1, 1], normalisation="minmax")
    assert "topsis has no option 'normalisation'; allowed: normalization" in str(error)
    error = fault(call, [[1, 2]], weights, [1, 1], normalization="sum")
    assert "'sum' is unknown; allowed: vector, minmax" in str(error)


def test_an_error_without_a_place_is_its_reason():
    assert str(InputError("too few")) == "too few"
    assert str(InputError("too few", argument="weights")) == "weights: too few"
    assert isinstance(InputError("too few"), ValueError)


def test_a_list_over_alternatives_counts_rows():
    assert fault(as_floats, [1, np.nan], "scores", ("alternatives",)).row == 1
