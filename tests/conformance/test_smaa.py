"""Published results of SMAA-2."""

import numpy as np
import pytest
from scipy.stats import beta

from mcda.engine.robustness import (
    Discrete,
    LogNormal,
    Normal,
    Sampling,
    UncertainMatrix,
    WeightSpace,
    smaa2,
)

Z = 1.959963984540054
KINDS = {"lognormal": LogNormal, "normal": Normal}


def run(published):
    kinds = [KINDS[name] for name in published["params"]["distribution"]]
    table = np.array(published["matrix"])
    ends = table[..., :1] + Z * np.array([-1, 1]) * table[..., 1:]
    logs = [kind is LogNormal for kind in kinds]
    ends[:, logs] = np.exp(ends[:, logs])
    bounds = np.stack([ends[..., 0].min(axis=0), ends[..., 1].max(axis=0)], axis=1)
    cells = [
        [kind(*cell) for kind, cell in zip(kinds, row, strict=True)] for row in published["matrix"]
    ]
    space = WeightSpace.whole(len(kinds))
    plan = Sampling(seed=1, samples=100_000)
    return smaa2(UncertainMatrix(cells), space, published["directions"], plan, bounds=bounds)


def test_tervonen2011_antidepressants(case):
    """Tervonen, T., van Valkenhoef, G., Buskens, E., Hillege, H., Postmus, D. (2011). A
    stochastic multicriteria model for evidence-based decision making in drug benefit-risk
    analysis. Statistics in Medicine 30(12), 1419-1428; as in the tests of JSMAA. Partial values
    are linear from the least to the greatest end of the 95 % intervals."""
    published = case("smaa2_jsmaa_antidepressants")
    also, within = published["also_expected"], published["tolerance"]
    result = run(published)
    np.testing.assert_allclose(result.rank_acceptability, published["expected"], atol=within)
    central = [also["central_weights"][name] for name in published["params"]["alternatives"]]
    np.testing.assert_allclose(result.central_weights, central, atol=within)
    np.testing.assert_allclose(result.confidence, also["confidence"], atol=within)


# Heparin and enoxaparin: proximal and distal deep vein thrombosis and major bleeding, each as Beta
# (events, patients without). Partial values fall linearly over these ranges.
EVENTS = [[(20, 116), (40, 96), (1, 135)], [(8, 121), (32, 97), (5, 124)]]
RANGES = [(0, 0.25), (0.15, 0.4), (0, 0.1)]
PROXIMAL_BLEEDING_DISTAL = [1, 3, 2]


def beta_cell(events, others, ends, points=1000):
    """A Beta distribution as equally likely values; the few beyond the range count as its end."""
    values = beta.ppf((np.arange(points) + 0.5) / points, events, others).clip(*ends)
    return Discrete(tuple(values), (1.0,) * points)


@pytest.mark.parametrize(
    ("space", "first", "central", "confidence"),
    [
        (
            WeightSpace.whole(3),
            [0.3381, 0.6619],
            [[0.1976, 0.2780, 0.5244], [0.4118, 0.3578, 0.2304]],
            [0.6389, 0.8925],
        ),
        (
            WeightSpace.order(PROXIMAL_BLEEDING_DISTAL),
            [0.1369, 0.8631],
            [[0.5240, 0.1213, 0.3547], [0.6229, 0.1103, 0.2668]],
            [0.1914, 0.9174],
        ),
        (
            WeightSpace.ratios([(0, 2, 2, 2), (2, 1, 2, 2)], 3),
            [0.1049, 0.8951],
            [[4 / 7, 1 / 7, 2 / 7]] * 2,
            [0.1049, 0.8951],
        ),
    ],
    ids=["no preferences", "an order", "exact ratios"],
)
def test_drugis_thrombolytics(space, first, central, confidence):
    """The example of the MCDA software of drugis.org, one trial of two medicines: what goes in is
    examples/thrombolytics.json of github.com/drugis/mcda-elicitation-web (at 0415f1ef), what comes
    out of 10,000 samples R/test/thrombo.R (at 2c42accb), which holds ranks to 0.02 and the rest
    to 0.05."""
    cells = [
        [beta_cell(*cell, ends) for cell, ends in zip(row, RANGES, strict=True)] for row in EVENTS
    ]
    plan = Sampling(seed=1, samples=50_000)
    result = smaa2(UncertainMatrix(cells), space, [-1] * 3, plan, bounds=RANGES)
    np.testing.assert_allclose(result.first_share, first, atol=0.02)
    np.testing.assert_allclose(result.rank_acceptability, [first, first[::-1]], atol=0.02)
    np.testing.assert_allclose(result.central_weights, central, atol=0.02)
    np.testing.assert_allclose(result.confidence, confidence, atol=0.03)
