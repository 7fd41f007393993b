"""Small counts are attacked here: by totals, by differences of periods and of editions.

The attacker is written apart from the code under attack: he knows every number shown in any
edition, that no count is negative, and solves for the rest month by month.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from mcda.lifecycle.counts import small
from mcda.lifecycle.suppression import shown_observations
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


def test_what_no_group_holds_of_two_periods_is_compared_too():
    boys_and_girls = [
        counted(0, 2, 60, Boys=30, Girls=10),
        counted(0, 5, 84, Boys=50, Girls=10),
    ]
    assert counts(boys_and_girls, adds_up=False)[1] == (84, None, 10)  # 4 more but for boys


def test_all_but_one_group_are_protected_where_nobody_counted_them():
    assert counts([counted(0, 2, 31, Girls=27)]) == [(31, None)]
    assert counts([counted(0, 2, 37, Girls=27)]) == [(37, 27)]


def test_a_count_that_no_longer_has_its_group_is_a_part_all_the_same():
    assert counts([counted(0, 2, 31, Girls=27)], groups=("Boys",)) == [(31, None)]
    assert counts([counted(0, 2, 57, Girls=27)], groups=("Boys",)) == [(57, 27)]


def test_the_last_day_there_is_ends_a_period():
    ever = Observation(
        indicator="reach", starts_on=date(2027, 1, 1), ends_on=date.max, count=20, parts=()
    )
    assert counts([ever, counted(0, 2, 4)]) == [(20,), (None,)]


def test_a_number_that_leaves_a_small_one_too_little_room_is_hidden():
    quarter, january, february = counted(0, 2, 20), counted(0, 0, 4), counted(1, 1, 12)
    assert counts([quarter, february]) == [(20,), (12,)]
    # January is 0 to 8 with February, as January and March are 8 together.
    assert counts([quarter, january, february]) == [(20,), (None,), (None,)]


def test_what_leaves_a_small_number_the_room_it_has_is_shown():
    quarter, february, january = counted(0, 2, 20), counted(1, 1, 12), counted(0, 0, 4)
    half = [counted(3, 5, 30), counted(0, 5, 50)]
    assert counts([quarter, february, january, *half]) == [(20,), (12,), (None,), (30,), (50,)]


def test_a_number_that_contradicts_the_shown_ones_is_hidden():
    assert counts([counted(0, 2, 20), counted(3, 5, 20), counted(0, 5, 30)])[2] == (None,)


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
spans = st.lists(
    st.tuples(st.integers(0, MONTHS - 1), st.integers(0, MONTHS - 1), st.booleans()),
    min_size=1,
    max_size=4,
    unique_by=lambda s: (min(s[:2]), max(s[:2])),
)


@dataclass(frozen=True)
class World:
    """What is true, month by month, group by group, in and out, and what is entered of it."""

    kind: Indicator
    share: bool
    table: np.ndarray
    entered: list[Observation]


@st.composite
def worlds(draw, adds_up=True):
    share = draw(st.booleans())
    months = st.lists(st.tuples(people, people), min_size=3, max_size=3)
    table = np.array(draw(st.lists(months, min_size=MONTHS, max_size=MONTHS)))
    if not share:
        table[:, :, 1] = 0
    kind = indicator(measure="share" if share else "count", adds_up=adds_up)
    return World(kind, share, table, [observed(table, span, share) for span in draw(spans)])


any_world = st.booleans().flatmap(worlds)


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


def room(mask, known):
    """How far apart a sum can be, as the attacker sees it."""
    low, high = ends(mask, known)
    return high - low


@settings(max_examples=40, deadline=None)
@given(world=worlds())
def test_nothing_small_follows_from_all_editions_together(world):
    numbers = range(1, len(world.entered) + 1)
    editions = [shown_observations(world.kind, world.entered[:n]) for n in numbers]
    known = [e for shown in editions for s in shown for e in equations(s.observation, world.share)]
    # A single group, all of them, and all but one.
    among = (slice(None), 0, 1, 2, [0, 1], [0, 2], [1, 2])
    outcomes = (0, 1, slice(None)) if world.share else (0,)
    for first, group, outcome in product(range(MONTHS), among, outcomes):
        for last in range(first, MONTHS):
            mask = np.zeros((MONTHS, 3, 2))
            mask[first : last + 1, group, outcome] = 1
            if 0 < (mask * world.table).sum() < SMALLEST:
                assert room(mask, known) > 1e-6


@settings(max_examples=60, deadline=None)
@given(world=worlds())
def test_a_hidden_small_count_stays_open_by_the_smallest_count_or_as_much_as_when_entered(world):
    shown = shown_observations(world.kind, world.entered)
    told = [list(equations(s.observation, world.share)) for s in shown]
    for before, entered in enumerate(world.entered):
        for mask, number in equations(entered, world.share):
            if 0 < number < SMALLEST:
                left = room(mask, [e for each in told for e in each])
                at_first = room(mask, [e for each in told[:before] for e in each])
                assert left >= min(SMALLEST, at_first) - 1e-6


def test_what_was_shown_before_a_small_count_was_entered_stays_shown():
    """The first two tell already that it is 0 or 1."""
    entered = [counted(0, 3, 11), counted(2, 2, 10), counted(0, 1, 1)]
    assert counts(entered) == [(11,), (10,), (None,)]


@settings(max_examples=60, deadline=None)
@given(world=any_world)
def test_what_an_edition_showed_a_later_one_shows_too(world):
    before = shown_observations(world.kind, world.entered[:-1])
    assert shown_observations(world.kind, world.entered)[: len(before)] == before


@settings(max_examples=60, deadline=None)
@given(world=any_world)
def test_what_is_shown_is_shown_again_from_the_shown_copy(world):
    once = [s.observation for s in shown_observations(world.kind, world.entered)]
    assert [s.observation for s in shown_observations(world.kind, once)] == once


# --- the attack where people may be counted in two periods

new_people = st.lists(st.lists(people, min_size=3, max_size=3), min_size=4, max_size=4)


def growing(table, grouped):
    """The first month, the first two, and so on: each counts whom the one before it counts."""
    for last, sums in enumerate(np.cumsum(table, axis=0)):
        parts = {name: int(sums[at]) for at, name in enumerate(GROUPS)}
        yield counted(0, last, int(sums.sum()), **(parts if grouped[last] else {}))


@settings(max_examples=60, deadline=None)
@given(
    table=new_people,
    grouped=st.lists(st.booleans(), min_size=4, max_size=4),
    order=st.permutations(range(4)),
)
def test_periods_that_do_not_add_up_tell_no_small_difference(table, grouped, order):
    """Nobody leaves a period that grows, so whoever is new in it can be counted like a month."""
    every = list(growing(table, grouped))
    shown = shown_observations(indicator(adds_up=False), [every[at] for at in order])
    known = [e for s in shown for e in equations(s.observation, share=False)]
    # Nothing but the four months and the three groups is unknown here.
    for first, group in product(range(4), (slice(None), 0, 1, 2, [0, 1], [0, 2], [1, 2])):
        for last in range(first, 4):
            mask = np.zeros((MONTHS, 3, 2))
            mask[first : last + 1, group, 0] = 1
            if 0 < (mask[:, :, 0] * np.array(table)).sum() < SMALLEST:
                assert room(mask, known) > 1e-6
