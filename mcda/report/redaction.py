"""What of a project an edition shows: the public one names roles only, and drops the notes.

The redacted project gives the same ranking. What people wrote about the problem, the programs, the
criteria, the sources, the decision and the plan stays, as the public has a right to the reasons;
what one person scored apart, personal codes and names, and notes go. So does what the group still
works on: a record that is only drafted, what was heard, risks, answers to low readiness. Of the
evaluation only what is marked public is shown, and no small count of people, nor what would let
one be worked out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any, Literal, get_args, get_origin

from annotated_types import MaxLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from mcda import catalog
from mcda.analysis.wording import and_list, few
from mcda.lifecycle.sharing import public_evaluation
from mcda.project import Project, Run, Weighting
from mcda.project.diagnosis import ReadinessItem
from mcda.project.document import Edition as Copy
from mcda.project.evaluation import NextStep
from mcda.project.items import Lists
from mcda.project.plan import Plan
from mcda.project.text import MAX_NAME, MAX_TEXT, make_id

Edition = Literal[Copy, "one-page", "lessons"]
"""What a report may be. A copy of a project is full or public: one page carries a public one, and
the edition for other communities none."""
EDITIONS: tuple[Edition, ...] = get_args(Edition)

SOMEONE = "one person"
NOT_SHOWN = "Not shown in public copies."
_NO_ROLE = "A member of the group"
_GROUP = "The group"
_NOTES = frozenset({"note", "notes"})


def redact(project: Project, edition: Copy, notes: bool = False) -> Project:
    """Return the project as an edition carries it.

    The full edition carries everything. In the public one every person is called by role: in
    every text and id, codes and the names of personal weightings are replaced, as whole words.
    Only a code that is the whole role itself stays. Personal scores are dropped, and so are
    free-text notes unless ``notes`` is set. Records of runs that are not decided, what was heard in
    feedback loops, and the risks of the plan are dropped; where something is planned about low
    readiness, only that is said. Runs are numbered. A decided run is locked anew, as its content
    changed. The copy remembers that it is public, and redacting it again changes nothing.

    Raises:
        ValueError: no such edition.

    >>> from mcda.project.templates import example
    >>> public = redact(example(), "public")
    >>> [(w.id, w.person) for w in public.run().weightings][:2]
    [('planning-group', None), ('police-lieutenant', 'police-lieutenant')]
    """
    if edition not in get_args(Copy):
        known = " and ".join(get_args(Copy))
        raise ValueError(f"There is no edition {edition!r} of a project; there is {known}.")
    if edition == "full":
        return project
    project = project.with_evaluation(public_evaluation(project.evaluation))
    hide = _Hider(project, keep_notes=notes)
    shown = Project.model_validate(hide.model(project))
    runs = (_locked(*pair) for pair in zip(project.runs, shown.runs, strict=True))
    return shown.model_copy(update={"runs": tuple(runs), "edition": "public"})


def told_by_role(project: Project, text: str) -> str:
    """Return a text in which roles stand for people's codes and the names of their weightings.

    >>> from mcda.project.templates import example
    >>> told_by_role(example(), "As p2 said.")
    'As Survivor adviser said.'
    """
    return _Told(project).hidden_in(text)


def roles_notice(project: Project) -> str:
    """Say which roles a public edition tells the answers of, to be asked first; "" where none is.

    >>> from mcda.project.templates import example
    >>> roles_notice(example()).partition(".")[0]
    'It tells what the Police lieutenant, the Survivor adviser and the School counselor answered'
    """
    given = [w for run in redact(project, "public").runs for w in run.weightings if w.person]
    roles = list(dict.fromkeys(w.role for w in given if w.role))
    if not roles:
        return ""
    told = and_list(few([f"the {role}" for role in roles]))
    return (
        f"It tells what {told} answered. In a small place a role can be one person whom people "
        "know: ask each of them before you pass it on."
    )


def _locked(before: Run, after: Run) -> Run:
    """Lock a run anew if its lock held before."""
    if before.lock is None or before.lock != before.content_hash():
        return after
    return after.model_copy(update={"lock": after.content_hash()})


class _Hider:
    """Writes each part of one project without what must not be seen."""

    def __init__(self, project: Project, *, keep_notes: bool) -> None:
        self._keep_notes = keep_notes
        self._told = _Told(project)
        self._run_ids = {run.id: f"run-{n}" for n, run in enumerate(project.runs, 1)}
        self._ids: dict[str, str] = {}
        self._taken = {
            item.id
            for run in project.runs
            for item in (
                *run.evidence.programs,
                *run.evidence.nodes,
                *run.evidence.must_haves,
                *run.scenarios,
            )
        }
        parts: tuple[Lists, ...] = (project.diagnosis, project.plan, project.evaluation)
        self._taken |= {i.id for part in parts for kind in part.LISTS for i in part.items(kind)}
        self._people: dict[str, str] = {}
        for person, role in self._told.roles.items():
            self._people[person] = make_id(role or "member", set(self._people.values()))

    def model(self, part: BaseModel) -> dict[str, Any]:
        """Return a part of the project as plain content, everything in it made public."""
        fields = type(part).model_fields
        shown: dict[str, Any] = {
            name: self._value(name, getattr(part, name), field) for name, field in fields.items()
        }
        match part:
            case Run():
                self._change_run(part, shown)
            case Plan():
                shown |= {"run": self._run_id(part.run), "feedback": [], "risks": []}
            case NextStep():
                # Its note is the reasons, which go with the mark of the step itself.
                shown["note"] = self._told.hidden_in(part.note)[:MAX_TEXT]
            case ReadinessItem():
                shown |= {
                    "action": NOT_SHOWN if part.action.strip() else "",
                    "owner": "",
                    "act_by": None,
                }
        return shown

    def _change_run(self, run: Run, shown: dict[str, Any]) -> None:
        shown["id"] = self._run_ids[run.id]
        shown["parent"] = self._run_id(run.parent)
        shown["evidence"]["assessments"] = []
        if run.status == "draft":
            shown["record"] = None
        self._name_weightings(run.weightings, shown["weightings"])

    def _value(self, name: str, value: object, field: FieldInfo) -> object:
        match value:
            case BaseModel():
                return self.model(value)
            case tuple():
                return [self._value(name, each, field) for each in value]
            case str():
                return self._text(name, value, field)
            case _:
                return value

    def _text(self, name: str, text: str, field: FieldInfo) -> str:
        most = longest_text(field)
        if most is not None:
            hidden = name in _NOTES and not self._keep_notes
            return "" if hidden else self._told.hidden_in(text)[:most]
        if name == "lock" or _is_choice(field):
            return text
        if name == "catalog_id" and _is_listed(text):
            return text
        return self._id(text)

    def _id(self, known: str) -> str:
        """Return an id, a new one where it tells of a person: always the same for the same."""
        if known not in self._ids:
            shown = known
            if self._told.tells(known):
                shown = make_id(self._told.hidden_in(known), self._taken)
                self._taken.add(shown)
            self._ids[known] = shown
        return self._ids[known]

    def _run_id(self, run: str | None) -> str | None:
        return None if run is None else self._run_ids.get(run, self._id(run))

    def _name_weightings(
        self, weightings: Iterable[Weighting], shown: Iterable[dict[str, Any]]
    ) -> None:
        """Give the weightings, in their order, each a name and an id from its role."""
        names: set[str] = set()
        ids: set[str] = set()
        for weighting, content in zip(weightings, shown, strict=True):
            role = self._told.role(weighting.role, weighting.person)
            if weighting.person is not None:
                name = role or _NO_ROLE
            else:
                name = _GROUP if self._told.tells(weighting.name) else weighting.name
            name = _distinct(name, names)
            names.add(name.casefold())
            person = self._people[weighting.person] if weighting.person else None
            content |= {"id": make_id(name, ids), "name": name, "role": role, "person": person}
            ids.add(content["id"])


class _Told:
    """Finds the codes of people and the names of their weightings in texts."""

    def __init__(self, project: Project) -> None:
        weightings = [w for run in project.runs for w in run.weightings if w.person is not None]
        codes = [w.person for w in weightings if w.person is not None]
        codes += [a.person for run in project.runs for a in run.evidence.assessments]
        said = {_plain(w.role) for run in project.runs for w in run.weightings}
        records = [r.record for r in project.runs if r.record and r.status == "decided"]
        said |= {a.role.casefold() for record in records for a in record.approvals}
        known: set[str] = set()
        if project.edition == "public":
            known = {word for w in weightings for word in _given_by_redaction(w)}
        owners: dict[str, str] = {}
        for w in weightings:
            if _plain(w.name) not in said | known and w.person is not None:
                owners.update(dict.fromkeys(_spellings(w.name), w.person))
        owners |= {code: code for code in codes if code not in known}
        longest = sorted(owners, key=len, reverse=True)
        # Between letters and digits on both sides, but for a hyphen or underscore: whole words.
        words = "|".join(f"({_loosely(told)})" for told in longest)
        self._words = re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])", re.I) if words else None
        self._owners = [owners[told] for told in longest]
        self.roles: dict[str, str] = dict.fromkeys(codes, "")
        for w in weightings:
            if w.person is not None and not self.roles[w.person]:
                self.roles[w.person] = self.role(w.role, w.person)

    def tells(self, text: str) -> bool:
        """Whether a text tells of a person."""
        return bool(self._words and self._words.search(text))

    def role(self, role: str, person: str | None) -> str:
        """Return a role without anyone's code or name, but for a code that is the role itself."""
        own = person is not None and not re.search(r"\d", person) and make_id(role) == person
        if own or self._words is None:
            return role
        return self._words.sub(SOMEONE, role)[:MAX_NAME]

    def hidden_in(self, text: str) -> str:
        """Return a text in which roles stand for codes and names."""
        return self._words.sub(self._role_of, text) if self._words else text

    def _role_of(self, found: re.Match[str]) -> str:
        owner = self._owners[(found.lastindex or 1) - 1]
        return self.roles[owner] or SOMEONE


def _given_by_redaction(weighting: Weighting) -> list[str]:
    """Return the name and the code of a person's weighting that only repeat the role."""
    name, code = weighting.role or _NO_ROLE, make_id(weighting.role or "member")
    found = []
    if re.fullmatch(rf"{re.escape(name)}( \d+)?", weighting.name, re.I):
        found.append(_plain(weighting.name))
    if weighting.person and re.fullmatch(rf"{code}(-\d+)?", weighting.person):
        found.append(weighting.person)
    return found


def _spellings(name: str) -> set[str]:
    """Return a name as it may be typed or made into an id."""
    made = {make_id(name)} - {"item"}
    return {unicodedata.normalize(form, name) for form in ("NFC", "NFD")} | {name} | made


def _loosely(told: str) -> str:
    """Return a pattern for a name, whatever signs stand between its letters and digits."""
    words = re.findall(r"[^\W_]+", told)
    return r"[\W_]{1,4}".join(words) if words else re.escape(told)


def _plain(text: str) -> str:
    return text.strip().casefold()


def longest_text(field: FieldInfo) -> int | None:
    """Return how long the text of a field may be, None where it holds no text people write.

    >>> from mcda.project import Indicator
    >>> [longest_text(Indicator.model_fields[name]) for name in ("name", "groups", "goal")]
    [500, 500, None]
    """
    listed = get_origin(field.annotation) is tuple
    inner = [getattr(kind, "__metadata__", ()) for kind in get_args(field.annotation)]
    # A limit on a list says how many there may be, not how long each.
    limits = (each for metadata in (inner if listed else [field.metadata]) for each in metadata)
    return next((m for each in limits if (m := _limit(each)) is not None), None)


def _limit(limit: object) -> int | None:
    """Return the most letters that a limit on a field allows."""
    if isinstance(limit, FieldInfo):
        return next((m.max_length for m in limit.metadata if isinstance(m, MaxLen)), None)
    return limit.max_length if isinstance(limit, MaxLen) else None


def _is_choice(field: FieldInfo) -> bool:
    """Whether a field holds one of a few fixed words."""
    kinds = (field.annotation, *getattr(field.annotation, "__args__", ()))
    return any(get_origin(kind) is Literal for kind in kinds)


def _is_listed(entry: str) -> bool:
    try:
        catalog.get(entry)
    except catalog.UnknownEntryError:
        return False
    return True


def _distinct(name: str, taken: set[str]) -> str:
    """Return the name, with a number where another weighting has it."""
    tries = (f"{name[:480]} {n}" for n in range(2, len(taken) + 3))
    return next(n for n in (name, *tries) if n.casefold() not in taken)
