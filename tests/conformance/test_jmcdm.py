"""The outcomes of another library on its own inputs: JMcDM (Julia), test/mcdm/test*.jl.

Where it names the paper an input is from, so does the case. They are a peer's numbers, not quoted
from a paper; each agrees to the decimals that its test prints.
"""

from dataclasses import dataclass, field

import pytest

from mcda.engine import rank
from mcda.engine.weighting.objective import critic_weights

from .conftest import OF_ROBOTS, ROBOTS


@dataclass(frozen=True)
class Case:
    method: str
    matrix: list
    weights: list
    directions: list
    scores: list
    within: float
    options: dict = field(default_factory=dict)

    def __str__(self):
        return self.method


SOFTWARE = [
    [3, 12.5, 2, 120, 14, 3],
    [5, 15, 3, 110, 38, 4],
    [3, 13, 2, 120, 19, 3],
    [4, 14, 2, 100, 31, 4],
    [3, 15, 1.5, 125, 40, 4],
]
OF_SOFTWARE = [0.221, 0.159, 0.175, 0.127, 0.117, 0.201], [1, -1, -1, 1, -1, 1]
CASES = [
    Case(
        "topsis",
        [[9, 7, 6, 7], [8, 7, 9, 6], [7, 8, 6, 6]],
        [4, 2, 6, 8],
        [1, 1, 1, 1],
        [0.3876870, 0.6503238, 0.0834767],
        1e-5,
    ),
    Case(
        "weighted_product",
        SOFTWARE,
        *OF_SOFTWARE,
        [0.7975224, 0.7532541, 0.7647464, 0.7873957, 0.7674279],
        1e-6,
    ),
    Case("waspas", SOFTWARE, *OF_SOFTWARE, [0.805021, 0.77506, 0.770181, 0.796424, 0.788239], 1e-6),
    Case(
        "vikor",
        [
            [100, 92, 10, 2, 80, 70, 95, 80],
            [80, 70, 8, 4, 100, 80, 80, 90],
            [90, 85, 5, 0, 75, 95, 70, 70],
            [70, 88, 20, 18, 60, 90, 95, 85],
        ],
        [0.110, 0.035, 0.379, 0.384, 0.002, 0.002, 0.010, 0.077],
        [1] * 8,
        [0.74, 0.73, 1, 0],
        0.01,
    ),
    # JMcDM is told that more is better, yet gives the one that is highest on nearly everything the
    # lowest flow. Its numbers are those of the paper's formula where less is better.
    Case(
        "promethee_ii",
        [
            [42, 35, 43, 51],
            [89, 72, 92, 85],
            [14, 85, 17, 40],
            [57, 60, 45, 80],
            [48, 32, 43, 40],
            [71, 45, 60, 85],
            [69, 40, 72, 55],
            [64, 35, 70, 60],
        ],
        [0.25, 0.35, 0.22, 0.18],
        [-1, -1, -1, -1],
        [0.07, -0.15, -0.06, -0.05, 0.10, 0, 0.03, 0.06],
        0.005,
        {
            "preference": ["linear", "v_shape", "linear", "linear"],
            "q": [49, 0, 45, 30],
            "p": [100, 98, 95, 80],
        },
    ),
    Case(
        "aras",
        [
            [105000, 105, 10, 4, 300, 10],
            [120000, 110, 15, 4, 500, 8],
            [150000, 120, 12, 3, 550, 12],
            [115000, 105, 20, 4, 600, 9],
            [135000, 115, 15, 5, 400, 9],
        ],
        [0.05, 0.2, 0.1, 0.15, 0.1, 0.4],
        [-1, 1, -1, 1, 1, -1],
        [0.81424068, 0.89288620, 0.76415790, 0.84225462, 0.86540635],
        1e-7,
    ),
    Case(
        "edas",
        [
            [5000, 5, 5300, 450],
            [4500, 5, 5000, 400],
            [4500, 4, 4700, 400],
            [4000, 4, 4200, 400],
            [5000, 4, 7100, 500],
            [5000, 5, 5400, 450],
            [5500, 5, 6200, 500],
            [5000, 4, 5800, 450],
        ],
        [1, 1, 1, 1],
        [1, 1, -1, -1],
        [0.759594, 0.886016, 0.697472, 0.739658, 0.059083, 0.731833, 0.641691, 0.385194],
        1e-6,
    ),
    Case(
        "mabac",
        [
            [2, 1, 4, 7, 6, 6, 7, 3000],
            [4, 1, 5, 6, 7, 7, 6, 3500],
            [3, 2, 6, 6, 5, 6, 8, 4000],
            [5, 1, 5, 7, 6, 7, 7, 3000],
            [4, 2, 5, 6, 7, 7, 6, 3000],
            [3, 2, 6, 6, 6, 6, 6, 3500],
        ],
        [0.293, 0.427, 0.067, 0.027, 0.053, 0.027, 0.053, 0.053],
        [1, 1, 1, 1, 1, 1, 1, -1],
        [-0.31132, -0.10898, 0.20035, 0.04218, 0.34452, 0.20035],
        1e-5,
    ),
    Case(
        "codas",
        ROBOTS,
        *OF_ROBOTS,
        [
            0.512176491,
            1.463300035,
            1.07153259,
            -0.212467998,
            -1.851520552,
            -1.17167677,
            0.188656204,
        ],
        1e-8,
    ),
    Case(
        "marcos",
        [
            [8.675, 8.433, 8.000, 7.800, 8.025, 8.043],
            [8.825, 8.600, 7.420, 7.463, 7.825, 8.229],
            [8.325, 7.600, 8.040, 7.700, 7.925, 7.600],
            [8.525, 8.667, 7.180, 7.375, 7.750, 8.071],
        ],
        [0.19019, 0.15915, 0.19819, 0.19019, 0.15115, 0.11111],
        [1] * 6,
        [0.684865943528, 0.672767106696, 0.662596906139, 0.661103207660],
        1e-6,  # its weights are 2e-5 short of 1 and are not divided by their sum there
    ),
    # Kundakci, N. (2016). Combined multi-criteria decision making approach based on MACBETH and
    # MULTI-MOORA methods. Alphanumeric Journal 4(1), 17-26.
    Case(
        "moora",
        [
            [168000, 4.2, 35, 5, 5, 5, 5, 136, 109],
            [179697, 4.1, 34.5, 5, 4, 4, 5, 190, 107],
            [140600, 4.5, 33, 3, 3, 3, 3, 150, 119],
            [134950, 4.3, 28, 3, 2, 4, 4, 190, 112],
            [151980, 5.6, 35, 3, 4, 4, 3, 170, 147],
            [181632, 4, 35, 5, 3, 4, 5, 190, 106],
            [160620, 4.8, 33, 2, 3, 3, 2, 180, 125],
            [162900, 4.5, 35.4, 3, 4, 3, 2, 143, 119],
            [178000, 4.2, 32, 2, 3, 2, 3, 180, 110],
        ],
        [0.20, 0.1684, 0.1579, 0.1474, 0.1158, 0.0842, 0.0737, 0.0421, 0.0105],
        [-1, -1, 1, 1, 1, 1, 1, 1, -1],
        [
            0.134894139,
            0.116478321,
            0.06275658,
            0.066563486,
            0.066876256,
            0.10685769,
            0.033013877,
            0.061149651,
            0.031152492,
        ],
        1e-8,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_scores(case):
    result = rank(case.matrix, case.weights, case.directions, case.method, **case.options)
    assert result.scores == pytest.approx(case.scores, abs=case.within)


def test_critic():
    matrix = [
        [12.9918, 0.7264, -1.1009, 1.598139592],
        [4.1201, 5.8824, 3.4483, 1.021563567],
        [4.1039, 0.0000, -0.5076, 0.984469444],
    ]
    weights = critic_weights(matrix, [1, 1, -1, 1])
    assert weights == pytest.approx([0.16883925, 0.418444976, 0.249124763, 0.163591012], abs=1e-4)
