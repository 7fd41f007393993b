"""What would change who is first: each weight, each score, each criterion, each program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import pandas as pd

from mcda.analysis.firmness.base import Base, Ids, base
from mcda.analysis.firmness.score_moves import ScoreFlip, StepFlip, score_flips, single_steps
from mcda.analysis.firmness.weight_moves import (
    Past,
    WeightFlip,
    WeightMove,
    flips_of_weights,
    smallest_moves,
    stretch,
)
from mcda.analysis.ranking import DEFAULT_METHOD
from mcda.analysis.rounding import at_least
from mcda.analysis.table import unit_bounds
from mcda.analysis.weights import UsedWeights
from mcda.analysis.wording import and_list, few, percents
from mcda.engine.robustness import drop_alternative, drop_criterion
from mcda.project import Project, Run

SETTLED_NOTE = (
    "A range is taken at its likely number here. "
    "A range without one, and what is not known, is taken at the middle."
)
SAME_ORDER = (
    "Leaving a program out never reorders the others, as each is scored by itself; "
    "the next in line moves up."
)


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
        runners_up: ids of the next in line; several where they are level, as identical ones are.
        settled: whether some scores that count are not exact; see ``SETTLED_NOTE``.
        weights: each weight's flips, in the order of the criteria.
        scores: each cell's flip.
        steps: the single steps that change who is first.
        changes: what each other program needs, the nearest first, identical ones together;
            weighted sum only.
        without_criterion: each criterion left out.
        without_program: each program left out.
        illustrative: whether the project is a made-up example.
    """

    run_id: str
    method: str
    weighting: UsedWeights
    names: Mapping[str, str]
    firsts: Ids
    runners_up: Ids
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
                **dict(zip(("Counts now", "First stays first"), stretch(flip), strict=True)),
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
    >>> found.firsts, found.runners_up
    (('screening',), ('survivor_mentors',))
    """
    run = project.run(run_id)
    asked = tuple(weighting.items()) if isinstance(weighting, Mapping) else weighting
    return replace(_flips(run, asked, method), illustrative=project.info.illustrative)


@lru_cache(maxsize=64)
def _flips(run: Run, asked: tuple[tuple[str, float], ...] | str | None, method: str) -> Flips:
    """Compute a finding. Runs are immutable, so the last ones are kept."""
    start = base(run, dict(asked) if isinstance(asked, tuple) else asked, method)
    bounds = unit_bounds(start.weights.size)
    firsts = start.firsts(start.scores)
    table = start.table
    counting = start.weights > 0
    return Flips(
        run_id=run.id,
        method=method,
        weighting=start.used,
        names={p.id: p.name for p in table.programs},
        firsts=firsts,
        runners_up=start.firsts_of([i for i, p in enumerate(start.ids) if p not in firsts]),
        settled=bool((table.low < table.high)[:, counting].any()),
        weights=flips_of_weights(start),
        scores=score_flips(start),
        steps=single_steps(start, firsts),
        changes=smallest_moves(start, firsts) if method == DEFAULT_METHOD else (),
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
