"""The plan: who does what by when, what may not change, who is listened to, and what it costs.

People are named by role. Nothing here tells of one young person.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field

from mcda.project.diagnosis import Rank
from mcda.project.items import Item, Lists, drop
from mcda.project.text import Day, Flag, Id, Line, Number, Text

Stage = Literal["explore", "install", "first service", "full"]
Progress = Literal["not started", "under way", "done", "dropped"]
Interval = Literal["week", "month", "quarter", "half year", "year"]
Count = Annotated[int, Field(strict=True, ge=0, le=1_000_000)]


class Stakeholder(Item):
    """An organization that takes part: ``role`` says what it does, in what form it agreed."""

    sector: Line = ""
    role: Line = ""
    agreement: Literal["none", "planned", "draft", "signed"] = "none"
    signed_on: Day | None = None
    ends_on: Day | None = None


class Milestone(Item):
    """Something to be reached at a stage; ``after`` names the milestones it waits for."""

    stage: Stage = "explore"
    owner: Line = ""
    starts_on: Day | None = None
    due_on: Day | None = None
    done_on: Day | None = None
    status: Progress = "not started"
    after: tuple[Id, ...] = ()

    @property
    def open(self) -> bool:
        """Whether it is still to be reached."""
        return self.status in ("not started", "under way")


class Training(Item):
    """A course for some of the staff.

    ``turnover_cover`` says how those who come later learn it; ``refresh_months`` after how many
    months it is repeated.
    """

    audience: Line = ""
    catalog_id: Id | None = None
    planned_people: Count | None = None
    trained_people: Count | None = None
    hours: Annotated[float, Field(strict=True, allow_inf_nan=False, ge=0, le=10_000)] | None = None
    owner: Line = ""
    due_on: Day | None = None
    refresh_months: Annotated[int, Field(strict=True, ge=1, le=120)] | None = None
    turnover_cover: Text = ""


class CoreComponent(Item):
    """A part of the program that makes it work; ``standard`` says when it counts as met."""

    definition: Text = ""
    standard: Text = ""
    source: Text = ""


class FidelityCheck(Item):
    """One look at whether a core component is delivered as meant, by a role (``by``)."""

    component: Id
    checked_on: Day | None = None
    met: Literal["yes", "partly", "no"]
    by: Line = ""


class Adaptation(Item):
    """A change to the program: green keeps its core, yellow needs care, red touches the core."""

    reason: Text = ""
    light: Literal["green", "yellow", "red"]
    component: Id | None = None
    developer: Literal["not asked", "asked", "agreed", "objected"] = "not asked"
    decided_on: Day | None = None


class FeedbackLoop(Item):
    """A way of being told how it goes: who speaks, how, how often, and which role acts on it.

    ``safe_route`` says how a young person can speak without being at risk for it.
    """

    who: Line = ""
    channel: Line = ""
    every: Interval = "quarter"
    acts: Line = ""
    safe_route: Text = ""


class FeedbackEntry(Item):
    """What was heard in a loop, told without names, and what was done about it."""

    loop: Id
    heard_on: Day | None = None
    action: Text = ""
    closed_on: Day | None = None


class Risk(Item):
    """What may go wrong, how likely and how bad it is, and the answer to it."""

    likelihood: Rank = "medium"
    impact: Rank = "medium"
    response: Text = ""
    owner: Line = ""
    closed: Flag = False


class BudgetLine(Item):
    """Money planned and spent in a period, and where it comes from."""

    period: Line = ""
    planned: Number | None = None
    actual: Number | None = None
    source: Text = ""


class Plan(Lists):
    """How the chosen program is carried out.

    ``run`` is the selection it carries out; without one it is the latest decided, else the
    latest.

    >>> plan = Plan().with_item(Milestone(id="hire", name="Hire two advocates"))
    >>> plan = plan.with_item(Milestone(id="open", name="First service", after=("hire",)))
    >>> plan.without_item(Milestone, "hire").milestones[0].after
    ()
    """

    LISTS: ClassVar[Mapping[type[Item], tuple[str, str]]] = {
        Stakeholder: ("stakeholders", "stakeholder"),
        Milestone: ("milestones", "milestone"),
        Training: ("trainings", "training"),
        CoreComponent: ("components", "core component"),
        FidelityCheck: ("fidelity", "fidelity check"),
        Adaptation: ("adaptations", "adaptation"),
        FeedbackLoop: ("loops", "feedback loop"),
        FeedbackEntry: ("feedback", "feedback entry"),
        Risk: ("risks", "risk"),
        BudgetLine: ("budget", "budget line"),
    }

    run: Id | None = None
    starts_on: Day | None = None
    stakeholders: tuple[Stakeholder, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    trainings: tuple[Training, ...] = ()
    components: tuple[CoreComponent, ...] = ()
    fidelity: tuple[FidelityCheck, ...] = ()
    adaptations: tuple[Adaptation, ...] = ()
    loops: tuple[FeedbackLoop, ...] = ()
    feedback: tuple[FeedbackEntry, ...] = ()
    risks: tuple[Risk, ...] = ()
    budget: tuple[BudgetLine, ...] = ()

    def _forgetting(self, kind: type[Item], item_id: str) -> Self:
        changes: dict[str, object] = {}
        if kind is Milestone:
            changes["milestones"] = tuple(_not_after(m, item_id) for m in self.milestones)
        elif kind is CoreComponent:
            changes["fidelity"] = drop(self.fidelity, lambda c: c.component == item_id)
            changes["adaptations"] = tuple(_untied(a, item_id) for a in self.adaptations)
        elif kind is FeedbackLoop:
            changes["feedback"] = drop(self.feedback, lambda entry: entry.loop == item_id)
        return self.model_copy(update=changes)


def _not_after(milestone: Milestone, before: str) -> Milestone:
    return milestone.model_copy(update={"after": drop(milestone.after, lambda m: m == before)})


def _untied(adaptation: Adaptation, component: str) -> Adaptation:
    if adaptation.component != component:
        return adaptation
    return adaptation.model_copy(update={"component": None})
