"""The evaluation in the project: edits, what is refused, and what the checks find."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from mcda.project import (
    Evaluation,
    Exact,
    Indicator,
    Lesson,
    Observation,
    Part,
    Project,
    ProjectError,
    ScoreAnswer,
    TriggerAnswer,
    UnknownItemError,
    check,
    read_project,
    to_json,
)

SPRING = {"starts_on": date(2027, 1, 1), "ends_on": date(2027, 3, 31)}
SUMMER = {"starts_on": date(2027, 4, 1), "ends_on": date(2027, 6, 30)}


def reach(**changes):
    return Indicator(id="reach", name="Reach", **{"goal": None, "target": 40.0, **changes})


def seen(period=SPRING, **changes):
    return Observation(indicator="reach", **{**period, "count": 31, **changes})


def holding(*observations, indicator=None, **changes):
    evaluation = Evaluation(
        indicators=(indicator or reach(),), observations=observations, **changes
    )
    return Project.new("Which?").with_evaluation(evaluation)


def codes(project):
    return [f.code for f in check(project) if f.place.startswith("Evaluation")]


def test_an_observation_takes_the_place_of_the_one_of_its_period():
    kept = Evaluation(indicators=(reach(),)).with_observation(seen(SUMMER))
    kept = kept.with_observation(seen()).with_observation(seen(SUMMER, count=35))
    assert [o.count for o in kept.observed("reach")] == [31, 35]
    assert kept.observations[0].count == 35


BOYS_AND_GIRLS = (Part(group="Boys", count=12), Part(group="Girls", count=19))


def regrouped(*groups):
    """What is kept of the groups of one period after the indicator's groups were changed."""
    before = reach(groups=("Boys", "Girls", "Others"))
    kept = holding(seen(parts=BOYS_AND_GIRLS), indicator=before).evaluation
    kept = kept.with_item(reach(groups=groups))
    return [(part.group, part.count) for part in kept.observations[0].parts]


def test_a_group_with_a_new_name_in_its_place_keeps_its_numbers():
    assert regrouped("Young men", "Girls", "Others") == [("Young men", 12), ("Girls", 19)]
    assert regrouped("Others", "Girls", "Boys") == [("Boys", 12), ("Girls", 19)]
    assert regrouped("Boys", "Girls") == [("Boys", 12), ("Girls", 19)]


@pytest.mark.parametrize("groups", [("Girls", "Others"), ("Girls", "Others", "Young men"), ()])
def test_a_group_with_numbers_is_not_taken_out(groups):
    with pytest.raises(ProjectError, match="The group “Boys” has numbers in 1 period"):
        regrouped(*groups)


def test_an_observation_of_nothing_known_is_refused():
    with pytest.raises(UnknownItemError, match="reach"):
        Evaluation().with_observation(seen())


@pytest.mark.parametrize(
    ("parts", "words"),
    [((Part(group="Boys"),), "no group “Boys”"),
     ((Part(group="Girls"), Part(group="Girls")), "twice")],
)  # fmt: skip
def test_an_observation_has_the_groups_of_its_indicator(parts, words):
    kept = Evaluation(indicators=(reach(groups=("Girls",)),))
    with pytest.raises(ProjectError, match=words):
        kept.with_observation(seen(parts=parts))


def test_an_observation_is_taken_out_by_its_period():
    kept = Evaluation(indicators=(reach(),)).with_observation(seen())
    assert kept.without_observation(seen().place).observations == ()
    with pytest.raises(ProjectError, match="Nothing was observed"):
        kept.without_observation(seen(SUMMER).place)


def test_an_indicator_goes_with_its_observations():
    kept = Evaluation(indicators=(reach(),)).with_observation(seen())
    assert kept.without_item(Indicator, "reach") == Evaluation()


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"ends_on": date(2026, 12, 31)}, "last day"),
     ({"of": 30}, "larger than"),
     ({"parts": (Part(group="Girls", count=5, of=4),)}, "larger than"),
     ({"parts": (Part(group="Girls", count=20), Part(group="Boys", count=12))}, "more than the"),
     ({"count": -1}, "greater than or equal to 0")],
)  # fmt: skip
def test_an_observation_that_cannot_be_is_refused(fields, words):
    with pytest.raises(ValidationError, match=words):
        seen(**fields)


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"groups": ("Girls", "Girls")}, "same name"),
     ({"groups": ("Girls",), "measure": "number"}, "falls into groups"),
     ({"smallest_count": 9}, "greater than or equal to 10")],
)  # fmt: skip
def test_an_indicator_that_cannot_be_is_refused(fields, words):
    with pytest.raises(ValidationError, match=words):
        reach(**fields)


@pytest.mark.parametrize("reason", ["", "  "])
def test_an_answer_needs_a_reason(reason):
    with pytest.raises(ProjectError, match="Write why"):
        Evaluation().with_trigger_answer(TriggerAnswer(trigger="a", reason=reason))
    answer = ScoreAnswer(
        run="run-1", program="p", criterion="c", indicator="reach",
        proposed=Exact(value=1.0), answer="refused", reason=reason,
    )  # fmt: skip
    with pytest.raises(ProjectError, match="Write why"):
        Evaluation().with_score_answer(answer)


def test_the_same_trigger_has_one_answer():
    kept = Evaluation().with_trigger_answer(TriggerAnswer(trigger="a", reason="Wait."))
    kept = kept.with_trigger_answer(TriggerAnswer(trigger="a", reason="Select again."))
    assert [a.reason for a in kept.trigger_answers] == ["Select again."]


def test_a_project_with_an_evaluation_reads_back_the_same():
    project = holding(seen(parts=(Part(group="Girls", count=20),)), indicator=reach(
        groups=("Girls",)))  # fmt: skip
    assert read_project(to_json(project).encode()) == project


def test_an_older_project_has_none_and_hashes_as_before():
    project = Project.new("Which?")
    assert project.evaluation == Evaluation()
    assert "evaluation" not in project.model_dump(exclude_defaults=True)


# --- checks


@pytest.mark.parametrize("kind", ["goal", "factor", "criterion", "program"])
def test_a_link_to_nothing_is_an_error(kind):
    assert "unknown-reference" in codes(holding(indicator=reach(**{kind: "gone"})))


def test_a_lesson_on_no_criterion_is_an_error():
    lesson = Lesson(id="a", name="Ask early", criterion="gone")
    assert "unknown-reference" in codes(holding(lessons=(lesson,)))


@pytest.mark.parametrize(
    ("indicator", "observation", "code"),
    [(reach(), seen(parts=(Part(group="Boys"),)), "observation-group"),
     (reach(measure="share"), seen(), "observation-of"),
     (reach(measure="number"), seen(count=None, value=4.0), "observation-of"),
     (reach(measure="number", people=False), seen(), "observation-measure")],
)  # fmt: skip
def test_an_observation_that_does_not_fit_is_found(indicator, observation, code):
    assert code in codes(holding(observation, indicator=indicator))


def test_an_observation_of_no_indicator_and_one_there_twice_are_errors():
    stray = Observation(indicator="gone", count=31, **SPRING)
    assert "unknown-reference" in codes(holding(stray))
    assert "observation-twice" in codes(holding(seen(), seen(count=33)))


def test_a_year_below_one_of_its_quarters_is_found():
    year = {"starts_on": date(2027, 1, 1), "ends_on": date(2027, 12, 31)}
    assert "period-sum" in codes(holding(seen(), seen(year, count=30)))
    assert "period-sum" not in codes(holding(seen(), seen(year, count=31)))


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"target": None}, "no-target"),
     ({"baseline_on": date(2027, 1, 1), "target_on": date(2027, 1, 1)}, "impossible-date"),
     ({}, "indicator-link"),
     ({"definition": "Seen: a 14-year-old girl."}, "personal-data")],
)  # fmt: skip
def test_an_indicator_that_cannot_be_judged_is_found(fields, code):
    assert code in codes(holding(indicator=reach(**fields)))


def test_nothing_is_said_of_an_indicator_that_is_whole():
    project = holding(seen(), indicator=reach(better="neither", target=None, factor=None))
    assert codes(project) == ["indicator-link"]


@pytest.mark.parametrize(
    ("adds_up", "count", "found"), [(True, 61, 1), (True, 62, 0), (False, 61, 0)]
)
def test_quarters_that_are_more_than_their_year_are_found(adds_up, count, found):
    year = {"starts_on": date(2027, 1, 1), "ends_on": date(2027, 12, 31)}
    half = {"starts_on": date(2027, 1, 1), "ends_on": date(2027, 6, 30)}
    entered = seen(), seen(SUMMER), seen(half, count=40), seen(year, count=count)
    project = holding(*entered, indicator=reach(adds_up=adds_up))
    places = [f.message for f in check(project) if f.code == "period-sum"]
    assert sum("January 1, 2027 to December 31, 2027 together" in text for text in places) == found
