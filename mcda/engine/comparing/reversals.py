"""Rank reversal: does adding or dropping one alternative change the order of the others?

Methods that normalise by the alternatives at hand can reverse two alternatives when a third,
even a copy of one, comes or goes. Those that promise ``no_rank_reversal`` cannot.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mcda.engine._types import FloatArray, IntArray
from mcda.engine.ranking import rank
from mcda.engine.validation import check_matrix

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


@dataclass(frozen=True)
class Reversal:
    """Two alternatives that change places because a third one came or went.

    Attributes:
        change: "dropped" or "copied".
        alternative: the one that was dropped, or of which an exact copy was added.
        ahead: the one that is before the other among the alternatives given.
        behind: the one that is before it after the change.
    """

    change: str
    alternative: int
    ahead: int
    behind: int


def rank_reversals(
    matrix: ArrayLike,
    weights: ArrayLike,
    directions: Sequence[object] | ArrayLike,
    method: str = "topsis",
    **options: object,
) -> tuple[Reversal, ...]:
    """Return every reversal from dropping, and from copying, each alternative in turn.

    Only an order that turns round counts: a tie that opens, or two that come to tie, is none.

    Args:
        matrix: as in :func:`mcda.engine.rank`.
        weights: as in :func:`mcda.engine.rank`.
        directions: as in :func:`mcda.engine.rank`.
        method: as in :func:`mcda.engine.rank`.
        **options: as in :func:`mcda.engine.rank`.

    Raises:
        InputError: as :func:`mcda.engine.rank`.

    References:
        Belton, V., Gear, T. (1983). On a short-coming of Saaty's method of analytic hierarchies.
        Omega 11(3), 228-230 (a copy). Garcia-Cascales, M., Lamata, M. (2012). On rank reversal
        and TOPSIS method. Mathematical and Computer Modelling 56(5-6), 123-132.

    >>> rank_reversals([[7, 1], [4, 2], [9, 7]], [1, 1], [1, 1])
    (Reversal(change='dropped', alternative=2, ahead=0, behind=1),)
    """
    cells = check_matrix(matrix)
    ranks = rank(cells, weights, directions, method, **options).ranks
    found: list[Reversal] = []
    for changed in range(cells.shape[0] if cells.shape[0] > 1 else 0):
        for change, others, table in _changes(cells, changed):
            after = rank(table, weights, directions, method, **options).ranks[: others.size]
            found += [
                Reversal(change, changed, int(others[ahead]), int(others[behind]))
                for ahead, behind in _turned(ranks[others], after)
            ]
    return tuple(found)


def _changes(cells: FloatArray, changed: int) -> Iterator[tuple[str, IntArray, FloatArray]]:
    """Yield each change, the alternatives that stay, and the table with them first."""
    everyone = np.arange(cells.shape[0])
    others = np.delete(everyone, changed)
    yield "dropped", others, cells[others]
    yield "copied", everyone, np.vstack([cells, cells[changed]])


def _turned(before: IntArray, after: IntArray) -> list[list[int]]:
    """Return the pairs (first, second) with the first before the second, but not afterwards."""
    ahead = before[:, np.newaxis] < before
    return np.argwhere(ahead & (after[:, np.newaxis] > after)).tolist()
