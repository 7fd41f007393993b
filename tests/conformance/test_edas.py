"""Published worked examples of EDAS."""

import pytest

from mcda.engine import rank


def check(published):
    result = rank(
        published["matrix"],
        published["weights"],
        published["directions"],
        method="edas",
    )
    assert result.scores == pytest.approx(published["expected"], abs=published["tolerance"])


def test_yazdani2020(case):
    """Yazdani, M., Torkayesh, A., Santibanez-Gonzalez, E., Otaghsara, S. (2020). Evaluation of
    renewable energy resources using integrated Shannon Entropy-EDAS model. Sustainable Operations
    and Computers 1, 35-42."""
    check(case("edas_yazdani2020"))


def test_ersoy2021(case):
    """Ersoy, Y. (2021). Equipment selection for an e-commerce company using entropy-based
    TOPSIS, EDAS and CODAS methods during the COVID-19. LogForum 17(3).
    doi:10.17270/J.LOG.2021.603."""
    check(case("edas_ersoy2021"))
