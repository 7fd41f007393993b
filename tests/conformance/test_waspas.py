"""Published worked examples of WASPAS."""

import pytest

from mcda.engine import rank


@pytest.mark.parametrize("share", ["0.2", "0.5", "0.8"])
def test_chakraborty2015(case, share):
    """Chakraborty, S., Zavadskas, E., Antucheviciene, J. (2015). Applications of WASPAS method as
    a multi-criteria decision-making tool. Economic Computation and Economic Cybernetics Studies
    and Research 49(1), 5-22, example 2."""
    published = case(f"waspas_chakraborty2015_ex2_l{share}")
    result = rank(
        published["matrix"],
        published["weights"],
        published["directions"],
        method="waspas",
        sum_share=published["params"]["lambda"],
    )
    assert result.scores == pytest.approx(published["expected"], abs=published["tolerance"])
