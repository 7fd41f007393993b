"""Published worked examples of CODAS."""

import pytest

from mcda.engine import rank


def check(published):
    result = rank(
        published["matrix"],
        published["weights"],
        published["directions"],
        method="codas",
        tau=published["params"]["tau"],
    )
    assert result.scores == pytest.approx(published["expected"], abs=published["tolerance"])


def test_badi2017(case):
    """Badi, I., Shetwan, A., Abdulshahed, A. (2017). Supplier selection using COmbinative
    Distance-based ASsessment (CODAS) method for multi-criteria decision-making. ICMNEE, 395-407."""
    check(case("codas_badi2017"))


def test_badi2018(case):
    """Badi, I., Ballem, M., Shetwan, A. (2018). Site selection of desalination plant in Libya by
    using combinative distance-based assessment (CODAS) method. International Journal for Quality
    Research 12(3)."""
    check(case("codas_badi2018"))
