"""Eighteen awkward inputs through every method; every expected value is closed form.

``EXPECTED`` holds, for each method and each kind of input, the scores worked out by hand from the
method's definition, or the place at which the method must refuse it.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
import pytest

from mcda.engine import METHODS, InputError, rank, rank_batch

THIRD_OF_GOLD = 1 / (1 + 5**0.5)  # 0.309...: half on one criterion, nothing on the other
LINE = [0, 0.5, 1]  # worst, middle, best
DOWN = [1, 0.5, 0]  # the same where the lowest score is the best
G3, G4 = 3 ** (1 / 3), 4 ** (1 / 3)  # geometric means of 1, 1.5, 2 and of 2, 2, 1


@dataclass(frozen=True)
class Place:
    """Where an input is refused."""

    argument: str
    row: int | None
    column: int | None


FIRST_CELL = Place("matrix", 0, 0)


@dataclass(frozen=True)
class Row:
    name: str
    matrix: object
    bounds: list
    kind: object  # the key in EXPECTED, or the place where every method refuses it
    weights: object = (1, 1)
    directions: object = (1, 1)

    def __str__(self):
        return self.name


# Rows of kind "halves": the first criterion worst, middle (1, 3, 5), best; the second constant, and
# in the middle of its range.
GRID = [
    Row("constant column", [[1, 7], [3, 7], [5, 7]], [(1, 5), (0, 14)], "halves"),
    Row("all zero", [[0, 0], [0, 0]], [(0, 1), (0, 1)], "all zero"),
    Row("identical rows", [[2, 3], [2, 3]], [(0, 4), (0, 6)], "identical"),
    Row("one alternative", [[2, 3]], [(0, 4), (0, 6)], "one"),
    Row("one criterion", [[1], [2], [3]], [(1, 3)], "line", weights=[4], directions=["max"]),
    Row("a zero weight", [[1, 9], [3, 5], [5, 1]], [(1, 5), (0, 10)], "unused", weights=[1, 0]),
    Row(
        "weights summing to 10",
        [[0, 4], [4, 0]],
        [(0, 4), (0, 4)],
        "opposed",
        weights=[7.5, 2.5],
    ),
    Row(
        "a negative weight",
        [[1, 2], [3, 4]],
        [(0, 9), (0, 9)],
        Place("weights", None, 1),
        weights=[2, -1],
    ),
    Row(
        "a NaN weight",
        [[1, 2], [3, 4]],
        [(0, 9), (0, 9)],
        Place("weights", None, 0),
        weights=[np.nan, 1],
    ),
    Row("a NaN cell", [[1, 2], [3, np.nan]], [(0, 9), (0, 9)], Place("matrix", 1, 1)),
    Row("an infinite cell", [[1, 2], [-np.inf, 4]], [(0, 9), (0, 9)], Place("matrix", 1, 0)),
    Row("negatives", [[-2, -1], [0, -1], [2, -1]], [(-2, 2), (-2, 0)], "negatives"),
    Row("zeros in a cost", [[0], [2], [4]], [(0, 4)], "zero cost", weights=[1], directions=["min"]),
    Row(
        "direction 0",
        [[1, 2], [3, 4]],
        [(0, 9), (0, 9)],
        Place("directions", None, 1),
        directions=[1, 0],
    ),
    Row("ties", [[0.1 + 0.2, 1], [0.3, 1], [0, 1]], [(0, 0.3), (0, 2)], "ties"),
    Row(
        "huge",
        [[1e300, 1e308], [3e300, 1e308], [5e300, 1e308]],
        [(1e300, 5e300), (0.5e308, 1.5e308)],
        "halves",
        weights=[1e308, 1e308],
    ),
    Row(
        "tiny",
        [[1e-300, 1e-300], [3e-300, 1e-300], [5e-300, 1e-300]],
        [(1e-300, 5e-300), (0, 2e-300)],
        "halves",
        weights=[1e-300, 1e-300],
    ),
    Row(
        "integers",
        np.array([[1, 7], [3, 7], [5, 7]], dtype=np.uint8),
        [(1, 5), (0, 14)],
        "halves",
        weights=np.array([3, 3]),
        directions=np.array([1, 1], dtype=np.int8),
    ),
]
assert len(GRID) == 18


def times(factor, numbers):
    return [factor * number for number in numbers]


def appraisals(sums, powers):
    """The score of CoCoSo from its two sums, as its paper prints it."""
    total = sum(sums) + sum(powers)
    scores = []
    for s, p in zip(sums, powers, strict=True):
        a = (s + p) / total
        b = s / min(sums) + p / min(powers)
        c = (s + p) / (max(sums) + max(powers))
        scores.append((a * b * c) ** (1 / 3) + (a + b + c) / 3)
    return scores


EXPECTED = {
    "weighted_sum": {
        "halves": [0.5, 0.75, 1],
        "all zero": [1, 1],
        "identical": [1, 1],
        "one": [1],
        "line": LINE,
        "unused": LINE,
        "opposed": [0.25, 0.75],
        "negatives": [0.5, 0.75, 1],
        "zero cost": DOWN,
        "ties": [1, 1, 0.5],
    },
    "topsis": {
        "halves": LINE,
        "all zero": [0.5, 0.5],
        "identical": [0.5, 0.5],
        "one": [0.5],
        "line": LINE,
        "unused": LINE,
        "opposed": [0.25, 0.75],
        "negatives": LINE,
        "zero cost": DOWN,
        "ties": [1, 1, 0],
    },
    "topsis_anchored": {
        "halves": [THIRD_OF_GOLD, 0.5, 1 - THIRD_OF_GOLD],
        "all zero": [0, 0],
        "identical": [0.5, 0.5],
        "one": [0.5],
        "line": LINE,
        "unused": LINE,
        "opposed": [0.25, 0.75],
        "negatives": [THIRD_OF_GOLD, 0.5, 1 - THIRD_OF_GOLD],
        "zero cost": DOWN,
        "ties": [1 - THIRD_OF_GOLD, 1 - THIRD_OF_GOLD, THIRD_OF_GOLD],
    },
    "weighted_product": {
        "halves": [sqrt(0.2), sqrt(0.6), 1],
        "all zero": [0, 0],
        "identical": [1, 1],
        "one": [1],
        "line": [1 / 3, 2 / 3, 1],
        "unused": [0.2, 0.6, 1],
        "opposed": [0, 0],
        "negatives": FIRST_CELL,
        "zero cost": FIRST_CELL,
        "ties": [1, 1, 0],
    },
    "waspas": {
        "halves": [0.3 + sqrt(0.2) / 2, 0.4 + sqrt(0.6) / 2, 1],
        "all zero": [0, 0],
        "identical": [1, 1],
        "one": [1],
        "line": [1 / 3, 2 / 3, 1],
        "unused": [0.2, 0.6, 1],
        "opposed": [0.125, 0.375],
        "negatives": FIRST_CELL,
        "zero cost": FIRST_CELL,
        "ties": [1, 1, 0.25],
    },
    "promethee_ii": {
        "halves": [-0.5, 0, 0.5],
        "all zero": [0, 0],
        "identical": [0, 0],
        "one": [0],
        "line": [-1, 0, 1],
        "unused": [-1, 0, 1],
        "opposed": [-0.5, 0.5],
        "negatives": [-0.5, 0, 0.5],
        "zero cost": [1, 0, -1],
        "ties": [0.25, 0.25, -0.5],
    },
    "vikor": {
        "halves": DOWN,
        "all zero": [0, 0],
        "identical": [0, 0],
        "one": [0],
        "line": DOWN,
        "unused": DOWN,
        "opposed": [1, 0],
        "negatives": DOWN,
        "zero cost": LINE,
        "ties": [0, 0, 1],
    },
    "copras": {
        "halves": [0.5, 0.75, 1],
        "all zero": [1, 1],
        "identical": [1, 1],
        "one": [1],
        "line": [1 / 3, 2 / 3, 1],
        "unused": [0.2, 0.6, 1],
        "opposed": [1 / 3, 1],
        "negatives": FIRST_CELL,
        "zero cost": FIRST_CELL,
        "ties": [1, 1, 0.4],
    },
    "aras": {
        "halves": [9 / 17, 13 / 17, 1],
        "all zero": [1, 1],
        "identical": [1, 1],
        "one": [1],
        "line": [1 / 3, 2 / 3, 1],
        "unused": [0.2, 0.6, 1],
        "opposed": [0.25, 0.75],
        "negatives": FIRST_CELL,
        "zero cost": FIRST_CELL,
        "ties": [1, 1, 3 / 7],
    },
    "edas": {
        "halves": LINE,
        "all zero": [0.5, 0.5],
        "identical": [0.5, 0.5],
        "one": [0.5],
        "line": LINE,
        "unused": LINE,
        "opposed": [1 / 6, 5 / 6],
        "negatives": FIRST_CELL,
        "zero cost": DOWN,
        "ties": [1, 1, 0],
    },
    "mabac": {
        "halves": [(1 - G3) / 2, (1.5 - G3) / 2, (2 - G3) / 2],
        "all zero": [0, 0],
        "identical": [0, 0],
        "one": [0],
        "line": [1 - G3, 1.5 - G3, 2 - G3],
        "unused": [1 - G3, 1.5 - G3, 2 - G3],
        "opposed": [1.25 - sqrt(2), 1.75 - sqrt(2)],
        "negatives": [(1 - G3) / 2, (1.5 - G3) / 2, (2 - G3) / 2],
        "zero cost": [2 - G3, 1.5 - G3, 1 - G3],
        "ties": [(2 - G4) / 2, (2 - G4) / 2, (1 - G4) / 2],
    },
    "codas": {
        "halves": [-1.2, 0, 1.2],
        "all zero": [0, 0],
        "identical": [0, 0],
        "one": [0],
        "line": [-2, 0, 2],
        "unused": [-2.4, 0, 2.4],
        "opposed": [-1, 1],
        "negatives": FIRST_CELL,
        "zero cost": FIRST_CELL,
        "ties": [1, 1, -2],
    },
    "marcos": {
        "halves": times(1.6 / 1.96, [0.6, 0.8, 1]),
        "all zero": [2 / 3, 2 / 3],
        "identical": [2 / 3, 2 / 3],
        "one": [2 / 3],
        "line": times(12 / 13, [1 / 3, 2 / 3, 1]),
        "unused": times(1.2 / 1.24, [0.2, 0.6, 1]),
        "opposed": [0.25, 0.75],
        "negatives": FIRST_CELL,
        "zero cost": FIRST_CELL,
        "ties": times(6 / 7, [1, 1, 0.5]),
    },
    "moora": {
        "halves": [(x / sqrt(35) + 1 / sqrt(3)) / 2 for x in (1, 3, 5)],
        "all zero": [0, 0],
        "identical": [sqrt(0.5), sqrt(0.5)],
        "one": [1],
        "line": times(1 / sqrt(14), [1, 2, 3]),
        "unused": times(1 / sqrt(35), [1, 3, 5]),
        "opposed": [0.25, 0.75],
        "negatives": [(x * sqrt(0.5) - 1 / sqrt(3)) / 2 for x in (-1, 0, 1)],
        "zero cost": times(-1 / sqrt(20), [0, 2, 4]),
        "ties": [(x * sqrt(0.5) + 1 / sqrt(3)) / 2 for x in (1, 1, 0)],
    },
    "spotis": {
        "halves": [0.75, 0.5, 0.25],
        "all zero": [1, 1],
        "identical": [0.5, 0.5],
        "one": [0.5],
        "line": DOWN,
        "unused": DOWN,
        "opposed": [0.75, 0.25],
        "negatives": [0.75, 0.5, 0.25],
        "zero cost": LINE,
        "ties": [0.25, 0.25, 0.75],
    },
    "cocoso": {
        "halves": appraisals([0.5, 0.75, 1], [1, 1 + sqrt(0.5), 2]),
        "all zero": appraisals([1, 1], [2, 2]),
        "identical": appraisals([1, 1], [2, 2]),
        "one": appraisals([1], [2]),
        "line": Place("matrix", 0, None),
        "unused": Place("matrix", 0, None),
        "opposed": appraisals([0.25, 0.75], [1, 1]),
        "negatives": appraisals([0.5, 0.75, 1], [1, 1 + sqrt(0.5), 2]),
        "zero cost": Place("matrix", 2, None),
        "ties": appraisals([1, 1, 0.5], [2, 2, 1]),
    },
}
CELLS = [pytest.param(m, row, id=f"{m}-{row}") for m in METHODS for row in GRID]


def expected(method, row):
    return row.kind if isinstance(row.kind, Place) else EXPECTED[method][row.kind]


SCORED = [c for c in CELLS if not isinstance(expected(*c.values), Place)]
REFUSED = [c for c in CELLS if isinstance(expected(*c.values), Place)]


def options_for(method, row):
    return {"bounds": row.bounds} if METHODS[method].required else {}


def ranks(scores, higher_is_better):
    """Count who is better, which is what a rank is."""
    return [1 + sum((a > b if higher_is_better else a < b) for a in scores) for b in scores]


@pytest.mark.parametrize(("method", "row"), SCORED)
def test_degenerate_input_has_its_defined_result(row, method):
    result = rank(row.matrix, row.weights, row.directions, method, **options_for(method, row))
    scores = expected(method, row)
    np.testing.assert_allclose(result.scores, scores, rtol=1e-12, atol=1e-15)
    assert result.ranks.tolist() == ranks(scores, METHODS[method].higher_is_better)
    assert all(np.isfinite(table).all() for table in result.steps.values())


@pytest.mark.parametrize(("method", "row"), SCORED)
def test_the_batch_form_agrees_on_degenerate_input(row, method):
    scores = rank_batch(
        row.matrix, [row.weights] * 2, row.directions, method, **options_for(method, row)
    )
    np.testing.assert_allclose(scores, [expected(method, row)] * 2, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize(("method", "row"), REFUSED)
def test_bad_input_is_refused_naming_the_place(row, method):
    with pytest.raises(InputError) as caught:
        rank(row.matrix, row.weights, row.directions, method, **options_for(method, row))
    error, place = caught.value, expected(method, row)
    assert Place(error.argument, error.row, error.column) == place
    assert str(place.row if place.column is None else place.column) in str(error)
    assert "counting from 0" in str(error)


@pytest.mark.parametrize(("method", "row"), REFUSED)
def test_the_batch_form_refuses_bad_input_too(row, method):
    vectors = [np.ones(len(row.weights)), row.weights]
    with pytest.raises(InputError) as caught:
        rank_batch(row.matrix, vectors, row.directions, method, **options_for(method, row))
    error, place = caught.value, expected(method, row)
    if place.argument == "weights":
        place = Place("weight_vectors", 1, place.column)
    assert Place(error.argument, error.row, error.column) == place
