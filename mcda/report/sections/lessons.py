"""What only the edition for other communities says, which holds what is marked public."""

from __future__ import annotations

from collections.abc import Callable

from mcda.analysis.wording import and_list
from mcda.lifecycle import plan_run
from mcda.report.material import Material
from mcda.report.model import Block, Facts, Paragraph, Section
from mcda.report.sections.answer import NOT_AHEAD
from mcda.report.sections.common import day, help_notice
from mcda.report.sections.evaluation import lessons_told, next_steps

_ABOUT = (
    "A community passes on here what it learned, so that others need not learn it again. Only what "
    "it marked public is in it: {what}. The rest stays with those who made it. This edition "
    "carries no project and cannot be opened in Best Fit."
)
_NOTHING = "Nothing is marked public yet, so there is nothing to pass on."
_PARTS = {
    "place": "the place",
    "problem": "what was found before the choice",
    "decision": "the decision",
    "ranking": "the ranking",
    "plan": "the plan",
}


def lessons(material: Material) -> Section:
    """Return what the edition holds, the lessons, and what was decided on seeing the results."""
    project = material.project
    held = [_counted(len(found), what) for found, what in _marked(material) if found]
    held += [_PARTS[part] for part in _PARTS if part in project.evaluation.open_to_all]
    text = _ABOUT.format(what=and_list(held)) if held else _NOTHING
    blocks: list[Block] = [Paragraph(text)]
    if project.info.place:
        blocks.append(Facts((("Place", project.info.place),)))
    blocks += [*lessons_told(material), *next_steps(material), *help_notice(project)]
    return Section("lessons", "What we learned", tuple(blocks))


def _marked(material: Material) -> tuple[tuple[tuple[object, ...], str], ...]:
    found = material.project.evaluation
    return (
        (found.lessons, "lesson"),
        (found.indicators, "indicator"),
        (found.next_steps, "next step"),
    )


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def chosen(material: Material) -> Section | None:
    """Return what was chosen and why, where the decision is open to all."""
    if "decision" not in material.project.evaluation.open_to_all:
        return None
    info, run = material.project.info, plan_run(material.project)
    facts = [("Question", info.question), ("Who decided", info.decided_by)]
    record = run.record
    if record is None:
        facts.append(("Status", "Nothing has been decided yet."))
    else:
        names = {p.id: p.name for p in run.evidence.programs}
        facts += [
            ("Chosen", names.get(record.choice, record.choice)),
            ("Decided on", day(record.decided_on)),
            ("Reasons for the choice", record.reasons),
            (NOT_AHEAD, record.departure),
            ("Risks that it is adapted to", record.risks),
            ("Strengths that it builds on", record.strengths),
            ("How it is adapted", record.strategy),
            ("Other views", record.dissent),
            ("Approved by", and_list([a.role for a in record.approvals if a.role])),
        ]
    pairs = tuple((title, text.strip()) for title, text in facts if text.strip())
    return Section("decision", "What was decided", (Facts(pairs),))


def when_ranked(
    write: Callable[[Material], Section | None],
) -> Callable[[Material], Section | None]:
    """Return a section that is left out where the ranking is not open to all."""

    def section(material: Material) -> Section | None:
        shown = "ranking" in material.project.evaluation.open_to_all
        return write(material) if shown else None

    return section
