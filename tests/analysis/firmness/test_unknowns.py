"""Which unknown matters most: every end tried by hand."""

from __future__ import annotations

import numpy as np
import pytest

from mcda.analysis import firmness, used_weights
from mcda.analysis.firmness.counting import settled_values
from mcda.analysis.firmness.spaces import weight_space
from mcda.analysis.table import decision_table
from mcda.engine.robustness import Sampling, sample_weights

QUICK = Sampling(seed=3, samples=1000)
ROWS = {
    "a": {"x": 60, "y": (20, 60)},
    "b": {"x": 40, "y": None},
    "c": {"x": (0, 10, 30), "y": 30},
}


def by_hand(project, found):
    """The leaders' share with each cell at either end, with the ranking's own weighted sum."""
    run = project.run()
    table = decision_table(run)
    space = weight_space(run, used_weights(run), found.space.id)
    weights = sample_weights(space.engine, found.samples, seed=found.seed).weights
    leaders = [
        i
        for i, p in enumerate(table.programs)
        if p in table.programs and any(p.id == leader.id for leader in found.leaders)
    ]
    shares = {}
    for i, j in np.argwhere(table.low < table.high):
        for end in (table.low, table.high):
            values = settled_values(table).copy()
            values[i, j] = end[i, j]
            first = (weights @ values.T).argmax(axis=1)
            key = table.programs[i].id, table.criteria[j].id
            shares.setdefault(key, []).append(np.isin(first, leaders).mean())
    return shares


@pytest.mark.parametrize("space", ["near", "all"])
def test_shares_at_either_end_are_those_of_the_whole_table(build, space):
    project = build(ROWS, {"x": 1, "y": 1})
    found = firmness(project, space=space, sampling=QUICK)
    expected = by_hand(project, found)
    assert {(c.program, c.criterion) for c in found.unknowns} == set(expected)
    for cell in found.unknowns:
        ends = expected[cell.program, cell.criterion]
        assert (cell.share_worst, cell.share_best) == pytest.approx(tuple(ends))


def test_what_changes_the_first_place_comes_first_then_the_larger_swing(build):
    found = firmness(build(ROWS), space="all", sampling=QUICK)
    keys = [(not c.changes_first, -c.swing) for c in found.unknowns]
    assert keys == sorted(keys)
    assert (found.unknowns[0].program, found.unknowns[0].criterion) == ("b", "y")
    assert found.unknowns[0].changes_first


def test_each_says_what_is_recorded(build):
    found = firmness(build(ROWS, units={"x": "%", "y": "days"}), space="all", sampling=QUICK)
    said = {(c.program_name, c.criterion_name): (c.kind, c.recorded) for c in found.unknowns}
    assert said == {
        ("A", "Y"): ("range", "20 to 60 days"),
        ("B", "Y"): ("unknown", "not known"),
        ("C", "X"): ("range", "0 to 30, likely 10%"),
    }


def test_near_twins_change_places_without_changing_the_first(build):
    rows = {"a": {"x": (58, 60)}, "b": {"x": 59.5}, "c": {"x": 20}}
    found = firmness(build(rows), sampling=QUICK)
    assert len(found.leaders) == 2
    (cell,) = found.unknowns
    assert (cell.changes_first, cell.swing) == (False, 0)


def test_nothing_unknown_nothing_told(build):
    assert firmness(build({"a": {"x": 1}, "b": {"x": 2}})).unknowns == ()
