"""Weights from judgements: what people said, as shares that sum to 1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from numbers import Real

import numpy as np
from numpy.typing import NDArray

from mcda.analysis.naming import find_named
from mcda.analysis.wording import compared
from mcda.engine.weighting import (
    equal_weights,
    points_weights,
    rank_order_weights,
    swing_weights,
)
from mcda.engine.weighting.pairwise import pairwise_weights, worst_comparison
from mcda.project import (
    ComparisonsJudgement,
    Criterion,
    Equal,
    Finding,
    FindingsError,
    OrderJudgement,
    PointsJudgement,
    Run,
    SwingJudgement,
    Weighting,
)
from mcda.project.checks import weighting_errors
from mcda.project.tree import sibling_groups

UNASKED = Weighting(
    id="equal", name="Equal weights (nobody has said what matters yet)", judgement=Equal()
)


ACCEPTED = 0.10
"""Answers with a consistency ratio up to this are taken to fit together (Saaty 1980)."""


@dataclass(frozen=True, slots=True)
class UsedWeights:
    """The weights a finding was computed with, and whose they are.

    ``weights`` maps each criterion in use to its share; the shares sum to 1. ``id`` is None
    for weights typed in for one computation only.
    """

    id: str | None
    name: str
    role: str
    weights: Mapping[str, float]

    def vector(self, criteria: Iterable[Criterion]) -> NDArray[np.float64]:
        """Return the shares in the order of the criteria, shape (criteria,)."""
        return np.array([self.weights[c.id] for c in criteria])


def default_weighting(run: Run) -> Weighting:
    """Return the weighting shown first: the group's, else the first, else equal weights.

    >>> from mcda.project.templates import example
    >>> default_weighting(example().run()).id
    'group'
    """
    group = [w for w in run.weightings if w.person is None]
    return next(iter((*group, *run.weightings)), UNASKED)


def used_weights(run: Run, weighting: str | Mapping[str, float] | None = None) -> UsedWeights:
    """Return the weights of a weighting, as shares of the criteria in use.

    Args:
        run: the run the weighting belongs to.
        weighting: its id or name; or points by criterion (id or name), where a criterion not
            named counts 0; or None for the default one.

    Raises:
        UnknownItemError: no such weighting or criterion.
        FindingsError: the weighting is incomplete, or gives no weight to a criterion in use;
            points that are not numbers from 0 up, or for a criterion that is named twice or
            set aside; a name that several have.

    >>> from mcda.project.templates import example
    >>> found = used_weights(example().run(), {"evidence": 3, "cost": 1})
    >>> found.weights["evidence"], found.weights["cost"], found.weights["safety"]
    (0.75, 0.25, 0.0)
    """
    if isinstance(weighting, Mapping):
        return UsedWeights(None, "Typed in for this ranking only", "", _typed(run, weighting))
    found = default_weighting(run) if weighting is None else _named(run, weighting)
    return UsedWeights(found.id, found.name, found.role, derive_weights(run, found))


def usable_weightings(
    run: Run, first: str | None = None
) -> tuple[tuple[UsedWeights, ...], tuple[tuple[str, FindingsError], ...]]:
    """Return the weightings that weights can be derived from, and which cannot be used and why.

    Args:
        run: the run the weightings belong to.
        first: the id of the weighting to name first; the default one without it.

    Returns:
        The weights that can be used; then the name of each of the others with what is wrong.

    >>> from mcda.project.templates import example
    >>> used, left_out = usable_weightings(example().run(), first="p2")
    >>> [w.id for w in used], left_out
    (['p2', 'group', 'p1', 'p3'], ())
    """
    used, left_out = [], []
    for weighting in run.weightings:
        try:
            used.append(used_weights(run, weighting.id))
        except FindingsError as error:
            left_out.append((weighting.name, error))
    first = first or default_weighting(run).id
    return tuple(sorted(used, key=lambda w: w.id != first)), tuple(left_out)


def derive_weights(run: Run, weighting: Weighting) -> dict[str, float]:
    """Return the share of each criterion in use, derived from one weighting's judgement.

    Local shares are multiplied down the tree. Where a criterion has been set aside, the
    others keep their proportions.

    Raises:
        FindingsError: the weighting is incomplete, or no criterion in use has any weight.

    >>> from mcda.project.templates import example
    >>> run = example().run()
    >>> round(sum(derive_weights(run, run.weightings[0]).values()), 9)
    1.0
    """
    problems = tuple(weighting_errors(run, weighting))
    if problems:
        raise FindingsError(f"{weighting.name!r} cannot be used yet.", problems)
    groups = sibling_groups(run, weighting)
    shares: dict[str | None, float] = {None: 1.0}
    waiting: list[str | None] = [None]
    while waiting:
        parent = waiting.pop()
        for item, share in _local(weighting, groups.get(parent, ())).items():
            shares[item] = shares[parent] * share
            waiting.append(item)
    return _normalized(weighting.name, {c.id: shares[c.id] for c in run.active_criteria})


def _local(weighting: Weighting, group: tuple[str, ...]) -> dict[str, float]:
    """Return how one whole is shared among the items of a group."""
    if not group:
        return {}
    judgement = weighting.judgement
    match judgement:
        case Equal():
            local = equal_weights(len(group))
        case PointsJudgement():
            points = {p.item: p.points for p in judgement.points}
            local = points_weights([points[item] for item in group])
        case SwingJudgement():
            ratings = {r.item: r.rating for r in judgement.ratings}
            local = swing_weights([ratings[item] for item in group])
        case OrderJudgement():
            local = rank_order_weights(_ranks(judgement, group))
        case ComparisonsJudgement():
            local = pairwise_weights(_comparisons(judgement, group)).weights
    return dict(zip(group, local.tolist(), strict=True))


def _ranks(judgement: OrderJudgement, group: tuple[str, ...]) -> list[int]:
    tier = {item: n for n, tier in enumerate(judgement.tiers) for item in tier}
    present = sorted({tier[item] for item in group})
    return [present.index(tier[item]) + 1 for item in group]


def _comparisons(judgement: ComparisonsJudgement, group: tuple[str, ...]) -> NDArray[np.float64]:
    """Return the answers about a group as a table, NaN where a pair was not asked about."""
    place = {item: n for n, item in enumerate(group)}
    table = np.full((len(group), len(group)), np.nan)
    for comparison in judgement.comparisons:
        if comparison.item in place and comparison.than in place:
            table[place[comparison.item], place[comparison.than]] = comparison.times
    return table


@dataclass(frozen=True, slots=True)
class Misfit:
    """The answer about ``item`` and ``than`` that fits the others least, and the finding on it."""

    item: str
    than: str
    finding: Finding


def contradictions(run: Run, weighting: Weighting) -> tuple[Finding, ...]:
    """Return what does not fit together in a weighting given by comparisons in pairs.

    One finding for each group of items whose consistency ratio is above ``ACCEPTED``, naming the
    one answer that fits the others least and what those say. Nothing for other weightings, and
    for answers that cannot be used yet.

    >>> from mcda.project.templates import example
    >>> contradictions(example().run(), default_weighting(example().run()))
    ()
    """
    return tuple(misfit.finding for misfit in misfits(run, weighting))


def misfits(run: Run, weighting: Weighting) -> tuple[Misfit, ...]:
    """Return the answers that :func:`contradictions` names, with the items they compare.

    >>> from mcda.project.templates import example
    >>> misfits(example().run(), default_weighting(example().run()))
    ()
    """
    judgement = weighting.judgement
    if not isinstance(judgement, ComparisonsJudgement) or any(weighting_errors(run, weighting)):
        return ()
    groups = (group for group in sibling_groups(run, weighting).values() if group)
    found = (_misfit(run, weighting.name, group, judgement) for group in groups)
    return tuple(misfit for misfit in found if misfit is not None)


def _misfit(
    run: Run, place: str, group: tuple[str, ...], judgement: ComparisonsJudgement
) -> Misfit | None:
    table = _comparisons(judgement, group)
    ratio = pairwise_weights(table).consistency_ratio
    if ratio <= ACCEPTED or (worst := worst_comparison(table)) is None:
        return None
    one, other, given, mended = group[worst.row], group[worst.column], worst.given, worst.mended
    if given < 1:
        one, other, given, mended = other, one, 1 / given, 1 / mended
    names = {node.id: node.name for node in run.evidence.nodes}
    said = compared(names[one], names[other], given)
    rest = compared(names[one], names[other], mended)
    if len(group) == 3:
        # Three answers go round in a circle: to change any of them mends it.
        message = (
            "Three answers do not fit together; any of them may be the one to change. "
            f"One says: {said}. The other two say, roughly: {rest}."
        )
        mend = "Ask again about these three, or keep them if they are meant."
    else:
        message = (
            f"One answer does not fit the others well. It says: {said}. "
            f"The other answers say, roughly: {rest}."
        )
        mend = "Ask again about these two, or keep the answer if it is meant."
    return Misfit(one, other, Finding("warning", "contradiction", place, message, mend))


def _normalized(name: str, shares: Mapping[str, float]) -> dict[str, float]:
    if not any(share > 0 for share in shares.values()):
        message = "None of the criteria in use has any weight."
        finding = Finding("error", "no-weight", name, message, "Give weight to at least one.")
        raise FindingsError(f"{name!r} cannot be used.", [finding])
    values = points_weights(list(shares.values()))
    return dict(zip(shares, values.tolist(), strict=True))


def _named(run: Run, weighting: str) -> Weighting:
    if not run.weightings and weighting == UNASKED.id:
        return UNASKED
    return find_named(run.weightings, weighting, "weighting")


def _typed(run: Run, points: Mapping[str, float]) -> dict[str, float]:
    shares = {c.id: 0.0 for c in run.active_criteria}
    named: set[str] = set()
    for key, value in points.items():
        criterion = find_named(run.evidence.criteria, key, "criterion")
        if criterion.id not in shares:
            mend = "It has been set aside; leave it out of the weights."
            raise _refused("set-aside", key, "It is not in use.", mend)
        if criterion.id in named:
            raise _refused("repeated-item", key, "It is named twice.", "Keep one of them.")
        named.add(criterion.id)
        shares[criterion.id] = _point(key, value)
    return _normalized("The weights given", shares)


def _point(key: str, value: float) -> float:
    is_number = isinstance(value, Real) and not isinstance(value, bool)
    if not (is_number and np.isfinite(value) and value >= 0):
        message = f"{value!r} is not a weight."
        raise _refused("bad-weight", key, message, "Use a number from 0 up.")
    return float(value)


def _refused(code: str, place: str, message: str, mend: str) -> FindingsError:
    finding = Finding("error", code, place, message, mend)
    return FindingsError("These weights cannot be used.", [finding])
