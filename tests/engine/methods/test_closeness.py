from functools import partial

import numpy as np
import pytest

from mcda.engine import rank
from mcda.engine.methods import closeness as module
from mcda.engine.methods.closeness import closeness, closeness_batch, row_lengths


def test_lengths_of_any_magnitude():
    scales = np.array([1e-300, 1e-170, 1e-140, 1.0, 1e150])
    rows = np.outer(scales, [3.0, 4.0])
    np.testing.assert_allclose(row_lengths(rows), 5 * scales, rtol=1e-14)
    assert row_lengths(np.zeros((1, 2))).tolist() == [0]
    np.testing.assert_allclose(row_lengths(np.outer(scales, [3.0, 0.0, 4.0])), 5 * scales)


def test_halfway_and_nowhere():
    assert closeness(np.array([2.0, 0.0]), np.array([2.0, 0.0])).tolist() == [0.5, 0.5]


def test_batch_of_one_point_that_is_both_ideal_and_anti_ideal():
    cells = np.array([[0.4, 0.7]])
    scores = closeness_batch(np.array([[0.5, 0.5], [1.0, 0.0]]), cells, cells[0], cells[0])
    assert scores.tolist() == [[0.5], [0.5]]


@pytest.mark.parametrize(("alternatives", "cells"), [(4096, 32_768), (2, 4), (2, 1), (3, 7)])
def test_blocks_of_a_batch_change_nothing(monkeypatch, alternatives, cells):
    """By hand, with distances to (1, 1) and from (0, 0) along one criterion or the other."""
    monkeypatch.setattr(module, "ALTERNATIVES_PER_BLOCK", alternatives)
    monkeypatch.setattr(module, "CELLS_PER_BLOCK", cells)
    monkeypatch.setattr(np, "empty", partial(np.full, fill_value=np.nan))  # nothing left unfilled
    points = np.array([[0.75, 0.0], [0.0, 0.25], [1.0, 1.0], [0.0, 0.0], [0.5, 0.5]])
    weights = np.array([[1.0, 0.0], [0.0, 1.0], [0.5, 0.5]])
    scores = closeness_batch(weights, points, np.ones(2), np.zeros(2))
    near, far = np.hypot(0.25, 1), np.hypot(1, 0.75)
    expected = [
        [0.75, 0, 1, 0, 0.5],
        [0, 0.25, 1, 0, 0.5],
        [0.75 / (0.75 + near), 0.25 / (0.25 + far), 1, 0, 0.5],
    ]
    np.testing.assert_allclose(scores, expected, rtol=1e-14)


def test_distances_too_small_to_square_beside_others():
    """A sample whose weight lies on a criterion that hardly differs, and one that is ordinary."""
    points = np.array([[0.0, 1e-200], [1.0, 0.0], [0.25, 0.0]])
    scores = closeness_batch(np.eye(2), points, np.array([1.0, 4e-200]), np.zeros(2))
    np.testing.assert_allclose(scores, [[0, 1, 0.25], [0.25, 0, 0]], rtol=1e-14)


def test_the_weighted_table_is_the_normalised_cell_times_its_weight():
    """By hand: the columns are 3, 4 and 6, 8, so both are 0.6, 0.8 when divided by their length."""
    weighted = rank([[3, 6], [4, 8]], [1, 3], [1, 1], "topsis").steps["weighted"]
    np.testing.assert_allclose(weighted, [[0.15, 0.45], [0.2, 0.6]], rtol=1e-14)
