import numpy as np
import pytest

from mcda.engine import InputError
from mcda.engine.robustness import (
    Discrete,
    Exact,
    LogNormal,
    Normal,
    Triangular,
    UncertainMatrix,
    Uniform,
    Unknown,
)

SAMPLES = 40_000
MOMENTS = [  # cell, mean, variance
    (Exact(3), 3, 0),
    (Uniform(2, 8), 5, 36 / 12),
    (Triangular(0, 2, 7), 3, (0 + 4 + 49 - 0 * 2 - 0 * 7 - 2 * 7) / 18),
    (Normal(-4, 2), -4, 4),
    (LogNormal(0.5, 0.4), np.exp(0.58), (np.exp(0.16) - 1) * np.exp(1.16)),
    (Discrete((1, 5, 9), (1, 2, 1)), 5, 8),
]
RANGES, DIRECTIONS = [(0, 10), (0, 4)], ["max", "min"]


def test_every_distribution_has_its_mean_and_variance():
    matrix = UncertainMatrix([[cell for cell, _, _ in MOMENTS], [1, 2, 3, 4, 5, 6]])
    drawn = matrix.draw(SAMPLES, np.random.default_rng(1))
    assert drawn.shape == (SAMPLES, 2, 6)
    assert (drawn[:, 1] == [1, 2, 3, 4, 5, 6]).all()
    for column, (_, mean, variance) in zip(drawn[:, 0].T, MOMENTS, strict=True):
        assert abs(column.mean() - mean) <= 5 * np.sqrt(variance / SAMPLES)
        scatter = ((column - mean) ** 2).std()
        assert abs(((column - mean) ** 2).mean() - variance) <= 5 * scatter / np.sqrt(SAMPLES)


def test_shapes_are_as_named():
    """A quarter of the way along: 1/4 of a uniform, (2/4)^2 / 2 of an even triangle."""
    matrix = UncertainMatrix([[Uniform(0, 4), Triangular(0, 2, 4), LogNormal(1, 1)]])
    drawn = matrix.draw(SAMPLES, np.random.default_rng(2))[:, 0]
    for share, expected in (
        ((drawn[:, 0] < 1).mean(), 0.25),
        ((drawn[:, 1] < 1).mean(), 0.125),
        ((drawn[:, 2] < np.e).mean(), 0.5),
    ):
        assert abs(share - expected) <= 5 * np.sqrt(expected * (1 - expected) / SAMPLES)


def test_cells_are_independent():
    drawn = UncertainMatrix([[Uniform(0, 1)] * 2] * 2).draw(SAMPLES, np.random.default_rng(3))
    correlation = np.corrcoef(drawn.reshape(SAMPLES, 4), rowvar=False)
    assert np.abs(correlation - np.eye(4)).max() <= 5 / np.sqrt(SAMPLES)


def test_support():
    low, high = UncertainMatrix([[cell for cell, _, _ in MOMENTS]]).support()
    np.testing.assert_array_equal(low, [[3, 2, 0, np.nan, np.nan, 1]])
    np.testing.assert_array_equal(high, [[3, 8, 7, np.nan, np.nan, 9]])
    assert UncertainMatrix([[Discrete((1, 5), (1, 0))]]).support()[1].tolist() == [[1]]


def test_ranges_of_no_width_are_exact():
    matrix = UncertainMatrix([[Uniform(2, 2), Triangular(3, 3, 3), 4]])
    assert matrix.exact
    assert matrix.cells == ((Exact(2.0), Exact(3.0), Exact(4.0)),)


def test_unknowns_at_their_worst_and_best():
    matrix = UncertainMatrix([[Unknown(), Unknown()], [Unknown(), 3]])
    assert matrix.settled(RANGES, DIRECTIONS, "worst").support()[0].tolist() == [[0, 4], [0, 3]]
    assert matrix.settled(RANGES, DIRECTIONS, "best").support()[0].tolist() == [[10, 0], [10, 3]]
    worst = matrix.settled(RANGES, DIRECTIONS, "worst", alternative=0)
    assert worst.support()[0].tolist() == [[0, 4], [10, 3]]
    best = matrix.settled(RANGES, DIRECTIONS, "best", alternative=0)
    assert best.support()[0].tolist() == [[10, 0], [0, 3]]


def test_unknowns_anywhere_are_uniform_on_the_range():
    matrix = UncertainMatrix([[Unknown(), 3]]).settled(RANGES, DIRECTIONS)
    assert matrix.cells == ((Uniform(0.0, 10.0), Exact(3.0)),)


def test_unknowns_are_settled_before_drawing():
    with pytest.raises(InputError, match="settle unknown cells") as caught:
        UncertainMatrix([[1, 2], [3, Unknown()]]).draw(1, np.random.default_rng(1))
    assert (caught.value.row, caught.value.column) == (1, 1)


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("high", "'high' is not a number"),
        (True, "True is not a number"),
        (None, "None is not a number"),
        (np.nan, "nan is not a finite number"),
        (Exact(np.inf), "inf is not a finite number"),
        (Uniform(3, 2), "3 to 2 does not rise"),
        (Triangular(1, 5, 4), "1 to 5 to 4 does not rise"),
        (Normal(0, -1), "a standard deviation of -1 is below 0"),
        (LogNormal(0, np.nan), "nan is not a finite number"),
        (Discrete((1, 2), (1,)), "2 values, but 1 probabilities"),
        (Discrete((1, 2), (0, 0)), "not all 0"),
        (Discrete((1, 2), (-1, 2)), "0 or more"),
        (Discrete((), ()), "it is empty"),
    ],
)
def test_bad_cells_are_named(cell, message):
    with pytest.raises(InputError, match=message) as caught:
        UncertainMatrix([[1, 2], [3, cell]])
    error = caught.value
    assert (error.argument, error.row, error.column) == ("matrix", 1, 1)


def test_bad_shapes_are_named():
    for cells in ([], [[]]):
        with pytest.raises(InputError, match="it is empty"):
            UncertainMatrix(cells)
    with pytest.raises(InputError, match="1 cells, the first row has 2") as caught:
        UncertainMatrix([[1, 2], [3]])
    assert caught.value.row == 1


def test_bad_settling_is_refused():
    matrix = UncertainMatrix([[Unknown(), 1]])
    with pytest.raises(InputError, match="allowed: worst, best, anywhere"):
        matrix.settled(RANGES, DIRECTIONS, "middle")
    with pytest.raises(InputError, match="there is no alternative 1"):
        matrix.settled(RANGES, DIRECTIONS, "best", alternative=1)
    with pytest.raises(InputError, match="bounds"):
        matrix.settled(RANGES[:1], DIRECTIONS)
