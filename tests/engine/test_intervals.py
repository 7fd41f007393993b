import itertools
from dataclasses import replace

import numpy as np
import pytest

from mcda.engine import METHODS, InputError, rank, score_intervals

BOUNDS = [(0, 100), (0, 10)]
LOW = [[40, 2], [60, 5], [30, 0]]
HIGH = [[70, 2], [60, 5], [80, 10]]
WEIGHTS, DIRECTIONS = [3, 1], ["max", "min"]
EXACT = [
    name
    for name, method in METHODS.items()
    if {"monotone", "row_independent"} <= method.promises_for({"bounds": BOUNDS})
]


@pytest.mark.parametrize("method", EXACT)
def test_the_ends_are_what_trying_every_end_of_every_cell_gives(method):
    cells = zip(np.ravel(LOW), np.ravel(HIGH), strict=True)
    runs = [
        rank(np.reshape(chosen, (3, 2)), WEIGHTS, DIRECTIONS, method, bounds=BOUNDS)
        for chosen in itertools.product(*cells)
    ]
    ends = score_intervals(LOW, HIGH, WEIGHTS, DIRECTIONS, method, bounds=BOUNDS)
    scores, ranks = [run.scores for run in runs], [run.ranks for run in runs]
    np.testing.assert_allclose(ends.score_low, np.min(scores, axis=0), rtol=1e-12)
    np.testing.assert_allclose(ends.score_high, np.max(scores, axis=0), rtol=1e-12)
    assert ends.rank_best.tolist() == np.min(ranks, axis=0).tolist()
    assert ends.rank_worst.tolist() == np.max(ranks, axis=0).tolist()
    assert ends.method == ends.at_worst.method == method


@pytest.mark.parametrize("method", EXACT)
def test_exact_cells_give_the_ordinary_ranking(method):
    ends = score_intervals(LOW, LOW, WEIGHTS, DIRECTIONS, method, bounds=BOUNDS)
    result = rank(LOW, WEIGHTS, DIRECTIONS, method, bounds=BOUNDS)
    assert ends.score_low.tolist() == ends.score_high.tolist() == result.scores.tolist()
    assert ends.rank_best.tolist() == ends.rank_worst.tolist() == result.ranks.tolist()


def test_results_are_read_only():
    ends = score_intervals(LOW, HIGH, WEIGHTS, DIRECTIONS, bounds=BOUNDS)
    with pytest.raises(ValueError, match="read-only"):
        ends.score_low[0] = 1


def test_methods_without_the_promises_are_refused():
    with pytest.raises(InputError, match="topsis is not monotone and row-independent") as caught:
        score_intervals(LOW, HIGH, WEIGHTS, DIRECTIONS, method="topsis")
    assert "allowed: weighted_sum, topsis_anchored" in str(caught.value)
    with pytest.raises(InputError, match="only with bounds="):
        score_intervals(LOW, HIGH, WEIGHTS, DIRECTIONS, method="weighted_sum")
    with pytest.raises(InputError, match="is unknown; allowed"):
        score_intervals(LOW, HIGH, WEIGHTS, DIRECTIONS, method="smaa")


def test_faults_in_the_ends_are_named():
    crossed = [[40, 2], [60, 6], [30, 0]]
    with pytest.raises(InputError, match="low end 6 is above the high end 5") as caught:
        score_intervals(crossed, HIGH, WEIGHTS, DIRECTIONS, bounds=BOUNDS)
    assert (caught.value.argument, caught.value.row, caught.value.column) == ("low", 1, 1)
    with pytest.raises(InputError, match=r"shape is \(3, 2\), but the shape of high is \(2, 2\)"):
        score_intervals(LOW, HIGH[:2], WEIGHTS, DIRECTIONS, bounds=BOUNDS)
    unknown = [[40, 2], [60, 5], [30, np.nan]]
    with pytest.raises(InputError) as caught:
        score_intervals(LOW, unknown, WEIGHTS, DIRECTIONS, bounds=BOUNDS)
    assert (caught.value.argument, caught.value.row, caught.value.column) == ("high", 2, 1)


def test_distances_near_0_tie_as_they_do_in_a_ranking():
    """A millionth of a millionth of the range is rounding, although the other distance is 0."""
    cells, options = [[1.0], [1 - 1e-12]], {"method": "spotis", "bounds": [(0, 1)]}
    ends = score_intervals(cells, cells, [1], [1], **options)
    assert ends.rank_best.tolist() == ends.rank_worst.tolist() == [1, 1]
    assert rank(cells, [1], [1], **options).ranks.tolist() == [1, 1]


def test_a_method_that_promises_no_more_than_is_needed_has_intervals(monkeypatch):
    needed = frozenset({"monotone", "row_independent"})
    entry = replace(METHODS["weighted_sum"], promises=frozenset(), promises_with_bounds=needed)
    monkeypatch.setitem(METHODS, "weighted_sum", entry)
    ends = score_intervals(LOW, HIGH, WEIGHTS, DIRECTIONS, bounds=BOUNDS)
    np.testing.assert_allclose(ends.score_low, [0.5, 0.575, 0.225])  # by hand
    np.testing.assert_allclose(ends.score_high, [0.725, 0.575, 0.85])
    with pytest.raises(InputError, match="only with bounds="):
        score_intervals(LOW, HIGH, WEIGHTS, DIRECTIONS)
