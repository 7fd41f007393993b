"""Published worked examples of the weighted sum."""

import pytest

from mcda.engine import rank


def scores(case):
    result = rank(
        case["matrix"],
        case["weights"],
        case["directions"],
        method="weighted_sum",
        normalization=case["params"]["normalization"],
    )
    return result.scores


def test_kracka2010(case):
    """Kracka, M., Brauers, W., Zavadskas, E. (2010). Ranking heating losses in a building by
    applying the MULTIMOORA. Inzinerine Ekonomika 21(4), 352-359."""
    published = case("wsm_kracka2010")
    assert scores(published) == pytest.approx(published["expected"], abs=published["tolerance"])


def test_rizan2020(case):
    """Rizan, O. et al. (2020). SAW method, junior high school students. CITSM 2020.
    doi:10.1109/CITSM50537.2020.9268874. Has zeros and a constant column."""
    published = case("wsm_rizan2020")
    assert scores(published) == pytest.approx(published["expected"], abs=published["tolerance"])


def test_jmcdm_example1(case):
    """JMcDM (Julia package), example 1 of simple additive weighting, test/mcdm/testsaw.jl."""
    published = case("saw_jmcdm_ex1")
    assert scores(published) == pytest.approx(published["expected"], abs=published["tolerance"])


def test_hwang1981_fighter():
    """Hwang, C.-L., Yoon, K. (1981). Multiple Attribute Decision Making. Springer: the fighter
    aircraft selection by simple additive weighting, linear normalisation. The book rounds the
    normalised cells to two decimals before it adds."""
    matrix = [
        [2.0, 1500, 20000, 5.5, 5, 9],
        [2.5, 2700, 18000, 6.5, 3, 5],
        [1.8, 2000, 21000, 4.5, 7, 7],
        [2.2, 1800, 20000, 5.0, 5, 5],
    ]
    weights, directions = [0.2, 0.1, 0.1, 0.1, 0.2, 0.3], [1, 1, 1, -1, 1, 1]
    result = rank(matrix, weights, directions, method="weighted_sum", normalization="linear")
    assert result.scores == pytest.approx([0.835, 0.709, 0.853, 0.738], abs=2e-3)
    assert result.ranks.tolist() == [2, 4, 1, 3]
