"""How the first place changes as weights move: one by itself, and as few as can be together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from mcda.analysis.firmness.alike import differences, identical_groups
from mcda.analysis.firmness.base import Base, Ids
from mcda.analysis.rounding import at_least, in_percent, inward, share_past
from mcda.analysis.scoring import solve
from mcda.analysis.table import unit_bounds
from mcda.analysis.whatif import with_share
from mcda.analysis.wording import and_list, few, or_list, percents
from mcda.engine import rank_scores
from mcda.engine.robustness import Stability, WeightFlips, smallest_change, weight_flips


@dataclass(frozen=True, slots=True)
class Past:
    """Where one weight changes who is first, and who that is.

    ``exact`` is the share at which they are level; ``stated`` is past it, rounded outward, and
    ``firsts`` are the ids of those first at ``stated``.
    """

    exact: float
    stated: float
    firsts: Ids


@dataclass(frozen=True, slots=True)
class WeightFlip:
    """How far one weight can move, the others keeping their proportions.

    ``low`` to ``high`` is where the leader stays first; ``before`` and ``after`` are the ids of
    those first just past each end, empty where the end is 0 or 1. ``down`` and ``up`` say it in
    round numbers; None where the leader stays first all the way.
    """

    criterion: str
    name: str
    now: float
    low: float
    high: float
    before: Ids
    after: Ids
    down: Past | None
    up: Past | None
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class WeightMove:
    """The smallest change of weights that brings a program level with the first.

    ``programs`` are the ids of it and of those identical to it. ``distance`` is the share of all
    weight that has to move; ``moved`` has (criterion id, share now, share then) for each weight
    that changes, the largest change first. ``possible`` is False where no weights put it first.
    """

    programs: Ids
    name: str
    possible: bool
    distance: float | None
    weights: Mapping[str, float] | None
    moved: tuple[tuple[str, float, float], ...]
    sentence: str


def flips_of_weights(start: Base) -> tuple[WeightFlip, ...]:
    """Return each weight's flips, in the order of the criteria."""
    found = weight_flips(*start.arguments, bounds=unit_bounds(start.weights.size))
    return tuple(_weight_flip(start, flip) for flip in found)


def _weight_flip(start: Base, flip: WeightFlips) -> WeightFlip:
    leader = int(np.flatnonzero(rank_scores(start.scores) == 1)[0])
    criterion = start.table.criteria[flip.criterion]
    stays = flip.stability(leader) or _touching(flip)
    low, high, before, after = stays.low, stays.high, stays.before, stays.after
    below, above = flip.edges[flip.edges < low - _SAME], flip.edges[flip.edges > high + _SAME]
    down = _past(start, criterion.id, low, float(below[-1])) if before else None
    up = _past(start, criterion.id, high, float(above[0])) if after else None
    found = WeightFlip(
        criterion=criterion.id,
        name=criterion.name,
        now=flip.weight,
        low=low,
        high=high,
        before=tuple(start.ids[i] for i in before),
        after=tuple(start.ids[i] for i in after),
        down=down,
        up=up,
    )
    return replace(found, sentence=_weight_sentence(start, found))


def _touching(flip: WeightFlips) -> Stability:
    """Return the place of a leader that is first at this one weight only, level with others."""
    last = len(flip.leaders) - 1
    below, above = (
        flip.leaders[min(max(int(np.searchsorted(flip.edges, flip.weight, side)) - 1, 0), last)]
        for side in ("left", "right")
    )
    weight = flip.weight
    return Stability(weight, weight, below if weight > 0 else (), above if weight < 1 else ())


def _past(start: Base, criterion: str, level: float, limit: float) -> Past:
    """Say who is first at a share past a flip, before the next flip."""
    stated, _ = share_past(level, limit)
    moved = with_share(start.used.weights, criterion, stated)
    weights = np.array([moved[c.id] for c in start.table.criteria])
    return Past(level, stated, start.firsts(solve(start.method, start.values, weights).scores))


_SAME = 1e-12  # edges of a weight closer than this are one, as in the engine


def _weight_sentence(start: Base, flip: WeightFlip) -> str:
    said = []
    for past in (flip.up, flip.down):
        if past is not None:
            then, now = percents(past.stated, flip.now)
            counted = f"If {flip.name} counted for {then} instead of {now}"
            said.append(f"{counted}, {start.said(past.firsts)}.")
    if start.weights.size == 1:
        return f"{flip.name} is all that counts, so its weight cannot move."
    return " ".join(said) or f"However much {flip.name} counts, the first place stays as it is."


def stretch(flip: WeightFlip) -> tuple[str, str]:
    """Write a weight, and how far it can move while the leader stays first."""
    if flip.low >= flip.high:
        return _tenths(flip.now), "only as it is now"
    low, high, decimals = inward(flip.low, flip.high, flip.now)
    now, *ends = (in_percent(share, decimals) for share in (flip.now, low, high))
    return now, " to ".join(ends)


def _tenths(share: float) -> str:
    return in_percent(share, 1)


def smallest_moves(start: Base, firsts: Ids) -> tuple[WeightMove, ...]:
    """Return what each program that is not first needs, the nearest at the front."""
    apart = differences(start.table.low, start.table.high)
    alike = {row: group for group in identical_groups(apart) for row in group}
    groups = dict.fromkeys(alike.get(row, (row,)) for row in range(len(start.ids)))
    moves = [_smallest_move(start, g) for g in groups if start.ids[g[0]] not in firsts]
    return tuple(sorted(moves, key=lambda m: (not m.possible, m.distance or 0.0)))


def _smallest_move(start: Base, rows: tuple[int, ...]) -> WeightMove:
    """Return what a program needs, and all that are identical to it."""
    values, weights, directions, _ = start.arguments
    found = smallest_change(values, weights, directions, rows[0], bounds=unit_bounds(weights.size))
    programs = [start.table.programs[row] for row in rows]
    ids, names = tuple(p.id for p in programs), few([p.name for p in programs])
    if found.weights is None or found.distance is None:
        sentence = f"No weights at all would put {or_list(names)} first."
        return WeightMove(ids, and_list(names), False, None, None, (), sentence)
    then = {c.id: w for c, w in zip(start.table.criteria, found.weights.tolist(), strict=True)}
    now = start.used.weights
    moved = [(c, now[c], then[c]) for c in then if abs(then[c] - now[c]) > _MOVED]
    moved.sort(key=lambda move: -abs(move[2] - move[1]))
    criteria = {c.id: c.name for c in start.table.criteria}
    parts = [f"{criteria[c]} from {_tenths(a)} to {_tenths(b)}" for c, a, b in moved]
    sentence = (
        f"{and_list(names)} would be first, or share the first place, if "
        f"{at_least(found.distance)} of the weight moved, about like this: "
        f"{and_list(few(parts, 4))}."
    )
    return WeightMove(ids, and_list(names), True, found.distance, then, tuple(moved), sentence)


_MOVED = 5e-5  # a change that shows in tenths of a percent
