"""Project and engine together: findings, each with its numbers, its tables and its sentence."""

from mcda.analysis.agreement import Agreement, agreement
from mcda.analysis.comparison import Comparison, Move, comparison
from mcda.analysis.contributions import Contributions, contributions
from mcda.analysis.difference import Difference, Flip, Part, difference
from mcda.analysis.evidence import (
    EvidenceCell,
    EvidenceTable,
    MustHaveTable,
    OwnScores,
    by_objective,
    evidence_cell,
    evidence_table,
    limit_text,
    must_have_table,
    own_scores,
)
from mcda.analysis.ranking import (
    CAVEAT,
    DEFAULT_METHOD,
    ILLUSTRATIVE,
    SECOND_METHOD,
    ProgramResult,
    Ranking,
    ranking,
)
from mcda.analysis.table import DecisionTable, Excluded, decision_table
from mcda.analysis.tradeoffs import Statement, TradeOff, lift_text, read_back, tradeoff
from mcda.analysis.weights import UsedWeights, default_weighting, derive_weights, used_weights
from mcda.analysis.whatif import with_share
from mcda.analysis.working import WorkingTable, working

__all__ = [
    "CAVEAT",
    "DEFAULT_METHOD",
    "ILLUSTRATIVE",
    "SECOND_METHOD",
    "Agreement",
    "Comparison",
    "Contributions",
    "DecisionTable",
    "Difference",
    "EvidenceCell",
    "EvidenceTable",
    "Excluded",
    "Flip",
    "Move",
    "MustHaveTable",
    "OwnScores",
    "Part",
    "ProgramResult",
    "Ranking",
    "Statement",
    "TradeOff",
    "UsedWeights",
    "WorkingTable",
    "agreement",
    "by_objective",
    "comparison",
    "contributions",
    "decision_table",
    "default_weighting",
    "derive_weights",
    "difference",
    "evidence_cell",
    "evidence_table",
    "lift_text",
    "limit_text",
    "must_have_table",
    "own_scores",
    "ranking",
    "read_back",
    "tradeoff",
    "used_weights",
    "with_share",
    "working",
]
