import numpy as np

from mcda.engine.methods.closeness import closeness, closeness_batch, row_lengths


def test_lengths_of_any_magnitude():
    scales = np.array([1e-300, 1e-170, 1e-140, 1.0, 1e150])
    rows = np.outer(scales, [3.0, 4.0])
    np.testing.assert_allclose(row_lengths(rows), 5 * scales, rtol=1e-14)
    assert row_lengths(np.zeros((1, 2))).tolist() == [0]


def test_halfway_and_nowhere():
    assert closeness(np.array([2.0, 0.0]), np.array([2.0, 0.0])).tolist() == [0.5, 0.5]


def test_batch_of_one_point_that_is_both_ideal_and_anti_ideal():
    cells = np.array([[0.4, 0.7]])
    scores = closeness_batch(np.array([[0.5, 0.5], [1.0, 0.0]]), cells, cells[0], cells[0])
    assert scores.tolist() == [[0.5], [0.5]]
