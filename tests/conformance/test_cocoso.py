"""A published worked example of CoCoSo."""

import pytest

from mcda.engine import rank

from .conftest import OF_ROBOTS, ROBOTS


def test_yazdani2019():
    """Yazdani, M., Zarate, P., Zavadskas, E., Turskis, Z. (2019). A combined compromise solution
    (CoCoSo) method for multi-criteria decision-making problems. Management Decision 57(9),
    2501-2519, tables I and IV to VI. The printed k are rounded more roughly than the rest."""
    result = rank(ROBOTS, *OF_ROBOTS, method="cocoso", sum_share=0.5)
    printed = {
        "S": [0.43, 0.6082, 0.6363, 0.4471, 0.2403, 0.2683, 0.5031],
        "P": [3.2914, 4.3907, 4.502, 4.2058, 2.261, 2.5057, 4.1991],
        "ka": [0.131, 0.175, 0.18, 0.163, 0.088, 0.097, 0.165],
        "kb": [3.245, 4.473, 4.64, 3.721, 2, 2.225, 3.951],
        "kc": [0.724, 0.973, 1, 0.906, 0.487, 0.54, 0.915],
    }
    for name, numbers in printed.items():
        assert result.steps[name] == pytest.approx(numbers, abs=6e-4)
    k = [2.041, 2.788, 2.882, 2.416, 1.3, 1.443, 2.52]
    assert result.scores == pytest.approx(k, abs=1.5e-3)
    assert result.ranks.tolist() == [5, 2, 1, 4, 7, 6, 3]
