"""The examples of docs/METHODS.md on weight spaces, SMAA-2 and flips, read from the page."""

import re
from pathlib import Path

import numpy as np

from mcda.engine.robustness import (
    Sampling,
    WeightSpace,
    always_first,
    cell_flips,
    sample_weights,
    smaa2,
    smallest_change,
    weight_flips,
)

PAGE = (Path(__file__).parents[3] / "docs" / "METHODS.md").read_text(encoding="utf-8")
UNIT = [(0, 100)] * 2
SAMPLES = 100_000


def table(name):
    """Rows of numbers by label; "none" is NaN."""
    lines = re.search(rf"^\| {re.escape(name)} \|.*\n((?:\|.*\|\n)+)", PAGE, flags=re.M)[1]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines.splitlines()]
    return {
        row[0]: np.array([np.nan if cell == "none" else float(cell) for cell in row[1:]])
        for row in rows[1:]
    }


def test_weight_space_by_hand():
    printed, space = table("Space: order"), WeightSpace.order([1, 2, 3])
    np.testing.assert_allclose(
        space.ranges().T, [printed["smallest"], printed["largest"]], atol=5e-5
    )
    weights = sample_weights(space, SAMPLES, seed=1).weights
    spread = np.sqrt(printed["variance"] / SAMPLES)
    assert (np.abs(weights.mean(axis=0) - printed["mean"]) <= 5 * spread + 5e-5).all()
    np.testing.assert_allclose(weights.var(axis=0), printed["variance"], rtol=0.03)


def test_smaa_by_hand():
    matrix = np.array(list(table("SMAA: input").values()))
    plan = Sampling(seed=1, samples=SAMPLES)
    result = smaa2(matrix, WeightSpace.whole(2), ["max", "max"], plan, bounds=UNIT)
    printed = np.array(list(table("SMAA: rank acceptability").values()))
    error = 5 * np.sqrt(printed * (1 - printed) / SAMPLES)
    assert (np.abs(result.rank_acceptability - printed) <= error + 5e-5).all()
    central = np.array(list(table("SMAA: central weights").values()))
    np.testing.assert_allclose(result.central_weights[:2], central, atol=5e-3)
    assert np.isnan(result.central_weights[2]).all()


def flip_problem():
    given = table("Flips: input")
    return np.array([given["A"], given["B"]]), given["weight"], ["max", "max"]


def test_flips_by_hand():
    problem = flip_problem()
    printed = table("Flips: weight at the flip")["weight"]
    flips = weight_flips(*problem, bounds=UNIT)
    np.testing.assert_allclose([f.edges[1] for f in flips], printed, atol=5e-5)
    cells = np.array(list(table("Flips: cell at the flip").values()))
    np.testing.assert_allclose(cell_flips(*problem, bounds=UNIT).values, cells, atol=5e-3)
    change = smallest_change(*problem, 1, bounds=UNIT)
    np.testing.assert_allclose(change.weights, printed, atol=5e-5)
    np.testing.assert_allclose(change.distance, 0.0182, atol=5e-5)


def test_a_lead_everywhere_is_proved():
    matrix, _, directions = flip_problem()
    near = WeightSpace.near([0.75, 0.25], share=0.05)
    assert always_first(matrix, near, directions, bounds=UNIT).tolist() == [True, False]


def test_every_builder_is_on_the_page():
    builders = re.findall(r"^\| `(\w+)\(", PAGE.partition("## Weight spaces")[2], flags=re.M)
    assert builders == ["whole", "order", "prefer", "between", "ratios", "near", "hull"]
    assert all(hasattr(WeightSpace, name) for name in builders)
