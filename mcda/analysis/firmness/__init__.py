"""Can we stand by this: how firm the first place is, what would change it, and both in words."""

from mcda.analysis.firmness.crossing import Crossing, CrossingLines, Line, crossing_lines
from mcda.analysis.firmness.finding import (
    SAMPLING,
    Firmness,
    ProgramFirmness,
    SecondOpinion,
    firmness,
)
from mcda.analysis.firmness.flips import SAME_ORDER, SETTLED_NOTE, Flips, Without, what_flips
from mcda.analysis.firmness.score_moves import ScoreFlip, StepFlip
from mcda.analysis.firmness.sentences import Sentences, sentences
from mcda.analysis.firmness.shares import BANDS, Band, FirstShare, Share
from mcda.analysis.firmness.spaces import (
    SPACES,
    Space,
    SpaceChoice,
    default_space,
    space_choices,
)
from mcda.analysis.firmness.unknowns import UnknownCell
from mcda.analysis.firmness.weight_moves import Past, WeightFlip, WeightMove

__all__ = [
    "BANDS",
    "SAME_ORDER",
    "SAMPLING",
    "SETTLED_NOTE",
    "SPACES",
    "Band",
    "Crossing",
    "CrossingLines",
    "Firmness",
    "FirstShare",
    "Flips",
    "Line",
    "Past",
    "ProgramFirmness",
    "ScoreFlip",
    "SecondOpinion",
    "Sentences",
    "Share",
    "Space",
    "SpaceChoice",
    "StepFlip",
    "UnknownCell",
    "WeightFlip",
    "WeightMove",
    "Without",
    "crossing_lines",
    "default_space",
    "firmness",
    "sentences",
    "space_choices",
    "what_flips",
]
