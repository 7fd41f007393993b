"""How firm a ranking is: who is first in which share of the weightings, and what would flip it.

>>> from mcda.engine.robustness import Sampling, WeightSpace, smaa2
>>> space, plan, unit = WeightSpace.order([1, 2]), Sampling(seed=1), [(0, 100)] * 2
>>> result = smaa2([[60, 90], [80, 20]], space, ["max", "max"], plan, bounds=unit)
>>> result.first_share.round(1)
array([0.6, 0.4])
"""

from __future__ import annotations

from mcda.engine.robustness.cell_flips import CellFlips, cell_flips
from mcda.engine.robustness.changes import WeightChange, always_first, smallest_change
from mcda.engine.robustness.dropping import drop_alternative, drop_criterion
from mcda.engine.robustness.flips import Stability, WeightFlips, weight_flips
from mcda.engine.robustness.sampling import WeightSample, sample_weights
from mcda.engine.robustness.smaa import Acceptability, Sampling, Tally, smaa2
from mcda.engine.robustness.statements import Mixture, Statement
from mcda.engine.robustness.uncertain import (
    Discrete,
    Exact,
    LogNormal,
    Normal,
    Triangular,
    UncertainMatrix,
    Uniform,
    Unknown,
)
from mcda.engine.robustness.weight_space import InconsistentError, WeightSpace
from mcda.engine.robustness.wilson import wilson_interval

__all__ = [
    "Acceptability",
    "CellFlips",
    "Discrete",
    "Exact",
    "InconsistentError",
    "LogNormal",
    "Mixture",
    "Normal",
    "Sampling",
    "Stability",
    "Statement",
    "Tally",
    "Triangular",
    "UncertainMatrix",
    "Uniform",
    "Unknown",
    "WeightChange",
    "WeightFlips",
    "WeightSample",
    "WeightSpace",
    "always_first",
    "cell_flips",
    "drop_alternative",
    "drop_criterion",
    "sample_weights",
    "smaa2",
    "smallest_change",
    "weight_flips",
    "wilson_interval",
]
