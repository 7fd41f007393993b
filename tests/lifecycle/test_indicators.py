"""How indicators stand: expected values in closed form, and what is never shown or judged."""

from __future__ import annotations

from datetime import date

import pytest

from mcda.lifecycle.indicators import (
    HIDDEN,
    expected_value,
    indicator_states,
    of_usual_length,
    period_text,
    shown_baseline,
    shown_text,
    value_text,
)
from mcda.lifecycle.sharing import public_evaluation
from mcda.lifecycle.triggers import review_triggers
from mcda.project import Evaluation, Indicator, Observation, Project

QUARTERS = [
    (date(2027, 1, 1), date(2027, 3, 31)),
    (date(2027, 4, 1), date(2027, 6, 30)),
    (date(2027, 7, 1), date(2027, 9, 30)),
]


def share(**changes):
    fields = {"measure": "share", "baseline": 20.0, "target": 60.0, **changes}
    return Indicator(id="i", name="Linked", **fields)


def observed(indicator, *pairs, periods=QUARTERS):
    seen = tuple(
        Observation(indicator="i", starts_on=first, ends_on=last, count=count, of=of)
        for (first, last), (count, of) in zip(periods, pairs, strict=False)
    )
    evaluation = Evaluation(indicators=(indicator,), observations=seen)
    return Project.new("Which?").with_evaluation(evaluation)


def state(indicator, *pairs, periods=QUARTERS):
    return indicator_states(observed(indicator, *pairs, periods=periods))[0]


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2026, 1, 1), 20.0), (date(2027, 1, 1), 20.0), (date(2027, 7, 2), 40.0),
     (date(2027, 12, 31), 60.0), (date(2029, 1, 1), 60.0)],
)  # fmt: skip
def test_what_is_expected_lies_on_the_line_from_baseline_to_target(day, expected):
    # 2027-07-02 is 182 of the 364 days from January 1 to December 31.
    path = share(baseline_on=date(2027, 1, 1), target_on=date(2027, 12, 31))
    assert expected_value(path, day) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("fields", "day", "expected"),
    [({}, date(2027, 1, 1), 60.0),
     ({"target": None}, date(2027, 1, 1), None),
     ({"target_on": date(2027, 6, 30)}, date(2027, 6, 29), None),
     ({"target_on": date(2027, 6, 30)}, date(2027, 6, 30), 60.0),
     ({"target_on": date(2027, 6, 30), "baseline_on": date(2027, 6, 30)}, date(2027, 6, 29), None)],
)  # fmt: skip
def test_without_a_whole_line_only_the_target_counts(fields, day, expected):
    assert expected_value(share(**fields), day) == expected


def test_a_small_baseline_cannot_be_worked_out_of_what_is_expected():
    days = {"baseline_on": date(2027, 1, 1), "target_on": date(2027, 12, 31)}
    path = Indicator(id="i", name="I", baseline=9.0, target=60.0, **days)
    assert expected_value(path, date(2027, 7, 2)) is None
    assert expected_value(path, date(2027, 12, 31)) == 60.0


@pytest.mark.parametrize(
    ("better", "count", "on_target"),
    [("higher", 60, True), ("higher", 59, False), ("lower", 60, True), ("lower", 61, False),
     ("neither", 59, None)],
)  # fmt: skip
def test_on_target_is_as_good_or_better(better, count, on_target):
    assert state(share(better=better), (count, 100)).points[0].on_target is on_target


def test_a_rise_in_cases_found_is_never_judged():
    found = state(share(better="neither"), (30, 100), (80, 100))
    assert found.standing == "not judged"
    assert found.sentence.endswith("Neither more nor less is good by itself.")


def test_a_hidden_number_is_in_no_sentence_and_no_standing():
    found = state(share(), (3, 100))
    point = found.points[0]
    assert (point.value, point.shown_value, point.hidden) == (3.0, None, True)
    assert point.on_target is False
    assert found.standing == "not judged"
    assert found.sentence == "“Linked”, January to March 2027: hidden for privacy."


def test_nobody_of_nobody_is_no_number():
    found = state(share(), (0, 0))
    assert found.last is None
    assert found.sentence == "“Linked”: nothing comparable is observed yet."


def test_off_target_running_is_counted_from_the_last():
    assert state(share(), (50, 100), (50, 100), (50, 100)).off_target_running == 3
    assert state(share(), (50, 100), (60, 100), (50, 100)).off_target_running == 1
    assert state(share(), (50, 100), (50, 100), (60, 100)).off_target_running == 0


def test_a_year_to_date_is_not_held_against_its_own_quarter():
    year = (date(2027, 1, 1), date(2027, 6, 30))
    found = state(share(), (50, 100), (70, 200), periods=[QUARTERS[0], year])
    assert [p.observation.ends_on for p in found.running] == [date(2027, 6, 30)]


@pytest.mark.parametrize(
    ("last", "usual"),
    [(date(2027, 3, 24), True), (date(2027, 3, 22), False), (date(2027, 4, 10), True),
     (date(2027, 4, 11), False)],
)  # fmt: skip
def test_a_count_is_compared_only_over_its_usual_length(last, usual):
    # A quarter is 91.3125 days; a tenth to either side allows 83 to 100 days.
    count = Indicator(id="i", name="I", every="quarter")
    seen = Observation(indicator="i", starts_on=date(2027, 1, 1), ends_on=last, count=20)
    assert of_usual_length(count, seen) is usual
    assert of_usual_length(share(), seen)


@pytest.mark.parametrize(
    ("fields", "shown"),
    [({"baseline": 9.0}, None), ({"baseline": 10.0}, 10.0), ({"baseline": 0.0}, 0.0),
     ({"baseline": 9.0, "people": False}, 9.0), ({"baseline": 9.0, "measure": "share"}, 9.0)],
)  # fmt: skip
def test_a_small_baseline_is_hidden(fields, shown):
    assert shown_baseline(Indicator(id="i", name="I", **fields)) == shown


@pytest.mark.parametrize(
    ("fields", "value", "text"),
    [({"measure": "share"}, 66.6667, "66.7%"), ({"unit": "people"}, 1200.0, "1,200 people"),
     ({}, None, "not given")],
)  # fmt: skip
def test_values_carry_their_unit(fields, value, text):
    assert value_text(Indicator(id="i", name="I", **fields), value) == text


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [(date(2027, 1, 1), date(2027, 12, 31), "2027"),
     (date(2027, 2, 1), date(2027, 2, 28), "February 2027"),
     (date(2027, 2, 1), date(2027, 2, 27), "February 1, 2027 to February 27, 2027")],
)  # fmt: skip
def test_periods_are_named_by_whole_months(first, last, text):
    assert period_text(first, last) == text


# --- a public copy


def test_in_a_public_copy_an_empty_number_of_people_is_a_hidden_one():
    quarters = [*QUARTERS, (date(2027, 10, 1), date(2027, 12, 31))]
    own = observed(share(share="public"), (50, 100), (4, 100), (50, 100), (50, 100),
                   periods=quarters)  # fmt: skip
    copy = own.with_evaluation(public_evaluation(own.evaluation))
    copy = copy.model_copy(update={"edition": "public"})
    (mine,), (theirs,) = indicator_states(own), indicator_states(copy)
    told = [[shown_text(s.indicator, p) for p in s.points] for s in (mine, theirs)]
    assert told[0] == told[1] == ["50%", HIDDEN, "50%", "50%"]
    said = [[t.sentence for t in review_triggers(p, date(2028, 1, 1))] for p in (own, copy)]
    assert said[0] == said[1]
    assert "was off target twice running" in said[1][0]


def test_in_a_public_copy_a_share_of_nobody_is_not_hidden():
    copy = observed(share(), (0, 0)).model_copy(update={"edition": "public"})
    assert not indicator_states(copy)[0].points[0].hidden


def test_what_is_empty_is_not_hidden_where_nothing_was_taken_out():
    (point,) = state(share(), (None, 100)).points
    assert (point.hidden, shown_text(share(), point)) == (False, "not given")


def test_the_last_day_there_is_can_be_written():
    assert period_text(date(9999, 12, 1), date.max) == "December 9999"
