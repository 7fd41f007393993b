"""What the programs were judged on: criteria, ranges, and what each level means."""

from __future__ import annotations

from mcda.analysis import by_objective
from mcda.analysis.wording import number, points, with_unit
from mcda.charts import Column, DataTable
from mcda.project import Criterion, LevelScale
from mcda.report.material import Material
from mcda.report.model import Block, Heading, Listing, Paragraph, Section, Table
from mcda.report.sections.common import NOT_SAID

_RANGES = (
    "Each criterion has a declared worst and best end. The worst end is worth 0 points and the "
    "best 100. The weights were asked for exactly these ranges."
)


def criteria(material: Material) -> Section:
    """Return the criteria with their ranges, and the words of their levels."""
    run = material.run
    active = run.active_criteria
    if not active:
        return Section("criteria", "What counted", (Paragraph("No criterion is in use."),))
    blocks: list[Block] = [Paragraph(_RANGES)]
    for name, own in by_objective(run):
        blocks.append(Table(_ranges(name or "Criteria", own)))
    blocks += _definitions(active)
    curved = [c for c in active if isinstance(c.scale, LevelScale) or c.scale.points]
    if curved:
        blocks.append(Heading("What each level or number is worth"))
        blocks += [Table(_worth(c), "pair") for c in curved]
    blocks += _set_aside(material)
    return Section("criteria", "What counted", tuple(blocks))


def _ranges(caption: str, own: tuple[Criterion, ...]) -> DataTable:
    columns = ("Criterion", "Worst end (0 points)", "Best end (100 points)", "Agreed")
    rows = tuple((c.name, _end(c, c.scale.worst), _end(c, c.scale.best), _agreed(c)) for c in own)
    return DataTable(caption, tuple(map(Column, columns)), rows)


def _end(criterion: Criterion, score: float) -> str:
    """Write one end of a range, a level with its words."""
    text = with_unit(criterion, number(score))
    scale = criterion.scale
    words = scale.anchor(score) if isinstance(scale, LevelScale) else ""
    return f"{text}: {words}" if words else text


def _agreed(criterion: Criterion) -> str:
    return "yes" if criterion.scale.confirmed else "not yet confirmed"


def _definitions(active: tuple[Criterion, ...]) -> list[Block]:
    told = tuple((c.name, c.definition) for c in active if c.definition)
    based = tuple((c.name, c.based_on) for c in active if c.based_on)
    blocks: list[Block] = []
    if told:
        blocks += [Heading("What each criterion asks"), Listing(told, dense=True)]
    if based:
        blocks += [Heading("What the criteria are based on"), Listing(based, dense=True)]
    return blocks


def _worth(criterion: Criterion) -> DataTable:
    scale = criterion.scale
    if isinstance(scale, LevelScale):
        columns = (Column("Level"), Column("What it means"), Column("Points", numeric=True))
        rows = tuple(
            (str(level.level), level.anchor or NOT_SAID, points(worth))
            for level, worth in zip(scale.levels, scale.level_values, strict=True)
        )
        return DataTable(criterion.name, columns, rows)
    two = (Column("Score"), Column("Points", numeric=True))
    curve = tuple((with_unit(criterion, number(at)), points(worth)) for at, worth in scale.curve)
    return DataTable(f"{criterion.name} (even steps in between)", two, curve)


def _set_aside(material: Material) -> list[Block]:
    run = material.run
    items = tuple(
        (run.criterion(left.item).name, left.reason or NOT_SAID)
        for left in run.framing.criteria_out
    )
    return [Heading("Criteria set aside"), Listing(items)] if items else []
