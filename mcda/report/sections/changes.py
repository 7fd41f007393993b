"""What changed, and when: the selections and what led from one to the next, and dated steps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from mcda.analysis.wording import and_list
from mcda.charts import Column, DataTable
from mcda.project import Criterion, MustHave, Project, Run, Weighting
from mcda.project.text import cut, day_text
from mcda.report.material import Material
from mcda.report.model import Block, Paragraph, Section, Table
from mcda.report.sections.common import NOT_SAID, day, short_day

_ABOUT = (
    "This is told from what the project carries: its selections, and what has a date. Smaller "
    "edits in between are kept as versions in the copy of Best Fit where they were made, not here."
)
_MOST_TEXT = 160
Event = tuple[date, str]


def changes(material: Material) -> Section | None:
    """Return the selections of the project, and what was given, decided and answered when.

    A project that was only begun has nothing to tell.
    """
    events = sorted(dict.fromkeys(_events(material)), key=lambda event: event[0])
    if len(material.project.runs) < 2 and not events:
        return None
    blocks: list[Block] = [Paragraph(_ABOUT, "note"), Table(_selections(material.project))]
    if events:
        rows = tuple((short_day(when), what) for when, what in events)
        columns = (Column("Day"), Column("What happened"))
        blocks.append(Table(DataTable("What happened when", columns, rows), "phases"))
    return Section("changes", "What changed, and when", tuple(blocks))


def _selections(project: Project) -> DataTable:
    titles = ("Selection", "Started from", "What changed since then", "Status", "Decided on")
    runs = {run.id: run for run in project.runs}
    rows = []
    for run in project.runs:
        parent = runs.get(run.parent or "")
        decided = run.record.decided_on if run.record and run.status == "decided" else None
        rows.append(
            (
                run.title,
                parent.title if parent else "–",
                _difference(parent, run) if parent else "–",
                _status(run),
                day(decided) if run.status == "decided" else "–",
            )
        )
    return DataTable("The selections of this project", tuple(map(Column, titles)), tuple(rows))


def _status(run: Run) -> str:
    if run.status == "draft":
        return "draft"
    return "decided" if run.lock == run.content_hash() else "changed after it was decided"


def _difference(before: Run, after: Run) -> str:
    """Count what two selections do not have in common."""
    old, new = before.evidence, after.evidence
    scores, kept = before.score_index(), after.score_index()
    places = scores.keys() | kept.keys()
    pairs = (
        (sum(scores.get(p) != kept.get(p) for p in places), "score"),
        (len({p.id for p in old.programs} ^ {p.id for p in new.programs}), "program"),
        (_unlike(old.criteria, new.criteria), "criterion"),
        (_unlike(old.must_haves, new.must_haves), "must-have"),
        (len(_given_anew(before, after)), "weighting"),
    )
    many = {"criterion": "criteria"}
    said = [f"{n} {what if n == 1 else many.get(what, f'{what}s')}" for n, what in pairs if n]
    return and_list(said) if said else "nothing yet"


def _unlike(
    before: tuple[Criterion, ...] | tuple[MustHave, ...],
    after: tuple[Criterion, ...] | tuple[MustHave, ...],
) -> int:
    """Count what stands in one alone, or otherwise in the other."""
    old, new = {each.id: each for each in before}, {each.id: each for each in after}
    return sum(old.get(name) != new.get(name) for name in old.keys() | new.keys())


def _given_anew(before: Run | None, run: Run) -> tuple[Weighting, ...]:
    """Return the weightings that say something other than those the run started with."""
    known = [(w.judgement, w.given_on) for w in before.weightings] if before else []
    return tuple(w for w in run.weightings if (w.judgement, w.given_on) not in known)


def _events(material: Material) -> Iterator[Event]:
    project = material.project
    if project.diagnosis.rated_on:
        yield project.diagnosis.rated_on, "Readiness was rated."
    for run in project.runs:
        yield from _of_run(project, run)
    for change in project.plan.adaptations:
        if change.decided_on:
            yield change.decided_on, f"Change to the program: {cut(change.name, _MOST_TEXT)}"
    for step in project.evaluation.next_steps:
        if step.decided_on:
            said = f"What next: {step.choice}. {cut(step.name, _MOST_TEXT)}"
            yield step.decided_on, said
    yield from _answers(material)
    if material.erratum is not None:
        earlier = day_text(material.erratum.of)
        yield material.date, f"The report of {earlier} was corrected."


def _of_run(project: Project, run: Run) -> Iterator[Event]:
    """Yield when weights were given anew, and when a selection was decided and approved.

    Weights that still carry the day of the selection they come from were given there.
    """
    parent = next((r for r in project.runs if r.id == run.parent), None)
    before = {(w.id, w.given_on) for w in parent.weightings} if parent else set()
    given: dict[date, list[str]] = {}
    for weighting in _given_anew(parent, run):
        if weighting.given_on and (weighting.id, weighting.given_on) not in before:
            given.setdefault(weighting.given_on, []).append(weighting.name)
    for when, names in given.items():
        yield when, f"{run.title}: weights were given by {and_list(names)}."
    record = run.record
    if record is None or run.status != "decided":
        return
    names_of = {p.id: p.name for p in run.evidence.programs}
    if record.decided_on:
        choice = names_of.get(record.choice, record.choice)
        yield record.decided_on, f"{run.title}: {choice} was chosen."
    approved: dict[date, list[str]] = {}
    for approval in record.approvals:
        if approval.on:
            approved.setdefault(approval.on, []).append(approval.role or NOT_SAID)
    for when, roles in approved.items():
        yield when, f"{run.title}: approved by {and_list(roles)}."


def _answers(material: Material) -> Iterator[Event]:
    """Yield how triggers and proposed scores were answered, which the full edition alone tells."""
    if material.edition != "full":
        return
    project = material.project
    titles = {run.id: run.title for run in project.runs}
    for answer in project.evaluation.trigger_answers:
        if answer.on:
            opened = f" It opened “{titles.get(answer.run, answer.run)}”." if answer.run else ""
            said = cut(answer.reason.strip(), _MOST_TEXT)
            yield answer.on, f"A reason to look again was answered: {said}{opened}"
    answered: dict[tuple[date, str], Counter[str]] = {}
    for score in project.evaluation.score_answers:
        if score.on:
            answered.setdefault((score.on, score.run), Counter())[score.answer] += 1
    for (when, run), counts in answered.items():
        said = and_list([f"{n} {what}" for what, n in counts.items()])
        yield when, f"{titles.get(run, run)}: scores proposed from observations, {said}."
