"""The plan against today: what is late, what is blocked and by what, what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from mcda.analysis.wording import and_list, few
from mcda.project import FeedbackLoop, Milestone, Plan
from mcda.project.milestones import in_order
from mcda.project.text import counted, day_text

State = Literal["done", "dropped", "late", "blocked", "under way", "waiting", "ready"]
_NEXT = 3
_DAYS = {"week": 7, "month": 31, "quarter": 92, "half year": 184, "year": 366}


@dataclass(frozen=True, slots=True)
class MilestoneState:
    """One milestone today.

    ``waits_for`` are the milestones it waits for that are still open. It is *blocked* by those
    of them that are late, and by all of them once its own start has come. It is late where its
    day has passed; late counts before blocked. "ready" is what could start, "waiting" what need
    not start yet.
    """

    milestone: Milestone
    state: State
    days_late: int
    waits_for: tuple[Milestone, ...]
    blocked_by: tuple[Milestone, ...]

    @property
    def sentence(self) -> str:
        """Its state in words."""
        name = f"“{self.milestone.name}”"
        blocked = f"is blocked by {_names(self.blocked_by)}" if self.blocked_by else ""
        match self.state:
            case "late":
                days = counted(self.days_late, "day")
                return f"{name} is {days} late{' and ' + blocked if blocked else ''}."
            case "blocked":
                return f"{name} {blocked}."
            case "waiting" if self.waits_for:
                return f"{name} waits for {_names(self.waits_for)}."
            case "waiting" if self.milestone.starts_on:
                return f"{name} starts on {day_text(self.milestone.starts_on)}."
            case "ready":
                return f"{name} can start."
            case state:
                return f"{name} is {state}."


@dataclass(frozen=True, slots=True)
class Schedule:
    """All milestones of a plan on one day, in an order in which they can be done.

    ``next_due`` are the first three that fall due from today on. ``critical`` is the chain of open
    milestones, each waiting for the one before, that takes the most planned days: a delay in one of
    them delays the last. Days are counted from start to due day, and none where one is missing.
    """

    today: date
    milestones: tuple[MilestoneState, ...]
    next_due: tuple[Milestone, ...]
    critical: tuple[Milestone, ...]

    @property
    def late(self) -> tuple[MilestoneState, ...]:
        """Those whose day has passed."""
        return tuple(m for m in self.milestones if m.state == "late")

    @property
    def blocked(self) -> tuple[MilestoneState, ...]:
        """Those that others hold up, late or not."""
        return tuple(m for m in self.milestones if m.blocked_by)

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(m.state == "done" for m in self.milestones)

    @property
    def counted(self) -> int:
        """How many there are, without those that were dropped."""
        return sum(m.state != "dropped" for m in self.milestones)

    @property
    def _of_all(self) -> str:
        return f"{self.done} of {counted(self.counted, 'milestone is', 'milestones are')}"

    @property
    def headline(self) -> str:
        """How many are done, late and blocked, without their names."""
        if not self.milestones:
            return "There are no milestones yet."
        waiting = sum(m.state != "late" for m in self.blocked)
        also = [f"{len(self.late)} late"] * bool(self.late) + [f"{waiting} blocked"] * bool(waiting)
        return f"{self._of_all} {and_list(['done', *also])}."

    @property
    def sentence(self) -> str:
        """The plan today in a sentence or two."""
        if not self.milestones:
            return self.headline
        parts = [f"{self._of_all} done."]
        if self.late:
            parts.append(f"Late: {_names([m.milestone for m in self.late])}.")
        parts += [
            f"Next due: “{first.name}”, on {day_text(first.due_on)}."
            for first in self.next_due[:1]
            if first.due_on
        ]
        return " ".join(parts)

    def state(self, milestone_id: str) -> MilestoneState:
        """Return one milestone's state; raises ``KeyError``."""
        return {m.milestone.id: m for m in self.milestones}[milestone_id]


@dataclass(frozen=True, slots=True)
class DueFeedback:
    """A feedback loop in which nothing was heard for longer than agreed.

    ``since`` is the day of the last entry, else of the plan's start.
    """

    loop: FeedbackLoop
    since: date
    due_on: date


def schedule(plan: Plan, today: date) -> Schedule:
    """Return how a plan's milestones stand today.

    >>> hire = Milestone(id="hire", name="Hire", due_on=date(2027, 3, 1))
    >>> plan = Plan(milestones=(hire, Milestone(id="go", name="First service", after=("hire",))))
    >>> [m.sentence for m in schedule(plan, date(2027, 3, 8)).milestones]
    ['“Hire” is 7 days late.', '“First service” is blocked by “Hire”.']
    """
    ordered = in_order(plan.milestones)
    known = {m.id: m for m in ordered}
    states = tuple(_state(m, known, today) for m in ordered)
    coming = [(m.due_on, m) for m in ordered if m.open and m.due_on and m.due_on >= today]
    next_due = sorted(coming, key=lambda due: due[0])[:_NEXT]
    return Schedule(today, states, tuple(m for _, m in next_due), _critical(ordered))


def due_feedback(plan: Plan, today: date) -> tuple[DueFeedback, ...]:
    """Return the feedback loops in which it is time to listen again, the longest due first.

    A loop without an entry counts from the start of the plan; without that it is never due.

    >>> due_feedback(Plan(), date(2027, 1, 1))
    ()
    """
    found = []
    for loop in plan.loops:
        heard = [e.heard_on for e in plan.feedback if e.loop == loop.id and e.heard_on is not None]
        since = max(heard, default=plan.starts_on)
        days = _DAYS[loop.every]
        if since is not None and (today - since).days >= days:
            found.append(DueFeedback(loop, since, since + timedelta(days=days)))
    return tuple(sorted(found, key=lambda due: due.due_on))


def _state(milestone: Milestone, known: dict[str, Milestone], today: date) -> MilestoneState:
    waits = tuple(known[m] for m in milestone.after if m in known and known[m].open)
    if not milestone.open:
        closed: State = "done" if milestone.status == "done" else "dropped"
        return MilestoneState(milestone, closed, 0, (), ())
    begun = milestone.status == "under way"
    started = begun or (milestone.starts_on is not None and milestone.starts_on <= today)
    blocked = waits if started else tuple(m for m in waits if _days_late(m, today))
    days = _days_late(milestone, today)
    not_yet = milestone.starts_on is not None and milestone.starts_on > today
    if days:
        state: State = "late"
    elif blocked:
        state = "blocked"
    elif begun:
        state = "under way"
    else:
        state = "waiting" if waits or not_yet else "ready"
    return MilestoneState(milestone, state, days, waits, blocked)


def _days_late(milestone: Milestone, today: date) -> int:
    return max(0, (today - milestone.due_on).days) if milestone.due_on else 0


def _critical(ordered: Sequence[Milestone]) -> tuple[Milestone, ...]:
    """Return the longest chain of open milestones, by planned days and then by their number."""
    chains: dict[str, tuple[int, tuple[Milestone, ...]]] = {}
    for milestone in ordered:
        if not milestone.open:
            continue
        before = [chains[m] for m in milestone.after if m in chains]
        days, chain = max(before, key=_length, default=(0, ()))
        chains[milestone.id] = (days + _planned_days(milestone), (*chain, milestone))
    longest = max(chains.values(), key=_length, default=(0, ()))[1]
    return longest if len(longest) > 1 else ()


def _length(chain: tuple[int, tuple[Milestone, ...]]) -> tuple[int, int]:
    return chain[0], len(chain[1])


def _planned_days(milestone: Milestone) -> int:
    if milestone.starts_on is None or milestone.due_on is None:
        return 0
    return max(0, (milestone.due_on - milestone.starts_on).days)


def _names(milestones: Sequence[Milestone]) -> str:
    return and_list(few([f"“{m.name}”" for m in milestones]))
