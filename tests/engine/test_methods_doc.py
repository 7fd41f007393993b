"""The examples in docs/METHODS.md, read from the page, so that page and engine cannot drift."""

import re
from pathlib import Path

import numpy as np
import pytest

from mcda.engine import (
    METHODS,
    InputError,
    equal_weights,
    linear_value,
    normalize,
    piecewise_value,
    points_weights,
    rank,
    rank_order_weights,
    rank_scores,
    score_intervals,
    swing_weights,
)

PAGE = (Path(__file__).parents[2] / "docs" / "METHODS.md").read_text(encoding="utf-8")
UNIT = [(0, 100), (0, 100)]


class Table:
    """A table of the page: its columns, and its rows of numbers by label."""

    def __init__(self, lines):
        cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
        self.columns = cells[0][1:]
        self.texts = {row[0]: row[1:] for row in cells[2:]}

    def row(self, label):
        return np.array([float(text) for text in self.texts[label]])

    def column(self, name):
        at = self.columns.index(name)
        return np.array([float(row[at]) for label, row in self.texts.items() if label != "weight"])

    @property
    def cells(self):
        return np.array([self.row(label) for label in self.texts if label != "weight"])

    @property
    def directions(self):
        return [re.search(r"\((max|min)\)", column)[1] for column in self.columns]

    def check(self, actual, name=None):
        """Compare with what is printed, to the decimals printed."""
        labels = [label for label in self.texts if label != "weight"]
        texts = [self.texts[label] for label in labels]
        if name is not None:
            texts = [[row[self.columns.index(name)]] for row in texts]
        for row, printed in zip(np.asarray(actual).reshape(len(texts), -1), texts, strict=True):
            for number, text in zip(row, printed, strict=True):
                decimals = len(text.partition(".")[2])
                assert number == pytest.approx(float(text), abs=0.5000001 * 10**-decimals)


def tables():
    blocks = re.findall(r"(?:^\|.*\|\n)+", PAGE, flags=re.MULTILINE)
    named = {}
    for block in blocks:
        lines = block.splitlines()
        named[lines[0].strip("|").split("|")[0].strip()] = Table(lines)
    return named


TABLES = tables()


def test_weighted_sum_by_hand():
    given = TABLES["Weighted sum: input"]
    result = rank(given.cells, given.row("weight"), given.directions, method="weighted_sum")
    TABLES["Weighted sum: normalized"].check(result.steps["normalized"])
    TABLES["Weighted sum: weighted"].check(result.steps["weighted"])
    TABLES["Weighted sum: result"].check(result.scores, "score")
    TABLES["Weighted sum: result"].check(result.ranks, "rank")


def check_topsis(result, printed):
    printed.check(result.steps["distance_to_ideal"], "distance_to_ideal")
    printed.check(result.steps["distance_to_anti_ideal"], "distance_to_anti_ideal")
    printed.check(result.scores, "closeness")
    printed.check(result.ranks, "rank")


def test_topsis_by_hand():
    given = TABLES["TOPSIS: input"]
    result = rank(given.cells, given.row("weight"), given.directions)
    TABLES["TOPSIS: normalized"].check(result.steps["normalized"])
    TABLES["TOPSIS: weighted"].check(result.steps["weighted"])
    TABLES["TOPSIS: points"].check([result.steps["ideal"], result.steps["anti_ideal"]])
    check_topsis(result, TABLES["TOPSIS: result"])


def test_topsis_anchored_by_hand():
    given = TABLES["Anchored: input"]
    weights = given.row("weight")
    result = rank(given.cells, weights, given.directions, method="topsis_anchored", bounds=UNIT)
    TABLES["Anchored: weighted"].check(result.steps["weighted"])
    check_topsis(result, TABLES["Anchored: result"])


def test_ranks_by_hand():
    printed = TABLES["Ranks: result"]
    assert rank_scores(printed.column("score")).tolist() == printed.column("rank").tolist()


@pytest.mark.parametrize("direction", ["benefit", "cost"])
@pytest.mark.parametrize("scheme", ["vector", "minmax", "linear", "sum", "logarithmic", "bounds"])
def test_normalizations_by_hand(scheme, direction):
    printed = TABLES[f"Normalization: {direction}"]
    options = {"bounds": [(0, 10)]} if scheme == "bounds" else {"normalization": scheme}
    sign = "max" if direction == "benefit" else "min"
    actual = normalize(printed.row("x")[:, np.newaxis], [sign], **options)[:, 0]
    np.testing.assert_allclose(actual, printed.row(scheme), atol=5.1e-4)


def test_value_functions_by_hand():
    linear = TABLES["Values: linear"]
    scores = [float(column) for column in linear.columns]
    linear.check(linear_value(scores, worst=40, best=10))
    piecewise = TABLES["Values: piecewise"]
    scores = [float(column) for column in piecewise.columns]
    piecewise.check(piecewise_value(scores, [0, 10, 50], [0, 60, 100]))


def test_intervals_by_hand():
    low, high = TABLES["Intervals: low"], TABLES["Intervals: high"]
    ends = score_intervals(low.cells, high.cells, low.row("weight"), low.directions, bounds=UNIT)
    for name in ("score_low", "score_high", "rank_best", "rank_worst"):
        TABLES["Intervals: result"].check(getattr(ends, name), name)


def test_weights_by_hand():
    given = TABLES["Weights: judgement"]
    TABLES["Weights: weight"].check(
        [
            equal_weights(3),
            points_weights(given.row("points")),
            swing_weights(given.row("swing")),
            rank_order_weights(given.row("order")),
            rank_order_weights(given.row("order with a tie")),
        ]
    )


EXAMPLES = {
    "Weighted product": "weighted_product",
    "WASPAS": "waspas",
    "PROMETHEE II": "promethee_ii",
    "VIKOR": "vikor",
    "COPRAS": "copras",
    "ARAS": "aras",
    "EDAS": "edas",
    "MABAC": "mabac",
    "CODAS": "codas",
    "MARCOS": "marcos",
    "MOORA": "moora",
    "SPOTIS": "spotis",
    "CoCoSo": "cocoso",
}
"""The methods whose example is the shared table, by the name in their tables."""


@pytest.mark.parametrize("title", EXAMPLES)
def test_further_methods_by_hand(title):
    given, method = TABLES["Example: input"], EXAMPLES[title]
    options = {"bounds": [(0, 5), (0, 5)]} if METHODS[method].required else {}
    result = rank(given.cells, given.row("weight"), given.directions, method, **options)
    printed = {name.partition(": ")[2]: TABLES[name] for name in TABLES if name.startswith(title)}
    columns = {"score": result.scores, "rank": result.ranks, **result.steps}
    table = printed.pop("result")
    for name in table.columns:
        table.check(columns[name], name)
    assert {"score", "rank"} <= set(table.columns)
    for name, step in printed.items():
        step.check(result.steps[name])


def test_every_method_has_its_section_and_its_rows():
    said = {"weighted_sum", "topsis", "topsis_anchored", *EXAMPLES.values()}
    assert said == set(METHODS)
    assert {label.split("`")[1] for label in TABLES["Method"].texts} == set(METHODS)
    ranged = {name for name, method in METHODS.items() if method.required}
    assert {label.strip("`") for label in TABLES["Takes"].texts} == set(METHODS) - ranged


def refused(call):
    try:
        call()
    except InputError:
        return True
    return False


@pytest.mark.parametrize("label", TABLES["Takes"].texts)
def test_what_a_method_takes_as_printed(label):
    method = label.strip("`")
    negative = refused(lambda: rank([[-1, 3], [3, 2], [1, 1]], [1, 1], [1, 1], method))
    zero = refused(lambda: rank([[0, 1], [2, 2], [1, 3]], [1, 1], [-1, 1], method))
    assert [negative, zero] == [text == "no" for text in TABLES["Takes"].texts[label]]


def normalized(scheme, direction, cells):
    """The column after normalization, or "refused"."""
    options = {"bounds": [(-10, 10)]} if scheme == "bounds=" else {"normalization": scheme}
    matrix = np.array(cells, dtype=float)[:, np.newaxis]
    try:
        return normalize(matrix, [direction], **options)[:, 0].tolist()
    except InputError:
        return "refused"


@pytest.mark.parametrize("direction", ["max", "min"])
@pytest.mark.parametrize("label", TABLES["name"].texts)
def test_the_table_of_normalizations_as_printed(label, direction):
    table, scheme = TABLES["name"], label.strip("`")
    said = dict(zip(table.columns, table.texts[label], strict=True))
    for kind, constant in (("constant column", 7), ("all-zero column", 0)):
        benefit, _, cost = said[kind].rstrip(")").partition(" (a cost: ")
        text = cost if cost and direction == "min" else benefit
        actual = normalized(scheme, direction, [constant] * 4)
        if text == "refused":
            assert actual == "refused"
        elif text == "the same for all":
            assert len(set(actual)) == 1
        else:
            value = {"1": 1, "0": 0, "1/m": 0.25}[text.removesuffix(" for all")]
            assert actual == [value] * 4
    assert (normalized(scheme, direction, [2, -3]) == "refused") == (
        said["negative cell"] == "refused"
    )
    assert (normalized(scheme, "min", [2, 0]) == "refused") == (said["zero in a cost"] == "refused")


def test_the_promise_table_says_what_the_registry_says():
    columns = ("monotone", "no_rank_reversal", "row_independent", "scale_invariant")
    for label, texts in TABLES["Method"].texts.items():
        method = METHODS[label.split("`")[1]]
        options = {"bounds": UNIT} if "`bounds`" in label or method.required else {}
        if "logarithmic" in label:
            options = {"normalization": "logarithmic"}
        made = [name in method.promises_for(options) for name in columns]
        assert made == [text == "yes" for text in texts]


@pytest.mark.parametrize(
    ("method", "matrix", "weights", "directions", "dropped", "pair", "printed"),
    [
        (
            "waspas",
            [[4, 1], [1, 0], [1, 9]],
            [1, 1],
            [-1, 1],
            2,
            (1, 0),
            (0.250, 0.174, 0.250, 0.5625),
        ),
        (
            "promethee_ii",
            [[7, 3], [0, 7], [2, 0]],
            [2, 3],
            [1, 1],
            2,
            (0, 1),
            (0.4, 0.2, -0.2, 0.2),
        ),
        ("vikor", [[2, 6], [0, 2], [1, 3]], [2, 3], [1, -1], 0, (2, 1), None),
        ("copras", [[7, 4], [1, 1], [1, 1]], [1, 1], [-1, 1], 2, (0, 1), None),
        ("aras", [[3, 1], [0, 1], [2, 6]], [1, 1], [1, -1], 0, (1, 2), (0.457, 0.438, 0.48, 0.6)),
        (
            "edas",
            [[1, 8], [3, 3], [1, 1]],
            [1, 1],
            [-1, -1],
            2,
            (1, 0),
            (0.209, 0.174, 0.455, 0.545),
        ),
        ("codas", [[0, 2], [3, 4], [2, 1]], [1, 3], [1, -1], 2, (1, 0), None),
        ("moora", [[0, 2], [3, 3], [5, 0]], [2, 3], [1, 1], 1, (2, 0), (0.343, 0.333, 0.4, 0.6)),
        (
            "cocoso",
            [[3, 6], [0, 1], [0, 4]],
            [1, 2],
            [1, -1],
            1,
            (0, 2),
            (2.367, 1.490, 1.974, 2.704),
        ),
    ],
)
def test_rank_reversals_as_printed(method, matrix, weights, directions, dropped, pair, printed):
    """The first of the pair leads; without the dropped one the second does."""
    before = rank(matrix, weights, directions, method)
    kept = [i for i in range(len(matrix)) if i != dropped]
    after = rank([matrix[i] for i in kept], weights, directions, method)
    first, second = pair
    now_first, now_second = (kept.index(i) for i in pair)
    assert before.ranks[first] < before.ranks[second]
    assert after.ranks[now_first] > after.ranks[now_second]
    if printed:
        scores = [*before.scores[[first, second]], *after.scores[[now_first, now_second]]]
        assert scores == pytest.approx(printed, abs=5.1e-4)


@pytest.mark.parametrize(
    ("method", "matrix", "weights", "directions", "cell", "value", "places"),
    [
        ("vikor", [[7, 3], [7, 5], [9, 9], [8, 4]], [7, 8], [1, -1], (2, 0), 19, (3, 4)),
        (
            "copras",
            [[8, 3, 1], [15.61, 20, 8], [1, 1, 5]],
            [9, 9, 1],
            [1, -1, -1],
            (1, 1),
            18,
            (2, 3),
        ),
        ("codas", [[7, 7, 4], [1, 5, 0]], [2, 3, 2], [-1, -1, 1], (0, 0), 4, (1, 2)),
        ("moora", [[1, -6], [-8, -1], [-6, 8], [-4, -1]], [8, 4], [1, 1], (2, 1), 18, (1, 2)),
        ("cocoso", [[1, 4], [2, 9], [6, 8]], [2, 3], [-1, 1], (2, 0), 2, (2, 3)),
    ],
)
def test_a_better_cell_can_cost_a_place_as_printed(
    method, matrix, weights, directions, cell, value, places
):
    row, column = cell
    better = [list(cells) for cells in matrix]
    better[row][column] = value
    assert (value - matrix[row][column]) * directions[column] > 0
    before = rank(matrix, weights, directions, method).ranks[row]
    after = rank(better, weights, directions, method).ranks[row]
    assert (before, after) == places


def test_codas_can_put_a_dominated_alternative_first_as_printed():
    matrix = [[14, 1, 3], [13, 1, 3], [9, 6, 2]]
    result = rank(matrix, [1, 1, 2], [1, 1, 1], "codas")
    np.testing.assert_allclose(result.scores, [-0.0115, -0.0050, 0.0165], atol=5e-5)
    assert result.ranks.tolist() == [3, 2, 1]


def test_weighted_sum_rank_reversal_as_printed():
    matrix, weights = [[9, 6], [5, 9], [7, 4]], [0.4, 0.6]
    three = rank(matrix, weights, [1, 1], method="weighted_sum").scores
    two = rank(matrix[:2], weights, [1, 1], method="weighted_sum").scores
    np.testing.assert_allclose(three, [0.64, 0.60, 0.20])
    np.testing.assert_allclose(two, [0.40, 0.60])


def test_weighted_sum_vector_is_not_monotone_below_zero_as_printed():
    options = {"method": "weighted_sum", "normalization": "vector"}
    before = rank([[3, -3], [-3, 6], [1, -2]], [1, 1], [1, 1], **options).ranks
    after = rank([[10, -3], [-3, 6], [1, -2]], [1, 1], [1, 1], **options).ranks
    assert before.tolist() == [1, 2, 3]
    assert after.tolist() == [2, 1, 3]


def test_topsis_rank_reversal_as_printed():
    matrix = [[7, 1], [4, 2], [9, 7]]
    np.testing.assert_allclose(rank(matrix, [1, 1], [1, 1]).scores[:2], [0.230, 0.146], atol=5e-4)
    two = rank(matrix[:2], [1, 1], [1, 1]).scores
    np.testing.assert_allclose(two, [0.454, 0.546], atol=5e-4)


def test_topsis_is_not_monotone_as_printed():
    before = rank([[-9, 7], [-2, -4], [2, 9]], [1, 2], [1, 1]).scores[0]
    after = rank([[-7, 7], [-2, -4], [2, 9]], [1, 2], [1, 1]).scores[0]
    assert before == pytest.approx(0.600, abs=5e-4)
    assert after == pytest.approx(0.595, abs=5e-4)


WEIGHTINGS = [
    "Equal weights",
    "Points",
    "SMART",
    "Swing",
    "Rank-order centroid",
    "Rank sum",
    "Rank reciprocal",
    "Pairwise comparisons (AHP)",
    "Best-worst method",
    "Entropy",
    "Standard deviation",
    "Coefficient of variation",
    "CRITIC",
    "MEREC",
]
COMPARISONS = ["Kendall tau-b", "Spearman", "Weighted Spearman", "WS", "Kendall W"]
COMPARISONS += ["Borda", "Copeland", "Kemeny", "Rank reversal"]
RANKINGS = ["Weighted sum", "TOPSIS, classic", "TOPSIS, anchored", "Weighted product", "WASPAS"]
RANKINGS += ["PROMETHEE I and II", "VIKOR", "COPRAS", "ARAS", "EDAS", "MABAC", "CODAS", "MARCOS"]
RANKINGS += ["MOORA, ratio system", "SPOTIS", "CoCoSo"]
SAID_OF_EACH = [
    "When",
    "Formula",
    "Choices",
    "Source",
    "Promises and exceptions",
    "Peers",
    "By hand",
]


@pytest.mark.parametrize("title", [*RANKINGS, *WEIGHTINGS, *COMPARISONS])
def test_a_section_says_all_that_is_said_of_each(title):
    section = re.search(rf"^###? {re.escape(title)}\n(.*?)(?=^##|\Z)", PAGE, flags=re.M | re.S)[1]
    said = re.findall(r"^\*\*([^*]+)\.\*\* \S", section, flags=re.M)
    assert [label for label in said if label in SAID_OF_EACH] == SAID_OF_EACH
    assert re.search(r"\b(?:1[89]|20)\d\d\b|as above", section.partition("**Source.**")[2])


def test_anchored_topsis_on_the_ends_of_the_columns_is_topsis_with_minmax_as_printed():
    matrix, directions = [[3, 9, 4], [8, 2, 5], [5, 5, 9], [4, 7, 1]], [1, -1, 1]
    ends = [(3, 8), (2, 9), (1, 9)]
    anchored = rank(matrix, [3, 2, 1], directions, "topsis_anchored", bounds=ends)
    classic = rank(matrix, [3, 2, 1], directions, "topsis", normalization="minmax")
    np.testing.assert_allclose(anchored.scores, classic.scores, rtol=1e-12)
