from functools import partial

import numpy as np
import pytest

from mcda.engine.methods import blocks

WEIGHTS = np.array([[1.0, 0.0], [0.5, 0.5], [0.25, 0.75]])
ROWS = np.array([[7.0, 3.0], [11.0, 5.0]])
SCORES = [[7, 11], [5, 8], [4, 6.5]]  # by hand


@pytest.mark.parametrize("cells", [1, 2, 5, 1000])
def test_every_block_is_scored_where_it_belongs(monkeypatch, cells):
    monkeypatch.setattr(blocks, "CELLS_PER_BLOCK", cells)
    monkeypatch.setattr(np, "empty", partial(np.full, fill_value=np.nan))  # nothing left unfilled
    assert blocks.products(WEIGHTS, ROWS).tolist() == SCORES
    assert blocks.in_blocks(WEIGHTS, 2, lambda weights: weights @ ROWS.T).tolist() == SCORES
