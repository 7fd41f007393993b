"""What each program costs, what the plan costs, and how the two compare."""

from __future__ import annotations

from mcda.analysis import EvidenceCell, limit_text
from mcda.analysis.wording import number
from mcda.charts import Column, DataTable
from mcda.lifecycle import BudgetTotals, budget_by, budget_totals
from mcda.project import Criterion
from mcda.report.material import Material
from mcda.report.model import Block, Heading, Listing, Paragraph, Section, tables
from mcda.report.sections.common import NOT_SAID

_NO_VERDICT = (
    "A program that costs more may be worth more: what it costs is one criterion among others."
)


def cost(material: Material) -> Section | None:
    """Return what each program costs beside its points, the limits on money, and the budget."""
    counted = money_criteria(material)
    blocks = [*_programs(material, counted), *_limits(material, counted), *_budget(material)]
    if not blocks:
        return None
    return Section("cost", "Cost and budget", (*_prices(material), *blocks))


def money_criteria(material: Material) -> tuple[Criterion, ...]:
    """Return the criteria that are counted in the project's currency."""
    currency = material.project.info.currency.strip().casefold()
    active = material.run.active_criteria
    return tuple(c for c in active if currency and currency in c.unit.casefold())


def cell_table(
    material: Material,
    caption: str,
    columns: tuple[Column, ...],
    criteria: tuple[Criterion, ...],
    *,
    standing: bool = True,
) -> DataTable:
    """Return what is recorded of each program on some criteria, the first in the ranking first.

    ``columns`` follow the program's name: the criteria, then, unless ``standing`` is left out,
    points and place.
    """
    cells = material.evidence.by_ids
    ranked = material.results.ranking if material.results else None
    order = [p.id for p in ranked.programs] if ranked else []
    order += [p.id for p in material.evidence.programs if p.id not in order]
    names = {p.id: p.name for p in material.evidence.programs}
    rows = []
    for program in (p for p in order if p in names):
        told = tuple(_told(cells.get((program, c.id))) for c in criteria)
        result = ranked.result(program) if ranked else None
        is_ranked = result is not None and result.excluded is None
        points = ranked.score_text(program) if ranked and is_ranked else "–"
        place = result.rank_text if result and is_ranked else "not ranked"
        rows.append((names[program], *told, *((points, place) * standing)))
    last = (Column("Points out of 100", numeric=True), Column("Place", numeric=True))
    heads = (Column("Program"), *columns, *(last * standing))
    return DataTable(caption, heads, tuple(rows))


def _told(cell: EvidenceCell | None) -> str:
    return cell.text if cell is not None else NOT_SAID


def _prices(material: Material) -> list[Block]:
    info = material.project.info
    if not info.currency.strip():
        return []
    prices = f" in prices of {info.price_year}" if info.price_year else ""
    return [Paragraph(f"All money is in {info.currency}{prices}.", "note")]


def _programs(material: Material, counted: tuple[Criterion, ...]) -> list[Block]:
    if not counted or not material.evidence.programs:
        return []
    columns = tuple(Column(f"{c.name} ({c.unit})", numeric=True) for c in counted)
    found = cell_table(material, "What each program costs", columns, counted)
    return [*tables(found), Paragraph(_NO_VERDICT, "note")]


def _limits(material: Material, counted: tuple[Criterion, ...]) -> list[Block]:
    run, ids = material.run, {c.id for c in counted}
    items = tuple(
        (m.name, limit_text(run, m))
        for m in run.evidence.must_haves
        if m.threshold is not None and m.threshold.criterion in ids
    )
    return [Heading("Limits on money"), Listing(items)] if items else []


def _budget(material: Material) -> list[Block]:
    """Return what the plan's budget comes to in each period, and in all."""
    project = material.project
    if not project.plan.budget:
        return []
    totals = budget_totals(project.plan)
    by_period = budget_by(project.plan, "period")
    found = budget_table("The budget by period", "Period", by_period)
    blocks: list[Block] = [
        Heading("The budget of the plan"),
        Paragraph(totals.sentence(project.info.currency)),
        *tables(found),
    ]
    return [*blocks, *_against_the_score(material, totals)]


def budget_table(caption: str, head: str, groups: dict[str, BudgetTotals]) -> DataTable:
    """Return what the lines of each group come to; a dash stands for what is not known."""
    columns = (
        Column(head),
        Column("Lines", numeric=True),
        Column("Planned", numeric=True),
        Column("Spent", numeric=True),
    )
    rows = tuple(
        (
            name or NOT_SAID,
            str(own.lines),
            number(own.planned) if own.without_planned < own.lines else "–",
            number(own.actual) if own.without_actual < own.lines else "–",
        )
        for name, own in groups.items()
    )
    return DataTable(caption, columns, rows)


def _against_the_score(material: Material, totals: BudgetTotals) -> list[Block]:
    """Set the plan's money beside the cost that the decided program was chosen with."""
    record, counted = material.decision, money_criteria(material)
    if record is None or not counted or totals.without_planned == totals.lines:
        return []
    cells = material.evidence.by_ids
    known = {c.id: cells[record.choice, c.id] for c in counted if (record.choice, c.id) in cells}
    said = [
        f"{c.name}: {known[c.id].meaning}"
        for c in counted
        if c.id in known and known[c.id].state in ("known", "range")
    ]
    if not said:
        return []
    name = material.run.program(record.choice).name
    return [Paragraph(f"When {name} was chosen, this was recorded. {'; '.join(said)}.")]
