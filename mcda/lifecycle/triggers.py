"""When to look at the decision again: found by rule, never left to memory.

A trigger opens a review; it changes nothing by itself. Its key names the facts it rests on, so that
an answer closes it for these facts, and newer facts open it anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from mcda.analysis.wording import number, span, with_unit
from mcda.lifecycle.indicators import (
    IndicatorState,
    Point,
    indicator_states,
    is_worse,
    shown_text,
)
from mcda.lifecycle.overview import plan_run
from mcda.project import (
    Criterion,
    Exact,
    Indicator,
    NumberScale,
    Project,
    Range,
    Run,
    Score,
    TriggerAnswer,
)
from mcda.project.text import day_text

TriggerKind = Literal[
    "off target twice", "safety worse", "outside the scored range", "red adaptation",
    "program withdrawn", "review date passed",
]  # fmt: skip

# A single recorded number stands for itself and this share of it to either side.
AROUND_ONE_NUMBER: Final = 0.1
_RUNNING = 2


@dataclass(frozen=True, slots=True)
class Trigger:
    """A reason to look at the decision again.

    ``sentence`` tells nothing hidden. ``about`` is the id of the indicator, adaptation or program
    it rests on, ``since`` the day it arose, where that is known, and ``answer`` what was done
    about it. ``rests_on_hidden`` says that it rests on a number too small to show: that it is
    there at all is then for the group only.
    """

    key: str
    kind: TriggerKind
    about: str
    sentence: str
    since: date | None
    rests_on_hidden: bool
    answer: TriggerAnswer | None

    @property
    def open(self) -> bool:
        """Whether nobody has answered it yet."""
        return self.answer is None


def review_triggers(project: Project, today: date) -> tuple[Trigger, ...]:
    """Return every trigger there is on a day, the open ones first.

    >>> review_triggers(Project.new("Which?"), date(2027, 1, 1))
    ()
    """
    answers = {a.trigger: a for a in project.evaluation.trigger_answers}
    run = plan_run(project)
    found = [
        *_of_indicators(project, run),
        *_of_the_plan(project),
        *_of_the_decision(project, run, today),
    ]
    triggers = [replace(t, answer=answers.get(t.key)) for t in found]
    return tuple(sorted(triggers, key=lambda trigger: not trigger.open))


def _trigger(
    kind: TriggerKind,
    about: str,
    facts: date | None,
    sentence: str,
    rests_on_hidden: bool = False,
) -> Trigger:
    key = f"{kind}:{about}:{facts or ''}"
    return Trigger(key, kind, about, sentence, facts, rests_on_hidden, None)


def _of_indicators(project: Project, run: Run) -> Iterator[Trigger]:
    for state in indicator_states(project):
        last = state.last
        if last is None:
            continue
        facts = state.indicator.id, last.observation.ends_on
        hidden = any(p.hidden for p in state.running[-_RUNNING:])
        if state.off_target_running >= _RUNNING:
            yield _trigger("off target twice", *facts, _off_target(state, last), hidden)
        worse = _worse_than(state)
        if worse:
            yield _trigger("safety worse", *facts, _worse(state, last, worse), hidden)
        outside = _outside(run, state, last)
        if outside:
            yield _trigger("outside the scored range", *facts, outside, last.hidden)


def _off_target(state: IndicatorState, last: Point) -> str:
    # Periods before the last two are counted only as far back as their numbers may be shown.
    judged = [point.shown_on_target for point in reversed(state.running)]
    count = next((n for n, met in enumerate(judged) if met is not False), len(judged))
    times = "twice" if count <= _RUNNING else f"{count} times"
    return (
        f"“{state.indicator.name}” was off target {times} running; "
        f"last, in {last.period}: {shown_text(state.indicator, last)}."
    )


def _worse_than(state: IndicatorState) -> str:
    """Say what a safety indicator got worse than; nothing where it did not."""
    last, indicator = state.last, state.indicator
    if indicator.kind != "safety" or last is None or last.value is None:
        return ""
    before = state.running[-2] if len(state.running) > 1 else None
    if before and before.value is not None and is_worse(indicator, last.value, before.value):
        return f"in {before.period}"
    if indicator.baseline is not None and is_worse(indicator, last.value, indicator.baseline):
        return "at the baseline"
    return ""


def _worse(state: IndicatorState, last: Point, than: str) -> str:
    name, shown = f"“{state.indicator.name}”", shown_text(state.indicator, last)
    return f"Safety: {name} was worse in {last.period} ({shown}) than {than}."


def _outside(run: Run, state: IndicatorState, last: Point) -> str:
    """Say that what was observed lies outside what was scored; nothing where it does not.

    Only a number in the unit of the criterion's own scale can be compared with its score.
    """
    if run.status != "decided" or run.record is None or last.value is None:
        return ""
    program = state.indicator.program or run.record.choice
    criterion = scored_in_same_unit(run, state.indicator)
    if criterion is None:
        return ""
    ends = scored_ends(run.score_index().get((program, criterion.id)))
    if ends is None or not _lies_outside(state.indicator, last, ends):
        return ""
    scored = with_unit(criterion, span(*(number(end) for end in ends)))
    return (
        f"“{criterion.name}” of “{run.program(program).name}” was scored as "
        f"{scored}; observed in {last.period}: {shown_text(state.indicator, last)}."
    )


def _lies_outside(indicator: Indicator, point: Point, ends: tuple[float, float]) -> bool:
    """Whether a number lies outside a range; of a hidden one, whether all it may be does.

    Otherwise the trigger itself would tell more of it than that it is small.
    """
    if not point.hidden:
        return point.value is not None and not ends[0] <= point.value <= ends[1]
    return indicator.measure == "count" and (indicator.smallest_count - 1 < ends[0] or ends[1] < 1)


def scored_in_same_unit(run: Run, indicator: Indicator) -> Criterion | None:
    """Return the criterion an indicator bears on, where it is measured in the same unit."""
    for criterion in run.active_criteria:
        if criterion.id != indicator.criterion or not isinstance(criterion.scale, NumberScale):
            continue
        unit = "%" if indicator.measure == "share" else indicator.unit
        if unit.strip().casefold() == criterion.scale.unit.strip().casefold():
            return criterion
    return None


def scored_ends(score: Score | None) -> tuple[float, float] | None:
    """Return between which numbers a score says a program to be, None where it says nothing.

    A single number stands for a tenth of itself to either side.

    >>> scored_ends(Score(program="p", criterion="c", amount=Exact(value=200.0)))
    (180.0, 220.0)
    """
    match score.amount if score else None:
        case Range(low=low, high=high):
            return low, high
        case Exact(value=value):
            around = AROUND_ONE_NUMBER * abs(value)
            return value - around, value + around
    return None


def _of_the_plan(project: Project) -> Iterator[Trigger]:
    for adaptation in project.plan.adaptations:
        if adaptation.light == "red":
            sentence = f"The adaptation “{adaptation.name}” touches the program's core (red)."
            yield _trigger("red adaptation", adaptation.id, adaptation.decided_on, sentence)


def _of_the_decision(project: Project, run: Run, today: date) -> Iterator[Trigger]:
    record = run.record
    if run.status != "decided" or record is None:
        return
    heard = project.evaluation.availability
    if heard.status == "not available":
        sentence = f"“{run.program(record.choice).name}” can no longer be had."
        yield _trigger("program withdrawn", record.choice, heard.checked_on, sentence)
    day = record.review_on
    if day and today > day:
        sentence = f"The decision was to be reviewed by {day_text(day)}; that day has passed."
        yield _trigger("review date passed", run.id, day, sentence)
