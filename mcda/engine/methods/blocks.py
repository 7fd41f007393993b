"""Scoring many weight vectors in blocks, so that buffers stay small however many there are."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mcda.engine._types import FloatArray

CELLS_PER_BLOCK = 32_768
"""The batch works on blocks of about this many scores, so that its buffers stay in the cache."""


def in_blocks(
    weight_vectors: FloatArray,
    alternatives: int,
    score: Callable[[FloatArray], FloatArray],
) -> FloatArray:
    """Return the scores under all weight vectors, shape (samples, alternatives).

    Args:
        weight_vectors: shape (samples, criteria).
        alternatives: how many there are.
        score: weight vectors (some, criteria) -> scores (some, alternatives).

    >>> in_blocks(np.array([[1.0, 0.0], [0.5, 0.5]]), 1, lambda w: w @ np.array([[2.0], [4.0]]))
    array([[2.],
           [3.]])
    """
    scores = np.empty((weight_vectors.shape[0], alternatives))
    size = max(1, CELLS_PER_BLOCK // alternatives)
    for start in range(0, weight_vectors.shape[0], size):
        block = slice(start, start + size)
        scores[block] = score(weight_vectors[block])
    return scores
