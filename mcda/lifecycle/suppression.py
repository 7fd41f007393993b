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

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from mcda.lifecycle.audit import Audit
from mcda.lifecycle.counts import Cell, What, counts_of
from mcda.project import Indicator, Observation, Part


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
    audit = Audit(indicator, observations)
    hidden: set[Cell] = set()
    for observation in observations:
        known = list(counts_of(observation))
        audit.begin(known)
        hidden |= {cell for cell, number in known if not audit.shows(cell, number)}
    return hidden


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
