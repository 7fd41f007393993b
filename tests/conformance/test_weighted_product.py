"""Published worked examples of the weighted product."""

import numpy as np
import pytest

from mcda.engine import rank


def scores(case):
    result = rank(
        case["matrix"],
        case["weights"],
        case["directions"],
        method="weighted_product",
        normalization=case["params"]["normalization"],
    )
    return result.scores


def test_chakraborty2015(case):
    """Chakraborty, S., Zavadskas, E., Antucheviciene, J. (2015). Applications of WASPAS method as
    a multi-criteria decision-making tool. Economic Computation and Economic Cybernetics Studies
    and Research 49(1), 5-22, example 2, lambda 0."""
    published = case("wpm_chakraborty2015")
    assert scores(published) == pytest.approx(published["expected"], abs=published["tolerance"])


def test_wikipedia(case):
    """Wikipedia, Weighted product model, revision 1015567716. The case gives the common logarithm
    of the product."""
    published = case("wpm_enwiki")
    assert published["params"]["output"] == "log10"
    logarithms = np.log10(scores(published))
    assert logarithms == pytest.approx(published["expected"], abs=published["tolerance"])
