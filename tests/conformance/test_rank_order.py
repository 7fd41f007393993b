"""The published tables of weights from an order of importance."""

import pytest

from mcda.engine.weighting import rank_order_weights, rank_reciprocal_weights, rank_sum_weights


@pytest.fixture
def check(case):
    def check(name, weights_of):
        published = case(name)
        weights = weights_of(range(1, published["params"]["n"] + 1))
        assert weights == pytest.approx(published["expected"], abs=published["tolerance"])

    return check


@pytest.mark.parametrize("name", ["roc_n3", "roc_n4"])
def test_barron1996(check, name):
    """Barron, F. H., Barrett, B. E. (1996). Decision quality using ranked attribute weights.
    Management Science 42(11), 1515-1523, table of ROC weights."""
    check(name, rank_order_weights)


@pytest.mark.parametrize("name", ["rank_sum_n3", "rank_sum_n4"])
def test_stillwell1981_rank_sum(check, name):
    """Stillwell, W., Seaver, D., Edwards, W. (1981). A comparison of weight approximation
    techniques in multiattribute utility decision making. OBHP 28(1), 62-77."""
    check(name, rank_sum_weights)


@pytest.mark.parametrize("name", ["rank_reciprocal_n3", "rank_reciprocal_n4"])
def test_stillwell1981_rank_reciprocal(check, name):
    """Stillwell, W., Seaver, D., Edwards, W. (1981). A comparison of weight approximation
    techniques in multiattribute utility decision making. OBHP 28(1), 62-77."""
    check(name, rank_reciprocal_weights)
