"""What single methods do at the edges of their definitions, and with unusable options."""

import numpy as np
import pytest

from mcda.engine import InputError, rank, rank_batch
from mcda.engine.methods import blocks


@pytest.mark.parametrize(
    ("method", "option", "value", "words"),
    [
        ("waspas", "sum_share", 1.5, "1.5 is not a number from 0 to 1"),
        ("waspas", "sum_share", "0.5", "'0.5' is not a number from 0 to 1"),
        ("cocoso", "sum_share", -0.1, "-0.1 is not a number from 0 to 1"),
        ("codas", "tau", -1, "-1 is not a number of 0 or more"),
        ("codas", "tau", np.inf, "inf is not a number of 0 or more"),
        ("codas", "tau", True, "True is not a number of 0 or more"),
        ("mabac", "bounds", [(0, 1)], "mabac has no option 'bounds'; allowed: none"),
        ("spotis", "bounds", None, "needs the declared low and high end"),
        ("waspas", "bounds", [(0, 1)], "4 is outside the declared range 0 to 1"),
        ("weighted_product", "normalization", "minmax", "allowed: linear, sum"),
    ],
)
def test_unusable_options_are_refused(method, option, value, words):
    with pytest.raises(InputError, match=words):
        rank([[1], [4]], [1], [1], method, **{option: value})


def test_waspas_from_the_product_alone_to_the_sum_alone():
    matrix, weights, directions = [[4, 2], [2, 1], [3, 4]], [3, 2], ["max", "min"]

    def scores(method, **options):
        return rank(matrix, weights, directions, method, **options).scores

    sums = scores("weighted_sum", normalization="linear")
    np.testing.assert_allclose(scores("waspas", sum_share=1), sums)
    np.testing.assert_allclose(scores("waspas", sum_share=0), scores("weighted_product"))


def test_edas_takes_a_negative_cell_where_the_average_is_above_zero():
    assert rank([[-1], [2], [5]], [1], [1], "edas").scores.tolist() == [0, 0.5, 1]


def test_edas_refuses_an_average_of_zero_or_below():
    with pytest.raises(InputError, match="average of this column is not above 0") as caught:
        rank([[1, 3], [1, -5], [1, 1]], [1, 1], [1, 1], "edas")
    assert (caught.value.row, caught.value.column) == (1, 1)


def test_copras_without_costs_that_count_is_the_benefits_alone():
    scores = rank([[4, 2], [2, 1]], [1, 0], ["max", "min"], "copras").scores
    assert scores.tolist() == [1, 0.5]


def test_codas_counts_a_difference_of_exactly_tau():
    """The distances are 0.5 and 0.48 from 0, and 0.5 - 0.48 is not 0.02 to the last digit."""
    matrix = [[50], [49], [25]]
    scores = rank(matrix, [1], [1], "codas", tau=0.02).scores
    np.testing.assert_allclose(scores, [2 * 0.52, 2 * 0.46, -2 * 0.98], rtol=1e-12)


def test_cocoso_names_the_alternative_in_the_batch_too():
    matrix = [[2, 1], [1, 2], [1.5, 1.5]]
    with pytest.raises(InputError, match="worst on every criterion that has a weight") as caught:
        rank_batch(matrix, [[1, 1], [0, 1]], [1, 1], "cocoso")
    assert caught.value.row == 0


@pytest.mark.parametrize("method", ["weighted_product", "vikor", "copras", "edas", "codas"])
def test_blocks_of_samples_change_nothing(method, monkeypatch):
    source = np.random.default_rng(7)
    matrix, vectors = source.uniform(1, 9, (5, 3)), source.dirichlet(np.ones(3), 23)
    whole = rank_batch(matrix, vectors, [1, -1, 1], method)
    monkeypatch.setattr(blocks, "CELLS_PER_BLOCK", 20)
    np.testing.assert_allclose(rank_batch(matrix, vectors, [1, -1, 1], method), whole, rtol=1e-12)


@pytest.mark.parametrize(
    ("method", "other", "options"),
    [
        ("mabac", "weighted_sum", {"normalization": "minmax"}),
        ("marcos", "weighted_sum", {"normalization": "linear"}),
        ("moora", "weighted_sum", {"normalization": "vector"}),
    ],
)
def test_methods_that_always_order_as_a_weighted_sum(method, other, options):
    """docs/METHODS.md says so of each."""
    source = np.random.default_rng(11)
    for _ in range(50):
        matrix, weights = source.uniform(1, 9, (6, 4)), source.dirichlet(np.ones(4))
        signs = source.choice([1, -1], 4)
        ranks = rank(matrix, weights, signs, method).ranks
        assert ranks.tolist() == rank(matrix, weights, signs, other, **options).ranks.tolist()


def test_spotis_is_what_the_weighted_sum_with_bounds_leaves_of_one():
    matrix, bounds = [[8, 20], [5, 10]], [(0, 10), (0, 100)]
    sums = rank(matrix, [2, 1], [1, -1], "weighted_sum", bounds=bounds)
    distances = rank(matrix, [2, 1], [1, -1], "spotis", bounds=bounds)
    np.testing.assert_allclose(distances.scores, 1 - sums.scores)
    assert distances.ranks.tolist() == sums.ranks.tolist()


def test_the_weighted_table_of_the_weighted_sum():
    """By hand: min-max gives 0, 1/4, 1 and 1, 0, 1/2; the weights are 3/4 and 1/4."""
    result = rank([[1, 10], [2, 30], [5, 20]], [3, 1], ["max", "min"], "weighted_sum")
    assert result.steps["weighted"].tolist() == [[0, 0.25], [0.1875, 0], [0.75, 0.125]]


@pytest.mark.parametrize("method", ["weighted_sum", "weighted_product"])
def test_what_a_normalization_is_not_defined_for_is_refused_by_the_method(method):
    with pytest.raises(InputError, match="-2 is negative"):
        rank([[1], [-2]], [1], [1], method, normalization="linear")


def test_a_normalization_beside_bounds_is_refused():
    with pytest.raises(InputError, match="either normalization or bounds") as caught:
        rank([[1], [2]], [1], [1], "weighted_sum", normalization="linear", bounds=[(0, 3)])
    assert caught.value.argument == "normalization"


@pytest.mark.parametrize("method", ["copras", "aras", "marcos"])
def test_methods_that_divide_refuse_what_they_cannot_divide_by(method):
    with pytest.raises(InputError, match="-2 is negative"):
        rank([[1], [-2]], [1], [1], method)
    with pytest.raises(InputError, match="0 in a cost column"):
        rank([[1], [0]], [1], [-1], method)
