"""What moved between two selections, and why: evidence, framing and weights, each on its own.

The newer run is put together from the older one three times, each time with one part of the new
run only: its *evidence* (programs, criteria, scores, must-haves), its *framing* (what is set aside)
or its *weights*. Each of the three is ranked. What no part does alone, they do together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

from mcda.analysis.moving import Side, cause, score_change
from mcda.analysis.ranking import DEFAULT_METHOD, Ranking, ranking
from mcda.analysis.table import decision_table
from mcda.analysis.wording import and_list, few
from mcda.project import Framing, Project, ProjectError, Run, Unknown

Kind = Literal["evidence", "framing", "weights"]
KINDS: Final[tuple[Kind, ...]] = ("evidence", "framing", "weights")
_WORDS: Final = {
    "evidence": "the new evidence",
    "framing": "the new framing",
    "weights": "the new weights",
}
NOT_THERE = "not in it"
_KEPT = "Every program keeps its place."


@dataclass(frozen=True, slots=True)
class Effect:
    """What one part of the change does alone: the ranking with it, and what that moves.

    ``changed`` is False where that part is the same in both runs; ``ranking`` is then the older
    one. It is None, with ``problem`` saying why, where the part cannot stand alone, such as weights
    for criteria that are not there.
    """

    kind: Kind
    changed: bool
    ranking: Ranking | None
    problem: str
    sentence: str


@dataclass(frozen=True, slots=True)
class BetweenRuns:
    """Two runs side by side: both rankings, and the effect of each kind of change alone.

    ``score_changes`` names each changed score, with the old and the new one.
    """

    before: Ranking
    after: Ranking
    effects: tuple[Effect, ...]
    score_changes: tuple[str, ...]
    sentence: str

    def to_frame(self) -> pd.DataFrame:
        """Return each program's place: before, with each change alone, and after."""
        columns: dict[str, Ranking | None] = {"Before": self.before}
        columns |= {f"Only {_WORDS[e.kind]}": e.ranking for e in self.effects if e.changed}
        columns["After"] = self.after
        names = {p.id: p.name for found in (self.before, self.after) for p in found.programs}
        rows = [[_place(found, program) for found in columns.values()] for program in names]
        return pd.DataFrame(rows, index=list(names.values()), columns=list(columns))


def between_runs(
    project: Project,
    before: str,
    after: str,
    method: str = DEFAULT_METHOD,
    weighting: str | None = None,
) -> BetweenRuns:
    """Compare two runs of a project.

    Args:
        project: the project.
        before: the id of the older run.
        after: the id of the newer one.
        method: a method id.
        weighting: id or name of a weighting that both runs have; each run's leading one without.

    Raises:
        UnknownItemError: there is no such run.
        FindingsError: one of the runs cannot be ranked, as :func:`mcda.analysis.ranking` says.

    >>> from mcda.project.templates import example
    >>> twice = example().rerun(None, "run-2", "Again")
    >>> between_runs(twice, twice.runs[0].id, "run-2").sentence
    'Nothing moved: evidence, framing and weights are the same.'
    """
    old, new = project.run(before), project.run(after)
    was = ranking(project, before, weighting, method)
    now = ranking(project, after, weighting, method)
    mixed = {kind: _with_only(old, new, kind) for kind in KINDS}
    effects = tuple(
        _effect(kind, project, None if run == old else run, was, weighting)
        for kind, run in mixed.items()
    )
    changes = tuple(_score_changes(old, new))
    return BetweenRuns(was, now, effects, changes, _sentence(old, new, was, now, effects))


def _effect(
    kind: Kind, project: Project, run: Run | None, was: Ranking, weighting: str | None
) -> Effect:
    """Rank the old run with one part of the new one; None is a part that is the same in both."""
    words = _capital(_WORDS[kind])
    if run is None:
        return Effect(kind, False, was, "", f"{words}: nothing changed.")
    draft = run.model_copy(update={"status": "draft", "record": None, "lock": None})
    alone = project.model_copy(update={"runs": (draft,)})
    try:
        found = ranking(alone, None, weighting, was.method)
    except ProjectError as error:
        problem = f"{words}: cannot be looked at alone. {error}"
        return Effect(kind, True, None, problem, problem)
    return Effect(kind, True, found, "", f"{words}, taken alone: {_moves(was, found)}")


def _with_only(old: Run, new: Run, kind: Kind) -> Run:
    """Return the old run with one part of the new one."""
    if kind == "evidence":
        return old.model_copy(update={"evidence": new.evidence})
    if kind == "weights":
        return old.model_copy(update={"weightings": new.weightings})
    programs = {p.id for p in old.evidence.programs}
    criteria = {c.id for c in old.evidence.criteria}
    framing = Framing(
        programs_out=tuple(o for o in new.framing.programs_out if o.item in programs),
        criteria_out=tuple(o for o in new.framing.criteria_out if o.item in criteria),
    )
    return old.model_copy(update={"framing": framing})


def _score_changes(old: Run, new: Run) -> list[str]:
    """Name each score that changed, of programs and criteria that both runs have."""
    before, after = old.score_index(), new.score_index()
    programs = {p.id for p in old.evidence.programs}
    criteria = {c.id for c in old.evidence.criteria}
    said = []
    for program in new.evidence.programs:
        for criterion in new.evidence.criteria:
            if program.id not in programs or criterion.id not in criteria:
                continue
            was, now = (index.get((program.id, criterion.id)) for index in (before, after))
            amounts = [Unknown() if score is None else score.amount for score in (was, now)]
            if amounts[0] != amounts[1]:
                said.append(f"{score_change(criterion, program.name, now, was)}.")
    return said


def _sentence(old: Run, new: Run, was: Ranking, now: Ranking, effects: Sequence[Effect]) -> str:
    if not any(effect.changed for effect in effects):
        return "Nothing moved: evidence, framing and weights are the same."
    moved = _moves(was, now)
    if moved == _KEPT:
        return moved
    alone = [_WORDS[e.kind] for e in effects if e.ranking and _moves(was, e.ranking) != _KEPT]
    why = "No part of the change moves a place by itself."
    if alone:
        why = f"Taken alone, this moves places: {and_list(alone)}."
    return " ".join(part for part in (moved, why, _cause(old, new, was, now)) if part)


def _cause(old: Run, new: Run, was: Ranking, now: Ranking) -> str:
    """Name the one change that did most, where both runs rank the same programs."""
    before, after = decision_table(old), decision_table(new)
    same = [p.id for p in before.programs] == [p.id for p in after.programs]
    criteria = {c.id for c in before.criteria} >= {c.id for c in after.criteria}
    if not (same and criteria and was.ranked and now.ranked):
        return ""
    return cause(Side(old, before, was), Side(new, after, now))


def _moves(was: Ranking, found: Ranking) -> str:
    names = {p.id: p.name for ranked in (was, found) for p in ranked.programs}
    moved = [
        f"{names[program]} (was {_place(was, program)}, now {_place(found, program)})"
        for program in names
        if _place(was, program) != _place(found, program)
    ]
    return f"{and_list(few(moved))} moved." if moved else _KEPT


def _place(found: Ranking | None, program: str) -> str:
    if found is None:
        return "cannot be told"
    return next((p.rank_text for p in found.programs if p.id == program), NOT_THERE)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
