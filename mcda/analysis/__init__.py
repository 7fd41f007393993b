"""Project and engine together: findings, each with its numbers, its tables and its sentence."""

from mcda.analysis.agreement import Agreement, agreement
from mcda.analysis.comparison import Comparison, Move, comparison
from mcda.analysis.contributions import Contributions, contributions
from mcda.analysis.difference import Difference, Flip, Part, difference
from mcda.analysis.ranking import (
    CAVEAT,
    DEFAULT_METHOD,
    SECOND_METHOD,
    ProgramResult,
    Ranking,
    ranking,
)
from mcda.analysis.table import DecisionTable, Excluded, decision_table
from mcda.analysis.weights import UsedWeights, default_weighting, derive_weights, used_weights
from mcda.analysis.working import WorkingTable, working

__all__ = [
    "CAVEAT",
    "DEFAULT_METHOD",
    "SECOND_METHOD",
    "Agreement",
    "Comparison",
    "Contributions",
    "DecisionTable",
    "Difference",
    "Excluded",
    "Flip",
    "Move",
    "Part",
    "ProgramResult",
    "Ranking",
    "UsedWeights",
    "WorkingTable",
    "agreement",
    "comparison",
    "contributions",
    "decision_table",
    "default_weighting",
    "derive_weights",
    "difference",
    "ranking",
    "used_weights",
    "working",
]
