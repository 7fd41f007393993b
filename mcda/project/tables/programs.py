"""Rows become programs: their names, and what the text columns say of them."""

from __future__ import annotations

from typing import get_args

from mcda.project.evidence import BASELINE_NAME, Kind, Program, Role
from mcda.project.findings import Finding
from mcda.project.tables.grid import Fault, Grid, name_in, text_of
from mcda.project.tables.options import Layout
from mcda.project.tables.places import Place, Problems, listing
from mcda.project.tables.scoring import Entry
from mcda.project.text import MAX_NAME, clean_line, make_id, match_key, quoted

BASELINE_ID = "continue"
_KINDS: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}
_ROLES: dict[str, Role] = {"candidate": "candidate", "support": "support"}


def read_entries(grid: Grid, layout: Layout) -> list[Entry]:
    """Return the rows with their names.

    Raises ``TableError`` for rows without a name, and for names too long or twice there.
    """
    problems = Problems(grid.file)
    entries: list[Entry] = []
    first: dict[str, Entry] = {}
    for row in grid.rows[1:]:
        entry = Entry(row, name_in(row.cell(layout.name.index)))
        entries.append(entry)
        same = first.setdefault(match_key(entry.name), entry)
        place = entry.place(grid.file, layout.name)
        if isinstance(fault := row.cell(layout.name.index), Fault):
            problems.add(place, "no-name", f"{quoted(fault.shown)} {fault.problem}.", fault.mend)
        elif not entry.name:
            problems.add(place, "no-name", "The row has no program name.", "Name it or clear it.")
        elif len(entry.name) > MAX_NAME:
            message = f"The name is longer than {MAX_NAME} characters."
            problems.add(place, "long-name", message, "Shorten it.")
        elif same is not entry:
            message = f"Row {same.row.number} has the same name."
            problems.add(place, "duplicate-name", message, "Give each program its own name.")
    problems.check()
    return entries


def read_programs(
    file: str, layout: Layout, entries: list[Entry]
) -> tuple[list[Program], list[Finding]]:
    """Return a program for each entry, and a warning where a kind or role is not known.

    Raises ``TableError`` for a text that is too long.
    """
    problems = Problems(file)
    unknown: dict[str, list[str]] = {}
    taken = {BASELINE_ID}
    programs: list[Program] = []
    for entry in entries:
        texts = {key: text_of(entry.row.cell(c.index)).strip() for key, c in layout.texts.items()}
        is_baseline = match_key(entry.name) == match_key(BASELINE_NAME)
        for key, known in (("kind", _KINDS), ("role", _ROLES)):
            text = match_key(texts.get(key, ""))
            if text and text not in known and not is_baseline:
                unknown.setdefault(key, []).append(texts[key])
        unit_reached = str(clean_line(texts.get("unit reached", "")))
        if len(unit_reached) > MAX_NAME:
            place = entry.place(file, layout.texts["unit reached"])
            problems.add(place, "long-text", "The text is too long.", "Shorten it.")
            continue
        role = _ROLES.get(match_key(texts.get("role", "")), "candidate")
        program = Program(
            id=BASELINE_ID if is_baseline else new_id(entry.name, taken),
            name=entry.name,
            role="baseline" if is_baseline else role,
            kind=_KINDS.get(match_key(texts.get("kind", "")), "program"),
            description=texts.get("description", ""),
            unit_reached=unit_reached,
        )
        taken.add(program.id)
        programs.append(program)
    problems.check()
    return programs, [_unknown_finding(file, layout, key, unknown[key]) for key in unknown]


def new_id(name: str, taken: set[str]) -> str:
    """Return an id made from a name, unlike any in ``taken``, however many are alike."""
    stem = make_id(name)
    return stem if stem not in taken else make_id(f"{stem[:50]}-{len(taken)}", taken)


def _unknown_finding(file: str, layout: Layout, key: str, texts: list[str]) -> Finding:
    known, usual = (_KINDS, "program") if key == "kind" else (_ROLES, "candidate")
    return Finding(
        "warning",
        f"unknown-{key}",
        str(Place(file, column=layout.texts[key])),
        f"Not known as a {key}, and read as “{usual}”: {listing(list(dict.fromkeys(texts)))}.",
        f"Use {', '.join(known)}.",
    )
