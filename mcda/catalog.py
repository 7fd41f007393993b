"""The catalogue: every resource of the 2015 guide and every initiative of the 2018 article.

Entries are read from ``data/catalog.csv``. They date from 2015 and 2018, so whoever uses one
first asks whether it is still offered (`availability_question`). The marks are labels to filter
by, copied as the guide prints them; they say nothing about quality and are never added up.

>>> [entry.id for entry in find(mark="victimization", kind=["practice", "policy"])]
['pr3', 'pr5']
"""

from __future__ import annotations

import csv
import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from types import MappingProxyType
from typing import Final, NamedTuple

from mcda.resources import resource_path

__all__ = [
    "CANDIDATE_KINDS",
    "COLUMNS",
    "KINDS",
    "MARKS",
    "SECTIONS",
    "SOURCES",
    "Entry",
    "Source",
    "UnknownEntryError",
    "availability_question",
    "children",
    "entries",
    "find",
    "get",
    "is_candidate_kind",
    "to_rows",
]


class Source(NamedTuple):
    """A document that the catalogue was taken from."""

    title: str
    year: int


MARKS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "victimization": "Victimization",
        "juvenile": "Juvenile",
        "outreach": "Outreach and awareness",
        "tta_provider": "Training and technical assistance (TTA) provider",
        "researcher": "Researcher",
        "practitioner": "Practitioner",
    }
)
"""The guide's six marks and their labels on screen."""

KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "program": "Program",
        "practice": "Practice",
        "policy": "Policy",
        "campaign": "Campaign",
        "task force": "Task force",
        "training": "Training",
        "agency": "Agency",
        "publication": "Publication",
    }
)
"""What an entry is, and the label on screen. The kind is our reading; the guide prints none."""

CANDIDATE_KINDS: Final[frozenset[str]] = frozenset(
    {"program", "practice", "policy", "campaign", "task force"}
)
"""Kinds a community can choose between. Entries of the other kinds support that choice."""

SECTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "federal": "Federal agencies",
        "non_federal": "Non-federal agencies and organizations",
        "training": "Training and technical assistance",
        "practices": "Promising practices and models",
        "publications": "Guidance and publications",
        "initiatives_2018": "OJJDP initiatives, 2018",
        "resources_2018": "OJJDP resources, 2018",
    }
)
"""The guide's five tables and the article's two parts, with their labels on screen."""

SOURCES: Final[Mapping[str, Source]] = MappingProxyType(
    {
        "guide_2015": Source(
            "OJP Diagnostic Center, Resource Guide: Commercial Sexual Exploitation of Children "
            "(June 2015)",
            2015,
        ),
        "ojjdp_2018": Source(
            "OJJDP, How OJJDP Is Combating the Sexual Exploitation and Trafficking of Children "
            "(January/February 2018)",
            2018,
        ),
    }
)
"""The two source documents by the name used in the ``source`` column."""

_CHECKED: Final[Mapping[str, bool | None]] = {"yes": True, "no": False, "": None}
_PRINTED: Final[Mapping[bool | None, str]] = {value: text for text, value in _CHECKED.items()}

# Typographic quotes are what people read; a search is typed with the plain ones.
_PLAIN_QUOTES: Final = str.maketrans("‘’“”", "''\"\"")


class UnknownEntryError(LookupError):
    """No catalogue entry has the given id."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the catalogue, or a course, document or service named under a row.

    A mark is True where the guide checks it, False where that table has the column without a
    check, and None where there is no such column: in tables of another kind, in the 2018 article,
    and in sub-entries (those with a ``parent``), which carry no marks of their own.

    ``audience`` says whom the source addresses: "(implied)" where only its context tells.
    ``row`` is the row of ``table``, and the paragraph of the 2018 article. ``see_also`` names
    entries with the same provider or about the same thing.
    """

    id: str
    parent: str | None
    title: str
    section: str
    provider: str
    summary: str
    audience: str
    victimization: bool | None
    juvenile: bool | None
    outreach: bool | None
    tta_provider: bool | None
    researcher: bool | None
    practitioner: bool | None
    figures: str
    source: str
    table: str
    row: int
    note: str
    kind: str
    see_also: tuple[str, ...]

    @property
    def marks(self) -> dict[str, bool | None]:
        """The six marks by name.

        >>> [mark for mark, checked in get("pr7").marks.items() if checked]
        ['juvenile']
        """
        return {mark: getattr(self, mark) for mark in MARKS}

    @property
    def year(self) -> int:
        """The year of the source document.

        >>> get("pr7").year
        2015
        """
        return SOURCES[self.source].year

    @property
    def citation(self) -> str:
        """The source document, the table and the row.

        >>> get("an2").citation
        'OJP Diagnostic Center, Resource Guide: ... (June 2015), Section 2, Non-Federal, no. 2'
        """
        return f"{SOURCES[self.source].title}, {self.table}, no. {self.row}"


COLUMNS: Final[tuple[str, ...]] = tuple(field.name for field in fields(Entry))
"""The columns of the file, and of `to_rows`, in order."""


@cache
def entries() -> tuple[Entry, ...]:
    """Return all entries in the order of the file; a sub-entry follows the entry it belongs to.

    >>> sum(entry.source == "guide_2015" and entry.parent is None for entry in entries())
    35
    """
    with resource_path("data/catalog.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_entry(row) for row in csv.DictReader(file))


def get(entry_id: str) -> Entry:
    """Return the entry with this id.

    Raises `UnknownEntryError`, a ``LookupError``, that names ids close to it.

    >>> get("pr4").title
    'Juvenile Mentoring Programs'
    """
    by_id = _by_id()
    if entry_id in by_id:
        return by_id[entry_id]
    close = difflib.get_close_matches(entry_id.casefold(), by_id, n=3)
    hint = f" Did you mean {', '.join(close)}?" if close else ""
    raise UnknownEntryError(f"The catalogue has no entry {entry_id!r}.{hint}")


def children(entry_id: str) -> tuple[Entry, ...]:
    """Return the entries directly under this one, which may be none.

    Raises `UnknownEntryError` if there is no entry with this id.

    >>> [child.id for child in children("tt6")]
    ['tt6-a', 'tt6-b', 'tt6-c']
    """
    parent = get(entry_id)
    return tuple(entry for entry in entries() if entry.parent == parent.id)


def find(  # noqa: PLR0913 - one keyword for each filter on screen
    *,
    mark: str | Iterable[str] = (),
    kind: str | Iterable[str] = (),
    section: str | Iterable[str] = (),
    provider: str | None = None,
    audience: str | None = None,
    words: str | None = None,
    include_children: bool = True,
) -> tuple[Entry, ...]:
    """Return the entries that pass every filter given, in the order of the file.

    Args:
        mark: Marks that must all be checked. Sub-entries and the entries of 2018 have no marks,
            so a mark filter leaves them out.
        kind: Kinds, any of which will do.
        section: Sections, any of which will do.
        provider: Text that occurs in the provider.
        audience: Text that occurs in the audience.
        words: Words, or parts of words, that must all occur in the title, summary, provider,
            audience or figures.
        include_children: Whether sub-entries are looked at, each on its own.

    Case, accents and the shape of quotes do not matter in texts. Raises ``ValueError`` for an
    unknown mark, kind or section, naming those there are.

    >>> [entry.id for entry in find(mark=["victimization", "outreach"], words="schools")]
    ['gp2', 'gp3']
    >>> [entry.id for entry in find(kind="task force", include_children=False)]
    ['pr1', 'ojjdp18-icac']
    """
    marks = _known("mark", mark, MARKS)
    kinds = _known("kind", kind, KINDS)
    sections = _known("section", section, SECTIONS)
    wanted = _folded(words or "").split()

    def passes(entry: Entry) -> bool:
        return (
            (include_children or entry.parent is None)
            and all(entry.marks[name] for name in marks)
            and (not kinds or entry.kind in kinds)
            and (not sections or entry.section in sections)
            and _folded(provider or "") in _folded(entry.provider)
            and _folded(audience or "") in _folded(entry.audience)
            and all(word in _searchable(entry) for word in wanted)
        )

    return tuple(entry for entry in entries() if passes(entry))


def is_candidate_kind(kind: str) -> bool:
    """Tell whether entries of this kind are candidates to choose between, or supports.

    Raises ``ValueError`` for an unknown kind.

    >>> is_candidate_kind("practice"), is_candidate_kind("training")
    (True, False)
    """
    _known("kind", kind, KINDS)
    return kind in CANDIDATE_KINDS


def availability_question(entry: Entry) -> str:
    """Return the question to settle before an entry is used, with the year it was listed.

    >>> availability_question(get("pr6"))
    'Listed in 2015. Is it still offered here? Ask the provider and note the date.'
    >>> availability_question(get("gp4"))
    'Listed in 2015. Is it still current? Look for a newer edition and note the date.'
    """
    if entry.kind == "publication":
        question = "Is it still current? Look for a newer edition and note the date."
    else:
        question = "Is it still offered here? Ask the provider and note the date."
    return f"Listed in {entry.year}. {question}"


def to_rows(selection: Iterable[Entry]) -> list[dict[str, str]]:
    """Return the entries as rows of text for a CSV or JSON file, with the columns of the file.

    >>> row = to_rows([get("pr4")])[0]
    >>> row["id"], row["juvenile"], row["outreach"], row["researcher"]
    ('pr4', 'yes', 'no', '')
    """
    return [{column: _text(entry, column) for column in COLUMNS} for entry in selection]


@cache
def _by_id() -> dict[str, Entry]:
    return {entry.id: entry for entry in entries()}


def _entry(row: Mapping[str, str]) -> Entry:
    return Entry(
        id=row["id"],
        parent=row["parent"] or None,
        title=row["title"],
        section=row["section"],
        provider=row["provider"],
        summary=row["summary"],
        audience=row["audience"],
        victimization=_CHECKED[row["victimization"]],
        juvenile=_CHECKED[row["juvenile"]],
        outreach=_CHECKED[row["outreach"]],
        tta_provider=_CHECKED[row["tta_provider"]],
        researcher=_CHECKED[row["researcher"]],
        practitioner=_CHECKED[row["practitioner"]],
        figures=row["figures"],
        source=row["source"],
        table=row["table"],
        row=int(row["row"]),
        note=row["note"],
        kind=row["kind"],
        see_also=tuple(row["see_also"].split()),
    )


def _text(entry: Entry, column: str) -> str:
    if column in MARKS:
        return _PRINTED[entry.marks[column]]
    if column == "see_also":
        return " ".join(entry.see_also)
    return str(getattr(entry, column) or "")


def _known(what: str, given: str | Iterable[str], allowed: Mapping[str, str]) -> tuple[str, ...]:
    # A single name is one name, not its letters.
    names = (given,) if isinstance(given, str) else tuple(given)
    for name in names:
        if name not in allowed:
            raise ValueError(f"Unknown {what} {name!r}. Allowed: {', '.join(allowed)}.")
    return names


@cache
def _searchable(entry: Entry) -> str:
    texts = (entry.title, entry.summary, entry.provider, entry.audience, entry.figures)
    # One line per text, so that a word never matches across two of them.
    return _folded("\n".join(texts))


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_PLAIN_QUOTES))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
