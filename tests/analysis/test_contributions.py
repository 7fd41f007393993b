"""The parts of each score: weight times value, criterion by criterion."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda.analysis import contributions, ranking


def test_each_part_is_weight_times_value_in_the_order_of_the_ranking(build):
    rows = {"a": {"cost": 40, "reach": 10}, "b": {"cost": 10, "reach": 90}}
    found = contributions(build(rows, {"cost": 1, "reach": 3}, ends={"cost": (40, 0)}))
    assert [p.id for p in found.programs] == ["b", "a"]
    expected = np.array([[0.25 * 75, 0.75 * 90], [0, 0.75 * 10]])
    assert found.low == pytest.approx(expected, abs=1e-12)
    assert found.high == pytest.approx(expected, abs=1e-12)


cells = st.one_of(
    st.integers(0, 100),
    st.none(),
    st.tuples(st.integers(0, 49), st.integers(50, 100)),
)


@given(
    st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=5),
    st.tuples(*[st.integers(0, 9)] * 3).filter(any),
)
@settings(max_examples=40)
def test_rows_add_up_to_the_ends_of_the_scores(build, rows, points):
    table = {f"p{i}": dict(zip("xyz", row, strict=True)) for i, row in enumerate(rows)}
    project = build(table, dict(zip("xyz", points, strict=True)))
    found, ranked = contributions(project), ranking(project).ranked
    assert [p.id for p in found.programs] == [p.id for p in ranked]
    assert found.low.sum(axis=1) == pytest.approx([p.score_low for p in ranked])
    assert found.high.sum(axis=1) == pytest.approx([p.score_high for p in ranked])


def test_programs_left_out_have_no_row(build):
    found = contributions(build({"a": {"x": 1}, "b": {"x": 2}}, out={"b": ""}))
    assert [p.id for p in found.programs] == ["a"]


@pytest.mark.parametrize(("end", "values"), [("low", [10, 35, 45]), ("high", [40, 35, 75])])
def test_the_table_has_names_and_a_total(build, end, values):
    found = contributions(build({"a": {"x": (20, 80), "y": 70}}, {"x": 1, "y": 1}))
    frame = found.to_frame(end)
    assert list(frame.columns) == ["X", "Y", "Total"]
    assert frame.loc["A"].tolist() == pytest.approx(values)


def test_each_total_is_that_of_its_row(build):
    frame = contributions(build({"a": {"x": 20, "y": 30}, "b": {"x": 60, "y": 90}})).to_frame()
    assert frame["Total"].to_dict() == pytest.approx({"B": 75, "A": 25})


def test_a_criterion_called_total_keeps_its_column(build):
    frame = contributions(build({"a": {"total": 30, "x": 50}}, {"total": 1, "x": 1})).to_frame()
    assert list(frame.columns) == ["Total", "X", "Total"]
    assert frame.to_numpy().tolist() == [[15, 25, 40]]


def test_another_end_is_refused(build):
    with pytest.raises(ValueError, match="end is 'middle'"):
        contributions(build({"a": {"x": 1}})).to_frame("middle")
