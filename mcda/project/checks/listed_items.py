"""Rules that hold for every list of items: one id, one thing; nothing about one person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mcda.project.checks.common import repeated
from mcda.project.findings import Finding
from mcda.project.items import Lists
from mcda.project.personal import personal_signs
from mcda.project.text import listed


def duplicate_ids(part: Lists, place: str) -> Iterator[Finding]:
    """Yield where two items of a list have one id."""
    for kind, (field, _) in part.LISTS.items():
        for twice in repeated(item.id for item in part.items(kind)):
            message = f"Two entries of {field.replace('_', ' ')} have the id {twice!r}."
            yield Finding("error", "duplicate-id", place, message, "Give one another id.")


def unknown_reference(place: str, kind: str, item: str) -> Finding:
    """Return the finding that an id names nothing that is there."""
    article = "an" if kind[0] in "aeiou" else "a"
    message = f"It names {article} {kind} {item!r} that is not there."
    mend = f"Add the {kind}, or take the name out."
    return Finding("error", "unknown-reference", place, message, mend)


def personal_data(texts: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    """Yield a warning for each place whose text looks like data about one person."""
    found: dict[str, dict[str, None]] = {}
    for place, text in texts:
        for sign in personal_signs(text):
            found.setdefault(place, {})[sign] = None
    for place, signs in found.items():
        message = f"The text holds what looks like {listed(signs)}."
        mend = "A project holds programs and totals only: take out what tells of one person."
        yield Finding("warning", "personal-data", place, message, mend)
