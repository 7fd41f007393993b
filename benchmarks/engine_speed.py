"""How fast the engine is, beside NumPy alone and beside its peers, from one run.

    PYTHONPATH=. python benchmarks/engine_speed.py [--peers PYTHON] [--rounds N] [--only PART]

Every figure is a median over rounds in which the contenders take turns, on one core, in seconds of
processor time: other work on the machine then slows all of them alike, and waiting does not count.
Before anything is timed, the contenders' scores are compared.

- ``import``: ``import mcda.engine`` against ``import numpy``, each in fresh processes, both from
  compiled bytecode, without the start of the interpreter.
- ``single``: one ranking of 35 x 10 against a bare NumPy expression without a check or a table, and
  against pymcdm (as it comes, and with its checks turned off) and scikit-criteria. ``--peers``
  names a Python that has these; they run in a process of their own and are timed inside it. Never
  install them beside us: another package shares our import name.
- ``batch``: 10,000 weightings of 35 x 10 against the same in plain NumPy, in blocks with reused
  buffers; and, without a reference, by every other method.
- ``large``: TOPSIS on 1,000,000 x 20 against the same in blocks, and the memory it takes.
- ``growth``: how time grows with weightings, alternatives and criteria.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from contextlib import ExitStack, contextmanager
from functools import partial

for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_threads] = "1"

import numpy as np  # noqa: E402  (it reads these when it is loaded)

ASKED = {"import": 1.3, "single": 3.0, "batch": 1.5, "large": 1.3, "memory": 2.0}
BLOCK = 1024
METHODS = ("topsis", "weighted_sum")


def problem(alternatives=35, criteria=10):
    """Return a matrix, weights and directions, the same wherever it is called."""
    generator = np.random.default_rng(1)
    matrix = generator.uniform(1, 100, (alternatives, criteria))
    weights = generator.dirichlet(np.ones(criteria))
    return matrix, weights, np.where(np.arange(criteria) % 2, 1, -1)


def weightings(count, criteria=10):
    return np.random.default_rng(2).dirichlet(np.ones(criteria), count)


# Contenders: plain NumPy


def bare_topsis(matrix, weights, directions):
    weighted = matrix / np.sqrt((matrix * matrix).sum(axis=0)) * weights
    low, high = weighted.min(axis=0), weighted.max(axis=0)
    ideal, anti = np.where(directions == 1, high, low), np.where(directions == 1, low, high)
    near = np.sqrt(((weighted - ideal) ** 2).sum(axis=1))
    far = np.sqrt(((weighted - anti) ** 2).sum(axis=1))
    return far / (near + far)


def bare_weighted_sum(matrix, weights, directions):
    low, high = matrix.min(axis=0), matrix.max(axis=0)
    return np.where(directions == 1, matrix - low, high - matrix) / (high - low) @ weights


def bare_ranks(scores):
    order = np.argsort(-scores)
    ranks = np.empty_like(order)
    ranks[order] = np.arange(1, order.size + 1)
    return ranks


def blocked_weighted_sum(matrix, vectors, directions):
    low, high = matrix.min(axis=0), matrix.max(axis=0)
    values = np.where(directions == 1, matrix - low, high - matrix) / (high - low)
    columns = np.ascontiguousarray(values.T)
    scores = np.empty((vectors.shape[0], matrix.shape[0]))
    for start in range(0, vectors.shape[0], BLOCK):
        block = slice(start, start + BLOCK)
        np.matmul(vectors[block], columns, out=scores[block])
    return scores


def blocked_topsis(matrix, vectors, directions):
    unit = matrix / np.sqrt((matrix * matrix).sum(axis=0))
    low, high = unit.min(axis=0), unit.max(axis=0)
    ideal, anti = np.where(directions == 1, high, low), np.where(directions == 1, low, high)
    from_ideal = np.ascontiguousarray(((unit - ideal) ** 2).T)
    from_anti = np.ascontiguousarray(((unit - anti) ** 2).T)
    scores = np.empty((vectors.shape[0], matrix.shape[0]))
    squares, distances = np.empty((BLOCK, matrix.shape[1])), np.empty((BLOCK, matrix.shape[0]))
    for start in range(0, vectors.shape[0], BLOCK):
        weights = vectors[start : start + BLOCK]
        square, near = squares[: len(weights)], distances[: len(weights)]
        far = scores[start : start + BLOCK]
        np.multiply(weights, weights, out=square)
        np.sqrt(np.matmul(square, from_ideal, out=near), out=near)
        np.sqrt(np.matmul(square, from_anti, out=far), out=far)
        np.divide(far, np.add(near, far, out=near), out=far)
    return scores


def blocked_large_topsis(matrix, weights, directions, block=4096):
    rows, criteria = matrix.shape
    low, high, squares = np.full(criteria, np.inf), np.full(criteria, -np.inf), np.zeros(criteria)
    for start in range(0, rows, block):
        cells = matrix[start : start + block]
        np.minimum(low, cells.min(axis=0), out=low)
        np.maximum(high, cells.max(axis=0), out=high)
        squares += np.einsum("ij,ij->j", cells, cells)
    factors = weights / np.sqrt(squares)
    ideal = np.where(directions == 1, high, low) * factors
    anti = np.where(directions == 1, low, high) * factors
    scores, nears = np.empty(rows), np.empty(block)
    weighted, gaps = np.empty((block, criteria)), np.empty((block, criteria))
    for start in range(0, rows, block):
        cells = matrix[start : start + block]
        count = len(cells)
        value, gap, near = weighted[:count], gaps[:count], nears[:count]
        far = scores[start : start + count]
        np.multiply(cells, factors, out=value)
        np.subtract(value, ideal, out=gap)
        np.sqrt(np.einsum("ij,ij->i", gap, gap, out=near), out=near)
        np.subtract(value, anti, out=gap)
        np.sqrt(np.einsum("ij,ij->i", gap, gap, out=far), out=far)
        np.divide(far, np.add(near, far, out=near), out=far)
    return scores


BARE = {"topsis": bare_topsis, "weighted_sum": bare_weighted_sum}
BLOCKED = {"topsis": blocked_topsis, "weighted_sum": blocked_weighted_sum}


# Contenders: the peers, in a process of their own


def pymcdm_contenders(**options):
    from pymcdm.methods import TOPSIS, WSM
    from pymcdm.normalizations import minmax_normalization, vector_normalization

    given = problem()
    topsis, weighted_sum = TOPSIS(vector_normalization), WSM(minmax_normalization)
    return {
        "topsis": lambda: topsis(*given, **options),
        "weighted_sum": lambda: weighted_sum(*given, **options),
    }


def scikit_criteria_contenders():
    import skcriteria
    from skcriteria.agg.simple import WeightedSumModel
    from skcriteria.agg.topsis import TOPSIS
    from skcriteria.pipelines import mkpipe
    from skcriteria.preprocessing.invert_objectives import NegateMinimize
    from skcriteria.preprocessing.scalers import CenitDistanceMatrixScaler, VectorScaler

    matrix, weights, directions = problem()
    data = skcriteria.mkdm(matrix, directions, weights=weights)
    topsis = mkpipe(NegateMinimize(), VectorScaler("matrix"), TOPSIS())
    weighted_sum = mkpipe(NegateMinimize(), CenitDistanceMatrixScaler(), WeightedSumModel())
    return {
        "topsis": lambda: topsis.evaluate(data).e_.similarity,
        "weighted_sum": lambda: weighted_sum.evaluate(data).e_.score,
    }


PEERS = {
    "pymcdm": pymcdm_contenders,
    "pymcdm unchecked": partial(pymcdm_contenders, validation=False),
    "scikit-criteria": scikit_criteria_contenders,
}


def serve_peer(name):
    """Answer each method asked for with the seconds it took; first of all, with its scores."""
    contenders = PEERS[name]()
    scores = {method: np.asarray(action()).tolist() for method, action in contenders.items()}
    print(json.dumps(scores), flush=True)
    for line in sys.stdin:
        method, repeats = line.split()
        print(seconds(contenders[method], int(repeats)), flush=True)


@contextmanager
def peer(python, name):
    """Start a peer; give its scores and a function that times it, or None if it is not there."""
    command = [python, "-W", "ignore", __file__, "--serve", name]
    # Without our path: there, "mcda" may be another package.
    env = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, text=True, env=env, **pipes) as process:
        first = process.stdout.readline()

        def ask(method, repeats):
            print(method, repeats, file=process.stdin, flush=True)
            return float(process.stdout.readline())

        yield (json.loads(first), ask) if first else None
        process.stdin.close()


# Measuring


def seconds(action, repeats=1):
    """Return the processor time of one call."""
    start = time.process_time()
    for _ in range(repeats):
        action()
    return (time.process_time() - start) / repeats


def take_turns(timers, rounds):
    """Return the median of each timer over rounds in which every one has its turn."""
    for timer in timers.values():
        timer()  # the first is not counted
    times = {name: [] for name in timers}
    for _ in range(rounds):
        for name, timer in timers.items():
            times[name].append(timer())
    return {name: statistics.median(own) for name, own in times.items()}


def line(name, found, asked=None, unit="ms", scale=1e3):
    """Print ours, the reference, their ratio, and whether it is what was asked for."""
    ratio = found["ours"] / found["reference"]
    verdict = "" if asked is None else f"asked {asked:.1f}: {'met' if ratio <= asked else 'MISSED'}"
    ours, reference = scale * found["ours"], scale * found["reference"]
    print(f"{name:42s} {ours:9.3f} {unit}  {reference:9.3f} {unit}  {ratio:6.2f}  {verdict}")


def same(ours, theirs):
    np.testing.assert_allclose(ours, theirs, rtol=1e-9)


def imports(rounds):
    """Time both imports in fresh processes."""
    code = "import time; t = time.process_time(); import {}; print(time.process_time() - t)"
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {"PYTHONPYCACHEPREFIX": folder}
        env.pop("PYTHONDONTWRITEBYTECODE", None)

        def timer(module):
            command = [sys.executable, "-c", code.format(module)]
            done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
            return float(done.stdout)

        timers = {"ours": partial(timer, "mcda.engine"), "reference": partial(timer, "numpy")}
        line("import, against numpy", take_turns(timers, rounds), ASKED["import"])


def single(rounds, python, repeats=25):
    """Time one ranking against the bare expression and against the peers."""
    from mcda.engine import rank

    given = problem()
    for method in METHODS:
        ours, bare = partial(rank, *given, method), partial(BARE[method], *given)
        same(ours().scores, bare())
        timers = {
            "ours": partial(seconds, ours, repeats),
            "reference": partial(seconds, bare, repeats),
        }
        line(f"one {method}", take_turns(timers, rounds), ASKED["single"], "us", 1e6)
        timers = {
            "ours": partial(seconds, lambda ours=ours: ours().ranks, repeats),
            "reference": partial(seconds, lambda bare=bare: bare_ranks(bare()), repeats),
        }
        line(f"one {method}, ranks too", take_turns(timers, rounds), None, "us", 1e6)
    with ExitStack() as stack:
        for name in PEERS if python else ():
            found = stack.enter_context(peer(python, name))
            if found is None:
                print(f"{name} does not run with {python}: not compared")
                continue
            scores, ask = found
            for method in METHODS:
                same(rank(*given, method).scores, scores[method])
                timers = {
                    "ours": partial(seconds, partial(rank, *given, method), repeats),
                    "reference": partial(ask, method, repeats),
                }
                line(f"one {method}, {name}", take_turns(timers, rounds), 1, "us", 1e6)


def batch(rounds):
    """Time 10,000 weightings against the blocked reference, and by every other method."""
    from mcda.engine import METHODS as ALL
    from mcda.engine import rank_batch

    matrix, _, directions = problem()
    vectors = weightings(10_000)
    for method in METHODS:
        given = matrix, vectors, directions
        ours, reference = partial(rank_batch, *given, method), partial(BLOCKED[method], *given)
        same(ours(), reference())
        timers = {"ours": partial(seconds, ours), "reference": partial(seconds, reference)}
        line(f"10,000 weightings, {method}", take_turns(timers, rounds), ASKED["batch"])
    for method, entry in ALL.items():
        if method not in METHODS:
            options = {"bounds": [(0, 100)] * matrix.shape[1]} if entry.required else {}
            action = partial(rank_batch, matrix, vectors, directions, method, **options)
            took = take_turns({"ours": partial(seconds, action)}, 5)["ours"]
            print(f"{f'10,000 weightings, {method}':42s} {1e3 * took:9.3f} ms")


def large(rounds):
    """Time TOPSIS on 1,000,000 x 20, and find the most memory held beside the matrix."""
    from mcda.engine import rank

    given = problem(1_000_000, 20)
    ours, reference = partial(rank, *given), partial(blocked_large_topsis, *given)
    same(ours().scores, reference())
    timers = {"ours": partial(seconds, ours), "reference": partial(seconds, reference)}
    line("TOPSIS, 1,000,000 x 20", take_turns(timers, rounds), ASKED["large"])
    tracemalloc.start()
    kept = ours()  # the result is still held when the peak is read
    most = {"ours": tracemalloc.get_traced_memory()[1], "reference": given[0].nbytes}
    tracemalloc.stop()
    assert len(kept.scores) == len(given[0])
    line("its memory, beside and against the matrix", most, ASKED["memory"], "MB", 1e-6)


def growth():
    """Print how time grows, ten times as much at each step."""
    from mcda.engine import rank, rank_batch

    matrix, _, directions = problem()
    kinds = {
        "weightings of 35 x 10": [
            (count, partial(rank_batch, matrix, weightings(count), directions))
            for count in (1_000, 10_000, 100_000, 1_000_000)
        ],
        "alternatives x 10": [
            (count, partial(rank, *problem(count))) for count in (10, 100, 1_000, 10_000, 100_000)
        ],
        "criteria x 35": [
            (count, partial(rank, *problem(35, count))) for count in (10, 100, 1_000, 10_000)
        ],
    }
    for kind, actions in kinds.items():
        for count, action in actions:
            for method in METHODS:
                repeats = max(1, 10_000 // count)
                timer = partial(seconds, partial(action, method), repeats)
                took = take_turns({"ours": timer}, 5)["ours"]
                name = f"{count:,d} {kind}, {method}"
                print(f"{name:42s} {1e3 * took:9.3f} ms  {1e9 * took / count:9.0f} ns each")


def main():
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--peers", metavar="PYTHON", help="a Python with the peers")
    parser.add_argument("--only", choices=("import", "single", "batch", "large", "growth"))
    parser.add_argument("--serve", choices=tuple(PEERS), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.serve:
        serve_peer(asked.serve)
        return
    parts = {
        "import": partial(imports, asked.rounds),
        "single": partial(single, 4 * asked.rounds, asked.peers),
        "batch": partial(batch, asked.rounds),
        "large": partial(large, max(3, asked.rounds // 3)),
        "growth": growth,
    }
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, NumPy {np.__version__}")
    print(f"{'':42s} {'ours':>9s}     {'reference':>9s}      ratio")
    for name, part in parts.items():
        if asked.only in (None, name):
            part()
    print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
