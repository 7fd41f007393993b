"""One way to get a published case: the fixture ``case``, called with the case's id."""

import json
from pathlib import Path

import pytest

from mcda.engine import rank

CASES = {
    case["id"]: case
    for case in json.loads((Path(__file__).parent / "cases.json").read_text(encoding="utf-8"))[
        "cases"
    ]
}

# Hwang and Yoon (1981): four fighter aircraft.
FIGHTERS = [
    [2.0, 1500, 20000, 5.5, 5, 9],
    [2.5, 2700, 18000, 6.5, 3, 5],
    [1.8, 2000, 21000, 4.5, 7, 7],
    [2.2, 1800, 20000, 5.0, 5, 5],
]
OF_FIGHTERS = [0.2, 0.1, 0.1, 0.1, 0.2, 0.3], [1, 1, 1, -1, 1, 1]

# Yazdani et al. (2019): seven industrial robots.
ROBOTS = [
    [60, 0.4, 2540, 500, 990],
    [6.35, 0.15, 1016, 3000, 1041],
    [6.8, 0.1, 1727.2, 1500, 1676],
    [10, 0.2, 1000, 2000, 965],
    [2.5, 0.1, 560, 500, 915],
    [4.5, 0.08, 1016, 350, 508],
    [3, 0.1, 1778, 1000, 920],
]
OF_ROBOTS = [0.036, 0.192, 0.326, 0.326, 0.12], [1, -1, 1, 1, 1]


@pytest.fixture
def case():
    return CASES.__getitem__


@pytest.fixture
def agrees(case):
    """Rank a published case by a method; its scores must be those printed."""

    def agrees(name, method, **options):
        published = case(name)
        weights, directions = published["weights"], published["directions"]
        result = rank(published["matrix"], weights, directions, method, **options)
        assert result.scores == pytest.approx(published["expected"], abs=published["tolerance"])
        return result

    return agrees
