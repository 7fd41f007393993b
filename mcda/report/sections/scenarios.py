"""What would be if something were different: each saved scenario beside the ranking."""

from __future__ import annotations

from mcda.analysis import WhatIf, what_if
from mcda.charts import Column, DataTable
from mcda.project import FindingsError, Scenario
from mcda.report.material import Material
from mcda.report.model import Block, Heading, Listing, Paragraph, Section, tables
from mcda.report.sections.common import reasons_in

_INTRO = "These are trials. None of them is our ranking, and none has changed it."


def scenarios(material: Material) -> Section | None:
    """Return what each saved scenario supposes, what would come first, and what would move."""
    results = material.results
    if results is None or not material.run.scenarios:
        return None
    blocks: list[Block] = [Paragraph(_INTRO)]
    for scenario in material.run.scenarios:
        blocks += _one(material, scenario, results.ranking.weighting.id)
    return Section("scenarios", "What if something were different", tuple(blocks))


def _one(material: Material, scenario: Scenario, weighting: str | None) -> list[Block]:
    title = Heading(scenario.title)
    try:
        found = what_if(material.project, scenario, material.run.id, weighting)
    except FindingsError as error:
        return [title, Paragraph(error.headline), reasons_in(error)]
    supposed = Listing(tuple(("", change.sentence) for change in found.changes))
    note = [Paragraph(scenario.note, "note")] if scenario.note else []
    return [title, supposed, Paragraph(found.sentence), *tables(_places(found)), *note]


def _places(found: WhatIf) -> DataTable:
    columns = (
        Column("Program"),
        Column("Place now", numeric=True),
        Column("Place then", numeric=True),
        Column("Points now", numeric=True),
        Column("Points then", numeric=True),
    )
    rows = tuple((s.name, s.was, s.now, s.score_was, s.score_now) for s in found.shifts)
    return DataTable(f"{found.scenario.title}: places and points", columns, rows)
