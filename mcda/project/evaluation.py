"""The evaluation: what is measured, what was observed, what was learned, and what comes next.

All numbers are totals of a program or a place. Nothing here tells of one young person.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Final, Literal, Self

from pydantic import Field, model_validator

from mcda.project.errors import ProjectError
from mcda.project.evidence import Amount, Availability
from mcda.project.items import Item, Lists, drop, put
from mcda.project.plan import Interval
from mcda.project.text import Day, Flag, Frozen, Id, Line, Name, Number, Text, counted

SMALLEST_COUNT: Final = 10

Total = Annotated[int, Field(strict=True, ge=0, le=1_000_000_000)]
Share = Literal["public", "partners", "internal"]
IndicatorKind = Literal["process", "outcome", "safety", "equity"]
PhaseName = Literal["diagnose", "select", "implement", "evaluate"]


class Indicator(Item):
    """Something counted or measured again and again, to see how the program does.

    ``measure`` says what an observation holds: a *count*, a *share* (``count`` of ``of``, shown as
    a percentage), or a *number* such as days or dollars. ``better`` says which way is good;
    "neither" is for what may rise because people look better, such as cases found, and is never
    judged. ``people`` says that it counts people: counts from 1 up to ``smallest_count`` less one
    are then hidden, with all that would let them be worked out. ``adds_up`` says that nobody is
    counted in two periods, so that quarters add up to their year. ``groups`` are the parts a total
    falls into, no one in two of them. ``criterion`` and ``program`` name the score it bears on;
    ``share`` says who may see it.

    >>> Indicator(id="days", name="Days", measure="number", smallest_count=5)
    Traceback (most recent call last):
    ...
    pydantic_core._pydantic_core.ValidationError: 1 validation error for Indicator
    smallest_count
      Input should be greater than or equal to 10 [type=greater_than_equal]
        For further information visit https://errors.pydantic.dev/.../v/greater_than_equal
    """

    kind: IndicatorKind = "process"
    measure: Literal["count", "share", "number"] = "count"
    definition: Text = ""
    counted: Line = ""
    out_of: Line = ""
    unit: Line = ""
    better: Literal["higher", "lower", "neither"] = "higher"
    every: Interval = "quarter"
    source: Text = ""
    people: Flag = True
    smallest_count: Annotated[int, Field(strict=True, ge=SMALLEST_COUNT, le=10_000)] = (
        SMALLEST_COUNT
    )
    adds_up: Flag = True
    groups: tuple[Name, ...] = ()
    goal: Id | None = None
    factor: Id | None = None
    criterion: Id | None = None
    program: Id | None = None
    baseline: Number | None = None
    baseline_on: Day | None = None
    target: Number | None = None
    target_on: Day | None = None
    share: Share = "internal"

    @model_validator(mode="after")
    def _check(self) -> Self:
        if len(set(self.groups)) < len(self.groups):
            raise ValueError("two groups have the same name")
        if self.groups and self.measure == "number":
            raise ValueError("only a count or a share falls into groups")
        return self


class Part(Frozen):
    """What was counted in one group; None where it was not counted."""

    group: Name
    count: Total | None = None
    of: Total | None = None


class Observation(Frozen):
    """What was observed of an indicator in a period, from the first day to the last.

    A count or a share fills ``count`` (a share ``of`` too), a number fills ``value``, and ``of``
    then says how many people it is taken from.
    """

    indicator: Id
    starts_on: Day
    ends_on: Day
    value: Number | None = None
    count: Total | None = None
    of: Total | None = None
    parts: tuple[Part, ...] = ()
    note: Text = ""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.ends_on < self.starts_on:
            raise ValueError("the last day must not be before the first")
        pairs = ((self.count, self.of), *((p.count, p.of) for p in self.parts))
        if any(c is not None and of is not None and c > of for c, of in pairs):
            raise ValueError("a part cannot be larger than what it is a part of")
        for total, parts in (
            (self.count, [p.count for p in self.parts]),
            (self.of, [p.of for p in self.parts]),
        ):
            if total is not None and sum(p for p in parts if p is not None) > total:
                raise ValueError("the groups together are more than the total")
        return self

    @property
    def place(self) -> tuple[str, str, str]:
        """What it is an observation of: the indicator and the period's ends."""
        return self.indicator, self.starts_on.isoformat(), self.ends_on.isoformat()


class Study(Frozen):
    """The evaluation plan: with whom, how, and what a review board said."""

    partner: Line = ""
    partner_type: Literal["none", "academic", "federal", "other"] = "none"
    design: Text = ""
    questions: Text = ""
    review_board: Literal["not asked", "not needed", "submitted", "approved"] = "not asked"
    privacy_certificate: Literal["not asked", "not needed", "needed", "submitted", "approved"] = (
        "not asked"
    )
    starts_on: Day | None = None
    ends_on: Day | None = None


class Lesson(Item):
    """What was learned, told for others: ``share`` says which others."""

    happened: Text = ""
    learned: Text = ""
    phase: PhaseName = "evaluate"
    criterion: Id | None = None
    learned_on: Day | None = None
    share: Share = "internal"


class NextStep(Item):
    """What was decided on seeing the results, by a role (``by``), with the reasons (``note``)."""

    choice: Literal["continue", "adjust", "scale", "stop", "select again"]
    by: Line = ""
    decided_on: Day | None = None
    share: Share = "internal"


class TriggerAnswer(Frozen):
    """What was done about a review trigger: ``trigger`` is the trigger's key.

    ``run`` is the selection it opened, None where the answer is to leave things as they are.
    """

    trigger: Annotated[str, Field(max_length=300)]
    reason: Text
    by: Line = ""
    on: Day | None = None
    run: Id | None = None


class ScoreAnswer(Frozen):
    """What was done about a score proposed from observations, and why.

    ``proposed`` is what the observations proposed, ``was`` what stood there (None for nothing).
    """

    run: Id
    program: Id
    criterion: Id
    indicator: Id
    proposed: Amount
    was: Amount | None = None
    answer: Literal["accepted", "edited", "refused"]
    reason: Text
    on: Day | None = None

    @property
    def place(self) -> tuple[str, str, str]:
        """The cell it is about: run, program and criterion."""
        return self.run, self.program, self.criterion


class Evaluation(Lists):
    """What is measured, observed and learned.

    ``availability`` is what was last heard of the chosen program, as the run in which it was
    chosen is locked. ``open_to_all`` names the parts of the project, besides what carries a mark
    of its own, that an edition for other communities may show.

    >>> reach = Indicator(id="reach", name="Young people linked to an advocate")
    >>> kept = Evaluation().with_item(reach)
    >>> [i.smallest_count for i in kept.indicators]
    [10]
    """

    LISTS: ClassVar[Mapping[type[Item], tuple[str, str]]] = {
        Indicator: ("indicators", "indicator"),
        Lesson: ("lessons", "lesson"),
        NextStep: ("next_steps", "next step"),
    }

    study: Study = Study()
    availability: Availability = Availability()
    indicators: tuple[Indicator, ...] = ()
    observations: tuple[Observation, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    next_steps: tuple[NextStep, ...] = ()
    trigger_answers: tuple[TriggerAnswer, ...] = ()
    score_answers: tuple[ScoreAnswer, ...] = ()
    open_to_all: tuple[Literal["place", "problem", "decision", "ranking", "plan"], ...] = ()

    def with_item(self, item: Item) -> Self:
        """Add an item to the list of its kind, or replace the one with its id.

        Where an indicator's group has a new name in the place of the old one, its numbers go along.

        Raises ``ProjectError`` where a group goes that has numbers.
        """
        changed = super().with_item(item)
        old = next((i for i in self.indicators if i.id == item.id), None)
        if not isinstance(item, Indicator) or old is None or old.groups == item.groups:
            return changed
        names = _renamed(old.groups, item.groups)
        own = [o for o in self.observations if o.indicator == item.id]
        for group in old.groups:
            periods = sum(group in {part.group for part in o.parts} for o in own)
            if periods and group not in names:
                raise ProjectError(_still_counted(group, periods))
        kept = tuple(_with_groups(o, names) if o in own else o for o in self.observations)
        return changed.model_copy(update={"observations": kept})

    def observed(self, indicator_id: str) -> tuple[Observation, ...]:
        """Return an indicator's observations, the earliest first."""
        own = (o for o in self.observations if o.indicator == indicator_id)
        return tuple(sorted(own, key=lambda o: (o.ends_on, o.starts_on)))

    def with_observation(self, observation: Observation) -> Self:
        """Keep an observation, in place of the one of the same period.

        Raises ``UnknownItemError`` for an indicator that is not there, and ``ProjectError`` for a
        group the indicator does not have.
        """
        groups = self.item(Indicator, observation.indicator).groups
        named = [part.group for part in observation.parts]
        strange = [name for name in named if name not in groups]
        if strange:
            raise ProjectError(f"The indicator has no group “{strange[0]}”.")
        if len(set(named)) < len(named):
            raise ProjectError("A group is there twice.")
        kept = put(self.observations, observation, lambda o: o.place)
        return self.model_copy(update={"observations": kept})

    def without_observation(self, place: tuple[str, str, str]) -> Self:
        """Take an observation out; raises ``ProjectError`` where there is none."""
        rest = drop(self.observations, lambda o: o.place == place)
        if len(rest) == len(self.observations):
            raise ProjectError("Nothing was observed in this period.")
        return self.model_copy(update={"observations": rest})

    def with_study(self, study: Study) -> Self:
        """Replace the evaluation plan."""
        return self.model_copy(update={"study": study})

    def with_trigger_answer(self, answer: TriggerAnswer) -> Self:
        """Keep what was done about a trigger; raises ``ProjectError`` without a reason."""
        if not answer.reason.strip():
            raise ProjectError("Write why: a review is answered with a reason.")
        kept = put(self.trigger_answers, answer, lambda a: a.trigger)
        return self.model_copy(update={"trigger_answers": kept})

    def with_score_answer(self, answer: ScoreAnswer) -> Self:
        """Keep what was done about a proposed score; raises ``ProjectError`` without a reason."""
        if not answer.reason.strip():
            raise ProjectError("Write why the proposed score is accepted, changed or refused.")
        kept = put(self.score_answers, answer, lambda a: a.place)
        return self.model_copy(update={"score_answers": kept})

    def _forgetting(self, kind: type[Item], item_id: str) -> Self:
        if kind is not Indicator:
            return self
        rest = drop(self.observations, lambda o: o.indicator == item_id)
        return self.model_copy(update={"observations": rest})


def _renamed(old: tuple[str, ...], new: tuple[str, ...]) -> dict[str, str]:
    """Return the name that each group has now, where it is still there.

    >>> _renamed(("Boys", "Girls"), ("Girls", "Boys")), _renamed(("Boys",), ("Young men",))
    ({'Boys': 'Boys', 'Girls': 'Girls'}, {'Boys': 'Young men'})
    """
    names = {group: group for group in old if group in new}
    if len(old) == len(new):
        names |= {
            was: now for was, now in zip(old, new, strict=True) if was not in new and now not in old
        }
    return names


def _still_counted(group: str, periods: int) -> str:
    return (
        f"The group “{group}” has numbers in {counted(periods, 'period')}. To rename it, write "
        "the new name in its place and change nothing else; to take it out, clear its numbers "
        "first."
    )


def _with_groups(observation: Observation, names: Mapping[str, str]) -> Observation:
    """Return an observation whose parts have the new names of their groups."""
    parts = (p.model_copy(update={"group": names.get(p.group, p.group)}) for p in observation.parts)
    return observation.model_copy(update={"parts": tuple(parts)})
