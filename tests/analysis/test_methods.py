"""Five methods side by side: each its own places, one sentence, no vote."""

from __future__ import annotations

import numpy as np
import pytest

from mcda.analysis import COMPARED, method_table
from mcda.analysis.scoring import PREFERENCE
from mcda.engine import METHODS
from mcda.project import UnknownItemError
from mcda.project.templates import example


def test_every_method_of_the_table_is_one_of_the_engine():
    assert set(COMPARED) <= set(METHODS)
    assert len(COMPARED) == 5


def test_all_agree_where_one_is_best_at_everything(decision):
    found = method_table(decision({"best": (90, 80), "rest": (20, 30)}))
    assert found.sentence == "All five methods put Best first."
    assert all(ranks == {"best": 1, "rest": 2} for ranks in found.ranks.values())
    assert not found.settled


def test_the_product_punishes_a_very_low_score(decision):
    # Sum: 50.5 against 49. Product: the root of 1 x 100 = 10 against 49.
    found = method_table(decision({"uneven": (1, 100), "even": (49, 49)}))
    assert found.ranks["weighted_sum"] == {"uneven": 1, "even": 2}
    assert found.ranks["weighted_product"] == {"even": 1, "uneven": 2}
    assert "Weighted product" in found.sentence
    assert "Even first" in found.sentence
    assert "This is no vote" in found.sentence


def test_promethee_counts_no_small_difference_and_no_huge_one_more_than_in_full(decision):
    # A: 4 better on one thing counts nothing, so B's 10 on the other decides. C is far behind.
    # Degrees with q 5 and p 50: (10 - 5) / 45.
    found = method_table(decision({"a": (100, 40), "b": (96, 50), "c": (0, 0)}))
    assert found.ranks["promethee_ii"]["b"] == 1
    assert PREFERENCE == {"preference": "linear", "q": 5.0, "p": 50.0}


def test_ranges_stand_at_their_likely_number(decision):
    found = method_table(decision({"a": ((0, 80, 90), 50), "b": (70, 50)}))
    assert found.settled
    assert found.ranks["weighted_sum"] == {"a": 1, "b": 2}


def test_without_a_likely_number_half_way_is_taken(decision):
    found = method_table(decision({"a": ((0, 100), 50), "b": (49, 50)}))
    assert found.ranks["weighted_sum"] == {"a": 1, "b": 2}


def test_the_frame_has_the_places_in_the_order_of_the_weighted_sum():
    found = method_table(example())
    frame = found.to_frame()
    assert list(frame.columns) == [name for name, _ in COMPARED.values()]
    assert list(frame.index) == list(found.names.values())
    places = frame["Weighted sum"].astype(int).to_numpy()
    assert (np.diff(places) >= 0).all()


def test_an_unknown_weighting_is_refused():
    with pytest.raises(UnknownItemError):
        method_table(example(), weighting="nobody")


def test_where_every_product_is_0_none_is_said_to_be_first(decision):
    found = method_table(decision({"a": (0, 90), "b": (80, 0), "c": (0, 10)}))
    assert set(found.ranks["weighted_product"].values()) == {1}
    assert "Weighted product puts no program before another" in found.sentence
    assert found.reasons["weighted_product"].endswith(
        "Here every program has 0: each is at the worst end of something that counts."
    )


def test_where_all_are_alike_no_method_puts_one_before_another(decision):
    found = method_table(decision({"a": (40, 60), "b": (40, 60)}))
    assert found.sentence == "All five methods put no program before another."


def test_one_program_alone_is_first(decision):
    assert method_table(decision({"a": (40, 60)})).sentence == "All five methods put A first."


def test_the_reason_names_what_helps_the_other_leader_most(decision):
    found = method_table(decision({"uneven": (1, 100), "even": (49, 49)}))
    # 49 against 1 is a factor of 7 for Even; 49 against 100 one of 1/1.4 against it.
    assert found.reasons["weighted_product"] == (
        f"{COMPARED['weighted_product'][1]} Here Even passes Uneven; "
        "what helps it most is C0 (49 against 1)."
    )
    assert found.reasons["weighted_sum"] == COMPARED["weighted_sum"][1]


def test_the_reason_says_where_the_leader_has_0(decision):
    found = method_table(decision({"uneven": (90, 0), "even": (40, 40)}))
    assert found.ranks["weighted_sum"] == {"uneven": 1, "even": 2}
    assert found.reasons["weighted_product"].endswith(
        "Here Uneven has 0: it is at the worst end of C1."
    )


def test_promethee_prefers_small_leads_in_many_places_to_one_large_one(decision):
    # Sum: 100 + 0 + 0 against 30 x 3. Flows, with (30 - 5) / 45 twice against 1 once.
    found = method_table(decision({"one": (100, 0, 0), "three": (30, 30, 30)}))
    assert found.ranks["promethee_ii"] == {"three": 1, "one": 2}
    assert (
        "Here Three passes One; what helps it most is C1 (30 against 0)."
        in found.reasons["promethee_ii"]
    )


def test_topsis_prefers_what_counts_most(build):
    # Squared weights: A is 30 ahead on 5 of 11, B 27 ahead on each of the others, which
    # together count 6 of 11 but, squared, 18 of 43.
    rows = {
        "a": {"big": 80, "one": 40, "other": 40},
        "b": {"big": 50, "one": 67, "other": 67},
    }
    found = method_table(build(rows, {"big": 5, "one": 3, "other": 3}))
    assert found.ranks["weighted_sum"] == {"b": 1, "a": 2}
    for method in ("topsis_anchored", "topsis"):
        assert found.ranks[method] == {"a": 1, "b": 2}
        assert found.reasons[method].endswith(
            "Here A passes B; what helps it most is Big (80 against 50)."
        )


def test_a_deep_fall_is_explained_though_the_first_is_the_same(decision):
    # Sum: 80, 50.5, 45, 40. Product: 80, the root of 1 x 100 = 10, 45, 40; so B falls from 2 to 4.
    found = method_table(decision({"a": (80, 80), "b": (1, 100), "c": (45, 45), "d": (40, 40)}))
    assert found.ranks["weighted_product"] == {"a": 1, "b": 4, "c": 2, "d": 3}
    assert found.reasons["weighted_product"].endswith(
        "Here C passes B; what helps it most is C0 (45 against 1)."
    )


def test_a_tie_that_opens_is_no_fall_of_two_places(decision):
    # Both sums are 50; A's 10 and 90 have the lower product.
    found = method_table(decision({"a": (10, 90), "b": (50, 50), "c": (0, 0)}))
    assert found.ranks["weighted_product"] == {"a": 2, "b": 1, "c": 3}
    assert found.reasons["weighted_product"] == COMPARED["weighted_product"][1]


def test_a_weight_of_0_needs_no_number_to_stand_in(build):
    rows = {"a": {"x": (0, 100), "y": 60}, "b": {"x": 10, "y": 50}}
    assert not method_table(build(rows, {"x": 0, "y": 1})).settled
