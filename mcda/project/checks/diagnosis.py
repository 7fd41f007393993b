"""Rules on the diagnosis: links hold, low readiness has an answer, nothing tells of one person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mcda.project.checks.listed_items import duplicate_ids, personal_data, unknown_reference
from mcda.project.diagnosis import Asset, Goal
from mcda.project.document import Project
from mcda.project.findings import Finding
from mcda.project.personal import texts_of
from mcda.project.text import listed

PLACE = "Diagnosis"


def _references(project: Project) -> Iterator[Finding]:
    diagnosis = project.diagnosis
    yield from duplicate_ids(diagnosis, PLACE)
    factors = {f.id for f in diagnosis.factors}
    items: tuple[Asset | Goal, ...] = (*diagnosis.assets, *diagnosis.goals)
    for item in items:
        for factor in item.factors:
            if factor not in factors:
                yield unknown_reference(f"{PLACE}, {item.name}", "factor", factor)
    yield from _link_references(project, factors)


def _link_references(project: Project, factors: set[str]) -> Iterator[Finding]:
    place = f"{PLACE}, factors and programs"
    programs = {p.id for run in project.runs for p in run.evidence.programs}
    links = project.diagnosis.links
    for link in links:
        if link.factor not in factors:
            yield unknown_reference(place, "factor", link.factor)
        if link.program not in programs:
            yield unknown_reference(place, "program", link.program)
    for refused in project.diagnosis.refused_matches:
        if refused.program not in programs:
            yield unknown_reference(place, "program", refused.program)
    for (factor, program), times in Counter(link.place for link in links).items():
        if times > 1:
            message = f"It is said more than once how {program!r} acts on {factor!r}."
            yield Finding("error", "duplicate-link", place, message, "Keep one.")


def _readiness(project: Project) -> Iterator[Finding]:
    bare = [i.name for i in project.diagnosis.low_readiness if not i.action.strip()]
    if bare:
        message = f"Rated low, and nothing is planned about it: {listed(bare)}."
        mend = "Write what will be done about it, by which role and by when."
        yield Finding("warning", "readiness-action", f"{PLACE}, readiness", message, mend)


def _factors(project: Project) -> Iterator[Finding]:
    diagnosis = project.diagnosis
    if diagnosis.factors and not diagnosis.priority_factors:
        message = "No factor has high priority."
        mend = "Mark those that a program must act on: programs are matched to them."
        yield Finding("hint", "no-priority", f"{PLACE}, factors", message, mend)
    bare = [f.name for f in diagnosis.priority_factors if not f.source.strip()]
    if bare:
        message = f"Nobody has said how this is known: {listed(bare)}."
        mend = "Name the figures, the meeting or the report."
        yield Finding("warning", "factor-source", f"{PLACE}, factors", message, mend)


def _personal(project: Project) -> Iterator[Finding]:
    return personal_data(texts_of(project.diagnosis, PLACE))


RULES = (_references, _readiness, _factors, _personal)
