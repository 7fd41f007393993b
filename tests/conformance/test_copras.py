"""Published worked examples of COPRAS."""

import pytest

from mcda.engine import rank


def check(published):
    result = rank(
        published["matrix"],
        published["weights"],
        published["directions"],
        method="copras",
    )
    assert result.scores == pytest.approx(published["expected"], abs=published["tolerance"])


def test_goswami2020(case):
    """Goswami, S., Mitra, S. (2020). Selecting the best mobile model by applying AHP-COPRAS and
    AHP-ARAS decision making methodology. International Journal of Data and Network Science 4(1),
    27-42."""
    check(case("copras_goswami2020"))


def test_uysal2022(case):
    """Uysal & Inan (2022). Performance evaluation of research assistants by COPRAS. IJSSER. With
    a zero in a benefit column."""
    check(case("copras_uysal2022"))
