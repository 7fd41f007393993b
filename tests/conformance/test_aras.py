"""Published worked examples of ARAS."""

import pytest

from mcda.engine import rank


def check(published):
    result = rank(
        published["matrix"],
        published["weights"],
        published["directions"],
        method="aras",
    )
    assert result.scores == pytest.approx(published["expected"], abs=published["tolerance"])


def test_goswami2020(case):
    """Goswami, S., Mitra, S. (2020). Selecting the best mobile model by applying AHP-COPRAS and
    AHP-ARAS decision making methodology. International Journal of Data and Network Science 4(1),
    27-42."""
    check(case("aras_goswami2020"))


def test_stanujkic2015(case):
    """Stanujkic, D., Djordjevic, B., Karabasevic, D. (2015). Selection of candidates in the
    process of recruitment and selection of personnel based on the SWARA and ARAS methods.
    Quaestus 7, 53-64."""
    check(case("aras_stanujkic2015"))
