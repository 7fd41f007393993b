"""One selection: what a run holds, what is in it, and how it is taken apart."""

from __future__ import annotations

import hashlib
import json
from typing import Literal, Self

from pydantic import Field

from mcda.project.criteria import Criterion
from mcda.project.evidence import Evidence, Program, Score
from mcda.project.items import drop, find
from mcda.project.scenarios import Scenario
from mcda.project.text import Day, Frozen, Id, Line, Name, Text
from mcda.project.weightings import Weighting


class LeftOut(Frozen):
    """A program or criterion that this run sets aside, with the reason."""

    item: Id
    reason: Text = ""


class Framing(Frozen):
    """Which programs and criteria are in."""

    programs_out: tuple[LeftOut, ...] = ()
    criteria_out: tuple[LeftOut, ...] = ()

    def without_program(self, program_id: str) -> Self:
        """Forget that a program is set aside."""
        kept = drop(self.programs_out, lambda left: left.item == program_id)
        return self.model_copy(update={"programs_out": kept})

    def without_criterion(self, criterion_id: str) -> Self:
        """Forget that a criterion is set aside."""
        kept = drop(self.criteria_out, lambda left: left.item == criterion_id)
        return self.model_copy(update={"criteria_out": kept})


class Approval(Frozen):
    """Who approved the decision, by role."""

    role: Line
    on: Day | None = None


class Record(Frozen):
    """The decision: what was chosen and why, who dissented, who approved, when it is reviewed.

    ``departure`` says why it is not the program that ranks first. ``risks`` and ``strengths`` are
    those of this place to which the program is adapted, ``strategy`` is how.
    """

    choice: Id
    reasons: Text
    departure: Text = ""
    risks: Text = ""
    strengths: Text = ""
    strategy: Text = ""
    dissent: Text = ""
    approvals: tuple[Approval, ...] = ()
    decided_on: Day | None = None
    review_on: Day | None = None


class Run(Frozen):
    """One selection: its evidence, framing, weightings and, once decided, its record.

    ``scenarios`` are what-ifs kept beside it; nothing in the run depends on them.
    """

    id: Id
    title: Name
    parent: Id | None = None
    status: Literal["draft", "decided"] = "draft"
    evidence: Evidence = Evidence()
    framing: Framing = Framing()
    weightings: tuple[Weighting, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    record: Record | None = None
    lock: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")

    def program(self, program_id: str) -> Program:
        """Return the program with this id; raises ``UnknownItemError``."""
        return find(self.evidence.programs, program_id, "program")

    def criterion(self, criterion_id: str) -> Criterion:
        """Return the criterion with this id; raises ``UnknownItemError``."""
        return find(self.evidence.criteria, criterion_id, "criterion")

    def weighting(self, weighting_id: str) -> Weighting:
        """Return the weighting with this id; raises ``UnknownItemError``."""
        return find(self.weightings, weighting_id, "weighting")

    def scenario(self, scenario_id: str) -> Scenario:
        """Return the scenario with this id; raises ``UnknownItemError``."""
        return find(self.scenarios, scenario_id, "scenario")

    def score(self, program_id: str, criterion_id: str) -> Score | None:
        """Return the recorded score of a cell, or None where there is none."""
        return next(
            (
                s
                for s in self.evidence.scores
                if s.program == program_id and s.criterion == criterion_id
            ),
            None,
        )

    def score_index(self) -> dict[tuple[str, str], Score]:
        """Return every recorded score by its cell: (program id, criterion id)."""
        return {s.place: s for s in self.evidence.scores}

    @property
    def candidates(self) -> tuple[Program, ...]:
        """The programs to be ranked: candidates and the baseline, less those set aside."""
        out = {left.item for left in self.framing.programs_out}
        return tuple(p for p in self.evidence.programs if p.role != "support" and p.id not in out)

    @property
    def supports(self) -> tuple[Program, ...]:
        """Trainings, agencies and publications that help, but are not ranked."""
        return tuple(p for p in self.evidence.programs if p.role == "support")

    @property
    def active_criteria(self) -> tuple[Criterion, ...]:
        """The criteria in use: all less those set aside."""
        out = {left.item for left in self.framing.criteria_out}
        return tuple(c for c in self.evidence.criteria if c.id not in out)

    def content_hash(self) -> str:
        """Return the SHA-256 of the run's content, as 64 hexadecimal digits."""
        return hash_of(self, without="lock")

    def without_program(self, program_id: str) -> Self:
        """Take a program out with all that is said of it; raises ``UnknownItemError``.

        A drafted record that chooses it goes, too.
        """
        self.program(program_id)
        changes = {
            "evidence": self.evidence.without_program(program_id),
            "framing": self.framing.without_program(program_id),
            "scenarios": tuple(s.without_program(program_id) for s in self.scenarios),
            "record": self.record if self.record and self.record.choice != program_id else None,
        }
        return self.model_copy(update=changes)

    def without_criterion(self, criterion_id: str) -> Self:
        """Take a criterion out with all that is said of it; raises ``UnknownItemError``."""
        self.criterion(criterion_id)
        changes = {
            "evidence": self.evidence.without_criterion(criterion_id),
            "framing": self.framing.without_criterion(criterion_id),
            "weightings": tuple(w.without_criterion(criterion_id) for w in self.weightings),
            "scenarios": tuple(s.without_criterion(criterion_id) for s in self.scenarios),
        }
        return self.model_copy(update=changes)


def hash_of(part: Frozen, without: str | None = None) -> str:
    """Return the SHA-256 of a part's content less one field, as 64 hexadecimal digits.

    Defaults are left out, so that a field added later changes no old hash.
    """
    exclude = None if without is None else {without}
    content = part.model_dump(mode="json", exclude=exclude, exclude_defaults=True)
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
