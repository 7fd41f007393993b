"""What if: named sets of changes that are tried out beside a run and never change it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Self

from pydantic import model_validator

from mcda.project.evidence import Amount
from mcda.project.text import Frozen, Id, Name, Number, Percent, Text


class ChangedScore(Frozen):
    """What would be known of one program on one criterion, in place of what is recorded."""

    program: Id
    criterion: Id
    amount: Amount

    @property
    def place(self) -> tuple[str, str]:
        """The cell it changes: program id and criterion id."""
        return self.program, self.criterion


class Cap(Frozen):
    """A limit on a criterion, in its unit: a program may do no worse than this.

    Where less is better it is the most that may be, such as a cost; where more is better the
    least.
    """

    criterion: Id
    limit: Number


class AskedShare(Frozen):
    """How much a criterion would count, in percent of the whole; the others give way."""

    criterion: Id
    percent: Percent


class Scenario(Frozen):
    """One named what-if: everything that would be different, by id.

    Methods return a scenario with one change more or less. An id that is not in the run (any
    more) has no effect; the checks name it.

    >>> cheaper = Scenario(id="cheaper", title="A cheaper school year")
    >>> cheaper.is_empty, cheaper.with_cap(Cap(criterion="cost", limit=400_000.0)).is_empty
    (True, False)
    """

    id: Id
    title: Name
    note: Text = ""
    scores: tuple[ChangedScore, ...] = ()
    programs_out: tuple[Id, ...] = ()
    criteria_out: tuple[Id, ...] = ()
    caps: tuple[Cap, ...] = ()
    shares: tuple[AskedShare, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        each = {
            "score": [s.place for s in self.scores],
            "program": self.programs_out,
            "criterion": self.criteria_out,
            "limit": [c.criterion for c in self.caps],
            "share": [s.criterion for s in self.shares],
        }
        for what, keys in each.items():
            if len(set(keys)) < len(keys):
                raise ValueError(f"one {what} is named twice")
        if sum(s.percent for s in self.shares) > 100 + 1e-9:
            raise ValueError("the shares come to more than 100 percent")
        return self

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be different."""
        changes = (self.scores, self.programs_out, self.criteria_out, self.caps, self.shares)
        return not any(changes)

    def same_changes(self, other: Scenario) -> bool:
        """Whether the same would be different as in another one, whatever they are called."""
        named = {"id": other.id, "title": other.title, "note": other.note}
        return self.model_copy(update=named) == other

    def with_score(self, changed: ChangedScore) -> Self:
        """Change a score, in place of an earlier change of the same one."""
        others = (s for s in self.scores if s.place != changed.place)
        return self._with(scores=(*others, changed))

    def without_score(self, program: str, criterion: str) -> Self:
        """Leave a score as it is recorded."""
        return self._with(scores=(s for s in self.scores if s.place != (program, criterion)))

    def with_programs_out(self, programs: Iterable[str]) -> Self:
        """Leave out exactly these programs."""
        return self._with(programs_out=programs)

    def with_criteria_out(self, criteria: Iterable[str]) -> Self:
        """Leave out exactly these criteria."""
        return self._with(criteria_out=criteria)

    def with_cap(self, cap: Cap) -> Self:
        """Set a limit on a criterion, in place of an earlier one."""
        return self._with(caps=(*(c for c in self.caps if c.criterion != cap.criterion), cap))

    def without_cap(self, criterion: str) -> Self:
        """Take the limit on a criterion away."""
        return self._with(caps=(c for c in self.caps if c.criterion != criterion))

    def with_share(self, share: AskedShare) -> Self:
        """Ask for a criterion's share, in place of an earlier one.

        Raises ``ValueError`` where the shares asked for come to more than 100 percent.
        """
        others = (s for s in self.shares if s.criterion != share.criterion)
        return self._with(shares=(*others, share))

    def without_share(self, criterion: str) -> Self:
        """Let a criterion count as much as the weighting says."""
        return self._with(shares=(s for s in self.shares if s.criterion != criterion))

    def without_program(self, program: str) -> Self:
        """Take out every change that is about a program."""
        return self._with(
            scores=(s for s in self.scores if s.program != program),
            programs_out=(p for p in self.programs_out if p != program),
        )

    def without_criterion(self, criterion: str) -> Self:
        """Take out every change that is about a criterion."""
        return self._with(
            scores=(s for s in self.scores if s.criterion != criterion),
            criteria_out=(c for c in self.criteria_out if c != criterion),
            caps=(c for c in self.caps if c.criterion != criterion),
            shares=(s for s in self.shares if s.criterion != criterion),
        )

    def _with(self, **changes: Iterable[Hashable]) -> Self:
        taken = {name: tuple(items) for name, items in changes.items()}
        return type(self).model_validate(self.model_copy(update=taken).model_dump())
