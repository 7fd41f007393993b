"""Published worked examples of SPOTIS."""

import pytest

from mcda.engine import rank


@pytest.mark.parametrize("name", ["spotis_dezert2020_ex1", "spotis_dezert2020_cars"])
def test_dezert2020(case, name):
    """Dezert, J., Tchamova, A., Han, D., Tacnet, J.-M. (2020). The SPOTIS rank reversal free
    method for multi-criteria decision-making support. FUSION 2020. The first example has zeros
    and negative cells."""
    published = case(name)
    result = rank(
        published["matrix"],
        published["weights"],
        published["directions"],
        method="spotis",
        bounds=published["params"]["bounds"],
    )
    assert result.scores == pytest.approx(published["expected"], abs=published["tolerance"])
    assert not result.higher_is_better
