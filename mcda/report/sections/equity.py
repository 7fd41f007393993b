"""Whom the programs are for, who may be missed, who pays, and who is asked for time."""

from __future__ import annotations

from mcda.analysis.wording import number
from mcda.charts import Column, DataTable
from mcda.lifecycle import budget_by
from mcda.project import Criterion
from mcda.report.material import Material
from mcda.report.model import Block, Facts, Heading, Paragraph, Section, Table, tables
from mcda.report.sections.common import NOT_SAID
from mcda.report.sections.cost import budget_table, cell_table
from mcda.report.sections.evaluation import overview_table

# Criteria of the templates that ask whom a program is for; others are found by what they count.
_FOR_WHOM = frozenset({"population_fit", "cultural"})
_NOT_COUNTED = (
    "What a program asks of young people and their families, in time, travel or risk, is not "
    "counted here in numbers: no data on any one person are kept. Ask them before the choice."
)
_NONE = "No indicator of equity is set: nothing will show who is reached and who is not."


def equity(material: Material) -> Section | None:
    """Return who is meant and may be missed, how programs serve them, and who bears the costs."""
    reached = _reached(material, standing=True)
    blocks = [*_meant(material), *reached, *_measured(material), *borne(material)]
    if not blocks:
        return None
    note = Paragraph(_NOT_COUNTED, "note")
    return Section("equity", "Equity, and who bears the costs", (*blocks, note))


def whom_it_serves(material: Material) -> Section | None:
    """Return how programs serve those who are meant, before anything is said of points."""
    blocks = [*_reached(material, standing=False), *_measured(material)]
    if not blocks:
        return None
    note = Paragraph(_NOT_COUNTED, "note")
    return Section("equity", "Equity: whom each program serves", (*blocks, note))


def _meant(material: Material) -> list[Block]:
    found = material.project.diagnosis
    pairs = (
        ("For whom", found.population.strip()),
        ("Whom our figures may miss", found.missed.strip()),
    )
    told = tuple(pair for pair in pairs if pair[1])
    return [Facts(told)] if told else []


def _reached(material: Material, *, standing: bool) -> list[Block]:
    asked = tuple(c for c in material.run.active_criteria if c.counts_people or c.id in _FOR_WHOM)
    if not asked or not material.evidence.programs:
        return []
    columns = tuple(Column(_head(c), numeric=True) for c in asked)
    caption = "Whom each program is for, and how many it reaches"
    return [*tables(cell_table(material, caption, columns, asked, standing=standing))]


def _head(criterion: Criterion) -> str:
    return f"{criterion.name} ({criterion.unit})" if criterion.unit else criterion.name


def _measured(material: Material) -> list[Block]:
    """Return how the indicators of equity stand; only the full edition knows that there is none."""
    states = tuple(s for s in material.states if s.indicator.kind == "equity")
    if states:
        return [Table(overview_table("Indicators of equity", states))]
    planned = material.project.plan.milestones or material.project.evaluation.indicators
    return [Paragraph(_NONE)] if planned and material.edition == "full" else []


def borne(material: Material) -> list[Block]:
    """Return who pays, by the sources of the budget, and who is asked for time in training."""
    plan = material.project.plan
    blocks: list[Block] = []
    if plan.budget:
        paid = budget_table("Who pays", "Paid by", budget_by(plan, "source"))
        blocks += tables(paid)
    if plan.trainings:
        blocks.append(Table(_time_asked(material)))
    return [Heading("Who bears the costs"), *blocks] if blocks else []


def _time_asked(material: Material) -> DataTable:
    """Return the hours that each training asks of those it is for, where both are known."""
    columns = (
        Column("For whom"),
        Column("Training"),
        Column("People planned", numeric=True),
        Column("Hours each", numeric=True),
        Column("Hours in all", numeric=True),
    )
    rows = tuple(
        (
            t.audience or NOT_SAID,
            t.name,
            NOT_SAID if t.planned_people is None else number(t.planned_people),
            NOT_SAID if t.hours is None else number(t.hours),
            "–"
            if t.planned_people is None or t.hours is None
            else number(t.planned_people * t.hours),
        )
        for t in material.project.plan.trainings
    )
    return DataTable("Time asked of staff in training", columns, rows)
