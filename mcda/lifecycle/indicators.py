"""How each indicator stands: what was observed, what was to be expected, and what may be shown.

What is *expected* at the end of a period lies on the straight line from the baseline to the target,
where both have a day; after the target's day it is the target. Without a baseline's day nothing is
expected before the target's day, and neither from a baseline too small to show, which could be
worked out of the line; a target without a day counts at once. An observed number is on
target where it is as good as what is expected, or better. An indicator for which neither way is
good is never judged: more cases found can mean that people look better.

Counts grow with the length of their period. Only counts of a period as long as the indicator says
(a tenth longer or shorter will do) are therefore held against the target and against each other.

A public copy of a project has no hidden numbers any more, only empty ones. There an empty number of
people counts as hidden, so that the copy, too, counts no periods as running over one it cannot see.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

from mcda.analysis.wording import number
from mcda.lifecycle.counts import small
from mcda.lifecycle.suppression import Shown, shown_observations
from mcda.project import Indicator, Observation, Project
from mcda.project.text import day_text

Standing = Literal["on target", "off target", "not judged", "nothing observed"]

HIDDEN = "hidden for privacy"
_DAYS = {"week": 7.0, "month": 30.4375, "quarter": 91.3125, "half year": 182.625, "year": 365.25}
_ABOUT = 0.1


@dataclass(frozen=True, slots=True)
class Point:
    """One observation: its true value, what may be shown of it, and how it is judged.

    ``value`` is in the indicator's unit (a share in percent), None where nothing was given.
    ``shown`` is the observation without what must stay hidden; ``shown_value`` is None where it is
    hidden or was not given. ``on_target`` is None where it is not judged. ``value`` and
    ``on_target`` are for the rules; what is printed comes from the others. ``copied`` says that
    hidden numbers are not in the observation any more.
    """

    observation: Observation
    value: float | None
    shown: Observation
    shown_value: float | None
    hidden: bool
    expected: float | None
    on_target: bool | None
    copied: bool = False

    @property
    def period(self) -> str:
        """The period in words."""
        return period_text(self.observation.starts_on, self.observation.ends_on)

    @property
    def shown_on_target(self) -> bool | None:
        """Whether it is on target, where that tells nothing of a hidden number."""
        return None if self.shown_value is None else self.on_target


@dataclass(frozen=True, slots=True)
class IndicatorState:
    """One indicator with its observations, the earliest first."""

    indicator: Indicator
    points: tuple[Point, ...]

    @property
    def running(self) -> tuple[Point, ...]:
        """The observations that can be compared with each other, none overlapping a later one."""
        kept: list[Point] = []
        for point in reversed(self.points):
            known = point.value is not None or point.hidden
            if not known or not of_usual_length(self.indicator, point.observation):
                continue
            if not kept or point.observation.ends_on < kept[-1].observation.starts_on:
                kept.append(point)
        return tuple(reversed(kept))

    @property
    def last(self) -> Point | None:
        """The last of the comparable observations."""
        return self.running[-1] if self.running else None

    @property
    def standing(self) -> Standing:
        """How it stands, as it may be shown."""
        if not self.points:
            return "nothing observed"
        if self.last is None or self.last.shown_on_target is None:
            return "not judged"
        return "on target" if self.last.shown_on_target else "off target"

    @property
    def off_target_running(self) -> int:
        """How many observations in a row are off target, counted from the last."""
        count = 0
        for point in reversed(self.running):
            if point.on_target is not False:
                break
            count += 1
        return count

    @property
    def sentence(self) -> str:
        """How it stands, in a sentence that tells nothing hidden."""
        name = f"“{self.indicator.name}”"
        point = self.last
        if point is None:
            return f"{name}: nothing comparable is observed yet."
        said = f"{name}, {point.period}: {shown_text(self.indicator, point)}"
        if point.hidden:
            return f"{said}."
        if self.indicator.better == "neither":
            return f"{said}. Neither more nor less is good by itself."
        if point.expected is None:
            return f"{said}. There is nothing to hold it against yet."
        expected = value_text(self.indicator, point.expected)
        verdict = "on target" if point.on_target else "off target"
        return f"{said}; expected by then: {expected}. It is {verdict}."


def indicator_states(project: Project) -> tuple[IndicatorState, ...]:
    """Return how each indicator of a project stands.

    >>> from mcda.project import Evaluation
    >>> linked = Indicator(id="linked", name="Linked within a week", measure="share",
    ...                    baseline=40.0, target=80.0)
    >>> spring = Observation(indicator="linked", starts_on=date(2027, 1, 1),
    ...                      ends_on=date(2027, 3, 31), count=36, of=60)
    >>> seen = Evaluation(indicators=(linked,), observations=(spring,))
    >>> state, = indicator_states(Project.new("Which?").with_evaluation(seen))
    >>> state.sentence
    '“Linked within a week”, January to March 2027: 60%; expected by then: 80%. It is off target.'
    """
    return tuple(_state(project, indicator) for indicator in project.evaluation.indicators)


def observed_value(indicator: Indicator, observation: Observation) -> float | None:
    """Return what was observed in the indicator's unit; a share in percent, None of nobody.

    >>> share = Indicator(id="s", name="S", measure="share")
    >>> day = date(2027, 1, 1)
    >>> observed_value(share, Observation(indicator="s", starts_on=day, ends_on=day, count=3, of=4))
    75.0
    """
    match indicator.measure:
        case "number":
            return observation.value
        case "count":
            return None if observation.count is None else float(observation.count)
        case "share":
            if observation.count is None or not observation.of:
                return None
            return 100.0 * observation.count / observation.of


def expected_value(indicator: Indicator, on: date) -> float | None:
    """Return what is expected on a day, None where nothing is.

    >>> path = Indicator(id="p", name="P", baseline=20.0, baseline_on=date(2027, 1, 1),
    ...                  target=60.0, target_on=date(2027, 12, 31))
    >>> expected_value(path, date(2027, 7, 2)), expected_value(path, date(2028, 5, 1))
    (40.0, 60.0)
    """
    if indicator.target is None or indicator.target_on is None or on >= indicator.target_on:
        return indicator.target
    start, baseline = indicator.baseline_on, shown_baseline(indicator)
    if baseline is None or start is None or start >= indicator.target_on:
        return None
    gone = max(0, (on - start).days) / (indicator.target_on - start).days
    return baseline + gone * (indicator.target - baseline)


def is_worse(indicator: Indicator, value: float, than: float) -> bool:
    """Whether one value is worse than another; never where neither way is good."""
    if indicator.better == "neither":
        return False
    return value < than if indicator.better == "higher" else value > than


def of_usual_length(indicator: Indicator, observation: Observation) -> bool:
    """Whether a period is as long as the indicator's usual one; only counts depend on it."""
    if indicator.measure != "count":
        return True
    usual = _DAYS[indicator.every]
    days = (observation.ends_on - observation.starts_on).days + 1
    return abs(days - usual) <= _ABOUT * usual


def shown_baseline(indicator: Indicator) -> float | None:
    """Return the baseline as it may be shown: a small count of people is hidden."""
    counts_people = indicator.people and indicator.measure == "count"
    if counts_people and small(indicator.baseline, indicator.smallest_count):
        return None
    return indicator.baseline


def value_text(indicator: Indicator, value: float | None) -> str:
    """Write a value with the indicator's unit.

    >>> value_text(Indicator(id="d", name="D", measure="number", unit="days"), 6.5)
    '6.5 days'
    """
    if value is None:
        return "not given"
    if indicator.measure == "share":
        return f"{number(round(value, 1))}%"
    return f"{number(value)} {indicator.unit}".strip()


def shown_text(indicator: Indicator, point: Point) -> str:
    """Write what was observed as it may be shown, with the indicator's unit."""
    return HIDDEN if point.hidden else value_text(indicator, point.shown_value)


def period_text(first: date, last: date) -> str:
    """Write a period: by its months where it is made of whole ones.

    >>> period_text(date(2027, 1, 1), date(2027, 3, 31))
    'January to March 2027'
    >>> period_text(date(2026, 12, 1), date(2027, 1, 31)), period_text(*[date(2027, 5, 3)] * 2)
    ('December 2026 to January 2027', 'May 3, 2027')
    """
    whole = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    if not whole:
        return day_text(first) if first == last else f"{day_text(first)} to {day_text(last)}"
    if first.year != last.year:
        return f"{first:%B %Y} to {last:%B %Y}"
    if first.month == last.month:
        return f"{first:%B %Y}"
    return (
        f"{first.year}" if (first.month, last.month) == (1, 12) else f"{first:%B} to {last:%B %Y}"
    )


def _state(project: Project, indicator: Indicator) -> IndicatorState:
    evaluation, copied = project.evaluation, project.edition == "public"
    entered = [o for o in evaluation.observations if o.indicator == indicator.id]
    shown = {s.observation.place: s for s in shown_observations(indicator, entered)}
    points = []
    for observation in evaluation.observed(indicator.id):
        safe = shown[observation.place]
        points.append(_point(indicator, observation, safe, copied=copied))
    return IndicatorState(indicator, tuple(points))


def _point(indicator: Indicator, observation: Observation, safe: Shown, *, copied: bool) -> Point:
    value = observed_value(indicator, observation)
    expected = None
    if of_usual_length(indicator, observation):
        expected = expected_value(indicator, observation.ends_on)
    on_target = None
    if value is not None and expected is not None and indicator.better != "neither":
        on_target = not is_worse(indicator, value, expected)
    shown_value = observed_value(indicator, safe.observation)
    lost = copied and indicator.people and not _is_given(indicator, observation)
    return Point(
        observation=observation,
        value=value,
        shown=safe.observation,
        shown_value=shown_value,
        hidden=lost or (value is not None and shown_value is None),
        expected=expected,
        on_target=on_target,
        copied=copied and indicator.people,
    )


def _is_given(indicator: Indicator, observation: Observation) -> bool:
    """Whether an observation holds what its indicator measures, if only of nobody."""
    if indicator.measure == "number":
        return observation.value is not None
    of = indicator.measure == "count" or observation.of is not None
    return of and observation.count is not None
