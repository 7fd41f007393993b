"""Factors against programs: what people said of each pair proposes the score of the match.

The rule is that of the anchors of the template's criterion "Match to our problem factors", applied
to the factors of high priority:

====== ===================================================================
Level  Where the program acts
====== ===================================================================
5      directly on all of them, each with the reason written down
4      directly on more than half of them
3      directly on at least one
2      only indirectly, on at least one
1      on none
====== ===================================================================

A pair nobody has judged may be anything, so that the proposal is a range. A proposal is never
taken over by itself.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from mcda.analysis.wording import and_list, few, span
from mcda.project import (
    Criterion,
    Exact,
    Factor,
    FactorLink,
    LevelScale,
    Program,
    Project,
    ProjectError,
    Range,
    RefusedMatch,
    Run,
    Score,
)
from mcda.project.entering import entered

MATCH_CRITERION = "problem_match"
MATCH_SOURCE = "Our diagnosis: how the program acts on each of our priority factors."
_LEVELS = (1.0, 2.0, 3.0, 4.0, 5.0)

State = Literal["open", "new", "same", "differs"]


@dataclass(frozen=True, slots=True)
class MatchProposal:
    """The score proposed for one program, and how it stands to the recorded one.

    ``amount`` is None while none of the pairs is judged. ``state`` is "open" then, "new" where no
    score is recorded, "same" or "differs" where one is. ``refused`` says that people did not take
    this very level over, and why; it is not to be proposed to them again.
    """

    program: Program
    amount: Exact | Range | None
    sentence: str
    current: Score | None
    state: State
    refused: RefusedMatch | None = None


@dataclass(frozen=True, slots=True)
class MatchGrid:
    """The priority factors against the programs to choose from.

    ``links`` holds what was said of a pair, by factor id and program id; a pair nobody has judged
    is not in it. ``criterion`` is None, and ``proposals`` empty, where nothing can be proposed;
    ``sentence`` says why, or how far the grid is filled.
    """

    factors: tuple[Factor, ...]
    programs: tuple[Program, ...]
    links: dict[tuple[str, str], FactorLink]
    criterion: Criterion | None
    proposals: tuple[MatchProposal, ...]
    sentence: str


def match_grid(project: Project, run_id: str | None = None) -> MatchGrid:
    """Return the grid of factors and programs, with the scores it proposes.

    Raises ``UnknownItemError`` for a run that is not there.

    >>> match_grid(Project.new("Which?")).sentence
    'No factor has high priority yet, so nothing can be proposed.'
    """
    run = project.run(run_id)
    factors = project.diagnosis.priority_factors
    links = {
        (f.id, p.id): link
        for f in factors
        for p in run.candidates
        if (link := project.diagnosis.link(f.id, p.id)) is not None
    }
    criterion = match_criterion(run)
    proposals: tuple[MatchProposal, ...] = ()
    if criterion is not None and factors:
        made = (_proposal(run, criterion, p, factors, links) for p in run.candidates)
        proposals = tuple(dataclasses.replace(p, refused=_refused(project, p)) for p in made)
    cells = len(factors) * len(run.candidates)
    sentence = _sentence(factors, criterion, len(links), cells)
    return MatchGrid(factors, run.candidates, links, criterion, proposals, sentence)


def match_criterion(run: Run) -> Criterion | None:
    """Return the criterion the rule is made for, or None where the run does not use it.

    It is the template's, in use and with its five levels.
    """
    for criterion in run.active_criteria:
        scale = criterion.scale
        if criterion.id == MATCH_CRITERION and isinstance(scale, LevelScale):
            levels = tuple(float(level.level) for level in scale.levels)
            return criterion if levels == _LEVELS else None
    return None


def match_level(links: Sequence[FactorLink | None]) -> tuple[int, int]:
    """Return the lowest and highest level that what was said of each priority factor allows.

    One entry a factor, None where nobody has judged; 1 to 5.

    Raises:
        ValueError: no factor.

    >>> yes = FactorLink(factor="a", program="p", acts="directly", reason="Asks everyone.")
    >>> match_level([yes, yes]), match_level([yes, None]), match_level([None, None])
    ((5, 5), (3, 5), (1, 5))
    """
    if not links:
        raise ValueError("there is no factor to match")
    known = [link for link in links if link is not None]
    missing = len(links) - len(known)
    direct = sum(link.acts == "directly" for link in known)
    indirect = sum(link.acts == "indirectly" for link in known)
    told = all(link.reason.strip() for link in known if link.acts == "directly")
    lowest = _level(len(links), direct, indirect, told)
    return lowest, _level(len(links), direct + missing, indirect, told)


def with_match_score(
    project: Project,
    program_id: str,
    as_of: date,
    run_id: str | None = None,
    *,
    replace: bool = False,
) -> Project:
    """Take the proposal for one program over as its agreed score; a refusal before is forgotten.

    Raises ``ProjectError`` where there is no proposal, and where another score is recorded unless
    ``replace`` is set.
    """
    run = project.run(run_id)
    proposal, amount = _made(match_grid(project, run_id), run.program(program_id))
    if proposal.state == "differs" and not replace:
        raise ProjectError(
            f"{proposal.program.name} has another score on {run.criterion(MATCH_CRITERION).name}. "
            "Say that it is to be replaced, or keep it."
        )
    score = Score(
        program=program_id,
        criterion=MATCH_CRITERION,
        amount=amount,
        source=MATCH_SOURCE,
        as_of=as_of,
        note=proposal.sentence,
    )
    taken = project.with_score(score, run_id)
    return taken.with_diagnosis(taken.diagnosis.without_refused_match(program_id))


def with_refused_match(
    project: Project,
    program_id: str,
    on: date,
    reason: str,
    by: str = "",
) -> Project:
    """Keep that the level proposed in the latest run is not taken over, by whom (a role) and why.

    Raises ``ProjectError`` where there is no proposal, and without a reason.
    """
    _, amount = _made(match_grid(project), project.run().program(program_id))
    if not reason.strip():
        raise ProjectError("Write the reason: it tells those who come later why the level differs.")
    fields = {"program": program_id, "proposed": amount, "reason": reason, "by": by, "on": on}
    refused = entered(RefusedMatch, fields)
    return project.with_diagnosis(project.diagnosis.with_refused_match(refused))


def _made(grid: MatchGrid, program: Program) -> tuple[MatchProposal, Exact | Range]:
    """Return the proposal for a program and its level; raises ``ProjectError`` without one."""
    proposal = next((p for p in grid.proposals if p.program.id == program.id), None)
    if proposal is None or proposal.amount is None:
        raise ProjectError(
            f"There is no proposal for {program.name}: judge how it acts on the factors."
        )
    return proposal, proposal.amount


def _refused(project: Project, proposal: MatchProposal) -> RefusedMatch | None:
    """Return that this very proposal was refused, or None."""
    for refused in project.diagnosis.refused_matches:
        if refused.program == proposal.program.id and refused.proposed == proposal.amount:
            return refused
    return None


def _level(factors: int, direct: int, indirect: int, told: bool) -> int:
    if direct == factors and told:
        return 5
    if 2 * direct > factors > 1:
        return 4
    if direct:
        return 3
    return 2 if indirect else 1


def _proposal(
    run: Run,
    criterion: Criterion,
    program: Program,
    factors: Sequence[Factor],
    links: dict[tuple[str, str], FactorLink],
) -> MatchProposal:
    said = [links.get((factor.id, program.id)) for factor in factors]
    current = run.score(program.id, criterion.id)
    if not any(said):
        sentence = "Nobody has judged yet how it acts on the priority factors."
        return MatchProposal(program, None, sentence, current, "open")
    low, high = match_level(said)
    amount = Exact(value=low) if low == high else Range(low=low, high=high)
    state: State = "new" if current is None else "differs"
    if current is not None and current.amount == amount:
        state = "same"
    return MatchProposal(program, amount, _told(factors, said, low, high), current, state)


def _told(factors: Sequence[Factor], said: Sequence[FactorLink | None], low: int, high: int) -> str:
    """Say what the proposal rests on."""
    pairs = list(zip(factors, said, strict=True))
    parts = [f"Level {span(str(low), str(high))} by the grid."]
    for acts, words in (("directly", "It acts directly on"), ("indirectly", "It touches")):
        names = [f"“{f.name}”" for f, link in pairs if link is not None and link.acts == acts]
        if names:
            parts.append(f"{words} {and_list(few(names))}.")
    unsaid = sum(link is None for link in said)
    if unsaid:
        parts.append(f"{unsaid} of {len(factors)} factors {'is' if unsaid == 1 else 'are'} open.")
    if high < 5 and all(link is not None and link.acts == "directly" for link in said):
        parts.append("For level 5, write the reason beside each factor.")
    return " ".join(parts)


def _sentence(
    factors: Sequence[Factor], criterion: Criterion | None, judged: int, cells: int
) -> str:
    if not factors:
        return "No factor has high priority yet, so nothing can be proposed."
    if criterion is None:
        return (
            "This selection does not use the criterion “Match to our problem factors” with its "
            "five levels, so nothing can be proposed."
        )
    return f"{judged} of {cells} pairs of factor and program are judged."
