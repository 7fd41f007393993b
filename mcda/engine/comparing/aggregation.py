"""One ranking from several: Borda, Copeland and Kemeny.

Rankings are lists of ranks as in :mod:`mcda.engine.comparing.coefficients`. These rules look at
orders only, not at how strongly anybody prefers anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from mcda.engine._types import FloatArray, IntArray
from mcda.engine.comparing.coefficients import check_rankings
from mcda.engine.errors import InputError
from mcda.engine.ranks import rank_scores

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

MOST_ALTERNATIVES = 16
"""Kemeny orders are searched among all subsets of the alternatives, 65,536 of 16."""

MOST_ORDERS = 1_000
"""No more tied Kemeny orders than this are listed; all of them are counted."""


@dataclass(frozen=True, eq=False)
class JointRanking:
    """A ranking made from several.

    Attributes:
        scores: more is better, shape (alternatives,).
        ranks: 1 is best, ties share the best of their places, shape (alternatives,).
    """

    scores: FloatArray
    ranks: IntArray


@dataclass(frozen=True, eq=False)
class KemenyOrders:
    """All orders that contradict a set of rankings least.

    Attributes:
        orders: each order as a row of ranks without ties, shape (orders, alternatives), the
            first ``MOST_ORDERS`` of them by the position of their first alternative, then their
            second, and so on.
        count: how many such orders there are, listed or not.
        distance: the contradictions: pairs over all rankings that are in the opposite order,
            and half of those that tie.
    """

    orders: IntArray
    count: int
    distance: float


def borda(rankings: ArrayLike) -> JointRanking:
    """Return the Borda ranking: points for every alternative that comes after.

    An alternative gets n minus its rank points from each ranking of n alternatives: 1 for every
    alternative after it and 1/2 for every other that ties with it.

    Args:
        rankings: ranks, shape (rankings, alternatives).

    Returns:
        The sum of the points. Dropping an alternative can reverse the order of two others.

    Raises:
        InputError: ranks that are not finite numbers, or fewer than 2 alternatives.

    References:
        de Borda, J.-C. (1781). Memoire sur les elections au scrutin. Histoire de l'Academie
        Royale des Sciences. Black, D. (1958). The Theory of Committees and Elections. Cambridge
        University Press.

    >>> joint = borda([[1, 2, 3], [1, 3, 2], [3, 1, 2]])
    >>> joint.scores, joint.ranks
    (array([4., 3., 2.]), array([1, 2, 3]))
    """
    ranks = check_rankings(rankings)
    scores = (ranks.shape[1] - ranks).sum(axis=0)
    return JointRanking(scores, rank_scores(scores))


def copeland(rankings: ArrayLike) -> JointRanking:
    """Return the Copeland ranking: a point for every other alternative beaten by a majority.

    A pair for which as many rankings say one thing as the other gives 1/2 to both. An
    alternative that beats every other one (a Condorcet winner) is first.

    Args:
        rankings: ranks, shape (rankings, alternatives).

    Raises:
        InputError: ranks that are not finite numbers, or fewer than 2 alternatives.

    References:
        Copeland, A. (1951). A reasonable social welfare function. University of Michigan.

    >>> joint = copeland([[1, 2, 3], [1, 3, 2], [3, 1, 2]])
    >>> joint.scores, joint.ranks
    (array([2., 1., 0.]), array([1, 2, 3]))
    """
    contradictions = _contradictions(check_rankings(rankings))
    beaten = (contradictions < contradictions.T).sum(axis=1)
    level = (contradictions == contradictions.T).sum(axis=1) - 1  # but not with itself
    scores = beaten + level / 2
    return JointRanking(scores, rank_scores(scores))


def kemeny(rankings: ArrayLike) -> KemenyOrders:
    """Return all orders that contradict the rankings least, exactly.

    The distance of an order from a ranking is the number of pairs they put in opposite order,
    and half the pairs that tie in the ranking. Kemeny orders have the smallest total distance.
    It is found for every subset of the alternatives, by size: the best way to fill the first k
    places with a given subset, from the best ways to fill the first k - 1.

    Args:
        rankings: ranks, shape (rankings, alternatives), of up to ``MOST_ALTERNATIVES``.

    Returns:
        Every order with the smallest distance. There can be many: two opposite rankings leave
        all orders equally good.

    Raises:
        InputError: ranks that are not finite numbers, fewer than 2 alternatives, or too many.

    References:
        Kemeny, J. (1959). Mathematics without numbers. Daedalus 88(4), 577-591. Young, H. P.,
        Levenglick, A. (1978). A consistent extension of Condorcet's election principle. SIAM
        Journal on Applied Mathematics 35(2), 285-300.

    >>> kemeny([[1, 2, 3], [1, 3, 2], [3, 1, 2]]).orders
    array([[1, 2, 3]])
    >>> kemeny([[1, 2, 3], [2, 3, 1], [3, 1, 2]]).count
    3
    """
    ranks = check_rankings(rankings)
    size = ranks.shape[1]
    if size > MOST_ALTERNATIVES:
        raise InputError(
            f"it covers {size} alternatives; Kemeny orders are searched for up to "
            f"{MOST_ALTERNATIVES}. Leave out those that are last in every ranking, or use borda "
            "or copeland",
            argument="rankings",
        )
    added = _added(_contradictions(ranks))
    least, ways = _least_totals(added)
    orders = [np.argsort(order) + 1 for order in islice(_orders(added, least), MOST_ORDERS)]
    return KemenyOrders(np.array(orders), int(ways[0]), float(least[0]) / 2)


def _contradictions(ranks: FloatArray) -> IntArray:
    """Return how much putting a row's alternative before a column's contradicts the rankings.

    2 for each ranking that has them the other way round, 1 for each in which they tie, so that
    sums stay whole numbers.
    """
    after = np.sign(ranks[:, :, np.newaxis] - ranks[:, np.newaxis, :])
    return np.asarray((1 + after).sum(axis=0), dtype=np.int64)


def _added(contradictions: IntArray) -> IntArray:
    """Return what putting an alternative before all of a subset adds, shape (alternatives, 2^n).

    A subset is a number with a bit for each of its alternatives.
    """
    size = contradictions.shape[0]
    added = np.zeros((size, 1 << size), dtype=np.int64)
    for other in range(size):
        bit = 1 << other
        added[:, bit : 2 * bit] = added[:, :bit] + contradictions[:, other, np.newaxis]
    return added


def _least_totals(added: IntArray) -> tuple[IntArray, IntArray]:
    """Return for each subset already placed the least total of placing the others, and the ways.

    Goes from the full subset, to which nothing is left to add, down to the empty one.
    """
    size, subsets = added.shape
    full = subsets - 1
    least = np.full(subsets, np.iinfo(np.int64).max)
    ways = np.zeros(subsets, dtype=np.int64)
    least[full], ways[full] = 0, 1
    counts = np.bitwise_count(np.arange(subsets))
    for placed in range(size - 1, -1, -1):
        level = np.flatnonzero(counts == placed)
        for item in range(size):
            before = level[level & (1 << item) == 0]
            after = before | (1 << item)
            total = added[item, full ^ after] + least[after]
            better, equal = total < least[before], total == least[before]
            ways[before] = np.where(better, ways[after], ways[before] + equal * ways[after])
            least[before] = np.minimum(total, least[before])
    return least, ways


def _orders(added: IntArray, least: IntArray) -> Iterator[list[int]]:
    """Yield every order that reaches the least total, first by its first alternative."""
    size = added.shape[0]
    full = (1 << size) - 1
    waiting: list[tuple[int, list[int]]] = [(0, [])]
    while waiting:
        placed, order = waiting.pop()
        if placed == full:
            yield order
        for item in range(size - 1, -1, -1):
            after = placed | (1 << item)
            fits = added[item, full ^ after] + least[after] == least[placed]
            if after != placed and fits:
                waiting.append((after, [*order, item]))
