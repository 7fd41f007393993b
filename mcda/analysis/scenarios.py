"""What if: a scenario's ranking beside our own, what moves, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from mcda.analysis.moving import Side, cause, moved_programs, score_change
from mcda.analysis.ranking import DEFAULT_METHOD, Ranking, first_place, ranking
from mcda.analysis.table import decision_table
from mcda.analysis.weights import UNASKED, derive_weights
from mcda.analysis.whatif import with_shares
from mcda.analysis.wording import and_list, few, number, percents, with_unit
from mcda.project import (
    Cap,
    FindingsError,
    PointShare,
    PointsJudgement,
    Project,
    Run,
    Scenario,
    Score,
    Weighting,
    applied,
)
from mcda.project.scenarios import ChangedScore
from mcda.project.text import quoted

NOT_RANKED = "not ranked"
_MOST_MOVED = 4


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that would be different, in a sentence; ``items`` are the ids it is about."""

    kind: Literal["score", "program", "criterion", "cap", "share"]
    items: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Shift:
    """One program in both rankings: place and score in ours (``was``), and as it would be.

    Texts are ``NOT_RANKED`` and empty for a program that is not ranked; ``reason`` then says why
    it would not be.
    """

    id: str
    name: str
    was: str
    now: str
    score_was: str
    score_now: str
    reason: str

    @property
    def is_gone(self) -> bool:
        """Whether it is ranked now and would not be."""
        return self.was != NOT_RANKED == self.now


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A scenario's ranking beside the base ranking.

    ``project`` is the project as it would be, for any other finding about it; ``shifts`` has
    every program, in the order it would have. ``moves`` says what moves and what did most;
    ``in_doubt`` names the programs that may or may not meet a limit of the scenario.
    """

    scenario: Scenario
    project: Project
    base: Ranking
    supposed: Ranking
    changes: tuple[Change, ...]
    shifts: tuple[Shift, ...]
    moves: str
    in_doubt: tuple[str, ...]

    @property
    def headline(self) -> str:
        """Who would come first, and who does."""
        if len(self.supposed.ranked) == 1:
            return self.supposed.sentence
        firsts = [(first_place(r), _firsts(r)) for r in (self.base, self.supposed)]
        (ours, _), (theirs, _) = firsts
        if firsts[0] == firsts[1]:
            return f"{ours} either way."
        return f"If so, {theirs}. In our ranking {ours}."

    @property
    def detail(self) -> str:
        """What moves and why, and whose place rests on a limit in doubt."""
        if not self.in_doubt:
            return self.moves
        meets = "meets" if len(self.in_doubt) == 1 else "meet"
        names = and_list(few(list(self.in_doubt)))
        return f"{self.moves} It is not certain that {names} {meets} the limit.".strip()

    @property
    def sentence(self) -> str:
        """The headline and the detail."""
        return f"{self.headline} {self.detail}".strip()


def what_if(
    project: Project,
    scenario: Scenario,
    run_id: str | None = None,
    weighting: str | None = None,
    method: str = DEFAULT_METHOD,
) -> WhatIf:
    """Rank a run as it is and as it would be under a scenario, and say what moves.

    Args:
        project: the project; it is not changed.
        scenario: what would be different.
        run_id: the run; the latest without one.
        weighting: a weighting's id or name; the default one without.
        method: a method id.

    Raises:
        FindingsError: our own ranking, or the one under the scenario, cannot be made; the
            headline says which.
        UnknownItemError: no such run or weighting.
        mcda.engine.InputError: no such method.

    >>> from mcda.project.templates import example
    >>> cheaper = Scenario(id="x", title="X", caps=(Cap(criterion="cost", limit=300_000.0),))
    >>> [s.name for s in what_if(example(), cheaper).shifts if s.is_gone]
    ['Survivor mentor program']
    """
    run = project.run(run_id)
    base = ranking(project, run.id, weighting, method)
    changed = supposed(project, scenario, run.id)
    try:
        other = ranking(changed, run.id, weighting, method)
    except FindingsError as error:
        headline = "With these changes nothing can be ranked."
        raise FindingsError(headline, error.findings) from error
    changes = scenario_changes(run, scenario, base.weighting.weights)
    own = {m.name for m in changed.run(run.id).evidence.must_haves[len(run.evidence.must_haves) :]}
    return WhatIf(
        scenario=scenario,
        project=changed,
        base=base,
        supposed=other,
        changes=changes,
        shifts=_shifts(base, other),
        moves=_moves(project, changed, base, other),
        in_doubt=tuple(p.name for p in other.ranked if own & set(p.unsettled)),
    )


def supposed(project: Project, scenario: Scenario, run_id: str | None = None) -> Project:
    """Return the project as it would be: one run changed, everything in it an ordinary input.

    Where the scenario asks for shares, each weighting is turned into the points that give them:
    the criteria not asked about keep their proportions. A weighting that cannot be used stays
    as it is, and is refused where it is used.

    Raises:
        UnknownItemError: no such run.

    >>> from mcda.project.templates import example
    >>> without = Scenario(id="x", title="X", programs_out=("school",))
    >>> "school" in [p.id for p in supposed(example(), without).run().candidates]
    False
    """
    run = project.run(run_id)
    changed = applied(run, scenario)
    active = {c.id for c in changed.active_criteria}
    shares = {s.criterion: s.percent / 100 for s in scenario.shares if s.criterion in active}
    if shares:
        given = changed.weightings or (UNASKED,)
        weightings = tuple(_with_shares(changed, w, shares) for w in given)
        changed = changed.model_copy(update={"weightings": weightings})
    runs = tuple(changed if r.id == run.id else r for r in project.runs)
    return project.model_copy(update={"runs": runs})


def _with_shares(run: Run, weighting: Weighting, shares: Mapping[str, float]) -> Weighting:
    try:
        weights = with_shares(derive_weights(run, weighting), shares)
    except FindingsError:
        return weighting
    points = tuple(PointShare(item=c, points=100 * w) for c, w in weights.items())
    return weighting.model_copy(update={"judgement": PointsJudgement(points=points)})


def scenario_changes(
    run: Run, scenario: Scenario, weights: Mapping[str, float] | None = None
) -> tuple[Change, ...]:
    """Return what a scenario changes, each in a sentence.

    Args:
        run: the run it stands beside.
        scenario: the scenario.
        weights: shares of the criteria in use, to say what a share was.

    >>> from mcda.project.templates import example
    >>> less = Scenario(id="less", title="Without the campaign", programs_out=("campaign",))
    >>> [change.kind for change in scenario_changes(example().run(), less)]
    ['program']
    """
    return tuple(_changes(run, scenario, weights or {}))


def _changes(run: Run, scenario: Scenario, weights: Mapping[str, float]) -> Iterator[Change]:
    programs = {p.id: p.name for p in run.evidence.programs}
    criteria = {c.id: c for c in run.evidence.criteria}
    for changed in scenario.scores:
        gone = _gone(changed.program, programs) or _gone(changed.criterion, criteria)
        sentence = gone or _score_sentence(run, programs[changed.program], changed)
        yield Change("score", changed.place, sentence)
    for item in scenario.programs_out:
        sentence = _gone(item, programs) or f"{programs[item]} is left out."
        yield Change("program", (item,), sentence)
    for item in scenario.criteria_out:
        sentence = _gone(item, criteria) or f"{criteria[item].name} does not count."
        yield Change("criterion", (item,), sentence)
    for cap in scenario.caps:
        sentence = _gone(cap.criterion, criteria) or _cap_sentence(run, cap)
        yield Change("cap", (cap.criterion,), sentence)
    for share in scenario.shares:
        sentence = _gone(share.criterion, criteria)
        if not sentence:
            name, now = criteria[share.criterion].name, weights.get(share.criterion)
            sentence = f"{name} counts {_share_text(share.percent, now)}."
        yield Change("share", (share.criterion,), sentence)


def _gone(item: str, known: Collection[str]) -> str:
    return "" if item in known else f"{quoted(item)} is not there any more."


def _score_sentence(run: Run, program: str, changed: ChangedScore) -> str:
    now = Score(program=changed.program, criterion=changed.criterion, amount=changed.amount)
    was = run.score(*changed.place)
    return f"{score_change(run.criterion(changed.criterion), program, now, was)}."


def _cap_sentence(run: Run, cap: Cap) -> str:
    criterion = run.criterion(cap.criterion)
    limit = with_unit(criterion, number(cap.limit))
    return f"{criterion.name} must be {criterion.bound} {limit}."


def _share_text(percent: float, now: float | None) -> str:
    if now is None:
        return f"{number(percent)}%"
    return " instead of ".join(percents(percent / 100, now))


def _firsts(found: Ranking) -> frozenset[str]:
    return frozenset(p.id for p in found.possible_firsts)


def _shifts(base: Ranking, other: Ranking) -> tuple[Shift, ...]:
    was = {p.id: p.rank_text for p in base.programs}
    return tuple(
        Shift(
            id=p.id,
            name=p.name,
            was=was[p.id],
            now=p.rank_text,
            score_was=base.score_text(p.id),
            score_now=other.score_text(p.id),
            reason=p.excluded or "",
        )
        for p in other.programs
    )


def _moves(project: Project, changed: Project, base: Ranking, other: Ranking) -> str:
    """Say who is no longer ranked or now is, and what moves among all the others, and why."""
    ours, theirs = ({p.id: p.name for p in found.ranked} for found in (base, other))
    gone = [name for item, name in ours.items() if item not in theirs]
    came = [name for item, name in theirs.items() if item not in ours]
    said = [f"No longer ranked: {', '.join(few(gone))}."] if gone else []
    said += [f"Now ranked: {', '.join(few(came))}."] if came else []
    both = ours.keys() & theirs.keys()
    if both:
        sides = [_among(p, found, both) for p, found in ((project, base), (changed, other))]
        moved = ", ".join(few(moved_programs(sides[0].ranking, sides[1].ranking), _MOST_MOVED))
        # Places among those in both differ from the places in the two full rankings.
        among = ", counting only programs in both" if said else ""
        said.append(f"Moved{among}: {moved}." if moved else _kept(len(both), bool(said)))
        said.append(cause(*sides))
    return " ".join(part for part in said if part)


def _kept(count: int, rest: bool) -> str:
    if not rest:
        return "Every program keeps its place."
    return "The others keep their order." if count > 1 else ""


def _among(project: Project, found: Ranking, kept: Collection[str]) -> Side:
    """Return a ranking of these programs only, so that nobody moves just because one is gone."""
    run = project.run(found.run_id)
    out = tuple(p.id for p in found.ranked if p.id not in kept)
    if out:
        rest = Scenario(id="rest", title="Rest", programs_out=out)
        project = supposed(project, rest, run.id)
        run = project.run(run.id)
        found = ranking(project, run.id, found.weighting.id, found.method)
    return Side(run, decision_table(run), found)
