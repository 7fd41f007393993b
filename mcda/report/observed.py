"""What an edition shows of the observations: the standing of indicators, and reasons to review.

Both rest on the whole project, in which a hidden number is known to be one, and are told in the
words of the edition. A number too small to show never leaves here in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from mcda.lifecycle.indicators import IndicatorState, indicator_states, shown_baseline
from mcda.lifecycle.overview import plan_run
from mcda.lifecycle.triggers import Trigger, review_triggers
from mcda.project import Indicator, Observation, Program, Project, Run
from mcda.project.items import Item

_STRANGE = "a group that is not listed"


def holds_small_counts(project: Project) -> bool:
    """Whether a project's own data hold a number that is too small to show.

    >>> from mcda.project.templates import example
    >>> [holds_small_counts(example(name)) for name in ("elm_county", "elm_county_two_years_on")]
    [False, True]
    """
    states = indicator_states(project)
    return any(
        state.indicator.baseline != shown_baseline(state.indicator)
        or any(point.observation != point.shown for point in state.points)
        for state in states
    )


def shown_states(project: Project, shown: Project) -> tuple[IndicatorState, ...]:
    """Return how the indicators of an edition stand; ``shown`` is the project as it carries it.

    >>> from mcda.project.templates import example
    >>> shown_states(example(), example())
    ()
    """
    if shown is project:
        return indicator_states(project)
    states = indicator_states(project)
    kept = [state for state in states if state.indicator.share == "public"]
    return tuple(map(_renamed, kept, shown.evaluation.indicators))


def _renamed(state: IndicatorState, indicator: Indicator) -> IndicatorState:
    """Tell a state in the words of an edition, its indicator's and its groups', without notes."""
    groups = dict(zip(state.indicator.groups, indicator.groups, strict=True))
    # A group that the indicator does not have is an error of the project, which tells nothing here.

    def told(observation: Observation) -> Observation:
        parts = (
            p.model_copy(update={"group": groups.get(p.group, _STRANGE)}) for p in observation.parts
        )
        return observation.model_copy(update={"parts": tuple(parts), "note": ""})

    points = (
        replace(p, observation=told(p.observation), shown=told(p.shown)) for p in state.points
    )
    return IndicatorState(indicator, tuple(points))


def shown_triggers(project: Project, shown: Project, today: date) -> tuple[Trigger, ...]:
    """Return the reasons to review that an edition tells of; ``shown`` is what it carries.

    The full edition tells of all. Another one tells of those that rest on nothing hidden and on
    nothing it leaves out: they are found in what it carries, and are kept where they are found in
    the whole project, too.
    """
    found = review_triggers(shown, today)
    if shown is project:
        return found
    names = _names_in(project, shown)
    sure = {
        (t.kind, names.get(t.about, t.about), t.since)
        for t in review_triggers(project, today)
        if not t.rests_on_hidden
    }
    return tuple(t for t in found if (t.kind, t.about, t.since) in sure)


def _names_in(project: Project, shown: Project) -> dict[str, str]:
    """Return what an edition calls what a trigger may be about, by its id in the project."""
    public = [i for i in project.evaluation.indicators if i.share == "public"]
    return {
        **_ids(public, shown.evaluation.indicators),
        **_ids(project.plan.adaptations, shown.plan.adaptations),
        **_ids(project.runs, shown.runs),
        **_ids(plan_run(project).evidence.programs, plan_run(shown).evidence.programs),
    }


def _ids(
    before: Sequence[Item | Run | Program], after: Sequence[Item | Run | Program]
) -> dict[str, str]:
    return {a.id: b.id for a, b in zip(before, after, strict=False)}
