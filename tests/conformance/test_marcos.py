"""Published worked examples of MARCOS."""

import pytest

from mcda.engine import rank


def check(published):
    result = rank(
        published["matrix"],
        published["weights"],
        published["directions"],
        method="marcos",
    )
    assert result.scores == pytest.approx(published["expected"], abs=published["tolerance"])


def test_stevic2020(case):
    """Stevic, Z., Pamucar, D., Puska, A., Chatterjee, P. (2020). Sustainable supplier selection
    in healthcare industries using a new MCDM method (MARCOS). Computers & Industrial Engineering
    140, 106231."""
    check(case("marcos_stevic2020"))


def test_ulutas2020(case):
    """Ulutas, A., Karabasevic, D., Popovic, G., Stanujkic, D., Nguyen, P., Karakoy, C. (2020).
    Development of a novel integrated CCSD-ITARA-MARCOS decision-making approach for stackers
    selection in a logistics system. Mathematics 8(10), 1672."""
    check(case("marcos_ulutas2020"))
