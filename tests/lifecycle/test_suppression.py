"""Small counts are attacked here: by totals, by differences of periods and of editions.

The attacker is written apart from the code under attack: he knows every number shown in any
edition, that no count is negative, and solves for the rest month by month.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from mcda.lifecycle.suppression import shown_observations, small
from mcda.project.evaluation import Indicator, Observation, Part

MONTHS = 4
GROUPS = ("Boys", "Girls")
SMALLEST = 10


def indicator(**changes):
    return Indicator.model_validate(
        {"id": "reach", "name": "Young people linked", "groups": GROUPS, **changes}
    )


def period(first, last):
    """The days from the first to the last month, counted from 0 (January 2027)."""
    end = date(2027, last + 2, 1).toordinal() - 1
    return {"starts_on": date(2027, first + 1, 1), "ends_on": date.fromordinal(end)}


def counted(first, last, count=None, of=None, **parts):
    groups = tuple(
        Part(group=name, count=n) if isinstance(n, int) else Part(group=name, count=n[0], of=n[1])
        for name, n in parts.items()
    )
    return Observation(indicator="reach", count=count, of=of, parts=groups, **period(first, last))


def counts(observations, **changes):
    """What is shown: the total and the groups of each observation."""
    return [
        (s.observation.count, *(p.count for p in s.observation.parts))
        for s in shown_observations(indicator(**changes), observations)
    ]


@pytest.mark.parametrize(("number", "expected"), [(0, 0), (1, None), (9, None), (10, 10)])
def test_one_to_nine_are_hidden_and_zero_is_not(number, expected):
    assert counts([counted(0, 2, number)]) == [(expected,)]


def test_a_higher_threshold_hides_more():
    assert counts([counted(0, 2, 14)], smallest_count=15) == [(None,)]


def test_what_counts_no_people_is_shown():
    assert counts([counted(0, 2, 3)], people=False) == [(3,)]


def test_one_small_group_takes_another_with_it():
    assert counts([counted(0, 2, 31, Boys=4, Girls=27)]) == [(31, None, None)]


def test_the_rest_that_no_group_holds_is_protected_too():
    assert counts([counted(0, 2, 30, Boys=13, Girls=14)]) == [(30, None, 14)]


def test_two_small_groups_of_a_small_sum_hide_the_total():
    assert counts([counted(0, 2, 7, Boys=3, Girls=4)]) == [(None, None, None)]
    shown = counts([counted(0, 2, 12, Boys=6, Girls=6)])
    assert shown == [(12, None, None)]


def test_the_year_is_hidden_where_it_would_give_a_quarter_away():
    months = [counted(m, m, n) for m, n in enumerate((12, 14, 3))]
    assert counts([*months, counted(0, 2, 29)]) == [(12,), (14,), (None,), (None,)]


def test_a_year_to_date_that_grows_by_few_is_hidden():
    assert counts([counted(0, 1, 20), counted(0, 2, 24)]) == [(20,), (None,)]
    assert counts([counted(0, 1, 20), counted(0, 2, 34)]) == [(20,), (34,)]


def test_people_counted_in_two_periods_are_compared_by_difference_only():
    both = [counted(0, 2, 20), counted(3, 5, 20), counted(0, 5, 30)]
    assert counts(both, adds_up=False) == [(20,), (20,), (30,)]
    few = [counted(0, 2, 20), counted(0, 5, 24)]
    assert counts(few, adds_up=False) == [(20,), (None,)]


def test_numbers_that_contradict_each_other_show_no_more():
    wrong = [counted(0, 2, 20), counted(3, 5, 20, Boys=4, Girls=16), counted(0, 5, 30)]
    assert counts(wrong)[2] == (None,)


@pytest.mark.parametrize(
    ("count", "of", "shown"),
    [(50, 80, (50, 80)), (5, 80, (None, 80)), (75, 80, (None, 80)), (0, 80, (0, 80)),
     (80, 80, (80, 80)), (5, 8, (None, None)), (0, 8, (0, None))],
)  # fmt: skip
def test_a_share_hides_what_few_are_in_it_or_out_of_it(count, of, shown):
    found = shown_observations(indicator(measure="share"), [counted(0, 2, count, of)])
    assert (found[0].observation.count, found[0].observation.of) == shown


@pytest.mark.parametrize(("of", "value"), [(None, None), (9, None), (10, 4.5)])
def test_a_number_is_shown_where_it_rests_on_enough_people(of, value):
    waited = Observation(indicator="reach", value=4.5, of=of, **period(0, 2))
    found = shown_observations(indicator(measure="number", groups=()), [waited])[0]
    assert found.observation.value == value
    assert bool(found.hidden) == (value is None)


def test_what_is_hidden_is_named():
    found = shown_observations(indicator(), [counted(0, 2, 31, Boys=4, Girls=27)])[0]
    assert {cell.group for cell in found.hidden} == {"Boys", "Girls"}


def test_small_knows_no_fractions_of_people():
    assert small(9.4, 10)
    assert not small(9.6, 10)


# --- the attack

people = st.sampled_from((0, 0, 0, 0, 1, 3, 8, 9, 10, 12, 25))
truth = st.lists(
    st.lists(st.tuples(people, people), min_size=3, max_size=3),
    min_size=MONTHS,
    max_size=MONTHS,
)
spans = st.lists(
    st.tuples(st.integers(0, MONTHS - 1), st.integers(0, MONTHS - 1), st.booleans()),
    min_size=1,
    max_size=4,
    unique_by=lambda s: (min(s[:2]), max(s[:2])),
)


def observed(table, span, share):
    """An observation of what is true: a sum over months, with its groups where asked."""
    (first, last), grouped = sorted(span[:2]), span[2]
    sums = table[first : last + 1].sum(axis=0)  # group x (yes, no)
    count, both = int(sums[:, 0].sum()), int(sums.sum())
    parts = {
        name: (int(sums[i, 0]), int(sums[i].sum())) if share else int(sums[i, 0])
        for i, name in enumerate(GROUPS)
    }
    return counted(first, last, count, both if share else None, **(parts if grouped else {}))


def equations(observation, share):
    """Yield each shown number as (months x groups x yes/no mask, number)."""
    first, last = observation.starts_on.month - 1, observation.ends_on.month - 1
    rows = [(None, observation.count, observation.of)]
    rows += [(GROUPS.index(p.group), p.count, p.of) for p in observation.parts]
    for group, count, of in rows:
        where = slice(None) if group is None else group
        if count is not None:
            mask = np.zeros((MONTHS, 3, 2))
            mask[first : last + 1, where, 0] = 1
            yield mask, count
        if share and of is not None:
            mask = np.zeros((MONTHS, 3, 2))
            mask[first : last + 1, where, :] = 1
            yield mask, of


def ends(mask, known):
    """The least and the most a sum can be, as the attacker sees it."""
    if not known:
        return 0.0, np.inf
    rows = np.array([m.ravel() for m, _ in known])
    values = np.array([float(n) for _, n in known])
    found = []
    for sign in (1, -1):
        best = linprog(sign * mask.ravel(), A_eq=rows, b_eq=values, method="highs")
        assert best.status in (0, 3), best.message
        found.append(np.inf if best.status == 3 else sign * best.fun)
    return found[0], found[1]


@settings(max_examples=40, deadline=None)
@given(truth=truth, spans=spans, share=st.booleans())
def test_nothing_small_follows_from_all_editions_together(truth, spans, share):
    table = np.array(truth)
    if not share:
        table[:, :, 1] = 0
    kind = indicator(measure="share" if share else "count")
    entered = [observed(table, span, share) for span in spans]
    editions = [shown_observations(kind, entered[: n + 1]) for n in range(len(entered))]
    known = [e for shown in editions for s in shown for e in equations(s.observation, share)]

    for first in range(MONTHS):
        for last in range(first, MONTHS):
            for group in (slice(None), 0, 1, 2):
                for outcome in (0, 1, slice(None)) if share else (0,):
                    mask = np.zeros((MONTHS, 3, 2))
                    mask[first : last + 1, group, outcome] = 1
                    if 0 < (mask * table).sum() < SMALLEST:
                        low, high = ends(mask, known)
                        assert high - low > 1e-6


@settings(max_examples=60, deadline=None)
@given(truth=truth, spans=spans, share=st.booleans())
def test_a_hidden_small_count_stays_open_by_as_much_as_the_smallest_count(truth, spans, share):
    table = np.array(truth)
    if not share:
        table[:, :, 1] = 0
    kind = indicator(measure="share" if share else "count")
    entered = [observed(table, span, share) for span in spans]
    for n, newest in enumerate(entered):
        shown = shown_observations(kind, entered[: n + 1])
        known = [e for s in shown for e in equations(s.observation, share)]
        for mask, number in equations(newest, share):
            if 0 < number < SMALLEST:
                low, high = ends(mask, known)
                assert high - low >= SMALLEST - 1e-6


@settings(max_examples=60, deadline=None)
@given(truth=truth, spans=spans, share=st.booleans(), adds_up=st.booleans())
def test_what_an_edition_showed_a_later_one_shows_too(truth, spans, share, adds_up):
    table = np.array(truth)
    kind = indicator(measure="share" if share else "count", adds_up=adds_up)
    entered = [observed(table, span, share) for span in spans]
    before = shown_observations(kind, entered[:-1])
    assert shown_observations(kind, entered)[: len(before)] == before


@settings(max_examples=60, deadline=None)
@given(truth=truth, spans=spans, share=st.booleans(), adds_up=st.booleans())
def test_what_is_shown_is_shown_again_from_the_shown_copy(truth, spans, share, adds_up):
    table = np.array(truth)
    kind = indicator(measure="share" if share else "count", adds_up=adds_up)
    entered = [observed(table, span, share) for span in spans]
    once = [s.observation for s in shown_observations(kind, entered)]
    assert [s.observation for s in shown_observations(kind, once)] == once
