"""The four phases as a logic model, in the community's own words, and how far each has come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from mcda.analysis import ranking
from mcda.lifecycle.evaluating import standings
from mcda.lifecycle.indicators import indicator_states
from mcda.lifecycle.schedule import Schedule, schedule
from mcda.project import FindingsError, Project, Run, Unknown
from mcda.project.text import counted, cut, day_text, number_text

PhaseId = Literal["diagnose", "select", "implement", "evaluate"]
ColumnId = Literal["inputs", "activities", "outputs", "outcomes"]
COLUMNS: tuple[ColumnId, ...] = get_args(ColumnId)
# What is read at a glance: entries of a box, its letters, and the letters of one entry.
_MOST, _LETTERS, _LONGEST = 3, 170, 86


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do in a phase, and whether it is done."""

    title: str
    done: bool


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase of the logic model: its four columns in the community's words, and its steps.

    A column is empty where nothing has been said yet. ``also`` is what else has been reached.
    """

    id: PhaseId
    title: str
    inputs: tuple[str, ...]
    activities: tuple[str, ...]
    outputs: tuple[str, ...]
    outcomes: tuple[str, ...]
    steps: tuple[Step, ...]
    also: str = ""

    def column(self, column: ColumnId) -> tuple[str, ...]:
        """Return one of the four columns, each text in full."""
        texts: tuple[str, ...] = getattr(self, column)
        return texts

    def at_a_glance(self, column: ColumnId) -> tuple[tuple[str, ...], int]:
        """Return the first texts of a column, each short, and how many more there are."""
        texts = self.column(column)
        shown: list[str] = []
        for short in (cut(text, _LONGEST) for text in texts[:_MOST]):
            if shown and sum(map(len, (*shown, short))) > _LETTERS:
                break
            shown.append(short)
        return tuple(shown), len(texts) - len(shown)

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(step.done for step in self.steps)

    @property
    def progress(self) -> str:
        """How much is done, in words that "done" may follow."""
        steps = f"{self.done} of {len(self.steps)} steps"
        return f"{steps}; {self.also}" if self.also else steps

    @property
    def state(self) -> Literal["not started", "under way", "done"]:
        """How far the phase has come."""
        if self.done == len(self.steps):
            return "done"
        return "under way" if self.done else "not started"

    @property
    def next(self) -> str:
        """The first step that is not done, or nothing."""
        return next((step.title for step in self.steps if not step.done), "")

    @property
    def sentence(self) -> str:
        """How far it has come, in words."""
        if self.state == "done":
            return f"{self.title}: done."
        return f"{self.title}: {self.progress}. Next: {self.next}."


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole way: four phases in their order; what was learned leads back to the first two."""

    phases: tuple[Phase, ...]

    @property
    def next(self) -> Phase | None:
        """The first phase that is not done, or None."""
        return next((phase for phase in self.phases if phase.state != "done"), None)

    def phase(self, phase_id: PhaseId) -> Phase:
        """Return one phase; raises ``KeyError``."""
        return {phase.id: phase for phase in self.phases}[phase_id]


def plan_run(project: Project) -> Run:
    """Return the run that the plan carries out: the named one, the latest decided, or the latest.

    >>> plan_run(Project.new("Which?")).id
    'run-1'
    """
    known = {run.id: run for run in project.runs}
    decided = [run for run in project.runs if run.status == "decided"]
    return known.get(project.plan.run or "", [*project.runs, *decided][-1])


def overview(project: Project, today: date, run_id: str | None = None) -> Overview:
    """Return the four phases of a project on one day.

    ``run_id`` is the selection that is shown; without one it is the one the plan carries out.

    Raises ``UnknownItemError`` for a run that is not there.

    >>> overview(Project.new("Which?"), date(2027, 1, 1)).next.next
    'State the problem'
    """
    run = plan_run(project) if run_id is None else project.run(run_id)
    phases = (
        _diagnose(project),
        _select(project, run),
        _implement(project, today),
        _evaluate(project, run),
    )
    return Overview(phases)


def _diagnose(project: Project) -> Phase:
    diagnosis = project.diagnosis
    rated = [item for item in diagnosis.readiness if item.rating is not None]
    low = diagnosis.low_readiness
    steps = (
        Step("State the problem", bool(diagnosis.problem.strip())),
        Step("Say for which groups", bool(diagnosis.population.strip())),
        Step("Mark the factors of high priority", bool(diagnosis.priority_factors)),
        Step("List what is there already", bool(diagnosis.assets)),
        Step("Rate your readiness", bool(rated) and len(rated) == len(diagnosis.readiness)),
        Step("Plan what to do where readiness is low", bool(rated) and all(i.action for i in low)),
        Step("Set a goal", bool(diagnosis.goals)),
    )
    return Phase(
        "diagnose",
        "Diagnose",
        inputs=_unique(f.source for f in diagnosis.factors),
        activities=(
            *_count(len(diagnosis.factors), "factor written down", "factors written down"),
            *_count(len(diagnosis.assets), "service listed", "services listed"),
            *_count(len(rated), "item of readiness rated", "items of readiness rated"),
        ),
        outputs=_unique((diagnosis.problem, *(f.name for f in diagnosis.priority_factors))),
        outcomes=tuple(goal.name for goal in diagnosis.goals),
        steps=steps,
    )


def _select(project: Project, run: Run) -> Phase:
    candidates = [p for p in run.candidates if p.role == "candidate"]
    cells = {(p.id, c.id) for p in run.candidates for c in run.active_criteria}
    known = {s.place for s in run.evidence.scores if not isinstance(s.amount, Unknown)} & cells
    recorded = {s.place for s in run.evidence.scores} & cells
    ranked = _ranked(project, run) if candidates else ()
    decided = run.status == "decided"
    record = run.record if decided else None
    steps = (
        Step("Choose programs to compare", len(candidates) > 1),
        Step("Agree on the criteria", bool(run.active_criteria)),
        Step("Say what matters how much", bool(run.weightings)),
        Step("Record the scores", bool(cells) and recorded == cells),
        Step("Decide, and write down why", decided),
    )
    outputs = list(ranked)
    if record is not None:
        names = {p.id: p.name for p in run.evidence.programs}
        outputs.insert(0, f"Chosen: {names.get(record.choice, record.choice)}")
    return Phase(
        "select",
        "Select",
        inputs=(*(p.name for p in candidates), *(m.name for m in run.evidence.must_haves)),
        activities=(
            *_count(len(run.active_criteria), "criterion agreed on", "criteria agreed on"),
            *_count(len(run.weightings), "weighting given", "weightings given"),
            *_count(len(known), "score known", "scores known"),
        ),
        outputs=tuple(outputs),
        outcomes=_unique((record.reasons, record.strategy)) if record else (),
        steps=steps,
    )


def _implement(project: Project, today: date) -> Phase:
    plan = project.plan
    states = schedule(plan, today)
    planned = sum(line.planned or 0 for line in plan.budget)
    trained = sum(t.trained_people or 0 for t in plan.trainings)
    money = f"{number_text(planned)} {project.info.currency} planned" if planned else ""
    steps = (
        Step("Name who takes part", bool(plan.stakeholders)),
        Step("Set milestones with a day", any(m.due_on for m in plan.milestones)),
        Step("Plan the training", bool(plan.trainings)),
        Step("Write down the core components", bool(plan.components)),
        Step("Set up a feedback loop", bool(plan.loops)),
        Step("Plan the money", bool(plan.budget)),
        Step("Reach every milestone", 0 < states.counted == states.done),
    )
    done = [m.milestone.name for m in states.milestones if m.state == "done"]
    return Phase(
        "implement",
        "Implement",
        inputs=_unique((*(s.name for s in plan.stakeholders), money)),
        activities=_unique((*(m.name for m in plan.milestones), *(t.name for t in plan.trainings))),
        outputs=_unique(
            (
                *(f"Done: {name}" for name in done),
                *_count(trained, "person trained", "people trained"),
                *(c.name for c in plan.components),
            )
        ),
        outcomes=_unique(entry.action for entry in plan.feedback),
        steps=steps,
        also=_of_all(states),
    )


def _of_all(states: Schedule) -> str:
    """Say how many milestones are reached: steps of planning alone do not carry a plan out."""
    if not states.counted:
        return ""
    return f"{states.done} of {counted(states.counted, 'milestone')}"


def _evaluate(project: Project, run: Run) -> Phase:
    plan, evaluation = project.plan, project.evaluation
    decided = run.record if run.status == "decided" else None
    review = decided.review_on if decided is not None else None
    indicators = evaluation.indicators
    judged = [i for i in indicators if i.better != "neither"]
    steps = (
        Step("Set the day of the review", review is not None),
        Step("Choose what to measure", bool(indicators)),
        Step("Set a target for each", bool(judged) and all(i.target is not None for i in judged)),
        Step("Record what was observed", bool(evaluation.observations)),
        Step("Check that the program is delivered as meant", bool(plan.fidelity)),
        Step("Hear from those it is for", bool(plan.feedback)),
        Step("Write down what was learned", bool(evaluation.lessons)),
        Step("Say what comes next", bool(evaluation.next_steps)),
    )
    return Phase(
        "evaluate",
        "Evaluate",
        inputs=_unique((evaluation.study.partner, *(loop.name for loop in plan.loops))),
        activities=_unique(
            (
                *_count(len(indicators), "indicator", "indicators"),
                *(f"{c.name}: {c.met}" for c in plan.fidelity),
                f"Review on {day_text(review)}" if review else "",
            )
        ),
        outputs=_unique((_standings(project), *(entry.name for entry in plan.feedback))),
        outcomes=_unique(
            (
                *(f"{g.name}, by {day_text(g.by)}" for g in project.diagnosis.goals if g.by),
                *(f"Learned: {lesson.name}" for lesson in evaluation.lessons),
            )
        ),
        steps=steps,
    )


def _standings(project: Project) -> str:
    """Say how many indicators are on and off target, as it may be shown."""
    counts = standings(indicator_states(project))
    on, off = counts["on target"], counts["off target"]
    return f"{on} of {on + off} judged indicators on target" if on + off else ""


def _ranked(project: Project, run: Run) -> tuple[str, ...]:
    """Return which programs may hold the first place, a text each."""
    try:
        firsts = ranking(project, run.id).possible_firsts
    except FindingsError:
        return ()
    place = "Ranks first" if len(firsts) == 1 else "May rank first"
    return tuple(f"{place}: {program.name}" for program in firsts)


def _count(number: int, one: str, more: str) -> tuple[str, ...]:
    return (counted(number, one, more),) if number else ()


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the texts that say something, each once."""
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))
