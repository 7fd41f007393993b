"""Deciding: how the choice stands in the ranking, what still blocks it, and the lock."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

from mcda.analysis import ProgramResult, ranking
from mcda.analysis.ranking import first_place
from mcda.analysis.wording import and_list, few
from mcda.project import Finding, FindingsError, Project, Record, errors
from mcda.project.checks import check_run
from mcda.project.deciding import deciding_problems

_REVIEW_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Standing:
    """How a program stands in the run's ranking by the group's weighting (else the first).

    ``state`` is "first" where it is sure of the first place, "possible" where it may hold it, "not
    first" where another is sure to come before it, and "not ranked" where it is left out or nothing
    can be ranked. ``firsts`` are the programs that may hold the first place.
    """

    state: Literal["first", "possible", "not first", "not ranked"]
    sentence: str
    firsts: tuple[ProgramResult, ...]


def standing(project: Project, choice: str, run_id: str | None = None) -> Standing:
    """Return how a choice stands in the ranking.

    Raises ``UnknownItemError`` for a program or run that is not there.

    >>> from mcda.project.templates import example
    >>> standing(example(), "campaign").state
    'not first'
    """
    run = project.run(run_id)
    name = run.program(choice).name
    try:
        found = ranking(project, run_id)
    except FindingsError as error:
        return Standing("not ranked", f"Nothing can be ranked yet. {error.headline}", ())
    firsts = found.possible_firsts
    result = next((p for p in found.ranked if p.id == choice), None)
    if result is None:
        return Standing("not ranked", f"{name} is not ranked.", firsts)
    if result.rank_worst == 1:
        return Standing("first", f"{name} ranks first.", firsts)
    place = f"Its place is {result.rank_text}."
    if result.rank_best == 1:
        others = and_list(few([p.name for p in firsts if p.id != choice]))
        return Standing("possible", f"{name} could rank first, as could {others}. {place}", firsts)
    said = f"{name} does not rank first: {first_place(found)}. {place}"
    return Standing("not first", said, firsts)


def decision_problems(
    project: Project, record: Record, run_id: str | None = None
) -> tuple[Finding, ...]:
    """Return what blocks deciding as the record says; nothing where it can be decided.

    To the rules of ``Project.decide`` it adds the one that needs the ranking: a choice that does
    not rank first needs its own reason (``record.departure``).

    Raises ``UnknownItemError`` for a choice or run that is not there.

    >>> record = Record(choice="continue", reasons="")
    >>> [problem.code for problem in decision_problems(Project.new("Which?"), record)]
    ['no-reasons']
    """
    problems = deciding_problems(project.run(run_id), record)
    if record.departure.strip() or errors(check_run(project.run(run_id))):
        return problems
    found = standing(project, record.choice, run_id)
    if found.state != "not first":
        return problems
    mend = "Write why you choose it and not the program that ranks first."
    return (*problems, Finding("error", "no-departure", "Decision", found.sentence, mend))


def decide(project: Project, record: Record, run_id: str | None = None) -> Project:
    """Record the decision and lock the run.

    Raises ``FindingsError`` where something blocks it, ``LockedRunError`` where the run has been
    decided, ``UnknownItemError`` for a choice or run that is not there.

    >>> decide(Project.new("Which?"), Record(choice="continue", reasons=""))
    Traceback (most recent call last):
    ...
    mcda.project.errors.FindingsError: This cannot be decided yet.
    - ...
    """
    problems = decision_problems(project, record, run_id)
    if problems:
        raise FindingsError("This cannot be decided yet.", problems)
    return project.decide(record, run_id)


def review_day(decided_on: date) -> date:
    """Return the day a review is proposed for: a year after the decision.

    >>> review_day(date(2028, 2, 29))
    datetime.date(2029, 2, 28)
    """
    return months_after(decided_on, _REVIEW_MONTHS)


def months_after(day: date, months: int) -> date:
    """Return the same day of a later month, or its last day where it is shorter.

    >>> months_after(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
