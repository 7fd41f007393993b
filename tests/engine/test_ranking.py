import pickle
import subprocess
import sys
import tracemalloc

import numpy as np
import pytest

from mcda.engine import METHODS, PROMISES, InputError, rank, rank_batch

MATRIX, WEIGHTS, DIRECTIONS = [[5, 8, 4], [7, 6, 8], [8, 8, 6]], [3, 4, 3], [1, 1, -1]


def test_topsis_is_the_default():
    assert rank(MATRIX, WEIGHTS, DIRECTIONS).method == "topsis"


def test_results_are_read_only_and_leave_the_input_alone():
    matrix = np.array(MATRIX, dtype=float)
    result = rank(matrix, WEIGHTS, DIRECTIONS)
    for array in (result.scores, result.ranks, result.weights, *result.steps.values()):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
    assert matrix.tolist() == MATRIX
    matrix[0, 0] = 1
    with pytest.raises(AttributeError):
        result.scores = result.weights


def test_results_can_be_stored_in_a_cache():
    result = pickle.loads(pickle.dumps(rank(MATRIX, WEIGHTS, DIRECTIONS)))
    assert result.ranks.tolist() == rank(MATRIX, WEIGHTS, DIRECTIONS).ranks.tolist()


@pytest.mark.parametrize("method", ["topsis", "weighted_sum"])
def test_a_table_made_when_asked_for_is_that_of_the_ranking(method):
    matrix, weights = np.array(MATRIX, dtype=float), np.array(WEIGHTS, dtype=float)
    result = rank(matrix, weights, DIRECTIONS, method)
    stored = pickle.loads(pickle.dumps(result))
    matrix[:], weights[:] = 0, 1
    expected = result.steps["normalized"] * result.weights
    assert result.steps["weighted"].tolist() == expected.tolist()
    assert stored.steps["weighted"].tolist() == expected.tolist()
    assert result.steps["weighted"] is result.steps["weighted"]
    assert len(result.steps) == len(METHODS[method].steps)


def test_topsis_keeps_one_table_as_large_as_the_matrix():
    matrix = np.random.default_rng(1).uniform(1, 9, (50_000, 10))
    tracemalloc.start()
    result = rank(matrix, np.ones(10), np.ones(10))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert result.ranks.size == 50_000
    assert most < 2 * matrix.nbytes


def test_registry_entries_are_complete():
    for name, method in METHODS.items():
        assert method.id == name
        texts = (method.title, method.description, method.formula, method.source)
        assert all(texts)
        assert all(info.description for info in method.steps.values())
        assert set(method.required) <= set(method.options)
        assert set(method.promises | method.promises_with_bounds) <= set(PROMISES)


@pytest.mark.parametrize("method", METHODS)
def test_more_of_a_cost_never_pays(method):
    options = {"bounds": [(0, 10)] * 2} if METHODS[method].required else {}
    result = rank([[1, 1], [5, 2], [9, 1.5]], [9, 1], ["min", "max"], method, **options)
    assert result.ranks.tolist() == [1, 2, 3]


@pytest.mark.parametrize("method", METHODS)
def test_weights_count(method):
    options = {"bounds": [(0, 2)] * 2} if METHODS[method].required else {}
    for weights, ranks in (([3, 1], [1, 2]), ([1, 3], [2, 1])):
        assert rank([[2, 1], [1, 2]], weights, [1, 1], method, **options).ranks.tolist() == ranks


def test_anchored_topsis_needs_bounds_and_cells_within_them():
    for bounds in ({}, {"bounds": None}):
        with pytest.raises(InputError, match="needs the declared low and high end"):
            rank(MATRIX, WEIGHTS, DIRECTIONS, method="topsis_anchored", **bounds)
    with pytest.raises(InputError) as caught:
        rank(MATRIX, WEIGHTS, DIRECTIONS, "topsis_anchored", bounds=[(0, 7), (0, 9), (0, 9)])
    assert (caught.value.row, caught.value.column) == (2, 0)


def test_weighted_sum_takes_a_normalization_or_bounds():
    with pytest.raises(InputError, match="either normalization or bounds"):
        rank(
            MATRIX,
            WEIGHTS,
            DIRECTIONS,
            "weighted_sum",
            normalization="minmax",
            bounds=[(0, 9)] * 3,
        )
    with pytest.raises(InputError, match="outside the declared range"):
        rank(MATRIX, WEIGHTS, DIRECTIONS, "weighted_sum", bounds=[(0, 7)] * 3)


def test_weighted_sum_parts_add_up_to_the_score():
    result = rank(MATRIX, WEIGHTS, DIRECTIONS, "weighted_sum", bounds=[(0, 10)] * 3)
    assert result.scores == pytest.approx([0.3 * 0.5 + 0.4 * 0.8 + 0.3 * 0.6, 0.51, 0.68])
    np.testing.assert_allclose(result.steps["weighted"].sum(axis=1), result.scores)


@pytest.mark.parametrize("forms", [METHODS["topsis"], METHODS["topsis_anchored"]])
def test_blocks_join_without_a_seam(forms, monkeypatch):
    rng = np.random.default_rng(7)
    matrix, vectors = rng.random((11, 3)), rng.dirichlet(np.ones(3), 10)
    options = {"bounds": [(0, 1)] * 3} if forms.id == "topsis_anchored" else {}
    whole = rank_batch(matrix, vectors, DIRECTIONS, forms.id, **options)
    monkeypatch.setattr("mcda.engine.methods.closeness.ALTERNATIVES_PER_BLOCK", 4)
    monkeypatch.setattr("mcda.engine.methods.closeness.CELLS_PER_BLOCK", 12)
    pieces = rank_batch(matrix, vectors, DIRECTIONS, forms.id, **options)
    np.testing.assert_allclose(pieces, whole, rtol=1e-12)
    singles = [rank(matrix, vector, DIRECTIONS, forms.id, **options).scores for vector in vectors]
    np.testing.assert_allclose(pieces, singles, rtol=1e-12)


@pytest.mark.parametrize("tiny", [1e-100, 1e-200, 1e-300])
def test_a_tiny_weight_decides_where_all_else_is_equal(tiny):
    """Its square vanishes, but the closeness must not become that of equal rows."""
    matrix = [[7, 0], [7, 1], [7, 4]]
    expected = [0, 0.25, 1]
    assert rank(matrix, [1, tiny], [1, 1]).scores == pytest.approx(expected)
    batch = rank_batch(matrix, [[1, tiny], [tiny, 1], [1, 0]], [1, 1])
    np.testing.assert_allclose(batch, [expected, expected, [0.5] * 3], rtol=1e-12)


def test_importing_the_engine_loads_numpy_only():
    code = (
        "import sys, mcda.engine; "
        "print([m for m in ('scipy', 'pandas', 'pydantic', 'streamlit') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
