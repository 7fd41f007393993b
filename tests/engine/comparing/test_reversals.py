"""Rank reversal: the printed cases, and none where a method promises none."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda.engine import METHODS, InputError, rank
from mcda.engine.comparing import Reversal, rank_reversals

CELLS = st.tuples(*[st.integers(0, 20)] * 3)


def test_the_reversals_printed_in_the_methods_page():
    """Dropping C turns A and B round, by TOPSIS and by the weighted sum with min-max."""
    turned = (Reversal("dropped", 2, 0, 1),)
    assert rank_reversals([[7, 1], [4, 2], [9, 7]], [1, 1], [1, 1]) == turned
    matrix = [[9, 6], [5, 9], [7, 4]]
    found = rank_reversals(matrix, [0.4, 0.6], [1, 1], method="weighted_sum")
    assert found == turned


def test_a_copy_can_turn_two_others_round():
    """By weighted sum on shares of the total, a second B halves what its criterion can give."""
    matrix = [[9, 2, 4], [1, 9, 4], [8, 1, 9]]
    found = rank_reversals(matrix, [1, 1, 1], [1, 1, 1], "weighted_sum", normalization="sum")
    copies = [reversal for reversal in found if reversal.change == "copied"]
    assert copies
    for reversal in copies:
        larger = [*matrix, matrix[reversal.alternative]]
        options = {"method": "weighted_sum", "normalization": "sum"}
        before = rank(matrix, [1, 1, 1], [1, 1, 1], **options).scores
        after = rank(larger, [1, 1, 1], [1, 1, 1], **options).scores
        assert before[reversal.ahead] > before[reversal.behind]
        assert after[reversal.ahead] < after[reversal.behind]


BOUNDED = [
    name
    for name, method in METHODS.items()
    if "bounds" in method.options and "no_rank_reversal" in method.promises_for({"bounds": True})
]


@pytest.mark.parametrize("method", BOUNDED)
@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.lists(CELLS, min_size=1, max_size=6), st.tuples(*[st.integers(1, 9)] * 3))
def test_no_reversal_where_none_is_promised(method, rows, weights):
    bounds = [(-1, 21)] * 3
    assert rank_reversals(rows, weights, [1, -1, 1], method, bounds=bounds) == ()


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.lists(CELLS, min_size=2, max_size=5), st.tuples(*[st.integers(1, 9)] * 3))
def test_every_reversal_is_real_and_none_is_missed(rows, weights):
    matrix = np.array(rows, dtype=float)
    found = set(rank_reversals(matrix, weights, [1, -1, 1]))
    full = rank(matrix, weights, [1, -1, 1]).ranks
    expected = set()
    for gone in range(len(rows)):
        left = [item for item in range(len(rows)) if item != gone]
        tables = {"dropped": matrix[left], "copied": np.vstack([matrix, matrix[gone]])}
        for change, table in tables.items():
            items = left if change == "dropped" else list(range(len(rows)))
            ranks = dict(zip(items, rank(table, weights, [1, -1, 1]).ranks, strict=False))
            expected |= {
                Reversal(change, gone, one, other)
                for one in items
                for other in items
                if full[one] < full[other] and ranks[one] > ranks[other]
            }
    assert found == expected


def test_a_tie_that_opens_or_closes_is_no_reversal():
    """By the weighted sum the first leads the second; without the third the two tie."""
    matrix = [[3, 1], [2, 4], [2, 0]]
    assert rank(matrix, [1, 1], [1, 1], "weighted_sum").ranks.tolist() == [1, 2, 3]
    assert rank(matrix[:2], [1, 1], [1, 1], "weighted_sum").ranks.tolist() == [1, 1]
    assert rank_reversals(matrix, [1, 1], [1, 1], "weighted_sum") == ()


def test_one_alternative_has_nobody_to_change_places_with():
    assert rank_reversals([[3, 4]], [1, 1], [1, 1]) == ()


def test_input_is_checked_as_for_a_ranking():
    with pytest.raises(InputError, match="unknown; allowed"):
        rank_reversals([[3, 4], [1, 2]], [1, 1], [1, 1], method="none")
    with pytest.raises(InputError, match="nan") as caught:
        rank_reversals([[3, float("nan")], [1, 2]], [1, 1], [1, 1])
    assert (caught.value.row, caught.value.column) == (0, 1)
