"""Weights from judgements: arrays in, weights that sum to 1 out."""

from __future__ import annotations

from mcda.engine.weighting.direct import equal_weights, points_weights, swing_weights
from mcda.engine.weighting.rank_order import rank_order_weights

__all__ = ["equal_weights", "points_weights", "rank_order_weights", "swing_weights"]
