"""Acceptability against exact areas, closed forms and ranking one sample after the other."""

import tracemalloc
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mcda.engine import InputError, rank
from mcda.engine.robustness import (
    Discrete,
    Normal,
    Sampling,
    Tally,
    UncertainMatrix,
    Uniform,
    Unknown,
    WeightSample,
    WeightSpace,
    scorers,
    smaa2,
    wilson_interval,
)
from mcda.engine.robustness.smaa import CONFIDENCE_SAMPLES

shared = settings(max_examples=15, deadline=None, derandomize=True)
PLAN = Sampling(seed=1, samples=20_000)
UNIT = [(0, 1)] * 3
TRIANGLE = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])


def run(matrix, space=None, plan=PLAN, method="weighted_sum", bounds=(0, 1)):
    criteria = np.shape(matrix)[1] if not isinstance(matrix, UncertainMatrix) else matrix.shape[1]
    space = space or WeightSpace.whole(criteria)
    return smaa2(matrix, space, [1] * criteria, plan, method, bounds=[bounds] * criteria)


def clipped(polygon, normal):
    """Cut a convex polygon to the side where normal @ w >= 0 (Sutherland and Hodgman)."""
    kept = []
    for one, two in zip(polygon, np.roll(polygon, -1, axis=0), strict=True):
        a, b = normal @ one, normal @ two
        if a >= 0:
            kept.append(one)
        if a * b < 0:
            kept.append(one + (two - one) * a / (a - b))
    return np.array(kept).reshape(-1, 3)


def area_and_centroid(polygon):
    """Of a polygon in the simplex of three weights, as a share of the whole simplex."""
    if len(polygon) < 3:
        return 0.0, np.full(3, np.nan)
    corners, rest = polygon[0], pairwise(polygon[1:])
    parts = [(np.linalg.det([corners, b, c]), (corners + b + c) / 3) for b, c in rest]
    areas = np.abs([area for area, _ in parts])
    if areas.sum() == 0:
        return 0.0, np.full(3, np.nan)
    return areas.sum(), areas @ [middle for _, middle in parts] / areas.sum()


def exact_first(values, sides=()):
    """Exact first-place shares and central weights, with w in the simplex and normal @ w >= 0."""
    whole = TRIANGLE
    for normal in sides:
        whole = clipped(whole, np.asarray(normal, dtype=float))
    total = area_and_centroid(whole)[0]
    shares, centres = [], []
    for i in range(len(values)):
        polygon = whole
        for rival in np.delete(values, i, axis=0):
            polygon = clipped(polygon, values[i] - rival) if len(polygon) else polygon
        area, centre = area_and_centroid(polygon)
        shares.append(area / total)
        centres.append(centre)
    return np.array(shares), np.array(centres)


def within_5_sigma(found, expected, size):
    assert (np.abs(found - expected) <= 5 * np.sqrt(expected * (1 - expected) / size) + 1e-9).all()


def values_of(seed, alternatives=5):
    return np.random.default_rng(seed).uniform(0, 1, (alternatives, 3))


@pytest.mark.parametrize("seed", range(6))
def test_acceptability_is_the_exact_area(seed):
    values = values_of(seed)
    shares, centres = exact_first(values)
    result = run(values)
    within_5_sigma(result.first_share, shares, result.samples)
    worst, _ = exact_first(1 - values)
    within_5_sigma(result.rank_acceptability[:, -1], worst, result.samples)
    often = shares > 0.02
    error = 5 * 0.3 / np.sqrt(result.samples * shares[often])
    assert (np.abs(result.central_weights - centres)[often] <= error[:, np.newaxis]).all()


@pytest.mark.parametrize("seed", range(4))
def test_pairwise_winning_is_the_exact_area(seed):
    values = values_of(seed, 4)
    result = run(values)
    for i in range(4):
        for k in range(4):
            expected = exact_first(values[[i, k]])[0][0] if i != k else 0.5
            within_5_sigma(result.pairwise_winning[i, k], expected, result.samples)


@pytest.mark.parametrize("seed", range(3))
def test_areas_within_an_order_and_within_ratios(seed):
    values = values_of(seed)
    order = run(values, WeightSpace.order([1, 2, 3]))
    within_5_sigma(order.first_share, exact_first(values, [(1, -1, 0), (0, 1, -1)])[0], 20_000)
    space = WeightSpace.ratios([(0, 1, 0.9, 1.1), (1, 2, 2, 2.5)], 3)
    sides = [(1, -0.9, 0), (-1, 1.1, 0), (0, 1, -2), (0, -1, 2.5)]
    narrow = run(values, space)
    assert narrow.weights_by == "hit_and_run"
    expected = exact_first(values, sides)[0]
    within_5_sigma(narrow.first_share, expected, narrow.effective_samples)


def test_two_criteria_by_hand():
    """A = (1, 0), B = (0.4, 0.5): A is first where 0.6 w > 0.5 (1 - w), that is w > 5/11."""
    result = run([[1, 0], [0.4, 0.5]])
    within_5_sigma(result.first_share, np.array([6 / 11, 5 / 11]), result.samples)
    error = 5 * (6 / 11) / np.sqrt(12 * result.samples * 5 / 11)
    assert (abs(result.central_weights[:, 0] - [8 / 11, 2.5 / 11]) < error).all()
    assert result.confidence.tolist() == [1, 1]


def test_shares_of_ranks_and_of_alternatives_add_up():
    result = run(values_of(1))
    np.testing.assert_allclose(result.rank_acceptability.sum(axis=0), 1)
    np.testing.assert_allclose(result.rank_acceptability.sum(axis=1), 1)
    np.testing.assert_allclose(result.pairwise_winning + result.pairwise_winning.T, 1)
    # The expected rank is 1 + the chances of the others to be before it.
    others = result.pairwise_winning.sum(axis=0) - 0.5
    np.testing.assert_allclose(result.expected_rank, 1 + others)


def test_identical_alternatives_share_every_rank():
    values = values_of(2, 3)
    alone, twins = run(values), run(values[[0, 1, 2, 0]])
    first = alone.first_share[0]
    np.testing.assert_allclose(twins.first_share[[0, 3]], first / 2)
    np.testing.assert_allclose(twins.rank_acceptability[0], twins.rank_acceptability[3])
    assert twins.pairwise_winning[0, 3] == 0.5
    assert twins.expected_rank[0] == twins.expected_rank[3]
    np.testing.assert_allclose(twins.central_weights[0], alone.central_weights[0])
    assert twins.confidence[0] == 0.5
    np.testing.assert_allclose(twins.rank_acceptability.sum(axis=0), 1)
    all_alike = run(values[[0, 0, 0]])
    np.testing.assert_allclose(all_alike.rank_acceptability, 1 / 3)
    np.testing.assert_allclose(all_alike.expected_rank, 2)


def test_an_alternative_never_first_has_no_central_weights():
    result = run([[0.9, 0.9], [0.5, 0.5]])
    assert result.first_share.tolist() == [1, 0]
    assert np.isnan(result.central_weights[1]).all()
    assert np.isnan(result.confidence[1])
    assert result.first_low[0] < 1  # sampled, so not proved
    assert result.first_high[1] > 0


def test_one_alternative_is_always_first():
    result = run([[0.2, 0.3]])
    assert result.rank_acceptability.tolist() == [[1]]
    assert result.pairwise_winning.tolist() == [[0.5]]
    np.testing.assert_allclose(result.central_weights, 0.5, atol=0.02)


@shared
@given(arrays(float, (4, 3), elements=st.integers(0, 4).map(float)), st.permutations(range(4)))
def test_the_order_of_the_alternatives_plays_no_part(values, order):
    plan = Sampling(seed=5, samples=500)
    before, after = (
        run(values, None, plan, bounds=(0, 4)),
        run(values[order], None, plan, bounds=(0, 4)),
    )
    np.testing.assert_allclose(after.rank_acceptability, before.rank_acceptability[order])
    np.testing.assert_allclose(
        after.pairwise_winning, before.pairwise_winning[np.ix_(order, order)]
    )
    np.testing.assert_allclose(after.central_weights, before.central_weights[order])


@shared
@given(arrays(float, (5, 3), elements=st.integers(0, 3).map(float)))
def test_counts_are_what_ranking_each_sample_gives(values):
    """The same weights, one after the other through ``rank``."""
    plan = Sampling(seed=6, samples=60)
    result = run(values, None, plan, bounds=(0, 3))
    generator = np.random.default_rng(6).spawn(3)[0]
    expected = np.zeros((5, 5))
    for weights in WeightSpace.whole(3).envelope.draw(60, generator):
        ranks = rank(values, weights, [1] * 3, "weighted_sum", bounds=[(0, 3)] * 3).ranks
        for i, first in enumerate(ranks):
            together = (ranks == first).sum()
            expected[i, first - 1 : first - 1 + together] += 1 / together
    np.testing.assert_allclose(result.rank_acceptability, expected / 60)


@pytest.mark.parametrize("method", ["topsis_anchored", "topsis", "weighted_sum"])
def test_any_scalar_method_is_counted(method):
    values, plan = values_of(3), Sampling(seed=7, samples=200)
    options = {"bounds": UNIT} if method == "topsis_anchored" else {}
    result = smaa2(values, WeightSpace.whole(3), [1, -1, 1], plan, method, **options)
    generator = np.random.default_rng(7).spawn(3)[0]
    vectors = WeightSpace.whole(3).envelope.draw(200, generator)
    first = [rank(values, w, [1, -1, 1], method, **options).ranks == 1 for w in vectors]
    np.testing.assert_allclose(result.first_share, np.mean(first, axis=0))
    assert result.method == method


def test_uniform_cells_against_the_closed_form():
    """One criterion, A uniform from 0 to 1, B exactly 0.7: A is first with 0.3. Between two
    uniforms from 0 to 1 and from 0.5 to 1: P(A > B) = 0.25."""
    result = run(UncertainMatrix([[Uniform(0, 1)], [0.7]]))
    within_5_sigma(result.first_share, np.array([0.3, 0.7]), result.samples)
    within_5_sigma(result.confidence, np.array([0.3, 0.7]), result.confidence_samples)
    assert result.confidence_samples == CONFIDENCE_SAMPLES
    two = run(UncertainMatrix([[Uniform(0, 1)], [Uniform(0.5, 1)]]))
    within_5_sigma(two.first_share, np.array([0.25, 0.75]), two.samples)


def test_weights_and_cells_together_against_the_closed_form():
    """A = (0.5, X) with X 0 or 1 evenly, B = (0.2, 0.4). At X = 1 A is ahead of B always; at
    X = 0 where 0.3 w > 0.4 (1 - w), that is w > 4/7. Together 1/2 + (3/7) / 2 = 5/7."""
    matrix = UncertainMatrix([[0.5, Discrete((0.0, 1.0), (0.5, 0.5))], [0.2, 0.4]])
    result = run(matrix)
    within_5_sigma(result.first_share, np.array([5 / 7, 2 / 7]), result.samples)
    # B is first only below 4/7, there evenly: its central weight is 2/7, where A at X = 1 wins.
    assert abs(result.central_weights[1, 0] - 2 / 7) < 5 * 0.17 / np.sqrt(20_000 * 2 / 7)
    within_5_sigma(result.confidence[1], 0.5, result.confidence_samples)


@pytest.mark.parametrize("method", ["weighted_sum", "topsis_anchored"])
def test_drawn_matrices_are_scored_as_rank_scores_them(method):
    low = np.random.default_rng(8).uniform(0, 50, (3, 2))
    matrix = UncertainMatrix([[Uniform(a, a + 30) for a in row] for row in low])
    options = {"bounds": [(0, 100), (-10, 90)]}
    plan = Sampling(seed=9, samples=40)
    result = smaa2(matrix, WeightSpace.whole(2), ["max", "min"], plan, method, **options)
    for_weights, for_cells, _ = np.random.default_rng(9).spawn(3)
    vectors = WeightSpace.whole(2).envelope.draw(40, for_weights)
    drawn = matrix.draw(40, for_cells)
    first = [
        rank(cells, w, ["max", "min"], method, **options).ranks == 1
        for cells, w in zip(drawn, vectors, strict=True)
    ]
    np.testing.assert_allclose(result.first_share, np.mean(first, axis=0))


def test_drawn_matrices_by_a_method_without_bounds():
    matrix = UncertainMatrix([[Uniform(1, 9), 3], [5, Uniform(2, 4)], [4, 3.5]])
    plan = Sampling(seed=10, samples=50)
    result = smaa2(matrix, WeightSpace.whole(2), [1, -1], plan, "topsis")
    for_weights, for_cells, _ = np.random.default_rng(10).spawn(3)
    vectors = WeightSpace.whole(2).envelope.draw(50, for_weights)
    pairs = zip(matrix.draw(50, for_cells), vectors, strict=True)
    first = [rank(cells, w, [1, -1], "topsis").ranks == 1 for cells, w in pairs]
    np.testing.assert_allclose(result.first_share, np.mean(first, axis=0))


def test_normal_tails_end_where_the_range_ends():
    """N(0.5, 1) on a range from 0 to 1 is at 1 in P(Z > 0.5) = 0.30854 of the draws, and level
    with B, which is at 1; so A has half of that."""
    result = run(UncertainMatrix([[Normal(0.5, 1)], [1.0]]))
    within_5_sigma(result.first_share, np.array([0.15427, 0.84573]), result.samples)


def test_exact_distributions_are_counted_like_numbers():
    values = values_of(4)
    cells = UncertainMatrix(values.tolist())
    np.testing.assert_array_equal(run(cells).rank_acceptability, run(values).rank_acceptability)
    assert run(cells).confidence_samples == 1


def test_unknowns_at_their_worst_and_best_bracket_those_anywhere():
    matrix = UncertainMatrix([[60, Unknown()], [50, 60], [40, Unknown()]])
    shares = {}
    for unknown in ("worst", "anywhere", "best"):
        alternative = None if unknown == "anywhere" else 0
        known = matrix.settled([(0, 100)] * 2, [1, 1], unknown, alternative)
        shares[unknown] = run(known, bounds=(0, 100)).first_share[0]
    assert shares["worst"] < shares["anywhere"] < shares["best"] == 1


def test_the_sample_grows_until_the_interval_is_met():
    calls = []
    plan = Sampling(seed=1, samples=100, half_width=0.02, progress=lambda *c: calls.append(c))
    result = run([[1, 0], [0, 1]], None, plan)
    # z^2 / 4n(1 + ...) <= 0.02^2 needs about 2400 draws: 100 doubled five times.
    assert result.samples == 3200
    assert result.reached
    assert result.half_width <= 0.02
    assert result.half_width == pytest.approx((result.first_high - result.first_low).max() / 2)
    assert calls == [(n, n) for n in (100, 200, 400, 800, 1600, 3200)]


def test_the_sample_stops_at_its_maximum():
    plan = Sampling(seed=1, samples=100, half_width=0.001, max_samples=250)
    result = run([[1, 0], [0, 1]], None, plan)
    assert (result.samples, result.reached) == (250, False)


def test_intervals_count_what_dependent_draws_are_worth():
    space = WeightSpace.near([6, 5, 4, 3, 2, 1], order=[1] * 6)
    values = np.random.default_rng(11).uniform(0, 1, (4, 6))
    result = run(values, space, Sampling(seed=1, samples=2000, level=0.9))
    assert result.weights_by == "hit_and_run"
    assert result.enough
    assert 1000 <= result.effective_samples < 2000
    low, high = wilson_interval(result.first_share, result.effective_samples, 0.9)
    np.testing.assert_array_equal(result.first_low, low)
    np.testing.assert_array_equal(result.first_high, high)


def test_blocks_change_nothing(monkeypatch):
    values, calls = values_of(5), []
    whole = run(values, None, Sampling(seed=2, samples=1000))
    monkeypatch.setattr(scorers, "SCORES_PER_BLOCK", 5 * 300)
    plan = Sampling(seed=2, samples=1000, progress=lambda *c: calls.append(c))
    parts = run(values, None, plan)
    assert calls == [(300, 1000), (600, 1000), (900, 1000), (1000, 1000)]
    np.testing.assert_allclose(parts.rank_acceptability, whole.rank_acceptability)
    np.testing.assert_allclose(parts.central_weights, whole.central_weights)


def test_drawn_cells_come_in_bounded_blocks(monkeypatch):
    drawn = []
    original = UncertainMatrix.draw

    def draw(self, count, generator):
        drawn.append(count)
        return original(self, count, generator)

    monkeypatch.setattr(UncertainMatrix, "draw", draw)
    monkeypatch.setattr(scorers, "CELLS_PER_BLOCK", 4 * 100)
    run(UncertainMatrix([[Uniform(0, 1), 0.5], [0.4, 0.6]]), None, Sampling(seed=1, samples=250))
    assert drawn == [100, 100, 50] * 2


def test_many_alternatives():
    values = np.random.default_rng(12).uniform(0, 1, (130, 2))
    result = run(values, None, Sampling(seed=1, samples=50))
    others = result.pairwise_winning.sum(axis=0) - 0.5
    np.testing.assert_allclose(result.expected_rank, 1 + others)


def test_the_memory_taken_does_not_grow_with_the_sample():
    """A million weight vectors of three alone would be 24 MB."""
    values = np.random.default_rng(13).uniform(0, 1, (30, 3))
    peaks = []
    for samples in (100_000, 1_000_000):
        tracemalloc.start()
        run(values, None, Sampling(seed=1, samples=samples))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < 1e6


def test_a_tally_counts_what_it_is_given_in_any_parts():
    weights = WeightSpace.whole(3).envelope.draw(100, np.random.default_rng(3))
    whole, parts = (Tally(values_of(2), [1] * 3, 1, bounds=[(0, 1)] * 3) for _ in range(2))
    whole.add(weights)
    for part in (weights[:30], weights[30:]):
        parts.add(part)
    assert whole.samples == parts.samples == 100
    np.testing.assert_allclose(whole.first_share, parts.first_share)
    np.testing.assert_allclose(whole.expected_rank, parts.expected_rank)
    scores = values_of(2) @ weights.T
    first = np.bincount(scores.argmax(axis=0), minlength=5) / 100
    np.testing.assert_allclose(whole.first_share, first)


def test_the_seed_is_kept_and_decides():
    once, again = run(values_of(6)), run(values_of(6))
    assert once.seed == 1
    np.testing.assert_array_equal(once.rank_acceptability, again.rank_acceptability)
    other = run(values_of(6), None, Sampling(seed=2, samples=20_000))
    assert (other.rank_acceptability != once.rank_acceptability).any()


def test_results_are_read_only():
    with pytest.raises(ValueError, match="read-only"):
        run(values_of(1)).first_share[0] = 1


@pytest.mark.parametrize(
    ("changes", "argument"),
    [
        ({"seed": -1}, "seed"),
        ({"seed": 0.5}, "seed"),
        ({"samples": 0}, "samples"),
        ({"samples": 200, "max_samples": 100}, "samples"),
        ({"max_samples": 0}, "max_samples"),
        ({"half_width": 0}, "half_width"),
        ({"half_width": 1}, "half_width"),
        ({"level": 1}, "level"),
    ],
)
def test_bad_plans_are_refused(changes, argument):
    with pytest.raises(InputError) as caught:
        Sampling(**{"seed": 1, **changes})
    assert caught.value.argument == argument


def test_bad_problems_are_refused():
    whole = WeightSpace.whole(2)
    with pytest.raises(InputError, match="it covers 2 criteria, but the matrix has 3"):
        smaa2(values_of(1), whole, [1] * 3, PLAN, bounds=UNIT)
    with pytest.raises(InputError, match="outside the declared range 0 to 1") as caught:
        run(UncertainMatrix([[0.5, 0.5], [0.5, Uniform(0.5, 2)]]))
    assert (caught.value.row, caught.value.column) == (1, 1)
    with pytest.raises(InputError, match="settle unknown cells"):
        run(UncertainMatrix([[0.5, Unknown()]]))
    with pytest.raises(InputError, match="bounds"):
        smaa2(UncertainMatrix([[1, Uniform(0, 1)]]), whole, [1, 1], PLAN, bounds=[(0, 1)])
    with pytest.raises(InputError, match="nan is not a finite number"):
        run([[0.5, np.nan]])
    with pytest.raises(InputError, match="is unknown; allowed"):
        smaa2([[1, 2]], whole, [1, 1], PLAN, "smaa")


def test_a_sample_drawn_before_is_used_as_it_is():
    weights = np.array([[0.9, 0.1], [0.2, 0.8], [0.6, 0.4], [0.7, 0.3]])
    sample = WeightSample(weights, "exact", 5, 4.0, True)
    plan = Sampling(seed=1, samples=4)
    result = smaa2([[1, 0], [0, 1]], sample, [1, 1], plan, bounds=[(0, 1)] * 2)
    assert result.first_share.tolist() == [0.75, 0.25]
    assert result.weights_by == "exact"
    np.testing.assert_allclose(result.central_weights[0], weights[[0, 2, 3]].mean(axis=0))


def test_differences_that_are_rounding_only_tie():
    """A is ahead on weights of 0.1 and 0.2, B on one of 0.3: the net flows are 0 but for rounding,
    and tie by ``rank``. Only one sample's flows are like that; the other puts B first."""
    weights = np.array([[0.1, 0.2, 0.3, 0.4], [0.1, 0.1, 0.4, 0.4]])
    matrix = [[1, 1, 0, 5], [0, 0, 1, 5]]
    result = rank(matrix, weights[0], [1] * 4, "promethee_ii")
    assert result.scores[0] != result.scores[1]
    assert result.ranks.tolist() == [1, 1]
    sample = WeightSample(weights, "exact", 5, 2.0, True)
    plan = Sampling(seed=1, samples=2)
    found = smaa2(matrix, sample, [1] * 4, plan, "promethee_ii")
    assert found.first_share.tolist() == [0.25, 0.75]
    assert found.pairwise_winning[0, 1] == 0.25
    # A is first in the first sample only, so its central weights are those.
    assert found.confidence.tolist() == [0.5, 1]


def test_a_sample_is_worth_what_it_says():
    sample = WeightSample(np.full((10, 2), 0.5), "hit_and_run", 5, 6.0, True)
    plan = Sampling(seed=1, samples=10)
    result = smaa2([[1, 0], [0, 1]], sample, [1, 1], plan, bounds=[(0, 1)] * 2)
    assert result.effective_samples == 6.0


def test_a_sample_with_too_few_weightings_is_refused():
    sample = WeightSample(np.full((10, 2), 0.5), "exact", 5, 10.0, True)
    with pytest.raises(InputError, match="too few"):
        smaa2([[1, 0], [0, 1]], sample, [1, 1], Sampling(seed=1, samples=11))
    with pytest.raises(InputError, match="it covers 2 criteria, but the matrix has 3"):
        smaa2([[1, 0, 0], [0, 1, 0]], sample, [1] * 3, Sampling(seed=1, samples=10))


def test_without_confidence_factors_all_else_is_the_same():
    cells = UncertainMatrix([[Uniform(0, 1), 0.2], [0.5, Uniform(0, 1)]])
    whole, plan = WeightSpace.whole(2), Sampling(seed=1, samples=500)
    full, less = (
        smaa2(cells, whole, [1, 1], plan, confidence=asked, bounds=[(0, 1)] * 2)
        for asked in (True, False)
    )
    np.testing.assert_array_equal(less.rank_acceptability, full.rank_acceptability)
    np.testing.assert_array_equal(less.central_weights, full.central_weights)
    assert (full.confidence > 0).all()
    assert np.isnan(less.confidence).all()
    assert (full.confidence_samples, less.confidence_samples) == (500, 0)
