"""Published worked examples of classic TOPSIS."""

import pytest

from mcda.engine import rank


def scores(case):
    result = rank(
        case["matrix"],
        case["weights"],
        case["directions"],
        method="topsis",
        normalization=case["params"]["normalization"],
    )
    return result.scores


def test_tzeng2011(case):
    """Tzeng, G.-H., Huang, J.-J. (2011). Multiple Attribute Decision Making: Methods and
    Applications. CRC Press."""
    published = case("topsis_tzeng2011")
    assert scores(published) == pytest.approx(published["expected"], abs=published["tolerance"])


def test_opricovic2004_minmax(case):
    """Opricovic, S., Tzeng, G.-H. (2004). Compromise solution by MCDM methods: a comparative
    analysis of VIKOR and TOPSIS. European Journal of Operational Research 156(2), 445-455."""
    published = case("topsis_opricovic2004_minmax")
    assert scores(published) == pytest.approx(published["expected"], abs=published["tolerance"])


def test_ersoy2021(case):
    """Ersoy, Y. (2021). Equipment selection for an e-commerce company using entropy-based
    TOPSIS, EDAS and CODAS methods during the COVID-19. LogForum 17(3).
    doi:10.17270/J.LOG.2021.603. The paper prints rounded weights."""
    published = case("topsis_ersoy2021")
    assert scores(published) == pytest.approx(published["expected"], abs=published["tolerance"])


def test_hwang1981_fighter():
    """Hwang, C.-L., Yoon, K. (1981). Multiple Attribute Decision Making. Springer: the fighter
    aircraft selection by TOPSIS."""
    matrix = [
        [2.0, 1500, 20000, 5.5, 5, 9],
        [2.5, 2700, 18000, 6.5, 3, 5],
        [1.8, 2000, 21000, 4.5, 7, 7],
        [2.2, 1800, 20000, 5.0, 5, 5],
    ]
    weights, directions = [0.2, 0.1, 0.1, 0.1, 0.2, 0.3], [1, 1, 1, -1, 1, 1]
    result = rank(matrix, weights, directions)
    assert result.scores == pytest.approx([0.643, 0.268, 0.613, 0.312], abs=1.1e-3)
    assert result.ranks.tolist() == [1, 4, 2, 3]
