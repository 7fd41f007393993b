"""What would change who is first: each weight, each score, each criterion, each program."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
import pandas as pd

from mcda.analysis.difference import outward
from mcda.analysis.firmness.counting import unit_bounds
from mcda.analysis.firmness.natural import (
    brief_text,
    one_step,
    past_text,
    score_worth,
    stated_past,
)
from mcda.analysis.ranking import DEFAULT_METHOD
from mcda.analysis.scoring import solve
from mcda.analysis.table import DecisionTable, Floats, decision_table, settled_values
from mcda.analysis.weights import UsedWeights, used_weights
from mcda.analysis.whatif import with_share
from mcda.analysis.wording import and_list, brief_score, few, number, percents, with_unit
from mcda.engine import rank_scores
from mcda.engine.robustness import (
    Stability,
    WeightFlips,
    cell_flips,
    drop_alternative,
    drop_criterion,
    smallest_change,
    weight_flips,
)
from mcda.engine.value_functions import piecewise_value
from mcda.project import Criterion, Exact, Program, Project, Range, Run, Score
from mcda.project.must_haves import verdict_on

Ids = tuple[str, ...]

SETTLED_NOTE = (
    "Scores that are ranges stand at their likely numbers here, "
    "and what is not known stands half-way."
)
SAME_ORDER = (
    "Leaving a program out never reorders the others, as each is scored by itself; "
    "the next in line moves up."
)


@dataclass(frozen=True, slots=True)
class Past:
    """Where one weight changes who is first, and who that is.

    ``exact`` is the share at which they are level; ``stated`` is past it, rounded outward, and
    ``firsts`` are the ids of those first at ``stated``.
    """

    exact: float
    stated: float
    firsts: Ids


@dataclass(frozen=True, slots=True)
class WeightFlip:
    """How far one weight can move, the others keeping their proportions.

    ``low`` to ``high`` is where the leader stays first; ``before`` and ``after`` are the ids of
    those first just past each end, empty where the end is 0 or 1. ``down`` and ``up`` say it in
    round numbers; None where the leader stays first all the way.
    """

    criterion: str
    name: str
    now: float
    low: float
    high: float
    before: Ids
    after: Ids
    down: Past | None
    up: Past | None
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class ScoreFlip:
    """The score of one cell that would change who is first, everything else unchanged.

    ``exact`` is the score at which two are level, in the criterion's own units, ``stated`` one
    past it (the next level, or rounded outward); both None where no score in the declared range
    does it. ``firsts`` are the ids of those first at ``stated``. ``open`` says that what is
    recorded does not rule it out: the flip lies inside the range.
    """

    program: str
    program_name: str
    criterion: str
    criterion_name: str
    now: float
    now_text: str
    exact: float | None
    stated: float | None
    text: str
    firsts: Ids
    open: bool

    @property
    def first(self) -> str | None:
        """The id of one that is first past the flip."""
        return self.firsts[0] if self.firsts else None


@dataclass(frozen=True, slots=True)
class StepFlip:
    """One score moved by one level, or by a tenth of the declared range, that changes the first.

    ``before`` and ``after`` are the scores with their units; ``fails`` says that the program
    would then fail a must-have and be out; ``firsts`` are the ids of those first afterwards.
    """

    program: str
    program_name: str
    criterion: str
    criterion_name: str
    before: str
    after: str
    fails: bool
    firsts: Ids
    sentence: str


@dataclass(frozen=True, slots=True)
class WeightMove:
    """The smallest change of weights that brings one program level with the first.

    ``distance`` is the share of all weight that has to move; ``moved`` has (criterion id, share
    now, share then) for each weight that changes, the largest change first. ``possible`` is
    False where no weights put it first.
    """

    program: str
    name: str
    possible: bool
    distance: float | None
    weights: Mapping[str, float] | None
    moved: tuple[tuple[str, float, float], ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Without:
    """Who is first without one criterion, or one program; ``changes`` says whether others are."""

    item: str
    name: str
    firsts: Ids
    changes: bool
    sentence: str


@dataclass(frozen=True, eq=False)
class Flips:
    """Everything that would change who is first with one weighting.

    Attributes:
        run_id: the run.
        method: the method's id.
        weighting: the weights it starts from.
        names: program names by id.
        firsts: ids of those first now; several where they are level.
        runner_up: id of the next in line; None where there is no other.
        settled: whether some scores that count are not exact; see ``SETTLED_NOTE``.
        weights: each weight's flips, in the order of the criteria.
        scores: each cell's flip.
        steps: the single steps that change who is first.
        changes: what each other program needs, the nearest first; weighted sum only.
        without_criterion: each criterion left out.
        without_program: each program left out.
        illustrative: whether the project is a made-up example.
    """

    run_id: str
    method: str
    weighting: UsedWeights
    names: Mapping[str, str]
    firsts: Ids
    runner_up: str | None
    settled: bool
    weights: tuple[WeightFlip, ...]
    scores: tuple[ScoreFlip, ...]
    steps: tuple[StepFlip, ...]
    changes: tuple[WeightMove, ...]
    without_criterion: tuple[Without, ...]
    without_program: tuple[Without, ...]
    illustrative: bool

    def weights_frame(self) -> pd.DataFrame:
        """Return the flips of the weights as a table in words."""
        rows = [
            {
                "Criterion": flip.name,
                **dict(zip(("Counts now", "First stays first"), _stretch(flip), strict=True)),
                "With less": self._past(flip.down, flip.now),
                "With more": self._past(flip.up, flip.now),
            }
            for flip in self.weights
        ]
        return pd.DataFrame(rows).set_index("Criterion")

    def scores_frame(self) -> pd.DataFrame:
        """Return the flip points of the scores as a table in words: programs by criteria."""
        cells: dict[str, dict[str, str]] = {}
        for flip in self.scores:
            cells.setdefault(flip.program_name, {})[flip.criterion_name] = flip.text
        return pd.DataFrame.from_dict(cells, orient="index")

    def steps_frame(self) -> pd.DataFrame:
        """Return the single steps that change who is first as a table in words."""
        columns = ["Program", "Criterion", "Now", "Changed to", "First then"]
        rows = [
            (s.program_name, s.criterion_name, s.before, s.after, self.named(s.firsts))
            for s in self.steps
        ]
        return pd.DataFrame(rows, columns=columns)

    def changes_frame(self) -> pd.DataFrame:
        """Return what each other program needs to come first as a table in words."""
        columns = ["Program", "Weight that has to move", "How"]
        rows = [
            (c.name, "none does it" if c.distance is None else at_least(c.distance), c.sentence)
            for c in self.changes
        ]
        return pd.DataFrame(rows, columns=columns)

    def without_frame(self) -> pd.DataFrame:
        """Return who is first without each criterion and each program as a table in words."""
        kinds = (("Criterion", self.without_criterion), ("Program", self.without_program))
        rows = [
            (kind, item.name, self.named(item.firsts) or "nobody", "yes" if item.changes else "no")
            for kind, items in kinds
            for item in items
        ]
        return pd.DataFrame(rows, columns=["Kind", "Left out", "First then", "Changes"])

    def named(self, ids: Ids) -> str:
        """Write the names of programs as a list."""
        return and_list(few([self.names[i] for i in ids]))

    def _past(self, past: Past | None, now: float) -> str:
        if past is None:
            return "no change"
        share = float(percents(past.stated, now)[0][:-1])
        return f"{share:g}%: {self.named(past.firsts)}"


def what_flips(
    project: Project,
    run_id: str | None = None,
    weighting: str | Mapping[str, float] | None = None,
    method: str = DEFAULT_METHOD,
) -> Flips:
    """Say what would change who is first.

    Exact, not sampled. Scores that are not exact stand at their likely numbers, or half-way
    (in points of value) through their ranges. Only the single steps judge the must-haves again;
    elsewhere a score that would fail one puts its program out, whatever its points.

    Args:
        project: the project.
        run_id: the run; the latest without one.
        weighting: as for :func:`mcda.analysis.ranking`.
        method: "weighted_sum" or "topsis_anchored".

    Raises:
        FindingsError: what :func:`mcda.analysis.ranking` raises.
        UnknownItemError: no such run, weighting or criterion.
        mcda.engine.InputError: another method.

    >>> from mcda.project.templates import example
    >>> found = what_flips(example(), weighting="group")
    >>> found.firsts, found.runner_up
    (('screening',), 'survivor_mentors')
    """
    run = project.run(run_id)
    asked = tuple(weighting.items()) if isinstance(weighting, Mapping) else weighting
    return replace(_flips(run, asked, method), illustrative=project.info.illustrative)


@dataclass(frozen=True, eq=False)
class Base:
    """What a flip starts from: values 0 to 100 at their settled places, weights, and scores."""

    run: Run
    table: DecisionTable
    used: UsedWeights
    method: str
    values: Floats
    weights: Floats
    scores: Floats

    @cached_property
    def ids(self) -> list[str]:
        """The programs' ids, by row."""
        return [p.id for p in self.table.programs]

    @property
    def arguments(self) -> tuple[Floats, Floats, Floats, str]:
        """Values, weights, directions and method, as the engine takes them."""
        return self.values, self.weights, np.ones(self.weights.size), self.method

    def firsts(self, scores: Floats) -> Ids:
        """Return the ids of those with the best scores."""
        return tuple(self.ids[i] for i in np.flatnonzero(rank_scores(scores) == 1))

    def firsts_with(self, row: int, score: float) -> Ids:
        """Return the ids of those first when one program has another score."""
        return self.firsts(np.where(np.arange(self.scores.size) == row, score, self.scores))

    def firsts_without(self, row: int) -> Ids:
        """Return the ids of those first when one program is out."""
        kept = np.delete(np.arange(self.scores.size), row)
        if not kept.size:
            return ()
        ranks = rank_scores(self.scores[kept])
        return tuple(self.ids[i] for i in kept[ranks == 1])

    def said(self, ids: Ids) -> str:
        """Write who comes first: "A would come first", "A and B would share the first place"."""
        if not ids:
            return "nobody would be left to rank"
        names = {p.id: p.name for p in self.table.programs}
        listed = and_list(few([names[i] for i in ids]))
        end = "come first" if len(ids) == 1 else "share the first place"
        return f"{listed} would {end}"


def base(
    run: Run, weighting: str | Mapping[str, float] | None, method: str = DEFAULT_METHOD
) -> Base:
    """Return what flips of a run start from; raises what :func:`mcda.analysis.ranking` does."""
    table = decision_table(run)
    used = used_weights(run, weighting)
    values, weights = settled_values(table), used.vector(table.criteria)
    scores = solve(method, values, weights).scores
    return Base(run, table, used, method, values, weights, scores)


@lru_cache(maxsize=64)
def _flips(run: Run, asked: tuple[tuple[str, float], ...] | str | None, method: str) -> Flips:
    """Compute a finding. Runs are immutable, so the last ones are kept."""
    start = base(run, dict(asked) if isinstance(asked, tuple) else asked, method)
    bounds = unit_bounds(start.weights.size)
    flips = weight_flips(*start.arguments, bounds=bounds)
    firsts = start.firsts(start.scores)
    table = start.table
    counting = start.weights > 0
    return Flips(
        run_id=run.id,
        method=method,
        weighting=start.used,
        names={p.id: p.name for p in table.programs},
        firsts=firsts,
        runner_up=_runner_up(start, firsts),
        settled=bool((table.low < table.high)[:, counting].any()),
        weights=tuple(_weight_flip(start, flip) for flip in flips),
        scores=_score_flips(start),
        steps=_steps(start, firsts),
        changes=_weight_moves(start, firsts) if method == DEFAULT_METHOD else (),
        without_criterion=_without(
            start,
            [(c.id, c.name) for c in table.criteria],
            drop_criterion(*start.arguments, bounds=bounds),
            "there is nothing left to decide by",
        ),
        without_program=_without(
            start,
            [(p.id, p.name) for p in table.programs],
            drop_alternative(*start.arguments, bounds=bounds),
            "no program is left to choose",
        ),
        illustrative=False,
    )


def _runner_up(start: Base, firsts: Ids) -> str | None:
    others = [i for i, program in enumerate(start.ids) if program not in firsts]
    return start.ids[max(others, key=lambda i: float(start.scores[i]))] if others else None


# --- weights


def _weight_flip(start: Base, flip: WeightFlips) -> WeightFlip:
    leader = int(np.flatnonzero(rank_scores(start.scores) == 1)[0])
    criterion = start.table.criteria[flip.criterion]
    stays = flip.stability(leader) or _touching(flip)
    low, high, before, after = stays.low, stays.high, stays.before, stays.after
    down = _past(start, criterion.id, low) if before else None
    up = _past(start, criterion.id, high, upward=True) if after else None
    found = WeightFlip(
        criterion=criterion.id,
        name=criterion.name,
        now=flip.weight,
        low=low,
        high=high,
        before=tuple(start.ids[i] for i in before),
        after=tuple(start.ids[i] for i in after),
        down=down,
        up=up,
    )
    return replace(found, sentence=_weight_sentence(start, found))


def _touching(flip: WeightFlips) -> Stability:
    """Return the place of a leader that is first at this one weight only, level with others."""
    last = len(flip.leaders) - 1
    below, above = (
        flip.leaders[min(max(int(np.searchsorted(flip.edges, flip.weight, side)) - 1, 0), last)]
        for side in ("left", "right")
    )
    weight = flip.weight
    return Stability(weight, weight, below if weight > 0 else (), above if weight < 1 else ())


def _past(start: Base, criterion: str, level: float, upward: bool = False) -> Past:
    stated = outward(level, level - 1 if upward else level + 1)
    moved = with_share(start.used.weights, criterion, stated)
    weights = np.array([moved[c.id] for c in start.table.criteria])
    return Past(level, stated, start.firsts(solve(start.method, start.values, weights).scores))


def _weight_sentence(start: Base, flip: WeightFlip) -> str:
    said = []
    for past in (flip.up, flip.down):
        if past is not None:
            then, now = percents(past.stated, flip.now)
            counted = f"If {flip.name} counted for {then} instead of {now}"
            said.append(f"{counted}, {start.said(past.firsts)}.")
    if start.weights.size == 1:
        return f"{flip.name} is all that counts, so its weight cannot move."
    return " ".join(said) or f"However much {flip.name} counts, the first place stays as it is."


def _stretch(flip: WeightFlip) -> tuple[str, str]:
    """Write a weight, and how far it can move while the leader stays first."""
    if flip.low >= flip.high:
        return _tenths(flip.now), "only as it is now"
    low, high, decimals = inward(flip.low, flip.high, flip.now)
    now, *ends = (in_percent(share, decimals) for share in (flip.now, low, high))
    return now, " to ".join(ends)


def inward(low: float, high: float, within: float) -> tuple[float, float, int]:
    """Round the ends of a stretch inward, so that what is true in it is true at both.

    To tenths of a percent, or finer where it takes more to keep a share between them. Returns
    the ends, and the decimals of a percent they have.

    Args:
        low: its low end, a share.
        high: its high end.
        within: a share in it.

    >>> inward(0.30241, 0.41239, 0.35), inward(0.30241, 0.41239, 0.3025)
    ((0.303, 0.412, 1), (0.3025, 0.4123, 2))
    """
    for decimals in range(1, _MOST_DECIMALS):
        steps = 10 ** (decimals + 2)
        first = math.ceil(round(low * steps, _NO_DUST)) / steps
        last = math.floor(round(high * steps, _NO_DUST)) / steps
        if first <= within <= last:
            return first, last, decimals
    return low, high, _MOST_DECIMALS


_MOST_DECIMALS = 9
_NO_LP_DUST = 6  # what a linear program finds is exact to within its tolerance
_NO_DUST = 9  # 0.29 is 289.99999999999994 tenths of a percent


def in_percent(share: float, decimals: int) -> str:
    """Write a share in percent, without the zeros that end its decimals.

    >>> in_percent(0.3025, 2), in_percent(0.3, 2), in_percent(1, 0)
    ('30.25%', '30%', '100%')
    """
    whole, _, rest = f"{100 * share:.{decimals}f}".partition(".")
    rest = rest.rstrip("0")
    return f"{whole}.{rest}%" if rest else f"{whole}%"


def _tenths(share: float) -> str:
    return in_percent(share, 1)


def at_least(share: float) -> str:
    """Write how much has to move, rounded up: moving what is printed is enough.

    >>> at_least(0.01818), at_least(0.29)
    ('1.9%', '29%')
    """
    return in_percent(math.ceil(round(1000 * share, _NO_LP_DUST)) / 1000, 1)


# --- scores


def _score_flips(start: Base) -> tuple[ScoreFlip, ...]:
    found = cell_flips(*start.arguments, bounds=unit_bounds(start.weights.size))
    recorded = start.run.score_index()
    flips = []
    for i, program in enumerate(start.table.programs):
        for j, criterion in enumerate(start.table.criteria):
            value, now = float(found.values[i, j]), float(start.values[i, j])
            improving = i != found.leader
            stated = None if np.isnan(value) else stated_past(criterion, value, improving)
            low, high = start.table.low[i, j], start.table.high[i, j]
            flips.append(
                ScoreFlip(
                    program=program.id,
                    program_name=program.name,
                    criterion=criterion.id,
                    criterion_name=criterion.name,
                    now=score_worth(criterion, now, improving),
                    now_text=brief_text(criterion, recorded.get((program.id, criterion.id))),
                    exact=None if stated is None else score_worth(criterion, value, improving),
                    stated=stated,
                    text="none" if stated is None else past_text(criterion, stated, improving),
                    firsts=() if stated is None else _firsts_at(start, i, j, stated),
                    open=stated is not None and bool(low < value < high),
                )
            )
    return tuple(flips)


def _firsts_at(start: Base, row: int, column: int, score: float) -> Ids:
    """Return the ids of those first when one cell has another score."""
    points, values = zip(*start.table.criteria[column].scale.curve, strict=True)
    worth = piecewise_value([score], points, values)
    changed = start.values[[row]].copy()
    changed[0, column] = worth[0]
    return start.firsts_with(row, float(solve(start.method, changed, start.weights).scores[0]))


def _steps(start: Base, firsts: Ids) -> tuple[StepFlip, ...]:
    recorded = start.run.score_index()
    found = []
    for i, program in enumerate(start.table.programs):
        for j, criterion in enumerate(start.table.criteria):
            score = recorded.get((program.id, criterion.id))
            likely = _likely_number(score.amount if score else None)
            steps = () if likely is None else one_step(criterion, likely)
            found += [_step(start, (i, j), score, to) for to in steps]
    return tuple(step for step in found if step.firsts != firsts)


def _step(start: Base, cell: tuple[int, int], score: Score | None, changed: float) -> StepFlip:
    """Return what follows from one score, likely as it is, being another."""
    row, column = cell
    program, criterion = start.table.programs[row], start.table.criteria[column]
    fails = _fails(start.run, program, criterion, changed)
    then = start.firsts_without(row) if fails else _firsts_at(start, row, column, changed)
    before = brief_text(criterion, score)
    once = criterion.scale.type == "number" and criterion.unit != "%"
    after = with_unit(criterion, number(changed))
    out = "it would fail a must-have. Then " if fails else ""
    return StepFlip(
        program=program.id,
        program_name=program.name,
        criterion=criterion.id,
        criterion_name=criterion.name,
        before=before,
        after=after,
        fails=fails,
        firsts=then,
        sentence=(
            f"If {program.name} had {after} on {criterion.name} "
            f"instead of {brief_score(score) if once else before}, {out}{start.said(then)}."
        ),
    )


def _fails(run: Run, program: Program, criterion: Criterion, changed: float) -> bool:
    """Whether a program would fail a must-have with another score."""
    held = [
        m
        for m in run.evidence.must_haves
        if m.threshold is not None and m.threshold.criterion == criterion.id
    ]
    if not held:
        return False
    score = Score(program=program.id, criterion=criterion.id, amount=Exact(value=changed))
    # A threshold is held against this one score, so no other is needed.
    evidence = run.evidence.model_copy(update={"scores": (score,)})
    supposed = run.model_copy(update={"evidence": evidence})
    return any(verdict_on(supposed, m, program).verdict == "fail" for m in held)


def _likely_number(amount: object) -> float | None:
    match amount:
        case Exact(value=value):
            return value
        case Range(likely=likely):
            return likely
    return None


# --- all weights at once


def _weight_moves(start: Base, firsts: Ids) -> tuple[WeightMove, ...]:
    moves = [_weight_move(start, i) for i, p in enumerate(start.ids) if p not in firsts]
    return tuple(sorted(moves, key=lambda m: (not m.possible, m.distance or 0.0)))


def _weight_move(start: Base, row: int) -> WeightMove:
    values, weights, directions, _ = start.arguments
    bounds = unit_bounds(weights.size)
    found = smallest_change(values, weights, directions, row, bounds=bounds)
    program = start.table.programs[row]
    if found.weights is None or found.distance is None:
        sentence = f"No weights at all would put {program.name} first."
        return WeightMove(program.id, program.name, False, None, None, (), sentence)
    then = {c.id: w for c, w in zip(start.table.criteria, found.weights.tolist(), strict=True)}
    now = start.used.weights
    moved = [(c, now[c], then[c]) for c in then if abs(then[c] - now[c]) > _MOVED]
    moved.sort(key=lambda move: -abs(move[2] - move[1]))
    names = {c.id: c.name for c in start.table.criteria}
    parts = [f"{names[c]} from {_tenths(a)} to {_tenths(b)}" for c, a, b in moved]
    sentence = (
        f"{program.name} would be first, or level with it, if {at_least(found.distance)} "
        f"of the weight moved, about like this: {and_list(few(parts, 4))}."
    )
    return WeightMove(program.id, program.name, True, found.distance, then, tuple(moved), sentence)


_MOVED = 5e-5  # a change that shows in tenths of a percent


# --- without one


def _without(
    start: Base,
    items: Sequence[tuple[str, str]],
    found: Sequence[tuple[int, ...]],
    nobody: str,
) -> tuple[Without, ...]:
    """Say who is first without each item, and where ``nobody`` is, why."""
    now = start.firsts(start.scores)
    left = []
    for (item, name), rows in zip(items, found, strict=True):
        firsts = tuple(start.ids[i] for i in rows)
        changes = firsts != now
        sentence = f"Without {name}, {start.said(firsts)}."
        if not firsts:
            sentence = f"Without {name}, {nobody}."
        elif not changes:
            sentence = f"Without {name}, the first place stays as it is."
        left.append(Without(item, name, firsts, changes, sentence))
    return tuple(left)
