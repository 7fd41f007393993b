import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda.engine import InputError, rank_order_weights
from mcda.engine.robustness import InconsistentError, Statement, WeightSpace

shared = settings(max_examples=40, deadline=None, derandomize=True)


def labels(space):
    return [statement.label for statement in space.statements]


def conflict(build):
    with pytest.raises(InconsistentError) as caught:
        build()
    return caught.value.conflict


def test_a_whole_simplex_says_nothing_but_the_sum():
    space = WeightSpace.whole(3)
    assert space.a_ub.shape == (0, 3)
    assert space.a_eq.tolist() == [[1, 1, 1]]
    assert space.b_eq.tolist() == [1]
    assert space.ranges().tolist() == [[0, 1]] * 3


def test_statements_become_rows():
    space = WeightSpace.order([1, 2, 2]) & WeightSpace.ratios([(0, 1, 2, 3)], 3)
    assert labels(space) == ["w0 > w1", "w1 = w2", "w0 >= 2 w1", "w0 <= 3 w1"]
    assert space.a_ub.tolist() == [[-1, 1, 0], [-1, 2, 0], [1, -3, 0]]
    assert space.b_ub.tolist() == [0, 0, 0]
    assert space.a_eq.tolist() == [[1, 1, 1], [0, -1, 1]]
    assert space.b_eq.tolist() == [1, 0]
    np.testing.assert_allclose(space.ranges(), [[0.5, 0.6], [0.2, 0.25], [0.2, 0.25]], atol=1e-9)


def test_labels_carry_who_said_it():
    assert labels(WeightSpace.order([1, 2], label="Ann")) == ["Ann: w0 > w1"]
    assert labels(WeightSpace.prefer([(1, 0)], 2, label="Bo")) == ["Bo: w1 > w0"]
    assert labels(WeightSpace.between([0.1, 0], [1, 1], label="Cy")) == ["Cy: w0 >= 0.1"]
    assert labels(WeightSpace.ratios([(0, 1, 0, 2)], 2, label="Di")) == ["Di: w0 <= 2 w1"]
    assert labels(WeightSpace.ratios([(0, 1, 2, np.inf)], 2)) == ["w0 >= 2 w1"]
    assert labels(WeightSpace.near([2, 1], 0.5, label="Ed"))[0] == "Ed: w0 > w1"


def test_near_keeps_the_order_and_a_third_either_way():
    ranges = WeightSpace.near([6, 3, 3]).ranges()
    np.testing.assert_allclose(ranges, [[1 / 3, 2 / 3], [1 / 6, 1 / 3], [1 / 6, 1 / 3]], atol=1e-9)
    other = WeightSpace.near([6, 3, 3], 0.5, order=[1, 3, 2])
    assert labels(other)[:2] == ["w0 > w2", "w2 > w1"]
    assert WeightSpace.near([1, 1]).criteria == 2  # equal weights leave open which counts more
    level = WeightSpace.near([0.1 + 0.2, 0.3])  # rounding is no order
    assert not any(">" in label.replace(">=", "") for label in labels(level))
    assert conflict(lambda: WeightSpace.near([6, 3], 0.1, order=[2, 1])) == (
        "w1 > w0",
        "w1 <= 0.366667",
    )


def test_the_whole_simplex_changes_nothing_when_joined():
    space = WeightSpace.order([1, 2])
    assert (space & WeightSpace.whole(2)) is space
    assert (WeightSpace.whole(2) & space) is space
    assert WeightSpace.between([0, 0], [1, 1]).exact


def test_weights_of_mixtures_range_between_the_people():
    people = [[0.5, 0.3, 0.2], [0.2, 0.3, 0.5]]
    space = WeightSpace.hull(people)
    np.testing.assert_allclose(space.ranges(), [[0.2, 0.5], [0.3, 0.3], [0.2, 0.5]], atol=1e-9)
    joined = space & WeightSpace.prefer([(0, 2)], 3)
    np.testing.assert_allclose(joined.ranges()[0], [0.35, 0.5], atol=1e-9)


def test_two_groups_of_people_can_meet_in_one_weighting():
    across = WeightSpace.hull([[0.6, 0.2, 0.2], [0.2, 0.4, 0.4]])
    along = WeightSpace.hull([[0.4, 0.6, 0.0], [0.4, 0.0, 0.6]])
    np.testing.assert_allclose(
        (across & along).ranges(), [[0.4, 0.4], [0.3, 0.3], [0.3, 0.3]], atol=1e-8
    )


def test_a_circle_of_comparisons_is_refused():
    circle = [(0, 1), (1, 2), (2, 0), (0, 3)]
    assert conflict(lambda: WeightSpace.prefer(circle, 4)) == ("w0 > w1", "w1 > w2", "w2 > w0")


def test_contradictions_name_every_kind_of_statement():
    assert conflict(lambda: WeightSpace.between([0.6, 0.5], [1, 1])) == ("w0 >= 0.6", "w1 >= 0.5")
    assert conflict(lambda: WeightSpace.between([0, 0], [0.4, 0.5])) == ("w0 <= 0.4", "w1 <= 0.5")
    assert conflict(lambda: WeightSpace.between([1.5, 0], [2, 1])) == ("w0 >= 1.5",)
    assert conflict(lambda: WeightSpace.ratios([(0, 1, 2, 3), (1, 0, 1, 2)], 2)) == (
        "w0 >= 2 w1",
        "w1 >= 1 w0",
    )
    tied = WeightSpace.order([1, 1], label="Ann")
    assert conflict(lambda: tied & WeightSpace.order([2, 1], label="Bo")) == (
        "Ann: w0 = w1",
        "Bo: w1 > w0",
    )
    people = WeightSpace.hull([[0.6, 0.4], [0.9, 0.1]], label="both people")
    assert conflict(lambda: people & WeightSpace.prefer([(1, 0)], 2)) == (
        "w1 > w0",
        "both people",
    )


def test_the_error_can_be_pickled():
    error = pickle.loads(pickle.dumps(InconsistentError(("a", "b"))))
    assert error.conflict == ("a", "b")
    assert str(error) == "statements: no weights satisfy all of: a; b"


def said(criteria):
    """One statement as a space; bounds and ratios often contradict comparisons."""
    pair = st.permutations(range(criteria)).map(lambda p: (p[0], p[1]))
    units = np.eye(criteria)
    tenths = st.integers(1, 9).map(lambda tenth: tenth / 10)
    return st.one_of(
        pair.map(lambda p: WeightSpace.prefer([p], criteria)),
        st.tuples(pair, st.integers(2, 4)).map(
            lambda x: WeightSpace.ratios([(*x[0], float(x[1]), np.inf)], criteria)
        ),
        st.tuples(pair, tenths).map(
            lambda x: WeightSpace.between(x[1] * units[x[0][0]], np.ones(criteria))
        ),
        st.tuples(pair, tenths).map(
            lambda x: WeightSpace.between(np.zeros(criteria), 1 - x[1] * units[x[0][0]])
        ),
    )


def named(statements):
    return [
        Statement(f"{place}", s.coefficients, s.limits, s.relation)
        for place, s in enumerate(statements)
    ]


@shared
@given(st.lists(said(4), min_size=4, max_size=9))
def test_leaving_out_any_one_of_a_conflict_resolves_it(spaces):
    statements = named([space.statements[0] for space in spaces])
    try:
        WeightSpace(4, tuple(statements))
    except InconsistentError as error:
        core = [statements[int(label)] for label in error.conflict]
        with pytest.raises(InconsistentError):
            WeightSpace(4, tuple(core))
        for left_out in core:
            WeightSpace(4, tuple(s for s in core if s is not left_out))


@shared
@given(st.lists(st.integers(1, 9), min_size=2, max_size=5, unique=True))
def test_an_order_holds_its_centroid(ranks):
    space = WeightSpace.order(ranks)
    centroid = rank_order_weights(np.argsort(np.argsort(ranks)) + 1)
    assert (space.a_ub @ centroid < space.b_ub).all()


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: WeightSpace.whole(0), "0 is not a number of criteria"),
        (lambda: WeightSpace.whole(True), "True is not a number of criteria"),
        (lambda: WeightSpace.whole(2.0), r"2\.0 is not a number of criteria"),
        (lambda: WeightSpace.order([1, np.nan]), "nan is not a finite number"),
        (lambda: WeightSpace.order([1, 2], ties="any"), "allowed: equal, open"),
        (lambda: WeightSpace.prefer([(0, 1), (0, 2)], 2), "there is no criterion 2"),
        (lambda: WeightSpace.prefer([(-1, 1)], 2), "there is no criterion -1"),
        (lambda: WeightSpace.prefer([(1, 1)], 2), "criterion 1 is compared with itself"),
        (lambda: WeightSpace.between([0], [1, 1]), "it covers 1 criteria, but high covers 2"),
        (lambda: WeightSpace.ratios([(0, 1, 2, 1)], 2), "2 to 1 is not a range of ratios"),
        (lambda: WeightSpace.ratios([(0, 1, -1, 1)], 2), "-1 to 1 is not a range"),
        (lambda: WeightSpace.ratios([(0, 1, np.nan, 1)], 2), "nan to 1 is not a range"),
        (lambda: WeightSpace.ratios([(0, 1, np.inf, np.inf)], 2), "inf to inf is not a range"),
        (lambda: WeightSpace.near([1, -1]), "-1 is negative"),
        (lambda: WeightSpace.near([1, 1], share=1.5), r"1\.5 is outside 0 to 1"),
        (lambda: WeightSpace.hull([[1, 1], [0, 0]]), "all weights of this row are 0"),
        (lambda: WeightSpace.whole(2) & WeightSpace.whole(3), "one space has 2 criteria"),
    ],
)
def test_bad_statements_are_refused(build, message):
    with pytest.raises(InputError, match=message):
        build()


def test_the_place_of_a_bad_pair_is_named():
    with pytest.raises(InputError) as caught:
        WeightSpace.ratios([(0, 1, 1, 2), (0, 2, 1, 2)], 2)
    assert (caught.value.argument, caught.value.row) == ("ratios", 1)
