"""What weights mean, in words: how much of one thing makes up for a step on another."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from mcda.analysis.weights import UsedWeights, used_weights
from mcda.analysis.wording import and_list, number, with_unit
from mcda.engine.value_functions import linear_score, piecewise_score, piecewise_value
from mcda.project import Criterion, LevelScale, NumberScale, Project

_MOST = 3
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class TradeOff:
    """A step on one criterion, and the loss on another that weighs exactly as much.

    The step goes from ``start`` to ``end``, both in the units of ``lifted``. The loss is
    counted on ``paid`` from its best end down to ``left``, and ``amount`` is its size in units,
    never negative. On a straight value function the same amount weighs the same anywhere.
    """

    lifted: Criterion
    start: float
    end: float
    paid: Criterion
    left: float

    @property
    def amount(self) -> float:
        """The size of the loss, in the units of ``paid``."""
        return abs(self.left - self.paid.scale.best)


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence to read back, and what the levels in it stand for."""

    sentence: str
    detail: str = ""


def lift_text(criterion: Criterion) -> str:
    """Say the range of a criterion from its worst to its best end, in its units.

    >>> cost = NumberScale(unit="US dollars", worst=600000, best=0)
    >>> lift_text(Criterion(id="cost", name="Cost", scale=cost))
    'from 600,000 down to 0 US dollars'
    """
    scale = criterion.scale
    if isinstance(scale, LevelScale):
        ends = (f"level {number(end)} ({scale.anchor(end)})" for end in (scale.worst, scale.best))
        return "from {} to {}".format(*ends)
    way = "up" if scale.direction > 0 else "down"
    return f"from {number(scale.worst)} {way} to {with_unit(criterion, number(scale.best))}"


def tradeoff(weights: UsedWeights, lifted: Criterion, paid: Criterion) -> TradeOff | None:
    """Return the largest easily pictured step on one criterion that a loss on another balances.

    None where no step is balanced within the range of ``paid``, or where ``paid`` has no units
    or a stretch on which nothing changes, so that no one amount belongs to a step.

    >>> from mcda.project.templates import example
    >>> run = example().run()
    >>> found = tradeoff(used_weights(run), run.criterion("evidence"), run.criterion("cost"))
    >>> found.start, found.end, round(found.amount)
    (2.0, 4.0, 300000)
    """
    price = weights.weights[paid.id]
    if price <= 0 or weights.weights[lifted.id] <= 0 or not _has_units(paid):
        return None
    for start, end in _steps(lifted):
        loss = _gain(lifted, start, end) * weights.weights[lifted.id] / price
        if 0 < loss <= 100 * (1 + _ROUNDING):
            return TradeOff(lifted, start, end, paid, _score(paid, max(100 - loss, 0.0)))
    return None


def read_back(
    project: Project,
    run_id: str | None = None,
    weighting: str | Mapping[str, float] | None = None,
) -> tuple[Statement, ...]:
    """Say in a few sentences what a weighting means, for people to confirm.

    The heaviest criteria are set against what is counted in natural units, money first. Where
    nothing can be said in units, lifts are set against each other. What counts nothing is
    named.

    Takes and raises what :func:`mcda.analysis.used_weights` does.

    >>> from mcda.project.templates import example
    >>> read_back(example())[0].sentence
    'These weights treat the step from level 2 to level 3 on ... as worth as much as ...
    """
    run = project.run(run_id)
    used = used_weights(run, weighting)
    counted = sorted(
        (c for c in run.active_criteria if used.weights[c.id] > 0),
        key=lambda c: -used.weights[c.id],
    )
    said = [_statement(found) for found in _told(used, counted, project.info.currency)]
    said = said or list(_ratios(used, counted))
    idle = [c.name for c in run.active_criteria if used.weights[c.id] == 0]
    if idle:
        verb = "does" if len(idle) == 1 else "do"
        said.append(Statement(f"{and_list(idle)} {verb} not count at all."))
    return tuple(said)


def _told(used: UsedWeights, counted: list[Criterion], currency: str) -> list[TradeOff]:
    """Pick the trade-offs to tell: the heaviest criteria, each against the first that fits."""
    units = sorted((c for c in counted if _has_units(c)), key=lambda c: not _is_money(c, currency))
    found: list[TradeOff] = []
    for paid in units:
        for lifted in counted:
            known = {frozenset((t.lifted.id, t.paid.id)) for t in found}
            if lifted.id == paid.id or frozenset((lifted.id, paid.id)) in known:
                continue
            told = tradeoff(used, lifted, paid)
            if told is not None:
                found.append(told)
            if len(found) == _MOST or sum(t.paid.id == paid.id for t in found) == _MOST - 1:
                break
        if len(found) == _MOST:
            break
    return found


def _ratios(used: UsedWeights, counted: list[Criterion]) -> Iterator[Statement]:
    """Set whole lifts against each other: the heaviest against the next and the lightest."""
    if len(counted) == 1:
        yield Statement(f"Only {counted[0].name} counts; nothing makes up for a loss on it.")
        return
    first = counted[0]
    for other in dict.fromkeys((counted[1].id, counted[-1].id)):
        criterion = next(c for c in counted if c.id == other)
        times = used.weights[first.id] / used.weights[other]
        much = "as much as" if times < 1.005 else f"{number(round(times, 2))} times as much as"
        detail = (f"{c.name}: {lift_text(c)}." for c in (first, criterion))
        yield Statement(
            f"So the whole lift from worst to best on {first.name} counts {much} the one on "
            f"{criterion.name}.",
            " ".join(detail),
        )


def _statement(found: TradeOff) -> Statement:
    lifted, paid = found.lifted, found.paid
    return Statement(
        f"These weights treat the step from {_at(lifted, found.start)} to "
        f"{_at(lifted, found.end)} on {lifted.name} as worth as much as a difference of "
        f"{_much(found)} ({paid.name}{_way(found)}).",
        " ".join(part for part in (_anchors(found), _whole(found)) if part),
    )


def _whole(found: TradeOff) -> str:
    """Say where the difference takes all of the range: more than that cannot be weighed up."""
    scale = found.paid.scale
    if not math.isclose(found.amount, abs(scale.best - scale.worst), rel_tol=1e-9):
        return ""
    return f"That is the whole range of {found.paid.name}."


def _way(found: TradeOff) -> str:
    """Say where the loss begins and ends, where the same amount does not weigh the same anywhere.

    The end is told from the amount as it is stated, so that the two agree.
    """
    paid = found.paid
    if not _points(paid):
        return ""
    best, way = paid.scale.best, "down" if paid.scale.direction > 0 else "up"
    left = best - paid.scale.direction * _rounded_down(found.amount)
    return f", from {number(best)} {way} to {number(left)}"


def _much(found: TradeOff) -> str:
    """Write the amount with its unit: "about 9 dollars over 3 years"."""
    stated = _rounded_down(found.amount)
    about = "" if math.isclose(stated, found.amount, rel_tol=1e-9) else "about "
    if found.paid.unit == "%":
        return f"{about}{number(stated)} percentage points"
    return f"{about}{with_unit(found.paid, number(stated))}"


def _rounded_down(amount: float) -> float:
    """Cut a number to three digits, so that it never leaves the range.

    >>> _rounded_down(293333.3), _rounded_down(0.0129999), _rounded_down(180000.0)
    (293000.0, 0.0129, 180000.0)
    """
    if amount == 0:
        return 0.0
    digits = 2 - math.floor(math.log10(amount))
    nearest = round(amount, digits)
    if nearest <= amount or math.isclose(nearest, amount, rel_tol=1e-9):
        return nearest
    return round(nearest - 10.0**-digits, digits)


def _anchors(found: TradeOff) -> str:
    scale = found.lifted.scale
    if not isinstance(scale, LevelScale):
        return ""
    return " ".join(
        f"{_at(found.lifted, score).capitalize()}: {scale.anchor(score)}."
        for score in (found.start, found.end)
    )


def _at(criterion: Criterion, score: float) -> str:
    return with_unit(criterion, number(score))


def _has_units(criterion: Criterion) -> bool:
    """Say whether amounts of it can be named: a number scale whose value never stands still."""
    scale = criterion.scale
    return isinstance(scale, NumberScale) and all(b > a for (_, a), (_, b) in pairwise(scale.curve))


def _is_money(criterion: Criterion, currency: str) -> bool:
    return bool(currency) and currency.casefold() in criterion.unit.casefold()


def _steps(criterion: Criterion) -> list[tuple[float, float]]:
    """Return steps that are easy to picture, the preferred first, none over the whole range.

    Levels: from the second to the last but one, then single levels, the middle ones first.
    Numbers: from the worst end half the way, then a quarter, then a tenth of the way.
    """
    scale = criterion.scale
    if not isinstance(scale, LevelScale):
        return [
            (scale.worst, scale.worst + share * (scale.best - scale.worst))
            for share in (0.5, 0.25, 0.1)
        ]
    levels = [float(level.level) for level in scale.levels]
    single = list(pairwise(levels))
    inner = single[1:-1] or single
    wide = [(levels[1], levels[-2])] if len(levels) > 3 else []
    return list(dict.fromkeys([*wide, *inner, *single]))


def _gain(criterion: Criterion, start: float, end: float) -> float:
    scores, values = zip(*criterion.scale.curve, strict=True)
    low, high = piecewise_value([start, end], scores, values)
    return float(high - low)


def _score(criterion: Criterion, value: float) -> float:
    scale = criterion.scale
    if not _points(criterion):
        return float(linear_score(value, scale.worst, scale.best))
    scores, values = zip(*scale.curve, strict=True)
    return float(piecewise_score(value, scores, values))


def _points(criterion: Criterion) -> bool:
    """Say whether a number scale has points between its ends."""
    return len(criterion.scale.curve) > 2
