"""Five methods side by side: each its own places, one sentence, no vote."""

from __future__ import annotations

import numpy as np
import pytest

from mcda.analysis import COMPARED, method_table
from mcda.analysis.methods import PREFERENCE
from mcda.engine import METHODS
from mcda.project import (
    Criterion,
    Exact,
    NumberScale,
    PointShare,
    PointsJudgement,
    Program,
    Project,
    Range,
    Score,
    UnknownItemError,
    Weighting,
)
from mcda.project.templates import example


def decision(cells: dict[str, tuple[float | Range, ...]]) -> Project:
    """Programs on criteria of 0 to 100, all with the same weight."""
    project = Project.new("Which?").without_program("continue")
    count = len(next(iter(cells.values())))
    criteria = [f"c{n}" for n in range(count)]
    for name in cells:
        project = project.with_program(Program(id=name.lower(), name=name))
    for criterion in criteria:
        scale = NumberScale(worst=0.0, best=100.0)
        project = project.with_criterion(Criterion(id=criterion, name=criterion, scale=scale))
    project = project.with_scores(
        Score(
            program=name.lower(),
            criterion=criterion,
            amount=value if isinstance(value, Range) else Exact(value=float(value)),
        )
        for name, row in cells.items()
        for criterion, value in zip(criteria, row, strict=True)
    )
    shares = tuple(PointShare(item=c, points=1.0) for c in criteria)
    judgement = PointsJudgement(points=shares)
    return project.with_weighting(Weighting(id="group", name="Group", judgement=judgement))


def test_every_method_of_the_table_is_one_of_the_engine():
    assert set(COMPARED) <= set(METHODS)
    assert len(COMPARED) == 5


def test_all_agree_where_one_is_best_at_everything():
    found = method_table(decision({"Best": (90, 80), "Rest": (20, 30)}))
    assert found.sentence == "All five methods put Best first."
    assert all(ranks == {"best": 1, "rest": 2} for ranks in found.ranks.values())
    assert not found.settled


def test_the_product_punishes_a_very_low_score():
    # Sum: 50.5 against 49. Product: the root of 1 x 100 = 10 against 49.
    found = method_table(decision({"Uneven": (1, 100), "Even": (49, 49)}))
    assert found.ranks["weighted_sum"] == {"uneven": 1, "even": 2}
    assert found.ranks["weighted_product"] == {"even": 1, "uneven": 2}
    assert "Weighted product" in found.sentence
    assert "Even first" in found.sentence
    assert "This is no vote" in found.sentence


def test_promethee_counts_no_small_difference_and_no_huge_one_more_than_in_full():
    # A: 4 better on one thing counts nothing, so B's 10 on the other decides. C is far behind.
    # Degrees with q 5 and p 50: (10 - 5) / 45.
    found = method_table(decision({"A": (100, 40), "B": (96, 50), "C": (0, 0)}))
    assert found.ranks["promethee_ii"]["b"] == 1
    assert PREFERENCE == {"preference": "linear", "q": 5.0, "p": 50.0}


def test_ranges_stand_at_their_likely_number():
    ranged = Range(low=0.0, likely=80.0, high=90.0)
    found = method_table(decision({"A": (ranged, 50), "B": (70, 50)}))
    assert found.settled
    assert found.ranks["weighted_sum"] == {"a": 1, "b": 2}


def test_without_a_likely_number_half_way_is_taken():
    found = method_table(decision({"A": (Range(low=0.0, high=100.0), 50), "B": (49, 50)}))
    assert found.ranks["weighted_sum"] == {"a": 1, "b": 2}


def test_the_frame_has_the_places_in_the_order_of_the_weighted_sum():
    found = method_table(example())
    frame = found.to_frame()
    assert list(frame.columns) == [name for name, _ in COMPARED.values()]
    assert list(frame.index) == list(found.names.values())
    places = frame["Weighted sum"].astype(int).to_numpy()
    assert (np.diff(places) >= 0).all()


def test_an_unknown_weighting_is_refused():
    with pytest.raises(UnknownItemError):
        method_table(example(), weighting="nobody")
