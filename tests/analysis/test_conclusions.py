"""What VIKOR and PROMETHEE I say beyond places, on tables whose answers are worked out by hand."""

from __future__ import annotations

import pytest

from mcda.analysis import compromise_set, partial_order


def test_vikor_proposes_one_that_leads_and_is_first_by_one_measure(decision):
    # S is 0.5 for all; R is 0.5, 0.25, 0.5; so Q is 0.5, 0, 0.5, and 1 / (3 - 1) is enough.
    found = compromise_set(decision({"a": (100, 0), "b": (50, 50), "c": (0, 100)}))
    assert found.proposed == {"b": "B"}
    assert (found.acceptable_advantage, found.acceptable_stability) == (True, True)
    assert not found.settled
    assert found.sentences == (
        "VIKOR proposes B.",
        "Acceptable advantage (a clear lead): yes. B leads by 0.500; with 3 programs it takes "
        "0.500.",
        "Acceptable stability (also first by S or R): yes. By group utility (S, all shortfalls "
        "added up) A, B and C come first; by individual regret (R, the largest one shortfall) B "
        "comes first.",
    )


def test_vikor_names_a_set_where_no_lead_is_clear(decision):
    # Regrets: A 0.1, B 0.02, C 0.5 and 0.5. Q of A is (0.08 / 0.98 + 0.08 / 0.48) / 2 = 0.124.
    found = compromise_set(decision({"a": (100, 40), "b": (96, 50), "c": (0, 0)}))
    assert list(found.proposed) == ["b", "a"]
    assert (found.acceptable_advantage, found.acceptable_stability) == (False, True)
    assert found.sentences == (
        "VIKOR proposes B and A together: no one of them leads clearly.",
        "Acceptable advantage (a clear lead): no. B leads by 0.124; with 3 programs it takes "
        "0.500.",
        "Acceptable stability (also first by S or R): yes. So it is by group utility (S, all "
        "shortfalls added up) and by individual regret (R, the largest one shortfall).",
    )


def test_vikor_adds_the_second_place_where_the_first_leads_on_neither_measure(decision):
    # S: 0.333, 0.667, 0.339, 0.744; R: 0.333, 0.333, 0.292, 0.286; Q: 0.5, 0.906, 0.070, 0.5.
    rows = {"a": (80, 0, 80), "b": (0, 70, 0), "c": (80, 60, 10), "d": (30, 10, 20)}
    found = compromise_set(decision(rows))
    assert list(found.proposed) == ["c", "a", "d"]
    assert (found.acceptable_advantage, found.acceptable_stability) == (True, False)
    proposal, advantage, stability = found.sentences
    assert proposal == (
        "VIKOR proposes C, A and D together: C leads clearly, but is first by neither S nor R."
    )
    assert "yes. C leads by 0.430; with 4 programs it takes 0.333." in advantage
    assert "no. By group utility (S, all shortfalls added up) A comes first; " in stability
    assert stability.endswith("by individual regret (R, the largest one shortfall) D comes first.")


def test_vikor_on_one_program_and_on_equal_ones(decision):
    alone = compromise_set(decision({"a": (10, 20)}))
    assert alone.sentences[:2] == (
        "VIKOR proposes A.",
        "Acceptable advantage (a clear lead): yes. There is no other program.",
    )
    level = compromise_set(decision({"a": (10, 20), "b": (10, 20)}))
    assert list(level.proposed) == ["a", "b"]
    assert level.sentences[1].endswith("no. A and B share the first place.")


def test_a_lead_just_short_is_told_apart_from_what_it_takes(decision):
    # One criterion: S and R both give Q = (100 - x) / 100, so B is 0.4999 behind.
    rows = {"a": (100,), "b": (50.01,), "c": (0,)}
    _, advantage, _ = compromise_set(decision(rows)).sentences
    assert "no. A leads by 0.4999; with 3 programs it takes 0.5000." in advantage


def test_promethee_i_leaves_open_what_the_flows_do_not_settle(decision):
    # Degrees with q 5 and p 50, half the weight each: A over B 35/90, B over A 1/2, A and C 1/2
    # both ways, B over C 5/45, C over B 0. A has more of both flows than B.
    rows = {"a": (100, 0), "b": (60, 60), "c": (50, 50)}
    found = partial_order(decision(rows))
    b, a, c = found.programs
    assert (b.id, a.id, c.id) == ("b", "a", "c")
    assert (a.positive, a.negative) == pytest.approx(((35 / 90 + 1 / 2) / 2, 1 / 2))
    assert (b.positive, b.negative) == pytest.approx(((1 / 2 + 5 / 45) / 2, 35 / 90 / 2))
    assert (c.positive, c.negative) == pytest.approx((1 / 4, (1 / 2 + 5 / 45) / 2))
    assert (a.before, a.not_comparable) == ((), ("b", "c"))
    assert (b.before, b.not_comparable) == (("c",), ("a",))
    assert (c.before, c.not_comparable) == ((), ("a",))
    assert found.sentence == (
        "PROMETHEE I leaves 2 pairs open. Of such a pair one is preferred more, but others are "
        "preferred to it more, too. Each program comes before all below it in the table, but for "
        "those it cannot be compared with."
    )
    frame = found.to_frame()
    assert frame["Cannot be compared with"].to_dict() == {"B": "A", "A": "B, C", "C": "A"}
    assert frame.loc["A"].tolist()[:2] == ["0.444", "0.500"]


def test_promethee_i_says_who_is_as_good_as_each_other(decision):
    found = partial_order(decision({"a": (100, 0), "b": (0, 100), "c": (0, 0)}))
    a, b, c = found.programs
    assert (a.same_as, b.same_as, c.same_as) == (("b",), ("a",), ())
    assert (a.before, b.before, c.before) == (("c",), ("c",), ())
    assert found.sentence == (
        "PROMETHEE I leaves no pair open. Each program comes before all below it in the table, "
        "but for those with the same two flows."
    )
    alone = partial_order(decision({"a": (10,)}))
    assert alone.sentence == "PROMETHEE I leaves no pair open."


@pytest.mark.parametrize("find", [compromise_set, partial_order])
def test_both_say_where_numbers_stood_in_for_ranges_that_count(decision, find):
    rows = {"a": ((40, 60), 50), "b": (50, 50)}
    assert find(decision(rows)).settled
    assert not find(decision(rows, (0, 1))).settled
