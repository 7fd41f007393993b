"""EDAS: what holds beyond its promises."""

import numpy as np

from mcda.engine import rank


def test_a_bettered_cell_never_lowers_the_score_as_printed():
    rng = np.random.default_rng(6)
    risen = 0
    for _ in range(300):
        rows, columns = rng.integers(2, 6), rng.integers(1, 4)
        matrix = rng.integers(1, 20, (rows, columns)).astype(float)
        weights, directions = rng.integers(1, 5, columns), rng.choice([1, -1], columns)
        row, column = rng.integers(rows), rng.integers(columns)
        better = matrix.copy()
        better[row, column] *= 1.5 if directions[column] == 1 else 0.5
        before = rank(matrix, weights, directions, "edas").scores[row]
        after = rank(better, weights, directions, "edas").scores[row]
        assert after >= before - 1e-12
        risen += after > before + 1e-9
    assert risen > 100
