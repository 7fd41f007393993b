"""Published pairwise comparisons and their weights."""

import numpy as np
import pytest

from mcda.engine.weighting.pairwise import pairwise_weights


def test_saaty2008_drinks(case):
    """Saaty, T. (2008). Decision making with the analytic hierarchy process. International
    Journal of Services Sciences 1(1), 83-98: which drink is consumed most in the U.S."""
    published = case("ahp_saaty2008_drinks")
    result = pairwise_weights(published["matrix"])
    assert result.weights == pytest.approx(published["expected"], abs=published["tolerance"])
    ratio = published["also_expected"]["CR_saaty_RI"]
    assert result.consistency_ratio == pytest.approx(ratio, abs=5e-4)


def square(names, answers):
    """All answers as a matrix; of each pair only one of the two is given."""
    return [[1 if one == other else answers.get((one, other)) for other in names] for one in names]


def test_saaty2005_cities():
    """Saaty, T. (2005). Theory and Applications of the Analytic Network Process. RWS: which of
    four cities to live in, as in the tests of AHPy (Python), tests/test_ahp.py. Judgements on
    five criteria, put together by the weights of these: 0.229, 0.275, 0.385, 0.111."""
    on_criteria = {
        "culture": dict(zip(PAIRS, [1 / 2, 1, 1 / 2, 2.5, 1, 1 / 2.5], strict=True)),
        "family": dict(zip(PAIRS, [2, 1 / 3, 4, 1 / 8, 2, 9], strict=True)),
        "housing": dict(zip(PAIRS, [5, 1 / 2, 2.5, 1 / 9, 1 / 4, 7], strict=True)),
        "jobs": dict(zip(PAIRS, [1 / 2, 3, 4, 6, 8, 1], strict=True)),
        "transport": dict(zip(PAIRS, [1.5, 1 / 2, 4, 1 / 3.5, 2.5, 9], strict=True)),
    }
    of_criteria = {
        ("culture", "housing"): 3,
        ("culture", "transport"): 5,
        ("family", "culture"): 5,
        ("family", "housing"): 7,
        ("family", "jobs"): 1,
        ("family", "transport"): 7,
        ("housing", "transport"): 3,
        ("jobs", "culture"): 2,
        ("jobs", "housing"): 4,
        ("jobs", "transport"): 7,
    }
    cities = [pairwise_weights(square(CITIES, said)).weights for said in on_criteria.values()]
    criteria = pairwise_weights(square(list(on_criteria), of_criteria))
    assert criteria.weights @ cities == pytest.approx([0.229, 0.275, 0.385, 0.111], abs=5e-4)
    assert criteria.consistency_ratio < 0.1


CITIES = ["Bethesda", "Boston", "Pittsburgh", "Santa Fe"]
PAIRS = [
    ("Bethesda", "Boston"),
    ("Bethesda", "Pittsburgh"),
    ("Bethesda", "Santa Fe"),
    ("Boston", "Pittsburgh"),
    ("Boston", "Santa Fe"),
    ("Pittsburgh", "Santa Fe"),
]


def test_jmcdm_8x8(case):
    """JMcDM (Julia package), test/mcdm/testahp.jl. It takes lambda from the mean of the
    normalised columns, an approximation that is above the eigenvalue; from the same judgements
    and random index its figure comes out, and the eigenvalue gives a smaller ratio."""
    published = case("ahp_cr_jmcdm_8x8")
    result = pairwise_weights(published["matrix"])
    matrix = result.comparisons
    approximate = (matrix / matrix.sum(axis=0)).mean(axis=1)
    estimate = (matrix @ approximate / approximate).mean()
    ratio = (estimate - 8) / 7 / result.random_index
    assert ratio == pytest.approx(published["expected"][0], abs=published["tolerance"])
    exact = np.linalg.eigvals(published["matrix"]).real.max()
    assert result.largest_eigenvalue == pytest.approx(exact, rel=1e-12)
    assert result.consistency_ratio == pytest.approx((exact - 8) / 7 / 1.41, rel=1e-9)
    assert result.consistency_ratio < ratio


def test_bozoki2010_incomplete(case):
    """Bozoki, S., Fulop, J., Ronyai, L. (2010). On optimal completion of incomplete pairwise
    comparison matrices. Mathematical and Computer Modelling 52(1-2), 318-333, example 3. The
    paper's algorithm stops at 0.7302965, the exact optimum is 0.7302967."""
    published = case("ahp_bozoki2010_incomplete")
    result = pairwise_weights(published["matrix"])
    assert result.weights == pytest.approx(published["expected"], abs=published["tolerance"])
    missing = result.comparisons[2, 3]
    assert missing == pytest.approx(0.7302965066047, abs=5e-7)
    assert missing == pytest.approx(published["also_expected"]["missing"]["c,d"], abs=5e-7)
    assert missing == pytest.approx(np.sqrt(2 / 5 * 4 / 3), abs=1e-9)


def test_bozoki2010_housing():
    """The 8 x 8 example with 12 missing pairs of the same paper, completed as in the tests of
    AHPy (Python), tests/test_ahp.py, whose descent stops at 2e-5 of the optimum."""
    answers = {"ab": 5, "ac": 3, "ad": 7, "ae": 6, "af": 6, "bd": 5, "bf": 3, "ce": 3, "cg": 6}
    answers |= {"fd": 4, "ga": 3, "ge": 5, "ha": 4, "hb": 7, "hd": 8, "hf": 6}
    result = pairwise_weights(square("abcdefgh", {tuple(pair): a for pair, a in answers.items()}))
    completed = {"bc": 0.330019, "be": 1.719741, "bg": 0.466352, "cd": 9.920513, "cf": 4.852486}
    completed |= {"ch": 0.569607, "de": 0.525277, "dg": 0.142444, "ef": 0.931197, "eh": 0.109308}
    completed |= {"fg": 0.291212, "gh": 0.403089}
    for (one, other), value in completed.items():
        found = result.comparisons["abcdefgh".index(one), "abcdefgh".index(other)]
        assert found == pytest.approx(value, rel=3e-5)
