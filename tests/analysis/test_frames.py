"""Ranking a DataFrame: labels kept in results and in errors."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda import analysis, engine
from mcda.engine import METHODS, InputError

CARS = pd.DataFrame(
    {"price": [9.0, 12.0, 7.0], "seats": [5, 7, 2]}, index=["small", "large", "tiny"]
)
WEIGHTS = {"price": 2, "seats": 1}
DIRECTIONS = {"price": "min", "seats": "max"}


def test_scores_and_ranks_are_the_engines_under_the_row_labels():
    found = mcda.rank(CARS, WEIGHTS, DIRECTIONS, method="weighted_sum")
    # Min-max: price 0.6, 0, 1; seats 0.6, 1, 0; weights 2/3 and 1/3.
    assert found.scores.to_dict() == pytest.approx({"small": 0.6, "large": 1 / 3, "tiny": 2 / 3})
    assert found.ranks.to_dict() == {"tiny": 1, "small": 2, "large": 3}
    assert found.higher_is_better


def test_weights_are_normalised_under_the_column_labels():
    found = mcda.rank(CARS, WEIGHTS, DIRECTIONS)
    assert found.weights.to_dict() == pytest.approx({"price": 2 / 3, "seats": 1 / 3})


def test_the_default_method_is_classic_topsis():
    found = mcda.rank(CARS, WEIGHTS, DIRECTIONS)
    plain = engine.rank(CARS.to_numpy(), [2, 1], [-1, 1], method="topsis")
    assert (found.method, found.scores.tolist()) == ("topsis", plain.scores.tolist())


def test_the_table_stands_best_first():
    frame = mcda.rank(CARS, WEIGHTS, DIRECTIONS, method="weighted_sum").to_frame()
    assert list(frame.index) == ["tiny", "small", "large"]
    assert list(frame.columns) == ["score", "rank"]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("rows", [2, 3], ids=["as many rows as columns", "more rows than columns"])
def test_every_step_carries_the_labels_of_its_axes(method, rows):
    options = {"bounds": [(0, 20), (0, 9)]} if METHODS[method].required else {}
    frame = CARS.iloc[:rows]
    found = mcda.rank(frame, WEIGHTS, DIRECTIONS, method=method, **options)
    labels = {"alternative": list(frame.index), "criterion": list(frame.columns)}
    assert list(found.steps) == list(METHODS[method].steps)
    for name, step in found.steps.items():
        axes = METHODS[method].steps[name].axes
        assert [list(axis) for axis in step.axes] == [labels[axis] for axis in axes]


def test_a_partial_order_and_a_compromise_carry_the_row_labels():
    order = mcda.rank(CARS, WEIGHTS, DIRECTIONS, method="promethee_ii").partial_order
    # By price, two thirds of the weight, tiny comes before small before large; by seats after.
    assert order.loc["tiny", "large"]
    assert not order.loc["large", "tiny"]
    vikor = mcda.rank(CARS, WEIGHTS, DIRECTIONS, method="vikor")
    compromise = vikor.compromise
    # Q is 0.1, 1 and 1/12: the second is nearer to the first than 1/2.
    assert compromise.to_dict() == {"small": True, "large": False, "tiny": True}
    assert (vikor.acceptable_advantage, vikor.acceptable_stability) == (False, True)
    plain = mcda.rank(CARS, WEIGHTS, DIRECTIONS)
    assert plain.partial_order is None
    assert plain.compromise is None
    assert (plain.acceptable_advantage, plain.acceptable_stability) == (None, None)


def test_a_distance_by_row_and_an_ideal_by_column_are_told_apart_in_a_square_table():
    found = mcda.rank(CARS.iloc[:2], WEIGHTS, DIRECTIONS)
    assert list(found.steps["distance_to_ideal"].index) == ["small", "large"]
    assert list(found.steps["ideal"].index) == ["price", "seats"]


@pytest.mark.parametrize(
    ("weights", "directions"),
    [
        ([2, 1], ["min", "max"]),
        ((2, 1), (-1, 1)),
        (np.array([2, 1]), np.array([-1, 1])),
        ({"seats": 1, "price": 2}, {"seats": "max", "price": "min"}),
        (pd.Series({"seats": 1, "price": 2}), pd.Series({"seats": 1, "price": -1})),
    ],
    ids=["lists", "tuples", "arrays", "dicts in another order", "Series in another order"],
)
def test_weights_and_directions_go_by_label_or_by_order(weights, directions):
    found = mcda.rank(CARS, weights, directions)
    assert found.ranks.equals(mcda.rank(CARS, WEIGHTS, DIRECTIONS).ranks)
    assert found.weights["price"] == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ({"price": 1}, "weights: nothing for ['seats']"),
        ({"price": 1, "seats": 1, "doors": 1}, "weights: ['doors'] not among the columns"),
        ({"price": 1, "doors": 1}, "nothing for ['seats'] and ['doors'] not among the columns"),
        (pd.Series([1, 1]), "nothing for ['price', 'seats'] and [0, 1] not among the columns"),
        (pd.Series([1, 1, 2], index=["price", "price", "seats"]), "label 'price' stands more"),
    ],
)
def test_labels_that_do_not_match_the_columns_are_refused(weights, message):
    with pytest.raises(InputError) as caught:
        mcda.rank(CARS, weights, DIRECTIONS)
    assert message in str(caught.value)
    assert caught.value.argument == "weights"


def test_directions_that_do_not_match_the_columns_are_refused():
    with pytest.raises(InputError, match=r"directions: nothing for \['seats'\]"):
        mcda.rank(CARS, WEIGHTS, {"price": "min"})


@pytest.mark.parametrize(
    ("frame", "place"),
    [
        (CARS.assign(seats=[5, np.nan, 2]), "matrix, row 'large', column 'seats': nan"),
        (CARS.assign(seats=[5, np.inf, 2]), "matrix, row 'large', column 'seats': inf"),
        (CARS.assign(seats=["five", 7, 2]), "matrix, row 'small', column 'seats': 'five'"),
        (CARS.assign(seats=[True, False, True]), "matrix, row 'small', column 'seats': True"),
        (CARS.astype("string"), "matrix, row 'small', column 'price': '9.0'"),
        (
            CARS.assign(seats=pd.array([5, None, 2], dtype="Int64")),
            "matrix, row 'large', column 'seats': nan",
        ),
        (CARS.set_index(pd.Index([10, 20, 30])).mul([1, np.nan]), "row 10, column 'seats'"),
    ],
)
def test_a_cell_that_is_no_finite_number_is_named_by_its_labels(frame, place):
    with pytest.raises(InputError) as caught:
        mcda.rank(frame, WEIGHTS, DIRECTIONS)
    assert place in str(caught.value)


@pytest.mark.parametrize("dtype", ["Int64", "Float64", "int8", "float32", "uint16"])
def test_every_kind_of_number_is_taken(dtype):
    found = mcda.rank(CARS.astype(dtype), WEIGHTS, DIRECTIONS)
    assert found.ranks.tolist() == mcda.rank(CARS, WEIGHTS, DIRECTIONS).ranks.tolist()


@pytest.mark.parametrize(
    ("weights", "directions", "options", "place"),
    [
        ([1, -2], [1, 1], {}, "weights, column 'seats': -2 is negative"),
        ([1, 1], [1, 0], {}, "directions, column 'seats': 0 is not a direction"),
        ([1, 1], [1, "up"], {}, "directions, column 'seats': 'up' is not a direction"),
        (
            [1, 1],
            [1, 1],
            {"bounds": [(0, 20), (9, 0)]},
            "bounds, column 'seats': the low end 9 must be below the high end 0",
        ),
        (
            [1, 1],
            [1, 1],
            {"bounds": [(0, np.nan), (0, 9)]},
            "bounds, column 'price': nan is not a finite number",
        ),
        (
            [1, 1],
            [1, 1],
            {"bounds": [(0, 20), (0, 5)]},
            "matrix, row 'large', column 'seats': 7 is outside the declared range 0 to 5",
        ),
    ],
)
def test_other_faults_are_named_by_column_label(weights, directions, options, place):
    method = {"method": "topsis_anchored"} if options else {}
    with pytest.raises(InputError) as caught:
        mcda.rank(CARS, weights, directions, **method, **options)
    assert str(caught.value).startswith(place)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((CARS, [1, 1, 1], [1, 1]), "weights: it covers 3 criteria, but the matrix has 2"),
        ((CARS, [0, 0], [1, 1]), "weights: all weights are 0"),
        ((CARS.iloc[:0], [1, 1], [1, 1]), "matrix: it is empty"),
        ((CARS, [1, 1], [1, 1], "ahp"), "method: 'ahp' is unknown"),
    ],
)
def test_a_fault_without_a_place_keeps_its_message(arguments, message):
    with pytest.raises(InputError) as caught:
        mcda.rank(*arguments)
    assert str(caught.value).startswith(message)


def test_a_labelled_error_still_carries_positions():
    with pytest.raises(InputError) as caught:
        mcda.rank(CARS.assign(seats=[5, 7, np.nan]), WEIGHTS, DIRECTIONS)
    error = caught.value
    assert (error.argument, error.row, error.column) == ("matrix", 2, 1)
    assert error.reason == "nan is not a finite number"


def test_columns_of_one_name_are_ranked_by_order():
    twins = CARS.set_axis(["price", "price"], axis=1)
    found = mcda.rank(twins, [2, 1], [-1, 1], method="weighted_sum")
    assert found.ranks.to_dict() == {"tiny": 1, "small": 2, "large": 3}


def test_columns_of_one_name_cannot_be_weighted_by_name():
    twins = CARS.set_axis(["price", "price"], axis=1)
    with pytest.raises(InputError, match="label 'price' stands more than once"):
        mcda.rank(twins, {"price": 1}, [1, 1])


def test_rows_of_one_name_keep_it():
    twins = CARS.set_axis(["car", "car", "van"], axis=0)
    assert list(mcda.rank(twins, WEIGHTS, DIRECTIONS).ranks.index) == ["car", "car", "van"]


@pytest.mark.parametrize("given", [[[1, 2], [3, 4]], np.eye(2), pd.Series([1.0, 2.0])])
def test_anything_but_a_frame_is_refused_with_the_way_on(given):
    with pytest.raises(InputError, match=r"not a DataFrame; mcda\.engine\.rank takes lists"):
        mcda.rank(given, [1, 1], [1, 1])


def test_the_tables_of_findings_are_those_that_are_documented():
    page = (Path(__file__).parents[2] / "docs" / "METHODS.md").read_text(encoding="utf-8")
    section = page.partition("## As pandas tables\n")[2].partition("\n## ")[0]
    documented = {
        (finding, table)
        for findings, tables in re.findall(r"^\| (`[A-Z].*?) \| (.*) \|$", section, flags=re.M)
        for finding in re.findall(r"`(\w+)`", findings)
        for table in re.findall(r"`(\w+)\(\)`", tables)
    }
    there = {
        (name, method)
        for name in analysis.__all__
        for method in dir(getattr(analysis, name))
        if isinstance(getattr(analysis, name), type)
        and method.endswith("_frame")
        and not method.startswith("_")
    }
    assert documented == there
