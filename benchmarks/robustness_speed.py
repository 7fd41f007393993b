"""How fast robustness is computed, on one core, and how much memory a million samples take.

    OMP_NUM_THREADS=1 python benchmarks/robustness_speed.py

35 alternatives, 12 criteria, the weighted sum on values from 0 to 100. Each line is the median of
some runs; the memory is the peak of what NumPy holds beside the matrix.
"""

from __future__ import annotations

import statistics
import time
import tracemalloc

import numpy as np

from mcda.engine.robustness import (
    Sampling,
    UncertainMatrix,
    Uniform,
    WeightSpace,
    cell_flips,
    sample_weights,
    smaa2,
    smallest_change,
    weight_flips,
)

ALTERNATIVES, CRITERIA = 35, 12
BOUNDS, DIRECTIONS = [(0, 100)] * CRITERIA, [1] * CRITERIA


def median(action, runs=7):
    action()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def peak(action):
    tracemalloc.start()
    action()
    found = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return found / 1e6


def line(name, seconds, note=""):
    print(f"{name:55s} {1000 * seconds:9.1f} ms  {note}")


def main():
    generator = np.random.default_rng(1)
    values = generator.uniform(0, 100, (ALTERNATIVES, CRITERIA))
    weights = generator.dirichlet(np.ones(CRITERIA))
    vague = UncertainMatrix([[Uniform(0.9 * v, v) for v in row] for row in values])
    whole = WeightSpace.whole(CRITERIA)
    spaces = {
        "all": whole,
        "order": WeightSpace.order(range(CRITERIA)),
        "near": WeightSpace.near(weights),
        "people": WeightSpace.hull(generator.dirichlet(np.ones(CRITERIA), 8)),
    }

    def run(matrix, space, samples, method="weighted_sum"):
        plan = Sampling(seed=1, samples=samples)
        return smaa2(matrix, space, DIRECTIONS, plan, method, bounds=BOUNDS)

    for name, space in spaces.items():
        sample = sample_weights(space, 10_000, 1)
        note = f"{sample.method}, worth {sample.effective_size:.0f}"
        line(f"10,000 weights: {name}", median(lambda s=space: sample_weights(s, 10_000, 1)), note)
    line("SMAA-2, 10,000, exact cells", median(lambda: run(values, whole, 10_000)))
    topsis = median(lambda: run(values, whole, 10_000, "topsis_anchored"))
    line("SMAA-2, 10,000, exact cells, anchored TOPSIS", topsis)
    line("SMAA-2, 10,000, uncertain cells", median(lambda: run(vague, whole, 10_000), 3))
    for name, matrix in (("exact", values), ("uncertain", vague)):
        seconds = median(lambda m=matrix: run(m, whole, 1_000_000), 1)
        held = peak(lambda m=matrix: run(m, whole, 1_000_000))
        line(f"SMAA-2, 1,000,000, {name} cells", seconds, f"peak {held:.0f} MB")
    for method in ("weighted_sum", "topsis_anchored"):
        given = (values, weights, DIRECTIONS, method)
        line(f"weight flips, {method}", median(lambda g=given: weight_flips(*g, bounds=BOUNDS)))
        line(f"cell flips, {method}", median(lambda g=given: cell_flips(*g, bounds=BOUNDS)))
    change = median(lambda: smallest_change(values, weights, DIRECTIONS, 0, bounds=BOUNDS))
    line("smallest change of weights", change)


if __name__ == "__main__":
    main()
