"""Published results of SMAA-2."""

import numpy as np

from mcda.engine.robustness import LogNormal, Normal, Sampling, UncertainMatrix, WeightSpace, smaa2

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
