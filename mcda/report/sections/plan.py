"""What happens next: who does what by when, what may not change, and what it costs."""

from __future__ import annotations

from collections.abc import Sequence

from mcda.charts.static import gantt_chart
from mcda.lifecycle import (
    ItemTable,
    Schedule,
    budget_totals,
    plan_run,
    plan_tables,
    schedule,
    status,
)
from mcda.project import Plan
from mcda.project.text import day_text
from mcda.report.material import Material
from mcda.report.model import Block, Callout, Figure, Listing, Paragraph, Section, tables
from mcda.report.sections.common import help_notice, item_tables

_MOST_BARS = 24  # that can be read on one printed page


def plan(material: Material) -> Section | None:
    """Return how the plan stands on the report's day, its milestones and its lists."""
    return plan_section(material)


def plan_section(material: Material, leaving_out: Sequence[str] = ()) -> Section | None:
    """Return the plan without some of its lists, which stand elsewhere in the report."""
    project = material.project
    if project.plan == Plan():
        return None
    found = schedule(project.plan, material.as_of)
    blocks: list[Block] = []
    if material.edition != "lessons" or "decision" in project.evaluation.open_to_all:
        blocks.append(Paragraph(_carries_out(material)))
    if found.milestones:
        blocks.append(Paragraph(f"On {day_text(found.today)}: {found.sentence}"))
    blocks += [*_attention(material, found), *_milestones(found)]
    kept = [t.id for t in plan_tables(project) if t.id not in ("milestones", *leaving_out)]
    blocks += plan_lists(material, kept)
    if project.plan.budget:
        totals = budget_totals(project.plan)
        blocks.append(Paragraph(totals.sentence(project.info.currency), "note"))
    blocks += help_notice(project)
    return Section("plan", "What happens next", tuple(blocks))


def plan_lists(material: Material, fields: Sequence[str]) -> list[Block]:
    """Return some lists of the plan, those that hold anything."""
    project = material.project
    return [
        part
        for table in plan_tables(project)
        if table.id in fields
        for part in item_tables(_with_currency(table, project.info.currency))
    ]


def _carries_out(material: Material) -> str:
    """Say which selection the plan carries out, and whether that has been decided."""
    run = plan_run(material.project)
    starts = material.project.plan.starts_on
    start = f" Its first day: {day_text(starts)}." if starts else ""
    if run.status == "decided" and run.record is not None:
        names = {p.id: p.name for p in run.evidence.programs}
        choice = names.get(run.record.choice, run.record.choice)
        return f"The plan carries out the selection “{run.title}”: {choice}.{start}"
    return f"The plan is for the selection “{run.title}”, which is not decided yet.{start}"


def _attention(material: Material, found: Schedule) -> list[Block]:
    """Return what should not wait.

    The public edition does not carry all of it, and so speaks of the milestones alone.
    """
    if material.edition == "full":
        pressing = status(material.project, found.today, material.run.id).attention
    else:
        pressing = tuple(m.sentence for m in found.milestones if m.days_late or m.blocked_by)
    if not pressing:
        return []
    if len(pressing) == 1:
        return [Callout("This should not wait", pressing[0])]
    lead = Paragraph("This should not wait:")
    return [lead, Listing(tuple(("", sentence) for sentence in pressing))]


def _milestones(found: Schedule) -> list[Block]:
    if not found.milestones:
        return []
    chart = gantt_chart(found)
    shown = [m for m in found.milestones if m.state != "dropped"]
    dated = any(m.milestone.starts_on or m.milestone.due_on for m in shown)
    figure = [Figure("milestones", chart)] if dated and len(shown) <= _MOST_BARS else []
    return [*figure, *tables(chart.table)]


def _with_currency(table: ItemTable, currency: str) -> ItemTable:
    if table.id != "budget" or not currency:
        return table
    title = f"{table.title}, in {currency}"
    return ItemTable(table.id, title, table.headings, table.numeric, table.cells)
