"""The working, table by table, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from mcda.analysis import working

from .conftest import build


@pytest.fixture
def project():
    return build({"p": {"a": 80, "b": (20, 60)}, "q": {"a": 40, "b": 50}}, {"a": 3, "b": 1})


def table(tables, title):
    return next(t for t in tables if t.title == title).frame


def test_values_and_weights_come_first(project):
    tables = working(project)
    assert [t.title for t in tables[:2]] == ["Values", "Weights"]
    assert tables[0].frame.loc["P"].tolist() == [80, 20]
    assert tables[1].frame.loc["Weight"].tolist() == [0.75, 0.25]


def test_the_better_end_takes_the_high_value(project):
    assert table(working(project, end="high"), "Values").loc["P"].tolist() == [80, 60]


def test_weighted_parts_add_up_to_the_score(project):
    tables = working(project)
    parts = table(tables, "Weighted")
    assert parts.loc["P"].tolist() == pytest.approx([0.6, 0.05])
    assert table(tables, "Scores")["Score"].tolist() == pytest.approx([0.65, 0.425])
    assert table(tables, "Scores")["Place"].tolist() == [1, 2]


def test_topsis_shows_its_distances(project):
    tables = working(project, method="topsis_anchored")
    to_ideal = table(tables, "Distance to ideal")["Value"]
    assert to_ideal["Q"] == pytest.approx(np.hypot(0.75 * 0.6, 0.25 * 0.5))


def test_every_table_says_what_it_holds(project):
    for method in ("weighted_sum", "topsis", "topsis_anchored"):
        assert all(t.description.endswith(".") for t in working(project, method=method))


def test_another_end_is_refused(project):
    with pytest.raises(ValueError, match="'low' or 'high'"):
        working(project, end="middle")
