"""Published worked examples of the weighted product."""

import numpy as np
import pytest

from mcda.engine import rank


def test_chakraborty2015(agrees):
    """Chakraborty, S., Zavadskas, E., Antucheviciene, J. (2015). Applications of WASPAS method as
    a multi-criteria decision-making tool. Economic Computation and Economic Cybernetics Studies
    and Research 49(1), 5-22, example 2, lambda 0."""
    agrees("wpm_chakraborty2015", "weighted_product", normalization="linear")


def test_wikipedia(case):
    """Wikipedia, Weighted product model, revision 1015567716. The case gives the common logarithm
    of the product."""
    published = case("wpm_enwiki")
    assert published["params"]["output"] == "log10"
    weights, directions = published["weights"], published["directions"]
    options = {"method": "weighted_product", "normalization": "sum"}
    result = rank(published["matrix"], weights, directions, **options)
    assert np.log10(result.scores) == pytest.approx(
        published["expected"], abs=published["tolerance"]
    )
