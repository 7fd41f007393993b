"""The project: everything people said, immutable; an edit returns a new project."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, Self

from pydantic import Field

from mcda.project.criteria import Criterion, Objective
from mcda.project.diagnosis import Diagnosis
from mcda.project.errors import FindingsError, LockedRunError
from mcda.project.evaluation import Evaluation
from mcda.project.evidence import (
    BASELINE_NAME,
    Assessment,
    Evidence,
    MustHave,
    Program,
    Score,
)
from mcda.project.items import drop, find, put
from mcda.project.plan import Plan
from mcda.project.run import Framing, Record, Run, hash_of
from mcda.project.scenarios import Scenario
from mcda.project.text import Day, Flag, Frozen, Line, Name, Text, day_text
from mcda.project.weightings import Weighting

FORMAT: Final = "bestfit-project"
VERSION: Final = 1

Edition = Literal["full", "public"]


class Hotline(Frozen):
    """Where someone in danger finds help; shown only once someone has checked that it is right.

    >>> Hotline(name="County crisis line").shown
    False
    >>> from datetime import date
    >>> Hotline(name="County line", contact="555-0100", checked_on=date(2026, 10, 1)).lines
    ('County line: 555-0100', 'Checked on October 1, 2026.')
    """

    name: Line = ""
    contact: Line = ""
    text: Text = ""
    checked_on: Day | None = None

    @property
    def shown(self) -> bool:
        """Whether it is on: there is something to show, and the day it was checked."""
        return bool(self.lines)

    @property
    def lines(self) -> tuple[str, ...]:
        """What it says, the day it was checked last; nothing while it is off."""
        how = ": ".join(part for part in (self.name.strip(), self.contact.strip()) if part)
        told = tuple(part for part in (how, self.text.strip()) if part)
        if not told or self.checked_on is None:
            return ()
        return (*told, f"Checked on {day_text(self.checked_on)}.")


class Info(Frozen):
    """What the decision is, where, who takes it and for which years."""

    title: Name
    place: Line = ""
    decided_by: Line = ""
    question: Text = ""
    planning_years: int = Field(default=3, strict=True, ge=1, le=50)
    price_year: int | None = Field(default=None, strict=True, ge=1990, le=2100)
    currency: Line = "US dollars"
    illustrative: Flag = False
    public_record_notice: Text = (
        "Treat everything typed here as something the public may read one day."
    )
    hotline: Hotline = Hotline()
    notes: Text = ""


class Project(Frozen):
    """A whole decision as it is kept on disk; every edit returns a new project.

    Methods that take ``run_id`` edit the run with that id, or the latest run without one.
    They raise ``UnknownItemError`` for an id that is not there and ``LockedRunError`` where
    the run has been decided. ``edition`` is "public" for a copy out of a public report: who said
    what has been taken out of it, so that reports of it are public too.

    >>> project = Project.new("Which program for Elm County?")
    >>> [p.name for p in project.run().candidates]
    ['Continue as now']
    >>> project.with_program(Program(id="mentors", name="Mentors")) is project
    False
    """

    format: Literal["bestfit-project"] = FORMAT
    version: Literal[1] = VERSION
    edition: Edition = "full"
    info: Info
    diagnosis: Diagnosis = Diagnosis()
    runs: tuple[Run, ...] = Field(min_length=1)
    plan: Plan = Plan()
    evaluation: Evaluation = Evaluation()

    @classmethod
    def new(cls, title: str) -> Self:
        """Start a project with one empty run, which holds "Continue as now"."""
        baseline = Program(
            id="continue", name=BASELINE_NAME, role="baseline", description="Change nothing."
        )
        run = Run(id="run-1", title="First selection", evidence=Evidence(programs=(baseline,)))
        return cls(info=Info(title=title), runs=(run,))

    def run(self, run_id: str | None = None) -> Run:
        """Return the run with this id, or the latest; raises ``UnknownItemError``."""
        return self.runs[-1] if run_id is None else find(self.runs, run_id, "run")

    def content_hash(self) -> str:
        """Return the SHA-256 of the whole content, as 64 hexadecimal digits."""
        return hash_of(self)

    # --- the project as a whole

    def with_info(self, info: Info) -> Self:
        """Replace what the decision is, where and for whom."""
        return self.model_copy(update={"info": info})

    def with_diagnosis(self, diagnosis: Diagnosis) -> Self:
        """Replace the diagnosis; no run depends on it, so that it can go on after a decision."""
        return self.model_copy(update={"diagnosis": diagnosis})

    def with_plan(self, plan: Plan) -> Self:
        """Replace the plan; no run depends on it."""
        return self.model_copy(update={"plan": plan})

    def with_evaluation(self, evaluation: Evaluation) -> Self:
        """Replace the evaluation; no run depends on it."""
        return self.model_copy(update={"evaluation": evaluation})

    def with_run(self, run: Run) -> Self:
        """Put a run in, replacing the one with its id; a decided run is not replaced."""
        for old in self.runs:
            if old.id == run.id and old.status == "decided":
                raise LockedRunError(old.title)
        return self.model_copy(update={"runs": put(self.runs, run, lambda r: r.id)})

    def rerun(self, run_id: str | None, new_id: str, title: str) -> Self:
        """Add a new draft run that starts from an existing one, kept as its parent."""
        if any(r.id == new_id for r in self.runs):
            raise ValueError(f"there is a run {new_id!r} already; give the new run another id")
        parent = self.run(run_id)
        fresh = {"id": new_id, "title": title, "parent": parent.id, "status": "draft"}
        child = parent.model_copy(update={**fresh, "record": None, "lock": None})
        return self.with_run(Run.model_validate(child.model_dump()))

    def with_record(self, record: Record | None, run_id: str | None = None) -> Self:
        """Keep the record as a draft, which decides nothing yet; None takes it out."""
        if record is not None:
            self.run(run_id).program(record.choice)
        return self._with(run_id, record=record)

    def decide(self, record: Record, run_id: str | None = None) -> Self:
        """Record the decision, lock the run and keep the hash of what was decided on.

        Raises ``FindingsError`` where something blocks deciding: errors in the run, an unsettled
        must-have, a choice that is not ranked, or no reasons.
        """
        # These rules read whole runs, so they stand above this module.
        from mcda.project.deciding import deciding_problems

        run = self.run(run_id)
        problems = deciding_problems(run, record)
        if problems:
            raise FindingsError("This cannot be decided yet.", problems)
        decided = run.model_copy(update={"record": record, "status": "decided"})
        locked = decided.model_copy(update={"lock": decided.content_hash()})
        return self.with_run(locked)

    # --- programs and evidence

    def with_program(self, program: Program, run_id: str | None = None) -> Self:
        """Add a program, or replace the one with its id."""
        programs = put(self.run(run_id).evidence.programs, program, lambda p: p.id)
        return self._with_evidence(run_id, programs=programs)

    def without_program(self, program_id: str, run_id: str | None = None) -> Self:
        """Take a program out with everything recorded about it.

        A drafted record that chooses it goes too, and so does what the diagnosis says of it,
        unless another run still has it.
        """
        rest = self.with_run(self.run(run_id).without_program(program_id))
        if any(p.id == program_id for run in rest.runs for p in run.evidence.programs):
            return rest
        return rest.with_diagnosis(rest.diagnosis.without_program(program_id))

    def with_score(self, score: Score, run_id: str | None = None) -> Self:
        """Record an agreed score, replacing what stood in its cell."""
        return self.with_scores((score,), run_id)

    def with_scores(self, scores: Iterable[Score], run_id: str | None = None) -> Self:
        """Record many agreed scores at once."""
        run = self.run(run_id)
        cells = {s.place: s for s in run.evidence.scores}
        for score in scores:
            _know_cell(run, score.program, score.criterion)
            cells[score.place] = _agreed(score)
        return self._with_evidence(run_id, scores=tuple(cells.values()))

    def without_score(self, program_id: str, criterion_id: str, run_id: str | None = None) -> Self:
        """Clear a cell: nothing is recorded there any more."""
        run = self.run(run_id)
        _know_cell(run, program_id, criterion_id)
        scores = drop(run.evidence.scores, lambda s: s.place == (program_id, criterion_id))
        return self._with_evidence(run_id, scores=scores)

    def with_assessment(self, assessment: Assessment, run_id: str | None = None) -> Self:
        """Keep one person's own score beside the agreed one."""
        run = self.run(run_id)
        _know_cell(run, assessment.program, assessment.criterion)
        kept = put(run.evidence.assessments, assessment, lambda a: a.key)
        return self._with_evidence(run_id, assessments=kept)

    def with_must_have(self, must_have: MustHave, run_id: str | None = None) -> Self:
        """Add a must-have, or replace the one with its id."""
        kept = put(self.run(run_id).evidence.must_haves, must_have, lambda m: m.id)
        return self._with_evidence(run_id, must_haves=kept)

    def without_must_have(self, must_have_id: str, run_id: str | None = None) -> Self:
        """Take a must-have out."""
        kept = self.run(run_id).evidence.must_haves
        find(kept, must_have_id, "must-have")
        return self._with_evidence(run_id, must_haves=drop(kept, lambda m: m.id == must_have_id))

    # --- criteria

    def with_objective(self, objective: Objective, run_id: str | None = None) -> Self:
        """Add an objective, or replace the one with its id."""
        kept = put(self.run(run_id).evidence.objectives, objective, lambda o: o.id)
        return self._with_evidence(run_id, objectives=kept)

    def with_criterion(self, criterion: Criterion, run_id: str | None = None) -> Self:
        """Add a criterion, or replace the one with its id."""
        kept = put(self.run(run_id).evidence.criteria, criterion, lambda c: c.id)
        return self._with_evidence(run_id, criteria=kept)

    def without_criterion(self, criterion_id: str, run_id: str | None = None) -> Self:
        """Take a criterion out with its scores, its thresholds and what was said of its weight."""
        return self.with_run(self.run(run_id).without_criterion(criterion_id))

    def with_evidence(self, evidence: Evidence, run_id: str | None = None) -> Self:
        """Replace a run's whole evidence, as a template or an imported table does."""
        return self._with(run_id, evidence=evidence)

    # --- framing and weightings

    def with_framing(self, framing: Framing, run_id: str | None = None) -> Self:
        """Replace which programs and criteria are in."""
        run = self.run(run_id)
        for left in framing.programs_out:
            run.program(left.item)
        for left in framing.criteria_out:
            run.criterion(left.item)
        return self._with(run_id, framing=framing)

    def with_weighting(self, weighting: Weighting, run_id: str | None = None) -> Self:
        """Add a weighting, or replace the one with its id."""
        kept = put(self.run(run_id).weightings, weighting, lambda w: w.id)
        return self._with(run_id, weightings=kept)

    def without_weighting(self, weighting_id: str, run_id: str | None = None) -> Self:
        """Take a weighting out."""
        run = self.run(run_id)
        run.weighting(weighting_id)
        return self._with(run_id, weightings=drop(run.weightings, lambda w: w.id == weighting_id))

    # --- what if

    def with_scenario(self, scenario: Scenario, run_id: str | None = None) -> Self:
        """Keep a scenario beside the run, replacing the one with its id."""
        kept = put(self.run(run_id).scenarios, scenario, lambda s: s.id)
        return self._with(run_id, scenarios=kept)

    def without_scenario(self, scenario_id: str, run_id: str | None = None) -> Self:
        """Take a scenario out."""
        run = self.run(run_id)
        run.scenario(scenario_id)
        return self._with(run_id, scenarios=drop(run.scenarios, lambda s: s.id == scenario_id))

    def _with(self, run_id: str | None, **changes: object) -> Self:
        return self.with_run(self.run(run_id).model_copy(update=changes))

    def _with_evidence(self, run_id: str | None, **changes: object) -> Self:
        evidence = self.run(run_id).evidence.model_copy(update=changes)
        return self._with(run_id, evidence=evidence)


def _know_cell(run: Run, program_id: str, criterion_id: str) -> None:
    run.program(program_id)
    run.criterion(criterion_id)


def _agreed(score: Score) -> Score:
    """Return a score as the agreed one, also where one person's own is agreed on."""
    if not isinstance(score, Assessment):
        return score
    return Score.model_validate(score.model_dump(exclude={"person"}))
