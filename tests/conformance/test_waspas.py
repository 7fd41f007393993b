"""Published worked examples of WASPAS."""

import pytest


@pytest.mark.parametrize(
    ("name", "share"),
    [
        ("waspas_chakraborty2015_ex2_l0.2", 0.2),
        ("waspas_chakraborty2015_ex2_l0.5", 0.5),
        ("waspas_chakraborty2015_ex2_l0.8", 0.8),
    ],
)
def test_chakraborty2015(agrees, name, share):
    """Chakraborty, S., Zavadskas, E., Antucheviciene, J. (2015). Applications of WASPAS method as
    a multi-criteria decision-making tool. Economic Computation and Economic Cybernetics Studies
    and Research 49(1), 5-22, example 2."""
    agrees(name, "waspas", sum_share=share)
