import numpy as np
import pytest

from mcda.engine import InputError, rank, rank_batch
from mcda.engine.methods import promethee


def flows(cells, **options):
    """The net flows of one criterion."""
    matrix = np.array(cells, dtype=float)[:, np.newaxis]
    return rank(matrix, [1], ["max"], "promethee_ii", **options).scores.tolist()


@pytest.mark.parametrize(
    ("preference", "thresholds", "degrees"),
    [
        ("usual", {}, [0, 1, 1, 1, 1]),
        ("u_shape", {"q": 2}, [0, 0, 0, 1, 1]),
        ("v_shape", {"p": 4}, [0, 0.25, 0.5, 0.75, 1]),
        ("level", {"q": 1, "p": 3}, [0, 0, 0.5, 0.5, 1]),
        ("linear", {"q": 1, "p": 3}, [0, 0, 0.5, 1, 1]),
        ("gaussian", {"s": 2}, 1 - np.exp([0, -1 / 8, -4 / 8, -9 / 8, -16 / 8])),
    ],
)
def test_the_six_preference_functions(preference, thresholds, degrees):
    """Brans and Vincke (1985), table 1: the degree at differences of 0, 1, 2, 3 and 4."""
    for difference, degree in enumerate(degrees):
        expected = pytest.approx([degree, -degree], abs=1e-15)
        assert flows([difference, 0], preference=preference, **thresholds) == expected


def test_each_criterion_has_its_own_function_and_thresholds():
    matrix, weights = [[10, 3], [4, 1]], [3, 1]
    options = {"preference": ["v_shape", "u_shape"], "p": [12, 0], "q": [0, 2]}
    assert rank(matrix, weights, [1, 1], "promethee_ii", **options).scores.tolist() == [
        0.375,
        -0.375,
    ]
    options["q"] = [0, 1]
    assert rank(matrix, weights, [1, 1], "promethee_ii", **options).scores.tolist() == [
        0.625,
        -0.625,
    ]
    options["preference"] = np.array(["v_shape", "u_shape"])
    assert rank(matrix, weights, [1, -1], "promethee_ii", **options).scores.tolist() == [
        0.125,
        -0.125,
    ]


def test_rounding_noise_is_no_preference():
    assert flows([0.1 + 0.2, 0.3]) == [0, 0]
    assert flows([0.4, 0.3], preference="u_shape", q=0.1) == [0, 0]
    assert flows([0.4, 0.3], preference="level", q=0.05, p=0.1) == [0.5, -0.5]


def test_incomparable_equal_and_better():
    """One wins and loses half of its comparisons, two tie with each other, one loses all."""
    result = rank([[9, 1], [5, 5], [5, 5], [0, 0]], [1, 1], [1, 1], "promethee_ii")
    np.testing.assert_allclose(result.steps["positive_flow"], [4 / 6, 3 / 6, 3 / 6, 0])
    np.testing.assert_allclose(result.steps["negative_flow"], [2 / 6, 1 / 6, 1 / 6, 1], atol=1e-15)
    assert result.partial_order.astype(int).tolist() == [
        [1, 0, 0, 1],
        [0, 1, 1, 1],
        [0, 1, 1, 1],
        [0, 0, 0, 1],
    ]
    np.testing.assert_allclose(result.scores, [1 / 3, 1 / 3, 1 / 3, -1], rtol=1e-12)
    assert result.ranks.tolist() == [1, 1, 1, 4]
    with pytest.raises(ValueError, match="read-only"):
        result.partial_order[0, 1] = True


def test_the_preference_of_each_pair():
    pairs = rank([[9, 1], [5, 5]], [3, 1], [1, 1], "promethee_ii").steps["preference"]
    assert pairs.tolist() == [[0, 0.75], [0.25, 0]]


def test_blocks_of_pairs_change_nothing(monkeypatch):
    matrix = np.random.default_rng(5).normal(size=(11, 3))
    options = {"method": "promethee_ii", "preference": "v_shape", "p": 2}
    whole = rank(matrix, [3, 2, 1], [1, -1, 1], **options)
    monkeypatch.setattr(promethee, "PAIRS_PER_BLOCK", 30)
    parts = rank(matrix, [3, 2, 1], [1, -1, 1], **options)
    np.testing.assert_allclose(parts.scores, whole.scores, atol=1e-14)
    np.testing.assert_allclose(parts.steps["preference"], whole.steps["preference"])
    batch = rank_batch(matrix, [[3, 2, 1]] * 2, [1, -1, 1], **options)
    np.testing.assert_allclose(batch, [whole.scores] * 2, atol=1e-14)


@pytest.mark.parametrize(
    ("options", "argument", "column", "words"),
    [
        ({"preference": "steep"}, "preference", None, "allowed: usual, u_shape, v_shape, level"),
        ({"preference": ["usual"]}, "preference", None, "one for each of the 2 criteria"),
        ({"preference": 3}, "preference", None, "one for each of the 2 criteria"),
        ({"preference": ["usual", 3]}, "preference", None, "'3' is unknown"),
        ({"preference": "v_shape"}, "p", 0, "it is missing; needed by v_shape, level, linear"),
        ({"preference": ["usual", "gaussian"]}, "s", 1, "it is missing; needed by gaussian"),
        ({"q": 1}, "q", None, "no criterion uses it; only u_shape, level, linear do"),
        ({"preference": "u_shape", "q": [1, 2, 3]}, "q", None, "it covers 3 criteria"),
        ({"preference": "u_shape", "q": [1, -2]}, "q", 1, "-2 must be 0 or more"),
        ({"preference": "u_shape", "q": [1, np.nan]}, "q", 1, "nan is not a finite number"),
        ({"preference": "v_shape", "p": 0}, "p", 0, "0 must be above 0"),
        ({"preference": "level", "q": 1, "p": [2, 1]}, "p", 1, "1 is not above q, which is 1"),
    ],
)
def test_unusable_options_are_refused(options, argument, column, words):
    with pytest.raises(InputError, match=words) as caught:
        rank([[1, 2], [2, 1]], [1, 1], [1, 1], "promethee_ii", **options)
    assert (caught.value.argument, caught.value.column) == (argument, column)


def test_beyond_the_threshold_a_preference_is_strict_and_no_more():
    """Brans and Vincke (1985), table 1: degrees end at 1."""
    assert flows([9, 0], preference="v_shape", p=4) == [1, -1]
    assert flows([9, 0], preference="linear", q=1, p=4) == [1, -1]


@pytest.mark.parametrize("options", [{"preference": "u_shape"}, {"preference": "level", "p": 1}])
def test_without_indifference_only_equals_are_indifferent(options):
    """q = 0 is allowed, and nobody is preferred to an equal, at 0 neither."""
    result = rank([[0], [0]], [1], [1], "promethee_ii", q=0, **options)
    assert result.steps["positive_flow"].tolist() == [0, 0]
    assert flows([2, 0], q=0, **options) == [1, -1]


def test_rounding_noise_is_measured_by_the_larger_cell():
    assert flows([0.1 + 0.2, 0], preference="u_shape", q=0.3) == [0, 0]


@pytest.mark.parametrize(("ahead", "tied"), [(0.5e-9, True), (1.5e-9, False)])
def test_flows_tie_within_a_billionth_and_no_further(ahead, tied):
    matrix = [[ahead], [0]]
    result = rank(matrix, [1], [1], "promethee_ii", preference="v_shape", p=1)
    assert result.partial_order.tolist() == [[True, True], [tied, True]]
    half = rank([[ahead / 2], [0]], [1], [1], "promethee_ii", preference="v_shape", p=1)
    assert half.ranks.tolist() == ([1, 1] if tied else [1, 2])
