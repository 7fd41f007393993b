"""Ends of scores and places, against every corner of the ranges and points inside them."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda.analysis import decision_table, ranking
from mcda.analysis.scoring import SAMPLES, score_table, solve
from mcda.engine import InputError

TOLERANCE = 1e-9


def weighted_sum(values, weights):
    return np.array([sum(w * v for w, v in zip(weights, row, strict=True)) for row in values])


def topsis_anchored(values, weights):
    """Closeness to 100 on everything and distance from 0, straight from the definition."""
    scores = []
    for row in values:
        near = sum((w * v / 100) ** 2 for w, v in zip(weights, row, strict=True)) ** 0.5
        far = sum((w * (1 - v / 100)) ** 2 for w, v in zip(weights, row, strict=True)) ** 0.5
        scores.append(near / (near + far))
    return np.array(scores)


SOLVERS = {"weighted_sum": weighted_sum, "topsis_anchored": topsis_anchored}


def places(scores):
    """Best and worst are the same here: 1 + how many are better."""
    return np.array([1 + sum(o > s + TOLERANCE for o in scores) for s in scores])


def corners(low, high):
    """Every way to set each cell to one of its ends."""
    ends = [sorted({a, b}) for a, b in zip(low.ravel(), high.ravel(), strict=True)]
    for cells in product(*ends):
        yield np.array(cells).reshape(low.shape)


exact = st.integers(0, 100).map(float)
cells = st.one_of(
    exact, st.none(), st.tuples(exact, exact).map(sorted).filter(lambda r: r[0] < r[1]).map(tuple)
)


@st.composite
def uncertain_tables(draw):
    """Up to 3 programs on 2 criteria, with at most 5 cells that are not exact."""
    count = draw(st.integers(1, 3))
    rows = {f"p{i}": {c: draw(cells) for c in ("x", "y")} for i in range(count)}
    weights = {c: draw(st.integers(1, 9)) for c in ("x", "y")}
    loose = sum(not isinstance(v, float) for row in rows.values() for v in row.values())
    return rows, weights, loose


@pytest.mark.parametrize("method", SOLVERS)
@given(uncertain_tables(), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_no_setting_of_the_unknowns_falls_outside_the_ends_and_each_end_is_reached(
    build, method, case, random
):
    rows, points, loose = case
    project = build(rows, points)
    table = decision_table(project.run())
    weights = np.array(list(points.values())) / sum(points.values())
    found = score_table(table, weights, method)
    assert found.exact

    solved = [SOLVERS[method](values, weights) for values in corners(table.low, table.high)]
    assert len(solved) <= 2**loose
    shares = [np.array([[random.random() for _ in row] for row in table.low]) for _ in range(5)]
    inside = [
        SOLVERS[method](table.low + share * (table.high - table.low), weights) for share in shares
    ]
    assert found.low == pytest.approx(np.min(solved, axis=0), abs=TOLERANCE)
    assert found.high == pytest.approx(np.max(solved, axis=0), abs=TOLERANCE)
    for scores in inside:
        assert (scores >= found.low - TOLERANCE).all()
        assert (scores <= found.high + TOLERANCE).all()

    at_corners = np.array([places(scores) for scores in solved])
    assert found.best.tolist() == at_corners.min(axis=0).tolist()
    assert found.worst.tolist() == at_corners.max(axis=0).tolist()
    for scores in inside:
        assert (places(scores) >= found.best).all()
        assert (places(scores) <= found.worst).all()


@pytest.mark.parametrize("method", SOLVERS)
@given(uncertain_tables())
@settings(max_examples=25)
def test_a_score_is_one_number_exactly_where_every_cell_is(build, method, case):
    rows, points, _ = case
    found = ranking(build(rows, points), method=method)
    for program_id, row in rows.items():
        result = found.result(program_id)
        if all(isinstance(value, float) for value in row.values()):
            assert result.score == result.score_low == result.score_high
        else:
            assert result.score is None
            assert result.score_low < result.score_high


@pytest.mark.parametrize("method", ["weighted_sum", "topsis_anchored", "topsis"])
def test_an_unknown_on_a_criterion_that_does_not_count_leaves_everything_exact(build, method):
    rows = {"a": {"x": 10, "y": None}, "b": {"x": 60, "y": 3}}
    found = ranking(build(rows, {"x": 1, "y": 0}), method=method)
    assert [(p.id, p.rank) for p in found.programs] == [("b", 1), ("a", 2)]


def test_an_unknown_on_a_criterion_that_does_not_count_leaves_the_score_one_number(build):
    found = ranking(build({"a": {"x": 10, "y": None}, "b": {"x": 60, "y": 3}}, {"x": 1, "y": 0}))
    assert found.result("a").score == pytest.approx(10)
    assert found.result("a").score_likely == pytest.approx(10)


# --- likely numbers


def test_the_likely_score_takes_every_likely_number(build):
    found = ranking(build({"a": {"x": (20, 30, 80), "y": 50}}, {"x": 1, "y": 3}))
    assert found.result("a").score_likely == pytest.approx(0.25 * 30 + 0.75 * 50)


@pytest.mark.parametrize("cell", [None, (20, 80)])
def test_without_a_likely_number_there_is_no_likely_score(build, cell):
    found = ranking(build({"a": {"x": cell, "y": (1, 2, 3)}, "b": {"x": 1, "y": 1}}))
    assert found.result("a").score_likely is None
    assert found.result("b").score_likely == pytest.approx(1)


def test_where_rows_are_scored_by_each_other_one_missing_number_leaves_no_likely_score(build):
    rows = {"a": {"x": None, "y": 10}, "b": {"x": 20, "y": 40}, "c": {"x": 30, "y": 5}}
    found = ranking(build(rows), method="topsis")
    assert [p.score_likely for p in found.programs] == [None, None, None]


def test_classic_topsis_has_a_likely_score_where_all_likely_numbers_are_there(build):
    rows = {"a": {"x": (0, 10, 20)}, "b": {"x": 20}, "c": {"x": 30}}
    found = ranking(build(rows), method="topsis")
    # One criterion: the closeness runs evenly from the lowest (10) to the highest (30).
    likely = {p.id: p.score_likely for p in found.programs}
    assert likely == pytest.approx({"a": 0, "b": 0.5, "c": 1})


# --- methods without exact ends


UNCERTAIN = {"a": {"x": (0, 40), "y": 70}, "b": {"x": 30, "y": None}, "c": {"x": 90, "y": 20}}


def test_classic_topsis_on_ranges_says_that_its_ends_are_sampled(build):
    found = ranking(build(UNCERTAIN), method="topsis")
    assert (found.intervals, found.samples) == ("sampled", SAMPLES)


def test_classic_topsis_on_exact_scores_needs_no_sample(build):
    found = ranking(build({"a": {"x": 1}, "b": {"x": 2}}), method="topsis")
    assert (found.intervals, found.samples) == ("exact", 0)


def test_sampled_ends_are_the_same_every_time(build):
    project = build(UNCERTAIN)
    assert ranking(project, method="topsis") == ranking(project, method="topsis")


def test_sampled_ends_come_from_settings_of_the_ranges(build):
    table = decision_table(build(UNCERTAIN).run())
    weights = np.array([0.5, 0.5])
    found = score_table(table, weights, "topsis")
    middle = solve("topsis", (table.low + table.high) / 2, weights).scores
    assert (found.low < middle).all()
    assert (middle < found.high).all()
    assert (found.low >= 0).all()
    assert (found.high <= 1).all()


def test_an_unknown_method_is_refused_with_those_there_are():
    with pytest.raises(InputError, match="no method 'ahp'; there is weighted_sum, topsis"):
        solve("ahp", np.zeros((1, 1)), np.ones(1))


def test_each_program_is_drawn_at_its_best_with_the_others_at_their_worst(build):
    """With 16 unknowns random corners would all but never reach the ends of B."""
    names = [f"c{i}" for i in range(16)]
    rows = {
        "a": dict.fromkeys(names, 80),
        "b": dict.fromkeys(names, None),
        "c": dict.fromkeys(names, 10),
    }
    found = ranking(build(rows, dict.fromkeys(names, 1)), method="topsis")
    assert (found.result("b").rank_best, found.result("b").rank_worst) == (1, 3)


def test_sampled_ends_prove_no_place_and_no_score(build):
    rows = {"a": {"x": 80, "y": 80}, "b": {"x": (5, 9), "y": 5}}
    found = ranking(build(rows, {"x": 1, "y": 1}), method="topsis")
    assert found.intervals == "sampled"
    assert found.result("a").rank_best == found.result("a").rank_worst == 1
    assert found.result("a").rank is None
    assert found.result("a").score is None
    assert found.sentence.startswith("As far as 4,000 draws show: A comes first")
