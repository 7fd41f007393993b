"""Weights: arrays in, weights that sum to 1 out.

Here are the weights from plain judgements. Pairwise comparisons (``weighting.pairwise``), the
best-worst method (``weighting.best_worst``) and weights computed from the data
(``weighting.objective``) are modules of their own, so that the engine loads quickly.
"""

from __future__ import annotations

from mcda.engine.weighting.direct import (
    equal_weights,
    points_weights,
    smart_weights,
    swing_weights,
)
from mcda.engine.weighting.rank_order import (
    rank_order_weights,
    rank_reciprocal_weights,
    rank_sum_weights,
)

__all__ = [
    "equal_weights",
    "points_weights",
    "rank_order_weights",
    "rank_reciprocal_weights",
    "rank_sum_weights",
    "smart_weights",
    "swing_weights",
]
