"""Comparing rankings: how much they agree, one made from several, and rank reversal.

>>> from mcda.engine.comparing import kendall_tau
>>> kendall_tau([1, 2, 3], [3, 2, 1])
-1.0
"""

from __future__ import annotations

from mcda.engine.comparing.aggregation import (
    MOST_ALTERNATIVES,
    MOST_ORDERS,
    JointRanking,
    KemenyOrders,
    borda,
    copeland,
    kemeny,
)
from mcda.engine.comparing.coefficients import (
    kendall_tau,
    kendall_w,
    rank_similarity,
    spearman_rho,
    weighted_spearman,
)
from mcda.engine.comparing.reversals import Reversal, rank_reversals

__all__ = [
    "MOST_ALTERNATIVES",
    "MOST_ORDERS",
    "JointRanking",
    "KemenyOrders",
    "Reversal",
    "borda",
    "copeland",
    "kemeny",
    "kendall_tau",
    "kendall_w",
    "rank_reversals",
    "rank_similarity",
    "spearman_rho",
    "weighted_spearman",
]
