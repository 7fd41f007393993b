"""Properties every method must have, and each promise it makes, on generated input."""

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mcda.engine import METHODS, PROMISES, InputError, rank, rank_batch

shared = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
)


REFUSES_SOME = frozenset({"cocoso"})
"""Methods whose definition leaves some weights without a result on ordinary cells."""


@st.composite
def problems(draw, min_alternatives=1, low=1, high=60):
    """A small problem in whole numbers, so that equal scores are equal by design."""
    alternatives = draw(st.integers(min_alternatives, 6))
    criteria = draw(st.integers(1, 5))
    cells = st.integers(low, high).map(float)
    matrix = draw(arrays(float, (alternatives, criteria), elements=cells))
    weights = draw(arrays(float, criteria, elements=st.integers(0, 9).map(float)))
    weights[draw(st.integers(0, criteria - 1))] += 1
    directions = draw(arrays(int, criteria, elements=st.sampled_from([1, -1])))
    bounds = np.array([[low - 1.0, high + 5.0]] * criteria)
    return matrix, weights, directions, bounds


def run(variant, matrix, weights, directions, bounds, ranking=rank):
    """Rank; problems that the method declares to be outside its definition are left out."""
    try:
        return ranking(matrix, weights, directions, variant.method, **variant.options(bounds))
    except InputError:
        assume(variant.method not in REFUSES_SOME)
        raise


@shared
@given(problem=problems(), data=st.data())
def test_the_order_of_the_alternatives_plays_no_part(variant, problem, data):
    matrix, *rest = problem
    order = data.draw(st.permutations(range(len(matrix))))
    before, after = run(variant, matrix, *rest), run(variant, matrix[order], *rest)
    np.testing.assert_allclose(
        after.scores, before.scores[order], rtol=1e-12, atol=1e-12 * variant.scale
    )
    assert after.ranks.tolist() == before.ranks[order].tolist()


@shared
@given(problem=problems(), data=st.data())
def test_the_order_of_the_criteria_plays_no_part(variant, problem, data):
    matrix, weights, directions, bounds = problem
    order = data.draw(st.permutations(range(len(weights))))
    before = run(variant, *problem)
    after = run(variant, matrix[:, order], weights[order], directions[order], bounds[order])
    np.testing.assert_allclose(after.scores, before.scores, rtol=1e-9, atol=1e-12)
    assert after.ranks.tolist() == before.ranks.tolist()


@shared
@given(problem=problems(), data=st.data())
def test_a_criterion_without_weight_plays_no_part(variant, problem, data):
    matrix, weights, directions, bounds = problem
    column = data.draw(arrays(float, (len(matrix), 1), elements=st.integers(1, 60).map(float)))
    wider = (
        np.hstack([matrix, column]),
        np.append(weights, 0),
        np.append(directions, data.draw(st.sampled_from([1, -1]))),
        np.vstack([bounds, bounds[:1]]),
    )
    before, after = run(variant, *problem), run(variant, *wider)
    np.testing.assert_allclose(after.scores, before.scores, rtol=1e-9, atol=1e-12)
    assert after.ranks.tolist() == before.ranks.tolist()


@shared
@given(problem=problems(), factor=st.sampled_from([1e-300, 0.1, 3.0, 1e6, 1e300]))
def test_the_scale_of_the_weights_plays_no_part(variant, problem, factor):
    matrix, weights, directions, bounds = problem
    before = run(variant, *problem)
    after = run(variant, matrix, weights * factor, directions, bounds)
    np.testing.assert_allclose(after.scores, before.scores, rtol=1e-12, atol=1e-15)
    assert after.weights.sum() == pytest.approx(1, abs=1e-15)


@shared
@given(problem=problems(), samples=st.integers(1, 5), data=st.data())
def test_the_batch_form_equals_the_single_form(variant, problem, samples, data):
    matrix, weights, directions, bounds = problem
    more = arrays(float, (samples, len(weights)), elements=st.integers(1, 9).map(float))
    vectors = np.vstack([weights, data.draw(more)])
    scores = run(variant, matrix, vectors, directions, bounds, rank_batch)
    singles = [run(variant, matrix, vector, directions, bounds).scores for vector in vectors]
    np.testing.assert_allclose(scores, singles, rtol=1e-12, atol=1e-14)


@shared
@given(data=st.data())
def test_finite_input_gives_finite_output(variant, data):
    shape = data.draw(st.tuples(st.integers(1, 5), st.integers(1, 4)))
    cells = st.floats(variant.lowest, 1.7e308, exclude_min=True)
    matrix = data.draw(arrays(float, shape, elements=cells))
    weights = data.draw(arrays(float, shape[1], elements=st.floats(0, 1.7e308)))
    weights[0] = weights[0] or 1.0
    directions = data.draw(arrays(int, shape[1], elements=st.sampled_from([1, -1])))
    bounds = np.array([[-1.75e308, 1.75e308]] * shape[1])
    result = run(variant, matrix, weights, directions, bounds)
    tables = [result.scores, result.ranks, result.weights, *result.steps.values()]
    assert all(np.isfinite(table).all() for table in tables)
    batch = run(variant, matrix, weights[np.newaxis], directions, bounds, rank_batch)
    assert np.isfinite(batch).all()


@shared
@given(problem=problems())
def test_the_tables_are_the_declared_ones(variant, problem):
    result = run(variant, *problem)
    sizes = dict(zip(("alternative", "criterion"), problem[0].shape, strict=True))
    declared = METHODS[variant.method].steps
    assert list(result.steps) == list(declared)
    for name, info in declared.items():
        assert result.steps[name].shape == tuple(sizes[axis] for axis in info.axes)


@shared
@given(problem=problems())
def test_equal_rows_share_a_rank(variant, problem):
    matrix, *rest = problem
    result = run(variant, np.vstack([matrix, matrix]), *rest)
    half = len(matrix)
    assert result.ranks[:half].tolist() == result.ranks[half:].tolist()


@shared
@given(problem=problems(), data=st.data())
def test_promise_monotone(variant, problem, data):
    assert_monotone(variant, problem, data)


@shared
@given(problem=problems(), data=st.data())
@pytest.mark.parametrize("normalization", ["minmax", "linear", "sum", "vector"])
def test_weighted_sum_is_monotone_on_positive_cells(normalization, problem, data):
    """METHODS.md says so of each normalization; it is no promise, as vector loses it below 0."""
    matrix, weights, directions, _ = problem

    class Unbounded:
        method = "weighted_sum"

        @staticmethod
        def options(bounds):
            return {"normalization": normalization}

    assert_monotone(Unbounded, (matrix, weights, directions, None), data)


def assert_monotone(variant, problem, data):
    matrix, weights, directions, bounds = problem
    row = data.draw(st.integers(0, matrix.shape[0] - 1))
    column = data.draw(st.integers(0, matrix.shape[1] - 1))
    better = matrix.copy()
    better[row, column] = data.draw(
        st.integers(int(matrix[row, column]), 60)
        if directions[column] == 1
        else st.integers(1, int(matrix[row, column]))
    )
    before = run(variant, *problem)
    after = run(variant, better, weights, directions, bounds)
    sign = 1 if METHODS[variant.method].higher_is_better else -1
    assert sign * after.scores[row] >= sign * before.scores[row] - 1e-12
    assert after.ranks[row] <= before.ranks[row]


@shared
@given(problem=problems(min_alternatives=2), data=st.data())
def test_promise_no_rank_reversal(variant, problem, data):
    matrix, *rest = problem
    keep = np.delete(np.arange(len(matrix)), data.draw(st.integers(0, len(matrix) - 1)))
    before = run(variant, matrix, *rest).ranks[keep]
    after = run(variant, matrix[keep], *rest).ranks
    np.testing.assert_array_equal(
        np.sign(before[:, None] - before), np.sign(after[:, None] - after)
    )


@shared
@given(problem=problems(min_alternatives=2), data=st.data())
def test_promise_row_independent(variant, problem, data):
    matrix, *rest = problem
    row = data.draw(st.integers(0, len(matrix) - 1))
    alone = run(variant, matrix[[row]], *rest).scores[0]
    assert alone == pytest.approx(run(variant, matrix, *rest).scores[row], rel=1e-12)


@shared
@given(problem=problems(), factor=st.sampled_from([1e-200, 0.0254, 7.0, 1e200]))
def test_promise_scale_invariant(variant, problem, factor):
    matrix, weights, directions, bounds = problem
    scaled, wider = matrix.copy(), bounds.copy()
    scaled[:, 0] *= factor
    wider[0] *= factor
    before, after = run(variant, *problem), run(variant, scaled, weights, directions, wider)
    np.testing.assert_allclose(after.scores, before.scores, rtol=1e-9, atol=1e-12)
    assert after.ranks.tolist() == before.ranks.tolist()


def test_every_promise_made_is_one_that_is_defined_and_tested(variant):
    assert variant.promises <= set(PROMISES)
    tested = {name.removeprefix("test_promise_") for name in globals() if "test_promise" in name}
    assert tested == set(PROMISES)
