"""Everything a report is written from: the project as its edition shows it, and the findings."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from mcda.analysis import (
    Agreement,
    Comparison,
    Contributions,
    Difference,
    EvidenceTable,
    Firmness,
    Flips,
    MethodTable,
    MustHaveTable,
    Ranking,
    Sentences,
    Statement,
    UsedWeights,
    agreement,
    comparison,
    contributions,
    default_weighting,
    difference,
    evidence_table,
    firmness,
    method_table,
    must_have_table,
    ranking,
    read_back,
    sentences,
    usable_weightings,
    used_weights,
    what_flips,
)
from mcda.analysis.between_runs import BetweenRuns, between_runs
from mcda.analysis.naming import find_named
from mcda.lifecycle.day import day_of
from mcda.lifecycle.indicators import IndicatorState
from mcda.lifecycle.triggers import Trigger
from mcda.project import FindingsError, Project, Record, Run, check_run, errors
from mcda.project.text import MAX_TEXT
from mcda.report.erratum import Erratum
from mcda.report.lessons import for_others, reported_run
from mcda.report.observed import shown_states, shown_triggers
from mcda.report.redaction import Edition, redact, told_by_role

_NEXT = 2  # how many programs the first one is set against


@dataclass(frozen=True, slots=True)
class Results:
    """What the ranking found, by the weights of ``both.rankings[0].weighting``.

    ``firmness``, ``flips`` and ``said`` say how firm the first place is and what would change it.
    ``methods`` sets five methods side by side.
    ``differences`` set the first against the next, and against the choice of a decided run.
    That last one is ``to_choice``, unless the choice is the first or not ranked.
    """

    both: Agreement
    parts: Contributions
    differences: tuple[Difference, ...]
    to_choice: Difference | None
    firmness: Firmness
    flips: Flips
    said: Sentences
    methods: MethodTable
    read_back: tuple[Statement, ...]

    @property
    def ranking(self) -> Ranking:
        """The ranking by the weighted sum."""
        return self.both.rankings[0]

    @property
    def second(self) -> Ranking:
        """The ranking by TOPSIS."""
        return self.both.rankings[1]


@dataclass(frozen=True, slots=True)
class Material:
    """The project as the edition shows it, the run reported on, and its findings.

    ``results`` is None where nothing could be ranked; ``trouble`` then says why. ``usable``
    holds the weights of every weighting that can be used, the leading one first, ``unusable``
    the names and reasons of the others. ``compared`` is None where there is only one weighting.
    ``states`` and ``triggers`` are what the edition tells of the observations; ``between`` sets
    the run against the one it started from, where both can be ranked. ``perspectives`` ranks by
    each of the ``usable`` weightings alone. ``erratum`` corrects an earlier report. ``date`` is the
    day the report was made; what is late or due is told ``as_of`` the day of ``day_of``.
    """

    project: Project
    run: Run
    edition: Edition
    notes: bool
    date: datetime.date
    as_of: datetime.date
    evidence: EvidenceTable
    must_haves: MustHaveTable
    usable: tuple[UsedWeights, ...]
    unusable: tuple[tuple[str, FindingsError], ...]
    results: Results | None
    trouble: FindingsError | None
    compared: Comparison | None
    asked_to_compare: bool
    states: tuple[IndicatorState, ...]
    triggers: tuple[Trigger, ...]
    between: BetweenRuns | None
    perspectives: tuple[Ranking, ...]
    erratum: Erratum | None

    @property
    def is_decided(self) -> bool:
        """Whether the run has been decided, is still as it was decided, and holds together."""
        return self.decision is not None

    @property
    def decision(self) -> Record | None:
        """The record of a run that has been decided, not changed since, and has no errors."""
        run = self.run
        kept = run.status == "decided" and run.lock == run.content_hash()
        return run.record if kept and not errors(check_run(run)) else None

    @property
    def drafted(self) -> Record | None:
        """The record that has been written for a run that is not decided."""
        return self.run.record if self.run.status == "draft" else None

    @property
    def drafted_choice(self) -> str:
        """The name of the program that the drafted record chooses, or nothing."""
        if self.drafted is None:
            return ""
        names = {p.id: p.name for p in self.run.evidence.programs}
        return names.get(self.drafted.choice, self.drafted.choice)

    @property
    def weights(self) -> tuple[UsedWeights, ...]:
        """The weights to show: all that can be used, else the equal ones that were ranked by."""
        return self.usable or ((self.results.ranking.weighting,) if self.results else ())

    @property
    def shows_notes(self) -> bool:
        """Whether free-text notes are shown."""
        return self.edition == "full" or (self.edition == "public" and self.notes)


def gather(  # noqa: PLR0913 - the choices behind one report
    project: Project,
    run_id: str | None,
    *,
    edition: Edition,
    weighting: str | None,
    compare: Sequence[str],
    notes: bool,
    date: datetime.date,
    erratum: Erratum | None,
) -> Material:
    """Redact the project to the edition, then find everything there is to report.

    Raises:
        UnknownItemError: no such run, or no such weighting.
        FindingsError: a weighting that was asked for cannot be used.
        ValueError: no such edition.
    """
    if edition == "lessons":
        before, wanted = reported_run(project, run_id), []
        shown = for_others(project, before)
        run = shown.run()
    else:
        before = project.run(run_id)
        # One page carries a public copy, in which nobody asked for notes.
        shown = (
            redact(project, "public") if edition == "one-page" else redact(project, edition, notes)
        )
        run = shown.runs[project.runs.index(before)]
        wanted = [_shown_id(before, run, name) for name in (*filter(None, [weighting]), *compare)]
    for name in wanted:
        used_weights(run, name)
    as_of = day_of(shown, date)
    usable, unusable = usable_weightings(run, wanted[0] if wanted else None)
    results, trouble = _results(shown, run, wanted[0] if wanted else None)
    return Material(
        project=shown,
        run=run,
        edition=edition,
        notes=notes,
        date=date,
        as_of=as_of,
        evidence=evidence_table(shown, run.id),
        must_haves=must_have_table(shown, run.id),
        usable=usable,
        unusable=unusable,
        results=results,
        trouble=trouble,
        compared=_compared(shown, run, wanted if compare else [], usable) if results else None,
        asked_to_compare=bool(wanted and compare),
        states=shown_states(project, shown),
        triggers=shown_triggers(project, shown, as_of),
        between=_between(shown, run, wanted[0] if wanted else None),
        perspectives=_perspectives(shown, run, usable) if results and edition != "lessons" else (),
        erratum=_shown_erratum(project, erratum, edition),
    )


def _shown_erratum(project: Project, erratum: Erratum | None, edition: Edition) -> Erratum | None:
    """Return a correction as an edition tells it: people are named by role in all but the full."""
    if erratum is None or edition == "full":
        return erratum
    if edition == "lessons":
        raise ValueError("The edition for other communities holds no correction.")
    text = told_by_role(project, erratum.text)[:MAX_TEXT]
    return erratum.model_copy(update={"text": text})


def _perspectives(project: Project, run: Run, usable: Sequence[UsedWeights]) -> tuple[Ranking, ...]:
    """Rank by each weighting that people gave, in the order in which they stand in the run."""
    known = {used.id for used in usable}
    return tuple(ranking(project, run.id, w.id) for w in run.weightings if w.id in known)


def _shown_id(before: Run, after: Run, name: str) -> str:
    """Return the id that a weighting, named as in the project, has in the edition."""
    found = find_named(before.weightings, name, "weighting")
    return after.weightings[before.weightings.index(found)].id


def _results(
    project: Project, run: Run, weighting: str | None
) -> tuple[Results | None, FindingsError | None]:
    try:
        both = agreement(project, run.id, weighting)
    except FindingsError as error:
        return None, error
    order = [p.id for p in both.rankings[0].ranked]
    others = list(islice(order, 1, 1 + _NEXT))
    choice = run.record.choice if run.record is not None and run.status == "decided" else None
    if choice in order[1 + _NEXT :]:
        others.append(str(choice))
    found = tuple(difference(project, order[0], other, run.id, weighting) for other in others)
    return Results(
        both=both,
        parts=contributions(project, run.id, weighting),
        differences=found,
        to_choice=next((d for d in found if d.b.id == choice), None),
        firmness=firmness(project, run.id, weighting),
        flips=what_flips(project, run.id, weighting),
        said=sentences(project, run.id, weighting),
        methods=method_table(project, run.id, weighting),
        read_back=read_back(project, run.id, weighting),
    ), None


def _between(project: Project, run: Run, weighting: str | None) -> BetweenRuns | None:
    """Set the run against the one it started from, by the leading weighting where both have it."""
    parent = next((r for r in project.runs if r.id == run.parent), None)
    if parent is None:
        return None
    both = weighting if weighting in {w.id for w in parent.weightings} else None
    try:
        return between_runs(project, parent.id, run.id, weighting=both)
    except FindingsError:
        return None


def _compared(
    project: Project, run: Run, wanted: Sequence[str], usable: Sequence[UsedWeights]
) -> Comparison | None:
    """Compare the weightings that were asked for, else all that can be used.

    One alone is set against the default one; the leading one and itself again are no comparison.
    """
    known = [w.id for w in usable if w.id is not None]
    against = [default_weighting(run).id] if len(wanted) == 1 else []
    names = list(dict.fromkeys([*against, *wanted])) or known
    return comparison(project, run.id, names) if len(names) > 1 else None
