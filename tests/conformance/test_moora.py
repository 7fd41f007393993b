"""A published worked example of the ratio system of MOORA."""

import numpy as np
import pytest

from mcda.engine import rank


def test_kracka2010(case):
    """Kracka, M., Brauers, W., Zavadskas, E. (2010). Ranking heating losses in a building by
    applying the MULTIMOORA. Inzinerine Ekonomika 21(4), 352-359. The paper gives every criterion
    the weight 1; here weights sum to 1, so the scores are a seventh of the printed ones."""
    published = case("moora_ratio_kracka2010")
    weights = published["weights"]
    result = rank(published["matrix"], weights, published["directions"], method="moora")
    assert result.scores * np.sum(weights) == pytest.approx(
        published["expected"], abs=published["tolerance"]
    )
