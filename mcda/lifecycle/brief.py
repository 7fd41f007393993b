"""The diagnosis in one or two pages of plain sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mcda.lifecycle.must_haves import proposed_must_haves
from mcda.project import Diagnosis, Factor, Project, ReadinessItem
from mcda.project.text import counted, day_text

_KINDS = {
    "risk": "These drive the problem",
    "protective": "These guard against it",
    "system gap": "These are missing in how we respond",
}
_TRENDS = {"rising": "rising", "steady": "steady", "falling": "falling"}
_PARTS = {
    "motivation": "Motivation",
    "general capacity": "General capacity",
    "specific capacity": "Capacity for this work",
}


@dataclass(frozen=True, slots=True)
class BriefPart:
    """A heading and what stands under it, a sentence or a quoted paragraph each."""

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """The diagnosis in plain sentences; ``open`` says what nobody has filled in yet."""

    title: str
    parts: tuple[BriefPart, ...]
    open: tuple[str, ...]


def diagnosis_brief(project: Project) -> Brief:
    """Return the diagnosis as a brief: only what was said, and at the end what is open.

    >>> diagnosis_brief(Project.new("Which?")).open[0]
    'The problem is not stated yet.'
    """
    diagnosis = project.diagnosis
    place = [_ended(text) for text in (project.info.place, diagnosis.place) if text.strip()]
    parts = [
        ("The problem", _texts(diagnosis.problem, diagnosis.boundaries)),
        ("Where and for whom", _texts(*place, diagnosis.population)),
        ("Whom our figures may miss", _texts(diagnosis.missed)),
        ("What drives it", _factors(diagnosis)),
        ("What is there already", _assets(diagnosis)),
        ("How ready we are", _readiness(diagnosis)),
        ("What we want to reach", _goals(diagnosis)),
        ("What any program must meet here", _must_haves(project)),
    ]
    told = tuple(BriefPart(heading, tuple(said)) for heading, said in parts if said)
    return Brief(f"Diagnosis: {project.info.title}", told, tuple(_open(diagnosis)))


def diagnosis_headline(project: Project) -> str:
    """Say in a sentence or two what comes first here, and how ready we are.

    >>> diagnosis_headline(Project.new("Which?"))
    'Nobody has said yet what comes first. Readiness is not rated yet.'
    """
    diagnosis = project.diagnosis
    count = len(diagnosis.priority_factors)
    first = "Nobody has said yet what comes first."
    if count:
        first = f"{counted(count, 'factor has', 'factors have')} high priority."
    return f"{first} {_readiness_headline(diagnosis)}"


def _readiness_headline(diagnosis: Diagnosis) -> str:
    items, low = diagnosis.readiness, diagnosis.low_readiness
    rated = sum(item.rating is not None for item in items)
    if not rated:
        return "Readiness is not rated yet."
    if rated < len(items):
        return f"Readiness: {rated} of {len(items)} things rated, {len(low)} low."
    if not low:
        return f"Readiness is low in none of {len(items)} things."
    bare = sum(not item.action.strip() for item in low)
    answered = f"{bare} without an answer" if bare else "each with an answer"
    return f"Readiness is low in {len(low)} of {len(items)} things, {answered}."


def _texts(*texts: str) -> list[str]:
    return [part.strip() for text in texts for part in text.split("\n\n") if part.strip()]


def _factors(diagnosis: Diagnosis) -> list[str]:
    found = []
    first = diagnosis.priority_factors
    if first:
        found.append(f"Our priority: {'; '.join(f.name for f in first)}.")
    for kind, words in _KINDS.items():
        factors = [f for f in diagnosis.factors if f.kind == kind]
        if factors:
            found.append(f"{words}: {'; '.join(map(_factor, factors))}.")
    weak = [f.name for f in first if f.confidence == "low"]
    if weak:
        found.append(f"We are not sure of this yet: {'; '.join(weak)}.")
    return found


def _factor(factor: Factor) -> str:
    """Name a factor with its trend, where it is known."""
    if factor.trend not in _TRENDS:
        return factor.name
    return f"{factor.name} ({_TRENDS[factor.trend]})"


def _assets(diagnosis: Diagnosis) -> list[str]:
    found = []
    for asset in diagnosis.assets:
        by = f" ({asset.provider})" if asset.provider else ""
        gap = f" What is missing: {_ended(asset.gap)}" if asset.gap.strip() else ""
        found.append(f"{asset.name}{by}.{gap}")
    return found


def _readiness(diagnosis: Diagnosis) -> list[str]:
    rated = [item for item in diagnosis.readiness if item.rating is not None]
    if not rated:
        return []
    found = [f"{len(rated)} of {len(diagnosis.readiness)} items are rated, from 1 to 5."]
    if diagnosis.raters:
        found[0] += f" Rated by: {_ended(diagnosis.raters)}"
    for part, title in _PARTS.items():
        names = [item.name for item in rated if item.part == part and not item.low]
        if names:
            found.append(f"{title}, in place: {'; '.join(names)}.")
    found += [_low(item) for item in diagnosis.low_readiness]
    return found


def _low(item: ReadinessItem) -> str:
    if not item.action.strip():
        return f"Low ({item.rating}): {item.name}. Nothing is planned about it yet."
    when = f" by {day_text(item.act_by)}" if item.act_by else ""
    who = f" ({item.owner}{when})" if item.owner else when
    return f"Low ({item.rating}): {item.name}. What we will do{who}: {_ended(item.action)}"


def _goals(diagnosis: Diagnosis) -> list[str]:
    found = []
    for goal in diagnosis.goals:
        whom = f" For: {_ended(goal.for_whom)}" if goal.for_whom else ""
        found.append(f"{_ended(goal.name)}{whom}{f' By {day_text(goal.by)}.' if goal.by else ''}")
    return found


def _must_haves(project: Project) -> list[str]:
    waiting = {c.id for c in proposed_must_haves(project)}
    found = []
    for condition in project.diagnosis.must_haves:
        state = " It is not a must-have of the selection yet." if condition.id in waiting else ""
        reason = f" {_ended(condition.reason)}" if condition.reason.strip() else ""
        found.append(f"{condition.name}.{reason}{state}")
    return found


def _open(diagnosis: Diagnosis) -> list[str]:
    """Say what later phases need and nobody has filled in."""
    unrated = [item for item in diagnosis.readiness if item.rating is None]
    wanted: Sequence[tuple[object, str]] = (
        (diagnosis.problem.strip(), "The problem is not stated yet."),
        (diagnosis.population.strip(), "Nobody has said for which groups."),
        (diagnosis.priority_factors, "No factor has high priority yet."),
        (diagnosis.assets, "Nobody has listed what is there already."),
        (diagnosis.readiness and not unrated, "Readiness is not fully rated yet."),
        (diagnosis.goals, "There are no goals yet."),
    )
    return [sentence for there, sentence in wanted if not there]


def _ended(text: str) -> str:
    """Return a text with a full stop at its end."""
    plain = text.strip()
    return plain if plain.endswith((".", "!", "?")) else f"{plain}."
