"""Another weight for one criterion, while the others keep their proportions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from mcda.analysis import UsedWeights, with_share
from mcda.app.share_box import share_box
from mcda.app.state import run
from mcda.project import Criterion


@dataclass(frozen=True, slots=True)
class WeightChange:
    """The weights that were started from, and one criterion's share instead of what it is.

    ``share`` is in whole percent; ``weights`` maps each criterion in use to its share, which
    sum to 1; they are those started from until ``is_tried``.
    """

    base: UsedWeights
    criterion: Criterion
    share: int
    weights: Mapping[str, float]
    is_tried: bool

    @property
    def what(self) -> str:
        """What is tried, in words."""
        return f"{self.criterion.name} at {self.share}%"


def ask_change(key: str, base: UsedWeights) -> WeightChange:
    """Ask which criterion counts for how much; ``key`` begins the keys of the widgets."""
    criteria = {c.id: c for c in run().active_criteria}
    left, right = st.columns([2, 5], vertical_alignment="top")
    chosen = left.selectbox(
        "Change the weight of",
        list(criteria),
        format_func=lambda c: criteria[c].name,
        key=f"{key}-what",
    )
    criterion = criteria[chosen]
    now = round(100 * base.weights[chosen])
    with right:
        share = share_box(f"{key}-{base.id}-{chosen}-{now}", criterion.name, now)
    is_tried = share != now
    weights = with_share(base.weights, chosen, share / 100) if is_tried else base.weights
    return WeightChange(base, criterion, share, weights, is_tried)
