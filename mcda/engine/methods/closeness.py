"""Relative closeness to an ideal point: the half that both forms of TOPSIS share.

For one weight vector, and for many by two matrix products a block: the squared distance of
alternative i under weights w is the sum over j of w_j^2 d_ij^2, d_ij being its unweighted distance
from the ideal on criterion j, so all squared distances are ``W**2 @ (d**2).T``.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from mcda.engine._types import FloatArray
from mcda.engine.methods.blocks import CELLS_PER_BLOCK, blocks
from mcda.engine.methods.method import Tables

ALTERNATIVES_PER_BLOCK = 4096

_SAFE_DISTANCE = 1e-140  # below it the squares may have underflowed


def row_lengths(rows: FloatArray) -> FloatArray:
    """Return the Euclidean length of each row, also where the squares would underflow.

    >>> row_lengths(np.array([[3.0, 4.0], [3e-300, 4e-300]]))
    array([5.e+000, 5.e-300])
    """
    lengths: FloatArray = np.sqrt(np.vecdot(rows, rows))
    if lengths.min() < _SAFE_DISTANCE:
        small = lengths < _SAFE_DISTANCE
        largest = np.abs(rows[small]).max(axis=1, keepdims=True)
        scaled = rows[small] / np.where(largest == 0, 1.0, largest)
        lengths[small] = largest[:, 0] * np.sqrt(np.vecdot(scaled, scaled))
    return lengths


def closeness(to_ideal: FloatArray, to_anti_ideal: FloatArray) -> FloatArray:
    """Return to_anti_ideal / (to_ideal + to_anti_ideal), and 0.5 where both distances are 0.

    Both are 0 when the ideal and the anti-ideal are one point: one alternative, or all equal on
    every criterion that has a weight. The point is then as near to one as to the other.

    >>> closeness(np.array([1.0, 0.0, 0.0]), np.array([3.0, 2.0, 0.0]))
    array([0.75, 1.  , 0.5 ])
    """
    total = to_ideal + to_anti_ideal
    if total.min() > 0:
        return to_anti_ideal / total
    nowhere = total == 0
    return np.where(nowhere, 0.5, to_anti_ideal / np.where(nowhere, 1.0, total))


def weighted_closeness(
    normalized: FloatArray, weights: FloatArray, ideal: FloatArray, anti_ideal: FloatArray
) -> tuple[FloatArray, Tables]:
    """Return the closeness under one weight vector, and the tables that led to it.

    Args:
        normalized: unweighted normalised cells, shape (alternatives, criteria).
        weights: shape (criteria,).
        ideal: weighted ideal point, shape (criteria,).
        anti_ideal: weighted anti-ideal point, shape (criteria,).

    >>> scores, tables = weighted_closeness(np.eye(2), np.ones(2), np.ones(2), np.zeros(2))
    >>> scores, tables["distance_to_ideal"]
    (array([0.5, 0.5]), array([1., 1.]))
    """
    to_ideal, to_anti_ideal = np.empty((2, normalized.shape[0]))
    for block in blocks(*normalized.shape):
        weighted = normalized[block] * weights
        to_ideal[block] = row_lengths(weighted - ideal)
        weighted -= anti_ideal
        to_anti_ideal[block] = row_lengths(weighted)
    return closeness(to_ideal, to_anti_ideal), {
        "normalized": normalized,
        # As large as the matrix, and not needed as a whole: computed when asked for.
        "weighted": partial(np.multiply, normalized, weights),
        "ideal": ideal,
        "anti_ideal": anti_ideal,
        "distance_to_ideal": to_ideal,
        "distance_to_anti_ideal": to_anti_ideal,
    }


def closeness_batch(
    weight_vectors: FloatArray,
    normalized: FloatArray,
    ideal: FloatArray,
    anti_ideal: FloatArray,
) -> FloatArray:
    """Return the closeness under many weight vectors, shape (samples, alternatives).

    Args:
        weight_vectors: shape (samples, criteria).
        normalized: unweighted normalised cells, shape (alternatives, criteria).
        ideal: unweighted ideal point, shape (criteria,).
        anti_ideal: unweighted anti-ideal point, shape (criteria,).

    >>> weights = np.array([[1.0, 0.0], [0.5, 0.5]])
    >>> cells = np.array([[1.0, 0.0], [0.5, 1.0]])
    >>> closeness_batch(weights, cells, np.ones(2), np.zeros(2))
    array([[1.        , 0.5       ],
           [0.5       , 0.69098301]])
    """
    scores = np.empty((weight_vectors.shape[0], normalized.shape[0]))
    for start in range(0, normalized.shape[0], ALTERNATIVES_PER_BLOCK):
        block = slice(start, start + ALTERNATIVES_PER_BLOCK)
        from_ideal = np.abs(normalized[block] - ideal)
        from_anti_ideal = np.abs(normalized[block] - anti_ideal)
        _fill(scores[:, block], weight_vectors, from_ideal, from_anti_ideal)
    return scores


def _fill(
    scores: FloatArray,
    weight_vectors: FloatArray,
    from_ideal: FloatArray,
    from_anti_ideal: FloatArray,
) -> None:
    """Fill the scores of one block of alternatives, one block of samples after the other."""
    samples, alternatives = scores.shape
    size = min(samples, max(1, CELLS_PER_BLOCK // alternatives))
    squared_ideal = np.ascontiguousarray((from_ideal**2).T)
    squared_anti_ideal = np.ascontiguousarray((from_anti_ideal**2).T)
    squares = np.empty((size, weight_vectors.shape[1]))
    totals = np.empty((size, alternatives))
    for start in range(0, samples, size):
        weights = weight_vectors[start : start + size]
        count = weights.shape[0]
        square, total = squares[:count], totals[:count]
        near = scores[start : start + count]
        np.multiply(weights, weights, out=square)
        np.matmul(square, squared_ideal, out=total)
        np.matmul(square, squared_anti_ideal, out=near)
        np.sqrt(total, out=total)
        np.sqrt(near, out=near)
        np.add(total, near, out=total)
        if total.min() < _SAFE_DISTANCE:
            _mend(near, total, weights, from_ideal, from_anti_ideal)
        np.divide(near, total, out=near)


def _mend(
    near: FloatArray,
    total: FloatArray,
    weights: FloatArray,
    from_ideal: FloatArray,
    from_anti_ideal: FloatArray,
) -> None:
    """Set the distances whose squares underflowed so that near / total is right."""
    sample, alternative = np.nonzero(total < _SAFE_DISTANCE)
    to_ideal = row_lengths(weights[sample] * from_ideal[alternative])
    to_anti_ideal = row_lengths(weights[sample] * from_anti_ideal[alternative])
    near[sample, alternative] = closeness(to_ideal, to_anti_ideal)
    total[sample, alternative] = 1.0
