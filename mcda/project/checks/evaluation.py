"""Rules on the evaluation: links hold, observations fit their indicator, a target can be judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from mcda.project.checks.listed_items import duplicate_ids, personal_data, unknown_reference
from mcda.project.document import Project
from mcda.project.evaluation import Indicator, Observation
from mcda.project.findings import Finding
from mcda.project.personal import texts_of
from mcda.project.text import day_text, listed

PLACE = "Evaluation"


def _references(project: Project) -> Iterator[Finding]:
    evaluation = project.evaluation
    yield from duplicate_ids(evaluation, PLACE)
    criteria = {c.id for run in project.runs for c in run.evidence.criteria}
    programs = {p.id for run in project.runs for p in run.evidence.programs}
    goals = {g.id for g in project.diagnosis.goals}
    factors = {f.id for f in project.diagnosis.factors}
    for indicator in evaluation.indicators:
        for kind, item, known in (
            ("goal", indicator.goal, goals),
            ("factor", indicator.factor, factors),
            ("criterion", indicator.criterion, criteria),
            ("program", indicator.program, programs),
        ):
            if item is not None and item not in known:
                yield unknown_reference(_at(indicator.name), kind, item)
    for lesson in evaluation.lessons:
        if lesson.criterion is not None and lesson.criterion not in criteria:
            yield unknown_reference(_at(lesson.name), "criterion", lesson.criterion)


def _observations(project: Project) -> Iterator[Finding]:
    known = {i.id: i for i in project.evaluation.indicators}
    places = [o.place for o in project.evaluation.observations]
    for observation in project.evaluation.observations:
        indicator = known.get(observation.indicator)
        if indicator is None:
            yield unknown_reference(PLACE, "indicator", observation.indicator)
            continue
        place = _at(f"{indicator.name}, {_period(observation)}")
        if places.count(observation.place) > 1:
            message = "The same period is there twice."
            yield Finding("error", "observation-twice", place, message, "Take one out.")
        strange = [p.group for p in observation.parts if p.group not in indicator.groups]
        if strange:
            names = listed(f"“{name}”" for name in strange)
            message = f"These are no groups of the indicator: {names}."
            mend = "Add the group to the indicator, or take it out here."
            yield Finding("error", "observation-group", place, message, mend)
        yield from _measured(indicator, observation, place)


def _measured(indicator: Indicator, observation: Observation, place: str) -> Iterator[Finding]:
    """Yield where an observation does not hold what its indicator measures."""
    if indicator.measure == "share" and observation.count is not None and observation.of is None:
        message = "A share needs two numbers: how many, and of how many."
        yield Finding("warning", "observation-of", place, message, "Enter of how many.")
    of_people = indicator.measure == "number" and indicator.people
    if of_people and observation.value is not None and observation.of is None:
        message = "Nobody has said how many people this number is taken from, so it is hidden."
        mend = "Enter of how many, or say that the indicator is not about people."
        yield Finding("warning", "observation-of", place, message, mend)
    if indicator.measure == "number" and observation.count is not None:
        message = "It holds a count, and the indicator measures a number."
        mend = "Enter it as the number, or change the indicator."
        yield Finding("warning", "observation-measure", place, message, mend)


def _sums(project: Project) -> Iterator[Finding]:
    """Yield where a longer period holds less than a shorter one within it, or than several."""
    for indicator in project.evaluation.indicators:
        seen = project.evaluation.observed(indicator.id)
        place = _at(indicator.name)
        for outer in seen:
            inner = [o for o in seen if o is not outer and _within(o, outer)]
            larger = [o for o in inner if _counts_more(o, outer)]
            for each in larger:
                message = (
                    f"{_period(each)} counts more than the longer period {_period(outer)} around "
                    "it."
                )
                yield Finding("warning", "period-sum", place, message, "Correct one of the two.")
            together = indicator.adds_up and outer.count is not None and not larger
            if together and _most(inner) > (outer.count or 0):
                message = f"The periods within {_period(outer)} together count more than it does."
                mend = "Correct one of them, or say that periods do not add up."
                yield Finding("warning", "period-sum", place, message, mend)


def _within(inner: Observation, outer: Observation) -> bool:
    return outer.starts_on <= inner.starts_on and inner.ends_on <= outer.ends_on


def _most(seen: Sequence[Observation]) -> int:
    """Return the most that periods which do not overlap count together."""
    best: list[tuple[date, int]] = []  # the last day, and the most until then
    for each in sorted(seen, key=lambda o: o.ends_on):
        before = max((most for day, most in best if day < each.starts_on), default=0)
        best.append((each.ends_on, before + (each.count or 0)))
    return max((most for _, most in best), default=0)


def _counts_more(one: Observation, other: Observation) -> bool:
    return one.count is not None and other.count is not None and one.count > other.count


def _targets(project: Project) -> Iterator[Finding]:
    for indicator in project.evaluation.indicators:
        place = _at(indicator.name)
        if indicator.target is None and indicator.better != "neither":
            message = "It has no target, so nobody can say whether it is met."
            yield Finding("hint", "no-target", place, message, "Set a target.")
        days = indicator.baseline_on, indicator.target_on
        if days[0] is not None and days[1] is not None and days[0] >= days[1]:
            message = "The target's day is not after the baseline's."
            yield Finding("warning", "impossible-date", place, message, "Correct one of the dates.")
        if indicator.goal is None and indicator.factor is None:
            message = "It is linked to no goal and no factor."
            mend = "Say what it is there to show."
            yield Finding("hint", "indicator-link", place, message, mend)


def _personal(project: Project) -> Iterator[Finding]:
    return personal_data(texts_of(project.evaluation, PLACE))


def _period(observation: Observation) -> str:
    return f"{day_text(observation.starts_on)} to {day_text(observation.ends_on)}"


def _at(name: str) -> str:
    return f"{PLACE}, {name}"


RULES = (_references, _observations, _sums, _targets, _personal)
