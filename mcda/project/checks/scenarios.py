"""Rules on scenarios: what they name is there, fits its scale, and makes a difference.

None of these is an error: a run can be ranked and decided whatever its what-ifs say.
"""

from __future__ import annotations

from collections.abc import Iterator

from mcda.project.evidence import numbers_in
from mcda.project.findings import Finding
from mcda.project.run import Run
from mcda.project.scenarios import Scenario
from mcda.project.text import listed, number_text

_TAKE_OUT = "Open the what-if and take that change out."


def scenario_findings(run: Run, scenario: Scenario) -> Iterator[Finding]:
    """Yield what is wrong with one scenario of a run."""
    place = f"What if: {scenario.title}"
    if scenario.is_empty:
        mend = "Open it and change something, or delete it."
        yield Finding("hint", "scenario-empty", place, "Nothing is different in it.", mend)
    gone = list(_gone(run, scenario))
    for what in gone:
        message = f"It names {what} that is not there any more."
        yield Finding("warning", "scenario-reference", place, message, _TAKE_OUT)
    for problem in _outside(run, scenario):
        mend = "Open the what-if and correct it."
        yield Finding("warning", "scenario-range", place, problem, mend)
    idle = listed(dict.fromkeys(_idle(run, scenario)))
    if idle:
        message = f"It changes {idle}, which does not count, so nothing comes of that."
        yield Finding("hint", "scenario-idle", place, message, _TAKE_OUT)


def _gone(run: Run, scenario: Scenario) -> Iterator[str]:
    """Yield what the scenario names and the run has not, each once."""
    programs = dict.fromkeys((*(s.program for s in scenario.scores), *scenario.programs_out))
    known = {p.id for p in run.evidence.programs}
    yield from (f"a program {p!r}" for p in programs if p not in known)
    criteria = dict.fromkeys(
        (
            *(s.criterion for s in scenario.scores),
            *scenario.criteria_out,
            *(c.criterion for c in scenario.caps),
            *(s.criterion for s in scenario.shares),
        )
    )
    known = {c.id for c in run.evidence.criteria}
    yield from (f"a criterion {c!r}" for c in criteria if c not in known)


def _outside(run: Run, scenario: Scenario) -> Iterator[str]:
    """Yield the scores and limits that a criterion's scale does not take."""
    criteria = {c.id: c for c in run.evidence.criteria}
    numbers = [(s.criterion, n) for s in scenario.scores for n in numbers_in(s.amount)]
    for item, number in (*numbers, *((c.criterion, c.limit) for c in scenario.caps)):
        problem = criteria[item].scale.problem_with(number) if item in criteria else None
        if problem:
            yield f"{criteria[item].name}: {number_text(number)} {problem}."


def _idle(run: Run, scenario: Scenario) -> Iterator[str]:
    """Yield the names of what is set aside or left out, and changed all the same."""
    programs = {p.id: p.name for p in run.evidence.programs}
    criteria = {c.id: c.name for c in run.evidence.criteria}
    ranked = {p.id for p in run.candidates}
    active = {c.id for c in run.active_criteria}
    capped = {c.criterion for c in scenario.caps}
    for program in (*(s.program for s in scenario.scores), *scenario.programs_out):
        if program in programs and program not in ranked:
            yield programs[program]
    for score in scenario.scores:
        if score.program in scenario.programs_out and score.program in ranked:
            yield programs[score.program]
    counting = active - set(scenario.criteria_out)
    changed = [s.criterion for s in scenario.scores if s.criterion not in capped]
    for criterion in (*changed, *(s.criterion for s in scenario.shares)):
        if criterion in criteria and criterion not in counting:
            yield criteria[criterion]
    for criterion in scenario.criteria_out:
        if criterion in criteria and criterion not in active:
            yield criteria[criterion]


def _scenarios(run: Run) -> Iterator[Finding]:
    for scenario in run.scenarios:
        yield from scenario_findings(run, scenario)


RULES = (_scenarios,)
