"""The order of milestones: what has to come before what, and where they wait in a circle."""

from __future__ import annotations

from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter

from mcda.project.plan import Milestone


def milestone_circles(milestones: Iterable[Milestone]) -> tuple[tuple[str, ...], ...]:
    """Return ids that wait in a circle: each waits for the next, the last is the first again.

    Ids of milestones that are not there are passed over.

    >>> milestone_circles([
    ...     Milestone(id="a", name="A", after=("b",)),
    ...     Milestone(id="b", name="B", after=("a",)),
    ... ])
    (('a', 'b', 'a'),)
    """
    return _ordered(milestones)[1]


def in_order(milestones: Iterable[Milestone]) -> tuple[Milestone, ...]:
    """Return the milestones so that each comes after those it waits for.

    Where some wait in a circle, one link of it is passed over; the checks name the circle.
    """
    known = {m.id: m for m in milestones}
    return tuple(known[m] for m in _ordered(known.values())[0])


def _ordered(
    milestones: Iterable[Milestone],
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the ids in order, and the circles that had to be opened to find it."""
    listed = {m.id: m for m in milestones}
    waits = {
        m: list(dict.fromkeys(w for w in item.after if w in listed)) for m, item in listed.items()
    }
    circles: list[tuple[str, ...]] = []
    while True:
        try:
            order = tuple(TopologicalSorter(waits).static_order())
        except CycleError as error:
            # The sorter names a circle so that each waits for the one before.
            circle: list[str] = error.args[1]
            waits[circle[1]].remove(circle[0])
            circles.append(_from_first(circle[::-1], tuple(listed)))
        else:
            return order, tuple(circles)


def _from_first(circle: list[str], listed: tuple[str, ...]) -> tuple[str, ...]:
    """Return a circle from whichever of its milestones is listed first."""
    around = circle[:-1]
    start = min(range(len(around)), key=lambda place: listed.index(around[place]))
    turned = [*around[start:], *around[:start]]
    return (*turned, turned[0])
