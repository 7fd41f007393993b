"""The criteria tree: which items share out one whole between them."""

from __future__ import annotations

from mcda.project.run import Run
from mcda.project.weightings import Equal, Weighting, judged_items


def sibling_groups(run: Run, weighting: Weighting) -> dict[str | None, tuple[str, ...]]:
    """Return the groups of items that one weighting shares a whole among, by their parent.

    Over criteria there is one group, under None. Over the tree each objective has a group of
    its own, and None holds the items at the top. Criteria count that are in use, or that the
    weighting speaks of although they have been set aside since.
    """
    criteria = [c.id for c in run.evidence.criteria]
    spoken_of = set(judged_items(weighting)) | {c.id for c in run.active_criteria}
    if isinstance(weighting.judgement, Equal):
        spoken_of.update(criteria)  # it speaks of all without naming any
    leaves = [c for c in criteria if c in spoken_of]
    if weighting.judgement.over == "criteria":
        return {None: tuple(leaves)}
    parents = {node.id: node.parent for node in run.evidence.nodes}
    groups: dict[str | None, tuple[str, ...]] = {}
    waiting = leaves
    while waiting:
        item, *waiting = waiting
        parent = parents[item]
        if item in groups.get(parent, ()):
            continue
        groups[parent] = (*groups.get(parent, ()), item)
        if parent is not None:
            waiting.append(parent)
    return groups
