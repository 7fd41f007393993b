import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.spatial import ConvexHull, HalfspaceIntersection

from mcda.engine import InputError, rank_order_weights
from mcda.engine.robustness import WeightSpace, sample_weights
from mcda.engine.robustness import sampling as module
from mcda.engine.robustness.sampling import ChainSampler, ExactSampler, effective_share, start

SAMPLES = 20_000


def moments_match(weights, size, mean, covariance):
    """Mean and covariance within 5 sigma; the scatter of products is taken from the sample."""
    spread = np.sqrt(np.diag(covariance) / size)
    assert (np.abs(weights.mean(axis=0) - mean) <= 5 * spread + 1e-9).all()
    centred = weights - mean
    products = centred[:, :, np.newaxis] * centred[:, np.newaxis, :]
    error = 5 * products.std(axis=0) / np.sqrt(size) + 1e-12
    assert (np.abs(products.mean(axis=0) - covariance) <= error).all()


def dirichlet_moments(corners):
    """Mixtures of k corners with Dirichlet(1) shares: shares have covariance
    (I / k - 1 / k^2) / (k + 1)."""
    k = len(corners)
    shares = (np.eye(k) / k - 1 / k**2) / (k + 1)
    return np.mean(corners, axis=0), corners.T @ shares @ corners


def order_corners(n):
    return np.tril(np.ones((n, n))) / np.arange(1, n + 1)[:, np.newaxis]


def chain(space, seed, samples=SAMPLES):
    sampler = ChainSampler(module._body(space), np.random.default_rng(seed))
    return sampler.draw(samples), sampler.efficiency


def test_all_weights_are_uniform_on_the_simplex():
    sample = sample_weights(WeightSpace.whole(5), SAMPLES, seed=3)
    assert (sample.method, sample.effective_size, sample.enough) == ("exact", SAMPLES, True)
    moments_match(sample.weights, SAMPLES, *dirichlet_moments(np.eye(5)))
    np.testing.assert_allclose(sample.weights.sum(axis=1), 1, atol=1e-14)


def test_one_of_ten_weights_exceeds_035_as_often_as_it_should():
    """By inclusion and exclusion 10 x 0.65^9 - 45 x 0.3^9 = 0.2062; uniform draws divided by
    their sum give 0.0007."""
    weights = sample_weights(WeightSpace.whole(10), SAMPLES, seed=4).weights
    share, expected = (weights > 0.35).any(axis=1).mean(), 10 * 0.65**9 - 45 * 0.3**9
    assert abs(share - expected) <= 5 * np.sqrt(expected * (1 - expected) / SAMPLES)


def test_a_full_order_is_uniform_and_centred_on_the_rank_order_centroid():
    ranks = [3, 1, 4, 2]
    sample = sample_weights(WeightSpace.order(ranks), SAMPLES, seed=5)
    mean, covariance = dirichlet_moments(order_corners(4))
    place = np.array(ranks) - 1
    np.testing.assert_allclose(mean[place], rank_order_weights(ranks))
    moments_match(sample.weights, SAMPLES, mean[place], covariance[np.ix_(place, place)])
    assert (sample.weights[:, [1, 3, 0]] >= sample.weights[:, [3, 0, 2]]).all()
    assert sample.method == "exact"


def test_equal_ties_stay_equal_and_centred_on_the_rank_order_centroid():
    sample = sample_weights(WeightSpace.order([2, 1, 2]), SAMPLES, seed=6)
    corners = np.array([[0, 1, 0], [1 / 3, 1 / 3, 1 / 3]])
    moments_match(sample.weights, SAMPLES, *dirichlet_moments(corners))
    np.testing.assert_allclose(sample.weights[:, 0], sample.weights[:, 2], rtol=1e-12)


def test_open_ties_take_their_places_in_turn():
    sample = sample_weights(WeightSpace.order([2, 1, 2], ties="open"), SAMPLES, seed=7)
    top, middle, least = rank_order_weights([1, 2, 3])
    spread = np.sqrt(sample.weights.var(axis=0) / SAMPLES)
    expected = [(middle + least) / 2, top, (middle + least) / 2]
    assert (np.abs(sample.weights.mean(axis=0) - expected) <= 5 * spread).all()
    ahead = (sample.weights[:, 0] > sample.weights[:, 2]).mean()
    assert abs(ahead - 0.5) <= 5 * np.sqrt(0.25 / SAMPLES)
    assert (sample.weights[:, 1] >= sample.weights.max(axis=1)).all()


def test_mixtures_have_uniform_shares():
    people = np.array([[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.2, 0.2, 0.6], [0.25, 0.25, 0.5]])
    sample = sample_weights(WeightSpace.hull(people), SAMPLES, seed=8)
    assert sample.method == "exact"
    moments_match(sample.weights, SAMPLES, *dirichlet_moments(people))


def test_a_partial_order_is_drawn_by_rejection():
    """w0 the largest of three: the mean of the open order 1, 2, 2."""
    sample = sample_weights(WeightSpace.prefer([(0, 1), (0, 2)], 3), SAMPLES, seed=9)
    assert (sample.method, sample.effective_size) == ("rejection", SAMPLES)
    top, middle, least = rank_order_weights([1, 2, 3])
    spread = np.sqrt(sample.weights.var(axis=0) / SAMPLES)
    expected = [top, (middle + least) / 2, (middle + least) / 2]
    assert (np.abs(sample.weights.mean(axis=0) - expected) <= 5 * spread).all()


def test_rejection_keeps_what_is_left_for_the_next_draw():
    space = WeightSpace.prefer([(0, 1)], 3)
    whole = start(space, np.random.default_rng(1)).draw(900)
    parts = start(space, np.random.default_rng(1))
    np.testing.assert_array_equal(np.concatenate([parts.draw(n) for n in (400, 300, 200)]), whole)


def test_an_order_joined_with_bounds_is_drawn_from_the_order():
    space = WeightSpace.between([0] * 6, [0.6] * 6) & WeightSpace.order(range(6))
    sample = sample_weights(space, 2000, seed=1)
    assert sample.method == "rejection"
    assert (np.diff(sample.weights, axis=1) <= 0).all()
    assert sample.weights.max() <= 0.6 + 1e-12


@pytest.mark.parametrize("n", [2, 3, 6])
def test_hit_and_run_finds_the_moments_of_an_order(n):
    weights, worth = chain(WeightSpace.order(range(n)), seed=10)
    assert worth >= module.ENOUGH
    moments_match(weights, worth * SAMPLES, *dirichlet_moments(order_corners(n)))


def test_hit_and_run_finds_the_moments_of_the_simplex():
    weights, worth = chain(WeightSpace.whole(9), seed=11)
    moments_match(weights, worth * SAMPLES, *dirichlet_moments(np.eye(9)))


def test_hit_and_run_agrees_with_drawing_from_a_box():
    """Narrow and lopsided: 3 % to 40 %. All but the first weight uniform in the box, kept where
    the first fits too, is uniform on the space; and the space is symmetric about its middle."""
    middle = np.array([0.4, 0.3, 0.17, 0.1, 0.03])
    generator = np.random.default_rng(12)
    rest = middle[1:] * generator.uniform(2 / 3, 4 / 3, (400_000, 4))
    first = 1 - rest.sum(axis=1)
    box = np.column_stack([first, rest])[np.abs(first - 0.4) <= 0.4 / 3]
    sample = sample_weights(WeightSpace.between(middle * 2 / 3, middle * 4 / 3), SAMPLES, seed=13)
    assert sample.method == "hit_and_run"
    assert sample.enough
    moments_match(sample.weights, sample.effective_size, middle, np.cov(box, rowvar=False))
    np.testing.assert_allclose(sample.weights.sum(axis=1), 1, atol=1e-12)
    assert (np.abs(sample.weights / middle - 1) <= 1 / 3 + 1e-9).all()


def near_volume(middle, lead=None):
    """Exact volume, in the first weights, of the space near a falling weighting; with a lead only
    of the part where lead @ w >= 0. Corners and volume by Qhull, from the definition."""
    n = len(middle)
    order = np.eye(n)[1:] - np.eye(n)[:-1]
    rows = np.vstack(
        [np.eye(n), -np.eye(n), order, *([-lead[np.newaxis]] if lead is not None else [])]
    )
    limits = np.r_[middle * 4 / 3, -middle * 2 / 3, np.zeros(len(rows) - 2 * n)]
    # The last weight is 1 less the others.
    sides, rest = rows[:, :-1] - rows[:, -1:], limits - rows[:, -1]
    norms = np.linalg.norm(sides, axis=1)
    found = linprog(
        np.r_[np.zeros(n - 1), -1],
        np.column_stack([sides, norms]),
        rest,
        bounds=[(None, None)] * (n - 1) + [(0, None)],
    )
    inside = found.x[:-1]
    corners = HalfspaceIntersection(np.column_stack([sides, -rest]), inside).intersections
    return ConvexHull(corners).volume


@pytest.mark.parametrize(
    "middle", [(0.5, 0.3, 0.2), (0.4, 0.3, 0.2, 0.1), (0.3, 0.25, 0.2, 0.15, 0.1)]
)
def test_the_space_near_a_weighting_is_drawn_by_volume(middle):
    """Qhull: Barber, C., Dobkin, D., Huhdanpaa, H. (1996). ACM Transactions on Mathematical
    Software 22(4), 469-483."""
    middle = np.array(middle)
    lead = np.random.default_rng(18).normal(size=middle.size)
    lead -= lead @ middle * 0.98
    expected = near_volume(middle, lead) / near_volume(middle)
    assert 0.1 < expected < 0.9
    space = WeightSpace.near(middle)
    weights, worth = chain(space, seed=19)
    usual = sample_weights(space, SAMPLES, seed=20)
    for drawn, size in ((weights, worth * SAMPLES), (usual.weights, usual.effective_size)):
        error = 5 * np.sqrt(expected * (1 - expected) / size)
        assert abs((drawn @ lead >= 0).mean() - expected) <= error


def test_a_flat_space_is_drawn_within_its_own_dimension():
    """w0 = 0.4 leaves a segment: w1 uniform from 0 to 0.6."""
    sample = sample_weights(WeightSpace.between([0.4, 0, 0], [0.4, 1, 1]), SAMPLES, seed=14)
    np.testing.assert_allclose(sample.weights[:, 0], 0.4, atol=1e-9)
    second = sample.weights[:, 1]
    error = 5 * np.sqrt(0.6**2 / 12 / sample.effective_size)
    assert abs(second.mean() - 0.3) <= error
    assert second.min() >= 0
    assert second.max() <= 0.6 + 1e-9


def test_a_single_weighting_is_always_drawn():
    sample = sample_weights(WeightSpace.near([5, 3, 2], share=0), 10, seed=1)
    np.testing.assert_allclose(sample.weights, [[0.5, 0.3, 0.2]] * 10, atol=1e-9)
    assert sample.method == "exact"


def test_mixtures_with_a_condition_keep_uniform_shares():
    """Of two people only mixtures with w0 > w1: the share of the first is uniform above 1/2."""
    space = WeightSpace.hull([[0.8, 0.2], [0.2, 0.8]]) & WeightSpace.prefer([(0, 1)], 2)
    sample = sample_weights(space, SAMPLES, seed=15)
    share = (sample.weights[:, 0] - 0.2) / 0.6
    assert sample.method == "rejection"
    assert abs(share.mean() - 0.75) <= 5 * np.sqrt(0.25 / 12 / SAMPLES)
    assert share.min() >= 0.5


def test_two_groups_of_mixtures_are_drawn_where_they_agree():
    first = WeightSpace.hull([[0.8, 0.1, 0.1], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8]])
    second = WeightSpace.hull([[0.6, 0.4, 0.0], [0.0, 0.6, 0.4], [0.4, 0.0, 0.6]])
    sample = sample_weights(first & second, 4000, seed=16)
    assert sample.method == "hit_and_run"
    assert sample.weights.min() >= 0.1 - 1e-9  # inside the first
    shares = np.linalg.solve(np.array(second.mixtures[0].points).T, sample.weights.T)
    assert shares.min() >= -1e-9  # inside the second
    spread = 5 * sample.weights.std(axis=0) / np.sqrt(sample.effective_size)
    assert (np.abs(sample.weights.mean(axis=0) - 1 / 3) <= spread).all()  # both turn by a third


def test_chains_that_never_mix_are_flagged(monkeypatch):
    monkeypatch.setattr(module, "_DOUBLINGS", 1)
    monkeypatch.setattr(module, "effective_share", lambda kept: 0.1)
    sample = sample_weights(WeightSpace.near([6, 5, 4, 3, 2, 1], order=[1] * 6), 100, seed=1)
    assert not sample.enough
    assert sample.effective_size == pytest.approx(10)


def test_effective_share_of_a_slow_chain():
    """For x_k = a x_(k-1) + noise, n independent points are worth n (1 - a) / (1 + a) in the long
    run."""
    generator, a = np.random.default_rng(17), 0.5
    kept = np.empty((400, 500, 2))
    kept[0] = generator.standard_normal((500, 2))
    for k in range(1, 400):
        kept[k] = a * kept[k - 1] + np.sqrt(1 - a * a) * generator.standard_normal((500, 2))
    assert effective_share(kept) == pytest.approx(1 / 3, abs=0.07)


def test_the_same_seed_gives_the_same_weights():
    for space in (WeightSpace.whole(3), WeightSpace.near([3, 2, 1])):
        once, again, other = (sample_weights(space, 50, seed).weights for seed in (1, 1, 2))
        assert (once == again).all()
        assert (once != other).any()


def test_chains_keep_what_is_left_for_the_next_draw():
    sampler, other = (
        ChainSampler(module._body(WeightSpace.near([3, 2, 1])), np.random.default_rng(1))
        for _ in range(2)
    )
    parts = [sampler.draw(100), sampler.draw(50), sampler.draw(300)]
    np.testing.assert_array_equal(np.concatenate(parts), other.draw(450))


def test_samples_are_read_only():
    with pytest.raises(ValueError, match="read-only"):
        sample_weights(WeightSpace.whole(2), 1, 1).weights[0] = 1


def test_one_criterion_always_weighs_1():
    for space in (WeightSpace.whole(1), WeightSpace.order([1]), WeightSpace.near([7])):
        assert sample_weights(space, 3, 1).weights.tolist() == [[1], [1], [1]]
    assert isinstance(start(WeightSpace.whole(1), np.random.default_rng(0)), ExactSampler)


@pytest.mark.parametrize(
    ("samples", "seed", "argument"),
    [
        (0, 1, "samples"),
        (True, 1, "samples"),
        (1.5, 1, "samples"),
        (1, -1, "seed"),
        (1, None, "seed"),
    ],
)
def test_bad_sizes_and_seeds_are_refused(samples, seed, argument):
    with pytest.raises(InputError) as caught:
        sample_weights(WeightSpace.whole(2), samples, seed)
    assert caught.value.argument == argument
