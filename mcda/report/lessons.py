"""What other communities get to see: what is marked public, and the parts that are open to all.

The edition is put together from nothing, part by part, so that what nobody marked cannot get in.
Lessons, indicators and next steps carry a mark of their own; ``open_to_all`` of the evaluation
opens the place, the problem, the decision, the ranking and the plan. What no mark covers stays
out: the title, notes, the evaluation plan, what was answered, and everything of a person.

Unless the place is open, nothing may tell which community it is. Fields that hold the names of
organizations, people and roles stay empty, and such names are taken out of every text, as they
stand in those fields, as whole words. Programs and criteria belong to the ranking; the decision
names the program that was chosen, since it says nothing without it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from mcda.analysis import default_weighting
from mcda.lifecycle import plan_run
from mcda.project import (
    Approval,
    Asset,
    BudgetLine,
    Diagnosis,
    Evaluation,
    Evidence,
    FeedbackLoop,
    FidelityCheck,
    Hotline,
    Info,
    Milestone,
    NextStep,
    Plan,
    Project,
    ReadinessItem,
    Record,
    RefusedMatch,
    Risk,
    Run,
    Stakeholder,
    Study,
    Training,
    TriggerAnswer,
    Weighting,
)
from mcda.project.text import MAX_NAME
from mcda.report.redaction import longest_text, redact

LEFT_OUT: Final = "(name left out)"
SELECTION: Final = "The selection"
WEIGHTS: Final = "The weights it was ranked by"

Part = TypeVar("Part", bound=BaseModel)
_SPLIT = re.compile(r"[,;:()/\n]|\band\b")
_CAPITALS = re.compile(r"[A-Z][\w'’.-]*(?:[ ]+(?:of |the |for )?[A-Z][\w'’.-]*)+")
# The fields that say who: organizations, people by their role.
_WHO: Final[Mapping[type[BaseModel], tuple[str, ...]]] = {
    Asset: ("provider",),
    BudgetLine: ("source",),
    Diagnosis: ("raters",),
    FeedbackLoop: ("who", "acts"),
    FidelityCheck: ("by",),
    Milestone: ("owner",),
    NextStep: ("by",),
    Plan: ("stakeholders",),
    ReadinessItem: ("owner",),
    Record: ("approvals",),
    Training: ("owner",),
}
# The fields whose names are taken out of texts, beside those above.
_NAMED: Final[Mapping[type[BaseModel], tuple[str, ...]]] = {
    Approval: ("role",),
    Diagnosis: ("place",),
    Hotline: ("name",),
    Info: ("title", "place", "decided_by"),
    RefusedMatch: ("by",),
    Risk: ("owner",),
    Stakeholder: ("name",),
    Study: ("partner",),
    TriggerAnswer: ("by",),
    Weighting: ("role",),
}


def anything_public(project: Project) -> bool:
    """Whether anything is marked public, so that an edition for other communities says something.

    >>> anything_public(Project.new("Which?"))
    False
    """
    kept = project.evaluation
    marks = [each.share for each in kept.lessons]
    marks += [each.share for each in kept.indicators]
    marks += [each.share for each in kept.next_steps]
    return bool(kept.open_to_all) or "public" in marks


def reported_run(project: Project, run_id: str | None = None) -> Run:
    """Return the run whose decision and ranking may be told: the one the plan carries out.

    Raises ``UnknownItemError`` for a run that is not there.
    """
    return plan_run(project) if run_id is None else project.run(run_id)


def for_others(project: Project, run: Run) -> Project:
    """Return what an edition for other communities is written from; it has one run, a shell.

    It is no copy of the project and is never passed on as one.

    >>> from mcda.project.templates import example
    >>> found = for_others(example(), example().run())
    >>> found.info.title, found.info.place, found.run().evidence.programs
    ('Lessons from a community', '', ())
    """
    public = redact(project, "public")
    open_parts = frozenset(project.evaluation.open_to_all)
    own = public.runs[project.runs.index(run)]
    if run.lock != run.content_hash():  # what was decided has been changed since
        own = own.model_copy(update={"status": "draft"})
    shown = Project(
        edition="public",
        info=_info(public, open_parts),
        diagnosis=_diagnosis(public, open_parts),
        runs=(_run(own, open_parts),),
        plan=_plan(public, open_parts),
        evaluation=_evaluation(public, open_parts),
    )
    if "place" not in open_parts:
        shown = _mapped(shown, _taking_out(_names(project), _members(project)))
    return _locked(shown)


def _info(project: Project, open_parts: frozenset[str]) -> Info:
    info = project.info
    where = info.place if "place" in open_parts else ""
    title = f"Lessons from {where.strip() or 'a community'}"[:MAX_NAME]
    kept: dict[str, Any] = {"illustrative": info.illustrative}
    if "place" in open_parts:
        kept |= {"place": info.place, "hotline": info.hotline}
    if "decision" in open_parts:
        kept |= {"question": info.question, "planning_years": info.planning_years}
        kept |= {"decided_by": info.decided_by} if "place" in open_parts else {}
    if "plan" in open_parts:
        kept["currency"] = info.currency
    return Info.model_validate({"title": title, "currency": "", "public_record_notice": ""} | kept)


def _diagnosis(project: Project, open_parts: frozenset[str]) -> Diagnosis:
    """Return the diagnosis; how programs act on factors belongs to the ranking as well."""
    if "problem" not in open_parts:
        return Diagnosis()
    silent = [item.model_copy(update={"action": ""}) for item in project.diagnosis.readiness]
    changes: dict[str, Any] = {"readiness": tuple(silent), "refused_matches": ()}
    if "ranking" not in open_parts:
        changes["links"] = ()
    if "place" not in open_parts:
        changes["place"] = ""
    return project.diagnosis.model_copy(update=changes)


def _run(run: Run, open_parts: frozenset[str]) -> Run:
    """Return the run with what is open of it: its record, its programs and scores, or nothing."""
    decided = "decision" in open_parts and run.status == "decided" and run.record is not None
    changes: dict[str, Any] = {"id": "run-1", "title": SELECTION, "parent": None, "scenarios": ()}
    if not decided:
        changes |= {"status": "draft", "record": None}
    changes["lock"] = None
    if "ranking" in open_parts:
        changes["weightings"] = tuple(_leading(run))
        return run.model_copy(update=changes)
    chosen = run.record.choice if decided and run.record is not None else None
    programs = tuple(p for p in run.evidence.programs if p.id == chosen)
    return Run.model_validate(
        {
            **changes,
            "status": "decided" if decided else "draft",
            "record": run.record if decided else None,
            "evidence": Evidence(programs=programs),
        }
    )


def _leading(run: Run) -> Iterable[Weighting]:
    """Yield the weights that lead the ranking, as nobody's in particular."""
    if run.weightings:
        changes = {"id": "weights", "name": WEIGHTS, "role": "", "person": None, "given_on": None}
        yield default_weighting(run).model_copy(update=changes)


def _plan(project: Project, open_parts: frozenset[str]) -> Plan:
    if "plan" not in open_parts:
        return Plan()
    return project.plan.model_copy(update={"run": None, "feedback": (), "risks": ()})


def _evaluation(project: Project, open_parts: frozenset[str]) -> Evaluation:
    """Return what is marked public, linked only to what is open, too."""
    kept = project.evaluation
    closed: dict[str, None] = {}
    if "problem" not in open_parts:
        closed |= dict.fromkeys(("goal", "factor"))
    if "ranking" not in open_parts:
        closed |= dict.fromkeys(("criterion", "program"))
    unlinked = {"criterion": None} if "ranking" not in open_parts else {}
    return Evaluation(
        indicators=tuple(i.model_copy(update=closed) for i in kept.indicators),
        observations=kept.observations,
        lessons=tuple(lesson.model_copy(update=unlinked) for lesson in kept.lessons),
        next_steps=kept.next_steps,
        open_to_all=kept.open_to_all,
    )


def _locked(project: Project) -> Project:
    """Lock the shell of a decided run, whose content is another one than was locked."""
    run = project.run()
    if run.status != "decided":
        return project
    locked = run.model_copy(update={"lock": run.content_hash()})
    return project.model_copy(update={"runs": (locked,)})


def _without_who(part: BaseModel) -> dict[str, Any]:
    """Return what to change of a part so that its fields do not say who."""
    emptied = _WHO.get(type(part), ())
    return {name: () if isinstance(getattr(part, name), tuple) else "" for name in emptied}


def _taking_out(names: Iterable[str], members: Iterable[str]) -> Callable[[str], str]:
    """Return how names are taken out of a text, as whole words, long ones first.

    A name of one word, such as that of a county, is taken out as it is written; one of several
    however it is written. Of a member of the group, with "the" before it, "one of those who take
    part" is left.
    """
    known = {tuple(_words(name.casefold())) for name in members}

    def said(match: re.Match[str]) -> str:
        article, name = match[1] or "", match[2]
        if not article or tuple(_words(name.casefold())) not in known:
            return f"{article}{LEFT_OUT}"
        return f"{'One' if article[0].isupper() else 'one'} of those who take part"

    ordered = sorted((_words(name) for name in names), key=lambda words: -sum(map(len, words)))
    if not ordered:
        return lambda text: text
    joined = (r"[\W_]+".join(words) for words in ordered if words)
    each = (name if "[" not in name else f"(?i:{name})" for name in joined)
    pattern = re.compile(rf"(?<![^\W_])([Tt]he +)?({'|'.join(each)})(?![^\W_])")
    return lambda text: pattern.sub(said, text)


def _members(project: Project) -> set[str]:
    """Return the names of those who take part, each one person or office, none of them the place.

    A name that ends with an "s" is taken for several.
    """
    told = [w.role for run in project.runs for w in run.weightings if w.person is not None]
    told += [s.name for s in project.plan.stakeholders]
    told += [a.provider for a in project.diagnosis.assets]
    info = project.info
    names = set(chain(*(_pieces(text, whole=True) for text in told)))
    names -= set(chain(*map(_CAPITALS.findall, (info.title, info.place, info.decided_by))))
    return {name for name in names if not name.endswith("s")}


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", name)


def _names(project: Project) -> set[str]:
    """Return the names of places, organizations and roles that the fields for them hold.

    A field may hold several. What is taken as a name is each piece of it with a capital letter and
    two words or more, each row of capitalized words in it, and in the place each capitalized word.
    """
    found: set[str] = set()
    for part in _parts(project):
        for field in (*_WHO.get(type(part), ()), *_NAMED.get(type(part), ())):
            value = getattr(part, field)
            if isinstance(value, str):
                found |= set(_pieces(value, whole=field not in ("title", "place")))
    found |= set(re.findall(r"\b[A-Z][\w'-]+", project.info.place))
    return found


def _pieces(text: str, *, whole: bool) -> Iterator[str]:
    yield from _CAPITALS.findall(text)
    if not whole:
        return
    for piece in _SPLIT.split(text):
        name = re.sub(r"^(the|a|an)\s+", "", piece.strip(), flags=re.IGNORECASE)
        if len(name.split()) > 1 and any(c.isupper() for c in piece):
            yield name


def _parts(part: BaseModel) -> Iterator[BaseModel]:
    """Yield a part and all parts in it."""
    yield part
    for name in type(part).model_fields:
        value = getattr(part, name)
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, BaseModel):
                yield from _parts(each)


def _mapped(part: Part, shown: Callable[[str], str]) -> Part:
    """Return a part with every text in it as ``shown`` says, and the fields that say who empty."""
    changes = _without_who(part)
    for name, field in type(part).model_fields.items():
        if name not in changes:
            changes[name] = _value(getattr(part, name), longest_text(field), shown)
    return part.model_copy(update=changes)


def _value(value: Any, most: int | None, shown: Callable[[str], str]) -> Any:  # noqa: ANN401
    match value:
        case BaseModel():
            return _mapped(value, shown)
        case tuple():
            return tuple(_value(each, most, shown) for each in value)
        case str() if most is not None:
            return shown(value)[:most]
    return value
