"""The engine: numbers in, numbers out. It knows no names, no files and no data frames.

>>> from mcda.engine import rank
>>> rank([[250, 16], [200, 8], [300, 32]], [0.5, 0.5], ["min", "max"]).ranks
array([2, 3, 1])
"""

from __future__ import annotations

from mcda.engine.errors import InputError
from mcda.engine.intervals import IntervalResult, score_intervals
from mcda.engine.methods import METHODS, PROMISES, Compromise, Method, Result, StepInfo
from mcda.engine.normalization import NORMALIZATIONS, normalize
from mcda.engine.ranking import rank, rank_batch
from mcda.engine.ranks import TIE_TOLERANCE, rank_intervals, rank_scores
from mcda.engine.value_functions import (
    level_value,
    linear_score,
    linear_value,
    piecewise_score,
    piecewise_value,
)
from mcda.engine.weighting import (
    equal_weights,
    points_weights,
    rank_order_weights,
    swing_weights,
)

__all__ = [
    "METHODS",
    "NORMALIZATIONS",
    "PROMISES",
    "TIE_TOLERANCE",
    "Compromise",
    "InputError",
    "IntervalResult",
    "Method",
    "Result",
    "StepInfo",
    "equal_weights",
    "level_value",
    "linear_score",
    "linear_value",
    "normalize",
    "piecewise_score",
    "piecewise_value",
    "points_weights",
    "rank",
    "rank_batch",
    "rank_intervals",
    "rank_order_weights",
    "rank_scores",
    "score_intervals",
    "swing_weights",
]
