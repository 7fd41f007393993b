"""Published answers to the best-worst questions and their weights."""

import pytest

from mcda.engine.weighting.best_worst import best_worst_linear, best_worst_nonlinear


def test_rezaei2016_linear(case):
    """Rezaei, J. (2016). Best-worst multi-criteria decision-making method: some properties and a
    linear model. Omega 64, 126-130, on the answers of Rezaei (2015), example 1."""
    published = case("bwm_rezaei2016_linear")
    asked = published["params"]
    result = best_worst_linear(
        asked["best"], asked["worst"], asked["best_to_others"], asked["others_to_worst"]
    )
    assert result.weights == pytest.approx(published["expected"], abs=published["tolerance"])
    xi = published["also_expected"]["xi"]
    assert result.deviation == pytest.approx(xi, abs=published["tolerance"])


def test_rezaei2015_nonlinear(case):
    """Rezaei, J. (2015). Best-worst multi-criteria decision-making method. Omega 53, 49-57,
    example 1: quality, price and comfort of a car."""
    asked = case("bwm_rezaei2016_linear")["params"]
    result = best_worst_nonlinear(
        asked["best"], asked["worst"], asked["best_to_others"], asked["others_to_worst"]
    )
    assert result.weights == pytest.approx([0.0714, 0.3387, 0.5899], abs=1e-4)
    assert result.deviation == pytest.approx(0.26, abs=5e-3)
    assert result.consistency_ratio == pytest.approx(0.058, abs=5e-4)
