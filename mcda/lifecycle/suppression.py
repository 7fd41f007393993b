"""Small counts of people: which numbers may be shown so that none of them can be worked out.

A count of people from 1 up to the indicator's smallest count (ten, or more) less one is *small*.
It is hidden, and so is the rest of a share, the difference of two periods, or whatever else can be
computed from shown numbers and is small. Three rules decide on one number after the other, in the
order in which the observations were entered, the totals of an observation before its parts:

1. a small number is hidden;
2. a number is hidden with which any small count of a stretch of time, of all people or of one
   group, would follow exactly from what is shown (a difference, a sum, what is left over);
3. a number is hidden with which a small count would be known to within less than the smallest
   count: what is shown, and that no count is negative, must leave that much room.

Where people may be counted in two periods, periods do not add up: rules 2 and 3 then look at each
observation by itself, and a number is hidden that differs by a small one from a shown number of a
longer or shorter period around the same days.

What is shown once stays shown, whatever is entered later, because an older report may have it: so
two reports of different days, laid side by side, tell no more than the newer one. The rules look at
one indicator; two indicators that count the same people can still tell more together.

The thresholds follow the practice of state health departments: counts of 1 to 9, with all that lets
them be worked out (Washington State Department of Health, "Standards for Reporting Data with
Small Numbers"). Rule 3 is the usual test of a table with hidden cells, the range of values that
the shown ones allow, found by linear programming (Fischetti and Salazar, 2001, "Solving the cell
suppression problem on tabular data with linear constraints", Management Science 47).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mcda.project import Indicator, Observation, Part

Vector = NDArray[np.float64]
Outcome = Literal["yes", "no", "both"]
What = Literal["count", "of", "value"]

_NO_GROUP = "\0"
_TIE = 1e-6
_UNBOUNDED = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of an observation: its count, what that is a part of, or its value.

    ``group`` is None for the number in all.
    """

    place: tuple[str, str, str]
    what: What
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """An observation without what must not be shown, and which of its numbers are hidden."""

    observation: Observation
    hidden: frozenset[Cell]


def shown_observations(
    indicator: Indicator, observations: Sequence[Observation]
) -> tuple[Shown, ...]:
    """Return observations of one indicator as they may be shown, in the order given.

    The order is that in which they were entered, oldest first; it decides which number is hidden
    where either would do.

    >>> from datetime import date
    >>> linked = Indicator(id="linked", name="Linked to an advocate", groups=("Boys", "Girls"))
    >>> parts = (Part(group="Boys", count=4), Part(group="Girls", count=27))
    >>> spring = Observation(indicator="linked", starts_on=date(2027, 1, 1),
    ...                      ends_on=date(2027, 3, 31), count=31, parts=parts)
    >>> found = shown_observations(linked, [spring])[0].observation
    >>> found.count, [part.count for part in found.parts]
    (31, [None, None])
    """
    if not indicator.people:
        return tuple(Shown(o, frozenset()) for o in observations)
    hidden: set[Cell] = set()
    for together in _stretches(indicator, observations):
        hidden |= _hidden(indicator, together)
    if not indicator.adds_up:
        hidden |= _telling_differences(indicator, observations, hidden)
    return tuple(_less(indicator, o, hidden) for o in observations)


def small(number: float | None, smallest_count: int) -> bool:
    """Whether a count of people is too small to show: 1 up to ``smallest_count`` less one.

    >>> [small(n, 10) for n in (0, 1, 9, 10, None)]
    [False, True, True, False, False]
    """
    return number is not None and 0 < round(number) < smallest_count


def _stretches(
    indicator: Indicator, observations: Sequence[Observation]
) -> Iterator[list[Observation]]:
    """Yield the observations that bear on each other, in the order of entry.

    They are those whose periods overlap, directly or by others between; where periods do not add
    up, each stands alone.
    """
    if not indicator.adds_up:
        yield from ([o] for o in observations)
        return
    together: list[Observation] = []
    end = date.min
    for each in sorted(observations, key=lambda o: o.starts_on):
        if together and each.starts_on > end:
            yield [o for o in observations if o in together]
            together, end = [], date.min
        together.append(each)
        end = max(end, each.ends_on)
    if together:
        yield [o for o in observations if o in together]


def _hidden(indicator: Indicator, observations: Sequence[Observation]) -> set[Cell]:
    audit = _Audit(indicator, observations)
    hidden: set[Cell] = set()
    for observation in observations:
        known = list(_numbers(observation))
        audit.begin(known)
        hidden |= {cell for cell, number in known if not audit.shows(cell, number)}
    return hidden


def _numbers(observation: Observation) -> Iterator[tuple[Cell, int]]:
    """Yield an observation's counts: in all first, then of the groups, the largest first."""
    place = observation.place
    if observation.of is not None:
        yield Cell(place, "of"), observation.of
    if observation.count is not None:
        yield Cell(place, "count"), observation.count
    parts: list[tuple[Cell, int]] = []
    for part in observation.parts:
        if part.of is not None:
            parts.append((Cell(place, "of", part.group), part.of))
        if part.count is not None:
            parts.append((Cell(place, "count", part.group), part.count))
    yield from sorted(parts, key=lambda known: -known[1])


def _telling_differences(
    indicator: Indicator, observations: Sequence[Observation], hidden: set[Cell]
) -> set[Cell]:
    """Return the numbers that differ by a small one from those of a period around or within."""
    shown: list[tuple[Observation, Cell, int]] = []
    telling: set[Cell] = set()
    for observation in observations:
        for cell, number in _numbers(observation):
            if cell in hidden:
                continue
            tells = any(
                _nested(observation, other)
                and (cell.what, cell.group) == (seen.what, seen.group)
                and small(abs(number - before), indicator.smallest_count)
                for other, seen, before in shown
            )
            if tells:
                telling.add(cell)
            else:
                shown.append((observation, cell, number))
    return telling


def _nested(one: Observation, other: Observation) -> bool:
    return (one.starts_on <= other.starts_on and other.ends_on <= one.ends_on) or (
        other.starts_on <= one.starts_on and one.ends_on <= other.ends_on
    )


def _less(indicator: Indicator, observation: Observation, hidden: set[Cell]) -> Shown:
    """Take the hidden numbers out of an observation; a number rests on how many people it is of."""
    place = observation.place
    own = {cell for cell in hidden if cell.place == place}

    def kept(what: What, number: int | None, group: str | None = None) -> int | None:
        return None if Cell(place, what, group) in own else number

    of = kept("of", observation.of)
    rests_on_few = indicator.measure == "number" and not of
    if rests_on_few and observation.value is not None:
        own.add(Cell(place, "value"))
    parts = tuple(
        Part(group=p.group, count=kept("count", p.count, p.group), of=kept("of", p.of, p.group))
        for p in observation.parts
    )
    changes = {
        "value": None if rests_on_few else observation.value,
        "count": kept("count", observation.count),
        "of": of,
        "parts": parts,
    }
    return Shown(observation.model_copy(update=changes), frozenset(own))


class _Audit:
    """What the numbers shown so far let anyone work out, where periods and groups add up.

    The unknowns are the counts in the smallest stretches of time between the ends of any period,
    in each group and in no group, with and without what a share counts. Every number is a sum of
    some of them: a row of zeros and ones.
    """

    def __init__(self, indicator: Indicator, observations: Sequence[Observation]) -> None:
        ends = {o.starts_on for o in observations}
        ends |= {o.ends_on + timedelta(days=1) for o in observations}
        self._smallest = indicator.smallest_count
        self._days = list(pairwise(sorted(ends)))
        self._groups = (*indicator.groups, _NO_GROUP)
        share = any(cell.what == "of" for o in observations for cell, _ in _numbers(o))
        self._outcomes: tuple[Outcome, ...] = ("yes", "no") if share else ("yes",)
        self._rows: list[Vector] = []
        self._values: list[float] = []
        self._protected: list[Vector] = []
        self._all_sums = np.array(list(self._sums()))

    def begin(self, known: Iterable[tuple[Cell, int]]) -> None:
        """Take an observation in: what is small in it has to stay unknown."""
        numbers = dict(known)
        for cell, number in numbers.items():
            if small(number, self._smallest):
                self._protected.append(self._row(cell))
            whole = numbers.get(Cell(cell.place, "of", cell.group))
            if cell.what == "count" and whole is not None and small(whole - number, self._smallest):
                self._protected.append(self._sum(*_period(cell), cell.group, "no"))

    def shows(self, cell: Cell, number: int) -> bool:
        """Whether a number can be shown beside the others; if so it is shown from now on."""
        if small(number, self._smallest):
            return False
        rows, values = [*self._rows, self._row(cell)], [*self._values, float(number)]
        following = _following(self._all_sums, np.array(rows), np.array(values))
        if any(small(each, self._smallest) for each in following):
            return False
        if any(_room(p, rows, values) < self._smallest - _TIE for p in self._protected):
            return False
        self._rows, self._values = rows, values
        return True

    def _sums(self) -> Iterator[Vector]:
        """Yield every stretch of time, of all or of one group, as a sum of the unknowns."""
        outcomes: tuple[Outcome, ...] = (
            ("yes", "no", "both") if len(self._outcomes) > 1 else ("yes",)
        )
        for start, (first, _) in enumerate(self._days):
            for _, end in self._days[start:]:
                for group in (None, *self._groups):
                    yield from (self._sum(first, end, group, outcome) for outcome in outcomes)

    def _row(self, cell: Cell) -> Vector:
        outcome: Outcome = "both" if cell.what == "of" else "yes"
        return self._sum(*_period(cell), cell.group, outcome)

    def _sum(self, first: date, end: date, group: str | None, outcome: Outcome) -> Vector:
        days = np.array([first <= start and stop <= end for start, stop in self._days], float)
        groups = np.array([group in (None, name) for name in self._groups], float)
        outcomes = np.array([outcome in ("both", name) for name in self._outcomes], float)
        every = days[:, None, None] * groups[:, None] * outcomes
        return np.ravel(every)


def _period(cell: Cell) -> tuple[date, date]:
    """Return a period's first day and the day after its last."""
    _, first, last = cell.place
    return date.fromisoformat(first), date.fromisoformat(last) + timedelta(days=1)


def _following(sums: Vector, rows: Vector, values: Vector) -> Vector:
    """Return the values of those sums that follow exactly from the numbers shown.

    ``sums`` (k, n) and ``rows`` (m, n) are sums of unknowns that are 0 or more, and ``values`` (m,)
    is what the rows come to. What can only be zero is left out; of the rest a sum follows where it
    is a combination of the rows.
    """
    free = ~_only_zero(rows, values)
    shown, wanted = rows[:, free], sums[:, free]
    combined = wanted @ np.linalg.pinv(shown)
    follows = np.abs(combined @ shown - wanted).max(axis=1, initial=0.0) < _TIE
    found: Vector = combined[follows] @ values
    return found


def _only_zero(rows: Vector, values: Vector) -> NDArray[np.bool_]:
    """Return which unknowns, (n,), are zero in every solution.

    A linear program looks for a solution, scaled up as far as it likes, with as many unknowns of
    1 or more as there can be. Numbers that contradict each other tell nothing.
    """
    from scipy.optimize import linprog

    unknowns = rows.shape[1]
    # The unknowns are x = above + up, with 0 <= up <= 1; rows @ x = scale * values.
    equal = np.hstack([rows, rows, -values[:, None]])
    cost = np.concatenate([np.zeros(unknowns), -np.ones(unknowns), [0.0]])
    limits = [(0, None)] * unknowns + [(0, 1)] * unknowns + [(1, None)]
    found = linprog(cost, A_eq=equal, b_eq=np.zeros(len(rows)), bounds=limits, method="highs")
    if found.status != 0:
        return np.zeros(unknowns, dtype=bool)
    up: Vector = found.x[unknowns : 2 * unknowns]
    return up < 0.5


def _room(total: Vector, rows: Sequence[Vector], values: Sequence[float]) -> float:
    """Return how far apart the least and the most are that a sum can be beside the shown ones.

    Numbers that contradict each other leave no room, so that nothing more is shown: nobody can
    say what follows from them.
    """
    from scipy.optimize import linprog

    ends = []
    for sign in (1.0, -1.0):
        found = linprog(sign * total, A_eq=np.array(rows), b_eq=np.array(values), method="highs")
        if found.status == _UNBOUNDED:
            return float("inf")
        if found.status != 0:
            return 0.0
        ends.append(sign * float(found.fun))
    return ends[1] - ends[0]
