"""Scores of a matrix, exact or uncertain, under many weight vectors at once; more is better."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from mcda.engine._types import FloatArray, IntArray
from mcda.engine.methods.closeness import closeness
from mcda.engine.methods.method import Method, Options
from mcda.engine.normalization import within_bounds
from mcda.engine.robustness.uncertain import UncertainMatrix
from mcda.engine.validation import check_bounds, check_directions, check_matrix

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

SCORES_PER_BLOCK = 1 << 18
CELLS_PER_BLOCK = 1 << 20
"""Samples are scored in blocks of this many scores, or drawn cells, whichever is less."""


class Scorer:
    """Scores of exact cells by the method's batch form; more is always better."""

    exact = True

    def __init__(self, cells: FloatArray, entry: Method, signs: IntArray, options: Options) -> None:
        self.shape = cells.shape
        self._cells, self._settings = entry.check(cells, signs, options)
        self._entry, self._signs = entry, signs
        self.block: int = max(1, SCORES_PER_BLOCK // cells.shape[0])

    def draw(self, count: int, generator: np.random.Generator) -> FloatArray:
        """Return the cells that :meth:`scores` takes."""
        return self._cells

    def scores(self, cells: FloatArray, weights: FloatArray) -> FloatArray:
        """Return scores, shape (samples, alternatives)."""
        found = self._entry.batch(cells, weights, self._signs, **self._settings)
        return found if self._entry.higher_is_better else -found


class _BoundedScorer(Scorer):
    """Scores of drawn cells within declared ranges, all samples of a block at once."""

    exact = False

    def __init__(
        self, matrix: UncertainMatrix, entry: Method, signs: IntArray, options: Options
    ) -> None:
        self._bounds = check_bounds(options["bounds"], signs.size)
        for ends in matrix.support():
            tails = np.isnan(ends)
            super().__init__(np.where(tails, self._bounds[:, 0], ends), entry, signs, options)
        self._matrix, self._score = matrix, _BOUNDED[entry.id]
        self.block = max(1, CELLS_PER_BLOCK // self._cells.size)

    def draw(self, count: int, generator: np.random.Generator) -> FloatArray:
        """Return drawn values from 0 (worst) to 1 (best), one matrix a sample."""
        drawn = self._matrix.draw(count, generator)
        np.clip(drawn, self._bounds[:, 0], self._bounds[:, 1], out=drawn)
        return within_bounds(drawn, self._signs, self._bounds)

    def scores(self, cells: FloatArray, weights: FloatArray) -> FloatArray:
        """Return the scores of each matrix under its own weight vector."""
        return self._score(cells, weights)


class _DrawnScorer(Scorer):
    """Scores of drawn cells by any method, one matrix at a time."""

    exact = False

    def __init__(
        self, matrix: UncertainMatrix, entry: Method, signs: IntArray, options: Options
    ) -> None:
        self.shape = matrix.shape
        self._matrix, self._entry, self._signs, self._options = matrix, entry, signs, options
        self.block = max(1, CELLS_PER_BLOCK // (self.shape[0] * self.shape[1]))

    def draw(self, count: int, generator: np.random.Generator) -> FloatArray:
        """Return drawn cells, one matrix a sample."""
        return self._matrix.draw(count, generator)

    def scores(self, cells: FloatArray, weights: FloatArray) -> FloatArray:
        """Return the scores of each matrix under its own weight vector."""
        found = np.empty(cells.shape[:2])
        for sample, table in enumerate(cells):
            checked, settings = self._entry.check(table, self._signs, self._options)
            scores = self._entry.batch(checked, weights[[sample]], self._signs, **settings)
            found[sample] = scores[0]
        return found if self._entry.higher_is_better else -found


def _weighted_sums(values: FloatArray, weights: FloatArray) -> FloatArray:
    return np.asarray(np.matmul(values, weights[:, :, np.newaxis])[..., 0])


def _anchored_closeness(values: FloatArray, weights: FloatArray) -> FloatArray:
    squares = weights * weights
    to_anti_ideal = np.sqrt(_weighted_sums(values * values, squares))
    return closeness(np.sqrt(_weighted_sums((1 - values) ** 2, squares)), to_anti_ideal)


_BOUNDED = {"weighted_sum": _weighted_sums, "topsis_anchored": _anchored_closeness}
"""Methods with bounds that score many matrices at once, each under its own weight vector."""


def scorer_of(
    matrix: ArrayLike | UncertainMatrix,
    entry: Method,
    directions: Sequence[object] | ArrayLike,
    options: Options,
) -> Scorer:
    """Return what scores a matrix by a method; numbers and distributions both have one.

    Args:
        matrix: numbers, or cells as distributions with no unknown left, shape
            (alternatives, criteria).
        entry: the method.
        directions: as in :func:`mcda.engine.rank`.
        options: the method's own.

    Raises:
        InputError: naming the argument, row and column at fault.

    >>> from mcda.engine.methods import METHODS
    >>> scorer = scorer_of([[1, 0], [0, 1]], METHODS["weighted_sum"], [1, 1], {"bounds": None})
    >>> generator = np.random.default_rng(1)
    >>> scorer.scores(scorer.draw(2, generator), np.array([[0.9, 0.1], [0.2, 0.8]]))
    array([[0.9, 0.1],
           [0.2, 0.8]])
    """
    if not isinstance(matrix, UncertainMatrix):
        cells = check_matrix(matrix)
        return Scorer(cells, entry, check_directions(directions, cells.shape[1]), options)
    signs = check_directions(directions, matrix.shape[1])
    if matrix.exact:
        return Scorer(matrix.support()[0], entry, signs, options)
    if entry.id in _BOUNDED and options.get("bounds") is not None:
        return _BoundedScorer(matrix, entry, signs, options)
    return _DrawnScorer(matrix, entry, signs, options)
