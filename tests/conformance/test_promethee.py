"""Published worked examples of PROMETHEE II."""

import pytest


@pytest.fixture
def check(agrees, case):
    def check(name):
        result = agrees(name, "promethee_ii", **case(name)["params"])
        flows = result.steps["positive_flow"] - result.steps["negative_flow"]
        assert result.scores == pytest.approx(flows, abs=1e-15)

    return check


def test_zhao2013(check):
    """Zhao, H., Peng, Y., Li, W. (2013). Revised PROMETHEE II for improving efficiency in
    emergency response. Procedia Computer Science 17, 181-188."""
    check("promethee2_zhao2013_usual")


def test_papathanasiou2018(check):
    """Papathanasiou, J., Ploskas, N. (2018). Multiple Criteria Decision Aid. Springer, chapter on
    PROMETHEE. doi:10.1007/978-3-319-91648-4_3."""
    check("promethee2_papathanasiou2018_linear")


def test_ziemba2019(check):
    """Ziemba, P. (2019). Towards strong sustainability management: a generalized PROSA method.
    Sustainability 11(6), 1555; it has zeros and negative cells."""
    check("promethee2_ziemba2019_linear")
