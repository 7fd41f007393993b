"""How firm the first place is: over all weightings of a named space, and all that is unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mcda.analysis.firmness.alike import differences, identical_groups
from mcda.analysis.firmness.counting import Count, Firsts, Group, Reporter, values_in_play
from mcda.analysis.firmness.proved import place_bounds, surely_before
from mcda.analysis.firmness.shares import (
    ALIKE_BAND,
    UNASKED_BAND,
    Band,
    FirstShare,
    Share,
    band_of,
    is_near_edge,
)
from mcda.analysis.firmness.spaces import Space, default_space, nobody_asked, weight_space
from mcda.analysis.firmness.unknowns import UnknownCell, unknown_cells
from mcda.analysis.ranking import SECOND_METHOD
from mcda.analysis.scoring import SEED
from mcda.analysis.table import Excluded, decision_table
from mcda.analysis.weights import UsedWeights, used_weights
from mcda.engine.robustness import Acceptability, Sampling
from mcda.project import Criterion, Project, Run

SAMPLING = Sampling(seed=SEED, samples=10_000, half_width=0.015)
"""10,000 weightings, more where a count may not be sure to within 1.5 in 100."""

EDGE_SAMPLES = 40_000
"""So many where the leaders' share is close to where a band begins."""

_CACHED = 64


@dataclass(frozen=True, slots=True)
class ProgramFirmness:
    """How one program fares over the weightings of a space.

    Attributes:
        id: its id.
        name: its name.
        role: candidate or baseline.
        first: how often it comes first.
        rank_shares: share of the weightings in which it takes each place, the first place first.
        rank_bounds: the best and the worst place it can take at all, proved.
        surely_before: ids of those it is proved to be before in every weighting.
        wins: share in which it is before each other program, by id; a tie counts half.
        expected_rank: its mean place.
        rank_low: best place it takes in the middle 95 of 100 weightings.
        rank_high: worst of them.
        central_weights: the mean weights with which it comes first, by criterion id; None where
            it never did.
        confidence: with those weights, how often it is first over what is not known exactly;
            None where it never was first.
        twins: ids of the programs it is named together with.
    """

    id: str
    name: str
    role: str
    first: FirstShare
    rank_shares: tuple[float, ...]
    rank_bounds: tuple[int, int]
    surely_before: tuple[str, ...]
    wins: Mapping[str, float]
    expected_rank: float
    rank_low: int
    rank_high: int
    central_weights: Mapping[str, float] | None
    confidence: float | None
    twins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """What anchored TOPSIS says of the same weightings.

    Attributes:
        method: its id.
        first: how often each program is first by it, by id.
        leaders: ids of the programs named together that lead by it.
        together: how often these are first.
        rivals: ids of the leaders by the weighted sum; of the next by TOPSIS where both lead alike.
        rival: how often the rivals are first by TOPSIS; None where there are none.
        same_leader: whether the leaders by the weighted sum are the same.
        stance: "agrees" or "differs" where the counts settle it; "leans" where only those by
            TOPSIS do, "open" where these do not. Counts settle it if their intervals are apart.
        same_share: share of the weightings in which both methods put the same ones first, with
            every score at its likely number, or half-way through its range.
    """

    method: str
    first: Mapping[str, FirstShare]
    leaders: tuple[str, ...]
    together: FirstShare
    rivals: tuple[str, ...]
    rival: FirstShare | None
    same_leader: bool
    stance: Literal["agrees", "differs", "leans", "open"]
    same_share: Share


@dataclass(frozen=True, eq=False)
class Firmness:
    """How firm the first place is by the weighted sum.

    Attributes:
        run_id: the run.
        weighting: the weights in the middle of the space; "people" and "all" have no middle.
        space: the weightings looked at.
        programs: the most often first at the front.
        excluded: the programs that are not ranked, and why.
        leaders: the program that is most often first, with those named together with it.
        together: how often these are first.
        band: how firm that is; ``UNASKED_BAND`` where nobody has given weights, ``ALIKE_BAND``
            where the leaders are all the programs there are.
        groups: ids of programs named together; each program is in one group.
        identical: ids of programs that are the same on everything that counts.
        second: what TOPSIS says.
        unknowns: the scores that are not known exactly, the one that matters most first.
        criteria: those that can have weight.
        mean_weights: the mean of the weightings drawn, by criterion id.
        exact: whether every score on them is known exactly.
        samples: how many weightings were drawn.
        effective_samples: how many independent draws they are worth.
        seed: what they were drawn with.
        level: of the sampling intervals.
        half_width: of the widest an interval of any count in the finding can be.
        reached: whether that is as narrow as was asked for.
        weights_by: how they were drawn.
        illustrative: whether the project is a made-up example.
    """

    run_id: str
    weighting: UsedWeights
    space: Space
    programs: tuple[ProgramFirmness, ...]
    excluded: tuple[Excluded, ...]
    leaders: tuple[ProgramFirmness, ...]
    together: FirstShare
    band: Band
    groups: tuple[tuple[str, ...], ...]
    identical: tuple[tuple[str, ...], ...]
    second: SecondOpinion
    unknowns: tuple[UnknownCell, ...]
    criteria: tuple[Criterion, ...]
    mean_weights: Mapping[str, float]
    exact: bool
    samples: int
    effective_samples: float
    seed: int
    level: float
    half_width: float
    reached: bool
    weights_by: str
    illustrative: bool

    def program(self, program_id: str) -> ProgramFirmness:
        """Return one program; raises ``KeyError``."""
        return {p.id: p for p in self.programs}[program_id]

    def to_frame(self) -> pd.DataFrame:
        """Return the first-place shares as a table indexed by program id."""
        rows = {
            p.id: {
                "name": p.name,
                "first": p.first.text,
                "anywhere": p.first.anywhere.value,
                "worst": p.first.worst.value,
                "best": p.first.best.value,
                "expected_rank": p.expected_rank,
                "confidence": np.nan if p.confidence is None else p.confidence,
            }
            for p in self.programs
        }
        return pd.DataFrame.from_dict(rows, orient="index")

    def rank_frame(self) -> pd.DataFrame:
        """Return the share of weightings in which each program takes each place."""
        names = [p.name for p in self.programs]
        places = range(1, len(names) + 1)
        return pd.DataFrame([p.rank_shares for p in self.programs], index=names, columns=places)

    def pairwise_frame(self) -> pd.DataFrame:
        """Return the share of weightings in which the row is before the column, ties half."""
        names = [p.name for p in self.programs]
        table = [[p.wins.get(other.id, np.nan) for other in self.programs] for p in self.programs]
        return pd.DataFrame(table, index=names, columns=names)

    def central_frame(self) -> pd.DataFrame:
        """Return the mean weights with which each program comes first; NaN where it never did."""
        ids = [c.id for c in self.criteria]
        table = [[(p.central_weights or {}).get(i, np.nan) for i in ids] for p in self.programs]
        return pd.DataFrame(
            table, index=[p.name for p in self.programs], columns=[c.name for c in self.criteria]
        )


def firmness(
    project: Project,
    run_id: str | None = None,
    weighting: str | Mapping[str, float] | None = None,
    space: str | None = None,
    sampling: Sampling = SAMPLING,
) -> Firmness:
    """Say how often each program comes first over a space of weightings.

    Args:
        project: the project.
        run_id: the run; the latest without one.
        weighting: as for :func:`mcda.analysis.ranking`.
        space: an id in ``SPACES``; without one, what :func:`default_space` says.
        sampling: seed, sample size, the interval asked for (0.015 is 1.5 in 100 to either side),
            and a ``progress`` callback, which is not called where the finding has been kept
            from an earlier call.

    Raises:
        FindingsError: a space that does not apply; and what :func:`mcda.analysis.ranking` raises.
        UnknownItemError: no such run, weighting or criterion.

    >>> from mcda.project.templates import example
    >>> found = firmness(example(), weighting="p2")
    >>> found.space.id, [p.name for p in found.leaders], found.together.phrase, found.band.title
    ('near', ['Survivor mentor program'], 'in all', 'firm')
    """
    run = project.run(run_id)
    decision_table(run)
    chosen = default_space(project, run_id, weighting) if space is None else space
    asked = tuple(weighting.items()) if isinstance(weighting, Mapping) else weighting
    reporter = Reporter(sampling.progress)
    try:
        found = _firmness(run, asked, chosen, replace(sampling, progress=reporter))
    finally:
        reporter.finish()
    return replace(found, illustrative=project.info.illustrative)


@lru_cache(maxsize=_CACHED)
def _firmness(
    run: Run, asked: tuple[tuple[str, float], ...] | str | None, space_id: str, plan: Sampling
) -> Firmness:
    """Compute a finding. Runs are immutable, so the last ones are kept."""
    table = decision_table(run)
    used = used_weights(run, dict(asked) if isinstance(asked, tuple) else asked)
    space = weight_space(run, used, space_id)
    values = values_in_play(table, space.columns)
    apart = differences(values.low, values.high)
    counted = _counted(Count(values, space, plan, apart), plan)
    count, groups, together = counted.count, counted.groups, counted.together
    sums = count.acceptability()
    before = surely_before(values.low, values.high, space.engine, sums.pairwise_winning)
    bounds = place_bounds(before)
    programs = {i: _program(counted, sums, i, (before, bounds)) for i in counted.order}
    ids = [p.id for p in values.programs]
    return Firmness(
        run_id=run.id,
        weighting=used,
        space=space,
        programs=tuple(programs.values()),
        excluded=table.excluded,
        leaders=tuple(programs[i] for i in groups[0]),
        together=together,
        band=_band(run, used, counted),
        groups=tuple(tuple(ids[i] for i in group) for group in groups),
        identical=tuple(tuple(ids[i] for i in g) for g in identical_groups(apart)),
        second=_second(count, groups),
        unknowns=unknown_cells(run, values, count.kept, groups),
        criteria=values.criteria,
        mean_weights=dict(
            zip((c.id for c in values.criteria), count.mean_weights.tolist(), strict=True)
        ),
        exact=values.exact,
        samples=count.samples,
        effective_samples=count.effective,
        seed=plan.seed,
        level=plan.level,
        half_width=count.half_width,
        reached=plan.half_width is None or count.half_width <= plan.half_width,
        weights_by=sums.weights_by,
        illustrative=False,
    )


def _band(run: Run, used: UsedWeights, counted: _Counted) -> Band:
    groups = counted.groups
    if len(counted.order) > len(groups) == 1:
        return ALIKE_BAND
    if nobody_asked(run, used):
        return UNASKED_BAND
    return band_of(counted.together.worst, counted.count.effective)


@dataclass(frozen=True, eq=False)
class _Counted:
    """The counts, the programs in order, how often each is first, and the leaders together."""

    count: Count
    order: tuple[int, ...]
    single: tuple[FirstShare, ...]
    groups: tuple[Group, ...]
    together: FirstShare


def _counted(count: Count, plan: Sampling) -> _Counted:
    """Count as many as are asked for, and more where the leaders are close to a band's edge."""
    count.until(count.size_wanted())
    found = _sorted(count)
    more = min(EDGE_SAMPLES, plan.max_samples)
    if not plan.half_width or count.samples >= more or not is_near_edge(found.together.worst):
        return found
    count.until(more)
    return _sorted(count)


def _sorted(count: Count) -> _Counted:
    """Put programs and groups in the order of what was counted."""
    single = [count.sums.first_share((i,)) for i in range(len(count.values.programs))]
    places = count.sums.tally.expected_rank.tolist()
    order = sorted(range(len(single)), key=lambda i: _standing(single[i], places[i]))
    named = [tuple(sorted(group, key=order.index)) for group in count.groups]
    named.sort(key=lambda group: order.index(group[0]))
    groups = _by_share(named, count.sums)
    together = count.sums.first_share(groups[0])
    return _Counted(count, tuple(order), tuple(single), groups, together)


def _standing(first: FirstShare, mean_place: float) -> tuple[float, bool, float, float]:
    """Return what programs are sorted by: the share anywhere, then at best, then the mean place.

    What is proved never to be first stands after what only was not seen to be.
    """
    return -first.anywhere.value, first.best.proof == "never", -first.best.value, mean_place


def _by_share(groups: Sequence[Group], firsts: Firsts) -> tuple[Group, ...]:
    """Return the groups, the one that is most often first at the front."""
    return tuple(sorted(groups, key=lambda group: -firsts.often(group)))


def _program(
    counted: _Counted,
    found: Acceptability,
    row: int,
    proved: tuple[NDArray[np.bool_], NDArray[np.int64]],
) -> ProgramFirmness:
    values, (before, bounds) = counted.count.values, proved
    ids = [p.id for p in values.programs]
    program = values.programs[row]
    ranks = found.rank_acceptability[row]
    central = found.central_weights[row]
    never = bool(np.isnan(central).any())
    wins = zip(ids, found.pairwise_winning[row].tolist(), strict=True)
    own = next(group for group in counted.groups if row in group)
    passed = np.cumsum(ranks)
    best, worst = bounds[row].tolist()
    return ProgramFirmness(
        id=program.id,
        name=program.name,
        role=program.role,
        first=counted.single[row],
        rank_shares=tuple(ranks.tolist()),
        rank_bounds=(best, worst),
        surely_before=tuple(ids[k] for k in np.flatnonzero(before[row])),
        wins={other: share for other, share in wins if other != program.id},
        expected_rank=float(found.expected_rank[row]),
        rank_low=int(np.argmax(passed >= _TAIL)) + 1,
        rank_high=int(np.argmax(passed >= 1 - _TAIL)) + 1,
        central_weights=None
        if never
        else {c.id: w for c, w in zip(values.criteria, central.tolist(), strict=True)},
        confidence=None if never else float(found.confidence[row]),
        twins=tuple(ids[i] for i in own if i != row),
    )


_TAIL = 0.025  # on either side of the middle 95 of 100


def _second(count: Count, groups: Sequence[Group]) -> SecondOpinion:
    ids = [p.id for p in count.values.programs]
    sums, topsis = count.sums, count.topsis
    leading, *others = _by_share(groups, topsis)
    same = leading == groups[0]
    rivals = () if not others else others[0] if same else groups[0]
    ours, theirs = (
        [count.share(firsts.often(group)) for group in (leading, rivals)]
        for firsts in (sums, topsis)
    )
    stance: Literal["agrees", "differs", "leans", "open"] = "agrees" if same else "differs"
    if rivals and theirs[0].low <= theirs[1].high:
        stance = "open"
    elif not same and ours[1].low <= ours[0].high:
        stance = "leans"
    return SecondOpinion(
        method=SECOND_METHOD,
        first={item: topsis.first_share((i,)) for i, item in enumerate(ids)},
        leaders=tuple(ids[i] for i in leading),
        together=topsis.first_share(leading),
        rivals=tuple(ids[i] for i in rivals),
        rival=topsis.first_share(rivals) if rivals else None,
        same_leader=same,
        stance=stance,
        same_share=count.same_firsts,
    )
