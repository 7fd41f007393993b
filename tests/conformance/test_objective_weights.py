"""Published examples of weights computed from the decision matrix."""

import pytest

from mcda.engine.weighting.objective import (
    critic_weights,
    entropy_weights,
    merec_weights,
    standard_deviation_weights,
)


def test_entropy_elsayed2017(case):
    """Elsayed, A., Dawood, A., Karthikeyan, R. (2017). Evaluating alternatives through the
    application of TOPSIS method with entropy weight. IJETT 46(2), 60-66."""
    published = case("entropy_elsayed2017")
    weights = entropy_weights(published["matrix"])
    assert weights == pytest.approx(published["expected"], abs=published["tolerance"])


def test_entropy_xu2004(case):
    """Xu, X. (2004). A note on the subjective and objective integrated approach to determine
    attribute weights. European Journal of Operational Research 156(2), 530-532. The last column
    is nearly constant."""
    published = case("entropy_xu2004")
    weights = entropy_weights(published["matrix"])
    assert weights == pytest.approx(published["expected"], abs=published["tolerance"])
    assert weights[3] > 0


def test_entropy_zavadskas2016(case):
    """Zavadskas, E., Podvezko, V. (2016). Integrated determination of objective criteria weights
    in MCDM. IJITDM 15(2), 267-283. Cost columns are not inverted."""
    published = case("entropy_zavadskas2016")
    weights = entropy_weights(published["matrix"])
    assert weights == pytest.approx(published["expected"], abs=published["tolerance"])


def test_critic_diakoulaki1995(case):
    """Diakoulaki, D., Mavrotas, G., Papayannakis, L. (1995). Determining objective weights in
    multiple criteria problems: the CRITIC method. Computers & Operations Research 22(7),
    763-770. The paper prints .20, .48, .32."""
    published = case("critic_diakoulaki1995")
    weights = critic_weights(published["matrix"], published["directions"])
    assert weights == pytest.approx(published["expected"], abs=published["tolerance"])
    assert weights == pytest.approx([0.20, 0.48, 0.32], abs=0.005)


def test_critic_tus2019(case):
    """Tus, A., Aytac Adali, E. (2019). The new combination with CRITIC and WASPAS methods for the
    time and attendance software selection problem. OPSEARCH 56(2), 528-538."""
    published = case("critic_tus2019")
    weights = critic_weights(published["matrix"], published["directions"])
    assert weights == pytest.approx(published["expected"], abs=published["tolerance"])


def test_merec_keshavarz2021(case):
    """Keshavarz-Ghorabaee, M. et al. (2021). Determination of objective weights using a new
    method based on the removal effects of criteria (MEREC). Symmetry 13(4), 525."""
    published = case("merec_keshavarz2021")
    weights = merec_weights(published["matrix"], published["directions"])
    assert weights == pytest.approx(published["expected"], abs=published["tolerance"])


def test_standard_deviation_jahan2013(case):
    """Jahan, A., Edwards, K. (2013). Weighting of dependent and target-based criteria for optimal
    decision-making in materials selection process. Materials & Design 49, 1000-1008."""
    published = case("std_jahan2013")
    weights = standard_deviation_weights(published["matrix"])
    assert weights == pytest.approx(published["expected"], abs=published["tolerance"])
