import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mcda.engine import InputError, rank, rank_batch, rank_scores
from mcda.engine.robustness import WeightSpace, always_first, sample_weights, smallest_change

shared = settings(max_examples=40, deadline=None, derandomize=True)
STEPS = 60
GRID = np.array(
    [(a, b, STEPS - a - b) for a in range(STEPS + 1) for b in range(STEPS + 1 - a)], dtype=float
)
GRID /= STEPS
MATRICES = arrays(float, (4, 3), elements=st.integers(0, 10).map(float))
OPTIONS = {"bounds": [(0, 10)] * 3}


def grid_first(matrix, alternative, allowed=slice(None)):
    """The grid points at which an alternative is first."""
    points = GRID[allowed]
    scores = rank_batch(matrix, points, [1] * 3, "weighted_sum", **OPTIONS)
    return points[rank_scores(scores)[:, alternative] == 1]


@shared
@given(matrix=MATRICES, weights=st.sampled_from(list(GRID)), alternative=st.integers(0, 3))
def test_the_smallest_change_against_a_grid(matrix, weights, alternative):
    found = smallest_change(matrix, weights, [1] * 3, alternative, **OPTIONS)
    points = grid_first(matrix, alternative)
    if not found.possible:
        assert not points.size
        assert found.distance is None
        assert found.weights is None
        return
    after = rank(matrix, found.weights, [1] * 3, "weighted_sum", **OPTIONS)
    assert after.ranks[alternative] == 1
    assert found.distance == pytest.approx(np.abs(found.weights - weights).sum() / 2)
    if points.size:
        assert found.distance <= (np.abs(points - weights).sum(axis=1) / 2).min() + 1e-8


@shared
@given(matrix=MATRICES, weights=st.sampled_from(list(GRID)), alternative=st.integers(0, 3))
def test_the_smallest_change_within_an_order(matrix, weights, alternative):
    space = WeightSpace.order([2, 1, 3])
    found = smallest_change(matrix, weights, [1] * 3, alternative, space, **OPTIONS)
    kept = (GRID[:, 1] >= GRID[:, 0]) & (GRID[:, 0] >= GRID[:, 2])
    points = grid_first(matrix, alternative, kept)
    if not found.possible:
        assert not points.size
        return
    assert (space.a_ub @ found.weights <= 1e-9).all()
    if points.size:
        assert found.distance <= (np.abs(points - weights).sum(axis=1) / 2).min() + 1e-8


@shared
@given(
    rows=arrays(float, (2, 4), elements=st.integers(0, 10).map(float)),
    weights=arrays(float, 4, elements=st.integers(1, 9).map(float)),
)
def test_two_alternatives_in_closed_form(rows, weights):
    """Weight moves from where B falls behind most to where it gains most, until they are level;
    a criterion gives all it has before the next one gives."""
    weights = weights / weights.sum()
    gains = (rows[1] - rows[0]) / 10
    missing, moved = -(gains @ weights), 0.0
    for criterion in np.argsort(gains):
        step = gains.max() - gains[criterion]
        if missing > 1e-12 and step > 0:
            share = min(weights[criterion], missing / step)
            moved, missing = moved + share, missing - share * step
    found = smallest_change(rows, weights, [1] * 4, 1, bounds=[(0, 10)] * 4)
    assert found.possible == (missing <= 1e-9)
    if found.possible:
        assert found.distance == pytest.approx(moved, abs=1e-8)


def test_who_is_first_needs_no_change():
    found = smallest_change([[1, 0], [0, 1]], [0.7, 0.3], [1, 1], 0, bounds=[(0, 1)] * 2)
    assert found.possible
    assert found.distance == pytest.approx(0, abs=1e-12)


def test_mixtures_of_people():
    """Between (0.8, 0.2) and (0.4, 0.6) the first that puts B level is at w0 = 0.5."""
    matrix, weights = [[1, 0], [0, 1]], [0.8, 0.2]
    people = WeightSpace.hull([[0.8, 0.2], [0.4, 0.6]])
    found = smallest_change(matrix, weights, [1, 1], 1, people, bounds=[(0, 1)] * 2)
    np.testing.assert_allclose(found.weights, [0.5, 0.5], atol=1e-8)
    assert found.distance == pytest.approx(0.3)
    like_minded = WeightSpace.hull([[0.8, 0.2], [0.6, 0.4]])
    none = smallest_change(matrix, weights, [1, 1], 1, like_minded, bounds=[(0, 1)] * 2)
    assert not none.possible


@shared
@given(matrix=MATRICES)
def test_always_first_against_the_corners(matrix):
    """A linear lead is smallest at a corner of the space."""
    for ranks, corners in (
        ([1, 2, 3], [(1, 0, 0), (0.5, 0.5, 0), (1 / 3, 1 / 3, 1 / 3)]),
        ([1, 1, 1], [(1 / 3, 1 / 3, 1 / 3)]),
    ):
        space = WeightSpace.order(ranks)
        runs = [rank(matrix, w, [1] * 3, "weighted_sum", **OPTIONS).ranks for w in corners]
        expected = (np.array(runs) == 1).all(axis=0)
        assert always_first(matrix, space, [1] * 3, **OPTIONS).tolist() == expected.tolist()


def test_always_first_is_never_contradicted_by_a_sample():
    generator = np.random.default_rng(1)
    space = WeightSpace.near([5, 4, 3, 2])
    vectors = sample_weights(space, 500, seed=1).weights
    proved = 0
    for _ in range(20):
        matrix = generator.uniform(0, 1, (3, 4))
        scores = rank_batch(matrix, vectors, [1] * 4, "weighted_sum", bounds=[(0, 1)] * 4)
        always = (rank_scores(scores) == 1).all(axis=0)
        found = always_first(matrix, space, [1] * 4, bounds=[(0, 1)] * 4)
        assert not (found & ~always).any()
        proved += int(found.sum())
    assert proved


def test_twins_and_single_alternatives_are_always_first():
    whole = WeightSpace.whole(2)
    assert always_first([[5, 5], [5, 5]], whole, [1, 1], bounds=[(0, 9)] * 2).tolist() == [True] * 2
    assert always_first([[1, 2]], whole, [1, 1]).tolist() == [True]


def test_bad_input_is_refused():
    matrix, weights = [[1, 2], [2, 1]], [1, 1]
    for alternative in (-1, 2):
        with pytest.raises(InputError, match="there is no alternative"):
            smallest_change(matrix, weights, [1, 1], alternative)
    for call in (
        lambda space: smallest_change(matrix, weights, [1, 1], 0, space),
        lambda space: always_first(matrix, space, [1, 1]),
    ):
        with pytest.raises(InputError, match="it covers 3 criteria, but the matrix has 2"):
            call(WeightSpace.whole(3))


def test_the_weights_found_are_read_only():
    found = smallest_change([[1, 2], [2, 1]], [1, 1], [1, 1], 0)
    with pytest.raises(ValueError, match="read-only"):
        found.weights[0] = 1
