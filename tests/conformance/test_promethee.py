"""Published worked examples of PROMETHEE II."""

import pytest

from mcda.engine import rank


@pytest.mark.parametrize(
    "name",
    [
        "promethee2_zhao2013_usual",
        "promethee2_papathanasiou2018_linear",
        "promethee2_ziemba2019_linear",
    ],
)
def test_net_flows(case, name):
    """Zhao, H., Peng, Y., Li, W. (2013). Revised PROMETHEE II for improving efficiency in
    emergency response. Procedia Computer Science 17, 181-188.
    Papathanasiou, J., Ploskas, N. (2018). Multiple Criteria Decision Aid. Springer, chapter on
    PROMETHEE. doi:10.1007/978-3-319-91648-4_3.
    Ziemba, P. (2019). Towards strong sustainability management: a generalized PROSA method.
    Sustainability 11(6), 1555; it has zeros and negative cells."""
    published = case(name)
    options = dict(published["params"])
    result = rank(
        published["matrix"],
        published["weights"],
        published["directions"],
        method="promethee_ii",
        **options,
    )
    assert result.scores == pytest.approx(published["expected"], abs=published["tolerance"])
    assert result.scores == pytest.approx(
        result.steps["positive_flow"] - result.steps["negative_flow"], abs=1e-15
    )
