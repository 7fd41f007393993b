"""The evaluation at a glance, the next period, and indicators to start from."""

from __future__ import annotations

from datetime import date

import pytest

from mcda.lifecycle.evaluating import evaluation_headline, next_period, standings
from mcda.lifecycle.indicator_templates import indicator_templates, with_template
from mcda.lifecycle.indicators import indicator_states
from mcda.project import Evaluation, Indicator, Observation, Project, UnknownItemError
from mcda.project.checks import around_findings

FIRST = {"starts_on": date(2027, 1, 1), "ends_on": date(2027, 3, 31)}


def states(*indicators: Indicator, seen: tuple[Observation, ...] = ()):
    evaluation = Evaluation(indicators=indicators, observations=seen)
    return indicator_states(Project.new("Which?").with_evaluation(evaluation))


def test_the_headline_counts_how_indicators_stand():
    indicators = (
        Indicator(id="a", name="A", target=40.0),
        Indicator(id="b", name="B", target=60.0),
        Indicator(id="c", name="C", better="neither"),
        Indicator(id="d", name="D"),
    )
    seen = tuple(Observation(indicator=i, count=50, **FIRST) for i in "abc")
    found = states(*indicators, seen=seen)
    assert evaluation_headline(found) == (
        "Of 4 indicators: 1 on target, 1 off target, 1 not judged and 1 without an observation."
    )
    assert sum(standings(found).values()) == 4


def test_the_headline_of_nothing_says_how_to_begin():
    assert evaluation_headline(()) == "Nothing is measured yet. Begin with one indicator."


def test_a_hidden_number_is_counted_as_not_judged():
    few = Indicator(id="a", name="A", target=40.0)
    seen = (Observation(indicator="a", count=7, **FIRST),)
    assert evaluation_headline(states(few, seen=seen)) == "Of 1 indicator: 1 not judged."


@pytest.mark.parametrize(
    ("every", "last", "expected"),
    [
        ("week", date(2027, 1, 31), (date(2027, 2, 1), date(2027, 2, 7))),
        ("month", date(2028, 1, 31), (date(2028, 2, 1), date(2028, 2, 29))),
        ("quarter", date(2027, 9, 30), (date(2027, 10, 1), date(2027, 12, 31))),
        ("half year", date(2027, 6, 30), (date(2027, 7, 1), date(2027, 12, 31))),
        ("year", date(2028, 2, 28), (date(2028, 2, 29), date(2029, 2, 28))),
        ("month", date(2027, 1, 30), (date(2027, 1, 31), date(2027, 2, 28))),
        ("year", date.max, None),
    ],
)
def test_the_next_period_follows_the_last(every, last, expected):
    indicator = Indicator(id="a", name="A", every=every)
    seen = Observation(indicator="a", starts_on=date(2020, 1, 1), ends_on=last)
    assert next_period(indicator, [seen]) == expected


def test_before_the_first_observation_there_is_no_next_period():
    assert next_period(Indicator(id="a", name="A"), []) is None


def test_every_ready_made_indicator_stands_by_itself():
    evaluation = Evaluation()
    for template in indicator_templates().indicators:
        evaluation = with_template(evaluation, template.id)
    kept = evaluation.indicators
    assert len({i.id for i in kept}) == len(kept)
    assert {i.kind for i in kept} == {"process", "outcome", "safety", "equity"}
    assert all(i.definition for i in kept)
    assert all(i.counted and i.out_of for i in kept if i.measure == "share")
    assert all(i.share == "internal" and i.smallest_count == 10 for i in kept)
    found = around_findings(Project.new("Which?").with_evaluation(evaluation))
    assert {f.code for f in found} <= {"no-target", "indicator-link"}


def test_what_can_rise_because_people_look_better_is_not_judged():
    chosen = {t.id: t for t in indicator_templates().indicators}
    assert chosen["clear_concern"].better == "neither"


def test_the_same_one_twice_gets_an_id_of_its_own():
    twice = with_template(with_template(Evaluation(), "served"), "served")
    assert [i.id for i in twice.indicators] == ["served", "served-2"]


def test_one_that_is_not_there_is_refused():
    with pytest.raises(UnknownItemError, match="Did you mean 'served'"):
        with_template(Evaluation(), "serve")
