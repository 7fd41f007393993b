"""What matters, as people said it. Weights are always derived from these judgements."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field

from mcda.project.items import drop
from mcda.project.text import (
    Day,
    Flag,
    Frozen,
    Id,
    Line,
    Name,
    Number,
    Percent,
    Points,
    Text,
    Times,
)

# Whether items are single criteria, or every branch of the tree is shared out by itself
# and the shares are multiplied down.
Over = Literal["criteria", "tree"]


class Equal(Frozen):
    """Nobody has said what matters: every item counts the same."""

    type: Literal["equal"] = "equal"
    over: Over = "criteria"


class PointShare(Frozen):
    """The points given to one criterion or objective."""

    item: Id
    points: Points


class PointsJudgement(Frozen):
    """Points shared out among the criteria, or among the branches of each objective."""

    type: Literal["points"] = "points"
    over: Over = "criteria"
    points: tuple[PointShare, ...]


class SwingRating(Frozen):
    """How much the lift of one item from worst to best matters; the top lift is 100."""

    item: Id
    rating: Percent


class SwingJudgement(Frozen):
    """Ratings of each lift from the worst to the best end against the most wanted lift.

    ``confirmed`` says that the trade-offs were read back and accepted.
    """

    type: Literal["swing"] = "swing"
    over: Over = "criteria"
    ratings: tuple[SwingRating, ...]
    confirmed: Flag = False


class OrderJudgement(Frozen):
    """An order of importance, most important first; items of one tier are level."""

    type: Literal["order"] = "order"
    over: Over = "criteria"
    tiers: tuple[tuple[Id, ...], ...]


class Comparison(Frozen):
    """How many times as much ``item`` matters as ``than``, from 1 (the same) to 9."""

    item: Id
    than: Id
    times: Times


class ComparisonsJudgement(Frozen):
    """Comparisons of two items at a time; not every pair needs one.

    They have to join all items that share a whole: from any one to any other, if only by way of
    further ones.
    """

    type: Literal["comparisons"] = "comparisons"
    over: Over = "criteria"
    comparisons: tuple[Comparison, ...]


Judgement = Annotated[
    Equal | PointsJudgement | SwingJudgement | OrderJudgement | ComparisonsJudgement,
    Field(discriminator="type"),
]


class AskedRange(Frozen):
    """The ends of a criterion's range that people had in view when they were asked."""

    criterion: Id
    worst: Number
    best: Number


class Weighting(Frozen):
    """One named set of judgements: a person's (by code and role, never a name) or the group's.

    ``asked`` keeps the ranges people had in view; where a range has been changed since, the
    weighting is stale and has to be asked again.
    """

    id: Id
    name: Name
    person: Id | None = None
    role: Line = ""
    judgement: Judgement
    asked: tuple[AskedRange, ...] = ()
    given_on: Day | None = None
    note: Text = ""

    def without_criterion(self, criterion_id: str) -> Self:
        """Take out what was said of a criterion."""
        kept = _judgement_without(self.judgement, criterion_id)
        asked = drop(self.asked, lambda a: a.criterion == criterion_id)
        return self.model_copy(update={"judgement": kept, "asked": asked})


def judged_items(weighting: Weighting) -> list[str]:
    """Return the ids a weighting speaks of, in the order given."""
    match weighting.judgement:
        case Equal():
            return []
        case PointsJudgement(points=points):
            return [p.item for p in points]
        case SwingJudgement(ratings=ratings):
            return [r.item for r in ratings]
        case OrderJudgement(tiers=tiers):
            return [item for tier in tiers for item in tier]
        case ComparisonsJudgement(comparisons=comparisons):
            return list(dict.fromkeys(i for c in comparisons for i in (c.item, c.than)))


def _judgement_without(judgement: Judgement, item: str) -> Judgement:
    match judgement:
        case Equal():
            return judgement
        case PointsJudgement():
            rest = drop(judgement.points, lambda p: p.item == item)
            return judgement.model_copy(update={"points": rest})
        case SwingJudgement():
            ratings = drop(judgement.ratings, lambda r: r.item == item)
            return judgement.model_copy(update={"ratings": ratings})
        case OrderJudgement():
            tiers = (tuple(i for i in tier if i != item) for tier in judgement.tiers)
            return judgement.model_copy(update={"tiers": tuple(t for t in tiers if t)})
        case ComparisonsJudgement():
            left = drop(judgement.comparisons, lambda c: item in (c.item, c.than))
            return judgement.model_copy(update={"comparisons": left})
