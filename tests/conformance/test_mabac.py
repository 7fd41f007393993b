"""Published worked examples of MABAC."""

import pytest

from mcda.engine import rank


def check(published):
    result = rank(
        published["matrix"],
        published["weights"],
        published["directions"],
        method="mabac",
    )
    assert result.scores == pytest.approx(published["expected"], abs=published["tolerance"])


def test_pamucar2015(case):
    """Pamucar, D., Cirovic, G. (2015). The selection of transport and handling resources in
    logistics centers using MABAC. Expert Systems with Applications 42(6), 3016-3028."""
    check(case("mabac_pamucar2015"))


def test_isik2020(case):
    """Isik, O., Aydin, Y., Kosaroglu, S. (2020). The assessment of the logistics performance
    index of CEE countries with the new combination of SV and MABAC methods. LogForum 16(4)."""
    check(case("mabac_isik2020"))
