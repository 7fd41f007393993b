"""Published worked examples of the weighted sum."""

import pytest

from mcda.engine import rank

from .conftest import FIGHTERS, OF_FIGHTERS


def test_kracka2010(agrees):
    """Kracka, M., Brauers, W., Zavadskas, E. (2010). Ranking heating losses in a building by
    applying the MULTIMOORA. Inzinerine Ekonomika 21(4), 352-359."""
    agrees("wsm_kracka2010", "weighted_sum", normalization="sum")


def test_rizan2020(agrees):
    """Rizan, O. et al. (2020). SAW method, junior high school students. CITSM 2020.
    doi:10.1109/CITSM50537.2020.9268874. Has zeros and a constant column."""
    agrees("wsm_rizan2020", "weighted_sum", normalization="linear")


def test_jmcdm_example1(agrees):
    """JMcDM (Julia package), example 1 of simple additive weighting, test/mcdm/testsaw.jl."""
    agrees("saw_jmcdm_ex1", "weighted_sum", normalization="linear")


def test_hwang1981_fighter():
    """Hwang, C.-L., Yoon, K. (1981). Multiple Attribute Decision Making. Springer: the fighter
    aircraft selection by simple additive weighting, linear normalisation. The book rounds the
    normalised cells to two decimals before it adds."""
    result = rank(FIGHTERS, *OF_FIGHTERS, method="weighted_sum", normalization="linear")
    assert result.scores == pytest.approx([0.835, 0.709, 0.853, 0.738], abs=2e-3)
    assert result.ranks.tolist() == [2, 4, 1, 3]
