"""A published example of a piecewise linear value function."""

import numpy as np
import pytest

from mcda.engine import piecewise_value


def test_smaa_pvf_example(case):
    """van Valkenhoef, G. (2015). R package smaa 0.3-3, example of ``smaa.pvf``; values 0 to 1
    there, 0 to 100 here."""
    published = case("smaa_pvf_interpolate")
    given = published["params"]
    values = piecewise_value(
        given["x"],
        given["cutoffs"],
        100 * np.array(given["values"]),
        outside=given["out_of_bounds"],
    )
    assert values / 100 == pytest.approx(published["expected"], abs=published["tolerance"])
