"""Published examples of rank correlation, concordance and joint rankings."""

import numpy as np
import pytest

from mcda.engine.comparing import (
    borda,
    copeland,
    kemeny,
    kendall_tau,
    kendall_w,
    rank_similarity,
    spearman_rho,
    weighted_spearman,
)

# Per hundred voters: Memphis, Nashville, Chattanooga, Knoxville.
TENNESSEE = [[1, 2, 3, 4]] * 42 + [[4, 1, 2, 3]] * 26 + [[4, 3, 1, 2]] * 15 + [[4, 3, 2, 1]] * 17


@pytest.mark.parametrize(
    ("name", "coefficient"),
    [
        ("corr_spearman_salabun2020", spearman_rho),
        ("corr_weighted_spearman_salabun2020", weighted_spearman),
        ("corr_ws_salabun2020", rank_similarity),
    ],
)
def test_salabun2020(case, name, coefficient):
    """Salabun, W., Urbaniak, K. (2020). A new coefficient of rankings similarity in
    decision-making problems. ICCS 2020, Lecture Notes in Computer Science 12138, 632-645."""
    published = case(name)
    value = coefficient(published["params"]["x"], published["params"]["y"])
    assert value == pytest.approx(published["expected"][0], abs=published["tolerance"])


def test_kendall_definition(case):
    """Kendall, M. (1938). A new measure of rank correlation. Biometrika 30(1-2), 81-93: one
    discordant pair of ten."""
    published = case("corr_kendall_swap")
    value = kendall_tau(published["params"]["x"], published["params"]["y"])
    assert value == pytest.approx(published["expected"][0], abs=published["tolerance"])


def test_nag_concordance_with_ties():
    """NAG Library, example of routine g08daf (Kendall's coefficient of concordance, corrected
    for ties): three rankings of ten, W = 0.828."""
    rankings = [
        [1, 4.5, 2, 4.5, 3, 7.5, 6, 9, 7.5, 10],
        [2.5, 1, 2.5, 4.5, 4.5, 8, 9, 6.5, 10, 6.5],
        [2, 1, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10],
    ]
    assert kendall_w(rankings) == pytest.approx(0.828, abs=5e-4)


def test_proofwiki_concordance():
    """ProofWiki, Kendall's coefficient of concordance, arbitrary example 1 (after Nelson, D., ed.
    (1998). The Penguin Dictionary of Mathematics): three competitors, four judges, W = 1/16."""
    assert kendall_w([[1, 3, 2], [1, 2, 3], [2, 3, 1], [3, 1, 2]]) == pytest.approx(1 / 16)


def test_influentialpoints_strawberries():
    """influentialpoints.com, coefficient of concordance, worked example I: four raters, eight
    farms, W = 500 / 672 = 0.744."""
    rankings = [
        [8, 4, 2, 3, 5, 1, 6, 7],
        [7, 3, 1, 4, 5, 2, 6, 8],
        [8, 2, 5, 6, 7, 1, 4, 3],
        [8, 3, 4, 2, 5, 1, 6, 7],
    ]
    assert kendall_w(rankings) == pytest.approx(500 / 672, abs=1e-12)


def test_tennessee_borda():
    """Wikipedia, Borda count: the capital of Tennessee, 126, 194, 173 and 107 points."""
    joint = borda(TENNESSEE)
    assert joint.scores.tolist() == [126, 194, 173, 107]
    assert joint.ranks.tolist() == [3, 1, 2, 4]


def test_tennessee_copeland():
    """Wikipedia, Copeland's method: Nashville beats three, Chattanooga two, Knoxville one."""
    assert copeland(TENNESSEE).scores.tolist() == [0, 3, 2, 1]


def test_tennessee_kemeny():
    """Electowiki, Kemeny-Young method: Nashville, Chattanooga, Knoxville, Memphis at 207."""
    found = kemeny(TENNESSEE)
    assert found.orders.tolist() == [[4, 1, 2, 3]]
    assert found.distance == 207


def test_condorcet_cycle_kemeny():
    """Electowiki, Kemeny-Young method, example with a Condorcet cycle: B, C, A at 120."""
    voters = np.repeat([[1, 2, 3], [3, 1, 2], [2, 3, 1]], [25, 40, 35], axis=0)
    found = kemeny(voters)
    assert found.orders.tolist() == [[3, 1, 2]]
    assert found.distance == 120
