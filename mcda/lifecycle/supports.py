"""Entries of the catalogue that may help with a gap, each with the reason it is named.

For a question of readiness to start from, the entries and reasons stand beside the question in
``data/``. For everything else an entry is named where its text shares two words or more with the
gap: words of four letters or more, without endings. The fewer entries have a word, the more it
counts; the reason names the words. Only
supports are named (training, agencies, publications); a program is chosen, not suggested.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Literal

from mcda import catalog
from mcda.analysis.wording import and_list
from mcda.catalog import Entry
from mcda.project import Asset, Factor, Finding, Project, ReadinessItem
from mcda.project.readiness import readiness_questions

_MOST = 3
_ENOUGH = 2
_WORD = re.compile(r"[a-z]{4,}")
_ENDING = re.compile(r"(?:ations?|ings?|ions?|ments?|ies|ed|es|s|ly|e|y)$")
# Words that stand in a gap without saying what it is about.
_EMPTY_WORDS = (
    "about after again also among because before being between both boys child children "
    "commercial could does down each every exploitation exploited first from gets girls given "
    "have help here human into just know known less like little made make many more most much "
    "need needs nobody nothing only other over people person place places same sexual sexually "
    "some such take than that their them then there these they this those three through today "
    "trafficked traffickers trafficking under until used uses very what when where which while "
    "will with within without work working works would year years young youth"
)
_EMPTY = frozenset(_EMPTY_WORDS.split())


@dataclass(frozen=True, slots=True)
class SuggestedSupport:
    """An entry that may help, why it is named, and whether the selection has it already."""

    entry: Entry
    reason: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class GapSupports:
    """A gap of the diagnosis and what may help with it; ``item`` is its id."""

    kind: Literal["readiness", "factor", "service"]
    item: str
    name: str
    suggestions: tuple[SuggestedSupport, ...]


def suggested_supports(project: Project, run_id: str | None = None) -> tuple[GapSupports, ...]:
    """Return every gap of the diagnosis with the entries that may help, at most three each.

    Gaps are items of readiness rated low, system gaps among the factors, and what a service lacks.
    A gap for which nothing is found is there too, with no suggestion.

    >>> suggested_supports(Project.new("Which?"))
    ()
    """
    run = project.run(run_id)
    chosen = {p.catalog_id for p in run.evidence.programs if p.catalog_id}
    found = [_for_readiness(item, chosen) for item in project.diagnosis.low_readiness]
    found += [_for_factor(f, chosen) for f in project.diagnosis.factors if f.kind == "system gap"]
    found += [_for_service(a, chosen) for a in project.diagnosis.assets if a.gap.strip()]
    return tuple(found)


def unknown_entries(project: Project) -> tuple[Finding, ...]:
    """Return where the diagnosis or the plan names an entry the catalogue does not have.

    >>> unknown_entries(Project.new("Which?"))
    ()
    """
    known = {entry.id for entry in catalog.entries()}
    named = [("Diagnosis", a.name, a.catalog_id) for a in project.diagnosis.assets]
    named += [("Plan", t.name, t.catalog_id) for t in project.plan.trainings]
    return tuple(
        Finding(
            "warning",
            "unknown-catalog-entry",
            f"{part}, {name}",
            f"The catalogue has no entry {entry!r}.",
            "Choose one from the catalogue, or leave it empty.",
        )
        for part, name, entry in named
        if entry is not None and entry not in known
    )


def _for_readiness(item: ReadinessItem, chosen: set[str]) -> GapSupports:
    question = next((q for q in readiness_questions() if q.id == item.id), None)
    if question is None:
        texts = f"{item.name} {item.action}"
        return GapSupports("readiness", item.id, item.name, _by_words(texts, chosen))
    named = tuple(
        SuggestedSupport(catalog.get(s.catalog_id), s.reason, s.catalog_id in chosen)
        for s in question.supports
    )
    return GapSupports("readiness", item.id, item.name, named)


def _for_factor(factor: Factor, chosen: set[str]) -> GapSupports:
    return GapSupports("factor", factor.id, factor.name, _by_words(factor.name, chosen))


def _for_service(asset: Asset, chosen: set[str]) -> GapSupports:
    return GapSupports("service", asset.id, asset.name, _by_words(asset.gap, chosen))


def _by_words(text: str, chosen: set[str]) -> tuple[SuggestedSupport, ...]:
    """Return the entries that share the most telling words with a text."""
    wanted = _words(text)
    scored = []
    for place, (entry, words) in enumerate(_supports()):
        shared = [stem for stem in wanted if stem in words]
        if len(shared) >= _ENOUGH:
            weight = sum(_weights()[stem] for stem in shared)
            scored.append((-weight, place, entry, [wanted[stem] for stem in shared]))
    return tuple(
        SuggestedSupport(entry, f"It also speaks of {_quoted(words)}.", entry.id in chosen)
        for _, _, entry, words in sorted(scored, key=lambda s: s[:2])[:_MOST]
    )


def _quoted(words: list[str]) -> str:
    return and_list([f"“{word}”" for word in words])


def _words(text: str) -> dict[str, str]:
    """Return the telling words of a text as they stand there, by their stems."""
    found: dict[str, str] = {}
    for word in _WORD.findall(text.casefold()):
        if word not in _EMPTY:
            found.setdefault(_ENDING.sub("", word), word)
    return found


@cache
def _supports() -> tuple[tuple[Entry, frozenset[str]], ...]:
    """Return the entries that are supports, each with the stems of its words."""
    return tuple(
        (entry, frozenset(_words(f"{entry.title} {entry.summary} {entry.audience}")))
        for entry in catalog.entries()
        if not catalog.is_candidate_kind(entry.kind)
    )


@cache
def _weights() -> dict[str, float]:
    """Return how telling each word is: the logarithm of entries to entries that have it."""
    counts = Counter(word for _, words in _supports() for word in words)
    return {word: math.log(len(_supports()) / count) for word, count in counts.items()}
