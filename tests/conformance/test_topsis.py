"""Published worked examples of classic TOPSIS."""

import pytest

from mcda.engine import rank

from .conftest import FIGHTERS, OF_FIGHTERS


def test_tzeng2011(agrees):
    """Tzeng, G.-H., Huang, J.-J. (2011). Multiple Attribute Decision Making: Methods and
    Applications. CRC Press."""
    agrees("topsis_tzeng2011", "topsis", normalization="vector")


def test_opricovic2004_minmax(agrees):
    """Opricovic, S., Tzeng, G.-H. (2004). Compromise solution by MCDM methods: a comparative
    analysis of VIKOR and TOPSIS. European Journal of Operational Research 156(2), 445-455."""
    agrees("topsis_opricovic2004_minmax", "topsis", normalization="minmax")


def test_ersoy2021(agrees):
    """Ersoy, Y. (2021). Equipment selection for an e-commerce company using entropy-based
    TOPSIS, EDAS and CODAS methods during the COVID-19. LogForum 17(3).
    doi:10.17270/J.LOG.2021.603. The paper prints rounded weights."""
    agrees("topsis_ersoy2021", "topsis", normalization="vector")


def test_hwang1981_fighter():
    """Hwang, C.-L., Yoon, K. (1981). Multiple Attribute Decision Making. Springer: the fighter
    aircraft selection by TOPSIS."""
    result = rank(FIGHTERS, *OF_FIGHTERS)
    assert result.scores == pytest.approx([0.643, 0.268, 0.613, 0.312], abs=1.1e-3)
    assert result.ranks.tolist() == [1, 4, 2, 3]
