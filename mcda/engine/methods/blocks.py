"""Scoring many weight vectors in blocks, so that buffers stay small however many there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator

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
    for block in blocks(weight_vectors.shape[0], alternatives):
        scores[block] = score(weight_vectors[block])
    return scores


def products(weight_vectors: FloatArray, rows: FloatArray) -> FloatArray:
    """Return the scores where they are sums of weight times cell, shape (samples, alternatives).

    Args:
        weight_vectors: shape (samples, criteria).
        rows: what each unit of weight adds, shape (alternatives, criteria).

    >>> products(np.array([[1.0, 0.0], [0.5, 0.5]]), np.array([[2.0, 4.0]]))
    array([[2.],
           [3.]])
    """
    scores = np.empty((weight_vectors.shape[0], rows.shape[0]))
    columns = np.ascontiguousarray(rows.T)
    for block in blocks(weight_vectors.shape[0], rows.shape[0]):
        np.matmul(weight_vectors[block], columns, out=scores[block])
    return scores


def blocks(count: int, cells: int) -> Iterator[slice]:
    """Cut ``count`` rows of so many cells each into slices of a block's size.

    >>> list(blocks(40_000, 1))
    [slice(0, 32768, None), slice(32768, 65536, None)]
    """
    size = max(1, CELLS_PER_BLOCK // cells)
    return (slice(start, start + size) for start in range(0, count, size))
