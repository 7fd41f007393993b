"""When to look at the choice again, and what moved where that was done."""

from __future__ import annotations

from mcda.analysis.between_runs import BetweenRuns
from mcda.analysis.wording import UNKNOWN, score_text, with_unit
from mcda.charts import Column, DataTable, data_table
from mcda.project import Score, ScoreAnswer, TriggerAnswer, Unknown
from mcda.project.evidence import Amount
from mcda.project.text import day_text
from mcda.report.material import Material
from mcda.report.model import Block, Heading, Listing, Paragraph, Section, Table, tables

_TRIGGERS = (
    "Found by rule on {day}. Each is a reason to look again; none changes anything by itself."
)


def again(material: Material) -> Section | None:
    """Return the review triggers, and what moved between a run and the one it started from."""
    blocks = [*_triggers(material), *_moved(material)]
    return Section("again", "Looking at the choice again", tuple(blocks)) if blocks else None


def _triggers(material: Material) -> list[Block]:
    """Return the triggers; how the group answered is told in the full edition only.

    One answer to several is told once, below them.
    """
    if not material.triggers:
        return []
    full = material.edition == "full"
    answers = [_answer(material, t.answer) if full else "" for t in material.triggers]
    several = len(answers) > 1 and len(set(answers)) == 1
    shown = [""] * len(answers) if several else answers
    items = tuple(
        ("", f"{t.sentence} {answer}".strip())
        for t, answer in zip(material.triggers, shown, strict=True)
    )
    blocks: list[Block] = [
        Heading("What calls for a second look"),
        Paragraph(_TRIGGERS.format(day=day_text(material.as_of))),
        Listing(items),
    ]
    if several and full:
        blocks.append(Paragraph(f"All of these: {answers[0]}"))
    return blocks


def _answer(material: Material, answer: TriggerAnswer | None) -> str:
    if answer is None:
        return "Open: nobody has answered it yet."
    titles = {run.id: run.title for run in material.project.runs}
    who = ", ".join(filter(None, (answer.by, day_text(answer.on) if answer.on else "")))
    opened = f" It opened “{titles.get(answer.run, answer.run)}”." if answer.run else ""
    return f"Answered{f' ({who})' if who else ''}: {answer.reason.strip()}{opened}"


def _moved(material: Material) -> list[Block]:
    found, run = material.between, material.run
    parent = next((r for r in material.project.runs if r.id == run.parent), None)
    if parent is None:
        return []
    heading = Heading(f"What moved between “{parent.title}” and “{run.title}”")
    if found is None:
        return [heading, Paragraph("One of the two cannot be ranked, so nothing is compared.")]
    effects = Listing(tuple(("", effect.sentence) for effect in found.effects))
    blocks: list[Block] = [heading, Paragraph(found.sentence), effects, *tables(_places(found))]
    changes = Listing(tuple(("", change) for change in found.score_changes))
    if found.score_changes:
        blocks += [Heading("Scores that changed"), changes]
    return [*blocks, *_answers(material)]


def _places(found: BetweenRuns) -> DataTable:
    return data_table("Places before and after", found.to_frame(), numeric=True)


def _answers(material: Material) -> list[Block]:
    """Return what the observations proposed for this run, and what was done about it."""
    answers = [a for a in material.project.evaluation.score_answers if a.run == material.run.id]
    if material.edition != "full" or not answers:
        return []
    titles = ("Score", "It was", "Proposed from observations", "Answer", "Why")
    rows = tuple(_row(material, answer) for answer in answers)
    table = DataTable("Scores proposed from observations", tuple(map(Column, titles)), rows)
    return [Table(table)]


def _row(material: Material, answer: ScoreAnswer) -> tuple[str, ...]:
    run = material.run
    programs = {p.id: p.name for p in run.evidence.programs}
    criteria = {c.id: c for c in run.evidence.criteria}
    criterion = criteria.get(answer.criterion)
    name = criterion.name if criterion else answer.criterion

    def told(amount: Amount | None) -> str:
        score = Score(
            program=answer.program, criterion=answer.criterion, amount=amount or Unknown()
        )
        text = score_text(score)
        return with_unit(criterion, text) if criterion and text != UNKNOWN else text

    return (
        f"{name}, {programs.get(answer.program, answer.program)}",
        told(answer.was),
        told(answer.proposed),
        answer.answer,
        answer.reason.strip(),
    )
