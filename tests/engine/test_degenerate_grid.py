"""Eighteen awkward inputs through every method; every expected value is closed form."""

from dataclasses import dataclass, field

import numpy as np
import pytest

from mcda.engine import METHODS, InputError, rank, rank_batch

THIRD_OF_GOLD = 1 / (1 + 5**0.5)  # 0.309...: half on one criterion, nothing on the other


@dataclass(frozen=True)
class Row:
    name: str
    matrix: object
    bounds: list
    scores: dict = field(default_factory=dict)
    ranks: list = field(default_factory=list)
    weights: object = (1, 1)
    directions: object = (1, 1)
    fault: tuple | None = None  # argument, row, column

    def __str__(self):
        return self.name


def expect(weighted_sum, topsis, topsis_anchored):
    return {
        "weighted_sum": weighted_sum,
        "topsis": topsis,
        "topsis_anchored": topsis_anchored,
    }


HALVES = expect(
    [0.5, 0.75, 1], [0, 0.5, 1], [THIRD_OF_GOLD, 0.5, 1 - THIRD_OF_GOLD]
)  # first criterion worst, middle, best; second constant, and in the middle of its range
LINE = expect([0, 0.5, 1], [0, 0.5, 1], [0, 0.5, 1])

GRID = [
    Row("constant column", [[1, 7], [3, 7], [5, 7]], [(1, 5), (0, 14)], HALVES, [3, 2, 1]),
    Row("all zero", [[0, 0], [0, 0]], [(0, 1), (0, 1)], expect([1, 1], [0.5, 0.5], [0, 0]), [1, 1]),
    Row(
        "identical rows",
        [[2, 3], [2, 3]],
        [(0, 4), (0, 6)],
        expect([1, 1], [0.5, 0.5], [0.5, 0.5]),
        [1, 1],
    ),
    Row("one alternative", [[2, 3]], [(0, 4), (0, 6)], expect([1], [0.5], [0.5]), [1]),
    Row(
        "one criterion",
        [[1], [2], [3]],
        [(1, 3)],
        LINE,
        [3, 2, 1],
        weights=[4],
        directions=["max"],
    ),
    Row(
        "a zero weight",
        [[1, 9], [3, 5], [5, 1]],
        [(1, 5), (0, 10)],
        LINE,
        [3, 2, 1],
        weights=[1, 0],
    ),
    Row(
        "weights summing to 10",
        [[0, 4], [4, 0]],
        [(0, 4), (0, 4)],
        expect([0.25, 0.75], [0.25, 0.75], [0.25, 0.75]),
        [2, 1],
        weights=[7.5, 2.5],
    ),
    Row(
        "a negative weight",
        [[1, 2], [3, 4]],
        [(0, 9), (0, 9)],
        weights=[2, -1],
        fault=("weights", None, 1),
    ),
    Row(
        "a NaN weight",
        [[1, 2], [3, 4]],
        [(0, 9), (0, 9)],
        weights=[np.nan, 1],
        fault=("weights", None, 0),
    ),
    Row("a NaN cell", [[1, 2], [3, np.nan]], [(0, 9), (0, 9)], fault=("matrix", 1, 1)),
    Row("an infinite cell", [[1, 2], [-np.inf, 4]], [(0, 9), (0, 9)], fault=("matrix", 1, 0)),
    Row("negatives", [[-2, -1], [0, -1], [2, -1]], [(-2, 2), (-2, 0)], HALVES, [3, 2, 1]),
    Row(
        "zeros in a cost",
        [[0], [2], [4]],
        [(0, 4)],
        expect([1, 0.5, 0], [1, 0.5, 0], [1, 0.5, 0]),
        [1, 2, 3],
        weights=[1],
        directions=["min"],
    ),
    Row(
        "direction 0",
        [[1, 2], [3, 4]],
        [(0, 9), (0, 9)],
        directions=[1, 0],
        fault=("directions", None, 1),
    ),
    Row(
        "ties",
        [[0.1 + 0.2, 1], [0.3, 1], [0, 1]],
        [(0, 0.3), (0, 2)],
        expect([1, 1, 0.5], [1, 1, 0], [1 - THIRD_OF_GOLD, 1 - THIRD_OF_GOLD, THIRD_OF_GOLD]),
        [1, 1, 3],
    ),
    Row(
        "huge",
        [[1e300, 1e308], [3e300, 1e308], [5e300, 1e308]],
        [(1e300, 5e300), (0.5e308, 1.5e308)],
        HALVES,
        [3, 2, 1],
        weights=[1e308, 1e308],
    ),
    Row(
        "tiny",
        [[1e-300, 1e-300], [3e-300, 1e-300], [5e-300, 1e-300]],
        [(1e-300, 5e-300), (0, 2e-300)],
        HALVES,
        [3, 2, 1],
        weights=[1e-300, 1e-300],
    ),
    Row(
        "integers",
        np.array([[1, 7], [3, 7], [5, 7]], dtype=np.uint8),
        [(1, 5), (0, 14)],
        HALVES,
        [3, 2, 1],
        weights=np.array([3, 3]),
        directions=np.array([1, 1], dtype=np.int8),
    ),
]
assert len(GRID) == 18


def options_for(method, row):
    return {"bounds": row.bounds} if method == "topsis_anchored" else {}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("row", [row for row in GRID if row.fault is None], ids=str)
def test_degenerate_input_has_its_defined_result(row, method):
    result = rank(row.matrix, row.weights, row.directions, method, **options_for(method, row))
    np.testing.assert_allclose(result.scores, row.scores[method], rtol=1e-12, atol=1e-15)
    assert result.ranks.tolist() == row.ranks
    assert all(np.isfinite(table).all() for table in result.steps.values())


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("row", [row for row in GRID if row.fault is None], ids=str)
def test_the_batch_form_agrees_on_degenerate_input(row, method):
    scores = rank_batch(
        row.matrix, [row.weights] * 2, row.directions, method, **options_for(method, row)
    )
    np.testing.assert_allclose(scores, [row.scores[method]] * 2, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("row", [row for row in GRID if row.fault is not None], ids=str)
def test_bad_input_is_refused_naming_the_place(row, method):
    with pytest.raises(InputError) as caught:
        rank(row.matrix, row.weights, row.directions, method, **options_for(method, row))
    error = caught.value
    assert (error.argument, error.row, error.column) == row.fault
    assert str(row.fault[2]) in str(error)
    assert "counting from 0" in str(error)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("row", [row for row in GRID if row.fault is not None], ids=str)
def test_the_batch_form_refuses_bad_input_too(row, method):
    vectors = [np.ones(2), row.weights]
    with pytest.raises(InputError) as caught:
        rank_batch(row.matrix, vectors, row.directions, method, **options_for(method, row))
    argument, at_row, column = row.fault
    if argument == "weights":
        argument, at_row = "weight_vectors", 1
    assert (caught.value.argument, caught.value.row, caught.value.column) == (
        argument,
        at_row,
        column,
    )
