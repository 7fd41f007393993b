"""The examples of docs/METHODS.md on weights and on comparing rankings, read from the page."""

import re
from pathlib import Path

import numpy as np

from mcda.engine.comparing import (
    Reversal,
    borda,
    copeland,
    kemeny,
    kendall_tau,
    kendall_w,
    rank_reversals,
    rank_similarity,
    spearman_rho,
    weighted_spearman,
)
from mcda.engine.weighting import rank_reciprocal_weights, rank_sum_weights, smart_weights
from mcda.engine.weighting.best_worst import best_worst_linear, best_worst_nonlinear
from mcda.engine.weighting.objective import (
    critic_weights,
    entropy_weights,
    merec_weights,
    standard_deviation_weights,
    variation_weights,
)
from mcda.engine.weighting.pairwise import RANDOM_INDICES, pairwise_weights, worst_comparison

PAGE = (Path(__file__).parents[2] / "docs" / "METHODS.md").read_text(encoding="utf-8")


def table(name):
    """Rows of numbers by label."""
    lines = re.search(rf"^\| {re.escape(name)} \|.*\n((?:\|.*\|\n)+)", PAGE, flags=re.M)[1]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines.splitlines()]
    return {row[0]: np.array([float(cell) for cell in row[1:]]) for row in rows[1:]}


def check(name, computed):
    """Compare the rows of a table with what is computed, in the order printed."""
    printed = np.array(list(table(name).values()))
    np.testing.assert_allclose(np.array(list(computed), dtype=float), printed, atol=5.0001e-5)


def test_further_weights_by_hand():
    given = table("More weights: judgement")
    formulas = {
        "SMART": smart_weights,
        "rank sum": rank_sum_weights,
        "rank sum with a tie": rank_sum_weights,
        "rank reciprocal": rank_reciprocal_weights,
        "rank reciprocal with a tie": rank_reciprocal_weights,
    }
    assert list(given) == list(formulas)
    check("More weights: weight", [formulas[name](given[name]) for name in formulas])


def test_pairwise_by_hand():
    answers = np.array(list(table("AHP: answers").values()))
    fewer = answers.copy()
    fewer[0, 2] = fewer[2, 0] = np.nan
    results = [pairwise_weights(answers), pairwise_weights(fewer)]
    check("AHP: weight", [result.weights for result in results])
    measures = [
        (result.largest_eigenvalue, result.consistency_index, result.consistency_ratio)
        for result in results
    ]
    check("AHP: consistency", measures)
    mean = pairwise_weights(answers, "geometric_mean").weights
    np.testing.assert_allclose(mean, results[0].weights, rtol=1e-9)
    assert results[1].comparisons[0, 2] == 4
    assert worst_comparison(fewer) is None


def test_the_random_indices_printed_are_those_used():
    listed = re.search(r"n = 1 to 15 \(([\d., ]+)\)", PAGE)[1]
    assert tuple(map(float, listed.split(", "))) == RANDOM_INDICES


def test_best_worst_by_hand():
    answers = table("Best-worst: answers")
    given = (2, 0, answers["best to others"], answers["others to worst"])
    linear, nonlinear = best_worst_linear(*given), best_worst_nonlinear(*given)
    check("Best-worst: weight", [linear.weights, nonlinear.weights])
    np.testing.assert_allclose(linear.deviation, 1 / 28, rtol=1e-9)
    np.testing.assert_allclose(nonlinear.deviation, 4 - np.sqrt(14), rtol=1e-12)


def test_weights_from_the_data_by_hand():
    matrix, directions = np.array(list(table("Data: input").values())), ["max", "min", "max"]
    computed = [
        entropy_weights(matrix),
        standard_deviation_weights(matrix),
        variation_weights(matrix),
        critic_weights(matrix, directions),
        merec_weights(matrix, directions),
    ]
    check("Data: weight", computed)


def test_agreement_by_hand():
    one, other = table("Agreement: ranks").values()
    coefficients = (kendall_tau, spearman_rho, weighted_spearman, rank_similarity)
    values = [coefficient(one, other) for coefficient in coefficients]
    check("Agreement: result", [[*values, kendall_w([one, other])]])


def test_joint_rankings_by_hand():
    people = [[1, 2, 3]] * 3 + [[3, 1, 2]] * 2
    found = kemeny(people)
    check("Joint: result", [borda(people).scores, copeland(people).scores, found.orders[0]])
    assert (found.count, found.distance) == (1, 4)


def test_the_reversal_printed():
    found = rank_reversals([[7, 1], [4, 2], [9, 7]], [1, 1], [1, 1])
    assert found == (Reversal("dropped", 2, 0, 1),)
