"""Small counts of people: which numbers may be shown so that none of them can be worked out.

A count of people from 1 up to the indicator's smallest count (ten, or more) less one is *small*.
It is hidden, and so is the rest of a share, the difference of two periods, or whatever else can be
computed from shown numbers and is small. Three rules decide on one number after the other, in the
order in which the observations were entered, the totals of an observation before its parts:

1. a small number is hidden;
2. a number is hidden with which any small count of a stretch of time, of all people, of one group
   or of all but one, would follow exactly from what is shown (a difference, a sum, what is left
   over);
3. a number is hidden with which a small count would be known to within less than the smallest
   count: what is shown, and that no count is negative, must leave that much room, or as much as
   there was before.

A number that contradicts the shown ones is hidden as well: nobody can say what follows from it.

Where people may be counted in two periods, periods do not add up. Then it is known of a period
that lies within another only that it counts no more people, and what must not follow is a small
count of a period or a small difference of two such periods.

What is shown once stays shown, whatever is entered later, because an older report may have it: so
two reports of different days, laid side by side, tell no more than the newer one. That holds for
what is added. A number that is corrected, taken out or entered anew differs from the one in an
older report, and the two together may tell more. The rules look at one indicator; two indicators
that count the same people can still tell more together.

The thresholds follow the practice of state health departments: counts of 1 to 9, with all that lets
them be worked out (Washington State Department of Health, "Standards for Reporting Data with
Small Numbers"). Rule 3 is the usual test of a table with hidden cells, the range of values that
the shown ones allow, found by linear programming (Fischetti and Salazar, 2001, "Solving the cell
suppression problem on tabular data with linear constraints", Management Science 47).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import combinations, pairwise, permutations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mcda.project import Indicator, Observation, Part

Vector = NDArray[np.float64]
Mask = NDArray[np.bool_]
Outcome = Literal["yes", "no", "both"]
What = Literal["count", "of", "value"]
Days = tuple[int, int]
Among = frozenset[str]  # the groups whose people count; of all people where it is empty

_NO_GROUP = "\0"
_TIE = 1e-6
_FAR = 1000


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
    return _shown(indicator, tuple(observations))


# A page asks several times for the same, and the audit is the dearest thing on it.
@lru_cache(maxsize=256)
def _shown(indicator: Indicator, observations: tuple[Observation, ...]) -> tuple[Shown, ...]:
    if not indicator.people:
        return tuple(Shown(o, frozenset()) for o in observations)
    hidden: set[Cell] = set()
    for together in _stretches(observations):
        hidden |= _hidden(indicator, together)
    return tuple(_less(indicator, o, hidden) for o in observations)


def small(number: float | None, smallest_count: int) -> bool:
    """Whether a count of people is too small to show: 1 up to ``smallest_count`` less one.

    >>> [small(n, 10) for n in (0, 1, 9, 10, None)]
    [False, True, True, False, False]
    """
    return number is not None and 0 < round(number) < smallest_count


def _stretches(observations: Sequence[Observation]) -> Iterator[list[Observation]]:
    """Yield the observations that bear on each other, in the order of entry.

    They are those whose periods overlap, directly or by others between.
    """
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


@dataclass(slots=True, eq=False)
class _Linked:
    """Unknowns that bear on each other, what the sums ``rows`` of them come to, and what follows.

    ``unknowns`` (n,) says which they are; ``rows`` (m, n) come to ``values`` (m,). Of each telling
    sum, its part in these unknowns comes to ``amounts`` (k,) where it ``follows`` (k,). ``fitting``
    (p, n) are counts that fit all this, and 0 elsewhere: the more they differ in a sum, the more
    room it has, so that few sums need a linear program.
    """

    unknowns: Mask
    rows: Vector
    values: Vector
    follows: Mask
    amounts: Vector
    fitting: Vector

    def has_part_in(self, total: Vector) -> bool:
        """Whether any of these unknowns is in a sum."""
        return bool(total[self.unknowns].any())

    def widen(self, total: Vector, most: float) -> None:
        """Add the counts that make a sum least and most; none is above ``most``."""
        at = self.unknowns
        for sign in (1.0, -1.0):
            end = _least(sign * total[at], self.rows[:, at], self.values, most)
            if end is not None:
                counts = np.zeros((1, len(total)))
                counts[:, at] = end
                self.fitting = np.vstack([self.fitting, counts])


class _Audit:
    """What the numbers shown so far let anyone work out.

    Every number is a sum of unknowns that are 0 or more: a row of zeros and ones. Numbers that
    share no unknown, not even by others between, are looked at apart.
    """

    def __init__(self, indicator: Indicator, observations: Sequence[Observation]) -> None:
        self._smallest = indicator.smallest_count
        self._counts = (_Adding if indicator.adds_up else _Apart)(indicator, observations)
        self._telling = self._counts.telling
        highest = max((n for o in observations for _, n in _numbers(o)), default=0)
        self._most = float(_FAR * (highest + self._smallest))
        self._linked: list[_Linked] = []
        # Sums that have to keep some room, and how much.
        self._protected: list[tuple[Vector, float]] = []
        for row in self._counts.known:
            self._linked = self._joined(row, 0.0) or self._linked

    def begin(self, known: Iterable[tuple[Cell, int]]) -> None:
        """Take an observation in: what is small in it has to stay unknown."""
        numbers = dict(known)
        for cell, number in numbers.items():
            if small(number, self._smallest):
                self._protect(self._row(cell))
            whole = numbers.get(Cell(cell.place, "of", cell.group))
            if cell.what == "count" and whole is not None and small(whole - number, self._smallest):
                self._protect(self._counts.sum(_period(cell), _among(cell), "no"))

    def _protect(self, total: Vector) -> None:
        self._widen(total, self._linked)
        self._protected.append((total, min(self._smallest, self._room(total, self._linked))))

    def shows(self, cell: Cell, number: int) -> bool:
        """Whether a number can be shown beside the others; if so it is shown from now on."""
        if small(number, self._smallest):
            return False
        linked = self._joined(self._row(cell), float(number))
        if linked is None or self._tells(linked):
            return False
        concerned = [each for each in self._protected if linked[-1].has_part_in(each[0])]
        if not all(self._leaves(least, total, linked) for total, least in concerned):
            return False
        linked[-1].fitting = _farthest(linked[-1].fitting, [total for total, _ in concerned])
        self._linked = linked
        return True

    def _leaves(self, least: float, total: Vector, linked: Sequence[_Linked]) -> bool:
        """Whether a sum keeps so much room."""
        if self._room(total, linked) < least - _TIE:
            self._widen(total, linked)
        return self._room(total, linked) >= least - _TIE

    def _row(self, cell: Cell) -> Vector:
        outcome: Outcome = "both" if cell.what == "of" else "yes"
        return self._counts.sum(_period(cell), _among(cell), outcome)

    def _joined(self, row: Vector, value: float) -> list[_Linked] | None:
        """Return what is linked once a sum is known as well, that last; None if it contradicts."""
        touched = [each for each in self._linked if each.has_part_in(row)]
        apart = [each for each in self._linked if each not in touched]
        unknowns = np.any([row != 0, *(each.unknowns for each in touched)], axis=0)
        rows = np.vstack([*(each.rows for each in touched), row])
        values = np.concatenate([*(each.values for each in touched), [value]])
        solved = _solved(rows[:, unknowns], values)
        if solved is None:
            return None
        counts, zero = np.zeros_like(row), np.zeros_like(unknowns)
        counts[unknowns], zero[unknowns] = solved
        left = unknowns & ~zero
        follows, amounts = _following(self._telling[:, left], rows[:, left], values)
        totals = [total for total, _ in self._protected if total[unknowns].any()]
        mixed = _with_sum(_ends(touched, row, value, totals), row, value)
        fitting = np.vstack([counts, mixed])
        return [*apart, _Linked(unknowns, rows, values, follows, amounts, fitting)]

    def _tells(self, linked: Sequence[_Linked]) -> bool:
        """Whether a small count follows from what is shown."""
        free = _free(linked, self._telling.shape[1])
        follows = ~self._telling[:, free].any(axis=1)
        follows &= np.all([each.follows for each in linked], axis=0)
        amounts = np.abs(np.sum([each.amounts for each in linked], axis=0))[follows]
        return any(small(amount, self._smallest) for amount in amounts)

    def _widen(self, total: Vector, linked: Sequence[_Linked]) -> None:
        for each in linked:
            if each.has_part_in(total):
                each.widen(total, self._most)

    def _room(self, total: Vector, linked: Sequence[_Linked]) -> float:
        """Return how far apart a sum is, at the least, in counts that fit."""
        if total[_free(linked, len(total))].any():
            return float("inf")
        return sum(float(np.ptp(each.fitting @ total)) for each in linked)


class _Counts:
    """The unknown counts behind the observations, by time, group and outcome of a share.

    ``known`` are sums of them that are 0 whatever is shown; ``telling``, (k, n), are those that
    must not follow from what is shown where they are small.
    """

    known: Sequence[Vector] = ()
    telling: Vector

    def __init__(
        self, indicator: Indicator, observations: Sequence[Observation], times: Sequence[Days]
    ) -> None:
        # A group that the indicator has no longer still holds people.
        strange = (part.group for o in observations for part in o.parts)
        self._groups = (*dict.fromkeys((*indicator.groups, *strange)), _NO_GROUP)
        share = any(cell.what == "of" for o in observations for cell, _ in _numbers(o))
        self._outcomes: tuple[Outcome, ...] = ("yes", "no") if share else ("yes",)
        self._times = times
        self._more = 0

    def sum(self, period: Days, among: Among, outcome: Outcome) -> Vector:
        """Return the people of a period as a sum of unknowns, (n,)."""
        times = np.array([self._counts_in(period, time) for time in self._times], float)
        groups = np.array([not among or name in among for name in self._groups], float)
        outcomes = np.array([outcome in ("both", name) for name in self._outcomes], float)
        every = times[:, None, None] * groups[:, None] * outcomes
        return np.concatenate([np.ravel(every), np.zeros(self._more)])

    def _counts_in(self, period: Days, time: Days) -> bool:
        """Whether the count of one of the times is a part of that of a period."""
        return _within(time, period)

    def _kinds(self) -> list[tuple[Among, Outcome]]:
        """Return all people, each group, and all but each, with each outcome and with both."""
        outcomes: tuple[Outcome, ...] = (
            ("yes", "no", "both") if len(self._outcomes) > 1 else ("yes",)
        )
        each = [frozenset({group}) for group in self._groups]
        rest = [frozenset(self._groups) - group for group in each]
        among = dict.fromkeys((frozenset(), *each, *rest))
        return [(groups, outcome) for groups in among for outcome in outcomes]


class _Adding(_Counts):
    """Counts of periods that add up: those of the smallest stretches between any two ends."""

    def __init__(self, indicator: Indicator, observations: Sequence[Observation]) -> None:
        ends = sorted({end for o in observations for end in _days(o)})
        super().__init__(indicator, observations, list(pairwise(ends)))
        stretches = combinations(ends, 2)
        self.telling = np.array([self.sum(s, *kind) for s in stretches for kind in self._kinds()])


class _Apart(_Counts):
    """Counts of periods in which the same people may be counted: one of its own for each.

    Further unknowns are what a period counts more than one within it, in each group. That is 0 or
    more, but for a share only of all that it is of: who is in it may be out of it later.
    """

    def __init__(self, indicator: Indicator, observations: Sequence[Observation]) -> None:
        times = list(dict.fromkeys(_days(o) for o in observations))
        super().__init__(indicator, observations, times)
        nested = [pair for pair in permutations(times, 2) if _within(*pair)]
        growing = [(*pair, frozenset({group})) for pair in nested for group in self._groups]
        self._more = len(growing)
        whole: Outcome = "both" if len(self._outcomes) > 1 else "yes"
        more = np.eye(len(growing), len(self.sum(times[0], frozenset(), whole)))[:, ::-1]
        self.known = [
            self._grown(*pair, whole) - each for pair, each in zip(growing, more, strict=True)
        ]
        kinds = self._kinds()
        each = [self.sum(time, *kind) for time in times for kind in kinds]
        grown = [self._grown(*pair, *kind) for pair in nested for kind in kinds]
        self.telling = np.array([*each, *grown])

    def _counts_in(self, period: Days, time: Days) -> bool:
        return time == period

    def _grown(self, inner: Days, outer: Days, among: Among, outcome: Outcome) -> Vector:
        return self.sum(outer, among, outcome) - self.sum(inner, among, outcome)


def _within(inner: Days, outer: Days) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _days(observation: Observation) -> Days:
    """Return a period's first day and the day after its last, as numbers of days."""
    return observation.starts_on.toordinal(), observation.ends_on.toordinal() + 1


def _period(cell: Cell) -> Days:
    """Return the period that a number is of, as :func:`_days` does."""
    _, first, last = cell.place
    return date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal() + 1


def _among(cell: Cell) -> Among:
    return frozenset() if cell.group is None else frozenset({cell.group})


def _following(sums: Vector, rows: Vector, values: Vector) -> tuple[Mask, Vector]:
    """Return which sums follow exactly from the numbers shown, (k,), and what they come to.

    ``sums`` (k, n) and ``rows`` (m, n) are sums of unknowns that need not be zero, and ``values``
    (m,) is what the rows come to. A sum follows where it is a combination of the rows.
    """
    combined = sums @ np.linalg.pinv(rows)
    follows: Mask = np.abs(combined @ rows - sums).max(axis=1, initial=0.0) < _TIE
    return follows, combined @ values


def _solved(rows: Vector, values: Vector) -> tuple[Vector, Mask] | None:
    """Return unknowns, 0 or more, that fit, (n,), and which are zero in every solution, (n,).

    None where there is no solution. A linear program looks for a solution, scaled up as far as it
    likes, with as many unknowns of 1 or more as there can be.
    """
    from scipy.optimize import linprog

    unknowns = rows.shape[1]
    # The unknowns are x = above + up, with 0 <= up <= 1; rows @ x = scale * values.
    equal = np.hstack([rows, rows, -values[:, None]])
    cost = np.concatenate([np.zeros(unknowns), -np.ones(unknowns), [0.0]])
    limits = [(0, None)] * unknowns + [(0, 1)] * unknowns + [(1, None)]
    found = linprog(cost, A_eq=equal, b_eq=np.zeros(len(rows)), bounds=limits, method="highs")
    if found.status != 0:
        return None
    above, up = found.x[:-1].reshape(2, unknowns)
    return (above + up) / found.x[-1], up < 0.5


def _least(total: Vector, rows: Vector, values: Vector, most: float) -> Vector | None:
    """Return unknowns of 0 up to ``most`` that fit and make a sum least, (n,), if any do."""
    from scipy.optimize import linprog

    found = linprog(total, A_eq=rows, b_eq=values, bounds=(0, most), method="highs")
    return found.x if found.status == 0 else None


def _free(linked: Sequence[_Linked], unknowns: int) -> Mask:
    """Return which of so many unknowns are in none of these, (n,)."""
    free = np.ones(unknowns, bool)
    for each in linked:
        free &= ~each.unknowns
    return free


def _ends(
    touched: Sequence[_Linked], row: Vector, value: float, totals: Sequence[Vector]
) -> Vector:
    """Return counts that make each of the sums ``totals`` least or most, (p, n), as far as known.

    They fit all but ``row``: of its unknowns that are in nothing yet one takes all, or none does.
    """
    fresh = (row > 0) & _free(touched, len(row))
    found: list[Vector] = []
    for total in (sign * total for total in totals for sign in (1.0, -1.0)):
        known = np.zeros_like(row)
        for each in touched:
            known += each.fitting[np.argmin(each.fitting @ total)]
        found.append(known)
        if fresh.any():
            one = known.copy()
            one[np.argmin(np.where(fresh, total, np.inf))] += value
            found.append(one)
    return np.array(found).reshape(-1, len(row))


def _with_sum(fitting: Vector, row: Vector, number: float) -> Vector:
    """Mix counts, (p, n), in pairs so that the sum ``row`` of each mixture is ``number``."""
    sums = fitting @ row
    low, high = fitting[sums <= number], fitting[sums >= number]
    below, above = (low @ row)[:, None], high @ row
    apart = above - below
    share = np.divide(number - below, apart, out=np.zeros_like(apart), where=apart > 0)
    mixed = low[:, None] + share[..., None] * (high - low[:, None])
    return mixed.reshape(-1, fitting.shape[1])


def _farthest(fitting: Vector, totals: Sequence[Vector]) -> Vector:
    """Keep of counts that fit, (p, n), those that make one of the sums least or most."""
    sums = fitting @ np.array([np.zeros(fitting.shape[1]), *totals]).T
    ends = np.unique(np.concatenate([sums.argmin(axis=0), sums.argmax(axis=0)]))
    kept: Vector = fitting[ends]
    return kept
