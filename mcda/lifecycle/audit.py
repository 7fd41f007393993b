"""The audit behind the hiding of small counts: what the numbers shown let anyone work out.

The rules are those of :mod:`mcda.lifecycle.suppression`; what the numbers are sums of is in
:mod:`mcda.lifecycle.counts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from mcda.lifecycle.counts import (
    Adding,
    Apart,
    Cell,
    Mask,
    Outcome,
    Vector,
    counts_of,
    small,
)
from mcda.project import Indicator, Observation

_TIE = 1e-6
_FAR = 1000


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


class Audit:
    """What the numbers shown so far let anyone work out.

    Every number is a sum of unknowns that are 0 or more: a row of zeros and ones. Numbers that
    share no unknown, not even by others between, are looked at apart.
    """

    def __init__(self, indicator: Indicator, observations: Sequence[Observation]) -> None:
        self._smallest = indicator.smallest_count
        self._counts = (Adding if indicator.adds_up else Apart)(indicator, observations)
        self._telling = self._counts.telling
        highest = max((n for o in observations for _, n in counts_of(o)), default=0)
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
                self._protect(self._counts.of(cell, "no"))

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
        return self._counts.of(cell, outcome)

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
