import numpy as np
import pytest

from mcda.engine import NORMALIZATIONS, InputError, normalize
from mcda.engine.normalization import column_ends, column_shares, unit_columns


def column(cells, direction, **options):
    return normalize(np.array(cells, dtype=float)[:, np.newaxis], [direction], **options)[:, 0]


@pytest.mark.parametrize(
    ("name", "direction", "constant", "expected"),
    [
        ("vector", 1, 7, [0.5] * 4),
        ("vector", -1, 7, [0.5] * 4),
        ("vector", 1, 0, [0] * 4),
        ("vector", -1, 0, [1] * 4),
        ("vector", 1, -7, [-0.5] * 4),
        ("minmax", 1, 7, [1] * 4),
        ("minmax", -1, 7, [1] * 4),
        ("minmax", 1, 0, [1] * 4),
        ("minmax", -1, -7, [1] * 4),
        ("linear", 1, 7, [1] * 4),
        ("linear", -1, 7, [1] * 4),
        ("linear", 1, 0, [0] * 4),
        ("sum", 1, 7, [0.25] * 4),
        ("sum", -1, 7, [0.25] * 4),
        ("sum", 1, 0, [0] * 4),
    ],
)
def test_constant_columns_as_the_table_says(name, direction, constant, expected):
    assert column([constant] * 4, direction, normalization=name).tolist() == expected


@pytest.mark.parametrize("name", ["linear", "sum"])
@pytest.mark.parametrize(
    ("cells", "direction", "words"),
    [([1, -2], 1, "-2 is negative"), ([1, -2], -1, "-2 is negative"), ([1, 0], -1, "0 in a cost")],
)
def test_linear_and_sum_refuse_what_they_are_not_defined_for(name, cells, direction, words):
    with pytest.raises(InputError, match=words) as caught:
        column(cells, direction, normalization=name)
    assert (caught.value.row, caught.value.column) == (1, 0)


def test_logarithms_are_shared_out():
    """Zavadskas, E., Turskis, Z. (2008). A new logarithmic normalization method in games theory.
    Informatica 19(2), 303-314: the benefits add up to 1, and so do the costs."""
    cells = [10, 100, 1000]
    np.testing.assert_allclose(
        column(cells, 1, normalization="logarithmic"), [1 / 6, 2 / 6, 3 / 6], rtol=1e-14
    )
    np.testing.assert_allclose(
        column(cells, -1, normalization="logarithmic"), [5 / 12, 4 / 12, 3 / 12], rtol=1e-14
    )


@pytest.mark.parametrize("direction", [1, -1])
def test_logarithms_of_constants_and_below_one(direction):
    for cells in ([1, 1], [7, 7]):
        assert column(cells, direction, normalization="logarithmic").tolist() == [0.5, 0.5]
    assert column([7], direction, normalization="logarithmic").tolist() == [1]
    with pytest.raises(InputError, match=r"0\.5 is below 1") as caught:
        column([1, 0.5], direction, normalization="logarithmic")
    assert (caught.value.row, caught.value.column) == (1, 0)


def test_vector_and_minmax_take_negatives():
    assert column([-3, 4], 1, normalization="vector").tolist() == [-0.6, 0.8]
    assert column([-3, 4], -1, normalization="vector").tolist() == [1.6, 1 - 0.8]
    assert column([-3, 0, 3], -1).tolist() == [1, 0.5, 0]


def test_rounding_noise_is_not_blown_up_to_the_whole_scale():
    """0.1 + 0.2 and 0.3 are one figure; min-max of noise would put them at 1 and 0."""
    assert column([0.1 + 0.2, 0.3], 1).tolist() == [1, 1]
    assert len(set(column([0.1 + 0.2, 0.3], 1, normalization="vector").tolist())) == 1
    assert column([1e9, 1e9 + 1], 1).tolist() == [0, 1]


@pytest.mark.parametrize("scale", [1e-300, 1e-160, 1.0, 1e160, 1e307])
@pytest.mark.parametrize("name", sorted(set(NORMALIZATIONS) - {"logarithmic"}))
@pytest.mark.parametrize("direction", [1, -1])
def test_no_magnitude_overflows_or_vanishes(name, direction, scale):
    expected = column([3, 4, 12], direction, normalization=name)
    actual = column(np.array([3, 4, 12]) * scale, direction, normalization=name)
    np.testing.assert_allclose(actual, expected, rtol=1e-13)


def test_a_range_wider_than_the_largest_float():
    assert column([-1.7e308, 0, 1.7e308], 1).tolist() == [0, 0.5, 1]
    assert column([0, 1.6e308], -1, bounds=[(-1.6e308, 1.6e308)]).tolist() == [0.5, 0]
    assert column([0, 5e-324], 1).tolist() == [0, 1]


def test_bounds_give_each_cell_its_place_in_the_range():
    assert column([20, 60], 1, bounds=[(0, 80)]).tolist() == [0.25, 0.75]
    assert column([20, 60], -1, bounds=[(0, 80)]).tolist() == [0.75, 0.25]
    with pytest.raises(InputError, match="outside the declared range"):
        column([20, 90], 1, bounds=[(0, 80)])


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize(("rows", "columns"), [(10_240, 8), (10_007, 7), (10_000, 600), (3, 2)])
def test_the_ends_of_columns_however_long(rows, columns, order):
    cells = np.random.default_rng(1).normal(size=(rows, columns)).astype(float, order=order)
    for place, extreme in ((0, 9.0), (rows - 1, -9.0), (rows // 2, 8.0)):
        cells[place, place % columns] = extreme
    low, high = column_ends(cells)
    assert low.tolist() == np.sort(cells, axis=0)[0].tolist()
    assert high.tolist() == np.sort(cells, axis=0)[-1].tolist()


@pytest.mark.parametrize("scale", [1e-300, 1.0, 1e300])
def test_the_ends_of_unit_columns_are_cells_of_theirs(scale):
    cells = np.array([[3.0, 7.0, 0.0, -5.0], [4.0, 7.0, 0.0, 0.3], [-1.0, 7.0, 0.0, 2.0]]) * scale
    unit, low, high = unit_columns(cells)
    assert low.tolist() == unit.min(axis=0).tolist()
    assert high.tolist() == unit.max(axis=0).tolist()


def test_an_unknown_normalization_is_refused():
    with pytest.raises(InputError, match="allowed: vector, minmax, linear, sum, logarithmic"):
        column([1, 2], 1, normalization="max")


def test_a_column_is_constant_up_to_a_trillionth_of_its_largest_cell():
    assert column([1, 1 + 0.9e-12], 1).tolist() == [1, 1]
    assert column([1, 1 + 1.1e-12], 1).tolist() == [0, 1]


def test_the_ends_of_ordinary_unit_columns():
    unit, low, high = unit_columns(np.array([[3.0, -8.0], [4.0, 6.0]]))
    assert unit.tolist() == [[0.6, -0.8], [0.8, 0.6]]
    assert (low.tolist(), high.tolist()) == ([0.6, -0.8], [0.8, 0.6])


def test_shares_of_a_sum_that_would_overflow():
    cells = np.array([[1e308, 1.0], [1e308, 0.0], [0.0, 3.0]])
    assert column_shares(cells).tolist() == [[0.5, 0.25], [0.5, 0], [0, 0.75]]


def test_a_range_wider_than_the_largest_float_beside_others():
    cells = [[-1.7e308, 0, 0], [0, 0.8e308, 5e-324], [1.7e308, 1.6e308, 1e-323]]
    expected = [[0, 0, 0], [0.5, 0.5, 0.5], [1, 1, 1]]
    assert normalize(cells, [1, 1, 1]).tolist() == expected
