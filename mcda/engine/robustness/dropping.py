"""Who is first when one criterion or one alternative is left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from mcda.engine._types import BoolArray
from mcda.engine.methods.method import Options
from mcda.engine.ranking import rank
from mcda.engine.robustness.flips import firsts
from mcda.engine.validation import check_directions

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


def drop_criterion(
    matrix: ArrayLike,
    weights: ArrayLike,
    directions: Sequence[object] | ArrayLike,
    method: str = "weighted_sum",
    **options: object,
) -> tuple[tuple[int, ...], ...]:
    """Return who is first without each criterion in turn; the other weights keep proportions.

    Empty where nothing is left to decide by: no other criterion has any weight.

    Raises:
        InputError: as :func:`mcda.engine.rank`.

    >>> drop_criterion([[9, 1], [1, 5]], [2, 1], [1, 1], bounds=[(0, 10)] * 2)
    ((1,), (0,))
    """
    result = rank(matrix, weights, directions, method, **options)
    cells = np.asarray(matrix, dtype=float)
    signs = check_directions(directions, cells.shape[1])
    found: list[tuple[int, ...]] = []
    for criterion in range(cells.shape[1]):
        kept = np.arange(cells.shape[1]) != criterion
        if not result.weights[kept].any():
            found.append(())
            continue
        rest = rank(
            cells[:, kept], result.weights[kept], signs[kept], method, **_without(options, kept)
        )
        found.append(firsts(rest))
    return tuple(found)


def drop_alternative(
    matrix: ArrayLike,
    weights: ArrayLike,
    directions: Sequence[object] | ArrayLike,
    method: str = "weighted_sum",
    **options: object,
) -> tuple[tuple[int, ...], ...]:
    """Return who is first without each alternative in turn, by the indices of the whole matrix.

    With a method that promises no rank reversal this only moves up the next in line; with others
    it shows where dropping one reorders the rest. Empty where no alternative is left.

    Raises:
        InputError: as :func:`mcda.engine.rank`.

    >>> drop_alternative([[9, 6], [5, 9], [7, 4]], [0.4, 0.6], [1, 1])
    ((1,), (0,), (1,))
    """
    rank(matrix, weights, directions, method, **options)
    cells = np.asarray(matrix, dtype=float)
    found: list[tuple[int, ...]] = []
    for alternative in range(cells.shape[0]):
        kept = np.flatnonzero(np.arange(cells.shape[0]) != alternative)
        if not kept.size:
            found.append(())
            continue
        rest = rank(cells[kept], weights, directions, method, **options)
        found.append(tuple(int(kept[i]) for i in firsts(rest)))
    return tuple(found)


def _without(options: Options, kept: BoolArray) -> Options:
    if options.get("bounds") is None:
        return options
    return options | {"bounds": np.asarray(options["bounds"])[kept]}
