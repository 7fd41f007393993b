"""What of a project an edition shows: the public one names roles only, and drops the notes.

The redacted project gives the same ranking. What people wrote about the programs, the criteria,
the sources and the decision stays, as the public has a right to the reasons; what one person
scored apart, personal codes, and notes go.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from mcda.project import Evidence, Framing, Info, LeftOut, MustHave, Project, Record, Run, Weighting
from mcda.project.text import make_id

Edition = Literal["full", "public"]
EDITIONS: tuple[Edition, ...] = ("full", "public")

SOMEONE = "a member of the group"
_NO_ROLE = "A member of the group"
_GROUP = "The group"


def redact(project: Project, edition: Edition, notes: bool = False) -> Project:
    """Return the project as an edition carries it.

    The full edition carries everything. In the public one every person is called by role: codes
    and the ids and names made from them are replaced. Personal scores are dropped, and so are
    free-text notes unless ``notes`` is set. A decided run is locked anew, as its content changed.

    Raises:
        ValueError: no such edition.

    >>> from mcda.project.templates import example
    >>> public = redact(example(), "public")
    >>> [(w.id, w.person) for w in public.run().weightings][:2]
    [('planning-group', None), ('police-lieutenant', 'police-lieutenant')]
    """
    if edition not in EDITIONS:
        raise ValueError(f"There is no edition {edition!r}; there is {' and '.join(EDITIONS)}.")
    if edition == "full":
        return project
    hide = _Hider(project, keep_notes=notes)
    return Project(info=hide.info(project.info), runs=tuple(map(hide.run, project.runs)))


class _Hider:
    """Takes out of each part of one project what must not be seen."""

    def __init__(self, project: Project, *, keep_notes: bool) -> None:
        self._keep_notes = keep_notes
        codes = {w.person for run in project.runs for w in run.weightings if w.person}
        codes |= {a.person for run in project.runs for a in run.evidence.assessments}
        # A code that is a plain word, such as a role, is not looked for in sentences.
        told = sorted((c for c in codes if any(map(str.isdigit, c))), key=len, reverse=True)
        words = "|".join(map(re.escape, told))
        self._codes = re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.I) if told else None
        self._people = _public_codes(project)

    def info(self, info: Info) -> Info:
        return info.model_copy(update={"notes": self._note(info.notes)})

    def run(self, run: Run) -> Run:
        weightings = self._weightings(run.weightings)
        changed = run.model_copy(
            update={
                "title": self._sentence(run.title),
                "evidence": self._evidence(run.evidence),
                "framing": self._framing(run.framing),
                "weightings": weightings,
                "record": self._record(run.record),
            }
        )
        if run.lock is None or run.lock != run.content_hash():
            return changed
        return changed.model_copy(update={"lock": changed.content_hash()})

    def _evidence(self, evidence: Evidence) -> Evidence:
        programs = tuple(
            p.model_copy(
                update={
                    "availability": p.availability.model_copy(
                        update={"note": self._note(p.availability.note)}
                    )
                }
            )
            for p in evidence.programs
        )
        scores = tuple(s.model_copy(update={"note": self._note(s.note)}) for s in evidence.scores)
        return evidence.model_copy(
            update={
                "programs": programs,
                "scores": scores,
                "assessments": (),
                "must_haves": tuple(map(self._must_have, evidence.must_haves)),
            }
        )

    def _must_have(self, must_have: MustHave) -> MustHave:
        verdicts = tuple(
            v.model_copy(update={"reason": self._sentence(v.reason)}) for v in must_have.verdicts
        )
        return must_have.model_copy(update={"verdicts": verdicts})

    def _framing(self, framing: Framing) -> Framing:
        def said(out: Iterable[LeftOut]) -> tuple[LeftOut, ...]:
            return tuple(o.model_copy(update={"reason": self._sentence(o.reason)}) for o in out)

        programs, criteria = said(framing.programs_out), said(framing.criteria_out)
        return framing.model_copy(update={"programs_out": programs, "criteria_out": criteria})

    def _weightings(self, weightings: Iterable[Weighting]) -> tuple[Weighting, ...]:
        """Return the weightings in their order, each with a name and an id from its role."""
        names: set[str] = set()
        ids: set[str] = set()
        shown = []
        for weighting in weightings:
            name = _distinct(self._name(weighting), names)
            new_id = make_id(name, ids)
            names.add(name.casefold())
            ids.add(new_id)
            changes = {
                "id": new_id,
                "name": name,
                "person": self._people.get(weighting.person) if weighting.person else None,
                "role": self._sentence(weighting.role),
                "note": self._note(weighting.note),
            }
            shown.append(weighting.model_copy(update=changes))
        return tuple(shown)

    def _name(self, weighting: Weighting) -> str:
        if weighting.person is not None:
            return self._sentence(weighting.role) or _NO_ROLE
        return _GROUP if self._names_someone(weighting.name) else weighting.name

    def _record(self, record: Record | None) -> Record | None:
        if record is None:
            return None
        approvals = tuple(
            a.model_copy(update={"role": self._sentence(a.role)}) for a in record.approvals
        )
        reasons, dissent = self._sentence(record.reasons), self._sentence(record.dissent)
        changes = {"reasons": reasons, "dissent": dissent, "approvals": approvals}
        return record.model_copy(update=changes)

    def _note(self, text: str) -> str:
        return self._sentence(text) if self._keep_notes else ""

    def _sentence(self, text: str) -> str:
        """Return text in which a person's code is replaced by words."""
        return self._codes.sub(SOMEONE, text) if self._codes else text

    def _names_someone(self, text: str) -> bool:
        return bool(self._codes and self._codes.search(text))


def _public_codes(project: Project) -> dict[str, str]:
    """Return a code made from the role for every person who gave weights."""
    found: dict[str, str] = {}
    for run in project.runs:
        for weighting in run.weightings:
            person = weighting.person
            if person is not None and person not in found:
                found[person] = make_id(weighting.role or "member", set(found.values()))
    return found


def _distinct(name: str, taken: set[str]) -> str:
    """Return the name, with a number where another weighting has it."""
    tries = (f"{name[:480]} {n}" for n in range(2, len(taken) + 3))
    return next(n for n in (name, *tries) if n.casefold() not in taken)
