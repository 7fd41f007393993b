"""The two ways in: rank once with every table kept, or score under many weight vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from mcda.engine._types import FloatArray, IntArray
from mcda.engine.errors import InputError
from mcda.engine.methods import METHODS, Method, Result
from mcda.engine.methods.method import Options, Steps
from mcda.engine.validation import (
    check_choice,
    check_directions,
    check_matrix,
    check_weight_vectors,
    check_weights,
)

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


def rank(
    matrix: ArrayLike,
    weights: ArrayLike,
    directions: Sequence[object] | ArrayLike,
    method: str = "topsis",
    **options: object,
) -> Result:
    """Rank alternatives by one method and keep every table on the way.

    Args:
        matrix: finite numbers, shape (alternatives, criteria), each criterion in its own units.
        weights: 0 or more, not all 0, shape (criteria,); divided by their sum.
        directions: one a criterion: 1 or "max" (more is better), -1 or "min".
        method: an id in ``METHODS``.
        **options: the method's own, such as ``normalization=`` or ``bounds=``.

    Returns:
        Scores, ranks (1 is best; 1, 2, 2, 4), whether higher is better, the weights used, the
        method's steps, and a partial order or a compromise set where the method has one.

    Raises:
        InputError: naming the argument, row and column at fault.

    >>> result = rank([[250, 16], [200, 8]], [3, 1], ["min", "max"], method="weighted_sum")
    >>> result.scores, result.ranks, result.weights
    (array([0.25, 0.75]), array([2, 1]), array([0.75, 0.25]))
    >>> result.steps["weighted"]
    array([[0.  , 0.25],
           [0.75, 0.  ]])
    """
    entry = find_method(method, options)
    cells, signs, settings = _checked(entry, matrix, directions, options)
    shares = check_weights(weights, cells.shape[1])
    scores, tables = entry.compute(cells, shares, signs, **settings)
    result = Result(
        entry.id, scores, entry.higher_is_better, shares, Steps(tables), entry.score_scale
    )
    return entry.conclude(result)


def rank_batch(
    matrix: ArrayLike,
    weight_vectors: ArrayLike,
    directions: Sequence[object] | ArrayLike,
    method: str = "topsis",
    **options: object,
) -> FloatArray:
    """Score alternatives under many weight vectors at once, by matrix products in blocks.

    Args:
        matrix: as in :func:`rank`.
        weight_vectors: shape (samples, criteria); each row is divided by its sum.
        directions: as in :func:`rank`.
        method: as in :func:`rank`.
        **options: as in :func:`rank`.

    Returns:
        Scores, shape (samples, alternatives); rank them with
        :func:`~mcda.engine.rank_scores`, telling it ``higher_is_better`` and ``score_scale`` of
        ``METHODS[method]``. Beside them only one normalised copy of the matrix and buffers of
        fixed size are kept.

    Raises:
        InputError: naming the argument, row and column at fault.

    >>> rank_batch([[0, 4], [8, 2]], [[1, 1], [1, 3]], [1, 1], method="weighted_sum")
    array([[0.5 , 0.5 ],
           [0.75, 0.25]])
    """
    entry = find_method(method, options)
    cells, signs, settings = _checked(entry, matrix, directions, options)
    shares = check_weight_vectors(weight_vectors, cells.shape[1])
    return np.asarray(entry.batch(cells, shares, signs, **settings))


def find_method(method: str, options: Options) -> Method:
    """Return the method by its id if it has all these options.

    Raises:
        InputError: naming the methods, or the options, that there are.

    >>> find_method("topsis", {}).title
    'TOPSIS (classic)'
    """
    entry = METHODS[check_choice(method, tuple(METHODS), "method")]
    for name in options:
        if name not in entry.options:
            allowed = ", ".join(entry.options) or "none"
            raise InputError(
                f"{entry.id} has no option {name!r}; allowed: {allowed}", argument=name
            )
    return entry


def _checked(
    entry: Method,
    matrix: ArrayLike,
    directions: Sequence[object] | ArrayLike,
    options: Options,
) -> tuple[FloatArray, IntArray, Options]:
    cells = check_matrix(matrix)
    signs = check_directions(directions, cells.shape[1])
    cells, settings = entry.check(cells, signs, options)
    return cells, signs, settings
