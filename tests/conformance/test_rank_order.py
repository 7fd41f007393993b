"""The published table of rank-order centroid weights."""

import pytest

from mcda.engine import rank_order_weights


@pytest.mark.parametrize("name", ["roc_n3", "roc_n4"])
def test_barron1996(case, name):
    """Barron, F. H., Barrett, B. E. (1996). Decision quality using ranked attribute weights.
    Management Science 42(11), 1515-1523, table of ROC weights."""
    published = case(name)
    weights = rank_order_weights(range(1, published["params"]["n"] + 1))
    assert weights == pytest.approx(published["expected"], abs=published["tolerance"])
