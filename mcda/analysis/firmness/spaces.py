"""Which weightings "how firm?" looks at: a named space, and why it may not apply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from mcda.analysis.weights import UNASKED, UsedWeights, derive_weights, used_weights
from mcda.engine.robustness import Statement, WeightSpace
from mcda.engine.robustness.statements import Corners
from mcda.project import Finding, FindingsError, OrderJudgement, Project, Run, Weighting
from mcda.project.tree import sibling_groups

NEAR_SHARE = 1 / 3
"""How far a weight may move in the space "near", as a share of itself."""

SPACES: Mapping[str, str] = {
    "near": "sets of weights in this order and within a third of these",
    "order": "sets of weights that keep this order",
    "people": "mixtures of the weights that people gave",
    "all": "sets of weights of any kind",
}
"""The spaces by id, each with the words that follow "in 83 of 100"."""

_SAME_WEIGHT_DIGITS = 12  # weights that differ by less are level, as in the engine


@dataclass(frozen=True, eq=False)
class Space:
    """The weightings in play.

    Attributes:
        id: a key of ``SPACES``.
        phrase: its words, to follow "in 83 of 100".
        engine: the same as constraints, over the criteria in ``columns`` only.
        columns: which criteria in use can have weight, by their place among them. One that was
            given none keeps none, unless the space is "all".
        people: the names of the weightings that are mixed, in "people".
        left_out: the names of people's weightings that are not finished, in "people".
    """

    id: str
    phrase: str
    engine: WeightSpace
    columns: tuple[int, ...]
    people: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpaceChoice:
    """A space that could be asked for; ``problem`` says why not, and is empty where it can."""

    id: str
    phrase: str
    problem: str


def space_choices(
    project: Project,
    run_id: str | None = None,
    weighting: str | Mapping[str, float] | None = None,
) -> tuple[SpaceChoice, ...]:
    """Return every space, with what keeps it from being used with this weighting.

    Takes and raises what :func:`mcda.analysis.used_weights` does.

    >>> from mcda.project.templates import example
    >>> [choice.id for choice in space_choices(example()) if not choice.problem]
    ['near', 'order', 'people', 'all']
    """
    run = project.run(run_id)
    used = used_weights(run, weighting)
    problems = {
        "near": _NOBODY if nobody_asked(run, used) else "",
        "order": _order_problem(run, used),
        "people": _people_problem(_people(run)[0]),
    }
    return tuple(SpaceChoice(i, phrase, problems.get(i, "")) for i, phrase in SPACES.items())


def default_space(
    project: Project,
    run_id: str | None = None,
    weighting: str | Mapping[str, float] | None = None,
) -> str:
    """Return the space that is used where none is asked for.

    Several people's weightings: all their mixtures. One weighting (named, or the only one): every
    weighting with its order if it is a plain order, else those near it. Where nobody has said what
    matters: every possible weighting.

    Takes and raises what :func:`mcda.analysis.used_weights` does.

    >>> from mcda.project.templates import example
    >>> default_space(example()), default_space(example(), weighting="group")
    ('people', 'near')
    """
    run = project.run(run_id)
    if weighting is None and not _people_problem(_people(run)[0]):
        return "people"
    used = used_weights(run, weighting)
    if nobody_asked(run, used):
        return "all"
    return "order" if _plain_order(run, used) and _order(run, used) is not None else "near"


def nobody_asked(run: Run, used: UsedWeights) -> bool:
    """Return whether the weights are equal ones, for want of any that somebody gave."""
    return not run.weightings and used.id == UNASKED.id


def weight_space(run: Run, used: UsedWeights, space: str) -> Space:
    """Return a space around the weights used.

    Args:
        run: the run.
        used: the weights in the middle.
        space: a key of ``SPACES``.

    Raises:
        FindingsError: no such space, or one that does not apply.
    """
    if space not in SPACES:
        known = ", ".join(SPACES)
        raise _refused("no-space", str(space), "There is no such space.", f"Use one of: {known}.")
    if space == "people":
        return _people_space(run)
    if space == "all":
        count = len(run.active_criteria)
        return Space(space, SPACES[space], WeightSpace.whole(count), tuple(range(count)))
    weights = used.vector(run.active_criteria)
    columns = np.flatnonzero(weights > 0)
    problem = _NOBODY if nobody_asked(run, used) else ""
    engine = WeightSpace.near(weights[columns], NEAR_SHARE) if space == "near" else None
    if space == "order":
        engine, problem = _order(run, used), _order_problem(run, used)
    if problem or engine is None:
        mend = "Use another space, or say what matters more."
        raise _refused("space-does-not-apply", used.name, problem, mend)
    return Space(space, SPACES[space], engine, tuple(columns.tolist()))


def _people(run: Run) -> tuple[list[Weighting], list[str]]:
    """Return each person's last weighting that is finished, and the names of those that are not."""
    last = {w.person: w for w in run.weightings if w.person is not None}
    finished, waiting = [], []
    for weighting in last.values():
        try:
            derive_weights(run, weighting)
        except FindingsError:
            waiting.append(weighting.name)
        else:
            finished.append(weighting)
    return finished, waiting


def _people_problem(finished: list[Weighting]) -> str:
    if len(finished) >= 2:
        return ""
    count = "only one person has" if finished else "nobody has"
    return f"It needs the weightings of two people or more; {count} a finished one."


def _people_space(run: Run) -> Space:
    finished, waiting = _people(run)
    problem = _people_problem(finished)
    if problem:
        mend = "Ask more people, or use another space."
        raise _refused("space-does-not-apply", SPACES["people"].capitalize(), problem, mend)
    shares = [derive_weights(run, w) for w in finished]
    points = np.array([[one[c.id] for c in run.active_criteria] for one in shares])
    columns = np.flatnonzero(points.any(axis=0))
    return Space(
        "people",
        SPACES["people"],
        WeightSpace.hull(points[:, columns]),
        tuple(columns.tolist()),
        tuple(w.name for w in finished),
        tuple(waiting),
    )


_NO_ORDER = "It puts nothing above anything else, so there is no order to keep."
_NOBODY = "Nobody has said what matters yet, so there are no weights and no order to keep to."


def _order_problem(run: Run, used: UsedWeights) -> str:
    if nobody_asked(run, used):
        return _NOBODY
    return "" if _order(run, used) is not None else _NO_ORDER


def _plain_order(run: Run, used: UsedWeights) -> Weighting | None:
    """Return the weighting used if it is no more than an order of importance."""
    plain = (w for w in run.weightings if isinstance(w.judgement, OrderJudgement))
    return next((w for w in plain if w.id == used.id), None)


def _order(run: Run, used: UsedWeights) -> WeightSpace | None:
    """Return every weighting that keeps the order, None where there is none to keep.

    Nothing is said among those that are level. One criterion alone keeps its place.
    """
    plain = _plain_order(run, used)
    weights = used.vector(run.active_criteria)
    if plain is not None and plain.judgement.over == "tree":
        found = _tree_order(run, plain)
    else:
        ranks = -weights[weights > 0].round(_SAME_WEIGHT_DIGITS)
        found = WeightSpace.order(ranks, "open")
    return found if found.statements or found.criteria == 1 else None


def _tree_order(run: Run, weighting: Weighting) -> WeightSpace:
    """Return every weighting that keeps the order within each branch of the tree.

    A branch weighs what its criteria weigh together. One that has lost a criterion, set aside
    since, is not compared: what was said of it was said of more.
    """
    judgement = weighting.judgement
    tiers = judgement.tiers if isinstance(judgement, OrderJudgement) else ()
    groups = sibling_groups(run, weighting)
    criteria = [c.id for c in run.active_criteria]
    statements = []
    for group in groups.values():
        whole = {i: row for i in group if (row := _leaves(i, groups, criteria)) is not None}
        present = [[i for i in tier if i in whole] for tier in tiers]
        for upper, lower in pairwise([tier for tier in present if tier]):
            statements += [
                Statement(f"{a} > {b}", (whole[b] - whole[a])[np.newaxis], np.zeros(1), "<")
                for a in upper
                for b in lower
            ]
    envelope = Corners(np.eye(len(criteria)))
    return WeightSpace(len(criteria), tuple(statements), envelope=envelope, exact=not statements)


def _leaves(
    item: str, groups: Mapping[str | None, tuple[str, ...]], criteria: list[str]
) -> np.ndarray[tuple[int], np.dtype[np.float64]] | None:
    """Return which criteria stand under an item, as ones; None if one of them is not in use."""
    if item not in groups:
        return None if item not in criteria else np.array([float(c == item) for c in criteria])
    rows = [_leaves(child, groups, criteria) for child in groups[item]]
    known = [row for row in rows if row is not None]
    return None if len(known) < len(rows) else np.asarray(np.sum(known, axis=0))


def _refused(code: str, place: str, message: str, mend: str) -> FindingsError:
    finding = Finding("error", code, place, message, mend)
    return FindingsError("This cannot be used to say how firm the ranking is.", [finding])
