import numpy as np
import pytest

from mcda.engine import InputError, rank
from mcda.engine.robustness import drop_alternative, drop_criterion


def test_dropping_a_criterion_keeps_the_other_proportions():
    """Weights 2, 1, 1. Without the first A has 3.5 and B 6; without the second 4.33 and 7.33;
    without the third 8.33 and 5.67."""
    matrix = [[9, 7, 0], [5, 7, 5]]
    expected = ((1,), (0,), (0,))
    scores = np.array([[3.5, 6], [6, 5], [25 / 3, 17 / 3]])
    assert [tuple(np.flatnonzero(row == row.max())) for row in scores] == list(expected)
    assert drop_criterion(matrix, [2, 1, 1], [1] * 3, bounds=[(0, 10)] * 3) == expected


@pytest.mark.parametrize("method", ["weighted_sum", "topsis", "topsis_anchored"])
def test_dropping_a_criterion_is_ranking_the_rest(method):
    matrix = np.random.default_rng(1).uniform(1, 9, (4, 3))
    weights, directions = np.array([3, 1, 2]), ["max", "min", "max"]
    for bounds in (None, [(0, 10), (1, 9), (0, 20)]):
        if (bounds is None) == (method == "topsis_anchored") or (bounds and method == "topsis"):
            continue
        options = {"bounds": bounds} if bounds else {}
        found = drop_criterion(matrix, weights, directions, method, **options)
        for j in range(3):
            kept = [k for k in range(3) if k != j]
            rest = {"bounds": [bounds[k] for k in kept]} if bounds else {}
            picked = [directions[k] for k in kept]
            ranks = rank(matrix[:, kept], weights[kept], picked, method, **rest).ranks
            assert found[j] == tuple(np.flatnonzero(ranks == 1))


def test_nothing_decides_without_the_only_weight():
    assert drop_criterion([[1, 2], [2, 1]], [1, 0], [1, 1]) == ((), (1,))
    assert drop_criterion([[1], [2]], [1], [1]) == ((),)


def test_dropping_alternatives_moves_up_the_next_in_line():
    found = drop_alternative([[9], [7], [7], [1]], [1], [1], bounds=[(0, 10)])
    assert found == ((1, 2), (0,), (0,), (0,))


def test_dropping_an_alternative_can_reorder_the_others():
    """As in METHODS: classic TOPSIS puts A before B before C out; without C, B is before A."""
    matrix = [[7, 1], [4, 2], [9, 7]]
    assert rank(matrix, [1, 1], [1, 1]).ranks.tolist() == [2, 3, 1]
    assert drop_alternative(matrix, [1, 1], [1, 1], "topsis")[2] == (1,)


def test_nothing_is_left_without_the_only_alternative():
    assert drop_alternative([[1, 2]], [1, 1], [1, 1]) == ((),)


def test_bad_input_is_refused():
    for drop in (drop_criterion, drop_alternative):
        with pytest.raises(InputError, match="nan is not a finite number"):
            drop([[1, np.nan]], [1, 1], [1, 1])
        with pytest.raises(InputError, match="is unknown; allowed"):
            drop([[1, 2]], [1, 1], [1, 1], "best")
