"""Published worked examples of SPOTIS."""

import pytest


@pytest.mark.parametrize("name", ["spotis_dezert2020_ex1", "spotis_dezert2020_cars"])
def test_dezert2020(agrees, case, name):
    """Dezert, J., Tchamova, A., Han, D., Tacnet, J.-M. (2020). The SPOTIS rank reversal free
    method for multi-criteria decision-making support. FUSION 2020. The first example has zeros
    and negative cells."""
    result = agrees(name, "spotis", bounds=case(name)["params"]["bounds"])
    assert not result.higher_is_better
