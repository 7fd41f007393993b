"""What is known: the programs, their scores with sources, and the must-haves."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from mcda.project.criteria import Criterion, Objective, OverlapQuestion
from mcda.project.items import drop
from mcda.project.text import Day, Frozen, Id, Line, Name, Number, Text

Kind = Literal[
    "program",
    "practice",
    "policy",
    "campaign",
    "task force",
    "training",
    "agency",
    "publication",
]
Role = Literal["candidate", "support", "baseline"]
BASELINE_NAME = "Continue as now"


class Availability(Frozen):
    """Whether a program can still be had here, and when someone last asked."""

    status: Literal["not checked", "available", "not available"] = "not checked"
    checked_on: Day | None = None
    note: Text = ""


class Program(Frozen):
    """Something the community could choose (on screen: a program).

    ``role`` is ``candidate`` for what is ranked, ``support`` for training, agencies and
    publications that help whichever program is chosen, and ``baseline`` for the one entry
    "Continue as now".
    """

    id: Id
    name: Name
    role: Role = "candidate"
    kind: Kind = "program"
    catalog_id: Id | None = None
    description: Text = ""
    unit_reached: Line = ""
    availability: Availability = Availability()


class Exact(Frozen):
    """A score known as one number."""

    type: Literal["exact"] = "exact"
    value: Number


class Range(Frozen):
    """A score known to lie between two numbers, with a likely one where someone gave it."""

    type: Literal["range"] = "range"
    low: Number
    high: Number
    likely: Number | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not self.low < self.high:
            raise ValueError("the low end must be below the high end")
        if self.likely is not None and not self.low <= self.likely <= self.high:
            raise ValueError("the likely number must lie between low and high")
        return self


class Unknown(Frozen):
    """A score nobody has looked up yet: anything in the criterion's range."""

    type: Literal["unknown"] = "unknown"


Amount = Annotated[Exact | Range | Unknown, Field(discriminator="type")]


def numbers_in(amount: Amount) -> tuple[float, ...]:
    """Return the numbers an amount holds: one, two, three or none."""
    match amount:
        case Exact(value=value):
            return (value,)
        case Range(low=low, likely=likely, high=high):
            return (low, high) if likely is None else (low, likely, high)
        case Unknown():
            return ()


class Score(Frozen):
    """What is recorded of one program on one criterion, with where it comes from."""

    program: Id
    criterion: Id
    amount: Amount
    source: Text = ""
    as_of: Day | None = None
    note: Text = ""
    confidence: Literal["low", "medium", "high"] | None = None

    @property
    def place(self) -> tuple[str, str]:
        """The cell this score fills: program id and criterion id."""
        return self.program, self.criterion


class Assessment(Score):
    """One person's own score, kept beside the agreed one; ``person`` is a code, not a name."""

    person: Id

    @property
    def key(self) -> tuple[str, str, str]:
        """Who gave it, for which cell."""
        return self.person, self.program, self.criterion


class Threshold(Frozen):
    """A must-have read off a score: no worse than ``limit``.

    For a range, ``case`` says which number is held against the limit: the likely one or
    the worst end.
    """

    criterion: Id
    limit: Number
    case: Literal["likely", "worst"] = "worst"


class Verdict(Frozen):
    """Whether one program meets one must-have, as people judged it, with the reason."""

    program: Id
    verdict: Literal["pass", "fail", "unknown"]
    reason: Text = ""
    source: Text = ""


class MustHave(Frozen):
    """A condition a program has to meet to be ranked at all.

    A verdict given by people counts before the threshold: it needs a reason.
    """

    id: Id
    name: Name
    definition: Text = ""
    threshold: Threshold | None = None
    verdicts: tuple[Verdict, ...] = ()

    def without_program(self, program_id: str) -> Self:
        """Take out the verdict on a program."""
        kept = drop(self.verdicts, lambda v: v.program == program_id)
        return self.model_copy(update={"verdicts": kept})

    def without_criterion(self, criterion_id: str) -> Self:
        """Take out the threshold if it is on this criterion."""
        if self.threshold is None or self.threshold.criterion != criterion_id:
            return self
        return self.model_copy(update={"threshold": None})


class Evidence(Frozen):
    """Programs, criteria, scores and must-haves of one run."""

    programs: tuple[Program, ...] = ()
    objectives: tuple[Objective, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    overlaps: tuple[OverlapQuestion, ...] = ()
    scores: tuple[Score, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    must_haves: tuple[MustHave, ...] = ()

    @property
    def nodes(self) -> tuple[Criterion | Objective, ...]:
        """All criteria and objectives: the nodes of the tree."""
        return (*self.criteria, *self.objectives)

    def without_program(self, program_id: str) -> Self:
        """Take a program out with what is recorded of it."""
        changes = {
            "programs": drop(self.programs, lambda p: p.id == program_id),
            "scores": drop(self.scores, lambda s: s.program == program_id),
            "assessments": drop(self.assessments, lambda a: a.program == program_id),
            "must_haves": tuple(m.without_program(program_id) for m in self.must_haves),
        }
        return self.model_copy(update=changes)

    def without_criterion(self, criterion_id: str) -> Self:
        """Take a criterion out with its scores and thresholds."""
        changes = {
            "criteria": drop(self.criteria, lambda c: c.id == criterion_id),
            "scores": drop(self.scores, lambda s: s.criterion == criterion_id),
            "assessments": drop(self.assessments, lambda a: a.criterion == criterion_id),
            "overlaps": drop(self.overlaps, lambda o: criterion_id in (o.first, o.second)),
            "must_haves": tuple(m.without_criterion(criterion_id) for m in self.must_haves),
        }
        return self.model_copy(update=changes)
