"""One ranking from several: by hand, against brute force, and what each rule promises."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda.engine import InputError
from mcda.engine.comparing import MOST_ALTERNATIVES, MOST_ORDERS, borda, copeland, kemeny

RULES = [borda, copeland, kemeny]


@st.composite
def panels(draw, most=5):
    size = draw(st.integers(2, most))
    ranks = st.lists(st.integers(1, size), min_size=size, max_size=size)
    return np.array(draw(st.lists(ranks, min_size=1, max_size=6)))


def distance(order, rankings):
    """Pairs in opposite order, and half of those that tie in a ranking."""
    total = 0.0
    for ranking in rankings:
        for one, other in itertools.combinations(range(len(order)), 2):
            agreement = (order[one] - order[other]) * (ranking[one] - ranking[other])
            total += 1 if agreement < 0 else 0.5 if agreement == 0 else 0
    return total


@settings(max_examples=60, deadline=None, derandomize=True)
@given(panels())
def test_kemeny_finds_every_order_of_least_distance(rankings):
    orders = list(itertools.permutations(range(1, rankings.shape[1] + 1)))
    distances = [distance(order, rankings) for order in orders]
    best = {order for order, d in zip(orders, distances, strict=True) if d == min(distances)}
    found = kemeny(rankings)
    assert {tuple(order) for order in found.orders.tolist()} == best
    assert found.count == len(found.orders) == len(best)
    assert found.distance == min(distances)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(panels(most=9), st.data())
def test_no_other_order_is_nearer(rankings, data):
    found = kemeny(rankings)
    assert distance(found.orders[0], rankings) == found.distance
    for _ in range(10):
        other = data.draw(st.permutations(range(rankings.shape[1])))
        assert distance(other, rankings) >= found.distance


@settings(max_examples=60, deadline=None, derandomize=True)
@given(panels(), st.data())
def test_the_order_of_alternatives_and_rankings_plays_no_part(rankings, data):
    columns = data.draw(st.permutations(range(rankings.shape[1])))
    rows = data.draw(st.permutations(range(rankings.shape[0])))
    other = rankings[rows][:, columns]
    for rule in (borda, copeland):
        assert rule(other).scores.tolist() == rule(rankings).scores[columns].tolist()
    moved = {tuple(order) for order in kemeny(rankings).orders[:, columns].tolist()}
    assert {tuple(order) for order in kemeny(other).orders.tolist()} == moved


@settings(max_examples=60, deadline=None, derandomize=True)
@given(panels())
def test_a_condorcet_winner_is_first_by_copeland_and_kemeny(rankings):
    size = rankings.shape[1]
    for item in range(size):
        margins = [np.sign(rankings[:, other] - rankings[:, item]).sum() for other in range(size)]
        if all(margin > 0 for other, margin in enumerate(margins) if other != item):
            assert copeland(rankings).ranks[item] == 1
            assert (copeland(rankings).ranks == 1).sum() == 1
            assert (kemeny(rankings).orders[:, item] == 1).all()


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.permutations(range(1, 7)), st.integers(1, 4))
def test_people_who_all_agree_get_their_order(ranking, count):
    rankings = [ranking] * count
    assert borda(rankings).ranks.tolist() == ranking
    assert copeland(rankings).ranks.tolist() == ranking
    assert kemeny(rankings).orders.tolist() == [ranking]
    assert kemeny(rankings).distance == 0


def test_borda_with_ties_by_hand():
    """From 1, 2, 2: 2 points, and 1/2 each for the tie; from 3, 1, 2: 0, 2, 1."""
    joint = borda([[1, 2, 2], [3, 1, 2]])
    assert joint.scores.tolist() == [2, 2.5, 1.5]
    assert joint.ranks.tolist() == [2, 1, 3]


def test_borda_can_leave_the_condorcet_winner_second():
    """Three of five put A before B, but B is never last (Condorcet's objection to Borda)."""
    rankings = [[1, 2, 3]] * 3 + [[3, 1, 2]] * 2
    assert borda(rankings).ranks.tolist() == [2, 1, 3]
    assert copeland(rankings).ranks.tolist() == [1, 2, 3]
    assert kemeny(rankings).orders.tolist() == [[1, 2, 3]]


def test_copeland_shares_the_point_of_a_drawn_pair():
    joint = copeland([[1, 2, 3], [2, 1, 3]])
    assert joint.scores.tolist() == [1.5, 1.5, 0]
    assert joint.ranks.tolist() == [1, 1, 3]


def test_opposite_rankings_leave_every_order_equally_good():
    found = kemeny([np.arange(1, 9), np.arange(8, 0, -1)])
    assert found.count == 40_320
    assert len(found.orders) == MOST_ORDERS
    assert len({tuple(order) for order in found.orders.tolist()}) == MOST_ORDERS
    assert found.orders[0].tolist() == list(range(1, 9))
    assert found.distance == 28


def test_the_largest_size():
    rng = np.random.default_rng(7)
    rankings = np.array([rng.permutation(MOST_ALTERNATIVES) for _ in range(5)])
    found = kemeny(rankings)
    assert distance(found.orders[0], rankings) == found.distance


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    ("rankings", "words"),
    [
        ([[1]], "2 or more alternatives"),
        ([], "2 dimensions"),
        ([[1, 2], [1]], "differ in length"),
        ([[1, float("nan")]], "nan"),
    ],
)
def test_rankings_that_cannot_be_used(rule, rankings, words):
    with pytest.raises(InputError, match=words) as caught:
        rule(rankings)
    assert caught.value.argument == "rankings"


def test_too_many_alternatives_for_kemeny():
    with pytest.raises(InputError, match=r"covers 17 alternatives.*up to 16"):
        kemeny([range(17)])
