"""Milestones against a day: late, blocked and by what, next, and the chain that counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcda.lifecycle import due_feedback, schedule
from mcda.project import FeedbackEntry, FeedbackLoop, Milestone, Plan

TODAY = date(2027, 6, 15)
DAY = timedelta(days=1)


def step(item: str, *after: str, **fields: object) -> Milestone:
    return Milestone(id=item, name=item.upper(), after=after, **fields)


def at(*milestones: Milestone) -> dict[str, str]:
    found = schedule(Plan(milestones=milestones), TODAY)
    return {m.milestone.id: m.state for m in found.milestones}


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, "ready"),
        ({"due_on": TODAY}, "ready"),
        ({"due_on": TODAY - DAY}, "late"),
        ({"due_on": TODAY - DAY, "status": "under way"}, "late"),
        ({"due_on": TODAY - DAY, "status": "done", "done_on": TODAY}, "done"),
        ({"due_on": TODAY - DAY, "status": "dropped"}, "dropped"),
        ({"status": "under way"}, "under way"),
        ({"starts_on": TODAY}, "ready"),
        ({"starts_on": TODAY + DAY}, "waiting"),
        ({"starts_on": TODAY + DAY, "status": "under way"}, "under way"),
    ],
)
def test_one_milestone_alone(fields, state):
    assert at(step("a", **fields)) == {"a": state}


@pytest.mark.parametrize(
    ("before", "fields", "state"),
    [
        ({}, {}, "waiting"),
        ({"due_on": TODAY - DAY}, {}, "blocked"),
        ({"due_on": TODAY}, {}, "waiting"),
        ({}, {"starts_on": TODAY}, "blocked"),
        ({}, {"starts_on": TODAY + DAY}, "waiting"),
        ({}, {"status": "under way"}, "blocked"),
        ({"status": "done"}, {}, "ready"),
        ({"status": "dropped"}, {"starts_on": TODAY}, "ready"),
        ({}, {"due_on": TODAY - DAY, "starts_on": TODAY - DAY}, "late"),
    ],
)
def test_one_that_waits_for_another(before, fields, state):
    assert at(step("a", **before), step("b", "a", **fields))["b"] == state


def test_what_blocks_is_named():
    plan = Plan(
        milestones=(
            step("a", due_on=TODAY - 2 * DAY),
            step("b"),
            step("c", "a", "b"),
            step("d", "a", "b", starts_on=TODAY, due_on=TODAY - DAY),
            step("e", "b"),
            step("f", starts_on=TODAY + DAY),
        )
    )
    found = schedule(plan, TODAY)
    assert {m.milestone.id: m.sentence for m in found.milestones} == {
        "a": "“A” is 2 days late.",
        "b": "“B” can start.",
        "c": "“C” is blocked by “A”.",
        "d": "“D” is 1 day late and is blocked by “A” and “B”.",
        "e": "“E” waits for “B”.",
        "f": "“F” starts on June 16, 2027.",
    }
    assert [m.milestone.id for m in found.late] == ["a", "d"]
    assert [m.milestone.id for m in found.blocked] == ["c", "d"]
    assert found.state("c").waits_for == (plan.milestones[0], plan.milestones[1])


def test_the_sentence_counts_what_is_done():
    plan = Plan(
        milestones=(
            step("a", status="done"),
            step("b", status="dropped"),
            step("c", due_on=TODAY - DAY),
            step("d", due_on=TODAY + DAY),
            step("e", due_on=TODAY),
        )
    )
    found = schedule(plan, TODAY)
    assert found.sentence == (
        "1 of 4 milestones are done. Late: “C”. Next due: “E”, on June 15, 2027."
    )
    assert [m.id for m in found.next_due] == ["e", "d"]
    assert found.state("a").sentence == "“A” is done."
    assert schedule(Plan(), TODAY).sentence == "There are no milestones yet."


def test_only_three_are_next():
    plan = Plan(milestones=tuple(step(f"m{n}", due_on=TODAY + n * DAY) for n in range(5)))
    assert [m.id for m in schedule(plan, TODAY).next_due] == ["m0", "m1", "m2"]


def test_the_longest_chain_counts_by_days_and_then_by_number():
    week = {"starts_on": TODAY, "due_on": TODAY + 7 * DAY}
    day = {"starts_on": TODAY, "due_on": TODAY + DAY}
    plan = Plan(
        milestones=(
            step("a", **week),
            step("b", "a", **week),
            step("x", **day),
            step("y", "x", **day),
            step("z", "y", **day),
        )
    )
    assert [m.id for m in schedule(plan, TODAY).critical] == ["a", "b"]
    bare = Plan(milestones=(step("a"), step("b", "a"), step("x"), step("y", "x"), step("z", "y")))
    assert [m.id for m in schedule(bare, TODAY).critical] == ["x", "y", "z"]


def test_what_is_done_is_on_no_chain_and_one_alone_is_none():
    plan = Plan(milestones=(step("a", status="done"), step("b", "a")))
    assert schedule(plan, TODAY).critical == ()


def test_a_plan_whose_days_run_backwards_counts_none():
    backwards = step("a", starts_on=TODAY, due_on=TODAY - 9 * DAY)
    assert [
        m.id for m in schedule(Plan(milestones=(backwards, step("b", "a"))), TODAY).critical
    ] == [
        "a",
        "b",
    ]


MILESTONES = st.lists(
    st.builds(
        step,
        st.sampled_from("abcde"),
        st.sampled_from("abcdef"),
        starts_on=st.none() | st.dates(date(2027, 1, 1), date(2027, 12, 31)),
        due_on=st.none() | st.dates(date(2027, 1, 1), date(2027, 12, 31)),
        status=st.sampled_from(["not started", "under way", "done", "dropped"]),
    ),
    max_size=6,
    unique_by=lambda m: m.id,
)


@given(MILESTONES, st.dates(date(2026, 1, 1), date(2028, 1, 1)))
def test_any_plan_has_a_schedule(milestones, today):
    """Circles and ids that are not there included."""
    found = schedule(Plan(milestones=tuple(milestones)), today)
    assert {m.milestone.id for m in found.milestones} == {m.id for m in milestones}
    for state in found.milestones:
        assert set(state.blocked_by) <= set(state.waits_for)
        assert state.sentence.startswith("“")
        assert (state.state == "late") == (state.days_late > 0)
    assert all(m.open for m in (*found.critical, *found.next_due))
    assert 0 <= found.done <= found.counted <= len(milestones)


# --- feedback


@pytest.mark.parametrize(
    ("every", "days"),
    [("week", 7), ("month", 31), ("quarter", 92), ("half year", 184), ("year", 366)],
)
def test_a_loop_is_due_after_its_interval(every, days):
    plan = Plan(loops=(FeedbackLoop(id="l", name="L", every=every),), starts_on=TODAY)
    assert due_feedback(plan, TODAY + (days - 1) * DAY) == ()
    (due,) = due_feedback(plan, TODAY + days * DAY)
    assert (due.since, due.due_on) == (TODAY, TODAY + days * DAY)


def test_the_last_entry_counts_and_the_longest_due_comes_first():
    loops = (
        FeedbackLoop(id="a", name="A", every="week"),
        FeedbackLoop(id="b", name="B", every="week"),
    )
    entries = tuple(
        FeedbackEntry(id=f"e{n}", name="E", loop=loop, heard_on=day)
        for n, (loop, day) in enumerate(
            [("a", TODAY - 30 * DAY), ("a", TODAY - 8 * DAY), ("b", TODAY - 9 * DAY), ("b", None)]
        )
    )
    found = due_feedback(Plan(loops=loops, feedback=entries), TODAY)
    assert [d.loop.id for d in found] == ["b", "a"]


def test_a_loop_that_never_began_is_never_due():
    assert due_feedback(Plan(loops=(FeedbackLoop(id="l", name="L"),)), TODAY) == ()
