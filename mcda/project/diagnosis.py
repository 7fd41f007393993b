"""The diagnosis: what drives the problem here, what is there already, and how ready we are.

It tells of the community and its services, never of one young person.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final, Literal, Self, TypeVar

from pydantic import Field

from mcda.project.errors import ProjectError
from mcda.project.evidence import Exact, Range
from mcda.project.items import Item, Lists, drop, put
from mcda.project.text import Day, Frozen, Id, Line, Text

FactorKind = Literal["risk", "protective", "system gap"]
Rank = Literal["high", "medium", "low"]
ReadinessPart = Literal["motivation", "general capacity", "specific capacity"]
LOW_READINESS: Final = 2

OfFactorsT = TypeVar("OfFactorsT", "Asset", "Goal")


class Factor(Item):
    """Something that drives the problem here, guards against it, or is missing in the system.

    ``source`` says how it is known: aggregate figures, meetings, reports.
    """

    kind: FactorKind = "risk"
    priority: Rank | None = None
    trend: Literal["rising", "steady", "falling", "not known"] = "not known"
    confidence: Rank | None = None
    source: Text = ""


class Asset(Item):
    """A service or strength that is there already, the factors it bears on, and what it lacks."""

    provider: Line = ""
    serves: Line = ""
    catalog_id: Id | None = None
    gap: Text = ""
    factors: tuple[Id, ...] = ()


class ReadinessItem(Item):
    """One thing to be ready in, rated from 1 (not at all) to 5 (fully); None is not rated yet.

    A low item (1 or 2) needs an ``action``: what will be done about it, by whom (``owner``, a
    role) and by when.
    """

    part: ReadinessPart
    rating: int | None = Field(default=None, strict=True, ge=1, le=5)
    action: Text = ""
    owner: Line = ""
    act_by: Day | None = None

    @property
    def low(self) -> bool:
        """Whether it is rated 1 or 2.

        >>> [ReadinessItem(id="a", name="A", part="motivation", rating=n).low for n in (2, 3)]
        [True, False]
        """
        return self.rating is not None and self.rating <= LOW_READINESS


class Goal(Item):
    """What is to be different, for whom, by when, and the factors it answers to."""

    factors: tuple[Id, ...] = ()
    for_whom: Line = ""
    by: Day | None = None


class Condition(Item):
    """Something any program must meet here; it is proposed to the selection as a must-have."""

    definition: Text = ""
    reason: Text = ""


class FactorLink(Frozen):
    """How a program acts on a factor, as people judged it, with the reason."""

    factor: Id
    program: Id
    acts: Literal["directly", "indirectly", "no"]
    reason: Text = ""

    @property
    def place(self) -> tuple[str, str]:
        """The cell of the grid it fills: factor id and program id."""
        return self.factor, self.program


class RefusedMatch(Frozen):
    """A level that the grid proposed for a program and people did not take over, with the reason.

    ``by`` is the role of who said so. It stands for this level alone: another proposal is made
    again.
    """

    program: Id
    proposed: Exact | Range = Field(discriminator="type")
    reason: Text = ""
    by: Line = ""
    on: Day | None = None


class Diagnosis(Lists):
    """What the community found out before it chose.

    ``boundaries`` says what the problem statement leaves out, ``missed`` whom the data may not
    show, ``raters`` who rated the readiness, by role.

    >>> found = Diagnosis().with_item(Factor(id="online", name="Grooming online", priority="high"))
    >>> [f.name for f in found.priority_factors]
    ['Grooming online']
    """

    LISTS: ClassVar[Mapping[type[Item], tuple[str, str]]] = {
        Factor: ("factors", "factor"),
        Asset: ("assets", "service"),
        ReadinessItem: ("readiness", "readiness item"),
        Goal: ("goals", "goal"),
        Condition: ("must_haves", "must-have of the diagnosis"),
    }

    problem: Text = ""
    boundaries: Text = ""
    population: Text = ""
    missed: Text = ""
    place: Text = ""
    raters: Line = ""
    rated_on: Day | None = None
    factors: tuple[Factor, ...] = ()
    assets: tuple[Asset, ...] = ()
    readiness: tuple[ReadinessItem, ...] = ()
    goals: tuple[Goal, ...] = ()
    must_haves: tuple[Condition, ...] = ()
    links: tuple[FactorLink, ...] = ()
    refused_matches: tuple[RefusedMatch, ...] = ()

    @property
    def priority_factors(self) -> tuple[Factor, ...]:
        """The factors of high priority: those a program is matched to."""
        return tuple(f for f in self.factors if f.priority == "high")

    @property
    def low_readiness(self) -> tuple[ReadinessItem, ...]:
        """The items of readiness that are rated low."""
        return tuple(item for item in self.readiness if item.low)

    def link(self, factor: str, program: str) -> FactorLink | None:
        """Return how a program acts on a factor, or None where nobody has said."""
        return next((link for link in self.links if link.place == (factor, program)), None)

    def with_link(self, link: FactorLink) -> Self:
        """Say how a program acts on a factor, in place of what was said before.

        Raises ``UnknownItemError`` for a factor that is not there.
        """
        self.item(Factor, link.factor)
        return self.model_copy(update={"links": put(self.links, link, lambda k: k.place)})

    def without_link(self, factor: str, program: str) -> Self:
        """Take back what was said of a program and a factor; raises ``ProjectError``."""
        if self.link(factor, program) is None:
            raise ProjectError("Nothing is said of this program and this factor.")
        rest = drop(self.links, lambda link: link.place == (factor, program))
        return self.model_copy(update={"links": rest})

    def with_refused_match(self, refused: RefusedMatch) -> Self:
        """Keep that a proposed level was not taken over, in place of what was refused before."""
        kept = put(self.refused_matches, refused, lambda r: r.program)
        return self.model_copy(update={"refused_matches": kept})

    def without_refused_match(self, program: str) -> Self:
        """Forget that a level proposed for a program was refused, if one was."""
        rest = drop(self.refused_matches, lambda r: r.program == program)
        return self.model_copy(update={"refused_matches": rest})

    def without_program(self, program: str) -> Self:
        """Take back what was said of a program."""
        rest = drop(self.links, lambda link: link.program == program)
        return self.model_copy(update={"links": rest}).without_refused_match(program)

    def _forgetting(self, kind: type[Item], item_id: str) -> Self:
        if kind is not Factor:
            return self
        return self.model_copy(
            update={
                "assets": tuple(_less(asset, item_id) for asset in self.assets),
                "goals": tuple(_less(goal, item_id) for goal in self.goals),
                "links": drop(self.links, lambda link: link.factor == item_id),
            }
        )


def _less(item: OfFactorsT, factor: str) -> OfFactorsT:
    return item.model_copy(update={"factors": drop(item.factors, lambda f: f == factor)})
